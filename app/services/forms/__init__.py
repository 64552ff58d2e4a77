"""Forms that come back: scans, photographs and PDF files filled on screen, read in a child process."""

from collections.abc import Sequence
from pathlib import Path

from app.jobs import Job
from app.reports.form_model import FormModel
from app.services.reading.form_data import PageRead


def is_candidate(path: Path) -> bool:
    """Whether a dropped file is a picture, or a PDF that is not an electronic invoice: told by its first bytes."""
    raise NotImplementedError


def read_job(paths: Sequence[Path], folder: Path, models: Sequence[FormModel] = ()) -> Job[tuple[PageRead, ...]]:
    """Every page of the files, in their order. G1 is always known; `models` are the questionnaires that may come back.

    Pictures are written to `folder`, which the caller made and takes away. A file that cannot be read is a page of kind
    UNREAD with its sentence; nothing is raised for one file among others.
    """
    raise NotImplementedError
