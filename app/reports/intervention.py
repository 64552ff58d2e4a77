"""The intervention sheet, filled or blank, followed by the user's evaluation (domain.md G.1, papers.md 2).

One page when the texts are short; what does not fit goes on, and the signatures of a page are never parted.
"""

from collections.abc import Sequence

from app.fields import formats
from app.reports import blocks, evaluation, theme
from app.reports.blocks import Signature
from app.reports.flow import Flow, block_title, paragraph, put_text
from app.reports.intervention_data import CHARGES, CHECKS, BlankSheet, InterventionSheet, PromiseLine
from app.reports.paper import Page, Paper
from app.reports.table import Column, Look, Table
from app.reports.theme import MID, PORTRAIT, RULE

PROMISES = ("Prise en charge (GTI)", "Intervention sur site", "Rétablissement (GTR)")
NOT_WRITTEN = "Non renseigné."

PROMISE_COLUMNS = (
    Column("Engagement", 43), Column("Délai", 18), Column("Dû le", 32), Column("Réel", 32), Column("Écart", 28),
    Column("Résultat", 21),
)  # fmt: skip
VISIT_COLUMNS = (
    Column("Technicien", 65), Column("Arrivée", 32), Column("Départ", 32), Column("Durée", 20),
    Column("Déplacement", 25),
)  # fmt: skip
PART_COLUMNS = (
    Column("Pièce", 49), Column("Référence", 26), Column("N° de série posé", 30), Column("Ancienne", 20),
    Column("Garantie", 22), Column("Qté", 10, "right", 3), Column("P.U. HT (€)", 17, "right"),
)  # fmt: skip
TIGHT = Look(above=2.2, under=2.6)
ROW_TO_FILL = 6.6


ASSET_LABELS = ("N° d’inventaire", "Désignation", "Modèle, série", "Site, local", "Utilisateur")
REQUEST_LABELS = ("Demandeur", "Nature", "Type, niveau")


def render(sheet: InterventionSheet) -> bytes:
    """The filled sheet, then the evaluation to fill by hand."""
    paper = Paper(sheet.company, sheet.stamp)
    page = paper.page(PORTRAIT, "Fiche d’intervention")
    last = ("Version", "PROJET, sans valeur") if sheet.stamp.draft else ("Établie le", sheet.issued_on)
    card = (("Référence", sheet.stamp.reference), ("Ticket", sheet.ticket), last)
    flow = Flow(paper)
    flow.y = blocks.masthead(page, card, sheet.code, sheet.subtitle)
    _promises(flow, sheet)
    _asset_and_request(flow, sheet)
    for title, text in (("Diagnostic", sheet.diagnosis), ("Travaux réalisés", sheet.work_done)):
        flow.room(22)
        flow.y = block_title(flow.page, flow.y + 2.6, title) + 2
        paragraph(flow, text or NOT_WRITTEN)
    _times(flow, sheet)
    _ticks(flow, sheet)
    _sign(flow)
    evaluation.draw(paper.page(PORTRAIT, "Évaluation"), sheet.stamp.reference, sheet.facts)
    return paper.finish()


def _promises(flow: Flow, sheet: InterventionSheet) -> None:
    flow.y = block_title(flow.page, flow.y + 1, "Délais du contrat")
    rows = [
        (label, formats.duration(line.promised), formats.moment(line.due), formats.moment(line.actual), _gap(line), "")
        for label, line in zip(PROMISES, sheet.promises, strict=True)
    ]
    table = Table(flow, PROMISE_COLUMNS, TIGHT)
    top = flow.y + table.head_height
    table.rows(rows)
    pitch = (flow.y - top) / len(rows)
    for i, line in enumerate(sheet.promises):
        _verdict(flow.page, table.starts[-1], top + i * pitch + pitch / 2, line.met)
    flow.y = put_text(flow.page, flow.frame.left, flow.y + 1, sheet.promises_note, theme.NOTE, flow.frame.span)


def _gap(line: PromiseLine) -> str:
    if line.spare is None:
        return formats.MISSING
    return f"{formats.duration(abs(line.spare))} " + ("de retard" if line.spare < 0 else "d’avance")


def _verdict(page: Page, x: float, middle: float, met: bool | None) -> None:
    sign = blocks.no_data if met is None else blocks.kept if met else blocks.missed
    sign(page, x, middle - 1.6)
    if met is not None:
        page.text(x + 5, middle + 1.1, "Tenu" if met else "Dépassé", theme.CELL if met else theme.CELL_BOLD)


