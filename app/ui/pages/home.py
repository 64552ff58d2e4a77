"""Home: what is to be done, four figures, where the company stands on the method, the last records one was on.
Everything opens what it tells."""

from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QMenu, QStackedWidget, QWidget

from app.entities import ENTITIES
from app.fields import PARIS, day_words, lowered
from app.services import home, setup
from app.services.home import Home, Opened, Task
from app.ui import file_acts, recents, theme
from app.ui.company_dialog import CompanyDialog
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages import papers, starts
from app.ui.pages.base import Page
from app.ui.pages.welcome import WelcomePage
from app.ui.parts.basics import Glyph, OneLine, column, frame, holder, label, row, scrolled
from app.ui.parts.buttons import Button, button
from app.ui.parts.chips import Chip
from app.ui.parts.recent import RecentData, RecentList
from app.ui.parts.steps import Step, StepsList
from app.ui.parts.tiles import FigureCard, FigureData
from app.ui.parts.todo import Todo, TodoGroup, TodoList
from app.ui.state import UiState

MINUTE = 60_000
STEPS_WIDTH = 318
EVERY = "Tous les sujets"
ROOM = 80
"""Margins, the scroll bar, and the white between the date and the buttons."""
WIDE = 940
"""At the base size of text: below, the steps go under what is to be done, and the figures on two lines."""
_WAYS = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight


