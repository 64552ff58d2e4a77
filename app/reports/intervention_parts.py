"""What the intervention sheet and the account of an incident share: promises, asset and request, tables to fill."""

from collections.abc import Sequence

from app.fields import formats
from app.reports import blocks, theme
from app.reports.blocks import Signature
from app.reports.flow import Flow, block_title, paragraph, put_text
from app.reports.identity import Pair
from app.reports.intervention_data import PromiseLine
from app.reports.paper import Page
from app.reports.table import Column, Look, Table
from app.reports.theme import RULE

PROMISES = ("Prise en charge (GTI)", "Intervention sur site", "Rétablissement (GTR)")
PROMISE_COLUMNS = (
    Column("Engagement", 43), Column("Délai", 18), Column("Dû le", 32), Column("Réel", 32), Column("Écart", 27),
    Column("Résultat", 22),
)  # fmt: skip
ASSET_LABELS = ("N° d’inventaire", "Désignation", "Modèle, série", "Site, local", "Utilisateur")
TIGHT = Look(above=2.2, under=2.6)
ROW_TO_FILL = 6.6
SHORT_QUOTE = 160
"""Letters of the user's words that stand in the right half; longer ones take the whole width."""


def promises(flow: Flow, lines: Sequence[PromiseLine], note: str) -> None:
    """Each delay of the contract, due against actual, kept or not."""
    flow.y = block_title(flow.page, flow.y + 1, "Délais du contrat")
    rows = [
        (label, formats.duration(line.promised), formats.moment(line.due), formats.moment(line.actual), _gap(line), "")
        for label, line in zip(PROMISES, lines, strict=True)
    ]
    table = Table(flow, PROMISE_COLUMNS, TIGHT)
    top = flow.y + table.head_height
    table.rows(rows)
    pitch = (flow.y - top) / len(rows)
    for i, line in enumerate(lines):
        _verdict(flow.page, table.starts[-1], top + i * pitch + pitch / 2, line.met)
    flow.y = put_text(flow.page, flow.frame.left, flow.y + 1, note, theme.NOTE, flow.frame.span)


def _gap(line: PromiseLine) -> str:
    if line.spare is None:
        return formats.MISSING
    return f"{formats.duration(abs(line.spare))} " + ("de retard" if line.spare < 0 else "d’avance")


def _verdict(page: Page, x: float, middle: float, met: bool | None) -> None:
    sign = blocks.no_data if met is None else blocks.kept if met else blocks.missed
    sign(page, x, middle - 1.6)
    if met is not None:
        page.text(x + 5, middle + 1.1, "Tenu" if met else "Dépassé", theme.CELL if met else theme.CELL_BOLD)


def halves(flow: Flow, top: float, left: str = "Bien", right: str = "Demande") -> tuple[float, float]:
    """Titles of the two halves; where the left one ends and the right one begins."""
    half = (flow.frame.span - 8) / 2
    left_end, start = flow.frame.left + half, flow.frame.left + half + 8
    block_title(flow.page, top, left, to=left_end)
    block_title(flow.page, top, right, x=start)
    return left_end, start


def asset_and_request(flow: Flow, asset: Sequence[Pair], request: Sequence[Pair], quote: str) -> None:
    """What it was about, and who asked for what, in the user's own words."""
    page, frame = flow.page, flow.frame
    top = flow.y + 2.6
    left_end, right = halves(flow, top)
    y = top + 6.6
    left = blocks.facts(page, frame.left, y, asset, left_end)
    other = blocks.facts(page, right, y, request, frame.right, 22)
    flow.y = max(left, other)
    if quote:
        words = f"«\u00a0{quote}\u00a0»"
        if len(quote) < SHORT_QUOTE:
            flow.y = max(left, put_text(page, right, other + 0.4, words, theme.BODY_ITALIC, frame.right - right))
        else:
            paragraph(flow, words, theme.BODY_ITALIC)


def rows_to_fill(flow: Flow, columns: Sequence[Column], count: int, labels: Sequence[str] = ()) -> None:
    """A table's head over empty rows, with the light upright rules that a paper to fill may have."""
    table = Table(flow, columns, TIGHT)
    table.head()
    top, page, frame = flow.y, flow.page, flow.frame
    for i in range(count):
        y = top + (i + 1) * ROW_TO_FILL
        page.rule(frame.left, y, frame.right)
        if labels:
            page.text(frame.left, y - 2.4, labels[i], theme.CELL)
            x = blocks.choice(page, table.starts[-1] + 0.6, y - 2.2, "tenu", kind=theme.SMALL_CELL)
            blocks.choice(page, x + 1.4, y - 2.2, "non", kind=theme.SMALL_CELL)
    flow.y = top + count * ROW_TO_FILL
    for start in table.starts[1:]:
        page.upright(start - 1, top, flow.y, 0.25, RULE)
    flow.y += 0.6


def sign(flow: Flow, signed: Sequence[str], height: float) -> None:
    """Boxes to sign at the foot of the page, or of the next one."""
    flow.room(height + 3)
    boxes = tuple(Signature(who) for who in signed)
    flow.y = blocks.signatures(flow.page, flow.frame.bottom - height, boxes, height)
