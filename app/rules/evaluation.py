"""The note of a form filled after an intervention (domain.md G.1)."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

NO_OPINION = 0
"""« Sans avis »: an answer, that weighs nothing."""
ENOUGH = 5
"""Answers below which a form is « incomplète » and has no note."""
OUT_OF_TWENTY = 4


def answered(answers: Sequence[int | None]) -> int:
    """How many criteria were given from 1 to 5: neither left empty nor « sans avis » (domain.md G.1)."""
    return sum(one not in {None, NO_OPINION} for one in answers)


def note(answers: Sequence[int | None]) -> int | None:
    """Mean of what was given, in hundredths of a point out of 5; None for an incomplete form (domain.md G.1)."""
    given = [one for one in answers if one]
    if len(given) < ENOUGH:
        return None
    return int((Decimal(sum(given) * 100) / len(given)).quantize(Decimal(1), ROUND_HALF_UP))


def out_of_twenty(hundredths: int) -> int:
    """The same note out of 20, in hundredths: four times that out of 5 (domain.md G.1)."""
    return hundredths * OUT_OF_TWENTY
