"""The perimeter of a contract: the assets covered, those added from a day on, those taken off on a day."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QSizePolicy, QWidget

from app.entities import ENTITIES
from app.errors import AppError, InvalidFields
from app.fields import PARIS, Day
from app.services import records, terms
from app.services.listing import Filter, Query
from app.services.terms import Covered
from app.ui import theme
from app.ui.crud.editors import LineEditor
from app.ui.crud.list_panel import ListPanel
from app.ui.crud.record_views import LinkedList
from app.ui.desk import Desk
from app.ui.pages.acts import MANDATORY, Act, ActDialog
from app.ui.parts.basics import column, label, row
from app.ui.parts.buttons import button, set_available
from app.ui.parts.formshell import FormShell, dialog_buttons, dialog_foot
from app.ui.state import UiState

ASSET = ENTITIES["asset"]
CONTRACT = ENTITIES["contract"]
COLUMNS = ("number", "label", "family_id", "site_id", "person_id", "status")
IN_USE = ("in_service", "in_stock", "in_repair", "lent")
SINCE = Day(name="since", label="Couverts à partir du", required=True)


class CoverTab(QWidget):
    def __init__(self, desk: Desk, contract_id: int) -> None:
        super().__init__()
        self._desk, self._contract = desk, contract_id
        self.list = LinkedList(desk, "covered_asset", "contract_id", contract_id, "Aucun bien couvert pour l’instant")
        self.list.opened.connect(self._open)
        add = button("Ajouter des biens…", icon="plus")
        add.clicked.connect(self.add)
        self.remove_button = button("Retirer du contrat…", icon="shield-off")
        self.remove_button.clicked.connect(self.remove)
        self._count = label("", "body", "ink2")
        self.list.tallied.connect(self._tell)
        self.list.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        self.setLayout(
            column(row(self._count, None, self.remove_button, add, margins=(16, 8, 16, 8)), self.list, gap=0)
        )
        self._follow()

    def reload(self) -> None:
        self.list.reload()
        self._follow()

    def _tell(self, count: int) -> None:
        self._count.setText(ENTITIES["covered_asset"].counted(count) if count else "")

    def _follow(self) -> None:
        chosen = len(self.list.table.selectionModel().selectedRows())
        set_available(self.remove_button, bool(chosen), "Choisissez d’abord les biens à retirer.")

    def _open(self, cover_id: int) -> None:
        with self._desk.read() as session:
            asset = records.get(session, ENTITIES["covered_asset"], cover_id).values["asset_id"]
        self._desk.go_to.emit(ASSET.key, asset)

    def add(self) -> None:
        AssetChooser(self._desk, self._contract, self).open()

    def remove(self) -> None:
        covers = self.list.chosen_ids()
        if covers:
            ActDialog(self._desk, uncover(covers), self).open()


def uncover(covers: Sequence[int]) -> Act:
    counted = ASSET.counted(len(covers))
    return Act(
        title="Sortie du contrat",
        verb="Retirer",
        icon="shield-off",
        intro=f"{counted}\u00a0: couvert{'s' if len(covers) > 1 else ''} jusqu’à ce jour inclus. Les tickets déjà "
        "ouverts gardent leur contrat.",
        fields=(Day(name="until", label="Dernier jour couvert", required=True),),
        start={"until": datetime.now(PARIS).date()},
        run=lambda s, v: terms.uncover(s, covers, v["until"]),
        told=f"{counted} retiré{'s' if len(covers) > 1 else ''} du contrat",
    )


class AssetChooser(QDialog):
    """The list of assets, its filters (a site, a family…), and the day of the entry."""

    def __init__(self, desk: Desk, contract_id: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._contract = desk, contract_id
        self.setWindowTitle("Ajouter des biens au contrat")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        status = ASSET.field("status")
        kept = tuple(status.options.of(one) for one in IN_USE)  # type: ignore[attr-defined]  # declared as a Choice
        query = Query(COLUMNS, ASSET.order_by, filters=(Filter("status", kept),))
        self.panel = ListPanel(desk, ASSET, UiState(), query)
        self.since = LineEditor(SINCE)
        self.since.show(self._first_day())
        self.form = FormShell()
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.form.add("since", SINCE.label, self.since.widget, required=True)
        every = button("Tout choisir", "quiet", "list-checks", "Toutes les lignes de la liste, après vos filtres.")
        every.clicked.connect(self.panel.table.selectAll)
        self._chosen = label("", "body", "ink2")
        self.buttons = dialog_buttons("Ajouter au contrat")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.panel.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        foot = column(row(self._chosen, None, every), self.form, gap=6, margins=(16, 8, 16, 12))
        self.setLayout(
            column(
                8,
                self.panel,
                foot,
                dialog_foot("Filtrez par site ou par famille, puis choisissez.", self.buttons),
                gap=0,
            )
        )
        self.resize(theme.scaled(900), theme.scaled(600))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        self._follow()

    def _first_day(self) -> Any:
        """Today, or the day the contract begins if that is to come or if nothing is covered yet."""
        today = datetime.now(PARIS).date()
        with self._desk.read() as session:
            sheet = records.get(session, CONTRACT, self._contract)
            links = records.links(session, CONTRACT, self._contract)
        starts = sheet.values["starts_on"]
        covered = any(link.entity == "covered_asset" and link.count for link in links)
        return max(today, starts) if covered else starts

    def _follow(self) -> None:
        count = len(self.panel.table.selectionModel().selectedRows())
        self._chosen.setText(
            f"{ASSET.counted(count)} choisi{'s' if count > 1 else ''}" if count else "Aucun bien choisi"
        )

    def accept(self) -> None:
        try:
            done = self._cover()
        except AppError as error:
            self.form.set_problems(error.problems if isinstance(error, InvalidFields) else {"": str(error)})
            return
        self._desk.tell_done(covered_told(done))
        super().accept()

    def _cover(self) -> Covered:
        assets = self.panel.chosen_ids()
        if not assets:
            raise InvalidFields({"": "Choisissez au moins un bien dans la liste."})
        try:
            since = self.since.value()
        except ValueError as error:
            raise InvalidFields({"since": str(error)}) from error
        if since is None:
            raise InvalidFields({"since": MANDATORY})
        return self._desk.act("Périmètre du contrat", lambda s: terms.cover(s, self._contract, assets, since))


def covered_told(done: Covered) -> str:
    told = f"{ASSET.counted(done.added)} ajouté{'s' if done.added > 1 else ''}" if done.added else "Aucun bien ajouté"
    return f"{told}, {done.already} y étai{'en' if done.already > 1 else ''}t déjà" if done.already else told
