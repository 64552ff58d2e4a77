"""What the tests of the import share: a base with its families, files to import, and inventories like an agent's."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.jobs import drain
from app.services import setup
from app.services.importing import Options, Plan, Result, Source, import_job, mapped, plan_job
from app.services.importing.child import Answer
from app.services.importing.known import NOTHING, Known
from app.services.reading.machine import Machine
from app.services.reading.source import Reading
from app.services.reading.worker import frames
from app.storage import Store, open_store

SAMPLES = Path(__file__).parents[2] / "samples"
GLPI = SAMPLES / "glpi-inventory_format"


def new_store(folder: Path) -> Store:
    store = open_store(folder / "essai.parc", who="Essai")
    with store.begin("Familles") as session:
        setup.ensure(session)
    return store


def written(folder: Path, text: str, name: str = "liste.csv", encoding: str = "utf-8-sig") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def inventory(folder: Path, data: Mapping[str, Any], name: str = "poste.json") -> Path:
    return written(folder, json.dumps(data), name, "utf-8")


def computer(**content: Any) -> dict[str, Any]:
    """A small inventory that follows inventory_format; a section given replaces the whole section."""
    whole: dict[str, Any] = {
        "hardware": {"name": "PC-COMPTA", "uuid": "4c4c4544-0034-3010-8048-b6c04f503733", "memory": 16384,
                     "chassis_type": "Desktop", "vmsystem": "Physical", "lastloggeduser": "claire"},
        "bios": {"smanufacturer": "Dell Inc.", "smodel": "OptiPlex 7010", "ssn": "7XKQ2M3"},
        "operatingsystem": {"full_name": "Microsoft Windows 11 Professionnel", "version": "23H2",
                            "kernel_version": "10.0.22631"},
        "versionclient": "GLPI-Agent_v1.9",
    }  # fmt: skip
    return {"deviceid": "PC-COMPTA-2026-01-05-09-00-00", "itemtype": "Computer", "content": whole | content}


def run(store: Store, *paths: Path, options: Options | None = None) -> Result:
    return drain(import_job(store, paths, options))


def preview(store: Store, *paths: Path, options: Options | None = None) -> Plan:
    return drain(plan_job(store, paths, options))


def read_file(path: Path, options: Options | None = None, known: Known = NOTHING) -> Source:
    """A file read as the child does and through what travels from it, in this process."""
    asked = options or Options()
    answer = Answer(path.name)
    for frame in frames({"path": str(path), "sheet": asked.sheet, "last_user": asked.last_user}):
        found = answer.take(json.loads(json.dumps(frame)))
        if found is not None:
            return mapped(found, path, asked, known)
    raise AssertionError("no last frame")


def one_machine(found: Reading) -> Machine:
    """The first machine of an inventory."""
    assert isinstance(found, list)
    return found[0]


def rows(store: Store, key: str, *names: str) -> list[tuple[Any, ...]]:
    """The named columns of every record, in the order they were made."""
    own = ENTITIES[key].model.__table__
    with store.read() as session:
        return [tuple(row) for row in session.execute(select(*(own.c[n] for n in names)).order_by(own.c.id))]


def one(store: Store, key: str = "asset") -> dict[str, Any]:
    """The only record there is."""
    own = ENTITIES[key].model.__table__
    with store.read() as session:
        return dict(session.execute(select(own)).mappings().one())


def linked(session: Session, key: str, record_id: int) -> dict[str, Any]:
    own = ENTITIES[key].model.__table__
    return dict(session.execute(select(own).where(own.c.id == record_id)).mappings().one())


def counts(result: Result) -> tuple[int, int, int, int]:
    """Created, changed, unchanged, refused."""
    return result.created, result.changed, result.unchanged, len(result.rejects)
