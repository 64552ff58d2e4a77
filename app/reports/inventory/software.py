"""Chapter 6: licences held, software seen without one (domain.md A.7)."""

from app.fields import counted, formats, plural
from app.reports import blocks, theme
from app.reports.flow import Flow, block_title, paragraph
from app.reports.inventory.data import InventoryReport, worth
from app.reports.inventory.lines import LicenceLine, SoftwareLine
from app.reports.inventory.outline import Book
from app.reports.table import REGISTER, Cells, Column, Group, Section, Table

NO_LICENCE = (
    "Aucune licence n’est enregistrée.",
    (
        "Dans Inventaire › Licences, saisissez les vôtres ou importez le tableau de votre revendeur\u00a0: postes "
        "permis, échéance, prix."
    ),
)
NO_SOFTWARE = (
    "Aucun logiciel n’a été relevé sur les postes.",
    "Importez le fichier d’un agent d’inventaire (GLPI, OCS) ou celui du script que le programme écrit pour vous.",
)
ALL_LICENSED = "Aucun logiciel à licence n’a été vu sans droit d’usage."
LICENCES = (
    Column("N°", 17), Column("Licence", 46), Column("Nature", 23), Column("Postes\npermis", 17, "right"),
    Column("Utilisés", 18, "right", 5), Column("Expire le", 18), Column("Prix HT (€)", 22, "right", 5),
    Column("Observation", 33),
)  # fmt: skip
SORT = "Dites s’il leur faut une licence (Inventaire › Autres › Logiciels vus, «\u00a0Préciser les besoins\u00a0»)."
SEEN = (
    Column("Logiciel", 78), Column("Éditeur", 48), Column("Postes", 20, "right"), Column("Sans licence", 28, "right"),
)  # fmt: skip


def draw(book: Book, report: InventoryReport, flow: Flow) -> None:
    book.go_on(flow, "6")
    found = report.software
    _licences(flow, found.licences)
    flow.room(30)
    flow.y = block_title(flow.page, flow.y + 4, "Logiciels vus et non couverts")
    if not found.surveyed:
        flow.y += 2
        blocks.lacking(flow, *NO_SOFTWARE)
        return
    flow.y += 1.5
    paragraph(flow, f"{counted(found.surveyed, 'poste')} dont un inventaire a donné les logiciels.", theme.SENTENCE)
    if found.unsorted:
        left = f"{counted(found.unsorted, 'logiciel')} {plural(found.unsorted, 'reste', 'restent')} à trier."
        paragraph(flow, f"{left} {SORT}" if flow.paper.stamp.draft else left, theme.SENTENCE)
    if found.seen:
        Table(flow, SEEN, REGISTER).rows([_seen(line) for line in found.seen])
    else:
        paragraph(flow, ALL_LICENSED)


def _licences(flow: Flow, lines: tuple[LicenceLine, ...]) -> None:
    if not lines:
        blocks.lacking(flow, *NO_LICENCE)
        return
    total = (
        "Total · " + counted(len(lines), "licence"),
        *[""] * 5,
        formats.amount(worth(a.price for a in lines), ""),
        "",
    )
    Table(flow, LICENCES, REGISTER).put(Section([Group("", [_licence(line) for line in lines], total)]))


def _licence(line: LicenceLine) -> Cells:
    return (
        line.number, line.name, line.kind, "sans limite" if line.seats is None else formats.number(line.seats),
        formats.number(line.used), formats.day(line.expires_on), formats.amount(line.price, ""),
        line.remark or formats.MISSING,
    )  # fmt: skip


def _seen(line: SoftwareLine) -> Cells:
    counts = (formats.number(line.machines), formats.number(line.missing))
    return line.name, line.publisher or formats.MISSING, *counts
