"""The foot of the window: what is shown and its totals at left, what is saved at right."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame

from app.fields import joined
from app.ui import theme, tokens
from app.ui.parts.basics import Glyph, label, row

SEPARATOR = "\u00a0\u00a0·\u00a0\u00a0"


class Footer(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "foot")
        self._left, self._right = label("", "second", "ink2"), label("", "second", "ink2")
        self._glyph = Glyph("circle-check", "ok.solid", 13)
        self.setLayout(row(self._left, None, self._glyph, self._right, gap=5, margins=(16, 0, 16, 0)))
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(theme.line("second") + 12)

    def set_left(self, parts: Sequence[str]) -> None:
        self._left.setText(joined(*parts, by=SEPARATOR))

    def set_right(self, parts: Sequence[str], tone: str = "ok") -> None:
        self._right.setText(joined(*parts, by=SEPARATOR))
        self._glyph.set_icon(tokens.GLYPHS[tone], f"{tone}.solid")
