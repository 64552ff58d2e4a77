"""Capitalise what was bought, one line for each or one for a set, or expense it (domain.md E.2)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.accounting import FIXED_ASSET
from app.errors import Refused
from app.jobs import Job, Progress
from app.models import Asset, FixedAsset, InvoiceLine, Licence
from app.models.money_codes import FixedKind, Treatment
from app.rules.capitalise import Price
from app.services import preferences, records
from app.services.fixed_assets.bought import Bought, Key, Source, pending
from app.services.numbering import next_numbers
from app.storage import Store

MODELS: Mapping[Source, type[Asset] | type[Licence] | type[InvoiceLine]] = {
    "asset": Asset, "licence": Licence, "invoice_line": InvoiceLine,
}  # fmt: skip
BATCH = 400
GONE = "Ce qui était à décider a changé pendant ce temps\u00a0: relisez la liste."
NOTHING = "Choisissez au moins une ligne dans la liste."


@dataclass(frozen=True, slots=True)
class Decided:
    """How many things were capitalised, on how many new lines, and how many were expensed."""

    capitalised: int
    lines: int
    expensed: int


def expense(session: Session, keys: Sequence[Key]) -> int:
    """Pass these as charges. Gives how many."""
    for key_batch in _by_source(keys):
        _mark(session, *key_batch, Treatment.EXPENSED)
    return len(keys)


def capitalise_each(session: Session, keys: Sequence[Key]) -> list[int]:
    """One line of the register for each of these; gives their ids."""
    return [line for batch in _each(session, _of(session, keys)) for line in batch]


def capitalise_set(session: Session, keys: Sequence[Key], values: Mapping[str, Any]) -> int:
    """One line for all of these, sold as one good. `values` are fields of the line (label, starts_on, life_months…),
    and `fees`: delivery and installation, in cents. InvalidFields names what is refused."""
    chosen = _of(session, keys)
    told = start(session, keys) | {name: value for name, value in values.items() if name != "fees"}
    told["cost"] = Price(told["cost"], values.get("fees") or 0).cost
    line = records.create(session, FIXED_ASSET, told)
    _bind(session, {one.key: line for one in chosen})
    return line


def start(session: Session, keys: Sequence[Key]) -> dict[str, Any]:
    """The values of the line that these would make, before anybody corrects them."""
    chosen = _of(session, keys)
    return _values(session, chosen)


def follow_job(store: Store, keys: Sequence[Key] | None = None) -> Job[Decided]:
    """Do what is proposed of all that is to be decided, or of these; what may be a part of a set is left."""
    with store.begin("Immobiliser ou passer en charge") as session:
        kept = set(keys) if keys is not None else None
        found = [one for one in pending(session) if kept is None or one.key in kept]
        small = [one.key for one in found if one.proposal == Treatment.EXPENSED]
        great = [one for one in found if one.proposal == Treatment.CAPITALISED]
        expense(session, small)
        done = 0
        for batch in _each(session, great):
            done += len(batch)
            yield Progress(done, len(great), "Lignes du registre")
        return Decided(len(great), done, len(small))


def reopen(session: Session, keys: Sequence[Key]) -> int:
    """Put back what was decided; Refused for what stands on a line of the register: that line goes to the bin first."""
    for source, ids in _by_source(keys):
        for record in _records(session, source, ids):
            if record.fixed_asset_id is not None:
                raise Refused("Mettez d’abord sa ligne du registre à la corbeille.")
        _mark(session, source, ids, Treatment.TO_DECIDE)
    return len(keys)


def to_bin(session: Session, lines: Sequence[int]) -> int:
    """Lines of the register to the bin: what they were made of is to be decided again."""
    for source in MODELS:
        model = MODELS[source]
        held = session.scalars(select(model.id).where(model.fixed_asset_id.in_(lines), model.deleted_at.is_(None)))
        _mark(session, source, held.all(), Treatment.TO_DECIDE, None)
    return records.to_bin(session, FIXED_ASSET, lines)


def _of(session: Session, keys: Sequence[Key]) -> list[Bought]:
    if not keys:
        raise Refused(NOTHING)
    known = {one.key: one for one in pending(session)}
    if any(key not in known for key in keys):
        raise Refused(GONE)
    return [known[key] for key in keys]


def _values(session: Session, chosen: Sequence[Bought]) -> dict[str, Any]:
    """The dearest gives its name and its kind; the latest start is when the whole serves."""
    first = max(chosen, key=lambda one: one.cents)
    starts = [one.starts_on for one in chosen]
    bought = [one.bought_on for one in chosen if one.bought_on]
    return {
        "label": first.label,
        "kind": first.kind,
        "supplier": first.supplier,
        "invoice_id": first.invoice_id,
        "invoice_number": first.invoice,
        "acquired_on": min(bought, default=None),
        "starts_on": max((day for day in starts if day), default=None) if all(starts) else None,
        "cost": sum(one.cents for one in chosen),
        "vat": sum(one.vat for one in chosen),
        "residual": 0,
        "life_months": _life(session, first.kind),
    }


def _life(session: Session, kind: FixedKind) -> int:
    key = "hardware_months" if kind == FixedKind.HARDWARE else "software_months"
    return int(preferences.get(session, key))


def _each(session: Session, chosen: Sequence[Bought]) -> Iterator[list[int]]:
    numbering = FIXED_ASSET.numbering
    assert numbering is not None  # noqa: S101 - declared with its prefix
    numbers = next_numbers(session, numbering.prefix, len(chosen), numbering.width) if chosen else []
    for at in range(0, len(chosen), BATCH):
        batch = chosen[at : at + BATCH]
        lines = [
            FixedAsset(number=number, **_values(session, [one]))
            for one, number in zip(batch, numbers[at : at + BATCH], strict=True)
        ]
        session.add_all(lines)
        session.flush()
        _bind(session, {one.key: line.id for one, line in zip(batch, lines, strict=True)})
        yield [line.id for line in lines]


def _bind(session: Session, lines: Mapping[Key, int]) -> None:
    for source, ids in _by_source(list(lines)):
        for record in _records(session, source, ids):
            record.treatment = Treatment.CAPITALISED
            record.fixed_asset_id = lines[source, record.id]
    session.flush()


def _mark(session: Session, source: Source, ids: Sequence[int], treatment: Treatment, line: int | None = None) -> None:
    """A line of an invoice bears nothing while it is to be decided."""
    none = source == "invoice_line" and treatment == Treatment.TO_DECIDE
    for at in range(0, len(ids), BATCH):
        for record in _records(session, source, ids[at : at + BATCH]):
            record.treatment = None if none else treatment
            record.fixed_asset_id = line
    session.flush()


def _records(session: Session, source: Source, ids: Sequence[int]) -> list[Any]:
    model: Any = MODELS[source]
    return [
        one
        for at in range(0, len(ids), BATCH)
        for one in session.scalars(select(model).where(model.id.in_(ids[at : at + BATCH])))
    ]


def _by_source(keys: Sequence[Key]) -> Iterator[tuple[Source, list[int]]]:
    found: dict[Source, list[int]] = defaultdict(list)
    for source, record_id in keys:
        found[source].append(record_id)
    yield from found.items()
