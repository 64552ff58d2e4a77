"""The register of backups: what is copied and how, the proof that it comes back; to show an insurer or an auditor
(domain.md C.9, clause 13)."""

from collections.abc import Sequence

from app.fields import formats
from app.reports import blocks, theme
from app.reports.backups_data import NO, YES, BackupRegister, BackupSheet, Point
from app.reports.blocks import Signature
from app.reports.flow import Flow, block_title, paragraph
from app.reports.paper import Page, Paper
from app.reports.table import COMPACT, Column, Table
from app.reports.theme import PORTRAIT

SIGNATURES = 33
LINE = 5.2
GUTTER = 8.0
HEAD = 76.0
"""Room that a backup asks before it begins."""
NOTHING = "Aucune sauvegarde n’est décrite."
NO_TRIAL = "Aucun essai de restauration sur cette période."
METHOD = (
    "Règle 3-2-1-1-0\u00a0: trois copies, l’original compris, sur deux supports différents, une hors du site, une "
    "débranchée ou inaltérable, et aucune erreur à la restauration. RTO\u00a0: temps pour retrouver l’usage\u00a0; "
    "RPO\u00a0: âge des données retrouvées."
)
OVERVIEW = (
    Column("N°", 16), Column("Ce qui est sauvegardé", 64), Column("Dernier contrôle", 32),
    Column("Dernier essai", 32), Column("Suivi", 30),
)  # fmt: skip
TRIALS = (
    Column("Essai du", 20), Column("Résultat", 27), Column("Temps (RTO)", 22, "right", 3),
    Column("Âge (RPO)", 22, "right", 5), Column("Par", 32), Column("Remarques", 51),
)  # fmt: skip


def render(told: BackupRegister) -> bytes:
    paper = Paper(told.company, told.stamp)
    page = paper.page(PORTRAIT, told.stamp.title)
    flow = Flow(paper)
    stamp = told.stamp
    card = (("Référence", stamp.reference), ("Version", stamp.version_text), ("Données au", formats.day(stamp.data_at)))
    subtitle = f"Contrôles et essais depuis le {formats.day(told.since)}"
    flow.y = blocks.masthead(page, card, subtitle=subtitle)
    flow.y = blocks.headline(page, flow.y + 1, "Restauration prouvée", _answer(told), _sentence(told)) + 2
    if told.sheets:
        rows = [(one.number, one.label, one.checked, one.tested, one.state) for one in told.sheets]
        Table(flow, OVERVIEW, COMPACT).rows(rows)
        flow.y += 2
        paragraph(flow, METHOD, theme.NOTE)
    for sheet in told.sheets:
        _sheet(flow, sheet)
    _sign(flow)
    return paper.finish()


def _answer(told: BackupRegister) -> str:
    return f"{told.proved} sur {len(told.sheets)}" if told.sheets else formats.MISSING


def _sentence(told: BackupRegister) -> str:
    if not told.sheets:
        return NOTHING
    left = len(told.sheets) - told.proved
    if not left:
        return "Chaque sauvegarde a été restaurée avec succès dans le délai voulu."
    return (
        f"{formats.counted(left, 'sauvegarde')} sans restauration réussie assez récente\u00a0: rien ne prouve "
        "qu’on saurait s’en servir."
    )


def _sheet(flow: Flow, sheet: BackupSheet) -> None:
    flow.room(HEAD)
    flow.y = block_title(flow.page, flow.y + 6, f"{sheet.number} {sheet.label}") + 1.4
    half = (flow.frame.span - GUTTER) / 2
    left, right = flow.frame.left, flow.frame.left + half + GUTTER
    ends = [blocks.facts(flow.page, left, flow.y, sheet.facts, left + half, 26)]
    ends.append(_points(flow.page, right, flow.y, [*sheet.points, *sheet.promises]))
    flow.y = max(ends) + 1.5
    paragraph(flow, sheet.checks)
    flow.y += 1
    if sheet.trials:
        rows = [(one.on, one.result, one.measured, one.lost, one.who, one.notes) for one in sheet.trials]
        Table(flow, TRIALS, COMPACT).rows(rows)
    else:
        blocks.lacking(flow, NO_TRIAL)


def _points(page: Page, x: float, y: float, points: Sequence[Point]) -> float:
    """Each with its sign, its words and what is so at the right; the y under them."""
    for one in points:
        sign = {YES: blocks.kept, NO: blocks.missed}.get(one.answer, blocks.no_data)
        sign(page, x, y + 0.6)
        kind = theme.CELL_BOLD if one.answer == NO else theme.CELL
        page.text(x + 5, y + 3.4, one.label, theme.CELL)
        page.right(page.frame.right, y + 3.4, one.told, kind)
        y += LINE
    return y


def _sign(flow: Flow) -> None:
    flow.room(SIGNATURES + 6)
    lines = (("Nom, qualité", ""), ("Fait à, le", ""))
    boxes = (Signature("Pour l’entreprise", lines), Signature("Pour le prestataire", lines, "Signature et cachet"))
    blocks.signatures(flow.page, flow.y + 6, boxes, SIGNATURES, gap=8)
    flow.y += SIGNATURES + 6
