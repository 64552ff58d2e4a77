"""What each source of deadlines is given."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.fields import PARIS
from app.models import Contract, Handled, NoticeDecision, Provider, Setting
from app.models.codes import ContractStatus
from app.models.deadline_codes import DeadlineKind as Kind
from app.rules import notice
from app.services import amendments, contracts, preferences, pricing
from app.settings import BY_KEY

LEADS: Mapping[Kind, str] = {
    Kind.NOTICE: "lead_notice",
    Kind.CONTRACT_END: "lead_contract_end",
    Kind.WITHDRAWAL: "lead_withdrawal",
    Kind.REVISION: "lead_revision",
    Kind.HOURS: "lead_hours",
    Kind.INVOICE: "lead_invoice",
    Kind.PENALTY: "lead_penalty",
    Kind.CERTIFICATE: "lead_certificate",
    Kind.DOCUMENT: "lead_document",
    Kind.ACCESS: "lead_access",
    Kind.RETURN: "lead_return",
    Kind.CONSULTATION: "lead_consultation",
    Kind.MEETING: "lead_meeting",
    Kind.ACTION: "lead_action",
    Kind.WARRANTY: "warranty_days",
    Kind.SUPPORT: "lead_support",
    Kind.LICENCE: "lead_licence",
    Kind.LOAN: "lead_loan",
    Kind.LOANER: "lead_loaner",
    Kind.INVENTORY: "lead_inventory",
    Kind.EXPERTISE: "lead_expertise",
    Kind.VISIT: "lead_visit",
    Kind.RESTORE: "lead_restore",
    Kind.REPORT: "lead_report",
    Kind.SCORECARD: "lead_scorecard",
    Kind.IMPROVEMENT: "lead_improvement",
}
"""The setting that holds the days before a deadline of each kind; a reminder has its own."""


@dataclass(frozen=True, slots=True)
class Deal:
    """A contract with its terms of the day. `recorded` is the day it was entered, or today if that is to come: what
    was over by then is no missed deadline. `decisions` by the last day of their period."""

    contract: Contract
    provider: str
    terms: notice.Terms
    recorded: date
    decisions: Mapping[date | None, NoticeDecision]


@dataclass(frozen=True)
class Ask:
    """The open file and the day. What several sources need is read once."""

    session: Session
    today: date
    known_prices: Mapping[int, int | None] | None = None
    """What a year of each contract costs, in cents, for who knows it already."""
    hurried: bool = False
    """For a page that cannot wait: what is slow to count may be as it was before the last changes."""

    def lead(self, kind: Kind) -> int:
        return self.leads[LEADS[kind]]

    @cached_property
    def leads(self) -> Mapping[str, int]:
        return leads(self.session)

    @cached_property
    def handled(self) -> frozenset[str]:
        """The marks of those dealt with, those of the lots of assets left out: they are told by SQL."""
        kept = select(Handled.mark).where(Handled.deleted_at.is_(None), or_(*_outside(IN_LOTS)))
        return frozenset(self.session.scalars(kept))

    @cached_property
    def providers(self) -> Mapping[int, tuple[str, str]]:
        """Name and uuid, by id."""
        rows = self.session.execute(select(Provider.id, Provider.name, Provider.uuid))
        return {row.id: (row.name, row.uuid) for row in rows}

    def provider(self, provider_id: int | None) -> str:
        return self.providers[provider_id][0] if provider_id is not None else ""

    @cached_property
    def deals(self) -> tuple[Deal, ...]:
        """The contracts that are no project, by number."""
        kept = select(Contract).where(Contract.deleted_at.is_(None), Contract.status != ContractStatus.DRAFT)
        found = amendments.all_on_day(self.session, self.session.scalars(kept.order_by(Contract.number)), self.today)
        decided: dict[int, dict[date | None, NoticeDecision]] = {}
        for one in self.session.scalars(
            select(NoticeDecision).where(NoticeDecision.deleted_at.is_(None)).order_by(NoticeDecision.id)
        ):
            decided.setdefault(one.contract_id, {})[one.period_end] = one
        return tuple(
            Deal(
                one,
                self.provider(one.provider_id),
                contracts.terms_of(one),
                min(one.created_at.astimezone(PARIS).date(), self.today),
                decided.get(one.id, {}),
            )
            for one in found
        )

    @cached_property
    def prices(self) -> Mapping[int, int | None]:
        """By contract, as they stand that day: what a year of it costs, in cents."""
        if self.known_prices is not None:
            return self.known_prices
        found = pricing.yearly_of(self.session, [deal.contract for deal in self.deals], self.today)
        return {contract: year.cents for contract, year in found.items()}

    @cached_property
    def numbers(self) -> Mapping[int, tuple[str, str]]:
        """Number and name of the provider of each contract, projects included."""
        kept = select(Contract.id, Contract.number, Contract.provider_id)
        return {row.id: (row.number, self.provider(row.provider_id)) for row in self.session.execute(kept)}


IN_LOTS = (Kind.WARRANTY, Kind.SUPPORT)


def of_kind(kind: Kind) -> ColumnElement[bool]:
    """Of the deadlines dealt with: by the beginning of their mark, which has an index."""
    return (Handled.mark >= f"{kind.value}:") & (Handled.mark < f"{kind.value};")


def _outside(kinds: Iterable[Kind]) -> Iterator[ColumnElement[bool]]:
    """The marks before, between and after those of these kinds."""
    low = ""
    for value in sorted(kind.value for kind in kinds):
        yield (Handled.mark >= low) & (Handled.mark < f"{value}:")
        low = f"{value};"
    yield Handled.mark >= low


def leads(session: Session) -> dict[str, int]:
    """The days before, by setting, with one reading of those that were chosen."""
    chosen = set(session.scalars(select(Setting.key).where(Setting.key.in_(LEADS.values()))))
    return {key: int(preferences.get(session, key) if key in chosen else BY_KEY[key].default) for key in LEADS.values()}
