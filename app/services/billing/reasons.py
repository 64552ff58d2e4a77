"""Why an invoice differs from its contract: one sentence each."""

from dataclasses import dataclass

from app.codes import Code


class Weight(Code):
    """How much a reason should trouble who pays, the lightest first."""

    FINE = "fine", "Conforme", "ok"
    NOTE = "note", "À savoir", "info"
    DOUBT = "doubt", "À vérifier", "warn"
    REFUSE = "refuse", "À contester", "bad"


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence in French, what it explains in cents HT if it does, and the record that shows it."""

    weight: Weight
    text: str
    cents: int | None = None
    entity: str | None = None
    record_id: int | None = None


def near(found: int, wanted: int, lines: int = 1) -> bool:
    """Equal but for the rounding of so many lines."""
    return abs(found - wanted) <= 1 + lines
