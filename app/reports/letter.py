"""A letter for a window envelope, folded in three: everything has its place to the millimetre (papers.md 2)."""

from app.reports import blocks, theme
from app.reports.flow import Flow, put_lines, spans
from app.reports.identity import Pair
from app.reports.letter_data import Letter
from app.reports.paper import Page, Paper, width_of
from app.reports.table import COMPACT, Column, Group, Section, Table
from app.reports.text import wrap
from app.reports.theme import GREY, MID, MM, REGULAR, SEMIBOLD, Type

TEXT, STRONG = Type(REGULAR, 10.5, 15), Type(SEMIBOLD, 10.5, 15)
SENDER_NAME, SENDER = Type(SEMIBOLD, 10.5, 13), Type(REGULAR, 8.6, 11.4)
SENT_BY, REFERENCE = Type(SEMIBOLD, 8.6, 11.4), Type(REGULAR, 9.2, 12)
SMALL = Type(REGULAR, 7.4, 9, GREY)
NAME_AT, SENDER_PITCH, MOST_SENDER = 17.6, 4.1, 4
CLEAR = 88.0
"""Nothing but the address stands right of it, down to the references."""
WINDOW_LEFT, WINDOW_RIGHT = 105.0, 190.0
LAST_LINE, LINE = 77.5, 4.6
REGISTERED_AT = 57.0
REFERENCES_AT, VALUES_AT, PITCH = 106.0, 45.0, 5.1
BETWEEN, SIGNING = 3.7, 37.0
ACCOUNT = (
    Column("N°", 24), Column("Engagement", 58), Column("Dû le", 27), Column("Fait le", 27),
    Column("Retard", 18, "right"), Column("Pénalité (€)", 20, "right"),
)  # fmt: skip
FOLDS, PUNCH = (99.0, 198.0), 148.5


def render(letter: Letter) -> bytes:
    """The letter as PDF bytes, on one page unless its text is long; the same bytes for the same data."""
    paper = Paper(letter.company, letter.stamp, bare=True)
    flow = Flow(paper)
    page = flow.page
    _sender(page, letter)
    _registered(page, letter)
    _recipient(page, letter.recipient)
    _marks(page)
    flow.y = _subject(page, _references(page, letter), letter.subject)
    _body(flow, letter)
    _signature(flow, letter)
    for number, one in enumerate(paper.pages, 1):
        _foot(one, letter, f"page {number}/{len(paper.pages)}")
    return paper.finish()


def _sender(page: Page, letter: Letter) -> None:
    left = blocks.logo(page, page.frame.left, 14, (24, 10))
    page.fit(left, NAME_AT, letter.company.name, SENDER_NAME, CLEAR - left)
    for i, line in enumerate(letter.sender[:MOST_SENDER], 1):
        page.fit(left, NAME_AT + i * SENDER_PITCH, line, SENDER, CLEAR - left)


def _registered(page: Page, letter: Letter) -> None:
    if not letter.registered:
        return
    left = page.frame.left
    page.text(left, REGISTERED_AT, "Lettre recommandée", SENT_BY)
    page.text(left, REGISTERED_AT + 4.1, "avec avis de réception", SENT_BY)
    end = page.text(left, REGISTERED_AT + 9, "N°\u00a0", SMALL)
    if letter.tracking:
        page.fit(end + 1, REGISTERED_AT + 9, letter.tracking, REFERENCE, CLEAR - end - 2)
    else:
        page.rule(end + 1, REGISTERED_AT + 9.4, CLEAR - 10, 0.35, MID)


def _recipient(page: Page, lines: tuple[str, ...]) -> None:
    """The last line is always at the same place."""
    widest = max((width_of(line, TEXT) for line in lines), default=0.0)
    size = TEXT.size * min(1.0, (WINDOW_RIGHT - WINDOW_LEFT) / (widest or 1.0))
    kind = Type(TEXT.face, size, TEXT.leading)
    for i, line in enumerate(lines):
        page.text(WINDOW_LEFT, LAST_LINE - (len(lines) - 1 - i) * LINE, line, kind)


def _marks(page: Page) -> None:
    """Where to fold the sheet, and where to punch it."""
    for y in FOLDS:
        page.rule(4, y, 9, 0.35, MID)
    page.rule(4, PUNCH, 7, 0.35, MID)


def _references(page: Page, letter: Letter) -> float:
    page.text(WINDOW_LEFT, REFERENCES_AT, letter.place_and_date, TEXT)
    y = REFERENCES_AT
    for i, (label, value) in enumerate(letter.references):
        room = (WINDOW_LEFT - 4 if i == 0 else page.frame.right) - VALUES_AT
        y = _labelled(page, y, (label, value), REFERENCE, room)
    return y


def _labelled(page: Page, y: float, pair: Pair, kind: Type, room: float) -> float:
    page.text(page.frame.left, y, pair[0], SMALL)
    page.fit(VALUES_AT, y, pair[1], kind, room)
    return y + PITCH


def _subject(page: Page, y: float, subject: str) -> float:
    top = y + 1.6
    page.text(page.frame.left, top + STRONG.size * 0.98 / MM, "Objet", SMALL)
    lines = [[(line, STRONG)] for line in wrap(subject, STRONG, (page.frame.right - VALUES_AT) * MM)]
    return put_lines(page, VALUES_AT, top, lines, STRONG) + 6


def _body(flow: Flow, letter: Letter) -> None:
    spans(flow, [(letter.greeting, TEXT)], TEXT)
    for number, paragraph in enumerate(letter.paragraphs, 1):
        flow.y += BETWEEN
        if number == len(letter.paragraphs):
            flow.room(TEXT.leading / MM + 2 * BETWEEN + SIGNING)
        spans(flow, [(text, STRONG if strong else TEXT) for text, strong in paragraph], TEXT)
        if letter.account and letter.account.after == number:
            flow.y += BETWEEN
            group = Group("", letter.account.rows, letter.account.total)
            Table(flow, ACCOUNT, COMPACT).put(Section([group]))


def _signature(flow: Flow, letter: Letter) -> None:
    """Never parted, nor alone on its page: the last paragraph turned it already."""
    flow.y += 2 * BETWEEN
    flow.room(SIGNING)
    page, y = flow.page, flow.y
    page.fit(WINDOW_LEFT, y + 3.4, f"Pour {letter.company.name}", STRONG, page.frame.right - WINDOW_LEFT)
    for i, (label, value) in enumerate((("Nom", letter.signer), ("Qualité", ""))):
        line = y + 9.5 + i * 6
        page.text(WINDOW_LEFT, line, label, SMALL)
        if value:
            page.fit(WINDOW_LEFT + 15, line, value, REFERENCE, page.frame.right - WINDOW_LEFT - 15)
        else:
            page.rule(WINDOW_LEFT + 15, line + 0.8, page.frame.right, 0.35, MID)
    page.text(WINDOW_LEFT, y + 21.5, "Signature", SMALL)
    flow.y += SIGNING


def _foot(page: Page, letter: Letter, number: str) -> None:
    """Reference, page, company: nothing of the program in a letter."""
    frame, company, stamp = page.frame, letter.company, letter.stamp
    page.rule(frame.left, frame.foot_rule, frame.right, 0.35)
    first, second = frame.foot
    page.text(frame.left, first, f"{stamp.reference} · {stamp.version_text}", theme.FOOT)
    page.right(frame.right, first, number, theme.FOOT_BOLD)
    siren = f"SIREN {company.siren}" if company.siren else ""
    page.text(frame.left, second, " · ".join(filter(None, (company.name, company.address, siren))), theme.FOOT)