def _halves(flow: Flow, top: float) -> tuple[float, float]:
    """Titles of the two halves; where the left one ends and the right one begins."""
    half = (flow.frame.span - 8) / 2
    left_end, right = flow.frame.left + half, flow.frame.left + half + 8
    block_title(flow.page, top, "Bien", to=left_end)
    block_title(flow.page, top, "Demande", x=right)
    return left_end, right


def _asset_and_request(flow: Flow, sheet: InterventionSheet) -> None:
    page, frame = flow.page, flow.frame
    top = flow.y + 2.6
    left_end, right = _halves(flow, top)
    y = top + 6.6
    left = blocks.facts(page, frame.left, y, sheet.asset, left_end)
    other = blocks.facts(page, right, y, sheet.request, frame.right, 22)
    flow.y = max(left, other)
    if sheet.quote:
        words = f"«\u00a0{sheet.quote}\u00a0»"
        if len(sheet.quote) < SHORT_QUOTE:
            flow.y = max(left, put_text(page, right, other + 0.4, words, theme.BODY_ITALIC, frame.right - right))
        else:
            paragraph(flow, words, theme.BODY_ITALIC)


SHORT_QUOTE = 160
"""Letters of the user's words that stand in the right half; longer ones take the whole width."""


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
    if not sheet.parts:
        flow.y = put_text(flow.page, flow.frame.left, flow.y + 0.6, "Aucune pièce posée.", theme.CELL, flow.frame.span)
        return
    parts = [
        (p.label, p.reference or formats.MISSING, p.serial or formats.MISSING, p.old_part or formats.MISSING,
         p.warranty or formats.MISSING, formats.number(p.quantity), formats.amount(p.unit_price, ""))
        for p in sheet.parts
    ]  # fmt: skip
    Table(flow, PART_COLUMNS, TIGHT).rows(parts)


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


def _sign(flow: Flow, height: float = 35) -> None:
    """Three boxes at the foot of the page, or of the next one."""
    flow.room(height + 2)
    boxes = tuple(Signature(who) for who in ("Technicien", "Utilisateur", "Visa du gestionnaire"))
    flow.y = blocks.signatures(flow.page, flow.frame.bottom - height, boxes, height)


# -- blank ------------------------------------------------------------------------------------------------------


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
    _rows_to_fill(flow, PROMISE_COLUMNS, 3, PROMISES)
    top = flow.y + 2.6
    left_end, right = _halves(flow, top)
    blocks.lines_to_write(page, frame.left, top + 5.6, ASSET_LABELS, left_end)
    flow.y = blocks.lines_to_write(page, right, top + 5.6, (*REQUEST_LABELS, "", ""), frame.right, 22)
    for title, lines in (("Diagnostic", 3), ("Travaux réalisés", 4)):
        flow.y = block_title(page, flow.y + 3, title)
        flow.y = blocks.rules_to_write(page, flow.y, lines)
    flow.y = block_title(page, flow.y + 2.6, "Temps passé et pièces")
    _rows_to_fill(flow, VISIT_COLUMNS, 2)
    _rows_to_fill(flow, PART_COLUMNS, 2)
    _tick_lines(flow, (False,) * 5, (False,) * 4, (False, False))
    _sign(flow, 30)
    evaluation.draw(paper.page(PORTRAIT), "", ())
    return paper.finish()


def _rows_to_fill(flow: Flow, columns: Sequence[Column], count: int, labels: Sequence[str] = ()) -> None:
    """A table's head over empty rows, with the light upright rules that a paper to fill may have."""
    table = Table(flow, columns, TIGHT)
    table.head()
    top, page, frame = flow.y, flow.page, flow.frame
    for i in range(count):
        y = top + (i + 1) * ROW_TO_FILL
        page.rule(frame.left, y, frame.right)
        if labels:
            page.text(frame.left, y - 2.4, labels[i], theme.CELL)
            x = blocks.choice(page, table.starts[-1] + 0.6, y - 2.2, "tenu", kind=theme.SMALL_CELL)
            blocks.choice(page, x + 1.4, y - 2.2, "non", kind=theme.SMALL_CELL)
    flow.y = top + count * ROW_TO_FILL
    for start in table.starts[1:]:
        page.upright(start - 1, top, flow.y, 0.25, RULE)
    flow.y += 0.6
