"""Copies handed to other programs: readable by their owner only, gone when the program ends."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.storage.files import write_safely


@cache
def _folder() -> TemporaryDirectory[str]:
    """A program that still holds a copy on Windows keeps it: that is no error."""
    return TemporaryDirectory(prefix="parcometre-", ignore_cleanup_errors=True)


def passing_folder() -> Path:
    """A new folder for files that serve for a while."""
    return Path(mkdtemp(dir=_folder().name))


def open_copy(name: str, content: bytes, *, read_only: bool = True) -> Path:
    """Show a copy in the usual program; gives its place."""
    path = passing_folder() / Path(name).name
    write_safely(path, content)
    if read_only:
        path.chmod(0o400)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
    return path
