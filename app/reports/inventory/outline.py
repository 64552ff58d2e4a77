"""A report in chapters: each knows its page, for the contents and for the reader's side panel."""

from dataclasses import dataclass

from app.reports.flow import Flow, Opening, chapter, following_page
from app.reports.inventory.sections import CHAPTERS, OPTIONAL
from app.reports.paper import Page, Paper
from app.reports.theme import PORTRAIT, Frame

NEW_PAGE = 60
"""Millimetres that a chapter must find to begin on a page already begun."""
TOP = 4
"""How much higher than a text a chapter's title stands on its page."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents; `page` counts from 0."""

    number: str
    title: str
    page: int


class Book:
    """The paper, the chapters asked for, and where each one begins."""

    def __init__(self, paper: Paper, sections: tuple[str, ...]) -> None:
        self.paper = paper
        self.entries: list[Entry] = []
        left_out = {number for key, number in OPTIONAL.items() if key not in sections}
        self.printed = [number for number in CHAPTERS if number not in left_out]

    def has(self, number: str) -> bool:
        return number in self.printed

    def flow(self, number: str, frame: Frame = PORTRAIT, note: str = "") -> Flow:
        """A flow on a new page that this chapter opens; `note` stands beside its title on each of its pages."""
        flow = Flow(self.paper, frame)
        self.open(flow, number, note)
        return flow

    def open(self, flow: Flow, number: str, note: str = "") -> None:
        """Begin a chapter on a new page of the flow."""
        self.part(flow, number, note)
        flow.opening = following_page
        self.mark(flow.page, number, CHAPTERS[number])

    def part(self, flow: Flow, number: str, note: str) -> None:
        """A new page of a chapter already begun."""
        flow.opening = _dressed(number, note)
        flow.turn()

    def running(self, flow: Flow, number: str, note: str) -> None:
        """The next pages of the flow bear the chapter's title, and this beside it."""
        flow.opening = _dressed(number, note)

    def go_on(self, flow: Flow, number: str) -> None:
        """Begin a chapter where the flow stands, or on a new page when little is left of this one."""
        if flow.left < NEW_PAGE:
            self.open(flow, number)
        else:
            flow.y = chapter(flow.page, flow.y + 9, number, CHAPTERS[number]) + 1
            self.mark(flow.page, number, CHAPTERS[number])

    def mark(self, page: Page, number: str, title: str) -> None:
        """Note that the last page begins this; an empty number is a part of the chapter before."""
        self.entries.append(Entry(number, title, len(self.paper.pages) - 1))
        page.marks.append(f"{number} {title}".strip())


def _dressed(number: str, note: str) -> Opening:
    def dress(page: Page) -> float:
        return chapter(page, following_page(page) - TOP, number, CHAPTERS[number], note) + 1

    return dress
