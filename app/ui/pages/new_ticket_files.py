"""What goes with a ticket being typed: files chosen or dropped, screenshots pasted, each as a chip to take off."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from app.ui.crud import drafts
from app.ui.crud.document_card import png_of
from app.ui.desk import Desk
from app.ui.parts.basics import empty_layout, holder, label, row
from app.ui.parts.buttons import button
from app.ui.parts.chips import Chip

SHOWN = 3
"""Chips in sight; the others are counted."""
NAME = 22
"""Characters of a name that a chip shows."""


class FilesRow(QWidget):
    """`paths` in the order they came. A picture pasted is kept beside the draft until the ticket is made."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.paths: list[Path] = []
        self._chips = row(gap=6)
        choose = button("Joindre un document", "link", "paperclip", "Ou collez une capture d’écran ici (Ctrl+V)")
        choose.clicked.connect(self._choose)
        self.setLayout(row(choose, holder(self._chips), None, gap=10))

    def _choose(self) -> None:
        self.add(self._desk.ask.files_to_open(self, "Joindre des documents"))

    def add(self, paths: Sequence[Path]) -> None:
        fresh = [path for path in paths if path not in self.paths]
        if fresh:
            self.paths += fresh
            self._show()

    def paste(self) -> bool:
        """Take the picture of the clipboard; whether there was one."""
        clipboard = QGuiApplication.clipboard()
        data = clipboard.mimeData()
        if not data.hasImage() or data.hasText():
            return False
        self.add([_kept(clipboard.image())])
        return True

    def _remove(self, path: Path) -> None:
        self.paths.remove(path)
        self._show()

    def _show(self) -> None:
        empty_layout(self._chips)
        for path in self.paths[:SHOWN]:
            chip = Chip("")
            name = path.name
            chip.set_value(name if len(name) <= NAME else f"{name[: NAME - 9]}…{name[-8:]}", removable=True)
            chip.setToolTip(name)
            chip.cleared.connect(lambda path=path: self._remove(path))
            self._chips.addWidget(chip)
        if len(self.paths) > SHOWN:
            self._chips.addWidget(label(f"et {len(self.paths) - SHOWN} de plus", "second", "ink2"))
        self.changed.emit()

    def text(self) -> str:
        """The paths, for a draft."""
        return "\n".join(str(path) for path in self.paths)

    def put_text(self, text: str) -> None:
        """Those of them that are still there."""
        self.paths = [path for path in map(Path, text.splitlines()) if path.is_file()]
        self._show()


def _kept(picture: QImage) -> Path:
    at = datetime.now().astimezone()
    return drafts.keep_picture(f"capture {at:%H}h{at:%M}.png", png_of(picture))
