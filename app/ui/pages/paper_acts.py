"""Papers from the screen (see papers.py): drawn off the window's thread, shown in the preview, issued from there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QMenu, QWidget

from app.fields import this_day
from app.jobs import Job, Progress
from app.services import papers, setup
from app.services.paper_kinds import PAPERS
from app.services.papers import IssuedRow
from app.storage.files import write_safely
from app.ui.desk import Desk
from app.ui.pages import planned_papers
from app.ui.pages.needs_paper import NeedsPaperDialog
from app.ui.pages.planned_papers import PlannedDialog
from app.ui.pages.report_dialog import ReportDialog
from app.ui.preview import Paper, Preview

CHOSEN: dict[str, Callable[[Desk, QWidget], ReportDialog | NeedsPaperDialog | PlannedDialog]] = {
    "inventaire": ReportDialog,
    "besoins": NeedsPaperDialog,
    "planning": planned_papers.planning,
    "tournee": planned_papers.route,
}
"""Papers before which something is chosen, unless the screen has it already: the dialog that gives it. What is chosen
may name the paper."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One paper: of a record, or blank; `chosen` is what services.papers takes by name."""

    kind: str
    ref: str | None
    blank: bool
    chosen: Mapping[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return PAPERS[self.kind].label


def preview(
    desk: Desk,
    kind: str,
    parent: QWidget,
    ref: str | None = None,
    *,
    blank: bool = False,
    chosen: Mapping[str, Any] | None = None,
) -> None:
    """A paper as a draft that can be issued, or the one to fill by hand. `ref` is the number of its record, if any;
    `chosen` what services.papers takes by name, where the screen has it already."""
    wanted = _Wanted(kind, ref if chosen else prepared(desk, kind, ref), blank, chosen or {})
    if blank or chosen or kind not in CHOSEN:
        _show(desk, wanted, parent)
        return
    dialog = CHOSEN[kind](desk, parent.window())
    dialog.chosen.connect(lambda choices: _show(desk, _choosing(wanted, choices), parent))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _choosing(wanted: _Wanted, choices: Any) -> _Wanted:
    return replace(wanted, ref=getattr(choices, "reference", wanted.ref), chosen={"choices": choices})


def prepared(desk: Desk, kind: str, ref: str | None) -> str | None:
    """The reference that the paper will bear, once what must be known of it is written."""
    prepare = PAPERS[kind].prepare
    if prepare is None:
        return ref
    return desk.act(f"{PAPERS[kind].label} à remplir", lambda session: prepare(session, ref, this_day()))


def _show(desk: Desk, wanted: _Wanted, parent: QWidget) -> None:
    desk.run(
        f"Préparation\u00a0: {wanted.label.lower()}",
        lambda: _drawn(desk, wanted),
        lambda pdf: Preview(desk, _draft(desk, wanted, pdf), parent.window()).open(),
    )


def _drawn(desk: Desk, wanted: _Wanted) -> Job[bytes]:
    yield Progress(0, 0, "Lecture des données et mise en page")
    with desk.read() as session:
        return papers.draft(session, wanted.kind, wanted.ref, datetime.now(UTC), wanted.blank, **wanted.chosen)


def _draft(desk: Desk, wanted: _Wanted, pdf: bytes) -> Paper:
    kind, label, ref = wanted.kind, wanted.label, wanted.ref
    blank = wanted.blank or PAPERS[kind].by_hand
    name = papers.file_name(kind, "vierge" if wanted.blank else ref or ("vierge" if blank else "projet"), this_day())
    title = f"{label} {ref}" if ref else f"{label}, {'à remplir' if blank else 'projet'}"
    issue = None if blank else partial(_issue, desk, wanted)
    word = partial(_write, desk, wanted, papers.word) if PAPERS[kind].word is not None else None
    book = partial(_write, desk, wanted, papers.book) if PAPERS[kind].book is not None else None
    return Paper(title, pdf, name, title if ref else label, issue, word, book)


def _write(desk: Desk, wanted: _Wanted, draw: Callable[..., bytes], path: Path) -> None:
    """The same paper as a Word file or a workbook, drawn off the window's thread."""

    def make() -> Job[bytes]:
        yield Progress(0, 0, "Lecture des données et mise en page")
        with desk.read() as session:
            return draw(session, wanted.kind, wanted.ref, datetime.now(UTC), **wanted.chosen)

    def done(content: bytes) -> None:
        write_safely(path, content)
        desk.done.emit(f"{wanted.label} enregistré dans {path.name}", 0)

    desk.run(f"Préparation\u00a0: {wanted.label.lower()}", make, done)


def _issue(desk: Desk, wanted: _Wanted, then: Callable[[Paper], None]) -> None:
    """Of a record: its next version. Of the company: the next version of the paper last issued, or its first."""
    label = wanted.label

    def done(found: tuple[IssuedRow, bytes]) -> None:
        row, pdf = found
        desk.done.emit(f"{label} {row.reference}, version {row.version}, émis et gardé", 0)
        then(Paper(f"{label} {row.reference}", pdf, row.file_name, f"{label} {row.reference}"))

    desk.run(f"Émission\u00a0: {label}", lambda: _issued_job(desk, wanted), done)


def _issued_job(desk: Desk, wanted: _Wanted) -> Job[tuple[IssuedRow, bytes]]:
    yield Progress(0, 0, "Mise en page, puis copie gardée")
    before = wanted.ref or next((row.reference for row in _issued(desk, wanted.kind)), None)
    with desk.store.begin(f"Émission\u00a0: {wanted.label}") as session:
        made = papers.issue(session, wanted.kind, before, datetime.now(UTC), **wanted.chosen)
        return papers.issued_row(session, made), papers.issued_bytes(session, made)


def _issued(desk: Desk, kind: str) -> list[IssuedRow]:
    """The papers of this kind issued for the company, newest first."""
    with desk.read() as session:
        rows = papers.issued(session, "company", setup.company_id(session))
    return [row for row in rows if row.label == PAPERS[kind].label]


def offer_of(desk: Desk, entity: str, ref: str, parent: QWidget, under: QWidget) -> None:
    """The papers of one record: each opens in the preview."""
    menu = QMenu(parent)
    for kind, paper in PAPERS.items():
        if paper.entity == entity:
            menu.addAction(f"{paper.label}…", partial(preview, desk, kind, parent, ref))
    menu.popup(under.mapToGlobal(under.rect().bottomLeft()))


def offer(desk: Desk, parent: QWidget, under: QWidget) -> None:
    """The papers that need no record: those of the company, and those to fill by hand."""
    menu = QMenu(parent)
    for kind, paper in PAPERS.items():
        if paper.entity == "company" or paper.by_hand:
            menu.addAction(f"{paper.label}…", partial(preview, desk, kind, parent))
        if paper.blank is not None:
            menu.addAction(f"{paper.label} à remplir à la main…", partial(preview, desk, kind, parent, blank=True))
    menu.popup(under.mapToGlobal(under.rect().bottomLeft()))
