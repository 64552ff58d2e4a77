"""The child process: reads the files that its parent names on its standard input, one line of JSON each, and answers
on its standard output by frames, a length of four bytes then JSON.

Frames of a table: {"rows": […]} as many times as needed, then {"end": …}. Of an inventory: {"machines": […]}. Of an
electronic invoice: {"invoice": …}. Of a page of forms, asked for one by one: {"forms": […], "count": pages}. Of a file
that is refused: {"refused": sentence}.
"""

import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

from app.errors import Refused
from app.services.reading import einvoice_data, limits
from app.services.reading.machine import to_plain
from app.services.reading.rows import Lines
from app.services.reading.source import read

ARGUMENT = "--lire-pour-import"
"""What a packaged program, which has no interpreter beside it, is called with to be the child."""
AT_ONCE = 500
"""Rows in a frame."""
TOO_BIG = "«\u00a0{}\u00a0» demande trop de mémoire\u00a0: il est démesuré, ou piégé. Il n’est pas lu."
BROKEN = "«\u00a0{}\u00a0» est abîmé\u00a0: il ne peut pas être lu."
PANIC = "PanicException"
"""What a panic of a library written in Rust becomes: no Exception, and of no class that can be named otherwise."""
Frame = dict[str, Any]


def main() -> int:
    """By the numbers of the pipes: a program without console has no sys.stdin."""
    limits.apply()
    limits.stay_offline()
    with open(0, "rb", closefd=False) as asked, open(1, "wb", closefd=False) as answered:
        serve(asked, answered, limits.renew)
    return 0


def serve(asked: IO[bytes], answered: IO[bytes], renew: Callable[[], None] = lambda: None) -> None:
    """Until the parent closes its side. `renew` gives each file its own allowance: a limit is of the whole process, so
    only one that reads and does nothing else may set it."""
    for line in asked:
        renew()
        for frame in frames(json.loads(line)):
            content = json.dumps(frame, ensure_ascii=False, separators=(",", ":"), default=str).encode(
                "utf-8", "replace"
            )
            answered.write(len(content).to_bytes(4, "big") + content)
        answered.flush()


def frames(asked: Frame) -> Iterator[Frame]:
    """The one boundary where any error of any reader becomes a sentence."""
    try:
        yield from _read(asked)
    except Refused as refusal:
        yield {"refused": str(refusal)}
    except MemoryError:
        yield {"refused": TOO_BIG.format(Path(asked["path"]).name)}
    except BaseException as error:  # libraries meet hostile files in ten ways, of which none may stop the program
        if not isinstance(error, Exception) and type(error).__name__ != PANIC:
            raise
        yield {"refused": BROKEN.format(Path(asked["path"]).name)}


def _read(asked: Frame) -> Iterator[Frame]:
    if "models" in asked:
        yield _forms(asked)
        return
    found = read(Path(asked["path"]), asked["sheet"], asked["last_user"])
    if isinstance(found, Lines):
        while rows := list(islice(found.rows, AT_ONCE)):
            yield {"rows": rows}
        yield {"end": {"bad": found.bad, "notes": found.notes, "sheets": found.sheets, "sheet": found.sheet}}
    elif isinstance(found, einvoice_data.Einvoice):
        yield {"invoice": einvoice_data.to_plain(found)}
    else:
        yield {"machines": [to_plain(machine) for machine in found]}


def _forms(asked: Frame) -> Frame:
    from app.services.reading import form_data, forms  # noqa: PLC0415 - the libraries of pictures, for forms only

    count, pages = forms.read_page(asked)
    return {"forms": [form_data.to_plain(page) for page in pages], "count": count}
