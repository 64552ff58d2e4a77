"""The register of accesses: the questions asked of it, and taking accesses back."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import InvalidFields, Refused
from app.models import AccessGrant, Contract, Person, ProviderContact
from app.models.codes import Renewal
from app.models.contract_codes import AccessLevel
from app.services import accesses, providers, records
from app.storage import Store
from tests.services.company import add_contract

TODAY = date(2026, 11, 20)


def with_provider(session: Session, **terms: Any) -> int:
    return session.get_one(Contract, add_contract(session, **terms)).provider_id or 0


def give(session: Session, provider: int, holder: str, **more: Any) -> int:
    values = {"target": "Serveur", "level": AccessLevel.ADMIN, "since": date(2026, 1, 5)} | more
    return records.create(session, ENTITIES["access_grant"], {"provider_id": provider, "holder": holder} | values)


def contact(session: Session, provider: int, name: str, **more: Any) -> int:
    first, _, last = name.partition(" ")
    values = {"provider_id": provider, "first_name": first, "last_name": last}
    return records.create(session, ENTITIES["provider_contact"], values | more)


def test_the_questions(store: Store) -> None:
    with store.begin() as session:
        one = with_provider(session)
        seen = give(session, one, "Yanis Roche", two_factor=True, review_on=date(2026, 11, 20))
        later = give(session, one, "Léa Blin", two_factor=False, review_on=date(2026, 11, 21))
        badge = give(session, one, "Léa Blin", level=AccessLevel.PHYSICAL)
        unsaid = give(session, one, "Léa Blin", level=AccessLevel.REMOTE)
        over = give(session, one, "Parti", withdrawn_on=date(2026, 2, 1), review_on=date(2026, 1, 1))
        assert accesses.still_open(session) == [seen, later, badge, unsaid]
        assert over not in accesses.of_provider(session, one)
        assert accesses.to_review(session, TODAY) == [seen]
        assert accesses.without_two_factor(session) == [later, unsaid]
        assert accesses.to_withdraw(session, TODAY) == []


def test_whoever_left_should_have_no_access_any_more(store: Store) -> None:
    with store.begin() as session:
        one = with_provider(session)
        yanis = contact(session, one, "Yanis Roche", left_on=date(2026, 9, 1))
        contact(session, one, "Léa Blin", left_on=date(2027, 1, 1))
        session.add(Person(first_name="Karim", last_name="Saïdi", left_on=date(2026, 8, 31)))
        linked = give(session, one, "Compte d’astreinte", contact_id=yanis)
        named = give(session, one, "YANIS ROCHE")
        ours = give(session, one, "Karim Saidi")
        give(session, one, "Léa Blin")
        found = accesses.to_withdraw(session, TODAY, one)
        assert [line.id for line in found] == [linked, named, ours]
        assert found[0].why == "Compte d’astreinte est parti le 01/09/2026."
        assert accesses.of_contact(session, yanis) == [linked, named]
        gone = providers.gone_with_access(session, one, TODAY)
        assert [(who.name, who.accesses) for who in gone] == [("Yanis Roche", (linked, named))]


def test_the_accesses_of_a_provider_without_contract_are_to_be_taken_back(store: Store) -> None:
    with store.begin() as session:
        one = with_provider(session, renewal=Renewal.NONE)
        kept = give(session, one, "Léa Blin")
        assert accesses.to_withdraw(session, date(2026, 12, 31)) == []
        found = accesses.to_withdraw(session, date(2027, 1, 1))
        assert [(line.id, line.why) for line in found] == [(kept, "Le contrat a pris fin le 31/12/2026.")]
        assert accesses.ended_on(session, date(2027, 1, 1)) == {one: date(2026, 12, 31)}


def test_taking_back_several_at_once(store: Store) -> None:
    with store.begin() as session:
        one = with_provider(session)
        first, second = give(session, one, "Léa Blin"), give(session, one, "Yanis Roche", since=date(2026, 3, 1))
        before = give(session, one, "Parti", withdrawn_on=date(2026, 2, 1))
        with pytest.raises(InvalidFields, match="pas encore passé"):
            accesses.withdraw(session, [first], date(2026, 11, 21), None, TODAY)
        with pytest.raises(InvalidFields, match="L’accès de Yanis Roche n’a été donné que le 01/03/2026"):
            accesses.withdraw(session, [first, second], date(2026, 2, 10), None, TODAY)
        assert accesses.withdraw(session, [first, second, before], TODAY, "Fin du contrat", TODAY) == 2
        taken = session.get_one(AccessGrant, second)
        assert (taken.withdrawn_on, taken.withdrawal_reason) == (TODAY, "Fin du contrat")
        assert session.get_one(AccessGrant, before).withdrawn_on == date(2026, 2, 1)
        with pytest.raises(Refused, match="Aucun de ces accès"):
            accesses.withdraw(session, [first], TODAY, None, TODAY)


def test_the_order_of_calls(store: Store) -> None:
    with store.begin() as session:
        one = with_provider(session)
        a, b, c = (contact(session, one, name, escalation=n) for n, name in enumerate(("Léa A", "Yanis B", "Zoé C"), 2))
        other = contact(session, one, "Max D", phone="0102030405", email="max@exemple.fr")
        providers.move(session, c, -1)
        assert [call.id for call in providers.calls(session, one)] == [a, c, b]
        assert [call.rank for call in providers.calls(session, one)] == [1, 2, 3]
        providers.move(session, b, 1)  # already the last
        providers.move(session, other, -1)  # had no place: comes last
        last = providers.calls(session, one)[-1]
        assert (last.id, last.rank, last.name, last.phone) == (other, 4, "Max D", "0102030405")
        providers.take_out(session, a)
        assert [(call.id, call.rank) for call in providers.calls(session, one)] == [(c, 1), (b, 2), (other, 3)]


def test_leaving_takes_the_accesses_back_when_asked(store: Store) -> None:
    with store.begin() as session:
        one = with_provider(session)
        lea = contact(session, one, "Léa Blin", escalation=1)
        yanis = contact(session, one, "Yanis Roche", escalation=2)
        held = give(session, one, "Léa Blin", contact_id=lea)
        with pytest.raises(InvalidFields, match="pas encore passé"):
            providers.leave(session, lea, date(2026, 11, 21), withdraw=True, today=TODAY)
        assert providers.leave(session, yanis, TODAY, withdraw=True, today=TODAY) == 0
        assert providers.leave(session, lea, date(2026, 11, 3), withdraw=False, today=TODAY) == 0
        assert [gone.id for gone in providers.gone_with_access(session, one, TODAY)] == [lea]
        assert providers.leave(session, lea, date(2026, 11, 3), withdraw=True, today=TODAY) == 1
        assert session.get_one(AccessGrant, held).withdrawn_on == TODAY
        assert session.get_one(ProviderContact, lea).escalation is None
        assert providers.calls(session, one) == []
