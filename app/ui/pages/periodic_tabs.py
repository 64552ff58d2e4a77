"""The tabs of a periodic report: what it says first and what a person adds; its indicators; the delays missed."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import MISSING, amount, counted, duration, moment, number
from app.reports import periodic_words
from app.reports.periodic_data import Breach, Figure, Penalties, PeriodReport
from app.services import records
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.pages import breach_acts
from app.ui.pages import periodic_acts as acts
from app.ui.pages.improvement_card import ImprovementsCard
from app.ui.pages.periodic_rest import RestTab
from app.ui.parts.awaited import Awaited
from app.ui.parts.basics import column, empty_layout, holder, label, row, scrolled
from app.ui.parts.buttons import button, set_available
from app.ui.parts.card import Card
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell, Rows, SmallColumn, SmallTable

__all__ = ["BreachesTab", "FiguresTab", "RestTab", "SummaryTab"]
REVIEW = ENTITIES["period_review"]
STATES = {True: ("Atteint", "ok"), False: ("Non atteint", "bad"), None: ("Sans objectif", "mute")}
PROMISES = {"take": "Prise en charge", "on_site": "Intervention sur site", "restore": "Rétablissement"}
FIRST = "Choisissez d’abord un dépassement dans la liste."
NOTHING = "Rien n’appelle d’acte sur cette période."
FIGURES = (
    SmallColumn("Indicateur", 260, elastic=True), SmallColumn("Valeur", 96, "number"),
    SmallColumn("Objectif", 96, "number"), SmallColumn("Résultat", 130, "badge"),
    SmallColumn("Période d’avant", 120, "number"), SmallColumn("Écart", 112, "number"), SmallColumn("n", 60, "number"),
    SmallColumn("Objectif servi", 220),
)  # fmt: skip
LATE = (
    SmallColumn("Ticket", 112), SmallColumn("Bien et incident", 260, elastic=True), SmallColumn("Priorité", 66),
    SmallColumn("Délai", 140), SmallColumn("Dû le", 130), SmallColumn("Réel", 130), SmallColumn("Retard", 80, "number"),
    SmallColumn("Pénalité", 86, "number"), SmallColumn("Cause ou explication", 220),
)  # fmt: skip
STEPS = (
    SmallColumn("Étape", 280), SmallColumn("Base", 380, elastic=True), SmallColumn("Résultat", 120, "number"),
)  # fmt: skip


class SummaryTab(QWidget):
    """The sentences of the report, then what a person writes: to be remembered, to be decided, who does what."""

    def __init__(self, desk: Desk, review_id: int) -> None:
        super().__init__()
        self._desk, self._id = desk, review_id
        self.headline, self.sentence = label("", "figure"), label("", "body", "ink2", wrap=True)
        self.facts = column(gap=4)
        told = Card("Ce qu’il faut savoir")
        told.body.addLayout(row(self.headline, self.sentence, gap=16))
        told.body.itemAt(0).layout().setStretch(1, 1)  # type: ignore[union-attr] # the line just added
        told.body.addLayout(self.facts)
        self.takeaways_button = button("Écrire…", icon="pen-line")
        self.decisions_button = button("Écrire…", icon="pen-line")
        self.takeaways = self._written("À retenir", self.takeaways_button, "takeaways")
        self.decisions = self._written("Décisions à prendre", self.decisions_button, "decisions")
        self.decided = ImprovementsCard(desk, review_id=review_id)
        written = row(self.takeaways, self.decisions, gap=12)
        written.setStretch(0, 1)
        written.setStretch(1, 1)
        body = column(told, written, self.decided, None, gap=12, margins=PAGE_MARGINS)
        self._body = Awaited(scrolled(holder(body)))
        self.setLayout(column(self._body, gap=0))
        self.reload()

    def _written(self, title: str, write: Any, name: str) -> Card:
        write.setAccessibleName(f"Écrire\u00a0: {title}")
        write.clicked.connect(lambda: acts.write(self._desk, self._id, self._values, name, self))
        return Card(title, corner=write)

    def reload(self) -> None:
        with self._desk.read() as session:
            self._values = records.get(session, REVIEW, self._id).values
        for card, made, name, lacking in (
            (
                self.takeaways,
                self.takeaways_button,
                "takeaways",
                "Ce qui change, et pourquoi\u00a0: deux ou trois phrases.",
            ),
            (
                self.decisions,
                self.decisions_button,
                "decisions",
                "Ce que la direction doit trancher, une ligne chacune.",
            ),
        ):
            text = self._values[name]
            empty_layout(card.body)
            for line in (text or lacking).splitlines():
                card.body.addWidget(label(line, "body", "ink" if text else "ink2", wrap=True))
            card.body.addStretch(1)
            made.setText("Modifier…" if text else "Écrire…")
        self.decided.reload()

    def show_report(self, told: PeriodReport) -> None:
        judged = periodic_words.answer(told)
        self.headline.setText(judged)
        words = "" if judged == MISSING else "Objectifs atteints. "
        self.sentence.setText(words + periodic_words.sentence(told))
        empty_layout(self.facts)
        facts = list(periodic_words.worth_knowing(told))
        for one in facts or [NOTHING]:
            line = row(label("–", "body", "ink2"), label(one, wrap=True), gap=8)
            line.setStretch(1, 1)
            self.facts.addLayout(line)
        self._body.has_come()


class FiguresTab(QWidget):
    def __init__(self, desk: Desk, _review_id: int) -> None:
        super().__init__()
        self._desk = desk
        self._told: Sequence[Figure] = ()
        self.table = SmallTable(FIGURES, (), "Indicateurs de la période", most=30)
        self.table.opened.connect(lambda at: acts.open_indicator(self._desk, self._told[at].code))
        card = Card("Indicateurs", note="double-clic\u00a0: la page de l’indicateur", flush=True)
        card.body.addWidget(self.table)
        self._volume = Card("Volume et stock", flush=True)
        body = column(card, self._volume, None, gap=12, margins=PAGE_MARGINS)
        self._body = Awaited(scrolled(holder(body)))
        self.setLayout(column(self._body, gap=0))

    def reload(self) -> None:
        """What it shows comes with the report."""

    def show_report(self, told: PeriodReport) -> None:
        self._told = told.figures
        self.table.set_rows([_figure(one) for one in told.figures])
        columns = (
            SmallColumn("", 280, elastic=True), *(SmallColumn(short, 96, "number") for short in told.shorts)
        )  # fmt: skip
        rows = [[Cell(one.label), *(_count(value) for value in one.counts)] for one in told.volumes]
        empty_layout(self._volume.body)
        self._volume.body.addWidget(SmallTable(columns, rows, "Volume et stock"))
        self._body.has_come()


def _count(value: int | None) -> Cell:
    return Cell(number(value), "" if value is not None else "mute")


def _figure(one: Figure) -> list[Cell]:
    words, tone = STATES[one.met] if one.value is not None else ("Sans donnée", "mute")
    return [
        Cell(one.label, strong=True), _quiet(one.text), _quiet(one.target_text or MISSING),
        Cell(words, mark=Mark(tone, loud=one.met is False)), _quiet(one.before_text), _quiet(one.change),
        Cell(number(one.n)), Cell(one.objective),
    ]  # fmt: skip


def _quiet(text: str) -> Cell:
    return Cell(text, "mute" if text == MISSING else "")


class BreachesTab(QWidget):
    """Enter opens the ticket; « Expliquer… » asks why."""

    def __init__(self, desk: Desk, _review_id: int) -> None:
        super().__init__()
        self._desk = desk
        self._told: Sequence[Breach] = ()
        self.table = SmallTable(LATE, (), "Délais dépassés", most=16)
        self.table.opened.connect(lambda at: self._desk.go_to.emit("ticket", self._told[at].ticket_id))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        self.explain_button = button("Expliquer…", icon="message-square")
        self.explain_button.clicked.connect(self.explain)
        self.card = Card("Délais dépassés", corner=self.explain_button, flush=True)
        self.nothing = label("", "body", "ink2")
        self.nothing.setContentsMargins(16, 10, 16, 6)
        self.card.body.addWidget(self.table)
        self.card.body.addWidget(self.nothing)
        self._penalties = column(gap=12)
        body = column(self.card, self._penalties, None, gap=12, margins=PAGE_MARGINS)
        self._body = Awaited(scrolled(holder(body)))
        self.setLayout(column(self._body, gap=0))
        self._follow()

    def reload(self) -> None:
        """What it shows comes with the report."""

    def show_report(self, told: PeriodReport) -> None:
        self._told = told.breaches
        self.table.set_rows(Rows(told.breaches, _breach))
        self.table.setVisible(bool(told.breaches))
        judged = sum(one.judged for one in told.kept)
        none = (
            f"Aucun, sur {counted(judged, 'délai jugé', 'délais jugés')}." if judged else "Aucun délai n’était à juger."
        )
        self.nothing.setText(none)
        self.nothing.setVisible(not told.breaches)
        silent = sum(not one.is_explained for one in told.breaches)
        self.card.note.setText(counted(silent, "sans explication", "sans explication") if silent else "")
        empty_layout(self._penalties)
        for one in told.penalties:
            self._penalties.addWidget(_penalty(one))
        self._follow()
        self._body.has_come()

    def chosen(self) -> Breach | None:
        at = self.table.selectionModel().selectedRows()
        return self._told[at[0].row()] if at and at[0].row() < len(self._told) else None

    def _follow(self) -> None:
        self.explain_button.setVisible(bool(self._told))
        set_available(self.explain_button, self.chosen() is not None, FIRST)

    def explain(self) -> None:
        if (one := self.chosen()) is not None:
            breach_acts.explain(self._desk, one.ticket_id, one.promise, self)


def _breach(one: Breach) -> list[Cell]:
    done = Cell(moment(one.done)) if one.done else Cell("Pas encore", "warn")
    cost = amount(one.cents) if one.cents else MISSING
    return [
        Cell(one.number), Cell(one.what), Cell(one.priority), Cell(PROMISES[one.promise]), Cell(moment(one.due)), done,
        Cell(duration(one.late)), _quiet(cost), _quiet(one.cause or one.explanation or MISSING),
    ]  # fmt: skip


def _penalty(one: Penalties) -> Card:
    claimed = f"réclamé\u00a0: {amount(one.claimed)}" if one.claimed else ""
    card = Card(f"Calcul des pénalités, {one.contract}", aside=claimed, flush=True)
    rows = [
        [Cell(step.what, strong=step.strong), Cell(step.base), Cell(step.result, strong=step.strong)]
        for step in one.steps
    ]
    card.body.addWidget(SmallTable(STEPS, rows, f"Pénalités de {one.contract}"))
    return card
