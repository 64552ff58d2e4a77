"""Blocks of facts under their titles, in two columns that stay level, over as many pages as they take."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports import blocks, theme
from app.reports.flow import Flow, block_title
from app.reports.identity import Pair
from app.reports.paper import width_of
from app.reports.text import wrap
from app.reports.theme import MM

GUTTER = 8.0
TITLE = 7.4
ABOVE = 4.2
WIDEST_LABEL = 36.0
LINE = 0.45
"""White in mm under each fact, as blocks.facts leaves it."""


@dataclass(frozen=True)
class FactsBlock:
    """Labels and their values under a title."""

    title: str
    facts: tuple[Pair, ...]


def two_columns(flow: Flow, found: Sequence[FactsBlock]) -> None:
    """Each block goes where there is most room; the flow ends under the longest column."""
    half = (flow.frame.span - GUTTER) / 2
    starts = (flow.frame.left, flow.frame.left + half + GUTTER)
    ends = [flow.y, flow.y]
    for block in found:
        at = 0 if ends[0] <= ends[1] else 1
        if (
            ends[at] + height_of(block, half) > flow.frame.bottom
            and ends[1 - at] + height_of(block, half) <= flow.frame.bottom
        ):
            at = 1 - at
        if ends[at] + height_of(block, half) > flow.frame.bottom and max(ends) > flow.frame.top:
            flow.turn()
            ends, at = [flow.y, flow.y], 0
        ends[at] = _draw(flow, starts[at], ends[at], half, block)
    flow.y = max(ends)


def one_column(flow: Flow, block: FactsBlock) -> None:
    """The same over the whole width."""
    flow.room(height_of(block, flow.frame.span))
    flow.y = _draw(flow, flow.frame.left, flow.y, flow.frame.span, block)


def _label_width(block: FactsBlock) -> float:
    return min(WIDEST_LABEL, max((width_of(label, theme.LABEL) for label, _ in block.facts), default=0) + 3)


def height_of(block: FactsBlock, width: float) -> float:
    room = (width - _label_width(block)) * MM
    lines = sum(len(wrap(value, theme.BODY, room)) for _, value in block.facts)
    return ABOVE + TITLE + lines * theme.BODY.leading / MM + len(block.facts) * (LINE + 0.1)


def _draw(flow: Flow, x: float, y: float, width: float, block: FactsBlock) -> float:
    top = block_title(flow.page, y + ABOVE, block.title, x, x + width) + 1.4
    return blocks.facts(flow.page, x, top, block.facts, x + width, _label_width(block))
