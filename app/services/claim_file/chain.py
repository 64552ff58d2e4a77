"""The part of the history that a claim file rests on, in words (reliability.md 4.1)."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from app.entities import ENTITIES
from app.fields import Joined, counted, listed, lowered, moment, number, plural
from app.models.codes import EventKind
from app.reports.claim_data import ChainTold
from app.reports.table import Cells
from app.storage.extract import Entry
from app.storage.undo import BOOKKEEPING

NAMES = {
    "ticket_event": "Acte du journal",
    "service_level": "Niveau de service",
    "coverage_slot": "Plage couverte",
    "closing_day": "Fermeture",
    "document": "Document joint",
    "issued_paper": "Papier émis",
    "covered_asset": "Bien couvert",
    "received_document": "Document attendu",
}
KINDS = {"insert": "création", "update": "modification", "delete": "effacement"}
SHOWN = 4
"""Fields named in one line; the archive has every value."""
LINK = 16
"""Digits of a seal printed in a line; the archive has the whole."""


def told(entries: Sequence[Entry], head: tuple[int, str]) -> ChainTold:
    return ChainTold(
        sentence=_sentence(entries, head),
        warnings=tuple(_warnings(entries)),
        entries=tuple(_cells(one) for one in entries),
        first=number(entries[0].seq) if entries else "",
        last=number(head[0]) if head[0] else "",
        head=head[1],
    )


def _sentence(entries: Sequence[Entry], head: tuple[int, str]) -> str:
    if not entries:
        return "Aucune écriture scellée ne porte encore sur ces fiches."
    broken = sum(not one.is_sound for one in entries)
    count = counted(len(entries), "écriture")
    whole = f"L’historique du fichier compte {counted(head[0], 'écriture')} scellées une à une, dans leur ordre. "
    if broken:
        return f"{whole}{broken} des {count} de cet extrait ne correspondent plus à leur sceau."
    agree = plural(len(entries), "correspond", "correspondent")
    return f"{whole}{count} {plural(len(entries), 'porte', 'portent')} sur ces faits, et {agree} à leur sceau."


def _warnings(entries: Sequence[Entry]) -> Iterator[str]:
    if broken := [number(one.seq) for one in entries if not one.is_sound]:
        yield f"Écritures altérées depuis leur sceau\u00a0: {listed(broken, SHOWN)}."
    if outside := sum(one.is_outside for one in entries):
        yield f"{counted(outside, 'écriture')} faites hors de l’application."
    if doubtful := sum(one.clock_doubtful for one in entries):
        yield f"{counted(doubtful, 'écriture')} à une heure douteuse\u00a0: l’horloge de l’ordinateur avait reculé."
    if erased := sum(one.salt is None for one in entries):
        yield f"{counted(erased, 'écriture')} dont les valeurs ont été effacées depuis, comme le droit l’exige."


def _cells(one: Entry) -> Cells:
    return (
        number(one.seq), moment(datetime.fromisoformat(one.at)), one.who, what(one), f"{one.hash[:LINK]}…",
    )  # fmt: skip


def what(one: Entry) -> str:
    """« Acte du journal, création : Pris en charge », « Ticket T-0001, modification : État, Pris le »."""
    row = json.loads(one.after or one.before or "{}")
    name = _name(one.table_name)
    title = row.get("number") or row.get("name") or row.get("file_name") or ""
    start = f"{name} {title}".rstrip()
    if one.table_name == "ticket_event":
        return f"{start}, {KINDS[one.kind]}\u00a0: {lowered(EventKind.of(row['kind']).label)}" if row else start
    labels = [label for label, _, _ in changed(one)]
    named = f"\u00a0: {listed(labels, SHOWN)}" if labels and one.kind == "update" else ""
    return f"{start}, {KINDS[one.kind]}{named}"


def _name(table: str) -> str:
    return NAMES.get(table) or (ENTITIES[table].one if table in ENTITIES else table)


def changed(one: Entry) -> list[tuple[str, str, str]]:
    """Label of each field that changed, by its column where none has it, and its values before and after as kept."""
    old, new = (json.loads(kept or "{}") for kept in (one.before, one.after))
    entity = ENTITIES.get(one.table_name)
    labels = {f.name: f.label for f in entity.fields if not isinstance(f, Joined)} if entity else {}
    names = sorted((old.keys() | new.keys()) - BOOKKEEPING)
    return [
        (labels.get(name, name), _text(old.get(name)), _text(new.get(name)))
        for name in names
        if old.get(name) != new.get(name)
    ]


def _text(value: object) -> str:
    return "" if value is None else str(value)
