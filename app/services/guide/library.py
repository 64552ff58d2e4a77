"""The pages of the guide, read once; where each is of use in the program, and the glossary put together."""

from dataclasses import replace
from functools import cache

from app.errors import NotFound
from app.fields.legal_words import WORDS
from app.fields.text import fold
from app.paths import resource
from app.reports.guide_data import Block, GuidePage, GuidePart, Heading, Term, Where
from app.services.guide.contents import PARTS
from app.services.guide.reading import anchor_of, inline, read_page

GLOSSARY = "glossaire"
HOME = "bienvenue"


def picture(file: str) -> bytes:
    """The PNG of a picture of the guide."""
    return resource(f"aide/images/{file}").read_bytes()


@cache
def parts() -> tuple[GuidePart, ...]:
    """The whole guide, in its order."""
    return tuple(GuidePart(title, tuple(_read(name) for name in names)) for title, names in PARTS)


def page(name: str) -> GuidePage:
    """NotFound if no page bears that name."""
    for one in _pages():
        if one.name == name:
            return one
    raise NotFound(f"Le guide n’a pas de page «\u00a0{name}\u00a0».")


def page_at(*place: str) -> str:
    """The name of the page about (tab, section, tab of a record), or about the longest beginning of it that is told
    of; the first page of the guide when none is."""
    told = _by_place()
    ways = (told.get(place[:length]) for length in range(len(place), 0, -1))
    return next((name for name in ways if name), HOME)


@cache
def _by_place() -> dict[tuple[str, ...], str]:
    return {place: one.name for one in reversed(_pages()) for place in places_of(one)}


def places_of(told: GuidePage) -> tuple[tuple[str, ...], ...]:
    """(tab, section) of each place that the page tells of."""
    found = [place for block in told.blocks if isinstance(block, Where) for place in block.places]
    return tuple(place_named(place) for place in found)


def place_named(place: tuple[str, ...]) -> tuple[str, ...]:
    """(« Inventaire », « Autres », « Réseau ») -> (« Inventaire », « Réseau »)."""
    return tuple(step for step in place if step != "Autres")


def _pages() -> list[GuidePage]:
    return [one for part in parts() for one in part.pages]


def _read(name: str) -> GuidePage:
    made = read_page(name, resource(f"aide/{name}.md").read_text(encoding="utf-8"))
    return replace(made, blocks=_with_terms(made.blocks)) if name == GLOSSARY else made


def _with_terms(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The glossary: its own words and those that the screens of a contract explain, under their letters."""
    own = {block.term: block for block in blocks if isinstance(block, Term)}
    legal = {word.term: Term(word.term, anchor_of(word.term), inline(word.text)) for word in WORDS.values()}
    found: list[Block] = [block for block in blocks if not isinstance(block, Term)]
    letter = ""
    for term in sorted((legal | own).values(), key=lambda one: fold(one.term)):
        if (first := fold(term.term)[:1].upper()) != letter:
            letter = first
            found.append(Heading(letter, f"lettre-{letter.lower()}"))
        found.append(term)
    return tuple(found)
