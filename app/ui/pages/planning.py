"""The planning: the visits of a week by technician, of a month, of a day as a round, and all of them as a list."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout

from app.entities import ENTITIES
from app.fields import counted, days_words, month_words, this_day
from app.services import listing
from app.services.listing import Filter, Query
from app.services.planning import VisitState, visits, week
from app.services.planning.visits import VisitRow
from app.ui import icons
from app.ui.crud.model import Tally
from app.ui.crud.page import EntityPage
from app.ui.desk import Desk
from app.ui.pages import planning_acts as acts
from app.ui.pages import planning_print as prints
from app.ui.pages import planning_views as views
from app.ui.pages.planning_bar import PlanningBar
from app.ui.pages.planning_round import RoundView
from app.ui.parts.buttons import Button, button
from app.ui.parts.empty import Beginning
from app.ui.parts.monthgrid import MonthGrid
from app.ui.parts.weekgrid import WeekGrid
from app.ui.state import UiState

VISIT = ENTITIES["visit"]
WEEK, MONTH, ROUND, LIST = range(4)
SHOWN = frozenset({"visit", "site", "asset", "contract", "company"})
KEPT = "planning/view"
MISSED = Query((), VISIT.order_by, filters=(Filter("state", (VisitState.MISSED,)),))


class PlanningPage(EntityPage):
    """`on` is a day of what is shown; `who` the technician kept, or None for all."""

    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, VISIT, state)
        self.on = _near()
        self.who: str | None = None
        self.weeks, self.months, self.round = WeekGrid(), MonthGrid(), RoundView(desk)
        self.bar = PlanningBar()
        self.shown = QStackedWidget()
        for one in (self.weeks, self.months, self.round, self.body):
            self.shown.addWidget(one)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101 - as the list makes it
        layout.addWidget(self.bar)
        layout.addWidget(self.shown, 1)
        self._connect()
        kept = state.text(KEPT)
        self.show_view(int(kept) if kept.isdigit() and int(kept) <= LIST else WEEK)

    def _connect(self) -> None:
        self.bar.views.currentChanged.connect(self.show_view)
        self.bar.stepped.connect(self.step)
        self.bar.home.connect(lambda: self.go_to_day(_near()))
        self.bar.missed.clicked.connect(self.show_missed)
        self.bar.chip.clicked.connect(self._offer_people)
        self.bar.chip.cleared.connect(lambda: self.keep_to(None))
        self.weeks.opened.connect(self.open_record)
        self.weeks.asked.connect(self.offer)
        self.weeks.moved.connect(self._put)
        self.weeks.more.connect(self._show_round)
        self.months.opened.connect(self._open_day)
        self.months.left.connect(self._leave_month)
        self.round.opened.connect(self.open_record)
        self.round.asked.connect(self.offer)
        self.round.read_again.connect(self._name)
        for keys, step in (("Alt+PgUp", -1), ("Alt+PgDown", 1)):
            scope = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(keys), self, partial(self.step, step), context=scope)

    # What is shown

    def view(self) -> int:
        return self.shown.currentIndex()

    def show_view(self, position: int) -> None:
        with QSignalBlocker(self.bar.views):
            self.bar.views.setCurrentIndex(position)
        self.state.set_text(KEPT, str(position))
        self.shown.setCurrentIndex(position)
        self.bar.moves.setVisible(position != LIST)
        self.bar.chip.setVisible(position != ROUND)
        self.setFocusProxy((self.weeks, self.months, self.round, self.panel.search)[position])
        self.show_planning()

    def show_planning(self) -> None:
        """Read what is in sight again."""
        with self.desk.read() as session:
            self.bar.set_missed(listing.count(session, VISIT, MISSED))
            people = [self.who] if self.who is not None else []
            if self.view() == WEEK:
                self._week = week.of_week(session, week.monday_of(self.on), people, this_day())
                self.weeks.set_week(views.heads(self._week, this_day()), views.lines(self._week))
            elif self.view() == MONTH:
                self.months.set_month(views.month(week.of_month(session, self.on, people, this_day()), this_day()))
        if self.view() == ROUND:
            self.round.show_day(self.on, self.who)
        self._name()

    def _name(self) -> None:
        self.bar.chip.set_value("" if self.who is None else self.who or views.NOBODY, removable=True)
        monday = week.monday_of(self.on)
        self.bar.title.show_text({
            WEEK: f"{_begun(days_words(monday, monday + timedelta(days=6)))}, semaine {self.on.isocalendar().week}",
            MONTH: _begun(month_words(self.on)),
            ROUND: self.round.title(),
        }.get(self.view(), ""))  # fmt: skip
        self.footed.emit(self.sentence())

    def sentence(self) -> str:
        if self.view() == WEEK:
            return f"{counted(self._week.count, 'visite')} cette semaine  ·  Ctrl et les flèches déplacent une visite"
        return self.round.sentence() if self.view() == ROUND else super().sentence() if self.view() == LIST else ""

    def show_missed(self) -> None:
        self.show_only(Query(VISIT.shown, VISIT.order_by, filters=MISSED.filters))

    def show_only(self, query: Query) -> None:
        super().show_only(query)
        self.show_view(LIST)

    def show_record(self, record_id: int) -> None:
        """From a link: the list behind the page of the visit."""
        if self.view() == LIST:
            super().show_record(record_id)

    def refresh(self) -> None:
        super().refresh()
        self.show_planning()

    def _on_change(self, tables: frozenset[str]) -> None:
        super()._on_change(tables)
        if tables & SHOWN:
            QTimer.singleShot(0, self, self.show_planning)

    def _tell(self, tally: Tally) -> None:
        super()._tell(tally)
        empty = not tally.all
        if empty and self.view() != LIST and not self.panel.query.filters and not self.panel.query.text:
            self.show_view(LIST)  # where what to do first is said

    # Going from one time to another

    def go_to_day(self, on: date) -> None:
        self.on = on
        self.show_planning()

    def step(self, by: int) -> None:
        """To the week, the month or the day beside."""
        if self.view() == MONTH:
            first = self.on.replace(day=1)
            self.go_to_day((first + timedelta(days=32 if by > 0 else -1)).replace(day=1))
        else:
            self.go_to_day(self.on + timedelta(days=by * (7 if self.view() == WEEK else 1)))

    def _leave_month(self, on: date) -> None:
        self.go_to_day(on)
        self.months.focus_on(on)

    def _open_day(self, on: date) -> None:
        self.on = on
        self.show_view(WEEK)

    def _show_round(self, on: date, technician: str) -> None:
        self.on, self.who = on, technician
        self.show_view(ROUND)

    def keep_to(self, technician: str | None) -> None:
        self.who = technician
        self.show_planning()

    def _offer_people(self) -> None:
        with self.desk.read() as session:
            people = week.everybody(session)
        menu = QMenu(self)
        menu.addAction("Tous", partial(self.keep_to, None))
        for name in people:
            menu.addAction(name, partial(self.keep_to, name))
        menu.addAction(views.NOBODY, partial(self.keep_to, ""))
        menu.popup(self.bar.chip.mapToGlobal(self.bar.chip.rect().bottomLeft()))

    # What is done

    def section_actions(self) -> list[Button]:
        self._print = button("Imprimer", icon="printer")
        self._print.clicked.connect(self._offer_papers)
        return [self._print, self.new_button("Nouvelle visite")]

    def _offer_papers(self) -> None:
        who = (self.round.who if self.view() == ROUND else self.who) or ""
        prints.offer(self.desk, self, self.on, who, self._print)

    def print_paper(self) -> None:
        """That of what is in sight."""
        if self.view() == ROUND:
            prints.round_sheet(self.desk, self, self.on, self.round.who)
        else:
            (prints.year if self.view() == LIST else prints.month)(self.desk, self, self.on, self.who or "")

    def beginnings(self) -> list[Beginning]:
        return [
            Beginning("tasks", "Voir les tâches", "repeat", "Partir des tâches préventives",
                      "Nettoyer, vérifier, essayer\u00a0: dites une fois ce qui revient, les visites viennent seules.",
                      primary=True),
            Beginning("new", "Nouvelle visite", "calendar-plus", "Prévoir un passage",
                      "Une visite qui ne revient pas\u00a0: une livraison, un contrôle demandé."),
        ]  # fmt: skip

    def begin(self, key: str) -> None:
        if key == "tasks":
            self.desk.show_list.emit("maintenance_task", None)
        else:
            super().begin(key)

    def new(self) -> None:
        self.open_form(None, {"planned_on": max(self.on, this_day()), "technician": self.who})

    def edit(self) -> None:
        """On its page: its day is moved, not corrected."""
        self.open_record(self.panel.current_id())

    def acts_on(self, wanted: Any) -> Any:
        if len(wanted) != 1:
            return ()
        with self.desk.read() as session:
            return self._acts(visits.get(session, wanted[0]))

    def _acts(self, one: VisitRow) -> list[tuple[str, Callable[[], None]]]:
        if not one.open:
            return [("Remettre au planning", partial(acts.reopen, self.desk, one))]
        return [
            ("Faite…", partial(acts.done, self.desk, one.id, self)),
            ("Déplacer…", partial(acts.move, self.desk, one.id, self)),
            ("Annuler…", partial(acts.cancel, self.desk, one, self)),
        ]

    def offer(self, visit_id: int, spot: QPoint) -> None:
        """The menu of a card."""
        with self.desk.read() as session:
            one = visits.get(session, visit_id)
        menu = QMenu(self)
        menu.addAction("Ouvrir", partial(self.open_record, visit_id))
        for words, act in self._acts(one):
            menu.addAction(words, act)
        menu.addSeparator()
        menu.addAction(icons.icon("trash-2"), "Mettre à la corbeille", partial(self.to_bin, [visit_id]))
        menu.popup(spot)

    def _put(self, visit_id: int, on: date, technician: str) -> None:
        with self.desk.read() as session:
            one = visits.get(session, visit_id)
        if not one.open:
            return
        acts.put(self.desk, one, on, technician, self)
        if week.monday_of(on) != week.monday_of(self.on) and self._is_on(visit_id, on):
            self.go_to_day(on)
            self.weeks.focus_on(visit_id)

    def _is_on(self, visit_id: int, on: date) -> bool:
        with self.desk.read() as session:
            return visits.get(session, visit_id).planned_on == on


def _near() -> date:
    """Today; on a week-end, the Monday that comes."""
    today = this_day()
    return today if today.weekday() < week.SATURDAY else week.monday_of(today) + timedelta(days=7)


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]
