"""Which documents are owed by which provider, and where they stand (domain.md C.8)."""

from datetime import date

from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.models import Certificate, Contract, Provider, UnitPrice
from app.models.codes import ContractStatus, FeePeriod, Renewal
from app.models.contract_codes import CertificateKind, PriceModel
from app.services import records, vigilance
from app.services.vigilance import Demand
from app.storage import Store
from tests.services.company import add_asset, add_contract

TODAY = date(2026, 11, 20)
URSSAF, KBIS, INSURANCE = CertificateKind.URSSAF, CertificateKind.KBIS, CertificateKind.INSURANCE


def provider_of(session: Session, contract: int) -> int:
    return session.get_one(Contract, contract).provider_id or 0


def note(session: Session, provider: int, kind: CertificateKind, issued: date, until: date | None = None) -> int:
    return records.create(
        session,
        ENTITIES["certificate"],
        {"provider_id": provider, "kind": kind, "issued_on": issued, "valid_until": until},
    )


def by_kind(session: Session, today: date = TODAY) -> dict[CertificateKind, Demand]:
    return {one.kind: one for one in vigilance.demands(session, today)}


def test_a_contract_of_5400_euros_asks_for_three_documents(store: Store) -> None:
    with store.begin() as session:
        add_contract(session, fee=45_000, signed_on=date(2025, 12, 10))
        found = vigilance.demands(session, TODAY)
    assert [(one.kind, one.state, one.due_on) for one in found] == [
        (URSSAF, "missing", date(2025, 12, 10)),
        (KBIS, "missing", date(2025, 12, 10)),
        (INSURANCE, "missing", date(2025, 12, 10)),
    ]
    assert {one.total for one in found} == {540_000}
    assert found[0].title == "Attestation URSSAF"
    assert found[0].why.startswith("Rien n’est noté. À la signature, puis tous les six mois, dès 5\u00a0000\u00a0€ HT")
    assert found[0].word == "Manque"
    assert found[0].is_to_ask


def test_under_the_threshold_only_the_insurance_is_asked(store: Store) -> None:
    with store.begin() as session:
        add_contract(session, fee=450_000, fee_period=FeePeriod.YEAR, renewal=Renewal.NONE)
        assert list(by_kind(session)) == [INSURANCE]


def test_the_contracts_of_a_provider_count_together(store: Store) -> None:
    with store.begin() as session:
        first = add_contract(session, fee=30_000)
        assert list(by_kind(session)) == [INSURANCE]
        session.add(
            Contract(
                number="CT-2", subject="Heures", provider_id=provider_of(session, first), starts_on=date(2026, 6, 1),
                price_model=PriceModel.HOUR_BANK, hours_price=140_000,
            )
        )  # fmt: skip
        session.flush()
        assert {one.total for one in by_kind(session).values()} == {500_000}
        assert vigilance.to_ask(session, TODAY) == [provider_of(session, first)]


def test_the_period_under_way_is_what_engages(store: Store) -> None:
    with store.begin() as session:
        add_contract(session, fee=20_000, initial_months=36, renewal=Renewal.TACIT, renewal_months=12)
        assert {one.total for one in by_kind(session).values()} == {720_000}
        assert {one.total for one in by_kind(session, date(2029, 2, 1)).values()} == {240_000}


def test_a_price_by_workstation_is_counted_with_them(store: Store) -> None:
    """40 € a month for each of eleven: 5 280 € a year, where ten make 4 800."""
    with store.begin() as session:
        contract = add_contract(session, fee=None, price_model=PriceModel.PER_UNIT)
        session.add(UnitPrice(contract_id=contract, label="Poste", price=4_000, period=FeePeriod.MONTH))
        for number in range(1, 11):
            add_asset(session, f"PC-{number}", contract)
        assert set(by_kind(session)) == {INSURANCE}
        add_asset(session, "PC-11", contract)
        assert set(by_kind(session)) == {URSSAF, KBIS, INSURANCE}


def test_one_of_indefinite_duration_counts_for_a_year(store: Store) -> None:
    with store.begin() as session:
        add_contract(session, fee=45_000, initial_months=1, renewal=Renewal.TACIT_OPEN)
        assert {one.total for one in by_kind(session).values()} == {540_000}


def test_neither_a_draft_nor_an_ended_contract_asks_for_anything(store: Store) -> None:
    with store.begin() as session:
        contract = add_contract(session, fee=45_000, renewal=Renewal.NONE)
        assert vigilance.demands(session, date(2027, 1, 1)) == []
        session.get_one(Contract, contract).status = ContractStatus.DRAFT
        session.flush()
        assert vigilance.demands(session, TODAY) == []


def test_the_certificate_that_lasts_longest_is_the_one_held(store: Store) -> None:
    with store.begin() as session:
        provider = provider_of(session, add_contract(session, fee=45_000))
        new = note(session, provider, URSSAF, date(2026, 7, 10))
        old = note(session, provider, URSSAF, date(2026, 1, 10))
        late = note(session, provider, KBIS, date(2026, 4, 1))
        safe = note(session, provider, INSURANCE, date(2026, 1, 1), date(2026, 12, 31))
        assert session.get_one(Certificate, new).valid_until == date(2027, 1, 10)
        found = by_kind(session)
        assert (found[URSSAF].state, found[URSSAF].certificate_id) == ("held", new)
        assert (found[KBIS].state, found[KBIS].due_on) == ("expired", date(2026, 10, 1))
        assert found[KBIS].told == "Date du 01/04/2026\u00a0; à redemander depuis le 01/10/2026."
        assert (found[INSURANCE].state, found[INSURANCE].tone) == ("held", "ok")
        assert by_kind(session, date(2026, 12, 5))[INSURANCE].state == "soon"
        assert vigilance.superseded(session) == {old}
        assert vigilance.standing(session, TODAY) == {new: "held", late: "expired", safe: "held"}


def test_one_provider_is_asked_apart(store: Store) -> None:
    with store.begin() as session:
        add_contract(session, fee=45_000)
        other = Provider(name="Autre")
        session.add(other)
        session.flush()
        assert vigilance.demands(session, TODAY, other.id) == []
