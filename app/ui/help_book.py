"""The guide as a PDF, shown in the preview: read, printed, saved."""

from PySide6.QtWidgets import QWidget

from app.fields import this_day
from app.jobs import Job, Progress
from app.services.guide.book import FILE_NAME, TITLE, pdf
from app.ui.desk import Desk


def show_book(desk: Desk, parent: QWidget) -> None:
    """Drawn off the window's thread, then shown."""

    def shown(drawn: bytes) -> None:
        from app.ui.preview import Paper, Preview  # noqa: PLC0415 - what draws a PDF is read when there is one

        Preview(desk, Paper(TITLE, drawn, FILE_NAME, TITLE), parent).open()

    desk.run("Guide en PDF", _steps, shown)


def _steps() -> Job[bytes]:
    yield Progress(0, 1, "Mise en page du guide")
    return pdf(this_day())
