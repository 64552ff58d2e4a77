"""Scans, photographs and filled PDF files of forms: read beside the window, then confirmed one by one."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.services import form_kinds, forms
from app.services.form_returns import FormKind
from app.services.reading.form_data import PageKind, PageRead
from app.ui import ask
from app.ui.desk import Desk
from app.ui.outside import passing_folder
from app.ui.pages.evaluation_confirm import ConfirmDialog

FILES = f"Fiches (*.pdf *.png *.jpg *.jpeg *.tif *.tiff);;{ask.ANY}"
NOTHING = "Rien n’est écrit avant que vous n’ayez relu."
OURS = frozenset({PageKind.FORM, PageKind.OTHER_MODEL, PageKind.REDO})
Then = Callable[[list[Path]], None]


def import_forms(desk: Desk, parent: QWidget, files: Sequence[Path] = (), otherwise: Then | None = None) -> None:
    """Read these files, or those that the person chooses. Once the forms are dealt with, `otherwise` is given the PDF
    files that hold none."""
    chosen = list(files) or desk.ask.files_to_open(parent, "Importer des fiches remplies", FILES)
    if not chosen:
        return
    folder = passing_folder()
    with desk.read() as session:
        kinds = form_kinds.every(session)
    models = [kind.model for kind in kinds]
    desk.run(
        "Lecture des fiches",
        lambda: forms.read_job(chosen, folder, models),
        partial(_show, desk, parent, kinds, otherwise),
        NOTHING,
    )


def _show(
    desk: Desk, parent: QWidget, kinds: Sequence[FormKind], otherwise: Then | None, pages: Sequence[PageRead]
) -> None:
    """A PDF without any form goes elsewhere, when there is somewhere to go."""
    aside = others(pages) if otherwise else []
    kept = [page for page in pages if page.source not in aside]
    if not kept and otherwise:
        otherwise(aside)
        return
    dialog = ConfirmDialog(desk, kinds, kept, parent.window())
    if otherwise:
        dialog.then = partial(otherwise, aside)
    dialog.open()


def others(pages: Sequence[PageRead]) -> list[Path]:
    """The PDF files of which no page is a form, in their order."""
    ours = {page.source for page in pages if page.kind in OURS}
    files = dict.fromkeys(page.source for page in pages)
    return [one for one in files if one not in ours and one.suffix.lower() == ".pdf"]
