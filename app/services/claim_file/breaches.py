"""The promises missed as the claim file tells them, and how their penalties were counted, step by step (C.7)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import MISSING, amount, counted, day, duration, joined, listed, lowered, month_words, plural, rate
from app.models import Asset, Intervention, Penalty, PenaltyClaim, Ticket
from app.models.contract_codes import PenaltyTrigger, PenaltyUnit
from app.reports.claim_data import BreachGroup
from app.reports.table import Cells
from app.rules import penalties
from app.services.amendments import on_day
from app.services.claim_file.scope import Breach, Scope
from app.services.penalties import words
from app.services.penalties.breach import DAY
from app.services.penalties.months import Line, Month, monthly

Named = Mapping[tuple[str, int], tuple[str, str, str]]
NUMBERED = ("ticket", "intervention")
NAMED = 4
"""Breaches named in a step; the table above has them all."""
NO_PRICE = "Le contrat ne prévoit pas de pénalité pour ces manquements."
NO_BREACH = "Aucun engagement manqué n’est relevé."
NOT_DONE = "pas encore"


def groups(session: Session, scope: Scope) -> tuple[BreachGroup, ...]:
    """By promise, in the order of the contract."""
    known = named(session, scope.breaches)
    return tuple(
        BreachGroup(trigger.label, tuple(_row(one, known) for one in own))
        for trigger in PenaltyTrigger
        if (own := [one for one in scope.breaches if one.late.penalty.trigger == trigger])
    )


def named(session: Session, breaches: Sequence[Breach]) -> Named:
    """What a breach opens -> its number, its asset's, and its severity where it has one."""
    wanted = {entity: {one.late.record_id for one in breaches if one.late.entity == entity} for entity in NUMBERED}
    rows = session.execute(
        select(Ticket.id, Ticket.number, Asset.number, Ticket.priority)
        .outerjoin(Asset, Asset.id == Ticket.asset_id)
        .where(Ticket.id.in_(wanted["ticket"]))
    )
    told = {("ticket", id_): (number, asset or "", priority.value) for id_, number, asset, priority in rows}
    done = session.execute(
        select(Intervention.id, Intervention.number).where(Intervention.id.in_(wanted["intervention"]))
    )
    return told | {("intervention", id_): (number, "", MISSING) for id_, number in done}


@dataclass(frozen=True, slots=True)
class RowWords:
    """A breach in words, its number being that of what it is about."""

    number: str
    due: str
    done: str
    late: str
    cost: str


def row_words(one: Breach, known: Named) -> RowWords:
    told = one.late
    done = words.at_words(told, told.done) if told.done else NOT_DONE
    number = known.get((told.entity, told.record_id), (told.number,))[0]
    return RowWords(number, words.at_words(told, told.due), done, _late(one), cost(one.line))


def _row(one: Breach, known: Named) -> Cells:
    told, said = one.late, row_words(one, known)
    _, asset, priority = known.get((told.entity, told.record_id), ("", "", MISSING))
    return (said.number, joined(asset, told.subject, by=", "), priority, said.due, said.done, said.late, said.cost)


