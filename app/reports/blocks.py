"""The parts that papers are made of: masthead, facts, boxes to tick, signatures, signs, key figures (papers.md 1)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.reports import theme
from app.reports.flow import Flow, put_lines, put_text
from app.reports.identity import Pair, grouped
from app.reports.paper import Page, masthead_rule, width_of
from app.reports.text import wrap, wrap_spans
from app.reports.theme import ACCENT, BAND, INK, LIGHT_LETTER, MID, RULE, WHITE, Type

QR_SIDE = 15
ITEM = 5
"""Millimetres from the dash of an item to its words."""
LOGO = (40, 11)
"""Width and height in mm, at most, of the logo of a paper of one page."""


def qr(page: Page, x: float, y: float, content: str, side: float = QR_SIDE, level: str = "m") -> None:
    """A QR code, of level M if not said, its mask fixed so that it is quick to make; capitals only keep it small."""
    import segno  # noqa: PLC0415 - a paper without a code does not need it

    code = segno.make_qr(content, error=level, boost_error=False, mask=2)
    page.modules(x, y, side, [bytes(row) for row in code.matrix])


def masthead(page: Page, card: Sequence[Pair], code: str = "", subtitle: str = "") -> float:
    """First page: company, cartouche and code, title; the y under it. An empty value is a line to fill."""
    paper, frame = page.paper, page.frame
    left = logo(page, frame.left, 13.5, LOGO)
    room = frame.left + 90 - left
    page.fit(left, 16.8, paper.company.name, theme.NAME, room)
    page.fit(left, 20.9, paper.company.address, theme.ADDRESS, room)
    page.text(left, 24.5, f"SIREN {paper.company.siren}" if paper.company.siren else "", theme.ADDRESS)
    if code:
        qr(page, frame.right - QR_SIDE, 11, code)
    edge = frame.right - QR_SIDE - 4 if code else frame.right
    label_edge = edge - max([23.0, *(width_of(value, theme.CARD) for _, value in card)]) - 4
    for i, (label, value) in enumerate(card):
        if value:
            y = 15.4 + i * 4.1
            page.right(edge, y, value, theme.CARD)
            page.right(label_edge, y, label, theme.LABEL)
        else:
            y = 14.8 + i * 5.1
            page.right(frame.right - 49, y, label, theme.LABEL)
            page.rule(frame.right - 47, y + 0.8, frame.right, 0.35, MID)
    masthead_rule(page)
    page.text(frame.left, 38, paper.stamp.title, theme.TITLE)
    page.fit(frame.left, 43.6, subtitle, theme.SUBTITLE, frame.span)
    return 47


def logo(page: Page, x: float, y: float, side: tuple[float, float]) -> float:
    """The company's logo in a place of this width and height, if it has one; the x where its name begins."""
    found = page.paper.company.logo
    return x + page.picture(x, y, found, *side) + 3 if found else x


def facts(page: Page, x: float, y: float, pairs: Sequence[Pair], to: float, label_width: float = 25) -> float:
    """Labels in grey left of their values; the y under the last."""
    for label, value in pairs:
        page.text(x, y + 3.4, label, theme.LABEL)
        y = put_text(page, x + label_width, y + 0.1, value, theme.BODY, to - x - label_width) + 0.45
    return y


def lines_to_write(page: Page, x: float, y: float, pairs: Sequence[str], to: float, label_width: float = 25) -> float:
    """Labels each before a line to write on, one under the other; an empty label leaves the whole line."""
    for label in pairs:
        y += 5.4
        page.text(x, y - 0.9, label, theme.LABEL)
        page.rule(x + (label_width if label else 0), y, to, 0.35, MID)
    return y


def rules_to_write(page: Page, y: float, count: int, pitch: float = 6.6) -> float:
    for i in range(count):
        page.rule(page.frame.left, y + (i + 1) * pitch, page.frame.right, 0.35, MID)
    return y + count * pitch


