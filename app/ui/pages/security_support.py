"""The table of ends of support: where it is from, a newer one when the program has it, the assets it dates."""

from PySide6.QtWidgets import QVBoxLayout

from app.entities import ENTITIES
from app.fields import day, number
from app.jobs import Job
from app.services import support
from app.services.support import Refreshed, Updated
from app.ui.crud.page import EntityPage
from app.ui.desk import Desk
from app.ui.pages.security import date_systems
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, holder
from app.ui.parts.buttons import Button, button
from app.ui.state import UiState

SUPPORT_END = ENTITIES["support_end"]
NBSP = "\u00a0"


class SupportEndsPage(EntityPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, SUPPORT_END, state)
        self.banner = Banner(newer_told())
        self.banner.acted.connect(self.update_table)
        self._above = holder(column(self.banner, margins=(16, 0, 16, 8)))
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, self._above)
        self._tell_newer()

    def section_actions(self) -> list[Button]:
        dates = button(
            "Dater les biens",
            icon="calendar-clock",
            tip="Remplit et corrige les fins de support des biens, sans toucher à celles que vous avez saisies.",
        )
        dates.clicked.connect(lambda: date_systems(self.desk))
        return [dates, *super().section_actions()]

    def refresh(self) -> None:
        super().refresh()
        self._tell_newer()

    def _on_change(self, tables: frozenset[str]) -> None:
        super()._on_change(tables)
        if "setting" in tables:
            self._tell_newer()

    def _tell_newer(self) -> None:
        with self.desk.read() as session:
            self._above.setVisible(support.newer(session) is not None)

    def update_table(self) -> None:
        """The table of the program, then the dates of the assets: one act, which can be undone."""

        def make() -> Job[tuple[Updated, Refreshed]]:
            with self.desk.store.begin("Mise à jour des fins de support") as session:
                updated = support.update_table(session)
                return updated, (yield from support.refresh(session))

        self.desk.run("Mise à jour des fins de support", make, self._updated, "Annuler laisse tout comme avant.")

    def _updated(self, done: tuple[Updated, Refreshed]) -> None:
        self.desk.tell_done(updated_told(*done))


def newer_told() -> BannerData:
    return BannerData(
        "info",
        f"Le programme apporte une table plus récente, au {day(support.bundle().on)}",
        "Les lignes que vous avez corrigées ou ajoutées ne changent pas\u00a0; les biens sont datés de nouveau.",
        "Mettre à jour depuis le programme",
    )


def updated_told(table: Updated, dates: Refreshed) -> str:
    """« 12 lignes ajoutées, 3 changées, 1 gardée comme vous l’avez corrigée. 4 dates… »."""
    told = f"{_lines(table.added, 'ajoutée')}, {_lines(table.changed, 'changée')}"
    if table.kept:
        told += f", {_lines(table.kept, 'gardée')} comme vous l’avez voulu"
    return f"{told}. {dates.sentence}"


def _lines(count: int, done: str) -> str:
    s = "s" if count > 1 else ""
    return f"{number(count)}{NBSP}ligne{s} {done}{s}"
