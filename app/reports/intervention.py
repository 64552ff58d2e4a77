"""The intervention sheet, filled or blank (domain.md G.1, papers.md 2).

One page when the texts are short; what does not fit goes on, and the signatures of a page are never parted.
"""

from collections.abc import Sequence

from app.fields import formats
from app.reports import blocks, theme
from app.reports.flow import Flow, block_title, paragraph, put_text
from app.reports.identity import Pair
from app.reports.intervention_data import CHARGES, CHECKS, BlankSheet, CheckLine, InterventionSheet
from app.reports.intervention_parts import (
    ASSET_LABELS,
    PROMISE_COLUMNS,
    PROMISES,
    TIGHT,
    asset_and_request,
    halves,
    promises,
    rows_to_fill,
    sign,
)
from app.reports.paper import Paper
from app.reports.table import COMPACT, Column, Table
from app.reports.theme import MID, PORTRAIT

NOT_WRITTEN = "Non renseigné."
REQUEST_LABELS = ("Demandeur", "Nature", "Type, niveau")
VISIT_COLUMNS = (
    Column("Technicien", 65), Column("Arrivée", 32), Column("Départ", 32), Column("Durée", 20),
    Column("Déplacement", 25),
)  # fmt: skip
PART_COLUMNS = (
    Column("Pièce", 44), Column("Référence", 25), Column("N° de série posé", 28), Column("Ancienne", 29),
    Column("Garantie", 21), Column("Qté", 10, "right", 3), Column("P.U. HT (€)", 17, "right"),
)  # fmt: skip
POINT_COLUMNS = (Column("Point", 70), Column("Bien", 46), Column("Résultat", 28), Column("Remarque", 30))
SIGNED = ("Technicien", "Utilisateur", "Visa du gestionnaire")


def render(sheet: InterventionSheet) -> bytes:
    """The filled sheet."""
    paper = Paper(sheet.company, sheet.stamp)
    page = paper.page(PORTRAIT, "Fiche d’intervention")
    last = ("Version", "PROJET, sans valeur") if sheet.stamp.draft else ("Établie le", sheet.issued_on)
    card = (("Référence", sheet.stamp.reference), sheet.about, last)
    flow = Flow(paper)
    flow.y = blocks.masthead(page, card, sheet.code, sheet.subtitle)
    if sheet.promises:
        promises(flow, sheet.promises, sheet.promises_note)
    else:
        _planned(flow, sheet.planned)
    asset_and_request(flow, sheet.asset, sheet.request, sheet.quote)
    for title, text in (("Diagnostic", sheet.diagnosis), ("Travaux réalisés", sheet.work_done)):
        if not text and sheet.planned:
            continue
        flow.room(22)
        flow.y = block_title(flow.page, flow.y + 2.6, title) + 2
        paragraph(flow, text or NOT_WRITTEN)
    if sheet.points:
        _points(flow, sheet.points)
    _times(flow, sheet)
    _ticks(flow, sheet)
    sign(flow, SIGNED, 35)
    return paper.finish()


def _planned(flow: Flow, facts: Sequence[Pair]) -> None:
    """Of a planned visit, in the place of the promises: a visit has none."""
    flow.y = block_title(flow.page, flow.y + 1, "Visite prévue")
    flow.y = blocks.facts(flow.page, flow.frame.left, flow.y + 1.2, facts, flow.frame.right)


def _points(flow: Flow, points: Sequence[CheckLine]) -> None:
    flow.room(22)
    flow.y = block_title(flow.page, flow.y + 2.6, "Points contrôlés")
    rows = [
        (one.label, one.asset or formats.MISSING, one.result or formats.MISSING, one.notes or formats.MISSING)
        for one in points
    ]
    Table(flow, POINT_COLUMNS, COMPACT).rows(rows)


def _times(flow: Flow, sheet: InterventionSheet) -> None:
    flow.room(30)
    flow.y = block_title(flow.page, flow.y + 2.6, "Temps passé et pièces")
    visits = [
        (
            v.technician or "inconnu",
            formats.moment(v.arrived),
            formats.moment(v.left),
            formats.duration(v.minutes),
            v.travel,
        )
        for v in sheet.visits
    ]
    Table(flow, VISIT_COLUMNS, TIGHT).rows(visits)
    flow.y += 1
    _parts(flow, sheet)
    for loan in sheet.loans:
        flow.room(8)
        flow.y = put_text(flow.page, flow.frame.left, flow.y + 0.8, f"Matériel de prêt\u00a0: {loan}.", theme.CELL,
                          flow.frame.span)  # fmt: skip


