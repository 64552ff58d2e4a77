"""The sections of a tab: as many pills as there is room for, the others in the menu « Autres »."""

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QMenu, QSizePolicy, QWidget

from app.ui.parts.basics import row
from app.ui.parts.buttons import button
from app.ui.parts.tabbar import Section, SectionSwitch


class SectionBar(QWidget):
    """`switch` tells the current section; those of `aside` are shown in the bar only while they are current."""

    def __init__(self, sections: Sequence[Section], aside: Collection[int], name: str) -> None:
        super().__init__()
        self._aside = frozenset(aside)
        self.switch = SectionSwitch(sections, name)
        self.others = button("Autres", "quiet", "chevron-down", "Les autres listes de cet onglet")
        self.others.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.others.clicked.connect(self._offer)
        inner = row(self.switch, self.others, None, gap=2)
        inner.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the pills make room, not the window
        self.setLayout(inner)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.switch.currentChanged.connect(lambda _: self._fit())
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(0, self.switch.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def refit(self) -> None:
        """After a count or the text size changed."""
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def hidden(self) -> list[int]:
        """What the menu offers."""
        return [at for at in range(self.switch.count()) if not self.switch.isTabVisible(at)]

    def _fit(self) -> None:
        """The current section always keeps its place; the last ones leave theirs first."""
        current = self.switch.currentIndex()
        usual = [at for at in range(self.switch.count()) if at not in self._aside]
        whole = sum(map(self.switch.width_of, {*usual, current} - {-1}))
        spare = bool(self._aside) or whole > self.width()
        room = self.width() - (self.others.sizeHint().width() + 2 if spare else 0) - self.switch.width_of(current)
        seen = {current}
        for at in usual:
            room -= 0 if at in seen else self.switch.width_of(at)
            if room < 0:
                break
            seen.add(at)
        for at in range(self.switch.count()):
            if self.switch.isTabVisible(at) != (at in seen):  # said again, it makes Qt forget that sizes changed
                self.switch.setTabVisible(at, at in seen)
        self.others.setVisible(bool(self.hidden()))
        self.switch.measure()

    def _offer(self) -> None:
        menu = QMenu(self)
        titles = self.switch.titles()
        for at in self.hidden():
            menu.addAction(titles[at], partial(self.switch.setCurrentIndex, at))
        menu.popup(self.others.mapToGlobal(self.others.rect().bottomLeft()))
