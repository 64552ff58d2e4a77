"""The page or two of an anonymous questionnaire, laid out from its questions (domain.md G.3)."""

from dataclasses import dataclass, field
from typing import Literal

from app.reports.evaluation_model import COLUMNS, HEADS, PITCH, STEPS, heads, scale
from app.reports.form_model import LEFT, RIGHT, FormArea, FormBox, FormLine, FormModel, FormPage, FormRule, FormText

Kind = Literal["scale", "recommend", "effort", "open"]
"""1 to 5 or « sans avis » (0) · 0 to 10 · 1 very hard to 5 very easy, or « sans avis » (0) · free words. The stored
values of QuestionKind."""
EFFORT = (("Très", "difficile"), ("", "Difficile"), ("", "Moyen"), ("", "Facile"), ("Très", "facile"), ("Sans", "avis"))
WORDS = {"scale": STEPS, "effort": EFFORT}
TEN = tuple(38.0 + 14 * i for i in range(11))
"""Columns of 0 to 10."""
EXTREMES = ("pas du tout probable", "très probable")
TOPS, BOTTOM = (73.4, 45.0), 274.0
"""Where the questions begin, on the first page and on the next; where they end."""
HEAD, TITLE, RECOMMEND = 8.55, 8.0, 19.0
WRITE = (14.0, 35.0)
"""Height to write in: two lines on the first page, five on the next, where there is room."""
LONG = 84
"""Letters of a question above a place to write, beyond which it takes two lines."""
LETTER = 1.2
"""Millimetres of a letter of the words before the place to write the service; measuring them would take the fonts."""
SEGMENT = "service"
"""The name of the place where the service is written."""


@dataclass(frozen=True, slots=True)
class Question:
    """`key` names its line, or its text field, in what is read back."""

    key: str
    kind: Kind
    text: str
    block: str = ""


@dataclass
class _Layout:
    """Pages being filled: `y` is the top of what is free, `kind` the columns named above it."""

    pages: list[FormPage] = field(default_factory=list)
    lines: list[FormLine] = field(default_factory=list)
    areas: list[FormArea] = field(default_factory=list)
    texts: list[FormText] = field(default_factory=list)
    rules: list[FormRule] = field(default_factory=list)
    y: float = TOPS[0]
    kind: str = ""
    block: str = ""

    def room(self, height: float) -> None:
        if self.y + height > BOTTOM:
            self.turn()

    def turn(self) -> None:
        self.pages.append(FormPage(tuple(self.lines), tuple(self.areas), tuple(self.texts), tuple(self.rules)))
        self.lines, self.areas, self.texts, self.rules = [], [], [], []
        self.y, self.kind = TOPS[1], ""

    def title(self, block: str) -> None:
        """The name of a block over its questions, unless it is the same as above."""
        if block and block != self.block:
            self.texts.append(FormText(block, LEFT, self.y + 5.8, "title"))
            self.y += TITLE
            self.rules.append(FormRule(self.y - 0.6))
        self.block = block


def questionnaire(key: str, questions: tuple[Question, ...], segment: str = "") -> FormModel:
    """`key` is the number of the questionnaire; its pages follow from its questions, always the same for the same.

    `segment` (« Votre service, si vous voulez le dire ») adds a place to write it, named SEGMENT.
    """
    layout = _Layout()
    if segment:
        start = LEFT + LETTER * len(segment) + 3
        layout.areas.append(FormArea(SEGMENT, segment, start, 60.4, LEFT + 130 - start, 5.4, "service"))
    for number, question in enumerate(questions, 1):
        if question.kind == "open":
            _open(layout, question)
        elif question.kind == "recommend":
            _recommend(layout, question, str(number))
        else:
            _scale(layout, question, str(number))
    layout.turn()
    return FormModel(key, tuple(layout.pages))


def _scale(layout: _Layout, question: Question, number: str) -> None:
    """The words of the columns stand where a scale begins; the title of a block then shares their line."""
    layout.room(HEAD + TITLE + PITCH)
    if layout.kind != question.kind:
        below = layout.y + HEADS[1] - TOPS[0]
        if question.block and question.block != layout.block:
            layout.texts.append(FormText(question.block, LEFT, below, "title"))
            layout.block = question.block
        layout.texts += heads(WORDS[question.kind], COLUMNS, below)
        layout.y += HEAD
        layout.rules.append(FormRule(layout.y, True))
        layout.kind = question.kind
    layout.title(question.block)
    y = layout.y + PITCH / 2
    layout.lines.append(FormLine(question.key, question.text, scale(y), LEFT, y, COLUMNS[0] - LEFT - 6, number))
    layout.y += PITCH
    layout.rules.append(FormRule(layout.y))


def _recommend(layout: _Layout, question: Question, number: str) -> None:
    """The question, and under it its eleven boxes."""
    layout.room(TITLE + RECOMMEND)
    layout.title(question.block)
    y = layout.y + 12.0
    boxes = tuple(FormBox(i, x, y, str(i)) for i, x in enumerate(TEN))
    layout.lines.append(FormLine(question.key, question.text, boxes, LEFT, layout.y + 4.6, RIGHT - LEFT, number))
    for text, x in zip(EXTREMES, (TEN[0] - 2.5, TEN[-1] - 12), strict=True):
        layout.texts.append(FormText(text, x, y + 5.6, "note"))
    layout.y += RECOMMEND
    layout.kind = ""
    layout.rules.append(FormRule(layout.y))


def _open(layout: _Layout, question: Question) -> None:
    above = 11.0 if len(question.text) > LONG else 7.0
    layout.room(TITLE + above + WRITE[bool(layout.pages)])
    high = WRITE[bool(layout.pages)]
    layout.title(question.block)
    layout.areas.append(FormArea(question.key, question.text, LEFT, layout.y + above, RIGHT - LEFT, high))
    layout.y += above + high + 1.6
    layout.kind = ""
