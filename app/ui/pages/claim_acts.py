"""Claim files and claim letters from the screen: shown before they are issued, or as an archive to hand over."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.errors import InvalidFields
from app.fields import Day, Field, OneOf, this_day
from app.services import records
from app.services.claim_file import asked, dossier
from app.ui.desk import Desk
from app.ui.pages import papers
from app.ui.pages.planned_papers import PlannedDialog

TICKET, CONTRACT, LETTER = "preuve", "preuve-contrat", "reclamation"
ZIP = "Archive ZIP (*.zip)"
ARCHIVE = "zip"
MADE = (
    (CONTRACT, "Le dossier, en aperçu"),
    (ARCHIVE, "L’archive ZIP à remettre"),
    (LETTER, "La lettre de réclamation"),
)
FIELDS: tuple[Field, ...] = (
    Day(name="first", label="Du mois de", required=True),
    Day(name="last", label="Au mois de", required=True, help="Ce sont des mois entiers."),
    OneOf(name="made", label="Ce que vous voulez", options=MADE, required=True,
          help="L’archive émet le dossier."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was chosen: what to make, and the reference that names its months."""

    made: str
    reference: str


def of_ticket(desk: Desk, number: str, parent: QWidget) -> None:
    papers.preview(desk, TICKET, parent, number)


def ticket_archive(desk: Desk, number: str, parent: QWidget) -> None:
    archive(desk, TICKET, number, parent)


def of_contract(desk: Desk, contract: int, month: date | None, parent: QWidget) -> PlannedDialog:
    """Of the month that is looked at, else of the last one over."""
    with desk.read() as session:
        number = records.get(session, ENTITIES["contract"], contract).values["number"]
    start = month or this_day().replace(day=1)
    dialog = PlannedDialog(
        desk, parent, "Dossier de preuve et réclamation", fields=FIELDS,
        start={"made": CONTRACT, "first": start, "last": start}, make=lambda _, values: _wanted(number, values),
        verb="Continuer",
    )  # fmt: skip
    dialog.chosen.connect(lambda wanted: _make(desk, wanted, parent))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def _wanted(number: str, values: dict[str, Any]) -> Wanted:
    if values["last"].replace(day=1) < values["first"].replace(day=1):
        raise InvalidFields({"last": asked.BACKWARDS})
    return Wanted(values["made"], asked.reference(number, asked.span(values["first"], values["last"])))


def _make(desk: Desk, wanted: Wanted, parent: QWidget) -> None:
    if wanted.made == ARCHIVE:
        archive(desk, CONTRACT, wanted.reference, parent)
    else:
        papers.preview(desk, wanted.made, parent, wanted.reference)


def letter(desk: Desk, contract: int, month: date, parent: QWidget) -> None:
    with desk.read() as session:
        number = records.get(session, ENTITIES["contract"], contract).values["number"]
    papers.preview(desk, LETTER, parent, asked.reference(number, asked.span(month, month)))


def archive(desk: Desk, kind: str, reference: str, parent: QWidget) -> None:
    """Ask where, issue the paper, then write the archive off the window's thread."""
    path = desk.ask.file_to_save(parent, "Dossier de preuve", dossier.file_name(reference, this_day()), ZIP)
    if path:
        desk.run(
            "Dossier de preuve",
            lambda: dossier.job(desk.store, kind, reference, path, datetime.now(UTC), issue=True),
            lambda made: desk.done.emit(f"{made.sentence} dans {path.name}. Empreinte {made.seal[:17]}…", 0),
            "Annuler ne laisse aucun fichier.",
        )
