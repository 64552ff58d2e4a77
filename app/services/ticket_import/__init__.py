"""Tickets kept until now in another tool: read from a list, told again as journals, from which all is counted."""

from app.services.ticket_import.jobs import import_job, table_job
from app.services.ticket_import.outcome import Outcome

__all__ = ["Outcome", "import_job", "table_job"]
