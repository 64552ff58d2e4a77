"""A list as a workbook, and the floors: openpyxl writing the same rows without styles, and the sheet's XML by hand.

`program`: the whole export, reading included; `writer`: the same rows, in memory, to our workbook; `plain`; `raw`.
"""

import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl

from app.entities import ENTITIES
from app.fields import PARIS
from app.jobs import drain
from app.reports import workbook
from app.services import export, records
from app.services.example import TODAY
from app.storage import Store, open_store
from benchmarks.work.process import answer, once, peak_memory

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ASSET = ENTITIES["asset"]
AT_ONCE = 500
Rows = list[tuple[Any, ...]]


def main() -> None:
    name, base = sys.argv[1], Path(sys.argv[2])
    with closing(open_store(base)) as store, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "liste.xlsx"
        act: Callable[[], object] = lambda: drain(export.list_job(store, ASSET, path))  # noqa: E731 - one of four
        if name != "program":
            columns, rows = _read(store)
            about = workbook.About(ASSET.many, "Mesure", TODAY)
            act = {
                "writer": lambda: drain(workbook.write_list(path, about, columns, iter(rows), len(rows))),
                "plain": lambda: _plain(path, columns, rows),
                "raw": lambda: _raw(path, columns, rows),
            }[name]
        before = peak_memory()
        answer({"write": once(act), "over": peak_memory() - before})


def _read(store: Store) -> tuple[list[workbook.Column], Rows]:
    """The columns and cells of the whole list, as the export gives them to the workbook."""
    query = records.whole_list(ASSET)
    fields = [ASSET.field(name) for name in query.columns]
    columns = [workbook.Column(field.label, export.kind_of(field)) for field in fields]
    with store.read() as session:
        rows = [
            tuple(export.cell(field, value) for field, value in zip(fields, row.values, strict=True))
            for batch in export.batches(session, ASSET, query)
            for row in batch
        ]
    return columns, rows


def _shown(value: Any) -> Any:
    """A value as any writer takes it."""
    return value.astimezone(PARIS).replace(tzinfo=None) if isinstance(value, datetime) else value


def _plain(path: Path, columns: Sequence[workbook.Column], rows: Rows) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet: Any = book.create_sheet("Liste")
    sheet.append([column.label for column in columns])
    for row in rows:
        sheet.append([_shown(value) for value in row])
    book.save(path)


def _raw(path: Path, columns: Sequence[workbook.Column], rows: Rows) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/sheet.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        )
        one = f'<Relationship Id="r1" Type="{RELATIONS}/{{}}" Target="{{}}"/>'
        link = f'<Relationships xmlns="{PACKAGE}/relationships">{one}</Relationships>'
        archive.writestr("_rels/.rels", link.format("officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/_rels/workbook.xml.rels", link.format("worksheet", "sheet.xml"))
        sheets = '<sheets><sheet name="Liste" sheetId="1" r:id="r1"/></sheets>'
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{NAMESPACE}" xmlns:r="{RELATIONS}">{sheets}</workbook>')
        with archive.open("xl/sheet.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{NAMESPACE}"><sheetData>'.encode())
            table = [tuple(column.label for column in columns), *rows]
            for start in range(0, len(table), AT_ONCE):
                lines = [f"<row>{''.join(map(_cell, row))}</row>" for row in table[start : start + AT_ONCE]]
                sheet.write("".join(lines).encode())
            sheet.write(b"</sheetData></worksheet>")


def _cell(value: Any) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    if isinstance(value, date):
        return f"<c><v>{value.toordinal() - 693_594}</v></c>"
    return f"<c><v>{value:d}</v></c>"
