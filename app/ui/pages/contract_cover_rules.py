"""The rules of a perimeter, and the assets taken out of them by hand."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import MISSING, Day, day, number, this_day
from app.services import perimeter, records
from app.services.perimeter import Excluded, RuleRow
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog
from app.ui.parts.basics import column, label, row
from app.ui.parts.buttons import button, set_available
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

ASSET = ENTITIES["asset"]
CONTRACT = ENTITIES["contract"]
RULE = ENTITIES["cover_rule"]
RULE_COLUMNS = (
    SmallColumn("Règle", 330),
    SmallColumn("Depuis le", 110),
    SmallColumn("Jusqu’au", 110),
    SmallColumn("Biens ce jour-là", 130, "number"),
)
OUT_COLUMNS = (
    SmallColumn("Bien", 260),
    SmallColumn("Règle", 220),
    SmallColumn("Dernier jour couvert", 160),
    SmallColumn("Motif", 320),
)
NO_RULE = (
    "Une règle couvre d’un coup tous les biens d’une famille ou d’un site, et suit les arrivées, les déménagements et "
    "les sorties."
)
NOTHING_OUT = "Aucun bien n’a été retiré d’une règle à la main."
NAMES = ("family_id", "site_id", "since", "until")


class RulesView(QWidget):
    def __init__(self, desk: Desk, contract_id: int) -> None:
        super().__init__()
        self._desk, self._contract = desk, contract_id
        self._rules: Sequence[RuleRow] = ()
        self.table = SmallTable(RULE_COLUMNS, name="Règles du périmètre")
        self.table.opened.connect(self.edit)
        add, self._change = button("Nouvelle règle…", icon="plus"), button("Modifier…", icon="pencil")
        self._stop = button("Arrêter…", icon="shield-off")
        add.clicked.connect(lambda: self.edit(None))
        self._change.clicked.connect(lambda: self.edit(self.table.currentIndex().row()))
        self._stop.clicked.connect(self.stop)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        self._why = label(NO_RULE, "second", "ink2", wrap=True)
        acts = row(None, self._stop, self._change, add, margins=(16, 4, 16, 8))
        self.setLayout(column(acts, self.table, row(self._why, margins=(16, 10, 16, 0)), None, gap=0))

    def show_rules(self, rules: Sequence[RuleRow]) -> None:
        self._rules = rules
        self.table.set_rows([_rule(one) for one in rules])
        self.table.setVisible(bool(rules))
        self._follow()

    def _follow(self) -> None:
        for one in (self._change, self._stop):
            set_available(one, self.table.selectionModel().hasSelection(), "Choisissez d’abord une règle.")

    def edit(self, position: int | None) -> None:
        rule = None if position is None else self._rules[position].id
        RuleForm(self._desk, self._contract, rule, self.window()).open()

    def stop(self) -> None:
        one = self._rules[self.table.currentIndex().row()]
        ActDialog(self._desk, stop_rule(one), self).open()


def stop_rule(one: RuleRow) -> Act:
    return Act(
        title="Arrêt d’une règle",
        verb="Arrêter la règle",
        icon="shield-off",
        intro=f"{one.text}\u00a0: la règle ne couvre plus rien après ce jour\u00a0; avant son début, elle est retirée.",
        fields=(Day(name="until", label="Dernier jour couvert", required=True),),
        start={"until": this_day()},
        run=lambda s, v: perimeter.stop_rule(s, one.id, v["until"]),
        told="Règle arrêtée",
    )


class RuleForm(FormDialog):
    """A rule; how many assets it takes today is told as it is typed."""

    def __init__(self, desk: Desk, contract_id: int, rule: int | None, parent: QWidget) -> None:
        start = {"contract_id": contract_id, "since": first_day(desk, contract_id)} if rule is None else None
        super().__init__(
            desk, RULE, rule, start, parent, only=NAMES, title="" if rule is None else "Règle de périmètre"
        )
        self._contract = contract_id
        self.form.on_change(lambda _: self._tell_count())
        self._tell_count()

    def _tell_count(self) -> None:
        values, _ = self.form.read()
        with self._desk.read() as session:
            count = perimeter.would_take(session, values.get("family_id"), values.get("site_id"))
        self.form.set_hint(
            "site_id", f"{ASSET.counted(count)} aujourd’hui." if count else "Une famille, un site, ou les deux."
        )

    def _save(self, values: dict[str, Any]) -> int:
        contract, rule = self._contract, self.record_id
        entered = self._desk.act("Règle de périmètre", lambda s: perimeter.save_rule(s, contract, values, rule))
        self._desk.tell_done(f"Règle enregistrée\u00a0: {ASSET.counted(entered)} en plus")
        return contract


class OutView(QWidget):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._out: Sequence[Excluded] = ()
        self.table = SmallTable(OUT_COLUMNS, name="Biens retirés à la main")
        self.table.opened.connect(lambda at: self._desk.go_to.emit(ASSET.key, self._out[at].asset_id))
        self.back = button("Remettre sous la règle", icon="rotate-ccw")
        self.back.clicked.connect(self.put_back)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        self._none = label(NOTHING_OUT, "second", "ink2")
        acts = row(None, self.back, margins=(16, 4, 16, 8))
        self.setLayout(column(acts, self.table, row(self._none, margins=(16, 10, 16, 0)), None, gap=0))

    def show_out(self, out: Sequence[Excluded]) -> None:
        self._out = out
        self.table.set_rows([_out(one) for one in out])
        self.table.setVisible(bool(out))
        self._none.setVisible(not out)
        self._follow()

    def _follow(self) -> None:
        set_available(self.back, self.table.selectionModel().hasSelection(), "Choisissez d’abord un bien.")

    def put_back(self) -> None:
        chosen = [self._out[index.row()] for index in self.table.selectionModel().selectedRows()]
        covers = [one.cover_id for one in chosen]
        told = f"{ASSET.counted(len(covers))} de nouveau sous la règle"
        self._desk.act("Remise sous la règle", lambda s: perimeter.put_back(s, covers, this_day()), told=told)


def _rule(one: RuleRow) -> list[Cell]:
    tone = "mute" if one.until is not None and one.until < this_day() else ""
    return [
        Cell(one.text, tone), Cell(day(one.since), tone), Cell(day(one.until), tone or ("" if one.until else "mute")),
        Cell(number(one.count), tone),
    ]  # fmt: skip


def _out(one: Excluded) -> list[Cell]:
    last = day(one.last_day) if one.last_day else "Jamais couvert"
    return [Cell(one.asset), Cell(one.rule), Cell(last), Cell(one.reason or MISSING)]


def first_day(desk: Desk, contract_id: int) -> date:
    """Today, or the day the contract begins if that is to come or if nothing is covered yet."""
    today = this_day()
    with desk.read() as session:
        starts: date = records.get(session, CONTRACT, contract_id).values["starts_on"]
        links = records.links(session, CONTRACT, contract_id)
    covered = any(link.entity == "covered_asset" and link.count for link in links)
    return max(today, starts) if covered else starts