class HomePage(Page):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, state)
        self._shown: Home | None = None
        self._subject = ""
        self.body = QStackedWidget()
        self.welcome = WelcomePage()
        self.body.addWidget(self.welcome)
        self.body.addWidget(self._build())
        self.setLayout(column(self.body, gap=0))
        self.welcome.example_wanted.connect(lambda: starts.open_example(desk))
        self.welcome.company_wanted.connect(lambda: self._act("company"))
        self.welcome.import_wanted.connect(lambda: starts.import_files(desk, self))
        desk.changed.connect(self._follow)
        self._clock = QTimer(self, interval=MINUTE)
        self._clock.timeout.connect(self._follow)
        self._clock.start()
        self.refresh()

    def _follow(self) -> None:
        """A change made anywhere, or a minute gone by: out of sight, the page waits to come back."""
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    # What it is made of

    def _build(self) -> QWidget:
        self.date, self.summary = label("", "page"), OneLine("body", "ink2")
        self.figures = [FigureCard(FigureData("", "", "")) for _ in range(4)]
        for card in self.figures:
            card.clicked.connect(lambda _=False, card=card: self.follow(card.data.key))
        head = row(column(self.date, self.summary, gap=2), None, *self._quick_actions())
        asides = self._steps_card(), self._recent_card()
        self._aside: QBoxLayout = column(*asides, None, gap=12)
        for one in asides:
            self._aside.setAlignment(one, Qt.AlignmentFlag.AlignTop)
        self._below = row(self._todo_card(), self._aside, gap=12)
        self._below.setStretch(0, 1)
        self._pairs = [row(*self.figures[:2], gap=12), row(*self.figures[2:], gap=12)]
        self._figures = row(*self._pairs, gap=12)
        whole = column(head, self._figures, self._below, gap=12, margins=(16, 12, 16, 12))
        whole.setStretch(2, 1)
        return scrolled(holder(whole))

    def _quick_actions(self) -> list[Button]:
        self.new_asset = button("Ajouter un bien", icon="plus")
        self.import_button = button("Importer", icon="file-input")
        self.evaluate = button("Saisir une évaluation", icon="star")
        self.print_button = button("Imprimer un document", icon="printer")
        self.new_ticket = button("Nouveau ticket", "primary", "plus")
        importing = partial(starts.import_files, self.desk, self)
        acts = (self._new_asset, importing, self.enter_evaluation, self.print_paper, self.new)
        made = [self.new_asset, self.import_button, self.evaluate, self.print_button, self.new_ticket]
        for one, act in zip(made, acts, strict=True):
            one.clicked.connect(lambda _=False, act=act: act())
        return made

    def _todo_card(self) -> QFrame:
        self.todo = TodoList()
        self.todo.acted.connect(self.follow)
        self.subjects = Chip(EVERY)
        self.subjects.clicked.connect(self._offer_subjects)
        self.subjects.cleared.connect(lambda: self._take_subject(""))
        self.onward = button("", "link", "arrow-right")
        self.onward.clicked.connect(lambda: self.follow(self._next_step()))
        calm = label("Rien ne presse aujourd’hui.", "body", "ink2")
        self._calm = holder(
            row(Glyph("circle-check", "ok.solid", 20), calm, self.onward, None, gap=10, margins=(16, 14, 16, 14))
        )
        head = row(label("À faire", "card"), None, self.subjects, margins=(16, 8, 12, 8))
        return frame("card", column(head, self._calm, self.todo, None, gap=0, margins=(1, 0, 1, 12)))

    def _steps_card(self) -> QFrame:
        self.steps = StepsList()
        self.steps.opened.connect(self.follow)
        self.steps_done = label("", "second", "ink2")
        head = column(label("Mise en place", "card"), self.steps_done, gap=2, margins=(16, 11, 16, 6))
        made = frame("card", column(head, self.steps, gap=0, margins=(0, 0, 0, 8)))
        theme.fix_width(made, STEPS_WIDTH)
        return made

    def _recent_card(self) -> QFrame:
        self.recent = RecentList()
        self.recent.opened.connect(self.follow)
        head = column(label("Reprendre", "card"), gap=2, margins=(16, 11, 16, 6))
        self._recent = frame("card", column(head, self.recent, gap=0, margins=(0, 0, 0, 8)))
        theme.fix_width(self._recent, STEPS_WIDTH)
        return self._recent

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_actions()
        wide = self.width() >= theme.scaled(WIDE)
        for line in (self._figures, self._below):
            line.setDirection(_WAYS[wide])
        self._aside.setDirection(_WAYS[not wide])

    def _fit_actions(self) -> None:
        """Where the window is narrow or the text large, what the menus offer too gives way to the rest."""
        room = self.width() - self.date.sizeHint().width() - ROOM - _wide(self.new_ticket)
        evaluates = self._shown is not None and self._shown.evaluates
        given = (
            (self.new_asset, True),
            (self.print_button, True),
            (self.evaluate, evaluates),
            (self.import_button, True),
        )
        for one, wanted in given:
            fits = wanted and room >= _wide(one)
            one.setVisible(fits)
            room -= _wide(one) if fits else 0

    # What it shows

    def refresh(self) -> None:
        """Nothing is drawn again, and no focus lost, while nothing has changed."""
        now = datetime.now(UTC)
        with self.desk.read() as session:
            empty = setup.is_empty(session)
            shown = home.read(session, now, file_acts.backup_age(self.desk.store), self._opened())
        self.body.setCurrentIndex(0 if empty else 1)
        words = day_words(now.astimezone(PARIS).date(), weekday=True)
        self.date.setText(words[0].upper() + words[1:])
        if shown != self._shown:
            self._shown = shown
            self._show(shown)
        self.footed.emit(self.sentence())

    def _opened(self) -> list[Opened]:
        return [Opened(*one) for one in recents.seen(self.state, self.desk.store.path)]

    def _show(self, shown: Home) -> None:
        self.summary.show_text(shown.summary)
        for card, figure in zip(self.figures, shown.figures, strict=True):
            card.set_data(FigureData(**asdict(figure)))
        self.steps.set_steps([Step(step.key, step.title, step.note, step.state) for step in shown.steps])
        self.recent.set_records([RecentData(**asdict(one)) for one in shown.recent])
        self._recent.setVisible(bool(shown.recent))
        self._fit_actions()
        s = "s" if shown.steps_done > 1 else ""
        self.steps_done.setText(f"{shown.steps_done}\u00a0étape{s} faite{s} sur {len(shown.steps)}")
        self._show_tasks()

    def _show_tasks(self) -> None:
        groups = self._shown.groups if self._shown else ()
        kept = [
            TodoGroup(g.title, g.tone, [_todo(t) for t in g.tasks if self._subject in {"", t.subject}]) for g in groups
        ]
        self.todo.set_groups(kept)
        some = any(group.items for group in kept)
        self.todo.setVisible(some)
        self._calm.setVisible(not some)
        self.subjects.setVisible(any(group.tasks for group in groups))
        steps = self._shown.steps if self._shown else ()
        waiting = next((step.title for step in steps if step.key == self._next_step()), "")
        self.onward.setText(f"Étape suivante\u00a0: {lowered(waiting)}")
        self.onward.setVisible(bool(waiting))

    def _next_step(self) -> str:
        """The first step not done, which a day with nothing to do leaves time for; the tickets never end."""
        steps = self._shown.steps if self._shown else ()
        return next((step.key for step in steps if step.state != "done" and step.key != "tickets"), "")

    def sentence(self) -> str:
        if self._shown is None or not self._shown.company:
            return ""
        return f"Fichier\u00a0: {self._shown.company}" + (" (exemple)" if self._shown.is_example else "")

    # The subjects

    def _offer_subjects(self) -> None:
        groups = self._shown.groups if self._shown else ()
        menu = QMenu(self)
        menu.addAction(EVERY, lambda: self._take_subject(""))
        for subject in sorted({task.subject for group in groups for task in group.tasks}):
            menu.addAction(subject, partial(self._take_subject, subject))
        menu.popup(self.subjects.mapToGlobal(self.subjects.rect().bottomLeft()))

    def _take_subject(self, subject: str) -> None:
        self._subject = subject
        self.subjects.set_value(subject, removable=True)
        self._show_tasks()

    # Where it leads

    def follow(self, key: str) -> None:
        """Open what a figure, a line or a step tells of."""
        with self.desk.read() as session:
            lead = home.lead(session, key, datetime.now(UTC))
        if lead.act:
            self._act(lead.act)
        elif lead.record_id:
            self.desk.go_to.emit(lead.entity, lead.record_id)
        else:
            self.desk.show_list.emit(lead.entity, lead.query)

    def _act(self, name: str) -> None:
        if name == "company":
            CompanyDialog(self.desk, self.window()).open()
        elif name == "backup":
            starts.save_backup(self.desk)
        elif name == "report":
            papers.preview(self.desk, "inventaire", self)
        else:
            self.desk.show_list.emit("deadline" if name == "deadlines" else "indicator", None)

    def new(self) -> None:
        from app.ui.pages.new_ticket import NewTicketDialog  # noqa: PLC0415 - when it is asked for

        NewTicketDialog(self.desk, self.window()).open()

    def enter_evaluation(self) -> None:
        from app.services.evaluations.returned import KIND  # noqa: PLC0415 - when it is asked for
        from app.ui.pages.evaluation_entry import EntryDialog  # noqa: PLC0415 - as above

        EntryDialog(self.desk, KIND, self.window()).open()

    def _new_asset(self) -> None:
        form = FormDialog(self.desk, ENTITIES["asset"], None, None, self.window())
        form.saved.connect(lambda made: self.desk.go_to.emit("asset", made))
        form.open()

    def print_paper(self) -> None:
        """The papers that concern the whole company."""
        papers.offer(self.desk, self, self.print_button)


def _wide(one: Button) -> int:
    return one.sizeHint().width() + 8


def _todo(task: Task) -> Todo:
    return Todo(**{name: getattr(task, name) for name in Todo.__dataclass_fields__})
