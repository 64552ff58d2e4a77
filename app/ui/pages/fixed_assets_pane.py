"""A line of the register beside its list: its figures of the year, its exit, its whole plan."""

from typing import Any

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import amount, day, number, this_day
from app.services.fixed_assets import exits, parts, plan, register
from app.services.fixed_assets.parts import Left
from app.services.fixed_assets.plan import PlanYear
from app.services.fixed_assets.register import RegisterLine
from app.services.records import Sheet
from app.ui.crud.pane import HISTORY, DetailPane, PaneTab, groups_of
from app.ui.desk import Desk
from app.ui.pages.fixed_assets_exit import COLUMNS as ENTRY_COLUMNS
from app.ui.pages.fixed_assets_exit import ExitDialog, entries_rows, exit_facts
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, holder, label, scrolled
from app.ui.parts.buttons import icon_button
from app.ui.parts.empty import EmptyState
from app.ui.parts.facts import Fact, FactGroup
from app.ui.parts.section import SectionPart
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

LINE = ENTITIES["fixed_asset"]
MARGINS = (17, 12, 17, 12)
YEARS = (
    SmallColumn("Exercice clos le", 112), SmallColumn("Jours", 56, "number"), SmallColumn("Dotation", 92, "number"),
    SmallColumn("Amorti", 92, "number"), SmallColumn("Reste", 92, "number"),
)  # fmt: skip
WAITING = "Écrivez sa mise en service\u00a0: l’amortissement part de ce jour."


class FixedAssetPane(DetailPane):
    """`on` is a day of the financial year that the list shows."""

    watched = frozenset({"setting", "company", "account", "retirement"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, LINE)
        self.on = this_day()
        self._told = column(gap=8)
        self.entries = SectionPart("Écritures proposées, en euros")
        self.table = SmallTable(ENTRY_COLUMNS, (), "Écritures proposées")
        self.entries.body.addWidget(self.table)
        self.out = icon_button("log-out", "Sortir de l’actif…")
        self.out.clicked.connect(self.take_out)
        self.add_act(self.out)

    def facts_body(self) -> QWidget:
        return holder(column(self._told, self.facts, self.entries, gap=12))

    def tabs_of(self, session: Any) -> list[PaneTab]:
        """The plan after the facts; of what it is made of, only what there is."""
        first, *others = super().tabs_of(session)
        kept = [tab for tab in others if tab.count or tab.title in {"Biens", "Documents", HISTORY}]
        return [first, PaneTab("Plan", self._plan), *kept]

    def show_facts(self, sheet: Sheet) -> None:
        out = sheet.values["exit_on"]
        with self._desk.read() as session:
            line = register.line(session, sheet.id, out or self.on)
            ready, left = exits.proposed(session, sheet.id), parts.left(session, sheet.id)
            found = exits.entries(session, sheet.id, line.exit) if line and line.exit else ()
        self.out.setVisible(out is None)
        empty_layout(self._told)
        if ready:
            self._told.addWidget(self._proposed(ready[0].values))
        if left is not None:
            self._told.addWidget(self._parted(left))
        self.facts.set_groups([*self._figures(line), *groups_of(LINE, sheet)])
        self.table.set_rows(entries_rows(found))
        self.entries.setVisible(bool(found))

    def _figures(self, line: RegisterLine | None) -> list[FactGroup]:
        """Of the year shown; of that of its exit once it left."""
        if line is None:
            return []
        if line.exit is not None:
            return [exit_facts(line.exit, f"Sortie le {day(line.exit.on)}")]
        return [
            FactGroup(
                "Dans l’exercice",
                [
                    Fact("Amorti avant", amount(line.opening)),
                    Fact("Dotation", amount(line.charge), note="" if line.starts_on else "sans mise en service"),
                    Fact("Reste (VNC)", amount(line.book_value)),
                ],
            )
        ]

    def _proposed(self, values: Any) -> Banner:
        on = values["exit_on"]
        when = f" depuis le {day(on)}" if on else ""
        told = BannerData(
            "warn", f"Ses biens ont quitté l’entreprise{when}", "Elle est encore à l’actif.", "Sortir…",
            action_icon="log-out",
        )  # fmt: skip
        banner = Banner(told)
        banner.acted.connect(self.take_out)
        return banner

    def _parted(self, left: Left) -> Banner:
        told = BannerData(
            "warn",
            f"Une partie est sortie\u00a0: {left.told}",
            "Donnez une ligne à cette part, pour la sortir.",
            "Séparer",
        )
        banner = Banner(told)
        banner.acted.connect(self.split)
        return banner

    def split(self) -> None:
        """The share of what left becomes a line, shown at once."""
        title = self.title.text()
        line = self._desk.act(
            f"Séparer\u00a0: {title}", lambda session: parts.split(session, self.record_id),
            told=f"La part sortie de {title} a sa ligne",
        )  # fmt: skip
        self._desk.go_to.emit(LINE.key, line)

    def take_out(self) -> None:
        ExitDialog(self._desk, self.record_id, self).open()

    def _plan(self) -> QWidget:
        with self._desk.read() as session:
            found, how = plan.plan(session, self.record_id), plan.method(session)
        if not found:
            return EmptyState("calendar-clock", "Rien n’est amorti", WAITING)
        counting = "mois de 30 jours, année de 360" if how.count == "thirty" else "jours réels, année de 365"
        note = label(f"Linéaire, en {counting}. La dernière année absorbe les centimes.", "second", "ink2", wrap=True)
        table = SmallTable(YEARS, [self._year(one) for one in found], "Plan d’amortissement", most=40)
        return scrolled(holder(column(table, note, None, gap=10, margins=MARGINS)))

    def _year(self, one: PlanYear) -> list[Cell]:
        strong = one.start <= self.on <= one.end
        texts = (
            day(one.end),
            number(one.days),
            *(amount(cents, "") for cents in (one.charge, one.total, one.book_value)),
        )
        return [Cell(text, strong=strong) for text in texts]
