"""The perimeter of a contract: what it covers on a day, the rules that say so, what was taken out of them by hand."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.entities import ENTITIES
from app.fields import Day, Text, day_words, listed, number, plural, this_day
from app.services import perimeter, records
from app.services.listing import Filter, Query
from app.services.perimeter import Conflict, Covered, CoveredOn
from app.ui.crud.editors import LineEditor
from app.ui.crud.record_views import LinkedList
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog
from app.ui.pages.chooser import Choosing, RecordsChooser
from app.ui.pages.contract_cover_rules import OutView, RulesView, first_day
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, label, row
from app.ui.parts.buttons import Segment, Segments, button, set_available
from app.ui.parts.formshell import combo_box

ASSET = ENTITIES["asset"]
CONTRACT = ENTITIES["contract"]
COLUMNS = ("number", "label", "family_id", "site_id", "person_id", "status")
IN_USE = ("in_service", "in_stock", "in_repair", "lent")
FIRST = "Écrivez une règle, par famille ou par site, pour tout couvrir d’un coup\u00a0; ou ajoutez des biens un par un."
SINCE = Day(name="since", label="Couverts à partir du", required=True)
ON = Day(name="on", label="Couvert le")


class CoverTab(QWidget):
    """Assets, rules and exclusions, one at a time; the day asked is that of all three."""

    def __init__(self, desk: Desk, contract_id: int) -> None:
        super().__init__()
        self._desk, self._contract = desk, contract_id
        self.on = LineEditor(ON)
        self.on.widget.setAccessibleName("Couvert le, jour à regarder")
        self.on.show(this_day())
        self.on.on_change(self._follow_day)
        self._day = this_day()
        self._count = label("", "body", "ink2")
        self._conflicts = column(gap=0)
        views = [Segment("assets", "Biens"), Segment("rules", "Règles"), Segment("out", "Retirés à la main")]
        self.views = Segments(views, "Périmètre")
        self.views.set_value("assets")
        self.views.changed.connect(self.show_view)
        self.assets, self.rules, self.out = AssetsView(desk, contract_id), RulesView(desk, contract_id), OutView(desk)
        self.body = QStackedWidget()
        for view in (self.assets, self.rules, self.out):
            self.body.addWidget(view)
        told = row(label("Couvert le"), self.on.widget, self._count, None, self.views, margins=(16, 8, 16, 4))
        self.on.widget.setMaximumWidth(self.on.widget.sizeHint().width())
        self.setLayout(column(told, self._conflicts, self.body, gap=0))
        self.reload()

    @property
    def list(self) -> LinkedList:
        return self.assets.list

    def show_view(self, key: str) -> None:
        self.views.set_value(key)
        self.body.setCurrentIndex(["assets", "rules", "out"].index(key))

    def _follow_day(self) -> None:
        """A day half typed leaves the one before."""
        try:
            asked = self.on.value()
        except ValueError:
            return
        if asked is not None and asked != self._day:
            self._day = asked
            self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            found = perimeter.covered_on(session, self._contract, self._day)
            out = perimeter.excluded(session, self._contract)
        self._count.setText(told_on(found))
        empty_layout(self._conflicts)
        if found.conflicts:
            banner = Banner(conflict_banner(found.conflicts, self._day))
            banner.acted.connect(lambda: self._desk.go_to.emit(CONTRACT.key, found.conflicts[0].contract_id))
            self._conflicts.addLayout(row(banner, margins=(16, 4, 16, 4)))
        self.assets.show_day(found)
        self.rules.show_rules(found.rules)
        self.out.show_out(out)


def told_on(found: CoveredOn) -> str:
    """« 34 biens, dont 2 à la main »."""
    if not found.count:
        return "aucun bien ce jour-là"
    hand = f", dont {number(found.by_hand)} à la main" if found.by_hand and found.by_hand != found.count else ""
    return f"{ASSET.counted(found.count)}{hand}"


def conflict_banner(found: Sequence[Conflict], on: date) -> BannerData:
    told = [f"{one.number}\u00a0: {listed(one.assets, 3)}" for one in found]
    count = sum(one.count for one in found)
    title = f"{ASSET.counted(count)} {plural(count, 'est couvert', 'sont couverts')} aussi par un autre contrat"
    return BannerData(
        "warn", title, f"Le {day_words(on)}, vous payez deux fois. {' · '.join(told)}.", "Voir le contrat"
    )


class AssetsView(QWidget):
    def __init__(self, desk: Desk, contract_id: int) -> None:
        super().__init__()
        self._desk, self._contract, self._day = desk, contract_id, this_day()
        self.list = LinkedList(
            desk, "covered_asset", "contract_id", contract_id, "Aucun bien couvert ce jour-là", first=FIRST
        )
        self.list.opened.connect(self._open)
        add = button("Ajouter des biens…", icon="plus")
        add.clicked.connect(self.add)
        self.remove_button = button("Retirer du contrat…", icon="shield-off")
        self.remove_button.clicked.connect(self.remove)
        self.list.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        self.by = combo_box()
        self.by.setAccessibleName("Couverts par")
        self.by.activated.connect(lambda _: self._narrow())
        self.setLayout(column(row(self.by, None, self.remove_button, add, margins=(16, 4, 16, 8)), self.list, gap=0))
        self._follow()

    def show_day(self, found: CoveredOn) -> None:
        """The assets of that day; all of them, those put in by hand, or those of one rule."""
        self._day, kept = found.day, self.by.currentData()
        self.by.clear()
        self.by.addItem("À la main et par règle", ())
        self.by.addItem("À la main", (None,))
        for rule in found.rules:
            self.by.addItem(rule.text, (rule.id,))
        self.by.setCurrentIndex(max(0, self.by.findData(kept)))
        self.by.setVisible(bool(found.rules))
        self._narrow()

    def _narrow(self) -> None:
        by: tuple[int | None, ...] = tuple(self.by.currentData() or ())
        asked = (Filter("since", high=self._day), Filter("until", (None,), low=self._day))
        self.list.narrow((*asked, Filter("rule_id", by)) if by else asked)
        self._follow()

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
        if covers := self.list.chosen_ids():
            with self._desk.read() as session:
                by_rule = perimeter.by_rule(session, covers)
            ActDialog(self._desk, uncover(covers, by_rule), self).open()


def uncover(covers: Sequence[int], by_rule: int) -> Act:
    """`by_rule` of them are covered by a rule, which must not take them again: why is asked."""
    counted = ASSET.counted(len(covers))
    until = Day(name="until", label="Dernier jour couvert", required=True)
    why = Text(name="reason", label="Pourquoi", required=True, max_length=200,
               help="Une règle prend ces biens\u00a0: ils en resteront exclus, avec ce motif.")  # fmt: skip
    return Act(
        title="Sortie du contrat",
        verb="Retirer",
        icon="shield-off",
        intro=f"{counted}\u00a0: {plural(len(covers), 'couvert')} jusqu’à ce jour inclus. Les tickets déjà "
        "ouverts gardent leur contrat.",
        fields=(until, why) if by_rule else (until,),
        start={"until": this_day()},
        run=lambda s, v: perimeter.uncover(s, covers, v["until"], v.get("reason") or ""),
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
            start=first_day(desk, contract_id),
            run=lambda assets, since: covered_told(
                desk.act("Périmètre du contrat", lambda s: perimeter.cover(s, contract_id, assets, since))
            ),
        )
        super().__init__(desk, asked, parent)


def covered_told(done: Covered) -> str:
    told = f"{ASSET.counted(done.added)} {plural(done.added, 'ajouté')}" if done.added else "Aucun bien ajouté"
    return f"{told}, {done.already} y étai{'en' if done.already > 1 else ''}t déjà" if done.already else told
