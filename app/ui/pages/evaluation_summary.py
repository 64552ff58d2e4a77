"""What the forms of twelve months say together, read from the list of evaluations."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from app.fields import MISSING, NBSP, counted, month_words, number, plural, this_day
from app.reports.chart_data import Unit, line
from app.services.evaluations.summary import FEWEST, Said, Summary, summary
from app.ui import theme
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.parts.basics import column, holder, label, scrolled
from app.ui.parts.card import Card
from app.ui.parts.charts import ChartView
from app.ui.parts.explain import Explain
from app.ui.parts.formshell import dialog_foot
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

TITLE = "Ce que disent les fiches"
NOTHING = "Aucune fiche n’est revenue en douze mois."
WIDE, HIGH = 820, 720


def _columns(first: str, second: str) -> tuple[SmallColumn, ...]:
    return (
        SmallColumn(first, 330, elastic=True), SmallColumn(second, 110, "number"),
        SmallColumn("Satisfaits", 110, "number"), SmallColumn("Note sur 5", 110, "number"),
    )  # fmt: skip


class SummaryDialog(QDialog):
    """The last twelve months; nothing of a technician on fewer than five forms."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        with desk.read() as session:
            self.summary = summary(session, this_day())
        body = column(label(_sentence(self.summary), "title", wrap=True), gap=12, margins=PAGE_MARGINS)
        if self.summary.whole.forms:
            for card in (_months(self.summary), _criteria(self.summary), _technicians(self.summary)):
                body.addWidget(card)
        body.addStretch(1)
        buttons = QDialogButtonBox()
        buttons.addButton("Fermer", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        self.setLayout(column(scrolled(holder(body)), dialog_foot("", buttons), gap=0))
        self.resize(theme.scaled(WIDE), theme.scaled(HIGH))


def _sentence(found: Summary) -> str:
    whole = found.whole
    if not whole.forms:
        return NOTHING
    back = f"{counted(whole.forms, 'fiche')} {plural(whole.forms, 'revenue')} en douze mois"
    if whole.satisfied is None:
        return f"{back}, sans réponse notée."
    return f"{back}\u00a0: {_percents(whole)} de réponses 4 ou 5, note moyenne {number(whole.mean, 1)} sur 5."


def _percents(one: Said) -> str:
    return MISSING if one.satisfied is None else f"{number(one.satisfied, 1)}{NBSP}%"


def _cells(one: Said, count: int) -> list[Cell]:
    mean = MISSING if one.mean is None else number(one.mean, 2)
    return [Cell(one.label), Cell(number(count)), Cell(_percents(one)), Cell(mean)]


def _months(found: Summary) -> Card:
    card = Card("Mois par mois", note="part des réponses 4 et 5", corner=Explain("Satisfaits (CSAT)"))
    labels = [month_words(month, short=True) for month, _ in found.months]
    values = [None if one.satisfied is None else one.satisfied / 100 for _, one in found.months]
    card.body.addWidget(ChartView(line(labels, values, "Satisfaits, mois par mois", Unit.RATIO)))
    return card


def _criteria(found: Summary) -> Card:
    card = Card("Critère par critère", flush=True)
    rows = [_cells(one, one.valid) for one in found.criteria]
    card.body.addWidget(SmallTable(_columns("Critère", "Réponses"), rows, name="Critère par critère"))
    return card


def _technicians(found: Summary) -> Card:
    """The best noted first; those of whom too few forms tell are only counted."""
    card = Card("Technicien par technicien", note=f"à partir de {FEWEST}{NBSP}fiches", flush=True)
    if found.technicians:
        rows = [_cells(one, one.forms) for one in found.technicians]
        card.body.addWidget(SmallTable(_columns("Technicien", "Fiches"), rows, name="Technicien par technicien"))
    if found.hidden:
        told = f"{counted(found.hidden, 'autre')} {plural(found.hidden, 'a', 'ont')} moins de {FEWEST}{NBSP}fiches."
        made = label(told, "second", "ink2")
        made.setContentsMargins(16, 8, 16, 4)
        card.body.addWidget(made)
    return card
