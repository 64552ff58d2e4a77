"""What was decided of each period of a contract, and the proof that the letter left and arrived (domain.md C.1, C.2).

A decision is never rewritten: changing one's mind is another one, and the last of a period holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.contract_parts import NOTICE_DECISION
from app.entities.contracts import CONTRACT
from app.errors import InvalidFields, NotFound, Refused
from app.fields import PARIS, clean_text, day, day_words, joined, this_day
from app.models import Contract, IssuedPaper, NoticeDecision, Person
from app.models.codes import ContractStatus, NoticeMoment, Role
from app.models.contract_codes import Choosing
from app.rules import notice
from app.services import records
from app.services.amendments import found, on_day
from app.services.contracts import terms_of

__all__ = [
    "Choosing",
    "Decided",
    "decide",
    "effect",
    "history",
    "in_hand",
    "latest",
    "obtained",
    "prove",
    "usual_author",
]

LETTER = "lettre"
NOT_YET = "Ce jour n’est pas encore passé."
PROOFS = {"sent_on": "postée", "presented_on": "présentée", "received_on": "reçue"}
"""The days of a letter, in their order, and what it was then."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision as it is shown. `counts_on` is the day from which the letter has effect, None while it has none."""

    id: int
    period_end: date | None
    choice: Choosing
    decided_on: date
    decided_by: str
    reason: str
    printed_on: date | None
    sent_on: date | None
    tracking: str
    presented_on: date | None
    received_on: date | None
    counts_on: date | None

    @property
    def pending(self) -> bool:
        """A denunciation whose letter has no effect yet."""
        return self.choice == Choosing.DENOUNCE and self.counts_on is None


def history(session: Session, contract_id: int) -> list[Decided]:
    """Every decision, in the order in which they were taken."""
    by_dispatch = found(session, contract_id).notice_moment == NoticeMoment.DISPATCH
    kept = select(NoticeDecision).where(NoticeDecision.contract_id == contract_id, NoticeDecision.deleted_at.is_(None))
    rows = session.scalars(kept.order_by(NoticeDecision.id))
    letters = _letters(session, contract_id)
    return [_decided(one, letters, by_dispatch) for one in rows]


def _decided(one: NoticeDecision, letters: list[date], by_dispatch: bool) -> Decided:
    printed = next((made for made in letters if made >= one.decided_on), None)
    return Decided(
        one.id, one.period_end, one.choice, one.decided_on, one.decided_by or "", one.reason or "", printed,
        one.sent_on, one.tracking or "", one.presented_on, one.received_on, effect(one, by_dispatch),
    )  # fmt: skip


def _letters(session: Session, contract_id: int) -> list[date]:
    """The days on which a letter of this contract was issued."""
    kept = select(IssuedPaper.issued_at).where(
        IssuedPaper.kind == LETTER, IssuedPaper.record_id == contract_id, IssuedPaper.deleted_at.is_(None)
    )
    return sorted(made.astimezone(PARIS).date() for made in session.scalars(kept))


def effect(one: NoticeDecision, by_dispatch: bool) -> date | None:
    """The day that counts for the clause: that of receipt, or that of dispatch (C.1 `preavis_moment`)."""
    if one.choice != Choosing.DENOUNCE:
        return None
    return one.sent_on if by_dispatch else one.received_on


def latest(session: Session, contract_id: int) -> dict[date | None, Decided]:
    """The decision that holds for each period, by its last day; None: a term without end."""
    return {one.period_end: one for one in history(session, contract_id)}


def in_hand(terms: notice.Terms, decided: Mapping[date | None, Decided], today: date) -> Decided | None:
    """The decision that governs what is to be done: of a letter still under way, else of the period that can still be
    refused, or that the notice ends."""
    current = notice.current_period(terms, today)
    waiting = decided.get(current.ends) if current else None
    if waiting is not None and waiting.pending:
        return waiting
    target = notice.exit_period(terms, terms.denounced_on or today)
    if terms.denounced_on is not None:
        return next((one for one in decided.values() if one.counts_on == terms.denounced_on), None)
    return decided.get(target.ends) if target else None


def usual_author(session: Session) -> str:
    """Who decided last; else the person in charge, if one is named."""
    last = session.scalar(
        select(NoticeDecision.decided_by).where(NoticeDecision.deleted_at.is_(None)).order_by(NoticeDecision.id.desc())
    )
    if last:
        return last
    manager = session.scalars(select(Person).where(Person.role == Role.MANAGER, Person.deleted_at.is_(None))).first()
    return joined(manager.first_name, manager.last_name) if manager else ""


