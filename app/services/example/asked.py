"""What the employees of the example company answered, without their names: a survey a year (domain.md G.3)."""

from datetime import date, timedelta
from random import Random
from typing import Any

from app.fields import clean_line
from app.models import (
    Questionnaire,
    SatisfactionAnswer,
    SatisfactionQuestion,
    SatisfactionResponse,
    SatisfactionSurvey,
)
from app.models.upkeep_codes import AnswerSource, QuestionKind
from app.services.example.world import Card, Rows, World, data
from app.services.satisfaction import usual

MEAN, SPREAD = 3.6, 0.9
NO_OPINION, EMPTY = 0.05, 0.03
WRITTEN, NAMED = 0.3, 0.8
MONTH = timedelta(days=30)
SOURCES = (AnswerSource.SCAN, AnswerSource.SCAN, AnswerSource.SCAN, AnswerSource.FIELDS)


def ask_all(world: World) -> None:
    rng = world.draw("enquêtes")
    told = data("opinions")
    surveys = sorted(told["surveys"], key=lambda card: -card["months"])
    opened = [world.today - card["months"] * MONTH for card in surveys]
    version, questions = _questionnaire(world, rng)
    for card, on in zip(surveys, opened, strict=True):
        _survey(world, rng, card, on, version, questions)


def _questionnaire(world: World, rng: Random) -> tuple[int, dict[int, usual.Asked]]:
    rows = Rows(world, Questionnaire, rng)
    told = {"title": usual.TITLE, "purpose": usual.PURPOSE, "retention": usual.RETENTION}
    made = rows.add({"number": world.number("QS", 2), **told})
    rows.write()
    asked = Rows(world, SatisfactionQuestion, rng)
    known = {}
    for position, one in enumerate(usual.QUESTIONS, 1):
        key, block, kind, text = one
        values = {
            "questionnaire_id": made,
            "position": position,
            "key": key,
            "block": block,
            "kind": kind,
            "text": clean_line(text),
        }
        known[asked.add(values)] = one
    asked.write()
    return made, known


def _survey(  # noqa: PLR0917 - what a survey is drawn from
    world: World, rng: Random, card: Card, on: date, version: int, questions: dict[int, usual.Asked]
) -> None:
    count = len(world.people)
    rows = Rows(world, SatisfactionSurvey, rng)
    made = rows.add({
        "number": world.number(f"ENQ-{on.year}", 2), "questionnaire_id": version, "title": card["title"],
        "opened_on": on, "closed_on": on + timedelta(days=card["days"]), "invited": count, "sheets": count,
    })  # fmt: skip
    rows.write()
    back = rng.sample(world.people, round(count * card["rate"]))
    sheets = rng.sample(range(1, count + 1), len(back))
    responses, answers = Rows(world, SatisfactionResponse, rng), Rows(world, SatisfactionAnswer, rng)
    for person, sheet in zip(back, sheets, strict=True):
        response = responses.add({
            "survey_id": made, "sheet": sheet, "site_id": person.site_id,
            "service": person.service if rng.random() < NAMED else None, "source": rng.choice(SOURCES),
            "received_on": on + timedelta(days=rng.randrange(1, card["days"])),
        })  # fmt: skip
        mood = MEAN + card["shift"] + rng.gauss(0, SPREAD / 2)
        for question, asked in questions.items():
            if (told := _answer(rng, mood, asked)) is not None:
                answers.add({"response_id": response, "question_id": question, **told})
    responses.write()
    answers.write()


def _answer(rng: Random, mood: float, asked: usual.Asked) -> dict[str, Any] | None:
    """None for a question left empty."""
    key, _, kind, _ = asked
    card = data("opinions")
    if kind == QuestionKind.OPEN:
        return {"text": rng.choice(card["open"])} if rng.random() < WRITTEN else None
    drawn = rng.random()
    if drawn < EMPTY:
        return None
    if kind == QuestionKind.RECOMMEND:
        return {"value": min(10, max(0, round(2 * rng.gauss(mood, SPREAD / 2) + 0.4)))}
    if drawn < EMPTY + NO_OPINION:
        return {"value": 0}
    return {"value": min(5, max(1, round(rng.gauss(mood + card["questions"].get(key, 0), SPREAD))))}
