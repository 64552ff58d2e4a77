"""The open file, the progress of a job and the tables that every command shares."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from app.errors import Refused
from app.jobs import Job, Progress, drain

if TYPE_CHECKING:
    from app.storage import Store

T = TypeVar("T")
WIDEST = 40
"""Characters of a cell printed on a terminal before it is cut."""


@contextmanager
def opened(args: argparse.Namespace, read_only: bool = False) -> "Iterator[Store]":
    from app.services import setup  # noqa: PLC0415 - asking for help needs no database
    from app.storage import open_store  # noqa: PLC0415

    if read_only and not args.base.exists():
        raise Refused(f"Le fichier «\u00a0{args.base}\u00a0» n’existe pas.")
    store = open_store(args.base, read_only=read_only)
    try:
        for notice in store.notices:
            print(notice, file=sys.stderr)
        if not read_only:
            with store.begin("Préparation de la base") as session:
                setup.ensure(session)
        yield store
    finally:
        store.close()


def watch(job: Job[T]) -> T:
    """Drain a job, with a line of progress when a person watches."""
    watched = sys.stderr.isatty()

    def tell(step: Progress) -> None:
        if watched:
            of = f" sur {step.total}" if step.total else ""
            print(f"\r{step.text}\u00a0: {step.done}{of}\033[K", end="", file=sys.stderr, flush=True)

    try:
        return drain(job, tell)
    finally:
        if watched:
            print("\r\033[K", end="", file=sys.stderr)


def print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    columns = list(zip(heads, *rows, strict=True))
    widths = [min(WIDEST, max(len(cell) for cell in column)) for column in columns]
    for row in (heads, *rows):
        cells = (cell if len(cell) <= w else cell[: w - 1] + "…" for cell, w in zip(row, widths, strict=True))
        print("  ".join(cell.ljust(w) for cell, w in zip(cells, widths, strict=True)).rstrip())
