"""The cover and the contents: drawn last, once the pages are counted (papers.md 2)."""

from app.fields import counted, formats, joined
from app.reports import front, theme
from app.reports.flow import block_title, following_page, put_text
from app.reports.inventory.data import InventoryReport, SiteSection
from app.reports.inventory.facts import Changes
from app.reports.inventory.outline import Book, Entry
from app.reports.inventory.sections import CHAPTERS, annex
from app.reports.paper import Page

SITES_ON_COVER = 8
PARTS = 12
"""Parts of chapters, such as the sites of the register, that the contents name at most."""


def draw(page: Page, book: Book, report: InventoryReport) -> None:
    front.head(page, report.subtitle)
    front.facts(page, _rows(report))
    front.band(page, _pages(book))
    put_text(
        page, page.frame.left, front.LIMITS_TOP, f"{front.APPROACH} {_limits(report)}", theme.NOTE, page.frame.span
    )


def _limits(report: InventoryReport) -> str:
    return (
        "Les constats valent à la date des visites\u00a0; "
        "les biens non vus et les données non relevées sont listés au chapitre\u00a011."
        if report.sites
        else "Aucun bien n’est encore inventorié à la date des données."
    )


def _rows(report: InventoryReport) -> list[tuple[str, list[str]]]:
    company = report.company
    number = f"SIRET {company.siret}" if company.siret else f"SIREN {company.siren}" if company.siren else ""
    sites = [_visited(site) for site in report.sites[:SITES_ON_COVER]]
    if len(report.sites) > SITES_ON_COVER:
        more = counted(len(report.sites) - SITES_ON_COVER, "autre site, listé", "autres sites, listés")
        sites.append(f"et {more} au chapitre\u00a04")
    return [
        ("Entreprise", [joined(company.name, number, company.address, by=" · ")]),
        ("Sites visités", sites or ["Aucun site visité"]),
        ("Périmètre", [report.perimeter]),
        ("Rédacteur", [report.redactor]),
        ("Participants", [report.participants]),
        ("Diffusion", [report.diffusion]),
    ]


def _visited(site: SiteSection) -> str:
    where = joined(site.name, site.place, by=", ")
    if site.visited is None:
        return f"{where}\u00a0: aucune date de visite relevée"
    return f"{where}, {formats.days_words(*site.visited)}"


def _pages(book: Book) -> str:
    """« 34, dont 4 d’annexes »."""
    total = len(book.paper.pages)
    first = next((entry.page for entry in book.entries if annex(entry.number)), total)
    return formats.number(total) + (f", dont {formats.number(total - first)} d’annexes" if first < total else "")


# -- contents ---------------------------------------------------------------------------------------------------


def contents(page: Page, book: Book, report: InventoryReport) -> None:
    """Each chapter and its page, then what changed since the report before."""
    y = following_page(page) + 1
    page.text(page.frame.left, y, "Sommaire", theme.CHAPTER)
    y += 5
    parts = [entry for entry in book.entries if not entry.number]
    shown = {entry.number: entry for entry in book.entries if entry.number}
    for number, title in CHAPTERS.items():
        if number in shown:
            y = front.line(page, y, number, shown[number].title, shown[number].page + 1)
            y = _parts(page, y, parts if number == "4" else [])
        elif not annex(number):
            y = _left_out(page, y, number, title)
    if report.changes is not None:
        _since(page, y + 6, report.changes)


def _parts(page: Page, y: float, parts: list[Entry]) -> float:
    frame = page.frame
    for entry in parts[:PARTS]:
        page.fit(frame.left + 9, y + 3.8, entry.title, theme.CELL, frame.span - 25)
        page.right(frame.right, y + 3.8, str(entry.page + 1), theme.CELL)
        y += 4.6
    if len(parts) > PARTS:
        more = counted(len(parts) - PARTS, "autre site", "autres sites")
        page.text(frame.left + 9, y + 3.8, f"et {more}", theme.SUBTITLE)
        y += 4.6
    if parts:
        page.rule(frame.left, y + 1.4, frame.right)
        y += 1.6
    return y


def _left_out(page: Page, y: float, number: str, title: str) -> float:
    frame = page.frame
    page.text(frame.left, y + 4.4, number, theme.SUBTITLE)
    page.text(frame.left + 9, y + 4.4, title, theme.SUBTITLE)
    page.right(frame.right, y + 4.4, "non imprimé", theme.SUBTITLE)
    page.rule(frame.left, y + 6.4, frame.right)
    return y + 6.6


def _since(page: Page, y: float, changes: Changes) -> None:
    frame = page.frame
    y = block_title(page, y, f"Depuis {changes.since}") + 2
    kinds = (
        (changes.entered, "entré", "Aucun bien entré"),
        (changes.left, "sorti", "aucun sorti"),
        (changes.moved, "déplacé ou réaffecté", "aucun déplacé"),
        (changes.verdicts, "", "aucun verdict changé"),
    )
    told = []
    for found, word, none in kinds:
        n, s = formats.number(len(found)), "s" if len(found) > 1 else ""
        if not found:
            told.append(none)
        elif word:
            told.append(f"{n}\u00a0bien{s} {word.replace(' ou ', f'{s} ou ')}{s}")
        else:
            told.append(f"{n}\u00a0verdict{s} changé{s}")
    changed = any(found for found, _, _ in kinds)
    where = " Le détail est à l’annexe\u00a0A." if changed else ""
    put_text(page, frame.left, y, ", ".join(told).capitalize() + "." + where, theme.BODY, frame.span)
