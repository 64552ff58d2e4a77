"""The records that open as a page of their own, by the key of their entity: each is imported with the first one."""

from importlib import import_module
from typing import cast

from app.ui.pages.base import RecordPage

RECORD_PAGES = {
    "campaign": "campaign:CampaignPage",
    "consultation": "consultation:ConsultationPage",
    "contract": "contract:ContractPage",
    "expertise": "expertise:ExpertisePage",
    "indicator": "indicator:IndicatorPage",
    "invoice": "invoice:InvoicePage",
    "meeting": "meeting:MeetingPage",
    "period_review": "periodic_review:ReviewPage",
    "provider": "provider:ProviderPage",
    "questionnaire": "satisfaction_questions:QuestionnairePage",
    "satisfaction_survey": "satisfaction_survey:SurveyPage",
    "scorecard": "scorecard:ScorecardPage",
    "ticket": "ticket:TicketPage",
    "visit": "visit:VisitPage",
}
"""« module:class », in this package."""


def page_of(key: str) -> type[RecordPage]:
    """The page of an entity; KeyError for one that has none."""
    module, _, name = RECORD_PAGES[key].partition(":")
    return cast("type[RecordPage]", getattr(import_module(f"app.ui.pages.{module}"), name))
