"""A survey of the usual questions, and sheets that came back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.models.upkeep_codes import AnswerSource
from app.services.satisfaction import surveys
from app.services.satisfaction.surveys import Response

OPENED, CAME = date(2026, 6, 1), date(2026, 6, 12)


def survey(session: Session, opened: date = OPENED, sheets: int = 30, **values: Any) -> int:
    told = {"title": "L’informatique et vous", "opened_on": opened, "invited": 40, **values}
    made = surveys.create(session, told)
    surveys.number_sheets(session, made, sheets)
    return made


def answer(session: Session, kept: int, sheet: int, values: Mapping[str, int | None], **more: Any) -> int:
    told = {"texts": {}, "received_on": CAME, "source": AnswerSource.TYPED, **more}
    return surveys.record(session, kept, Response(values=values, sheet=sheet, **told))


def answered(session: Session, kept: int, speeds: list[int], service: str = "", since: int = 1) -> None:
    """A sheet for each note given to the speed of computers."""
    for sheet, speed in enumerate(speeds, since):
        answer(session, kept, sheet, {"rapidite": speed}, service=service)
