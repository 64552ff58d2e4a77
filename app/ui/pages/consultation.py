"""A consultation as a page: what is asked, how it is judged, the offers, the negotiation, the comparison."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from app.entities import ENTITIES
from app.fields import day, joined, this_day
from app.services import consultation_offers
from app.services.records import Sheet
from app.ui import icons
from app.ui.pages import papers
from app.ui.pages.acts import Act, ActDialog, words
from app.ui.pages.consultation_offers import OffersTab
from app.ui.pages.consultation_ranking import RankingTab
from app.ui.pages.consultation_talks import TalksTab
from app.ui.pages.consultation_terms import TermsTab
from app.ui.pages.consultation_wanted import WantedTab
from app.ui.pages.tabbed import TabbedPage, Tabs, last_tabs
from app.ui.parts.buttons import Button, button, icon_button
from app.ui.parts.crumbs import HeadData
from app.ui.parts.marks import Mark

CONSULTATION = ENTITIES["consultation"]
CONCERNED = frozenset(
    {
        "consultation", "criterion", "price_line", "offer", "offer_price", "offer_note", "negotiation_point",
        "contract", "contract_service", "service_level", "covered_asset", "need", "issued_paper",
        "provider", "clause", "document",
    }
)  # fmt: skip
SPECIFICATIONS, COMPARISON = "cahier-des-charges", "comparatif"
OFFERS, RANKING = 2, 4
SENT = "Envoyez le cahier des charges par vos moyens, puis notez ici le jour et la date de remise des offres."


TABS: Tabs = (
    ("Besoins et demande", WantedTab),
    ("Critères et prix", TermsTab),
    ("Offres", OffersTab),
    ("Négociation", TalksTab),
    ("Comparaison", RankingTab),
    *last_tabs(CONSULTATION),
)


class ConsultationPage(TabbedPage):
    """The primary button is the next step."""

    entity, tabs, concerned = CONSULTATION, TABS, CONCERNED

    def head_buttons(self) -> list[Button]:
        self.paper_button = button("Cahier des charges…", icon="printer")
        self.paper_button.clicked.connect(self.print_paper)
        self._more = icon_button("ellipsis", "Autres actions")
        self._more.clicked.connect(self._offer)
        self.next_button = button("", "primary", "arrow-right")
        self.next_button.clicked.connect(self._go_on)
        return [self.paper_button, self._more, self.next_button]

    def show_tab(self, position: int) -> None:
        super().show_tab(position)
        self._show_next()

    def show_part(self, record_id: int) -> None:  # noqa: ARG002 - the offers stand together
        self.head.tabs.setCurrentIndex(OFFERS)

    def show_head(self) -> None:
        self.head.set_data(head_data(self.sheet, self.place[0]))
        self._show_next()

    # The next step

    @property
    def status(self) -> str:
        return str(self.sheet.values["status"].value)

    def _show_next(self) -> None:
        """One primary act: the tab of the comparison has its own, to choose an offer."""
        told = {
            "draft": "Noter l’envoi…", "open": "Comparer les offres", "comparing": "Choisir une offre",
            "awarded": "Ouvrir le contrat",
        }.get(self.status, "")  # fmt: skip
        ranking = self.head.tabs.currentIndex() == RANKING
        self.next_button.setText(told)
        self.next_button.setVisible(bool(told) and not (ranking and self.status in {"open", "comparing"}))

    def _go_on(self) -> None:
        if self.status == "draft":
            self.send()
        elif self.status == "awarded":
            self.desk.go_to.emit("contract", self.sheet.values["contract_id"])
        else:
            self.compare()

    def send(self) -> None:
        fields = tuple(CONSULTATION.field(name) for name in ("sent_on", "answers_until"))
        act = Act(
            title="Envoi du cahier des charges",
            verb="Noter l’envoi",
            icon="send",
            intro=SENT,
            fields=fields,
            start={"sent_on": this_day(), "answers_until": self.sheet.values["answers_until"]},
            run=lambda s, v: consultation_offers.send(
                s, self.record_id, v["sent_on"] or this_day(), v["answers_until"]
            ),
            told="Envoi noté, offres attendues",
        )
        ActDialog(self.desk, act, self).open()

    def compare(self) -> None:
        if self.status == "open":
            self.desk.act(
                "Comparaison des offres",
                lambda s: consultation_offers.compare(s, self.record_id),
                told="Les offres sont à comparer",
            )
        self.head.tabs.setCurrentIndex(RANKING)

    # Acts

    def print_paper(self) -> None:
        papers.preview(self.desk, SPECIFICATIONS, self, self.sheet.values["number"])

    def print_comparison(self) -> None:
        papers.preview(self.desk, COMPARISON, self, self.sheet.values["number"])

    def drop(self) -> None:
        act = Act(
            title="Consultation sans suite",
            verb="Classer sans suite",
            icon="archive",
            intro="Aucun prestataire n’est retenu. La consultation reste lisible.",
            fields=(words("Motif", required=True),),
            run=lambda s, v: consultation_offers.drop(s, self.record_id, v["text"] or ""),
            told="Consultation classée sans suite",
        )
        ActDialog(self.desk, act, self).open()

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.addAction(icons.icon("printer"), "Comparatif des offres…", self.print_comparison)
        menu.addAction(icons.icon("pencil"), "Modifier…", self.edit)
        if self.status not in {"awarded", "dropped"}:
            menu.addAction(icons.icon("archive"), "Classer sans suite…", self.drop)
        menu.addSeparator()
        menu.addAction(icons.icon("trash-2"), "Mettre à la corbeille", self.to_bin)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))


def head_data(sheet: Sheet, place: str) -> HeadData:
    values = sheet.values
    status, until = values["status"], values["answers_until"]
    context = [sheet.titles.get("contract_id", ""), f"offres jusqu’au {day(until)}" if until else ""]
    badges = [(status.label, Mark(status.tone, loud=True))]
    return HeadData("Consultations", values["number"], values["subject"], joined(*context, by=" · "), place, badges)
