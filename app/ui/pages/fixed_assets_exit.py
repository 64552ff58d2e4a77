"""« Sortir de l’actif… »: the day, the kind and the price of an exit, and at once what it does to the books (E.4)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import NBSP, amount, this_day
from app.services import records
from app.services.fixed_assets import exits
from app.services.fixed_assets.exits import Posting
from app.services.fixed_assets.register import ExitFigures
from app.ui import theme
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog
from app.ui.parts.basics import label
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.section import SectionPart
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

LINE = ENTITIES["fixed_asset"]
WIDTH = 640
HINTS = {"exit_price": "Seulement pour une vente ou une reprise.", "exit_vat_rate": "Sur le prix de cession."}
UNSAID = "Dites le jour et la nature\u00a0: la valeur qui sort et les écritures proposées viennent ici."
COLUMNS = (
    SmallColumn("Compte", 70), SmallColumn("Libellé", 280, elastic=True), SmallColumn("Débit", 92, "number"),
    SmallColumn("Crédit", 92, "number"),
)  # fmt: skip


def exit_facts(told: ExitFigures, title: str = "Ce qui sort") -> FactGroup:
    """The figures of an exit, the result in words: « Moins-value »."""
    word = "Plus-value" if told.result > 0 else "Moins-value" if told.result < 0 else "Résultat"
    price = [Fact("Prix HT", amount(told.price), note=f"et {amount(told.vat)} de TVA" if told.vat else "")]
    return FactGroup(
        title,
        [
            Fact("Dotation jusque-là", amount(told.complement), note="celle de l’exercice"),
            Fact("Amorti", amount(told.total)),
            Fact("Valeur qui sort (VNC)", amount(told.book_value)),
            *(price if told.price else []),
            Fact(word, amount(abs(told.result)), tone="warn" if told.result < 0 else ""),
        ],
    )


def entries_rows(found: Sequence[Posting]) -> list[list[Cell]]:
    """The proposed entries; their empty side stays empty."""
    return [
        [
            Cell(one.account),
            Cell(one.label),
            Cell(amount(one.debit, "") if one.debit else ""),
            Cell(amount(one.credit, "") if one.credit else ""),
        ]
        for one in found
    ]


class ExitDialog(ActDialog):
    """Of one line. What it would do follows what is typed."""

    def __init__(self, desk: Desk, line: int, parent: QWidget) -> None:
        self._line = line
        with desk.read() as session:
            self._title = records.title(session, LINE, line)
            start = exits.begin(session, line, this_day())
            self._rate = exits.usual_rate(session)
        super().__init__(desk, self._act(start), parent)
        self.facts, self.note = FactsView(), label("", "second", "ink2", wrap=True)
        self.part = SectionPart("Écritures proposées, en euros")
        self.table = SmallTable(COLUMNS, (), "Écritures proposées")
        self.part.body.addWidget(self.table)
        for one in (self.facts, self.part, self.note):
            self.extras.addWidget(one)
        self.form.on_change(self._follow)
        self.setMinimumWidth(theme.scaled(WIDTH))
        self._preview()

    def _act(self, start: dict[str, Any]) -> Act:
        fields = tuple(replace(LINE.field(name), group="", help=HINTS.get(name, "")) for name in exits.NAMES)
        return Act(
            title="Sortie de l’actif",
            verb="Sortir de l’actif",
            icon="log-out",
            intro=f"{self._title}{NBSP}: l’amortissement s’arrête ce jour-là, et la ligne quitte le registre. "
            "Rien n’est comptabilisé ici\u00a0: les écritures sont proposées à votre comptable.",
            fields=fields,
            start=start,
            run=lambda session, values: exits.take_out(session, self._line, values, this_day()),
            told=f"{self._title} sortie de l’actif",
        )

    def _follow(self, name: str) -> None:
        self.form.forgive(name)
        if name == "exit_price":
            self._offer_rate()
        self._preview()

    def _offer_rate(self) -> None:
        """The usual rate, once there is a price and while nobody wrote another."""
        rate = self.form.editors["exit_vat_rate"]
        if self.form.editors["exit_price"].text() and not rate.text():
            rate.show(self._rate)

    def _preview(self) -> None:
        values, problems = self.form.read()
        ready = not problems and values.get("exit_on") is not None
        for one in (self.facts, self.part):
            one.setVisible(ready)
        if not ready:
            self.note.setText(UNSAID)
            self.note.show()
            return
        with self._desk.read() as session:
            told = exits.figures(session, self._line, values)
            found = exits.entries(session, self._line, told)
        self.facts.set_groups([exit_facts(told)])
        self.table.set_rows(entries_rows(found))
        scrapped = told.book_value and not told.price
        self.note.setText(exits.SCRAPPED)
        self.note.setVisible(bool(scrapped))


def bring_back(line: int, title: str) -> Act:
    return Act(
        title="Annuler la sortie",
        verb="Remettre à l’actif",
        icon="rotate-ccw",
        intro=f"{title}{NBSP}: son amortissement reprend comme si elle n’était jamais sortie.",
        fields=(),
        run=lambda session, _: exits.bring_back(session, line),
        told=f"{title} remise à l’actif",
    )
