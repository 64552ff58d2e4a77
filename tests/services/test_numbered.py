"""Records named by their number."""

import pytest

from app.entities import ENTITIES
from app.errors import NotFound, Refused
from app.services import records
from app.services.numbered import by_number
from app.storage import Store
from tests.services.company import add_contract


def test_a_contract_is_named_by_its_number(store: Store) -> None:
    find = by_number("contract")
    with store.begin() as session:
        with pytest.raises(Refused, match=r"Donnez un numéro de contrat\.$"):
            find(session, None)
        contract = add_contract(session)
        assert find(session, "CT-2026-01") == contract
        with pytest.raises(Refused, match="contrat, par exemple CT-2026-01"):
            find(session, "")
        with pytest.raises(NotFound, match="Aucun contrat ne porte le numéro «\u00a0CT-9\u00a0»"):
            find(session, "CT-9")
        records.to_bin(session, ENTITIES["contract"], [contract])
        with pytest.raises(NotFound):
            find(session, "CT-2026-01")


def test_the_sentence_follows_the_gender(store: Store) -> None:
    with store.read() as session, pytest.raises(NotFound, match="Aucune réunion"):
        by_number("meeting")(session, "RE-9")
