"""The accountant's workbook written to a file."""

from functools import partial
from pathlib import Path
from typing import IO

from app.jobs import Job
from app.reports import workbook
from app.reports.accounts import checks, front, names
from app.reports.accounts.data import Book
from app.reports.accounts.sheets import sheets
from app.reports.workbook import About, Drawn, Sheet


def write(target: Path | IO[bytes], book: Book) -> Job[int]:
    """Ten sheets; gives how many rows their lists have. AppError if Excel holds the file open."""
    of = sheets(book)
    found = checks.checks(book, of)
    about = About(f"Classeur comptable {book.year.year}", book.company, book.made_on)
    pages: list[Sheet | Drawn] = [
        Drawn(workbook.READ_ME, partial(front.draw, book=book, of=of, controls=found)),
        *(one.sheet() for one in of.all),
        Drawn(names.CHECKS, partial(checks.draw, book=book, found=found)),
    ]
    total = sum(len(one.records) for one in of.all)
    return (yield from workbook.write_book(target, about, pages, total))
