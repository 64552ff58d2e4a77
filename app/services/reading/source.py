"""What a file given to the import is, told by its content and never by its name, and how it is read."""

import json
import zlib
from pathlib import Path
from typing import Any, Literal

from app.errors import Refused
from app.services.reading import delimited, einvoice, einvoice_head, macos, ocs, powershell, sheets
from app.services.reading.decoding import decode
from app.services.reading.einvoice_data import Einvoice
from app.services.reading.inventory import read_inventory
from app.services.reading.machine import Machine
from app.services.reading.package import Package
from app.services.reading.rows import Lines

Reading = Lines | list[Machine] | Einvoice
MAX_TAGS = 600_000
Kind = Literal["workbook", "xml", "json", "list", "invoice"]
MAX_BYTES = 20 * 1024 * 1024
MAX_INVENTORY_BYTES = 8 * 1024 * 1024
"""Five times the largest inventory seen; a hostile one of this size still fits in 300 MiB once read."""

ACCEPTED = (
    "Sont lus\u00a0: les listes (CSV, Excel, LibreOffice) et les inventaires de GLPI, d’OCS, de FusionInventory, "
    "de macOS et de nos scripts de collecte, les factures électroniques (Factur-X, CII, UBL)."
)

_OLE = b"\xd0\xcf\x11\xe0"
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"SQLite format 3\0", "une base de données\u00a0: ouvrez-la par le menu Fichier si c’est un fichier Parcomètre"),
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une image"),
    (b"GIF8", "une image"),
    (b"\x1f\x8b", "une archive compressée\u00a0: décompressez-la d’abord"),
    (b"7z\xbc\xaf", "une archive compressée\u00a0: décompressez-la d’abord"),
    (b"Rar!", "une archive compressée\u00a0: décompressez-la d’abord"),
    (b"{\\rtf", "un document de traitement de texte"),
    (b"MZ", "un programme Windows"),
    (b"\x7fELF", "un programme"),
)
_INVENTORY_PARTS = {"hardware", "bios", "operatingsystem", "network_device", "versionclient", "cpus", "softwares"}


def read(path: Path, sheet: str = "", last_user: bool = False) -> Reading:
    """Read a whole file once; Refused with a French sentence if it is of no kind that is read."""
    name, raw = path.name, _bytes(path)
    kind, text, notes = _recognised(name, raw)
    if kind == "invoice":
        return einvoice.read(name, raw, is_pdf=einvoice_head.kind(raw[: einvoice_head.HEAD]) == "pdf")
    if kind == "workbook":
        return sheets.read_lines(name, raw, sheet)
    if kind == "xml":
        _measure(name, text, len(raw))
        return [one for data in ocs.inventories(name, text) for one in read_inventory(data, last_user)]
    if kind == "json":
        return read_inventory(_inventory(name, text, len(raw)), last_user)
    lines = delimited.read_lines(text, name)
    lines.notes = notes
    return lines


def recognise(path: Path) -> Kind:
    return _recognised(path.name, _bytes(path))[0]


def _recognised(name: str, raw: bytes) -> tuple[Kind, str, tuple[str, ...]]:
    """The kind of a file, with its text and what is worth saying of it when it is a text."""
    if einvoice_head.kind(raw[: einvoice_head.HEAD]):
        return "invoice", "", ()
    if raw.startswith(_OLE) or (raw.startswith(b"PK") and _is_workbook(name, raw)):
        return "workbook", "", ()
    for signature, what in _SIGNATURES:
        if raw.startswith(signature):
            raise _unread(name, what)
    text, notes = decode(_unfolded(name, raw))
    head = text.lstrip()[:4000]
    if not head:
        raise Refused(f"«\u00a0{name}\u00a0» est vide.")
    if head.startswith("<"):
        return _markup(name, head), text, notes
    if head[0] in "{[":
        return "json", text, notes
    if _controls(head) > len(head) // 20:
        raise _unread(name, "un fichier binaire de nature inconnue")
    return "list", text, notes


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise Refused(f"«\u00a0{path}\u00a0» n’est pas un fichier, ou n’existe plus.")
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refused(f"«\u00a0{path.name}\u00a0» ne peut pas être lu\u00a0: {error.strerror}.") from error
    if len(raw) > MAX_BYTES:
        raise Refused(f"«\u00a0{path.name}\u00a0» dépasse 20\u00a0Mo\u00a0: découpez-le en plusieurs fichiers.")
    return raw


