"""The periodic report (papers.md 2): what was promised, what was given, what it cost, what is to be decided."""

from collections.abc import Callable, Iterator

from app.fields import formats, lowered
from app.reports import blocks, periodic_breaches, periodic_rest, periodic_tiles, periodic_words, theme
from app.reports.blocks import Tile
from app.reports.flow import Flow, block_title, paragraph
from app.reports.paper import Paper
from app.reports.periodic_data import PeriodReport
from app.reports.theme import PORTRAIT

AS_THEY_WERE = (
    "Ce qui est arrivé depuis la fin de la période n’y change rien\u00a0: un ticket rouvert ensuite y compte comme "
    "rétabli. La page «\u00a0Indicateurs\u00a0» compte avec ce qui est connu aujourd’hui\u00a0: l’écart vient de là. "
    "Factures, réclamations, explications et décisions sont celles de la date des données."
)
Chapter = Callable[[Flow, PeriodReport, int], None]
CHAPTERS: tuple[Chapter, ...] = (
    periodic_breaches.breaches, periodic_rest.repeated, periodic_rest.papers, periodic_rest.preventive,
    periodic_rest.costs, periodic_rest.opinions, periodic_rest.decisions,
)  # fmt: skip
"""After the indicators, which are the first."""


def render(told: PeriodReport) -> bytes:
    paper = Paper(told.company, told.stamp)
    paper.page(PORTRAIT, "Synthèse")
    flow = Flow(paper)
    _front(flow, told)
    periodic_tiles.figures(flow, told)
    flow.turn()
    for number, draw in enumerate(CHAPTERS, 2):
        draw(flow, told, number)
    return paper.finish()


def _front(flow: Flow, told: PeriodReport) -> None:
    """The answer first, then every indicator in one table."""
    page, stamp = flow.page, told.stamp
    card = (("Référence", stamp.reference), ("Version", stamp.version_text), ("Données au", formats.day(stamp.data_at)))
    subtitle = f"{told.period[0].upper()}{told.period[1:]} · {lowered(told.scope)}"
    flow.y = blocks.masthead(page, card, subtitle=subtitle) + 1
    flow.y = (
        blocks.headline(page, flow.y, "Objectifs atteints", periodic_words.answer(told), periodic_words.sentence(told))
        + 5
    )
    flow.y = blocks.tiles(page, flow.y, tuple(_tiles(told))) + 2
    facts = list(periodic_words.worth_knowing(told))
    if facts:
        flow.y = block_title(page, flow.y + 3, "Ce qu’il faut savoir") + 1.8
        for one in facts:
            blocks.item(flow, one)
    flow.y = block_title(flow.page, flow.y + 3, f"Indicateurs {told.of_period}, et {told.noun} d’avant")
    periodic_tiles.every(flow, told)
    if told.is_over and any(one.value is not None for one in told.figures):
        flow.y += 1.6
        paragraph(flow, AS_THEY_WERE, theme.NOTE)


def _tiles(told: PeriodReport) -> Iterator[Tile]:
    opened = told.volumes[0].counts[-1]
    yield Tile(formats.number(opened), "", "tickets ouverts")
    judged = sum(one.judged for one in told.kept)
    yield Tile(formats.number(len(told.breaches) if judged else None), "", "délais dépassés")
    yield Tile(formats.amount(told.owed, "") if judged else formats.MISSING, "€", "pénalités dues")
    spent = sum(one.invoiced + one.apart for one in told.costs)
    yield Tile(formats.amount(spent or None, ""), "€ HT", "facturés pour la période")
