"""Papers from the screen: drawn off the window's thread, shown in the preview, issued from there."""

from datetime import UTC, datetime
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from app.fields import PARIS
from app.jobs import Job, Progress
from app.services import papers, setup
from app.services.papers import IssuedRow
from app.ui.desk import Desk
from app.ui.preview import Paper, Preview


def preview(desk: Desk, kind: str, parent: QWidget, ref: str | None = None, *, blank: bool = False) -> None:
    """A paper as a draft that can be issued, or the one to fill by hand. `ref` is the number of its record, if any."""
    desk.run(
        f"Préparation\u00a0: {papers.PAPERS[kind].label.lower()}",
        lambda: _drawn(desk, kind, ref, blank),
        lambda pdf: Preview(desk, _draft(desk, kind, ref, pdf, blank), parent.window()).open(),
    )


def _drawn(desk: Desk, kind: str, ref: str | None, blank: bool) -> Job[bytes]:
    yield Progress(0, 0, "Lecture des données et mise en page")
    with desk.read() as session:
        return papers.draft(session, kind, ref, datetime.now(UTC), blank=blank)


def _draft(desk: Desk, kind: str, ref: str | None, pdf: bytes, blank: bool) -> Paper:
    label = papers.PAPERS[kind].label
    name = papers.file_name(kind, "vierge" if blank else ref or "projet", datetime.now(PARIS).date())
    title = f"{label} {ref}" if ref else f"{label}, {'à remplir' if blank else 'projet'}"
    return Paper(title, pdf, name, title if ref else label, None if blank else partial(_issue, desk, kind, ref))


def _issue(desk: Desk, kind: str, ref: str | None) -> Paper:
    """Of a record: its next version. Of the company: the next version of the paper last issued, or its first."""
    label = papers.PAPERS[kind].label
    before = ref or next((row.reference for row in _issued(desk, kind)), None)
    made = desk.act(f"Émission\u00a0: {label}", lambda s: papers.issue(s, kind, before, datetime.now(UTC)))
    with desk.read() as session:
        row, pdf = papers.issued_row(session, made), papers.issued_bytes(session, made)
    desk.done.emit(f"{label} {row.reference}, version {row.version}, émis et gardé", 0)
    return Paper(f"{label} {row.reference}", pdf, row.file_name, f"{label} {row.reference}")


def _issued(desk: Desk, kind: str) -> list[IssuedRow]:
    """The papers of this kind issued for the company, newest first."""
    with desk.read() as session:
        rows = papers.issued(session, "company", setup.company_id(session))
    return [row for row in rows if row.label == papers.PAPERS[kind].label]


def offer(desk: Desk, parent: QWidget, under: QWidget) -> None:
    """The papers that need no record: those of the company, and those to fill by hand."""
    menu = QMenu(parent)
    for kind, paper in papers.PAPERS.items():
        if paper.entity == "company":
            menu.addAction(f"{paper.label}…", partial(preview, desk, kind, parent))
        if paper.blank is not None:
            menu.addAction(f"{paper.label} à remplir à la main…", partial(preview, desk, kind, parent, blank=True))
    menu.popup(under.mapToGlobal(under.rect().bottomLeft()))