def tick_box(page: Page, x: float, y: float, ticked: bool = False, side: float = 3.4) -> None:
    """A box from its top left corner, crossed when ticked."""
    page.box(x, y, side, side, 0.6)
    if ticked:
        a, b = 0.22 * side, 0.78 * side
        page.path([(x + a, y + a), (x + b, y + b)], 1.1)
        page.path([(x + a, y + b), (x + b, y + a)], 1.1)


def choice(page: Page, x: float, y: float, label: str, ticked: bool = False, kind: Type = theme.CELL) -> float:
    """A box and its word on the baseline y; the x where the word ends."""
    tick_box(page, x, y - 2.85, ticked)
    return page.text(x + 3.4 + kind.size * 0.15, y, label, kind)


def kept(page: Page, x: float, y: float) -> None:
    """The sign of what was held: a box with a tick, its top at y."""
    page.box(x, y, 3.1, 3.1, 0.6)
    page.path([(x + 0.6, y + 1.6), (x + 1.3, y + 2.35), (x + 2.6, y + 0.75)], 1.1)


def missed(page: Page, x: float, y: float) -> None:
    """The sign of what was not held: a solid triangle."""
    page.path([(x, y + 2.9), (x + 3.2, y + 2.9), (x + 1.6, y + 0.1)], fill=INK)


def no_data(page: Page, x: float, y: float) -> None:
    page.path([(x + 0.4, y + 1.6), (x + 2.6, y + 1.6)], 0.8)


@dataclass(frozen=True)
class Signature:
    """One box: its title, the lines to fill (a label, and a value when it is known), the mention in italics."""

    title: str
    lines: tuple[Pair, ...] = (("Nom", ""), ("Le", ""))
    mention: str = "Signature"


def signatures(page: Page, y: float, boxes: Sequence[Signature], height: float, gap: float = 4) -> float:
    """Boxes of one height side by side; the y under them."""
    frame = page.frame
    wide = (frame.span - gap * (len(boxes) - 1)) / len(boxes)
    for i, box in enumerate(boxes):
        _signature(page, frame.left + i * (wide + gap), y, wide, height, box)
    return y + height


def _signature(page: Page, x: float, y: float, wide: float, high: float, box: Signature) -> None:
    page.box(x, y, wide, 5.6, 0, BAND)
    page.box(x, y, wide, high, 0.5)
    page.fit(x + 2, y + 3.9, box.title, theme.CARD, wide - 4)
    line = y + 9.9
    for label, value in box.lines:
        end = page.text(x + 2, line, label, theme.LABEL)
        if value:
            page.fit(end + 1.2, line, value, theme.CELL, x + wide - end - 3)
        else:
            page.rule(end + 0.8, line + 0.8, x + wide - 2, 0.35, MID)
        line += 6
    page.text(x + 2, line, box.mention, theme.LABEL_ITALIC)


@dataclass(frozen=True)
class Tile:
    """A key figure: « 121 430 € », « HT », « valeur de remplacement »."""

    value: str
    unit: str
    words: str


def tiles(page: Page, y: float, figures: Sequence[Tile]) -> float:
    """Key figures over the width, parted by upright rules; the y under them."""
    frame = page.frame
    pitch = (frame.span + 3) / len(figures)
    for i, tile in enumerate(figures):
        x = frame.left + i * pitch + (2 if i else 0)
        figure = theme.KEY_FIGURE
        room = pitch - 5.5 - width_of(tile.unit, theme.SUBTITLE)
        if (wide := width_of(tile.value, figure)) > room:
            figure = replace(figure, size=figure.size * room / wide)
        end = page.text(x, y + 6.6, tile.value, figure)
        page.text(end + 1.6, y + 6.6, tile.unit, theme.SUBTITLE)
        put_text(page, x, y + 9.2, tile.words, theme.NOTE, pitch - 4)
        if i:
            page.upright(x - 2, y, y + 14, 0.5, RULE)
    return y + 15


