"""What one form says, apart from how it came back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.models import Evaluation
from app.rules import evaluation as rule

NOTES = tuple(f"c{n}" for n in range(1, 10))
QUESTIONS = {"q1": "solved", "q2": "tested", "q3": "data_intact", "q4": "again"}
"""Line of the form -> column."""
TEXTS = {"t1": "liked", "t2": "to_improve", "t3": "reserves"}
YES, NO = 1, 0
"""The values of the boxes of a question."""


@dataclass(frozen=True, slots=True)
class Answers:
    """`notes` are the nine criteria in their order, 1 to 5, 0 « sans avis », None left empty; so are the questions
    without an answer."""

    notes: tuple[int | None, ...] = (None,) * len(NOTES)
    solved: bool | None = None
    tested: bool | None = None
    data_intact: bool | None = None
    again: bool | None = None
    liked: str = ""
    to_improve: str = ""
    reserves: str = ""

    @property
    def answered(self) -> int:
        return rule.answered(self.notes)

    @property
    def note(self) -> int | None:
        """In hundredths out of 5."""
        return rule.note(self.notes)


def of_lines(lines: Mapping[str, int | None], texts: Mapping[str, str]) -> Answers:
    """From the lines of the form: « c1 » to « c9 », « q1 » to « q4 », « t1 » to « t3 »; what is not there is empty."""
    given: dict[str, Any] = {column: _flag(lines.get(line)) for line, column in QUESTIONS.items()}
    given |= {column: texts.get(line, "") for line, column in TEXTS.items()}
    return Answers(tuple(lines.get(line) for line in NOTES), **given)


def _flag(value: int | None) -> bool | None:
    return None if value is None else value == YES


def to_lines(answers: Answers) -> tuple[dict[str, int | None], dict[str, str]]:
    """The lines and the texts of the form, for whoever corrects them."""
    lines: dict[str, int | None] = dict(zip(NOTES, answers.notes, strict=True))
    words = {True: YES, False: NO, None: None}
    lines |= {line: words[getattr(answers, column)] for line, column in QUESTIONS.items()}
    return lines, {line: getattr(answers, column) for line, column in TEXTS.items()}


def kept(evaluation: Evaluation) -> Answers:
    """Those of a form already recorded."""
    others: dict[str, Any] = {column: getattr(evaluation, column) for column in QUESTIONS.values()}
    others |= {column: getattr(evaluation, column) or "" for column in TEXTS.values()}
    return Answers(tuple(getattr(evaluation, name) for name in NOTES), **others)
