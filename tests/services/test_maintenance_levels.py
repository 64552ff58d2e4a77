"""Who does each of the five levels of maintenance."""

from datetime import date

import pytest

from app.services.maintenance_levels import Doer, doer, levels_on
from app.storage import Store
from tests.services.company import add_contract

OURS, CONTRACT, QUOTE, UNSAID = Doer.OURS, Doer.CONTRACT, Doer.QUOTE, Doer.UNSAID


@pytest.mark.parametrize(
    ("internal", "contracted", "doers"),
    [
        (2, 4, [OURS, OURS, CONTRACT, CONTRACT, QUOTE]),
        (None, 4, [CONTRACT, CONTRACT, CONTRACT, CONTRACT, QUOTE]),
        (2, None, [OURS, OURS, UNSAID, UNSAID, UNSAID]),
        (0, 5, [CONTRACT] * 5),
        (3, 2, [OURS, OURS, OURS, QUOTE, QUOTE]),
    ],
)
def test_each_level_has_one_who_does_it(internal: int | None, contracted: int | None, doers: list[Doer]) -> None:
    assert [doer(level, internal, contracted) for level in range(1, 6)] == doers


def test_a_contract_tells_its_five_levels(store: Store) -> None:
    with store.begin("essai") as session:
        contract = add_contract(session, internal_level=2, contract_level=4)
        found = levels_on(session, contract, date(2026, 6, 1))
    assert [(one.number, one.doer) for one in found] == [(1, OURS), (2, OURS), (3, CONTRACT), (4, CONTRACT), (5, QUOTE)]
