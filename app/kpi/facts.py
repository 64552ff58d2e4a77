"""What services tell the indicators of assets, documents and costs, which takes hours of contracts, journals folded and
invoices shared: more than SQL on the models (services.facts)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.kpi.registry import Cohort


@dataclass(frozen=True, slots=True)
class Failure:
    """One time down of an asset that nobody planned, of which part stands in the period: `minutes` of its required
    time. `ticket_id` is the first that told of it."""

    ticket_id: int
    asset_id: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Fleet:
    """Assets of which some time was required in the period: hours of their contract, while in service, less the stops
    that were planned (B.2). Minutes.

    `available` and `weighted` are the sums of the availabilities (from 0 to 1) of all of them, bare and each times its
    weight (how many people depend on it, else its criticality); `weights` the sum of these. `down` has the minutes of
    those that did not work, `parts` their availability. `unstarted` are the assets in stock or gone without a day.
    """

    assets: int = 0
    weights: int = 0
    required: int = 0
    available: Fraction = Fraction(0)
    weighted: Fraction = Fraction(0)
    failures: Sequence[Failure] = ()
    down: Mapping[int, int] = field(default_factory=dict)
    parts: Mapping[int, Fraction] = field(default_factory=dict)
    ids: Sequence[int] = ()
    unstarted: int = 0


@dataclass(frozen=True, slots=True)
class Owed:
    """One document owed by a provider whose day came in the period."""

    document_id: int
    in_time: bool


@dataclass(frozen=True, slots=True)
class Documents:
    """`waived` are not asked for; `waiting` are not due yet."""

    owed: Sequence[Owed] = ()
    waived: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Costs:
    """Twelve whole months from the first day of `first` to the last one of `last`. Cents HT (TTC where VAT is not
    recovered): `contracts` by contract, `acts` and parts paid beside, `internal` work. `value` is what replacing the
    `assets` in service would cost; of `unvalued` nobody told. `untold`: hours of the company without a rate, in
    minutes."""

    first: date | None = None
    last: date | None = None
    contracts: Mapping[int | None, int] = field(default_factory=dict)
    acts: int = 0
    internal: int = 0
    untold: int = 0
    value: int = 0
    assets: int = 0
    unvalued: int = 0
    ids: Mapping[int, int] = field(default_factory=dict)


class Facts(Protocol):
    """Each for the period, the scope and the moment of a cohort; what several indicators ask is read once."""

    def fleet(self, cohort: Cohort) -> Fleet: ...

    def documents(self, cohort: Cohort) -> Documents: ...

    def costs(self, cohort: Cohort) -> Costs: ...


class NoFacts:
    """Of a cohort that no service made: nothing is known."""

    def fleet(self, cohort: Cohort) -> Fleet:  # noqa: ARG002 - as Facts asks
        return Fleet()

    def documents(self, cohort: Cohort) -> Documents:  # noqa: ARG002 - as Facts asks
        return Documents()

    def costs(self, cohort: Cohort) -> Costs:  # noqa: ARG002 - as Facts asks
        return Costs()
