"""The papers of the planning: of the year, of a month, of a contract's technician, the round of a day, a calendar."""

from datetime import UTC, date, datetime
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from app.fields import counted, day, month_words, this_day
from app.services import calendar_visits, planning_paper, route_sheet, setup
from app.storage.files import write_safely
from app.ui.desk import Desk
from app.ui.pages import papers

CALENDAR = "Calendrier (*.ics)"


def offer(desk: Desk, parent: QWidget, on: date, technician: str, under: QWidget) -> None:
    """A menu of them, for the time shown and the technician kept."""
    of = f" de {technician}" if technician else ""
    menu = QMenu(parent)
    for words, make in (
        (f"Planning de l’année {on.year}{of}…", year),
        (f"Planning du mois, {month_words(on)}{of}…", month),
        (f"Feuille de tournée du {day(on)}{of}…", round_sheet),
        (f"Calendrier de l’année {on.year}{of} (.ics)…", calendar),
    ):
        menu.addAction(words, partial(make, desk, parent, on, technician))
    menu.popup(under.mapToGlobal(under.rect().bottomLeft()))


def year(desk: Desk, parent: QWidget, on: date, technician: str) -> None:
    _planning(desk, parent, planning_paper.Choices(on.year, technician=technician))


def month(desk: Desk, parent: QWidget, on: date, technician: str) -> None:
    _planning(desk, parent, planning_paper.Choices(on.year, on.month, technician=technician))


def _planning(desk: Desk, parent: QWidget, choices: planning_paper.Choices) -> None:
    papers.preview(desk, "planning", parent, choices.reference, chosen={"choices": choices})


def round_sheet(desk: Desk, parent: QWidget, on: date, technician: str) -> None:
    choices = route_sheet.Choices(on, technician)
    papers.preview(desk, "tournee", parent, choices.reference, chosen={"choices": choices})


def calendar(desk: Desk, parent: QWidget, on: date, technician: str) -> None:
    """The visits of the year, for Outlook, Apple Calendar or another: read again, none is doubled."""
    choices = planning_paper.Choices(on.year, technician=technician)
    path = desk.ask.file_to_save(parent, "Exporter un calendrier", f"{choices.reference.lower()}.ics", CALENDAR)
    if path:
        with desk.read() as session:
            found = planning_paper.chosen(session, choices, this_day())
            name = setup.company(session).name
        write_safely(path, calendar_visits.write(found, name, datetime.now(UTC)))
        desk.done.emit(f"{counted(len(found), 'visite')} dans {path.name}", 0)
