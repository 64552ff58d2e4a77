"""Two questions of a new ticket that are more than a field: since when the asset is down, when the call came."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.entities import ENTITIES
from app.fields import Choice, brief_moment
from app.ui import theme
from app.ui.crud.editors import Editor
from app.ui.parts.basics import holder, label, row
from app.ui.parts.buttons import Segment, Segments, button

TICKET = ENTITIES["ticket"]
NO, YES = "no", "yes"
WHOLE = "00/00/0000 00:00 "
"""As wide as a moment can be: it is never cut."""
FIELD = 24
"""Of a field, its borders and the space beside what is typed."""


class DownField(QWidget):
    """« Non », or « Oui, depuis » and a moment."""

    def __init__(self, name: str, since: Editor) -> None:
        super().__init__()
        self.answer = Segments([Segment(NO, "Non"), Segment(YES, "Oui, depuis")], name)
        self._since = since
        line = row(self.answer, since.widget, gap=8)
        line.setStretch(1, 1)
        since.widget.setMinimumWidth(theme.width(WHOLE) + theme.scaled(FIELD))
        self.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        self.setFocusProxy(self.answer)
        self.take(NO)

    @property
    def is_down(self) -> bool:
        return self.answer.value() == YES

    def take(self, answer: str) -> None:
        """Show an answer; the moment can be typed for a yes."""
        self.answer.set_value(answer or NO)
        self._since.widget.setEnabled(self.is_down)

    def ask_since(self, usual: datetime) -> None:
        """A yes was just given: from the opening on, unless one says otherwise."""
        self.take(self.answer.value())
        if self.is_down:
            if not self._since.text():
                self._since.show(usual)
            self._since.widget.setFocus(Qt.FocusReason.OtherFocusReason)


class OpeningField(QStackedWidget):
    """When the call came, as words until one wants to change it."""

    def __init__(self, at: Editor) -> None:
        super().__init__()
        self._words = label("", "strong")
        change = button("Changer", "link", tip="Pour un appel reçu plus tôt")
        change.clicked.connect(self.change)
        self._at = at
        self.addWidget(holder(row(self._words, change, None)))
        self.addWidget(holder(row(at.widget)))
        self.setFixedHeight(theme.control_height() + 4)

    def tell(self, at: datetime) -> None:
        self._words.setText(brief_moment(at))

    def change(self) -> None:
        self.setCurrentIndex(1)
        self.setFocusProxy(self._at.widget)
        self._at.widget.setFocus()


def segments_of(name: str, *, short: bool = False) -> Segments:
    """The answers of a closed list of the ticket: the mildest first, or as their codes."""
    field = TICKET.field(name)
    options: Sequence[Any] = list(field.options) if isinstance(field, Choice) else []
    shown = options if short else options[::-1]
    return Segments([Segment(one.value, one.value if short else one.label) for one in shown], field.label)


def code_of(name: str, segments: Segments) -> Any:
    """The answer taken, as the ticket keeps it."""
    field = TICKET.field(name)
    assert isinstance(field, Choice)  # noqa: S101 - the entity declares it so
    return field.options.of(segments.value())


def quietly(made: Editor) -> Any:
    """The value, or None while what is typed names nothing yet."""
    try:
        return made.value()
    except ValueError:
        return None
