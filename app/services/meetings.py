"""Meetings with a provider: planned with an agenda of facts, held, and their actions followed to the next (C.12)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.entities.meetings import MEETING, MEETING_ACTION
from app.errors import InvalidFields, NotFound, Refused
from app.fields import PARIS, joined, this_day
from app.models import Contract, Meeting, MeetingAction, Person, ProviderContact
from app.models.codes import Role
from app.models.contract_codes import ActionState, ContactRole, MeetingKind, MeetingStatus
from app.rules.holidays import business_day_before
from app.rules.notice import add_months
from app.services import meeting_facts, records
from app.services.meeting_facts import Fact

SUBJECTS = {
    MeetingKind.LAUNCH: "Démarrage du contrat",
    MeetingKind.REVIEW: "Revue de service",
    MeetingKind.YEARLY: "Bilan annuel",
    MeetingKind.CRISIS: "Retour sur un incident grave",
    MeetingKind.NEGOTIATION: "Renégociation du contrat",
    MeetingKind.EXIT: "Fin du contrat et réversibilité",
}
INVITED = (ContactRole.SALES, ContactRole.TECHNICAL_LEAD, ContactRole.DIRECTOR)
SOON = timedelta(days=14)
MORNING = time(10)
REVIEWED = 3
"""Months looked back at when no meeting was held before."""
LAST_POINT = "Points divers et date de la prochaine réunion"


@dataclass(frozen=True, slots=True)
class ActionRow:
    """`late` is of one still to do past its day; `meeting` the number of the one that decided it."""

    id: int
    label: str
    owner: str
    due_on: date
    state: ActionState
    late: bool
    done_on: date | None
    outcome: str
    meeting: str


def found(session: Session, meeting_id: int) -> Meeting:
    meeting = session.get(Meeting, meeting_id)
    if meeting is None or meeting.deleted_at is not None:
        raise NotFound("Cette réunion n’existe plus.")
    return meeting


def held_on(meeting: Meeting) -> date:
    return meeting.starts_at.astimezone(PARIS).date()


def lines(text: str | None) -> list[str]:
    """The points of a text that holds one a line."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


# -- planning ---------------------------------------------------------------------------------------------------


def proposed(session: Session, contract_id: int, kind: MeetingKind = MeetingKind.REVIEW) -> dict[str, Any]:
    """The values that a new meeting begins with: when the last one said, with whom, on what period."""
    contract = session.get_one(Contract, contract_id)
    today, last = this_day(), _last_held(session, contract_id)
    wanted = last.next_on if last is not None and last.next_on is not None and last.next_on > today else today + SOON
    on = business_day_before(wanted, contract.zone.value)
    on = on if on > today else wanted
    since = (last.until or held_on(last)) + timedelta(days=1) if last else add_months(today, -REVIEWED)
    return {
        "contract_id": contract_id,
        "kind": kind,
        "subject": SUBJECTS[kind],
        "starts_at": datetime.combine(on, MORNING, PARIS).astimezone(UTC),
        "place": last.place if last else None,
        "participants": "\n".join(_usual_people(session, contract.provider_id, last)),
        "since": min(since, today),
        "until": on,
    }


def _last_held(session: Session, contract_id: int) -> Meeting | None:
    kept = select(Meeting).where(
        Meeting.contract_id == contract_id, Meeting.status == MeetingStatus.HELD, Meeting.deleted_at.is_(None)
    )
    return session.scalars(kept.order_by(Meeting.starts_at.desc(), Meeting.id.desc())).first()