def frozen_band(page: Page, y: float, title: str, sentence: str, data_hash: str) -> float:
    """The band that says which data the paper was made from."""
    page.box(page.frame.left, y, page.frame.span, 19, 0, BAND)
    x = page.frame.left + 4
    page.text(x, y + 5, title, theme.CARD)
    page.text(x, y + 9.8, sentence, theme.NOTE)
    if data_hash:
        end = page.text(x, y + 15, "SHA-256", theme.LABEL)
        page.text(end + 4, y + 15, grouped(data_hash, 8), theme.HASH)
    return y + 19


def headline(page: Page, y: float, label: str, words: str, sentence: str) -> float:
    """The answer first: a band with an accent edge, the words at left, why at right; the y under it."""
    frame = page.frame
    page.box(frame.left, y, frame.span, 17, 0, BAND)
    page.box(frame.left, y, 1.6, 17, 0, ACCENT)
    page.text(frame.left + 5, y + 5.2, label, theme.LABEL)
    page.fit(frame.left + 5, y + 12, words, theme.HEADLINE, 70)
    lines = wrap(sentence, theme.SENTENCE, (frame.span - 82) * theme.MM)[:3]
    top = y + (17 - len(lines) * theme.SENTENCE.leading / theme.MM) / 2
    put_lines(page, frame.left + 78, top, [[(line, theme.SENTENCE)] for line in lines], theme.SENTENCE)
    return y + 17


def item(flow: Flow, sentence: str) -> None:
    """A sentence of a list, behind a short dash."""
    for i, line in enumerate(wrap(sentence, theme.BODY, (flow.frame.span - ITEM) * theme.MM)):
        flow.room(theme.BODY.leading / theme.MM)
        if i == 0:
            flow.page.text(flow.frame.left, flow.y + 3.4, "–", theme.BODY)
        put_lines(flow.page, flow.frame.left + ITEM, flow.y, [[(line, theme.BODY)]], theme.BODY)
        flow.y += theme.BODY.leading / theme.MM
    flow.y += 0.8


def lacking(flow: Flow, missing: str, way: str = "") -> None:
    """What is missing, in the place of what it would have made; `way`, how to get it, is for who prepares a draft: an
    issued paper is read by others."""
    sentence = f"{missing} {way}".rstrip() if flow.paper.stamp.draft else missing
    flow.room(12)
    no_data(flow.page, flow.frame.left, flow.y + 0.7)
    put = wrap(sentence, theme.BODY_ITALIC, (flow.frame.span - ITEM) * theme.MM)
    lines = [[(line, theme.BODY_ITALIC)] for line in put]
    flow.y = put_lines(flow.page, flow.frame.left + ITEM, flow.y, lines, theme.BODY_ITALIC) + 1


def numbered(flow: Flow, lines: Sequence[Sequence[tuple[str, bool]]]) -> None:
    """« 1 Remplacer… »: each line is its pieces, in bold or not; the flow ends under them."""
    for number, pieces in enumerate(lines, 1):
        spans = [(text, theme.BODY_BOLD if strong else theme.BODY) for text, strong in pieces]
        flow.page.text(flow.frame.left, flow.y + 3.4, str(number), theme.BODY_NUMBER)
        put = wrap_spans(spans, (flow.frame.span - 5) * theme.MM)
        flow.y = put_lines(flow.page, flow.frame.left + 5, flow.y, put, theme.BODY) + 0.9


def badge(page: Page, x: float, y: float, letter: str, fill: str, side: float = 3.3) -> None:
    """A letter on its tint, outlined; the letter is white on the dark ones."""
    page.box(x, y, side, side, 0.4, fill)
    ink = WHITE if fill in LIGHT_LETTER else INK
    kind = Type(theme.BADGE.face, side * 1.97, 8, ink)
    page.centre(x + side / 2, y + side * 0.72, letter, kind)
