"""The bin: what was taken away, by kind, and the way back."""

from PySide6.QtWidgets import QDialog, QWidget

from app.entities import ENTITIES, Entity
from app.services import listing, records
from app.services.listing import Query
from app.ui import theme
from app.ui.crud.list_panel import shape_of
from app.ui.crud.model import ID, ListModel
from app.ui.desk import Desk
from app.ui.parts.basics import column, label, row
from app.ui.parts.buttons import button
from app.ui.parts.formshell import combo_box
from app.ui.parts.table import ListColumn, ListView


class BinDialog(QDialog):
    guide_page = "gestes"

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Corbeille")
        self._desk = desk
        self.kinds = combo_box()
        self.kinds.setAccessibleName("Sorte d’élément")
        self._entities = [entity for entity in ENTITIES.values() if self._count(entity)]
        for entity in self._entities:
            self.kinds.addItem(entity.counted(self._count(entity)))
        self.table = ListView()
        self.table.setAccessibleName("Éléments de la corbeille")
        self.back = button("Restaurer", "primary", "archive-restore")
        self.back.clicked.connect(self.restore)
        close = button("Fermer")
        close.clicked.connect(self.accept)
        note = label("Rien n’est effacé\u00a0: ce qui est ici peut revenir à sa place.", "second", "ink2")
        body = column(row(self.kinds, None), self.table, row(note, None, self.back, close), gap=10)
        body.setContentsMargins(18, 16, 18, 16)
        self.setLayout(body)
        self.kinds.currentIndexChanged.connect(self._show)
        self.resize(theme.scaled(780), theme.scaled(480))
        self._show(0)

    def _query(self, entity: Entity) -> Query:
        return Query(entity.shown, entity.order_by, entity.descending, in_bin=True)

    def _count(self, entity: Entity) -> int:
        with self._desk.read() as session:
            return listing.count(session, entity, self._query(entity))

    def _show(self, position: int) -> None:
        self.back.setEnabled(bool(self._entities))
        if not self._entities:
            self.kinds.addItem("La corbeille est vide") if not self.kinds.count() else None
            return
        entity = self._entities[position]
        self.model = ListModel(self._desk, entity)
        self.model.show(self._query(entity))
        self.table.setModel(self.model)
        self.table.set_columns([ListColumn(f.width, shape_of(f)) for f in self.model.fields])
        self.table.selectRow(0)

    def restore(self) -> None:
        """Put back the chosen ones; what another record took meanwhile is told, and nothing moves."""
        entity = self._entities[self.kinds.currentIndex()]
        rows = self.table.selectionModel().selectedRows()
        wanted = [i for i in (index.data(ID) for index in rows) if i]
        if wanted:
            told = f"{entity.counted(len(wanted))} de retour"
            self._desk.act(f"Restauration\u00a0: {told}", lambda s: records.restore(s, entity, wanted), told=told)
            self._show(self.kinds.currentIndex())
