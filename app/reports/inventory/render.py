"""The whole inventory report, in the order of domain.md A.7."""

from app.reports.flow import Flow
from app.reports.inventory import (
    annexes,
    closing,
    cover,
    lot,
    method,
    needs,
    plan,
    register,
    safety,
    scope,
    sheets,
    software,
    synthesis,
)
from app.reports.inventory.data import InventoryReport
from app.reports.inventory.outline import Book
from app.reports.paper import Paper
from app.reports.theme import PORTRAIT

FLOWING = {
    "5": sheets.draw, "6": software.draw, "7": safety.draw, "8": needs.draw, "9": lot.draw, "10": plan.draw,
    "11": closing.reserves, "12": closing.signatures,
}  # fmt: skip
"""Chapters that follow each other on the same pages."""


def render(report: InventoryReport) -> bytes:
    """The report as PDF bytes; the same bytes for the same data."""
    paper = Paper(report.company, report.stamp)
    book = Book(paper, report.sections)
    first = paper.page(PORTRAIT, "Couverture")
    second = paper.page(PORTRAIT, "Sommaire")
    scope.draw(book, report)
    synthesis.draw(book, report)
    if book.has("3"):
        method.draw(book)
    register.draw(book, report)
    flow = Flow(paper)
    flow.y = flow.frame.bottom  # the first chapter put in it begins a new page
    for number, draw in FLOWING.items():
        if book.has(number):
            draw(book, report, flow)
    annexes.draw(book, report)
    closing.frozen(flow, report)
    cover.contents(second, book, report)
    cover.draw(first, book, report)
    return paper.finish()
