"""Which column of a list fills which field: told by the person where the program did not guess, and remembered."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.fields import counted, number
from app.jobs import Job
from app.services import importing, ticket_import
from app.services.importing import Options, TableView
from app.ui import theme
from app.ui.desk import Desk
from app.ui.pages.import_fields import TargetBox, Targets
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import Glyph, OneLine, column, empty_layout, hairline, holder, label, row, scrolled
from app.ui.parts.buttons import button
from app.ui.parts.formshell import combo_box, dialog_buttons, dialog_foot

SIZE = (980, 680)
HEADING, BOX = 220, 280
VALUES = 3
MARGINS = (16, 5, 16, 5)
REMEMBERED = "Correspondance retenue pour les fichiers de cette forme"
TOLD = "Votre correspondance sera retenue à l’import, pour les fichiers de cette forme."
TICKET = "ticket"
"""Lists of tickets are read by a service of their own."""
FOOT = "Rien n’est encore écrit\u00a0: la lecture recommence, puis l’aperçu revient."


def named(heading: str, position: int) -> str:
    return heading.strip() or f"Colonne {position + 1}, sans titre"


def first_values(view: TableView, position: int) -> str:
    """« Dell · HP · Lenovo »: the first different values, « – » when the column is empty."""
    cells = (cells[position].strip() for cells in view.rows if position < len(cells))
    found = list(dict.fromkeys(cell for cell in cells if cell))[:VALUES]
    return " · ".join(found) or "–"


def columns_job(desk: Desk, path: Path, entity: str, options: Options | None) -> Callable[[], Job[TableView]]:
    """The columns of a file that holds this."""
    read = ticket_import.table_job if entity == TICKET else importing.table_job
    return partial(read, desk.store, path, options)


class ColumnRow(QWidget):
    """One column of the file, and the field that takes it."""

    def __init__(self, view: TableView, position: int, targets: Targets) -> None:
        super().__init__()
        self.heading = named(view.headings[position], position)
        title, values = OneLine("title", "ink"), OneLine("body", "ink2")
        title.show_text(self.heading)
        values.show_text(first_values(view, position))
        self.box = TargetBox(targets, self.heading)
        self.box.set_target(view.targets[position])
        self._arrow = Glyph("arrow-right", "ink2", 14)
        self._told = label("", "second", "bad.text")
        self._told.hide()
        theme.fix_width(title, HEADING)
        theme.fix_width(self.box, BOX)
        theme.fix_width(self._told, BOX)
        line = row(title, values, self._arrow, self.box, gap=12)
        line.setStretch(1, 1)
        self.setLayout(column(line, row(None, self._told), gap=2, margins=MARGINS))
        self.follow("")

    def follow(self, other: str) -> None:
        """`other` is the column that already fills the same field, if one does."""
        taken = self.box.target() is not None
        self._arrow.set_icon("arrow-right" if taken else "minus", "ink2" if taken else "ink3")
        self._told.setText(f"Déjà pris par la colonne «\u00a0{other}\u00a0»")
        self._told.setVisible(bool(other))
        self.box.setProperty("invalid", bool(other))
        self.box.style().polish(self.box)


class MappingDialog(QDialog):
    """`open()` it with the columns as they are read now; once accepted, `options` says how to read the file again, or
    None when nothing was changed."""

    guide_page = "import"

    def __init__(self, desk: Desk, path: Path, view: TableView, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._path, self.view = desk, path, view
        self._first = view
        self._forgotten = False
        self.options: Options | None = None
        self.rows: list[ColumnRow] = []
        self.setWindowTitle("Revoir les colonnes")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(theme.scaled(SIZE[0]), theme.scaled(SIZE[1]))
        self._build()
        self._fill(view)
        desk.jobs.idle.connect(self._show_choices)

    # What it is made of

    def _build(self) -> None:
        head = column(
            label("Que contient chaque colonne\u00a0?", "page"), label(self._path.name, "body", "ink2"), gap=2
        )
        self._told: QVBoxLayout = column(gap=0)
        self._body: QVBoxLayout = column(gap=0)
        self.buttons = dialog_buttons("Lire avec ces colonnes")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        top = column(head, self._choices(), self._told, gap=10, margins=(16, 14, 16, 12))
        body = column(top, self._heads(), scrolled(holder(column(self._body, None))), gap=0)
        body.setStretch(2, 1)
        self.setLayout(column(holder(body), dialog_foot(FOOT, self.buttons), gap=0))

    def _choices(self) -> QWidget:
        self.entity = combo_box()
        self.entity.setAccessibleName("Ce que contient la liste")
        for one in importing.importable():
            self.entity.addItem(one.many, one.key)
        self.entity.activated.connect(lambda _: self._read_as(str(self.entity.currentData())))
        self.sheet = combo_box()
        self.sheet.setAccessibleName("Feuille du classeur")
        self.sheet.activated.connect(lambda _: self._read_sheet(self.sheet.currentText()))
        self._sheet_label = label("dans la feuille", "title")
        return holder(row(label("Cette liste contient", "title"), self.entity, 8, self._sheet_label, self.sheet, None))

    def _heads(self) -> QWidget:
        titles = ("Colonne du fichier", "Premières valeurs", "Champ de Parcomètre")
        heading, values, field = (label(title, "small_title", "ink2") for title in titles)
        theme.fix_width(heading, HEADING)
        theme.fix_width(field, BOX)
        line = row(heading, values, field, gap=12, margins=(16, 6, 26, 6))
        line.setStretch(1, 1)
        return holder(column(line, hairline(), gap=0))

    # What is shown

    def _fill(self, view: TableView) -> None:
        self.view = view
        with self._desk.read() as session:
            found = ticket_import.targets() if view.entity == TICKET else importing.targets(session, view.entity)
        self._targets = Targets(view.entity, found)
        empty_layout(self._body)
        self.rows = [ColumnRow(view, position, self._targets) for position in range(len(view.headings))]
        for one in self.rows:
            one.box.chosen.connect(self._follow)
            self._body.addWidget(one)
            self._body.addWidget(hairline())
        self._show_choices()
        self._follow()
        if self.rows:
            self.rows[0].box.setFocus()

    def _show_choices(self) -> None:
        """The kind of list and the sheet as they are read: those of a reading that was cancelled are taken back."""
        self.entity.setCurrentIndex(self.entity.findData(self.view.entity))
        self.sheet.clear()
        self.sheet.addItems(self.view.sheets)
        self.sheet.setCurrentText(self.view.sheet)
        for part in (self.sheet, self._sheet_label):
            part.setVisible(len(self.view.sheets) > 1)

    def targets(self) -> tuple[str | None, ...]:
        return tuple(one.box.target() for one in self.rows)

    def doubles(self) -> dict[int, int]:
        """The position of a column -> that of another which fills the same field."""
        first: dict[str, int] = {}
        found: dict[int, int] = {}
        for position, target in enumerate(self.targets()):
            if target is None:
                continue
            if target in first:
                found[position] = first[target]
                found.setdefault(first[target], position)
            first.setdefault(target, position)
        return found

    def is_changed(self) -> bool:
        kept = (self._first.entity, self._first.sheet, self._first.targets)
        return (self.view.entity, self.view.sheet, self.targets()) != kept

    def _follow(self) -> None:
        doubles = self.doubles()
        for position, one in enumerate(self.rows):
            one.follow(self.rows[doubles[position]].heading if position in doubles else "")
        self._tell_origin(len(doubles))

    def _tell_origin(self, doubles: int) -> None:
        empty_layout(self._told)
        if doubles:
            told = BannerData("bad", "Deux colonnes vont dans le même champ", "Laissez l’une des deux de côté.")
            self._told.addWidget(Banner(told))
        elif self.view.origin == "remembered":
            forget = button("L’oublier", "link")
            forget.clicked.connect(self.forget)
            self._told.addLayout(row(Glyph("history", "ink2", 15), label(REMEMBERED, "second", "ink2"), forget, None))
        else:
            known = sum(1 for target in self.targets() if target is not None)
            some = f"{counted(known, 'colonne')} sur {number(len(self.rows))} ont leur champ. "
            self._told.addWidget(label(some + TOLD if self.is_changed() else some, "second", "ink2"))

    # Reading again

    def _read_as(self, entity: str) -> None:
        if entity != self.view.entity:
            self._read(Options(entity=entity, sheet=self.view.sheet, from_memory=False))

    def _read_sheet(self, sheet: str) -> None:
        if sheet != self.view.sheet:
            self._read(Options(entity=self.view.entity if self.view.entity == TICKET else "", sheet=sheet))

    def forget(self) -> None:
        """Go back to what the headings tell; the next file of this form will too."""
        headings = self.view.headings
        self._desk.act("Oubli d’une correspondance", lambda s: importing.forget(s, headings))
        entity = self.view.entity if self.view.entity == TICKET else ""
        self._read(Options(entity=entity, sheet=self.view.sheet, from_memory=False), self._begin_again)

    def _begin_again(self, view: TableView) -> None:
        self._first, self._forgotten = view, True
        self._fill(view)

    def _read(self, options: Options, done: Callable[[TableView], None] | None = None) -> None:
        self._desk.run(
            "Lecture des colonnes",
            columns_job(self._desk, self._path, options.entity, options),
            done or self._fill,
            "Rien n’est écrit dans la base.",
        )

    def accept(self) -> None:
        """Refused while two columns fill one field: it is told beside each."""
        doubles = self.doubles()
        if doubles:
            self.rows[max(doubles)].box.setFocus()
            return
        if self.is_changed():
            told: dict[str | int, str | None] = dict(enumerate(self.targets()))
            self.options = Options(entity=self.view.entity, sheet=self.view.sheet, columns=told)
        elif self._forgotten:
            self.options = Options(sheet=self.view.sheet, from_memory=False)
        super().accept()
