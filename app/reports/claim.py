"""The claim file as a paper: the answer, the breaches and their price, what was promised, what happened, what proves it
(domain.md C.7; papers.md 1)."""

from collections.abc import Sequence

from app.reports import blocks, theme
from app.reports.claim_data import ClaimFile, Story, TermsInForce
from app.reports.fact_columns import two_columns
from app.reports.flow import Flow, block_title, chapter, paragraph
from app.reports.identity import Pair, grouped
from app.reports.intervention_parts import asset_and_request, promises
from app.reports.paper import Paper
from app.reports.table import COMPACT, Cells, Column, Group, Section, Table
from app.reports.theme import BAND, MONO, PORTRAIT, Type

BREACHES = (
    Column("N°", 21), Column("Bien ou objet", 53), Column("Prio.", 9), Column("Dû le", 21), Column("Réel", 21),
    Column("Retard", 19, "right"), Column("Pénalité (€)", 22, "right"),
)  # fmt: skip
STEPS = (Column("Étape", 62), Column("Base", 84), Column("Résultat", 28, "right"))
CLAIMS = (
    Column("Mois", 34), Column("Réclamée le", 34), Column("Montant", 34, "right", 6), Column("État", 36),
    Column("Réglée le", 36),
)  # fmt: skip
LEVELS = (
    Column("Gravité", 54), Column("Prise en charge", 40, "right"), Column("Sur site", 40, "right"),
    Column("Rétablissement", 40, "right"),
)  # fmt: skip
TERMS = (Column("Terme", 62), Column("Ce que dit le contrat", 84), Column("Par avenant", 28))
ACTS = (
    Column("Survenu le", 27), Column("Écoulé", 15, "right", 4), Column("Fait", 75), Column("Par", 27),
    Column("Écriture", 30),
)  # fmt: skip
DONE = (Column("Intervention", 24), Column("Du, au", 32), Column("Technicien", 34), Column("Constat et travaux", 84))
PIECES = (
    Column("Pièce", 54), Column("De", 42), Column("Jointe, écriture", 28), Column("Par", 22),
    Column("SHA-256", 28),
)  # fmt: skip
ENTRIES = (
    Column("N°", 15, "right", 4), Column("Écrit le", 26), Column("Par", 26), Column("Quoi", 76), Column("Sceau", 31),
)  # fmt: skip
SAID = 34.0
TINY = Type(MONO, 6.5, 8)
HOLDS = (
    "Chaque écriture du fichier reçoit à l’enregistrement un sceau calculé sur elle-même et sur le sceau qui la "
    "précède. Modifier, retirer ou ajouter après coup une écriture change tous les sceaux qui suivent. L’archive qui "
    "accompagne ce papier contient les valeurs, la chaîne des sceaux et de quoi les recalculer sans le programme."
)
LIMITS = (
    "Ces sceaux prouvent que ce qui est écrit n’a pas changé depuis, et dans quel ordre il l’a été. Ils ne prouvent "
    "pas que ce qui a été écrit était exact, et les heures sont celles de l’ordinateur. Un acte peut être inscrit "
    "après être survenu\u00a0: les deux dates sont données."
)
DRAFT = "Projet\u00a0: aucune empreinte avant l’émission."
FROZEN = "Empreinte des données dont ce dossier est fait\u00a0; la copie émise est gardée avec la fiche."
NO_PIECE = "Aucun document n’est joint aux fiches de ce dossier."


def render(file: ClaimFile) -> bytes:
    paper = Paper(file.company, file.stamp)
    page = paper.page(PORTRAIT, file.stamp.title)
    flow = Flow(paper)
    flow.y = blocks.masthead(page, file.card, file.code, file.subtitle)
    flow.y = blocks.headline(page, flow.y + 1, "Constat", *file.headline)
    two_columns(flow, file.facts)
    parts = (_breaches, _price, _terms, _stories, _evidence, _history)
    for number, part in enumerate(parts, 1):
        part(flow, file, number)
    return paper.finish()


def _chapter(flow: Flow, number: int, title: str, room: float = 44) -> None:
    flow.y += 7
    flow.room(room)
    flow.page.marks.append(title)
    flow.y = chapter(flow.page, flow.y, number, title) + 2


def _block(flow: Flow, title: str, room: float = 26) -> None:
    flow.y += 3
    flow.room(room)
    flow.y = block_title(flow.page, flow.y, title) + 1


def _breaches(flow: Flow, file: ClaimFile, number: int) -> None:
    _chapter(flow, number, "Engagements manqués")
    paragraph(flow, file.breaches_note)
    flow.y += 2
    if file.breaches:
        Table(flow, BREACHES, COMPACT).put(Section([Group(one.title, one.rows) for one in file.breaches]))


