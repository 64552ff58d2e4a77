"""The workbooks of the example company, recomputed by LibreOffice: no cell in error, every check right."""

from pathlib import Path

import pytest

from app.jobs import drain
from app.services.accounting import book
from app.storage import Store
from tests.reports.recalculated import needs_office, recalculated


@needs_office
@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_check_is_right(morvan: Store, tmp_path: Path, year: int) -> None:
    path = tmp_path / "compta.xlsx"
    told = drain(book.job(morvan, year, path))
    opened = recalculated(path, tmp_path)
    results = [row[5] for row in opened["Contrôles"].iter_rows(min_row=2, values_only=True) if row[0] is not None]
    assert results == ["✔ Juste"] * 24
    totals = {
        row[0]: row[2] for row in opened["Lisez-moi"].iter_rows(min_row=9, max_row=16, max_col=3, values_only=True)
    }
    assert {name: round(value * 100) for name, value in totals.items() if value is not None} == {
        "Immobilisations": sum(one.book_value for one in told.fixed),
        "Mouvements": sum(one.charge for one in told.movements),
        "Factures": told.billed,
        "CCA": sum(one.shared.after for one in told.prepaid),
        "FNP": sum(one.gross for one in told.accrued),
        "Engagements": sum(one.amount.total for one in told.committed),
        "Écritures proposées": sum(line.debit for one in told.entries for line in one.lines),
    }
    assert all((told.fixed, told.bills, told.prepaid, told.committed))
