"""Chapter 4: the register, by site then family, with its subtotals (papers.md 2)."""

from collections.abc import Sequence
from dataclasses import replace

from app.fields import counted, formats
from app.reports import theme
from app.reports.flow import put_text
from app.reports.inventory.data import AssetLine, FamilySection, InventoryReport, SiteSection, worth
from app.reports.inventory.outline import Book
from app.reports.table import REGISTER, Cells, Column, Group, Section, Table
from app.reports.theme import LANDSCAPE

NO_SERIAL = "non relevé"
COLUMNS = (
    Column("N° inventaire", 17), Column("Désignation", 36), Column("Marque et modèle", 43), Column("N° de série", 29),
    Column("Local", 27), Column("Utilisateur ou\nservice", 26), Column("Mise en\nservice", 19),
    Column("Valeur de rempl.\nHT (€)", 23, "right", 5), Column("Fin de support", 20), Column("Crit.", 9, "centre"),
    Column("État", 9, "centre"), Column("Score", 12, "right", 3), Column("Verd.", 9, "badge"),
)  # fmt: skip
VALUE = 7
KEY_HEIGHT = 6
NOTHING = "Aucun bien n’est inventorié. Chaque bien figurera ici, par site puis par famille, avec son sous-total."
KEY = (
    "État\u00a0: 4 très bon · 3 bon · 2 moyen · 1 mauvais · 0 hors service.  Crit.\u00a0: criticité de 1 à 4.  "
    "Score sur 100.  "
    "Verdict\u00a0: A en l’état · B remise à niveau · C palliatif ≤ 12 mois · D à remplacer · E rebut.  "
    "– : sans objet ou sans donnée."
)


def draw(book: Book, report: InventoryReport) -> None:
    if not report.sites:
        flow = book.flow("4", LANDSCAPE)
        put_text(flow.page, flow.frame.left, flow.y + 2, NOTHING, theme.BODY, flow.frame.span)
        return
    flow = book.flow("4", LANDSCAPE, _heading(report.sites[0]))
    for n, site in enumerate(report.sites):
        if n:
            book.part(flow, "4", _heading(site))
        book.mark(flow.page, "", f"{site.name} · {counted(site.count, 'bien')}")
        book.running(flow, "4", f"{_heading(site)} · suite")
        Table(flow, COLUMNS, REGISTER).put(_closed(report) if site is report.sites[-1] else site_section(site))
    put_text(flow.page, flow.frame.left, flow.y + 1, KEY, theme.NOTE, flow.frame.span)


def _heading(site: SiteSection) -> str:
    where = f"{site.name}, {site.place}" if site.place else site.name
    return f"Site\u00a0: {where} · {counted(site.count, 'bien')}"


def _closed(report: InventoryReport) -> Section:
    """The last site, with the total of them all and the room of the key."""
    last = site_section(report.sites[-1])
    every = [_sum(f"Total des {len(report.sites)} sites", report.lines)] if len(report.sites) > 1 else []
    return replace(last, totals=[*last.totals, *every], under=KEY_HEIGHT)


def site_section(site: SiteSection) -> Section:
    groups = [
        Group(family.name, [_cells(line) for line in family.lines], _subtotal(family)) for family in site.families
    ]
    lines = [line for family in site.families for line in family.lines]
    so_far: list[int | None] = [None]
    for line in lines:
        so_far.append(worth((so_far[-1], line.value)))

    def carried(done: int) -> Cells:
        return _amount_row(f"À reporter · {counted(done, 'bien')} sur {formats.number(len(lines))}", so_far[done])

    return Section(groups, [_sum(f"Total {site.name}", lines)], carried)


def _cells(line: AssetLine) -> Cells:
    support = formats.day(line.support_end) if line.support_end or not line.has_system else "inconnu"
    return (
        line.number, line.name or formats.MISSING, line.model or formats.MISSING, line.serial or NO_SERIAL,
        line.room or formats.MISSING, line.holder or formats.MISSING, formats.day(line.commissioned_on),
        formats.amount(line.value, ""), support, line.criticality or formats.MISSING,
        line.condition or formats.MISSING, line.score or formats.MISSING, line.verdict or formats.MISSING,
    )  # fmt: skip


def _subtotal(family: FamilySection) -> Cells | None:
    """None for a family of one asset, which is its own sum."""
    return _sum(f"Sous-total {family.name}", family.lines) if len(family.lines) > 1 else None


def _sum(label: str, lines: Sequence[AssetLine]) -> Cells:
    return _amount_row(f"{label} · {counted(len(lines), 'bien')}", worth(line.value for line in lines))


def _amount_row(label: str, cents: int | None) -> Cells:
    row = [""] * len(COLUMNS)
    row[0], row[VALUE] = label, formats.amount(cents, "")
    return tuple(row)
