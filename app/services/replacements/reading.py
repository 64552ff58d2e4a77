"""Every asset of the company with what asks for its replacement, by a few statements for all of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from sqlalchemy import Text, select, type_coerce
from sqlalchemy.orm import Session

from app.codes import Code
from app.fields import counted, day, joined, percent
from app.models import Asset, Expertise, ExpertiseSheet, Family, Intervention, Person, Replacement, Site
from app.models.codes import AssetStatus, Ownership, SheetState
from app.models.judgement_codes import ReplacementChoice
from app.rules.expertise import cost_ratio
from app.rules.notice import add_months
from app.rules.replacement import Case, Cause, Why, causes, due, moved
from app.services.billing import acts
from app.services.expertises import facts
from app.services.spending.foreseen import known
from app.services.spending.lines import Costing

OURS = (
    Asset.deleted_at.is_(None),
    Asset.status != AssetStatus.RETIRED,
    Asset.ownership.in_((Ownership.OWNED, Ownership.RENTED, Ownership.LEASED)),
)
"""What the company replaces itself."""
YEARS = 3
"""Calendar years that the plan covers, this one included."""


class Basis(Code):
    """Where a budget comes from."""

    DECIDED = "decided", "Fixé"
    VALUE = "value", "Valeur de remplacement"
    PRICE = "price", "Prix d’achat"
    FAMILY = "family", "Prix usuel de la famille"
    NONE = "none", "Non chiffré", "warn"


@dataclass(frozen=True, slots=True)
class Item:
    """One asset. `proposed` is the day that the rules give, `on` the one retained, both None where nothing says it or
    it is kept; `cents` what a new one costs, HT or TTC as the company counts.

    `causes` are those of the three years, seen from `today`, in the order of their days. `choice` is what was decided,
    if anything."""

    asset_id: int
    number: str
    label: str
    family_id: int
    family: str
    site: str
    holder: str
    case: Case
    today: date
    causes: tuple[Cause, ...]
    proposed: date | None
    on: date | None
    cents: int | None
    basis: Basis
    choice: ReplacementChoice | None = None
    reason: str = ""
    decided_on: date | None = None

    @property
    def year(self) -> int | None:
        return self.on.year if self.on else None

    @property
    def is_kept(self) -> bool:
        return self.choice == ReplacementChoice.KEEP

    @property
    def title(self) -> str:
        return joined(self.number, self.label)

    @property
    def why(self) -> str:
        """« verdict D, à renouveler le 10/04/2026 », the reasons that count first."""
        first = sorted(self.causes, key=lambda one: not one.counts)
        return joined(*(_told(one, self.case, self.today) for one in first), by="\u00a0; ") or "décidé"


_COLUMNS = (
    Asset.id, Asset.number, Asset.name, Asset.brand, Asset.model, Asset.service, Asset.support_end,
    Asset.commissioned_on, Asset.purchased_on, Asset.replacement_value, Asset.price, Asset.family_id,
    Family.name.label("family"), Family.life_years, Site.name.label("site"), Person.first_name, Person.last_name,
)  # fmt: skip


def items(session: Session, today: date) -> list[Item]:
    """Those that something asks for within the years of the plan, or of which something was decided, or that nothing is
    known of; in the order of their numbers."""
    rows: Sequence[Any] = session.execute(
        select(*_COLUMNS)
        .join(Family, Family.id == Asset.family_id)
        .outerjoin(Site, Site.id == Asset.site_id)
        .outerjoin(Person, Person.id == Asset.person_id)
        .where(*OURS)
        .order_by(Asset.number)
    ).all()
    scope = select(Asset.id).where(*OURS)
    failures = {row[0]: row[1] for row in session.execute(facts.failures_of(today, scope))}
    repairs, judged, decided = _repairs(session, today), _judged(session, today), _decided(session)
    priced = _Priced(_usual(rows), Costing.of(session))
    found = []
    for row in rows:
        own = judged.get(row.id)
        value = row.replacement_value or row.price
        ratio = cost_ratio(repairs.get(row.id, 0), value)
        case = Case(
            since=row.commissioned_on or row.purchased_on,
            life_years=row.life_years,
            support_end=row.support_end,
            verdict=own.verdict if own else None,
            judged_on=own.held_on if own else None,
            renew_on=own.renew_on if own else None,
            failures=failures.get(row.id, 0),
            ratio=ratio,
        )
        every, choice = causes(case, today), decided.get(row.id)
        near = any(one.on.year < today.year + YEARS for one in every)
        if near or choice is not None or not is_known(case):
            found.append(_item(row, case, every, priced.of(row, own, choice), choice, today))
    return found


def _repairs(session: Session, today: date) -> dict[int, int]:
    """By asset, what was paid apart from the fee of contracts over twelve months, HT: a fee is paid for the fleet, and
    replacing one asset would not lower it."""
    paid = acts.value(
        session, *acts.begun(add_months(today, -facts.MONTHS), today), Intervention.charge.in_(facts.PAID)
    )  # fmt: skip
    found: dict[int, int] = defaultdict(int)
    for one in paid:
        if one.asset_id is not None:
            found[one.asset_id] += known(one)
    return found


@dataclass(frozen=True, slots=True)
class _Priced:
    """`usual`: what an asset of each family costs."""

    usual: Mapping[int, int]
    costing: Costing

    def of(self, row: Any, judged: Any, decided: Any) -> tuple[int | None, Basis]:
        for cents, basis in (
            (decided.amount if decided else None, Basis.DECIDED),
            (judged.replacement_value if judged else None, Basis.VALUE),
            (row.replacement_value, Basis.VALUE),
            (row.price, Basis.PRICE),
            (self.usual.get(row.family_id), Basis.FAMILY),
        ):
            if cents or (cents is not None and basis == Basis.DECIDED):
                return self.costing.cents(cents), basis
        return None, Basis.NONE


def _usual(rows: Sequence[Any]) -> dict[int, int]:
    """By family, the median of what is known."""
    prices: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        if cents := row.replacement_value or row.price:
            prices[row.family_id].append(cents)
    return {family: round(median(found)) for family, found in prices.items()}


def _judged(session: Session, today: date) -> dict[int, Any]:
    """The last sheet with a verdict of each asset."""
    rows = session.execute(
        select(
            ExpertiseSheet.asset_id, type_coerce(ExpertiseSheet.final_verdict, Text).label("verdict"),
            ExpertiseSheet.renew_on, ExpertiseSheet.replacement_value, Expertise.held_on,
        )
        .join(Expertise, Expertise.id == ExpertiseSheet.expertise_id)
        .where(
            ExpertiseSheet.deleted_at.is_(None), Expertise.deleted_at.is_(None),
            ExpertiseSheet.state == SheetState.DONE, ExpertiseSheet.final_verdict.is_not(None),
            Expertise.held_on <= today,
        )
        .order_by(Expertise.held_on, Expertise.id)
    )  # fmt: skip
    return {row.asset_id: row for row in rows}


def _decided(session: Session) -> dict[int, Replacement]:
    kept = session.scalars(select(Replacement).where(Replacement.deleted_at.is_(None)))
    return {one.asset_id: one for one in kept}


def is_known(case: Case) -> bool:
    """Whether anything tells when its life ends."""
    return bool(case.verdict or case.life_end or case.support_end)


def _item(  # noqa: PLR0917 - what an asset is made of
    row: Any,
    case: Case,
    every: Sequence[Cause],
    priced: tuple[int | None, Basis],
    decided: Replacement | None,
    today: date,
) -> Item:
    proposed = due(every)
    found = tuple(one for one in every if one.on.year < today.year + YEARS)
    return Item(
        asset_id=row.id,
        number=row.number,
        label=joined(row.brand, row.model) or row.name or row.family,
        family_id=row.family_id,
        family=row.family,
        site=row.site or "",
        holder=joined(row.first_name, row.last_name) or row.service or "",
        case=case,
        today=today,
        causes=found,
        proposed=proposed,
        on=_retained(proposed, decided, today),
        cents=priced[0],
        basis=priced[1],
        choice=decided.choice if decided else None,
        reason=(decided.reason or "") if decided else "",
        decided_on=decided.decided_on if decided else None,
    )


def _retained(proposed: date | None, decided: Replacement | None, today: date) -> date | None:
    """The day of the rules, or the same in the year chosen; never past."""
    if decided is not None and decided.choice == ReplacementChoice.KEEP:
        return None
    if decided is not None and decided.year is not None:
        return moved(max(proposed or today, today), decided.year, today)
    return max(proposed, today) if proposed else None


def _told(cause: Cause, case: Case, today: date) -> str:
    on = day(cause.on)
    if cause.why == Why.VERDICT or (cause.why == Why.LIFE and case.verdict in {"A", "B"}):
        return f"verdict {case.verdict}, à renouveler le {on}"
    if cause.why == Why.LIFE:
        return f"fin de vie le {on} ({counted(case.life_years or 0, 'an')})"
    if cause.why == Why.SUPPORT:
        return f"support terminé le {on}" if cause.on < today else f"fin de support le {on}"
    if cause.why == Why.COSTS:
        return f"réparations à {percent(case.ratio, 0)} de la valeur en douze mois"
    return f"{case.failures} pannes en douze mois"
