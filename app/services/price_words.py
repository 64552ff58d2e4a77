"""What the price clauses of a contract mean, in sentences with a worked example (domain.md C.4, C.5, C.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import amount, day, duration, number
from app.models import Contract, Penalty
from app.models.contract_codes import PenaltyUnit, PriceModel
from app.rules import payment, penalties, price
from app.rules.penalties import Breach, Caps
from app.services import pricing, revising
from app.services.amendments import on_day
from app.services.pricing import Yearly

BREACHES = 4
"""Of the worked example (domain.md C.7)."""
OVER, SHORT = 210, 16
"""Minutes of the worked examples: over those included, and of a short visit (domain.md C.6)."""
LATE, LATE_DAYS = 180_000, 45
"""Of the worked example of interest (domain.md C.5)."""
WITH_HOURS = {PriceModel.FLAT, PriceModel.MIXED}
NO_INDEX = "Aucun indice\u00a0: ce prix ne change que par un avenant."
NO_PENALTY = "Aucune pénalité\u00a0: un retard ne coûte rien au prestataire."
TOO_LONG = {
    "invoice": "Plus de 60 jours après la facture n’est pas permis entre entreprises (art. L441-10).",
    "month_end": "Plus de 45 jours fin de mois n’est pas permis entre entreprises (art. L441-10).",
}
UNITS = {PenaltyUnit.BREACH: "par manquement", PenaltyUnit.HOUR: "par heure", PenaltyUnit.DAY: "par jour"}


@dataclass(frozen=True, slots=True)
class PriceTold:
    """Sentences under each part of the price; `payment_wrong` when the law forbids the term agreed."""

    yearly: Yearly
    model: tuple[str, ...]
    payment: tuple[str, ...]
    payment_wrong: str
    revision: tuple[str, ...]
    revision_wrong: str
    penalties: tuple[str, ...]


def told(session: Session, contract_id: int, today: date) -> PriceTold:
    contract = on_day(session, contract_id, today)
    rows = session.scalars(
        select(Penalty)
        .where(Penalty.contract_id == contract_id, Penalty.deleted_at.is_(None))
        .order_by(Penalty.trigger, Penalty.id)
    ).all()
    one_way = contract.index_name and revising.clause_of(contract).one_way
    return PriceTold(
        pricing.yearly(session, contract_id, today),
        _model(contract),
        _payment(contract, today),
        _too_long(contract),
        () if contract.index_name else (NO_INDEX,),
        revising.ONE_WAY if one_way else "",
        _penalties(contract, rows),
    )


def _model(contract: Contract) -> tuple[str, ...]:
    """What work costs, by examples: hours over those included, a visit rounded up."""
    lines = []
    if contract.included_minutes and contract.hourly_rate and contract.price_model in WITH_HOURS:
        used = contract.included_minutes + OVER
        cost = amount(price.overrun(used, contract.included_minutes, contract.hourly_rate))
        lines.append(f"Exemple\u00a0: {duration(used)} de travail coûtent {cost} en plus du forfait.")
    billed = price.billed_minutes(SHORT, contract.rounding_minutes, contract.minimum_minutes)
    if billed > SHORT and contract.price_model != PriceModel.PER_UNIT:
        lines.append(f"Une intervention de {SHORT}\u00a0min est comptée {duration(billed)}.")
    return tuple(lines)


def _payment(contract: Contract, today: date) -> tuple[str, ...]:
    invoiced = today.replace(day=10)
    due = payment.due_on(invoiced, contract.payment_days, contract.payment_rule.value)
    rate = (
        "au taux de la BCE plus 10 points"
        if contract.late_rate is None
        else f"de {number(Decimal(contract.late_rate) / 100, 2)}\u00a0% par an"
    )
    late = f"Payée après, elle coûte des intérêts {rate} et {amount(payment.RECOVERY)} de frais, sans rappel."
    return f"Une facture du {day(invoiced)} est à payer le {day(due)} au plus tard.", late, *_late(contract, due)


def _late(contract: Contract, due: date) -> tuple[str, ...]:
    """An example of interest; none without a rate written in the contract: those of the ECB change."""
    percents = _percents(contract.late_rate)
    if percents is None:
        return ()
    cents = payment.interest(LATE, due, due + timedelta(days=LATE_DAYS), lambda _: percents)
    return (f"Exemple\u00a0: {amount(LATE)} TTC payés {LATE_DAYS} jours trop tard, {amount(cents)} d’intérêts.",)


def _too_long(contract: Contract) -> str:
    rule = contract.payment_rule.value
    if contract.payment_days <= payment.longest(rule):
        return ""
    return TOO_LONG["invoice" if rule == "invoice" else "month_end"]


def _penalties(contract: Contract, rows: Sequence[Penalty]) -> tuple[str, ...]:
    if not rows:
        return (NO_PENALTY,)
    return tuple(line for row in rows if (line := _example(contract, row)))


def _example(contract: Contract, row: Penalty) -> str:
    """« Rétablissement en retard : 9,00 € par manquement. Exemple : 4 dans le mois, 36,00 €. »"""
    if row.percent is not None and contract.fee is None:
        return ""
    monthly = price.over((contract.fee or 0) * price.PER_YEAR[contract.fee_period.value], 1)
    kept = penalties.Penalty(row.unit.value, _percents(row.percent), row.amount, row.franchise or 0)
    caps = Caps(_percents(contract.penalty_month_cap), _percents(contract.penalty_year_cap))
    month = date(2026, 5, 1)
    breaches = [Breach(month.replace(day=one), penalties.HOUR) for one in range(1, BREACHES + 1)]
    bare = penalties.by_month(kept, breaches, monthly)
    owed = penalties.capped(bare, monthly, caps)[month]
    free = f", dont {_first(kept.franchise)} sans pénalité" if kept.franchise else ""
    held = ", au plafond" if owed < bare[month] else ""
    each = amount(int(penalties.each(kept, monthly).to_integral_value()))
    return (
        f"{row.trigger.label}\u00a0: {each} {UNITS[row.unit]}. "
        f"Exemple\u00a0: {BREACHES} dans le mois{free}, {amount(owed)}{held}."
    )


def _first(count: int) -> str:
    return "le premier" if count == 1 else f"les {count} premiers"


def _percents(hundredths: int | None) -> Decimal | None:
    return None if hundredths is None else Decimal(hundredths) / 100
