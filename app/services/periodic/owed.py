"""The penalties of a period, step by step: what was missed, what each costs, the caps, what is owed (domain.md C.7)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from app.fields import MISSING, NBSP, amount, counted, listed, month_words, number, rate
from app.models import Contract, Penalty
from app.models.contract_codes import PenaltyForm, PenaltyTrigger, PenaltyUnit
from app.reports.periodic_data import Penalties, Step
from app.services.amendments import on_day
from app.services.penalties import months
from app.services.penalties.months import Line, Month
from app.services.periodic.asked import Asked

NAMED = 4
TRIGGERS = {
    PenaltyTrigger.TAKE: "Prises en charge en retard",
    PenaltyTrigger.ON_SITE: "Interventions sur site en retard",
    PenaltyTrigger.RESTORE: "Rétablissements en retard",
    PenaltyTrigger.DOCUMENT: "Documents en retard",
    PenaltyTrigger.PREVENTIVE: "Visites préventives non faites",
}
EACH = {PenaltyUnit.BREACH: "", PenaltyUnit.HOUR: " par heure commencée", PenaltyUnit.DAY: " par jour commencé"}


def of_year(asked: Asked) -> list[Month]:
    """The months with a breach or a claim since the January of the period, by the tickets as they stood: those before
    the period tell what they took of the cap of the year."""
    january = asked.period.start.replace(month=1, day=1)
    found = months.since(asked.session, list(asked.contracts), january, asked.seen, asked.cohorts.tickets)
    return [one for one in found if one.month <= asked.last]


def penalties(asked: Asked, found: Iterable[Month], numbers: dict[int, str]) -> tuple[Penalties, ...]:
    """By contract, from the months of the year; `numbers` of the tickets that were late."""
    by_contract: dict[int, list[Month]] = defaultdict(list)
    spent: dict[int, int] = defaultdict(int)
    for one in found:
        if one.month >= asked.period.start.replace(day=1):
            by_contract[one.contract_id].append(one)
        else:
            spent[one.contract_id] += one.owed
    return tuple(_of_contract(asked, own, spent[contract], numbers) for contract, own in by_contract.items())


def _of_contract(asked: Asked, own: Sequence[Month], spent: int, numbers: dict[int, str]) -> Penalties:
    contract = on_day(asked.session, own[0].contract_id, asked.last)
    lines = [line for month in own for line in month.lines]
    steps = [*_counted(lines, numbers), *_months(asked, own, spent), _owed(contract, own)]
    return Penalties(
        contract.number, tuple(steps), sum(one.owed for one in own), sum(one.claimed for one in own),
        sum(one.obtained for one in own), sum(one.bare for one in own),
    )  # fmt: skip


def _counted(lines: Sequence[Line], numbers: dict[int, str]) -> Iterator[Step]:
    """Of each penalty: what it punishes, then what one costs."""
    by_penalty: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_penalty[line.late.penalty.id].append(line)
    for own in by_penalty.values():
        penalty = own[0].late.penalty
        who = f" ({penalty.priorities.replace(',', ', ').replace('  ', ' ')})" if penalty.priorities else ""
        yield Step(
            f"{TRIGGERS.get(penalty.trigger, penalty.trigger.label)}{who}", _named(own, numbers), number(len(own))
        )
        free = sum(line.cents == 0 for line in own)
        if free:
            yield Step("dont sans pénalité", "franchise du contrat", number(free))


def _named(own: Sequence[Line], numbers: dict[int, str]) -> str:
    names = [
        one.subject if one.by_day else numbers.get(one.record_id, one.number) for one in (line.late for line in own)
    ]
    return listed([name for name in dict.fromkeys(names) if name], NAMED, by=" ; ") or MISSING


def _months(asked: Asked, own: Sequence[Month], spent: int) -> Iterator[Step]:
    """What each month costs, then its cap; that of a year once, if it held, and what was `spent` of it before."""
    held: dict[int, Step] = {}
    for one in sorted(own, key=lambda one: one.month):
        priced = [line for line in one.lines if line.cents]
        when = f", {month_words(one.month)}" if len(own) > 1 else ""
        if any(line.cents is None for line in one.lines):
            yield Step(f"Pénalité brute{when}", "une part du forfait, dont le prix n’est pas écrit", MISSING)
            continue
        yield Step(f"Pénalité brute{when}", _working(asked, one, priced), amount(one.bare))
        contract = on_day(asked.session, one.contract_id, one.month)
        fee = months.monthly(asked.session, contract, one.month)
        if fee is None or not priced:
            continue
        if contract.penalty_month_cap is not None:
            yield _cap(f"Plafond du mois{when}", contract.penalty_month_cap, fee)
        if contract.penalty_year_cap is not None and one.owed < one.bare:
            held[one.month.year] = _cap(f"Plafond de l’année {one.month.year}", contract.penalty_year_cap, 12 * fee)
    for year, cap in held.items():
        yield cap
        if spent and year == asked.period.start.year:
            yield Step("dont déjà pris avant cette période", f"pénalités dues depuis janvier {year}", amount(spent))


def _working(asked: Asked, month: Month, priced: Sequence[Line]) -> str:
    """« 2 × 9,00 € (2 % de la mensualité de 450,00 €) »."""
    each = {(line.late.penalty.id, line.cents) for line in priced}
    if len(each) != 1:
        return counted(len(priced), "manquement") + " pénalisés" * bool(priced)
    told = f"{len(priced)}{NBSP}×{NBSP}{amount(priced[0].cents)}"
    return f"{told} ({_price(asked, priced[0].late.penalty, month.month)})"


def _price(asked: Asked, penalty: Penalty, month: date) -> str:
    end = EACH[penalty.unit]
    if penalty.percent is None:
        return f"{amount(penalty.amount)}{end}" if end else "montant fixe"
    fee = months.monthly(asked.session, on_day(asked.session, penalty.contract_id, month), month)
    return f"{rate(penalty.percent)} de la mensualité de {amount(fee)}{end}"


def _cap(words: str, hundredths: int, fee: int) -> Step:
    return Step(words, f"{rate(hundredths)} de {amount(fee)}", amount(round(fee * hundredths / 10_000)))


def _owed(contract: Contract, own: Sequence[Month]) -> Step:
    how = "à déduire" if contract.penalty_form == PenaltyForm.DEDUCTION else "à réclamer par avoir"
    releases = "libératoire" if contract.penalty_releases else "non libératoire"
    owed, bare = sum(one.owed for one in own), sum(one.bare for one in own)
    why = "le plus petit des deux" if owed == bare and len(own) == 1 else "après plafonds" if owed < bare else "total"
    return Step(f"Pénalité {how}, {releases}", why, amount(owed), strong=True)
