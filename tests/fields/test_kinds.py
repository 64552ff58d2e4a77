"""Each kind reads back what it puts in its editor, and refuses in a sentence what it cannot take."""

import inspect
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from app.codes import Code, labels
from app.fields import Choice, Count, Day, Field, Flag, Minutes, Moment, Money, Number, OneOf, Ref, Text
from app.fields.checks import siren
from app.models import codes

NB = "\u00a0"
CODES = [c for _, c in inspect.getmembers(codes, inspect.isclass) if issubclass(c, Code) and c is not Code]
ANY: dict[str, Any] = {"name": "x", "label": "X"}
STATUS = Choice(**ANY, options=codes.AssetStatus)
YEARS = Count(**ANY, unit="ans", high=2000)
INCHES = Number(**ANY, unit="pouces")
SIZE = OneOf(**ANY, options=(("a4", "A4"), ("a3", "A3 ou plus")))


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (Text(**ANY), "PC de l’accueil", "PC de l’accueil"),
        (Text(**ANY, multiline=True), "un\ndeux", "un\ndeux"),
        (YEARS, 1500, f"1{NB}500{NB}ans"),
        (Count(**ANY, low=-5), -3, "−3"),
        (Count(**ANY, places=2), 4875, "48,75"),
        (Count(**ANY, grouped=False), 2026, "2026"),
        (Count(**ANY, places=1, unit="%"), 543, "54,3\u00a0%"),
        (INCHES, Decimal("15.6"), f"15,6{NB}pouces"),
        (INCHES, Decimal(1200), f"1{NB}200{NB}pouces"),
        (Number(**ANY), Decimal("-0.125"), "−0,125"),
        (SIZE, "a3", "A3 ou plus"),
        (Money(**ANY), 123450, f"1{NB}234,50{NB}€"),
        (Minutes(**ANY), 265, f"4{NB}h{NB}25"),
        (Minutes(**ANY), 61234, f"1{NB}020{NB}h{NB}34"),
        (Day(**ANY), date(2026, 11, 21), "21/11/2026"),
        (Moment(**ANY), datetime(2026, 11, 21, 13, 5, tzinfo=UTC), "21/11/2026 14:05"),
        (Moment(**ANY), datetime(2026, 11, 21, 13, 5, 30, tzinfo=UTC), "21/11/2026 14:05"),
        (STATUS, codes.AssetStatus.IN_REPAIR, "En réparation"),
        (Flag(**ANY), True, "Oui"),
        (Flag(**ANY), False, "Non"),
    ],
)
def test_shown_and_read_back(kind: Field, value: Any, shown: str) -> None:
    assert kind.format(value) == shown
    assert kind.read(kind.edit(value)) == value
    assert kind.check(value) == value


@pytest.mark.parametrize(
    "kind",
    [Text(**ANY), YEARS, INCHES, Money(**ANY), Minutes(**ANY), Day(**ANY), Moment(**ANY), STATUS, SIZE, Flag(**ANY)],
)
def test_nothing_typed_is_nothing_kept(kind: Field) -> None:
    assert kind.read("  ") is None
    assert kind.edit(None) == ""
    assert kind.format(None) == "–"
    assert kind.check(None) is None


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        (YEARS, "trois", "nombre"),
        (INCHES, "1,2345", "3 chiffres"),
        (SIZE, "A5", "A4, A3 ou plus"),
        (Money(**ANY), "cher", "montant"),
        (Minutes(**ANY), "long", "durée"),
        (Day(**ANY), "bientôt", "date"),
        (Moment(**ANY), "bientôt", "heure"),
        (STATUS, "perdu", "Choisissez dans la liste\u00a0: En service, En stock"),
        (Flag(**ANY), "peut-être", "oui ou non"),
    ],
)
def test_a_text_is_refused(kind: Field, text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        kind.read(text)


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        (Text(**ANY, max_length=3), "abcd", "3 caractères au plus\u00a0: il y en a 4"),
        (Text(**ANY, multiline=True), "a" * 20_001, "caractères au plus"),
        (Text(**ANY, checked_by=siren), "732829321", "clé est fausse"),
        (YEARS, 2001, "nombre de 0 à"),
        (SIZE, "a5", "Choisissez dans la liste"),
        (Money(**ANY), -1, "négatif"),
        (Money(**ANY, negative=True), -(10**13) - 1, "trop grand"),
    ],
)
def test_a_value_is_refused(kind: Field, value: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        kind.check(value)


def test_a_check_gives_the_normal_form() -> None:
    assert Text(**ANY, checked_by=siren).check("732 829 320") == "732829320"


def test_a_negative_amount_where_it_is_allowed() -> None:
    assert Money(**ANY, negative=True).check(-100) == -100


def test_a_unit_may_be_typed() -> None:
    assert YEARS.read(" 5 ans ") == 5
    assert INCHES.read(" 15,6 pouces") == Decimal("15.6")


def test_a_value_no_longer_in_the_list_is_still_shown() -> None:
    assert SIZE.format("A2") == "A2"


@pytest.mark.parametrize("text", ["in_repair", "EN RÉPARATION", "en reparation", " En  réparation "])
def test_a_choice_is_read_as_people_write_it(text: str) -> None:
    assert STATUS.read(text) is codes.AssetStatus.IN_REPAIR


@pytest.mark.parametrize("options", CODES, ids=lambda c: c.__name__)
def test_each_word_of_a_closed_list_is_read_back(options: type[Code]) -> None:
    kind = Choice(**ANY, options=options)
    assert [kind.read(member.label) for member in options] == list(options)
    assert [kind.read(member.value) for member in options] == list(options)
    assert list(labels(options)) == [member.value for member in options]


@pytest.mark.parametrize(
    ("kind", "right"), [(YEARS, True), (Money(**ANY), True), (Minutes(**ANY), True), (STATUS, False)]
)
def test_numbers_stand_at_the_right(kind: Field, right: bool) -> None:
    assert kind.right is right


def test_a_reference_shows_the_title_it_is_given() -> None:
    assert Ref(**ANY, target="site").format("Dijon") == "Dijon"
