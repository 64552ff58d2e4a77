"""What the mapped classes do not say: STRICT tables, full-text indexes, and the triggers that write the history.

Indexes and triggers are made again from the mapped classes by `install`, at creation and after each migration, so
that no migration has to speak of them.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, Table

from app.models import Base, Record

OUTSIDE = "hors de l’application"
APPLICATION_ID = 0x50415243  # « PARC »
SCHEMA = 1  # the number of the last migration, kept in the header as user_version
CONTEXT = "history_context"

# SQLite takes 127 arguments in a call: the columns go by pieces.
_PIECE = 40
_NOW = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
_MADE_BY_SQLITE = ("_data", "_idx", "_docsize", "_config")

_CONTEXT_DDL = f"""CREATE TABLE IF NOT EXISTS {CONTEXT} (
    id INTEGER PRIMARY KEY CHECK (id = 1), action_id INTEGER, at TEXT, who TEXT, app_version TEXT,
    clock_doubtful INTEGER NOT NULL DEFAULT 0
) STRICT"""


def make_strict() -> None:
    """Every table refuses a value of another type; no identifier is given twice, even after an undone creation."""
    for table in Base.metadata.tables.values():
        table.kwargs["sqlite_strict"] = True
        if "id" in table.primary_key.columns or "seq" in table.primary_key.columns:
            table.kwargs["sqlite_autoincrement"] = True


make_strict()


def record_classes() -> list[type[Record]]:
    """The mapped classes whose changes are kept in the history, by the name of their table."""
    kept = (m.class_ for m in Base.registry.mappers if issubclass(m.class_, Record))
    return sorted(kept, key=lambda one: table_of(one).name)


def table_of(kept: type[Record]) -> Table:
    return Base.metadata.tables[str(getattr(kept, "__tablename__"))]  # noqa: B009 - Record itself has no table


def row_json(columns: list[str], row: str) -> str:
    """The SQL that gives a row as canonical JSON: names sorted, no spaces. `row` is NEW, OLD or an alias."""
    names = sorted(columns)
    pieces = [
        "json_object({})".format(", ".join(f"'{name}', {row}.\"{name}\"" for name in names[start : start + _PIECE]))
        for start in range(0, len(names), _PIECE)
    ]
    whole = pieces[0]
    for piece in pieces[1:]:
        whole = f"rtrim({whole}, '}}') || ',' || ltrim({piece}, '{{')"
    return whole


def fts_tables() -> dict[str, tuple[str, ...]]:
    """Full-text table -> its columns."""
    return {f"{table_of(one).name}_fts": one.__searched__ for one in record_classes() if one.__searched__}


def is_generated(name: str) -> bool:
    """Whether a table is one of ours that the mapped classes do not declare."""
    indexes = {f"{fts}{end}" for fts in fts_tables() for end in ("", *_MADE_BY_SQLITE)}
    return name == CONTEXT or name in indexes


def triggers() -> dict[str, str]:
    """Name -> statement, for every kept table."""
    made: dict[str, str] = {}
    for one in record_classes():
        made |= _history_triggers(table_of(one))
        made |= _fts_triggers(table_of(one).name, one.__searched__) if one.__searched__ else {}
    return made


def _history_triggers(table: Table) -> dict[str, str]:
    columns = [column.name for column in table.columns]
    old, new = row_json(columns, "OLD"), row_json(columns, "NEW")
    name = table.name
    # Who leaves `version` alone (a statement by hand, another tool) has it raised by the trigger, in the same entry.
    raised = "max(NEW.version, OLD.version + 1)"
    updated = _entry(name, "NEW", "update", old, new.replace('NEW."version"', raised))
    updated += f' UPDATE "{name}" SET version = OLD.version + 1 WHERE id = NEW.id AND version = OLD.version;'
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns if column != "version")
    return {
        f"{name}_history_insert": _trigger(name, "insert", _entry(name, "NEW", "insert", "NULL", new)),
        f"{name}_history_update": _trigger(name, "update", updated, f"WHEN {changed} "),
        f"{name}_history_delete": _trigger(name, "delete", _entry(name, "OLD", "delete", old, "NULL")),
    }


def _trigger(table: str, act: str, body: str, condition: str = "") -> str:
    return f'CREATE TRIGGER "{table}_history_{act}" AFTER {act.upper()} ON "{table}" {condition}BEGIN {body} END'


def _entry(table: str, row: str, kind: str, before: str, after: str) -> str:
    return (
        "INSERT INTO history (action_id, at, clock_doubtful, who, app_version, table_name, record_id, record_uuid, "
        f"kind, before, after) SELECT c.action_id, coalesce(c.at, {_NOW}), coalesce(c.clock_doubtful, 0), "
        f"coalesce(c.who, '{OUTSIDE}'), coalesce(c.app_version, ''), '{table}', {row}.id, {row}.uuid, '{kind}', "
        f"{before}, {after} FROM (SELECT 1) LEFT JOIN {CONTEXT} AS c;"
    )


def _fts_triggers(table: str, columns: tuple[str, ...]) -> dict[str, str]:
    fts = f"{table}_fts"
    names = ", ".join(columns)
    new, old = (", ".join(f'{row}."{name}"' for name in columns) for row in ("NEW", "OLD"))
    add = f"INSERT INTO {fts} (rowid, {names}) VALUES (NEW.id, {new});"
    remove = f"INSERT INTO {fts} ({fts}, rowid, {names}) VALUES ('delete', OLD.id, {old});"
    changed = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in columns)
    return {
        f"{fts}_insert": f'CREATE TRIGGER "{fts}_insert" AFTER INSERT ON "{table}" BEGIN {add} END',
        f"{fts}_update": f'CREATE TRIGGER "{fts}_update" AFTER UPDATE ON "{table}" WHEN {changed} '
        f"BEGIN {remove} {add} END",
        f"{fts}_delete": f'CREATE TRIGGER "{fts}_delete" AFTER DELETE ON "{table}" BEGIN {remove} END',
    }


def _fts_ddl(fts: str, columns: tuple[str, ...]) -> str:
    table = fts.removesuffix("_fts")
    return (
        f"CREATE VIRTUAL TABLE {fts} USING fts5({', '.join(columns)}, content='{table}', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
    )


def install(connection: Connection) -> None:
    """Make the triggers and the full-text indexes what the mapped classes ask for, in the open transaction."""
    run = connection.exec_driver_sql
    run(_CONTEXT_DDL)
    run(f"INSERT OR IGNORE INTO {CONTEXT} (id) VALUES (1)")
    drop_triggers(connection)
    for statement in _fts_changes(connection):
        run(statement)
    for statement in triggers().values():
        run(statement)


def present_triggers(connection: Connection) -> dict[str, str]:
    """Name -> statement of what may run by itself in the file: triggers, and views (we have none)."""
    found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')")
    return {row.name: row.sql for row in found}


def drop_triggers(connection: Connection) -> None:
    found = connection.exec_driver_sql("SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view')").all()
    for row in found:
        connection.exec_driver_sql(f'DROP {row.type} "{row.name}"')


def _fts_changes(connection: Connection) -> Iterator[str]:
    """What makes the full-text tables right: an unchanged one is left alone, the others are filled again."""
    found = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%'"
    ).all()
    present = {row.name: row.sql for row in found}
    wanted = {fts: _fts_ddl(fts, columns) for fts, columns in fts_tables().items()}
    yield from (f"DROP TABLE {name}" for name, sql in present.items() if wanted.get(name) != sql)
    for fts, sql in wanted.items():
        if present.get(fts) != sql:
            yield sql
            yield f"INSERT INTO {fts} ({fts}) VALUES ('rebuild')"


def create(connection: Connection) -> None:
    """The whole schema, in the open transaction of an empty base."""
    Base.metadata.create_all(connection, checkfirst=False)
    install(connection)
    stamp(connection)


def stamp(connection: Connection, number: int = SCHEMA) -> None:
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={number}")
