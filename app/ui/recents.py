"""The records whose page was last shown, file by file, kept on this workstation: nothing but their numbers."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.ui.state import UiState

MOST = 12
Seen = tuple[str, int, datetime]
"""The entity, the record, and when its page was shown."""


def note(state: UiState, file: Path, entity: str, record_id: int) -> None:
    """The newest first, each once."""
    others = [one for one in seen(state, file) if one[:2] != (entity, record_id)]
    kept = [(entity, record_id, datetime.now(UTC)), *others][:MOST]
    state.set_text(_key(file), json.dumps([[*one[:2], one[2].isoformat()] for one in kept]))


def seen(state: UiState, file: Path) -> list[Seen]:
    """What cannot be read is forgotten."""
    with suppress(ValueError, TypeError):
        kept: list[Any] = json.loads(state.text(_key(file)) or "[]")
        return [(str(entity), int(record), datetime.fromisoformat(at)) for entity, record, at in kept]
    return []


def _key(file: Path) -> str:
    return f"recents/{file}"
