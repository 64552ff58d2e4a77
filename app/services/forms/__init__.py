"""Forms that come back: scans, photographs and PDF files filled on screen, read in a child process."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.errors import Refused
from app.jobs import Job, Progress
from app.reports.evaluation_model import G1
from app.reports.form_model import FormModel, to_plain
from app.services.importing.child import Reader
from app.services.reading.form_data import PageKind, PageRead, from_plain
from app.services.reading.form_sorts import HEAD, sort_of

INVOICE = re.compile(rb"factur-x|zugferd|xrechnung|order-x|/AFRelationship", re.IGNORECASE)
"""What a PDF that carries an invoice names in plain letters."""
MOST = 20 * 1024 * 1024

Pages = tuple[int, tuple[PageRead, ...]]
"""How many pages a file has, and the forms on one of them."""


def is_candidate(path: Path) -> bool:
    """Whether a dropped file is a picture, or a PDF in which no electronic invoice shows: told by its bytes."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
            sort = sort_of(head)
            return bool(sort) and not (sort == "pdf" and INVOICE.search(head + file.read(MOST)))
    except OSError:
        return False


def read_job(paths: Sequence[Path], folder: Path, models: Sequence[FormModel] = ()) -> Job[tuple[PageRead, ...]]:
    """Every page of the files, in their order. G1 is always known; `models` are the questionnaires that may come back.

    Pictures are written to `folder`, which the caller made and takes away. A file that cannot be read is a page of kind
    UNREAD with its sentence; nothing is raised for one file among others.
    """
    known = {"models": [to_plain(model) for model in (G1, *models)], "folder": str(folder.absolute())}
    made: list[PageRead] = []
    with Reader() as reader:
        for done, path in enumerate(paths):
            made += yield from _file(reader, path, known, f"f{done + 1:03d}", Progress(done, len(paths)))
    return tuple(made)


def _file(reader: Reader, path: Path, known: Mapping[str, Any], prefix: str, step: Progress) -> Job[list[PageRead]]:
    """Page after page: each has its own time, and one that fails leaves the others."""
    made: list[PageRead] = []
    number, count = 1, 1
    while number <= count:
        told = Progress(step.done, step.total, _words(path, number, count))
        yield told
        asked = {**known, "path": str(path.absolute()), "number": number, "prefix": f"{prefix}p{number:03d}"}
        try:
            count, pages = yield from reader.ask(path, asked, _taken, told)
            made += pages
        except Refused as refusal:
            made.append(PageRead(path, number, PageKind.UNREAD, told=str(refusal)))
        number += 1
    return made


def _words(path: Path, number: int, count: int) -> str:
    return f"Lecture de {path.name}" + (f", page {number} sur {count}" if count > 1 else "")


def _taken(frame: Mapping[str, Any]) -> Pages:
    if "refused" in frame:
        raise Refused(str(frame["refused"]))
    return frame["count"], tuple(from_plain(page) for page in frame["forms"])
