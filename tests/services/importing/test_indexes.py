"""Values of an index brought by a file, then the revision that they give, in either series (domain.md C.4)."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from app.entities import ENTITIES
from app.models import IndexValue
from app.models.contract_codes import IndexSeries
from app.services import records, revising
from app.storage import Store
from tests.services.company import add_contract
from tests.services.importing.bench import new_store, preview, run, written

SYNTEC = """Indice;Série;Mois;Valeur;Publiée le
Syntec;Ancienne (avant août 2022);07/2022;286,4;20/09/2022
Syntec;ancienne;juin 2022;285,0;20/08/2022
Syntec;Révisée;août 2022;280,6;20/10/2022
Syntec;révisée;01/04/2026;310,0;20/06/2026
Syntec;;05/2026;312,6;20/07/2026
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = new_store(tmp_path)
    run(made, written(tmp_path, SYNTEC, "syntec.csv"))
    return made


def test_both_series_are_imported_with_their_months(store: Store) -> None:
    with store.read() as session:
        kept = session.scalars(select(IndexValue).order_by(IndexValue.month)).all()
        assert [(one.month, one.value, one.series) for one in kept] == [
            (date(2022, 6, 1), 285_000, IndexSeries.OLD),
            (date(2022, 7, 1), 286_400, IndexSeries.OLD),
            (date(2022, 8, 1), 280_600, IndexSeries.REVISED),
            (date(2026, 4, 1), 310_000, IndexSeries.REVISED),
            (date(2026, 5, 1), 312_600, IndexSeries.REVISED),
        ]
        assert kept[-1].published_on == date(2026, 7, 20)


def test_the_same_file_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    assert preview(store, tmp_path / "syntec.csv").count("unchanged") == 5


@pytest.mark.parametrize(
    ("base", "series", "on", "after"),
    [
        (275_000, IndexSeries.OLD, date(2026, 7, 1), 51_776),
        (275_000, IndexSeries.REVISED, date(2026, 7, 1), 50_727),
        (300_000, IndexSeries.REVISED, date(2026, 8, 1), 46_890),
        (275_000, IndexSeries.OLD, date(2022, 9, 30), 46_865),
    ],
    ids=["old base, revised value", "revised", "next publication", "old, before the change"],
)
def test_the_revision_takes_imported_values(store: Store, base: int, series: IndexSeries, on: date, after: int) -> None:
    """450,00 €: 517,76 across the series, not 507,27; 468,90 with the revised one."""
    with store.begin("essai") as session:
        contract = add_contract(session, fee=45_000, index_name="Syntec", index_base=base, index_series=series,
                                starts_on=date(2022, 1, 1))  # fmt: skip
        assert revising.proposal(session, contract, on).after == after


def test_a_value_typed_is_taken_with_the_others(store: Store) -> None:
    field = ENTITIES["index_value"].field("value")
    with store.begin("essai") as session:
        values = {"index_name": "Syntec", "month": date(2026, 6, 1), "value": field.read("314,1"),
                  "published_on": date(2026, 8, 20)}  # fmt: skip
        records.create(session, ENTITIES["index_value"], values)
        contract = add_contract(session, fee=45_000, index_name="Syntec", index_base=300_000)
        found = revising.proposal(session, contract, date(2026, 9, 1))
    assert (found.month, found.after) == (date(2026, 6, 1), 47_115)
