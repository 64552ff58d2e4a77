"""The « Classeur du parc »: one workbook of the assets, and of what the expertise, the licences and the needs say."""

from pathlib import Path

from app.errors import Refused
from app.fields import this_day
from app.jobs import Job, Progress
from app.services import expertises, setup
from app.services.inventory_report import rows
from app.services.inventory_report.rows import Fleet
from app.storage import Store

TITLE = "Classeur du parc"
NOTES = (
    ("Synthèse", "Ses chiffres sont des formules sur la feuille Parc\u00a0: corrigez-la, ils suivent."),
    ("Montants", "Hors taxes. R et M sont ceux de l’expertise, rapportés à la valeur de remplacement."),
)


def job(store: Store, path: Path) -> Job[int]:
    """Write the book; gives the number of assets. Refused for another kind of file than a workbook."""
    from app.reports import workbook  # noqa: PLC0415 - openpyxl is read when a workbook is asked for
    from app.services import fleet_sheets  # noqa: PLC0415 - the same reason

    if path.suffix.lower() != ".xlsx":
        raise Refused("Le classeur du parc a plusieurs feuilles\u00a0: donnez-lui un nom en .xlsx.")
    today = this_day()
    with store.read() as session:
        yield Progress(0, 0, "Lecture du parc")
        fleet = Fleet(rows.read(session), expertises.latest(session, today).by_asset, today)
        about = workbook.About(TITLE, setup.company(session).name, today, notes=NOTES)
        yield from workbook.write_book(path, about, fleet_sheets.sheets(session, fleet))
    return len(fleet.rows)
