"""The costs as a workbook: the forecast, the months, each way of sharing, what the fees bought, and every amount."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import Refused
from app.fields import day
from app.jobs import Job, Progress
from app.services import setup
from app.services.spending import bought, gather, shown
from app.services.spending.bought import Bought
from app.services.spending.forecast import Column as Part
from app.services.spending.forecast import Forecast
from app.services.spending.lines import Nature, Source, sources
from app.services.spending.shown import Shown
from app.services.spending.views import OF_ASSETS, Dimension, Group
from app.storage import Store

if TYPE_CHECKING:
    from app.reports.workbook import Sheet

NOTES = (
    ("Mois", "Chaque montant compte dans les mois qu’il paie\u00a0; un achat, dans celui de sa facture."),
    ("Sans facture", "Ce qu’un contrat, un acte ou une fiche fait connaître, sans facture enregistrée."),
    ("Répartition", "À ce jour. Un contrat se répartit sur les biens couverts, selon leur valeur et leurs mois."),
)


def job(store: Store, path: Path, year: int, today: date) -> Job[int]:
    """Write the book of a financial year; gives how many lines it has."""
    from app.reports import workbook  # noqa: PLC0415 - openpyxl is read when a workbook is asked for

    if path.suffix.lower() != ".xlsx":
        raise Refused("Le classeur des coûts a plusieurs feuilles\u00a0: donnez-lui un nom en .xlsx.")
    yield Progress(0, 0, "Lecture des coûts")
    with store.read() as session:
        of = shown.read(session, year, today)
        fees = bought.read(session, of.picture.now)
        words = of.picture.now.costing.words
        told = (
            ("Exercice", f"du {day(of.picture.now.year.start)} au {day(of.picture.now.year.end)}"),
            ("Montants", words),
        )
        about = workbook.About(f"Coûts {of.year}", setup.company(session).name, today, notes=(*told, *NOTES))
    return (yield from workbook.write_book(path, about, list(_sheets(of, fees))))


def detail_job(store: Store, path: Path, title: str, listed: Sequence[Source], today: date) -> Job[int]:
    """Write the list behind a figure."""
    from app.reports import workbook  # noqa: PLC0415 - as above

    with store.read() as session:
        about = workbook.About(title, setup.company(session).name, today)
    sheet = _details("Détail", listed)
    return (yield from workbook.write_list(path, about, sheet.columns, sheet.rows, len(listed)))


def _sheets(of: Shown, fees: Sequence[Bought]) -> Iterator["Sheet"]:
    yield _forecast(of.forecasts)
    yield _months(of)
    for by in Dimension:
        if by not in {Dimension.MONTH, Dimension.PURPOSE}:
            yield _groups(f"Par {by.label.lower()}", by, of.groups[by])
    yield _fees(fees)
    yield _details("Détail", sources(of.picture.now.lines))


def _sheet(title: str, columns: Iterable[tuple[str, str, int]], rows: Iterable[Sequence[Any]], total: int) -> "Sheet":
    """`total`: the columns from that one on that are money are summed."""
    from app.reports import workbook  # noqa: PLC0415 - as above

    made = [
        workbook.Column(label, kind, width, kind == "money" and at >= total)
        for at, (label, kind, width) in enumerate(columns)
    ]
    money = [column.kind == "money" for column in made]
    return workbook.Sheet(title, made, ([_cell(*one) for one in zip(row, money, strict=True)] for row in rows))


def _cell(value: Any, is_money: bool) -> Any:
    """An amount that is nothing is left empty, as on the screen."""
    return value or None if is_money else value


def _forecast(found: Sequence[Forecast]) -> "Sheet":
    columns = [("Dépense", "text", 30), *((one.label, "money", 18) for one in Part), ("Budget", "money", 16),
               ("Écart", "money", 16), ("État", "text", 22)]  # fmt: skip
    rows = [
        (one.purpose.label, *(one.parts[part] for part in Part), one.budget, one.gap, one.standing.label)
        for one in found
        if one.purpose
    ]
    return _sheet("Prévision", columns, rows, 1)


def _months(of: Shown) -> "Sheet":
    columns = [("Mois", "day", 14), *((one.label, "money", 16) for one in Nature), ("Total", "money", 16),
               ("dont prévu", "money", 16)]  # fmt: skip
    rows = [(one.month, *one.natures.values(), one.total, one.foreseen) for one in of.months]
    return _sheet("Par mois", columns, rows, 1)


def _groups(title: str, by: Dimension, found: Sequence[Group]) -> "Sheet":
    columns = [(by.label, "text", 44), *((one.label, "money", 16) for one in Nature), ("Total", "money", 16),
               ("dont sans facture", "money", 18), ("Exercice d’avant", "money", 18)]  # fmt: skip
    assets = by in OF_ASSETS
    if assets:
        columns += [("Remplacement", "money", 16), ("Maintenance ÷ remplacement", "percent", 18)]
    rows = [
        (one.title, one.purchase, one.maintenance, one.other, one.total, one.unbilled, one.before,
         *((one.value, one.ratio) if assets else ()))
        for one in found
    ]  # fmt: skip
    return _sheet(title, columns, rows, 1)


def _fees(found: Sequence[Bought]) -> "Sheet":
    columns = [
        ("Contrat", "text", 44), ("Coût du contrat", "money", 18), ("Interventions", "number", 14),
        ("Temps passé", "duration", 14), ("Valeur à l’acte", "money", 18), ("Utilisé", "percent", 12),
        ("Par intervention", "money", 18), ("Par poste", "money", 16), ("Payé en plus", "money", 16),
    ]  # fmt: skip
    rows = [
        (one.title, one.fee, len(one.acts), one.minutes, one.worth, one.use, one.per_act, one.per_station, one.outside)
        for one in found
    ]
    return _sheet("Forfaits", columns, rows, len(columns))


def _details(title: str, found: Sequence[Source]) -> "Sheet":
    columns = [
        ("Du", "day", 12), ("Au", "day", 12), ("Désignation", "text", 40), ("D’où", "text", 46),
        ("Nature", "text", 26), ("Connu par", "text", 20), ("Montant", "money", 16),
    ]  # fmt: skip
    rows = [
        (one.first, gather.last_day(one.last), one.label, one.why, one.purpose.label, one.origin.label, one.cents)
        for one in found
    ]
    return _sheet(title, columns, rows, 0)
