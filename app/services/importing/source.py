"""What a file given to the import is, told by its content and never by its name."""

import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from app.errors import Refused
from app.services.importing.decoding import decode

Kind = Literal["csv", "glpi"]
MAX_BYTES = 20 * 1024 * 1024
MAX_JSON_BYTES = 8 * 1024 * 1024
"""Twenty times the largest inventory seen; a hostile one of this size still fits in 300 MiB once read."""

ACCEPTED = "Sont lus : une liste CSV (séparée par ; ou , ou une tabulation) et un inventaire GLPI natif (JSON)."

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "un document PDF (une facture\u00a0?)"),
    (b"SQLite format 3\0", "une base de données\u00a0: ouvrez-la par le menu Fichier si c’est un fichier Parcomètre"),
    (b"\xd0\xcf\x11\xe0", "un ancien fichier Excel ou Word\u00a0: enregistrez-le en CSV"),
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


@dataclass(frozen=True, slots=True)
class Content:
    """A recognised file: `text` for a CSV list, `data` for an inventory."""

    name: str
    kind: Kind
    text: str = ""
    data: Any = None
    notes: tuple[str, ...] = ()


def recognise(path: Path) -> Kind:
    return load(path).kind


def load(path: Path) -> Content:
    """Read a whole file once; Refused with a French sentence if it is of no kind that is read."""
    raw = _bytes(path)
    refuse_binary(path.name, raw)
    text, notes = decode(raw)
    head = text.lstrip()[:4000]
    if not head:
        raise Refused(f"«\u00a0{path.name}\u00a0» est vide.")
    if head.startswith("<"):
        raise _unread(path.name, _markup(head))
    if head[0] in "{[":
        return Content(path.name, "glpi", data=_inventory(path.name, text, len(raw)))
    if _controls(head) > len(head) // 20:
        raise _unread(path.name, "un fichier binaire de nature inconnue")
    return Content(path.name, "csv", text=text, notes=notes)


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


def refuse_binary(name: str, raw: bytes) -> None:
    if raw.startswith(b"PK"):
        raise _unread(name, _zipped(raw))
    for signature, what in _SIGNATURES:
        if raw.startswith(signature):
            raise _unread(name, what)


def _zipped(raw: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist()[:2000])
    except Exception:  # noqa: BLE001 - a mutated archive fails in ten ways, and only its name was wanted
        return "une archive compressée abîmée"
    if any(n.startswith("xl/") for n in names):
        return "un classeur Excel\u00a0: dans Excel, choisissez Enregistrer sous, «\u00a0CSV UTF-8\u00a0»"
    if "content.xml" in names:
        return "un classeur ou un document LibreOffice\u00a0: enregistrez la feuille en CSV"
    if any(n.startswith("word/") for n in names):
        return "un document Word"
    return "une archive compressée\u00a0: décompressez-la d’abord"


def _markup(head: str) -> str:
    low = head.lower()
    if "<request" in low and "<content" in low:
        return "un inventaire OCS ou FusionInventory en XML"
    if "invoice" in low:
        return "une facture électronique en XML"
    if "<html" in low or "<!doctype html" in low:
        return "une page web"
    return "un fichier XML"


def _controls(text: str) -> int:
    return sum(1 for c in text if (c < " " and c not in "\t\r\n\f") or c == "\ufffd")


def _inventory(name: str, text: str, size: int) -> Any:
    if size > MAX_JSON_BYTES:
        raise Refused(f"«\u00a0{name}\u00a0» dépasse 8\u00a0Mo\u00a0: un inventaire de poste n’est jamais si gros.")
    data = _parsed(name, text)
    content = data.get("content") if isinstance(data, dict) else None
    if isinstance(content, dict) and ("itemtype" in data or "deviceid" in data or _INVENTORY_PARTS & set(content)):
        return data
    if isinstance(data, dict) and any(str(key).startswith("SPHardware") for key in data):
        raise _unread(name, "un relevé macOS (system_profiler)")
    raise _unread(name, "un fichier JSON qui n’est pas un inventaire GLPI")


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
