"""« Sauvegardes »: what is backed up, whether the jobs end well, and the proof that it can be restored.

On the list, 1 says that the job ended well and goes to the next line; 2 and 3 ask what was wrong; 4 notes a test.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.entities import ENTITIES
from app.fields import day, this_day
from app.services.backups import BackupState, VisitResult, reading
from app.services.backups.reading import Followed, Measure, Point, Seen
from app.services.records import Sheet
from app.ui import tokens
from app.ui.crud.pane import DetailPane, MenuAct, groups_of
from app.ui.crud.questions import Question, QuestionsPage
from app.ui.desk import Desk
from app.ui.pages import backups_acts, papers
from app.ui.pages.new_ticket import NewTicketDialog
from app.ui.parts.badge import Badge
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import Glyph, column, empty_layout, holder, label, row
from app.ui.parts.buttons import button
from app.ui.parts.empty import Beginning
from app.ui.parts.facts import FactGroup
from app.ui.parts.marks import Mark
from app.ui.parts.section import SectionPart
from app.ui.state import UiState

PLAN = ENTITIES["backup_plan"]
WATCHED = frozenset({"visit", "maintenance_task", "setting"})
TOLD = {
    PLAN.field(name).label for name in ("label", "copies", "media", "offsite", "offline", "rpo_minutes", "rto_minutes")
}
"""What the parts above the facts tell already."""
HINT = "1\u00a0: contrôle réussi  ·  2\u00a0: avec remarques  ·  3\u00a0: en échec  ·  4\u00a0: essai de restauration"
ROOM, HINT_GAP = 60, 8
WAYS = [
    Beginning(
        "new",
        "Nouvelle sauvegarde",
        "database-backup",
        "Décrire une sauvegarde",
        "Ce qui est copié, où, combien de temps, et ce que vous acceptez de perdre et d’attendre.",
        primary=True,
    ),
]


def _standing(state: BackupState) -> Question:
    words = {
        BackupState.FAILED: "En échec", BackupState.UNCHECKED: "À contrôler", BackupState.UNTESTED: "Essai à faire",
    }  # fmt: skip
    return words[state], lambda session: reading.in_state(session, this_day(), state)


QUESTIONS = [_standing(one) for one in (BackupState.FAILED, BackupState.UNCHECKED, BackupState.UNTESTED)]


class BackupsPage(QuestionsPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, PLAN, state, QUESTIONS, WATCHED)
        for key, act in (
            ("1", self.check_good),
            ("2", lambda: self._check(VisitResult.REMARKS)),
            ("3", lambda: self._check(VisitResult.FAILED)),
            ("4", self.try_restoring),
        ):
            QShortcut(QKeySequence(key), self.panel.table, act, context=Qt.ShortcutContext.WidgetShortcut)
        self.hint = label(HINT, "second", "ink2")
        layout = self._bar.layout()
        if isinstance(layout, QHBoxLayout):
            layout.addWidget(self.hint)
            layout.addSpacing(HINT_GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The hint stands where there is room for it."""
        super().resizeEvent(event)
        self.hint.setVisible(self.views.sizeHint().width() + self.hint.sizeHint().width() + ROOM <= self.width())

    def make_pane(self) -> DetailPane:
        return BackupPane(self.desk)

    def acts_on(self, wanted: Sequence[int]) -> Sequence[MenuAct]:
        several = f" de ces {len(wanted)} sauvegardes" if len(wanted) > 1 else ""
        good: MenuAct = (f"Contrôle réussi{several}\t1", lambda: backups_acts.check_good(self.desk, wanted))
        if len(wanted) != 1:
            return (good,)
        [plan] = wanted
        return (
            good,
            ("Noter un autre contrôle…", lambda: backups_acts.check_dialog(self.desk, plan, self)),
            ("Noter un essai de restauration…\t4", lambda: backups_acts.test_dialog(self.desk, plan, self)),
            ("Programmer les essais…", lambda: backups_acts.plan_tests(self.desk, plan, self)),
        )

    def check_good(self) -> None:
        """The rows chosen; one alone leaves its place to the next."""
        wanted = self.panel.chosen_ids()
        at = self.panel.table.currentIndex().row()
        backups_acts.check_good(self.desk, wanted)
        if len(wanted) == 1 and at + 1 < self.panel.table.model().rowCount():
            self.panel.table.selectRow(at + 1)

    def _check(self, result: VisitResult) -> None:
        if plan := self.panel.current_id():
            backups_acts.check_dialog(self.desk, plan, self, result)

    def try_restoring(self) -> None:
        if plan := self.panel.current_id():
            backups_acts.test_dialog(self.desk, plan, self)

    def beginnings(self) -> list[Beginning]:
        return WAYS

    def print_paper(self) -> None:
        papers.preview(self.desk, "sauvegardes", self)


