"""PDF sheets to fill on screen, each with its number: one file for each person."""

from collections.abc import Sequence
from pathlib import Path

from app.jobs import Job, Progress
from app.services import papers
from app.services.satisfaction import surveys
from app.services.satisfaction.paper import Choices
from app.storage import Store
from app.storage.files import write_safely

KIND = "questionnaire"


def fillables_job(store: Store, survey_id: int, sheets: Sequence[int], folder: Path) -> Job[int]:
    """Write them in the folder; gives how many."""
    with store.read() as session:
        number = surveys.found(session, survey_id).number
        for done, sheet in enumerate(sheets):
            yield Progress(done, len(sheets), f"Feuille {sheet}")
            pdf = papers.fillable(session, KIND, number, choices=Choices((sheet,)))
            write_safely(folder / f"{number}-feuille-{sheet}.pdf", pdf)
    return len(sheets)
