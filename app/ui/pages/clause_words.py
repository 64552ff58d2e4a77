"""Writing a clause: its text, the variables that may stand in it, the dialog of a clause of the library."""

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QWidget

from app.entities import ENTITIES
from app.fields import Text
from app.reports.written_data import pieces
from app.services import clauses, records
from app.services.variables import GROUPS, VARIABLES
from app.ui import theme
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog
from app.ui.parts.basics import label, row
from app.ui.parts.buttons import Button
from app.ui.parts.words_view import Kind

CLAUSE = ENTITIES["clause"]
TITLE = Text(name="title", label="Titre", required=True, max_length=160)
ARTICLE = Text(name="article", label="Article", max_length=20, placeholder="9.2", help="Son numéro au texte signé.")
WORDS = Text(
    name="text",
    label="Texte",
    multiline=True,
    required=True,
    help="Une ligne par paragraphe\u00a0; une ligne qui commence par un tiret est une énumération.",
)
LINES = 14
WIDTH = 760


class VariablesButton(Button):
    """Offers the variables by subject; the one chosen is written where the text is being typed."""

    def __init__(self, area: QPlainTextEdit) -> None:
        super().__init__("Insérer une variable")
        self.setProperty("kind", "plain")
        self.setAutoDefault(False)
        self._area = area
        self.clicked.connect(self._offer)

    def _offer(self) -> None:
        menu = self.menu_of()
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def menu_of(self) -> QMenu:
        menu = QMenu(self)
        for group in GROUPS:
            inside = menu.addMenu(group)
            for one in VARIABLES.values():
                if one.group == group:
                    inside.addAction(one.label, partial(self.insert, one.name))
        return menu

    def insert(self, name: str) -> None:
        self._area.insertPlainText(f"{{{name}}}")
        self._area.setFocus()


class WordsDialog(ActDialog):
    """An act on a clause: a tall place for its text, and the variables under it."""

    def __init__(self, desk: Desk, act: Act, parent: QWidget) -> None:
        super().__init__(desk, act, parent)
        area = self.form.editors["text"].widget
        assert isinstance(area, QPlainTextEdit)  # noqa: S101 - WORDS is of several lines
        area.setFixedHeight(LINES * theme.line() + 16)
        self.variables = VariablesButton(area)
        self.extras.addLayout(row(self.variables, label(clauses.NOTICE, "second", "ink2"), None, gap=12))
        self.form.setMaximumWidth(theme.scaled(WIDTH))
        self.setMinimumWidth(theme.scaled(WIDTH) + 44)


def library_dialog(desk: Desk, clause_id: int | None, parent: QWidget) -> WordsDialog:
    """A clause of the library, to write or to correct."""
    start = {"weight": 1, "mandatory": False}
    if clause_id is not None:
        with desk.read() as session:
            start = records.get(session, CLAUSE, clause_id).values
    named = ("family", "mandatory", "weight", "why")
    return WordsDialog(
        desk,
        Act(
            title="Clause de la bibliothèque" if clause_id else "Nouvelle clause",
            verb="Enregistrer" if clause_id is None else "Enregistrer la version",
            icon="check",
            intro="Les contrats qui l’ont déjà gardent leur texte\u00a0; l’ancien reste dans «\u00a0Versions\u00a0»."
            if clause_id
            else "",
            fields=(TITLE, *(CLAUSE.field(name) for name in named[:1]), *map(CLAUSE.field, named[1:3]), WORDS,
                    CLAUSE.field("why")),
            start=start,
            run=lambda session, values: clauses.save(session, clause_id, values),
            told="Clause enregistrée",
        ),
        parent,
    )  # fmt: skip


def read_pieces(text: str) -> list[tuple[str, Kind]]:
    """A text for the view, what is still to be filled set apart."""
    return [(part, "fill" if lacking else "") for part, lacking in pieces(text)]
