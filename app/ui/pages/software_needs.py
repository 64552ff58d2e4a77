"""Tell in one go which software asks for a licence, publisher by publisher; what the program knows is proposed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QVBoxLayout, QWidget

from app.fields import counted, number, plural
from app.services import software_needs
from app.services.software_needs import CHOICES, Publisher
from app.ui import theme
from app.ui.desk import Desk
from app.ui.parts.basics import OneLine, column, hairline, holder, label, scrolled
from app.ui.parts.formshell import dialog_buttons, dialog_foot

LATER, KNOWN = "later", "known"
MOST = 60
"""Publishers at a time, those with the most software first."""
ROW = 52
INTRO = (
    "Pour chaque éditeur, dites si ses logiciels demandent une licence. Le programme en connaît certains par leur nom, "
    "et sa proposition est déjà choisie. «\u00a0Plus tard\u00a0» n’écrit rien."
)


class NeedsDialog(QDialog):
    """Nothing is written before « Appliquer »; it is one act, which can be undone."""

    def __init__(self, desk: Desk, publishers: Sequence[Publisher], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._publishers = desk, publishers[:MOST]
        self.setWindowTitle("Préciser les besoins de licence")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        self.choices: list[QComboBox] = []
        for position, one in enumerate(self._publishers):
            if position:
                grid.addWidget(hairline(), 2 * position - 1, 0, 1, 2)
            grid.addWidget(holder(_words(one)), 2 * position, 0)
            self.choices.append(_choice(one))
            grid.addWidget(self.choices[-1], 2 * position, 1)
        self._told = label("", "second", "ink2")
        self.buttons = dialog_buttons("Appliquer")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        for made in self.choices:
            made.currentIndexChanged.connect(lambda _: self._count())
        intro = holder(column(label(INTRO, "body", "ink2", wrap=True), margins=(22, 14, 22, 10)))
        body = scrolled(holder(column(grid, None, margins=(22, 6, 16, 12))))
        foot = holder(column(self._told, margins=(22, 8, 22, 8)))
        self.setLayout(column(intro, hairline(), body, hairline(), foot, dialog_foot("", self.buttons), gap=0))
        self.resize(theme.scaled(760), theme.scaled(min(560, 200 + ROW * len(self._publishers))))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        self._count()

    def needs(self) -> dict[int, str]:
        """What is chosen, by software."""
        chosen: dict[int, str] = {}
        for one, made in zip(self._publishers, self.choices, strict=True):
            answer = made.currentData()
            if answer == KNOWN:
                chosen |= one.known
            elif answer != LATER:
                chosen |= {software: answer for software, _ in one.software}
        return chosen

    def _count(self) -> None:
        whole = sum(len(one.software) for one in self._publishers)
        self._told.setText(f"{counted(len(self.needs()), 'logiciel')} sur {number(whole)} seront précisés.")

    def accept(self) -> None:
        if needs := self.needs():
            told = f"{counted(len(needs), 'logiciel')} {plural(len(needs), 'précisé')}"
            self._desk.act("Besoins de licence", lambda s: software_needs.settle(s, needs), told=told)
        super().accept()


def _words(one: Publisher) -> QVBoxLayout:
    names = OneLine("second", "ink2")
    names.show_text(", ".join(name for _, name in one.software))
    return column(label(f"{one.name}  ·  {counted(len(one.software), 'logiciel')}", "title"), names, gap=1)


def _choice(one: Publisher) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(f"Besoin de licence\u00a0: {one.name}")
    made.addItem("Plus tard", LATER)
    if one.known:
        whole = len(one.known) == len(one.software)
        needs = {need.label for need in one.known.values()}
        told = next(iter(needs)) if len(needs) == 1 else "au cas par cas"
        part = "" if whole else f", {len(one.known)} sur {len(one.software)}"
        made.addItem(f"Proposé\u00a0: {told.lower()}{part}", KNOWN)
        made.setCurrentIndex(1)
    for need in CHOICES:
        made.addItem(need.label if len(one.software) == 1 else f"{need.label}, pour tous", need.value)
    return made
