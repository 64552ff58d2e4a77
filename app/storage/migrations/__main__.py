"""Writes a migration step: `first` makes the whole schema again as step 1 (before any release), `next` compares.

The step made by `next` is to be read and mended by hand, then named in STEPS, and SCHEMA raised.
"""

import sys
import tempfile
import textwrap
from pathlib import Path

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from app.models import Base
from app.storage import schema
from app.storage.migrations import STEPS, run_steps

FOLDER = Path(__file__).parent


def first() -> str:
    """The text of step 1: the statements that make today's tables."""
    dialect = sqlite.dialect()
    statements: list[str] = []
    for table in Base.metadata.sorted_tables:
        statements.append(str(CreateTable(table).compile(dialect=dialect)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        statements += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    shown = "".join(f'    """{_tidy(one)}""",\n' for one in statements)
    return (
        '"""The schema of the first release."""\n\nfrom alembic import op\n\n'
        f"STATEMENTS = (\n{shown})\n\n\n"
        "def upgrade() -> None:\n    run = op.get_bind().exec_driver_sql\n"
        "    for statement in STATEMENTS:\n        run(statement)\n"
    )


def _tidy(statement: str) -> str:
    lines = [line.replace("\t", "    ").rstrip() for line in statement.strip().splitlines() if line.strip()]
    return "\n".join(textwrap.fill(line, 104, subsequent_indent=" " * 8, break_long_words=False) for line in lines)


def following() -> str:
    """The text of a step that leads from the last one to today's mapped classes, as Alembic sees them."""
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{folder}/base")
        with engine.begin() as connection:
            run_steps(connection, STEPS)
            options = {"include_name": declared, "render_as_batch": True, "target_metadata": Base.metadata}
            context = MigrationContext.configure(connection, opts=options)
            operations = produce_migrations(context, Base.metadata).upgrade_ops
        engine.dispose()
    if operations is None or operations.is_empty():
        return ""
    body = render_python_code(operations, render_as_batch=True)
    return f'"""…"""\n\nimport sqlalchemy as sa\nfrom alembic import op\n\n\ndef upgrade() -> None:\n    {body}\n'


def declared(name: str | None, kind: str, _parents: object) -> bool:
    """Whether Alembic must look at a table: not those made by `install`."""
    return not (kind == "table" and name is not None and schema.is_generated(name))


def main(argument: str) -> None:
    number = 1 if argument == "first" else len(STEPS) + 1
    text = first() if argument == "first" else following()
    if text:
        (FOLDER / f"v{number:04d}.py").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
