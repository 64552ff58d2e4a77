"""Chapter 10: what to do, when, by whom, for how much, and why (papers.md 2)."""

from collections.abc import Sequence

from app.fields import counted, formats
from app.reports import blocks, charts, theme
from app.reports.charts import Part
from app.reports.flow import Flow, block_title, paragraph
from app.reports.inventory.data import InventoryReport, worth
from app.reports.inventory.lines import Action, Horizon
from app.reports.inventory.outline import Book
from app.reports.table import PROSE, Cells, Column, Group, Section, Table
from app.reports.theme import TINTS

NOTHING = "Aucune action n’est tirée des données relevées\u00a0: ni verdict, ni fin de support, ni défaut de sécurité."
NOTE = (
    "Montants hors taxes, sur devis ou chiffrés par l’expert (d), ou au prix du marché, qui est la valeur de "
    "remplacement (m). Chaque action dit ce qui la justifie."
)
COLUMNS = (
    Column("N°", 9), Column("Action", 61), Column("Justification", 40), Column("Responsable", 22),
    Column("Échéance", 20), Column("Base", 10, "centre"), Column("Coût HT (€)", 21, "right"),
)  # fmt: skip


def draw(book: Book, report: InventoryReport, flow: Flow) -> None:
    book.go_on(flow, "10")
    plan = [horizon for horizon in report.plan if horizon.actions]
    if not plan:
        blocks.lacking(flow, NOTHING)
        return
    paragraph(flow, NOTE, theme.SENTENCE)
    _table(flow, plan)
    _shares(flow, plan)


def _table(flow: Flow, plan: Sequence[Horizon]) -> None:
    groups, first = [], 1
    for horizon in plan:
        rows = [_row(n, action) for n, action in enumerate(horizon.actions, first)]
        groups.append(Group(horizon.title, rows, _sum("Sous-total", horizon.actions)))
        first += len(rows)
    every = [action for horizon in plan for action in horizon.actions]
    Table(flow, COLUMNS, PROSE).put(Section(groups, [_sum("Total du plan", every)]))


def _row(n: int, action: Action) -> Cells:
    return (
        str(n), action.words, action.why, action.who, formats.day(action.due), action.base or formats.MISSING,
        formats.amount(action.cost, ""),
    )  # fmt: skip


def _sum(label: str, actions: Sequence[Action]) -> Cells:
    without = sum(action.cost is None for action in actions)
    told = f"{label} · {counted(len(actions), 'action')}" + (
        f", dont {formats.number(without)} sans coût" if without else ""
    )
    return told, "", "", "", "", "", formats.amount(worth(action.cost for action in actions), "")


def _shares(flow: Flow, plan: Sequence[Horizon]) -> None:
    """One bar of what each horizon costs."""
    costs = [worth(action.cost for action in horizon.actions) or 0 for horizon in plan]
    if not sum(costs):
        return
    flow.room(24)
    flow.y = block_title(flow.page, flow.y + 3, "Répartition dans le temps") + 2.6
    fills = (TINTS[2], TINTS[1], TINTS[0])
    parts = []
    for horizon, cost, fill in zip(plan, costs, fills, strict=False):
        name = horizon.title.split(" · ", maxsplit=1)[0]
        share = formats.percent(cost / sum(costs), 0)
        amount = formats.amount(cost).replace(",00", "")
        parts.append(Part(name, cost, fill, (f"{name} · {amount} · {share}", f"{name} · {share}", share)))
    flow.y = charts.shares(flow.page, flow.y, parts) + 3
