"""Bringing an older file to the present schema: all steps in one transaction (reliability.md 2.5).

A step is a module with `upgrade()`, which speaks of tables and columns only, through `alembic.op`. The steps are
modules of the package, run by Alembic's operations without its folder of scripts, so that a packaged program has
them; `user_version` in the header is the number of the last one. Triggers and full-text tables are dropped before
and made again after. `python -m app.storage.migrations` writes a step.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from app.errors import StoreDamaged
from app.storage import engines, schema
from app.storage.errors import behind
from app.storage.migrations import v0001

STEPS: tuple[Callable[[], None], ...] = (v0001.upgrade,)

ORPHANS = (
    "Des fiches de ce fichier renvoient à des fiches absentes. Il n’a pas été modifié\u00a0: restaurez une sauvegarde."
)


def migrate(path: Path, steps: Sequence[Callable[[], None]] = STEPS) -> None:
    """Bring the base to the last step, or leave it as it is if anything fails."""
    engine = engines.migrator(path)
    try:
        with engine.begin() as connection:
            done: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            run_steps(connection, steps[done:])
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise StoreDamaged(ORPHANS)
            schema.stamp(connection, len(steps))
    except DBAPIError as error:
        raise behind(error) or error from error
    finally:
        engine.dispose()


def run_steps(connection: Connection, steps: Sequence[Callable[[], None]]) -> None:
    """The steps, then the triggers and indexes of the mapped classes, in the open transaction."""
    schema.drop_triggers(connection)
    context = MigrationContext.configure(connection, opts={"transactional_ddl": True})
    with Operations.context(context):
        for step in steps:
            step()
    schema.install(connection)
