"""The « dossier de réversibilité »: one ZIP of all that the next provider needs and the company must keep (C.11)."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES, Entity
from app.errors import Refused
from app.fields import Joined, counted
from app.jobs import Job, Progress
from app.models import IssuedPaper, Ticket, TicketEvent
from app.services import export, families, listing, papers, return_scope, return_terms, setup
from app.services.listing import Row
from app.services.return_files import Archive, archive, safe_name
from app.services.return_scope import Scope
from app.storage import Store, attachments

T = TypeVar("T")
PAPER = "reversibilite"
README = "LISEZMOI.txt"
EVENTS = ("Ticket", "Le", "Acte", "Par", "Texte")


@dataclass(frozen=True, slots=True)
class Made:
    """How many of each the dossier holds."""

    assets: int
    tickets: int
    documents: int

    @property
    def sentence(self) -> str:
        """« 87 biens, 198 tickets, 12 documents »."""
        return ", ".join((counted(self.assets, "bien"), counted(self.tickets, "ticket"),
                          counted(self.documents, "document")))  # fmt: skip


def file_name(number: str, on: date) -> str:
    """« dossier-reversibilite_CT-2024-01_2026-11-20.zip »."""
    return f"dossier-reversibilite_{safe_name(number)}_{on.isoformat()}.zip"


def job(store: Store, contract_id: int, path: Path, now: datetime) -> Job[Made]:
    """Write the dossier as it stands now; closing the job leaves no file. Refused for another kind of file."""
    if path.suffix.lower() != ".zip":
        raise Refused("Le dossier de réversibilité est une archive\u00a0: donnez-lui un nom en .zip.")
    with store.read() as session, TemporaryDirectory(prefix="parcometre-") as folder, archive(path, now) as kept:
        yield Progress(0, 0, "Lecture du contrat")
        scope = return_scope.read(session, contract_id, now)
        kept.add(README, return_terms.read_me(session, scope).encode("utf-8-sig"))
        kept.add("3-Contrat/termes-du-contrat.txt", _terms(session, scope))
        kept.add("6-Reversibilite/PV-de-reversibilite.pdf", _record(session, scope))
        done = yield from _lists(session, scope, kept, Path(folder))
        done = yield from _events(session, scope, kept, Path(folder), done)
        yield from _documents(session, scope, kept, done)
    return Made(len(scope.assets), scope.count(return_scope.TICKETS), len(scope.documents))


# -- its parts --------------------------------------------------------------------------------------------------


def _lists(session: Session, scope: Scope, kept: Archive, folder: Path) -> Job[int]:
    done = 0
    for one in scope.lists:
        entity = ENTITIES[one.key]
        target = folder / Path(one.path).name
        written = _write(session, entity, one.ids, target, scope)
        yield from _shifted(written, f"{entity.many}\u00a0: {target.name}", done, scope.total)
        kept.add_file(one.path, target)
        target.unlink()
        done += len(one.ids)
    return done


def _write(session: Session, entity: Entity, ids: Sequence[int], target: Path, scope: Scope) -> Job[int]:
    from app.reports import table_csv, workbook  # noqa: PLC0415 - openpyxl is read when a workbook is asked for

    names = [field.name for field in entity.fields if not isinstance(field, Joined)]
    own = families.columns(session, entity)
    fields = [*(entity.field(name) for name in names), *(column.field for column in own)]
    read = _read(session, entity, names, ids, own)
    first: list[Row] = next(read, [])
    columns = [
        workbook.Column(field.label, export.kind_of(field), width)
        for field, width in zip(fields, export.widths(fields, first), strict=True)
    ]
    rows = (
        tuple(export.cell(field, value) for field, value in zip(fields, row.values, strict=True))
        for batch in _again(first, read)
        for row in batch
    )
    if target.suffix == ".csv":
        return (yield from table_csv.write_list(target, columns, rows, len(ids)))
    about = workbook.About(f"Inventaire du contrat {scope.number}", setup.company(session).name, scope.on)
    return (yield from workbook.write_list(target, about, columns, rows, len(ids)))


def _read(session: Session, entity: Entity, names: Sequence[str], ids: Sequence[int], own: Any) -> Iterator[list[Row]]:
    for start in range(0, len(ids), export.BATCH):
        rows = listing.rows(session, entity, names, ids[start : start + export.BATCH])
        yield families.with_own(session, rows, own) if own else rows


def _again(first: T, rest: Iterator[T]) -> Iterator[T]:
    yield first
    yield from rest


def _shifted(inner: Job[T], text: str, before: int, total: int) -> Job[T]:
    """The steps of a part as those of the whole."""
    with closing(inner):
        try:
            while True:
                yield Progress(before + min(next(inner).done, total), total, text)
        except StopIteration as end:
            result: T = end.value
    return result


def _events(session: Session, scope: Scope, kept: Archive, folder: Path, done: int) -> Job[int]:
    from app.reports import table_csv, workbook  # noqa: PLC0415 - as above

    found = session.execute(
        select(Ticket.number, TicketEvent.at, TicketEvent.kind, TicketEvent.author, TicketEvent.text)
        .join(Ticket, Ticket.id == TicketEvent.ticket_id)
        .where(Ticket.contract_id == scope.contract, Ticket.deleted_at.is_(None))
        .order_by(TicketEvent.at, TicketEvent.id)
        .execution_options(yield_per=export.BATCH)
    )
    columns = [workbook.Column(title, "moment" if title == "Le" else "text") for title in EVENTS]
    rows = ((row.number, row.at, row.kind.label, row.author, row.text) for row in found)
    target = folder / "journal-des-tickets.csv"
    written = table_csv.write_list(target, columns, rows, scope.events)
    yield from _shifted(written, f"Tickets\u00a0: {target.name}", done, scope.total)
    kept.add_file(f"2-Tickets/{target.name}", target)
    target.unlink()
    return done + scope.events


def _documents(session: Session, scope: Scope, kept: Archive, done: int) -> Job[None]:
    for at, (path, sha256) in enumerate(scope.documents, 1):
        kept.add(path, attachments.get(session, sha256))
        yield Progress(done + at, scope.total, f"Documents\u00a0: {path.rpartition('/')[2]}")


def _terms(session: Session, scope: Scope) -> bytes:
    return return_terms.text(session, scope.contract, scope.on).encode("utf-8-sig")


def _record(session: Session, scope: Scope) -> bytes:
    """The record last issued; a draft while none was."""
    last = session.scalar(
        select(IssuedPaper.pdf_sha256)
        .where(IssuedPaper.kind == PAPER, IssuedPaper.record_id == scope.contract, IssuedPaper.deleted_at.is_(None))
        .order_by(IssuedPaper.number.desc())
        .limit(1)
    )
    return attachments.get(session, last) if last else papers.draft(session, PAPER, scope.number, scope.now)
