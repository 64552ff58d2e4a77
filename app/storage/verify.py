"""« Vérifier la base »: the file, its links, its history, its documents (reliability.md 2.3, 2.6)."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.jobs import Job, Progress
from app.models import Base, Blob, Company, Counter, Document, History, IssuedPaper, Setting
from app.storage import engines
from app.storage.history import outside_changes, writes_by_others
from app.storage.sealing import FIRST, digest, verify_chain

_STEPS = ("Lecture du fichier", "Liens entre les fiches", "Historique", "Écritures d’autres programmes", "Documents")


@dataclass(slots=True)
class Report:
    """What was found. `damage` is what makes a copy worthless; `remarks` what a person must know (French sentences).

    `counts` are rows by table; `head` is the last hash of the history, which a paper may quote; `others` counts the
    entries that other programs made; `state` is equal for two files between which nothing was saved.
    """

    damage: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    head: str = FIRST
    others: int = 0
    state: str = ""

    @property
    def is_sound(self) -> bool:
        return not self.damage and not self.remarks


def verify(path: Path) -> Job[Report]:
    """Examine a file, open or not, without writing to it."""
    engine = engines.reader(path, read_only=True)
    try:
        with Session(engine) as session:
            report = yield from examine(session)
    finally:
        engine.dispose()
    return report


def examine(session: Session) -> Job[Report]:
    report = Report()
    yield Progress(0, len(_STEPS), _STEPS[0])
    report.damage += _integrity(session)
    if report.damage:
        return report  # what a damaged file says of itself is worth nothing
    yield Progress(1, len(_STEPS), _STEPS[1])
    report.damage += _orphans(session)
    report.counts = count_rows(session)
    yield Progress(2, len(_STEPS), _STEPS[2])
    report.remarks += verify_chain(session)
    report.head, report.state = head_of(session), state_of(session)
    yield Progress(3, len(_STEPS), _STEPS[3])
    report.others = writes_by_others(session)
    strays = outside_changes(session)
    report.remarks += [
        f"Fiche {stray.record_id} de «\u00a0{stray.table}\u00a0»\u00a0: elle n’est pas telle que l’historique la dit."
        for stray in strays
    ]
    for done, problems in enumerate(_contents(session)):
        report.remarks += problems
        yield Progress(4, len(_STEPS), f"{_STEPS[4]} ({done})")
    return report


def count_rows(session: Session) -> dict[str, int]:
    tables = Base.metadata.sorted_tables
    return {table.name: session.scalars(select(func.count()).select_from(table)).one() for table in tables}


def head_of(session: Session) -> str:
    """The hash of the last sealed entry: anchored elsewhere, it shows that nothing was cut or made again."""
    sealed = select(History.hash).where(History.hash.is_not(None)).order_by(History.seq.desc()).limit(1)
    return session.scalar(sealed) or FIRST


def state_of(session: Session) -> str:
    """What changes with each save: the history, and the tables that have none."""
    last = session.scalar(select(func.max(History.seq)))
    settings = [tuple(row) for row in session.execute(select(Setting.key, Setting.value).order_by(Setting.key))]
    counters = [tuple(row) for row in session.execute(select(Counter.prefix, Counter.last).order_by(Counter.prefix))]
    contents = list(session.scalars(select(Blob.sha256).order_by(Blob.sha256)))
    return digest(last, head_of(session), settings, counters, contents)


def _integrity(session: Session) -> list[str]:
    found = session.connection().exec_driver_sql("PRAGMA integrity_check(20)").scalars()
    return [f"Le fichier est abîmé\u00a0: {line}." for line in found if line != "ok"]


def _orphans(session: Session) -> list[str]:
    rows = session.connection().exec_driver_sql("PRAGMA foreign_key_check").fetchmany(20)
    return [
        f"Une fiche de «\u00a0{row[0]}\u00a0» renvoie à une fiche absente de «\u00a0{row[2]}\u00a0»." for row in rows
    ]


def _contents(session: Session) -> Iterator[list[str]]:
    """The problems of each content kept, then of those that are missing."""
    kept = set()
    for sha256 in session.scalars(select(Blob.sha256)).all():
        kept.add(sha256)
        content = session.scalars(select(Blob.content).where(Blob.sha256 == sha256)).one()
        same = hashlib.sha256(content).hexdigest() == sha256
        yield [] if same else [f"Le contenu d’un document a changé ({sha256[:12]})."]
    named = {*session.scalars(select(Document.sha256)), *session.scalars(select(IssuedPaper.pdf_sha256))}
    named |= set(session.scalars(select(Company.logo_sha256).where(Company.logo_sha256.is_not(None))))
    yield [f"Le contenu d’un document manque ({sha256[:12]})." for sha256 in sorted(named - kept)]
