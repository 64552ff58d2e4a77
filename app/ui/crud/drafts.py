"""What is being typed in a form, kept every few seconds beside the data: found again after a crash or a power cut."""

import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app import paths
from app.storage.files import write_safely


@dataclass(frozen=True, slots=True)
class Draft:
    at: datetime
    texts: dict[str, str]


def _file(entity: str, record_id: int | None) -> Path:
    return paths.data_dir() / "brouillons" / f"{entity}-{record_id or 'nouveau'}.json"


def _pictures() -> Path:
    return paths.data_dir() / "brouillons" / "captures"


def keep(entity: str, record_id: int | None, texts: Mapping[str, str]) -> None:
    path = _file(entity, record_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = {"at": datetime.now(UTC).isoformat(), "texts": dict(texts)}
    write_safely(path, json.dumps(kept, ensure_ascii=False).encode())


def keep_picture(name: str, content: bytes) -> Path:
    """A picture pasted in a form that is not saved yet: its file, under a name that no other has."""
    folder = _pictures()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    rank = 1
    while path.exists():
        rank += 1
        path = folder / f"{Path(name).stem} ({rank}){Path(name).suffix}"
    write_safely(path, content)
    return path


def forget_pictures(*, but: Collection[Path] = ()) -> None:
    """Those of a form that was saved or given up, `but` those that another still holds."""
    for path in set(_pictures().glob("*")) - set(but):
        with suppress(OSError):
            path.unlink()


def find(entity: str, record_id: int | None) -> Draft | None:
    """The draft left by a form that was neither saved nor closed; None if there is none, or it cannot be read."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        kept = json.loads(_file(entity, record_id).read_text(encoding="utf-8"))
        texts = {str(name): str(text) for name, text in kept["texts"].items()}
        return Draft(datetime.fromisoformat(kept["at"]), texts)
    return None


def forget(entity: str, record_id: int | None) -> None:
    with suppress(OSError):
        _file(entity, record_id).unlink()
