"""Chapter 1: what the report is for, what it covers, what it leaves out and what it does not establish."""

from collections.abc import Sequence

from app.reports import blocks
from app.reports.flow import Flow, block_title, paragraph
from app.reports.inventory.data import InventoryReport
from app.reports.inventory.outline import Book
from app.reports.inventory.sections import CHAPTERS, OPTIONAL, annex

NO_EXCLUSION = "Aucune exclusion n’a été déclarée."
NO_LIMIT = "Aucune limite\u00a0: chaque bien a été vu, identifié et évalué."
NOBODY = "Aucun bien n’est encore inventorié\u00a0: ce rapport n’établit rien."


def draw(book: Book, report: InventoryReport) -> None:
    flow = book.flow("1")
    scope = report.scope
    paragraph(flow, scope.purpose)
    _title(flow, "Périmètre")
    flow.y = blocks.facts(flow.page, flow.frame.left, flow.y, scope.covered, flow.frame.right, 38)
    _title(flow, "Exclusions")
    _items(flow, scope.excluded or (NO_EXCLUSION,))
    _title(flow, "Limites")
    _items(flow, scope.limits or (NO_LIMIT if report.sites else NOBODY,))
    if left := [number for number in OPTIONAL.values() if number not in book.printed and not annex(number)]:
        _title(flow, "Chapitres non imprimés")
        paragraph(flow, " · ".join(f"{number} {CHAPTERS[number]}" for number in left))


def _title(flow: Flow, title: str) -> None:
    flow.room(24)
    flow.y = block_title(flow.page, flow.y + 5, title) + 2


def _items(flow: Flow, sentences: Sequence[str]) -> None:
    for sentence in sentences:
        blocks.item(flow, sentence)
