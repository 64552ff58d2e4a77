"""Forms to be filled by hand and read back: the paper, and the PDF filled on screen (papers.md 3)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.reports import blocks, theme
from app.reports.blocks import Signature
from app.reports.flow import put_lines
from app.reports.form_data import Facts, FormCopy, Forms
from app.reports.form_fields import place_fields
from app.reports.form_model import (
    BOX,
    CODE,
    HEART,
    LEFT,
    MARK,
    MARKS,
    RIGHT,
    FormArea,
    FormLine,
    FormModel,
    FormPage,
    FormRule,
    FormText,
)
from app.reports.paper import Page, Paper, masthead_rule
from app.reports.text import wrap
from app.reports.theme import INK, MID, MM, PORTRAIT, RULE, WHITE, Type
from app.rules.form_code import FormCode, content

FRAME = replace(PORTRAIT, left=LEFT, right=RIGHT)
BLACK = "0 0 0"
INSTRUCTION = "Une case par ligne, au stylo noir ou bleu."
QUESTION = Type(theme.REGULAR, 9.5, 12)
QUESTIONS = (QUESTION, Type(theme.REGULAR, 8.5, 9.6), Type(theme.REGULAR, 7, 7.6))
"""A question on one line, on two, on three."""
DIGIT = Type(theme.REGULAR, 8, 10, theme.GREY)
LOGO = (40, 9)
TITLE, HEAD_RULE = 31.6, 38.2
INTRO = (41.0, 67.0)
"""Between which sentences stand in the place of facts."""
FACTS, FACT = 42.9, 4.45
WRITTEN, WRITE = 46.2, 8.0
"""The first line to write a fact on, and from each to the next."""
QUARTER, FACT_LABEL = 41.2, 15.0
INSTRUCTION_Y = 72.6
RULED = 7.2
"""Between two dotted lines to write on."""
FOOT = (279.8, 283.2)


def render(forms: Forms) -> bytes:
    """All the copies in one PDF, page after page; nothing is ever ticked beforehand."""
    return _paper(forms).finish()


def render_fillable(forms: Forms) -> bytes:
    """The same page with fields over its boxes. One copy only: two would share their fields."""
    paper = _paper(replace(forms, copies=forms.copies[:1]))
    for page, model in zip(paper.pages, forms.model.pages, strict=True):
        place_fields(page, model)
    return paper.finish()


def _paper(forms: Forms) -> Paper:
    """Bare: the foot of a form stands between its marks. Never a draft, whose grey word would lie under the boxes."""
    references = sorted({copy.reference for copy in forms.copies if copy.reference})
    known = references[0] if len(references) == 1 else ""
    paper = Paper(forms.company, replace(forms.stamp, reference=known, draft=False), bare=True)
    for copy in forms.copies:
        for number, model in enumerate(forms.model.pages, 1):
            _draw(paper.page(FRAME), forms, copy, model, number)
    return paper


def _draw(page: Page, forms: Forms, copy: FormCopy, model: FormPage, number: int) -> None:
    _marks(page)
    _masthead(page, forms, copy, number)
    if number == 1:
        _facts(page, forms, copy)
    if model.lines:
        _instruction(page, INSTRUCTION_Y if number == 1 else HEAD_RULE + 6)
    for text in model.texts:
        _text(page, text)
    for rule in model.rules:
        _rule(page, rule)
    for line in model.lines:
        _line(page, line)
    for area in model.areas:
        _area(page, area)
    if model.signers:
        blocks.signatures(page, model.signed, tuple(Signature(who) for who in model.signers), 30, 4.05)
    _foot(page, forms, copy, number)


def _marks(page: Page) -> None:
    """Pure black, so that a pale copy keeps them."""
    for i, (x, y) in enumerate(MARKS):
        page.box(x - MARK / 2, y - MARK / 2, MARK, MARK, 0, BLACK)
        if i == len(MARKS) - 1:
            page.box(x - HEART / 2, y - HEART / 2, HEART, HEART, 0, WHITE)


def code_of(model: FormModel, copy: FormCopy, page: int = 1) -> str:
    """What the QR code of a page of a copy says."""
    return content(FormCode(copy.reference, model.key, copy.sheet, page))


def _masthead(page: Page, forms: Forms, copy: FormCopy, number: int) -> None:
    x, y, side = CODE
    blocks.qr(page, x, y, code_of(forms.model, copy, number), side, "q")
    left = blocks.logo(page, LEFT, y, LOGO)
    page.fit(left, 17.2, forms.company.name, theme.NAME, 140 - left)
    page.fit(left, 21.2, forms.company.address, theme.ADDRESS, 140 - left)
    page.fit(LEFT, TITLE, forms.stamp.title, theme.TITLE, x - LEFT - 4)
    edge = x - 4
    page.right(edge, 17, "Feuille n°" if forms.intro else "Fiche n°", theme.LABEL)
    if named := _named(copy):
        page.right(edge, 21.2, named, theme.CARD)
    else:
        page.rule(edge - 26, 22, edge, 0.35, MID)
    masthead_rule(page, HEAD_RULE)


def _named(copy: FormCopy) -> str:
    return f"{copy.reference} · {copy.sheet}" if copy.sheet else copy.reference


def _facts(page: Page, forms: Forms, copy: FormCopy) -> None:
    """What is known of the intervention, or the places to write it, or what the answers are for."""
    if forms.intro:
        top = min((area.y - 1 for area in forms.model.pages[0].areas), default=INTRO[1])
        _intro(page, forms.intro, min(top, INTRO[1]))
    elif copy.facts:
        _known(page, copy.facts)
    else:
        for i, labels in enumerate(forms.blank):
            _to_write(page, WRITTEN + WRITE * i, labels)
    page.rule(LEFT, 67.8, RIGHT, 0.8, INK)


def _intro(page: Page, sentences: Sequence[str], bottom: float) -> None:
    """Each from a new line; smaller when they would not hold, and the last ones left out rather than over the boxes."""
    for kind in (theme.SENTENCE, theme.NOTE):
        lines = [line for one in sentences for line in wrap(one, kind, (RIGHT - LEFT) * MM)]
        fitting = int((bottom - INTRO[0]) * MM / kind.leading)
        if len(lines) <= fitting:
            break
    put_lines(page, LEFT, INTRO[0], [[(line, kind)] for line in lines[:fitting]], kind)


def _known(page: Page, facts: Facts) -> None:
    for i, row in enumerate(facts):
        y = FACTS + FACT * i
        for k, (label, value) in enumerate(row):
            x = LEFT + QUARTER * k
            end = RIGHT if len(row) == 1 else x + QUARTER - 1.5
            page.text(x, y, label, theme.LABEL)
            page.fit(x + FACT_LABEL, y, value, theme.SMALL_CELL, end - x - FACT_LABEL)


def _to_write(page: Page, y: float, labels: tuple[str, ...]) -> None:
    for k, label in enumerate(labels):
        x = LEFT + QUARTER * k
        page.text(x, y - 0.8, label, theme.LABEL)
        page.rule(x + FACT_LABEL, y, RIGHT if k == len(labels) - 1 else x + 38.4, 0.35, MID)


def _instruction(page: Page, y: float) -> None:
    """« Une case par ligne » with a cross, a tick and a cancelled box, all small: the reader never takes them for
    boxes, which have a place each."""
    page.text(LEFT, y, INSTRUCTION, theme.CARD)
    side, top = 3.8, y - 3
    blocks.tick_box(page, 94, top, ticked=True, side=side)
    end = page.text(99.2, y, "ou", theme.LABEL)
    blocks.tick_box(page, end + 1.2, top, side=side)
    tick = end + 1.2
    page.path([(tick + 0.8, top + 2.0), (tick + 1.6, top + 2.9), (tick + 3.1, top + 0.9)], 1.1)
    page.text(tick + side + 1.2, y, "votre réponse", theme.LABEL)
    page.box(131.6, top, side, side, 0.6, INK)
    page.text(136.8, y, "annulée\u00a0: cochez la bonne", theme.LABEL)


def _text(page: Page, text: FormText) -> None:
    if text.style == "column":
        page.centre(text.x, text.y, text.text, theme.HEAD)
    else:
        page.text(text.x, text.y, text.text, theme.BLOCK if text.style == "title" else theme.LABEL)


def _rule(page: Page, rule: FormRule) -> None:
    page.rule(LEFT, rule.y, RIGHT, *((0.8, INK) if rule.strong else (0.25, RULE)))


def _line(page: Page, line: FormLine) -> None:
    x = line.x
    if line.number:
        page.text(x, line.y + 1.2, line.number, theme.BODY_NUMBER)
        x += 5.1
    _label(page, x, line)
    for box in line.boxes:
        page.box(box.x - BOX / 2, box.y - BOX / 2, BOX, BOX, 0.6, edge=BLACK)
        page.text(box.x + BOX / 2 + 1.1, box.y + 0.9, box.word, DIGIT)


def _label(page: Page, x: float, line: FormLine) -> None:
    """On one line, or smaller on two or three: a question is never cut."""
    room = line.x + line.width - x
    kind, words = next((kind, words) for kind, words in _sizes(line.label, room) if words)
    step = kind.leading / MM
    for i, text in enumerate(words):
        page.text(x, line.y + 1.2 + (i - (len(words) - 1) / 2) * step, text, kind)


def _sizes(label: str, room: float) -> Iterator[tuple[Type, list[str]]]:
    """From the largest to the smallest, the words wrapped where they hold."""
    for count, kind in enumerate(QUESTIONS, 1):
        words = wrap(label, kind, room * MM)
        yield kind, words if len(words) <= count else []
    yield QUESTIONS[-1], wrap(label, QUESTIONS[-1], room * MM)


def _area(page: Page, area: FormArea) -> None:
    """The names and days within signatures are drawn with their boxes."""
    if area.kind in {"name", "day"}:
        return
    if area.kind == "service":
        page.fit(LEFT, area.y + area.height - 1.2, area.label, theme.LABEL, area.x - LEFT - 1)
        page.rule(area.x, area.y + area.height, area.x + area.width, 0.35, MID)
        return
    words = wrap(area.label, theme.BLOCK, area.width * MM)
    for i, text in enumerate(words):
        page.text(area.x, area.y - 1.2 - (len(words) - 1 - i) * theme.BLOCK.leading / MM, text, theme.BLOCK)
    for i in range(int(area.height // 7)):
        page.dotted(area.x, area.y - 1.2 + RULED * (i + 1), area.x + area.width)


def _foot(page: Page, forms: Forms, copy: FormCopy, number: int) -> None:
    first = " · ".join(words for words in (_named(copy), f"modèle {forms.model.key}", forms.notes[0]) if words)
    page.fit(LEFT, FOOT[0], first, theme.FOOT, RIGHT - LEFT)
    page.fit(LEFT, FOOT[1], forms.notes[1], theme.FOOT, RIGHT - LEFT - 20)
    page.right(RIGHT, FOOT[1], f"page {number}/{len(forms.model.pages)}", theme.FOOT_BOLD)
