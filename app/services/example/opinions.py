"""What the people of the example company thought: forms after interventions, most of them back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from app.fields import PARIS
from app.models import Evaluation, Intervention, Ticket
from app.models.codes import InterventionKind
from app.models.upkeep_codes import AnswerSource, EvaluationState
from app.rules import evaluation as rule
from app.services.evaluations.answers import NOTES
from app.services.example.world import Card, Rows, World, data

ASKED = {InterventionKind.REMOTE: 0.3, InterventionKind.ON_SITE: 0.8, InterventionKind.WORKSHOP: 0.6}
"""Share of the interventions after which a form is handed out."""
RETURNED = 0.72
BACK_WITHIN = 12
SOURCES = (AnswerSource.SCAN, AnswerSource.SCAN, AnswerSource.TYPED, AnswerSource.FIELDS)
MEAN, SPREAD, LATE_COST = 4.05, 0.75, 0.9
NO_OPINION, EMPTY, SHORT = 0.07, 0.03, 0.03
WRITTEN = 0.22
UNSOLVED = 0.03
OLD = timedelta(days=120)
"""Forms that never came back are given up after that long: the example does not print them."""


def judge(world: World) -> None:
    rng = world.draw("évaluations")
    rows = Rows(world, Evaluation, rng)
    done = world.session.execute(
        select(
            Intervention.id, Intervention.kind, Intervention.technician, Intervention.ended_at, Intervention.solved,
            Ticket.requester_id, Ticket.restore_met,
        )
        .join(Ticket, Ticket.id == Intervention.ticket_id)
        .where(Intervention.ended_at.is_not(None))
        .order_by(Intervention.ended_at, Intervention.id)
    )  # fmt: skip
    for one in done:
        if rng.random() < ASKED[one.kind]:
            _form(world, rng, rows, one)
    rows.write()


def _form(world: World, rng: Random, rows: Rows, done: Any) -> None:
    printed = _day(done.ended_at)
    back = printed + timedelta(days=rng.randrange(BACK_WITHIN))
    returned = rng.random() < RETURNED and back < world.today
    if not returned and printed < world.today - OLD:
        return
    told: dict[str, Any] = {
        "number": world.number(f"EV-{printed.year}"), "model": "G1", "intervention_id": done.id,
        "person_id": done.requester_id, "printed_on": printed, "state": EvaluationState.EXPECTED, "answered": 0,
    }  # fmt: skip
    if returned:
        told |= {"state": EvaluationState.RECEIVED, "received_on": back, "source": rng.choice(SOURCES)}
        told |= _answers(rng, data("opinions"), done)
    rows.add(told)


def _answers(rng: Random, card: Card, done: Any) -> dict[str, Any]:
    mood = MEAN + card["technicians"].get(done.technician, 0) - (LATE_COST if done.restore_met is False else 0)
    mood += rng.gauss(0, SPREAD / 2)
    notes = [_note(rng, mood + shift) for shift in card["criteria"]]
    if rng.random() < SHORT:
        notes[4:] = [None] * (len(notes) - 4)
    solved = done.solved is not False and rng.random() >= UNSOLVED
    return {
        **dict(zip(NOTES, notes, strict=True)),
        "solved": solved, "tested": rng.random() < 0.85, "data_intact": True, "again": not solved,  # noqa: PLR2004
        "liked": _words(rng, card["liked"]), "to_improve": _words(rng, card["to_improve"]),
        "reserves": None if solved else rng.choice(card["reserves"]),
        "answered": rule.answered(notes), "note": rule.note(notes),
    }  # fmt: skip


def _note(rng: Random, mood: float) -> int | None:
    drawn = rng.random()
    if drawn < EMPTY:
        return None
    return 0 if drawn < EMPTY + NO_OPINION else min(5, max(1, round(rng.gauss(mood, SPREAD))))


def _words(rng: Random, choices: Sequence[str]) -> str | None:
    return rng.choice(choices) if rng.random() < WRITTEN else None


def _day(at: datetime) -> date:
    return at.astimezone(PARIS).date()
