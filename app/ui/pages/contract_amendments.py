"""Amendments of a contract: what each changed, before and after, and the terms in force on any day."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app.fields import Day, day, this_day
from app.services import amending, amendment_words
from app.services.amendment_words import InForce, Told
from app.ui import theme
from app.ui.crud.editors import LineEditor
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog
from app.ui.pages.contract_amendment_dialog import AmendmentDialog
from app.ui.pages.contract_card import fact_of
from app.ui.pages.contract_terms import level_row
from app.ui.pages.contract_terms_dialog import LEVEL, TARGETS
from app.ui.parts.badge import Badge
from app.ui.parts.basics import column, empty_layout, holder, label, row, scrolled, set_ink
from app.ui.parts.buttons import button
from app.ui.parts.card import Card
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import SmallColumn, SmallTable

TITLE = "Avenants"
TOLD = (
    "Un avenant change le contrat à partir d’un jour\u00a0; ce qui valait avant reste connu. Pour corriger une erreur "
    "de saisie dans le contrat tel qu’il a été signé, utilisez «\u00a0Modifier\u00a0»\u00a0: la correction vaut "
    "depuis le début."
)
NONE = "Aucun avenant\u00a0: le contrat vaut tel qu’il a été signé."
ON = Day(name="on", label="Termes en vigueur le", required=True)
SIGNED = Day(name="signed_on", label="Signé le", required=True)
WIDE_DATE = 118


class AmendmentsTab(QWidget):
    def __init__(self, desk: Desk, contract_id: int) -> None:
        super().__init__()
        self._desk, self._contract = desk, contract_id
        new = button("Nouvel avenant…", icon="plus")
        new.clicked.connect(self.new)
        head = row(gap=16)
        head.addWidget(label(TOLD, "second", "ink2", wrap=True), 1)
        head.addWidget(new)
        self._cards = column(gap=12)
        self.in_force = InForceCard(desk, contract_id)
        body = column(head, self._cards, self.in_force, None, gap=12, margins=PAGE_MARGINS)
        self.setLayout(column(scrolled(holder(body))))
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            found = amendment_words.listed(session, self._contract)
        empty_layout(self._cards)
        for one in found:
            self._cards.addWidget(self._card(one))
        if not found:
            self._cards.addWidget(label(NONE))
        self.in_force.reload()

    def _card(self, one: Told) -> Card:
        draft = one.status.value == "draft"
        acts = []
        if draft:
            acts = [
                ("Modifier…", "pencil", partial(self.edit, one.id)),
                ("Signer…", "pen-line", partial(self.sign, one)),
            ]
        acts.append(("Retirer…", "trash-2", partial(self.withdraw, one)))
        made = []
        for text, icon, act in acts:
            made.append(button(text, "quiet", icon))
            made[-1].setAccessibleName(f"{text} {one.number}")
            made[-1].clicked.connect(act)
        badge = Badge(one.status.label, Mark(one.status.tone, loud=True))
        card = Card(f"{one.number} · {one.subject}", corner=holder(row(badge, *made, gap=4)))
        card.body.addWidget(label(_dated(one), "body", "ink2"))
        changes = [Fact(change.label, f"{change.before} → {change.after}") for change in one.changes]
        card.body.addWidget(FactsView([FactGroup("", changes)]))
        if one.reason:
            card.body.addWidget(label(one.reason, "second", "ink2", wrap=True))
        return card

    def new(self) -> None:
        AmendmentDialog(self._desk, self._contract, self.window()).open()

    def edit(self, amendment_id: int) -> None:
        AmendmentDialog(self._desk, self._contract, self.window(), amendment_id).open()

    def sign(self, one: Told) -> None:
        act = Act(
            title=f"Signer l’avenant {one.number}",
            verb="Signer l’avenant",
            icon="pen-line",
            fields=(SIGNED,),
            start={"signed_on": this_day()},
            intro=f"Il vaudra à partir du {day(one.effective_on)}. Les tickets ouverts seront recomptés.",
            run=lambda s, values: amending.sign(s, one.id, values["signed_on"]),
            told=f"Avenant {one.number} signé",
        )
        ActDialog(self._desk, act, self.window()).open()

    def withdraw(self, one: Told) -> None:
        title, text = f"Retirer l’avenant {one.number}\u00a0?", "Le contrat vaudra comme si cet avenant n’existait pas."
        if self._desk.ask.confirm(self, title, text, "Retirer"):
            self._desk.act(
                f"Avenant {one.number} retiré",
                lambda s: amending.withdraw(s, one.id),
                f"Avenant {one.number} mis à la corbeille",
            )


def _dated(one: Told) -> str:
    from_day = f"À partir du {day(one.effective_on)}"
    return f"{from_day}, signé le {day(one.signed_on)}" if one.signed_on else f"{from_day}, s’il est signé"


class InForceCard(Card):
    """All the terms of the day typed, each with the amendment that it comes from."""

    def __init__(self, desk: Desk, contract_id: int) -> None:
        self._desk, self._contract = desk, contract_id
        self.day = LineEditor(ON)
        theme.fix_width(self.day.widget, WIDE_DATE)
        self.day.widget.setAccessibleName(ON.label)
        super().__init__(ON.label, corner=self.day.widget)
        self._told = label("", "second", "ink2", wrap=True)
        self.facts = FactsView()
        names = [LEVEL.field(name).label for name in TARGETS]
        self.levels = SmallTable(
            [SmallColumn("Priorité", 170, "badge"), *(SmallColumn(name, 180) for name in names)],
            name="Niveaux de service ce jour-là",
        )
        for part in (self._told, self.levels, self.facts):
            self.body.addWidget(part)
        self.body.setSpacing(10)
        self.day.show(this_day())
        self.day.on_change(self.reload)

    def reload(self) -> None:
        try:
            wanted = self.day.value() or this_day()
        except ValueError as error:
            self._told.setText(str(error))
            set_ink(self._told, "bad.text")
            return
        with self._desk.read() as session:
            found = amendment_words.in_force(session, self._contract, wanted)
        set_ink(self._told, "ink2")
        self._told.setText(_told(found))
        self.levels.set_rows([level_row(level) for level in found.service.levels])
        week = Fact("Chaque semaine", found.hours, _by(found.hours_since))
        groups: dict[str, list[Fact]] = {"Heures couvertes": [week]}
        for term in found.terms:
            if term.value is not None and term.value is not False:
                groups.setdefault(term.field.group or "Objet", []).append(fact_of(term))
        self.facts.set_groups([FactGroup(title, facts) for title, facts in groups.items()])


def _by(number: str) -> str:
    return f"avenant {number}" if number else ""


def _told(found: InForce) -> str:
    since = f"depuis le {day(found.since)}" if found.since else "depuis le début"
    until = f"jusqu’au {day(found.until)}" if found.until else "rien de signé ne les change ensuite"
    levels = f" Délais promis par l’avenant {found.levels_since}." if found.levels_since else ""
    return f"Ces termes valent {since}, {until}.{levels}"
