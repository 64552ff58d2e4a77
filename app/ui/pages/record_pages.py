"""The records that open as a page of their own, by the key of their entity."""

from app.ui.pages.base import RecordPage
from app.ui.pages.campaign import CampaignPage
from app.ui.pages.consultation import ConsultationPage
from app.ui.pages.contract import ContractPage
from app.ui.pages.expertise import ExpertisePage
from app.ui.pages.indicator import IndicatorPage
from app.ui.pages.invoice import InvoicePage
from app.ui.pages.meeting import MeetingPage
from app.ui.pages.periodic_review import ReviewPage
from app.ui.pages.provider import ProviderPage
from app.ui.pages.satisfaction_questions import QuestionnairePage
from app.ui.pages.satisfaction_survey import SurveyPage
from app.ui.pages.scorecard import ScorecardPage
from app.ui.pages.ticket import TicketPage
from app.ui.pages.visit import VisitPage

RECORD_PAGES: dict[str, type[RecordPage]] = {
    "campaign": CampaignPage,
    "consultation": ConsultationPage,
    "contract": ContractPage,
    "expertise": ExpertisePage,
    "indicator": IndicatorPage,
    "invoice": InvoicePage,
    "meeting": MeetingPage,
    "period_review": ReviewPage,
    "provider": ProviderPage,
    "questionnaire": QuestionnairePage,
    "satisfaction_survey": SurveyPage,
    "scorecard": ScorecardPage,
    "ticket": TicketPage,
    "visit": VisitPage,
}
