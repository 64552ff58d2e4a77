"""What the page of costs asks of each of its views."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from app.jobs import Job
from app.reports.chart_data import Chart, Shape, Unit, series
from app.services.spending import Shown
from app.ui.desk import Desk
from app.ui.parts.awaited import Awaited
from app.ui.parts.basics import column, holder, scrolled


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


class ReadView(CostsView):
    """A view that reads beside the window, when it is first shown and then with each change."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._of: Shown | None = None
        self._shown_of: Shown | None = None

    def reading(self, of: Shown) -> Job[Any]:
        raise NotImplementedError

    def show_read(self, found: Any) -> None:
        raise NotImplementedError

    def stand(self, content: QLayout) -> None:
        """What is in sight once it has been read."""
        self._body = Awaited(scrolled(holder(content)))
        self.setLayout(column(self._body, gap=0))

    def show_figures(self, of: Shown) -> None:
        self._of = of
        if self.isVisible():
            self.come_forward()

    def come_forward(self) -> None:
        if self._of is None or self._of is self._shown_of:
            return
        job = self.reading(self._of)
        self._desk.jobs.watch(lambda: job, partial(self._got, self._of))

    def _got(self, of: Shown, found: Any) -> None:
        if of is not self._of:
            return  # newer figures were asked for since
        self._shown_of = of
        self._body.has_come()
        self.show_read(found)
        self.told.emit(self.sentence())


def spent(
    sentence: str, labels: tuple[str, ...], names: Sequence[str], cents: Sequence[Sequence[int]], current: int | None
) -> Chart:
    """Amounts in cents as bars side by side, in euros."""
    told = tuple(series(name, [one / 100 for one in of]) for name, of in zip(names, cents, strict=True))
    return Chart(shape=Shape.COLUMNS, sentence=sentence, labels=labels, series=told, unit=Unit.EUROS, current=current)
