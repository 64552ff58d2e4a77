import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select, text, update

from app.models import Person
from app.storage import Store
from app.storage.search import MAX_WORDS, match_expression
from tests.storage.things import add_people, person

FOUND = text("SELECT rowid FROM person_fts WHERE person_fts MATCH :match")


def found(store: Store, typed: str) -> list[int]:
    with store.read() as session:
        return sorted(session.scalars(FOUND, {"match": match_expression(typed)}))


@pytest.mark.parametrize(
    ("typed", "expression"),
    [
        ("", None),
        ("  ", None),
        ("- * ()", None),
        ("dup", '"dup"*'),
        ("pc-12 dup", '"pc-12"* AND "dup"*'),
        ('a"b', '"a""b"*'),
        ("a\x00b", '"a"* AND "b"*'),
        ("NOT", '"NOT"*'),
        ("nom:x", '"nom:x"*'),
    ],
)
def test_typed_words_become_quoted_prefixes(typed: str, expression: str | None) -> None:
    assert match_expression(typed) == expression


def test_many_words_are_cut() -> None:
    expression = match_expression("mot " * 1000)
    assert expression is not None
    assert expression.count("mot") == MAX_WORDS


def test_search_ignores_accents_and_case(store: Store) -> None:
    add_people(store, "Élodie Lefèvre")
    assert found(store, "lefev ELO") == [1]
    assert found(store, "lefev marc") == []


def test_search_follows_each_write(store: Store) -> None:
    with store.begin() as session:
        session.add_all([person("Durand"), person("Martin")])
    with store.begin() as session:
        session.execute(update(Person).where(Person.last_name == "Durand").values(last_name="Petit"))
        session.execute(delete(Person).where(Person.last_name == "Martin"))
    assert [found(store, typed) for typed in ("durand", "petit", "martin")] == [[], [1], []]


def test_search_index_agrees_with_its_table(store: Store) -> None:
    add_people(store, "Durand", "Martin")
    with store.begin() as session:
        session.scalars(select(Person)).first().phone = "06"  # type: ignore[union-attr]
        session.execute(text("INSERT INTO person_fts (person_fts, rank) VALUES ('integrity-check', 1)"))


@given(typed=st.text(max_size=40))
def test_no_text_breaks_a_search(typed: str) -> None:
    expression = match_expression(typed)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(a, tokenize='unicode61 remove_diacritics 2')")
        if expression is not None:
            assert connection.execute("SELECT * FROM t WHERE t MATCH ?", (expression,)).fetchall() == []
