"""A financial year grouped by what a person asks for: contract, asset, site, month."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.codes import Code
from app.fields import counted, fold, month_words
from app.models.money_codes import BudgetPurpose
from app.rules.expertise import cost_ratio
from app.services.spending import gather
from app.services.spending.bearing import Borne, Pool, pools
from app.services.spending.lines import NATURES, Line, Nature, Origin
from app.services.spending.picture import Picture, Thing


class Dimension(Code):
    CONTRACT = "contract", "Contrat"
    ASSET = "asset", "Bien"
    STATION = "station", "Poste"
    SITE = "site", "Site"
    FAMILY = "family", "Famille"
    MONTH = "month", "Mois"
    PURPOSE = "purpose", "Nature"


OF_ASSETS = (Dimension.ASSET, Dimension.STATION, Dimension.SITE, Dimension.FAMILY)
Key = int | str | None
"""Of a group: the id of its record, the ISO day of a month, the code of a purpose; None: none of them."""
OTHERS, LOOSE = -1, None
"""Of groups: the assets that make no group of their own, and what no asset bears."""


@dataclass(frozen=True, slots=True)
class Group:
    """Cents until today; `unbilled` is the part that no invoice says, `before` the whole of the year before. `value` is
    the price of replacing its assets, and `ratio` maintenance over it; None where there are none."""

    key: Key
    title: str
    note: str
    purchase: int
    maintenance: int
    other: int
    unbilled: int
    before: int
    value: int | None = None

    @property
    def total(self) -> int:
        return self.purchase + self.maintenance + self.other

    @property
    def ratio(self) -> Decimal | None:
        return cost_ratio(self.maintenance, self.value) if self.value else None


def groups(of: Picture, by: Dimension) -> list[Group]:
    """The dearest first; months in their order. What belongs to none comes last, so that the sum is always the same."""
    found = _of_assets(of, by) if by in OF_ASSETS else _of_lines(of, by)
    kept = [one for one in found if one.total or one.before or one.unbilled]
    if by == Dimension.MONTH:
        return sorted(found, key=lambda one: str(one.key))
    return sorted(kept, key=lambda one: (one.key in {OTHERS, LOOSE}, -one.total, -one.before, fold(one.title)))


def _of_lines(of: Picture, by: Dimension) -> list[Group]:
    now, before = _by_key(of.now.to_date, by), _by_key(of.before.to_date, by)
    if by == Dimension.MONTH:
        before = {_year_later(key): lines for key, lines in before.items()}
        keys: Iterable[Key] = _months(of)
    else:
        keys = dict.fromkeys([*now, *before])
    return [
        _group(key, (title_of(of, by, key), ""), pools(now.get(key, ())), pools(before.get(key, ()))) for key in keys
    ]


def _months(of: Picture) -> list[str]:
    """Those of the year, until today's."""
    first, last = gather.bounds(of.now.year)
    months = [first]
    while months[-1] < min(last, of.now.now):
        months.append(gather.following(months[-1]))
    return [one.isoformat() for one in months]


def _year_later(key: Key) -> Key:
    month = date.fromisoformat(str(key))
    return month.replace(year=month.year + 1).isoformat()


def _by_key(lines: Iterable[Line], by: Dimension) -> dict[Key, list[Line]]:
    found: dict[Key, list[Line]] = defaultdict(list)
    for line in lines:
        found[line_key(line, by)].append(line)
    return found


def line_key(line: Line, by: Dimension) -> Key:
    """The group of a line, where groups are not made of assets."""
    if by == Dimension.CONTRACT:
        return line.contract_id
    return line.month.isoformat() if by == Dimension.MONTH else line.purpose.value


def _of_assets(of: Picture, by: Dimension) -> list[Group]:
    now, before = _summed(of, by, of.borne), _summed(of, by, of.borne_before)
    members = _members(of, by)
    found = []
    for key in dict.fromkeys([*now, *before]):
        things = members.get(key, ())
        value = sum(thing.value or 0 for thing in things) or None
        note = "" if key is LOOSE else _note(by, key, things)
        told = title_of(of, by, key), note
        found.append(_group(key, told, now.get(key, {}), before.get(key, {}), value))
    return found


def _group(
    key: Key, told: tuple[str, str], cents: Mapping[Pool, int], before: Mapping[Pool, int], value: int | None = None
) -> Group:
    """`told`: its title and its note."""
    natures = dict.fromkeys(Nature, 0)
    for (purpose, _), share in cents.items():
        natures[NATURES.get(purpose, Nature.OTHER)] += share
    unbilled = sum(share for (_, origin), share in cents.items() if origin != Origin.INVOICED)
    purchase, maintenance, other = natures.values()
    return Group(key, *told, purchase, maintenance, other, unbilled, sum(before.values()), value)


def _note(by: Dimension, key: Key, things: Sequence[Thing]) -> str:
    if by in {Dimension.ASSET, Dimension.STATION} and key != OTHERS:
        return things[0].person if things else ""
    return counted(len(things), "bien") if things else ""


def _summed(of: Picture, by: Dimension, whole: Borne) -> dict[Key, dict[Pool, int]]:
    found: dict[Key, dict[Pool, int]] = defaultdict(lambda: defaultdict(int))
    for asset_id, cents in whole.assets.items():
        own = found[asset_key(of, by, asset_id)]
        for pool, share in cents.items():
            own[pool] += share
    if whole.loose:
        found[LOOSE] = pools(whole.loose)
    return found


def asset_key(of: Picture, by: Dimension, asset_id: int) -> Key:
    thing = of.names.things[asset_id]
    if by == Dimension.SITE:
        return thing.site_id if thing.site_id is not None else OTHERS
    if by == Dimension.FAMILY:
        return thing.family_id
    return asset_id if by == Dimension.ASSET or thing.is_station else OTHERS


def _members(of: Picture, by: Dimension) -> dict[Key, list[Thing]]:
    """The assets of each group that are still in the company, or that bear something."""
    found: dict[Key, list[Thing]] = defaultdict(list)
    for asset_id, thing in of.names.things.items():
        if thing.value is not None or asset_id in of.borne.assets:
            found[asset_key(of, by, asset_id)].append(thing)
    return found


def title_of(of: Picture, by: Dimension, key: Key) -> str:
    if isinstance(key, str):
        purpose = by == Dimension.PURPOSE
        return BudgetPurpose.of(key).label if purpose else month_words(date.fromisoformat(key)).capitalize()
    if key is None:
        return "Hors contrat" if by == Dimension.CONTRACT else "Non réparti sur des biens"
    if key == OTHERS:
        return "Sans site" if by == Dimension.SITE else "Autres biens"
    if by in {Dimension.ASSET, Dimension.STATION}:
        return of.names.things[key].title
    titles = {Dimension.CONTRACT: of.names.contracts, Dimension.SITE: of.names.sites}
    return titles.get(by, of.names.families)[key]
