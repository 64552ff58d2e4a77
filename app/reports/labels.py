"""Labels with a QR code, on the common A4 sheets of 65 and 24 (papers.md, « Étiquettes »)."""

from collections.abc import Callable

from app.jobs import Job, Progress, drain
from app.reports.blocks import qr
from app.reports.identity import CompanyCard, Stamp
from app.reports.labels_data import Label, LabelSheets
from app.reports.paper import Page, Paper, width_of
from app.reports.theme import GREY, PORTRAIT, REGULAR, RULE, SEMIBOLD, Type
from app.rules import label_code

TITLE = "Étiquettes"
IN_CASE = "En cas de panne"
SMALL_NUMBER = Type(SEMIBOLD, 10.5, 12)
SMALL = Type(REGULAR, 5.8, 7)
SMALL_BOLD = Type(SEMIBOLD, 5.8, 7)
LARGE_NUMBER = Type(SEMIBOLD, 15, 17)
LARGE = Type(REGULAR, 7.5, 9)
LARGE_GREY = Type(REGULAR, 7.5, 9, GREY)
LARGE_NOTE = Type(REGULAR, 6.5, 8, GREY)
LARGE_BOLD = Type(SEMIBOLD, 8.5, 10)
EDGE = 1.2
"""White kept at the right of the words, in mm: a sheet is never cut quite true."""


def render(sheets: LabelSheets) -> bytes:
    return drain(steps(sheets))


def steps(sheets: LabelSheets) -> Job[bytes]:
    """The same as a task, sheet after sheet."""
    paper = Paper(CompanyCard(sheets.company), Stamp(TITLE, "", draft=False), bare=True)
    draw = _DRAWN[sheets.form.key]
    page = paper.page(PORTRAIT)
    for rank, label in enumerate(sheets.labels):
        position = sheets.first + rank
        if rank and not position % sheets.form.count:
            page = paper.page(PORTRAIT)
            yield Progress(rank, len(sheets.labels), TITLE)
        x, y = sheets.form.place(position % sheets.form.count)
        draw(page, x + sheets.right, y + sheets.down, label, sheets.company)
    return paper.finish()


def _small(page: Page, x: float, y: float, label: Label, company: str) -> None:
    """38.1 × 21.2."""
    qr(page, x + 2.85, y + 3.6, label_code.content(label.number), 14)
    start, room = x + 19.75, 38.1 - 19.75 - EDGE
    _number(page, start, y + 7.4, label.number, SMALL_NUMBER, room)
    page.fit(start, y + 10.9, _model(label, SMALL, room), SMALL, room)
    page.fit(start, y + 13.8, company, SMALL, room)
    page.fit(start, y + 16.8, label.phone, SMALL_BOLD, room)


def _large(page: Page, x: float, y: float, label: Label, company: str) -> None:
    """63.5 × 33.9."""
    qr(page, x + 4.6, y + 5.95, label_code.content(label.number), 22, "q")
    start, room = x + 30.9, 63.5 - 30.9 - EDGE
    _number(page, start, y + 10.4, label.number, LARGE_NUMBER, room)
    page.fit(start, y + 14.9, _model(label, LARGE, room), LARGE, room)
    page.fit(start, y + 18.5, company, LARGE_GREY, room)
    if label.phone:
        page.rule(start, y + 21.4, start + 28.4, 0.5, RULE)
        page.text(start, y + 24.6, IN_CASE, LARGE_NOTE)
        page.fit(start, y + 28.2, label.phone, LARGE_BOLD, room)


_DRAWN: dict[str, Callable[[Page, float, float, Label, str], None]] = {"65": _small, "24": _large}


def _number(page: Page, x: float, y: float, number: str, kind: Type, room: float) -> None:
    """Never cut: a long one is written smaller."""
    wide = width_of(number, kind)
    size = kind.size * min(1.0, room / wide) if wide else kind.size
    page.text(x, y, number, Type(kind.face, round(size, 1), kind.leading, kind.colour))


def _model(label: Label, kind: Type, room: float) -> str:
    """The maker is dropped when the line would be cut."""
    whole = f"{label.brand} {label.model}".strip()
    return whole if not label.model or width_of(whole, kind) <= room else label.model
