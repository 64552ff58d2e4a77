"""Purchase, maintenance and replacement seen together, from the years past to those to come."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.fields import MISSING, amount, percent
from app.jobs import Job
from app.services import spending
from app.services.spending import Shown, YearSum
from app.ui.desk import Desk
from app.ui.pages.costs_view import ReadView, spent
from app.ui.parts.basics import column, empty_layout, label
from app.ui.parts.card import Card
from app.ui.parts.charts import ChartView, Legend
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

SERIES = ("Maintenance", "Achats et remplacements")
WIDTH = 300
"""More than there is: what the columns leave is shared between them."""
COLUMNS = (
    SmallColumn("Exercice", WIDTH),
    SmallColumn("Achats", WIDTH, "number"),
    SmallColumn("Remplacements prévus", WIDTH, "number"),
    SmallColumn("Maintenance", WIDTH, "number"),
    SmallColumn("Autres", WIDTH, "number"),
    SmallColumn("Total", WIDTH, "number"),
    SmallColumn("Maintenance ÷ remplacement", WIDTH, "number"),
)
HEIGHT = 240


class SpanView(ReadView):
    """`chosen` asks for another year as the one in front."""

    chosen = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.years: Sequence[YearSum] = ()
        self.head = label("", "card", wrap=True)
        self._drawn = column()
        chart = Card("Par exercice", corner=Legend(SERIES))
        chart.body.addLayout(self._drawn)
        chart.setMinimumHeight(HEIGHT)
        self.table = SmallTable(COLUMNS, [], "Coûts par exercice", most=14)
        self.table.opened.connect(lambda line: self.chosen.emit(self.years[line].year))
        listed = Card(
            "Les mêmes en chiffres",
            note="en euros\u00a0; à venir, ce qui est engagé et à remplacer\u00a0; un double clic ouvre l’exercice",
            flush=True,
        )
        listed.body.addWidget(self.table)
        self.stand(column(self.head, chart, listed, None, gap=12, margins=(16, 4, 16, 12)))

    def reading(self, of: Shown) -> Job[list[YearSum]]:
        return spending.span_job(self._desk.store, of.today)

    def show_read(self, years: Sequence[YearSum]) -> None:
        self.years = years
        self.head.setText(headline(years))
        self.table.set_rows([_cells(one) for one in years])
        empty_layout(self._drawn)
        maintenance = [one.maintenance for one in years]
        bought = [one.purchase + one.planned for one in years]
        names = tuple(str(one.year) for one in years)
        now = next((at for at, one in enumerate(years) if one.is_now), None)
        self._drawn.addWidget(
            ChartView(spent("Coûts par exercice, en euros", names, SERIES, (maintenance, bought), now))
        )

    def sentence(self) -> str:
        return (
            f"{len(self.years)}\u00a0exercices  ·  {amount(sum(one.total for one in self.years))}" if self.years else ""
        )


def headline(years: Sequence[YearSum]) -> str:
    """What a year of maintenance is against the price of replacing the fleet."""
    now = next((one for one in years if one.is_now), None)
    if now is None or now.ratio is None:
        return "Achats, maintenance et remplacements, côte à côte"
    ahead = sum(one.planned for one in years)
    said = f"Un an de maintenance coûte {percent(now.ratio)} du remplacement du parc"
    return f"{said}\u00a0; {amount(ahead)} de remplacements s’annoncent" if ahead else said


def _cells(one: YearSum) -> list[Cell]:
    words = f"{one.year} (prévision)" if one.is_ahead else f"{one.year} (en cours)" if one.is_now else str(one.year)
    figures = [one.purchase, one.planned, one.maintenance, one.other]
    ratio = percent(one.ratio)
    return [
        Cell(words, strong=one.is_now),
        *(Cell(amount(cents or None, ""), "" if cents else "mute") for cents in figures),
        Cell(amount(one.total or None, ""), strong=True),
        Cell(ratio, "mute" if ratio == MISSING else ""),
    ]
