"""An invoice against its contract: what was expected, the difference, and why (domain.md C.4 to C.6)."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from app.codes import Code
from app.services.billing.expected import Line


class Verdict(Code):
    """What the comparison says at a glance."""

    RIGHT = "right", "Conforme au contrat", "ok"
    EXPLAINED = "explained", "Écart expliqué", "info"
    WRONG = "wrong", "Écart à éclaircir", "warn", True
    FORBIDDEN = "forbidden", "À contester", "bad", True
    UNKNOWN = "unknown", "Rien à comparer", "mute"


class Weight(Code):
    """How much a reason should trouble who pays."""

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


@dataclass(frozen=True, slots=True)
class Check:
    """Cents HT; `billed` are the lines that a contract can foresee, `outside` the others (equipment, supplies…).
    `difference` is billed − expected and `percent` its share of what was expected, both None when nothing was.
    `period` says in French which period was compared, and when it was supposed. `reasons` weightiest first."""

    verdict: Verdict
    period: str
    expected: int | None
    billed: int
    outside: int
    difference: int | None
    percent: Decimal | None
    lines: tuple[Line, ...]
    reasons: tuple[Reason, ...]

    @property
    def headline(self) -> str:
        """« Conforme au contrat », « Écart +4,2 % »."""
        raise NotImplementedError


def check(session: Session, invoice_id: int) -> Check:
    """Compare an invoice, or a credit note, with what its contract foresees; NotFound."""
    raise NotImplementedError
