"""Tickets of the past three years with their journals and interventions, and three that are open now."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from app.fields import PARIS
from app.jobs import Job, Progress
from app.models import Intervention, Loaner, Part, Ticket, TicketEvent, TicketLink
from app.models.codes import (
    Channel,
    Charge,
    EventKind,
    Impact,
    InterventionKind,
    MaintenanceType,
    TicketKind,
    Urgency,
    WaitReason,
)
from app.models.upkeep_codes import LinkKind, PartState
from app.rules.holidays import business_day_before
from app.rules.notice import add_months
from app.rules.priority import priority
from app.rules.service_level import NOTHING_PROMISED, assess
from app.rules.ticket_course import read
from app.services import contracts, journal
from app.services.example.seasons import ZONE, at, moments, worked_days
from app.services.example.story import Story, leave_open, run
from app.services.example.world import Card, Deal, Rows, Someone, Thing, World, data, minutes

USUAL = 900
SPAN = 960
"""Days told: since the main contract began."""
BATCH = 1000
LINKED, CAUSED = 120, 4
"""Among how many tickets before one finds those it is linked to, and how many incidents a problem explains."""
TRACED = 3000
"""Cents from which a part has a serial number that is written down."""
KEPT_WHEN_DEAR = 20_000
"""Cents from which the old part is still to be given back by who took it."""
RARE = 0.4
RETURNS = 0.1
RETURN_DAYS = (5, 80)
RECENT = 40
"""Share of the tickets that are an old trouble come back to the same thing, how long after, and among how many."""
EVERYBODY = "Tous"
"""The service of what serves the whole company: its manager speaks for it."""
CHANNELS = (Channel.PHONE, Channel.PHONE, Channel.PHONE, Channel.EMAIL, Channel.EMAIL, Channel.DESK)
KINDS = {"remote": InterventionKind.REMOTE, "on_site": InterventionKind.ON_SITE, "workshop": InterventionKind.WORKSHOP}


@dataclass
class Desk:
    """Where tickets are answered: what they may be about, who may ask (by service), and the rows that wait
    to be written. `deck` is what remains to be drawn of `choices` before any scenario comes again."""

    world: World
    outside: Deal
    choices: list[tuple[Card, list[Thing]]]
    deck: list[tuple[Card, list[Thing]]]
    askers: dict[str, list[Someone]]
    tickets: Rows
    events: Rows
    interventions: Rows
    parts: Rows
    links: Rows
    loaners: Rows
    recent: deque[tuple[date, Card, Thing]] = field(default_factory=lambda: deque(maxlen=RECENT))
    told: deque[tuple[Story, Thing, int]] = field(default_factory=lambda: deque(maxlen=LINKED))

    def write(self) -> None:
        for rows in (self.tickets, self.events, self.interventions, self.parts, self.links, self.loaners):
            rows.write()


def answer(world: World, count: int | None) -> Job[None]:
    """`count` tickets in all, none if there is nothing to break."""
    desk = _desk(world)
    if not desk.choices:
        return
    openings = _openings(world, USUAL if count is None else count)
    for n, (opened, card) in enumerate(openings):
        told = _told(desk, opened, card)
        _keep(desk, *told)
        if n % BATCH == BATCH - 1:
            desk.write()
            yield Progress(n + 1, len(openings), "Tickets de l’entreprise d’exemple")
    desk.write()


def _desk(world: World) -> Desk:
    technicians = data("scenarios")["technicians"]
    outside = Deal(None, contracts.calendar_of(world.session, None, world.today), {}, False, world.today, technicians)
    askers: dict[str, list[Someone]] = {}
    for someone in world.people:
        askers.setdefault(someone.service, []).append(someone)
    concerned = (
        (card, [thing for thing in world.things if _about(card, thing)]) for card in data("scenarios")["usual"]
    )
    choices = [(card, things) for card, things in concerned if things]
    tickets, events, done, parts, links, loaners = (
        Rows(world, model) for model in (Ticket, TicketEvent, Intervention, Part, TicketLink, Loaner)
    )
    return Desk(world, outside, choices, [], askers, tickets, events, done, parts, links, loaners)


def _about(card: Card, thing: Thing) -> bool:
    """Whether this scenario can happen to this asset: by its family, and where told by its name or service."""
    named = "only" not in card or thing.name in card["only"] or thing.service in card["only"]
    return thing.in_use and thing.family in card["families"] and named


def _drawn(desk: Desk, on: date) -> tuple[Card, Thing]:
    """A scenario, and what it happens to among the assets already there; if there was none, the newest of them."""
    rng = desk.world.rng
    if rng.random() < RETURNS and (back := _come_back(desk, on)):
        return back
    while not desk.deck:
        often = [one for one in desk.choices for _ in range(one[0].get("often", 1))]
        desk.deck = [one for one in rng.sample(often, len(often)) if "rare" not in one[0] or rng.random() < RARE]
    card, things = desk.deck.pop()
    there = [thing for thing in things if thing.purchased_on <= on]
    thing = rng.choice(there or things)
    if card.get("kind", "incident") == "incident":
        desk.recent.append((on, card, thing))
    return card, thing


def _come_back(desk: Desk, on: date) -> tuple[Card, Thing] | None:
    """A trouble of some weeks ago that the same thing has again."""
    first, last = RETURN_DAYS
    old = [(card, thing) for day, card, thing in desk.recent if first <= (on - day).days <= last]
    return desk.world.rng.choice(old) if old else None


def _openings(world: World, count: int) -> list[tuple[datetime, Card | None]]:
    """Moments of business days, in order; with a scenario for those still open, the others long enough ago to end."""
    waiting = data("scenarios")["open"][:count]
    days = worked_days(_business_days_ago(world.today, 2), SPAN)
    drawn: list[tuple[datetime, Card | None]] = [
        (when, None) for when in moments(world.rng, days, count - len(waiting))
    ]
    drawn += [(at(_business_days_ago(world.today, card["days_ago"]), minutes(card["at"])), card) for card in waiting]
    return sorted(drawn, key=lambda one: one[0])


def _business_days_ago(today: date, days: int) -> date:
    for _ in range(days):
        today = business_day_before(today - timedelta(days=1), ZONE)
    return today


def _told(desk: Desk, opened: datetime, open_card: Card | None) -> tuple[Story, Thing]:
    world = desk.world
    before = datetime.combine(world.today, time(0), PARIS)
    if open_card:
        thing = next((one for one in world.things if one.name == open_card["asset"]), world.things[0])
        story = _story(desk, open_card, thing, opened)
        leave_open(world.rng, story, before)
    else:
        card, thing = _drawn(desk, opened.date())
        story = _story(desk, card, thing, opened)
        run(world.rng, story, before, world.manager.name)
    return story, thing


def _story(desk: Desk, card: Card, thing: Thing, opened: datetime) -> Story:
    rng, deal = desk.world.rng, desk.world.deals.get(thing.id, desk.outside)
    in_force = deal if opened.date() >= max(deal.since, thing.purchased_on) else desk.outside
    level = priority(card.get("impact", "low"), card["urgency"])
    return Story(card, in_force, level, opened, _requester(desk, thing), rng.choice(in_force.technicians))


def _requester(desk: Desk, thing: Thing) -> Someone:
    if thing.service == EVERYBODY:
        return desk.world.manager
    return thing.person or desk.world.rng.choice(desk.askers.get(thing.service, desk.world.people))


def _keep(desk: Desk, story: Story, thing: Thing) -> None:
    """Write the ticket down, its projection counted by the rules from its journal."""
    ticket = desk.tickets.add(_ticket(desk.world, story, thing))
    for act in story.acts:
        desk.events.add({"ticket_id": ticket, **act})
    if story.visit:
        _intervene(desk, story, story.visit, ticket)
    for part in story.card.get("pending", ()):
        desk.parts.add({"ticket_id": ticket, **_on_its_way(part, _day(story.acts[-1]["at"]))})
    if "lent" in story.card:
        desk.loaners.add(_lent(desk.world, story, thing, ticket))
    _link(desk, story, thing, ticket)
    desk.told.append((story, thing, ticket))


def _link(desk: Desk, story: Story, thing: Thing, ticket: int) -> None:
    """A problem causes the incidents of its category told before; what comes back bears on the last time."""
    if story.card.get("kind") == "problem":
        like = [one for before, _, one in desk.told if before.card["category"] == story.card["category"]]
        for one in like[-CAUSED:]:
            desk.links.add({"ticket_id": one, "other_id": ticket, "kind": LinkKind.CAUSED_BY})
        return
    same = [one for before, there, one in desk.told if there is thing and before.card is story.card]
    if same:
        desk.links.add({"ticket_id": ticket, "other_id": same[-1], "kind": LinkKind.RELATED})


def _ticket(world: World, story: Story, thing: Thing) -> dict[str, Any]:
    card, course, deal = story.card, read(story.events), story.deal
    judged = assess(course, deal.calendar, deal.targets.get(story.priority, NOTHING_PROMISED), story.acts[-1]["at"])
    return {
        "number": world.number(f"T-{story.opened.year}"),
        "kind": TicketKind.of(card.get("kind", "incident")),
        "subject": card["subject"],
        "description": card["description"],
        "category": card["category"],
        "channel": world.rng.choice(CHANNELS),
        "requester_id": story.requester.id,
        "asset_id": thing.id,
        "contract_id": deal.id,
        "impact": Impact.of(card.get("impact", "low")),
        "urgency": Urgency.of(card["urgency"]),
        "is_failure": card.get("failure", False),
        "contacts": course.contacts,
        **journal.projected(course, judged),
    }


def _intervene(desk: Desk, story: Story, visit: tuple[datetime, datetime], ticket: int) -> None:
    card, (start, end) = story.card, visit
    solved = "state" not in card
    given = desk.interventions.add(
        {
            "number": desk.world.number(f"FI-{start.year}"),
            "ticket_id": ticket,
            "kind": KINDS[card["place"]],
            "maintenance_type": MaintenanceType.of(card.get("type", "curative")),
            "level": card["level"],
            "technician": story.technician,
            "started_at": start,
            "ended_at": end,
            "repair_minutes": int((end - start).total_seconds()) // 60,
            "travel": card["place"] == "on_site",
            "charge": _charge(card, story.deal),
            "diagnosis": card["diagnosis"] or None,
            "work_done": card["work"],
            "tested": solved,
            "data_intact": True,
            "backed_up": None,
            "solved": solved,
            "remaining_work": card.get("remaining"),
        }
    )
    if solved and "part" in card:
        desk.parts.add(
            {"intervention_id": given, "ticket_id": ticket, **_fitted(desk.world, story, card["part"], _day(end))}
        )


def _fitted(world: World, story: Story, part: Sequence[Any], on: date) -> dict[str, Any]:
    """A part asked for when the wait began, received when it ended (domain.md C.12)."""
    label, reference, price = part
    waited = {act["kind"]: _day(act["at"]) for act in story.acts if act.get("wait_reason") == WaitReason.PART}
    asked = waited.get(EventKind.WAIT_STARTED)
    mark = f"EX{world.rng.randrange(10**8):08d}"
    return {
        "label": label, "reference": reference, "unit_price": price, "quantity": 1, "state": PartState.CHECKED,
        "serial": mark if price >= TRACED else None, "old_part": "Reprise par le prestataire",
        "taken_back": price < KEPT_WHEN_DEAR, "warranty": "1 an", "warranty_until": add_months(on, 12),
        "requested_on": asked, "ordered_on": asked, "received_on": waited.get(EventKind.WAIT_ENDED),
        "fitted_on": on, "checked_on": on,
    }  # fmt: skip


def _on_its_way(part: Card, asked: date) -> dict[str, Any]:
    """A part that is not fitted yet."""
    state = PartState.of(part["state"])
    received = asked + timedelta(days=1) if state == PartState.RECEIVED else None
    return {
        "label": part["label"], "reference": part["reference"], "unit_price": part["price"], "quantity": 1,
        "supplier": part["supplier"], "state": state, "requested_on": asked, "ordered_on": asked,
        "received_on": received,
    }  # fmt: skip


def _lent(world: World, story: Story, thing: Thing, ticket: int) -> dict[str, Any]:
    """What the provider lends in the place of a thing under repair, and the day agreed to give it back."""
    told, since = story.card["lent"], _day(story.opened)
    return {
        "number": world.number(f"MPR-{since.year}"), "ticket_id": ticket, "asset_id": thing.id,
        "provider_id": world.providers[told["provider"]], "person_id": story.requester.id, "label": told["label"],
        "serial": told["serial"], "lent_on": since, "due_on": since + timedelta(days=told["days"]),
        "condition_out": told["condition"],
    }  # fmt: skip


def _day(at: datetime) -> date:
    return at.astimezone(PARIS).date()


def _charge(card: Card, deal: Deal) -> Charge:
    if deal.id is None:
        return Charge.BILLABLE
    return Charge.of(card.get("charge", "counted" if deal.counted else "included"))
