"""From the ink of its boxes to the answer of a line (papers.md 3), and what may not be taken for one."""

from collections.abc import Sequence

import pytest

from app.reports.form_model import FormBox, FormLine
from app.services.reading import form_lines
from app.services.reading.form_boxes import Ink
from app.services.reading.form_data import LineRead, LineState, MarkKind

BOXES = tuple(FormBox(value, 110 + 14 * i, 86, "") for i, value in enumerate((1, 2, 3, 4, 5, 0)))
OUT = (0.0, 0.0, 0.0, 0.0)
ROUND = (0.2, 0.2, 0.2, 0.0)


def line(name: str) -> FormLine:
    return FormLine(name, name, BOXES, 24, 86, 78)


def ink(
    dark: float = 0.0,
    shade: float | None = None,
    ring: tuple[float, float, float, float] = OUT,
    speck: bool = False,
    across: float = 0.0,
) -> Ink:
    return Ink(dark, dark * 0.7 if shade is None else shade, speck, ring, across, 0.5)


def page(asked: dict[int, Ink], habit: float = 0.3, others: int = 8) -> tuple[LineRead, ...]:
    """The line asked for, then others each with one mark of this darkness."""
    made: dict[str, Sequence[Ink]] = {"asked": [asked.get(box.value, ink()) for box in BOXES]}
    for i in range(others):
        made[f"c{i}"] = [ink(habit if k == i % 6 else 0.0) for k in range(6)]
    return form_lines.read([line(name) for name in made], made)


def read(asked: dict[int, Ink], habit: float = 0.3, others: int = 8) -> LineRead:
    return page(asked, habit, others)[0]


CROSS, FULL = ink(0.3), ink(0.95)


@pytest.mark.parametrize(
    ("asked", "habit", "value"),
    [
        ({4: CROSS}, 0.3, 4),
        ({0: CROSS}, 0.3, 0),
        ({4: ink(0.06)}, 0.3, 4),
        ({4: ink(0.70)}, 0.3, 4),
        ({4: FULL}, 0.95, 4),  # who blackens all answers
        ({4: ink(0.74)}, 0.95, 4),  # the same, blackened less well
        ({4: FULL, 2: CROSS}, 0.3, 2),  # the printed rule: blackened is cancelled
        ({4: FULL, 5: FULL, 2: CROSS}, 0.3, 2),
        ({4: CROSS, 2: ink(0.04, speck=True)}, 0.3, 4),  # a dot of dirt in another box
        ({4: CROSS, 2: ink(0.025, 0.03)}, 0.3, 4),  # dust
        ({4: ink(0.95, across=0.4)}, 0.95, 4),  # blackened with a large hand
        ({4: ink(0.76)}, 0.5, 4),  # a thick pen crosses everywhere
        ({4: ink(0.74)}, 0.74, 4),  # every answer is as full
    ],
)
def test_what_is_plain_is_read(asked: dict[int, Ink], habit: float, value: int) -> None:
    found = read(asked, habit)
    assert (found.state, found.value, found.why) == (LineState.SURE, value, "")


@pytest.mark.parametrize(
    ("asked", "habit", "guess", "why"),
    [
        ({4: CROSS, 2: CROSS}, 0.3, None, form_lines.TWO),
        ({4: CROSS, 2: ink(0.04)}, 0.3, 4, form_lines.PALE),
        ({4: CROSS, 2: ink(0.0, 0.05)}, 0.3, 4, form_lines.PALE),
        ({4: FULL}, 0.3, 4, form_lines.CANCELLED),
        ({4: FULL, 3: FULL}, 0.95, None, form_lines.TWO),
        ({4: FULL, 3: CROSS}, 0.95, 3, form_lines.TWO),  # who blackens, and crosses once: which is it?
        ({4: ink(0.74)}, 0.3, 4, form_lines.HEAVY),
        ({4: ink(0.74), 2: ink(0.5)}, 0.5, 2, form_lines.HEAVY),  # a thick pen, but two marks
        ({4: ink(0.04)}, 0.95, 4, form_lines.PALE),
        ({4: ink(0.74), 2: FULL}, 0.95, None, form_lines.HEAVY),
        ({4: ink(0.04)}, 0.3, 4, form_lines.PALE),
        ({4: ink(0.04, speck=True)}, 0.3, 4, form_lines.PALE),  # alone, a dot may be an answer
        ({4: ink(0.0, 0.02)}, 0.3, 4, form_lines.PALE),
        ({4: ink(0.0, 0.02), 5: ink(0.0, 0.02)}, 0.3, None, form_lines.PALE),
        ({4: ink(ring=ROUND)}, 0.3, 4, form_lines.BESIDE),
        ({4: ink(ring=(0.0, 0.0, 0.3, 0.0))}, 0.3, 4, form_lines.BESIDE),
        ({4: CROSS, 2: ink(ring=ROUND)}, 0.3, 4, form_lines.CIRCLED),
        ({4: ink(0.3, across=0.4)}, 0.3, None, form_lines.BARRED),
    ],
)
def test_what_is_not_plain_is_a_doubt(asked: dict[int, Ink], habit: float, guess: int | None, why: str) -> None:
    found = read(asked, habit)
    assert (found.state, found.value, found.guess, found.why) == (LineState.DOUBT, None, guess, why)


def test_nothing_is_no_answer() -> None:
    found = read({2: ink(ring=(0.08, 0.0, 0.0, 0.0))})
    assert (found.state, found.value, found.guess) == (LineState.EMPTY, None, None)
    assert set(found.marks) == {MarkKind.NONE}


def test_a_dot_of_dirt_is_no_trace_of_a_pencil() -> None:
    assert read({4: ink(0.02, 0.03, speck=True)}).state is LineState.EMPTY
    assert read({4: ink(0.02, 0.03)}).why == form_lines.PALE


def test_nothing_is_a_doubt_where_others_wrote_in_pencil() -> None:
    measured = {
        "asked": [ink() for _ in BOXES],
        **{f"p{i}": [ink(0.04 if k == i else 0.0) for k in range(6)] for i in range(2)},
        **{f"c{i}": [ink(0.3 if k == i else 0.0) for k in range(6)] for i in range(4)},
    }
    found = form_lines.read([line(name) for name in measured], measured)[0]
    assert (found.state, found.why) == (LineState.DOUBT, form_lines.PENCILLED)


def test_a_grained_page_raises_what_counts() -> None:
    inks = [ink(0.02) for _ in range(60)]
    assert form_lines.levels(inks).marked == pytest.approx(0.09)
    assert form_lines.levels([ink() for _ in range(60)]).marked == form_lines.MARKED


def test_a_page_without_lines_has_none() -> None:
    assert form_lines.read((), {}) == ()
    assert not form_lines.is_pale(())


@pytest.mark.parametrize(("sure", "empty", "pale"), [(13, 0, False), (2, 4, True), (6, 6, True), (7, 6, False)])
def test_a_page_of_few_answers_is_pale(sure: int, empty: int, pale: bool) -> None:
    lines = [LineRead("c", LineState.SURE, 3)] * sure + [LineRead("c", LineState.EMPTY)] * empty
    assert form_lines.is_pale(lines) is pale
