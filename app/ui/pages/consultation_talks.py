"""The tab « Négociation » of a consultation: each point on price, quality, delay and guarantees, and what it gave."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import day, this_day
from app.services import consultation_log, records
from app.services.consultation_log import PointRow, deviation_text
from app.ui.crud.form import FormDialog
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.parts.basics import column, holder, row, scrolled
from app.ui.parts.buttons import button, set_available
from app.ui.parts.card import Card
from app.ui.parts.empty import Beginning, EmptyState
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

POINT = ENTITIES["negotiation_point"]
COLUMNS = (
    SmallColumn("Objet", 150), SmallColumn("Prestataire", 140), SmallColumn("Point", 166), SmallColumn("Demandé", 148),
    SmallColumn("Seuil de rupture", 108), SmallColumn("Proposé", 106), SmallColumn("Obtenu", 123),
    SmallColumn("Écart", 70, "number"), SmallColumn("État", 142, "badge"), SmallColumn("Le", 90),
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
        self.setLayout(column(scrolled(holder(column(self._card, self._empty, None, margins=PAGE_MARGINS)))))
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            self.points: Sequence[PointRow] = consultation_log.negotiation(session, self._id)
        self.table.set_rows([_cells(one) for one in self.points])
        self._card.setVisible(bool(self.points))
        self._empty.setVisible(not self.points)
        self._follow()

    def _chosen(self) -> int:
        rows = self.table.selectionModel().selectedRows()
        return rows[0].row() if rows else -1

    def _follow(self) -> None:
        for one in (self.edit_button, self.remove_button):
            set_available(one, self._chosen() >= 0, CHOOSE_FIRST)

    def add(self) -> None:
        start = {"consultation_id": self._id, "noted_on": this_day()}
        FormDialog(self._desk, POINT, None, start, self.window()).open()

    def edit(self, position: int) -> None:
        if 0 <= position < len(self.points):
            FormDialog(self._desk, POINT, self.points[position].id, parent=self.window()).open()

    def remove(self) -> None:
        chosen = self._chosen()
        if chosen >= 0:
            one = self.points[chosen]
            self._desk.act(
                f"Point négocié retiré\u00a0: {one.point}",
                lambda s: records.to_bin(s, POINT, [one.id]),
                told=f"«\u00a0{one.point}\u00a0» retiré de la négociation",
            )


def _cells(one: PointRow) -> list[Cell]:
    words = (one.subject.label, one.provider, one.point, one.asked, one.threshold, one.offered, one.obtained)
    return [
        *(Cell(text or "–") for text in words),
        Cell(deviation_text(one.deviation)),
        Cell(one.state.label, mark=Mark(one.state.tone)),
        Cell(day(one.noted_on)),
    ]
