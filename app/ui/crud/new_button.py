"""The primary act of a list, which leaves that place to the ways to begin while the list is empty."""

from app.ui import icons
from app.ui.crud.model import Tally
from app.ui.parts.basics import repolish
from app.ui.parts.buttons import Button


class NewButton(Button):
    """One primary button a screen: it is plain while there is nothing in the list."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setAutoDefault(False)

    def suit(self, tally: Tally) -> None:
        kind = "primary" if tally.all else "plain"
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            icons.dress(self, "plus", "onAccent" if tally.all else "ink")
            repolish(self)
