"""The record of a reversibility: what was given back and what was not, the accesses taken back, signed by both sides
(domain.md C.11, papers.md 1)."""

from app.fields import NBSP
from app.reports import blocks, theme
from app.reports.blocks import Signature
from app.reports.fact_columns import two_columns
from app.reports.flow import Flow, block_title, paragraph, put_text
from app.reports.paper import Paper
from app.reports.return_record_data import ReturnRecord
from app.reports.table import COMPACT, Column, Group, Section, Table
from app.reports.theme import ACCENT, PORTRAIT, VERDICTS, WHITE

ITEMS = (
    Column("", 7, "badge"), Column("Ce qui est rendu ou fait", 72), Column("Responsable", 33), Column("Échéance", 20),
    Column("Preuve, remarque", 42),
)  # fmt: skip
ACCESSES = (
    Column("Donné à", 38), Column("Accès à", 58), Column("Niveau", 36), Column("Depuis le", 20),
    Column("Retiré le", 22),
)  # fmt: skip
SIGNS = {"✓": ACCENT, "!": VERDICTS["E"], "": WHITE}
TITLE_ROOM = 34
SIGNATURES = 58
RESERVE_LINES = 3
NO_ITEM = "Aucune liste n’a été préparée pour ce contrat."
DECLARATION = (
    "Les soussignés constatent l’état ci-dessus. Le prestataire déclare n’avoir gardé ni accès, ni copie des données "
    "de l’entreprise au-delà de ce que la loi lui impose."
)
DRAFT = "Projet\u00a0: aucune empreinte avant l’émission du procès-verbal."
FROZEN = "Empreinte des données dont ce procès-verbal est fait\u00a0; la copie émise est gardée avec le contrat."


def render(record: ReturnRecord) -> bytes:
    paper = Paper(record.company, record.stamp)
    page = paper.page(PORTRAIT, record.stamp.title)
    flow = Flow(paper)
    flow.y = blocks.masthead(page, record.card, subtitle=record.subtitle)
    flow.y = blocks.headline(page, flow.y + 1, "Résultat", record.result, record.sentence)
    two_columns(flow, record.facts)
    _items(flow, record)
    _accesses(flow, record)
    _close(flow, record)
    return paper.finish()


def _items(flow: Flow, record: ReturnRecord) -> None:
    flow.room(TITLE_ROOM)
    flow.y = block_title(flow.page, flow.y + 4.2, "Points de la réversibilité") + 1
    if not record.groups:
        flow.y = put_text(flow.page, flow.frame.left, flow.y + 1, NO_ITEM, theme.BODY, flow.frame.span)
        return
    groups = [Group(f"{group.title}{NBSP}: {len(group.rows)}", group.rows) for group in record.groups]
    Table(flow, ITEMS, COMPACT, SIGNS).put(Section(groups))


def _accesses(flow: Flow, record: ReturnRecord) -> None:
    flow.room(TITLE_ROOM)
    flow.y = block_title(flow.page, flow.y + 4.2, "Accès du prestataire") + 2
    paragraph(flow, record.accesses_told)
    flow.y += 1
    if record.accesses:
        Table(flow, ACCESSES, COMPACT).rows(record.accesses)


def _close(flow: Flow, record: ReturnRecord) -> None:
    """The reserves with room to write more, then the declaration, both boxes and the band: these stay together."""
    flow.room(TITLE_ROOM + RESERVE_LINES * 7)
    flow.y = block_title(flow.page, flow.y + 4.2, "Réserves") + 2
    for sentence in record.reserves:
        blocks.item(flow, sentence)
    flow.room(RESERVE_LINES * 7 + 4)
    flow.y = blocks.rules_to_write(flow.page, flow.y, RESERVE_LINES, 7) + 4
    flow.room(SIGNATURES + 38)
    flow.y = put_text(flow.page, flow.frame.left, flow.y, DECLARATION, theme.BODY, flow.frame.span) + 3
    mention = "Signature et cachet, «\u00a0lu et approuvé\u00a0»"
    lines = (("Qualité", ""), ("Fait à", ""), ("Le", ""))
    boxes = [
        Signature("Pour l’entreprise", (("Société", record.company.name), ("Nom", ""), *lines), mention),
        Signature(
            "Pour le prestataire", (("Société", record.provider), ("Nom", record.representative), *lines), mention
        ),
    ]
    flow.y = blocks.signatures(flow.page, flow.y, boxes, SIGNATURES, gap=8) + 4
    issued = not record.stamp.draft
    blocks.frozen_band(flow.page, flow.y, "Pièce figée", FROZEN if issued else DRAFT, record.stamp.data_hash)
