"""The replacement plan on paper: the budget first, then each asset, its year and why (domain.md F.1, papers.md 1)."""

from collections.abc import Sequence

from app.fields import counted, formats
from app.fields.formats import MISSING
from app.reports import blocks, charts, theme
from app.reports.blocks import Signature, Tile
from app.reports.chart_data import Chart, Rect, Shape, Unit, series
from app.reports.flow import Flow, block_title, paragraph
from app.reports.paper import Paper
from app.reports.replacements_data import Line, Point, ReplacementPlan, Total
from app.reports.table import COMPACT, PROSE, Cells, Column, Group, Section, Table
from app.reports.theme import PORTRAIT

NOTHING = "Aucun bien n’est à remplacer dans les trois ans."
NOBODY = "Aucun bien n’est encore inventorié\u00a0: rien ne peut être prévu."
SIGNATURE = 33
CHART = 34.0
METHOD = (
    "Un bien entre au plan à la fin de sa durée de vie cible, à la fin du support de son système, ou dès que, sur "
    "douze mois, ses réparations dépassent 30\u00a0% de sa valeur ou qu’il tombe en panne quatre fois. Un verdict de "
    "moins d’un an l’emporte. Budget\u00a0: montant fixé, sinon valeur de remplacement, sinon prix d’achat, sinon "
    "prix usuel de la famille (médiane)\u00a0; un bien non chiffré ne compte pas dans les totaux. Le plan d’action du "
    "rapport d’inventaire va jusqu’à trente-six mois, verdict par verdict et sans les décisions prises ici\u00a0: ses "
    "montants sont autres."
)
BASES = {"Fixé": "f", "Valeur de remplacement": "v", "Prix d’achat": "a", "Prix usuel de la famille": "u"}
"""Letters of the column « Base », told under the table."""
KEY = "Base\u00a0: f montant fixé, v valeur de remplacement, a prix d’achat, u prix usuel de la famille, – non chiffré."


def render(told: ReplacementPlan) -> bytes:
    paper = Paper(told.company, told.stamp)
    page = paper.page(PORTRAIT, told.stamp.title)
    flow = Flow(paper)
    stamp = told.stamp
    card = (("Référence", stamp.reference), ("Version", stamp.version_text), ("Données au", formats.day(stamp.data_at)))
    flow.y = blocks.masthead(page, card, subtitle=f"Années {told.years[0]} à {told.years[-1]} · montants {told.words}")
    label = f"Budget des trois ans, {told.words}"
    flow.y = blocks.headline(page, flow.y + 1, label, whole(told.total.cents), _sentence(told)) + 4
    if told.lines:
        flow.y = blocks.tiles(page, flow.y, [_tile(told, at) for at in range(len(told.years))])
    _points(flow, told.points)
    if told.lines:
        _families(flow, told)
        _assets(flow, told)
    _aside(flow, told)
    flow.room(SIGNATURE + 32)
    flow.gap(5)
    flow.y = block_title(flow.page, flow.y, "Comment ce plan est établi") + 1.6
    paragraph(flow, METHOD, theme.NOTE)
    _sign(flow)
    return paper.finish()


def whole(cents: int | None) -> str:
    """« 12 450 € »: cents are left out where there are none."""
    return formats.amount(cents).replace(",00", "")


def _sentence(told: ReplacementPlan) -> str:
    total = told.total
    if not total.count:
        return NOTHING if told.inventoried else NOBODY
    said = f"{counted(total.count, 'bien')} à remplacer."
    if total.unpriced:
        word = formats.plural(total.unpriced, "n’est", "ne sont")
        said += f" {counted(total.unpriced, 'bien')} {word} pas chiffré{'s' if total.unpriced > 1 else ''}\u00a0: ce "
        said += "total ne les compte pas." if total.unpriced > 1 else "total ne le compte pas."
    return said


def _tile(told: ReplacementPlan, at: int) -> Tile:
    its, year = told.by_year[at], told.years[at]
    bare = f", dont {its.unpriced} non {formats.plural(its.unpriced, 'chiffré')}" if its.unpriced else ""
    return Tile(whole(its.cents), told.words if its.cents is not None else "", f"{year}\u00a0: {_count(its)}{bare}")


def _count(its: Total) -> str:
    return counted(its.count, "bien") if its.count else "aucun bien"


