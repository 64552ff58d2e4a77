"""The primary act of a list, which leaves that place to the ways to begin while the list is empty."""

from app.ui import icons
from app.ui.crud.model import Tally
from app.ui.parts.basics import repolish
from app.ui.parts.buttons import Button


class NewButton(Button):
    """One primary button a screen: it is plain while there is nothing in the list."""

    def __init__(self, text: str, icon: str = "plus") -> None:
        super().__init__(text)
        self._icon = icon
        self.setAutoDefault(False)

    def suit(self, tally: Tally) -> None:
        self.lead(bool(tally.all))

    def lead(self, leads: bool) -> None:
        """Be the primary act of the screen, or one among others."""
        kind = "primary" if leads else "plain"
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            icons.dress(self, self._icon, "onAccent" if leads else "ink")
            repolish(self)
