"""The place where a barcode reader types: a big field that keeps the focus, and what the last code gave, in words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from app.fields import Text
from app.services.campaign_reading import Reading
from app.ui import theme, tokens
from app.ui.crud.editors import LineEditor
from app.ui.parts.basics import Glyph, OneLine, column, empty_layout, frame, label, repolish, row
from app.ui.parts.buttons import button
from app.ui.parts.card import Card

HINT = "Lisez l’étiquette d’un bien, ou tapez son numéro, son n° de série ou son nom sur le réseau, puis Entrée."
ROOM = Text(name="room", label="Local où vous êtes", placeholder="Facultatif", max_length=80)
ROOM_TIP = "Un bien attendu dans un autre local sera signalé."
LINE = 38


class CodeField(QLineEdit):
    """`read` gives what was typed when Enter is pressed, ready for the next; `left` goes to the list."""

    read = Signal(str)
    left = Signal()
    dressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Lisez ou tapez un code")
        self.setAccessibleName("Code lu")
        self.setAccessibleDescription(HINT)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setFont(theme.font("record"))
        self.dressed.emit()

    def send(self) -> None:
        code = self.text()
        self.clear()
        if code.strip():
            self.read.emit(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.send()
        elif event.key() == Qt.Key.Key_Down:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class Reader(QWidget):
    """`read` gives a code; `acted` what is asked after a reading: « undo », « correct » or « create »."""

    read = Signal(str)
    acted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.field = CodeField()
        self.field.read.connect(self.read)
        self.room = LineEditor(ROOM)
        self.room.widget.setAccessibleName(ROOM.label)
        self.room.widget.setToolTip(ROOM_TIP)
        theme.fix_width(self.room.widget, 230)
        self._tick = button("Pointer", icon="scan-barcode")
        self._tick.clicked.connect(self._press)
        line = row(gap=16)
        line.addLayout(column(label("Code", "title"), row(self.field, self._tick), gap=3), 1)
        line.addLayout(column(label(ROOM.label, "title"), self.room.widget, None, gap=3))
        self.field.dressed.connect(self._align)
        self._align()
        self._strip = self._result_line()
        card = Card()
        card.body.setSpacing(10)
        card.body.addLayout(line)
        card.body.addWidget(self._strip)
        self.setLayout(column(card))
        self.setFocusProxy(self.field)
        self.tell(None)

    def _result_line(self) -> QFrame:
        self._sign = Glyph("keyboard", "ink2", 20)
        self._title, self._told = label("", "card"), OneLine("body", "ink")
        self._acts = row(gap=4)
        line = row(self._sign, self._title, self._told, self._acts, gap=10, margins=(12, 4, 8, 4))
        line.setStretch(2, 1)
        made = frame("banner-mute", line)
        made.setMinimumHeight(theme.scaled(LINE))
        return made

    def _align(self) -> None:
        """All as high as the big field."""
        for part in (self.room.widget, self._tick):
            part.setMinimumHeight(self.field.sizeHint().height())

    def _press(self) -> None:
        self.field.send()
        self.field.setFocus()

    def suggest(self, rooms: list[str]) -> None:
        self.room.suggest(rooms)

    def room_said(self) -> str:
        return self.room.text()

    def tell(self, reading: Reading | None) -> None:
        """What the last code gave, and what can be done about it; without one, what to do."""
        tone = reading.tone if reading else "mute"
        self._sign.set_icon(tokens.GLYPHS[tone] if reading else "keyboard", f"{tone}.text")
        self._title.setText(reading.title if reading else "")
        self._title.setVisible(bool(self._title.text()))
        self._told.show_text(reading.sentence if reading else HINT)
        self._strip.setProperty("kind", f"banner-{tone}")
        self._strip.setAccessibleName(f"{self._title.text()} {reading.sentence}".strip() if reading else HINT)
        repolish(self._strip)
        empty_layout(self._acts)
        for key, words, icon in self._offered(reading):
            made = button(words, "quiet", icon)
            made.clicked.connect(lambda _=False, key=key: self.acted.emit(key))
            self._acts.addWidget(made)

    @staticmethod
    def _offered(reading: Reading | None) -> list[tuple[str, str, str]]:
        if reading is None or not reading.written:
            return []
        correct = [("correct", "Corriger sa fiche", "pencil")] if reading.misplaced else []
        create = [("create", "Créer le bien…", "plus")] if reading.outcome == "unknown" else []
        return [*correct, *create, ("undo", "Annuler", "rotate-ccw")]
