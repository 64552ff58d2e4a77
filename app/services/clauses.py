"""The library of clauses and its versions: the bundled texts, and what the company made of them (domain.md C.9).

A clause whose text changes takes its next revision and keeps the former text; what a contract took stays as it was.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.entities.clauses import CLAUSE
from app.errors import InvalidFields, NotFound
from app.fields import NBSP, clean_line, clean_text, counted
from app.models import Clause, ClauseRevision
from app.models.contract_codes import ClauseFamily
from app.paths import resource
from app.services import records
from app.services.variables import unknown

NOTICE = "Aide à la rédaction\u00a0: ces textes ne remplacent pas un conseil juridique."
OWN_TOPIC = "maison"
STEP = 10
_BEFORE = re.compile(" (?=[:;?!%€»×÷])")
_AFTER = re.compile(r"«\x20")


@dataclass(frozen=True, slots=True)
class Version:
    """A text that a clause has or had; `replaced_at` None: the one in force."""

    revision: int
    title: str
    text: str
    replaced_at: datetime | None


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a newer library of the program changed; `kept` were changed by the company, and stay."""

    added: int
    changed: int
    kept: int

    @property
    def sentence(self) -> str:
        """« 1 clause ajoutée, 3 mises à jour ; 2 clauses à vous gardées »."""
        if not self.added + self.changed + self.kept:
            return "La bibliothèque est déjà celle du programme."
        told = f"{counted(self.added, 'clause ajoutée', 'clauses ajoutées')}, "
        told += counted(self.changed, "mise à jour", "mises à jour")
        if self.kept:
            own = counted(self.kept, "clause à vous gardée", "clauses à vous gardées")
            told += f"\u00a0; {own}"
        return told


@cache
def bundle() -> tuple[Mapping[str, Any], ...]:
    """The clauses that come with the program, in their order."""
    return tuple(json.loads(resource("clauses.json").read_text(encoding="utf-8")))


def install(session: Session) -> None:
    """Give a new base the library."""
    session.add_all(_made(told) for told in bundle())
    session.flush()


def _made(told: Mapping[str, Any]) -> Clause:
    return Clause(**{**told, "family": ClauseFamily.of(told["family"])})


def found(session: Session, clause_id: int) -> Clause:
    clause = session.get(Clause, clause_id)
    if clause is None or clause.deleted_at is not None:
        raise NotFound("Cette clause n’est plus dans la bibliothèque.")
    return clause


def save(session: Session, clause_id: int | None, values: Mapping[str, Any]) -> int:
    """Write a clause of the library, or correct it; a title or a text that changes makes the next revision."""
    wanted = {**values, "title": clean_line(values.get("title") or ""), "text": clean_text(values.get("text") or "")}
    _known_variables(wanted["text"])
    if clause_id is None:
        made = records.create(session, CLAUSE, {**wanted, "topic": _topic(session), "position": _last(session) + STEP})
        found(session, made).is_ours = True
        session.flush()
        return made
    clause = found(session, clause_id)
    wanted["text"] = as_typed(clause.text, wanted["text"])
    if (wanted["title"], wanted["text"]) != (clause.title, clause.text):
        _revise(session, clause)
    records.update(session, CLAUSE, clause_id, wanted)
    clause.is_ours = True
    session.flush()
    return clause_id


def as_typed(before: str, typed: str) -> str:
    """What was typed, its no-break spaces put back: a field on the screen gives them as plain ones. The text as it was
    before if that is all that changed."""
    if typed.replace(NBSP, " ") == before.replace(NBSP, " "):
        return before
    return _AFTER.sub(f"«{NBSP}", _BEFORE.sub(NBSP, typed))


def _known_variables(text: str) -> None:
    if names := unknown(text):
        told = ", ".join(f"{{{name}}}" for name in names)
        raise InvalidFields({"text": f"Je ne connais pas {told}. Choisissez les variables dans la liste."})


def _revise(session: Session, clause: Clause) -> None:
    """Keep the text as it is, and go to the next revision."""
    session.add(
        ClauseRevision(
            clause_id=clause.id, revision=clause.revision, title=clause.title, text=clause.text,
            replaced_at=datetime.now(UTC),
        )
    )  # fmt: skip
    clause.revision += 1
    session.flush()


def _topic(session: Session) -> str:
    """« maison-1 », and so on."""
    taken = set(session.scalars(select(Clause.topic).where(Clause.topic.startswith(f"{OWN_TOPIC}-"))))
    number = 1
    while f"{OWN_TOPIC}-{number}" in taken:
        number += 1
    return f"{OWN_TOPIC}-{number}"


def _last(session: Session) -> int:
    return session.scalar(select(func.max(Clause.position))) or 0


def versions(session: Session, clause_id: int) -> list[Version]:
    """The text in force, then those before, newest first."""
    clause = found(session, clause_id)
    kept = session.scalars(
        select(ClauseRevision).where(ClauseRevision.clause_id == clause_id).order_by(ClauseRevision.revision.desc())
    )
    before = [Version(one.revision, one.title, one.text, one.replaced_at) for one in kept]
    return [Version(clause.revision, clause.title, clause.text, None), *before]


def restore(session: Session, clause_id: int, revision: int) -> None:
    """Take a former text again: it becomes the next revision, and none is lost."""
    former = next((one for one in versions(session, clause_id) if one.revision == revision), None)
    if former is None:
        raise NotFound("Cette version n’existe plus.")
    save(session, clause_id, {"title": former.title, "text": former.text})


def refresh(session: Session) -> Refreshed:
    """Take the texts of the program's present library; what the company changed, or put in the bin, stays."""
    kept = {clause.topic: clause for clause in session.scalars(select(Clause))}
    added = changed = own = 0
    for told in bundle():
        clause = kept.get(told["topic"])
        if clause is None:
            session.add(_made(told))
            added += 1
        elif (clause.title, clause.text) != (told["title"], told["text"]):
            if clause.is_ours or clause.deleted_at is not None:
                own += 1
                continue
            _revise(session, clause)
            clause.title, clause.text, clause.why = told["title"], told["text"], told["why"]
            changed += 1
    session.flush()
    return Refreshed(added, changed, own)
