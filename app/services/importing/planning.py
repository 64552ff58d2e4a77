"""What an import would do, before anything is written: every line against the base, then the numbers given."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.entities import ENTITIES, Entity
from app.fields import lowered
from app.jobs import Job, Progress, drain
from app.services.importing.books import ORDER, Books
from app.services.importing.drafting import Draft, Drafter
from app.services.importing.entries import Entry, Reject, Source, listed
from app.services.importing.numbers import give_numbers
from app.services.importing.plans import Line, Plan

_STEP = 250
_QUIET = {"software"}
"""Made by the thousand by an inventory: the line that brings them says how many."""
_TITLES: dict[str, tuple[tuple[str, ...], ...]] = {
    "asset": (("brand", "model"), ("name",), ("hostname",), ("serial",)),
    "person": (("first_name", "last_name"), ("email",)),
}


def plan(session: Session, sources: Sequence[Source]) -> Plan:
    return drain(plan_steps(session, sources))


def plan_steps(session: Session, sources: Sequence[Source]) -> Job[Plan]:
    books = Books(session)
    drafter = Drafter(books)
    drafts: list[Draft] = []
    total = sum(len(source.entries) for source in sources)
    for source in sorted(sources, key=lambda source: ORDER.index(source.entity)):
        drafts += [Draft(source, Entry(line), "refused", problems=[("", text)]) for line, text in source.bad]
        for entry in source.entries:
            if len(drafts) % _STEP == 0:
                yield Progress(len(drafts), total, f"Comparaison avec la base\u00a0: {source.name}")
            drafts.append(drafter.draft(source, entry))
    yield Progress(total, total, "Comparaison terminée")
    return _finished(Plan(tuple(sources)), books, drafts)


def _finished(made: Plan, books: Books, drafts: list[Draft]) -> Plan:
    """New numbers are given last, once all those that the files bring are known."""
    for key in ORDER:
        if key in books.opened:
            items = books[key].items.values()
            new = {item.id: item.values for item in items if item.is_new}
            give_numbers(books, ENTITIES[key], new.values())
            made.created[key] = new
            made.updated[key] = {i.id: {n: i.values[n] for n in i.changed} for i in items if i.changed and not i.is_new}
    made.seen = [draft.seen for draft in drafts if draft.seen]
    made.stamps, made.counters = books.stamps, books.last
    places = {source.name: place for place, source in enumerate(made.files)}
    made.lines = [_line(books, draft) for draft in drafts]
    made.lines.sort(key=lambda line: (line.outcome != "refused", places[line.source], line.line or 0))
    made.notes = [*_file_notes(made.files), *_made_along(books)]
    return made


def _file_notes(files: Sequence[Source]) -> Iterator[str]:
    for source in files:
        yield from (f"{source.name}\u00a0: {note}" if len(files) > 1 else note for note in source.notes)


def _made_along(books: Books) -> Iterator[str]:
    """Records that no line speaks of, made because a line names them."""
    for key, book in books.opened.items():
        if key in _QUIET:
            continue
        along = [book.title(item.id) for item in book.items.values() if item.is_new and not item.places]
        if along:
            yield f"À créer aussi\u00a0: {ENTITIES[key].counted(len(along))} ({listed(along)})."


def _line(books: Books, draft: Draft) -> Line:
    entry, source = draft.entry, draft.source
    values = draft.item.values if draft.item else entry.values
    rejects = tuple(Reject(entry.line, label, text, source.name) for label, text in draft.problems)
    return Line(
        source.name,
        entry.line,
        source.entity,
        draft.outcome,
        str(values.get("number") or "") if draft.item else "",
        _title(source.declared, values),
        _detail(books, draft, values),
        draft.changes,
        rejects,
        tuple(entry.notes),
        draft.seen.told() if draft.seen else "",
    )


def _title(entity: Entity, values: dict[str, Any]) -> str:
    """What a person calls it: make and model before the number that stands in its own column."""
    number = entity.numbering.field if entity.numbering else ""
    usual = tuple(name for name in entity.model.__title__ if name != number)
    for names in (*_TITLES.get(entity.key, ()), usual):
        if shown := " ".join(str(values[n]) for n in names if values.get(n)):
            return shown
    return ""


def _detail(books: Books, draft: Draft, values: dict[str, Any]) -> str:
    entity = draft.source.declared
    if draft.outcome == "refused":
        return " ".join(_refusal(label, text) for label, text in draft.problems)
    seen = draft.seen.told() if draft.seen else ""
    if draft.outcome != "created":
        return " ".join(filter(None, (seen, *draft.entry.notes)))
    site = books["site"].title(values.get("site_id")) if "site_id" in values else ""
    made = f"{'Nouvelle' if entity.gender == 'f' else 'Nouveau'} {entity.one.lower()}"
    return ", ".join(part for part in (made, site, str(values.get("room") or ""), seen) if part)


def _refusal(label: str, text: str) -> str:
    """« Prix HT « abc » : écrivez un montant », « N° de série : déjà pris »."""
    if not label or label in text:
        return text
    return f"{label} {text}" if text.startswith("«") else f"{label}\u00a0: {lowered(text)}"
