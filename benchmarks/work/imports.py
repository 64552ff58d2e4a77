"""An import, and its floors: the reading of the same workbook by calamine alone, and the child that reads it.

Lists of assets with fifteen columns, all of them new: for a base of 20 000, 50 000 lines of a workbook, 5 000 of a CSV.
"""

import csv
import sys
import tempfile
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from app.jobs import Progress, drain
from app.services import setup
from app.services.importing import Plan, apply_job, plan_job
from app.services.importing.child import Reader
from app.storage import open_store
from benchmarks.work.process import answer, once, peak_memory

HEADINGS = (
    "N° d'inventaire", "Type", "Fabricant", "Modèle", "Numéro de série", "Site", "Local", "Statut", "Date d'achat",
    "Prix HT", "Fin de garantie", "Fournisseur", "Mémoire", "Adresse MAC", "Observations",
)  # fmt: skip
START = date(2018, 1, 1)


def main() -> None:
    name, assets = sys.argv[1], int(Path(sys.argv[2]).stem.partition("-")[0])
    rows = assets // 4 if name == "csv" else assets * 5 // 2
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("parc.csv" if name == "csv" else "parc.xlsx")
        (_text if name == "csv" else _workbook)(path, rows)
        if name == "bare":
            answer({"read": once(lambda: _calamine(path, rows))})
        if name == "child":
            answer({"read": once(lambda: _child(path))})
        with closing(open_store(Path(folder) / "mesure.parc")) as store:
            with store.begin() as session:
                setup.ensure(session)
            plans: list[Plan] = []
            before = peak_memory()
            planned = once(lambda: plans.append(drain(plan_job(store, [path]))))
            written = once(lambda: drain(apply_job(store, plans[0])))
            assert plans[0].count("created") == rows
            over = peak_memory() - before
            answer({"plan": planned, "apply": written, "import": planned + written, "over": over})


def _row(number: int) -> list[str | int | float | date]:
    odd = bool(number % 2)
    return [
        f"INV-{number:06}", "Portable" if number % 3 else "Écran", "Dell" if odd else "HP",
        f"Latitude {5400 + number % 50}", f"SN{number:08}", "Dijon" if odd else "Beaune", f"{number % 9}.04",
        "En service", START + timedelta(number % 2500), round(300 + number * 0.37 % 900, 2),
        START + timedelta(2200 + number % 1500), "LDLC Pro", 8192 if odd else 16384,
        f"00:1a:2b:{number >> 16 & 255:02x}:{number >> 8 & 255:02x}:{number & 255:02x}", "RAS" if odd else "À revoir",
    ]  # fmt: skip


def _workbook(path: Path, rows: int) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Parc")
    sheet.append(HEADINGS)
    for number in range(rows):
        sheet.append(_row(number))
    book.save(path)


def _text(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow(HEADINGS)
        for number in range(rows):
            out.writerow([f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell for cell in _row(number)])


def _calamine(path: Path, rows: int) -> None:
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    assert sum(1 for _ in sheet.iter_rows()) == rows + 1


def _child(path: Path) -> None:
    with Reader() as reader:
        drain(reader.read(path, "", False, Progress(0, 1)))
