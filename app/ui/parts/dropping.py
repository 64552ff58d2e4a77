"""Files dropped on a widget from the desktop."""

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent


def welcome(event: QDragEnterEvent) -> None:
    """Let files come in, and nothing else."""
    if event.mimeData().hasUrls():
        event.acceptProposedAction()


def files_of(event: QDropEvent) -> list[Path]:
    """Those of this machine: an address of the web is left out."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
