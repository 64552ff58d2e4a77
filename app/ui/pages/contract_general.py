"""The first tab of a contract: each part in plain sentences, corrected by its own fields, and where the rest is."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.codes import Code
from app.entities import ENTITIES
from app.fields import MISSING, joined, plural, this_day
from app.services import contract_facts, records
from app.services.contract_facts import DutyRow, Facts
from app.services.records import Sheet
from app.ui.crud.documents import open_document
from app.ui.crud.form import FormDialog
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.pages.contract_form import ContractForm
from app.ui.pages.picking import Pick, PickDialog, Picking
from app.ui.parts.basics import Item, column, empty_layout, holder, label, row, scrolled
from app.ui.parts.buttons import button, icon_button
from app.ui.parts.card import Card
from app.ui.parts.explain import Explain
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.marks import Mark

CONTRACT, DUTY = ENTITIES["contract"], ENTITIES["duty"]
OBJECT = (
    "subject", "provider_id", "status", "kind", "obligation", "purpose", "provider_reference", "signed_on",
    "internal_level", "contract_level", "client_status",
)  # fmt: skip
TERM = (
    "starts_on", "initial_months", "renewal", "renewal_months", "max_renewals", "notice_value", "notice_unit",
    "notice_reference", "notice_form", "notice_article", "postal_margin",
)  # fmt: skip
SUPPORT = (
    "by_phone", "by_email", "by_portal", "by_chat", "portal_url", "simultaneous_requests", "emergency",
    "emergency_phone", "emergency_terms",
)  # fmt: skip


class SentencesCard(Card):
    """A part of the contract told in sentences; `changed` asks for its form, `more` is the tab that has the whole."""

    changed = Signal()

    def __init__(self, title: str, terms: Sequence[str] = (), *, link: str = "") -> None:
        edit = button("Modifier…", "quiet", "pencil")
        edit.setAccessibleName(f"Modifier\u00a0: {title}")
        super().__init__(title, corner=holder(row(*[Explain(term) for term in terms], edit, gap=2)))
        edit.clicked.connect(self.changed)
        self.more = link
        self._lines = column(gap=4)
        self.body.addLayout(self._lines)
        if link:
            follow = button(link, "link", "chevron-right")
            follow.clicked.connect(self.link_followed)
            self.body.addLayout(row(follow, None))
        self.body.addStretch(1)

    def tell(self, *lines: str, empty: str = "") -> None:
        empty_layout(self._lines)
        for line in lines:
            if line:
                shown = label(line, wrap=True)
                shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self._lines.addWidget(shown)
        if not any(lines):
            self._lines.addWidget(label(empty, "second", "ink2", wrap=True))


class GeneralTab(QWidget):
    """`tab_wanted` names the tab that tells more."""

    tab_wanted = Signal(str)

    def __init__(self, desk: Desk, record_id: int) -> None:
        super().__init__()
        self._desk, self._contract = desk, record_id
        self.object = Card("Objet et parties", corner=self._edit_object())
        self.facts = FactsView()
        self.facts.link_followed.connect(self._follow)
        self.object.body.addWidget(self.facts)
        self.term = SentencesCard("Durée", ("Tacite reconduction", "Préavis"), link="Périodes et préavis")
        self.support = SentencesCard(
            "Heures et assistance", ("GTI et GTR", "Heures couvertes"), link="Niveaux de service"
        )
        self.price = SentencesCard("Prix", ("Forfait, acte et dépassement",), link="Prix")
        self.price.changed.connect(lambda: self.tab_wanted.emit("Prix"))
        self.duties = DutiesCard(desk, record_id)
        self.exclusions = SentencesCard("Exclusions", ("Exclusions",))
        self.notes = SentencesCard("Notes")
        for card, names in ((self.term, TERM), (self.support, SUPPORT), (self.exclusions, ("exclusions",)),
                            (self.notes, ("notes",))):  # fmt: skip
            card.changed.connect(partial(self.edit, names, card.accessibleName()))
        for card in (self.term, self.support, self.price):
            card.link_followed.connect(partial(self.tab_wanted.emit, card.more))
        self._lay()
        self.reload()

    def _lay(self) -> None:
        pair = row(gap=12)
        for card in (self.support, self.price):
            pair.addWidget(card, 1)
        main = (self.object, self.term, pair, self.duties, self.exclusions, self.notes, None)
        self.setLayout(column(scrolled(holder(column(*main, gap=12, margins=PAGE_MARGINS)))))

    def _edit_object(self) -> QWidget:
        edit = button("Modifier…", "quiet", "pencil")
        edit.setAccessibleName("Modifier\u00a0: Objet et parties")
        edit.clicked.connect(lambda: self.edit(self._object_fields(), "Objet et parties"))
        return edit

    def _object_fields(self) -> tuple[str, ...]:
        """What only the smallest companies are asked stays out of the form of the others."""
        with self._desk.read() as session:
            asked = contract_facts.asks_of_canvassing(session)
        return (*OBJECT, "signed_off_premises") if asked else OBJECT

    def edit(self, names: Sequence[str], title: str) -> None:
        ContractForm(self._desk, self._contract, self.window(), only=names, title=title).open()

    def _follow(self, link: str) -> None:
        if link.startswith("document:"):
            open_document(self._desk, self, int(link.partition(":")[2]))
        elif link.startswith("tab:"):
            self.tab_wanted.emit(link.partition(":")[2])
        else:
            self._desk.follow(link)

    def reload(self) -> None:
        with self._desk.read() as session:
            sheet = records.get(session, CONTRACT, self._contract)
            told = contract_facts.facts(session, self._contract, this_day())
        self.facts.set_groups(object_groups(sheet, told))
        self.term.tell(told.term, told.standing)
        self.support.tell(told.hours, told.help)
        self.price.tell(told.price)
        self.exclusions.tell(sheet.values["exclusions"] or "", empty="Aucune exclusion n’est écrite.")
        self.notes.tell(sheet.values["notes"] or "", empty="Rien de noté.")
        self.duties.reload()


def object_groups(sheet: Sheet, told: Facts) -> list[FactGroup]:
    values = sheet.values
    about = [
        Fact("Objet", values["subject"]),
        *([Fact("But recherché", values["purpose"])] if values["purpose"] else []),
        Fact("Nature", values["kind"].label, term="Maintenance ou infogérance"),
        Fact("Obligation", values["obligation"].label, term="Obligation de moyens ou de résultats"),
        _types(told),
        Fact("Niveaux", told.levels or MISSING, term="Les cinq niveaux de maintenance"),
    ]
    return [FactGroup("Ce qui est confié", about), FactGroup("Les parties", [*_maker(told, values), *_signature(told)])]


def _types(told: Facts) -> Fact:
    if told.types:
        return Fact("Types", ", ".join(told.types), term="Types de maintenance")
    return Fact("Types", "Dites les prestations", link="tab:Prestations", term="Types de maintenance")


def _maker(told: Facts, values: dict[str, object]) -> list[Fact]:
    if told.maker is None:
        return [Fact("Prestataire", "Pas encore choisi", tone="warn")]
    calls = [
        Fact("Puis" if rank else "À appeler", joined(call.name, call.phone, by=" · "), note=call.role)
        for rank, call in enumerate(told.maker.calls)
    ]
    return [
        Fact("Prestataire", told.maker.name, link=f"provider:{told.maker.id}"),
        Fact("Dépannage", told.maker.hotline or MISSING, note=told.maker.hours),
        *calls,
        *([Fact("Sa référence", str(values["provider_reference"]))] if values["provider_reference"] else []),
    ]


def _signature(told: Facts) -> list[Fact]:
    if told.signed_copy is None:
        copy = Fact(
            "Exemplaire signé", "Joindre", link="tab:Documents", badge_text="Absent", badge=Mark("warn", loud=True)
        )
    else:
        copy = Fact("Exemplaire signé", told.signed_copy.name, link=f"document:{told.signed_copy.id}")
    return [Fact("Signature", told.signed, term="Démarchage" if "démarchage" in told.signed else ""), copy]


class DutiesCard(Card):
    """What each side owes, in two columns; the usual ones are proposed."""

    def __init__(self, desk: Desk, contract_id: int) -> None:
        super().__init__("Obligations des deux parties")
        self._desk, self._contract = desk, contract_id
        self._sides: QBoxLayout = row(gap=24)
        self.body.addLayout(self._sides)
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            found = contract_facts.duties(session, self._contract)
        empty_layout(self._sides)
        for side, kept in found.items():
            self._sides.addLayout(self._side(side, kept), 1)

    def _side(self, side: Code, kept: list[DutyRow]) -> QBoxLayout:
        add = button("Ajouter…", "quiet", "plus")
        add.setAccessibleName(f"Ajouter une obligation\u00a0: {side.label}")
        add.clicked.connect(partial(self._open, None, {"contract_id": self._contract, "side": side}))
        usual = button("Les usuelles…", "quiet", "list-checks")
        usual.setAccessibleName(f"Obligations usuelles\u00a0: {side.label}")
        usual.clicked.connect(partial(self.propose, side))
        who = "Le prestataire" if side.value == "provider" else "Vous"
        lines: list[Item] = [self._line(one) for one in kept]
        if not kept:
            lines = [label("Rien d’écrit pour l’instant.", "second", "ink2")]
        return column(label(who, "strong"), *lines, row(add, usual, None, gap=2), None, gap=4)

    def _line(self, one: DutyRow) -> QBoxLayout:
        more = icon_button("pencil", f"Modifier\u00a0: {one.label}")
        more.clicked.connect(partial(self._open, one.id, None))
        off = icon_button("x", f"Retirer\u00a0: {one.label}")
        off.clicked.connect(partial(self._remove, one))
        text = label(f"•\u00a0{one.label}" + (f" (art.\u00a0{one.article})" if one.article else ""), wrap=True)
        line = row(gap=2)
        line.addWidget(text, 1, Qt.AlignmentFlag.AlignVCenter)
        for act in (more, off):
            line.addWidget(act, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _open(self, duty: int | None, start: dict[str, object] | None) -> None:
        names = ("side", "label", "article")
        FormDialog(self._desk, DUTY, duty, start, self.window(), only=names).open()

    def _remove(self, one: DutyRow) -> None:
        self._desk.act(
            "Obligation retirée", lambda s: records.to_bin(s, DUTY, [one.id]), told="Obligation mise à la corbeille"
        )

    def propose(self, side: Code) -> None:
        with self._desk.read() as session:
            labels = contract_facts.duties_proposed(session, self._contract, side)
        asked = Picking(
            title=f"Obligations usuelles\u00a0: {side.label.lower()}",
            verb="Ajouter",
            intro="Cochez celles que votre contrat contient, ou que vous voulez y mettre.",
            picks=[Pick(one, one) for one in labels],
            run=lambda s, chosen: contract_facts.add_duties(s, self._contract, side, chosen),
            told=lambda n: f"{n}\u00a0{plural(n, 'obligation')} {plural(n, 'ajoutée')}",
        )
        PickDialog(self._desk, asked, self.window()).open()
