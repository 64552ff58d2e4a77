"""The faces of the papers, and a text as the operators that show it.

Each face begins with the same 255 letters in every paper, so that its subset is made and packed once a process; the
letters beyond come in further subsets, then from DejaVu Sans, and last as « □ ».
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFName
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

from app.reports.theme import MONO

rl_config.useA85 = 0  # streams stay binary: a fifth smaller, and no slow encoding in pure Python

FALLBACK = "Fallback"
UNKNOWN = "□"
_SHIPPED = Path(__file__).parents[2] / "resources" / "fonts"
_SHIPPED_NAMES = {FALLBACK: "DejaVuSans.ttf", MONO: "DejaVuSansMono.ttf"}
_EXTRA = "≤≥→−✓▲≈∞√Δµαβγλπωşğı№Ω"
_BASIC_PLANE = 0xFFFF


def _first_codes() -> dict[str, int]:
    """Letter -> its code in every paper: cp1252, with other signs in the place of the controls."""
    codes = {}
    for code in range(32, 256):
        letter = bytes([code]).decode("cp1252", "ignore")
        if letter.isprintable() or letter == "\u00a0":
            codes[letter] = code
    codes.pop("", None)
    return codes | {letter: 1 + i for i, letter in enumerate(_EXTRA) if letter not in codes}


_FIRST_CODES = _first_codes()


@lru_cache(maxsize=24)
def _subset_of(face: TTFontFace, letters: tuple[int, ...]) -> bytes:
    return bytes(TTFontFace.makeSubset(face, list(letters)))


@lru_cache(maxsize=24)
def _packed(content: bytes) -> bytes:
    return zlib.compress(content)


@lru_cache(maxsize=24)
def _written(widths: tuple[float, ...]) -> bytes:
    """Widths as the PDF lists them, written once and not number by number for each paper."""
    lines = ("".join(f" {width:g}" for width in widths[start : start + 16]) for start in range(0, len(widths), 16))
    return f"[{chr(10).join(lines)} ]".encode()


class _Face(TTFontFace):
    """Its subsets are made and packed once, and kept."""

    def makeSubset(self, subset: Sequence[int]) -> bytes:
        return _subset_of(self, tuple(subset))

    def addSubsetObjects(self, doc: PDFDocument, fontname: str, subset: list[int]) -> Any:
        reference = super().addSubsetObjects(doc, fontname, subset)  # type: ignore[no-untyped-call]
        stream: Any = doc.idToObject[f"fontFile:{self.filename}({fontname})"]
        stream.content = _packed(stream.content)
        stream.dictionary["Filter"] = PDFName("FlateDecode")
        return reference


class Widths(dict[str, float]):
    """Letter -> its width at 1 point, whichever face will show it."""

    def __init__(self, font: "Font") -> None:
        self.font = font

    def __missing__(self, letter: str) -> float:
        face: Any = self.font.shower(letter).face
        width: float = face.getCharWidth(ord(letter)) / 1000
        self[letter] = width
        return width


class Font(TTFont):
    """One face, loaded once a process."""

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(f"Papers{name}", str(path), asciiReadable=False, shapable=False)
        self.face.__class__ = _Face  # and not a second reading of the file
        self.first = {letter: code for letter, code in _FIRST_CODES.items() if ord(letter) in self.face.charToGlyph}
        self.escapes = {ord(letter): _escape(code) for letter, code in self.first.items()}
        self.beyond = re.compile(f"[^{re.escape(''.join(self.first))}]")
        self.widths = Widths(self)
        pdfmetrics.registerFont(self)

    def has(self, letter: str) -> bool:
        return ord(letter) in self.face.charToGlyph and ord(letter) <= _BASIC_PLANE

    def shower(self, letter: str) -> "Font":
        """The face that has this letter, or else the fallback."""
        return self if self.has(letter) or not fallback_exists() else load(FALLBACK)

    def begin(self, doc: PDFDocument) -> None:
        """Give a new paper the first codes, before any letter is shown in it."""
        if doc not in self.state:
            state: Any = TTFont.State(asciiReadable=False)
            letters = [0] * 256
            for letter, code in self.first.items():
                letters[code] = ord(letter)
            state.subsets = [letters]
            state.assignments = {ord(letter): code for letter, code in self.first.items()}
            state.nextCode = 256
            self.state[doc] = state

    def addObjects(self, doc: PDFDocument) -> None:
        names = [str(self.getSubsetInternalName(i, doc))[1:] for i in range(len(self.state[doc].subsets))]
        super().addObjects(doc)
        fonts: Any = doc.idToObject["BasicFonts"]
        for name in names:
            fonts.dict[name].Widths = _written(tuple(fonts.dict[name].Widths.sequence))

    def name_in(self, doc: PDFDocument, subset: int = 0) -> str:
        self.begin(doc)
        return str(self.getSubsetInternalName(subset, doc))


def _escape(code: int) -> str:
    """A code inside a PDF string."""
    letter = chr(code)
    return letter if " " <= letter <= "~" and letter not in "()\\" else f"\\{code:03o}"


@cache
def load(name: str) -> Font:
    if name in _SHIPPED_NAMES:
        return Font(name, _SHIPPED / _SHIPPED_NAMES[name])
    return Font(name, Path(str(files("font_source_sans_pro") / "files" / f"SourceSansPro-{name}.ttf")))


@cache
def fallback_exists() -> bool:
    return (_SHIPPED / _SHIPPED_NAMES[FALLBACK]).exists()


def measure(text: str, name: str, size: float) -> float:
    """Width in points of a text already printable."""
    return sum(map(load(name).widths.__getitem__, text)) * size


def show(text: str, name: str, size: float, doc: PDFDocument) -> str:
    """The operators that show a printable text, its face being set before and left set after."""
    font = load(name)
    if not font.beyond.search(text):
        return f"({text.translate(font.escapes)}) Tj"
    own = font.name_in(doc)
    shown = "".join(f"{face} {size:g} Tf ({codes}) Tj " for face, codes in _runs(text, font, doc))
    return f"{shown}{own} {size:g} Tf"


def _runs(text: str, font: Font, doc: PDFDocument) -> Iterator[tuple[str, str]]:
    """The text cut where the face or its subset changes: name in the paper, escaped codes."""
    for shower, letters in groupby(text, font.shower):
        shower.begin(doc)
        known = "".join(letter if shower.has(letter) else UNKNOWN for letter in letters)
        for subset, codes in shower.splitString(known, doc):
            yield shower.name_in(doc, subset), "".join(map(_escape, codes))
