"""What is to be decided and the gaps, in a workbook: real dates, real amounts."""

from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook

from app.jobs import drain
from app.models import Company
from app.services.fixed_assets import bought, sheet
from app.services.fixed_assets.gaps import gaps
from app.storage import Store
from tests.services.fixed_assets.fleet import add_asset, add_line


def test_what_is_to_be_decided(ready: Store, tmp_path: Path) -> None:
    path = tmp_path / "a-decider.xlsx"
    with ready.begin() as session:
        session.add(Company(name="Morvan"))
        add_asset(session, 112_950, supplier="Vernay")
        found = bought.pending(session)
    assert drain(sheet.decide_job(ready, path, found)) == 1
    cells = [cell.value for cell in load_workbook(path)["Achats à décider"][2]]
    assert cells[:3] == ["PT-0001", "Lumeo Ordinateur portable", datetime(2026, 9, 10)]  # noqa: DTZ001 - as Excel has it
    assert cells[5:8] == [1129.5, 225.9, "Immobilisé"]


def test_the_gaps(ready: Store, tmp_path: Path) -> None:
    path = tmp_path / "ecarts.xlsx"
    with ready.begin() as session:
        add_line(session)
        found = gaps(session)
    assert drain(sheet.gaps_job(ready, path, found)) == 1
    assert load_workbook(path)["Écarts physiques"]["A2"].value == "IM-0001"
