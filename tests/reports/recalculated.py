"""A workbook as LibreOffice computes it: what its formulas give on the screen of whoever opens it."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

OFFICE = shutil.which("soffice")
WITHOUT = "LibreOffice (libreoffice-calc) recomputes the workbook: it is not installed here"
needs_office = pytest.mark.skipif(OFFICE is None, reason=WITHOUT)
ERRORS = ("#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!", "Err:")


def recalculated(path: Path, folder: Path) -> Any:
    """The same workbook with the values of its formulas; any cell in error fails the test."""
    home = (folder / "office").as_uri()
    kind = "xlsx:Calc MS Excel 2007 XML"
    command = [
        str(OFFICE),
        f"-env:UserInstallation={home}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(folder / "out"),
    ]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=180)
    book = load_workbook(folder / "out" / path.name, data_only=True)
    wrong = [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "e" or (isinstance(cell.value, str) and cell.value.startswith(ERRORS))
    ]
    assert not wrong
    return book