def decide(session: Session, contract_id: int, choice: Choosing, values: Mapping[str, Any]) -> int:
    """Record `decided_on`, `decided_by` and `reason`: of the first period that a notice of that day can still end.

    Refused once the letter has left: it is not taken back without the provider's consent.
    """
    contract = found(session, contract_id)
    on = values["decided_on"]
    problems = _problems(contract, on, clean_text(values.get("reason") or ""))
    if problems:
        raise InvalidFields(problems)
    if contract.denounced_on is not None:
        raise Refused(f"Ce contrat est déjà dénoncé, depuis le {day(contract.denounced_on)}.")
    period = _subject(terms_of(on_day(session, contract_id, on)), on, choice)
    before = latest(session, contract_id).get(period.ends)
    if before is not None and before.sent_on is not None:
        raise Refused(f"La lettre est partie le {day(before.sent_on)}\u00a0: elle ne se reprend qu’avec l’accord du "
                      "prestataire.")  # fmt: skip
    if before is not None and before.choice == choice:
        raise Refused(f"C’est déjà ce qui est décidé, depuis le {day(before.decided_on)}.")
    given = {"contract_id": contract_id, "period_end": period.ends, "choice": choice}
    return records.create(session, NOTICE_DECISION, {**given, **values})


def _problems(contract: Contract, on: date, reason: str) -> dict[str, str]:
    problems = {}
    if on > this_day():
        problems["decided_on"] = NOT_YET
    elif contract.signed_on is not None and on < contract.signed_on:
        problems["decided_on"] = f"Le contrat n’était pas signé\u00a0: il l’a été le {day(contract.signed_on)}."
    if not reason:
        problems["reason"] = "Écrivez la raison\u00a0: elle restera avec la période."
    return problems


def _subject(terms: notice.Terms, on: date, choice: Choosing) -> notice.Period:
    period = notice.exit_period(terms, on)
    if period is None or (period.ends is not None and period.ends == notice.last_day(terms)):
        raise Refused("Ce contrat prend fin sans reconduction\u00a0: il n’y a rien à décider.")
    if period.ends is None and choice == Choosing.RENEW:
        raise Refused("Un contrat à durée indéterminée ne se reconduit pas\u00a0: il dure jusqu’à ce qu’on l’arrête.")
    return period


def prove(session: Session, decision_id: int, values: Mapping[str, Any]) -> str:
    """Note when the letter left, was presented, was received, and its number; give what follows, as a sentence.

    The contract is denounced from the day that its clause counts, and no more if that day is taken back.
    """
    one = session.get(NoticeDecision, decision_id)
    if one is None or one.deleted_at is not None:
        raise NotFound("Cette décision n’existe plus.")
    told = {name: values.get(name, getattr(one, name)) for name in PROOFS}
    if problems := _out_of_order(told):
        raise InvalidFields({name: said for name, said in problems.items() if name in values} or problems)
    records.update(session, NOTICE_DECISION, decision_id, values)
    contract = found(session, one.contract_id)
    counts = effect(one, contract.notice_moment == NoticeMoment.DISPATCH)
    status = ContractStatus.TERMINATED if counts else ContractStatus.ACTIVE
    if counts != contract.denounced_on:
        records.update(session, CONTRACT, contract.id, {"denounced_on": counts, "status": status})
    return _consequence(session, one.contract_id, one.period_end, counts)


def _out_of_order(told: Mapping[str, date | None]) -> dict[str, str]:
    """Each day follows the one before, and none is to come."""
    problems: dict[str, str] = {}
    before: tuple[str, date] | None = None
    for name, word in PROOFS.items():
        at = told[name]
        if at is None:
            continue
        if at > this_day():
            problems[name] = NOT_YET
        elif before is not None and at < before[1]:
            problems[name] = f"La lettre serait {word} avant d’être {before[0]}, le {day(before[1])}."
        before = (word, at)
    return problems


def obtained(session: Session, contract_id: int, one: Decided) -> str:
    """What the letter of a decision obtained; empty while it has no effect."""
    return _consequence(session, contract_id, one.period_end, one.counts_on) if one.counts_on else ""


def _consequence(session: Session, contract_id: int, period_end: date | None, counts: date | None) -> str:
    """What the letter obtains, from the day that counts."""
    if counts is None:
        return "Noté. La lettre n’a pas encore d’effet."
    end = notice.last_day(terms_of(on_day(session, contract_id, counts)))
    if end is None or period_end is None or end <= period_end:
        return f"Le contrat prend fin le {day_words(end)}." if end else "Noté."
    return (
        f"Trop tard pour la période qui finit le {day_words(period_end)}\u00a0: "
        f"la lettre met fin à la suivante, le {day_words(end)}."
    )
