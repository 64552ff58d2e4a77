"""The tab « Négociation » of a consultation: each point on price, quality, delay and guarantees, and what it gave."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import OneOf, day, joined, this_day
from app.services import consultation_log, consultation_view, records
from app.services.consultation_log import PointRow, deviation_text
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog
from app.ui.parts.basics import column, holder, row, scrolled
from app.ui.parts.buttons import button, set_available
from app.ui.parts.card import Card
from app.ui.parts.empty import Beginning, EmptyState
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

POINT = ENTITIES["negotiation_point"]
COLUMNS = (
    SmallColumn("Objet", 165),
    SmallColumn("Prestataire", 150),
    SmallColumn("Point", 230),
    SmallColumn("Demandé", 185),
    SmallColumn("Obtenu", 180),
    SmallColumn("Écart", 90, "number"),
    SmallColumn("État", 150, "badge"),
    SmallColumn("Le", 90),
)
FIELDS = (
    "subject", "offer_id", "point", "asked", "threshold", "offered", "obtained", "asked_amount", "obtained_amount",
    "state", "decision", "noted_on", "clause_id",
)  # fmt: skip
EMPTY = "Notez chaque point discuté\u00a0: ce qui était demandé, jusqu’où vous pouviez aller, ce que vous avez obtenu."
CHOOSE_FIRST = "Choisissez d’abord un point dans la liste."


class TalksTab(QWidget):
    def __init__(self, desk: Desk, consultation_id: int) -> None:
        super().__init__()
        self._desk, self._id = desk, consultation_id
        self.add_button = button("Ajouter un point…", icon="plus")
        self.add_button.clicked.connect(self.add)
        self.edit_button = button("Modifier…", icon="pencil")
        self.edit_button.clicked.connect(lambda: self.edit(self._chosen()))
        self.remove_button = button("Retirer", "quiet", "trash-2")
        self.remove_button.clicked.connect(self.remove)
        corner = holder(row(self.remove_button, self.edit_button, self.add_button, gap=8))
        self.table = SmallTable(COLUMNS, (), "Négociation", most=24)
        self.table.opened.connect(self.edit)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        self._card = Card("Points négociés", corner=corner, flush=True)
        self._card.body.addWidget(self.table)
        self._empty = EmptyState(
            "message-square", "Rien n’a encore été négocié", EMPTY, [Beginning("add", "Ajouter un point…", "plus")]
        )
        self._empty.chosen.connect(lambda _: self.add())
        self._whole = Card("Point choisi")
        self.facts = FactsView()
        self._whole.body.addWidget(self.facts)
        body = column(self._card, self._whole, self._empty, None, gap=12, margins=PAGE_MARGINS)
        self.setLayout(column(scrolled(holder(body))))
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            self.points: Sequence[PointRow] = consultation_log.negotiation(session, self._id)
        self.table.set_rows([_cells(one) for one in self.points])
        for one in (self._card, self._whole):
            one.setVisible(bool(self.points))
        if self.points:
            self.table.selectRow(0)
        self._empty.setVisible(not self.points)
        self._follow()

    def _chosen(self) -> int:
        rows = self.table.selectionModel().selectedRows()
        return rows[0].row() if rows else -1

    def _follow(self) -> None:
        for one in (self.edit_button, self.remove_button):
            set_available(one, self._chosen() >= 0, CHOOSE_FIRST)
        chosen = self._chosen()
        self._whole.setVisible(0 <= chosen < len(self.points))
        self.facts.set_groups(_groups(self.points[chosen]) if 0 <= chosen < len(self.points) else [])

    def add(self) -> None:
        state = POINT.field("state").default
        self._ask("Ajouter un point", {"noted_on": this_day(), "state": state}, self._create, "Point noté")

    def edit(self, position: int) -> None:
        if not 0 <= position < len(self.points):
            return
        point = self.points[position].id
        with self._desk.read() as session:
            values = records.get(session, POINT, point).values
        offer = values["offer_id"]
        start = {**values, "offer_id": str(offer) if offer else None}
        self._ask("Modifier le point", start, lambda s, v: records.update(s, POINT, point, v), "Point modifié")

    def _create(self, session: Any, values: Mapping[str, Any]) -> None:
        records.create(session, POINT, {"consultation_id": self._id, **values})

    def _ask(
        self, title: str, start: Mapping[str, Any], run: Callable[[Any, dict[str, Any]], object], told: str
    ) -> None:
        """The fields of a point; the offer is told by its provider."""
        with self._desk.read() as session:
            shown = consultation_view.comparison(session, self._id)
        options = tuple((str(one.id), one.provider) for one in (*shown.standings, *shown.silent))
        offer = OneOf(name="offer_id", label="Prestataire", options=options)
        fields = tuple(offer if name == "offer_id" else POINT.field(name) for name in FIELDS)
        act = Act(
            title=title,
            verb="Enregistrer",
            fields=fields,
            start=start,
            run=lambda s, v: run(s, {**v, "offer_id": int(v["offer_id"]) if v["offer_id"] else None}),
            told=told,
        )
        ActDialog(self._desk, act, self).open()

    def remove(self) -> None:
        chosen = self._chosen()
        if chosen >= 0:
            one = self.points[chosen]
            self._desk.act(
                f"Point négocié retiré\u00a0: {one.point}",
                lambda s: records.to_bin(s, POINT, [one.id]),
                told=f"«\u00a0{one.point}\u00a0» retiré de la négociation",
            )


def _groups(one: PointRow) -> list[FactGroup]:
    """The whole point, which a line of the table cuts."""
    held = [("Point", one.point), ("Demandé", one.asked), ("Seuil de rupture", one.threshold), ("Proposé", one.offered)]
    given = [("Obtenu", one.obtained), ("Décision", one.decision), ("Clause concernée", one.clause)]
    return [
        FactGroup(joined(one.subject.label, one.provider, by=" · "), [Fact(name, text or "–") for name, text in held]),
        FactGroup(one.state.label, [Fact(name, text or "–") for name, text in given]),
    ]


def _cells(one: PointRow) -> list[Cell]:
    words = (one.subject.label, one.provider, one.point, one.asked, one.obtained)
    return [
        *(Cell(text or "–") for text in words),
        Cell(deviation_text(one.deviation)),
        Cell(one.state.label, mark=Mark(one.state.tone)),
        Cell(day(one.noted_on)),
    ]
