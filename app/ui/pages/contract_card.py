"""Cards of a contract: some of its terms as they stand today, or lines that belong to it; each corrected in place."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import counted, this_day
from app.services import amendment_words, listing, records
from app.services.amendment_words import Term
from app.services.listing import Filter, Query
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages.contract_form import ContractForm
from app.ui.parts.basics import holder, label, row
from app.ui.parts.buttons import button, set_available
from app.ui.parts.card import Card
from app.ui.parts.explain import Explain
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

Values = Mapping[str, Any]
AMENDED = (
    "Ce que porte un avenant se change par un autre avenant\u00a0; «\u00a0Modifier…\u00a0» corrige le contrat signé."
)
CHOOSE_FIRST = "Choisissez d’abord une ligne."


def terms_today(desk: Desk, contract_id: int) -> dict[str, Term]:
    """The terms of the contract in force today, by name of field."""
    with desk.read() as session:
        return {one.field.name: one for one in amendment_words.in_force(session, contract_id, this_day()).terms}


def fact_of(term: Term) -> Fact:
    """A term, with the amendment it comes from."""
    note = f"avenant {term.since}" if term.since else ""
    return Fact(term.field.label, term.field.format(term.value), note)


class FieldsCard(Card):
    """The fields of `edited`, which « Modifier… » corrects; `shown` gives those to tell, from the values of all.

    `words` are terms explained by a « ? » in the corner.
    """

    def __init__(
        self,
        desk: Desk,
        contract_id: int,
        title: str,
        edited: Sequence[str],
        *,
        shown: Callable[[Values], Sequence[str]] | None = None,
        words: Sequence[str] = (),
        help_text: str = "",
    ) -> None:
        self._desk, self._contract, self._about = desk, contract_id, title
        self._edited, self._names = edited, shown or (lambda _: edited)
        edit = button("Modifier…", "quiet", "pencil")
        edit.setAccessibleName(f"Modifier\u00a0: {title}")
        edit.clicked.connect(self.edit)
        super().__init__(title, corner=holder(row(*(Explain(word) for word in words), edit, gap=2)))
        self.facts = FactsView()
        self.body.addWidget(self.facts)
        self.told, self._amended = label("", "second", "ink2", wrap=True), label(AMENDED, "second", "ink2", wrap=True)
        for line in (self._amended, self.told):
            line.hide()
            self.body.addWidget(line)
        if help_text:
            self.body.addWidget(label(help_text, "second", "ink2", wrap=True))

    def show_terms(self, terms: Mapping[str, Term]) -> None:
        names = self._names({name: term.value for name, term in terms.items()})
        self.facts.set_groups([FactGroup("", [fact_of(terms[name]) for name in names])])
        self._amended.setVisible(any(terms[name].since for name in names))

    def tell(self, *sentences: str) -> None:
        """What follows from these terms, under them."""
        self.told.setText("\n".join(one for one in sentences if one))
        self.told.setVisible(bool(self.told.text()))

    def edit(self) -> None:
        self.form().open()

    def form(self) -> FormDialog:
        title = self._about[:1].lower() + self._about[1:]
        return ContractForm(self._desk, self._contract, self.window(), self._edited, title)


class LinesCard(Card):
    """The records of `key` that belong to the contract, in a short table: added, corrected and taken away here."""

    def __init__(
        self,
        desk: Desk,
        contract_id: int,
        key: str,
        *,
        title: str,
        columns: Sequence[tuple[str, int]],
        empty: str,
        editable: bool = True,
    ) -> None:
        self._desk, self.entity, self._contract = desk, ENTITIES[key], contract_id
        self._names = [name for name, _ in columns]
        add = button("Ajouter…", "quiet", "plus")
        add.setAccessibleName(f"Ajouter\u00a0: {self.entity.one.lower()}")
        add.clicked.connect(lambda: self._open(None))
        self._edit = button("Modifier…", "quiet", "pencil")
        self._edit.setAccessibleName(f"Modifier\u00a0: {self.entity.one.lower()}")
        self._edit.clicked.connect(lambda: self._open(self._chosen()))
        self._remove = button("Retirer", "quiet", "trash-2")
        self._remove.setAccessibleName(f"Retirer\u00a0: {self.entity.one.lower()}")
        self._remove.clicked.connect(self._take_away)
        corner = holder(row(self._remove, self._edit, add, gap=2))
        super().__init__(title, corner=corner if editable else None, flush=True)
        self._editable = editable
        fields = [self.entity.field(name) for name in self._names]
        shapes = [
            SmallColumn(field.label, width, "number" if field.right else "text")
            for field, (_, width) in zip(fields, columns, strict=True)
        ]
        self._fields = fields
        self.table = SmallTable(shapes, name=title)
        self.table.opened.connect(lambda at: self._open(self._ids[at]))
        self._ids: list[int] = []
        self._empty: QWidget = label(empty, "second", "ink2", wrap=True)
        self._empty.setContentsMargins(16, 8, 16, 4)
        self.body.addWidget(self.table)
        self.body.addWidget(self._empty)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())

    def reload(self) -> None:
        query = Query(tuple(self._names), self.entity.order_by, filters=(Filter("contract_id", (self._contract,)),))
        with self._desk.read() as session:
            rows = listing.page(session, self.entity, query)
        self._ids = [one.id for one in rows]
        self.table.set_rows([[self._cell(at, value) for at, value in enumerate(one.values)] for one in rows])
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._follow()

    def _cell(self, at: int, value: Any) -> Cell:
        text = value if isinstance(value, str) and not hasattr(value, "label") else self._fields[at].format(value)
        return Cell(text or "–", "" if value is not None else "mute")

    def _chosen(self) -> int | None:
        chosen = self.table.selectionModel().selectedRows()
        return self._ids[chosen[0].row()] if chosen else None

    def _follow(self) -> None:
        for made in (self._edit, self._remove) if self._editable else ():
            set_available(made, self._chosen() is not None, CHOOSE_FIRST)

    def _open(self, record_id: int | None) -> None:
        if not self._editable:
            return
        start = {"contract_id": self._contract} if record_id is None else None
        names = [field.name for field in self.entity.form_fields if field.name != "contract_id"]
        title = f"{self.entity.one}" if record_id is None else self.entity.one.lower()
        FormDialog(self._desk, self.entity, record_id, start, self.window(), only=names, title=title).open()

    def _take_away(self) -> None:
        wanted, entity = self._chosen(), self.entity
        if wanted is not None:
            told = f"{counted(1, entity.one.lower())} à la corbeille"
            self._desk.act(f"Retrait\u00a0: {told}", lambda s: records.to_bin(s, entity, [wanted]), told=told)
