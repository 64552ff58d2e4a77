"""An expertise as a page: its lot, and in the same place the fast mode that assesses it."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from app.entities import ENTITIES
from app.fields import day, joined, plural
from app.jobs import Job
from app.services import records
from app.services.expertises import lot, opening
from app.services.expertises.lot import Summary
from app.services.records import Sheet
from app.ui import icons
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages import expertise_acts, papers
from app.ui.pages.acts import ActDialog, to_bin
from app.ui.pages.base import RecordPage
from app.ui.pages.expertise_assess import AssessView
from app.ui.pages.expertise_overview import Overview
from app.ui.parts.basics import column
from app.ui.parts.buttons import button, icon_button
from app.ui.parts.crumbs import HeadData, RecordHead
from app.ui.parts.marks import Mark

EXPERTISE = ENTITIES["expertise"]
CONCERNED = frozenset({"expertise", "expertise_sheet", "asset", "provider", "setting"})


class ExpertisePage(RecordPage):
    """The overview and the fast mode take turns under the same record."""

    def __init__(self, desk: Desk, record_id: int) -> None:
        super().__init__(desk, record_id)
        self._place = ("", False, False)
        self._build_head()
        self.overview = Overview(desk, record_id)
        self.overview.opened.connect(self.assess)
        self.overview.footed.connect(lambda: self.footed.emit(self.sentence()))
        self.assessing: AssessView | None = None
        self._lot = QWidget()
        self._lot.setLayout(column(self.head, self.overview, gap=0))
        self.body = QStackedWidget()
        self.body.addWidget(self._lot)
        self.setLayout(column(self.body))
        self.setFocusProxy(self.overview)
        desk.changed.connect(self._on_change)
        self.reload()

    def _build_head(self) -> None:
        edit = button("Modifier", icon="pencil")
        edit.clicked.connect(self.edit)
        self.reopen_button = button("Rouvrir", icon="rotate-ccw")
        self.reopen_button.clicked.connect(self.reopen)
        self.close_button = button("Clore…", icon="lock")
        self.close_button.clicked.connect(self.close_lot)
        self._more = icon_button("ellipsis", "Autres actions")
        self._more.clicked.connect(self._offer)
        self.primary = button("", "primary", "stethoscope")
        self.primary.clicked.connect(self._on_primary)
        self.head = RecordHead([edit, self.reopen_button, self.close_button, self._more, self.primary])
        self.head.back.connect(self.closed)
        self.head.previous.connect(lambda: self.stepped.emit(-1))
        self.head.following.connect(lambda: self.stepped.emit(1))

    # Reading

    def _on_change(self, tables: frozenset[str]) -> None:
        """The fast mode reads for itself; the lot is read again when it comes back."""
        if tables & CONCERNED and self.body.currentWidget() is self._lot:
            self.reload()
            self.overview.panel.reload()

    def reload(self) -> None:
        """Everything but the list; an expertise that was put in the bin closes its page."""
        with self.desk.read() as session:
            self.sheet = records.get(session, EXPERTISE, self.record_id)
            if self.sheet.in_bin:
                self.closed.emit()
                return
            self.summary = lot.summary(session, self.record_id)
        self.head.set_data(head_data(self.sheet, self._place[0]))
        self.head.set_steps(*self._place[1:])
        self.overview.show_summary(self.summary)
        self._show_acts(self.summary)
        self.footed.emit(self.sentence())

    def _show_acts(self, found: Summary) -> None:
        """The one primary act of each state: assess, then close; a closed one has none."""
        is_open, left = found.status.value == "open", found.total - found.done
        self.reopen_button.setVisible(not is_open)
        self.close_button.setVisible(is_open and left > 0)
        self.primary.setVisible(is_open)
        told = ("Continuer" if found.done else "Commencer") + " l’évaluation"
        self.primary.setText(told if left else "Clore l’expertise")
        icons.dress(self.primary, "stethoscope" if left else "lock", "onAccent")

    def set_place(self, place: str, before: bool, after: bool) -> None:
        self._place = (place, before, after)
        self.reload()

    def sentence(self) -> str:
        return f"{self.summary.number}  ·  {self.overview.sentence()}"

    # Assessing

    def _on_primary(self) -> None:
        if self.summary.done < self.summary.total:
            self.assess()
        else:
            self.close_lot()

    def assess(self, sheet_id: int = 0) -> None:
        """The fast mode, on this sheet or the first without verdict."""
        if self.assessing is None:
            self.assessing = AssessView(self.desk, self.record_id)
            self.assessing.left.connect(self.show_lot)
            self.assessing.finished.connect(self.show_lot)
            self.body.addWidget(self.assessing)
        self.body.setCurrentWidget(self.assessing)
        self.assessing.start(sheet_id)

    def show_part(self, record_id: int) -> None:
        self.assess(record_id)

    def show_lot(self) -> None:
        self.body.setCurrentWidget(self._lot)
        self.reload()
        self.overview.panel.reload()
        self.overview.setFocus()

    # Acts

    def edit(self) -> None:
        form = FormDialog(self.desk, EXPERTISE, self.record_id, None, self.window())
        form.open()

    def close_lot(self) -> None:
        with self.desk.read() as session:
            left = lot.unassessed(session, self.record_id)
        ActDialog(self.desk, expertise_acts.close(self.record_id, self.summary.number, left), self).open()

    def reopen(self) -> None:
        self.desk.act(
            f"Réouverture de {self.summary.number}",
            lambda s: lot.reopen(s, self.record_id),
            told=f"{self.summary.number} rouverte",
        )

    def add_missing(self) -> None:
        """Sheets for the assets that came since the opening."""
        label, expertise = f"Ajout de biens à {self.summary.number}", self.record_id

        def make() -> Job[int]:
            with self.desk.store.begin(label) as session:
                return (yield from opening.add_job(session, expertise, opening.Scope()))

        self.desk.run(label, make, self._tell_added, "Annuler laisse tout comme avant.")

    def _tell_added(self, added: int) -> None:
        told = f"{ENTITIES['asset'].counted(added)} {plural(added, 'ajouté')} à {self.summary.number}"
        self.desk.tell_done(told) if added else self.desk.done.emit("Tous les biens y sont déjà", 0)

    def _offer(self) -> None:
        menu = QMenu(self)
        if self.summary.status.value == "open":
            menu.addAction(icons.icon("circle-plus"), "Ajouter les biens qui n’y sont pas", self.add_missing)
        menu.addAction(icons.icon("printer"), "Rapport d’inventaire…", self.print_paper)
        menu.addSeparator()
        menu.addAction(icons.icon("trash-2"), "Mettre à la corbeille", self.to_bin)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def to_bin(self) -> None:
        to_bin(self.desk, EXPERTISE, self.record_id, self.summary.number)

    def print_paper(self) -> None:
        papers.preview(self.desk, "inventaire", self)


def head_data(sheet: Sheet, place: str) -> HeadData:
    values = sheet.values
    context = [day(values["held_on"]), values["expert"], sheet.titles.get("provider_id")]
    status = values["status"]
    badges = [(status.label, Mark(status.tone, loud=True))]
    told = joined(*context, by=" · ")
    return HeadData("Expertises", values["number"], values["title"], told, place, badges)
