"""What a contract costs: its model, its payment, its revision, its penalties, each with what follows from it."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.errors import AppError
from app.fields import Day, amount, this_day
from app.services import price_words, revising
from app.services.price_words import PriceTold
from app.services.revising import Proposal
from app.ui.crud.form import FormDialog
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog
from app.ui.pages.contract_card import FieldsCard, LinesCard, Values, terms_today
from app.ui.pages.contract_price_form import PriceForm, fields_of
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, fill, holder, label, row, scrolled
from app.ui.parts.buttons import button
from app.ui.parts.card import Card

INDEX_VALUE = ENTITIES["index_value"]
PAYMENT = ("billing", "payment_days", "payment_rule", "vat_rate", "late_rate")
REVISION = (
    "index_name", "index_base", "index_base_month", "index_series", "revision_fixed_part", "revision_cap",
    "revision_floor", "never_lowered",
)  # fmt: skip
PENALTIES = ("penalty_form", "penalty_month_cap", "penalty_year_cap", "penalty_releases")
TOLD_REVISION = "Le prix révisé est le forfait multiplié par le nouvel indice et divisé par celui de départ."
TOLD_PENALTIES = (
    "Une pénalité se réclame, en général après une mise en demeure\u00a0; le juge peut la réduire ou l’augmenter "
    "(art. 1231-5 du Code civil)."
)
TOLD_YEAR = "Indicatif, hors taxes, selon les termes d’aujourd’hui."
ON = Day(name="on", label="Révisé à partir du", required=True, help="Le jour que dit le contrat.")
SIGNED = Day(name="signed_on", label="Convenu le", required=True, help="Jour de l’avenant ou de la lettre.")


class PriceTab(QWidget):
    def __init__(self, desk: Desk, contract_id: int) -> None:
        super().__init__()
        self._desk, self._contract = desk, contract_id
        self.model = ModelCard(desk, contract_id)
        self.payment = FieldsCard(desk, contract_id, "Paiement", PAYMENT)
        self.revision = FieldsCard(
            desk, contract_id, "Révision du prix", REVISION, shown=_revision, words=("Révision de prix",)
        )
        self.caps = FieldsCard(
            desk, contract_id, "Pénalités\u00a0: forme et plafonds", PENALTIES, words=("Pénalité libératoire",),
            help_text=TOLD_PENALTIES,
        )  # fmt: skip
        self.units = LinesCard(
            desk, contract_id, "unit_price", title="Prix à l’unité",
            columns=(("label", 420), ("family_id", 180), ("per_user", 120), ("price", 110), ("period", 160)),
            empty="Aucun prix à l’unité\u00a0: poste ajouté, déplacement, heure hors forfait…",
        )  # fmt: skip
        self.penalties = LinesCard(
            desk, contract_id, "penalty", title="Pénalités",
            columns=(("trigger", 230), ("percent", 190), ("amount", 110), ("franchise", 210), ("unit", 170),
                     ("priorities", 120)),
            empty=price_words.NO_PENALTY,
        )  # fmt: skip
        self.revisions = LinesCard(
            desk, contract_id, "revision", title="Révisions appliquées", editable=False,
            columns=(("effective_on", 130), ("index_from", 150), ("index_to", 150), ("fee_before", 150),
                     ("fee_after", 150), ("notes", 300)),
            empty="Aucune révision n’a été appliquée.",
        )  # fmt: skip
        self._cards = (self.model, self.payment, self.revision, self.caps)
        self._lines = (self.units, self.penalties, self.revisions)
        self._wrong = column(gap=8)
        self.setLayout(column(scrolled(holder(self._body()))))
        self.reload()

    def _body(self) -> Any:
        self.compute = button("Calculer une révision…", icon="refresh-cw")
        self.compute.clicked.connect(self.revise)
        self.add_value = button("Ajouter une valeur d’indice…", icon="plus")
        self.add_value.clicked.connect(self.new_value)
        self.revision.body.addLayout(row(self.compute, self.add_value, None))
        both = row(gap=12)
        for side in ((self.year_card(), self.model, self.payment), (self.revision, self.caps)):
            both.addLayout(column(*side, None, gap=12), 1)
        return column(self._wrong, both, *self._lines, None, gap=12, margins=PAGE_MARGINS)

    def year_card(self) -> Card:
        card = Card("Coût d’une année")
        self._figure, self._how = label("", "figure"), label("", wrap=True)
        self._figure.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        fill(card.body, self._figure, self._how, label(TOLD_YEAR, "second", "ink2", wrap=True))
        return card

    def reload(self) -> None:
        with self._desk.read() as session:
            told = price_words.told(session, self._contract, this_day())
        terms = terms_today(self._desk, self._contract)
        for card in self._cards:
            card.show_terms(terms)
        for lines in self._lines:
            lines.reload()
        self._figure.setText(amount(told.yearly.cents) if told.yearly.cents is not None else "–")
        self._how.setText(told.yearly.how or "Écrivez d’abord le mode de prix et ses montants.")
        self.model.tell(*told.model)
        self.payment.tell(*told.payment)
        self.revision.tell(*(told.revision or (TOLD_REVISION,)))
        self._index = terms["index_name"].value
        for made in (self.compute, self.add_value):
            made.setVisible(self._index is not None)
        self.caps.tell(*told.penalties)
        self._warn(told)

    def _warn(self, told: PriceTold) -> None:
        """One banner at most: what the law forbids comes before what it only doubts."""
        empty_layout(self._wrong)
        if told.payment_wrong:
            self._wrong.addWidget(Banner(BannerData("warn", "Délai de paiement trop long", told.payment_wrong)))
        elif told.revision_wrong:
            self._wrong.addWidget(Banner(BannerData("warn", "Révision à sens unique", told.revision_wrong)))

    def new_value(self) -> None:
        """The index is typed: nothing is sought on the net."""
        FormDialog(self._desk, INDEX_VALUE, None, {"index_name": self._index}, self.window()).open()

    def revise(self) -> None:
        RevisionDialog(self._desk, self._contract, self.window()).open()


class ModelCard(FieldsCard):
    """The price model, with the fields of its own."""

    def __init__(self, desk: Desk, contract_id: int) -> None:
        super().__init__(desk, contract_id, "Mode de prix", (), shown=_model, words=("Forfait, acte et dépassement",))

    def form(self) -> FormDialog:
        return PriceForm(self._desk, self._contract, self.window())


class RevisionDialog(ActDialog):
    """The day of the revision, its working as one types, and the amendment that applies it."""

    def __init__(self, desk: Desk, contract_id: int, parent: QWidget) -> None:
        act = Act(
            title="Calculer une révision du prix",
            verb="Appliquer la révision",
            icon="refresh-cw",
            fields=(ON, SIGNED),
            start={"on": this_day(), "signed_on": this_day()},
            intro="Un avenant signé portera le nouveau prix à partir de ce jour. Rien n’est écrit avant.",
            run=lambda s, values: revising.apply(s, contract_id, values["on"], values["signed_on"]),
            told="Révision appliquée",
        )
        super().__init__(desk, act, parent)
        self._contract = contract_id
        self.outcome, self.working = label("", "card"), label("", wrap=True)
        fill(self.extras, self.outcome, self.working)
        self.form.on_change(lambda _: self._compute())
        self._compute()

    def _compute(self) -> None:
        found = self._proposal()
        self.outcome.setText(f"{amount(found.before)} → {amount(found.after)}" if isinstance(found, Proposal) else "–")
        self.working.setText("\n".join(found.how) if isinstance(found, Proposal) else found)
        self.form.make_room()

    def _proposal(self) -> Proposal | str:
        try:
            on = self.form.editors["on"].value()
            if on is None:
                return "Écrivez le jour de la révision."
            with self._desk.read() as session:
                return revising.proposal(session, self._contract, on)
        except (AppError, ValueError) as error:
            return str(error)


def _model(values: Values) -> tuple[str, ...]:
    return fields_of(values["price_model"].value)


def _revision(values: Values) -> tuple[str, ...]:
    """Without an index there is nothing more to tell."""
    return REVISION if values["index_name"] else REVISION[:1]
