"""The documents owed as a workbook: the rows in sight, in their order."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.fields import this_day
from app.jobs import Job, Progress
from app.services import setup
from app.services.deliverables.expected import Delivery
from app.storage import Store

HEADS = (
    ("Document", "text", 34), ("Au titre de", "text", 34), ("Contrat", "text", 14), ("Prestataire", "text", 26),
    ("Dû le", "day", 12), ("État", "text", 14), ("Reçu le", "day", 12), ("Jours de retard", "number", 12),
    ("Motif", "text", 50),
)  # fmt: skip


def export_job(store: Store, found: Sequence[Delivery], path: Path) -> Job[int]:
    """Gives the number of rows."""
    from app.reports import workbook  # noqa: PLC0415 - openpyxl is read when a workbook is asked for

    yield Progress(0, len(found), "Lecture de la liste")
    with store.read() as session:
        company = setup.company(session).name
    about = workbook.About("Documents attendus", company, this_day())
    columns = [workbook.Column(label, kind, width) for label, kind, width in HEADS]
    return (yield from workbook.write_list(path, about, columns, map(_cells, found), len(found)))


def _cells(one: Delivery) -> tuple[Any, ...]:
    return (
        one.label, one.told, one.contract, one.provider or None, one.due_on, one.state.label, one.received_on,
        one.late_days if one.received_on else None, one.reason or None,
    )  # fmt: skip
