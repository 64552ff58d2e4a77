"""Forms that were read, one after the other: what is doubtful first, each line beside its picture. Nothing is written
before a person says so."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QWidget

from app.services.form_returns import FormKind
from app.services.reading.form_data import PageRead
from app.ui.desk import Desk


class ConfirmDialog(QDialog):
    """`open()` it with the pages that `services.forms.read_job` gave. `kept` holds what was written (`Kept`)."""

    def __init__(self, desk: Desk, kinds: Sequence[FormKind], pages: Sequence[PageRead], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._kinds, self._pages = desk, kinds, pages
