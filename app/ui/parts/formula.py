"""How an indicator is calculated, written as a fraction."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from app.ui.parts.basics import column, frame, hairline, label


def formula(above: str, below: str = "") -> QFrame:
    """« above » over « below », or alone when nothing divides it."""
    body = column(gap=5, margins=(10, 8, 10, 8))
    for text in filter(None, (above, below)):
        shown = label(text, "title", wrap=True)
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if body.count():
            body.addWidget(hairline())
        body.addWidget(shown)
    made = frame("box", body)
    made.setAccessibleName(f"{above} ÷ {below}" if below else above)
    return made
