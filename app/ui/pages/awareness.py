"""« Sensibilisation »: the sessions, the share of people reached by service, and who never came."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout

from app.fields import MISSING, NBSP, counted, day, number, percent, this_day
from app.services import awareness
from app.services.awareness import Attendee, Held, Reach
from app.ui import icons
from app.ui.crud.model import Tally
from app.ui.crud.new_button import NewButton
from app.ui.desk import Desk
from app.ui.pages import papers
from app.ui.pages.awareness_acts import SessionDialog, presence
from app.ui.pages.base import Page
from app.ui.parts.basics import column, holder, label, row, scrolled
from app.ui.parts.buttons import Button, button, set_available
from app.ui.parts.card import Card
from app.ui.parts.empty import Beginning, EmptyState
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable
from app.ui.state import UiState

WATCHED = frozenset({"visit", "visit_person", "person", "site"})
SESSIONS = (
    SmallColumn("Date", 100), SmallColumn("Sujet", 260, elastic=True), SmallColumn("Intervenant", 150),
    SmallColumn("État", 140, "badge"), SmallColumn("Invités", 76, "number"), SmallColumn("Venus", 76, "number"),
    SmallColumn("Présence", 90, "number"),
)  # fmt: skip
PEOPLE = (
    SmallColumn("Personne", 200, elastic=True), SmallColumn("Service", 150), SmallColumn("Dernière fois", 130),
    SmallColumn("Invitée", 76, "number"), SmallColumn("Venue", 76, "number"),
)  # fmt: skip
SERVICES = (
    SmallColumn("Service", 140, elastic=True), SmallColumn("Personnes", 90, "number"),
    SmallColumn("Touchées", 96, "number"),
)  # fmt: skip
EVERY = 100_000
LONG, SHORT = 8, 14
"""Lines of a table in sight before it scrolls."""
NOBODY = "Tout le monde est venu au moins une fois."
WHY = (
    "Un clic suffit à faire entrer un rançongiciel.\nUne heure par an et par personne, notée ici, montre qui a été "
    "prévenu\u00a0: c’est aussi une preuve pour l’assureur."
)


class AwarenessPage(Page):
    tallied = Signal(object)

    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, state)
        self._sessions: list[Held] = []
        self._people: list[Attendee] = []
        self.told = label("", "title", wrap=True)
        self.sessions = SmallTable(SESSIONS, name="Séances", most=LONG)
        self.people = SmallTable(PEOPLE, name="Personnes", most=SHORT)
        self.services = SmallTable(SERVICES, name="Services", most=SHORT)
        self.sessions.opened.connect(self._open)
        self.people.opened.connect(lambda at: desk.go_to.emit("person", self._people[at].id))
        self.sessions.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.sessions.customContextMenuRequested.connect(self._offer)
        self.invite = button("Les inviter…", "quiet", "plus", "Une séance pour ceux qui ne sont jamais venus.")
        self.invite.clicked.connect(self.invite_absent)
        self.body = QStackedWidget()
        self.body.addWidget(scrolled(holder(self._cards())))
        empty = EmptyState("graduation-cap", "Aucune séance pour l’instant", WHY, [
            Beginning("new", "Planifier une séance", primary=True),
        ])  # fmt: skip
        empty.chosen.connect(lambda _: self.new())
        self.body.addWidget(empty)
        self.setLayout(column(self.body, gap=0))
        self.desk.changed.connect(self._on_change)
        self.refresh()

    def _cards(self) -> QVBoxLayout:
        listed = Card("Séances", note="Entrée ouvre les présences", flush=True)
        listed.body.addWidget(self.sessions)
        people = Card("Personnes", note="jamais venues d’abord", corner=self.invite, flush=True)
        people.body.addWidget(self.people)
        services = Card("Par service", note="douze mois", flush=True)
        services.body.addWidget(self.services)
        side = row(gap=12)
        side.addWidget(people, 3, Qt.AlignmentFlag.AlignTop)
        side.addWidget(services, 2, Qt.AlignmentFlag.AlignTop)
        return column(self.told, listed, side, None, gap=12, margins=(16, 4, 16, 12))

    def section_actions(self) -> list[Button]:
        new = NewButton("Nouvelle séance")
        new.clicked.connect(self.new)
        new.suit(self._tally())
        self.tallied.connect(new.suit)  # the button goes with the section, and its connection with it
        return [new]

    def _tally(self) -> Tally:
        return Tally(len(self._sessions), len(self._sessions), {})

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & WATCHED and self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        with self.desk.read() as session:
            self._sessions = awareness.sessions(session, this_day())
            self._people = awareness.attendees(session, this_day())
        self.sessions.set_rows([_session(one) for one in self._sessions])
        self.people.set_rows([_person(one) for one in self._people])
        self.services.set_rows([_service(one) for one in awareness.reaches(self._people)])
        self.body.setCurrentIndex(0 if self._sessions else 1)
        self.told.setText(told(self._people))
        set_available(self.invite, bool(awareness.never(self._people)), NOBODY)
        self.tallied.emit(self._tally())
        self.footed.emit(self.sentence())
        self.counted.emit(len(self._sessions))

    def sentence(self) -> str:
        return f"{counted(len(self._sessions), 'séance')}  ·  {counted(len(self._people), 'personne')}"

    # Acts

    def new(self) -> None:
        SessionDialog(self.desk, self).open()

    def invite_absent(self) -> None:
        """A session whose guests are those who never came."""
        SessionDialog(self.desk, self, people=[one.id for one in awareness.never(self._people)]).open()

    def _open(self, at: int) -> None:
        presence(self.desk, self._sessions[at].id, self)

    def _chosen(self) -> Held | None:
        at = self.sessions.currentIndex().row()
        return self._sessions[at] if 0 <= at < len(self._sessions) else None

    def edit(self) -> None:
        if one := self._chosen():
            SessionDialog(self.desk, self, one.id).open()

    def print_paper(self) -> None:
        if one := self._chosen():
            papers.preview(self.desk, "presence", self, one.number)

    def _offer(self, spot: QPoint) -> None:
        one = self._chosen()
        if one is None:
            return
        menu = QMenu(self)
        menu.addAction(icons.icon("user-check"), "Noter les présences…", lambda: presence(self.desk, one.id, self))
        menu.addAction(icons.icon("pencil"), "Modifier la séance et ses invités…", self.edit)
        menu.addAction(icons.icon("printer"), "Feuille de présence…", self.print_paper)
        menu.addAction(
            icons.icon("calendar-check"), "Voir dans le planning", lambda: self.desk.go_to.emit("visit", one.id)
        )
        menu.popup(self.sessions.viewport().mapToGlobal(spot))


def told(people: Sequence[Attendee]) -> str:
    """« 31 personnes sur 42 (73,8 %) sont venues au moins une fois en douze mois ; 6 ne sont jamais venues. »"""
    if not people:
        return ""
    came = sum(one.came > 0 for one in people)
    never = len(awareness.never(people))
    share = f"{counted(came, 'personne')} sur {number(len(people))} ({percent(came / len(people))})"
    verb = "sont venues" if came > 1 else "est venue"
    rest = f"{NBSP}; {number(never)} {'ne sont jamais venues' if never > 1 else 'n’est jamais venue'}" if never else ""
    return f"{share} {verb} au moins une fois en douze mois{rest}."


def _session(one: Held) -> list[Cell]:
    known = one.came + one.absent
    return [
        Cell(day(one.on)), Cell(one.topic), _text(one.trainer),
        Cell(one.state.label, mark=Mark(one.state.tone, one.state.loud)), Cell(number(one.invited)),
        _count(one.came, known=bool(known)),
        Cell(percent(one.came / known, 0)) if known else Cell(MISSING, tone="mute"),
    ]  # fmt: skip


def _person(one: Attendee) -> list[Cell]:
    last = Cell(day(one.last_on)) if one.last_on else Cell("Jamais", mark=None, tone="warn", strong=True)
    return [Cell(one.name), Cell(one.service), last, _count(one.invited), _count(one.came, known=bool(one.invited))]


def _service(one: Reach) -> list[Cell]:
    share = f"{one.came}{NBSP}({percent(one.came / one.people, 0)})"
    return [Cell(one.service), Cell(number(one.people)), Cell(share)]


def _text(words: str) -> Cell:
    return Cell(words) if words else Cell(MISSING, tone="mute")


def _count(value: int, *, known: bool = True) -> Cell:
    return Cell(number(value)) if known else Cell(MISSING, tone="mute")
