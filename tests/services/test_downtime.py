"""When the asset of a ticket did not work (domain.md A.2)."""

from app.services import downtime, tickets
from app.storage import Store
from tests.services.company import add_asset, add_contract, add_ticket, june


def test_the_times_of_one_ticket(store: Store) -> None:
    with store.begin("essai") as session:
        asset = add_asset(session, "PC-01", add_contract(session))
        ticket = add_ticket(session, "01 10:00", asset_id=asset, down_at=june("01 10:00"))
        tickets.up(session, ticket, june("01 12:00"))
        tickets.down(session, ticket, june("01 14:00"))
        found = downtime.of_ticket(session, ticket, june("01 15:00"))
    assert [(one.minutes, one.end is None) for one in found] == [(120, False), (60, True)]
