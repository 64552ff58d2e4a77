"""Files made to harm: each function gives the bytes of one, small on the disk."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET = "xl/worksheets/sheet1.xml"


def sheet(rows: bytes, before: bytes = b"") -> bytes:
    head = f'<worksheet xmlns="{SPREADSHEET}">'.encode()
    return before + head + b"<sheetData>" + rows + b"</sheetData></worksheet>"


def workbook(content: bytes, more: dict[str, bytes] | None = None, target: str = "worksheets/sheet1.xml") -> bytes:
    made = BytesIO()
    link = f'<Relationship Id="r1" Type="{OFFICE}/{{}}" Target="{{}}"/>'
    links = f'<Relationships xmlns="{PACKAGE}/relationships">{link}</Relationships>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{KIND}.sheet.main+xml"/><Override PartName="/{SHEET}" '
        f'ContentType="{KIND}.worksheet+xml"/></Types>',
        "_rels/.rels": links.format("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": links.format("worksheet", target),
    }
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        for name, data in {SHEET: content, **(more or {})}.items():
            archive.writestr(name, data)
    return made.getvalue()


def _bomb() -> bytes:
    """700 MB of lines in less than one."""
    row = b'<row><c t="inlineStr"><is><t>' + b"A" * 1000 + b"</t></is></c></row>"
    made = BytesIO(workbook(b""))
    with (
        zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet2.xml", "w") as file,
    ):
        for _ in range(700):
            file.write(row * 1000)
    return made.getvalue()


def _lying() -> bytes:
    """The same, whose directory says that it is small."""
    raw = bytearray(_bomb())
    entry = raw.find(b"PK\1\2")
    while entry != -1:
        raw[entry + 24 : entry + 28] = struct.pack("<I", 1000)
        entry = raw.find(b"PK\1\2", entry + 4)
    return bytes(raw)


def _entities() -> bytes:
    """Ten entities that unfold to ten thousand million signs."""
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE r [<!ENTITY e0 "aaaaaaaaaa">{levels}]>'.encode()


def _members() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(3000):
            archive.writestr(f"xl/{number}", "")
    return made.getvalue()


def _repeated() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", '<a number-rows-repeated="90000000"><p>x</p></a>')
    return made.getvalue()


def _declared() -> bytes:
    """A sheet that says it has all the cells a sheet can have; it has one."""
    size = b'<dimension ref="A1:XFD1048576"/>'
    first = b'<row r="1"><c r="A1" t="inlineStr"><is><t>Nom</t></is></c></row>'
    return workbook(sheet(first).replace(b"<sheetData>", size + b"<sheetData>"))


def _pdf(pages: bytes, more: bytes = b"", names: bytes = b"") -> bytes:
    """The least of a PDF; its table is left out, so that it is built again."""
    head = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R" + names + b">>endobj\n2 0 obj" + pages + b"endobj\n"
    return head + more + b"trailer<</Root 1 0 R/Size 9>>\nstartxref\n0\n%%EOF"


def _pdf_bomb() -> bytes:
    """An attached file of 2 GB in two megabytes."""
    squeeze = zlib.compressobj(9)
    zeros = b"<a>" + b" " * 1_000_000
    packed = b"".join(squeeze.compress(zeros) for _ in range(2000)) + squeeze.flush()
    stream = b"3 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed + b"\nendstream endobj\n"
    spec = b"4 0 obj<</Type/Filespec/F(factur-x.xml)/UF(factur-x.xml)/EF<</F 3 0 R>>>>endobj\n"
    names = b"/Names<</EmbeddedFiles<</Names[(factur-x.xml)4 0 R]>>>>"
    return _pdf(b"<</Type/Pages/Kids[]/Count 0>>", stream + spec, names)


STRINGS = f'<sst xmlns="{SPREADSHEET}"><si><t>'.encode()
FIRST_CELL = b'<row r="1"><c r="A1"><v>1</v></c></row>'
HOSTILE: dict[str, Callable[[], bytes]] = {
    "bomb": _bomb,
    "lying": _lying,
    "members": _members,
    "repeated": _repeated,
    "declared": _declared,
    "many cells": lambda: workbook(sheet((b"<row>" + b"<c><v>1</v></c>" * 16_000 + b"</row>") * 300)),
    "far cell": lambda: workbook(sheet(FIRST_CELL + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    "blank rows": lambda: workbook(sheet(b"".join(b'<row r="%d"/>' % n for n in range(1, 1_000_000)))),
    "shared string": lambda: workbook(
        sheet(b'<row r="1">' + b'<c t="s"><v>0</v></c>' * 100_000 + b"</row>"),
        {"xl/sharedStrings.xml": STRINGS + b"A" * 30_000_000 + b"</t></si></sst>"},
    ),
    "entities in a sheet": lambda: workbook(sheet(b"<row><c><v>&e9;</v></c></row>", _entities())),
    "entities": lambda: _entities() + b"<REQUEST><CONTENT><HARDWARE><NAME>&e9;</NAME></HARDWARE></CONTENT></REQUEST>",
    "file entity": lambda: b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><REQUEST>&x;</REQUEST>',
    "deep XML": lambda: b"<REQUEST><CONTENT><HARDWARE>" + b"<A>" * 250_000,
    "deep closed XML": lambda: b"<REQUEST><CONTENT><HARDWARE>" + b"<A>" * 250_000 + b"</A>" * 250_000
    + b"</HARDWARE></CONTENT></REQUEST>",
    "attributes": lambda: b"<REQUEST " + b" ".join(b'a%d="1"' % n for n in range(500_000)) + b"/>",
    "deep JSON": lambda: b"[" * 1_000_000,
    "deep inventory": lambda: b'{"content":{"hardware":' + b'{"a":' * 500_000 + b"1" + b"}" * 500_000 + b"}}",
    "huge number": lambda: b'{"content":{"hardware":{"memory":' + b"9" * 4_000_000 + b"}}}",
    "zlib": lambda: zlib.compress(b"<REQUEST>" + b"A" * 200_000_000),
    "invoice bomb": lambda: _entities() + b"<Invoice>&e9;</Invoice>",
    "invoice file entity": lambda: b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><Invoice>&x;</Invoice>',
    "invoice parameter entity": lambda: b'<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]><Invoice/>',
    "deep invoice": lambda: b"<Invoice>" + b"<a>" * 200_000,
    "deep closed invoice": lambda: b"<Invoice>" + b"<a>" * 60_000 + b"</a>" * 60_000 + b"</Invoice>",
    "wide invoice": lambda: b"<Invoice>" + b"<a/>" * 2_000_000 + b"</Invoice>",
    "attributes of an invoice": lambda: b"<Invoice " + b" ".join(b'a%d="1"' % n for n in range(500_000)) + b"/>",
    "PDF of nothing": lambda: b"%PDF-1.7\n" + b"0" * 15_000_000,
    "PDF whose pages turn round": lambda: _pdf(b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>"),
    "PDF of parents": lambda: b"%PDF-1.7\n" + b"1 0 obj<</Parent 1 0 R>>endobj " * 200_000,
    "PDF bomb": _pdf_bomb,
    "quotes": lambda: b'Nom;Ville\n"' + b'\n"' * 4_000_000,
    "lines": lambda: b"Nom;Ville\n" + b"\r" * 9_000_000,
    "old workbook": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 2000,
    "nothing known": lambda: bytes(range(1, 32)) * 100_000,
}  # fmt: skip
"""Those that hold something readable beside the harm are read for that; the others are refused."""
READABLE = {"declared", "deep closed XML"}
