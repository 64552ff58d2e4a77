"""The page or two of an anonymous questionnaire, laid out from its questions (domain.md G.3)."""

from dataclasses import dataclass
from typing import Literal

from app.reports.form_model import FormModel

Kind = Literal["scale", "recommend", "effort", "open"]
"""1 to 5 or « sans avis » (0) · 0 to 10 · 1 to 5 or « sans avis » · free words. The stored values of QuestionKind."""


@dataclass(frozen=True, slots=True)
class Question:
    """`key` names its line, or its text field, in what is read back."""

    key: str
    kind: Kind
    text: str
    block: str = ""


def questionnaire(key: str, questions: tuple[Question, ...]) -> FormModel:
    """`key` is the number of the questionnaire; its pages follow from its questions, always the same for the same."""
    raise NotImplementedError
