"""The tab « Comparaison » of a consultation: the ranking, the notes side by side, the choice and its reason."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.fields import NBSP, amount, this_day
from app.services import consultation_offers, consultation_view, consultations
from app.services.consultation_view import Comparison, Standing
from app.services.consultation_words import differences, note_text
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog, words
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, holder, label, row, scrolled
from app.ui.parts.buttons import button, set_available
from app.ui.parts.card import Card
from app.ui.parts.empty import EmptyState
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

RANKING = (
    SmallColumn("Rang", 110), SmallColumn("Prestataire", 260), SmallColumn("État", 150, "badge"),
    SmallColumn("Total ferme HT", 150, "number"), SmallColumn("Options HT", 140, "number"),
    SmallColumn("Note sur 5", 110, "number"), SmallColumn("", 300),
)  # fmt: skip
METHOD = (
    "Note du prix\u00a0: 5 × total ferme le plus bas ÷ total de l’offre. Note de l’offre\u00a0: somme des notes, "
    "chacune multipliée par son poids. Ce qui manque n’est jamais compté pour zéro."
)
NOTHING = "Les offres reçues se comparent ici, dès que leurs prix et leurs notes sont saisis."
CHOOSE_FIRST = "Choisissez d’abord une offre dans le classement."
INCOMPLETE = "Cette offre est incomplète\u00a0: "
WHY = "Les autres offres seront écartées, et le prestataire inscrit au projet de contrat."


class RankingTab(QWidget):
    def __init__(self, desk: Desk, consultation_id: int) -> None:
        super().__init__()
        self._desk, self._id = desk, consultation_id
        self.choose_button = button("Retenir cette offre…", "primary", "circle-check")
        self.choose_button.clicked.connect(self.choose)
        self.ranking = SmallTable(RANKING, (), "Classement des offres", most=20)
        self.ranking.opened.connect(lambda _: self.choose())
        self.ranking.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        self._card = Card("Classement", corner=self.choose_button, flush=True)
        self._card.body.addWidget(self.ranking)
        self._card.body.addLayout(row(label(METHOD, "second", "ink2", wrap=True), margins=(16, 8, 16, 0)))
        self._words = Card("Ce qui les sépare")
        self._notes = Card("Notes par critère", flush=True)
        self._empty = EmptyState("scale", "Aucune offre à comparer", NOTHING)
        self._banner = column(gap=0)
        body = column(
            self._banner, self._card, self._words, self._notes, self._empty, None, gap=12, margins=PAGE_MARGINS
        )
        self.setLayout(column(scrolled(holder(body))))
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            self.shown: Comparison = consultation_view.comparison(session, self._id)
            asked = consultations.found(session, self._id)
            self._reason = asked.decision_reason or ""
            self._status = asked.status
        offers = self.shown.standings
        for one in (self._card, self._words, self._notes):
            one.setVisible(bool(offers))
        self._empty.setVisible(not offers)
        self.ranking.set_rows([_ranked(one) for one in offers])
        if offers:
            self.ranking.selectRow(0)
        self.choose_button.setVisible(self._status.value not in {"awarded", "dropped"})
        self._show_banner()
        self._show_words()
        self._show_notes()
        self._follow()

    def _show_banner(self) -> None:
        empty_layout(self._banner)
        kept = next((one for one in self.shown.standings if one.status.value == "chosen"), None)
        if kept is not None:
            self._banner.addWidget(Banner(BannerData("ok", f"{kept.provider} est retenu.", self._reason)))
        elif self._status.value == "dropped":
            self._banner.addWidget(Banner(BannerData("info", "Consultation sans suite.", self._reason)))
        elif self.shown.warning and self.shown.standings:
            self._banner.addWidget(Banner(BannerData("warn", self.shown.warning)))

    def _show_words(self) -> None:
        empty_layout(self._words.body)
        told = differences(self.shown)
        self._words.setVisible(bool(told))
        for sentence in told:
            self._words.body.addWidget(label(sentence, "body", wrap=True))

    def _show_notes(self) -> None:
        """Criteria down, offers across: their words can be read whole."""
        empty_layout(self._notes.body)
        offers = self.shown.standings
        columns = [SmallColumn("Critère", 300), SmallColumn("Poids", 90, "number")]
        columns += [SmallColumn(one.provider, 190, "number") for one in offers]
        columns.append(SmallColumn("", 10))
        rows = [
            [Cell(one.label), Cell(f"{one.weight}{NBSP}%"), *(_note(offer, one.id) for offer in offers), Cell("")]
            for one in self.shown.criteria
        ]
        rows.append([Cell("Note de l’offre", strong=True), Cell(""), *(_score(offer) for offer in offers), Cell("")])
        self._notes.body.addWidget(SmallTable(columns, rows, "Notes par critère", most=20))

    def _follow(self) -> None:
        set_available(self.choose_button, self.taken() is not None, CHOOSE_FIRST)

    def taken(self) -> Standing | None:
        """The offer chosen in the ranking."""
        rows = self.ranking.selectionModel().selectedRows()
        return self.shown.standings[rows[0].row()] if rows and rows[0].row() < len(self.shown.standings) else None

    def choose(self) -> None:
        one = self.taken()
        if one is None or not self.choose_button.isVisibleTo(self):
            return
        lacks = f"{INCOMPLETE}{'; '.join(one.lacks)}. " if one.lacks else ""
        act = Act(
            title=f"Retenir l’offre de {one.provider}",
            verb="Retenir cette offre",
            icon="circle-check",
            intro=lacks + WHY,
            fields=(words("Motif du choix", required=True, hint="Gardé, et imprimé dans le comparatif."),),
            run=lambda s, v: consultation_offers.choose(s, one.id, v["text"] or "", this_day()),
            told=f"Offre de {one.provider} retenue",
        )
        ActDialog(self._desk, act, self).open()


def _ranked(one: Standing) -> Sequence[Cell]:
    lacks = "incomplète\u00a0: voir l’onglet Offres" if one.lacks else ""
    return [
        Cell(one.rank_text or "non classée", "" if one.rank_text else "mute"),
        Cell(one.provider, strong=one.status.value == "chosen"),
        Cell(one.status.label, mark=Mark(one.status.tone)),
        Cell(amount(one.totals.firm)),
        Cell(amount(one.totals.options)),
        Cell(note_text(one.judged.score), strong=one.judged.rank == 1),
        Cell(lacks, "warn" if lacks else ""),
    ]


def _note(offer: Standing, criterion: int) -> Cell:
    note = offer.judged.notes.get(criterion)
    return Cell(note_text(note), "" if note is not None else "mute")


def _score(offer: Standing) -> Cell:
    return Cell(note_text(offer.judged.score), strong=True)
