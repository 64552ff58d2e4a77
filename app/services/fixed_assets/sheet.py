"""What is to be decided and the physical gaps, as workbooks: the rows in sight, in their order."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.fields import this_day
from app.jobs import Job, Progress
from app.models import Company
from app.services.fixed_assets.bought import Bought
from app.services.fixed_assets.gaps import Gap
from app.storage import Store

Heads = Sequence[tuple[str, str, int]]
DECIDE: Heads = (
    ("N°", "text", 14), ("Achat", "text", 36), ("Acheté le", "day", 12), ("Facture", "text", 16),
    ("Fournisseur", "text", 24), ("Coût", "money", 14), ("TVA", "money", 12), ("Proposition", "text", 16),
    ("Pourquoi", "text", 50),
)  # fmt: skip
GAPS: Heads = (
    ("N°", "text", 14), ("Libellé", "text", 36), ("Écart", "text", 30), ("Pourquoi", "text", 56),
    ("Reste ou prix", "money", 14), ("Depuis le", "day", 12),
)  # fmt: skip


def decide_job(store: Store, path: Path, found: Sequence[Bought]) -> Job[int]:
    rows = [
        (
            one.number, one.label, one.bought_on, one.invoice, one.supplier, one.cents, one.vat, one.proposal.label,
            one.why,
        )
        for one in found
    ]  # fmt: skip
    return (yield from _write(store, path, "Achats à décider", DECIDE, rows))


def gaps_job(store: Store, path: Path, found: Sequence[Gap]) -> Job[int]:
    rows = [(one.number, one.label, one.kind.label, one.why, one.cents, one.on) for one in found]
    return (yield from _write(store, path, "Écarts physiques", GAPS, rows))


def _write(store: Store, path: Path, title: str, heads: Heads, rows: Sequence[tuple[Any, ...]]) -> Job[int]:
    """Gives the number of rows."""
    from app.reports import workbook  # noqa: PLC0415 - openpyxl is read when a workbook is asked for

    with store.read() as session:
        company = session.scalar(select(Company.name).where(Company.deleted_at.is_(None)).limit(1)) or ""
    yield Progress(0, len(rows), "Lecture de la liste")
    about = workbook.About(title, company, this_day())
    totals = {"Coût", "TVA", "Reste ou prix"}
    columns = [workbook.Column(label, kind, width, label in totals) for label, kind, width in heads]
    return (yield from workbook.write_list(path, about, columns, rows, len(rows)))
