"""What a visit is, when it is due, what was found and recorded."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.fields import MISSING, counted, day, day_words, duration, joined
from app.fields import time_of_day as hour
from app.services.planning import TaskKind, VisitStatus, visits, words
from app.services.planning.visits import VisitRow
from app.ui import theme
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.pages.visit_checklist import ChecklistCard
from app.ui.pages.visit_guests import GuestsCard
from app.ui.parts.basics import column, holder, label, row, scrolled
from app.ui.parts.card import Card
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.marks import Mark

SIDE, NARROW = 360, 1060


class VisitTab(QWidget):
    """The points on the left, or the guests of a session of awareness; the facts on the right."""

    def __init__(self, desk: Desk, visit_id: int) -> None:
        super().__init__()
        self._desk, self._visit = desk, visit_id
        self.checks = ChecklistCard(desk, visit_id)
        self.guests = GuestsCard(desk, visit_id)
        self.facts = FactsView()
        self.facts.link_followed.connect(desk.follow)
        self.notes = label("", "body", "ink", wrap=True)
        self._notes = Card("Remarques")
        self._notes.body.addWidget(self.notes)
        self.nothing = Card("Points à vérifier")
        self.nothing.body.addWidget(
            label("Aucun\u00a0: ils se disent une fois pour toutes dans la tâche.", "second", "ink2", wrap=True)
        )
        side = Card()
        side.body.addWidget(self.facts)
        self._right = holder(column(side, None))
        left = column(self.guests, self.checks, self.nothing, self._notes, None, gap=12)
        self._body = row(left, self._right, gap=14, margins=PAGE_MARGINS)
        self._body.setStretch(0, 1)
        self.setLayout(column(scrolled(holder(self._body)), gap=0))
        self.setFocusProxy(self.checks.table)
        self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The facts under the points where both do not fit."""
        super().resizeEvent(event)
        narrow = self.width() < theme.scaled(NARROW)
        self._body.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._body.setStretch(0, 0 if narrow else 1)
        self._body.setStretch(1, 1 if narrow else 0)
        self._right.setMaximumWidth(theme.scaled(4 * SIDE if narrow else SIDE))
        self._right.setMinimumWidth(0 if narrow else theme.scaled(SIDE))

    def reload(self) -> None:
        with self._desk.read() as session:
            one = visits.get(session, self._visit)
            told = visits.task_of(session, self._visit)
            done = visits.interventions_of(session, self._visit)
        self.checks.reload()
        invites = one.kind == TaskKind.AWARENESS
        if invites:
            self.guests.reload()
        self.guests.setVisible(invites)
        self.nothing.setVisible(not self.checks.model.lines and not invites)
        self.notes.setText(one.notes)
        self._notes.setVisible(bool(one.notes))
        rhythm = words.every(*told[1:]) if told else ""
        self.facts.set_groups([_when(one, rhythm), _where(one), *_outcome(one, done)])


def _when(one: VisitRow, rhythm: str) -> FactGroup:
    at = f"à {hour(one.starts_at)}" if one.starts_at is not None else ""
    facts = [
        Fact("Prévue le", joined(day_words(one.planned_on, weekday=True), at)),
        Fact("Dans les temps", f"du {day(one.earliest_on)} au {day(one.latest_on)}"),
        Fact("Par", one.technician or MISSING),
        Fact("Durée prévue", duration(one.duration_minutes)),
    ]
    facts += [Fact("Déplacée", one.moved_reason)] if one.moved_reason else []
    facts += [Fact("Tâche", rhythm.capitalize(), link=f"maintenance_task:{one.task_id}")] if one.task_id else []
    return FactGroup("Quand", facts)


def _where(one: VisitRow) -> FactGroup:
    facts = [Fact("Site", one.site or MISSING, link=f"site:{one.site_id}" if one.site_id else "")]
    facts += [Fact("Bien", one.asset, link=f"asset:{one.asset_id}")] if one.asset_id else []
    facts += [Fact("Contrat", one.contract, link=f"contract:{one.contract_id}")] if one.contract_id else []
    facts += [Fact("Nature", one.kind.label)]
    return FactGroup("Où", facts)


def _outcome(one: VisitRow, done: list[tuple[int, str]]) -> list[FactGroup]:
    if one.status != VisitStatus.DONE:
        return []
    facts = [Fact("Faite le", day(one.done_on))]
    if one.result is not None:
        facts.append(Fact("Résultat", "", badge_text=one.result.label, badge=Mark(one.result.tone, one.result.loud)))
    if one.kind == TaskKind.RESTORE_TEST:
        facts.append(Fact("Restauration en", duration(one.measured_minutes)))
        facts.append(Fact("Données d’il y a", duration(one.lost_minutes)))
    facts += [Fact("Intervention", number, link=f"intervention:{at}") for at, number in done]
    return [FactGroup("Résultat", facts, aside=counted(len(done), "intervention") if done else "")]
