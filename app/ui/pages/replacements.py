"""« Remplacements »: what is to be replaced over three years, why, for how much; and what the manager decides of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QSizePolicy, QWidget

from app.entities import ENTITIES
from app.fields import MISSING, amount, counted, joined, number, plural, this_day
from app.reports.replacements_data import Total
from app.services.listing import default_query
from app.services.replacements.paper import decision
from app.services.replacements.plan import Plan, read_job, summed
from app.services.replacements.reading import Item
from app.ui import tokens
from app.ui.desk import Desk
from app.ui.pages import papers
from app.ui.pages import replacements_acts as acts
from app.ui.pages.base import Page
from app.ui.pages.fixed_assets_rows import Column, RowsList
from app.ui.parts.awaited import Awaited
from app.ui.parts.basics import Glyph, column, empty_layout, frame, holder, label, row
from app.ui.parts.buttons import Button, button, icon_button, set_available
from app.ui.parts.crumbs import list_views
from app.ui.parts.empty import Beginning, EmptyState
from app.ui.parts.marks import Mark
from app.ui.parts.tiles import FigureCard, FigureData
from app.ui.state import UiState

KIND = "remplacements"
WATCHED = frozenset({
    "asset", "family", "expertise", "expertise_sheet", "replacement", "intervention", "part", "ticket", "site",
    "person", "contract", "setting", "company",
})  # fmt: skip


def _mark(one: Item) -> Mark:
    """Postponed and kept are told by their own tone; another year or budget is a choice like another."""
    if one.choice is None or not decision(one):
        return Mark("")
    return Mark("info" if one.choice == "replace" else one.choice.tone, one.choice != "replace")


COLUMNS: tuple[Column[Item], ...] = (
    Column("N°", 92, lambda one: one.number),
    Column("Bien", 190, lambda one: one.label, elastic=True),
    Column("Famille", 130, lambda one: one.family, aside=True),
    Column("Site, détenteur", 170, lambda one: joined(one.site, one.holder, by=", ") or MISSING, aside=True),
    Column("Pourquoi", 300, lambda one: joined(one.reason, one.why, by=" · "), elastic=True),
    Column("Année", 74, lambda one: str(one.year or MISSING), key=lambda one: one.on or date.max),
    Column("Budget", 104, lambda one: amount(one.cents), "number", key=lambda one: one.cents or 0),
    Column("D’où", 176, lambda one: one.basis.label, aside=True),
    Column("Décision", 130, lambda one: decision(one) or MISSING, "badge", mark=_mark),
)
WHY = (
    "Dites quand vos biens ont été mis en service, ou faites-en l’expertise\u00a0: le programme propose l’année\n"
    "de leur remplacement et son budget, et vous en décidez."
)
WAYS = [
    Beginning("asset", "Voir les biens", "monitor"),
    Beginning("expertise", "Voir les expertises", "clipboard-check"),
]
GAP, MARGIN = 20, 16
NONE_CHOSEN = "Choisissez d’abord des biens dans la liste."


class ReplacementsPage(Page):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, state)
        self.plan: Plan | None = None
        self._asked = self._read = 0
        self._acts: list[Button] = []
        year = this_day().year
        self.views = list_views(["Les trois ans", *(str(year + at) for at in range(3)), "Reportés au-delà", "Gardés"])
        self.views.currentChanged.connect(lambda _: self._show())
        empty = EmptyState("replace", "Aucun bien à remplacer", WHY, WAYS)
        empty.chosen.connect(lambda key: desk.show_list.emit(key, None))
        self.list: RowsList[Item] = RowsList("Plan de remplacement", COLUMNS, empty)
        self.list.chose.connect(self._tell)
        self.list.activated.connect(lambda one: desk.go_to.emit("asset", one.asset_id))
        self.list.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.table.customContextMenuRequested.connect(self._offer)
        self._figures, self._remarks = row(gap=12), column(gap=2)
        self._beside = row(self._figures, self._remarks, gap=GAP, margins=(MARGIN, 12, MARGIN, 10))
        self._beside.setStretch(1, 1)
        self._band = frame("filters", column(row(self.views, None, margins=(MARGIN, 0, 8, 8)), self._beside, gap=0))
        self._band.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._band.setMinimumWidth(1)  # what is to be looked at goes under the figures rather than hold the window wide
        self.body = Awaited(holder(column(self._band, self.list, gap=0)))
        self.setLayout(column(self.body, gap=0))
        self.setFocusProxy(self.list)
        desk.changed.connect(self._on_change)
        self.refresh()

    def section_actions(self) -> list[Button]:
        see = button("Voir le plan…", icon="printer", tip="En PDF ou en Excel, avec le budget par famille.")
        see.clicked.connect(self.print_paper)
        more = icon_button("ellipsis", "Autres décisions sur ces biens")
        more.clicked.connect(lambda: self._menu().popup(more.mapToGlobal(QPoint(0, more.height()))))
        kept = button("Garder…")
        kept.clicked.connect(lambda: acts.keep(self.desk, self.list.chosen(), self))
        put = button("Choisir l’année…", "primary", "calendar-check")
        put.clicked.connect(lambda: acts.put_in(self.desk, self.list.chosen(), self))
        self._acts = shown = [more, kept, put]
        for one in shown:
            one.destroyed.connect(shown.clear)  # the bar lets go of them when another section comes
        self._follow()
        return [see, *shown]

    def _follow(self) -> None:
        for one in self._acts:
            set_available(one, bool(self.list.chosen()), NONE_CHOSEN)

    # What is shown

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._place)

    def _place(self) -> None:
        """What is to be looked at, at the right of the figures where there is room."""
        sides = (self._figures, self._remarks)
        for one in sides:
            one.invalidate()
        wide = sum(one.sizeHint().width() for one in sides) + GAP + 2 * MARGIN
        way = QBoxLayout.Direction.LeftToRight if wide <= self.width() else QBoxLayout.Direction.TopToBottom
        self._beside.setDirection(way)

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & WATCHED and self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read again beside the window; what is shown stays until then."""
        self._asked += 1
        job = read_job(self.desk.store, this_day())  # begun by the thread, which then knows nothing of the page
        self.desk.jobs.watch(lambda: job, partial(self._got, self._asked))

    @property
    def is_reading(self) -> bool:
        return self._read != self._asked

    def _got(self, asked: int, found: Plan) -> None:
        if asked != self._asked:
            return  # something changed since: a newer one is on its way
        self.plan, self._read = found, asked
        self.body.has_come()
        self._band.setVisible(not found.is_empty or bool(found.remarks))
        self._show_figures(found)
        for at, (title, rows) in enumerate(self._views()):
            self.views.setTabText(at, f"{title}  {number(len(rows))}" if rows else title)
        self._show()
        self.counted.emit(len(found.items))

    def _views(self) -> Sequence[tuple[str, Sequence[Item]]]:
        found = self.plan
        assert found is not None  # noqa: S101 - it was read
        years = [(str(year), found.of_year(year)) for year in found.years]
        return [("Les trois ans", found.items), *years, ("Reportés au-delà", found.later), ("Gardés", found.kept)]

    def _show_figures(self, found: Plan) -> None:
        """The budget of each year, which shows its assets; what is to be looked at, which lists them."""
        empty_layout(self._figures)
        for at, (year, its) in enumerate(zip(found.years, found.by_year, strict=True), 1):
            self._figures.addWidget(self._card(str(year), its, at))
        self._figures.addWidget(self._card("Les trois ans", found.total, 0))
        empty_layout(self._remarks)
        for one in found.remarks:
            follow = button(one.title, "link", tip=one.why)
            follow.clicked.connect(partial(self._list, one.ids))
            line = row(Glyph(tokens.GLYPHS[one.tone], f"{one.tone}.solid", 15), follow, None, gap=6)
            self._remarks.addLayout(line)
        if not found.remarks:
            self._remarks.addWidget(label("Rien d’autre à regarder.", "second", "ink2"))
        self._remarks.addStretch(1)
        QTimer.singleShot(0, self, self._place)  # once what was added has its font

    def _card(self, title: str, its: Total, view: int) -> QWidget:
        words = self.plan.words if self.plan else ""
        bare = f", {number(its.unpriced)} non {plural(its.unpriced, 'chiffré')}" if its.unpriced else ""
        cents = amount(its.cents).replace(",00", "")
        note = f"{counted(its.count, 'bien')}{bare}" if its.count else "aucun bien"
        made = FigureCard(FigureData(title, title, cents, words if its.cents is not None else "", note))
        made.setMinimumWidth(made.design_size().width())
        made.clicked.connect(lambda: self.views.setCurrentIndex(view))
        return made

    def _list(self, ids: tuple[int, ...]) -> None:
        self.desk.show_list.emit("asset", replace(default_query(ENTITIES["asset"]), ids=ids))

    def _show(self) -> None:
        if self.plan is None:
            return
        kept = {one.asset_id for one in self.list.chosen()}
        self.list.show_rows(self._views()[self.views.currentIndex()][1])
        flags = self.list.table.selectionModel().SelectionFlag
        for at, one in enumerate(self.list.model.rows):
            if one.asset_id in kept:
                self.list.table.selectionModel().select(self.list.model.index(at, 0), flags.Select | flags.Rows)
        self._tell()

    def _tell(self) -> None:
        self._follow()
        self.footed.emit(self.sentence())

    def sentence(self) -> str:
        """« 13 biens affichés · 10 090,00 € HT · 2 choisis, 1 310,00 € HT »."""
        if self.plan is None:
            return ""
        shown, chosen = self.list.model.rows, self.list.chosen()
        told = [f"{counted(len(shown), 'bien')} {plural(len(shown), 'affiché')}", self._sum(shown)]
        if chosen:
            told.append(joined(counted(len(chosen), "choisi"), self._sum(chosen), by=", "))
        return "  ·  ".join(one for one in told if one)

    def _sum(self, items: Sequence[Item]) -> str:
        cents = summed(items).cents
        return "" if cents is None or self.plan is None else f"{amount(cents)} {self.plan.words}"

    # What is done

    def new(self) -> None:
        """Ctrl+N puts what is chosen in a year."""
        self._on_chosen(acts.put_in)

    def edit(self) -> None:
        self._on_chosen(acts.put_in)

    def _on_chosen(self, act: Callable[[Desk, Sequence[Item], QWidget], None]) -> None:
        if chosen := self.list.chosen():
            act(self.desk, chosen, self)

    def _menu(self) -> QMenu:
        chosen, menu = self.list.chosen(), QMenu(self)
        menu.addAction("Choisir l’année…", partial(self._on_chosen, acts.put_in))
        menu.addAction("Garder…", partial(self._on_chosen, acts.keep))
        menu.addAction("Fixer le budget…", partial(self._on_chosen, acts.price))
        if any(one.choice for one in chosen):
            menu.addAction("Revenir à la proposition", lambda: acts.forget(self.desk, chosen))
        menu.addSeparator()
        if len(chosen) == 1:
            menu.addAction("Ouvrir le bien", lambda: self.desk.go_to.emit("asset", chosen[0].asset_id))
        menu.addAction("Voir dans la liste des biens", lambda: self._list(tuple(one.asset_id for one in chosen)))
        return menu

    def _offer(self, spot: QPoint) -> None:
        if self.list.chosen():
            self._menu().popup(self.list.table.viewport().mapToGlobal(spot))

    def print_paper(self) -> None:
        papers.preview(self.desk, KIND, self)
