"""What the page of costs asks of each of its views."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.spending import Shown


class CostsView(QWidget):
    """`asked` gives the title of a figure and the list behind it; `told` when its sentence changed."""

    asked = Signal(str, object)
    told = Signal(str)

    def show_figures(self, of: Shown) -> None:
        """A financial year, read anew."""
        raise NotImplementedError

    def come_forward(self) -> None:
        """It is in front: what it reads of its own is read now."""

    def sentence(self) -> str:
        raise NotImplementedError
