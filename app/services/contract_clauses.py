"""The clauses of a contract, in order: taken from the library, written for it, or found in the provider's own text.

A clause whose text is empty is in the signed paper of the provider: only its article is noted.
"""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.entities.clauses import CONTRACT_CLAUSE
from app.errors import InvalidFields, NotFound
from app.fields import clean_line, clean_text
from app.models import Clause, ContractClause
from app.models.contract_codes import ClauseFamily
from app.services import records
from app.services.amendments import found as contract_found
from app.services.clauses import as_typed
from app.services.variables import Source, fill, unknown

STEP = 10
MISSING = re.compile(r"\[à compléter")


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause of a contract. `newest` is the revision of the library when it is beyond the one taken; `is_theirs`:
    in the provider's own text; `adapted`: no longer the words of the library; `to_fill` counts what is still lacking
    once the variables are filled."""

    id: int
    clause_id: int | None
    topic: str
    article: str
    title: str
    family: ClauseFamily | None
    text: str
    filled: str
    revision: int | None
    newest: int | None
    is_theirs: bool
    adapted: bool

    @property
    def to_fill(self) -> int:
        return len(MISSING.findall(self.filled))


@dataclass(frozen=True, slots=True)
class Topic:
    """A clause of the library beside what a contract has of it; `row_id` None: nothing."""

    clause_id: int
    topic: str
    title: str
    family: ClauseFamily
    mandatory: bool
    why: str
    row_id: int | None
    article: str
    is_theirs: bool


def _kept(session: Session, contract_id: int) -> list[ContractClause]:
    own = ContractClause
    return list(
        session.scalars(
            select(own)
            .where(own.contract_id == contract_id, own.deleted_at.is_(None))
            .order_by(own.position, own.id)
        )
    )  # fmt: skip


def found(session: Session, row_id: int) -> ContractClause:
    row = session.get(ContractClause, row_id)
    if row is None or row.deleted_at is not None:
        raise NotFound("Cette clause n’est plus au contrat.")
    return row


def rows(session: Session, source: Source) -> list[ClauseRow]:
    """The clauses of a contract in order, their variables filled."""
    kept = _kept(session, source.contract.id)
    library = {clause.id: clause for clause in session.scalars(select(Clause))}
    return [_row(one, library.get(one.clause_id or 0), source) for one in kept]


def _row(one: ContractClause, clause: Clause | None, source: Source) -> ClauseRow:
    newer = clause is not None and bool(one.text) and one.revision is not None and clause.revision > one.revision
    return ClauseRow(
        one.id,
        one.clause_id,
        clause.topic if clause else "",
        one.article or "",
        one.title,
        clause.family if clause else None,
        one.text or "",
        fill(one.text or "", source),
        one.revision,
        clause.revision if clause and newer else None,
        not one.text,
        clause is not None and bool(one.text) and not newer and one.text != clause.text,
    )


def topics(session: Session, contract_id: int) -> list[Topic]:
    """Every clause of the library, and what this contract has of it."""
    kept = {one.clause_id: one for one in _kept(session, contract_id)}
    library = session.scalars(select(Clause).where(Clause.deleted_at.is_(None)).order_by(Clause.position, Clause.id))
    return [_topic(clause, kept.get(clause.id)) for clause in library]


def _topic(clause: Clause, row: ContractClause | None) -> Topic:
    return Topic(
        clause.id, clause.topic, clause.title, clause.family, clause.mandatory, clause.why or "",
        row.id if row else None, (row.article or "") if row else "", row is not None and not row.text,
    )  # fmt: skip


def add(session: Session, contract_id: int, wanted: Iterable[int]) -> list[int]:
    """Take clauses of the library, each at its place in the usual order; one already there stays as it is. A clause
    that was only ticked takes its text. Gives the ids of what was added."""
    contract_found(session, contract_id)
    kept = {one.clause_id: one for one in _kept(session, contract_id)}
    made = []
    for clause in session.scalars(select(Clause).where(Clause.id.in_(list(wanted))).order_by(Clause.position)):
        row = kept.get(clause.id)
        if row is None:
            row = ContractClause(contract_id=contract_id, clause_id=clause.id, position=clause.position)
            session.add(row)
        elif row.text:
            continue
        row.revision, row.title, row.text = clause.revision, clause.title, clause.text
        made.append(row)
    session.flush()
    return [row.id for row in made]


def add_mandatory(session: Session, contract_id: int) -> list[int]:
    """Take all the clauses that no contract should lack."""
    wanted = session.scalars(select(Clause.id).where(Clause.mandatory.is_(True), Clause.deleted_at.is_(None)))
    return add(session, contract_id, wanted)


def write(session: Session, contract_id: int, values: Mapping[str, str | None], row_id: int | None = None) -> int:
    """Write a clause for this contract alone, or adapt one that it has: title, text, article."""
    name, words = _checked(values.get("title") or "", values.get("text") or "")
    contract_found(session, contract_id)
    if row_id is None:
        row = ContractClause(contract_id=contract_id, position=_last(session, contract_id) + STEP)
        session.add(row)
    else:
        row = found(session, row_id)
    row.title, row.text, row.article = (
        name,
        as_typed(row.text or "", words),
        clean_line(values.get("article") or "") or None,
    )
    session.flush()
    return row.id


def _checked(title: str, text: str) -> tuple[str, str]:
    name, words = clean_line(title), clean_text(text)
    lacking = {key: "Ce champ est obligatoire." for key, told in (("title", name), ("text", words)) if not told}
    if names := unknown(words):
        told = ", ".join(f"{{{one}}}" for one in names)
        lacking["text"] = f"Je ne connais pas {told}. Choisissez les variables dans la liste."
    if lacking:
        raise InvalidFields(lacking)
    return name, words


def _last(session: Session, contract_id: int) -> int:
    own = ContractClause
    return session.scalar(select(func.max(own.position)).where(own.contract_id == contract_id)) or 0


def tick(session: Session, contract_id: int, clause_id: int, article: str | None) -> int:
    """Note that the provider's own text covers this subject, and in which article. A clause whose text is ours keeps
    it, and takes the article."""
    row = next((one for one in _kept(session, contract_id) if one.clause_id == clause_id), None)
    if row is None:
        contract_found(session, contract_id)
        clause = session.get(Clause, clause_id)
        if clause is None:
            raise NotFound("Cette clause n’est plus dans la bibliothèque.")
        row = ContractClause(contract_id=contract_id, clause_id=clause_id, position=clause.position, title=clause.title)
        session.add(row)
    row.article = clean_line(article or "") or None
    session.flush()
    return row.id


def remove(session: Session, wanted: Sequence[int]) -> int:
    return records.to_bin(session, CONTRACT_CLAUSE, wanted)


def move(session: Session, row_id: int, by: int) -> None:
    """One place up (-1) or down (1); at the edge nothing moves."""
    row = found(session, row_id)
    kept = _kept(session, row.contract_id)
    at = kept.index(row)
    to = min(max(at + by, 0), len(kept) - 1)
    kept.insert(to, kept.pop(at))
    for position, one in enumerate(kept, 1):
        one.position = position * STEP
    session.flush()


def take_newest(session: Session, row_id: int) -> None:
    """Take the present words of the library in the place of those that the contract has."""
    row = found(session, row_id)
    clause = session.get(Clause, row.clause_id) if row.clause_id else None
    if clause is None:
        raise NotFound("Cette clause ne vient pas de la bibliothèque.")
    row.title, row.text, row.revision = clause.title, clause.text, clause.revision
    session.flush()


Change = Literal["same", "gone", "new"]


def difference(before: str, after: str) -> list[tuple[Change, str]]:
    """Pieces of both texts in order, cut at words: what stays, what goes, what comes."""
    old, new = (re.findall(r"\s+|[^\s]+", text) for text in (before, after))
    told: list[tuple[Change, str]] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            told.append(("same", "".join(old[a:b])))
            continue
        told += [("gone", "".join(old[a:b]))] if b > a else []
        told += [("new", "".join(new[c:d]))] if d > c else []
    return told


def newest(session: Session, row_id: int) -> tuple[str, str]:
    """The words that the contract has, and those of the library now."""
    row = found(session, row_id)
    clause = session.get(Clause, row.clause_id) if row.clause_id else None
    return row.text or "", (clause.text if clause else row.text) or ""
