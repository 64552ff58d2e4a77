"""The cards beside the journal of a ticket: its downtime, its waits, its interventions, the tickets linked to it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.fields import brief_moment, duration, joined
from app.services.clock_why import WaitTold
from app.services.downtime import DownSpan
from app.services.interventions import InterventionRow
from app.services.ticket_links import LinkRow
from app.ui.parts.badge import Badge
from app.ui.parts.basics import Glyph, OneLine, column, empty_layout, label, row
from app.ui.parts.buttons import button, icon_button, set_available
from app.ui.parts.card import Card
from app.ui.parts.marks import Mark


class DownCard(Card):
    """When the asset did not work; hidden while nobody told anything. `acted` when what comes next is to be told."""

    acted = Signal()

    def __init__(self) -> None:
        self._act = button("", "link")
        super().__init__("Indisponibilité", corner=self._act)
        self._act.clicked.connect(self.acted)

    def show_spans(self, spans: Sequence[DownSpan], *, cancelled: bool) -> None:
        self.setVisible(bool(spans))
        empty_layout(self.body)
        if not spans:
            return
        down = spans[-1].end is None
        self._act.setText("Remis en service…" if down else "De nouveau à l’arrêt…")
        self._act.setVisible(not cancelled)
        for one in spans:
            self.body.addLayout(_span(one))
        if len(spans) > 1:
            whole = sum(one.minutes for one in spans)
            self.body.addWidget(label(f"En tout {duration(whole)} ouvrées", "second", "ink2"))


def _span(one: DownSpan) -> QHBoxLayout:
    if one.end is None:
        told = f"Depuis le {brief_moment(one.start)}"
        return row(
            Glyph("octagon-x", "bad.solid"), label(told, "strong", "bad.text"), None, _worked(one.minutes), gap=8
        )
    told = f"Du {brief_moment(one.start)} au {brief_moment(one.end)}"
    return row(Glyph("octagon-x", "mute.solid"), label(told), None, _worked(one.minutes), gap=8)


def _worked(minutes: int) -> QHBoxLayout:
    return row(label(duration(minutes), "strong"), label("ouvrées", "second", "ink2"), gap=4)


class WaitsCard(Card):
    """The waits, newest first: what each cost, and whether the clock stood still; hidden while there was none."""

    def __init__(self) -> None:
        super().__init__("Attentes", aside="L’horloge pendant ce temps")

    def show_waits(self, waits: Sequence[WaitTold]) -> None:
        self.setVisible(bool(waits))
        empty_layout(self.body)
        for one in waits:
            self.body.addLayout(_wait(one))


def _wait(one: WaitTold) -> QVBoxLayout:
    mark = Mark("hold" if one.stops else "info", loud=one.end is None)
    badge = Badge("arrêtée" if one.stops else "continue", mark)
    end = f"au {brief_moment(one.end)}" if one.end else "en cours"
    told = f"Du {brief_moment(one.start)} {end}"
    reason = OneLine("title", "ink")
    reason.show_text(one.reason.label)
    head = row(reason, badge)
    head.setStretch(0, 1)
    line = column(head, row(label(told, "second", "ink2"), None, _worked(one.minutes), gap=6), gap=1)
    reason.setToolTip(joined(one.reason.label, one.author or "", one.text or "", by="\n"))
    return line


class LinksCard(Card):
    """`wanted` when a ticket is to be linked, `followed` gives the one to show, `cut` the link to take away."""

    wanted = Signal()
    followed = Signal(int)
    cut = Signal(int)

    def __init__(self) -> None:
        super().__init__("Tickets liés", link="Lier…")
        self.link_followed.connect(self.wanted)

    def show_links(self, links: Sequence[LinkRow]) -> None:
        empty_layout(self.body)
        if not links:
            self.body.addWidget(label("Aucun.", "second", "ink2"))
        for one in links:
            self.body.addLayout(self._line(one))

    def _line(self, one: LinkRow) -> QVBoxLayout:
        follow = button(one.number, "link")
        follow.clicked.connect(lambda: self.followed.emit(one.ticket_id))
        away = icon_button("x", f"Retirer le lien avec {one.number}")
        away.clicked.connect(lambda: self.cut.emit(one.id))
        words = OneLine("second", "ink2")
        words.show_text(f"{one.ticket_kind.label} · {one.subject}")
        status = Badge(one.status.label, Mark(one.status.tone))
        return column(row(label(one.title, "body", "ink2"), follow, None, status, away, gap=6), words, gap=0)


class InterventionsCard(Card):
    """`wanted` gives the intervention to open, 0 for a new one; `printed` the number of the sheet to print."""

    wanted = Signal(int)
    printed = Signal(str)

    def __init__(self) -> None:
        super().__init__("Interventions")

    def show_done(self, done: Sequence[InterventionRow], *, cancelled: bool) -> None:
        empty_layout(self.body)
        if not done:
            self.body.addWidget(label("Aucune pour l’instant.", "second", "ink2"))
        for one in done:
            self.body.addLayout(self._line(one))
        add = button("Ajouter une intervention", icon="plus")
        add.clicked.connect(lambda: self.wanted.emit(0))
        set_available(add, not cancelled, "Ce ticket est annulé.")
        self.body.addLayout(row(add, None))

    def _line(self, one: InterventionRow) -> QVBoxLayout:
        follow = button(one.number, "link")
        follow.clicked.connect(lambda: self.wanted.emit(one.id))
        told = [brief_moment(one.started_at), one.kind.label, one.technician or ""]
        sheet = icon_button("printer", f"Imprimer la fiche {one.number}")
        sheet.clicked.connect(lambda: self.printed.emit(one.number))
        words = label(joined(*told, by=" · "), "second", "ink2", wrap=True)
        return column(row(follow, None, sheet, gap=6), words, gap=0)
