"""What is done for a planned visit counts as what is done on a ticket: for the asset, the contract, the costs."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Asset, Intervention, Visit
from app.models.codes import Charge
from app.services import done_for, interventions, parts, return_scope
from app.services.billing import acts
from app.services.expertises.facts import known
from app.storage import Store
from tests.services.company import add_asset, add_contract, add_ticket, june
from tests.services.test_interventions import add_visit


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened


@pytest.fixture
def work(session: Session) -> tuple[int, int, int]:
    """Of a contract and one of its assets: an intervention of a visit, with a part to be paid."""
    contract = add_contract(session, hourly_rate=6000)
    asset = add_asset(session, "SRV-01", contract)
    visit = add_visit(session, contract_id=contract, asset_id=asset)
    values = {
        "visit_id": visit,
        "started_at": june("03 10:00"),
        "ended_at": june("03 11:00"),
        "charge": Charge.BILLABLE,
    }
    done = interventions.record(session, values)
    parts.save(session, done, [{"label": "Filtre", "quantity": 2, "unit_price": 500}])
    return contract, asset, done


def numbers(session: Session, asset: int) -> list[int]:
    return list(session.scalars(select(Intervention.id).where(done_for.on_assets(asset))))


def test_it_is_of_its_asset_and_of_its_contract(session: Session, work: tuple[int, int, int]) -> None:
    contract, asset, done = work
    assert numbers(session, asset) == [done]
    (act,) = acts.value(session, done_for.on_assets(select(Asset.id).where(Asset.id == asset)))
    assert (act.contract_id, act.asset_id, act.worth, act.cents) == (contract, asset, 7000, 7000)
    scope = return_scope.read(session, contract, june("30 10:00"))
    assert scope.count(return_scope.VISITS) == 1
    (one,) = known(session, date(2026, 6, 30), Asset.id == asset)
    assert (one.parts_cost, one.unpriced) == (1000, 0)


def test_of_both_the_ticket_decides(session: Session, work: tuple[int, int, int]) -> None:
    contract, asset, done = work
    session.get_one(Intervention, done).ticket_id = add_ticket(session, "03 09:00")
    session.flush()
    assert numbers(session, asset) == []
    assert acts.of_contract(session, contract, date(2026, 6, 1), date(2026, 6, 30)) == []
    assert acts.value(session)[0].subject == "Un ennui"


def test_of_a_visit_in_the_bin_nothing_counts(session: Session, work: tuple[int, int, int]) -> None:
    session.get_one(Visit, 1).deleted_at = june("04 10:00")
    session.flush()
    assert acts.value(session, Intervention.id == work[2]) == []
    assert interventions.worth(session, work[2]) is None
