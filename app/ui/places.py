"""The tabs of the program and their sections: the page of each is imported when it is first shown."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.desk import Desk
    from app.ui.pages.base import Page
    from app.ui.state import UiState


@dataclass(frozen=True, slots=True)
class Place:
    """`page` is « module:class », or « entity:key » for an entity without a page of its own. `aside`: found under
    « Autres », not among the sections always in sight."""

    title: str
    page: str
    key: str = ""
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    title: str
    icon: str
    places: tuple[Place, ...]


TABS = (
    Tab("Accueil", "house", (Place("Accueil", "app.ui.pages.home:HomePage"),)),
    Tab(
        "Inventaire",
        "monitor",
        (
            Place("Biens", "app.ui.pages.assets:AssetsPage", "asset"),
            Place("Licences", "app.ui.pages.licences:LicencesPage", "licence"),
            Place("Sécurité", "app.ui.pages.security:SecurityPage"),
            Place("Expertises", "app.ui.pages.expertises:ExpertisesPage", "expertise"),
            Place("Remplacements", "app.ui.pages.replacements:ReplacementsPage", "replacement"),
            Place("Besoins", "app.ui.pages.needs:NeedsPage", "need"),
            Place("Campagnes", "app.ui.pages.campaigns:CampaignsPage", "campaign"),
            Place("Personnes", "app.ui.pages.persons:PersonsPage", "person"),
            Place("Sites", "entity:site", "site"),
            Place("Logiciels vus", "app.ui.pages.software:SoftwarePage", "software", aside=True),
            Place("Locaux et services", "app.ui.pages.premises:PremisesPage", aside=True),
            Place("Réseau", "app.ui.pages.network:NetworkPage", aside=True),
            Place("Prêts", "app.ui.pages.asset_loans:LoansPage", "loan", aside=True),
            Place("Composants", "entity:component", "component", aside=True),
            Place("Immobilisations", "app.ui.pages.fixed_assets:FixedAssetsPage", "fixed_asset", aside=True),
            Place("Sorties", "app.ui.pages.retirements:RetirementsPage", "retirement", aside=True),
            Place("Effacements", "app.ui.pages.retirements:ErasuresPage", "erasure", aside=True),
            Place("Familles", "entity:family", "family", aside=True),
            Place("Fins de support", "app.ui.pages.security_support:SupportEndsPage", "support_end", aside=True),
        ),
    ),
    Tab(
        "Contrats",
        "file-text",
        (
            Place("Contrats", "app.ui.pages.contracts:ContractsPage", "contract"),
            Place("Prestataires", "app.ui.pages.providers:ProvidersPage", "provider"),
            Place("Échéancier", "app.ui.pages.deadlines:DeadlinesPage", "deadline"),
            Place("Factures", "app.ui.pages.invoices:InvoicesPage", "invoice"),
            Place("Coûts", "app.ui.pages.costs:CostsPage"),
            Place("Consultations", "app.ui.pages.consultations:ConsultationsPage", "consultation"),
            Place("Réunions", "app.ui.pages.meetings:MeetingsPage", "meeting"),
            Place("Comptabilité", "app.ui.pages.accounting:AccountingPage", aside=True),
            Place("Documents attendus", "app.ui.pages.deliverables:DeliverablesPage", "received_document", aside=True),
            Place("Clauses", "app.ui.pages.clauses:ClausesPage", "clause", aside=True),
            Place("Actions décidées", "app.ui.pages.actions:ActionsPage", "meeting_action", aside=True),
            Place("Interlocuteurs", "entity:provider_contact", "provider_contact", aside=True),
            Place("Attestations", "app.ui.pages.provider_certificates:CertificatesPage", "certificate", aside=True),
            Place("Accès donnés", "app.ui.pages.provider_accesses:AccessesPage", "access_grant", aside=True),
            Place("Pénalités réclamées", "app.ui.pages.contract_penalties:ClaimsPage", "penalty_claim", aside=True),
            Place("Budgets", "entity:budget", "budget", aside=True),
            Place("Taux des semestres", "entity:semester_rate", "semester_rate", aside=True),
            Place("Indices de prix", "entity:index_value", "index_value", aside=True),
            Place("Rappels", "entity:reminder", "reminder", aside=True),
        ),
    ),
    Tab(
        "Tickets",
        "ticket",
        (
            Place("Tickets", "app.ui.pages.tickets:TicketsPage", "ticket"),
            Place("Interventions", "app.ui.pages.interventions:InterventionsPage", "intervention"),
            Place("Évaluations", "app.ui.pages.evaluations:EvaluationsPage", "evaluation"),
            Place("Planning", "app.ui.pages.planning:PlanningPage", "visit"),
            Place("Préventif", "app.ui.pages.tasks:TasksPage", "maintenance_task"),
            Place("Sauvegardes", "app.ui.pages.backups:BackupsPage", "backup_plan"),
            Place("Pièces et réparations", "app.ui.pages.parts:PartsPage", "part"),
            Place("Sensibilisation", "app.ui.pages.awareness:AwarenessPage", aside=True),
            Place("Matériels de prêt", "app.ui.pages.loaners:LoanersPage", "loaner", aside=True),
        ),
    ),
    Tab(
        "Indicateurs",
        "chart-column",
        (
            Place("Tableau de bord", "app.ui.pages.indicators:BoardPage", "indicator"),
            Place("Tous les indicateurs", "app.ui.pages.indicator_list:IndicatorsPage"),
            Place("Rapports périodiques", "app.ui.pages.periodic:ReviewsPage", "period_review"),
            Place("Fiches contrôle", "app.ui.pages.scorecards:ScorecardsPage", "scorecard"),
            Place("Satisfaction", "app.ui.pages.satisfaction:SurveysPage", "satisfaction_survey"),
            Place("Actions", "app.ui.pages.actions:ImprovementsPage", "improvement"),
            Place("Objectifs", "app.ui.pages.objectives:ObjectivesPage", "objective", aside=True),
            Place("Explications", "entity:breach_note", "breach_note", aside=True),
            Place("Questionnaires", "app.ui.pages.satisfaction:QuestionnairesPage", "questionnaire", aside=True),
        ),
    ),
)


PARTS = {
    "amendment": ("contract", "contract_id"),
    "campaign_line": ("campaign", "campaign_id"),
    "contract_service": ("contract", "contract_id"),
    "notice_decision": ("contract", "contract_id"),
    "offer": ("consultation", "consultation_id"),
    "covered_asset": ("contract", "contract_id"),
    "due_document": ("contract", "contract_id"),
    "indicator_note": ("indicator", "indicator"),
    "indicator_target": ("indicator", "indicator"),
    "invoice_line": ("invoice", "invoice_id"),
    "hour_purchase": ("contract", "contract_id"),
    "expertise_sheet": ("expertise", "expertise_id"),
    "visit_check": ("visit", "visit_id"),
    "visit_person": ("visit", "visit_id"),
    "scorecard_note": ("scorecard", "scorecard_id"),
    "satisfaction_question": ("questionnaire", "questionnaire_id"),
    "satisfaction_response": ("satisfaction_survey", "survey_id"),
}
"""Records without a list of their own: what they are a part of, and their field that names it. Its page shows them."""


def where(key: str) -> tuple[int, int] | None:
    """(tab, section) of an entity; None for what has no list of its own."""
    for tab, declared in enumerate(TABS):
        for section, place in enumerate(declared.places):
            if place.key == key:
                return tab, section
    return None


def named(tab: str, section: str = "") -> tuple[int, int]:
    """(tab, section) by their titles; the first section of a tab when none is named."""
    at = [one.title for one in TABS].index(tab)
    titles = [place.title for place in TABS[at].places]
    return at, titles.index(section) if section else 0


def make(place: Place, desk: "Desk", state: "UiState") -> "Page":
    module, _, name = place.page.partition(":")
    if module == "entity":
        from app.entities import ENTITIES  # noqa: PLC0415 - with the first list, not with the window
        from app.ui.crud.page import EntityPage  # noqa: PLC0415

        return EntityPage(desk, ENTITIES[name], state)
    maker: Callable[[Desk, UiState], Page] = getattr(import_module(module), name)
    return maker(desk, state)
