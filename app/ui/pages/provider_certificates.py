"""The documents that prove a provider is in order: what is to be asked for, noting what came with its file (C.8)."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import amount, this_day
from app.services import providers, vigilance
from app.services.vigilance import Demand
from app.ui.crud.form import FormDialog
from app.ui.crud.questions import Question, QuestionsPage
from app.ui.crud.record_views import PAGE_MARGINS, LinkedList
from app.ui.desk import Desk
from app.ui.parts import dropping
from app.ui.parts.badge import Badge
from app.ui.parts.basics import column, empty_layout, hairline, label, row
from app.ui.parts.buttons import button
from app.ui.parts.card import Card
from app.ui.parts.files_place import FilesPlace
from app.ui.parts.marks import Mark
from app.ui.state import UiState

CERTIFICATE = ENTITIES["certificate"]
TITLE = "Documents à demander"
NOTHING = "Aucun contrat en cours avec ce prestataire\u00a0: rien n’est à lui demander."
SAFETY = (
    "Plan de prévention\u00a0: à écrire ensemble avant des travaux de 400\u00a0heures ou plus sur douze mois, ou "
    "dangereux (art. R4512-7 du code du travail)."
)
DROP = "Déposez ici le document reçu, ou choisissez-le\u00a0: une copie est gardée avec l’attestation."


def _in_state(*wanted: str) -> Question:
    words = {"held": "En règle", "soon": "Bientôt à redemander", "expired": "À redemander"}[wanted[0]]
    return words, lambda session: [
        one for one, state in vigilance.standing(session, this_day()).items() if state in wanted
    ]


class CertificatesPage(QuestionsPage):
    """The certificates of all providers; those that a later one replaced answer no question."""

    def __init__(self, desk: Desk, state: UiState) -> None:
        questions = (_in_state("expired"), _in_state("soon"), _in_state("held"))
        super().__init__(desk, CERTIFICATE, state, questions, frozenset({"contract"}))

    def _count_views(self) -> None:
        super()._count_views()
        with self.desk.read() as session:
            self.panel.model.quiet = frozenset(vigilance.superseded(session))

    def open_form(self, record_id: int | None, start: dict[str, Any] | None = None) -> FormDialog:
        form = CertificateForm(self.desk, record_id, start, self.window())
        form.saved.connect(self._on_saved)
        form.open()
        return form


class CertificateForm(FormDialog):
    """The generic form, and the file that came: kept with the certificate when it is saved."""

    def __init__(
        self,
        desk: Desk,
        record_id: int | None,
        start: Mapping[str, Any] | None,
        parent: QWidget,
        files: Sequence[Path] = (),
    ) -> None:
        self.place = FilesPlace(
            DROP, "Choisir le document…", lambda: desk.ask.files_to_open(self, "Document reçu"), files
        )
        super().__init__(desk, CERTIFICATE, record_id, start, parent)
        self.setAcceptDrops(True)
        self._body.insertWidget(0, self.place)

    def is_modified(self) -> bool:
        return super().is_modified() or bool(self.place.files)

    def _save(self, values: dict[str, Any]) -> int:
        kept, version, files = self.record_id, self._version, self.place.files
        name = "Attestation notée" if kept is None else f"Modification\u00a0: {self._name}"
        return self._desk.act(name, lambda s: providers.save_certificate(s, kept, values, version, files))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dropping.welcome(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.place.add(dropping.files_of(event))


class DemandLine(QWidget):
    """One document asked for: where it stands, why, and noting it. A file dropped on it begins that."""

    noted = Signal(object, list)

    def __init__(self, demand: Demand) -> None:
        super().__init__()
        self.demand = demand
        self.setAcceptDrops(True)
        self.setAccessibleName(f"{demand.title}\u00a0: {demand.word}. {demand.why}")
        note = button("Noter l’attestation…" if demand.kind.value == "urssaf" else "Noter le document…", "link")
        note.setAccessibleName(f"Noter\u00a0: {demand.title}")
        note.clicked.connect(lambda: self.noted.emit(demand.kind, []))
        self.setToolTip(demand.law)
        words = column(label(demand.title, "title", wrap=True), label(demand.told, "second", "ink2", wrap=True), gap=0)
        if demand.is_to_ask:
            words.addWidget(label(demand.law, "small", "ink3", wrap=True))
        badge = Badge(demand.word, Mark(demand.tone, loud=demand.is_to_ask))
        line = row(words, badge, note, gap=12)
        line.setStretch(0, 1)
        self.setLayout(line)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dropping.welcome(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.noted.emit(self.demand.kind, dropping.files_of(event))


class DemandsCard(Card):
    """What this provider must show; `reload` reads it again."""

    def __init__(self, desk: Desk, provider_id: int) -> None:
        super().__init__(TITLE)
        self._desk, self._provider = desk, provider_id
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            found = vigilance.demands(session, this_day(), self._provider)
        empty_layout(self.body)
        for position, one in enumerate(found):
            if position:
                self.body.addWidget(hairline())
            line = DemandLine(one)
            line.noted.connect(self.ask)
            self.body.addWidget(line)
        if found:
            told = f"Ses contrats engagent {amount(found[0].total)} HT."
            self.body.addWidget(label(told, "second", "ink2", wrap=True))
        else:
            self.body.addWidget(label(NOTHING, "second", "ink2", wrap=True))
        self.body.addWidget(label(SAFETY, "small", "ink3", wrap=True))

    def ask(self, kind: object, files: Sequence[Path]) -> None:
        start = {"provider_id": self._provider, "kind": kind, "issued_on": None}
        CertificateForm(self._desk, None, start, self.window(), files).open()


class CertificatesTab(QWidget):
    """What was noted of one provider; noting and correcting in place."""

    def __init__(self, desk: Desk, provider_id: int) -> None:
        super().__init__()
        self._desk, self._provider = desk, provider_id
        self.list = LinkedList(desk, CERTIFICATE.key, "provider_id", provider_id, "Aucune attestation notée")
        self.list.opened.connect(self.edit)
        add = button("Noter une attestation…", icon="plus")
        add.clicked.connect(lambda: self.edit(None))
        self.setLayout(column(row(None, add, margins=(PAGE_MARGINS[0], 8, PAGE_MARGINS[2], 8)), self.list, gap=0))
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            self.list.model.quiet = frozenset(vigilance.superseded(session))
        self.list.reload()

    def edit(self, certificate: int | None) -> None:
        start = {"provider_id": self._provider} if certificate is None else None
        CertificateForm(self._desk, certificate, start, self.window()).open()
