"""Tickets kept until now in another tool: read from a list, told again as journals, from which all is counted."""

from app.services.ticket_import.apart import apart_job
from app.services.ticket_import.columns import targets
from app.services.ticket_import.jobs import apply_job, import_job, plan_job, table_job
from app.services.ticket_import.outcome import Outcome
from app.services.ticket_import.plans import TicketPlan

__all__ = ["Outcome", "TicketPlan", "apart_job", "apply_job", "import_job", "plan_job", "table_job", "targets"]
