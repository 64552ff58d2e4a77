"""The list of expertises, and the dialog that opens one on the whole park, a site or a family."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from app.entities import ENTITIES
from app.errors import InvalidFields
from app.fields import Ref, counted, this_day
from app.jobs import Job
from app.services import records
from app.services.expertises import opening
from app.services.expertises.opening import Scope
from app.services.needs_paper import manager
from app.ui import theme
from app.ui.crud.fields_form import FieldsForm
from app.ui.crud.page import EntityPage
from app.ui.desk import Desk
from app.ui.parts.basics import column, label, row
from app.ui.parts.empty import Beginning
from app.ui.parts.formshell import dialog_buttons, dialog_foot
from app.ui.state import UiState

EXPERTISE = ENTITIES["expertise"]
SCOPE = (
    Ref(name="site_id", label="Limiter à un site", target="site", help="Vide\u00a0: tous les sites.",
        group="Périmètre"),
    Ref(name="family_id", label="Limiter à une famille", target="family", help="Vide\u00a0: toutes les familles.",
        group="Périmètre"),
)  # fmt: skip
WIDTH = 640


class ExpertisesPage(EntityPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, EXPERTISE, state)

    def new(self) -> None:
        dialog = OpeningDialog(self.desk, self.window())
        dialog.opened.connect(self._open)
        dialog.open()

    def _open(self, expertise_id: int) -> None:
        self.panel.reload()
        self.desk.go_to.emit(EXPERTISE.key, expertise_id)

    def beginnings(self) -> list[Beginning]:
        return [
            Beginning(
                "new", "Ouvrir une expertise", "stethoscope", "Évaluer le parc",
                "Une fiche par bien, déjà remplie de ce que l’on sait. Il reste à dire l’état, les pièces, "
                "l’adéquation et la remise en état.",
                primary=True,
            )
        ]  # fmt: skip


class OpeningDialog(QDialog):
    """What the expertise is, and on which assets; the sheets are then made as one task. `opened` gives its id."""

    opened = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle("Nouvelle expertise")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        own = tuple(f for f in EXPERTISE.form_fields if f.name != "notes")
        self.form = FieldsForm(desk, (*own, *SCOPE))
        self.form.show_values(self._start())
        self.form.editors["provider_id"].on_change(lambda: self.form.forgive("provider_id"))
        self._count = label("", "strong")
        for name in ("site_id", "family_id"):
            self.form.editors[name].on_change(self._tell_count)
        buttons = dialog_buttons("Ouvrir l’expertise", "stethoscope")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        body = column(self.form, row(self._count, None), gap=12, margins=(22, 16, 22, 14))
        self.setLayout(column(body, dialog_foot("Ce que l’on sait déjà de chaque bien est rempli.", buttons), gap=0))
        self.setMinimumWidth(theme.scaled(WIDTH))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        self._tell_count()

    def _start(self) -> dict[str, Any]:
        today = this_day()
        with self._desk.read() as session:
            price, expert = opening.yearly_fees(session, today), manager(session) or self._desk.store.who
        return {"title": f"Expertise du parc {today.year}", "held_on": today, "expert": expert, "annual_price": price}

    def _scope(self) -> Scope:
        return Scope(self.form.editors["site_id"].value(), self.form.editors["family_id"].value())

    def _tell_count(self) -> None:
        """How many assets that makes; nothing while a site or a family is being typed."""
        try:
            with self._desk.read() as session:
                found = opening.count(session, self._scope())
        except ValueError:
            self._count.setText("")
            return
        self._count.setText(
            f"{counted(found, 'bien sera évalué', 'biens seront évalués')}." if found else "Aucun bien."
        )

    def accept(self) -> None:
        """A refusal is shown under its field; the sheets are made off the window's thread."""
        try:
            values, scope = self._checked()
        except InvalidFields as error:
            self.form.set_problems(error.problems)
            return
        super().accept()
        self._run(values, scope)

    def _checked(self) -> tuple[dict[str, Any], Scope]:
        values = self.form.values()
        scope = Scope(values.pop("site_id"), values.pop("family_id"))
        with self._desk.read() as session:
            records.checked(session, EXPERTISE, {**records.defaults(EXPERTISE), **values})
            if not opening.count(session, scope):
                raise InvalidFields({"site_id": "Aucun bien n’entre dans ce périmètre."})
        return values, scope

    def _run(self, values: dict[str, Any], scope: Scope) -> None:
        label_of_act = f"Ouverture\u00a0: {values['title']}"

        def make() -> Job[int]:
            with self._desk.store.begin(label_of_act) as session:
                return (yield from opening.open_job(session, values, scope))

        self._desk.run("Ouverture de l’expertise", make, self.opened.emit, "Annuler laisse tout comme avant.")
