"""The first chapter of a periodic report: eight tiles, the volume of the last periods, what is to be remembered."""

from dataclasses import replace

from app.fields import NBSP, formats
from app.reports import blocks, chart_data, charts, theme
from app.reports.chart_data import Rect, Unit
from app.reports.flow import Flow, block_title, chapter, spans
from app.reports.paper import Page
from app.reports.periodic_data import Figure, PeriodReport
from app.reports.table import COMPACT, Column, Table
from app.reports.theme import INK, REGULAR, RULE, SEMIBOLD, Type

WIDE, HIGH, PITCH, GUTTER = 83.0, 40.5, 45.2, 8.0
LINE_LEFT, LINE_TOP, LINE_HIGH = 40.0, 8.0, 26.5
NAME = Type(SEMIBOLD, 9, 11)
BIG = Type(SEMIBOLD, 24, 28)
UNIT = Type(REGULAR, 13, 16, theme.GREY)
WORDS = {True: "Atteint", False: "Non atteint", None: "Sans donnée"}
FOLLOWED = "Suivi, sans objectif"


def figures(flow: Flow, told: PeriodReport) -> None:
    """On a page of its own."""
    flow.turn()
    page = flow.page
    page.marks.append("1 Indicateurs")
    flow.y = chapter(page, flow.y, 1, f"Indicateurs {told.of_period}")
    page.fit(flow.frame.left, flow.y + 2.6, told.scope, theme.SUBTITLE, flow.frame.span)
    top = flow.y + 6.5
    for at, one in enumerate(told.tiles):
        tile(page, flow.frame.left + at % 2 * (WIDE + GUTTER), top + at // 2 * PITCH, one, told.shorts)
    flow.y = top + (len(told.tiles) + 1) // 2 * PITCH
    _volumes(flow, told)
    if told.takeaways:
        flow.y += 2.4
        spans(flow, [("À retenir. ", theme.BODY_BOLD), (told.takeaways, theme.BODY)])


def tile(page: Page, x: float, y: float, one: Figure, shorts: tuple[str, ...]) -> None:
    """One indicator: its figure at left, its small line at right."""
    known = one.value is not None
    page.rule(x, y, x + WIDE, 1 if known else 0.5, INK if known else RULE)
    count = f"n{NBSP}={NBSP}{formats.number(one.n)}"
    page.right(x + WIDE, y + 5, count, theme.NOTE)
    page.fit(x, y + 5, one.label, NAME, WIDE - 18)
    figure, _, unit = one.text.partition(f"{NBSP}%")
    kind = BIG if len(figure) < len("1 000 h 00") else replace(BIG, size=18)
    end = page.text(x, y + 16, figure, kind)
    page.text(end + 1.4, y + 16, "%" if figure != one.text else unit, UNIT)
    page.fit(x, y + 21.4, one.note, theme.NOTE, LINE_LEFT - 2)
    _judged(page, x, y + 27, one)
    chart = chart_data.line(shorts, one.points, one.label, Unit(one.unit))
    box = Rect(x + LINE_LEFT, y + LINE_TOP, WIDE - LINE_LEFT, LINE_HIGH)
    charts.tile_line(page, box, replace(chart, target=None if one.target is None else float(one.target)))


def _judged(page: Page, x: float, y: float, one: Figure) -> None:
    """Sign, objective, word."""
    if not one.target_text:
        page.text(x, y + 2.6, FOLLOWED, theme.SENTENCE)
        return
    sign = {True: blocks.kept, False: blocks.missed, None: blocks.no_data}[one.met]
    sign(page, x, y)
    page.text(x + 5, y + 2.6, f"Objectif {one.target_text}", theme.SENTENCE)
    page.text(x + 5, y + 6.8, WORDS[one.met], replace(theme.SENTENCE, face=SEMIBOLD))


def _volumes(flow: Flow, told: PeriodReport) -> None:
    flow.room(36)
    flow.y = block_title(flow.page, flow.y, "Volume et stock")
    columns = [Column("", 78), *(Column(short, 16, "right") for short in told.shorts)]
    rows = [(one.label, *(_count(value) for value in one.counts)) for one in told.volumes]
    Table(flow, columns, COMPACT).rows(rows)


def _count(value: int | None) -> str:
    return formats.number(value)


def every(flow: Flow, told: PeriodReport) -> None:
    """All the indicators in a table, each with its target and the period before."""
    columns = (
        Column("Indicateur", 58), Column("Valeur", 22, "right"), Column("Objectif", 24, "right", 4),
        Column("Résultat", 22, gap=1), Column(f"{told.noun.capitalize()} d’avant", 23, "right"),
        Column("Écart", 17, "right"), Column("n", 11, "right"),
    )  # fmt: skip
    rows = [
        (
            one.label, one.text, one.target_text or formats.MISSING, _word(one), one.before_text, one.change,
            formats.number(one.n),
        )
        for one in told.figures
    ]  # fmt: skip
    Table(flow, columns, COMPACT).rows(rows)


def _word(one: Figure) -> str:
    return WORDS[one.met] if one.met is not None else "Suivi" if one.value is not None else formats.MISSING
