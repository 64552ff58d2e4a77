"""The labels of assets: which ones, on which sheet, from which free label; then the preview, and the printer."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.entities import ENTITIES
from app.errors import InvalidFields
from app.fields import Number, counted, number, this_day
from app.reports.labels_data import FORMS, LabelForm
from app.services import labels, listing
from app.services.labels import LARGEST_SHIFT, LabelOptions
from app.services.listing import Query
from app.settings import LabelForm as FormCode
from app.ui.crud.editors import Editor, editor
from app.ui.desk import Desk
from app.ui.pages.labels_sheet import SheetPicker
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, label, row
from app.ui.parts.buttons import Segment, Segments
from app.ui.parts.formshell import FormShell, dialog_buttons, dialog_foot
from app.ui.preview import Paper, Preview
from app.ui.state import UiState

ASSET = ENTITIES["asset"]
TITLE = "Étiquettes"
TENTHS = 10
SHIFTS = (
    Number(name="label_right", label="Décalage vers la droite", unit="mm", places=1, help="Négatif vers la gauche."),
    Number(name="label_down", label="Décalage vers le bas", unit="mm", places=1, help="Négatif vers le haut."),
)
TOO_FAR = f"Entre −{LARGEST_SHIFT} et {LARGEST_SHIFT}\u00a0mm."
TO_SCALE = BannerData(
    "info",
    "Imprimez à 100\u00a0%",
    "Dans la fenêtre d’impression\u00a0: «\u00a0Taille réelle\u00a0», sans ajuster à la page.",
)


class LabelsDialog(QDialog):
    """`open()` it. `shown` is the list as it stands, `chosen` the rows chosen in it."""

    guide_page = "campagnes"

    def __init__(self, desk: Desk, state: UiState, shown: Query, chosen: Sequence[int], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._state, self._shown, self._chosen = desk, state, shown, list(chosen)
        with desk.read() as session:
            self._all = listing.count(session, ASSET, shown)
        self.setWindowTitle(TITLE)
        self.which = self._segments_of_assets()
        self.forms = Segments([Segment(one.value, one.label) for one in FormCode], "Planche")
        self.forms.set_value(str(state.setting("label_form")))
        self.forms.changed.connect(lambda _: self._follow())
        self.picker = SheetPicker(self.form_chosen(), self.count())
        self.picker.changed.connect(lambda _: self._follow())
        self.shifts: dict[str, Editor] = {}
        self._told = label("", "title")
        body = row(column(self.picker, None), self._fields(), gap=22, margins=(22, 18, 22, 18))
        self.buttons = dialog_buttons("Voir les étiquettes", "printer")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.setLayout(column(body, dialog_foot("L’impression se lance depuis l’aperçu.", self.buttons), gap=0))
        self._follow()

    def _segments_of_assets(self) -> Segments:
        told = [Segment("shown", f"Les {ASSET.counted(self._all)} de la liste")]
        if self._chosen:
            n = len(self._chosen)
            told.insert(0, Segment("chosen", f"Les {number(n)} choisis" if n > 1 else "Le bien choisi"))
        made = Segments(told, "Biens")
        made.set_value("chosen" if len(self._chosen) > 1 else "shown")
        made.changed.connect(lambda _: self._follow())
        return made

    def _fields(self) -> QVBoxLayout:
        self.form = FormShell()
        self.form.add("which", "Biens à étiqueter", self.which, span=2)
        self.form.add("forms", "Étiquettes par planche", self.forms, span=2)
        for field in SHIFTS:
            made = editor(field, self._desk)
            made.show(Decimal(int(self._state.setting(field.name))) / TENTHS)
            self.shifts[field.name] = made
            self.form.add(field.name, f"{field.label} ({field.unit})", made.widget, hint=field.help)
        advice = label(
            "Cliquez, sur le dessin, la première étiquette encore libre de la planche.", "body", "ink2", wrap=True
        )
        return column(advice, self._told, 4, self.form, None, Banner(TO_SCALE), gap=8)

    def form_chosen(self) -> LabelForm:
        return FORMS[self.forms.value()]

    def count(self) -> int:
        return len(self._chosen) if self.which.value() == "chosen" else self._all

    def _follow(self) -> None:
        """The drawing and the sentence, after what was chosen."""
        form, count = self.form_chosen(), self.count()
        self.picker.show_sheet(form, count)
        pages = -(-(self.picker.first + count) // form.count)
        sheets = counted(pages, "planche")
        self._told.setText(f"{counted(count, 'étiquette')}, sur {sheets}")

    def options(self) -> LabelOptions:
        """InvalidFields if a shift cannot be read, or is too large for a printer."""
        found: dict[str, float] = {}
        problems: dict[str, str] = {}
        for name, made in self.shifts.items():
            try:
                found[name] = float(made.value() or 0)
            except ValueError as error:
                problems[name] = str(error)
                continue
            if abs(found[name]) > LARGEST_SHIFT:
                problems[name] = TOO_FAR
        if problems:
            raise InvalidFields(problems)
        form = self.form_chosen().key
        return LabelOptions(form, self.picker.first + 1, found["label_right"], found["label_down"])

    def accept(self) -> None:
        try:
            options = self.options()
        except InvalidFields as error:
            self.form.set_problems(error.problems)
            self.form.focus_on(next(iter(error.problems)))
            return
        self._keep(options)
        super().accept()
        print_labels(self._desk, self._chosen if self.which.value() == "chosen" else self._shown, options, self)

    def _keep(self, options: LabelOptions) -> None:
        """The sheet and the shifts are those of the next time."""
        self._state.set_setting("label_form", options.form)
        self._state.set_setting("label_right", round(options.right * TENTHS))
        self._state.set_setting("label_down", round(options.down * TENTHS))
        self._state.save()


def print_labels(desk: Desk, wanted: Query | Sequence[int], options: LabelOptions, parent: QWidget) -> None:
    """Drawn off the window's thread, then shown in the preview."""
    today = this_day()
    above = parent.parentWidget() or parent
    desk.run(
        "Étiquettes",
        lambda: labels.job(desk.store, wanted, options, today),
        lambda pdf: Preview(desk, Paper(TITLE, pdf, f"etiquettes_{today.isoformat()}.pdf", TITLE), above).open(),
        "Annuler n’imprime rien.",
    )
