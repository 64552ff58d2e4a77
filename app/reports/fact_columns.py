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
    """Each block goes under the shorter column; the flow ends under the longer one. Values stand in one line."""
    half = (flow.frame.span - GUTTER) / 2
    aside = _label_width(found)
    starts = (flow.frame.left, flow.frame.left + half + GUTTER)
    ends = [flow.y, flow.y]
    for block in found:
        high = height_of(block, half, aside)
        at = 0 if ends[0] <= ends[1] else 1
        if ends[at] + high > flow.frame.bottom and max(ends) > flow.frame.top:
            flow.turn()
            ends, at = [flow.y, flow.y], 0
        top = block_title(flow.page, ends[at] + ABOVE, block.title, starts[at], starts[at] + half) + 1.4
        ends[at] = blocks.facts(flow.page, starts[at], top, block.facts, starts[at] + half, aside)
    flow.y = max(ends)


def _label_width(found: Sequence[FactsBlock]) -> float:
    labels = [width_of(label, theme.LABEL) for block in found for label, _ in block.facts]
    return min(WIDEST_LABEL, max(labels, default=0) + 3)


def height_of(block: FactsBlock, width: float, aside: float) -> float:
    """In mm, its title and the white above it included."""
    lines = sum(len(wrap(value, theme.BODY, (width - aside) * MM)) for _, value in block.facts)
    return ABOVE + TITLE + lines * theme.BODY.leading / MM + len(block.facts) * LINE