def _usual_people(session: Session, provider_id: int | None, last: Meeting | None) -> list[str]:
    """Those of the last meeting; else the persons in charge on both sides."""
    if last is not None and last.participants:
        return lines(last.participants)
    ours = session.scalars(select(Person).where(Person.role == Role.MANAGER, Person.deleted_at.is_(None)))
    theirs = session.scalars(
        select(ProviderContact)
        .where(ProviderContact.provider_id == provider_id, ProviderContact.deleted_at.is_(None))
        .where(or_(ProviderContact.role.in_(INVITED), ProviderContact.escalation == 1))
        .where(ProviderContact.left_on.is_(None))
        .order_by(ProviderContact.escalation.is_(None), ProviderContact.escalation, ProviderContact.id)
    )
    named = [_named(one.first_name, one.last_name, one.position) for one in ours]
    return named + [_named(one.first_name, one.last_name, one.position or one.role.label) for one in theirs]


def _named(first: str | None, last: str, what: str | None) -> str:
    return joined(joined(first, last), what, by=", ")


def plan(session: Session, values: Mapping[str, Any], now: datetime) -> int:
    """A new meeting; what is not told is as proposed, and its agenda is made of the facts of its period."""
    told = {name: value for name, value in values.items() if value is not None}
    usual = proposed(session, told["contract_id"]) if "contract_id" in told else {}
    made = records.create(session, MEETING, {**usual, **told})
    meeting = found(session, made)
    if not meeting.agenda:
        meeting.agenda = "\n".join([*(fact.line for fact in facts(session, made, now)), LAST_POINT])
        session.flush()
    return made


def facts(session: Session, meeting_id: int, now: datetime) -> list[Fact]:
    """Those of the period of a meeting, up to today while it is to come."""
    meeting = found(session, meeting_id)
    until = meeting.until or held_on(meeting)
    since = meeting.since or add_months(until, -REVIEWED)
    return meeting_facts.facts(session, meeting.contract_id, since, until, now)


def standing(points: Sequence[str], fact: Fact) -> Literal["there", "changed", "absent"]:
    """Whether the agenda tells that fact, as it is now or as it was."""
    if fact.line in points:
        return "there"
    return "changed" if any(point.startswith(fact.begins) for point in points) else "absent"


def put_point(session: Session, meeting_id: int, fact: Fact) -> None:
    """Write a fact in the agenda: in the place of what it was, else before the usual last point."""
    kept = lines(found(session, meeting_id).agenda)
    at = next((i for i, point in enumerate(kept) if point.startswith(fact.begins)), None)
    if at is not None:
        kept[at] = fact.line
    else:
        kept.insert(len(kept) - 1 if kept and kept[-1] == LAST_POINT else len(kept), fact.line)
    records.update(session, MEETING, meeting_id, {"agenda": "\n".join(kept)})


def planned(session: Session, contract_id: int) -> Meeting | None:
    """The meeting of this contract that is to come, the first of them."""
    kept = select(Meeting).where(
        Meeting.contract_id == contract_id, Meeting.status == MeetingStatus.PLANNED, Meeting.deleted_at.is_(None)
    )
    return session.scalars(kept.order_by(Meeting.starts_at, Meeting.id)).first()


# -- holding ----------------------------------------------------------------------------------------------------


def write_up(session: Session, meeting_id: int, values: Mapping[str, Any]) -> None:
    """The meeting was held: who came, what was said and decided, and when the next one is."""
    meeting = found(session, meeting_id)
    problems = {}
    if meeting.status == MeetingStatus.CANCELLED:
        raise Refused("Cette réunion est annulée\u00a0: rétablissez-la avant d’en faire le compte rendu.")
    if meeting.starts_at > datetime.now(UTC):
        problems["minutes"] = "La réunion n’a pas encore eu lieu\u00a0: corrigez sa date si elle a été avancée."
    elif not lines(values.get("minutes")) and not lines(values.get("decisions")):
        problems["minutes"] = "Écrivez ce qui a été dit, ou au moins ce qui est décidé."
    if problems:
        raise InvalidFields(problems)
    records.update(session, MEETING, meeting_id, {**values, "status": MeetingStatus.HELD})


def cancel(session: Session, meeting_id: int) -> None:
    """Kept as cancelled; its actions stay with the contract."""
    records.update(session, MEETING, meeting_id, {"status": MeetingStatus.CANCELLED})


