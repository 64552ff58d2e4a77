"""The small scripts that describe other machines, written out for the manager to carry there or send."""

from pathlib import Path

from app.errors import Refused
from app.paths import resource
from app.storage.files import write_safely

SCRIPTS = ("collecte.ps1", "collecte.cmd", "collecte-mac.command")
"""For Windows, what starts it by a double click, and for macOS."""
_OWNER_MAY_RUN = 0o700


def script(name: str) -> Path:
    return resource(f"collecte/{name}")


def write(folder: Path) -> list[Path]:
    """Put the scripts in the folder, made if it is missing; those already there are replaced. Their paths."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = [_written(folder / name, script(name).read_bytes()) for name in SCRIPTS]
    except OSError as error:
        raise Refused(f"Impossible d’écrire dans «\u00a0{folder}\u00a0»\u00a0: choisissez un autre dossier.") from error
    return made


def _written(path: Path, content: bytes) -> Path:
    write_safely(path, content)
    if path.suffix == ".command":
        path.chmod(_OWNER_MAY_RUN)
    return path
