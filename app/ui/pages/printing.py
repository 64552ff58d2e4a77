"""Show the papers that go with a record, in the program's own preview."""

from datetime import UTC, datetime

from PySide6.QtWidgets import QWidget

from app.fields import PARIS
from app.services import papers
from app.ui.desk import Desk
from app.ui.preview import Paper, Preview

SHEET = "intervention"


def intervention_sheet(desk: Desk, parent: QWidget, number: str | None) -> Preview:
    """The sheet of an intervention as a draft that can be issued; without a number, the one to fill by hand."""
    now = datetime.now(UTC)
    with desk.read() as session:
        pdf = papers.draft(session, SHEET, number, now, blank=number is None)
    shown = Preview(desk, _paper(desk, number, pdf, now), parent)
    shown.open()
    return shown


def _paper(desk: Desk, number: str | None, pdf: bytes, now: datetime) -> Paper:
    title = f"Fiche d’intervention {number}" if number else "Fiche d’intervention à remplir"
    name = papers.file_name(SHEET, number or "vierge", now.astimezone(PARIS).date())
    return Paper(title, pdf, name, title, (lambda: _issue(desk, number)) if number else None)


def _issue(desk: Desk, number: str) -> Paper:
    now = datetime.now(UTC)
    issued = desk.act(f"Fiche d’intervention {number} émise", lambda s: papers.issue(s, SHEET, number, now))
    with desk.read() as session:
        pdf = papers.issued_bytes(session, issued)
    title = f"Fiche d’intervention {number}"
    return Paper(title, pdf, papers.file_name(SHEET, number, now.astimezone(PARIS).date()), title)
