"""Amendments of a contract: prepared as a draft, then signed (domain.md C.1).

A draft changes nothing. Once signed, an amendment rules from its day; the tickets still open are timed again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.entities.contracts import AMENDMENT, CONTRACT
from app.errors import InvalidFields, NotFound, Refused
from app.fields import Field, Text, clean_line, clean_text, this_day
from app.fields import day as day_text
from app.models import Amendment, Contract
from app.models.contract_codes import AmendmentStatus
from app.rules import notice
from app.services import amendments, records, terms
from app.services.amendments import AMENDABLE, on_day
from app.services.contracts import terms_of
from app.services.journal import project_open
from app.services.numbering import next_number
from app.services.records import MANDATORY
from app.services.terms import ServiceTerms

NOTHING = "Choisissez au moins une chose qui change."
SAME = "C’est déjà ce qui vaut ce jour-là\u00a0: changez cette valeur, ou retirez-la."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an amendment says. `values` by name of field; `service` the levels and hours it puts, None to leave them;
    with `signed_on` it is signed."""

    subject: str | None
    effective_on: date | None
    reason: str | None = None
    signed_on: date | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    service: ServiceTerms | None = None


def save(session: Session, contract_id: int, wanted: Wanted, amendment_id: int | None = None) -> int:
    """A new amendment, or a draft prepared again; signed at once with `signed_on`. Gives its id.

    InvalidFields names the fields of the amendment, those it changes, or « P1.take_minutes » and « day.0 ».
    """
    kept = _checked(session, contract_id, wanted)
    draft = _draft(session, amendment_id) if amendment_id else _new(session, contract_id, kept)
    assert wanted.effective_on is not None  # noqa: S101 - checked above
    draft.subject, draft.reason, draft.effective_on = kept.subject or "", kept.reason, wanted.effective_on
    before = terms.service_terms(session, contract_id, wanted.effective_on)
    values, after = dict(kept.values), kept.service or before
    if after.round_the_clock != before.round_the_clock:
        values["round_the_clock"] = after.round_the_clock
    draft.extra = {name: amendments.text_of(value) for name, value in values.items()}
    draft.replaces_levels, draft.replaces_hours = after.levels != before.levels, after.week != before.week
    session.flush()
    terms.save_levels(session, contract_id, after.levels if draft.replaces_levels else (), draft.id)
    terms.save_week(session, contract_id, after.week if draft.replaces_hours else ((),) * 7, draft.id)
    if wanted.signed_on is not None:
        sign(session, draft.id, wanted.signed_on)
    return draft.id


def _draft(session: Session, amendment_id: int) -> Amendment:
    draft = found(session, amendment_id)
    if draft.status == AmendmentStatus.SIGNED:
        raise Refused(f"L’avenant {draft.number} est signé\u00a0: ce qu’il a changé ne se corrige que par un autre.")
    return draft


def _new(session: Session, contract_id: int, wanted: Wanted) -> Amendment:
    number = next_number(session, f"AV-{this_day().year}", 2)
    made = Amendment(
        contract_id=contract_id, number=number, subject=wanted.subject or "", effective_on=wanted.effective_on
    )
    session.add(made)
    return made


def wanted_of(session: Session, amendment_id: int) -> Wanted:
    """What a draft says, to be prepared again."""
    draft = _draft(session, amendment_id)
    values = amendments.told(draft)
    always = values.pop("round_the_clock", None)
    service = None
    if always is not None or draft.replaces_levels or draft.replaces_hours:
        kept = terms.service_terms(session, draft.contract_id, draft.effective_on)
        levels = terms.levels_in(session, draft.contract_id, draft.id) if draft.replaces_levels else kept.levels
        week = terms.week_in(session, draft.contract_id, draft.id) if draft.replaces_hours else kept.week
        service = ServiceTerms(levels, week, kept.round_the_clock if always is None else always, kept.closings)
    return Wanted(draft.subject, draft.effective_on, draft.reason, None, values, service)


def found(session: Session, amendment_id: int) -> Amendment:
    kept = session.get(Amendment, amendment_id)
    if kept is None or kept.deleted_at is not None:
        raise NotFound("Cet avenant n’existe plus.")
    return kept


def sign(session: Session, amendment_id: int, signed_on: date) -> int:
    """It rules from its day on; the open tickets are timed again. Gives how many they are."""
    draft = _draft(session, amendment_id)
    if signed_on > this_day():
        raise InvalidFields({"signed_on": "Ce jour n’est pas encore passé."})
    if problem := _out_of_contract(session, draft.contract_id, draft.effective_on):
        raise Refused(problem)
    draft.status, draft.signed_on = AmendmentStatus.SIGNED, signed_on
    session.flush()
    return project_open(session, draft.contract_id)


def withdraw(session: Session, amendment_id: int) -> None:
    """Put it in the bin; what it changed, if it was signed, is as before."""
    contract_id = found(session, amendment_id).contract_id
    records.to_bin(session, AMENDMENT, [amendment_id])
    project_open(session, contract_id)


def _checked(session: Session, contract_id: int, wanted: Wanted) -> Wanted:
    """The same in normal form; every refusal at once."""
    subject, reason = clean_line(wanted.subject or ""), clean_text(wanted.reason or "")
    problems = {} if subject else {"subject": MANDATORY}
    if wanted.effective_on is None:
        raise InvalidFields({**problems, "effective_on": MANDATORY})
    if problem := _out_of_contract(session, contract_id, wanted.effective_on):
        problems["effective_on"] = problem
    values, wrong = _values(on_day(session, contract_id, wanted.effective_on), wanted.values)
    problems |= wrong
    if wanted.service is not None:
        problems |= terms.wrong_levels(wanted.service.levels) | terms.wrong_week(wanted.service.week)
    if not wanted.values and not _changed(session, contract_id, wanted):
        problems[""] = NOTHING
    if problems:
        raise InvalidFields(problems)
    return Wanted(subject, wanted.effective_on, reason or None, wanted.signed_on, values, wanted.service)


def _changed(session: Session, contract_id: int, wanted: Wanted) -> bool:
    if wanted.service is None or wanted.effective_on is None:
        return False
    before = terms.service_terms(session, contract_id, wanted.effective_on)
    after = wanted.service
    return (before.levels, before.week, before.round_the_clock) != (after.levels, after.week, after.round_the_clock)


def _out_of_contract(session: Session, contract_id: int, effective: date) -> str:
    contract = on_day(session, contract_id, effective)
    end = notice.last_day(terms_of(contract))
    if effective < contract.starts_on:
        return f"Le contrat ne commence que le {day_text(contract.starts_on)}."
    if end is not None and effective > end:
        return f"Le contrat prend fin le {day_text(end)}\u00a0: un avenant ne peut pas venir après."
    return ""


def _values(before: Contract, wanted: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    kept: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, value in wanted.items():
        told = AMENDABLE[name]
        try:
            kept[name] = told.check(_clean(told, value))
        except ValueError as error:
            problems[name] = str(error)
            continue
        if kept[name] is None and told.required:
            problems[name] = MANDATORY
        elif kept[name] == getattr(before, name):
            problems[name] = SAME
    whole = {one.name: getattr(before, one.name) for one in CONTRACT.fields if hasattr(before, one.name)}
    return kept, {**CONTRACT.check({**whole, **kept}), **problems}


def _clean(told: Field, value: Any) -> Any:
    if isinstance(told, Text) and isinstance(value, str):
        return (clean_text(value) if told.multiline else clean_line(value)) or None
    return value
