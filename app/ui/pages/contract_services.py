"""What the provider does under the contract, one service a line, and the documents that he owes."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES, Entity
from app.fields import MISSING, amount, day, joined, number, plural, this_day
from app.jobs import Job
from app.services import contract_services, deliverables, records
from app.services.contract_services import Offered, Owed, ServiceRow
from app.services.deliverables import Standing
from app.ui.crud.form import FormDialog
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.pages.indicator_reading import Reader
from app.ui.pages.picking import Pick, PickDialog, Picking
from app.ui.parts.basics import column, holder, label, row, scrolled
from app.ui.parts.buttons import Button, button, set_available
from app.ui.parts.card import Card
from app.ui.parts.explain import Explain
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

SERVICE, DOCUMENT = ENTITIES["contract_service"], ENTITIES["due_document"]
SERVICE_COLUMNS = (
    SmallColumn("Prestation", 280),
    SmallColumn("Type", 150),
    SmallColumn("Fréquence", 130),
    SmallColumn("Au contrat", 170, "badge"),
    SmallColumn("Particularités", 230),
    SmallColumn("Coût HT", 150, "number"),
)
DOCUMENT_COLUMNS = (
    SmallColumn("Document", 270),
    SmallColumn("Quand", 230),
    SmallColumn("Délai", 120),
    SmallColumn("Où il en est", 210, "badge"),
    SmallColumn("S’il manque", 230),
)
NO_SERVICE = (
    "Écrivez ici chaque prestation\u00a0: ce qui n’est pas écrit est souvent facturé à part. «\u00a0Proposer…\u00a0» "
    "donne celles que demandent la plupart des entreprises."
)
NO_DOCUMENT = "Les comptes rendus, le planning et le rapport d’activité vous permettent de contrôler le prestataire."


class LinesCard(Card):
    """A short table of records of the contract: Enter corrects a line, Del takes it away."""

    def __init__(
        self,
        desk: Desk,
        entity: Entity,
        columns: Sequence[SmallColumn],
        *,
        empty: str,
        extra: Sequence[QWidget] = (),
        begun: Mapping[str, Any] | None = None,
    ) -> None:
        """`begun` are values that a new line begins with."""
        add = button("Ajouter…", "quiet", "plus")
        add.setAccessibleName(f"Ajouter\u00a0: {entity.one.lower()}")
        change, remove = button("Modifier…", "quiet", "pencil"), button("Retirer", "quiet", "trash-2")
        super().__init__(entity.many, corner=holder(row(*extra, remove, change, add, gap=2)), flush=True)
        add.clicked.connect(lambda: self.edit(None))
        change.clicked.connect(self._edit_chosen)
        remove.clicked.connect(self.remove)
        self._change, self._remove = change, remove
        self._desk, self._entity, self._contract = desk, entity, 0
        self._begun = begun or {}
        self._lines: list[tuple[int, str]] = []
        self._foot_text = empty
        self.table = SmallTable(columns, name=entity.many, most=40)
        self.table.opened.connect(self.edit)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        self.foot = label("", "second", "ink2", wrap=True)
        self._empty = empty
        self.body.addWidget(self.table)
        self.body.addLayout(row(self.foot, margins=(16, 6, 16, 2)))

    def show_lines(
        self, contract_id: int, lines: Sequence[tuple[int, str]], rows: Sequence[Sequence[Cell]], foot: str = ""
    ) -> None:
        """`lines` are the id of each row and what is told of it once chosen; `foot` is told while none is."""
        self._contract, self._lines = contract_id, list(lines)
        self._foot_text = foot if rows else self._empty
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self._follow()

    def _follow(self) -> None:
        chosen = bool(self._chosen())
        for one in (self._change, self._remove):
            set_available(one, chosen, "Choisissez d’abord une ligne.")
        told = self._lines[self.table.currentIndex().row()][1] if chosen else ""
        self.foot.setText(told or self._foot_text)
        self.foot.setVisible(bool(self.foot.text()))

    def _chosen(self) -> list[int]:
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self._lines[position][0] for position in rows if position < len(self._lines)]

    def _edit_chosen(self) -> None:
        self.edit(self.table.currentIndex().row())

    def edit(self, position: int | None) -> None:
        """The form of a line, or of a new one for None."""
        record = None if position is None else self._lines[position][0]
        only = tuple(field.name for field in self._entity.form_fields if field.name != "contract_id")
        start = {"contract_id": self._contract, **self._begun} if record is None else None
        FormDialog(self._desk, self._entity, record, start, self.window(), only=only).open()

    def remove(self) -> None:
        if wanted := self._chosen():
            entity, told = self._entity, f"{self._entity.counted(len(wanted))} à la corbeille"
            self._desk.act(f"Retrait\u00a0: {told}", lambda s: records.to_bin(s, entity, wanted), told=told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.remove()
        else:
            super().keyPressEvent(event)


class ServicesTab(QWidget):
    def __init__(self, desk: Desk, contract_id: int) -> None:
        super().__init__()
        self._desk, self._contract = desk, contract_id
        terms = (Explain("Types de maintenance"), Explain("Obligation de moyens ou de résultats"))
        self.services = LinesCard(
            desk, SERVICE, SERVICE_COLUMNS, empty=NO_SERVICE, extra=(*terms, self._proposing("Proposer…", self.propose))
        )
        usual = self._proposing("Les usuels", self.add_documents)
        usual.setToolTip("Compte rendu d’intervention et d’incident, planning, rapport d’activité.")
        followed = button("Voir ceux attendus", "link", tip="Ce qui est reçu, en retard, refusé, de tous les contrats.")
        followed.clicked.connect(lambda: desk.show_list.emit("received_document", None))
        self.documents = LinesCard(
            desk, DOCUMENT, DOCUMENT_COLUMNS, empty=NO_DOCUMENT, extra=(followed, usual), begun={"since": this_day()}
        )
        self.setLayout(
            column(scrolled(holder(column(self.services, self.documents, None, gap=12, margins=PAGE_MARGINS))))
        )
        self._standing: Mapping[int, Standing] | None = None
        self.reader = Reader(desk, self._reading, self._stand, self)
        self.reload()

    @staticmethod
    def _proposing(text: str, act: object) -> Button:
        made = button(text, "quiet", "list-checks")
        made.clicked.connect(act)
        return made

    def reload(self) -> None:
        today = this_day()
        with self._desk.read() as session:
            found = contract_services.rows(session, self._contract, today)
            cost = contract_services.yearly_cost(session, self._contract, today)
            self._owed = contract_services.owed(session, self._contract)
        total = f"Prestations comprises qui ont leur propre prix\u00a0: {amount(cost)} HT par an" if cost else ""
        told = [(one.id, one.scope) for one in found]
        self.services.show_lines(self._contract, told, [_service(one) for one in found], total)
        self._show_documents()
        if self._owed:
            self.reader.ask()

    def _reading(self) -> Job[list[Standing]]:
        return deliverables.standing_job(self._desk.store, this_day(), self._contract)

    def _stand(self, found: Sequence[Standing]) -> None:
        self._standing = {one.owing.id: one for one in found}
        self._show_documents()

    def _show_documents(self) -> None:
        """Where each stands is told once it has been read beside the window: years of interventions are looked at."""
        known = self._standing
        cells = [_document(one, Cell("") if known is None else _standing(known.get(one.id))) for one in self._owed]
        self.documents.show_lines(self._contract, [(one.id, "") for one in self._owed], cells)

    def propose(self) -> None:
        with self._desk.read() as session:
            offered = contract_services.proposed(session, self._contract)
        asked = Picking(
            title="Prestations proposées",
            verb="Ajouter",
            intro="Cochez ce que votre contrat comprend, ou ce que vous voulez y mettre. Tout se corrige ensuite.",
            picks=[
                Pick(one, f"{one.label} ({one.frequency.label.lower()})", one.scope, one.kind.label) for one in offered
            ],
            run=self._add,
            told=lambda n: f"{n}\u00a0{plural(n, 'prestation')} {plural(n, 'ajoutée')}",
        )
        PickDialog(self._desk, asked, self.window()).open()

    def _add(self, session: Any, chosen: list[Offered]) -> int:
        return contract_services.add(session, self._contract, chosen)

    def add_documents(self) -> None:
        """Those that every provider owes (domain.md A.5)."""
        self._desk.act(
            "Documents attendus", lambda s: contract_services.add_usual_documents(s, self._contract, this_day()),
            told="Documents usuels ajoutés",
        )  # fmt: skip


def _service(one: ServiceRow) -> list[Cell]:
    tone = "mute" if one.over else ""
    price = f"{amount(one.cost)} {one.cost_period.label.lower()}" if one.cost and one.cost_period else MISSING
    return [
        Cell(one.label, tone),
        Cell(one.kind.label, tone),
        Cell(one.frequency.label, tone),
        Cell(one.inclusion.label, mark=Mark(one.inclusion.tone)),
        Cell(joined(one.obligation, _span(one), by=" · ") or MISSING, tone or ("" if _own(one) else "mute")),
        Cell(price, tone if price != MISSING else "mute"),
    ]


def _own(one: ServiceRow) -> bool:
    """Whether it differs from the contract, by its obligation or its dates."""
    return bool(one.obligation or one.since or one.until)


def _span(one: ServiceRow) -> str:
    if one.since and one.until:
        return f"{day(one.since)} au {day(one.until)}"
    if one.until:
        return f"Jusqu’au {day(one.until)}"
    return f"Depuis le {day(one.since)}" if one.since else ""


def _document(one: Owed, standing: Cell) -> list[Cell]:
    """A project follows no document: nothing is owed yet."""
    return [
        Cell(one.label),
        Cell(one.rule.label),
        Cell(contract_services.delay_words(one)),
        standing,
        Cell(one.sanction or MISSING, "" if one.sanction else "mute"),
    ]


def _standing(one: Standing | None) -> Cell:
    if one is None or not (one.late or one.coming):
        return Cell("À jour" if one else "Pas encore suivi", mark=Mark("ok" if one else "mute"))
    if one.late:
        return Cell(f"{number(len(one.late))} en retard", mark=Mark("bad", loud=True))
    return Cell(f"Attendu le {day(one.coming.due_on)}" if one.coming else MISSING, mark=Mark("info"))
