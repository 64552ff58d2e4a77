"""The accounts that the workbook uses, each changed in place, and the settings that its figures follow."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.fields import NBSP, Text, counted, lowered, plural
from app.services import preferences
from app.services.accounting import chart
from app.services.accounting.chart import UseLine
from app.settings import SETTINGS
from app.ui import theme
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog
from app.ui.parts.basics import column, holder, label, row, scrolled
from app.ui.parts.buttons import button, set_available
from app.ui.parts.card import Card
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

GROUP = "Comptabilité"
COLUMNS = (SmallColumn("Emploi", 268), SmallColumn("Compte", 74), SmallColumn("Libellé", 412), SmallColumn("", 130))
CHOICES = {one.key: one.field for one in SETTINGS if one.group == GROUP}
EVERY = 100
LEFT, RIGHT = 7, 3
WIDE = 1180
NOTE = "Les numéros usuels du plan comptable. Donnez les vôtres\u00a0: les factures et le classeur les suivront."
PICK = "Choisissez d’abord un compte."
OWN = "Propre à l’entreprise"


class ChartView(QWidget):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._uses: Sequence[UseLine] = ()
        self.table = SmallTable(COLUMNS, name="Comptes", most=EVERY)
        self.edit = button("Changer ce compte…", "quiet", "pencil")
        self.edit.clicked.connect(lambda: self.change(self.table.currentIndex().row()))
        self.table.opened.connect(self.change)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        accounts = Card("Comptes", corner=self.edit, flush=True)
        accounts.body.addWidget(self.table)
        self.facts = FactsView()
        settings = Card("Réglages", link="Modifier…")
        settings.link_followed.connect(self.choose)
        settings.body.addWidget(self.facts)
        self._cards = row(gap=12)
        self._cards.addLayout(column(accounts, None), LEFT)
        self._cards.addLayout(column(settings, None), RIGHT)
        note = label(NOTE, "second", "ink2", wrap=True)
        self.setLayout(
            column(scrolled(holder(column(note, self._cards, None, gap=10, margins=(16, 2, 16, 12)))), gap=0)
        )
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._place)

    def _place(self) -> None:
        """The settings go under the accounts when both do not hold side by side."""
        wide = self.width() >= theme.scaled(WIDE)
        self._cards.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def refresh(self) -> None:
        with self._desk.read() as session:
            self._uses, values = chart.listed(session), preferences.everything(session)
        self.table.set_rows([_row(one) for one in self._uses])
        self.facts.set_groups([FactGroup("", [Fact(f.label, f.format(values[key])) for key, f in CHOICES.items()])])
        self._follow()

    def _follow(self) -> None:
        set_available(self.edit, self.table.selectionModel().hasSelection(), PICK)

    def sentence(self) -> str:
        told = counted(len(self._uses), "compte")
        own = sum(one.own for one in self._uses)
        return f"{told}  ·  {own}{NBSP}{plural(own, 'propre')} à l’entreprise" if own else told

    # Acts

    def change(self, at: int) -> None:
        """Give a use the company's own number."""
        one = self._uses[at]
        act = Act(
            title=f"Compte{NBSP}: {lowered(one.words)}",
            verb="Enregistrer",
            intro=f"Le numéro usuel est {one.usual.number} ({one.usual.label}).",
            fields=(
                Text(name="number", label="Compte", max_length=20, help="Vide\u00a0: le numéro usuel."),
                Text(name="label", label="Libellé", max_length=120, help="Vide\u00a0: le libellé usuel."),
            ),
            start={"number": one.account.number, "label": one.account.label},
            run=partial(_change, one.use),
            told="Compte changé",
        )
        ActDialog(self._desk, act, self).open()

    def choose(self) -> None:
        """The settings that these figures follow, and them only."""
        with self._desk.read() as session:
            values = preferences.everything(session)
        act = Act(
            title="Réglages de la comptabilité",
            verb="Enregistrer",
            fields=tuple(CHOICES.values()),
            start={key: values[key] for key in CHOICES},
            run=preferences.save,
            told="Réglages enregistrés",
        )
        ActDialog(self._desk, act, self).open()


def _change(use: str, session: Any, values: dict[str, Any]) -> None:
    chart.change(session, use, values["number"], values["label"])


def _row(one: UseLine) -> list[Cell]:
    own = Cell(OWN if one.own else "", tone="info")
    return [Cell(one.words), Cell(one.account.number, strong=one.own), Cell(one.account.label), own]
