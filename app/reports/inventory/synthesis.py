"""The one page of synthesis of the inventory report (papers.md 2)."""

from collections.abc import Sequence

from app.fields import formats
from app.reports import blocks, charts, theme
from app.reports.blocks import Tile
from app.reports.charts import Part
from app.reports.flow import Flow, block_title, put_text
from app.reports.inventory.data import InventoryReport, Risk, Synthesis, worth
from app.reports.inventory.outline import Book
from app.reports.inventory.words import CONDITION_WORDS, VERDICT_WORDS
from app.reports.table import COMPACT, Column, Group, Section, Table
from app.reports.text import fitted
from app.reports.theme import ACCENT, CONDITIONS, MM, TINTS, VERDICTS

RISKS = (
    Column("N°", 9), Column("Risque", 76), Column("Biens", 13, "right", 4), Column("Criticité", 15, "centre"),
    Column("Chap.", 13, "centre"), Column("Numéros", 48),
)  # fmt: skip


def draw(book: Book, report: InventoryReport) -> None:
    flow = book.flow("2")
    page = flow.page
    data = report.synthesis
    flow.y = blocks.headline(page, flow.y, *data.opinion) + 6
    flow.y = blocks.tiles(page, flow.y, [Tile(*figure) for figure in data.figures]) + 4
    _scale(flow, report)
    _ages_and_supports(flow, data)
    flow.y = block_title(page, flow.y + 4.5, "Risques principaux")
    _risks(flow, data.risks)
    flow.y = block_title(page, flow.y + 4.5, "Recommandation") + 1.2
    blocks.numbered(flow, data.recommendations)


def _scale(flow: Flow, report: InventoryReport) -> None:
    """The shares of the verdicts, or of the conditions while no expertise was made."""
    lines = report.lines
    judged = any(line.verdict for line in lines)
    title, words, fills = (
        ("Verdicts d’expertise", VERDICT_WORDS, VERDICTS) if judged else ("État des biens", CONDITION_WORDS, CONDITIONS)
    )
    keys = [(line.verdict if judged else line.condition) or "" for line in lines]
    counts = [(key, keys.count(key)) for key in [*words, ""]]
    flow.y = block_title(flow.page, flow.y, title) + 2.6
    parts = [Part(key or "Non évalué", count, fills.get(key, "")) for key, count in counts]
    flow.y = charts.shares(flow.page, flow.y, parts) + 1
    values = {key: worth(line.value for line, own in zip(lines, keys, strict=True) if own == key) for key, _ in counts}
    columns = [
        Column("", 10, "badge"), Column("Verdict" if judged else "État", 96), Column("Biens", 20, "right"),
        Column("Part", 24, "right"), Column("Valeur de rempl. HT (€)", 34, "right"),
    ]  # fmt: skip
    rows = [
        (key, words.get(key, "Non évalué"), *_share(count, len(lines), values[key]))
        for key, count in counts
        if key or count
    ]
    Table(flow, columns, COMPACT, fills).put(
        Section([Group("", rows, ("", "Ensemble", *_share(len(lines), len(lines), worth(values.values()))))])
    )


def _share(count: int, total: int, value: int | None) -> tuple[str, str, str]:
    ratio = count / total if total else None
    return formats.number(count), formats.percent(ratio), formats.amount(value, "")


def _ages_and_supports(flow: Flow, data: Synthesis) -> None:
    page, frame = flow.page, flow.frame
    half = (frame.span - 8) / 2
    top = flow.y + 4.5
    right = frame.left + half + 8
    y = block_title(page, top, "Pyramide des âges", to=frame.left + half) + 2
    block_title(page, top, "Fin de support des systèmes", x=right)
    workstations, others = sum(a.workstations for a in data.ages), sum(a.others for a in data.ages)
    sides = (f"{formats.number(workstations)} postes", f"{formats.number(others)} autres biens")
    end = charts.pyramid(
        page, frame.left, y, frame.left + half, sides, [(a.label, a.workstations, a.others, a.old) for a in data.ages]
    )
    tints = (TINTS[0], TINTS[1], TINTS[2], TINTS[3], ACCENT)
    charts.bars(
        page,
        right,
        y + charts.ROW / 2,
        frame.right,
        [Part(s.label, s.count, tints[s.gravity] if s.gravity >= 0 else "") for s in data.supports],
    )
    page.fit(frame.left, end + 2.6, data.ages_note, theme.NOTE, half)
    page.fit(right, end + 2.6, data.supports_note, theme.NOTE, half)
    flow.y = end + 3.4


def _risks(flow: Flow, risks: Sequence[Risk]) -> None:
    if not risks:
        flow.y = put_text(
            flow.page,
            flow.frame.left,
            flow.y + 1.4,
            "Aucun risque n’apparaît dans les données relevées.",
            theme.BODY,
            flow.frame.span,
        )
        return
    numbers = flow.frame.span * RISKS[-1].width / sum(column.width for column in RISKS)
    rows = [
        (str(n), risk.words, formats.number(risk.count), risk.criticality, risk.chapter,
         fitted(risk.numbers, COMPACT.cell, numbers * MM))
        for n, risk in enumerate(risks, 1)
    ]  # fmt: skip
    Table(flow, RISKS, COMPACT).rows(rows)
