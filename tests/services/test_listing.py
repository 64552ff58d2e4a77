"""Lists: what is shown, in which order, found by which words."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.models import Asset, Person, Site
from app.models.codes import AssetStatus, Verdict
from app.services import listing, records, setup
from app.services.listing import Filter, Query
from app.storage import Store

ASSET = ENTITIES["asset"]
PERSON = ENTITIES["person"]


def fill(session: Session) -> None:
    setup.ensure(session)
    session.add_all([Site(name="Dijon"), Site(name="Beaune")])
    session.add_all([Person(first_name="Hélène", last_name="Morvan"), Person(first_name="Zoé", last_name="Ecole")])
    session.flush()
    rows = [
        ("PC-0001", "Dell", "OptiPlex", 1, 1, date(2026, 1, 1), AssetStatus.IN_SERVICE, 100_00),
        ("PC-0002", "École", "Zèbre", 2, 2, None, AssetStatus.IN_REPAIR, 250_50),
        ("PC-0003", "Zyxel", "USG", 1, None, date(2027, 1, 1), AssetStatus.IN_STOCK, None),
        ("PC-0004", "écho", "Show", None, None, date(2025, 1, 1), AssetStatus.RETIRED, 1),
    ]
    for number, brand, model, site, person, warranty, status, price in rows:
        session.add(
            Asset(number=number, brand=brand, model=model, family_id=1, site_id=site, person_id=person,
                  warranty_end=warranty, status=status, price=price)
        )  # fmt: skip
    session.flush()


@pytest.fixture
def filled(store: Store) -> Store:
    with store.begin() as session:
        fill(session)
    return store


def numbers(store: Store, **changes: object) -> list[str]:
    query = Query(**{"columns": ("number",), "sort": "number", **changes})  # type: ignore[arg-type]
    with store.read() as session:
        return [row.values[0] for row in listing.page(session, ASSET, query)]


@pytest.mark.parametrize(
    ("sort", "descending", "expected"),
    [
        ("number", False, "1234"),
        ("number", True, "4321"),
        ("brand", False, "1423"),  # écho stands before École, both between Dell and Zyxel
        ("brand", True, "3241"),
        ("site_id", False, "2134"),  # Beaune, Dijon, then no site
        ("person_id", False, "1234"),
        ("warranty_end", False, "4132"),  # nothing stands last in both directions
        ("warranty_end", True, "3142"),
        ("status", False, "1324"),  # the order in which the words are declared
        ("label", False, "1423"),
        ("price", True, "2143"),
    ],
)
def test_order(filled: Store, sort: str, descending: bool, expected: str) -> None:
    found = numbers(filled, sort=sort, descending=descending)
    assert "".join(n[-1] for n in found) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1234"),
        ("dell", "1"),
        ("ECOLE", "2"),
        ("dijon", "13"),
        ("helene", "1"),
        ("morvan dijon", "1"),
        ("morvan beaune", ""),
        ("pc-0003", "3"),
        ("absent", ""),
        ('"*(', "1234"),
        ("zeb", "2"),
    ],
)
def test_words(filled: Store, text: str, expected: str) -> None:
    assert "".join(n[-1] for n in numbers(filled, text=text)) == expected
    with filled.read() as session:
        assert listing.count(session, ASSET, Query(("number",), "number", text=text)) == len(expected)


def test_plentiful_words_give_the_same_rows(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    few = numbers(filled, text="pc", sort="brand")
    monkeypatch.setattr(listing, "PLENTY", 0)
    assert numbers(filled, text="pc", sort="brand") == few


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter("status", (AssetStatus.IN_SERVICE, AssetStatus.RETIRED)), "14"),
        (Filter("site_id", (1,)), "13"),
        (Filter("site_id", (2, None)), "24"),
        (Filter("warranty_end", low=date(2026, 1, 1)), "13"),
        (Filter("warranty_end", low=date(2025, 1, 1), high=date(2026, 1, 1)), "14"),
        (Filter("price", high=100_00), "14"),
        (Filter("warranty_end", (None,), low=date(2026, 1, 1)), "123"),
    ],
)
def test_filters(filled: Store, wanted: Filter, expected: str) -> None:
    assert "".join(n[-1] for n in numbers(filled, filters=(wanted,))) == expected


def test_rows_carry_titles_icons_and_none(filled: Store) -> None:
    query = Query(("label", "site_id", "person_id", "warranty_end"), "number")
    with filled.read() as session:
        first, second = listing.page(session, ASSET, query)[:2]
    assert first.values == ("Dell OptiPlex", "Dijon", "Hélène Morvan", date(2026, 1, 1))
    assert first.icon == "pc-case"
    assert second.values[3] is None


def test_totals_are_of_what_is_shown(filled: Store) -> None:
    with filled.read() as session:
        every = listing.totals(session, ASSET, Query(("number",), "number"))
        one = listing.totals(session, ASSET, Query(("number",), "number", text="dell"))
        none = listing.totals(session, PERSON, listing.default_query(PERSON))
    assert (every["price"], one["price"], none) == (350_51, 100_00, {})


def test_ids_limit_the_list_and_the_bin_is_apart(filled: Store) -> None:
    with filled.begin() as session:
        records.to_bin(session, ASSET, [2])
    assert len(numbers(filled)) == 3
    assert numbers(filled, in_bin=True) == ["PC-0002"]
    assert numbers(filled, ids=(1, 2)) == ["PC-0001"]
    assert numbers(filled, ids=()) == []


def test_distinct_values_of_a_filter(filled: Store) -> None:
    with filled.read() as session:
        assert listing.distinct(session, ASSET, "site_id") == [(2, "Beaune", 1), (1, "Dijon", 2), (None, "–", 1)]
        assert [text for _, text, _ in listing.distinct(session, ASSET, "brand")] == ["Dell", "écho", "École", "Zyxel"]


def test_paging(filled: Store) -> None:
    query = Query(("number",), "number")
    with filled.read() as session:
        got = [row.values[0] for row in listing.page(session, ASSET, query, offset=1, limit=2)]
    assert got == ["PC-0002", "PC-0003"]


def test_names_that_identify_are_in_french_order_too(filled: Store) -> None:
    family = ENTITIES["family"]
    with filled.read() as session:
        names = [row.values[0] for row in listing.page(session, family, listing.default_query(family))]
    assert names.index("Écran") == names.index("Commutateur") + 1


def test_the_verdict_that_holds_is_a_column_sorted_and_filtered(morvan: Store) -> None:
    with morvan.read() as session:
        rows = listing.page(session, ASSET, Query(("number", "verdict", "place"), "verdict", descending=True))
        assert [row.values for row in rows[:2]] == [
            ("PC-0009", Verdict.E, "Dijon, Atelier, placage"), ("MOB-0002", Verdict.D, "Dijon, Chantiers"),
        ]  # fmt: skip
        assert [value for value, _, _ in listing.distinct(session, ASSET, "verdict")] == [*Verdict, None]
        dead = Query(("number",), "number", filters=(Filter("verdict", (Verdict.E,)),))
        assert [row.values for row in listing.page(session, ASSET, dead)] == [("PC-0009",)]
        assert listing.count(session, ASSET, dead) == 1
