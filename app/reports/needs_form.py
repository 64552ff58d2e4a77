"""The questionnaire of needs to fill by hand: one page a person, or blank (domain.md A.7, papers.md 1)."""

from collections.abc import Sequence

from app.reports import blocks, theme
from app.reports.flow import put_text
from app.reports.needs_data import NeedsForms, NeedsSheet
from app.reports.paper import Page, Paper
from app.reports.theme import BAND, INK, MID, PORTRAIT, RULE, Type

ASKED = "Répondez aux questions qui vous concernent et laissez les autres. Un besoin par question, en une phrase."
EXPECTED = "Ce qui vous satisferait, avec un chiffre ou un délai"
PURPOSE = (
    "Vos réponses servent à établir le cahier des charges de la maintenance informatique, et à rien d’autre. "
    "Répondre est facultatif. Elles sont conservées {retention}\u00a0; d’ici là, {who} vous les montre, les corrige ou "
    "les efface sur simple demande."
)
NOTICE = 11
"""Of the band at the foot, in mm."""
QUESTION = Type(theme.SEMIBOLD, 9.5, 12)
TICK = Type(theme.REGULAR, 8.5, 10)
LINES, LINE = 2, 7.2
NUMBER = 5
TICKS = 29
"""Where the boxes begin, after the question's number and the name of their line."""


def render(forms: NeedsForms) -> bytes:
    paper = Paper(forms.company, forms.stamp)
    for sheet in forms.sheets:
        _draw(paper.page(PORTRAIT), forms, sheet)
    return paper.finish()


def _draw(page: Page, forms: NeedsForms, sheet: NeedsSheet) -> None:
    frame = page.frame
    card = (("Questionnaire", sheet.source), ("À rendre à", forms.return_to), ("Avant le", forms.before))
    y = blocks.masthead(page, card, subtitle=ASKED)
    y = _who(page, y + 3, sheet)
    foot = frame.bottom - NOTICE
    pitch = (foot - 2 - y) / len(sheet.questions)
    for number, question in enumerate(sheet.questions, 1):
        _question(page, y + (number - 1) * pitch, f"{number}", question, forms)
    _notice(page, foot, forms)


def _who(page: Page, y: float, sheet: NeedsSheet) -> float:
    """Name, service and day on one line, written or to be written."""
    frame = page.frame
    starts = (frame.left, frame.left + 78, frame.left + 138, frame.right + 4)
    for at, (label, value) in enumerate((("Nom", sheet.name), ("Service", sheet.service), ("Date", ""))):
        x, end = starts[at], starts[at + 1] - 4
        text = page.text(x, y + 4, label, theme.LABEL) + 2
        if value:
            page.fit(text, y + 4, value, theme.CARD, end - text)
        else:
            page.rule(text, y + 4.8, end, 0.35, MID)
    page.rule(frame.left, y + 8.4, frame.right, 0.8, INK)
    return y + 8.4


def _question(page: Page, y: float, number: str, question: str, forms: NeedsForms) -> None:
    """Two lines to write on, what would satisfy, then the boxes of frequency and of priority."""
    frame = page.frame
    if number != "1":
        page.rule(frame.left, y, frame.right, 0.25, RULE)
    x = frame.left + NUMBER
    page.text(frame.left, y + 5.4, number, theme.BODY_NUMBER)
    page.fit(x, y + 5.4, question, QUESTION, frame.right - x)
    y += 6
    for i in range(LINES):
        page.dotted(x, y + (i + 1) * LINE, frame.right)
    y += LINES * LINE + LINE
    end = page.text(x, y, EXPECTED, theme.LABEL)
    page.dotted(end + 2, y + 0.4, frame.right)
    for label, words in (("Fréquence", forms.frequencies), ("Priorité", forms.priorities)):
        y += 5.6
        page.text(x, y, label, theme.LABEL)
        _boxes(page, y, words)


def _boxes(page: Page, y: float, words: Sequence[str]) -> None:
    """A box before each word, the boxes of every line under one another."""
    left = page.frame.left + TICKS
    pitch = (page.frame.right - left) / len(words)
    for at, word in enumerate(words):
        blocks.choice(page, left + at * pitch, y, word, kind=TICK)


def _notice(page: Page, y: float, forms: NeedsForms) -> None:
    """Why it is asked, how long it is kept, whom to ask (RGPD)."""
    frame = page.frame
    page.box(frame.left, y, frame.span, NOTICE, 0, BAND)
    who = forms.return_to or "la personne qui vous l’a remis"
    words = PURPOSE.format(retention=forms.retention, who=who)
    put_text(page, frame.left + 3, y + 2.2, words, theme.NOTE, frame.span - 6)
