"""The records that open as a page of their own, by the key of their entity."""

from app.ui.pages.base import RecordPage
from app.ui.pages.contract import ContractPage
from app.ui.pages.indicator import IndicatorPage
from app.ui.pages.ticket import TicketPage

RECORD_PAGES: dict[str, type[RecordPage]] = {
    "contract": ContractPage,
    "indicator": IndicatorPage,
    "ticket": TicketPage,
}
