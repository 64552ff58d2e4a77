"""The one page of synthesis of the inventory report (papers.md 2)."""

from collections.abc import Sequence

from app.fields import formats
from app.reports import blocks, charts, theme
from app.reports.blocks import Tile
from app.reports.charts import Part
from app.reports.flow import Flow, block_title, chapter, following_page, put_text
from app.reports.inventory.data import InventoryReport, Risk, Synthesis, worth
from app.reports.paper import Paper
from app.reports.table import COMPACT, Column, Group, Section, Table
from app.reports.theme import ACCENT, CONDITIONS, PORTRAIT, TINTS, VERDICTS

VERDICT_WORDS = {
    "A": "Maintenable en l’état",
    "B": "Maintenable après remise à niveau",
    "C": "Maintenable en palliatif (≤ 12 mois)",
    "D": "À remplacer, exclu du contrat",
    "E": "Mise au rebut",
}
CONDITION_WORDS = {
    "4": "Très bon",
    "3": "Bon, usure normale",
    "2": "Moyen, défaut sans perte de fonction",
    "1": "Mauvais, dégradé ou en panne répétée",
    "0": "Hors service",
}


def draw(paper: Paper, report: InventoryReport) -> None:
    page = paper.page(PORTRAIT, "1 Synthèse")
    flow = Flow(paper)
    flow.y = chapter(page, following_page(page) - 4, 1, "Synthèse") + 1.5
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
    columns = [
        Column("N°", 9),
        Column("Risque", 92),
        Column("Biens", 14, "right", 5),
        Column("Criticité", 18, "centre"),
        Column("Numéros", 46),
    ]
    rows = [
        (str(n), risk.words, formats.number(risk.count), risk.criticality, risk.numbers)
        for n, risk in enumerate(risks, 1)
    ]
    Table(flow, columns, COMPACT).rows(rows)
