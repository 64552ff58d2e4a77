"""Ways to begin, offered by the first screen and by the empty inventory."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app import paths
from app.storage import backup
from app.ui import ask
from app.ui.desk import Desk

FILES = f"Listes et inventaires (*.csv *.txt *.xlsx *.xlsm *.xls *.ods *.json *.xml *.ocs);;{ask.ANY}"


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
    """Preview an import of these files and folders, or of the files that the person chooses."""
    from app.ui.pages.import_preview import ImportDialog  # noqa: PLC0415 - as above

    chosen = list(files) or desk.ask.files_to_open(parent, "Importer", FILES)
    if chosen:
        ImportDialog(desk, chosen, parent.window()).open()


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
