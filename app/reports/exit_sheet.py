"""The sheet of an exit: what left, how, to whom, with what proof and what became of its data; signed by both sides
(domain.md F.3)."""

from app.reports import blocks, theme
from app.reports.blocks import Signature
from app.reports.exit_data import ExitSheet
from app.reports.fact_columns import two_columns
from app.reports.flow import Flow, block_title, paragraph, put_text
from app.reports.paper import Paper
from app.reports.table import COMPACT, Column, Table
from app.reports.theme import PORTRAIT

COLUMNS = (
    Column("Certificat", 30), Column("Support", 52), Column("Niveau", 46), Column("Résultat", 24),
    Column("Fait le", 22),
)  # fmt: skip
SIGNATURE = 42
ROOM = 20


def render(sheet: ExitSheet) -> bytes:
    paper = Paper(sheet.company, sheet.stamp)
    page = paper.page(PORTRAIT, sheet.stamp.title)
    flow = Flow(paper)
    flow.y = blocks.masthead(page, sheet.card, sheet.code, sheet.subtitle) - 1
    two_columns(flow, sheet.blocks)
    _data(flow, sheet)
    for title, text in (("Motif", sheet.reason), ("Dérogation écrite", sheet.derogation)):
        if text:
            _titled(flow, title, text)
    if sheet.duties:
        flow.room(ROOM)
        flow.y = block_title(flow.page, flow.y + 4.2, "À retenir") + 2
        for duty in sheet.duties:
            paragraph(flow, f"–\u00a0{duty}")
            flow.y += 0.8
    _sign(flow, sheet)
    return paper.finish()


def _titled(flow: Flow, title: str, text: str) -> None:
    flow.room(ROOM)
    flow.y = block_title(flow.page, flow.y + 4.2, title) + 2
    paragraph(flow, text)


def _data(flow: Flow, sheet: ExitSheet) -> None:
    flow.room(ROOM)
    flow.y = block_title(flow.page, flow.y + 4.2, "Effacement des données")
    if sheet.erasures:
        Table(flow, COLUMNS, COMPACT).rows(sheet.erasures)
    else:
        flow.y = put_text(flow.page, flow.frame.left, flow.y + 2, sheet.no_erasure, theme.BODY, flow.frame.span)


def _sign(flow: Flow, sheet: ExitSheet) -> None:
    """At the foot of the page, or of the next one: both boxes together."""
    flow.room(SIGNATURE + 4)
    boxes = [Signature("Pour l’entreprise", (("Nom, qualité", ""), ("Fait à, le", "")))]
    if sheet.taker:
        boxes.append(Signature(sheet.taker, (("Nom, qualité", ""), ("Fait à, le", "")), "Signature et cachet"))
    else:
        boxes.append(Signature("Visa de la direction", (("Nom, qualité", ""), ("Fait à, le", ""))))
    blocks.signatures(flow.page, flow.frame.bottom - SIGNATURE, boxes, SIGNATURE)
