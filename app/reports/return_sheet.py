"""What somebody who leaves gives back, to be ticked and signed by both sides on the last day."""

from collections.abc import Sequence

from app.reports import blocks, theme
from app.reports.blocks import Signature
from app.reports.exit_data import ReturnLine, ReturnSheet
from app.reports.fact_columns import two_columns
from app.reports.flow import Flow, block_title, put_text
from app.reports.paper import Paper
from app.reports.table import Cells, Column, Look, Table
from app.reports.theme import PORTRAIT, WHITE

COLUMNS = (
    Column("Rendu", 12, "badge"), Column("N°", 22), Column("Désignation", 52), Column("N° de série", 30),
    Column("À quel titre", 24), Column("État, remarque", 34),
)  # fmt: skip
ROOMY = Look(above=4.2, under=4.2)
EMPTY_BOX = {"": WHITE}
SIGNATURE, REMARKS = 46, 3
NOTHING = "Aucun bien, aucun prêt, aucune licence n’est noté à ce nom."
DECLARATION = (
    "Les biens cochés ont été rendus ce jour dans l’état indiqué. Ceux qui ne le sont pas restent dus à l’entreprise."
)
ALREADY = "Déjà rendu"


def render(sheet: ReturnSheet) -> bytes:
    paper = Paper(sheet.company, sheet.stamp)
    page = paper.page(PORTRAIT, sheet.stamp.title)
    flow = Flow(paper)
    flow.y = blocks.masthead(page, sheet.card, subtitle=sheet.subtitle) - 1
    two_columns(flow, sheet.facts)
    held = [line for line in sheet.lines if line.kept]
    given = [line for line in sheet.lines if not line.kept]
    _table(flow, "À rendre", held, given)
    if given:
        _given(flow, given)
    _sign(flow, sheet.person)
    return paper.finish()


def _table(flow: Flow, title: str, held: Sequence[ReturnLine], given: Sequence[ReturnLine]) -> None:
    flow.room(26)
    flow.y = block_title(flow.page, flow.y + 4.2, title)
    if held:
        Table(flow, COLUMNS, ROOMY, EMPTY_BOX).rows([_cells(line, "") for line in held])
        return
    told = "Tout a été rendu." if given else NOTHING
    flow.y = put_text(flow.page, flow.frame.left, flow.y + 2, told, theme.BODY, flow.frame.span)


def _given(flow: Flow, given: Sequence[ReturnLine]) -> None:
    flow.room(26)
    flow.y = block_title(flow.page, flow.y + 4.2, ALREADY)
    columns = tuple(column for column in COLUMNS if column.align != "badge")
    Table(flow, columns).rows([_cells(line, "")[1:] for line in given])


def _cells(line: ReturnLine, ticked: str) -> Cells:
    return (ticked, line.number, line.name, line.serial, line.held, line.told)


def _sign(flow: Flow, person: str) -> None:
    """Remarks to write, the declaration and both boxes: never parted."""
    flow.room(SIGNATURE + 40)
    top = flow.frame.bottom - SIGNATURE - 36
    y = block_title(flow.page, max(flow.y + 4.2, top - 4), "Remarques")
    blocks.rules_to_write(flow.page, y - 0.6, REMARKS)
    put_text(
        flow.page, flow.frame.left, flow.frame.bottom - SIGNATURE - 10, DECLARATION, theme.SENTENCE, flow.frame.span
    )
    boxes = [
        Signature("La personne", (("Nom", person), ("Fait à, le", "")), "Signature, «\u00a0lu et approuvé\u00a0»"),
        Signature("Pour l’entreprise", (("Nom, qualité", ""), ("Fait à, le", ""))),
    ]
    blocks.signatures(flow.page, flow.frame.bottom - SIGNATURE, boxes, SIGNATURE)
