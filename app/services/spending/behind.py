"""The list behind a figure: what it is made of, to the cent."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.fields import amount, counted, number
from app.rules.sharing import shared
from app.services.spending.bearing import Bearing, Pool
from app.services.spending.lines import Bearer, Line, Source, source_of, sources
from app.services.spending.picture import Picture
from app.services.spending.views import LOOSE, OF_ASSETS, Dimension, Key, asset_key, line_key


def behind(of: Picture, by: Dimension, key: Key, wanted: Callable[[Line], bool] = lambda _: True) -> list[Source]:
    """What a figure of a group is made of, until today; its sum is the figure."""
    if by not in OF_ASSETS:
        return sources(line for line in of.now.to_date if line_key(line, by) == key and wanted(line))
    if key is LOOSE:
        return sources(line for line in of.borne.loose if wanted(line))
    members = _members(of, by, key)
    plain: list[Line] = []
    parts: dict[Any, _Part] = {}
    for bearing, lines in of.borne.lines.items():
        kept = [line for line in lines if wanted(line)]
        inside = [asset_id in members for asset_id, _ in of.borne.weights[bearing]]
        if not kept or not any(inside):
            continue
        if all(inside):
            plain += kept
        else:
            _add_parts(parts, of, bearing, kept, inside)
    found = [*sources(plain), *(_told(of, bearer, part) for (bearer, *_), part in parts.items())]
    return sorted(found, key=lambda one: (one.last, abs(one.cents)), reverse=True)


def _members(of: Picture, by: Dimension, key: Key) -> Container[int]:
    """The assets of a group."""
    if by == Dimension.ASSET and isinstance(key, int):
        return (key,)
    return {asset_id for asset_id in of.names.things if asset_key(of, by, asset_id) == key}


@dataclass(slots=True)
class _Part:
    """What some assets bear of something shared: `inside` of `members` bear `cents` of these lines."""

    lines: list[Line] = field(default_factory=list)
    cents: int = 0
    inside: int = 0
    members: int = 0


def _add_parts(
    parts: dict[Any, _Part], of: Picture, bearing: Bearing, lines: Sequence[Line], inside: Sequence[bool]
) -> None:
    """One part a purpose and origin, shared as the groups are: the cents fall on the same assets."""
    weights = [weight for _, weight in of.borne.weights[bearing]]
    for pool, same in _alike(lines).items():
        part = parts.setdefault((bearing[0], *pool), _Part())
        shares = shared(sum(line.cents for line in same), weights)
        part.lines += same
        part.cents += sum(share for share, kept in zip(shares, inside, strict=True) if kept)
        part.inside, part.members = sum(inside), len(inside)


def _told(of: Picture, bearer: Bearer, part: _Part) -> Source:
    """Of one invoice, it is what opens; of several, the contract or the licence that they are of."""
    one, whole = source_of(part.lines, part.cents), sum(line.cents for line in part.lines)
    told = f"part de {number(part.inside)} sur {counted(part.members, 'bien')}, sur {amount(whole)}"
    if len({line.record_id for line in part.lines}) == 1:
        return replace(one, why=f"{one.why}, {told}")
    kind, record_id = bearer
    label = of.names.contracts[record_id] if kind == "contract" else one.label
    return replace(one, why=told[0].upper() + told[1:], label=label, entity=kind, record_id=record_id)


def _alike(lines: Iterable[Line]) -> dict[Pool, list[Line]]:
    found: dict[Pool, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.purpose, line.origin].append(line)
    return found
