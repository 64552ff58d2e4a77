"""The attendance sheet of an awareness session: who is invited, a place to sign each; the proof that stays."""

from app.reports import blocks, theme
from app.reports.backups_data import Attendance
from app.reports.blocks import Signature
from app.reports.flow import Flow, put_text
from app.reports.paper import Page, Paper
from app.reports.theme import INK, PORTRAIT, RULE

ROW = 9.0
STARTS = (0.0, 9.0, 78.0, 118.0, 150.0)
HEADS = ("", "Nom, prénom", "Service", "Présent", "Signature")
SIGNATURES = 30
SPARE = 4
"""Lines for people who come without an invitation."""
BLANK = 18
PURPOSE = (
    "Cette feuille prouve que la séance a eu lieu. Elle sert au suivi de la sensibilisation, et à rien d’autre\u00a0: "
    "elle n’évalue personne."
)


def render(told: Attendance) -> bytes:
    paper = Paper(told.company, told.stamp)
    page = paper.page(PORTRAIT, told.stamp.title)
    flow = Flow(paper)
    flow.y = blocks.masthead(page, told.card, subtitle=told.topic) + 2
    _head(flow)
    rows = [*told.people, *[("", "")] * (SPARE if told.people else BLANK)]
    for number, (name, service) in enumerate(rows, 1):
        if flow.left < ROW:
            flow.turn()
            _head(flow)
        _row(flow, number, name, service)
    flow.room(SIGNATURES + 16)
    flow.y = put_text(flow.page, flow.frame.left, flow.y + 3, PURPOSE, theme.NOTE, flow.frame.span)
    lines = (("Nom", ""), ("Le", ""))
    boxes = (Signature("Intervenant", lines), Signature("Pour l’entreprise", lines))
    blocks.signatures(flow.page, flow.y + 3, boxes, SIGNATURES, gap=8)
    return paper.finish()


def _head(flow: Flow) -> None:
    for start, head in zip(STARTS, HEADS, strict=True):
        flow.page.text(flow.frame.left + start, flow.y + 4, head, theme.HEAD)
    flow.y += 5.6
    flow.page.rule(flow.frame.left, flow.y, flow.frame.right, 0.8, INK)


def _row(flow: Flow, number: int, name: str, service: str) -> None:
    page, left, y = flow.page, flow.frame.left, flow.y + 5.8
    page.text(left, y, str(number), theme.NOTE)
    page.fit(left + STARTS[1], y, name, theme.CELL, STARTS[2] - STARTS[1] - 2)
    page.fit(left + STARTS[2], y, service, theme.CELL, STARTS[3] - STARTS[2] - 2)
    blocks.tick_box(page, left + STARTS[3] + 3, y - 2.9)
    _rules(page, flow.y)
    flow.y += ROW
    page.rule(left, flow.y, flow.frame.right, 0.25, RULE)


def _rules(page: Page, y: float) -> None:
    for start in STARTS[1:]:
        page.upright(page.frame.left + start - 2, y, y + ROW, 0.25, RULE)
