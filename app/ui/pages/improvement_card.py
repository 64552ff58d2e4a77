"""The actions of progress that a periodic report, a scorecard or a survey decided, as a card of its page."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from app.fields import MISSING, day, this_day
from app.services import improvements
from app.services.improvements import Row
from app.ui.desk import Desk
from app.ui.pages import improvement_acts as acts
from app.ui.pages.meeting_tabs import ActionsCard
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell, SmallColumn

NONE = "Aucune action n’est décidée."
COLUMNS = (
    SmallColumn("Action", 420, elastic=True), SmallColumn("Qui", 170), SmallColumn("Pour le", 100),
    SmallColumn("État", 150, "badge"), SmallColumn("Résultat", 260),
)  # fmt: skip


class ImprovementsCard(ActionsCard):
    """`origin`: `review_id`, `scorecard_id` or `survey_id`, as `improvements.add` takes it."""

    columns: ClassVar[Sequence[SmallColumn]] = COLUMNS

    def __init__(self, desk: Desk, title: str = "Actions décidées", **origin: int) -> None:
        self._origin = origin
        super().__init__(desk, title, partial(self.add))
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            self.show_rows(improvements.of_origin(session, this_day(), **self._origin), NONE)

    def add(self) -> None:
        acts.add(self._desk, self, **self._origin)

    def cells(self, one: Row) -> list[Cell]:
        quiet = "" if one.state.value == "to_do" else "mute"
        return [
            Cell(one.label, quiet),
            Cell(one.owner, quiet),
            Cell(day(one.due_on), "bad" if one.late else quiet),
            Cell("En retard" if one.late else one.state.label, mark=Mark(one.tone, loud=one.late)),
            Cell(one.told if quiet else MISSING, "mute"),
        ]

    def settle(self, one: Row, state: str) -> None:
        acts.settle(self._desk, one, state, self)

    def take_up_again(self, one: Row) -> None:
        acts.take_up_again(self._desk, one)

    def edit(self, at: int) -> None:
        acts.edit(self._desk, self.rows[at].id, self)
