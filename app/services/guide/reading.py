"""The Markdown of the guide read into blocks: the few forms that its pages use, and no other.

« # title », « ## section », « ### », paragraphs, « - » and « 1. » lists, tables, « ![words](picture.png) », **strong**,
*soft*, `code`, [words](page#anchor); « > Tab › Section · … » says where in the program; « Term » over « : meaning » is
a word of the glossary. Ordinary spaces that French holds are made no-break.
"""

import re
from collections.abc import Iterator

from app.fields import NBSP
from app.fields.text import fold
from app.reports.guide_data import (
    Block,
    Grid,
    GuidePage,
    Heading,
    Items,
    Para,
    Piece,
    Pieces,
    Shot,
    Term,
    Weight,
    Where,
)

_HELD = re.compile(r" (?=[:;!?%€»·])|(?<=«) |(?<=n°) |(?<=\d) (?=\d{3}\b|h\b|mois\b|jours?\b|ans?\b|heures?\b)")
_INLINE = re.compile(r"\*\*(?P<strong>.+?)\*\*|\*(?P<soft>.+?)\*|`(?P<code>.+?)`|\[(?P<words>.+?)\]\((?P<to>.+?)\)")
_WEIGHTS: dict[str, Weight] = {"strong": "strong", "soft": "soft", "code": "code"}
_SHOT = re.compile(r"!\[(?P<words>.+)\]\((?P<file>[\w-]+\.png)\)")
_ITEM = re.compile(r"(?:-|(?P<number>\d+)\.) ")
_RULE_OF_TABLE = re.compile(r"\|[-| :]+\|")


def read_page(name: str, text: str) -> GuidePage:
    """The page of a file; its first line is « # title »."""
    title, _, rest = text.partition("\n")
    return GuidePage(name, _held(title.removeprefix("# ").strip()), tuple(_blocks(rest)))


def anchor_of(words: str) -> str:
    """« GTI et GTR » -> « gti-et-gtr »."""
    return re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")


def inline(text: str) -> Pieces:
    """Words with their weights and links."""
    return tuple(_inline(text))


def _blocks(text: str) -> Iterator[Block]:
    for chunk in re.split(r"\n\s*\n", text.strip("\n")):
        lines = [line for line in chunk.split("\n") if line.strip()]
        if lines:
            yield from _chunk(lines)


def _chunk(lines: list[str]) -> Iterator[Block]:
    first = lines[0]
    if first.startswith("#"):
        level = len(first) - len(first.lstrip("#"))
        words = _held(first.lstrip("# "))
        yield Heading(words, anchor_of(words), level)
        if lines[1:]:
            yield from _chunk(lines[1:])
    elif first.startswith("> "):
        yield Where(_places(" ".join(line.removeprefix("> ") for line in lines)))
    elif first.startswith("|"):
        yield _grid(lines)
    elif found := _SHOT.fullmatch(first.strip()):
        yield Shot(found["file"], _held(found["words"]))
    elif len(lines) > 1 and lines[1].startswith(": "):
        yield Term(_held(first), anchor_of(first), inline(_joined([lines[1][2:], *lines[2:]])))
    elif _ITEM.match(first):
        yield _items(lines)
    else:
        yield from _paragraph(lines)


def _paragraph(lines: list[str]) -> Iterator[Block]:
    """A list may follow its sentence without a blank line."""
    end = next((i for i, line in enumerate(lines) if _ITEM.match(line)), len(lines))
    yield Para(inline(_joined(lines[:end])))
    if lines[end:]:
        yield _items(lines[end:])


def _items(lines: list[str]) -> Items:
    """Each « - » begins an item; the lines that follow, set in, are its own."""
    items: list[list[str]] = []
    for line in lines:
        if mark := _ITEM.match(line):
            items.append([line[mark.end() :]])
        else:
            items[-1].append(line)
    first = _ITEM.match(lines[0])
    return Items(tuple(inline(_joined(item)) for item in items), int(first["number"] or 0) if first else 0)


def _grid(lines: list[str]) -> Grid:
    rows = [_cells(line) for line in lines if not _RULE_OF_TABLE.fullmatch(line.strip())]
    return Grid(rows[0], tuple(rows[1:]))


def _cells(line: str) -> tuple[Pieces, ...]:
    return tuple(inline(cell.strip()) for cell in line.strip().strip("|").split("|"))


def _places(text: str) -> tuple[tuple[str, ...], ...]:
    """« Inventaire › Biens · Accueil »."""
    return tuple(tuple(part.strip() for part in place.split("›")) for place in text.split("·"))


def _joined(lines: list[str]) -> str:
    return " ".join(line.strip() for line in lines)


def _held(text: str) -> str:
    return _HELD.sub(NBSP, text)


def _inline(text: str) -> Iterator[Piece]:
    at = 0
    for found in _INLINE.finditer(text):
        if found.start() > at:
            yield Piece(_held(text[at : found.start()]))
        if found["words"]:
            yield Piece(_held(found["words"]), "", found["to"])
        else:
            kind = str(found.lastgroup)
            yield Piece(found[kind] if kind == "code" else _held(found[kind]), _WEIGHTS[kind])
        at = found.end()
    if at < len(text):
        yield Piece(_held(text[at:]))
