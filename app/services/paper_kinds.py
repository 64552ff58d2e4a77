"""Every paper of the program: how its data are gathered, how they are drawn, and what record it belongs to.

A new paper is one line of PAPERS.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import Company, IssuedPaper
from app.reports.identity import Stamp
from app.services import (
    asset_paper,
    attendance_paper,
    backups_paper,
    campaign_papers,
    consultation_comparison,
    consultation_paper,
    contract_paper,
    documents,
    exit_papers,
    incident_report,
    letter,
    meeting_paper,
    needs_paper,
    planning_paper,
    return_paper,
    route_sheet,
)
from app.services.claim_file import asked as claim_months
from app.services.claim_file import gather as claims
from app.services.claim_file import letter as claim_letter
from app.services.evaluations import paper as evaluation_paper
from app.services.inventory_report import inventory_report
from app.services.inventory_report.choices import Choices
from app.services.numbered import by_number
from app.services.periodic import gather as periodic_gather
from app.services.periodic import reviews
from app.services.replacements import paper as replacements_paper
from app.services.satisfaction import paper as survey_paper
from app.services.satisfaction.review import review as satisfaction_review
from app.services.scorecards import cards as scorecards
from app.services.scorecards import issuing as scorecard_issuing
from app.services.scorecards import paper as scorecard_paper


@dataclass(frozen=True)
class PaperKind:
    """`gather` takes the session, the record's id, the stamp, and by name what may be chosen before this paper is
    printed; `render` draws what it gives; `blank` draws the one to fill by hand, and `sheet` the one to fill by hand
    for a record.

    `prefix` begins the references that the program gives; without it the paper bears its record's own number.
    """

    key: str
    label: str
    title: str
    entity: str
    find: Callable[[Session, str | None], int | None]
    gather: Callable[..., Any]
    render: Callable[[Any], bytes]
    prefix: str = ""
    by_hand: bool = False
    """A paper to fill by hand and no other: neither a draft nor issued."""
    blank: Callable[[Session, Stamp], bytes] | None = None
    sheet: Callable[[Session, int, Stamp], bytes] | None = None
    word: Callable[[Any], bytes] | None = None
    """Draws the same as an editable Word file, for the papers that both sides mark up."""
    book: Callable[[Any], bytes] | None = None
    """Writes the same as an Excel workbook, for the papers that are full of figures."""
    fill: Callable[[Any], bytes] | None = None
    """Draws the same as a PDF to fill on screen."""
    prepare: Callable[[Session, str | None, date], str] | None = None
    """Writes what must be known of a paper before it is handed out, and gives the reference that it bears."""
    named: Callable[[Session, int], str] | None = None
    """The reference of a paper that may be asked for by another word than its number."""
    complete: Callable[[Session, str, datetime], str] | None = None
    """The whole reference of a paper that was asked for by a part of it."""
    freeze: Callable[[Session, int, datetime], None] | None = None
    """What issuing the paper first does to its record."""


def _drawn(module: str, name: str = "render") -> Callable[[Any], bytes]:
    """A function of app.reports, imported when it is first called: reportlab is read when a paper is asked for."""

    def draw(told: Any) -> bytes:
        drawn: bytes = getattr(import_module(f"app.reports.{module}"), name)(told)
        return drawn

    return draw


def _inventory(session: Session, _: int | None, stamp: Stamp, choices: Choices | None = None) -> Any:
    return inventory_report(session, stamp, choices)


def _tick_list(session: Session, record_id: int, stamp: Stamp) -> bytes:
    return _drawn("campaign", "render_list")(campaign_papers.tick_list(session, record_id, stamp))


def _blank_report(session: Session, stamp: Stamp) -> bytes:
    return _drawn("incident", "render_blank")(incident_report.blank_report(session, stamp))


def _blank_sheet(session: Session, stamp: Stamp) -> bytes:
    return _drawn("intervention", "render_blank")(documents.blank_sheet(session, stamp))


def _blank_scorecard(session: Session, stamp: Stamp) -> bytes:
    return _drawn("scorecard", "render_blank")(scorecard_paper.blank(session, stamp))


def _company_id(session: Session, ref: str | None) -> int | None:
    """A reference given must be one already issued: it is issued again."""
    if ref and not session.scalar(select(IssuedPaper.id).where(IssuedPaper.reference == ref).limit(1)):
        raise NotFound(f"Aucun rapport ne porte la référence «\u00a0{ref}\u00a0».")
    return session.scalar(select(Company.id).where(Company.deleted_at.is_(None)).limit(1))


def _no_record(_session: Session, _ref: str | None) -> None:
    return None


WORD = _drawn("written_word")
CHAPTERS = _drawn("written_pdf")
PAPERS = {
    paper.key: paper
    for paper in (
        PaperKind(
            "inventaire", "Rapport d’inventaire", "Rapport d’inventaire et\u00a0d’état du parc", "company",
            _company_id, _inventory, _drawn("inventory.render"), prefix="RIE",
        ),
        PaperKind(
            "intervention", "Fiche d’intervention", "Fiche d’intervention", "intervention", by_number("intervention"),
            documents.intervention_sheet, _drawn("intervention"), blank=_blank_sheet,
        ),
        PaperKind(
            "incident", "Compte rendu d’incident", "Compte rendu d’incident", "ticket", by_number("ticket"),
            incident_report.incident_report, _drawn("incident"), blank=_blank_report,
        ),
        PaperKind(
            "evaluation", "Fiche d’évaluation", evaluation_paper.TITLE, "evaluation", evaluation_paper.named,
            evaluation_paper.forms, _drawn("form_paper"), by_hand=True, fill=_drawn("form_paper", "render_fillable"),
            prepare=evaluation_paper.prepare,
        ),
        PaperKind(
            "questionnaire", "Questionnaire de satisfaction", "Questionnaire de satisfaction", "satisfaction_survey",
            survey_paper.named, survey_paper.sheets, _drawn("form_paper"), by_hand=True,
            fill=_drawn("form_paper", "render_fillable"),
        ),
        PaperKind(
            "satisfaction", "Bilan de satisfaction", "Bilan de satisfaction", "satisfaction_survey",
            by_number("satisfaction_survey"), satisfaction_review, _drawn("satisfaction_review"),
            book=_drawn("satisfaction_review_book"),
        ),
        PaperKind(
            "besoins", "Questionnaire des besoins", "Questionnaire des besoins informatiques", "need", _no_record,
            needs_paper.questionnaires, _drawn("needs_form"), by_hand=True,
        ),
        PaperKind(
            "ecarts", "Écarts d’inventaire", "Écarts de l’inventaire physique", "campaign", by_number("campaign"),
            campaign_papers.gap_report, _drawn("campaign"), sheet=_tick_list,
        ),
        PaperKind(
            "bien", "Fiche de bien", "Fiche de bien", "asset", by_number("asset"),
            asset_paper.asset_sheet, _drawn("asset_sheet"),
        ),
        PaperKind(
            "effacement", "Certificat d’effacement", "Certificat d’effacement de données", "erasure",
            by_number("erasure"), exit_papers.erasure_certificate, _drawn("erasure"),
        ),
        PaperKind(
            "sortie", "Fiche de sortie", "Fiche de sortie du parc", "retirement", by_number("retirement"),
            exit_papers.exit_sheet, _drawn("exit_sheet"),
        ),
        PaperKind(
            "restitution", "Fiche de restitution", "Fiche de restitution", "person", exit_papers.person_found,
            exit_papers.return_sheet, _drawn("return_sheet"),
        ),
        PaperKind(
            "contrat", "Projet de contrat", "Contrat", "contract", by_number("contract"),
            contract_paper.contract_text, CHAPTERS, word=WORD,
        ),
        PaperKind(
            "lettre", "Lettre de préavis", "Lettre de préavis", "contract", by_number("contract"), letter.letter,
            _drawn("letter"),
        ),
        PaperKind(
            "reversibilite", "PV de réversibilité", "Procès-verbal de réversibilité", "contract",
            by_number("contract"), return_paper.return_record, _drawn("return_record"),
        ),
        PaperKind(
            "preuve", "Dossier de preuve", "Dossier de preuve", "ticket", by_number("ticket"), claims.of_a_ticket,
            _drawn("claim"),
        ),
        PaperKind(
            "preuve-contrat", "Dossier de preuve", "Dossier de preuve", "contract", claim_months.contract_named,
            claims.of_a_contract, _drawn("claim"), complete=claims.whole_reference,
        ),
        PaperKind(
            "reclamation", claim_letter.TITLE, claim_letter.TITLE, "contract", claim_months.contract_named,
            claim_letter.letter, _drawn("letter"), complete=claims.whole_reference,
        ),
        PaperKind(
            "ordre-du-jour", "Ordre du jour", "Ordre du jour de réunion", "meeting", by_number("meeting"),
            meeting_paper.agenda, CHAPTERS, word=WORD,
        ),
        PaperKind(
            "reunion", "Compte rendu de réunion", "Compte rendu de réunion", "meeting", by_number("meeting"),
            meeting_paper.minutes, CHAPTERS, word=WORD,
        ),
        PaperKind(
            "cahier-des-charges", "Cahier des charges", "Cahier des charges", "consultation",
            by_number("consultation"), consultation_paper.specifications, CHAPTERS, word=WORD,
        ),
        PaperKind(
            "comparatif", "Comparatif des offres", "Comparatif des offres", "consultation",
            by_number("consultation"), consultation_comparison.offer_comparison, _drawn("comparison"),
        ),
        PaperKind(
            "planning", "Planning de maintenance", "Planning de maintenance", "company", planning_paper.any_company,
            planning_paper.planning, _drawn("planning"), prefix=planning_paper.PREFIX,
        ),
        PaperKind(
            "planning-contrat", "Planning de maintenance", "Planning de maintenance", "contract",
            by_number("contract"), planning_paper.of_contract, _drawn("planning"),
        ),
        PaperKind(
            "remplacements", "Plan de remplacement", "Plan de remplacement", "company", planning_paper.any_company,
            replacements_paper.paper, _drawn("replacements"), prefix=replacements_paper.PREFIX,
            book=_drawn("replacements_book"),
        ),
        PaperKind(
            "tournee", "Feuille de tournée", "Feuille de tournée", "visit", _no_record, route_sheet.route_sheet,
            _drawn("route_sheet"), prefix=route_sheet.PREFIX, by_hand=True,
        ),
        PaperKind(
            scorecards.KIND, "Fiche contrôle", scorecard_paper.TITLE, "scorecard", scorecards.named,
            scorecard_paper.sheet, _drawn("scorecard"), blank=_blank_scorecard, named=scorecards.number_of,
            freeze=scorecard_issuing.freeze,
        ),
        PaperKind(
            "sauvegardes", "Registre des sauvegardes", "Registre des sauvegardes", "company",
            planning_paper.any_company, backups_paper.register, _drawn("backups"), prefix=backups_paper.PREFIX,
        ),
        PaperKind(
            reviews.KIND, "Rapport périodique", "Rapport périodique de maintenance", "period_review",
            by_number("period_review"), periodic_gather.of_review, _drawn("periodic"),
            book=_drawn("periodic_book"),
        ),
        PaperKind(
            "presence", "Feuille de présence", "Feuille de présence", "visit", attendance_paper.found,
            attendance_paper.sheet, _drawn("attendance"), by_hand=True,
        ),
    )
}  # fmt: skip
