"""Chapter 8: the needs of technicians, users and buyers, each with its decision (domain.md A.7)."""

from app.fields import counted, formats
from app.reports import blocks
from app.reports.flow import Flow
from app.reports.inventory.data import InventoryReport
from app.reports.inventory.lines import NeedLine
from app.reports.inventory.outline import Book
from app.reports.table import REGISTER, Cells, Column, Group, Section, Table

NOTHING = (
    "Aucun besoin n’a été recueilli.",
    (
        "Dans Inventaire › Besoins, imprimez le questionnaire à distribuer, puis saisissez les réponses des "
        "techniciens, des utilisateurs et des acheteurs."
    ),
)
COLUMNS = (
    Column("N°", 19), Column("Besoin", 50), Column("Bien ou service", 27), Column("Crit.", 9, "centre"),
    Column("Fréquence", 22), Column("Attente", 29), Column("Priorité", 23), Column("Décision", 26),
)  # fmt: skip


def draw(book: Book, report: InventoryReport, flow: Flow) -> None:
    book.go_on(flow, "8")
    if not report.needs:
        blocks.lacking(flow, *NOTHING)
        return
    groups = [
        Group(f"{group.source} · {counted(len(group.lines), 'besoin')}", [_row(line) for line in group.lines])
        for group in report.needs
    ]
    Table(flow, COLUMNS, REGISTER).put(Section(groups))


def _row(line: NeedLine) -> Cells:
    rest = (line.thing, line.criticality, line.frequency, line.expectation, line.priority, line.decision)
    return line.number, line.statement, *(text or formats.MISSING for text in rest)
