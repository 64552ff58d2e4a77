"""An invoice against its contract, as a card: what was expected, the difference, and why."""

from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.fields import MISSING, NBSP, amount, number
from app.services.billing.check import Check, Reason
from app.ui import tokens
from app.ui.desk import Desk
from app.ui.parts.badge import Badge
from app.ui.parts.basics import Glyph, column, empty_layout, label, row
from app.ui.parts.buttons import button
from app.ui.parts.card import Card
from app.ui.parts.marks import Mark

NO_CONTRACT = "Sans contrat, il n’y a rien à quoi la comparer."


class CheckCard(Card):
    """`show_check` tells one comparison; None where there is no contract. `linked`: each reason leads to its record."""

    def __init__(self, desk: Desk, *, linked: bool = True) -> None:
        super().__init__("Vérification")
        self._desk, self._linked = desk, linked
        self.body.setSpacing(8)

    def show_check(self, found: Check | None) -> None:
        empty_layout(self.body)
        if found is None:
            self.body.addWidget(label(NO_CONTRACT, "second", "ink2", wrap=True))
            return
        verdict = Badge(found.headline, Mark(found.verdict.tone, loud=True))
        self.body.addLayout(row(verdict, label(found.period, "second", "ink2"), None, gap=10))
        if found.expected is not None:
            self.body.addLayout(row(*_figures(found), None, gap=28))
        for reason in found.reasons:
            self.body.addLayout(self._reason(reason))

    def _reason(self, reason: Reason) -> QHBoxLayout:
        tone = reason.weight.tone
        line = row(Glyph(tokens.GLYPHS[tone], f"{tone}.text", 15), gap=8)
        line.addWidget(label(reason.text, "body", "ink", wrap=True), 1)
        if self._linked and reason.entity and reason.record_id:
            follow = button("Voir", "link", tip=reason.text)
            link = f"{reason.entity}:{reason.record_id}"
            follow.clicked.connect(lambda: self._desk.follow(link))
            line.addWidget(follow)
        return line


def _figures(found: Check) -> tuple[QVBoxLayout, ...]:
    """Expected, billed and the difference, HT; what no contract can foresee only where there is some."""
    shown = [
        ("Attendu HT", amount(found.expected)),
        ("Facturé HT", amount(found.billed)),
        ("Écart", _difference(found.difference, found.percent)),
    ]
    if found.outside:
        shown.append(("Hors contrat HT", amount(found.outside)))
    return tuple(column(label(name, "second", "ink2"), label(value, "strong"), gap=0) for name, value in shown)


def _difference(cents: int | None, share: Decimal | None) -> str:
    """« +18,90 € (+4,2 %) »."""
    if cents is None:
        return MISSING
    sign = "+" if cents > 0 else ""
    told = f" ({sign}{number(share, 1)}{NBSP}%)" if share is not None and cents else ""
    return f"{sign}{amount(cents)}{told}"
