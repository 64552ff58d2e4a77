"""The rate of a late payment, semester by semester (domain.md C.5)."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Contract, SemesterRate
from app.rules.payment import Semester, interest
from app.services.rates import rate_of
from app.storage import Store

FIRST: Semester = (2026, 1)
SECOND: Semester = (2026, 2)
UNKNOWN: Semester = (2027, 1)
DUE, PAID = date(2026, 3, 31), date(2026, 5, 15)


def rates(session: Session) -> None:
    session.add(SemesterRate(year=2026, half=1, legal=262, ecb=215))
    session.add(SemesterRate(year=2026, half=2, legal=None, ecb=None))
    session.flush()


def terms(late_rate: int | None) -> Contract:
    return Contract(number="CT", subject="Parc", starts_on=date(2026, 1, 1), late_rate=late_rate)


@pytest.mark.parametrize(
    ("contract", "half", "percents"),
    [
        (None, FIRST, "12.15"),
        (terms(None), FIRST, "12.15"),
        (terms(None), SECOND, None),
        (terms(None), UNKNOWN, None),
        (terms(1200), FIRST, "12"),
        (terms(300), FIRST, "7.86"),
        (terms(300), SECOND, "3"),
        (terms(300), UNKNOWN, "3"),
    ],
)
def test_the_rate_of_a_semester(store: Store, contract: Contract | None, half: Semester, percents: str | None) -> None:
    with store.begin("essai") as session:
        rates(session)
        assert rate_of(session, contract)(half) == (None if percents is None else Decimal(percents))


@pytest.mark.parametrize(("contract", "cents"), [(None, 2_696), (terms(300), 1_744)])
def test_forty_five_days_of_1_800_euros(store: Store, contract: Contract | None, cents: int) -> None:
    """26,96 € when nothing is told, 17,44 € at the floor."""
    with store.begin("essai") as session:
        rates(session)
        assert interest(180_000, DUE, PAID, rate_of(session, contract)) == cents


def test_a_new_base_knows_the_rates_that_were_published_each_with_its_source(ready: Store) -> None:
    with ready.read() as session:
        kept = session.scalars(select(SemesterRate).order_by(SemesterRate.year, SemesterRate.half)).all()
        found = rate_of(session, None)
    assert [(one.year, one.half) for one in kept] == [(2023 + n // 2, 1 + n % 2) for n in range(7)]
    assert all(one.source for one in kept)
    assert {(one.year, one.half): one.legal for one in kept}[2025, 2] == 276
    assert found(FIRST) == Decimal("12.15")
    assert found(SECOND) is None
