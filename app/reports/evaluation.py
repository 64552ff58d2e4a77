"""The user's evaluation of an intervention, on a page of its own: nothing is ever ticked beforehand (domain.md G.1)."""

from collections.abc import Sequence

from app.reports import blocks, theme
from app.reports.blocks import Signature
from app.reports.flow import block_title
from app.reports.identity import Pair
from app.reports.paper import Page, running_head, width_of
from app.reports.theme import INK, RULE, Type

CRITERIA = (
    "Délai de prise en charge",
    "Ponctualité",
    "Écoute et courtoisie",
    "Compétence",
    "Clarté des explications",
    "Qualité du résultat",
    "Propreté, respect des lieux et de la sécurité",
    "Information pendant l’attente",
    "Compte rendu remis",
)
STEPS = (
    ("Très", "insatisfait"),
    ("", "Insatisfait"),
    ("", "Moyen"),
    ("", "Satisfait"),
    ("Très", "satisfait"),
    ("Sans", "avis"),
)
QUESTIONS = (
    "Problème résolu\u00a0?",
    "Essai fait devant vous\u00a0?",
    "Données intactes\u00a0?",
    "Nouvelle intervention nécessaire\u00a0?",
)
FREE = ("Un point positif", "Un point à améliorer", "Vos réserves")
BOX = 5.0
FIRST_BOX, PITCH, ROW = 91.0, 15.4, 8.5
QUESTION = Type(theme.REGULAR, 9.5, 12)
DIGIT = Type(theme.REGULAR, 8, 10, theme.GREY)


def draw(page: Page, reference: str, facts: Sequence[Pair]) -> None:
    """The whole page; without facts, lines to name the intervention."""
    frame = page.frame
    running_head(page)
    page.text(frame.left, 26, "Évaluation par l’utilisateur", theme.TITLE)
    page.text(frame.left, 31.6, f"Après l’intervention {reference}".rstrip(), theme.SUBTITLE)
    y = (
        _facts(page, facts)
        if facts
        else blocks.lines_to_write(
            page, frame.left, 35, ("Fiche d’intervention", "Technicien", "Date"), frame.right, 32
        )
    )
    y = _criteria(page, y + 6)
    y = _questions(page, y + 3)
    for title in FREE:
        y = block_title(page, y + 2, title) - 0.6
        for line in (7.0, 14.2):
            page.dotted(frame.left, y + line, frame.right)
        y += 14.6
    boxes = tuple(Signature(who) for who in ("Utilisateur", "Technicien", "Visa du gestionnaire"))
    blocks.signatures(page, frame.bottom - 32, boxes, 30)
    words = (
        "Note = moyenne des lignes cochées de 1 à 5, «\u00a0sans avis\u00a0» exclu\u00a0; "
        "moins de 5 réponses\u00a0: fiche incomplète."
    )
    page.text(frame.left, frame.bottom + 1.2, words, theme.FOOT)


def _facts(page: Page, facts: Sequence[Pair]) -> float:
    """Two columns of what is known of the intervention."""
    frame = page.frame
    half = (frame.span - 8) / 2
    y = 36.0
    for i in range(0, len(facts), 2):
        for k, (label, value) in enumerate(facts[i : i + 2]):
            x = frame.left + k * (half + 8)
            page.text(x, y + 2.8, label, theme.LABEL)
            page.fit(x + 20, y + 2.8, value, theme.CELL, half - 20)
        y += 4.6
    page.rule(frame.left, y + 1.2, frame.right, 0.8, INK)
    return y


def _criteria(page: Page, y: float) -> float:
    frame = page.frame
    _instruction(page, y)
    y += 9.4
    for i, (above, under) in enumerate(STEPS):
        centre = frame.left + FIRST_BOX + i * PITCH + BOX / 2
        page.centre(centre, y - 3, above, theme.HEAD)
        page.centre(centre, y, under, theme.HEAD)
    y += 1.8
    page.rule(frame.left, y, frame.right, 0.8, INK)
    for number, criterion in enumerate(CRITERIA, 1):
        page.text(frame.left, y + 5.4, str(number), theme.BODY_NUMBER)
        page.text(frame.left + 5, y + 5.4, criterion, QUESTION)
        for i in range(len(STEPS)):
            x = frame.left + FIRST_BOX + i * PITCH
            blocks.tick_box(page, x, y + 1.75, side=BOX)
            page.text(x + BOX + 1.1, y + 5.2, str(i + 1) if i < len(STEPS) - 1 else "", DIGIT)
        y += ROW
        page.rule(frame.left, y, frame.right, *((0.8, INK) if number == len(CRITERIA) else (0.25, RULE)))
    return y


def _instruction(page: Page, y: float) -> None:
    left = page.frame.left
    end = page.text(left, y + 0.4, "Une case par ligne, au stylo noir ou bleu.", theme.CARD)
    blocks.tick_box(page, end + 7, y - 2.6, ticked=True)
    end = page.text(end + 12, y + 0.4, "votre réponse", theme.LABEL)
    page.box(end + 6, y - 2.6, 3.4, 3.4, 0.6, INK)
    page.text(end + 11, y + 0.4, "annulée\u00a0: cochez la bonne", theme.LABEL)


def _questions(page: Page, y: float) -> float:
    frame = page.frame
    for i, question in enumerate(QUESTIONS):
        x = frame.left + (i % 2) * 88
        page.text(x, y + 5.2, question, QUESTION)
        edge = x + (80 if i % 2 == 0 else 86)
        for k, word in enumerate(("non", "oui")):
            box = edge - BOX - width_of("non", DIGIT) - 1.1 - k * 14
            blocks.tick_box(page, box, y + 1.5, side=BOX)
            page.text(box + BOX + 1.1, y + 5, word, DIGIT)
        if i % 2:
            y += 8
            page.rule(frame.left, y, frame.right, *((0.8, INK) if i > 1 else (0.25, RULE)))
    return y
