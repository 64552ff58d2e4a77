"""Comparing offers on a price grid and weighted criteria (domain.md C.12)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

BEST = Decimal(5)
"""The highest note."""
WHOLE = 100
"""What the weights must total."""
_HUNDREDTH = Decimal("0.01")
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class GridLine:
    """A line of the price grid; `quantity` in hundredths."""

    id: int
    quantity: int
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Criterion:
    """`weight` in percent; the one `is_price` is noted from the totals, not by hand."""

    id: int
    weight: int
    is_price: bool = False


@dataclass(frozen=True, slots=True)
class Totals:
    """In cents. `firm` is the total to compare, None while a firm line has no price; `options` that of the options
    priced, None when there are none. `missing` and `priced` are ids of firm lines."""

    firm: int | None
    options: int | None
    missing: tuple[int, ...]
    priced: tuple[int, ...]

    @property
    def only_options(self) -> bool:
        """Some options were priced, and nothing of what must be compared."""
        return self.options is not None and not self.priced


@dataclass(frozen=True, slots=True)
class Judged:
    """What an offer obtains. `notes`: criterion -> note, None where it lacks; `score` out of 5 and `rank` are None for
    an incomplete offer, which is set apart and never counted as zero."""

    notes: Mapping[int, Decimal | None]
    score: Decimal | None
    rank: int | None
    tied: bool = False


def line_amount(price: int, quantity: int) -> int:
    """Cents of a line, the half cent upwards."""
    return int((Decimal(price) * quantity / 100).quantize(Decimal(1), ROUND_HALF_UP))


def totals(lines: Sequence[GridLine], prices: Mapping[int, int | None]) -> Totals:
    """What an offer asks for the grid, its options apart. A price of zero is an answer, no price is not."""
    known = {line.id: line_amount(price, line.quantity) for line in lines if (price := prices.get(line.id)) is not None}
    firm = [line.id for line in lines if not line.optional]
    options = [known[line.id] for line in lines if line.optional and line.id in known]
    missing = tuple(one for one in firm if one not in known)
    priced = tuple(one for one in firm if one in known)
    whole = sum(known[one] for one in priced) if priced and not missing else None
    return Totals(whole, sum(options) if options else None, missing, priced)


def price_note(price: int, lowest: int) -> Decimal:
    """5 x lowest / price, to the hundredth: 400 and 450 give 5,00 and 4,44. Nothing is better than an offer at zero."""
    if price < 0 or lowest < 0 or lowest > price:
        raise ValueError("the lowest price cannot be above the price, nor any be negative")
    return _rounded(BEST * lowest / price if price else BEST)


def weighted(criteria: Sequence[Criterion], notes: Mapping[int, Decimal | None]) -> Decimal | None:
    """The sum of weight x note, out of 5; None when a note lacks, whatever its weight."""
    found = [(one.weight, notes.get(one.id)) for one in criteria]
    known = [(weight, note) for weight, note in found if note is not None]
    if not criteria or len(known) < len(found):
        return None
    return _rounded(sum((weight * note for weight, note in known), Decimal(0)) / WHOLE)


def judge(
    criteria: Sequence[Criterion], asked: Mapping[int, int | None], given: Mapping[int, Mapping[int, Decimal | None]]
) -> dict[int, Judged]:
    """Each offer of `asked` (offer -> firm total) with its notes, score and rank; `given` are the notes put by hand.

    Weights that do not total 100 give no score.
    """
    known = [price for price in asked.values() if price is not None]
    notes = {
        offer: {
            one.id: _automatic(price, known) if one.is_price else given.get(offer, {}).get(one.id) for one in criteria
        }
        for offer, price in asked.items()
    }
    sound = weight_gap(criteria) == 0
    scores = {offer: weighted(criteria, found) if sound else None for offer, found in notes.items()}
    places = ranks(scores)
    return {
        offer: Judged(notes[offer], score, places[offer], score is not None and list(scores.values()).count(score) > 1)
        for offer, score in scores.items()
    }


def _automatic(price: int | None, known: Sequence[int]) -> Decimal | None:
    return None if price is None else price_note(price, min(known))


def ranks(scores: Mapping[int, Decimal | None]) -> dict[int, int | None]:
    """1 for the best; equals share a place, and the next one leaves theirs empty. No score: no place."""
    known = [score for score in scores.values() if score is not None]
    return {
        offer: None if score is None else 1 + sum(other > score for other in known) for offer, score in scores.items()
    }


def weight_gap(criteria: Sequence[Criterion]) -> int:
    """What lacks to 100; negative when there is too much."""
    return WHOLE - sum(one.weight for one in criteria)


def deviation(asked: int | None, obtained: int | None) -> Decimal | None:
    """How far from what was asked, in percent to the tenth: 690 € asked, 712 € obtained give 3,2. None without both,
    or when nothing was asked."""
    if not asked or obtained is None:
        return None
    return (Decimal(obtained - asked) * 100 / asked).quantize(_TENTH, ROUND_HALF_UP)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_HUNDREDTH, ROUND_HALF_UP)
