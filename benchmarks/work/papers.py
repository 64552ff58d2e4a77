"""Papers drawn from gathered data, and the floors: the same words laid on a bare canvas, without measuring nor cutting.

`register` and `bareregister`: the inventory report; `sheet` and `baresheet`: the intervention sheet and its code.
"""

import io
import pickle
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select

from app.models import Intervention
from app.reports import intervention
from app.reports.identity import Stamp
from app.reports.intervention_data import InterventionSheet
from app.reports.inventory import register
from app.reports.inventory import render as inventory
from app.reports.inventory.data import InventoryReport
from app.services import documents
from app.services.example import TODAY
from app.services.inventory_report import inventory_report
from app.services.inventory_report.choices import Choices
from app.storage import open_store
from benchmarks.work.process import answer, once, peak_memory, since_start, usual

STAMP = Stamp("Mesure", "M-1", 1, datetime(TODAY.year, TODAY.month, TODAY.day, 7, tzinfo=UTC), draft=False)
LANDSCAPE, PORTRAIT = (842, 595), (595, 842)
TOP, FOOT, PITCH, SIZE = 540, 40, 14, 6.5
SHEETS = 20


def main() -> None:
    """The name, then the base; of what is gathered first, nothing is counted."""
    name, base = sys.argv[1], Path(sys.argv[2])
    with closing(open_store(base)) as store, store.read() as session:
        if "register" in name:
            report = inventory_report(session, STAMP, Choices(sections=()))
            draw: Callable[[], object] = lambda: inventory.render(report)  # noqa: E731 - one of two drawings
            if name.startswith("bare"):
                cells = _cells(report)
                draw = lambda: _bare_register(cells)  # noqa: E731
            answer({"draw": once(draw), "memory": peak_memory()})
        latest = session.scalars(select(Intervention.id).order_by(Intervention.id.desc()).limit(1)).one()
        sheet = documents.intervention_sheet(session, latest, STAMP)
    one: Callable[[], object] = lambda: intervention.render(sheet)  # noqa: E731
    if name == "baresheet":
        words = _words(sheet)
        one = lambda: _bare_sheet(words, sheet.code)  # noqa: E731
    first = once(one)
    answer({"first": first, "whole": since_start(), "draw": usual(one, SHEETS), "memory": peak_memory()})


def gather() -> None:
    """Keep the data of a report: « register » or « whole », the base, the file."""
    kind, base, kept = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    choices = Choices(sections=()) if kind == "register" else Choices()
    with closing(open_store(base)) as store, store.read() as session:
        kept.write_bytes(pickle.dumps(inventory_report(session, STAMP, choices)))


# -- floors -----------------------------------------------------------------------------------------------------


def _cells(report: InventoryReport) -> list[tuple[str, ...]]:
    sections = [register.site_section(site) for site in report.sites]
    return [row for section in sections for group in section.groups for row in group.rows]


def _canvas(size: tuple[int, int]) -> tuple[Any, io.BytesIO]:
    file = io.BytesIO()
    return Canvas(file, pagesize=size, pageCompression=1), file


def _bare_register(cells: list[tuple[str, ...]]) -> bytes:
    """One `drawString` a cell, rules under the rows, a head on each page."""
    canvas, file = _canvas(LANDSCAPE)
    columns = register.COLUMNS
    scale = 774 / sum(column.width for column in columns)
    starts = [34 + scale * sum(c.width for c in columns[:i]) for i in range(len(columns))]
    head = tuple(column.head for column in columns)
    a_page = (TOP - FOOT) // PITCH - 1
    for first in range(0, len(cells), a_page):
        rows = [head, *cells[first : first + a_page]]
        canvas.setFont("Helvetica", SIZE)
        for place, row in enumerate(rows):
            y = TOP - place * PITCH
            for x, text in zip(starts, row, strict=True):
                canvas.drawString(x, y, text)
        canvas.setLineWidth(0.25)
        canvas.lines([(34, TOP - 4 - place * PITCH, 808, TOP - 4 - place * PITCH) for place in range(len(rows))])
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _words(sheet: InterventionSheet) -> list[list[str]]:
    """What the page of the sheet says, a list of lines a page."""
    pairs = [f"{label} {value}" for label, value in (*sheet.asset, *sheet.request)]
    promises = [str(word) for line in sheet.promises for word in (line.promised, line.due, line.actual, line.spare)]
    texts = [sheet.subtitle, sheet.quote[:90], sheet.diagnosis[:90], sheet.work_done[:90], sheet.promises_note[:90]]
    return [pairs + promises + texts]


def _bare_sheet(pages: list[list[str]], code: str) -> bytes:
    """Boxes, one line of words in each, and the code as one path."""
    import segno  # noqa: PLC0415 - as the program does, at the first sheet

    canvas, file = _canvas(PORTRAIT)
    for number, lines in enumerate(pages):
        for i, line in enumerate(lines):
            x, y = 40 + (i % 2) * 260, 740 - (i // 2) * 26
            canvas.rect(x, y - 18, 255, 24)
            canvas.setFont("Helvetica", 7)
            canvas.drawString(x + 3, y - 1, "Libellé")
            canvas.setFont("Helvetica", 9)
            canvas.drawString(x + 3, y - 13, line)
        if number == 0:
            path = canvas.beginPath()
            for j, row in enumerate(segno.make(code, error="m").matrix):
                for i, dark in enumerate(row):
                    if dark:
                        path.rect(490 + i * 2, 800 - j * 2, 2, 2)
            canvas.drawPath(path, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()
