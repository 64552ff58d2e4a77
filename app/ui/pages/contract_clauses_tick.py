"""What the provider's own paper covers: one line a subject, a box to tick and the article, all by keyboard."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QWidget

from app.services import contract_clauses
from app.services.contract_clauses import Topic
from app.ui import theme
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.parts.basics import column, holder, label, row, scrolled
from app.ui.parts.card import Card

HINT = "Cochez par Espace, écrivez l’article, passez au suivant par Entrée. Un article écrit coche le sujet."
HERE = "rédigée ici"
WIDTH = 780


@dataclass(slots=True)
class _Line:
    topic: Topic
    box: QCheckBox
    article: QLineEdit
    note: QLabel


class TickPart(QWidget):
    """Each tick and each article is kept at once."""

    def __init__(self, desk: Desk, contract_id: int) -> None:
        super().__init__()
        self._desk, self._contract = desk, contract_id
        self.lines: list[_Line] = []
        card = Card("Sujets traités par le contrat du prestataire")
        self._body = column(gap=1)
        card.body.addWidget(label(HINT, "second", "ink2", wrap=True))
        card.body.addLayout(self._body)
        card.setMaximumWidth(theme.scaled(WIDTH))
        self._area = scrolled(holder(column(card, None, margins=PAGE_MARGINS)))
        self.setLayout(column(self._area, gap=0))

    def reload(self) -> None:
        """In place: what is being typed keeps the focus."""
        with self._desk.read() as session:
            topics = contract_clauses.topics(session, self._contract)
        if [one.clause_id for one in topics] != [line.topic.clause_id for line in self.lines]:
            self._build(topics)
        for line, topic in zip(self.lines, topics, strict=True):
            line.topic = topic
            ours = topic.row_id is not None and not topic.is_theirs
            line.box.setChecked(topic.row_id is not None)
            line.box.setEnabled(not ours)
            line.box.setToolTip(topic.why)
            line.note.setText(HERE if ours else "indispensable" if topic.mandatory else "")
            if not line.article.isModified() or not line.article.hasFocus():
                line.article.setText(topic.article)

    def _build(self, topics: list[Topic]) -> None:
        while (item := self._body.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self.lines = [self._line(topic) for topic in topics]

    def _line(self, topic: Topic) -> _Line:
        box, article = QCheckBox(topic.title), QLineEdit()
        article.setPlaceholderText("article")
        article.setMaxLength(20)
        article.setAccessibleName(f"Article\u00a0: {topic.title}")
        theme.fix_width(article, 90)
        note = label("", "second", "ink2")
        line = _Line(topic, box, article, note)
        box.clicked.connect(lambda ticked: self._tick(line, ticked))
        article.editingFinished.connect(lambda: self._keep(line))
        article.returnPressed.connect(lambda: self._next(line))
        self._body.addWidget(holder(row(box, None, note, article, gap=14)))
        return line

    def _tick(self, line: _Line, ticked: bool) -> None:
        topic = line.topic
        if ticked:
            self._note(line)
        elif topic.row_id is not None:
            gone = topic.row_id
            self._desk.act(
                f"Clause retirée\u00a0: {topic.title}",
                lambda session: contract_clauses.remove(session, [gone]),
                told=f"«\u00a0{topic.title}\u00a0» retirée du contrat",
            )

    def _keep(self, line: _Line) -> None:
        if line.article.text().strip() != line.topic.article:
            self._note(line)
        line.article.setModified(False)

    def _note(self, line: _Line) -> None:
        clause, article = line.topic.clause_id, line.article.text()
        self._desk.act(
            f"Clause relevée\u00a0: {line.topic.title}",
            lambda session: contract_clauses.tick(session, self._contract, clause, article),
        )

    def _next(self, line: _Line) -> None:
        """Enter goes to the article of the subject below."""
        at = self.lines.index(line) + 1
        if at < len(self.lines):
            self._go(self.lines[at])

    def focus_on(self, topic: str) -> None:
        found = next((line for line in self.lines if line.topic.topic == topic), None)
        if found is not None:
            self._go(found)

    def _go(self, line: _Line) -> None:
        line.article.setFocus(Qt.FocusReason.TabFocusReason)
        line.article.selectAll()
        self._area.ensureWidgetVisible(line.article)
