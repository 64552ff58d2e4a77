"""What was decided of the first contract at each renewal, and its meetings: two held, one to come."""

from datetime import date, datetime, time, timedelta
from itertools import islice

from sqlalchemy import select

from app.fields import PARIS
from app.models import Contract, Meeting, MeetingAction, NoticeDecision
from app.models.contract_codes import ActionState, Choosing, MeetingKind, MeetingStatus
from app.rules import notice
from app.rules.holidays import business_day_before
from app.services import contracts, meeting_facts
from app.services.example.world import Card, Rows, World, data
from app.services.meetings import LAST_POINT

AT = time(10)


def gather(world: World) -> None:
    told = data("meetings")
    contract = world.session.scalars(select(Contract).order_by(Contract.id).limit(1)).one()
    _decide(world, contract, told["decisions"])
    for card in told["meetings"]:
        _meet(world, contract, card)


def _decide(world: World, contract: Contract, cards: list[Card]) -> None:
    """Each renewal left to be, on a working day some weeks before its limit."""
    terms = contracts.terms_of(contract)
    rows = Rows(world, NoticeDecision)
    for card in cards:
        period = next(islice(notice.periods(terms), card["period"], None))
        dates = notice.notice_of(terms, period)
        assert dates is not None  # noqa: S101 - a period that was renewed has an end
        on = business_day_before(dates.limit - timedelta(days=card["before_limit"]), terms.zone)
        rows.add(
            {
                "contract_id": contract.id,
                "period_end": period.ends,
                "choice": Choosing.RENEW,
                "decided_on": on,
                "decided_by": world.manager.name,
                "reason": card["reason"],
            }
        )
    rows.write()


def _working(world: World, days: int) -> date:
    return business_day_before(world.today + timedelta(days=days), "metropole")


def _meet(world: World, contract: Contract, card: Card) -> None:
    on = _working(world, card["days"])
    held = on < world.today
    since, until = (world.today + timedelta(days=days) for days in card["reviewed"])
    written = {name: "\n".join(card[name]) for name in ("agenda", "minutes", "decisions") if name in card}
    if not held:
        found = meeting_facts.facts(world.session, contract.id, since, until, world.made_at)
        written["agenda"] = "\n".join([*(fact.line for fact in found), LAST_POINT])
    rows = Rows(world, Meeting)
    meeting = rows.add(
        {
            "number": world.number(f"RE-{on.year}", 2),
            "contract_id": contract.id,
            "kind": MeetingKind.of(card["kind"]),
            "status": MeetingStatus.HELD if held else MeetingStatus.PLANNED,
            "subject": card["subject"],
            "starts_at": datetime.combine(on, AT, PARIS),
            "place": card["place"],
            "participants": "\n".join([world.manager.name, *card["people"]]),
            "excused": card.get("excused"),
            "since": since,
            "until": until,
            "next_on": _working(world, card["next"]) if "next" in card else None,
            **written,
        }
    )
    rows.write()
    _act(world, contract, meeting, card.get("actions", ()))


def _act(world: World, contract: Contract, meeting: int, cards: list[Card]) -> None:
    rows = Rows(world, MeetingAction)
    for card in cards:
        done = "done" in card
        state = ActionState.DONE if done else ActionState.DROPPED if "dropped" in card else ActionState.TO_DO
        rows.add(
            {
                "meeting_id": meeting,
                "contract_id": contract.id,
                "label": card["label"],
                "owner": card["owner"] or world.manager.name,
                "due_on": world.today + timedelta(days=card["due"]),
                "state": state,
                "done_on": world.today + timedelta(days=card["done"]) if done else None,
                "outcome": card.get("outcome") or card.get("dropped"),
            }
        )
    rows.write()
