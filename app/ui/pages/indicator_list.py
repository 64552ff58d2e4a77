"""Every indicator on one page, those of the dashboard and the others: value, target, state, what it serves."""

from app.fields import MISSING
from app.jobs import Job
from app.kpi import REGISTRY
from app.services import board
from app.services.board import Board
from app.services.indicators import IndicatorState, Tile
from app.ui import ask
from app.ui.desk import Desk
from app.ui.pages.indicator_page import FiguresPage
from app.ui.pages.indicator_words import nothing
from app.ui.pages.indicators import ENTITY, board_sentence, place_of, table_card
from app.ui.parts.awaited import Awaited
from app.ui.parts.basics import column, holder, label, scrolled
from app.ui.parts.buttons import Button, button
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable
from app.ui.state import UiState

COLUMNS = (
    SmallColumn("Indicateur", 270),
    SmallColumn("Valeur", 110, "number"),
    SmallColumn("Objectif", 90, "number"),
    SmallColumn("État", 130, "badge"),
    SmallColumn("Écart", 112, "number"),
    SmallColumn("Compté sur", 120, "number"),
    SmallColumn("Sert l’objectif", 240, elastic=True),
    SmallColumn("Tuile", 70),
)
NOTE = "l’écart est celui de la période précédente\u00a0; un double clic ouvre l’indicateur"


class IndicatorsPage(FiguresPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, state)
        self.table = SmallTable(COLUMNS, (), "Tous les indicateurs", most=len(REGISTRY))
        self.table.opened.connect(lambda at: desk.go_to.emit(ENTITY, place_of(self.figures[at].code)))
        card = table_card("Tous les indicateurs", NOTE, label(""), self.table)
        self.lay_out(Awaited(scrolled(holder(column(card, None, gap=12, margins=(16, 4, 16, 12))))))
        self.setFocusProxy(self.table)

    def section_actions(self) -> list[Button]:
        excel = button("Excel", icon="file-spreadsheet", tip="Exporter les indicateurs")
        excel.clicked.connect(self.export)
        return [excel]

    def reading(self) -> Job[Board]:
        asked = self.choice.asked
        return board.every_job(self.desk.store, asked.period, asked.scope)

    def show_figures(self, found: Board) -> None:
        self.table.set_rows([_line(one, found.chosen) for one in self.figures])

    def sentence(self) -> str:
        return board_sentence(self.figures)

    def export(self) -> None:
        """All of them with their twelve periods, as a workbook."""
        path = self.desk.ask.file_to_save(self, "Exporter les indicateurs", "indicateurs.xlsx", ask.EXCEL)
        if path:
            from app.ui.pages import indicator_excel  # noqa: PLC0415 - openpyxl is read when a workbook is asked for

            figures, asked = self.figures, self.choice.asked
            self.desk.run(
                "Export des indicateurs",
                lambda: indicator_excel.board_job(self.desk, figures, asked, path),
                lambda count: self.desk.done.emit(f"{count}\u00a0indicateurs\u00a0: {path.name}", 0),
                "Annuler ne laisse aucun fichier.",
            )


def _line(one: Tile, chosen: tuple[str, ...]) -> list[Cell]:
    none = one.state == IndicatorState.NONE
    aim = one.target_text.removeprefix("Objectif ") if one.target is not None else MISSING
    return [
        Cell(one.label, strong=one.code in chosen),
        Cell(one.text, "mute" if none else "", strong=not none),
        Cell(aim, "" if one.target is not None else "mute"),
        Cell(one.state.label, mark=Mark(one.state.tone, loud=one.state.loud)),
        Cell(one.change, "mute" if one.change == MISSING else ""),
        Cell(nothing(REGISTRY[one.code])[0] if none else one.n_text, "mute"),
        Cell(one.objective or MISSING, "" if one.objective else "mute"),
        Cell(f"n°\u00a0{chosen.index(one.code) + 1}" if one.code in chosen else MISSING, "mute"),
    ]
