"""Drawn figures: a bar of shares, rows of bars, a pyramid. Every bar is outlined, for a copy of a copy."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports import theme
from app.reports.paper import Page, width_of
from app.reports.theme import ACCENT, INK, LIGHT_LETTER, MM, TINTS, WHITE, Type

BAR = Type(theme.SEMIBOLD, 8.5, 10)
COUNT = Type(theme.REGULAR, 7.6, 9)
COUNT_BOLD = Type(theme.SEMIBOLD, 7.6, 9)
ROW = 5.05
HIGH = 4.0


@dataclass(frozen=True)
class Part:
    """A part of a bar, or a bar: its word, its count, its fill (empty: hollow).

    `texts` are what may be written in it, the first that fits; else « A · 71 », then its word alone.
    """

    label: str
    count: int
    fill: str = ""
    texts: tuple[str, ...] = ()


def shares(page: Page, y: float, parts: Sequence[Part], high: float = 8.6) -> float:
    """One bar over the whole width, cut in proportion; « A · 71 » in a part wide enough, else the label alone."""
    frame = page.frame
    total = sum(part.count for part in parts)
    x = frame.left
    for part in parts:
        wide = frame.span * part.count / total if total else 0
        if wide:
            page.box(x, y, wide, high, 0.4, part.fill or WHITE)
            kind = Type(BAR.face, BAR.size, BAR.leading, WHITE if part.fill in LIGHT_LETTER else INK)
            texts = (*(part.texts or (f"{part.label} · {part.count}",)), part.label, "")
            text = next(t for t in texts if not t or width_of(t, kind) < wide - 1)
            page.centre(x + wide / 2, y + high / 2 + kind.size * 0.34 / MM, text, kind)
        x += wide
    page.box(frame.left, y, frame.span, high, 0.4)
    return y + high


def bars(page: Page, x: float, y: float, to: float, parts: Sequence[Part]) -> float:
    """Horizontal bars with their words at left and counts at their end, from a common base at 0."""
    base, room = x + 21, to - x - 30
    most = max([part.count for part in parts] + [1])
    for part in parts:
        page.right(base - 2, y + 2.9, part.label, COUNT)
        wide = room * part.count / most
        if part.count:
            page.box(base, y, max(wide, 0.5), HIGH, 0.4, part.fill or WHITE)
        page.text(base + wide + 1.6, y + 2.9, str(part.count), COUNT_BOLD)
        y += ROW
    page.upright(base, y - len(parts) * ROW - 0.6, y - ROW + HIGH + 0.6, 0.5, INK)
    return y


def pyramid(
    page: Page, x: float, y: float, to: float, sides: tuple[str, str], steps: Sequence[tuple[str, int, int, bool]]
) -> float:
    """Two populations back to back on one scale: each step has its word, its two counts, and whether it is dark."""
    middle = (x + to) / 2 - 6
    half = 7.5
    most = max([max(left, right) for _, left, right, _ in steps] + [1])
    room = min(middle - half - x, to - middle - half) - 6
    page.right(middle - half, y + 2.6, sides[0], COUNT_BOLD)
    page.text(middle + half, y + 2.6, sides[1], COUNT_BOLD)
    y += ROW
    for label, left, right, dark in steps:
        fill = ACCENT if dark else TINTS[1]
        page.centre(middle, y + 2.9, label, COUNT)
        for count, sign in ((left, -1), (right, 1)):
            _half_bar(page, middle + sign * half, y, sign, room * count / most, count, fill)
        y += ROW
    return y


def _half_bar(page: Page, base: float, y: float, sign: int, wide: float, count: int, fill: str) -> None:
    if count:
        page.box(base if sign > 0 else base - wide, y, wide, HIGH, 0.4, fill)
    end = base + sign * (wide + 1.6)
    (page.text if sign > 0 else page.right)(end, y + 2.9, str(count), COUNT)
