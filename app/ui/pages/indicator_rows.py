"""The tickets behind an indicator, as lines of its table and of its workbook."""

from pathlib import Path

from app.fields import MISSING, duration, this_day
from app.jobs import Job
from app.services import setup
from app.services.indicators import Page as Sheet
from app.services.indicators import TicketRow
from app.ui.desk import Desk
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell, SmallColumn

BARE = (
    SmallColumn("Ticket", 116),
    SmallColumn("Objet", 360),
    SmallColumn("Bien", 110),
    SmallColumn("Priorité", 104),
    SmallColumn("Durée", 110, "number"),
)
COLUMNS = (
    *BARE[:4],
    SmallColumn("Délai prévu", 104, "number"),
    SmallColumn("Durée nette", 110, "number"),
    SmallColumn("Écart", 104, "number"),
    SmallColumn("Résultat", 120, "badge"),
)


RESULTS = {
    True: Cell("Tenu", mark=Mark("ok")),
    False: Cell("Dépassé", mark=Mark("bad", loud=True)),
    None: Cell("Sans engagement", mark=Mark("mute")),
}
"""What became of the promise, by whether it was kept; None: nothing was promised."""


def bare_line(one: TicketRow) -> list[Cell]:
    return [
        Cell(one.number), Cell(one.subject), Cell(one.asset or MISSING), Cell(one.priority.value),
        Cell(duration(one.minutes)),
    ]  # fmt: skip


def judged_line(one: TicketRow) -> list[Cell]:
    late = one.met is False
    gap = MISSING if one.gap is None else f"{'+' if one.gap > 0 else ''}{duration(one.gap)}"
    return [
        *bare_line(one)[:4], Cell(duration(one.target)), Cell(duration(one.minutes)),
        Cell(gap, "bad" if late else "mute", strong=late), RESULTS[one.met],
    ]  # fmt: skip


def workbook_job(desk: Desk, sheet: Sheet, rows: list[TicketRow], period: str, path: Path) -> Job[int]:
    from app.reports import workbook  # noqa: PLC0415 - openpyxl is read when a workbook is asked for

    with desk.read() as session:
        company = setup.company(session).name
    told = (f"Période\u00a0: {period}", f"Formule\u00a0: {sheet.formula}", f"Base\u00a0: {sheet.base}")
    about = workbook.About(sheet.tile.label, company, this_day(), told)
    kinds = ("text", "text", "text", "text", "duration", "duration", "duration", "text")
    columns = [workbook.Column(c.title, k, c.width // 7) for c, k in zip(COLUMNS, kinds, strict=True)]
    cells = [
        (r.number, r.subject, r.asset, r.priority.value, r.target, r.minutes, r.gap, RESULTS[r.met].text) for r in rows
    ]
    return (yield from workbook.write_list(path, about, columns, cells, len(cells)))