def plan_next(session: Session, meeting_id: int, now: datetime) -> int:
    """The meeting that this one fixed, ready to be prepared. Refused if one is planned already."""
    meeting = found(session, meeting_id)
    coming = planned(session, meeting.contract_id)
    if coming is not None:
        raise Refused(f"{coming.number} est déjà prévue pour ce contrat.")
    return plan(session, proposed(session, meeting.contract_id, meeting.kind), now)


# -- actions ----------------------------------------------------------------------------------------------------


def add_action(session: Session, meeting_id: int, values: Mapping[str, Any]) -> int:
    meeting = found(session, meeting_id)
    given = {"meeting_id": meeting_id, "contract_id": meeting.contract_id}
    return records.create(session, MEETING_ACTION, {**values, **given})


def own_actions(session: Session, meeting_id: int) -> list[ActionRow]:
    """Those that this meeting decided."""
    return _actions(session, MeetingAction.meeting_id == meeting_id)


def carried_actions(session: Session, meeting_id: int) -> list[ActionRow]:
    """Those of the meetings before, to be followed at this one: not done when it began, or settled since the last."""
    meeting = found(session, meeting_id)
    day_before = _meeting_before(session, meeting)
    kept = or_(
        MeetingAction.state == ActionState.TO_DO,
        MeetingAction.done_on >= day_before if day_before else MeetingAction.done_on.is_not(None),
    )
    earlier = select(Meeting.id).where(
        Meeting.contract_id == meeting.contract_id,
        Meeting.starts_at < meeting.starts_at,
        Meeting.deleted_at.is_(None),
    )
    return _actions(session, MeetingAction.meeting_id.in_(earlier), kept)


def _meeting_before(session: Session, meeting: Meeting) -> date | None:
    last = session.scalars(
        select(Meeting)
        .where(
            Meeting.contract_id == meeting.contract_id,
            Meeting.status == MeetingStatus.HELD,
            Meeting.starts_at < meeting.starts_at,
            Meeting.deleted_at.is_(None),
        )
        .order_by(Meeting.starts_at.desc())
    ).first()
    return held_on(last) if last else None


def _actions(session: Session, *wanted: Any) -> list[ActionRow]:
    rows = session.execute(
        select(MeetingAction, Meeting.number)
        .join(Meeting, Meeting.id == MeetingAction.meeting_id)
        .where(MeetingAction.deleted_at.is_(None), *wanted)
        .order_by(MeetingAction.state != ActionState.TO_DO, MeetingAction.due_on, MeetingAction.id)
    )
    today = this_day()
    return [
        ActionRow(
            one.id, one.label, one.owner, one.due_on, one.state,
            one.state == ActionState.TO_DO and one.due_on < today, one.done_on, one.outcome or "", number,
        )
        for one, number in rows
    ]  # fmt: skip


def owners(session: Session, meeting_id: int) -> list[str]:
    """Who may be charged with an action: those who take part."""
    return [line.split(",")[0].strip() for line in lines(found(session, meeting_id).participants)]


# -- e-mail -----------------------------------------------------------------------------------------------------


def addresses(session: Session, meeting_id: int) -> list[str]:
    """The e-mails of the participants that the file knows, by their name."""
    meeting = found(session, meeting_id)
    provider = session.get_one(Contract, meeting.contract_id).provider_id
    known: dict[str, str | None] = {}
    for one in session.scalars(select(Person).where(Person.deleted_at.is_(None))):
        known[joined(one.first_name, one.last_name).casefold()] = one.email
    for other in session.scalars(
        select(ProviderContact).where(ProviderContact.provider_id == provider, ProviderContact.deleted_at.is_(None))
    ):
        known[joined(other.first_name, other.last_name).casefold()] = other.email
    found_here = (known.get(name.casefold()) for name in owners(session, meeting_id))
    return [one for one in found_here if one]
