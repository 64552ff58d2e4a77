"""The accesses given to providers: which are open, to look at again, to take back, and taking them back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.providers import ACCESS_GRANT
from app.errors import InvalidFields, Refused
from app.fields import day, fold, joined
from app.models import AccessGrant, Contract, Person, ProviderContact
from app.models.codes import ContractStatus
from app.models.contract_codes import AccessLevel
from app.rules import notice
from app.services import amendments, contracts, records

OPEN = (AccessGrant.withdrawn_on.is_(None), AccessGrant.deleted_at.is_(None))


@dataclass(frozen=True, slots=True)
class ToWithdraw:
    """An access still open that nobody should have any more, and the sentence that says why."""

    id: int
    provider_id: int
    holder: str
    target: str
    why: str


def still_open(session: Session) -> list[int]:
    return list(session.scalars(select(AccessGrant.id).where(*OPEN)))


def withdrawn(session: Session) -> list[int]:
    kept = select(AccessGrant.id).where(AccessGrant.withdrawn_on.is_not(None), AccessGrant.deleted_at.is_(None))
    return list(session.scalars(kept))


def to_review(session: Session, today: date) -> list[int]:
    """Open, and the day set to look at them again has come."""
    return list(session.scalars(select(AccessGrant.id).where(*OPEN, AccessGrant.review_on <= today)))


def without_two_factor(session: Session) -> list[int]:
    """Open accesses by an account of which nobody said that it asks for a second proof."""
    by_account = AccessGrant.level != AccessLevel.PHYSICAL
    return list(session.scalars(select(AccessGrant.id).where(*OPEN, by_account, AccessGrant.two_factor.is_not(True))))


def to_withdraw(session: Session, today: date, provider_id: int | None = None) -> list[ToWithdraw]:
    """Held by somebody who left, or given to a provider whose contracts have all ended."""
    wanted = AccessGrant.provider_id == provider_id if provider_id else AccessGrant.provider_id.is_not(None)
    grants = session.scalars(select(AccessGrant).where(*OPEN, wanted).order_by(AccessGrant.since, AccessGrant.id)).all()
    gone, ended = _gone(session, today), ended_on(session, today)
    found = []
    for grant in grants:
        why = _why(grant, gone, ended)
        if why:
            found.append(ToWithdraw(grant.id, grant.provider_id, grant.holder, grant.target, why))
    return found


@dataclass(frozen=True, slots=True)
class _Gone:
    """Who left, and when: contacts by id and by (provider, name), persons of the company by name."""

    contacts: dict[int, date]
    named: dict[tuple[int, str], date]
    persons: dict[str, date]


def _gone(session: Session, today: date) -> _Gone:
    contacts = session.scalars(
        select(ProviderContact).where(ProviderContact.left_on <= today, ProviderContact.deleted_at.is_(None))
    ).all()
    persons = session.scalars(select(Person).where(Person.left_on <= today, Person.deleted_at.is_(None)))
    return _Gone(
        {one.id: one.left_on for one in contacts if one.left_on},
        {(one.provider_id, _name(one)): one.left_on for one in contacts if one.left_on},
        {_name(one): one.left_on for one in persons if one.left_on},
    )


def _name(one: ProviderContact | Person) -> str:
    return fold(joined(one.first_name, one.last_name))


def _why(grant: AccessGrant, gone: _Gone, ended: dict[int, date]) -> str:
    name = fold(grant.holder)
    left = gone.contacts.get(grant.contact_id or 0) or gone.named.get((grant.provider_id, name))
    left = left or gone.persons.get(name)
    if left:
        return f"{grant.holder} est parti le {day(left)}."
    if grant.provider_id in ended:
        return f"Le contrat a pris fin le {day(ended[grant.provider_id])}."
    return ""


def ended_on(session: Session, today: date) -> dict[int, date]:
    """The providers that had contracts and have none any more -> the day the last one ended."""
    kept = session.scalars(
        select(Contract).where(
            Contract.provider_id.is_not(None), Contract.status != ContractStatus.DRAFT, Contract.deleted_at.is_(None)
        )
    )
    ends: dict[int, list[date | None]] = {}
    for contract in amendments.all_on_day(session, kept, today):
        ends.setdefault(contract.provider_id or 0, []).append(notice.last_day(contracts.terms_of(contract)))
    last = {provider: max((end or date.max) for end in told) for provider, told in ends.items()}
    return {provider: end for provider, end in last.items() if end < today}


def of_provider(session: Session, provider_id: int) -> list[int]:
    """Its accesses still open."""
    return list(session.scalars(select(AccessGrant.id).where(*OPEN, AccessGrant.provider_id == provider_id)))


def of_contact(session: Session, contact_id: int) -> list[int]:
    """Those that somebody at a provider still has, named by the link or by the name."""
    contact = session.get_one(ProviderContact, contact_id)
    grants = session.scalars(select(AccessGrant).where(*OPEN, AccessGrant.provider_id == contact.provider_id))
    name = _name(contact)
    return [one.id for one in grants if one.contact_id == contact_id or fold(one.holder) == name]


def withdraw(session: Session, wanted: Sequence[int], on: date, reason: str | None, today: date) -> int:
    """Note that these accesses were taken back; gives how many. Those taken back before are left as they are.

    InvalidFields for a day to come or before one of them was given; Refused when none is open.
    """
    if on > today:
        raise InvalidFields({"on": "Ce jour n’est pas encore passé\u00a0: notez le retrait quand il est fait."})
    grants = session.scalars(select(AccessGrant).where(*OPEN, AccessGrant.id.in_(wanted))).all()
    if not grants:
        raise Refused("Aucun de ces accès n’est encore ouvert.")
    late = max(grants, key=lambda one: one.since)
    if on < late.since:
        raise InvalidFields({"on": f"L’accès de {late.holder} n’a été donné que le {day(late.since)}."})
    for grant in grants:
        records.update(session, ACCESS_GRANT, grant.id, {"withdrawn_on": on, "withdrawal_reason": reason})
    return len(grants)
