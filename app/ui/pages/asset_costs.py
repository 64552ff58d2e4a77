"""What an asset has cost: the total and the maintenance of the year, year by year, then each amount and its record."""

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from app.fields import MISSING, NBSP, amount, day, percent, plural, this_day
from app.services import costs
from app.services.costs import KINDS, CostLine, CostSheet
from app.ui.desk import Desk
from app.ui.parts.awaited import waiting
from app.ui.parts.basics import OneLine, column, empty_layout, fill, holder, label, row, scrolled
from app.ui.parts.buttons import button
from app.ui.parts.empty import EmptyState
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.section import SectionPart
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

MARGINS = (17, 12, 17, 12)
SHORT = {"purchase": "Achat", "work": "Travaux", "licence": "Licences", "contract": "Contrat", "sale": "Revente"}
NOTHING = (
    "Aucun coût connu. Le prix d’achat de la fiche, les pièces facturées, les licences et le contrat se liront ici."
)
UNDATED = "Sans date"
HEAVY = Decimal("0.3")
"""M above which an asset is to be replaced (domain.md A.7)."""


class CostsTab(QWidget):
    """Read beside the window: what a contract costs may be shared over thousands of assets."""

    def __init__(self, desk: Desk, asset_id: int) -> None:
        super().__init__()
        self._desk = desk
        self.found: CostSheet | None = None
        self._place = column(waiting(), gap=0)
        self.setLayout(self._place)
        today = this_day()
        desk.jobs.watch(lambda: costs.sheet_job(desk.store, asset_id, today), self._got, self)

    def _got(self, found: CostSheet) -> None:
        self.found = found
        empty_layout(self._place)
        fill(self._place, self._shown(found))

    def _shown(self, found: CostSheet) -> QWidget:
        if not found.lines:
            return EmptyState("receipt-euro", "Aucun coût connu", NOTHING)
        facts = FactsView([_summary(found)])
        return scrolled(holder(column(facts, _years(found), _lines(self._desk, found), None, gap=12, margins=MARGINS)))


def _summary(found: CostSheet) -> FactGroup:
    at_least = f"au moins{NBSP}: {found.unpriced}{NBSP}prix {plural(found.unpriced, 'inconnu')}"
    heavy = found.ratio is not None and found.ratio > HEAVY
    told = f"{percent(found.ratio)} du neuf" if found.ratio is not None else "remplacement inconnu"
    return FactGroup(
        f"Coût de possession {found.words}",
        [
            Fact("Depuis l’achat", amount(found.total), note=at_least if found.unpriced else ""),
            Fact("Remplacement", amount(found.value)),
            Fact("Maintenance, 12 mois", amount(found.maintenance), note=told, tone="warn" if heavy else ""),
        ],
    )


def _years(found: CostSheet) -> QWidget:
    """Only the kinds of cost that it has."""
    kinds = [kind for kind in KINDS if any(year.kinds[kind] is not None for year in found.years)]
    heads = [SmallColumn("Année", 70), *(SmallColumn(SHORT[kind], 78, "number") for kind in kinds)]
    rows = [
        [
            Cell(str(year.year) if year.year else UNDATED),
            *(
                Cell(amount(year.kinds[kind], ""), tone="" if year.kinds[kind] is not None else "mute")
                for kind in kinds
            ),
            Cell(amount(year.total, ""), strong=True),
        ]
        for year in found.years
    ]
    part = SectionPart("Par année, en euros")
    part.body.addWidget(SmallTable([*heads, SmallColumn("Total", 84, "number")], rows, "Coûts par année"))
    return part


def _lines(desk: Desk, found: CostSheet) -> QWidget:
    part = SectionPart("Détail")
    for line in found.lines:
        part.body.addWidget(_line(desk, line))
    return part


def _line(desk: Desk, line: CostLine) -> QWidget:
    """Where the money went leads to its record; how the amount was got stands under."""
    follow = button(line.label, "link", tip=line.label)
    follow.setProperty("fact", True)
    follow.setMinimumWidth(0)
    follow.setAccessibleName(f"{KINDS[line.kind]}\u00a0: {line.label}, {amount(line.cents)}")
    follow.clicked.connect(lambda: desk.go_to.emit(line.entity, line.record_id))
    when = day(line.day) if line.day else str(line.year or MISSING)
    under = OneLine("second", "ink2")
    under.show_text(f"{when} · {KINDS[line.kind]} · {line.why}")
    cents = label(amount(line.cents), "strong", "ink" if line.cents is not None else "ink3")
    head = row(follow, None, cents, gap=8)
    return holder(column(head, under, gap=1, margins=(0, 3, 0, 3)))
