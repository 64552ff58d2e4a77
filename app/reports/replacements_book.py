"""The replacement plan as a workbook: the list of assets, and the budget by year and by family as formulas of it."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from openpyxl.styles import Alignment
from openpyxl.worksheet.properties import PageSetupProperties

from app.fields import this_day
from app.fields.formats import PARIS
from app.jobs import drain
from app.reports import workbook
from app.reports.replacements import METHOD
from app.reports.replacements_data import Line, ReplacementPlan
from app.reports.workbook import Column, Drawn, Sheet
from app.reports.workbook_cells import BOLD, maker, text_maker

LIST = "Plan"
COLUMNS = (
    Column("N°", "text", 14), Column("Bien", "text", 32), Column("Famille", "text", 20), Column("Site", "text", 18),
    Column("Détenteur", "text", 24), Column("Mise en service", "day", 14), Column("Année", "plain", 10),
    Column("À partir du", "day", 14), Column("Pourquoi", "text", 52), Column("Budget", "money", 16, True),
    Column("Base", "text", 24), Column("Décision", "text", 22), Column("Raison", "text", 40),
)  # fmt: skip
POINTS = (Column("À regarder", "text", 64), Column("Biens", "text", 44), Column("Conséquence", "text", 80))
FIRST = 4
"""The row of the first family in the summary, under the heads."""


def render(told: ReplacementPlan) -> bytes:
    out = BytesIO()
    on = told.stamp.data_at.astimezone(PARIS).date() if told.stamp.data_at else this_day()
    notes = (("Années", f"{told.years[0]} à {told.years[-1]}"), ("Montants", told.words), ("Méthode", METHOD))
    about = workbook.About(told.stamp.title, told.company.name, on, notes=notes)
    drain(workbook.write_book(out, about, list(_sheets(told))))
    return out.getvalue()


def _sheets(told: ReplacementPlan) -> Iterator[Sheet | Drawn]:
    yield Drawn("Synthèse", lambda sheet: _summary(sheet, told))
    yield Sheet(LIST, COLUMNS, [_row(one) for one in told.lines], 2, 2)
    if told.aside:
        yield Sheet("Gardés et reportés", COLUMNS, [_row(one) for one in told.aside], 2, 2)
    if told.points:
        yield Sheet("À regarder", POINTS, [(one.title, one.numbers, one.why) for one in told.points])


def _row(one: Line) -> Sequence[Any]:
    return (
        one.number, one.label, one.family, one.site, one.holder, one.since, one.year or None, one.on, one.why,
        one.cents, one.basis, one.decision, one.reason,
    )  # fmt: skip


def _summary(sheet: Any, told: ReplacementPlan) -> None:
    """Families down, years across: each cell adds up the lines of the plan."""
    sheet.column_dimensions["A"].width = 30
    for letter in "BCDEF":
        sheet.column_dimensions[letter].width = 18
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    _write(sheet, ("bold", told.stamp.title), ("text", f"Montants {told.words}"))
    sheet.append([])
    years = [("plain", year) for year in told.years]
    _write(sheet, ("bold", "Famille"), *years, ("head", "Total"), ("head", "Biens"))
    last, end = len(told.lines) + 1, FIRST + len(told.families) - 1
    for at, one in enumerate(told.families, FIRST):
        sums = [("=money", _sum(at, letter, last)) for letter in "BCD"]
        count = ("=number", f"=COUNTIF({LIST}!$C$2:$C${last},$A{at})")
        _write(sheet, ("text", one.family), *sums, ("=money", f"=SUM(B{at}:D{at})"), count)
    if told.families:
        totals = [("=money", f"=SUM({letter}{FIRST}:{letter}{end})") for letter in "BCDE"]
        _write(sheet, ("bold", "Total"), *totals, ("=number", f"=SUM(F{FIRST}:F{end})"))


def _write(sheet: Any, *cells: tuple[str, Any]) -> None:
    """A row of cells, each with its kind; « bold » is a text, « head » one over numbers."""
    sheet.append([_maker(sheet, kind)(value) for kind, value in cells])


LOOKS: dict[str, dict[str, Any]] = {
    "text": {},
    "bold": {"font": BOLD},
    "head": {"font": BOLD, "alignment": Alignment("right")},
}


def _maker(sheet: Any, kind: str) -> Any:
    return text_maker(sheet, **LOOKS[kind]) if kind in LOOKS else maker(sheet, kind)


def _sum(at: int, letter: str, last: int) -> str:
    """Empty, and not zero, where no asset of the family is replaced that year."""
    those = f"{LIST}!$C$2:$C${last},$A{at},{LIST}!$G$2:$G${last},{letter}$3"
    return f'=IF(COUNTIFS({those})=0,"",SUMIFS({LIST}!$J$2:$J${last},{those}))'
