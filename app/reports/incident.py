"""The account of an incident, for the serious ones: filled from its journal, or blank (domain.md A.5, papers.md 2)."""

from app.fields import formats, joined
from app.reports import blocks, theme
from app.reports.flow import Flow, block_title, paragraph, put_text
from app.reports.incident_data import BlankReport, IncidentReport
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
from app.reports.theme import PORTRAIT

FACT_COLUMNS = (
    Column("Date et heure", 30), Column("Heures ouvrées", 24, "right", 5), Column("Fait", 88), Column("Par", 32),
)  # fmt: skip
WAIT_COLUMNS = (
    Column("Attente", 50), Column("Du", 30), Column("Au", 30), Column("Durée ouvrée", 26, "right", 5),
    Column("Horloge", 38),
)  # fmt: skip
DOWN_COLUMNS = (
    Column("À l’arrêt du", 40), Column("Au", 40), Column("Heures ouvrées", 40, "right", 5),
    Column("Heures d’horloge", 40, "right"),
)  # fmt: skip
ACTION_COLUMNS = (Column("Action", 100), Column("Par", 34), Column("Le", 22), Column("État", 18))
REQUEST_LABELS = ("Demandeur", "Nature", "Gravité", "Suivi par", "")
SIGNED = ("Pour le prestataire", "Gestionnaire", "Direction")
MORE_ACTIONS = 2
"""Empty lines under the actions known, to agree on others when the account is read together."""
FEW, ROW, SIGNATURES = 8, 5.6, 33
"""Actions that stay with the signatures; millimetres of a row, and of the boxes."""
LASTS = "en cours"
LINES = 2
"""To write the causes on."""


def render(report: IncidentReport) -> bytes:
    paper = Paper(report.company, report.stamp)
    page = paper.page(PORTRAIT, "Compte rendu d’incident")
    last = ("Version", "PROJET, sans valeur") if report.stamp.draft else ("Établi le", report.issued_on)
    card = (("Ticket", report.stamp.reference), ("Priorité", report.priority), last)
    flow = Flow(paper)
    flow.y = blocks.masthead(page, card, report.code, report.subtitle)
    flow.y = blocks.headline(page, flow.y + 1, "Rétablissement", *report.headline) + 2.4
    promises(flow, report.promises, report.promises_note)
    asset_and_request(flow, report.asset, report.request, report.quote)
    _downs(flow, report)
    _facts(flow, report)
    _waits(flow, report)
    _causes(flow, report)
    _actions(flow, report)
    sign(flow, SIGNED, SIGNATURES)
    return paper.finish()


def _titled(flow: Flow, title: str, room: float = 22) -> None:
    flow.room(room)
    flow.y = block_title(flow.page, flow.y + 2.6, title)


def _note(flow: Flow, words: str) -> None:
    flow.y = put_text(flow.page, flow.frame.left, flow.y + 1, words, theme.NOTE, flow.frame.span)


def _said(flow: Flow, words: str) -> None:
    """A sentence in the place of a table."""
    flow.y += 1.6
    paragraph(flow, words)


def _downs(flow: Flow, report: IncidentReport) -> None:
    _titled(flow, "Indisponibilité du bien")
    if not report.downs:
        _said(flow, report.down_note)
        return
    rows = [
        (formats.moment(one.start), formats.moment(one.end) if one.end else LASTS, formats.duration(one.worked),
         formats.duration(one.whole))
        for one in report.downs
    ]  # fmt: skip
    Table(flow, DOWN_COLUMNS, TIGHT).rows(rows)
    _note(flow, report.down_note)


def _facts(flow: Flow, report: IncidentReport) -> None:
    _titled(flow, "Déroulement")
    rows = [
        (formats.moment(one.at), formats.duration(one.worked), joined(one.what, one.words, by="\u00a0: "), one.who)
        for one in report.facts
    ]
    Table(flow, FACT_COLUMNS, COMPACT).rows(rows)
    _note(flow, f"Heures ouvrées écoulées depuis l’ouverture, attentes comprises. {report.hours}.")


def _waits(flow: Flow, report: IncidentReport) -> None:
    _titled(flow, "Attentes")
    if not report.waits:
        _said(flow, "Aucune.")
        return
    rows = [
        (one.reason, formats.moment(one.start), formats.moment(one.end) if one.end else LASTS,
         formats.duration(one.minutes), "arrêtée, non comptée" if one.stops else "non arrêtée, comptée")
        for one in report.waits
    ]  # fmt: skip
    Table(flow, WAIT_COLUMNS, COMPACT).rows(rows)


def _causes(flow: Flow, report: IncidentReport) -> None:
    _titled(flow, "Causes")
    flow.y += 1.6
    for cause in report.causes:
        blocks.item(flow, cause)
    if not report.causes:
        blocks.lacking(flow, "Cause non établie à ce jour.", "Écrivez le diagnostic dans l’intervention.")
    for label, told in report.related:
        blocks.item(flow, f"{label} {told}")


def _actions(flow: Flow, report: IncidentReport) -> None:
    """On the page of the signatures while they are few: nobody signs a page that says nothing."""
    few = len(report.actions) <= FEW
    _titled(flow, "Actions", 20 + ROW * (len(report.actions) + MORE_ACTIONS) + SIGNATURES + 3 if few else 30)
    rows = [(one.what, one.who or formats.MISSING, one.when or formats.MISSING, one.state) for one in report.actions]
    Table(flow, ACTION_COLUMNS, COMPACT).rows([*rows, *(("", "", "", ""),) * MORE_ACTIONS])


def render_blank(report: BlankReport) -> bytes:
    """The same places, to be written by hand."""
    paper = Paper(report.company, report.stamp)
    page = paper.page(PORTRAIT)
    flow = Flow(paper)
    card = (("Ticket", ""), ("Priorité", ""), ("Date", ""))
    flow.y = blocks.masthead(
        page, card, subtitle="À remettre dans les cinq jours ouvrés. Un compte rendu par incident."
    )
    frame = flow.frame
    flow.y = block_title(page, flow.y + 1, "Délais du contrat")
    rows_to_fill(flow, PROMISE_COLUMNS, 3, PROMISES)
    top = flow.y + 2.6
    left_end, right = halves(flow, top)
    blocks.lines_to_write(page, frame.left, top + 5.6, ASSET_LABELS, left_end)
    flow.y = blocks.lines_to_write(page, right, top + 5.6, REQUEST_LABELS, frame.right, 22)
    flow.y = block_title(page, flow.y + 3, "Indisponibilité du bien")
    rows_to_fill(flow, DOWN_COLUMNS, 1)
    flow.y = block_title(page, flow.y + 2, "Déroulement")
    rows_to_fill(flow, FACT_COLUMNS, 6)
    flow.y = block_title(page, flow.y + 2, "Causes")
    flow.y = blocks.rules_to_write(page, flow.y, LINES)
    flow.y = block_title(page, flow.y + 3, "Actions")
    rows_to_fill(flow, ACTION_COLUMNS, 3)
    sign(flow, SIGNED, 30)
    return paper.finish()
