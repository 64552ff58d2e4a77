"""Steps from one schema to the next: complete, all or nothing, after a verified copy."""

import os
import re
import runpy
import subprocess
import sys
import warnings
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import op
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from app.errors import StoreDamaged, StoreError
from app.models import Base, Site
from app.storage import engines, migrations, open_store, schema
from app.storage.migrations import STEPS, __main__, migrate, v0001
from app.storage.opening import create_base
from tests.storage.things import add_people, by_hand, people


def described(path: Path) -> dict[str, str]:
    """Each thing of the schema by its name, white space aside."""
    rows = by_hand(path, "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    return {name: re.sub(r"\s+", "", sql or "") for name, sql in rows}


def migrated(path: Path) -> Path:
    path.touch()
    migrate(path)
    return path


def test_the_steps_lead_to_what_a_new_file_has(tmp_path: Path) -> None:
    create_base(tmp_path / "new")
    assert described(migrated(tmp_path / "old")) == described(tmp_path / "new")
    numbers = ["PRAGMA user_version", "PRAGMA application_id"]
    assert [by_hand(tmp_path / "old", n) for n in numbers] == [by_hand(tmp_path / "new", n) for n in numbers]


def test_the_steps_lead_to_the_mapped_classes(tmp_path: Path) -> None:
    engine = engines.writer(migrated(tmp_path / "a"))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": __main__.declared})
        assert compare_metadata(context, Base.metadata) == []
        assert len(schema.present_triggers(connection)) == len(schema.triggers())
    engine.dispose()


def test_the_number_of_the_schema_is_that_of_the_last_step() -> None:
    assert len(STEPS) == schema.SCHEMA


def test_step_one_is_today_s_schema_while_there_is_one_step() -> None:
    """After the first release this test goes, and step 1 stays as it was released."""
    assert len(STEPS) == 1
    made = __main__.first()
    assert made == Path(v0001.__file__).read_text(encoding="utf-8"), "run: python -m app.storage.migrations first"


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of the schema before, with data, and a program that has one step more."""
    path = tmp_path / "a.parc"
    with closing(open_store(path)) as store:
        add_people(store, "Durand", "Martin")
        with store.begin() as session:
            session.add(Site(name="Siège"))
            session.flush()
            session.execute(text("UPDATE person SET site_id = 1"))
    monkeypatch.setattr(schema, "SCHEMA", schema.SCHEMA + 1)
    monkeypatch.setattr("app.storage.header.SCHEMA", schema.SCHEMA)
    return path


def rebuild_site() -> None:
    """The dangerous kind: a parent table is made again in batch, while rows hang on it."""
    with op.batch_alter_table("site", recreate="always"):
        pass


def with_step(monkeypatch: pytest.MonkeyPatch, step: Any) -> None:
    steps = (*STEPS, step)
    monkeypatch.setattr(migrations, "migrate", lambda path: migrate(path, steps))


def test_an_older_file_is_copied_then_migrated(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_step(monkeypatch, rebuild_site)
    before = by_hand(older, "SELECT * FROM person")
    with closing(open_store(older)) as store:
        assert people(store) == ["Durand", "Martin"]
        assert "avant-migration-v1" in store.notices[0]
    assert by_hand(older, "SELECT * FROM person") == before
    assert by_hand(older, "PRAGMA user_version") == [(schema.SCHEMA,)]
    copy = older.with_name("a.avant-migration-v1.parc")
    assert by_hand(copy, "PRAGMA user_version") == [(schema.SCHEMA - 1,)]
    with closing(open_store(older)) as store:
        assert store.notices == []


def test_an_older_file_is_not_opened_to_read(older: Path) -> None:
    with pytest.raises(StoreError, match="plus ancienne"):
        open_store(older, read_only=True)


def test_a_step_that_fails_leaves_the_file_as_it_was(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        rebuild_site()
        op.execute("DELETE FROM person")
        raise ZeroDivisionError

    with_step(monkeypatch, fail)
    before = older.read_bytes()
    with pytest.raises(ZeroDivisionError):
        open_store(older)
    assert older.read_bytes() == before


def test_a_step_that_makes_orphans_leaves_the_file_as_it_was(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_step(monkeypatch, lambda: op.execute("DELETE FROM site"))
    before = older.read_bytes()
    with pytest.raises(StoreDamaged, match="absentes"):
        open_store(older)
    assert older.read_bytes() == before


def test_a_disk_that_fails_during_a_step_is_said(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Alembic cleans up after the fault and fails again, for SQLite has rolled all back: the first error is told."""

    def fail() -> None:
        try:
            raise StoreError("erreur du disque")
        finally:
            op.execute("DROP TABLE absente")

    with_step(monkeypatch, fail)
    with pytest.raises(StoreError, match="erreur du disque"):
        open_store(older)


def test_a_wrong_step_stays_a_bug(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_step(monkeypatch, lambda: op.execute("DROP TABLE absente"))
    with pytest.raises(OperationalError):
        open_store(older)


def test_the_same_step_with_links_enforced_would_fail(older: Path) -> None:
    """The control: it is `foreign_keys=OFF` that lets a parent be made again."""
    engine = engines.writer(older)
    with engine.connect() as connection, pytest.raises(Exception, match="FOREIGN KEY"):
        migrations.run_steps(connection, (rebuild_site,))
    engine.dispose()


KILLED = """
import os, sys
from pathlib import Path
from alembic import op
from app.storage import migrations
def step():
    with op.batch_alter_table("site", recreate="always"):
        pass
    if sys.argv[2] == "in":
        os.kill(os.getpid(), 9)
def stamped(connection, number):
    os.kill(os.getpid(), 9)
if sys.argv[2] == "before":
    migrations.schema.stamp = stamped
migrations.migrate(Path(sys.argv[1]), (*migrations.STEPS, step))
"""


@pytest.mark.parametrize("moment", ["in", "before"])
def test_a_migration_that_is_killed_starts_again(older: Path, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(older), moment], check=False, env=dict(os.environ))
    with_step(monkeypatch, rebuild_site)
    with closing(open_store(older)) as store:
        assert people(store) == ["Durand", "Martin"]


def test_nothing_to_do_makes_no_step(monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(Path(__main__.__file__).parent.iterdir())
    monkeypatch.setattr(sys, "argv", ["migrations", "next"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # it is imported already
        runpy.run_module("app.storage.migrations", run_name="__main__")
    __main__.main("next")
    assert sorted(Path(__main__.__file__).parent.iterdir()) == before


def test_a_difference_makes_a_step(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def without_two() -> None:
        v0001.upgrade()
        with op.batch_alter_table("person") as batch:
            batch.drop_column("phone")
        op.drop_index("ix_asset_status")

    monkeypatch.setattr(__main__, "STEPS", (without_two,))
    monkeypatch.setattr(__main__, "FOLDER", tmp_path)
    __main__.main("next")
    made = (tmp_path / "v0002.py").read_text(encoding="utf-8")
    assert "add_column" in made
    assert "ix_asset_status" in made
    compile(made, "v0002.py", "exec")


def test_the_first_step_is_written_by_one_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(__main__, "FOLDER", tmp_path)
    __main__.main("first")
    assert (tmp_path / "v0001.py").read_text(encoding="utf-8") == __main__.first()


def test_a_connection_of_a_migration_does_not_enforce_links(tmp_path: Path) -> None:
    create_base(tmp_path / "a")
    engine = engines.migrator(tmp_path / "a")
    connection: Connection
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 0
    engine.dispose()