def _late(one: Breach) -> str:
    if one.line is not None:
        return words.late_words(one.line)
    return counted(-(-one.late.minutes // DAY), "jour") if one.late.by_day else duration(one.late.minutes)


def cost(line: Line | None) -> str:
    return MISSING if line is None or line.cents is None else amount(line.cents, "")


def note(scope: Scope) -> str:
    """« Trois… »: how many, of which how many are punished."""
    if not scope.breaches:
        return NO_BREACH
    priced = sum(one.line is not None for one in scope.breaches)
    told = counted(len(scope.breaches), "manquement")
    own = f"dont {priced} que le contrat pénalise" if priced else "qu’aucune pénalité du contrat ne punit"
    clock = "Retards des tickets en heures du contrat, attentes qui arrêtent l’horloge déduites."
    return f"{told}, {own}. {clock}"


# -- what it costs ------------------------------------------------------------------------------------------------


def steps(session: Session, scope: Scope) -> tuple[Cells, ...]:
    """For each month: what each penalty costs, the sum, the cap that lowers it; then the total."""
    if scope.contract is None:
        return ()
    told = [cells for month in scope.months if month.lines for cells in _month(session, month)]
    if not told:
        return ()
    owed = sum(one.owed for one in scope.months)
    return (*told, ("Pénalités dues", _together(scope.months), amount(owed)))


def _together(months: Sequence[Month]) -> str:
    return "" if len(months) == 1 else counted(len(months), "mois", "mois")


def _month(session: Session, month: Month) -> Iterator[Cells]:
    contract = on_day(session, month.contract_id, month.month)
    fee = monthly(session, contract, month.month)
    name = month_words(month.month).capitalize()
    own: dict[int, list[Line]] = {}
    for line in month.lines:
        own.setdefault(line.late.penalty.id, []).append(line)
    for lines in own.values():
        yield (f"{name}\u00a0: {lowered(lines[0].late.penalty.trigger.label)}", _base(lines, fee),
               amount(sum(line.cents or 0 for line in lines)))  # fmt: skip
    if month.owed < month.bare:
        yield (f"{name}\u00a0: plafond", _cap(contract.penalty_month_cap, contract.penalty_year_cap, fee, month),
               amount(month.owed))  # fmt: skip


def _base(lines: Sequence[Line], fee: int | None) -> str:
    """« 4 × 9,00 € (2 % de 450,00 €) : T-0001, T-0002 et 2 autres »."""
    penalty = lines[0].late.penalty
    each = amount(int(penalties.each(_rule(penalty), fee or 0).to_integral_value()))
    times = sum(penalties.times(penalty.unit.value, line.late.minutes) for line in lines if line.cents)
    free = sum(line.cents == 0 for line in lines)
    share = f" ({rate(penalty.percent)} de {amount(fee)})" if penalty.percent is not None else ""
    named = list(dict.fromkeys(line.late.number for line in lines if line.late.number != MISSING))
    unit = {PenaltyUnit.HOUR: " h", PenaltyUnit.DAY: f" {plural(times, 'jour')}"}.get(penalty.unit, "")
    told = f"{times}{unit} × {each}{share}" if times else "sans pénalité"
    after = f", après {counted(free, 'manquement')} en franchise" if free else ""
    return f"{told}{after}" + (f"\u00a0: {listed(named, NAMED)}" if named else "")


def _rule(penalty: Penalty) -> penalties.Penalty:
    share = None if penalty.percent is None else Decimal(penalty.percent) / 100
    return penalties.Penalty(penalty.unit.value, share, penalty.amount, penalty.franchise or 0)


def _cap(by_month: int | None, by_year: int | None, fee: int | None, month: Month) -> str:
    """Which of the two caps lowered it: that of the month unless it would allow more than is owed."""
    if by_month is not None and fee is not None and month.owed >= int(fee * by_month / 10_000):
        return f"{rate(by_month)} de {amount(fee)}, au lieu de {amount(month.bare)}"
    whole = round(12 * (fee or 0) * (by_year or 0) / 10_000)
    spent = f", dont {amount(whole - month.owed)} déjà dus dans l’année" if whole > month.owed else ""
    of = f"{rate(by_year or 0)} de douze mensualités ({amount(whole)})"
    return f"{of}{spent}, au lieu de {amount(month.bare)}"


def steps_note(session: Session, scope: Scope) -> str:
    if scope.contract is None:
        return "Hors contrat\u00a0: aucun délai n’est promis et rien n’est dû."
    if not any(month.lines for month in scope.months):
        return NO_PRICE if scope.breaches else ""
    last = scope.months[-1].month
    contract = on_day(session, scope.contract, last)
    form = f"À régler par {lowered(contract.penalty_form.label)}. " if contract.penalty_form else ""
    released = "libératoires" if contract.penalty_releases else "non libératoires"
    return f"{form}Pénalités {released}. Un manquement compte dans le mois où l’engagement a enfin été tenu."


def claims(session: Session, scope: Scope) -> tuple[Cells, ...]:
    """What was asked for already, and what came of it."""
    kept = select(PenaltyClaim).where(PenaltyClaim.id.in_(scope.records.get("penalty_claim", ())))
    return tuple(
        (month_words(one.month).capitalize(), day(one.claimed_on), amount(one.amount), one.state.label,
         _settled(one.settled_on))
        for one in session.scalars(kept.order_by(PenaltyClaim.month, PenaltyClaim.id))
    )  # fmt: skip


def _settled(on: date | None) -> str:
    return day(on) if on else MISSING
