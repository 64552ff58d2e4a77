"""The guide as a whole: every section has its page, every link and picture is there, no page is too long."""

import ast
import re
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.errors import NotFound
from app.fields.legal_words import WORDS
from app.fields.text import fold
from app.paths import resource
from app.reports.guide_data import GuidePage, Heading, Para, Shot, Term, Where, links, plain, texts
from app.services import guide
from app.services.guide.contents import PARTS
from app.ui import places
from app.ui.pages.contract import ContractPage
from app.ui.pages.satisfaction_survey import SurveyPage

APP = Path(__file__).parents[3] / "app"
PAGES = [page for part in guide.parts() for page in part.pages]
SHOTS = sorted({block.file for page in PAGES for block in page.blocks if isinstance(block, Shot)})
LONGEST = 950
"""Words of a page at most: five minutes of reading."""
LARGEST = 150_000
"""Bytes of a picture at most."""
page_by_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def test_the_contents_name_every_page_once() -> None:
    listed = [name for _, names in PARTS for name in names]
    assert sorted(listed) == sorted(path.stem for path in resource("aide").glob("*.md"))
    with pytest.raises(NotFound, match="n’a pas de page"):
        guide.page("inconnue")


def test_every_section_of_the_program_has_one_page() -> None:
    told = [place for page in PAGES for place in guide.places_of(page)]
    assert len(told) == len(set(told))
    lacking = [(t.title, place.title) for t in places.TABS for place in t.places if (t.title, place.title) not in told]
    assert lacking == [("Accueil", "Accueil")]  # told of as the tab that it fills


def test_a_page_tells_of_places_that_are_there() -> None:
    """As one goes there: « Autres » is named where it is gone through."""
    ways = {
        (tab.title, *(["Autres"] if place.aside else []), place.title) for tab in places.TABS for place in tab.places
    }
    ways |= {(tab.title,) for tab in places.TABS}
    ways |= {("Contrats", "Contrats", title) for title, _ in ContractPage.tabs}
    ways |= {("Indicateurs", "Satisfaction", title) for title, _ in SurveyPage.tabs}
    told = {place for page in PAGES for block in page.blocks if isinstance(block, Where) for place in block.places}
    assert told <= ways


@page_by_page
def test_every_link_of_a_page_leads_somewhere(page: GuidePage) -> None:
    assert set(links(page)) <= _targets()


@page_by_page
def test_a_page_is_short_and_says_something_first(page: GuidePage) -> None:
    said = [text for block in page.blocks if not isinstance(block, Term) for text in texts(block)]
    assert 40 < len(" ".join(said).split()) < LONGEST
    anchors = [block.anchor for block in page.blocks if isinstance(block, Heading | Term)]
    assert len(anchors) == len(set(anchors))


@page_by_page
def test_a_page_is_typeset_as_french_is(page: GuidePage) -> None:
    said = " ".join(text for block in page.blocks for text in texts(block))
    assert "'" not in said
    assert not re.search(r"[^\u00a0\d] [:;!?%»]|« ", said)
    assert not re.search(r"[*`]|\]\(|\.\.\.", said), "something of the Markdown was not read"


@page_by_page
def test_the_words_of_the_program_are_those_of_the_program(page: GuidePage) -> None:
    """What a page calls « *Nouvelle consultation* » or « *Trier…* » is written so on a screen."""
    named = [piece.text for block in page.blocks if isinstance(block, Para) for piece in block.pieces
             if piece.weight == "soft" and piece.text.endswith("…")]  # fmt: skip
    said = _said()
    wanted = [step.strip().rstrip("…") for text in named for step in re.split(r"[,›>→]", text.replace("\u00a0", " "))]
    assert not [step for step in wanted if step not in said and not re.search(r"\d", step)]


@pytest.mark.parametrize("file", SHOTS)
def test_every_picture_is_there_and_light(file: str) -> None:
    content = guide.picture(file)
    with Image.open(BytesIO(content)) as shown:
        assert shown.width <= 1300
        assert shown.mode == "P"
    assert len(content) < LARGEST


def test_no_picture_is_left_over() -> None:
    assert sorted(path.name for path in resource("aide/images").glob("*.png")) == SHOTS


def test_the_glossary_holds_the_words_of_the_trade() -> None:
    terms = [block for block in guide.page("glossaire").blocks if isinstance(block, Term)]
    assert len(terms) >= 80
    assert {term.term for term in terms} >= set(WORDS)
    assert [fold(term.term) for term in terms] == sorted(fold(term.term) for term in terms)
    assert all(plain(term.meaning).endswith(".") for term in terms)


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (("Accueil", "Accueil"), "accueil"),
        (("Contrats", "Contrats"), "contrats"),
        (("Contrats", "Contrats", "RGPD"), "rgpd"),
        (("Contrats", "Contrats", "Historique"), "contrats"),
        (("Inventaire", "Réseau"), "personnes"),
        (("Inventaire", "Ailleurs"), "inventaire"),
        (("Ailleurs",), "bienvenue"),
    ],
)
def test_f1_opens_the_page_of_what_is_in_front(place: tuple[str, ...], name: str) -> None:
    assert guide.page_at(*place) == name


@cache
def _targets() -> set[str]:
    anchors = {
        f"{page.name}#{block.anchor}" for page in PAGES for block in page.blocks if isinstance(block, Heading | Term)
    }
    return {page.name for page in PAGES} | anchors


@cache
def _said() -> str:
    """All the words that the program may show."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in APP.rglob("*.py"))
    nodes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    words = "\n".join(node.value for node in nodes if isinstance(node.value, str))
    return words.replace("\u00a0", " ").replace("&", "")