def _parts(flow: Flow, sheet: InterventionSheet) -> None:
    if not sheet.parts:
        flow.y = put_text(flow.page, flow.frame.left, flow.y + 0.6, "Aucune pièce posée.", theme.CELL, flow.frame.span)
        return
    rows = [
        (p.label, p.reference or formats.MISSING, p.serial or formats.MISSING, p.old_part or formats.MISSING,
         p.warranty or formats.MISSING, formats.number(p.quantity), formats.amount(p.unit_price, ""))
        for p in sheet.parts
    ]  # fmt: skip
    Table(flow, PART_COLUMNS, TIGHT).rows(rows)


def _ticks(flow: Flow, sheet: InterventionSheet) -> None:
    flow.room(26)
    charged = [charge == sheet.charge for charge in CHARGES]
    left = bool(sheet.remaining)
    _tick_lines(flow, charged, [bool(check) for check in sheet.checks], (not left, left))
    if left:
        paragraph(flow, sheet.remaining)
        flow.y += 1


def _tick_lines(flow: Flow, charged: Sequence[bool], checked: Sequence[bool], remaining: tuple[bool, bool]) -> None:
    page, frame = flow.page, flow.frame
    y = flow.y + 6.6
    for title, words, ticks, step in (
        ("Imputation", CHARGES, charged, (20, 26, 26, 24, 0)),
        ("Contrôles", CHECKS, checked, (46.4, 32, 39, 0)),
    ):
        page.text(frame.left, y, title, theme.BLOCK)
        x = frame.left + 27
        for word, tick, wide in zip(words, ticks, step, strict=True):
            blocks.choice(page, x, y, word, tick)
            x += wide
        y += 6.2
    page.text(frame.left, y, "Reste à faire", theme.BLOCK)
    blocks.choice(page, frame.left + 27, y, "non", remaining[0])
    end = blocks.choice(page, frame.left + 41, y, "oui\u00a0:", remaining[1])
    if not remaining[1]:
        page.rule(end + 1.5, y + 0.8, frame.right, 0.35, MID)
    flow.y = y + 2.4


def render_blank(sheet: BlankSheet) -> bytes:
    """The same places, to be written by hand."""
    paper = Paper(sheet.company, sheet.stamp)
    page = paper.page(PORTRAIT)
    flow = Flow(paper)
    card = (("Référence", ""), ("Ticket", ""), ("Date", ""))
    advice = "À remplir en majuscules, au stylo noir ou bleu. Une fiche par bien."
    flow.y = blocks.masthead(page, card, subtitle=advice)
    frame = flow.frame
    flow.y = block_title(page, flow.y + 1, "Délais du contrat")
    rows_to_fill(flow, PROMISE_COLUMNS, 3, PROMISES)
    top = flow.y + 2.6
    left_end, right = halves(flow, top)
    blocks.lines_to_write(page, frame.left, top + 5.6, ASSET_LABELS, left_end)
    flow.y = blocks.lines_to_write(page, right, top + 5.6, (*REQUEST_LABELS, "Premier contact", ""), frame.right, 22)
    for title, lines in (("Diagnostic", 2), ("Travaux réalisés", 3)):
        flow.y = block_title(page, flow.y + 3, title)
        flow.y = blocks.rules_to_write(page, flow.y, lines)
    flow.y = block_title(page, flow.y + 2.6, "Temps passé et pièces")
    rows_to_fill(flow, VISIT_COLUMNS, 2)
    rows_to_fill(flow, PART_COLUMNS, 2)
    flow.y = blocks.lines_to_write(page, frame.left, flow.y, ("Matériel de prêt, à rendre le",), frame.right, 34)
    _tick_lines(flow, (False,) * 5, (False,) * 4, (False, False))
    sign(flow, SIGNED, 30)
    return paper.finish()