class BackupPane(DetailPane):
    """Above the facts: what is wrong, what may be done, the rule 3-2-1-1-0 point by point, promises and measures."""

    watched = WATCHED

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, PLAN)
        self._told = column(gap=10)
        self.good = button("Contrôle réussi", icon="check", tip="Touche 1 dans la liste")
        self.other = button("Problème…", tip="Avec remarques ou en échec\u00a0: touches 2 et 3 dans la liste")
        self.tried = button("Essai…", icon="archive-restore", tip="Essai de restauration\u00a0: touche 4 dans la liste")
        self.good.clicked.connect(lambda: backups_acts.check_good(desk, [self.record_id]))
        self.other.clicked.connect(lambda: backups_acts.check_dialog(desk, self.record_id, self.window()))
        self.tried.clicked.connect(lambda: backups_acts.test_dialog(desk, self.record_id, self.window()))

    def facts_body(self) -> QWidget:
        acts = row(self.good, self.other, self.tried, None, gap=8)
        return holder(column(acts, self._told, self.facts, gap=12))

    def show_facts(self, sheet: Sheet) -> None:
        groups = [FactGroup(one.title, [f for f in one.facts if f.label not in TOLD]) for one in groups_of(PLAN, sheet)]
        self.facts.set_groups([one for one in groups if one.facts])
        empty_layout(self._told)
        with self._desk.read() as session:
            found = reading.view(session, sheet.id, this_day())
        if found is None:
            return
        if found.failure is not None:
            self._told.addWidget(self._banner(found.failure, sheet))
        self._told.addWidget(_standing_part(found.followed))
        self._told.addWidget(_points_part(found.points))
        self._told.addWidget(_promises_part(found.promises))

    def _banner(self, failure: Seen, sheet: Sheet) -> Banner:
        title = f"En échec le {day(failure.on)}"
        made = Banner(BannerData("bad", title, failure.notes, "Ouvrir un ticket…", action_icon="ticket-plus"))
        start = {
            "description": f"Sauvegarde en échec · {sheet.values['label']}\n{failure.notes}",
            "asset_id": sheet.values["asset_id"],
        }  # fmt: skip
        made.acted.connect(lambda: NewTicketDialog(self._desk, self.window(), start).open())
        return made


def _standing_part(found: Followed) -> QWidget:
    part = SectionPart("Suivi", Badge(found.state.label, Mark(found.state.tone, loud=found.state.loud)))
    told = (
        ("Dernier contrôle", found.checked_on, found.check_result, found.check_due),
        ("Dernier essai de restauration", found.tested_on, found.test_result, found.test_due),
    )
    for words, on, result, due in told:
        badge = Badge(result.label, Mark(result.tone, loud=result.loud)) if result else None
        part.body.addLayout(row(label(words, "body", "ink2"), None, badge, label(day(on) if on else "Jamais"), gap=8))
        if due is not None:
            late = due < this_day()
            again = f"À refaire {'depuis' if late else 'avant'} le {day(due)}"
            part.body.addLayout(row(None, label(again, "second", "bad.text" if late else "ink2")))
    return part


def _points_part(points: Sequence[Point]) -> QWidget:
    kept = sum(one.tone == "ok" for one in points)
    part = SectionPart("Règle 3-2-1-1-0", label(f"{kept} sur {len(points)}", "second", "ink2"))
    for one in points:
        line = row(
            Glyph(tokens.GLYPHS[one.tone], f"{one.tone}.solid", 15), label(one.label), None,
            label(one.told, "second", "ink2" if one.tone == "ok" else f"{one.tone}.text"), gap=8,
        )  # fmt: skip
        part.body.addLayout(line)
    return part


def _promises_part(promises: Sequence[Measure]) -> QWidget:
    part = SectionPart("Attendu et mesuré")
    for one in promises:
        told = Badge(one.told, Mark(one.tone))
        part.body.addLayout(row(label(one.label, "body", "ink2"), None, label(one.measured, "strong"), gap=8))
        part.body.addLayout(row(label(one.allowed, "second", "ink2"), None, told, gap=8))
    return part
