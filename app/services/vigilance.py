"""What each provider must prove, and where that stands: social duties, registration, insurance (domain.md C.8)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import day
from app.models import Certificate, Contract, Provider
from app.models.codes import ContractStatus, Renewal
from app.models.contract_codes import CertificateKind
from app.rules import notice, price, vigilance
from app.rules.vigilance import State
from app.services import amendments, contracts, pricing

URSSAF, KBIS, INSURANCE = CertificateKind.URSSAF, CertificateKind.KBIS, CertificateKind.INSURANCE
SHORT = {URSSAF: "Attestation URSSAF", KBIS: "Extrait Kbis", INSURANCE: "Assurance responsabilité civile"}
WORDS: Mapping[State, tuple[str, str]] = {
    "missing": ("Manque", "bad"),
    "expired": ("À redemander", "bad"),
    "soon": ("Bientôt à redemander", "warn"),
    "held": ("À jour", "ok"),
}
"""The word of a state, and its tone."""
SIX_MONTHS = "À la signature, puis tous les six mois, dès 5\u00a0000\u00a0€ HT (art. D8222-5 du code du travail)."
LAW = {
    URSSAF: SIX_MONTHS,
    KBIS: SIX_MONTHS,
    INSURANCE: "Chaque année\u00a0: c’est elle qui paie si une intervention cause un dommage.",
}


@dataclass(frozen=True, slots=True)
class Demand:
    """A document that a provider under contract must show. `due_on` is the day by which it is to be asked for (again):
    the day of the contract while it is missing. `certificate_id` is the one held; `told` says what is known of it,
    `law` why it is asked for, `total` the cents HT that the provider's contracts engage."""

    provider_id: int
    provider: str
    kind: CertificateKind
    state: State
    due_on: date
    certificate_id: int | None
    told: str
    total: int

    @property
    def title(self) -> str:
        return SHORT[self.kind]

    @property
    def word(self) -> str:
        return WORDS[self.state][0]

    @property
    def tone(self) -> str:
        return WORDS[self.state][1]

    @property
    def law(self) -> str:
        return LAW[self.kind]

    @property
    def why(self) -> str:
        return f"{self.told} {self.law}"

    @property
    def is_to_ask(self) -> bool:
        return self.state != "held"


def demands(
    session: Session, today: date, provider_id: int | None = None, prices: Mapping[int, int | None] | None = None
) -> list[Demand]:
    """What every provider whose contract is in force (or signed and to come) must show, by name then kind.

    One provider only if told. `prices` of contracts, cents a year, by who has counted them already.
    """
    running = _running(session, today, provider_id)
    names = {
        row.id: row.name
        for row in session.execute(
            select(Provider.id, Provider.name).where(Provider.id.in_(running), Provider.deleted_at.is_(None))
        )
    }
    held = _held(session, tuple(names), today)
    known = dict(prices or {})
    unknown = [one for kept in running.values() for one in kept if one.id not in known]
    known |= {one: year.cents for one, year in pricing.yearly_of(session, unknown, today).items()}
    found: list[Demand] = []
    for provider in sorted(names, key=lambda one: names[one]):
        total = sum(_total(contract, known[contract.id] or 0, today) for contract in running[provider])
        since = min(contract.signed_on or contract.starts_on for contract in running[provider])
        found += [
            _demand(provider, names[provider], kind, held.get((provider, kind)), since, total, today)
            for kind in map(CertificateKind.of, vigilance.demanded(total))
        ]
    return found


def _running(session: Session, today: date, provider_id: int | None) -> dict[int, list[Contract]]:
    kept = session.scalars(
        select(Contract).where(
            Contract.provider_id.is_not(None) if provider_id is None else Contract.provider_id == provider_id,
            Contract.status != ContractStatus.DRAFT,
            Contract.deleted_at.is_(None),
        )
    )
    running: dict[int, list[Contract]] = defaultdict(list)
    for contract in amendments.all_on_day(session, kept, today):
        end = notice.last_day(contracts.terms_of(contract))
        if contract.provider_id is not None and (end is None or today <= end):
            running[contract.provider_id].append(contract)
    return running


def _total(contract: Contract, year: int, today: date) -> int:
    """Cents HT over the period under way, of a contract worth so much a year."""
    terms = contracts.terms_of(contract)
    period = notice.standing(terms, today).period
    months = None if period.ends is None else (contract.renewal_months if period.index else contract.initial_months)
    engaged = vigilance.engaged_months(months, renews=contract.renewal in {Renewal.TACIT, Renewal.TACIT_OPEN})
    return price.over(year, engaged)


def _held(
    session: Session, providers: Sequence[int], today: date | None = None
) -> dict[tuple[int, CertificateKind], Certificate]:
    """The certificate of each kind that lasts longest, of those issued by that day."""
    rows = session.scalars(
        select(Certificate).where(
            Certificate.provider_id.in_(providers),
            Certificate.deleted_at.is_(None),
            Certificate.issued_on <= (today or date.max),
        )
    )
    best: dict[tuple[int, CertificateKind], Certificate] = {}
    for row in rows:
        key = (row.provider_id, row.kind)
        if key not in best or _due(row) >= _due(best[key]):
            best[key] = row
    return best


def _due(held: Certificate) -> date:
    return vigilance.due_on(held.kind.value, held.issued_on, held.valid_until) or date.max


def _demand(  # noqa: PLR0917 - what one line is made of
    provider: int, name: str, kind: CertificateKind, held: Certificate | None, since: date, total: int, today: date
) -> Demand:
    if held is None:
        return Demand(provider, name, kind, "missing", since, None, "Rien n’est noté.", total)
    due = _due(held)
    state = vigilance.state(due, today)
    again = "depuis le" if state == "expired" else "le"
    told = f"Date du {day(held.issued_on)}\u00a0; à redemander {again} {day(due)}."
    return Demand(provider, name, kind, state, due, held.id, told, total)


def to_ask(session: Session, today: date) -> list[int]:
    """The providers to whom a document is to be asked."""
    return sorted({one.provider_id for one in demands(session, today) if one.is_to_ask})


def superseded(session: Session) -> set[int]:
    """Certificates that a later one of the same kind replaced: their end calls for nothing."""
    providers = tuple(session.scalars(select(Provider.id).where(Provider.deleted_at.is_(None))))
    kept = {one.id for one in _held(session, providers).values()}
    return set(session.scalars(select(Certificate.id).where(Certificate.deleted_at.is_(None)))) - kept


def standing(session: Session, today: date) -> dict[int, State]:
    """The state of each certificate that none replaced."""
    replaced = superseded(session)
    rows = session.scalars(select(Certificate).where(Certificate.deleted_at.is_(None)))
    return {row.id: vigilance.state(_due(row), today) for row in rows if row.id not in replaced}
