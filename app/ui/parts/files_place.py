"""Where files to join are dropped or chosen, in a dialog that keeps them once it is saved."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from app.fields import listed
from app.ui.parts import dropping
from app.ui.parts.basics import Glyph, label, row
from app.ui.parts.buttons import button


class FilesPlace(QFrame):
    """`hint` is told while there is none; `choose` asks for files, from the button of that `verb`."""

    def __init__(self, hint: str, verb: str, choose: Callable[[], Sequence[Path]], files: Sequence[Path] = ()) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAcceptDrops(True)
        self.files: list[Path] = []
        self._names = label(hint, "second", "ink2", wrap=True)
        chosen = button(verb, icon="paperclip")
        chosen.clicked.connect(lambda: self.add(choose()))
        line = row(Glyph("file-input"), self._names, chosen, gap=10, margins=(12, 8, 8, 8))
        line.setStretch(1, 1)
        self.setLayout(line)
        self.add(files)

    def add(self, paths: Sequence[Path]) -> None:
        self.files += paths
        if self.files:
            self._names.setText(f"À joindre\u00a0: {listed([path.name for path in self.files], 3)}")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dropping.welcome(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.add(dropping.files_of(event))
