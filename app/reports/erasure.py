"""The certificate of erasure of one medium, on one page: the answer, what was erased and how, two signatures, the hash
(domain.md F.3, papers.md 2)."""

from app.reports import blocks, theme
from app.reports.blocks import Signature
from app.reports.exit_data import ErasureCertificate
from app.reports.fact_columns import two_columns
from app.reports.flow import Flow, block_title, paragraph, put_text
from app.reports.paper import Paper
from app.reports.theme import PORTRAIT

LEVELS = (
    "Niveaux d’après NIST SP 800-88\u00a0: «\u00a0Clear\u00a0» pour un support qui reste dans l’entreprise, "
    "«\u00a0Purge\u00a0» ou «\u00a0Destroy\u00a0» pour un support qui la quitte. Un aimant n’efface pas un SSD."
)
DECLARATION = (
    "L’opérateur atteste avoir effacé ou détruit le support désigné ci-dessus par la méthode indiquée, et en avoir "
    "contrôlé le résultat comme il est dit."
)
CLOSING = 82
"""Height in mm of the declaration, the signatures and the band, which stay on one page."""
SIGNATURE = 40
DRAFT = "Projet\u00a0: aucune empreinte avant l’émission du certificat."
FROZEN = "Empreinte des données dont ce certificat est fait\u00a0; la copie émise est gardée avec la fiche."


def render(certificate: ErasureCertificate) -> bytes:
    paper = Paper(certificate.company, certificate.stamp)
    page = paper.page(PORTRAIT, certificate.stamp.title)
    flow = Flow(paper)
    flow.y = blocks.masthead(page, certificate.card, subtitle=certificate.subtitle)
    flow.y = blocks.headline(page, flow.y + 1, "Résultat", certificate.result, certificate.sentence)
    two_columns(flow, certificate.blocks)
    if certificate.notes:
        flow.y = block_title(flow.page, flow.y + 4.2, "Notes") + 2
        paragraph(flow, certificate.notes)
    flow.y = put_text(flow.page, flow.frame.left, flow.y + 4, LEVELS, theme.NOTE, flow.frame.span)
    _close(flow, certificate)
    return paper.finish()


def _close(flow: Flow, certificate: ErasureCertificate) -> None:
    flow.room(CLOSING)
    flow.y = flow.frame.bottom - CLOSING + 2
    flow.y = put_text(flow.page, flow.frame.left, flow.y, DECLARATION, theme.BODY, flow.frame.span) + 3
    operator, witness = certificate.signatories
    boxes = [
        Signature("Opérateur", (("Nom", operator), ("Le", ""))),
        Signature("Témoin ou valideur", (("Nom", witness), ("Le", ""))),
    ]
    flow.y = blocks.signatures(flow.page, flow.y, boxes, SIGNATURE) + 4
    issued = not certificate.stamp.draft
    blocks.frozen_band(flow.page, flow.y, "Pièce figée", FROZEN if issued else DRAFT, certificate.stamp.data_hash)
