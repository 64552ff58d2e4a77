"""The sheets of the « Classeur du parc », each a list; the synthesis is made of formulas over that of the assets."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from openpyxl.utils import get_column_letter
from sqlalchemy.orm import Session

from app.entities import ENTITIES, Entity
from app.fields import Field
from app.models.codes import AssetStatus, Verdict
from app.reports.workbook import Column, Sheet
from app.rules.expertise import months_left
from app.services import export, families, listing, records
from app.services.expertises import Assessed
from app.services.families import OwnColumn
from app.services.inventory_report.rows import AssetRow, Fleet, has_system, name_of
from app.services.listing import Filter, Query, Row

PARK = "Parc"
NOWHERE = "Sans site"
ASSET = ENTITIES["asset"]
STAYING = tuple(status for status in AssetStatus if status != AssetStatus.RETIRED)
LISTS = (("licence", "Licences"), ("software", "Logiciels vus"), ("need", "Besoins"))
"""Entities that have a sheet of their own, when they have records."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A column that the expertise adds to the assets."""

    label: str
    kind: str
    width: int
    value: Callable[[Assessed], Any]


JUDGED = (
    Judged("Verdict", "text", 9, lambda one: one.verdict.value),
    Judged("Score", "decimal", 9, lambda one: one.score),
    Judged("R", "percent", 9, lambda one: one.repair_ratio),
    Judged("M", "percent", 9, lambda one: one.maintenance_ratio),
    Judged("À remplacer avant", "day", 14, lambda one: one.renew_on),
)


def sheets(session: Session, fleet: Fleet) -> list[Sheet]:
    """In the order of the book; a list without any record has no sheet."""
    park = Park(ASSET, _staying(), PARK, families.columns(session, ASSET), JUDGED, fleet.assessed)
    made = [_synthesis(fleet, park), park.sheet(session)]
    if fleet.assessed:
        made.append(_expertise(fleet))
    if any(map(has_system, fleet.rows)):
        made.append(_supports(fleet))
    for key, title in LISTS:
        entity = ENTITIES[key]
        query = records.whole_list(entity)
        if listing.count(session, entity, query):
            made.append(Listed(entity, query, title).sheet(session))
    return made


def _staying() -> Query:
    whole = records.whole_list(ASSET)
    return Query(whole.columns, whole.sort, whole.descending, filters=(Filter("status", STAYING),))


# -- lists ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Listed:
    """Every column of a list, then what the expertise says of the record, then the fields of its family."""

    entity: Entity
    query: Query
    title: str
    own: Sequence[OwnColumn] = ()
    judged: Sequence[Judged] = ()
    assessed: Mapping[int, Assessed] = field(default_factory=dict)

    def sheet(self, session: Session) -> Sheet:
        read = self._read(session)
        first = next(read, [])
        fields = [*self._fields, *(one.field for one in self.own)]
        wide = export.widths(fields, first)
        columns = [Column(f.label, export.kind_of(f), w, f.total) for f, w in zip(fields, wide, strict=True)]
        at = len(self._fields)
        columns[at:at] = [Column(one.label, one.kind, one.width) for one in self.judged]
        return Sheet(self.title, columns, self._rows(chain(first, chain.from_iterable(read))))

    @property
    def _fields(self) -> list[Field]:
        return [self.entity.field(name) for name in self.query.columns]

    def _read(self, session: Session) -> Iterator[list[Row]]:
        for batch in export.batches(session, self.entity, self.query):
            yield families.with_own(session, batch, self.own) if self.own else batch

    def _rows(self, rows: Iterable[Row]) -> Iterator[Sequence[Any]]:
        fields, own = self._fields, [one.field for one in self.own]
        for row in rows:
            one = self.assessed.get(row.id)
            yield [
                *(export.cell(f, value) for f, value in zip(fields, row.values, strict=False)),
                *(column.value(one) if one else None for column in self.judged),
                *(export.cell(f, value) for f, value in zip(own, row.values[len(fields) :], strict=True)),
            ]


class Park(Listed):
    """The assets: where the synthesis finds what it sums."""

    def range(self, name: str, count: int) -> str:
        """« Parc!$C$2:$C$98 »: a field, or the verdict, of so many assets."""
        names = [*self.query.columns, "verdict"]
        letter = get_column_letter(names.index(name) + 1)
        return f"{PARK}!${letter}$2:${letter}${max(count, 1) + 1}"


# -- the synthesis ----------------------------------------------------------------------------------------------

LETTERS = tuple(verdict.value for verdict in Verdict)
COUNTS = 6
"""The column of the first verdict."""
KEPT = 3
"""A, B and C can be maintained."""


