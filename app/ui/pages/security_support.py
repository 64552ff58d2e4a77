"""The table of ends of support: where it is from, a newer one when the program has it, the assets it dates."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.entities import ENTITIES
from app.fields import MISSING, NBSP, day, number, this_day
from app.jobs import Job
from app.services import support
from app.services.listing import default_query
from app.services.support import Refreshed, System, Updated
from app.ui import theme
from app.ui.crud.page import EntityPage
from app.ui.desk import Desk
from app.ui.pages.security import date_systems
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, holder, label
from app.ui.parts.buttons import Button, button
from app.ui.parts.formshell import dialog_foot
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable
from app.ui.state import UiState

SUPPORT_END, ASSET = ENTITIES["support_end"], ENTITIES["asset"]
COLUMNS = (
    SmallColumn("Système", 240),
    SmallColumn("Version", 150),
    SmallColumn("Biens", 60, "number"),
    SmallColumn("Ce que dit la table", 330),
)
INTRO = (
    "Ces systèmes restent «\u00a0inconnus\u00a0», et ne sont jamais comptés comme suivis. "
    "Complétez la version ou l’édition dans la fiche des biens, ou ajoutez une ligne à la table."
)


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
        lost = button(
            "Systèmes sans date…", icon="circle-question-mark", tip="Ce que la table ne sait pas dater, et pourquoi."
        )
        lost.clicked.connect(self.show_systems)
        return [lost, dates, *super().section_actions()]

    def show_systems(self) -> None:
        with self.desk.read() as session:
            found = [one for one in support.systems(session, this_day()) if not one.told.end]
        if found:
            SystemsDialog(self.desk, found, self.window()).open()
        else:
            self.desk.done.emit("La table sait dater le système de chaque bien", 0)

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


class SystemsDialog(QDialog):
    """The systems of the assets that the table cannot date, and why; each opens its assets."""

    def __init__(self, desk: Desk, systems: Sequence[System], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._systems = desk, systems
        self.setWindowTitle("Systèmes sans date de fin de support")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        lines = [
            [Cell(one.name), Cell(one.version or MISSING), Cell(number(one.count)), Cell(one.told.why, "mute")]
            for one in systems
        ]
        self.table = SmallTable(COLUMNS, lines, "Systèmes sans date")
        self.table.opened.connect(self.follow)
        buttons = QDialogButtonBox()
        buttons.addButton(button("Fermer"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        intro = label(INTRO, "body", "ink2", wrap=True)
        head = holder(column(intro, margins=(16, 14, 16, 10)))
        note = "Entrée ou double clic ouvre les biens d’une ligne."
        self.setLayout(column(head, self.table, None, dialog_foot(note, buttons), gap=0))
        self.resize(theme.scaled(820), theme.scaled(170 + 26 * min(len(systems), 12)))

    def follow(self, at: int) -> None:
        one = self._systems[at]
        with self._desk.read() as session:
            ids = support.having(session, one.name, one.version)
        self.accept()
        self._desk.show_list.emit(ASSET.key, replace(default_query(ASSET), ids=ids))


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
