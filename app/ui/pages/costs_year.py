"""The year against its budget: each purpose with its forecast, the budget typed in place; then month by month."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLineEdit

from app.entities.invoices import BUDGET
from app.fields import MISSING, NBSP, amount, month_words
from app.services import spending
from app.services.spending import Column, Forecast, Month, Nature, Purpose, Shown
from app.ui import theme
from app.ui.crud.editors import LineEditor
from app.ui.desk import Desk
from app.ui.pages.costs_view import CostsView, spent
from app.ui.parts.badge import Badge
from app.ui.parts.basics import column, empty_layout, hairline, holder, label, row, scrolled, set_ink
from app.ui.parts.buttons import Button, set_available
from app.ui.parts.card import Card
from app.ui.parts.charts import ChartView, Legend
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

SERIES = ("Maintenance", "Achats et autres dépenses")
NAMED, LEAST = 120, 66
"""The least widths of a purpose and of a column of figures, at the base size of text."""
WIDE = 1080
"""From here on, the chart and its table stand side by side."""
TIPS = {
    Column.INVOICED: "Ce que les factures disent, dans les mois qu’elles paient.",
    Column.UNBILLED: "Connu sans facture\u00a0: forfait des mois passés, actes faits, prix écrit sur une fiche.",
    Column.AHEAD: "Ce que les contrats prévoient d’ici la fin de l’exercice, et les licences qui se renouvellent.",
    Column.PLANNED: "Les biens que l’expertise dit de remplacer, et ceux dont la durée de vie finit.",
    Column.TOTAL: "La somme des quatre\u00a0: les pannes à venir ne sont pas devinées.",
}
MONTHS = (
    SmallColumn("Mois", 137),
    SmallColumn("Achats", 88, "number"),
    SmallColumn("Maintenance", 102, "number"),
    SmallColumn("Autres", 85, "number"),
    SmallColumn("Total", 92, "number"),
    SmallColumn("dont prévu", 78, "number"),
)
BUDGET_FIELD = BUDGET.field("amount")


class Figure(Button):
    """An amount that opens its list; « – » where there is nothing."""

    def __init__(self, name: str) -> None:
        super().__init__(MISSING)
        self._name = name
        for key, value in (("kind", "link"), ("fact", True)):
            self.setProperty(key, value)
        self.setAutoDefault(False)

    def show_cents(self, cents: int) -> None:
        self.setText(amount(cents, "") if cents else MISSING)
        self.setAccessibleName(f"{self._name}\u00a0: {amount(cents or None)}")
        set_available(self, bool(cents), "Rien à lister.")


class ForecastRow:
    """One purpose, or the whole: its figures, its budget, where it stands."""

    def __init__(self, title: str, *, total: bool) -> None:
        self.title = label(title, "strong" if total else "body", wrap=True)
        self.title.setMinimumWidth(theme.scaled(NAMED))
        self.figures = {one: Figure(f"{title}, {one.label.lower()}") for one in Column}
        self.editor = LineEditor(BUDGET_FIELD)
        assert isinstance(self.editor.widget, QLineEdit)  # noqa: S101 - that of an amount
        self.field = self.editor.widget
        self.total = label("", "strong")
        self.gap, self.badge, self.wrong = label("", "body"), Badge(""), label("", "small", "bad.text")
        self.field.setAccessibleName(f"Budget\u00a0: {title}")
        theme.fix_width(self.field, 92)

    def show(self, one: Forecast) -> None:
        for at, figure in self.figures.items():
            figure.show_cents(one.parts[at])
        if not self.field.isModified():  # else somebody is typing in it
            self.editor.show(one.budget)
        self.total.setText(amount(one.budget, ""))
        self.gap.setText(amount(one.gap, ""))
        set_ink(self.gap, "bad.text" if one.gap is not None and one.gap < 0 else "ink")
        standing = one.standing
        self.badge.set_state(standing.label if one.budget is not None else "", Mark(standing.tone,
                             loud=standing.tone in {"warn", "bad"}))  # fmt: skip

    def forget(self) -> None:
        """What was typed is kept, or was for another year."""
        self.tell("")
        self.field.setModified(False)

    def tell(self, wrong: str) -> None:
        """What is wrong with the budget typed, in the place of its state."""
        self.wrong.setText(wrong)
        self.badge.setVisible(not wrong)


class YearView(CostsView):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._of: Shown | None = None
        self._months: Sequence[Month] = ()
        self.head, self.note = label("", "card", wrap=True), label("", "body", "ink2", wrap=True)
        self.rows: dict[Purpose | None, ForecastRow] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(3)
        forecast = Card(
            "Prévision et budget",
            note="en euros\u00a0; chaque chiffre ouvre sa liste, le budget se tape dans sa colonne",
        )
        forecast.body.addLayout(self._grid)
        self._fill_grid()
        self.chart_card = Card("Mois par mois", corner=Legend(SERIES))
        self._chart = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._chart.setSpacing(16)
        self.chart_card.body.addLayout(self._chart)
        self.table = SmallTable(MONTHS, [], "Dépenses mois par mois", most=13)
        self.table.opened.connect(self._open_month)
        self._drawn = holder(column())
        self._chart.addWidget(self._drawn, 1)
        self._chart.addWidget(self.table, 1)
        body = column(column(self.head, self.note, gap=2), forecast, self.chart_card, None, gap=12,
                      margins=(16, 4, 16, 12))  # fmt: skip
        self.setLayout(column(scrolled(holder(body)), gap=0))

    def _fill_grid(self) -> None:
        heads = ["Dépense", *(one.label for one in Column), "Budget", "Écart", ""]
        for at, title in enumerate(heads):
            made = label(title, "small_title", "ink2")
            made.setToolTip(next((TIPS[one] for one in Column if one.label == title), ""))
            self._grid.addWidget(made, 0, at, _side(at, len(heads)))
            if 0 < at < len(heads) - 1:
                self._grid.setColumnMinimumWidth(at, theme.scaled(LEAST))
        self._grid.addWidget(hairline(), 1, 0, 1, len(heads))
        for line, purpose in enumerate([*Purpose, None], 2):
            self._add_row(line + (purpose is None), purpose, len(heads))
        self._grid.addWidget(hairline(), 2 + len(Purpose), 0, 1, len(heads))
        for at in range(len(heads)):
            self._grid.setColumnStretch(at, 1 if at else 2)

    def _add_row(self, line: int, purpose: Purpose | None, wide: int) -> None:
        made = ForecastRow(purpose.label if purpose else "Ensemble", total=purpose is None)
        self.rows[purpose] = made
        field = made.field if purpose else made.total
        for at, widget in enumerate([made.title, *made.figures.values(), field, made.gap]):
            self._grid.addWidget(widget, line, at, _side(at, wide))
        self._grid.addWidget(holder(row(made.badge, made.wrong, None)), line, wide - 1)
        for column_of, figure in made.figures.items():
            figure.clicked.connect(partial(self._open, purpose, column_of))
        if purpose:
            made.field.editingFinished.connect(partial(self.keep_budget, purpose))

    # What is shown

    def show_figures(self, of: Shown) -> None:
        if self._of is None or self._of.year != of.year:
            for made in self.rows.values():
                made.forget()
        self._of = of
        found = of.forecasts
        self.head.setText(headline(of, found[-1]))
        self.note.setText(told(of))
        for one in found:
            self.rows[one.purpose].show(one)
        self._months = of.months
        self._draw()

    def _draw(self) -> None:
        empty_layout(self._drawn.layout())  # type: ignore[arg-type]  # it has one
        names = tuple(month_words(one.month, short=True).split(NBSP)[0] for one in self._months)
        maintenance = [one.natures[Nature.MAINTENANCE] for one in self._months]
        rest = [one.total - cents for one, cents in zip(self._months, maintenance, strict=True)]
        now = next((at for at, one in enumerate(self._months) if _is_now(one, self._of)), -1)
        chart = ChartView(spent("Dépenses mois par mois, en euros", names, SERIES, (maintenance, rest), now))
        self._drawn.layout().addWidget(chart)  # type: ignore[union-attr]  # it has one
        self.table.set_rows([_month_cells(one, self._of) for one in self._months] + [_sum_cells(self._months)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._place)

    def _place(self) -> None:
        wide = self.width() >= theme.scaled(WIDE)
        self._chart.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._drawn.setMinimumHeight(0 if wide else theme.scaled(200))

    def sentence(self) -> str:
        if self._of is None:
            return ""
        lines = self._of.picture.now.lines
        return f"{amount(sum(line.cents for line in lines))} prévus sur l’exercice"

    # What is done

    def _open(self, purpose: Purpose | None, at: Column) -> None:
        whose = purpose.label if purpose else "Toutes les dépenses"
        self.asked.emit(f"{whose}, {at.label.lower()}", partial(spending.of_forecast, purpose, at))

    def _open_month(self, line: int) -> None:
        if line < len(self._months):
            month = self._months[line].month
            self.asked.emit(month_words(month).capitalize(), partial(spending.of_month, month))

    def keep_budget(self, purpose: Purpose) -> None:
        """What was typed becomes the budget of the year; a mistake is told beside it, and kept as typed."""
        made, of = self.rows[purpose], self._of
        if of is None or not made.field.isModified():
            return
        cents, wrong = read_budget(made.editor)
        made.tell(wrong)
        if wrong:
            return
        made.forget()
        if cents == spending.budget_of(of.picture.now, purpose):
            made.editor.show(cents)
            return
        year, shown = of.year, amount(cents) if cents is not None else "retiré"
        told = f"{purpose.label}, budget {year}\u00a0: {shown}"
        self._desk.act("Budget", lambda s: spending.set_budget(s, year, purpose, cents), told)


def read_budget(editor: LineEditor) -> tuple[int | None, str]:
    """What stands in the field, and what is wrong with it."""
    try:
        return BUDGET_FIELD.check(editor.value()), ""
    except ValueError as error:
        return None, str(error)


def _side(at: int, wide: int) -> Qt.AlignmentFlag:
    centre = Qt.AlignmentFlag.AlignVCenter
    if not at:  # words have the whole width of their column
        return centre
    return centre | (Qt.AlignmentFlag.AlignRight if at < wide - 1 else Qt.AlignmentFlag.AlignLeft)


def headline(of: Shown, whole: Forecast) -> str:
    """« Prévision de l’exercice 2026 : 44 957,52 €, 2 957,52 € au-delà du budget »."""
    year = of.year
    begun = "Dépenses" if of.picture.now.is_past else "Prévision"
    said = f"{begun} de l’exercice {year}\u00a0: {amount(whole.total)} {of.picture.now.costing.words}"
    if whole.gap is None:
        return said
    beyond = f"{amount(-whole.gap)} au-delà du budget" if whole.gap < 0 else f"il reste {amount(whole.gap)} du budget"
    return f"{said}, {beyond}"


def told(of: Shown) -> str:
    """How amounts are counted, in one line."""
    invoiced = sum(line.cents for line in of.picture.now.lines if line.origin == spending.Origin.INVOICED)
    judged = "" if of.forecasts[-1].budget is not None else " Écrivez un budget pour la juger."
    return (
        f"{amount(invoiced)} sont facturés.{judged} Chaque montant compte dans les mois qu’il paie\u00a0; "
        "là où aucune facture ne le dit, ce que le contrat prévoit."
    )


def _is_now(one: Month, of: Shown | None) -> bool:
    return of is not None and one.month == of.picture.now.now


def _month_cells(one: Month, of: Shown | None) -> list[Cell]:
    figures = [*(one.natures[nature] for nature in Nature), one.total, one.foreseen]
    words = month_words(one.month).capitalize()
    cells = [Cell(amount(cents, "") if cents else MISSING, "" if cents else "mute") for cents in figures]
    return [Cell(words, strong=_is_now(one, of)), *cells]


def _sum_cells(months: Sequence[Month]) -> list[Cell]:
    whole: list[Callable[[Month], int]] = [
        *(partial(_nature, nature=nature) for nature in Nature), lambda one: one.total, lambda one: one.foreseen,
    ]  # fmt: skip
    return [Cell("Total", strong=True), *(Cell(amount(sum(map(of, months)), ""), strong=True) for of in whole)]


def _nature(one: Month, nature: Nature) -> int:
    return one.natures[nature]
