"""Looking into a workbook's zip before it is read: how big it unfolds, how far its sheets reach, and which of its
formulas have no result (reliability.md F8, F10). Sizes are counted, not believed."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from defusedxml.ElementTree import fromstring

from app.errors import Refused

MAX_UNFOLDED = 150 * 1024 * 1024
MAX_MEMBERS = 2000
MAX_CELLS = 3_000_000
MAX_SPREAD = 20_000_000
"""Cells between the first and the last filled one: a reader keeps room for each of them."""
_STEP = 1024 * 1024
_STORED, _DEFLATED = 0, 8
_FILLED = re.compile(rb"<(?:\w+:)?c [^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"[^>]*(?<!/)>")
_ROW = re.compile(rb"<(?:\w+:)?row [^>]*?\br=\"(\d{1,7})\"")
_FAR_COLUMN = re.compile(rb"r=\"[A-Z]{3}\d")
_FORMULA = re.compile(
    rb"<(?:\w+:)?c ([^>]*)>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_PLACE = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated=\"(\d+)\"")
_MANY_ROWS = 200_000
Place = tuple[int, int]


class Package:
    """The members of a zip, each unfolded under watch. Refused for what is out of all measure."""

    def __init__(self, name: str, raw: bytes) -> None:
        self.name = name
        self._raw = raw
        try:
            with zipfile.ZipFile(BytesIO(raw)) as archive:
                self._infos = {info.filename: info for info in archive.infolist()}
        except Exception as error:
            raise Refused(f"«\u00a0{name}\u00a0» est une archive abîmée, ou coupée en route.") from error
        if len(self._infos) > MAX_MEMBERS or sum(i.file_size for i in self._infos.values()) > MAX_UNFOLDED:
            raise self._huge()

    @property
    def names(self) -> set[str]:
        return set(self._infos)

    def check(self) -> None:
        """Unfold everything once, sheets with their reach."""
        whole = 0
        for member in self._infos:
            if member.startswith(("xl/worksheets/", "content.xml")):
                content = self.content(member)
                self._measure(content)
                whole += len(content)
            else:
                whole += sum(len(piece) for piece in self._pieces(member))
            if whole > MAX_UNFOLDED:
                raise self._huge()

    def uncomputed(self, sheet: str) -> set[Place]:
        """(row, column) from 0 of the formulas of this sheet that hold no result."""
        member = self._sheet_member(sheet)
        content = self.content(member) if member else b""
        if b"<f" not in content and b":f" not in content:
            return set()
        found = (_PLACE.search(one[1]) for one in _FORMULA.finditer(content))
        return {(int(place[2]) - 1, _column(place[1])) for place in found if place}

    def content(self, member: str) -> bytes:
        return b"".join(self._pieces(member))

    def _pieces(self, member: str) -> Iterator[bytes]:
        """What a member really holds, whatever size it declares."""
        info = self._infos[member]
        head = info.header_offset
        if self._raw[head : head + 4] != b"PK\3\4" or info.compress_type not in {_STORED, _DEFLATED}:
            raise Refused(f"«\u00a0{self.name}\u00a0» est une archive abîmée, ou d’une sorte qui n’est pas lue.")
        names, extra = struct.unpack("<HH", self._raw[head + 26 : head + 30])
        start = head + 30 + names + extra
        packed = self._raw[start : start + info.compress_size]
        pieces = [packed] if info.compress_type == _STORED else self._inflated(packed)
        whole = 0
        for piece in pieces:
            whole += len(piece)
            if whole > MAX_UNFOLDED:
                raise self._huge()
            yield piece

    def _inflated(self, packed: bytes) -> Iterator[bytes]:
        unfold = zlib.decompressobj(-15)
        try:
            while packed and not unfold.eof:
                yield unfold.decompress(packed, _STEP)
                packed = unfold.unconsumed_tail
        except zlib.error as error:
            raise Refused(f"«\u00a0{self.name}\u00a0» est une archive abîmée, ou coupée en route.") from error

    def _measure(self, content: bytes) -> None:
        if content.count(b"<c ") + content.count(b"<c>") > MAX_CELLS or self._spread(content) > MAX_SPREAD:
            raise self._huge()
        if any(int(times) > _MANY_ROWS * 10 for times in _REPEATED.findall(content)):
            raise self._huge()

    @staticmethod
    def _spread(content: bytes) -> int:
        """Rows by columns; told cell by cell only where a sheet reaches far, since most do not."""
        last = max((int(row) for row in _ROW.findall(content)), default=0)
        if last < _MANY_ROWS and not _FAR_COLUMN.search(content):
            return 0
        rows = columns = 0
        for column, row in _FILLED.findall(content):
            rows, columns = max(rows, int(row)), max(columns, _column(column) + 1)
        return rows * columns

    def _sheet_member(self, sheet: str) -> str:
        """Where a workbook keeps the sheet of this name; empty for what has no such place."""
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= self.names:
            return ""
        book = fromstring(self.content("xl/workbook.xml"), forbid_dtd=True)
        links = fromstring(self.content("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
        wanted = next(
            (_attribute(one, "id") for one in book.iter() if one.tag.endswith("}sheet") and one.get("name") == sheet),
            "",
        )
        target = next((str(one.get("Target")) for one in links if one.get("Id") == wanted), "")
        member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        return member if member in self._infos else ""

    def _huge(self) -> Refused:
        return Refused(
            f"«\u00a0{self.name}\u00a0» est démesuré une fois ouvert\u00a0: gardez-en la seule liste, sans lignes ni "
            "colonnes vides au loin."
        )


def _attribute(element: object, ending: str) -> str:
    """The value of an attribute whatever its namespace."""
    pairs = getattr(element, "attrib", {}).items()
    return next((str(value) for name, value in pairs if name.endswith(f"}}{ending}")), "")


def _column(letters: bytes) -> int:
    """« A » -> 0, « AB » -> 27."""
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1
