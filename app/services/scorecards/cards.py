"""Scorecards: one a provider and a period, found, made, reminded of (domain.md G.2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.entities.judgement import SCORECARD
from app.errors import NotFound, Refused
from app.models import Contract, IssuedPaper, Provider, Scorecard
from app.models.codes import ContractStatus
from app.models.judgement_codes import ScorecardStatus
from app.rules import scorecard
from app.services import preferences, records
from app.services.periodic import when
from app.services.scorecards import notes, prestations
from app.services.spans import Period, quarter
from app.settings import Rhythm

KIND = "controle"
"""The paper, in `paper_kinds`."""
NOT_BEGUN = "Cette période n’a pas commencé."
NO_CONTRACT = "Aucun contrat de ce prestataire n’était en vigueur sur cette période\u00a0: il n’y a rien à noter."
NO_SUCH = "Aucun prestataire ne porte ce nom, et aucune fiche contrôle ce numéro\u00a0: «\u00a0{}\u00a0»."


# -- making ----------------------------------------------------------------------------------------------------------


def of_period(session: Session, provider_id: int, period: Period) -> int | None:
    """The card of that provider and period, outside the bin."""
    own = Scorecard
    wanted = own.provider_id == provider_id, own.starts_on == period.start, own.ends_on == period.end
    return session.scalar(select(own.id).where(*wanted, own.deleted_at.is_(None)).order_by(own.id).limit(1))


def ensure(session: Session, provider_id: int, period: Period, today: date) -> int:
    """The card of that provider and period, made if nobody did, with the weights last chosen for this provider; Refused
    before the period begins, or without any contract in it."""
    if period.start > today:
        raise Refused(NOT_BEGUN)
    known = of_period(session, provider_id, period)
    if known is not None:
        return known
    if not prestations.in_force(session, provider_id, period.start, period.end):
        raise Refused(NO_CONTRACT)
    weights = _last_weights(session, provider_id)
    values = {"provider_id": provider_id, "starts_on": period.start, "ends_on": period.end}
    made = records.create(session, SCORECARD, {**values, "number": free_number(session, period)})
    if weights != scorecard.WEIGHTS:
        notes.weigh(session, made, weights)
    return made


def free_number(session: Session, period: Period) -> str:
    """« FC-2026-T3 », « FC-2026-T3-2 » for the next provider; a number is never used twice, even after the bin."""
    wanted = f"FC-{when.mark(period)}"
    taken = set(session.scalars(select(Scorecard.number).where(Scorecard.number.startswith(wanted))))
    return next(one for one in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)


def _last_weights(session: Session, provider_id: int) -> dict[str, int]:
    last = session.scalar(
        select(Scorecard.id)
        .where(Scorecard.provider_id == provider_id, Scorecard.deleted_at.is_(None))
        .order_by(Scorecard.ends_on.desc(), Scorecard.id.desc())
        .limit(1)
    )
    return dict(scorecard.WEIGHTS) if last is None else notes.weights_of(session, last)


def usual_period(session: Session, today: date, provider_id: int | None = None) -> Period:
    """The last one over by the rhythm chosen (a quarter where there is none); for a provider who had no contract then,
    the last quarter, else the one under way."""
    rhythm = Rhythm.of(preferences.get(session, "scorecard_rhythm"))
    usual = when.last_over(Rhythm.QUARTER if rhythm == Rhythm.NONE else rhythm, today)
    offered = (usual, when.last_over(Rhythm.QUARTER, today), quarter(today))
    if provider_id is None:
        return usual
    return next((one for one in offered if prestations.in_force(session, provider_id, one.start, one.end)), usual)


def only_provider(session: Session, today: date) -> int | None:
    """The one provider under contract since the beginning of last year; None where there are several, or none."""
    year = when.last_over(Rhythm.YEAR, today)
    kept = select(Contract.provider_id).where(
        Contract.provider_id.is_not(None), Contract.status != ContractStatus.DRAFT, Contract.deleted_at.is_(None)
    )
    signed = [one for one in session.scalars(kept.distinct()) if one is not None]
    found = [one for one in signed if prestations.in_force(session, one, year.start, today)]
    return found[0] if len(found) == 1 else None


def named(session: Session, ref: str | None) -> int:
    """The card of that number, or the last one of the provider of that name; Refused without any."""
    kept = select(Scorecard.id).where(Scorecard.deleted_at.is_(None))
    if not ref:
        known = session.scalar(select(func.max(Scorecard.number)).where(Scorecard.deleted_at.is_(None)))
        told = f", par exemple {known}" if known else ""
        raise Refused(f"Donnez le numéro d’une fiche contrôle{told}, ou le nom d’un prestataire.")
    if (numbered := session.scalar(kept.where(Scorecard.number == ref))) is not None:
        return numbered
    provider = session.scalar(select(Provider.id).where(Provider.name == ref, Provider.deleted_at.is_(None)))
    if provider is None:
        raise NotFound(NO_SUCH.format(ref))
    last = session.scalar(
        kept.where(Scorecard.provider_id == provider).order_by(Scorecard.ends_on.desc(), Scorecard.id.desc()).limit(1)
    )
    if last is None:
        raise NotFound(f"{ref} n’a pas encore de fiche contrôle\u00a0: préparez-la dans «\u00a0Indicateurs\u00a0».")
    return last


# -- reminders -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Due:
    """A provider whose card of a period over was not issued; `card_id` is the draft, if one was begun."""

    provider_id: int
    provider: str
    period: Period
    card_id: int | None


def due(session: Session, today: date) -> list[Due]:
    """The last period over by the rhythm chosen, of each provider who had a contract of service through some of it; and
    who still has one, for a card judges what goes on. By name."""
    rhythm = Rhythm.of(preferences.get(session, "scorecard_rhythm"))
    return [] if rhythm == Rhythm.NONE else list(_due(session, when.last_over(rhythm, today), today))


def _due(session: Session, period: Period, today: date) -> Iterator[Due]:
    issued = set(
        session.scalars(
            select(Scorecard.provider_id).where(
                Scorecard.deleted_at.is_(None), Scorecard.status == ScorecardStatus.ISSUED,
                Scorecard.ends_on >= period.end,
            )
        )
    )  # fmt: skip
    providers = session.execute(
        select(Provider.id, Provider.name)
        .where(
            Provider.deleted_at.is_(None),
            Provider.id.in_(
                select(Contract.provider_id).where(
                    Contract.deleted_at.is_(None), Contract.status != ContractStatus.DRAFT,
                    Contract.starts_on <= period.end,
                )
            ),
        )
        .order_by(Provider.name)
    )  # fmt: skip
    for one, name in providers:
        serving = prestations.in_force(session, one, period.start, period.end) if one not in issued else []
        if serving and prestations.in_force(session, one, today, today):
            yield Due(one, name, period, of_period(session, one, period))


def number_of(session: Session, card_id: int) -> str:
    return notes.found(session, card_id).number


def issued_at(session: Session, card_id: int) -> datetime | None:
    """When its paper was last issued."""
    own = IssuedPaper
    wanted = own.kind == KIND, own.record_id == card_id, own.deleted_at.is_(None)
    return session.scalar(select(func.max(own.issued_at)).where(*wanted))
