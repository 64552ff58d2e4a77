"""Where the program keeps its files. Everything can be moved as a whole by the PARCOMETRE_HOME variable."""

import os
from pathlib import Path

APP = "Parcometre"


def data_dir() -> Path:
    """The folder of the company's file: local to the machine, never roaming nor synchronised."""
    home = os.environ.get("PARCOMETRE_HOME")
    if home:
        return Path(home)
    import platformdirs  # noqa: PLC0415 - read once, and not needed when a file is named

    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def default_base() -> Path:
    return data_dir() / "entreprise.parc"


def backup_dir(base: Path) -> Path:
    """Backups stand beside the file they come from."""
    return base.parent / "sauvegardes"


def log_file() -> Path:
    return data_dir() / "journaux" / "parcometre.log"


def resource(name: str) -> Path:
    """A file shipped with the program, as « icons/house.svg »."""
    return Path(__file__).parent.parent / "resources" / name