def _unread(name: str, what: str) -> Refused:
    return Refused(f"«\u00a0{name}\u00a0» est {what}\u00a0; cette sorte de fichier n’est pas lue. {ACCEPTED}")


def _is_workbook(name: str, raw: bytes) -> bool:
    """Refused, with what it is, for any other archive."""
    package = Package(name, raw)
    names = package.names
    if any(one.startswith("xl/") for one in names):
        return True
    if "content.xml" in names:
        kind = package.content("mimetype")[:200] if "mimetype" in names else b""
        if not kind or b"spreadsheet" in kind:
            return True
        raise _unread(name, "un document LibreOffice qui n’est pas un tableau")
    what = (
        "un document Word"
        if any(one.startswith("word/") for one in names)
        else "une archive compressée\u00a0: décompressez-la d’abord"
    )
    raise _unread(name, what)


def _unfolded(name: str, raw: bytes) -> bytes:
    """OCS agents compress what they write (.ocs)."""
    if raw[:1] != b"\x78" or int.from_bytes(raw[:2], "big") % 31:
        return raw
    unfold = zlib.decompressobj()
    try:
        found = unfold.decompress(raw, MAX_BYTES + 1)
    except zlib.error:
        return raw
    if len(found) > MAX_BYTES:
        raise Refused(f"«\u00a0{name}\u00a0» est démesuré une fois décompressé\u00a0: il n’est pas lu.")
    return found


def _markup(name: str, head: str) -> Kind:
    low = head.lower()
    if "<request" in low:
        return "xml"
    if "<html" in low or "<!doctype html" in low or "<table" in low:
        raise _unread(name, "une page web")
    raise _unread(name, "un fichier XML")


def _controls(text: str) -> int:
    return sum(1 for c in text if (c < " " and c not in "\t\r\n\f") or c == "\ufffd")


def _measure(name: str, markup: str, size: int) -> None:
    if size > MAX_INVENTORY_BYTES or markup.count("<") > MAX_TAGS:
        raise Refused(f"«\u00a0{name}\u00a0» dépasse 8\u00a0Mo\u00a0: un inventaire de poste n’est jamais si gros.")


def _inventory(name: str, text: str, size: int) -> Any:
    """In the words of inventory_format, whoever wrote it."""
    _measure(name, "", size)
    data = _parsed(name, text)
    if powershell.is_ours(data):
        return powershell.inventory(data)
    if macos.is_one(data):
        return macos.inventory(data)
    content = data.get("content") if isinstance(data, dict) else None
    if isinstance(content, dict) and ("itemtype" in data or "deviceid" in data or _INVENTORY_PARTS & set(content)):
        return data
    raise _unread(name, "un fichier JSON qui n’est pas un inventaire")


def _parsed(name: str, text: str) -> Any:
    """NaN and infinities, which JSON does not know, are read as nothing."""
    try:
        return json.loads(text, parse_constant=lambda _: None)
    except json.JSONDecodeError as error:
        ended = error.pos >= len(text.rstrip()) - 1 or error.msg.startswith("Unterminated")
        cut = "incomplet, sans doute coupé en route" if ended else "abîmé"
        raise Refused(f"«\u00a0{name}\u00a0» est un fichier JSON {cut} (ligne {error.lineno}).") from error
    except (ValueError, RecursionError) as error:
        raise Refused(f"«\u00a0{name}\u00a0» est un fichier JSON démesuré, il n’est pas lu.") from error
