"""The volume of each month, against the reference month of domain.md B.3."""

from datetime import UTC, datetime

from app.kpi import Scope
from app.services.flow import flow
from app.storage import Store
from tests.services.company import add_ticket, june, reference_month


def test_a_month_counts_what_was_opened_and_restored_in_it(store: Store) -> None:
    with store.begin("essai") as session:
        reference_month(session)
        months = flow(session, june("30 17:00").date(), june("30 17:00"))
    assert len(months) == 12
    assert (months[-1].label, months[-1].opened, months[-1].resolved) == ("juin\u00a02026", 7, 6)
    assert all((month.opened, month.resolved) == (0, 0) for month in months[:-1])


def test_a_month_ends_at_midnight_in_paris(store: Store) -> None:
    """Half past midnight on 1 July in Paris is still 30 June in UTC."""
    with store.begin("essai") as session:
        add_ticket(session, "30 12:00", opened_at=datetime(2026, 6, 30, 22, 30, tzinfo=UTC))
        now = datetime(2026, 7, 1, 8, tzinfo=UTC)
        assert [month.opened for month in flow(session, now.date(), now)[-2:]] == [0, 1]


def test_the_flow_of_one_contract(store: Store) -> None:
    with store.begin("essai") as session:
        reference_month(session)
        add_ticket(session, "12 10:00")
        everything = flow(session, june("30 17:00").date(), june("30 17:00"))
        of_contract = flow(session, june("30 17:00").date(), june("30 17:00"), Scope(contract_id=1))
    assert (everything[-1].opened, of_contract[-1].opened) == (8, 7)
