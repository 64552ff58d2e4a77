"""The papers of a physical inventory: its gaps, to be signed, and the list to tick by hand (papers.md 1).

The answer first, then what is missing, what is too many, what was moved; two signatures close it.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from app.fields import formats
from app.reports import blocks, theme
from app.reports.blocks import Signature, Tile
from app.reports.campaign_data import CampaignHead, ExpectedLine, ExtraLine, GapReport, MovedLine, TickList
from app.reports.flow import Flow, block_title, paragraph
from app.reports.inventory.data import worth
from app.reports.paper import Paper
from app.reports.table import COMPACT, Cells, Column, Group, Look, Section, Table
from app.reports.theme import PORTRAIT, WHITE

NO_PLACE = "Local non noté"
UNKNOWN = "non relevé"
DECLARATION = "Les soussignés constatent les écarts ci-dessus entre les biens attendus et les biens rencontrés."
SIGNATURES = 47
TITLE_ROOM = 34
"""Height in mm that a title keeps with the first rows of its table."""

MISSING_COLUMNS = (
    Column("N° inventaire", 20), Column("Bien", 42), Column("N° de série", 25), Column("Local attendu", 25),
    Column("Affecté à", 23), Column("Vu le", 19.5), Column("Valeur de rempl.\nHT (€)", 19.5, "right"),
)  # fmt: skip
EXTRA_COLUMNS = (
    Column("Code lu", 36), Column("Bien", 48), Column("Ce qui en est su", 48), Column("Trouvé dans", 26),
    Column("Le", 18),
)  # fmt: skip
MOVED_COLUMNS = (
    Column("N° inventaire", 21), Column("Bien", 49), Column("Local attendu", 34), Column("Trouvé dans", 34),
    Column("Le", 18), Column("Sa fiche", 20),
)  # fmt: skip
TICK_COLUMNS = (
    Column("Trouvé", 11, "badge"), Column("Absent", 11, "badge"), Column("N° inventaire", 20), Column("Bien", 45),
    Column("N° de série", 26), Column("Affecté à", 27), Column("Trouvé ailleurs, remarque", 34),
)  # fmt: skip
ROOMY = Look(above=4.6, under=4.6)
EMPTY_BOX = {"": WHITE}


def render(report: GapReport) -> bytes:
    paper = Paper(report.company, report.stamp)
    page = paper.page(PORTRAIT, report.stamp.title)
    flow = Flow(paper)
    flow.y = blocks.masthead(page, _card(report), subtitle=_subtitle(report.campaign))
    flow.y = blocks.headline(page, flow.y + 1, "Résultat", _result(report), _sentence(report))
    flow.y = blocks.tiles(page, flow.y + 6, _tiles(report)) + 1
    _missing(flow, report)
    _extra(flow, report.extra)
    _moved(flow, report.moved)
    _sign(flow, report.campaign)
    return paper.finish()


def _card(report: GapReport) -> tuple[tuple[str, str], ...]:
    stamp = report.stamp
    state = ("Version", "PROJET, sans valeur") if stamp.draft else ("Version", stamp.version_text)
    closed = report.campaign.closed_on
    return (("Référence", stamp.reference), state, ("Close le", formats.day(closed) if closed else "en cours"))


def _subtitle(campaign: CampaignHead) -> str:
    until = f" au {formats.day(campaign.closed_on)}" if campaign.closed_on else ""
    days = f"du {formats.day(campaign.opened_on)}{until}" if until else f"ouvert le {formats.day(campaign.opened_on)}"
    held = f" · mené par {campaign.held_by}" if campaign.held_by else ""
    return f"{campaign.title} · {campaign.site} · {days}{held}"


def _result(report: GapReport) -> str:
    if not report.expected:
        return formats.MISSING
    share = formats.percent(report.found / report.expected)
    return f"{share} trouvés"


def _sentence(report: GapReport) -> str:
    found = formats.counted(report.found, "bien trouvé", "biens trouvés")
    parts = [f"{found} sur {formats.counted(report.expected, 'attendu')}"]
    if report.to_find:
        parts.append(f"{formats.counted(len(report.to_find), 'bien')} encore à trouver\u00a0: la campagne est en cours")
    if report.missing:
        value = worth(line.value for line in report.missing)
        told = f", pour {formats.amount(value)} HT de valeur de remplacement" if value else ""
        parts.append(f"{formats.number(len(report.missing))} non {formats.plural(len(report.missing), 'trouvé')}{told}")
    if report.moved:
        parts.append(f"{formats.counted(len(report.moved), 'trouvé')} dans un autre local")
    if report.extra:
        parts.append(f"{formats.number(len(report.extra))} non {formats.plural(len(report.extra), 'attendu')}")
    return f"{' ; '.join(parts)}."


def _tiles(report: GapReport) -> tuple[Tile, ...]:
    return (
        Tile(formats.number(report.expected), "", "biens attendus à l’ouverture"),
        Tile(formats.number(len(report.missing)), "", "attendus, non trouvés"),
        Tile(formats.number(len(report.extra)), "", "trouvés, non attendus"),
        Tile(formats.number(len(report.moved)), "", "trouvés ailleurs"),
    )


# -- the three gaps ---------------------------------------------------------------------------------------------


def _titled(flow: Flow, title: str, nothing: bool) -> bool:
    """A title that stays with its table; says « Aucun » when there is nothing, and then gives False."""
    flow.room(14 if nothing else TITLE_ROOM)
    flow.y = block_title(flow.page, flow.y + 4, title) + 2
    if nothing:
        paragraph(flow, "Aucun.")
    return not nothing


def _missing(flow: Flow, report: GapReport) -> None:
    if _titled(flow, "Attendu, non trouvé", not report.missing):
        value = formats.amount(worth(line.value for line in report.missing), "")
        total = (f"Total · {formats.counted(len(report.missing), 'bien')}", "", "", "", "", "", value)
        Table(flow, MISSING_COLUMNS, COMPACT).put(Section(_groups(report.missing), [total]))
    if report.to_find and _titled(flow, "Encore à trouver", nothing=False):
        Table(flow, MISSING_COLUMNS, COMPACT).put(Section(_groups(report.to_find)))


def _groups(lines: Sequence[ExpectedLine]) -> list[Group]:
    return [
        Group(f"{site}, {formats.counted(len(found), 'bien')}", [_missing_cells(line) for line in found])
        for site, found in _by_site(lines)
    ]


def _by_site(lines: Iterable[ExpectedLine]) -> list[tuple[str, list[ExpectedLine]]]:
    return [(site, list(found)) for site, found in groupby(lines, key=lambda line: line.site)]


def _missing_cells(line: ExpectedLine) -> Cells:
    name = f"{line.name}\n{line.note}" if line.note else line.name
    return (
        line.number, name, line.serial or UNKNOWN, line.room or formats.MISSING, line.holder or formats.MISSING,
        formats.day(line.last_seen), formats.amount(line.value, ""),
    )  # fmt: skip


def _extra(flow: Flow, lines: Sequence[ExtraLine]) -> None:
    if not _titled(flow, "Trouvé, non répertorié ou attendu ailleurs", not lines):
        return
    rows = [
        (
            line.code or formats.MISSING,
            line.name or "aucun bien ne porte ce code",
            f"{line.why}\n{line.note}" if line.note and line.why else line.why or line.note or formats.MISSING,
            line.room or formats.MISSING,
            formats.day(line.seen_on),
        )
        for line in lines
    ]
    Table(flow, EXTRA_COLUMNS, COMPACT).rows(rows)


def _moved(flow: Flow, lines: Sequence[MovedLine]) -> None:
    if not _titled(flow, "Trouvé dans un autre local", not lines):
        return
    rows = [
        (
            line.number, line.name, line.expected or "non noté", line.found, formats.day(line.seen_on),
            "corrigée" if line.corrected else "à corriger",
        )
        for line in lines
    ]  # fmt: skip
    Table(flow, MOVED_COLUMNS, COMPACT).rows(rows)


def _sign(flow: Flow, campaign: CampaignHead) -> None:
    """The declaration and its two boxes, never parted."""
    flow.room(SIGNATURES + 16)
    flow.y += 5
    paragraph(flow, DECLARATION)
    lines = (("Qualité", ""), ("Fait à", ""), ("Le", ""))
    boxes = (
        Signature("Inventaire mené par", (("Nom", campaign.held_by), *lines)),
        Signature("Pour l’entreprise", (("Nom", ""), *lines)),
    )
    flow.y = blocks.signatures(flow.page, flow.y + 2, boxes, SIGNATURES, gap=8)


# -- the list to tick -------------------------------------------------------------------------------------------


def render_list(sheet: TickList) -> bytes:
    """By site and room, with boxes to tick and room to write; the rows stand apart enough for a hand."""
    paper = Paper(sheet.company, sheet.stamp)
    page = paper.page(PORTRAIT, sheet.stamp.title)
    flow = Flow(paper)
    card = (("Campagne", sheet.campaign.number), ("Pointé par", ""), ("Date", ""))
    flow.y = blocks.masthead(page, card, subtitle=_subtitle(sheet.campaign)) + 1
    for site, lines in _by_site(sheet.lines):
        rooms = [(room, list(found)) for room, found in groupby(lines, key=lambda line: line.room)]
        flow.room(TITLE_ROOM + 8)
        flow.y = block_title(flow.page, flow.y + 3, f"{site}, {formats.counted(len(lines), 'bien')}") + 1
        groups = [Group(room or NO_PLACE, [_tick_cells(line) for line in found]) for room, found in rooms]
        Table(flow, TICK_COLUMNS, ROOMY, EMPTY_BOX).put(Section(groups))
    _extra_to_write(flow)
    return paper.finish()


def _tick_cells(line: ExpectedLine) -> Cells:
    return ("", "", line.number, line.name, line.serial or UNKNOWN, line.holder or formats.MISSING, "")


def _extra_to_write(flow: Flow) -> None:
    """What is met and is not on the list."""
    flow.room(50)
    flow.y = block_title(flow.page, flow.y + 5, "Trouvé, absent de cette liste")
    flow.page.text(flow.frame.left, flow.y + 4.6, "N° ou n° de série, ce que c’est, local", theme.LABEL)
    flow.y = blocks.rules_to_write(flow.page, flow.y + 4, 5, 7)
