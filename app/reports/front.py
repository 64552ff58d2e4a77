"""The front of a paper that has one: its cover, the facts of the cover, and the lines of its contents (papers.md 2)."""

from collections.abc import Iterable

from app.fields import formats
from app.reports import blocks, theme
from app.reports.flow import put_text
from app.reports.identity import grouped
from app.reports.paper import Page
from app.reports.theme import ACCENT, BAND

APPROACH = "Établi selon une démarche inspirée de NF EN 13306, NF EN 13269 et NF X 60-000."
LONGEST = 600
"""Letters of what a person typed that a line of the cover shows at most."""
FACTS, BAND_TOP, LIMITS_TOP = 144.0, 226.0, 262.0
LINE = 6.6
"""Height in mm of a line of the contents."""


def head(page: Page, subtitle: str) -> None:
    """The company, the accent bar, the title and what it is about."""
    frame, company = page.frame, page.paper.company
    left = blocks.logo(page, frame.left, 20, (60, 15))
    left += 1 if left > frame.left else 0
    page.fit(left, 25.5, company.name, theme.COVER_NAME, frame.right - left)
    page.fit(left, 30.5, company.address, theme.SUBTITLE, frame.right - left)
    page.box(frame.left, 91, 30, 1.1, 0, ACCENT)
    y = put_text(page, frame.left, 95.5, page.paper.stamp.title, theme.COVER, 130)
    page.fit(frame.left, y + 6, subtitle, theme.COVER_NOTE, frame.span)


def facts(page: Page, rows: Iterable[tuple[str, list[str]]]) -> None:
    """A table that never runs into the band: what does not fit is shortened, the whole is inside the paper."""
    frame = page.frame
    y = FACTS
    page.rule(frame.left, y, frame.right, 0.5)
    for label, lines in rows:
        if not any(lines) or y > BAND_TOP - 12:
            continue
        page.text(frame.left, y + 4.8, label, theme.ADDRESS)
        y += 1.5
        for line in lines:
            if y < BAND_TOP - 12:
                y = _fact(page, y, line)
        y += 1.6
        page.rule(frame.left, y, frame.right, 0.5)


def _fact(page: Page, y: float, line: str) -> float:
    left, width = page.frame.left + 34, page.frame.span - 34
    if len(line) < LONGEST and y < BAND_TOP - 24:
        return put_text(page, left, y, line, theme.COVER_FACT, width)
    page.fit(left, y + 3.5, line, theme.COVER_FACT, width)
    return y + theme.COVER_FACT.leading / theme.MM


def band(page: Page, pages: str) -> None:
    """Which copy this is: its reference, its version, the date of its data, its pages, its hash."""
    stamp, frame, y = page.paper.stamp, page.frame, BAND_TOP
    page.box(frame.left, y, frame.span, 31, 0, BAND)
    entries = (
        ("Référence", stamp.reference),
        ("Version", "PROJET" if stamp.draft else f"{stamp.version}.0, définitive"),
        ("Données au", formats.moment(stamp.data_at)),
        ("Pages", pages),
    )
    for i, (label, value) in enumerate(entries):
        page.text(frame.left + 5 + i * 43, y + 6.6, label, theme.LABEL)
        page.fit(frame.left + 5 + i * 43, y + 11.8, value, theme.NAME, 41)
    page.rule(frame.left + 5, y + 16.4, frame.right - 5, 0.5)
    page.text(frame.left + 5, y + 21.3, "Empreinte SHA-256 des données figées", theme.LABEL)
    if stamp.draft:
        page.text(frame.left + 5, y + 26.2, "aucune\u00a0: projet non émis, sans valeur", theme.CELL)
    else:
        page.text(frame.left + 5, y + 26.2, grouped(stamp.data_hash, 8), theme.HASH)


def line(page: Page, y: float, number: str, title: str, page_number: int, high: float = LINE) -> float:
    """One line of the contents; the y under it."""
    frame = page.frame
    y += high - LINE
    start = max(frame.left + 9, page.text(frame.left, y + 4.4, number, theme.BODY_NUMBER) + 3)
    page.fit(start, y + 4.4, title, theme.BODY, frame.right - start - 12)
    page.right(frame.right, y + 4.4, formats.number(page_number), theme.BODY)
    page.rule(frame.left, y + 6.4, frame.right)
    return y + LINE
