"""The periodic report (papers.md 2): what was promised, what was given, what it cost, what is to be decided."""

from collections.abc import Callable, Iterator

from app.fields import counted, formats, lowered
from app.reports import blocks, periodic_breaches, periodic_rest, periodic_tiles
from app.reports.blocks import Tile
from app.reports.flow import Flow, block_title
from app.reports.paper import Paper
from app.reports.periodic_data import Figure, PeriodReport
from app.reports.theme import PORTRAIT

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
    flow.y = blocks.headline(page, flow.y, "Objectifs atteints", _answer(told), _sentence(told)) + 5
    flow.y = blocks.tiles(page, flow.y, tuple(_tiles(told))) + 2
    facts = list(worth_knowing(told))
    if facts:
        flow.y = block_title(page, flow.y + 3, "Ce qu’il faut savoir") + 1.8
        for one in facts:
            blocks.item(flow, one)
    flow.y = block_title(flow.page, flow.y + 3, f"Indicateurs {told.of_period}, et {told.noun} d’avant")
    periodic_tiles.every(flow, told)


def _judged(told: PeriodReport) -> list[Figure]:
    return [one for one in told.figures if one.met is not None]


def _answer(told: PeriodReport) -> str:
    judged = _judged(told)
    return f"{sum(bool(one.met) for one in judged)} sur {len(judged)}" if judged else formats.MISSING


def _sentence(told: PeriodReport) -> str:
    """« 10 délais dépassés, 53,80 € de pénalités dues. Il manque… »."""
    if not _judged(told):
        return "Rien à juger sur cette période\u00a0: aucun ticket, aucune visite, aucune fiche n’y donne de mesure."
    late = counted(len(told.breaches), "délai dépassé", "délais dépassés") if told.breaches else "Aucun délai dépassé"
    owed = f", {formats.amount(told.owed)} de pénalités dues" if told.owed else ""
    running = "" if told.is_over else " La période n’est pas finie\u00a0: ces chiffres changeront."
    return f"{late}{owed}.{running}"


def _tiles(told: PeriodReport) -> Iterator[Tile]:
    opened = told.volumes[0].counts[-1]
    yield Tile(formats.number(opened), "", "tickets ouverts")
    judged = sum(one.judged for one in told.kept)
    yield Tile(formats.number(len(told.breaches) if judged else None), "", "délais dépassés")
    yield Tile(formats.amount(told.owed, "") if judged else formats.MISSING, "€", "pénalités dues")
    spent = sum(one.invoiced + one.apart for one in told.costs)
    yield Tile(formats.amount(spent or None, ""), "€ HT", "facturés pour la période")


def worth_knowing(told: PeriodReport) -> Iterator[str]:
    """What calls for an act, in a sentence each: targets missed first."""
    for one in told.figures:
        if one.met is False:
            before = f" ({one.before_text} {_before(told)})" if one.before is not None else ""
            yield f"{one.label}\u00a0: {one.text} pour un objectif {one.target_text}{before}."
    if told.repeated:
        worst = told.repeated[0]
        yield f"{worst.asset}\u00a0: {lowered(worst.category)}, revenu {worst.times}\u00a0fois."
    if told.papers:
        yield f"{counted(len(told.papers), 'document')} en retard ou pas encore remis par le prestataire."
    missed = sum(one.done is None for one in told.stops)
    if missed:
        yield (
            f"{counted(missed, 'visite préventive', 'visites préventives')} non faites."
            if missed > 1
            else ("1\u00a0visite préventive non faite.")
        )
    if told.opinions.unsolved:
        count = counted(len(told.opinions.unsolved), "fiche d’évaluation dit", "fiches d’évaluation disent")
        yield f"{count} que le problème n’est pas résolu."


def _before(told: PeriodReport) -> str:
    return {"mois": "le mois d’avant", "trimestre": "le trimestre d’avant", "année": "l’année d’avant"}.get(
        told.noun, "la période d’avant"
    )
