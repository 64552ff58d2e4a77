"""The tab « Offres » of a consultation: the providers asked, what each answered."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import Day, amount, counted, day, plural, this_day
from app.services import consultation_offers, consultation_view, consultations, listing, records
from app.services.consultation_view import Comparison, Standing
from app.services.consultation_words import note_text
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.pages.chooser import Choosing, RecordsChooser
from app.ui.pages.consultation_offer import OfferDialog
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, holder, row, scrolled
from app.ui.parts.buttons import button, set_available
from app.ui.parts.card import Card
from app.ui.parts.empty import Beginning, EmptyState
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

OFFER, PROVIDER = ENTITIES["offer"], ENTITIES["provider"]
COLUMNS = (
    SmallColumn("Prestataire", 210), SmallColumn("État", 140, "badge"), SmallColumn("Reçue le", 105),
    SmallColumn("Valable jusqu’au", 125), SmallColumn("Total ferme HT", 130, "number"),
    SmallColumn("Options HT", 115, "number"), SmallColumn("Note sur 5", 95, "number"),
    SmallColumn("Ce qui manque", 330),
)  # fmt: skip
INVITED_ON = Day(name="invited_on", label="Consultés le", required=True)
EMPTY = "Demandez une offre à deux prestataires au moins, sur le même cahier des charges."
CHOOSE_FIRST = "Choisissez d’abord une offre dans la liste."


class OffersTab(QWidget):
    def __init__(self, desk: Desk, consultation_id: int) -> None:
        super().__init__()
        self._desk, self._id = desk, consultation_id
        self.invite_button = button("Consulter des prestataires…", icon="plus")
        self.invite_button.clicked.connect(self.invite)
        self.enter_button = button("Saisir l’offre…", icon="pen-line")
        self.enter_button.clicked.connect(lambda: self.enter(self._chosen()))
        self.remove_button = button("Retirer", "quiet", "trash-2")
        self.remove_button.clicked.connect(self.remove)
        corner = holder(row(self.remove_button, self.enter_button, self.invite_button, gap=8))
        self.table = SmallTable(COLUMNS, (), "Offres", most=20)
        self.table.opened.connect(self.enter)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        self._card = Card("Prestataires consultés", corner=corner, flush=True)
        self._card.body.addWidget(self.table)
        self._empty = EmptyState(
            "inbox",
            "Aucun prestataire consulté",
            EMPTY,
            [Beginning("invite", "Consulter des prestataires…", "plus")],
        )
        self._empty.chosen.connect(lambda _: self.invite())
        self._banner = column(gap=0)
        body = column(self._banner, self._card, self._empty, None, gap=12, margins=PAGE_MARGINS)
        self.setLayout(column(scrolled(holder(body))))
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            self.shown: Comparison = consultation_view.comparison(session, self._id)
            self._locked = consultations.is_awarded(session, self._id)
        self.offers: Sequence[Standing] = (*self.shown.standings, *self.shown.silent)
        self.table.set_rows([_cells(one) for one in self.offers])
        self._card.setVisible(bool(self.offers))
        self._empty.setVisible(not self.offers)
        empty_layout(self._banner)
        if self.shown.warning and self.offers:
            self._banner.addWidget(Banner(BannerData("warn", self.shown.warning)))
        self.invite_button.setVisible(not self._locked)
        self.remove_button.setVisible(not self._locked)
        self._follow()

    def _chosen(self) -> int:
        """The row chosen; -1 for none."""
        rows = self.table.selectionModel().selectedRows()
        return rows[0].row() if rows else -1

    def _follow(self) -> None:
        chosen = self._chosen()
        set_available(self.enter_button, chosen >= 0 and not self._locked, CHOOSE_FIRST)
        set_available(self.remove_button, chosen >= 0, CHOOSE_FIRST)

    def enter(self, position: int) -> None:
        if 0 <= position < len(self.offers) and not self._locked:
            OfferDialog(self._desk, self.offers[position].id, self).open()

    def remove(self) -> None:
        chosen = self._chosen()
        if chosen >= 0:
            one = self.offers[chosen]
            self._desk.act(
                f"Offre de {one.provider} retirée",
                lambda s: records.to_bin(s, OFFER, [one.id]),
                told=f"Offre de {one.provider} retirée de la consultation",
            )

    def invite(self) -> None:
        asked = Choosing(
            title="Consulter des prestataires",
            verb="Consulter",
            hint="Un prestataire déjà consulté ne l’est pas deux fois.",
            entity=PROVIDER.key,
            query=listing.default_query(PROVIDER),
            day=INVITED_ON,
            start=this_day(),
            run=self._invited,
        )
        RecordsChooser(self._desk, asked, self).open()

    def _invited(self, providers: Sequence[int], on: date) -> str:
        n = self._desk.act(
            "Prestataires consultés", lambda s: consultation_offers.invite(s, self._id, list(providers), on)
        )
        return f"{counted(n, 'prestataire')} {plural(n, 'consulté')}" if n else "Ils étaient déjà consultés"


def _cells(one: Standing) -> list[Cell]:
    lacks = "\u00a0; ".join(one.lacks)
    return [
        Cell(one.provider, strong=one.status.value == "chosen"),
        Cell(one.status.label, mark=Mark(one.status.tone)),
        Cell(day(one.received_on)),
        Cell(day(one.valid_until)),
        Cell(amount(one.totals.firm)),
        Cell(amount(one.totals.options)),
        Cell(note_text(one.judged.score)),
        Cell(lacks or ("–" if one.received_on is None else "rien"), "warn" if lacks else "mute"),
    ]
