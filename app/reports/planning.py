"""The planning of maintenance: a year, twelve months by tasks, or a month, visit by visit; signed by both sides
(domain.md A.5, « planning de maintenance »; papers.md 1)."""

from itertools import groupby

from app.fields import formats
from app.reports import blocks, planning_grid, theme
from app.reports.blocks import Signature
from app.reports.flow import Flow, paragraph
from app.reports.paper import Page, Paper
from app.reports.planning_data import Counts, MonthPlan, VisitLine, YearPlan
from app.reports.table import COMPACT, Cells, Column, Group, Section, Table
from app.reports.theme import LANDSCAPE

SIGNATURES = 33
NOTHING = "Aucune visite n’est prévue\u00a0: aucune tâche préventive ne tombe dans cette période."
METHOD = (
    "Réalisation\u00a0: visites faites dans leur tolérance ÷ visites échues (faites ou manquées). Une visite annulée "
    "n’est plus demandée. Une visite manquée reste manquée tant qu’elle n’est pas faite."
)
MONTH_COLUMNS = (
    Column("Jour", 18), Column("Heure", 14), Column("N°", 25), Column("Objet", 66), Column("Sur quoi", 40),
    Column("Site", 28), Column("Technicien", 30), Column("Durée", 15, "right", 5), Column("État", 42),
)  # fmt: skip


def render(told: YearPlan | MonthPlan) -> bytes:
    paper = Paper(told.company, told.stamp)
    page = paper.page(LANDSCAPE, told.stamp.title)
    flow = Flow(paper, LANDSCAPE)
    flow.y = _opening(page, told) + 2
    if isinstance(told, YearPlan):
        planning_grid.draw(flow, told)
    else:
        _month(flow, told)
    if not told.counts.total and not told.counts.cancelled:
        flow.y += 4
        paragraph(flow, NOTHING)
    else:
        flow.room(8)
        flow.y += 2
        paragraph(flow, METHOD, theme.NOTE)
    _sign(flow, told.provider)
    return paper.finish()


def _opening(page: Page, told: YearPlan | MonthPlan) -> float:
    stamp = told.stamp
    card = (("Référence", stamp.reference), ("Version", stamp.version_text), ("Données au", formats.day(stamp.data_at)))
    y = blocks.masthead(page, card, subtitle=told.scope)
    rate = told.counts.rate
    return blocks.headline(page, y + 1, f"Réalisation, {_period(told)}", formats.percent(rate), sentence(told.counts))


def _period(told: YearPlan | MonthPlan) -> str:
    return f"année {told.year}" if isinstance(told, YearPlan) else formats.month_words(told.month)


def sentence(counts: Counts) -> str:
    """« 42 visites : 28 faites dans les temps sur 33 échues, 2 hors délai, 3 manquées, 9 à venir. »"""
    if not counts.total:
        return "Rien n’est prévu."
    done = f"{formats.number(counts.done)} {formats.plural(counts.done, 'faite')} dans les temps"
    parts = [f"{done} sur {formats.counted(counts.fallen_due, 'échue')}"] if counts.fallen_due else []
    parts += [f"{formats.number(counts.late)} hors délai"] if counts.late else []
    parts += [formats.counted(counts.missed, "manquée")] if counts.missed else []
    parts += [f"{formats.number(counts.planned)} à venir"] if counts.planned else []
    parts += [formats.counted(counts.cancelled, "annulée")] if counts.cancelled else []
    return f"{formats.counted(counts.total, 'visite')}\u00a0: {', '.join(parts)}."


def _month(flow: Flow, told: MonthPlan) -> None:
    groups = [
        Group(f"Semaine {week}, {formats.days_words(found[0].on, found[-1].on)}", [_cells(line) for line in found])
        for week, found in ((week, list(lines)) for week, lines in groupby(told.lines, _week))
    ]
    if groups:
        Table(flow, MONTH_COLUMNS, COMPACT).put(Section(groups))


def _week(line: VisitLine) -> int:
    return line.on.isocalendar().week


def _cells(line: VisitLine) -> Cells:
    return (
        f"{formats.DAYS[line.on.weekday()][:3]}. {line.on.day}", line.at or formats.MISSING, line.number, line.label,
        line.target or formats.MISSING, line.site or formats.MISSING, line.who or formats.MISSING, line.lasts,
        line.told,
    )  # fmt: skip


def _sign(flow: Flow, provider: str) -> None:
    flow.room(SIGNATURES + 6)
    lines = (("Nom, qualité", ""), ("Fait à, le", ""))
    other = f"Pour le prestataire, {provider}" if provider else "Pour le prestataire"
    boxes = (Signature("Pour l’entreprise", lines), Signature(other, lines, "Signature et cachet"))
    blocks.signatures(flow.page, flow.y + 5, boxes, SIGNATURES, gap=8)
    flow.y += SIGNATURES + 5
