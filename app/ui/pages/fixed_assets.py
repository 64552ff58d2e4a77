"""« Immobilisations »: the register in a financial year, what is to be decided, and what the inventory contradicts."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout

from app.entities import ENTITIES
from app.fields import NBSP, counted, day, this_day
from app.services import records
from app.services.fixed_assets import bought, decide, gaps, register
from app.services.fixed_assets.register import Year
from app.ui.crud.page import EntityPage
from app.ui.crud.pane import DetailPane, MenuAct
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.fixed_assets_decide import DecideView
from app.ui.pages.fixed_assets_exit import ExitDialog, bring_back
from app.ui.pages.fixed_assets_gaps import GapsView
from app.ui.pages.fixed_assets_pane import FixedAssetPane
from app.ui.parts.basics import frame, label, row
from app.ui.parts.buttons import Button
from app.ui.parts.chips import Chip
from app.ui.parts.crumbs import list_views
from app.ui.parts.empty import Beginning
from app.ui.state import UiState

LINE = ENTITIES["fixed_asset"]
VIEWS = ("Registre", "À décider", "Écarts physiques")
REGISTER, DECIDE, GAPS = range(3)
WATCHED = frozenset({
    "fixed_asset", "asset", "licence", "invoice", "invoice_line", "retirement", "campaign", "setting", "company",
})  # fmt: skip


class FixedAssetsPage(EntityPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, LINE, state)
        self.views = list_views(VIEWS)
        self.views.currentChanged.connect(self.show_view)
        self.year_chip, self.span = Chip("Exercice"), label("", "second", "ink2")
        self.year_chip.clicked.connect(self._offer_years)
        bar = frame("filters", row(self.views, None, self.span, self.year_chip, gap=10, margins=(16, 0, 16, 8)))
        self.decide, self.gaps = DecideView(desk), GapsView(desk)
        self.stack = QStackedWidget()
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101 - EntityPage made it
        layout.removeWidget(self.body)
        for view in (self.body, self.decide, self.gaps):
            self.stack.addWidget(view)
        layout.addWidget(bar)
        layout.addWidget(self.stack)
        for one in (self.decide, self.gaps):
            one.told.connect(lambda _: self.footed.emit(self.sentence()))
        self._primary: Button | None = None
        self._years: Sequence[Year] = self._read_years()
        self.take_year(self._years[0])
        self._count_views()

    def make_pane(self) -> DetailPane:
        self.line = FixedAssetPane(self.desk)
        return self.line

    def section_actions(self) -> list[Button]:
        actions = super().section_actions()
        self._primary = actions[-1]
        policy = self._primary.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._primary.setSizePolicy(policy)
        self._primary.destroyed.connect(self._forget_primary)
        self._primary.setVisible(self.views.currentIndex() == REGISTER)
        return actions

    def _forget_primary(self) -> None:
        self._primary = None

    # The year

    def _read_years(self) -> Sequence[Year]:
        """The newest first; there is always that of today."""
        with self.desk.read() as session:
            return register.years_told(session, this_day())

    def _offer_years(self) -> None:
        menu = QMenu(self)
        for year in self._years:
            menu.addAction(register.named(year), partial(self.take_year, year))
        menu.popup(self.year_chip.mapToGlobal(self.year_chip.rect().bottomLeft()))

    def take_year(self, year: Year) -> None:
        """The register as it was in that financial year."""
        self.year = year
        self.year_chip.set_value(register.named(year))
        self.span.setText(f"du {day(year.start)} au {day(year.end)}")
        self.panel.on = self.line.on = year.end
        self.panel.show_query(self.panel.query)
        if self.line.isVisible() and self.line.record_id:
            self.line.show_record(self.line.record_id)

    def export_notes(self) -> tuple[str, ...]:
        return (f"Exercice {self.span.text()}",)

    # The views

    def show_view(self, position: int) -> None:
        self.stack.setCurrentIndex(position)
        for one in (self.year_chip, self.span):
            one.setVisible(position == REGISTER)
        if self._primary is not None:
            self._primary.setVisible(position == REGISTER)
        self._read_view()
        self.footed.emit(self.sentence())

    def _read_view(self) -> None:
        at = self.views.currentIndex()
        if at == DECIDE:
            self.decide.refresh()
        elif at == GAPS:
            self.gaps.refresh()

    def _count_views(self) -> None:
        with self.desk.read() as session:
            counts = (bought.count(session), gaps.count(session, this_day()))
        for position, count in zip((DECIDE, GAPS), counts, strict=True):
            self.views.setTabText(position, f"{VIEWS[position]}  {count}" if count else VIEWS[position])

    def refresh(self) -> None:
        super().refresh()
        self._count_views()
        self._read_view()

    def _on_change(self, tables: frozenset[str]) -> None:
        if not tables & WATCHED:
            return
        super()._on_change(tables | {LINE.key})
        if self.isVisible():
            self._years = self._read_years()
            self._count_views()
            self._read_view()

    def sentence(self) -> str:
        at = self.views.currentIndex()
        return (super().sentence, self.decide.sentence, self.gaps.sentence)[at]()

    def show_record(self, record_id: int) -> None:
        """In a financial year that it was in."""
        self.views.setCurrentIndex(REGISTER)
        with self.desk.read() as session:
            values = records.get(session, LINE, record_id).values
            inside = register.line(session, record_id, self.year.end)
        if inside is None:
            wanted = values["exit_on"] or values["acquired_on"] or values["starts_on"] or this_day()
            self.take_year(next((one for one in self._years if one.start <= wanted <= one.end), self._years[0]))
        super().show_record(record_id)

    # What is done

    def acts_on(self, wanted: Sequence[int]) -> Sequence[MenuAct]:
        if len(wanted) != 1:
            return ()
        with self.desk.read() as session:
            sheet = records.get(session, LINE, wanted[0])
        if sheet.values["exit_on"] is None:
            return (("Sortir de l’actif…", lambda: ExitDialog(self.desk, wanted[0], self).open()),)
        back = bring_back(wanted[0], sheet.title)
        return (("Annuler la sortie…", lambda: ActDialog(self.desk, back, self).open()),)

    def to_bin(self, wanted: Sequence[int]) -> None:
        """What it was made of is to be decided again."""
        if wanted:
            self.close_pane()
            told = self.entity.counted(len(wanted))
            self.desk.act(
                f"Mise à la corbeille{NBSP}: {told}", lambda session: decide.to_bin(session, wanted),
                told=f"{told} à la corbeille",
            )  # fmt: skip

    def beginnings(self) -> list[Beginning]:
        with self.desk.read() as session:
            waiting = bought.count(session)
        ways = [Beginning("decide", f"Décider de {counted(waiting, 'achat')}", primary=True)] if waiting else []
        return [*ways, Beginning("new", "Nouvelle immobilisation", primary=not waiting)]

    def begin(self, key: str) -> None:
        if key == "decide":
            self.views.setCurrentIndex(DECIDE)
        else:
            super().begin(key)
