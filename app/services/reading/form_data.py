"""What was read of a page of paper, as plain data: for each line what was read and how sure it is (papers.md 3)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.codes import Code


class PageKind(Code):
    FORM = "form", "Fiche lue", "ok"
    OTHER_MODEL = "other", "Fiche d’un autre modèle", "warn"
    REDO = "redo", "Image à refaire", "warn"
    BLANK = "blank", "Page blanche", "mute"
    NOT_A_FORM = "unknown", "Pas une fiche", "warn"
    UNREAD = "unread", "Fichier non lu", "bad"


class LineState(Code):
    SURE = "sure", "Lue", "ok"
    DOUBT = "doubt", "À vérifier", "warn"
    EMPTY = "empty", "Sans réponse", "mute"


class MarkKind(Code):
    """What a box holds."""

    NONE = "none", "vide"
    FAINT = "faint", "trace"
    TICK = "tick", "cochée"
    MIXED = "mixed", "très chargée"
    FILLED = "filled", "noircie"


@dataclass(frozen=True, slots=True)
class LineRead:
    """`value` is given when the line is sure, and only then; `guess` is the likeliest of a doubtful one, if any.

    `why` says in French what makes it doubtful. `marks` follows the boxes of the line; `picture` is its strip.
    """

    name: str
    state: LineState
    value: int | None = None
    guess: int | None = None
    why: str = ""
    marks: tuple[MarkKind, ...] = ()
    picture: Path | None = None


@dataclass(frozen=True, slots=True)
class AreaRead:
    """`text` is what a field holds; on paper nothing is read, but `written` tells that there is something to read."""

    name: str
    text: str = ""
    written: bool = False
    picture: Path | None = None


@dataclass(frozen=True, slots=True)
class PageRead:
    """One page, or one form of a picture that holds several.

    `source` and `number` say where it comes from (page of the PDF or of the TIFF, from 1), `told` in French what is the
    matter when it is no form. `picture` is the page set straight, `SCALE` pixels a millimetre: the places of the model
    are its own (any other page: as it came). `scan` is the page as it came, the proof to keep: the file itself when
    it holds nothing else. `reference` is empty on a form without number, or whose code could not be read (`told` then
    says so). `pale`: so few answers that the whole page deserves a look. `fields`: filled on screen.
    """

    source: Path
    number: int
    kind: PageKind
    told: str = ""
    reference: str = ""
    model: str = ""
    sheet: int = 0
    page: int = 1
    lines: tuple[LineRead, ...] = ()
    areas: tuple[AreaRead, ...] = ()
    picture: Path | None = None
    scan: Path | None = None
    fields: bool = False
    pale: bool = False

    @property
    def doubts(self) -> int:
        return sum(line.state is LineState.DOUBT for line in self.lines)

    @property
    def answers(self) -> dict[str, int]:
        """What is sure, by name of line."""
        return {line.name: line.value for line in self.lines if line.value is not None}

    @property
    def texts(self) -> dict[str, str]:
        return {area.name: area.text for area in self.areas if area.text}


SCALE = 8
"""Pixels a millimetre of `PageRead.picture`."""


def to_plain(page: PageRead) -> dict[str, Any]:
    """JSON; pictures are told by their paths."""
    return asdict(page)


def from_plain(told: Mapping[str, Any]) -> PageRead:
    lines = (
        LineRead(**line | {
            "state": LineState.of(line["state"]),
            "marks": tuple(MarkKind.of(mark) for mark in line["marks"]),
            "picture": _path(line["picture"]),
        })
        for line in told["lines"]
    )  # fmt: skip
    areas = (AreaRead(**area | {"picture": _path(area["picture"])}) for area in told["areas"])
    whole = {
        "source": Path(told["source"]), "kind": PageKind.of(told["kind"]), "lines": tuple(lines),
        "areas": tuple(areas), "picture": _path(told["picture"]), "scan": _path(told["scan"]),
    }  # fmt: skip
    return PageRead(**{**told, **whole})


def _path(told: str | None) -> Path | None:
    return Path(told) if told else None
