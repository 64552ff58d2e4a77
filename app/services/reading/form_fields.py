"""The fields of a PDF filled on screen, whatever program filled it (papers.md 3, « Screen variant »)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import IndirectObject

OFF = "Off"
DEEP = 8
"""Parents of a field, at most: a file may turn in circles."""


@dataclass(frozen=True, slots=True)
class Fields:
    """`ticked`: name of a group -> the value selected, None when nothing is, UNSETTLED when the file says two.
    `texts`: name of a text -> what it holds. Both empty when the page has no field."""

    ticked: Mapping[str, str | None] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


UNSETTLED = "?"


def fields_of(path: Path, number: int) -> Fields:
    """Of the page of this rank, from 1. Read from the page, so that forms put end to end keep each its own."""
    with path.open("rb") as file:
        page = PdfReader(file).pages[number - 1]
        states: dict[str, set[str]] = {}
        texts: dict[str, str] = {}
        for widget in _widgets(page):
            chain = list(_chain(widget))
            name = next((str(one["/T"]) for one in chain if "/T" in one), "")
            kind = next((one["/FT"] for one in chain if "/FT" in one), None)
            value = next((one["/V"] for one in chain if "/V" in one), None)
            if kind == "/Tx" and name:
                texts[name] = _text(value)
            elif kind == "/Btn" and name:
                states.setdefault(name, set()).update(_state(widget, value))
    return Fields({name: _only(found) for name, found in states.items()}, texts)


def _widgets(page: Any) -> Iterator[Any]:
    for one in page.get("/Annots") or ():
        widget = one.get_object()
        if widget.get("/Subtype") == "/Widget":
            yield widget


def _chain(widget: Any) -> Iterator[Any]:
    """A widget and its parents, whose entries it inherits."""
    one, seen = widget, 0
    while one is not None and seen < DEEP:
        yield one
        parent = one.get("/Parent")
        one, seen = (parent.get_object() if isinstance(parent, IndirectObject) else parent), seen + 1


def _state(widget: Any, value: Any) -> Iterator[str]:
    """What this box shows, and what its group says: programs write both, and they should agree."""
    shown = _name(widget.get("/AS"))
    if shown != OFF:
        yield shown
    if _name(value) != OFF:
        yield _name(value)


def _name(value: Any) -> str:
    return str(value).removeprefix("/") if value is not None else OFF


def _only(found: set[str]) -> str | None:
    if len(found) > 1:
        return UNSETTLED
    return next(iter(found), None)


def _text(value: Any) -> str:
    whole = value.get_object() if isinstance(value, IndirectObject) else value
    return "" if whole is None else str(whole).replace("\r\n", "\n").replace("\r", "\n").strip()
