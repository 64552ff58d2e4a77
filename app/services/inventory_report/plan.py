"""Chapter 10: what follows from the verdicts, the ends of support and the findings, by horizon (domain.md A.7)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.fields import counted, lowered
from app.models.codes import Verdict
from app.reports.inventory.data import worth
from app.reports.inventory.lines import Action, Horizon
from app.rules.expertise import SOON, WITHIN
from app.rules.notice import add_months
from app.services.expertises import Assessed
from app.services.inventory_report.rows import AssetRow, Fleet, numbers_of
from app.services.inventory_report.safety import Found
from app.services.security_checks import Gravity

FAR = 36
HORIZONS = ((SOON, "0 à 3 mois · avant la prise en charge"), (WITHIN, "3 à 12 mois"), (FAR, "12 à 36 mois"))
"""Months, and their title."""
LEVELLING = 6
"""Months within which B and C are brought up to level."""
MENDING = {Gravity.GRAVE: 1, Gravity.MEND: 2, Gravity.WATCH: 3}
"""Months within which what the inventories found is mended."""
FAMILIES = 3
"""Named in an action at most."""
DATED = {"support-ended", "support-ending"}
"""Checks that are already planned, asset by asset, by their day."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`words` takes {n}, the assets counted with their `letter`; `parted`: one action for the workstations, one for the
    others; `base` as in `Action`."""

    words: str
    letter: str
    why: str
    who: str
    base: str
    parted: bool = False


REPLACE = Kind("Remplacer {n}", " D", "Verdict D", "Gestionnaire", "m", parted=True)
SCRAP = Kind(
    "Mettre au rebut et remplacer {n}, certificats d’effacement compris", " E", "Verdict E", "Gestionnaire", "m"
)
UPGRADE = Kind("Remettre à niveau {n}", " B", "Verdict B", "Prestataire", "d")
KEEP = Kind("Remettre en état {n}, gardés en palliatif", " C", "Verdict C", "Prestataire", "d")
RENEW_C = Kind("Renouveler {n}", " C", "Verdict C", "Direction", "m", parted=True)
RENEW = Kind("Renouveler {n}, en fin de vie", "", "Durée de vie cible", "Direction", "m", parted=True)
SUPPORT = Kind("Mettre à niveau ou isoler le système de {n}", "", "Fin de support", "Prestataire", "")
OUTGOING = {Verdict.C: (RENEW_C, WITHIN), Verdict.D: (REPLACE, SOON), Verdict.E: (SCRAP, SOON)}
"""What is to be replaced, and within how many months when the sheet does not say."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do about one asset, by a day; `cost` in cents."""

    kind: Kind
    row: AssetRow
    due: date
    cost: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The horizons as they are printed, and the numbers that the actions of each kind bear in them."""

    horizons: tuple[Horizon, ...]
    numbered: dict[Kind, tuple[int, ...]]


def plan(fleet: Fleet, faults: Sequence[Found]) -> Plan:
    """Every action with its day, cost and reason; what has no day within three years is left out."""
    found: dict[tuple[int, Kind, bool], list[Task]] = defaultdict(list)
    for task in _tasks(fleet):
        at = _horizon(task.due, fleet.today)
        if at is not None:
            found[at, task.kind, task.kind.parted and bool(task.row.is_workstation)].append(task)
    made: list[list[tuple[Kind | None, Action]]] = [[] for _ in HORIZONS]
    for (at, kind, _), tasks in found.items():
        made[at].append((kind, _action(kind, tasks)))
    made[0] += [(None, _mending(fault, fleet.today)) for fault in faults if fault.key not in DATED]
    for actions in made:
        actions.sort(key=lambda pair: (pair[1].due, -(pair[1].cost or 0), pair[1].words))
    horizons = tuple(
        Horizon(title, tuple(action for _, action in actions))
        for (_, title), actions in zip(HORIZONS, made, strict=True)
    )
    return Plan(horizons, _numbers([kind for actions in made for kind, _ in actions]))


def _numbers(kinds: Sequence[Kind | None]) -> dict[Kind, tuple[int, ...]]:
    return {kind: tuple(n for n, one in enumerate(kinds, 1) if one == kind) for kind in dict.fromkeys(kinds) if kind}


def _horizon(due: date, today: date) -> int | None:
    return next((at for at, (months, _) in enumerate(HORIZONS) if due <= add_months(today, months)), None)


def _tasks(fleet: Fleet) -> Iterator[Task]:
    today = fleet.today
    for row in fleet.rows:
        judged = fleet.judged(row)
        if judged is not None:
            yield from _of_verdict(row, judged, today)
        elif row.support_end is not None:
            yield Task(SUPPORT, row, _ahead(row.support_end, today), None)


def _of_verdict(row: AssetRow, judged: Assessed, today: date) -> Iterator[Task]:
    verdict, value = judged.verdict, judged.replacement_value
    if judged.repair_cost and verdict in {Verdict.B, Verdict.C}:
        kind = UPGRADE if verdict == Verdict.B else KEEP
        yield Task(kind, row, add_months(today, LEVELLING), judged.repair_cost)
    if verdict in OUTGOING:
        kind, usual = OUTGOING[verdict]
        yield Task(kind, row, _ahead(judged.renew_on or add_months(today, usual), today), value)
    else:
        yield from _of_kept(row, judged, today)


def _of_kept(row: AssetRow, judged: Assessed, today: date) -> Iterator[Task]:
    """A and B: renewed on the day of the sheet, the end of their life if the expert wrote no other; a system whose
    support ends before is upgraded."""
    if judged.renew_on is not None:
        yield Task(RENEW, row, _ahead(judged.renew_on, today), judged.replacement_value)
    if row.support_end is not None and (judged.renew_on is None or row.support_end < judged.renew_on):
        yield Task(SUPPORT, row, _ahead(row.support_end, today), None)


def _ahead(due: date, today: date) -> date:
    """A day that is past is to be done in the first horizon."""
    return due if due > today else add_months(today, SOON)


def _action(kind: Kind, tasks: Sequence[Task]) -> Action:
    cost = worth(task.cost for task in tasks)
    return Action(
        words=kind.words.format(n=_counted(kind, [task.row for task in tasks])),
        why=f"{kind.why}\u00a0: {numbers_of([task.row for task in tasks])}",
        who=kind.who,
        due=min(task.due for task in tasks),
        base=kind.base if cost is not None else "",
        cost=cost,
    )


def _counted(kind: Kind, rows: Sequence[AssetRow]) -> str:
    """« 38 biens B », « 12 postes de travail D », « 9 biens D hors postes (écran, imprimante) »."""
    if not kind.parted:
        return counted(len(rows), "bien") + kind.letter
    if rows[0].is_workstation:
        return f"{counted(len(rows), 'poste')} de travail{kind.letter}"
    families = list(dict.fromkeys(lowered(row.family) for row in rows))
    named = ", ".join(families[:FAMILIES]) + ("…" if len(families) > FAMILIES else "")
    return f"{counted(len(rows), 'bien')}{kind.letter} hors postes ({named})"


def _mending(fault: Found, today: date) -> Action:
    words = f"{fault.title}\u00a0: {lowered(fault.advice)}"
    why = f"Chapitre\u00a07.3\u00a0: {numbers_of(fault.rows)}"
    return Action(words, why, "Prestataire", add_months(today, MENDING[fault.gravity]), "", None)
