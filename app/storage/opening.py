"""Opening the company's file: nothing is written before everything was checked (reliability.md 2.3)."""

import os
from pathlib import Path

from app.errors import StoreError
from app.storage import engines, schema
from app.storage.files import replace_safely
from app.storage.lock import identity
from app.storage.store import Store


def open_store(path: Path, *, read_only: bool = False, who: str | None = None) -> Store:
    """The file at `path`, made if it is missing. `who` is the name kept in the history (by default the session's)."""
    if not path.exists():
        if read_only:
            raise StoreError(f"Le fichier «\u00a0{path.name}\u00a0» n’existe pas.")
        create_base(path)
    return Store(path, read_only=read_only, who=who or identity(), notices=[])


def create_base(path: Path) -> None:
    """A new base, empty, readable by its owner only; it appears under its name once it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    engine = engines.writer(part)
    with engine.begin() as connection:
        schema.create(connection)
    engines.leave(engine)
    replace_safely(part, path)


def is_writable(path: Path) -> bool:
    """SQLite writes its journal beside the file: both must be writable."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
