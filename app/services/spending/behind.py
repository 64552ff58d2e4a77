"""The list behind a figure: what it is made of, to the cent."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from app.fields import amount, counted, number
from app.rules.sharing import shared
from app.services.spending.lines import Bearer, Line, Source, source_of, sources
from app.services.spending.picture import Picture
from app.services.spending.views import LOOSE, OF_ASSETS, Dimension, Key, asset_key, line_key


def behind(of: Picture, by: Dimension, key: Key, wanted: Callable[[Line], bool] = lambda _: True) -> list[Source]:
    """What a figure of a group is made of, until today; its sum is the figure."""
    if by not in OF_ASSETS:
        return sources(line for line in of.now.to_date if line_key(line, by) == key and wanted(line))
    if key is LOOSE:
        return sources(line for line in of.borne.loose if wanted(line))
    found: list[Source] = []
    for bearer, lines in of.borne.by_bearer.items():
        kept = [line for line in lines if wanted(line)]
        inside = [asset_key(of, by, asset_id) == key for asset_id, _ in of.borne.weights[bearer]]
        if not kept or not any(inside):
            continue
        found += sources(kept) if all(inside) else _part_of(of, bearer, kept, inside)
    return sorted(found, key=lambda one: (one.last, abs(one.cents)), reverse=True)


def _part_of(of: Picture, bearer: Bearer, lines: list[Line], inside: list[bool]) -> list[Source]:
    """The part that these assets bear of something shared, as one line a nature and origin."""
    weights = [weight for _, weight in of.borne.weights[bearer]]
    found = []
    for same in _alike(lines):
        whole = sum(line.cents for line in same)
        cents = sum(share for share, kept in zip(shared(whole, weights), inside, strict=True) if kept)
        told = f"part de {number(sum(inside))} sur {counted(len(inside), 'bien')}, sur {amount(whole)}"
        found.append(_told(of, bearer, source_of(same, cents), told, same))
    return found


def _told(of: Picture, bearer: Bearer, one: Source, told: str, same: Sequence[Line]) -> Source:
    """Of one invoice, it is what opens; of several, the contract or the licence that they are of."""
    if len({line.record_id for line in same}) == 1:
        return replace(one, why=f"{one.why}, {told}")
    kind, record_id = bearer
    label = of.names.contracts[record_id] if kind == "contract" else one.label
    return replace(one, why=told[0].upper() + told[1:], label=label, entity=kind, record_id=record_id)


def _alike(lines: Iterable[Line]) -> list[list[Line]]:
    """Shared as one sum, so that cents fall as in the groups: of one purpose and origin."""
    found: dict[Any, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.purpose, line.origin].append(line)
    return list(found.values())
