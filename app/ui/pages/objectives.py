"""What the company wants, and the indicators that serve each objective."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.entities import ENTITIES
from app.fields import this_day
from app.kpi import REGISTRY
from app.services import targets
from app.services.indicators import aim_text
from app.services.records import Sheet
from app.services.targets import Served
from app.ui.crud.page import EntityPage
from app.ui.crud.pane import DetailPane, PaneTab
from app.ui.desk import Desk
from app.ui.pages.indicators import ENTITY, place_of
from app.ui.parts.basics import column, empty_layout, holder, label, row
from app.ui.parts.buttons import button
from app.ui.parts.section import SectionPart
from app.ui.state import UiState

OBJECTIVE, TARGET = ENTITIES["objective"], ENTITIES["indicator_target"]
NOBODY = "Aucun indicateur ne le sert encore\u00a0: choisissez-le sur la page d’un indicateur, avec sa cible."


class ObjectivePane(DetailPane):
    """Each indicator that serves it opens."""

    watched = frozenset({TARGET.key})

    def __init__(self, desk: Desk) -> None:
        self.served = SectionPart("Indicateurs qui le servent")
        super().__init__(desk, OBJECTIVE)

    def facts_body(self) -> QWidget:
        return holder(column(self.facts, self.served, gap=12))

    def tabs_of(self, session: Any) -> list[PaneTab]:
        """The targets are told with their indicators."""
        return [tab for tab in super().tabs_of(session) if tab.title != TARGET.many]

    def show_facts(self, sheet: Sheet) -> None:
        super().show_facts(sheet)
        with self._desk.read() as session:
            found = targets.serving(session, this_day()).get(self.record_id, ())
        empty_layout(self.served.body)
        for one in found:
            self.served.body.addLayout(self._line(one))
        if not found:
            self.served.body.addWidget(label(NOBODY, "second", "ink2", wrap=True))

    def _line(self, one: Served) -> QHBoxLayout:
        name = button(one.label, "link")
        name.setProperty("fact", True)
        name.clicked.connect(partial(self._desk.go_to.emit, ENTITY, place_of(one.code)))
        aim = aim_text(REGISTRY[one.code], one.value)
        return row(name, None, label(" · ".join(filter(None, (one.contract, aim))), "second", "ink2"), gap=8)


class ObjectivesPage(EntityPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, OBJECTIVE, state)

    def make_pane(self) -> DetailPane:
        return ObjectivePane(self.desk)
