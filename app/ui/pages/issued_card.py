"""The papers issued for a record, as they were handed out: each opens again, the same to the byte."""

from app.fields import moment
from app.services import papers
from app.services.papers import IssuedRow
from app.ui.desk import Desk
from app.ui.parts.basics import label
from app.ui.parts.card import Card
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable
from app.ui.preview import Paper, Preview

COLUMNS = (
    SmallColumn("Papier", 220), SmallColumn("Version", 90), SmallColumn("Émis le", 160),
    SmallColumn("Fichier", 320, elastic=True),
)  # fmt: skip
NONE = "Rien n’est encore émis\u00a0: une copie figée se garde ici à chaque émission."


class IssuedCard(Card):
    """Enter or a double click shows one."""

    def __init__(self, desk: Desk, entity: str, record_id: int) -> None:
        super().__init__("Papiers émis", flush=True)
        self._desk, self._entity, self._id = desk, entity, record_id
        self.rows: list[IssuedRow] = []
        self.table = SmallTable(COLUMNS, (), "Papiers émis", most=8)
        self.table.opened.connect(self.open)
        self._none = label(NONE, "body", "ink2", wrap=True)
        self._none.setContentsMargins(16, 10, 16, 6)
        self.body.addWidget(self.table)
        self.body.addWidget(self._none)
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            self.rows = papers.issued(session, self._entity, self._id)
        self.table.set_rows([
            [Cell(f"{one.label} {one.reference}"), Cell(f"{one.version}.0"), Cell(moment(one.issued_at)),
             Cell(one.file_name, "mute")]
            for one in self.rows
        ])  # fmt: skip
        self.table.setVisible(bool(self.rows))
        self._none.setVisible(not self.rows)

    def open(self, at: int) -> None:
        one = self.rows[at]
        with self._desk.read() as session:
            pdf = papers.issued_bytes(session, one.id)
        title = f"{one.label} {one.reference}"
        Preview(self._desk, Paper(title, pdf, one.file_name, title), self.window()).open()
