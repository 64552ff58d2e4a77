"""The tab « Critères et prix » of a consultation: how offers will be judged, and what they must price."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.fields import NBSP, counted, plural
from app.services import consultation_request, consultation_view, consultations
from app.services.consultation_view import CriterionRow, LineRow, quantity_text
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.pages import consultation_lines
from app.ui.pages.consultation_lines import Lines, LinesDialog
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, holder, label, row, scrolled
from app.ui.parts.buttons import Button, button
from app.ui.parts.card import Card
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

CRITERIA = (
    SmallColumn("Critère", 260), SmallColumn("Poids", 90, "number"), SmallColumn("Note", 190),
    SmallColumn("Ce qui est jugé", 560),
)  # fmt: skip
GRID = (
    SmallColumn("Désignation", 520), SmallColumn("Unité", 180), SmallColumn("Quantité", 110, "number"),
    SmallColumn("Comparée", 200),
)  # fmt: skip
NO_CRITERIA = "Aucun critère. Le programme en propose cinq, que vous corrigez."
NO_GRID = "Aucune ligne. Le programme les propose d’après le projet de contrat et les biens à couvrir."
LOCKED = "L’offre est retenue\u00a0: ce sur quoi elle a été jugée ne change plus."
MOST = 40


class TermsTab(QWidget):
    def __init__(self, desk: Desk, consultation_id: int) -> None:
        super().__init__()
        self._desk, self._id = desk, consultation_id
        self.criteria_button = _edit_button(self.edit_criteria)
        self.grid_button = _edit_button(self.edit_grid)
        self._criteria = Card("Critères de choix", corner=self.criteria_button, flush=True)
        self._grid = Card("Grille de prix", corner=self.grid_button, flush=True)
        self._warning = column(gap=0)
        body = column(self._warning, self._criteria, self._grid, None, gap=12, margins=PAGE_MARGINS)
        self.setLayout(column(scrolled(holder(body))))
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            self.criteria = consultation_view.criteria_of(session, self._id)
            self.lines = consultation_view.grid_of(session, self._id)
            self.locked = consultations.is_awarded(session, self._id)
        self._warn()
        self._show_criteria()
        self._show_grid()

    def _warn(self) -> None:
        empty_layout(self._warning)
        told = consultation_view.weights_warning(self.criteria)
        if self.locked or told:
            tone, title = ("info", LOCKED) if self.locked else ("warn", told)
            self._warning.addWidget(Banner(BannerData(tone, title)))

    def _show_criteria(self) -> None:
        self.criteria_button.setText("Modifier…" if self.criteria else "Proposer les critères…")
        self.criteria_button.setVisible(not self.locked)
        rows = [_criterion(one) for one in self.criteria]
        _fill(self._criteria, SmallTable(CRITERIA, rows, "Critères de choix", MOST) if rows else None, NO_CRITERIA)

    def _show_grid(self) -> None:
        self.grid_button.setText("Modifier…" if self.lines else "Proposer la grille…")
        self.grid_button.setVisible(not self.locked)
        options = sum(one.optional for one in self.lines)
        told = f", dont {options}{NBSP}{plural(options, 'option')}" if options else ""
        self._grid.note.setText(f"{counted(len(self.lines), 'ligne')}{told}" if self.lines else "")
        rows = [_line(one) for one in self.lines]
        _fill(self._grid, SmallTable(GRID, rows, "Grille de prix", MOST) if rows else None, NO_GRID)

    def edit_criteria(self) -> None:
        start = [
            {"id": one.id, "label": one.label, "weight": one.weight, "is_price": one.is_price, "meaning": one.meaning}
            for one in self.criteria
        ]
        self._open(consultation_lines.criteria(self._id, start or consultations.usual_criteria()))

    def edit_grid(self) -> None:
        start = [
            {"id": one.id, "label": one.label, "unit": one.unit, "quantity": one.quantity, "optional": one.optional}
            for one in self.lines
        ]
        if not start:
            with self._desk.read() as session:
                start = consultation_request.usual_grid(session, self._id)
        self._open(consultation_lines.grid(self._id, start))

    def _open(self, about: Lines) -> None:
        LinesDialog(self._desk, about, self).open()


def _edit_button(act: Callable[[], None]) -> Button:
    made = button("Modifier…", icon="pencil")
    made.clicked.connect(act)
    return made


def _fill(card: Card, table: SmallTable | None, otherwise: str) -> None:
    empty_layout(card.body)
    if table is None:
        card.body.addLayout(row(label(otherwise, "body", "ink2", wrap=True), margins=(16, 10, 16, 4)))
    else:
        card.body.addWidget(table)


def _criterion(one: CriterionRow) -> list[Cell]:
    noted = "calculée sur le prix" if one.is_price else "donnée par vous, de 0 à 5"
    return [Cell(one.label), Cell(f"{one.weight}{NBSP}%"), Cell(noted, "mute"), Cell(one.meaning or "–")]


def _line(one: LineRow) -> list[Cell]:
    told = "en option, à part" if one.optional else "ferme"
    return [
        Cell(one.label),
        Cell(one.unit or "–"),
        Cell(quantity_text(one.quantity)),
        Cell(told, "mute" if one.optional else ""),
    ]
