"""What this workstation remembers: the window, the lists as they were left, its own settings. Beside the data, 0600."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from app import paths

Mode = Literal["light", "dark", "system"]


class UiState:
    """Short texts by key, written when the window closes. A file that cannot be read is begun again."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or paths.data_dir() / "poste.json"
        self._kept: dict[str, str] = {}
        with suppress(OSError, ValueError):
            found = json.loads(self._path.read_text(encoding="utf-8"))
            self._kept = {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}

    def text(self, key: str) -> str:
        return self._kept.get(key, "")

    def set_text(self, key: str, value: str) -> None:
        self._kept[key] = value

    def setting(self, key: str) -> Any:
        """The value of a declared setting of the workstation."""
        from app.settings import BY_KEY  # noqa: PLC0415 - the first frame does not wait for the kinds of fields

        declared = BY_KEY[key]
        kept = self._kept.get(f"setting/{key}")
        if kept is None:
            return declared.default
        with suppress(ValueError):
            return declared.field.check(json.loads(kept))
        return declared.default

    def dress(self) -> tuple[Mode, float]:
        """Colours and size of the text; until they are chosen, nothing declared is read for them."""
        if "setting/theme" not in self._kept and "setting/text_size" not in self._kept:
            return "system", 1.0
        return self.setting("theme"), float(self.setting("text_size"))

    def set_setting(self, key: str, value: Any) -> None:
        self._kept[f"setting/{key}"] = json.dumps(value)

    def settings(self) -> dict[str, Any]:
        from app.settings import SETTINGS  # noqa: PLC0415 - as above

        return {s.key: self.setting(s.key) for s in SETTINGS if not s.of_company}

    def save(self) -> None:
        from app.storage.files import write_safely  # noqa: PLC0415 - the first frame is shown before the store is there

        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_safely(self._path, json.dumps(self._kept, ensure_ascii=False, indent=1).encode())
