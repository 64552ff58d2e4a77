"""All that gives deadlines. A new source is one function and one line here."""

from collections.abc import Callable, Iterable

from app.services.deadlines import (
    of_backups,
    of_contracts,
    of_documents,
    of_fleet,
    of_judgement,
    of_loaners,
    of_money,
    of_partners,
    of_planning,
)
from app.services.deadlines.asking import Ask
from app.services.deadlines.words import Deadline

SOURCES: tuple[Callable[[Ask], Iterable[Deadline]], ...] = (
    of_contracts.notices,
    of_contracts.ends,
    of_contracts.withdrawals,
    of_contracts.revisions,
    of_contracts.hours,
    of_money.invoices,
    of_money.hours_used,
    of_money.penalties,
    of_partners.certificates,
    of_documents.deliveries,
    of_partners.accesses,
    of_partners.returns,
    of_partners.consultations,
    of_partners.meetings,
    of_partners.actions,
    of_judgement.reports,
    of_judgement.scorecards,
    of_judgement.actions,
    of_fleet.licences,
    of_fleet.loans,
    of_loaners.loaners,
    of_fleet.inventory,
    of_fleet.expertises,
    of_fleet.reminders,
    of_planning.visits,
    of_backups.restorations,
)
LOTS: tuple[Callable[[Ask], Iterable[Deadline]], ...] = (of_fleet.warranties, of_fleet.supports)
"""Those told by lots of assets, which leave out by SQL what was dealt with."""
