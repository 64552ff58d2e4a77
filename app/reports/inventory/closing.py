"""Chapters 11 and 12: reserves and exclusions, then the signatures of both parties, never parted (papers.md 2)."""

from app.fields import formats
from app.reports import blocks, theme
from app.reports.blocks import Signature
from app.reports.flow import Flow, paragraph, spans
from app.reports.inventory.data import InventoryReport
from app.reports.inventory.outline import Book
from app.reports.table import Column, Table

NO_RESERVE = "Aucune réserve n’est tirée des données relevées."
COLUMNS = (
    Column("N°", 9), Column("Bien", 34), Column("Nature", 19), Column("Réserve ou motif d’exclusion", 67),
    Column("Émise par", 22), Column("Levée avant le", 23),
)  # fmt: skip
DECLARATION = (
    ("Les soussignés déclarent que l’inventaire et l’état des biens ont été relevés ", theme.BODY),
    ("contradictoirement", theme.BODY_BOLD),
    (" aux dates indiquées en page de garde. Les réserves ci-dessus et ci-dessous, et elles seules, sont ", theme.BODY),
    ("opposables aux parties. Ce document a été établi selon une démarche inspirée de ", theme.BODY),
    ("NF\u00a0EN\u00a013306, NF\u00a0EN\u00a013269 et NF\u00a0X\u00a060-000.", theme.BODY),
)
SIGNING = 145
"""Height in mm of the signing block: its title, text, boxes and lines are never parted."""
MENTION = "Mention «\u00a0lu et approuvé\u00a0», signature et cachet"


def reserves(book: Book, report: InventoryReport, flow: Flow) -> None:
    book.go_on(flow, "11")
    if not report.reserves:
        paragraph(flow, NO_RESERVE)
        return
    rows = [
        (str(n), r.subject, r.nature, r.words, r.issuer, formats.day(r.lifted_by))
        for n, r in enumerate(report.reserves, 1)
    ]
    Table(flow, COLUMNS).rows(rows)


def signatures(book: Book, report: InventoryReport, flow: Flow) -> None:
    if flow.left < SIGNING:
        book.open(flow, "12")
    else:
        book.go_on(flow, "12")
    frame = flow.frame
    spans(flow, DECLARATION)
    rest = (("Nom", ""), ("Qualité", ""), ("Fait à", ""), ("Le", ""))
    boxes = (
        Signature("Pour le client", (("Société", report.company.name), *rest), MENTION),
        Signature("Pour le prestataire", (("Société", report.provider), *rest), MENTION),
    )
    page = flow.page
    y = blocks.signatures(page, flow.y + 3, boxes, 58, gap=8) + 6
    page.text(frame.left, y, "Réserves manuscrites", theme.LABEL)
    x = blocks.choice(page, frame.left + 60, y, "sans réserve")
    blocks.choice(page, x + 8, y, "avec les réserves ci-dessous")
    flow.y = blocks.rules_to_write(page, y + 1.5, 3, 7.6) + 6.5


def frozen(flow: Flow, report: InventoryReport) -> None:
    """The band of the signatures: drawn once the pages are counted."""
    stamp = report.stamp
    pages = formats.number(len(flow.paper.pages))
    sentence = (
        "Projet non émis\u00a0: aucune empreinte. À émettre avant toute signature."
        if stamp.draft
        else f"Fait en 2\u00a0exemplaires de {pages}\u00a0pages. Toute copie réimprimée porte la même empreinte."
    )
    blocks.frozen_band(flow.page, flow.y, "Pièce figée", sentence, "" if stamp.draft else stamp.data_hash)
