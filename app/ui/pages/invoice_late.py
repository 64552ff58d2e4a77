"""What the lateness of an invoice costs, as a card of its page (domain.md C.5)."""

from app.fields import amount, counted, number
from app.services.invoices.lateness import HalfYear, Lateness
from app.ui.parts.basics import empty_layout, fill, label, row
from app.ui.parts.buttons import button
from app.ui.parts.card import Card
from app.ui.parts.explain import Explain
from app.ui.parts.facts import Fact, FactGroup, FactsView

HALVES = 4
"""The half-years whose working is shown, the last ones: those before are worked out in the same way."""
OWED = "Si le prestataire les demande\u00a0: aucun rappel ne lui est nécessaire."


class LatenessCard(Card):
    """What the provider may ask for; `link_followed` where a rate is to be written."""

    def __init__(self) -> None:
        super().__init__("Ce que coûte le retard", corner=Explain("Retard de paiement"))

    def show_lateness(self, found: Lateness | None) -> None:
        self.setVisible(found is not None)
        empty_layout(self.body)
        if found is None:
            return
        known = amount(found.recovery + (found.interest or 0)) + (" au moins" if found.interest is None else "")
        facts = [
            Fact("Intérêts", amount(found.interest)),
            Fact("Recouvrement", amount(found.recovery), note="indemnité forfaitaire"),
        ]
        fill(self.body, label(known, "amount"), FactsView([FactGroup("", facts)]), 2)
        for half in found.halves[-HALVES:]:
            self.body.addWidget(label(_half(found.base, half), "second", "ink2", wrap=True))
        if before := len(found.halves[:-HALVES]):
            text = f"De même pour {counted(before, 'semestre')} avant."
            self.body.addWidget(label(text, "second", "ink2"))
        if found.interest is None:
            follow = button("Saisir les taux", "link")
            follow.clicked.connect(self.link_followed)
            self.body.addLayout(row(follow, None))
        self.body.addWidget(label(OWED, "second", "ink2", wrap=True))


def _half(base: int, half: HalfYear) -> str:
    """« 1 800,00 € × 12,15 % × 45 jours ÷ 365 (1er semestre 2026) »."""
    percents = "taux inconnu" if half.rate is None else f"{number(half.rate, 2)}\u00a0%"
    return f"{amount(base)} × {percents} × {counted(half.days, 'jour')} ÷ 365 ({half.name})"
