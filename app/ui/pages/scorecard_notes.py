"""The tab « Notes » of a scorecard: each prestation criterion by criterion, and beside them what it comes to."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.entities import ENTITIES
from app.fields import MISSING
from app.reports.scorecard_data import Step, trend_chart
from app.services.listing import default_query
from app.services.scorecards import prestations, words
from app.services.scorecards.paper import noun_of
from app.services.scorecards.view import Card as Scorecard
from app.services.scorecards.view import CriterionRow, Noting
from app.ui import theme
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.pages import scorecard_acts as acts
from app.ui.pages import scorecard_parts as parts
from app.ui.parts.awaited import Awaited
from app.ui.parts.badge import Badge
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, hairline, holder, label, row, scrolled
from app.ui.parts.buttons import button
from app.ui.parts.card import Card
from app.ui.parts.charts import ChartView
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

SIDE, NARROW = 330, 1080
WIDEST = 16_777_215
"""What Qt takes for no limit."""
PARTS = (
    SmallColumn("Prestation", 110), SmallColumn("Heures", 70, "number"), SmallColumn("Note", 60, "number"),
    SmallColumn("Classe", 60),
)  # fmt: skip
OTHERS = {"meeting", "evaluation", "invoice", "access_grant"}
"""Records that are known without asking an indicator."""
RULE = (
    "Points = poids × note ÷ 5. Un critère «\u00a0non évalué\u00a0» ne compte pas\u00a0: son poids est réparti sur les "
    "autres. A dès 85, B dès 70, C dès 50."
)


class NotesTab(QWidget):
    """The page gives it the card once its facts are counted, and again at each change."""

    card: Scorecard

    def __init__(self, desk: Desk, _card_id: int) -> None:
        super().__init__()
        self._desk = desk
        self._main, self._side = column(gap=12), column(gap=12)
        self._beside_it = holder(self._side)
        self._body = row(gap=12, margins=PAGE_MARGINS)
        self._body.addLayout(self._main, 1)
        self._body.addWidget(self._beside_it)
        area = scrolled(holder(self._body))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._awaited = Awaited(area)
        self.setLayout(column(self._awaited))

    def reload(self) -> None:
        """What it shows comes with the card."""

    def show_card(self, card: Scorecard) -> None:
        self.card = card
        empty_layout(self._main)
        empty_layout(self._side)
        if not self.card.is_issued and (told := words.waiting(self.card)):
            self._main.addWidget(Banner(BannerData("info", told)))
        for one in self.card.prestations:
            self._main.addWidget(self._noting(one))
        self._main.addStretch(1)
        for made in self._beside():
            self._side.addWidget(made)
        self._side.addStretch(1)
        self._awaited.has_come()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What it comes to stands under the criteria in a narrow window."""
        super().resizeEvent(event)
        narrow = self.width() < theme.scaled(NARROW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._body.setDirection(way)
        if narrow:
            self._beside_it.setMinimumWidth(0)
            self._beside_it.setMaximumWidth(WIDEST)
        else:
            theme.fix_width(self._beside_it, SIDE)

    # Criteria

    def _noting(self, one: Noting) -> Card:
        hours = words.hours_told(one.minutes)
        made = Card(one.subject, note=one.number, aside=f"{hours} de travail" if hours else "", flush=True)
        made.body.addLayout(parts.heads(acted=not self.card.is_issued))
        for found in one.rows:
            made.body.addWidget(hairline())
            made.body.addWidget(parts.line(found, self._judge(one, found), self._behind(one, found)))
        return made

    def _judge(self, one: Noting, found: CriterionRow) -> Any:
        if self.card.is_issued:
            return None
        return partial(acts.judge, self._desk, self.card, one.contract_id, found, self)

    def _behind(self, one: Noting, found: CriterionRow) -> Any:
        if found.fact.entity not in ENTITIES or (found.fact.entity in OTHERS and not found.fact.ids):
            return None
        return partial(self.show_behind, one.contract_id, found)

    def show_behind(self, contract: int, found: CriterionRow) -> None:
        """The list of what was counted; indicators are asked for theirs off the window's thread."""
        if found.fact.ids:
            self._list(found, found.fact.ids)
            return
        store, key, period, now = self._desk.store, found.criterion.key, self.card.period, datetime.now(UTC)
        self._desk.run(
            found.criterion.label,
            lambda: prestations.behind_job(store, contract, key, period, now),
            partial(self._list, found),
        )

    def _list(self, found: CriterionRow, ids: tuple[int, ...]) -> None:
        entity = found.fact.entity
        self._desk.show_list.emit(entity, replace(default_query(ENTITIES[entity]), ids=ids))

    def judge_next(self) -> None:
        """The first note that waits for a person."""
        for one in self.card.prestations:
            for found in one.rows:
                if found.is_asked:
                    acts.judge(self._desk, self.card, one.contract_id, found, self)
                    return

    # Beside

    def _beside(self) -> Sequence[QWidget]:
        made: list[QWidget] = [ScoreCard(self._desk, self.card)]
        if len(self.card.prestations) > 1:
            made.append(_parts(self.card))
        trend = Card(f"Tendance sur quatre {noun_of(self.card)}")
        steps = [Step(one.label, one.total) for one in self.card.trend]
        trend.body.addWidget(ChartView(trend_chart(steps, noun_of(self.card))))
        return [*made, trend]


class ScoreCard(Card):
    """What it comes to, what that calls for, and the ways on."""

    def __init__(self, desk: Desk, card: Scorecard) -> None:
        super().__init__()
        self._desk, self._card = desk, card
        grade = card.grade or ""
        figure = label(words.score_told(card) or MISSING, "figure")
        twenty = f"/100, soit {words.brief(card.score.twenty)}/20" if card.score.twenty is not None else ""
        out_of = label(twenty, "body", "ink2")
        out_of.setAlignment(Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row(figure, out_of, None, gap=6))
        if grade:
            told = f"Classe {grade} · {words.WORDS[grade]}"
            self.body.addLayout(row(Badge(told, Mark(words.TONES[grade], loud=True)), None))
        self.body.addWidget(label(words.headline(card), "strong", wrap=True))
        if told := words.weak_points(card):
            self.body.addWidget(label(told, "body", wrap=True))
        self._ways(grade)
        self.body.addWidget(label(RULE, "second", "ink2", wrap=True))

    def _ways(self, grade: str) -> None:
        ways: list[tuple[str, str, Callable[[], None]]] = []
        if self._card.to_improve:
            ways.append(("Préparer le plan d’action", "check-check", partial(acts.add_plan, self._desk, self._card)))
        if grade == "D":
            ways += [
                ("Voir la fin du contrat", "calendar-x", self._to_notice),
                ("Consulter d’autres prestataires", "scale", self._to_consultations),
            ]
        for told, icon, act in ways:
            made = button(told, icon=icon)
            made.clicked.connect(act)
            self.body.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def _to_notice(self) -> None:
        """That of the prestation noted lowest."""
        worst = min(self._card.prestations, key=lambda one: 101 if one.total is None else one.total)
        self._desk.go_to.emit("contract/notice", worst.contract_id)

    def _to_consultations(self) -> None:
        self._desk.show_list.emit("consultation", None)


def _parts(card: Scorecard) -> Card:
    made = Card("Par prestation", flush=True)
    rows = [
        [Cell(one.number), Cell(words.hours_told(one.minutes) or MISSING),
         Cell(MISSING if one.total is None else words.brief(one.total)), Cell(one.score.grade or MISSING)]
        for one in card.prestations
    ]  # fmt: skip
    made.body.addWidget(SmallTable(PARTS, rows, "Note par prestation", most=8))
    weighed = "Le prestataire est pondéré par les heures." if card.minutes else "Sans heures notées, à parts égales."
    made.body.addLayout(row(label(weighed, "second", "ink2", wrap=True), margins=(16, 6, 16, 0)))
    return made
