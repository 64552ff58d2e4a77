"""The perimeter of a contract: the assets covered, those added from a day on, those taken off on a day."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import Day, plural, this_day
from app.services import perimeter, records
from app.services.listing import Filter, Query
from app.services.perimeter import Covered
from app.ui.crud.record_views import LinkedList
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog
from app.ui.pages.chooser import Choosing, RecordsChooser
from app.ui.parts.basics import column, label, row
from app.ui.parts.buttons import button, set_available

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
        intro=f"{counted}\u00a0: {plural(len(covers), 'couvert')} jusqu’à ce jour inclus. Les tickets déjà "
        "ouverts gardent leur contrat.",
        fields=(Day(name="until", label="Dernier jour couvert", required=True),),
        start={"until": this_day()},
        run=lambda s, v: perimeter.uncover(s, covers, v["until"]),
        told=f"{counted} {plural(len(covers), 'retiré')} du contrat",
    )


class AssetChooser(RecordsChooser):
    """The list of assets, its filters (a site, a family…), and the day of the entry."""

    def __init__(self, desk: Desk, contract_id: int, parent: QWidget) -> None:
        status = ASSET.field("status")
        kept = tuple(status.options.of(one) for one in IN_USE)  # type: ignore[attr-defined]  # declared as a Choice
        asked = Choosing(
            title="Ajouter des biens au contrat",
            verb="Ajouter au contrat",
            hint="Filtrez par site ou par famille, puis choisissez.",
            entity=ASSET.key,
            query=Query(COLUMNS, ASSET.order_by, filters=(Filter("status", kept),)),
            day=SINCE,
            start=_first_day(desk, contract_id),
            run=lambda assets, since: covered_told(
                desk.act("Périmètre du contrat", lambda s: perimeter.cover(s, contract_id, assets, since))
            ),
        )
        super().__init__(desk, asked, parent)


def _first_day(desk: Desk, contract_id: int) -> date:
    """Today, or the day the contract begins if that is to come or if nothing is covered yet."""
    today = this_day()
    with desk.read() as session:
        starts: date = records.get(session, CONTRACT, contract_id).values["starts_on"]
        links = records.links(session, CONTRACT, contract_id)
    covered = any(link.entity == "covered_asset" and link.count for link in links)
    return max(today, starts) if covered else starts


def covered_told(done: Covered) -> str:
    told = f"{ASSET.counted(done.added)} {plural(done.added, 'ajouté')}" if done.added else "Aucun bien ajouté"
    return f"{told}, {done.already} y étai{'en' if done.already > 1 else ''}t déjà" if done.already else told
