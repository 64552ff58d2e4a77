"""Searching the guide: each word typed begins a word of the section, accents and capitals left aside."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from app.fields.text import fold
from app.reports.guide_data import GuidePage, Heading, Term, Where, texts
from app.services.guide.library import parts

AROUND = 7
"""Words shown before and after the one found."""
_APART = str.maketrans(dict.fromkeys("'’.,;:!?«»()[]›/-…=÷×%€°→", " "))


@dataclass(frozen=True, slots=True)
class Hit:
    """A section of a page; `anchor` is empty for what stands before the first one."""

    page: str
    anchor: str
    title: str
    section: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class _Section:
    page: GuidePage
    anchor: str
    title: str
    text: str
    words: str
    """Folded, a space before each: « échéance » begins a word when « ␣echeance » is in it."""


def find(asked: str, most: int = 30) -> list[Hit]:
    """The sections that hold all the words, or else any of them; those that have them in their titles first."""
    words = _folded(asked).split()
    held = [(sum(f" {word}" in one.words for word in words), one) for one in _sections()]
    enough = len(words) if any(count == len(words) for count, _ in held) else 1
    found = [one for count, one in held if words and count >= enough]
    return [_hit(one, words) for one in sorted(found, key=lambda one: _rank(one, words))[:most]]


def _rank(one: _Section, words: list[str]) -> tuple[int, int]:
    """A title that says it all, one that says a part of it, then how often the text does."""
    title = f" {_folded(one.title)} {_folded(one.page.title)}"
    in_title = sum(f" {word}" in title for word in words)
    return -in_title, -sum(one.words.count(f" {word}") for word in words)


def _hit(one: _Section, words: list[str]) -> Hit:
    told = one.text.split(" ")
    at = next((i for i, word in enumerate(told) if any(f" {w}" in f" {_folded(word)}" for w in words)), 0)
    start, end = max(0, at - AROUND), at + AROUND
    excerpt = " ".join(told[start:end])
    excerpt = f"{'… ' if start else ''}{excerpt}{' …' if end < len(told) else ''}"
    return Hit(one.page.name, one.anchor, one.page.title, one.title if one.anchor else "", excerpt)


def _folded(text: str) -> str:
    return " ".join(fold(text).translate(_APART).split())


@cache
def _sections() -> tuple[_Section, ...]:
    return tuple(made for part in parts() for page in part.pages for made in _of_page(page))


def _of_page(page: GuidePage) -> Iterator[_Section]:
    anchor, title = "", page.title
    gathered: list[str] = []
    for block in page.blocks:
        if isinstance(block, Heading | Term):
            yield from _made(page, anchor, title, gathered)
            anchor, title = block.anchor, block.text if isinstance(block, Heading) else block.term
            gathered = []
        if not isinstance(block, Heading | Where):
            gathered += texts(block)[1:] if isinstance(block, Term) else texts(block)
    yield from _made(page, anchor, title, gathered)


def _made(page: GuidePage, anchor: str, title: str, gathered: list[str]) -> Iterator[_Section]:
    text = " ".join(gathered).replace("\u00a0", " ")
    if text:
        whole = f" {_folded(f'{page.title} {title} {text}')}"
        yield _Section(page, anchor, title, text, whole)
