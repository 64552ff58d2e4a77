"""Clauses of the library chosen for a contract: several at once, all that no contract should lack in one gesture."""

from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from app.fields import counted, fold
from app.services import clauses, contract_clauses
from app.services.contract_clauses import Topic
from app.ui import theme
from app.ui.desk import Desk
from app.ui.parts.basics import column, holder, label, row, scrolled
from app.ui.parts.buttons import button, set_available
from app.ui.parts.formshell import dialog_buttons, dialog_foot
from app.ui.parts.search import search_field

WIDTH, HEIGHT = 720, 620
NOTHING_LEFT = "Toutes les clauses de la bibliothèque sont déjà à ce contrat."


class AddClauses(QDialog):
    """One box a clause, why it matters under it; those that the contract has in our words are not offered."""

    def __init__(self, desk: Desk, contract_id: int, topic: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._contract = desk, contract_id
        self.setWindowTitle("Ajouter des clauses")
        with desk.read() as session:
            kept = contract_clauses.topics(session, contract_id)
        self._offered = [one for one in kept if one.row_id is None or one.is_theirs]
        self.search = search_field("Filtrer les clauses", width=260)
        self.search.textChanged.connect(self._filter)
        every = button("Toutes les indispensables", "quiet", "list-checks")
        every.clicked.connect(self.choose_mandatory)
        self.boxes: dict[int, QCheckBox] = {}
        self._lines: list[tuple[Topic, QWidget]] = []
        body = column(gap=6, margins=(2, 2, 8, 2))
        for one in self._offered:
            line = self._line(one)
            self._lines.append((one, line))
            body.addWidget(line)
        if not self._offered:
            body.addWidget(label(NOTHING_LEFT, "body", "ink2", wrap=True))
        body.addStretch(1)
        self._area = scrolled(holder(body))
        self.buttons = dialog_buttons("Ajouter", "plus")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        head = row(self.search, None, every)
        inside = column(head, self._area, gap=10, margins=(22, 16, 22, 14))
        self.setLayout(column(inside, dialog_foot(clauses.NOTICE, self.buttons), gap=0))
        theme.fit_size(self, theme.scaled(WIDTH), theme.scaled(HEIGHT))
        self._choose_topic(topic)
        self._count()

    def _line(self, one: Topic) -> QWidget:
        box = QCheckBox(one.title)
        box.toggled.connect(self._count)
        box.setAccessibleDescription(one.why)
        self.boxes[one.clause_id] = box
        need = label("indispensable" if one.mandatory else one.family.label.lower(), "second", "ink2")
        why = label(one.why, "second", "ink2", wrap=True)
        why.setContentsMargins(24, 0, 0, 0)
        return holder(column(row(box, None, need), why, gap=1))

    def _choose_topic(self, topic: str) -> None:
        for one, line in self._lines:
            if one.topic == topic:
                self.boxes[one.clause_id].setChecked(True)
                self.boxes[one.clause_id].setFocus()
                self._area.ensureWidgetVisible(line)

    def choose_mandatory(self) -> None:
        for one, _ in self._lines:
            if one.mandatory:
                self.boxes[one.clause_id].setChecked(True)

    def _filter(self, text: str) -> None:
        wanted = fold(text)
        for one, line in self._lines:
            line.setVisible(wanted in fold(f"{one.title} {one.family.label} {one.why}"))

    def chosen(self) -> list[int]:
        return [clause for clause, box in self.boxes.items() if box.isChecked()]

    def _count(self) -> None:
        count = len(self.chosen())
        save = self.buttons.buttons()[0]
        save.setText(f"Ajouter {counted(count, 'clause')}" if count else "Ajouter")
        set_available(save, count > 0, "Cochez d’abord une clause.")

    def accept(self) -> None:
        wanted = self.chosen()
        told = counted(len(wanted), "clause ajoutée", "clauses ajoutées")
        self._desk.act("Clauses ajoutées", lambda s: contract_clauses.add(s, self._contract, wanted), told=told)
        super().accept()
