"""Lists of any entity: filtered, sorted and paged by SQL, whatever their length.

A page is read in two steps: the ids in order, then the columns of those ids only, so that the cost of a page does not
grow with what is joined to it (speed.md 1e, goals 9 and 14).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    case,
    column,
    false,
    func,
    literal,
    or_,
    select,
    table,
    union_all,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.expression import FromClause

from app.entities import ENTITIES, Entity
from app.fields import Choice, Derived, Field, Joined, Ref
from app.fields import Text as TextField
from app.models import Record
from app.services import contract_columns, objective_columns, part_columns, software_use, ticket_due, verdicts
from app.services.backups import columns as backup_columns
from app.services.evaluations import columns as evaluation_columns
from app.services.fixed_assets import columns as register_columns
from app.services.invoices import columns as invoice_columns
from app.services.periodic import columns as periodic_columns
from app.services.planning import standing, task_columns
from app.services.satisfaction import columns as survey_columns
from app.storage.search import match_expression

MOST_VALUES = 200
"""Offered by a filter: beyond, one types the word sought."""
PLENTY = 3000
"""Beyond this many answers, walking the order and testing each row is quicker than sorting the answers."""


WORKED_OUT = "worked_out"
"""The link to the columns that come from other tables."""
OF_ROW: Mapping[tuple[str, str], Callable[[FromClause], ColumnElement[Any]]] = {
    ("asset", "verdict"): verdicts.of_row,
    ("backup_plan", "state"): backup_columns.state,
    ("backup_plan", "check_age"): backup_columns.check_age,
    ("backup_plan", "test_age"): backup_columns.restored_age,
    ("contract", "fee_now"): contract_columns.fee_now,
    ("evaluation", "standing"): evaluation_columns.standing,
    ("evaluation", "technician"): evaluation_columns.technician,
    ("evaluation", "ticket"): evaluation_columns.ticket,
    ("invoice", "state"): invoice_columns.state,
    ("invoice", "left"): invoice_columns.left_told,
    ("invoice", "late_days"): invoice_columns.late_days,
    ("invoice", "net"): invoice_columns.net,
    ("invoice", "vat"): invoice_columns.vat,
    ("invoice", "gross"): invoice_columns.gross,
    ("objective", "served"): objective_columns.served,
    ("part", "amount"): part_columns.amount,
    ("period_review", "issued_at"): periodic_columns.issued_at,
    ("ticket", "next_due"): ticket_due.next_due,
    ("ticket", "due_state"): ticket_due.due_state,
    ("ticket", "running"): ticket_due.running,
    ("visit", "state"): standing.state,
    ("satisfaction_survey", "returned"): survey_columns.returned,
    ("maintenance_task", "rhythm"): task_columns.rhythm,
    ("maintenance_task", "next_on"): task_columns.next_on,
    ("maintenance_task", "missed"): task_columns.missed,
}
"""What a list finds row by row: Derived fields, the others of which stand in `software_use.columns_of` their entity,
and columns that do not count as they are kept."""
OF_YEAR = {"fixed_asset": register_columns.columns}
"""Derived fields that are those of a financial year: all of them at once, by name, from the table and the day."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Keep the rows whose `field` is among `values` (None: empty), or within `low`..`high` (bounds included)."""

    field: str
    values: tuple[Any, ...] = ()
    low: Any = None
    high: Any = None


@dataclass(frozen=True, slots=True)
class Query:
    """What a list shows. `columns` are names of fields; `ids` limits it to given records. What depends on a financial
    year is read for the one that holds today; with `on`, for that of this day, and only the rows that are in it."""

    columns: tuple[str, ...]
    sort: str
    descending: bool = False
    text: str = ""
    filters: tuple[Filter, ...] = ()
    in_bin: bool = False
    ids: tuple[int, ...] | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Raw values in the order of the columns (the title of a linked record), and the name of the row's icon."""

    id: int
    values: tuple[Any, ...]
    icon: str = ""


def default_query(entity: Entity) -> Query:
    return Query(entity.shown, entity.order_by, entity.descending)


def title_of(model: type[Record], source: FromClause) -> ColumnElement[str]:
    """The short name of a record, by SQL: its title columns that are not empty, joined by a space."""
    parts = [func.coalesce(source.c[name] + " ", "") for name in model.__title__]
    joined: ColumnElement[Any] = parts[0]
    for part in parts[1:]:
        joined = joined + part
    return func.nullif(func.trim(joined), "")


def folded(expression: ColumnElement[Any]) -> ColumnElement[Any]:
    """Without case nor accents: « école » stands between « ecole » and « editeur ». The store's own SQL function."""
    return func.fold(expression)


