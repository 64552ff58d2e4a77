"""What a claim file is asked for by: numbers that look like months, months that end a reference."""

from datetime import date

import pytest

from app.errors import NotFound, Refused
from app.models import Contract, Provider
from app.services.claim_file import asked
from app.storage import Store

JUNE, AUGUST = date(2026, 6, 1), date(2026, 8, 1)


@pytest.mark.parametrize(
    ("ref", "number", "ending"),
    [
        ("CT-2024-01", "CT-2024-01", ""),
        ("CT-2024-01-2026-06", "CT-2024-01", "2026-06"),
        ("CT-2024-01-2026-06-2026-08", "CT-2024-01", "2026-06-2026-08"),
        ("CT-2026-06", "CT-2026-06", ""),
        ("CT-2026-06-2026-06", "CT-2026-06", "2026-06"),
        ("CT-2026-05", "CT", "2026-05"),
    ],
)
def test_a_reference_names_a_contract_and_its_months(store: Store, ref: str, number: str, ending: str) -> None:
    with store.begin() as session:
        provider = Provider(name="Lumeo")
        session.add(provider)
        session.flush()
        for one in ("CT-2024-01", "CT-2026-06", "CT"):
            session.add(Contract(number=one, subject="Parc", provider_id=provider.id, starts_on=date(2024, 1, 1)))
        session.flush()
        assert session.get_one(Contract, asked.contract_named(session, ref)).number == number
        span = asked.span_named(session, ref)
        assert (span.ending if span else "") == ending
        assert not span or asked.reference(number, span) == ref


def test_an_unknown_number_is_not_found(store: Store) -> None:
    with store.read() as session:
        with pytest.raises(NotFound):
            asked.contract_named(session, "CT-2024-01-2026-06")
        with pytest.raises(Refused, match="Donnez un numéro"):
            asked.contract_named(session, None)
        assert not asked.is_ticket(session, "T-1")


def test_days_are_taken_to_their_whole_months() -> None:
    span = asked.span(date(2026, 6, 12), date(2026, 8, 3))
    assert (span.first, span.last, span.ends) == (JUNE, AUGUST, date(2026, 8, 31))
    assert (span.since.isoformat(), span.until.isoformat()) == (
        "2026-06-01T00:00:00+02:00",
        "2026-09-01T00:00:00+02:00",
    )
    assert (span.words, span.days) == (
        "juin\u00a02026 à août\u00a02026",
        "du 1er\u00a0juin\u00a02026 au 31\u00a0août\u00a02026",
    )
    assert asked.span(date(2026, 8, 3), date(2026, 8, 3)).of_words == "d’août\u00a02026"
    assert asked.span(JUNE, JUNE).of_words == "de juin\u00a02026"
    with pytest.raises(Refused, match="avant le premier"):
        asked.span(AUGUST, JUNE)
