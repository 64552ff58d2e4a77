"""The sheet of one asset, page by page."""

import pytest

from app.reports import asset_sheet
from app.reports.asset_sheet_data import AssetSheet, SheetTable
from app.reports.table import Column
from tests.reports import samples
from tests.reports.reading import flat, pages_of

COLUMNS = (Column("Année", 30), Column("Total\n(€ HT)", 40, "right"))


@pytest.mark.parametrize("lines", range(40, 56))
def test_a_short_table_is_never_parted(lines: int) -> None:
    rows = (("2026", "1,00"), ("2025", "2,00"), ("2024", "3,00"))
    costs = SheetTable("Coûts", COLUMNS, rows, total=("Connu", "6,00"))
    notes = "\n".join(f"note {n}" for n in range(lines))
    sheet = AssetSheet(samples.COMPANY, samples.stamp(), "PCM:B:PC-0001", (), "Poste", None, (), notes, (costs,), ())
    pages = [flat(text) for text in pages_of(asset_sheet.render(sheet))]
    (page,) = [text for text in pages if "2026 1,00" in text or "Connu" in text]
    assert all(words in page for words in ("Coûts", "2025 2,00", "2024 3,00", "Connu 6,00"))
