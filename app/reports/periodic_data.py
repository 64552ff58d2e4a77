"""What a periodic report says (domain.md B; papers.md 2), as plain values: the paper, the workbook and the screen show
the same. Money in cents, durations in minutes."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from app.reports.identity import CompanyCard, Stamp


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator over the period. `value`, `before` (of the period before) and `target` are in its own unit, `unit`
    being « hours », « ratio » or « count »; `met` is None without data or without a target.

    `note` is the numerator over the denominator, or the median; `points` are the values of the last periods, this one
    the last, None where there is no data. `tiled`: one of those shown large; the others have their last two points.
    """

    code: str
    label: str
    unit: str
    value: Decimal | None
    text: str
    n: int
    note: str
    target: Decimal | None
    target_text: str
    met: bool | None
    before: Decimal | None
    before_text: str
    change: str
    points: tuple[Decimal | None, ...]
    objective: str = ""
    tiled: bool = False


@dataclass(frozen=True, slots=True)
class Volume:
    """A count over the last periods; None: nothing was followed yet."""

    label: str
    counts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Breach:
    """A promise missed. `done` is None while it was still to do at the end of the period; `late` is of the contract's
    clock. `cents` is its penalty before the caps: 0 where it costs nothing, None where it has none or nobody can tell.
    """

    ticket_id: int
    number: str
    what: str
    priority: str
    promise: str
    due: datetime
    done: datetime | None
    late: int
    cents: int | None
    contract: str
    cause: str = ""
    explanation: str = ""
    explained_on: date | None = None
    decision: str = ""
    decided_by: str = ""
    decided_on: date | None = None

    @property
    def is_explained(self) -> bool:
        return bool(self.explanation or self.cause)


@dataclass(frozen=True, slots=True)
class Kept:
    """Of one promise: how many were judged, how many were kept."""

    promise: str
    label: str
    kept: int
    judged: int


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the penalties; `strong`: the sum that is owed."""

    what: str
    base: str
    result: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Penalties:
    """Those of one contract: their working, what is owed once capped, what of it was claimed and obtained; `bare` is
    before the caps."""

    contract: str
    steps: tuple[Step, ...]
    owed: int
    claimed: int
    obtained: int
    bare: int = 0


@dataclass(frozen=True, slots=True)
class Repeated:
    """An incident that came again on the same asset; `times` counts those that follow another."""

    asset: str
    category: str
    times: int
    numbers: tuple[str, ...]
    last: date
    ticket_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that came late, or had not come at the end of the period (`came` None)."""

    label: str
    told: str
    contract: str
    due: date
    came: date | None
    days: int
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """« remis à temps ÷ attendus », « fait dans sa fenêtre ÷ prévu »."""

    top: int
    bottom: int

    @property
    def ratio(self) -> Decimal | None:
        return Decimal(self.top) / self.bottom if self.bottom else None


@dataclass(frozen=True, slots=True)
class Stop:
    """A visit missed, or done out of its window (`done` then)."""

    visit_id: int
    number: str
    label: str
    where: str
    due: date
    done: date | None
    days: int


@dataclass(frozen=True, slots=True)
class Cost:
    """One contract over the period, HT. `fee` is what it makes due (None: it says no price), `invoiced` what invoices
    bill of its service, `apart` what was billed beside it; `acts` interventions of `minutes` would have cost `worth` by
    the act (None: nobody can tell)."""

    contract: str
    title: str
    fee: int | None
    invoiced: int
    apart: int
    acts: int
    minutes: int
    worth: int | None

    @property
    def gap(self) -> int | None:
        """Invoiced in all, beyond the fee."""
        return None if self.fee is None else self.invoiced + self.apart - self.fee


@dataclass(frozen=True, slots=True)
class Opinions:
    """The forms that came back in the period. `mean` in hundredths out of 5; a criterion is (words, hundredths, n)."""

    expected: int
    received: int
    mean: int | None
    noted: int
    satisfied: Share
    unsolved: tuple[str, ...]
    criteria: tuple[tuple[str, int, int], ...]
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Action:
    id: int
    label: str
    owner: str
    due: date
    state: str
    tone: str
    told: str
    origin: str


@dataclass(frozen=True)
class PeriodReport:
    """`of_period` is « du troisième trimestre 2026 », `noun` « trimestre »; `shorts` the names of the last periods.
    `seen` is the moment from which all is told: the end of the period, or the present while it runs."""

    company: CompanyCard
    stamp: Stamp
    period: str
    of_period: str
    noun: str
    start: date
    end: date
    seen: datetime
    scope: str
    shorts: tuple[str, ...]
    figures: tuple[Figure, ...]
    volumes: tuple[Volume, ...]
    takeaways: str
    kept: tuple[Kept, ...]
    breaches: tuple[Breach, ...]
    penalties: tuple[Penalties, ...]
    repeated: tuple[Repeated, ...]
    punctual: Share
    papers: tuple[Paper, ...]
    preventive: Share
    stops: tuple[Stop, ...]
    costs: tuple[Cost, ...]
    opinions: Opinions
    decisions: tuple[str, ...]
    actions: tuple[Action, ...]

    @property
    def tiles(self) -> tuple[Figure, ...]:
        return tuple(one for one in self.figures if one.tiled)

    @property
    def owed(self) -> int:
        return sum(one.owed for one in self.penalties)

    @property
    def is_over(self) -> bool:
        return self.stamp.data_at is None or self.seen < self.stamp.data_at