class _Plan:
    """The tables that a query needs: the entity's own, and one alias for each link followed."""

    def __init__(self, session: Session, entity: Entity, on: date | None = None) -> None:
        self.entity = entity
        self.table = entity.model.__table__
        self.of_year: Mapping[str, ColumnElement[Any]] = {}
        if of_year := OF_YEAR.get(entity.key):
            self.of_year = of_year(session, self.table, on)
        self.source: FromClause = self.table
        self.links: dict[str, FromClause] = {}

    def link(self, name: str) -> FromClause:
        if name not in self.links:
            field = self.entity.field(name)
            target = ENTITIES[field.target].model.__table__.alias(name) if isinstance(field, Ref) else self.table
            self.source = self.source.outerjoin(target, self.table.c[name] == target.c.id)
            self.links[name] = target
        return self.links[name]

    def icon(self, name: str) -> ColumnElement[Any]:
        """The drawing of a row: that of the record a Ref names, or its own."""
        own: ColumnElement[Any] = self.table.c[name]
        return self.link(name).c.icon if isinstance(self.entity.field(name), Ref) else own

    def value(self, field: Field) -> ColumnElement[Any]:
        if isinstance(field, Ref):
            return title_of(ENTITIES[field.target].model, self.link(field.name))
        if isinstance(field, Derived):
            return self.worked_out(field.name)
        if isinstance(field, Joined):
            parts = [func.coalesce(self._part(name) + field.separator, "") for name in field.parts]
            return func.nullif(func.rtrim(sum(parts[1:], parts[0]), field.separator), "")
        if of_row := OF_ROW.get((self.entity.key, field.name)):
            return of_row(self.table)
        found: ColumnElement[Any] = self.table.c[field.name]
        return found

    def cell(self, field: Field) -> ColumnElement[Any]:
        """What a filter compares: the column itself, an id for a Ref."""
        own: ColumnElement[Any] = self.table.c[field.name] if isinstance(field, Ref) else self.value(field)
        return own

    def _part(self, name: str) -> ColumnElement[Any]:
        field = self.entity.field(name) if any(f.name == name for f in self.entity.fields) else None
        own: ColumnElement[Any] = self.table.c[name]
        return self.value(field) if isinstance(field, Ref) else own

    def worked_out(self, name: str) -> ColumnElement[Any]:
        """A Derived field: row by row for a long list, read a few rows at a time, else from one count of all."""
        if of_row := OF_ROW.get((self.entity.key, name)):
            return of_row(self.table)
        if name in self.of_year:
            return self.of_year[name]
        if WORKED_OUT not in self.links:
            found = software_use.columns_of(self.entity.key)
            self.source = self.source.outerjoin(found, self.table.c.id == found.c.id)
            self.links[WORKED_OUT] = found
        value: ColumnElement[Any] = self.links[WORKED_OUT].c[name]
        return value

    def order(self, query: Query) -> list[ColumnElement[Any]]:
        field = self.entity.field(query.sort)
        value = self._rank(field) if isinstance(field, Ref) else self.value(field)
        if isinstance(field, Choice | Derived) and field.options is not None:
            value = case({member.value: i for i, member in enumerate(field.options)}, value=value.cast(Text))
        elif isinstance(field, TextField | Joined) and not (self._is_number(field) or isinstance(field, Derived)):
            value = folded(value)
        ordered = value.desc() if query.descending else value.asc()
        tie = self.table.c.id.desc() if query.descending else self.table.c.id.asc()
        nullable = isinstance(field, Ref | Joined) or self.table.c[field.name].nullable
        then = [self.table.c[self.entity.then_by]] if self.entity.then_by not in {"", query.sort} else []
        return [ordered.nulls_last() if nullable else ordered, *then, tie]

    def _rank(self, field: Ref) -> ColumnElement[int]:
        """The place of a linked record among its kind: each title is folded once, and not once for each row."""
        model = ENTITIES[field.target].model
        kind = model.__table__
        place = func.rank().over(order_by=folded(title_of(model, kind))).label("place")
        ranked = select(kind.c.id, place).subquery(f"{field.name}_places")
        self.source = self.source.outerjoin(ranked, self.table.c[field.name] == ranked.c.id)
        return ranked.c.place

    def _is_number(self, field: Field) -> bool:
        """Numbers that the program gives stand in their own order, which their index has."""
        return self.entity.numbering is not None and self.entity.numbering.field == field.name

    def conditions(self, query: Query) -> list[ColumnElement[bool]]:
        gone = self.table.c.deleted_at
        found = [gone.is_not(None) if query.in_bin else gone.is_(None)]
        found += [self._filtered(f) for f in query.filters]
        if query.ids is not None:
            found.append(self.table.c.id.in_(query.ids) if query.ids else false())
        if query.on is not None and self.of_year:
            found.append(self.of_year["held"])
        return found

    def _filtered(self, wanted: Filter) -> ColumnElement[bool]:
        cell = self.cell(self.entity.field(wanted.field))
        within = [cell >= wanted.low] if wanted.low is not None else []
        within += [cell <= wanted.high] if wanted.high is not None else []
        tests = [and_(*within)] if within else []
        if wanted.values:
            known = [v for v in wanted.values if v is not None]
            tests += [cell.in_(known), *([cell.is_(None)] if None in wanted.values else [])]
        return or_(*tests)


