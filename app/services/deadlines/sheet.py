"""The deadlines as a table: for a workbook, for the command line."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from app.fields import day
from app.jobs import Job, Progress
from app.services import setup
from app.services.deadlines.words import Deadline, State
from app.storage import Store

HEADS = (
    ("Échéance", "day", 13), ("Agir avant", "day", 13), ("État", "text", 12), ("Type", "text", 18),
    ("Objet", "text", 48), ("Prestataire", "text", 24), ("Contrat", "text", 14), ("Référence", "text", 16),
    ("Biens", "number", 10), ("Si rien n’est fait", "text", 60), ("Traitée le", "day", 13), ("Comment", "text", 40),
)  # fmt: skip


def export_job(
    store: Store, found: Sequence[Deadline], path: Path, today: date, filters: tuple[str, ...] = ()
) -> Job[int]:
    """Write these lines, in their order, as a workbook; gives how many. `filters` says in words what they were limited
    to."""
    from app.reports import workbook  # noqa: PLC0415 - openpyxl is read when a workbook is asked for

    yield Progress(0, len(found), "Écriture des échéances")
    with store.read() as session:
        company = setup.company(session).name
    columns = [workbook.Column(label, kind, width) for label, kind, width in HEADS]
    about = workbook.About("Échéancier", company, today, filters)
    return (yield from workbook.write_list(path, about, columns, (_cells(one, today) for one in found), len(found)))


def _cells(one: Deadline, today: date) -> tuple[Any, ...]:
    return (
        one.due, one.act_by, one.state(today).label, one.kind.label, one.title, one.provider or None,
        one.contract or None, one.reference or None, one.count if one.lot else None, one.why or None, one.handled_on,
        one.reason or None,
    )  # fmt: skip


def plain(found: Iterable[Deadline], today: date) -> list[dict[str, Any]]:
    """As the command line tells them; days in ISO 8601, `etat` as « en-retard »."""
    return [
        {
            "type": one.kind.label,
            "objet": one.title,
            "echeance": one.due.isoformat(),
            "agir_avant": one.acts.isoformat(),
            "etat": STATES[one.state(today)],
            "reference": one.reference or None,
            "prestataire": one.provider or None,
            "contrat": one.contract or None,
            "biens": one.count if one.lot else None,
            "consequence": one.why or None,
        }
        for one in found
    ]


STATES = {
    State.LATE: "en-retard",
    State.TO_DO: "a-faire",
    State.SOON: "bientot",
    State.AHEAD: "a-venir",
    State.PAST: "passee",
    State.HANDLED: "traitee",
}


def text_rows(found: Iterable[Deadline], today: date) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """Heads and cells for a terminal."""
    rows = [(day(one.due), day(one.acts), one.state(today).label, one.kind.label, one.title) for one in found]
    return ("Échéance", "Agir avant", "État", "Type", "Objet"), rows
