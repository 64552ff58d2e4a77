"""What a cell says of its state beside its word: given by models under the role MARK, painted by the delegates."""

from dataclasses import dataclass

from PySide6.QtCore import Qt

from app.ui import tokens

MARK = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True, slots=True)
class Mark:
    """`tone` is one of codes.TONES or ""; `loud` tints the badge; `glyph` replaces that of the tone.

    `letter` is that of a verdict, A to E.
    """

    tone: str = ""
    loud: bool = False
    glyph: str = ""
    letter: str = ""

    @property
    def icon(self) -> str:
        return self.glyph or tokens.GLYPHS.get(self.tone, "")


PLAIN = Mark()
SOON = Mark("warn")
PAST = Mark("mute", glyph="circle-minus")
OVER = Mark("bad")
"""Past, and a danger from that day on."""
VERDICTS = {
    letter: Mark(tone, letter=letter)
    for letter, tone in {"A": "ok", "B": "info", "C": "warn", "D": "bad", "E": "mute"}.items()
}
