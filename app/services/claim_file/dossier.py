"""The claim file as one ZIP that anybody can check without the program: the paper, the terms, the pieces, the entries
of the history with their values, the chain of seals through them, and a short verifier."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy.orm import Session

from app.errors import Refused
from app.fields import counted, moment
from app.fields.cells import guarded
from app.jobs import Job, Progress
from app.models import IssuedPaper
from app.paths import resource
from app.reports.identity import Stamp, grouped
from app.services import papers, return_terms
from app.services.claim_file import chain, evidence, gather, words
from app.services.claim_file.gather import Known
from app.services.claim_file.scope import Scope, of_span, of_ticket
from app.services.return_files import Archive, archive, safe_name
from app.storage import Store, attachments, extract
from app.storage.archive import digest_of
from app.storage.extract import Entry
from app.storage.sealing import digest

MANIFEST, READ_ME, VERIFIER = "SHA256SUMS", "LISEZ-MOI.txt", "verifier.py"
PAPER = "1-Dossier-de-preuve.pdf"
HISTORY = "4-Historique"
LINKS = ("entree", "ecrite_le", "par", "table", "identifiant", "nature", "engagement", "sceau")
CHANGES = ("Écriture", "Écrite le", "Par", "Quoi", "Donnée", "Avant", "Après")
ACTS = ("Ticket", "Survenu le", "Temps écoulé", "Fait", "Par", "Écriture")
EVERY = 2_000
NOT_ZIP = "Le dossier de preuve complet est une archive\u00a0: donnez-lui un nom en .zip."
BROKEN = (
    "L’historique de ce fichier a été altéré à l’écriture n°\u00a0{}\u00a0: une archive ne prouverait rien. Vérifiez "
    "le fichier (menu Outils), ou repartez d’une sauvegarde d’avant."
)


@dataclass(frozen=True, slots=True)
class Made:
    """What the archive holds, and its own SHA-256: whoever notes it knows the archive again."""

    tickets: int
    pieces: int
    entries: int
    sha256: str

    @property
    def sentence(self) -> str:
        """« 2 tickets, 5 pièces, 48 écritures »."""
        told = (counted(self.tickets, "ticket"), counted(self.pieces, "pièce"), counted(self.entries, "écriture"))
        return ", ".join(told)

    @property
    def seal(self) -> str:
        return grouped(self.sha256, 8)


def file_name(reference: str, on: date) -> str:
    """« dossier-de-preuve_T-2026-0114_2026-11-20.zip »."""
    return f"dossier-de-preuve_{safe_name(reference)}_{on.isoformat()}.zip"


def job(store: Store, kind: str, ref: str, path: Path, now: datetime, *, issue: bool = False) -> Job[Made]:
    """Write the archive; closing the job leaves none. `issue`: its paper is issued and kept first, else it is a draft.

    Refused for another kind of file, and when the history no longer holds together.
    """
    if path.suffix.lower() != ".zip":
        raise Refused(NOT_ZIP)
    yield Progress(0, 0, "Lecture des faits")
    issued = _issued(store, kind, ref, now) if issue else None
    with store.read() as session, TemporaryDirectory(prefix="parcometre-") as folder:
        known = _known(session, kind, ref, now)
        paper = papers.issued_bytes(session, issued) if issued else papers.draft(session, kind, ref, now)
        with archive(path, now, MANIFEST) as kept:
            kept.add(READ_ME, words.read_me(known, issued=issued is not None).encode("utf-8-sig"))
            kept.add(VERIFIER, resource(f"preuve/{VERIFIER}").read_bytes())
            kept.add(PAPER, paper)
            _terms(session, known.scope, kept)
            pieces = [_piece(session, one, known, kept) for one in known.pieces]
            printed = _printed(session, issued) or extract.head(session)[1]
            yield from _history(session, known, printed, pieces, kept, Path(folder))
    return Made(len(known.file.stories), len(known.pieces), len(known.entries), digest_of(path))


def _issued(store: Store, kind: str, ref: str, now: datetime) -> int:
    label = papers.paper_named(kind).label
    with store.begin(f"Émission\u00a0: {label}") as session:
        return papers.issue(session, kind, ref, now)


def _known(session: Session, kind: str, ref: str, now: datetime) -> Known:
    paper = papers.paper_named(kind)
    record = paper.find(session, ref) or 0
    if paper.entity == "ticket":
        return gather.known(session, of_ticket(session, record, now), Stamp(paper.title, ref, 1, now))
    stamp = Stamp(paper.title, gather.whole_reference(session, ref, now), 1, now)
    return gather.known(session, of_span(session, record, gather.span_of(session, record, ref, now), now), stamp)


def _terms(session: Session, scope: Scope, kept: Archive) -> None:
    for on in scope.days:
        text = return_terms.text(session, scope.contract or 0, on)
        kept.add(f"2-Contrat/termes-au-{on.isoformat()}.txt", text.encode("utf-8-sig"))


def _piece(session: Session, piece: evidence.Piece, known: Known, kept: Archive) -> dict[str, Any]:
    """Where it stands in the archive, its SHA-256, and the entry of the history that told it."""
    kept.add(piece.path, attachments.get(session, piece.sha256))
    own = [one for one in known.entries if (one.table_name, one.record_id) == (piece.table, piece.record_id)]
    entry = evidence.inscribed(piece, own)
    return {"fichier": kept.members[-1][0], "sha256": piece.sha256, "n": entry.seq if entry else None}


def _printed(session: Session, issued: int | None) -> str:
    """The seal that stands in the paper once issued: it was the head just before."""
    kept = session.get_one(IssuedPaper, issued).data if issued else "{}"
    return str(json.loads(kept).get("chain", {}).get("head", ""))


# -- the history ------------------------------------------------------------------------------------------------


def _history(  # noqa: PLR0917 - all that the archive is written from
    session: Session, known: Known, printed: str, pieces: Sequence[Mapping[str, Any]], kept: Archive, folder: Path
) -> Job[None]:
    head, first = extract.head(session), known.entries[0].seq if known.entries else 0
    target = folder / "chaine.csv"
    before = yield from _chain(session, target, first or head[0], head[0])
    about = {
        "format": 1, "reference": known.file.stamp.reference, "fait_le": moment(known.scope.now),
        "premiere": first or head[0], "avant": before, "tete": head[0], "sceau": head[1],
        "imprime": printed, "pieces": list(pieces),
    }  # fmt: skip
    kept.add(f"{HISTORY}/dossier.json", json.dumps(about, ensure_ascii=False, indent=1).encode())
    kept.add_file(f"{HISTORY}/chaine.csv", target)
    kept.add(f"{HISTORY}/extrait.jsonl", "".join(map(_values, known.entries)).encode("ascii"))
    changes = (cells for one in known.entries for cells in _changes(one))
    kept.add(f"{HISTORY}/historique-lisible.csv", _table(CHANGES, changes))
    kept.add(f"{HISTORY}/journal-des-tickets.csv", _table(ACTS, _acts(known)))


def _chain(session: Session, target: Path, first: int, last: int) -> Job[str]:
    """Every link from the first to the head, each computed again as it is written; gives the seal before the first."""
    before = prev = None
    with target.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter=";", lineterminator="\n")
        rows.writerow(LINKS)
        for link in extract.links(session, first):
            seq, at, who, table, uuid, kind, commitment, found, sealed = link
            before, prev = (found, found) if prev is None else (before, prev)
            if found != prev or sealed != digest(prev, seq, at, who, table, uuid, kind, commitment):
                raise Refused(BROKEN.format(seq))
            rows.writerow((seq, at, who, table, uuid, kind, commitment, sealed))
            prev = sealed
            if seq % EVERY == 0:
                yield Progress(seq - first, last - first + 1, "Chaîne de l’historique")
    return before or ""


def _values(one: Entry) -> str:
    """As the history keeps them: its seal is computed on these very texts."""
    told = {"n": one.seq, "table": one.table_name, "nature": one.kind, "sel": one.salt, "avant": one.before,
            "apres": one.after}  # fmt: skip
    return json.dumps(told) + "\n"


def _changes(one: Entry) -> Iterator[Sequence[str]]:
    start = (str(one.seq), moment(datetime.fromisoformat(one.at)), one.who, chain.what(one))
    for label, before, after in chain.changed(one):
        yield (*start, label, before, after)


def _acts(known: Known) -> Iterator[Sequence[str]]:
    for story in known.file.stories:
        for at, gone, what, who, entry in story.acts:
            yield (story.title.partition(",")[0], at, gone, what, who, entry.replace("\n", ", le "))


def _table(heads: Sequence[str], rows: Iterator[Sequence[str]]) -> bytes:
    """A CSV that a French Excel opens by a double click, where nothing is taken for a formula."""
    text = StringIO(newline="")
    written = csv.writer(text, delimiter=";", lineterminator="\r\n")
    written.writerow(heads)
    written.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