def _price(flow: Flow, file: ClaimFile, number: int) -> None:
    _chapter(flow, number, "Calcul des pénalités")
    if file.steps:
        *steps, total = file.steps
        Table(flow, STEPS, COMPACT).put(Section([Group("", steps)], totals=[total]))
    paragraph(flow, file.steps_note or "Rien à calculer.")
    if file.claims:
        _block(flow, "Déjà réclamé")
        Table(flow, CLAIMS, COMPACT).rows(file.claims)


def _terms(flow: Flow, file: ClaimFile, number: int) -> None:
    _chapter(flow, number, "Ce que le contrat promettait")
    if not file.terms:
        blocks.lacking(flow, "Hors contrat, ou rien à juger\u00a0: aucun terme ne s’applique.")
    for one in file.terms:
        _in_force(flow, one)
    for clause in file.clauses:
        _block(flow, clause.title)
        flow.y += 1
        for line in clause.text.splitlines():
            paragraph(flow, line)


def _in_force(flow: Flow, terms: TermsInForce) -> None:
    _block(flow, terms.since, 40)
    if terms.levels:
        Table(flow, LEVELS, COMPACT).rows(terms.levels)
        flow.y += 2
    Table(flow, TERMS, COMPACT).rows(terms.words)


def _stories(flow: Flow, file: ClaimFile, number: int) -> None:
    if not file.stories:
        return
    _chapter(flow, number, "Ce qui s’est passé", 90)
    for one in file.stories:
        _story(flow, one)


def _story(flow: Flow, story: Story) -> None:
    flow.room(96)
    flow.page.text(flow.frame.left, flow.y + 4, story.title, theme.SHEET_NUMBER)
    flow.y += 6
    promises(flow, story.promises, story.note)
    asset_and_request(flow, story.asset, story.request, story.quote)
    _block(flow, "Journal")
    Table(flow, ACTS, COMPACT).rows(story.acts)
    if story.done:
        _block(flow, "Interventions")
        Table(flow, DONE, COMPACT).rows(story.done)
    if story.said:
        _block(flow, "Explications et suites")
        _told(flow, story.said)
    flow.y += 6


def _told(flow: Flow, pairs: Sequence[Pair]) -> None:
    flow.y += 1
    for pair in pairs:
        flow.room(10)
        flow.y = blocks.facts(flow.page, flow.frame.left, flow.y, (pair,), flow.frame.right, SAID)


def _evidence(flow: Flow, file: ClaimFile, number: int) -> None:
    _chapter(flow, number, "Pièces")
    if not file.evidence:
        paragraph(flow, NO_PIECE)
        return
    Table(flow, PIECES, COMPACT).rows([_short(one) for one in file.evidence])
    _block(flow, "Empreintes complètes")
    for name, *_, sha256 in file.evidence:
        flow.room(9)
        end = flow.page.fit(flow.frame.left, flow.y + 3.6, name, theme.NOTE, 62)
        flow.page.text(max(end + 3, flow.frame.left + 65), flow.y + 3.6, sha256, TINY)
        flow.y += 4.4


def _short(cells: Cells) -> Cells:
    return (*cells[:-1], f"{cells[-1][:16]}…")


def _history(flow: Flow, file: ClaimFile, number: int) -> None:
    """The sentences first, then the band of the chain, the entries, and what these do not prove."""
    told = file.chain
    _chapter(flow, number, "Extrait de l’historique", 60)
    for sentence in (told.sentence, HOLDS, LIMITS):
        paragraph(flow, sentence)
        flow.y += 1.5
    for warning in told.warnings:
        blocks.item(flow, warning)
    if told.head:
        _head(flow, file)
    flow.room(26)
    frozen = DRAFT if file.stamp.draft else FROZEN
    flow.y = blocks.frozen_band(flow.page, flow.y, "Pièce figée", frozen, file.stamp.data_hash) + 5
    if told.entries:
        flow.room(24)
        Table(flow, ENTRIES, COMPACT).rows(told.entries)


def _head(flow: Flow, file: ClaimFile) -> None:
    """The seal of the last entry: whoever holds it can tell whether anything before was written again."""
    flow.room(18)
    page, x = flow.page, flow.frame.left + 4
    page.box(flow.frame.left, flow.y + 1, flow.frame.span, 13, 0, BAND)
    last = file.chain.last
    page.text(x, flow.y + 5.6, f"Sceau de tête, écriture n°\u00a0{last}", theme.CARD)
    page.text(x, flow.y + 10.8, grouped(file.chain.head, 8), theme.HASH)
    flow.y += 17
