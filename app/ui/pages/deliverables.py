"""« Documents attendus »: what providers owe on paper, and what came; a file let fall on a line notes it."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QMenu

from app.fields import MISSING, counted, day, number, percent, plural, this_day
from app.services.deliverables import Delivery
from app.services.deliverables.expected import of_the_year, read_job
from app.services.deliverables.sheet import export_job
from app.ui import ask
from app.ui.desk import Desk
from app.ui.pages import deliverables_acts as acts
from app.ui.pages.base import Page
from app.ui.pages.fixed_assets_rows import Column, RowsList
from app.ui.parts import dropping
from app.ui.parts.awaited import Awaited
from app.ui.parts.basics import column, frame, holder, row
from app.ui.parts.buttons import Button, button, icon_button, set_available
from app.ui.parts.crumbs import list_views
from app.ui.parts.empty import Beginning, EmptyState
from app.ui.parts.marks import Mark
from app.ui.state import UiState

WATCHED = frozenset({
    "due_document", "received_document", "contract", "amendment", "intervention", "ticket", "visit", "provider",
})  # fmt: skip
VIEWS: tuple[tuple[str, Callable[[Delivery], bool]], ...] = (
    ("À recevoir", lambda one: one.is_open),
    ("En retard", lambda one: one.is_late),
    ("Refusés", lambda one: one.is_refused),
    ("Reçus", lambda one: one.is_received),
    ("Tous", lambda _: True),
)


def _late_days(one: Delivery) -> int:
    return (this_day() - one.due_on).days if one.is_late else one.late_days


def _late(one: Delivery) -> str:
    days = _late_days(one)
    return counted(days, "jour") if days else MISSING


COLUMNS: tuple[Column[Delivery], ...] = (
    Column("Document", 230, lambda one: one.label, elastic=True),
    Column("Au titre de", 230, lambda one: one.told, elastic=True),
    Column("Contrat", 116, lambda one: one.contract),
    Column("Dû le", 98, lambda one: day(one.due_on), key=lambda one: one.due_on),
    Column("État", 116, lambda one: one.state.label, "badge", mark=lambda one: Mark(one.state.tone, one.state.loud)),
    Column("Reçu le", 98, lambda one: day(one.received_on), key=lambda one: one.received_on or date.min),
    Column("Retard", 84, _late, key=_late_days, aside=True),
    Column("Motif", 170, lambda one: one.reason or MISSING, elastic=True, aside=True),
    Column("Prestataire", 160, lambda one: one.provider or MISSING, aside=True),
)
WHY = (
    "Compte rendu de chaque intervention, rapport du mois, planning du trimestre\u00a0: dites dans un contrat\n"
    "(onglet Prestations) ce que le prestataire vous doit, et le programme attend chacun à sa date."
)
NONE_CHOSEN = "Choisissez d’abord un document dans la liste."
ON_A_LINE = "Déposez le fichier sur la ligne du document qu’il est."


class DeliverablesPage(Page):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, state)
        self._all: Sequence[Delivery] = ()
        self._asked = self._read = 0
        self._acts: list[Button] = []
        self.views = list_views([title for title, _ in VIEWS])
        self.views.currentChanged.connect(lambda _: self._show())
        excel = icon_button("file-spreadsheet", "Exporter vers Excel")
        excel.clicked.connect(self.export)
        self.empty = EmptyState(
            "file-input", "Aucun document attendu", WHY, [Beginning("contract", "Voir les contrats")]
        )
        self.empty.chosen.connect(lambda key: desk.show_list.emit(key, None))
        self.list: RowsList[Delivery] = RowsList("Documents attendus", COLUMNS, self.empty, excel)
        self.list.chose.connect(self._tell)
        self.list.activated.connect(lambda one: self.receive([one]))
        self.list.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.table.customContextMenuRequested.connect(self._offer)
        self._bar = frame("filters", row(self.views, None, margins=(16, 0, 8, 8)))
        self.body = Awaited(holder(column(self._bar, self.list, gap=0)))
        self.setLayout(column(self.body, gap=0))
        self.setFocusProxy(self.list)
        self.setAcceptDrops(True)
        desk.changed.connect(self._on_change)
        self.refresh()

    def section_actions(self) -> list[Button]:
        more = icon_button("ellipsis", "Autres actions sur ces documents")
        more.clicked.connect(lambda: self._menu().popup(more.mapToGlobal(QPoint(0, more.height()))))
        write = button("Relancer…", icon="mail", tip="Un courriel au prestataire, prêt à relire et à envoyer.")
        write.clicked.connect(self.remind)
        note = button("Noter la réception…", "primary", "file-check")
        note.clicked.connect(lambda: self.receive(self.list.chosen()))

        self._acts = acts_shown = [write, more, note]
        for one in acts_shown:
            one.destroyed.connect(acts_shown.clear)  # the bar lets go of them when another section comes
        self._follow()
        return list(acts_shown)

    def _follow(self) -> None:
        if not self._acts:
            return
        write, more, note = self._acts
        chosen = self.list.chosen()
        for one in (note, more):
            set_available(one, bool(chosen), NONE_CHOSEN)
        set_available(write, any(one.is_open for one in chosen), "Choisissez des documents qui restent à recevoir.")

    # What is shown

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & WATCHED and self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read again beside the window; what is shown stays until then."""
        self._asked += 1
        job = read_job(self.desk.store, this_day())  # begun by the thread, which then knows nothing of the page
        self.desk.jobs.watch(lambda: job, partial(self._got, self._asked))

    @property
    def is_reading(self) -> bool:
        return self._read != self._asked

    def _got(self, asked: int, found: Sequence[Delivery]) -> None:
        if asked != self._asked:
            return  # something changed since: newer ones are on their way
        self._all, self._read = found, asked
        self.body.has_come()
        for at, (title, belongs) in enumerate(VIEWS):
            count = sum(belongs(one) for one in self._all)
            self.views.setTabText(at, f"{title}  {number(count)}" if count else title)
        self._show()
        self.counted.emit(sum(one.is_late for one in self._all))

    def _show(self) -> None:
        kept = {(one.document_id, one.mark) for one in self.list.chosen()}
        belongs = VIEWS[self.views.currentIndex()][1]
        rows = [one for one in self._all if belongs(one)]
        self._bar.setVisible(bool(self._all))
        self.list.show_rows(rows if VIEWS[self.views.currentIndex()][0] != "Reçus" else rows[::-1])
        flags = self.list.table.selectionModel().SelectionFlag
        for at, one in enumerate(self.list.model.rows):
            if (one.document_id, one.mark) in kept:
                self.list.table.selectionModel().select(self.list.model.index(at, 0), flags.Select | flags.Rows)
        self._tell()

    def _tell(self) -> None:
        self._follow()
        self.footed.emit(self.sentence())

    def sentence(self) -> str:
        """« 12 documents affichés · 3 en retard · 8 remis à temps sur 10 en douze mois (80,0 %) »."""
        shown, chosen = len(self.list.model.rows), len(self.list.chosen())
        late = sum(one.is_late for one in self._all)
        kept = of_the_year(self._all, this_day())
        rate = percent(kept.in_time / kept.due) if kept.due else ""
        told = [
            f"{counted(shown, 'document')} {plural(shown, 'affiché')}",
            f"{number(late)} en retard" if late else "",
            f"{number(kept.in_time)} remis à temps sur {number(kept.due)} en douze mois ({rate})" if rate else "",
            counted(chosen, "choisi") if chosen else "",
        ]  # fmt: skip
        return "  ·  ".join(one for one in told if one)

    # What is done

    def receive(self, chosen: Sequence[Delivery], files: Sequence[object] = ()) -> None:
        if chosen:
            acts.ReceiveDialog(self.desk, chosen, self.window(), files).open()  # type: ignore[arg-type]

    def remind(self) -> None:
        acts.remind(self.desk, self.list.chosen())

    def new(self) -> None:
        """Ctrl+N notes what came."""
        self.receive(self.list.chosen())

    def _menu(self) -> QMenu:
        chosen, menu = self.list.chosen(), QMenu(self)
        menu.addAction("Noter la réception…", partial(self.receive, chosen))
        if len(chosen) == 1 and chosen[0].is_received:
            menu.addAction("Refuser…", partial(acts.refuse, self.desk, chosen[0], self))
        if any(one.is_open for one in chosen):
            menu.addAction("Relancer…", self.remind)
        menu.addAction("Ne pas exiger…", partial(acts.waive, self.desk, chosen, self))
        if any(one.received_id for one in chosen):
            menu.addAction("Remettre à attendre", partial(acts.expect, self.desk, chosen))
        if len(chosen) == 1:
            menu.addSeparator()
            self._add_links(menu, chosen[0])
        return menu

    def _add_links(self, menu: QMenu, one: Delivery) -> None:
        menu.addAction("Ouvrir le contrat", lambda: self.desk.go_to.emit("contract/services", one.contract_id))
        key, _, record_id = one.mark.partition(":")
        if record_id:
            named = {"intervention": "Ouvrir l’intervention", "ticket": "Ouvrir le ticket"}[key]
            menu.addAction(named, lambda: self.desk.go_to.emit(key, int(record_id)))

    def _offer(self, spot: QPoint) -> None:
        if self.list.chosen():
            self._menu().popup(self.list.table.viewport().mapToGlobal(spot))

    def export(self) -> None:
        path = self.desk.ask.file_to_save(self, "Exporter les documents", f"documents_{this_day()}.xlsx", ask.EXCEL)
        if path:
            rows = list(self.list.model.rows)
            self.desk.run(
                "Export des documents", lambda: export_job(self.desk.store, rows, path),
                lambda n: self.desk.done.emit(f"{counted(n, 'document')} dans {path.name}", 0),
                "Annuler ne laisse aucun fichier.",
            )  # fmt: skip

    # Files let fall

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dropping.welcome(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """The line under the mouse is chosen, so that one sees where the file goes."""
        at = self._under(event.position().toPoint())
        if at >= 0:
            self.list.table.selectRow(at)
        event.acceptProposedAction()

    def _under(self, spot: QPoint) -> int:
        return self.list.table.rowAt(self.list.table.viewport().mapFrom(self, spot).y())

    def dropEvent(self, event: QDropEvent) -> None:
        at = self._under(event.position().toPoint())
        if at < 0:
            self.desk.ask.tell(self.window(), "De quel document s’agit-il\u00a0?", ON_A_LINE)
            return
        self.receive([self.list.model.rows[at]], dropping.files_of(event))
