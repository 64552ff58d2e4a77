"""The penalties of a contract month by month: each breach, its price, the caps, what was claimed (domain.md C.7)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from sqlalchemy import FromClause, select
from sqlalchemy.orm import Session

from app.codes import Code
from app.fields import PARIS
from app.jobs import Job, Progress
from app.models import Contract, Penalty, PenaltyClaim
from app.models.money_codes import ClaimState
from app.rules import penalties, price
from app.rules.penalties import Breach, Caps
from app.services import pricing
from app.services.amendments import on_day
from app.services.contracts import read_once
from app.services.penalties import late
from app.services.penalties.breach import Late
from app.storage import Store


class MonthState(Code):
    """Where the penalties of a month stand."""

    RUNNING = "running", "Mois en cours", "info"
    TO_CLAIM = "to_claim", "À réclamer", "warn", True
    CLAIMED = "claimed", "Réclamée", "info"
    OBTAINED = "obtained", "Obtenue", "ok"
    WAIVED = "waived", "Abandonnée", "mute"
    NOTHING = "nothing", "Rien à réclamer", "mute"


@dataclass(frozen=True, slots=True)
class Line:
    """One breach and its price before the caps, in cents: 0 within the franchise, None when the fee is unknown."""

    late: Late
    cents: int | None


@dataclass(frozen=True, slots=True)
class Month:
    """`bare` is before the caps, `owed` after them, `claimed` what was asked for and not given up, `obtained` what
    of it came; cents. `waiting` is the claim still to be answered, `settled` the last one that was."""

    contract_id: int
    month: date
    lines: tuple[Line, ...]
    bare: int
    owed: int
    claimed: int
    obtained: int
    waiting: int | None
    settled: int | None
    state: MonthState

    @property
    def left(self) -> int:
        """What is still to be claimed."""
        return max(0, self.owed - self.claimed) if self.state != MonthState.WAIVED else 0


@dataclass(frozen=True, slots=True)
class _Terms:
    """What a contract says on a day; `fee` is a month of it, None when nobody wrote a price."""

    fee: int | None
    caps: Caps


def of_contract(session: Session, contract_id: int, now: datetime) -> tuple[Month, ...]:
    """All the months with a breach or a claim, the newest first."""
    lates = late.found(session, late.rows_of(session, [contract_id]), now)
    return tuple(reversed(_months(session, lates, _claims(session, [contract_id]), now)))


def read_job(store: Store, contract_id: int, now: datetime) -> Job[tuple[Month, ...]]:
    """`of_contract`, off the thread of the window."""
    yield Progress(0, 0, "Lecture des pénalités")
    with store.read() as session:
        return of_contract(session, contract_id, now)


def over(session: Session, now: datetime, since: Mapping[int, date]) -> list[Month]:
    """The months over by then of the contracts named, each since the month of its day, told by what they cost only
    (`late.done`): for the échéancier. The caps of a year count it from its first month."""
    rows = late.rows_of(session, list(since))
    if not rows:
        return []
    first = min(since[one.contract_id] for one in rows).replace(month=1, day=1)
    lates = late.done(session, rows, now, first)
    found = _months(session, lates, _claims(session, {one.contract_id for one in rows}), now)
    return [one for one in found if one.month >= since[one.contract_id].replace(day=1) and is_over(one.month, now)]


def since(
    session: Session, contracts: Collection[int], first: date, now: datetime, tickets: FromClause = late.TICKETS
) -> list[Month]:
    """The months of these contracts since that day, the one under way too, told by what they cost only; of `tickets`
    as they stood."""
    rows = late.rows_of(session, contracts)
    lates = late.done(session, rows, now, first.replace(month=1, day=1), tickets) if rows else []
    found = _months(session, lates, _claims(session, contracts), now)
    return [one for one in found if one.month >= first.replace(day=1)]


def _claims(session: Session, contracts: Iterable[int]) -> list[PenaltyClaim]:
    kept = select(PenaltyClaim).where(PenaltyClaim.contract_id.in_(list(contracts)), PenaltyClaim.deleted_at.is_(None))
    return list(session.scalars(kept.order_by(PenaltyClaim.claimed_on, PenaltyClaim.id)))


def _months(session: Session, lates: Sequence[Late], claims: Sequence[PenaltyClaim], now: datetime) -> list[Month]:
    """In the order of contracts, then of time."""
    asked: dict[tuple[int, date], list[PenaltyClaim]] = defaultdict(list)
    for claim in claims:
        asked[claim.contract_id, claim.month.replace(day=1)].append(claim)
    terms = _terms(session)
    by_contract: dict[int, list[Late]] = defaultdict(list)
    for one in lates:
        by_contract[one.contract_id].append(one)
    found = []
    for contract in sorted({*by_contract, *(key[0] for key in asked)}):
        lines = _priced(by_contract[contract], terms)
        bare = {month: sum((exact for _, exact in own), Decimal(0)) for month, own in lines.items()}
        owed = penalties.capped_by(bare, _held(terms, contract))
        for month in sorted({*lines, *(on for of, on in asked if of == contract)}):
            own = tuple(line for line, _ in lines.get(month, ()))
            found.append(_month(contract, month, own, bare.get(month), owed.get(month, 0), asked[contract, month], now))
    return found


def _terms(session: Session) -> Callable[[int, date], _Terms]:
    on = read_once(session, _signed)

    @cache
    def of(contract_id: int, day: date) -> _Terms:
        contract = on(contract_id, day)
        caps = Caps(_percents(contract.penalty_month_cap), _percents(contract.penalty_year_cap))
        return _Terms(monthly(session, contract, day), caps)

    return of


def _signed(session: Session, contract_id: int | None, day: date) -> Contract:
    return on_day(session, contract_id or 0, day)


def monthly(session: Session, contract: Contract, day: date) -> int | None:
    """A month of the contract in cents, as it stands that day: its fee, else what its units cost."""
    if contract.fee is not None:
        return price.over(contract.fee * price.PER_YEAR[contract.fee_period.value], 1)
    year = pricing.yearly_of(session, [contract], day)[contract.id].cents
    return None if year is None else price.over(year, 1)


def _held(terms: Callable[[int, date], _Terms], contract_id: int) -> Callable[[date], tuple[int, Caps]]:
    """Without a known fee nothing can be capped by a share of it."""

    def of(month: date) -> tuple[int, Caps]:
        told = terms(contract_id, month)
        return (0, Caps()) if told.fee is None else (told.fee, told.caps)

    return of


def _fee(terms: Callable[[int, date], _Terms], contract_id: int) -> Callable[[date], int]:
    return lambda day: terms(contract_id, day).fee or 0


def _priced(lates: Sequence[Late], terms: Callable[[int, date], _Terms]) -> dict[date, list[tuple[Line, Decimal]]]:
    """First day of the month -> its breaches, each with its exact price."""
    exact: dict[int, Decimal] = {}
    by_penalty: dict[int, list[Late]] = defaultdict(list)
    for one in lates:
        by_penalty[one.penalty.id].append(one)
    for own in by_penalty.values():
        breaches = [Breach(one.on, one.minutes) for one in own]
        found = penalties.costs(_rule(own[0].penalty), breaches, _fee(terms, own[0].contract_id))
        exact |= {id(one): cents for one, cents in zip(own, found, strict=True)}
    months: dict[date, list[tuple[Line, Decimal]]] = defaultdict(list)
    for one in lates:
        unknown = one.penalty.percent is not None and terms(one.contract_id, one.on).fee is None
        line = Line(one, None if unknown else _rounded(exact[id(one)]))
        months[one.on.replace(day=1)].append((line, exact[id(one)]))
    return months


def _rule(penalty: Penalty) -> penalties.Penalty:
    return penalties.Penalty(penalty.unit.value, _percents(penalty.percent), penalty.amount, penalty.franchise or 0)


def _month(  # noqa: PLR0917 - what a month is made of
    contract: int,
    month: date,
    lines: tuple[Line, ...],
    bare: Decimal | None,
    owed: int,
    claims: Sequence[PenaltyClaim],
    now: datetime,
) -> Month:
    came = sum(one.amount for one in claims if one.state == ClaimState.OBTAINED)
    waiting = [one for one in claims if one.state == ClaimState.CLAIMED]
    settled = [one.id for one in claims if one.state != ClaimState.CLAIMED]
    return Month(
        contract, month, lines, _rounded(bare or Decimal(0)), owed, came + sum(one.amount for one in waiting), came,
        waiting[0].id if waiting else None, settled[-1] if settled else None, _state(month, owed, claims, now),
    )  # fmt: skip


def _state(month: date, owed: int, claims: Sequence[PenaltyClaim], now: datetime) -> MonthState:
    """Of several claims, the one that asks most of the manager."""
    states = {one.state for one in claims}
    for claim in (ClaimState.CLAIMED, ClaimState.OBTAINED, ClaimState.WAIVED):
        if claim in states:
            return MonthState.of(claim.value)
    if not is_over(month, now):
        return MonthState.RUNNING
    return MonthState.TO_CLAIM if owed else MonthState.NOTHING


def is_over(month: date, now: datetime) -> bool:
    """A month is claimed once it is over: its caps count it whole."""
    return month.replace(day=1) < now.astimezone(PARIS).date().replace(day=1)


def _percents(hundredths: int | None) -> Decimal | None:
    return None if hundredths is None else Decimal(hundredths) / 100


def _rounded(cents: Decimal) -> int:
    return int(cents.quantize(Decimal(1), ROUND_HALF_UP))
