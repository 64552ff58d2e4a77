"""Who is asked to a session of awareness, and who came: in the place of its points, on the page of the visit."""

from app.fields import counted, joined, this_day
from app.services import awareness
from app.services.awareness import Guest
from app.ui.desk import Desk
from app.ui.pages import awareness_acts
from app.ui.parts.basics import holder, label, row
from app.ui.parts.buttons import button
from app.ui.parts.card import Card
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

COLUMNS = (
    SmallColumn("Personne", 220, elastic=True), SmallColumn("Service", 190), SmallColumn("Présence", 140, "badge"),
)  # fmt: skip
MOST = 14
"""Guests in sight before the table scrolls."""
NOBODY = "Personne n’est encore invité."
STANDINGS = {None: ("Invitée", Mark("info")), True: ("Venue", Mark("ok")), False: ("Absente", Mark("warn"))}


class GuestsCard(Card):
    """Enter, on a guest, asks who came."""

    def __init__(self, desk: Desk, visit_id: int) -> None:
        self._desk, self._id = desk, visit_id
        self.guests = button("Sujet et invités…", "quiet", "pencil")
        self.came = button("Présences…", "quiet", "user-check")
        super().__init__("Invités", corner=holder(row(self.guests, self.came, gap=2)), flush=True)
        self.guests.clicked.connect(lambda: awareness_acts.SessionDialog(desk, self.window(), visit_id).open())
        self.came.clicked.connect(self._presence)
        self.table = SmallTable(COLUMNS, name="Invités", most=MOST)
        self.table.opened.connect(lambda _: self._presence())
        self._nobody = label(NOBODY, "second", "ink2", wrap=True)
        self.body.addWidget(self.table)
        self.body.addLayout(row(self._nobody, margins=(16, 6, 16, 2)))

    def _presence(self) -> None:
        awareness_acts.presence(self._desk, self._id, self.window())

    def reload(self) -> None:
        with self._desk.read() as session:
            found = [one for one in awareness.guests(session, self._id, this_day()) if one.invited]
        came = sum(bool(one.present) for one in found)
        told = counted(came, "venue") if any(one.present is not None for one in found) else ""
        self.note.setText(joined(counted(len(found), "personne") if found else "", told, by=", "))
        self.table.set_rows([_cells(one) for one in found])
        self.table.setVisible(bool(found))
        self._nobody.setVisible(not found)


def _cells(one: Guest) -> list[Cell]:
    words, mark = STANDINGS[one.present]
    return [Cell(one.name), Cell(one.service), Cell(words, mark=mark)]
