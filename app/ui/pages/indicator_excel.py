"""The workbooks of the indicators: the dashboard with its twelve periods, and one indicator with its records."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from app.entities import ENTITIES
from app.fields import this_day
from app.jobs import Job
from app.kpi import REGISTRY, Kpi, Unit
from app.reports import workbook
from app.services import setup
from app.services.indicators import Page as Sheet
from app.services.indicators import Tile
from app.ui.desk import Desk
from app.ui.pages.indicator_choice import Asked
from app.ui.pages.indicator_rows import Lines, Record

KINDS = {Unit.HOURS: "duration", Unit.RATIO: "percent"}
UNITS = {Unit.HOURS: ("h", 1), Unit.RATIO: ("%", 100)}
"""What a mixed column writes after a value, and how many of it make one of the indicator's own."""


def one_job(desk: Desk, shown: tuple[Sheet, Lines, Sequence[Record]], asked: Asked, path: Path) -> Job[int]:
    """The records shown, what they were limited to and the formula; then the twelve periods."""
    sheet, lines, rows = shown
    told = (
        ("Période", asked.period.name), ("Limité à", asked.told), ("Formule", sheet.formula), ("Calcul", sheet.worked),
        ("Objectif", _aim(sheet.tile)), ("Objectif servi", sheet.tile.objective), ("Base", sheet.base),
        ("Cohorte", sheet.cohort), ("Retenus", sheet.included), ("Laissés de côté", sheet.excluded), *sheet.also,
    )  # fmt: skip
    columns = [
        workbook.Column(one.title, kind, max(10, one.width // 7))
        for one, kind in zip(lines.columns, lines.kinds(), strict=True)
    ]
    listed = workbook.Sheet(ENTITIES[sheet.behind].many, columns, (lines.plain(one) for one in rows))
    return (
        yield from workbook.write_book(path, _about(desk, sheet.tile.label, told), [listed, _trend(sheet)], len(rows))
    )


def _about(desk: Desk, title: str, told: Sequence[tuple[str, str]]) -> workbook.About:
    """What is empty is not told."""
    with desk.read() as session:
        company = setup.company(session).name
    return workbook.About(title, company, this_day(), notes=tuple(pair for pair in told if pair[1]))


def _aim(tile: Tile) -> str:
    return tile.target_text.removeprefix("Objectif ") if tile.target is not None else ""


def _trend(sheet: Sheet) -> workbook.Sheet:
    kpi = REGISTRY[sheet.tile.code]
    kind = KINDS.get(kpi.unit, "decimal")
    columns = [
        workbook.Column("Période", "text", 24), workbook.Column("Du", "day", 12), workbook.Column("Au", "day", 12),
        workbook.Column("Valeur", kind, 12), workbook.Column("n", "number", 10),
    ]  # fmt: skip
    rows = [
        (one.period.name, one.period.start, one.period.end, _cell(kpi, one.value), one.n or None)
        for one in sheet.tile.trend
    ]
    return workbook.Sheet("Douze périodes", columns, rows)


def _cell(kpi: Kpi, value: Decimal | None) -> float | None:
    """Minutes for a duration, else the value itself."""
    return None if value is None else float(value * 60 if kpi.unit == Unit.HOURS else value)


def board_job(desk: Desk, tiles: Sequence[Tile], asked: Asked, path: Path) -> Job[int]:
    """A line for each indicator: its value in its unit, its target, its state, then its twelve periods."""
    periods = [point.label for point in tiles[0].trend] if tiles else []
    columns = [
        workbook.Column("Indicateur", "text", 34), workbook.Column("Unité", "text", 8),
        workbook.Column("Valeur", "decimal", 11), workbook.Column("n", "number", 9),
        workbook.Column("Objectif", "text", 14), workbook.Column("État", "text", 14),
        workbook.Column("Objectif de l’entreprise", "text", 30),
        *(workbook.Column(name, "decimal", 14) for name in periods),
    ]  # fmt: skip
    rows = [
        (
            one.label, _unit(one)[0], _in_unit(one, one.value), one.n or None, _aim(one), one.state.label,
            one.objective, *(_in_unit(one, point.value) for point in one.trend),
        )
        for one in tiles
    ]  # fmt: skip
    told = (("Période", asked.period.name), ("Limité à", asked.told))
    listed = workbook.Sheet("Tableau de bord", columns, rows, fitted=2, kept=1)
    return (yield from workbook.write_book(path, _about(desk, "Tableau de bord", told), [listed], len(rows)))


def _unit(tile: Tile) -> tuple[str, int]:
    return UNITS.get(REGISTRY[tile.code].unit, ("", 1))


def _in_unit(tile: Tile, value: Decimal | None) -> float | None:
    return None if value is None else float(value * _unit(tile)[1])
