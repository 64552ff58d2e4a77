"""Where each document followed stands: what is late of it, what is to come (domain.md A.5)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.jobs import Job, Progress
from app.models.upkeep_codes import DeliveryState
from app.services.deliverables.expected import Delivery, Owing, found, owing
from app.storage import Store


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one document followed stands: its late ones, the oldest first, and the next one to come."""

    owing: Owing
    late: tuple[Delivery, ...]
    coming: Delivery | None


def standing(session: Session, today: date, contract_id: int | None = None) -> list[Standing]:
    """Of each document followed, what the échéancier tells; of one contract only if told."""
    by_document: dict[int, list[Delivery]] = defaultdict(list)
    for one in found(session, today, contract_id):
        by_document[one.document_id].append(one)
    return [
        Standing(
            one,
            tuple(other for other in by_document[one.id] if other.is_late),
            next((other for other in by_document[one.id] if other.state == DeliveryState.EXPECTED), None),
        )
        for one in owing(session, today, contract_id)
    ]


def standing_job(store: Store, today: date, contract_id: int) -> Job[list[Standing]]:
    """`standing`, off the thread of the window."""
    yield Progress(0, 0, "Lecture des documents attendus")
    with store.read() as session:
        return standing(session, today, contract_id)