def _index_of(name: str) -> Any:
    return table(f"{name}_fts", column("rowid"), column(f"{name}_fts"))


def _hits(key: str, expression: str) -> Select[Any]:
    index = _index_of(key)
    return select(index.c.rowid).where(index.c[f"{key}_fts"].op("MATCH")(literal(expression)))


def _word_hits(entity: Entity, expression: str) -> Any:
    """Ids of the records that hold the word, or are linked to a record that does."""
    own = entity.model.__table__
    found: list[Any] = [_hits(entity.key, expression)] if entity.model.__searched__ else []
    found += [
        select(own.c.id).where(own.c[field.name].in_(_hits(field.target, expression)))
        for field in entity.columns
        if isinstance(field, Ref) and ENTITIES[field.target].model.__searched__
    ]
    return union_all(*found) if len(found) > 1 else found[0] if found else select(own.c.id).where(false())


def _text_condition(session: Session, plan: _Plan, text: str) -> list[ColumnElement[bool]]:
    """One condition a word; a word with many answers is tested row by row along the order (unary + hides the index)."""
    found: list[ColumnElement[bool]] = []
    for word in text.split():
        expression = match_expression(word)
        if expression is None:
            continue
        hits = _word_hits(plan.entity, expression).subquery()
        many = session.scalar(select(func.count()).select_from(select(hits).limit(PLENTY + 1).subquery())) or 0
        own: ColumnElement[Any] = plan.table.c.id
        if many > PLENTY:
            own = own.op("+")(0)
        found.append(own.in_(select(list(hits.c)[0])))  # noqa: RUF015 - a column collection is no iterator
    return found


def _matching(session: Session, plan: _Plan, query: Query) -> list[ColumnElement[bool]]:
    return plan.conditions(query) + _text_condition(session, plan, query.text)


def ids(session: Session, entity: Entity, query: Query, offset: int = 0, limit: int | None = None) -> list[int]:
    """Ids of the rows shown, in order."""
    plan = _Plan(session, entity, query.on)
    order, where = plan.order(query), _matching(session, plan, query)
    statement = select(plan.table.c.id).select_from(plan.source).where(*where).order_by(*order)
    return list(session.scalars(statement.offset(offset).limit(limit)))


def rows(
    session: Session, entity: Entity, columns: Sequence[str], wanted: Sequence[int], on: date | None = None
) -> list[Row]:
    """The given records, in the given order."""
    plan = _Plan(session, entity, on)
    fields = [entity.field(name) for name in columns]
    values = [plan.value(field) for field in fields]
    icon_from = next((f.icon_from for f in fields if isinstance(f, Joined) and f.icon_from), "")
    icon = plan.icon(icon_from) if icon_from else literal("")
    statement = select(plan.table.c.id, icon, *values).select_from(plan.source).where(plan.table.c.id.in_(wanted))
    found = {r[0]: Row(r[0], tuple(r[2:]), r[1] or "") for r in session.execute(statement)}
    return [found[i] for i in wanted if i in found]


def page(session: Session, entity: Entity, query: Query, offset: int = 0, limit: int = 200) -> list[Row]:
    return rows(session, entity, query.columns, ids(session, entity, query, offset, limit), query.on)


def count(session: Session, entity: Entity, query: Query) -> int:
    plan = _Plan(session, entity, query.on)
    statement = select(func.count()).select_from(plan.table).where(*_matching(session, plan, query))
    return session.scalar(statement) or 0


def totals(session: Session, entity: Entity, query: Query) -> dict[str, int]:
    """Sums over all that is shown, of the columns that declare a total."""
    plan = _Plan(session, entity, query.on)
    names = [f.name for f in entity.columns if f.total]
    if not names:
        return {}
    sums = [func.coalesce(func.sum(plan.value(entity.field(name))), 0) for name in names]
    where = _matching(session, plan, query)
    found = session.execute(select(*sums).select_from(plan.source).where(*where)).one()
    return dict(zip(names, found, strict=True))


def distinct(
    session: Session,
    entity: Entity,
    name: str,
    limit: int = MOST_VALUES,
    *,
    held: tuple[Filter, ...] = (),
    on: date | None = None,
) -> list[tuple[Any, str, int]]:
    """(value, text, how many) of a field's values in use, for a filter's menu; the empty value last.

    `held`: only among the rows that these filters keep.
    """
    plan = _Plan(session, entity, on)
    field = entity.field(name)
    shown = plan.value(field)
    cell = plan.cell(field)
    order = plan.order(replace(default_query(entity), sort=name))
    statement = (
        select(cell, shown, func.count())
        .select_from(plan.source)
        .where(*plan.conditions(Query((), name, filters=held, on=on)))
        .group_by(cell)
        .order_by(cell.is_(None), *order)
        .limit(limit)
    )
    return [
        (value, field.format(text if isinstance(field, Ref) else value), n)
        for value, text, n in session.execute(statement)
    ]
