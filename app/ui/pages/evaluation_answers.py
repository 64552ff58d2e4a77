"""All the lines of a form and its places to write: typed one after the other, or confirmed, what is doubtful first."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app.fields import counted
from app.reports.form_model import FormArea, FormModel
from app.services.reading.form_data import AreaRead, LineRead, LineState, PageRead
from app.ui import theme
from app.ui.pages.evaluation_line import ChoiceLine
from app.ui.parts.basics import column, label, row

GROUPS = (
    (LineState.DOUBT, "À vérifier", "Tapez la réponse, ou Suppr s’il n’y en a pas."),
    (LineState.EMPTY, "Sans réponse", "Rien n’a été lu."),
    (LineState.SURE, "Lues", ""),
)
WRITTEN = ("text", "service")
"""Kinds of places whose words are kept; names and days beside signatures are on the scan."""
LINES_OF_TEXT = 2
PICTURE = 56
HERE = "Écriture à la main\u00a0: recopiez-la si elle doit se retrouver par la recherche."


class TextArea(QWidget):
    """A place to write: what the field of the PDF held, or the picture of the handwriting to copy."""

    def __init__(self, area: FormArea, read: AreaRead | None) -> None:
        super().__init__()
        self.area = area
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(LINES_OF_TEXT * theme.line() + 14)
        self.edit.setAccessibleName(area.label)
        self.edit.setPlainText(read.text if read else "")
        body = column(label(area.label, "title"), gap=3)
        if read is not None and read.written and read.picture is not None:
            body.addWidget(_handwriting(read))
            self.edit.setPlaceholderText(HERE)
        body.addWidget(self.edit)
        self.setLayout(body)
        self.setFocusProxy(self.edit)


def _handwriting(read: AreaRead) -> QLabel:
    shown = QLabel()
    shown.setPixmap(
        QPixmap(str(read.picture)).scaledToHeight(theme.scaled(PICTURE), Qt.TransformationMode.SmoothTransformation)
    )
    shown.setAccessibleName("Ce qui est écrit à la main")
    shown.setMinimumWidth(1)
    return shown


class AnswersForm(QWidget):
    """`entered` names the line that the cursor is in; `finished` asks to go on after the last one."""

    changed = Signal()
    entered = Signal(str)
    finished = Signal()

    def __init__(self, model: FormModel, pages: Sequence[PageRead] = ()) -> None:
        super().__init__()
        self.model = model
        read = {one.name: one for page in pages for one in page.lines}
        areas = {one.name: one for page in pages for one in page.areas}
        self.lines = {one.name: ChoiceLine(one, read.get(one.name, _absent(one.name, pages))) for one in model.lines}
        self.areas = {one.name: TextArea(one, areas.get(one.name)) for one in model.areas if one.kind in WRITTEN}
        self.order = self._ordered() if pages else list(self.lines.values())
        body = column(gap=2)
        if pages:
            self._grouped(body)
        else:
            for line in self.order:
                body.addWidget(line)
        body.addSpacing(8)
        for area in self.areas.values():
            body.addWidget(area)
            body.addSpacing(6)
        self.setLayout(body)
        self._wire()

    def _ordered(self) -> list[ChoiceLine]:
        """Those to check, those left empty, then the others, each in the order of the form."""
        rank = {state: at for at, (state, _, _) in enumerate(GROUPS)}
        return sorted(self.lines.values(), key=lambda line: rank[line.state])

    def _grouped(self, body: QVBoxLayout) -> None:
        for state, title, hint in GROUPS:
            some = [line for line in self.order if line.state is state]
            if not some:
                continue
            head = row(label(title, "card"), label(counted(len(some), "ligne"), "second", "ink2"), gap=8)
            head.addWidget(label(hint, "second", "ink2"), 1)
            body.addLayout(head)
            for line in some:
                body.addWidget(line)
            body.addSpacing(8)

    def _wire(self) -> None:
        for at, line in enumerate(self.order):
            line.changed.connect(self.changed)
            line.moved.connect(lambda by, at=at: self._step(at + by))
            line.entered.connect(lambda name=line.line.name: self.entered.emit(name))
        stops: list[QWidget] = [*self.order, *(area.edit for area in self.areas.values())]
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)
        for area in self.areas.values():
            area.edit.textChanged.connect(self.changed)

    def _step(self, to: int) -> None:
        """Past the last line, the first place to write; past them all, the end."""
        if to < 0:
            return
        if to < len(self.order):
            self.order[to].setFocus(Qt.FocusReason.TabFocusReason)
        elif self.areas:
            next(iter(self.areas.values())).edit.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()

    # Reading and filling

    def begin(self) -> None:
        """The cursor in the first line."""
        self.order[0].setFocus(Qt.FocusReason.TabFocusReason)

    def answers(self) -> dict[str, int | None]:
        return {name: line.value for name, line in self.lines.items()}

    def texts(self) -> dict[str, str]:
        return {name: area.edit.toPlainText() for name, area in self.areas.items()}

    def show_answers(self, answers: Mapping[str, int | None], texts: Mapping[str, str]) -> None:
        """Those of a form already recorded, to be put right."""
        for name, line in self.lines.items():
            line.answer(answers.get(name))
        for name, area in self.areas.items():
            area.edit.setPlainText(texts.get(name, ""))

    def unsettled(self) -> list[ChoiceLine]:
        """The lines that a person still has to look at."""
        return [line for line in self.order if not line.settled]

    def is_empty(self) -> bool:
        """Nothing is answered nor written."""
        return not any(one is not None for one in self.answers().values()) and not any(self.texts().values())


def _absent(name: str, pages: Sequence[PageRead]) -> LineRead | None:
    """A line of a page that did not come back was not read; a form that is typed has no reading at all."""
    return LineRead(name, LineState.EMPTY) if pages else None
