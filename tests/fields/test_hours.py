"""The hours of a day, read as they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.fields.hours import read_slots, slots_text

NB = "\u00a0"


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("9 h - 12 h 30, 14 h - 18 h", ((540, 750), (840, 1080))),
        ("9h-12h30 14h-18h".replace(" ", ";"), ((540, 750), (840, 1080))),
        ("14:00 – 18:00 et 9:00-12:30", ((540, 750), (840, 1080))),
        ("de 8 à 19 h", ((480, 1140),)),
        ("0 h - 24 h", ((0, 1440),)),
        ("9 h - 12 h, 12 h - 18 h", ((540, 720), (720, 1080))),
        ("", ()),
        ("fermé", ()),
    ],
)
def test_read_slots(text: str, slots: tuple[tuple[int, int], ...]) -> None:
    assert read_slots(text) == slots


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("matin", "Écrivez les heures"),
        ("9 h", "Écrivez les heures"),
        ("9 h - 25 h", "Écrivez les heures"),
        ("9 h 75 - 12 h", "Écrivez les heures"),
        ("12 h - 9 h", "la fin précède le début"),
        ("9 h - 9 h", "la fin précède le début"),
        (
            "9 h - 13 h, 12 h - 18 h",
            f"«{NB}9{NB}h - 13{NB}h{NB}» et «{NB}12{NB}h - 18{NB}h{NB}» se chevauchent.",
        ),
    ],
)
def test_read_slots_refuses(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_slots(text)


@given(st.lists(st.integers(0, 1440), min_size=2, max_size=8, unique=True).filter(lambda times: len(times) % 2 == 0))
def test_hours_written_are_read_back(times: list[int]) -> None:
    marks = sorted(times)
    slots = tuple(zip(marks[::2], marks[1::2], strict=True))
    assert read_slots(slots_text(slots)) == slots
