"""What is done with the company's file: backup, restore, check, another file."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app import paths
from app.errors import Refused
from app.fields import PARIS, number
from app.services import preferences
from app.storage import Store, verify
from app.storage.verify import Report
from app.ui.pages import starts

if TYPE_CHECKING:
    from app.ui.control import Control

ARCHIVES = "Sauvegarde Parcomètre (*.zip)"
BASES = "Fichier Parcomètre (*.parc)"


def save_backup(control: "Control") -> None:
    starts.save_backup(control.desk)


def restore_backup(control: "Control") -> None:
    folder = paths.backup_dir(control.desk.store.path)
    chosen = control.ask.files_to_open(control.window, "Choisir une sauvegarde", ARCHIVES, folder)
    if chosen and control.ask.confirm(
        control.window,
        "Remettre cette sauvegarde en place\u00a0?",
        "Elle est d’abord vérifiée. Le fichier actuel est gardé à côté, sous un autre nom.",
        "Restaurer",
    ):
        control.reopen.emit(("restore", chosen[0]))


def new_file(control: "Control") -> None:
    """Another company, or one's own after the example: an empty file, and the first screen."""
    chosen = control.ask.file_to_save(control.window, "Nouveau fichier", "entreprise.parc", BASES)
    if chosen is None:
        return
    if chosen.exists():
        raise Refused(f"«\u00a0{chosen.name}\u00a0» existe déjà\u00a0: choisissez un autre nom, ou ouvrez ce fichier.")
    control.reopen.emit(("open", chosen))


def open_other(control: "Control") -> None:
    chosen = control.ask.files_to_open(control.window, "Ouvrir un fichier", BASES)
    if chosen:
        control.reopen.emit(("open", chosen[0]))


def check(control: "Control") -> None:
    control.desk.run(
        "Vérification de la base",
        lambda: verify.verify(control.desk.store.path),
        lambda report: control.ask.tell(control.window, *told(report)),
        "Annuler est sans effet sur le fichier.",
    )


def told(report: Report) -> tuple[str, str]:
    """Title and text of what a check found."""
    rows = sum(report.counts.values())
    if report.is_sound:
        return "La base est saine", f"{number(rows)}\u00a0lignes lues, liens, historique et documents compris."
    return "La base demande votre attention", "\n".join(report.damage + report.remarks)


def saved_in_words(store: Store) -> tuple[list[str], str]:
    """What the footer says of the file, and its tone."""
    if store.read_only:
        return ["Lecture seule\u00a0: rien ne peut être modifié"], "info"
    at = store.last_saved_at
    parts = [f"Enregistré à {at.astimezone(PARIS):%H:%M}" if at else "Aucun changement à enregistrer"]
    with store.read() as session:
        limit = preferences.get(session, "backup_days")
    age = backup_age(store)
    if age is not None and age >= limit:
        return [*parts, f"Dernière sauvegarde il y a {age} jours"], "warn"
    return parts, "ok"


def backup_age(store: Store) -> int | None:
    """Whole days since the last backup; None when there is none."""
    made = [path.stat().st_mtime for path in paths.backup_dir(store.path).glob("*.zip")]
    return (datetime.now(UTC) - datetime.fromtimestamp(max(made), UTC)).days if made else None