def _synthesis(fleet: Fleet, park: Park) -> Sheet:
    """One line a site and a family, each figure a formula over the sheet of the assets."""
    columns = [
        Column("Site", "text", 22), Column("Famille", "text", 24), Column("Biens", "=number", 10, total=True),
        Column("Valeur de remplacement HT", "=money", 20, total=True),
        Column("Prix d’achat HT", "=money", 18, total=True),
        *(Column(f"Verdict {letter}", "=number", 11, total=True) for letter in LETTERS),
        Column("Non évalués", "=number", 12, total=True), Column("Part maintenable", "=percent", 14),
    ]  # fmt: skip
    names = ("site_id", "family_id", "replacement_value", "price", "verdict")
    ranges = {name: park.range(name, len(fleet.rows)) for name in names}
    pairs = list(dict.fromkeys((row.site or "", row.family) for row in fleet.rows))
    return Sheet("Synthèse", columns, [_line(ranges, n, site, family) for n, (site, family) in enumerate(pairs, 2)])


def _line(ranges: Mapping[str, str], n: int, site: str, family: str) -> list[str]:
    """Exact comparisons: the names stand in the cells, never in a formula, and none is read as a pattern."""
    own = f"$A{n}" if site else '""'
    here = f"({ranges['site_id']}={own})*({ranges['family_id']}=$B{n})"
    first, kept, last = (get_column_letter(COUNTS + at) for at in (0, KEPT - 1, len(LETTERS) - 1))
    judged = f"SUM({first}{n}:{last}{n})"
    return [
        site or NOWHERE,
        family,
        f"=SUMPRODUCT({here})",
        *(_sum(here, ranges[name]) for name in ("replacement_value", "price")),
        *(f'=SUMPRODUCT({here}*({ranges["verdict"]}="{letter}"))' for letter in LETTERS),
        f"=C{n}-{judged}",
        f'=IF({judged}=0,"",SUM({first}{n}:{kept}{n})/{judged})',
    ]


def _sum(here: str, amounts: str) -> str:
    """Empty when none of them is known, which is not zero."""
    return f'=IF(SUMPRODUCT({here}*({amounts}<>""))=0,"",SUMPRODUCT({here},{amounts}))'


# -- expertise and ends of support ------------------------------------------------------------------------------


def _expertise(fleet: Fleet) -> Sheet:
    criteria = next(iter(fleet.assessed.values())).criteria
    columns = [
        *(Column(label, "text", width) for label, width in _IDENTITY),
        *(Column(one.label, "number", 12) for one in criteria),
        Column("Score", "decimal", 9), Column("R", "percent", 9), Column("M", "percent", 9),
        Column("Verdict de la règle", "text", 11), Column("Règle appliquée", "text", 40), Column("Verdict", "text", 9),
        Column("Motif de l’expert", "text", 40), Column("Remise en état HT", "money", 16, total=True),
        Column("Valeur de remplacement HT", "money", 18, total=True),
        Column("Maintenance 12 mois HT", "money", 18, total=True), Column("À remplacer avant", "day", 14),
        Column("Observations", "text", 50), Column("Action proposée", "text", 50), Column("Expertise", "text", 16),
    ]  # fmt: skip
    pairs = ((row, fleet.judged(row)) for row in fleet.rows)
    return Sheet("Expertise", columns, (_judged(row, one) for row, one in pairs if one))


_IDENTITY = (("N°", 12), ("Désignation", 30), ("Site", 18), ("Famille", 20))


def _identity(row: AssetRow) -> tuple[str, str, str | None, str]:
    return row.number, name_of(row), row.site, row.family


def _judged(row: AssetRow, one: Assessed) -> tuple[Any, ...]:
    return (
        *_identity(row), *(criterion.note for criterion in one.criteria), one.score, one.repair_ratio,
        one.maintenance_ratio, one.ruled.value, one.rule, one.verdict.value, one.reason, one.repair_cost,
        one.replacement_value, one.maintenance_cost, one.renew_on, one.observations, one.action, one.expertise,
    )  # fmt: skip


def _supports(fleet: Fleet) -> Sheet:
    """What has a system, the first to end at the top."""
    columns = [
        *(Column(label, "text", width) for label, width in _IDENTITY), Column("Système", "text", 28),
        Column("Version", "text", 16), Column("Fin de support", "day", 14), Column("Mois restants", "number", 12),
        Column("État", "text", 16), Column("Criticité", "text", 14),
    ]  # fmt: skip
    systems = sorted(filter(has_system, fleet.rows), key=lambda row: (row.support_end or date.max, row.number))
    return Sheet("Fins de support", columns, [_support(row, fleet.today) for row in systems])


def _support(row: AssetRow, today: date) -> tuple[Any, ...]:
    end = row.support_end
    left = months_left(end, today) if end else None
    criticality = row.criticality.label if row.criticality else None
    return (*_identity(row), row.system, row.system_version, end, left, _state(end, left, today), criticality)


def _state(end: date | None, left: int | None, today: date) -> str:
    if end is None or left is None:
        return "Inconnu"
    if end < today:
        return "Expiré"
    return next((f"< {months}\u00a0mois" for months in (6, 12, 24) if left < months), "> 24\u00a0mois")