def _points(flow: Flow, points: Sequence[Point]) -> None:
    if not points:
        return
    flow.room(24)
    flow.y = block_title(flow.page, flow.y + 3, "À regarder") + 2
    for one in points:
        sign = blocks.missed if one.tone in {"bad", "warn"} else blocks.no_data
        flow.room(11)
        sign(flow.page, flow.frame.left, flow.y + 0.4)
        flow.page.fit(
            flow.frame.left + 5, flow.y + 3.4, f"{one.title}\u00a0: {one.numbers}", theme.BODY_BOLD, flow.frame.span - 5
        )
        flow.page.fit(flow.frame.left + 5, flow.y + 7.6, one.why, theme.CELL, flow.frame.span - 5)
        flow.y += 10


def _families(flow: Flow, told: ReplacementPlan) -> None:
    flow.room(CHART + 30)
    flow.y = block_title(flow.page, flow.y + 3, "Par année et par famille") + 3
    values = [None if its.cents is None else its.cents / 100 for its in told.by_year]
    years = tuple(str(year) for year in told.years)
    chart = Chart(
        shape=Shape.COLUMNS, sentence="", labels=years, series=(series("", values),), unit=Unit.EUROS, current=0
    )  # fmt: skip
    flow.y = charts.draw(flow.page, Rect(flow.frame.left, flow.y, 110, CHART), chart) + 2
    columns = (
        Column("Famille", 54), *(Column(f"{year}\n({told.words}, €)", 26, "right") for year in years),
        Column("Biens", 16, "right"), Column(f"Total\n({told.words}, €)", 26, "right"),
    )  # fmt: skip
    rows = [
        (one.family, *(_cell(its) for its in one.years), formats.number(one.total.count), _cell(one.total))
        for one in told.families
    ]
    total = (
        "Total", *(_cell(its) for its in told.by_year), formats.number(told.total.count), _cell(told.total)
    )  # fmt: skip
    Table(flow, columns, COMPACT).put(Section([Group("", rows)], [total]))


def _cell(its: Total) -> str:
    if not its.count:
        return MISSING
    return "non chiffré" if its.cents is None else formats.amount(its.cents, "")


def _assets(flow: Flow, told: ReplacementPlan) -> None:
    columns = (
        Column("N°", 19), Column("Bien", 36), Column("Site, détenteur", 34), Column("Pourquoi", 52),
        Column("Base", 9, "centre"), Column(f"Budget\n({told.words}, €)", 24, "right"),
    )  # fmt: skip
    groups = []
    for year, its in zip(told.years, told.by_year, strict=True):
        rows = [_row(one) for one in told.lines if one.year == year]
        if rows:
            subtotal = (
                f"Sous-total {year} · {counted(its.count, 'bien')}",
                "",
                "",
                "",
                "",
                formats.amount(its.cents, ""),
            )
            groups.append(Group(str(year), rows, subtotal))
    total = f"Total · {counted(told.total.count, 'bien')}", "", "", "", "", formats.amount(told.total.cents, "")
    Table(flow, columns, COMPACT).put(Section(groups, [total]), "Bien par bien", 5)
    flow.y += 1.5
    paragraph(flow, KEY, theme.NOTE)


def _row(one: Line) -> Cells:
    where = ", ".join(part for part in (one.site, one.holder) if part) or MISSING
    why = f"{one.why}\n{one.decision}{chr(0xA0)}: {one.reason}" if one.decision and one.reason else one.why
    return one.number, one.label, where, why, BASES.get(one.basis, MISSING), formats.amount(one.cents, "")


def _aside(flow: Flow, told: ReplacementPlan) -> None:
    """What the rules would replace within the three years, and the company does not."""
    if not told.aside:
        return
    columns = (
        Column("N°", 19), Column("Bien", 40), Column("Ce qui le demanderait", 52), Column("Décision", 26),
        Column("Raison", 37),
    )  # fmt: skip
    rows = [
        (one.number, one.label, one.why, f"Reporté à {one.year}" if one.year else one.decision, one.reason or MISSING)
        for one in told.aside
    ]
    Table(flow, columns, PROSE).rows(rows, "Gardés, ou reportés au-delà", 5)


def _sign(flow: Flow) -> None:
    flow.room(SIGNATURE + 6)
    lines = (("Nom, qualité", ""), ("Fait à, le", ""))
    boxes = (
        Signature("Établi par", lines),
        Signature("Direction", lines, "Bon pour accord sur le budget, signature"),
    )  # fmt: skip
    blocks.signatures(flow.page, flow.y + 6, boxes, SIGNATURE, gap=8)
    flow.y += SIGNATURE + 6
