"""The preview of lists of tickets of another tool: what would be added, what is left unsaid, what is refused."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.fields import number, plural
from app.jobs import Job
from app.services import ticket_import
from app.services.importing import Options
from app.services.importing import Outcome as Result
from app.services.ticket_import import Outcome, TicketPlan
from app.ui.pages.import_preview import ImportDialog
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.tiles import CountData

NOTHING = "Aucun ticket"
UNSAID = "Ce que la liste ne dit pas"


class TicketImportDialog(ImportDialog):
    """As the preview of any list; the journal of each ticket is what is written."""

    title = "Importer des tickets"
    what = "ticket"
    named_by = "N° d’origine"
    of_tickets = True

    def read_job(self, options: Options, own: Mapping[Path, Options]) -> Job[Any]:
        return ticket_import.plan_job(self._desk.store, self._files, options, own)

    def write_job(self, plan: Any) -> Job[Any]:
        return ticket_import.apply_job(self._desk.store, plan)

    def counts(self, plan: Any) -> Sequence[CountData]:
        return ticket_counts(plan)

    def sentence(self, result: Any) -> str:
        found: Outcome = result
        return found.sentence().rstrip(".")

    def _show_notes(self, plan: Any) -> None:
        super()._show_notes(plan)
        if plan.unsaid:
            self._told.insertWidget(0, Banner(BannerData("warn", UNSAID, "\n".join(plan.unsaid))))


def ticket_counts(plan: TicketPlan) -> tuple[CountData, ...]:
    """The four results, each with what it means where there is one."""
    kinds: tuple[tuple[Result, str, str, tuple[str, str], str], ...] = (
        ("created", "circle-plus", "ok", ("à ajouter", "à ajouter"), "Numérotés à l’import"),
        ("changed", "pencil", "info", ("à compléter", "à compléter"), "Leur journal continue"),
        ("unchanged", "equal", "mute", ("inchangé", "inchangés"), "Déjà à jour"),
        ("refused", "circle-x", "bad", ("ligne refusée", "lignes refusées"), "Laissées de côté, à corriger"),
    )
    return tuple(
        CountData(key, icon, tone, number(n), plural(n, *words), note if n else NOTHING)
        for key, icon, tone, words, note in kinds
        for n in (plan.count(key),)
    )
