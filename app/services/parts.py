"""The parts fitted during an intervention, read and saved as one table."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.tickets import PART
from app.errors import InvalidFields
from app.models import Part
from app.services import records

COLUMNS = ("label", "reference", "serial", "quantity", "unit_price")
Line = Mapping[str, Any]
"""The values of COLUMNS, and `id` for a part already kept."""


def of_intervention(session: Session, intervention_id: int) -> list[dict[str, Any]]:
    kept = session.scalars(
        select(Part).where(Part.intervention_id == intervention_id, Part.deleted_at.is_(None)).order_by(Part.id)
    )
    return [{"id": part.id, **{name: getattr(part, name) for name in COLUMNS}} for part in kept]


def save(session: Session, intervention_id: int, lines: Sequence[Line]) -> None:
    """Make the table be these lines: those without `id` are added, those not given go to the bin.

    InvalidFields has one sentence under « parts », which names the line.
    """
    before = {line["id"] for line in of_intervention(session, intervention_id)}
    problems = []
    for number, line in enumerate(lines, 1):
        values = {name: line.get(name) for name in COLUMNS}
        try:
            _keep(session, intervention_id, line.get("id"), values)
        except InvalidFields as error:
            problems += [f"Pièce {number}, {PART.field(n).label.lower()}\u00a0: {p}" for n, p in error.problems.items()]
    if problems:
        raise InvalidFields({"parts": " ".join(problems)})
    records.to_bin(session, PART, sorted(before - {line.get("id") for line in lines}), "Retirée de la fiche")


def _keep(session: Session, intervention_id: int, part_id: int | None, values: dict[str, Any]) -> None:
    if part_id is None:
        records.create(session, PART, {"intervention_id": intervention_id, **values})
    else:
        records.update(session, PART, part_id, values)
