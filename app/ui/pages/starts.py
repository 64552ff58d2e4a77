"""Ways to begin, offered by the first screen and by the empty inventory."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app import paths
from app.storage import backup
from app.ui import ask
from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.services.importing import Options
    from app.ui.pages.import_preview import ImportDialog
    from app.ui.pages.invoice_import import InvoiceImportDialog

FILES = (
    "Listes, inventaires, factures et fiches (*.csv *.txt *.xlsx *.xlsm *.xls *.ods *.json *.xml *.ocs *.pdf *.png "
    "*.jpg *.jpeg *.tif *.tiff);;" + ask.ANY
)
LISTS = f"Listes (*.csv *.txt *.tsv *.xlsx *.xlsm *.xls *.ods);;{ask.ANY}"
INVOICES = f"Factures (*.pdf *.xml);;{ask.ANY}"


def open_example(desk: Desk) -> None:
    """Fill the empty base with the example company: one act, which can be undone."""
    from app.services import example  # noqa: PLC0415 - when it is asked for

    desk.run(
        "Préparation de l’entreprise d’exemple",
        lambda: example.fill_job(desk.store),
        lambda _: desk.tell_done("Entreprise d’exemple ouverte"),
        "Annuler laisse la base vide.",
    )


def import_files(desk: Desk, parent: QWidget, files: Sequence[Path] = ()) -> None:
    """Preview an import of these files and folders, or of the files that the person chooses. What may be forms filled
    by hand is read first; then invoices, which have a preview of their own; then lists."""
    from app.services import forms  # noqa: PLC0415 - as above

    chosen = list(files) or desk.ask.files_to_open(parent, "Importer", FILES)
    if not chosen:
        return
    filled = [path for path in chosen if path.is_file() and forms.is_candidate(path)]
    others = [path for path in chosen if path not in filled]
    if not filled:
        _import_data(desk, parent, others)
        return
    from app.ui.pages.evaluation_import import import_forms  # noqa: PLC0415 - as above

    import_forms(desk, parent, filled, lambda left: _import_data(desk, parent, [*left, *others]))


def _import_data(desk: Desk, parent: QWidget, chosen: Sequence[Path]) -> None:
    from app.services.invoices import reading  # noqa: PLC0415 - as above

    if not chosen:
        return
    invoices, others = reading.apart(chosen)
    if not invoices:
        _import_lists(desk, parent, chosen)
        return
    dialog = _import_invoices(desk, parent, invoices)
    if others:
        dialog.finished.connect(lambda _: _import_lists(desk, parent, others))


def _import_lists(desk: Desk, parent: QWidget, files: Sequence[Path]) -> None:
    """Lists of tickets, told by their first lines, have a preview of their own; the others are looked at after it."""
    from app.services import ticket_import  # noqa: PLC0415 - as above

    desk.run(
        "Lecture des fichiers",
        partial(ticket_import.apart_job, desk.store, files),
        lambda found: _preview(desk, parent.window(), *found),
        "Rien n’est écrit dans la base.",
    )


def _preview(desk: Desk, window: QWidget, tickets: Sequence[Path], others: Sequence[Path]) -> None:
    if not tickets:
        preview_lists(desk, window, others)
        return
    dialog = preview_lists(desk, window, tickets, tickets=True)
    if others:
        dialog.finished.connect(lambda _: preview_lists(desk, window, others))


def preview_lists(
    desk: Desk,
    window: QWidget,
    files: Sequence[Path],
    *,
    tickets: bool = False,
    told: Mapping[Path, "Options"] = MappingProxyType({}),
) -> "ImportDialog":
    """What importing these lists would do; `told` is what was already said of their columns."""
    from app.ui.pages.import_preview import ImportDialog  # noqa: PLC0415 - as above
    from app.ui.pages.ticket_list_import import TicketImportDialog  # noqa: PLC0415 - as above

    dialog = (TicketImportDialog if tickets else ImportDialog)(desk, files, window, told)
    dialog.open()
    return dialog


def import_tickets(desk: Desk, parent: QWidget) -> None:
    """Preview the tickets of lists of another tool, chosen by the person."""
    chosen = desk.ask.files_to_open(parent, "Importer des tickets", LISTS)
    if chosen:
        preview_lists(desk, parent.window(), chosen, tickets=True)


def import_invoices(desk: Desk, parent: QWidget, files: Sequence[Path] = ()) -> None:
    """Fill invoices from these files, or from those that the person chooses."""
    chosen = list(files) or desk.ask.files_to_open(parent, "Importer une facture", INVOICES)
    if chosen:
        _import_invoices(desk, parent, chosen)


def _import_invoices(desk: Desk, parent: QWidget, files: Sequence[Path]) -> "InvoiceImportDialog":
    from app.ui.pages.invoice_import import InvoiceImportDialog  # noqa: PLC0415 - as above

    dialog = InvoiceImportDialog(desk, files, parent.window())
    dialog.open()
    return dialog


def import_folder(desk: Desk, parent: QWidget) -> None:
    """The same for all that a folder holds: where inventories were brought together."""
    chosen = desk.ask.folder(parent, "Importer un dossier")
    if chosen:
        import_files(desk, parent, [chosen])


def describe_others(desk: Desk, parent: QWidget) -> None:
    """Write out the scripts that describe the other machines."""
    from app.ui.pages.import_collect import CollectDialog  # noqa: PLC0415 - as above

    CollectDialog(desk, parent.window()).open()


def save_backup(desk: Desk) -> None:
    """A verified copy, in the folder beside the file."""
    desk.run(
        "Sauvegarde",
        lambda: backup.make_backup(desk.store, paths.backup_dir(desk.store.path)),
        lambda made: desk.done.emit(f"Sauvegarde vérifiée\u00a0: {made.path.name}", 0),
        "Annuler ne laisse pas de sauvegarde incomplète.",
    )
