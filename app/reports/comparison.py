"""The comparison of offers, to decide and to keep: the answer, prices, notes, negotiation, signatures (papers.md 2)."""

from collections.abc import Iterator, Sequence

from app.fields import formats
from app.reports import blocks, theme
from app.reports.blocks import Signature
from app.reports.comparison_data import Answer, ComparedOffer, LogLine, OfferComparison
from app.reports.flow import Flow, block_title, paragraph
from app.reports.paper import Paper
from app.reports.table import COMPACT, Cells, Column, Group, Section, Table
from app.reports.text import wrap
from app.reports.theme import LANDSCAPE, MM

ABREAST = 4
"""Offers side by side in one table; the next ones follow in another."""
TITLE_ROOM = 34
PRICE_ROW = 6.5
"""Heights in mm: a title with the first rows of its table; about a row of prices."""
SIGNATURES = 35
HEAD_WIDTH = 19
"""Of the head of a criterion, in mm."""
NOTHING = "Aucune offre n’a été reçue\u00a0: il n’y a rien à comparer."
TO_DECIDE = "À décider"
METHOD = (
    "Note du prix\u00a0: 5 × total ferme le plus bas ÷ total ferme de l’offre, options à part. Note de l’offre, sur "
    "5\u00a0: somme des notes multipliées par leur poids. Une offre incomplète n’est pas classée\u00a0: ce qui manque "
    "n’est jamais compté pour zéro."
)
LOG_COLUMNS = (
    Column("Objet", 20), Column("Prestataire", 27), Column("Point", 34), Column("Demandé", 30),
    Column("Seuil de rupture", 26), Column("Proposé", 26), Column("Obtenu", 29), Column("Écart", 14, "right", 3),
    Column("État", 19), Column("Décision, clause", 28), Column("Le", 16),
)  # fmt: skip


def render(told: OfferComparison) -> bytes:
    paper = Paper(told.company, told.stamp)
    page = paper.page(LANDSCAPE, told.stamp.title)
    flow = Flow(paper, LANDSCAPE)
    stamp = told.stamp
    card = (("Référence", stamp.reference), ("Version", stamp.version_text), ("Données au", formats.day(stamp.data_at)))
    flow.y = blocks.masthead(page, card, subtitle=told.subject)
    flow.y = blocks.headline(page, flow.y + 1, "Résultat", _answer(told), _sentence(told)) + 1
    if told.offers:
        _ranking(flow, told)
        _words(flow, told)
        _prices(flow, told)
        _notes(flow, told)
        _reserves(flow, told.offers)
    _log(flow, told.log)
    _sign(flow, told)
    return paper.finish()


def _answer(told: OfferComparison) -> str:
    if told.chosen:
        return told.chosen
    return TO_DECIDE if told.offers else formats.MISSING


def _sentence(told: OfferComparison) -> str:
    if told.chosen:
        return f"Offre retenue. {told.reason}"
    if not told.offers:
        return NOTHING
    return told.warning or told.words[0]


def _titled(flow: Flow, title: str) -> None:
    flow.room(TITLE_ROOM)
    flow.y = block_title(flow.page, flow.y + 4, title) + 1


# -- the ranking ------------------------------------------------------------------------------------------------


def _ranking(flow: Flow, told: OfferComparison) -> None:
    _titled(flow, "Classement")
    columns = (
        Column("Rang", 20), Column("Prestataire", 44), Column("Reçue le", 18),
        Column("Total ferme\nHT (€)", 22, "right", 4), Column("Options\nHT (€)", 20, "right", 4),
        *(Column(_headed(one.label, one.weight), HEAD_WIDTH + 3, "right", 3) for one in told.criteria),
        Column("Note\nsur 5", 14, "right"),
    )  # fmt: skip
    Table(flow, columns, COMPACT).rows([_ranked(offer) for offer in told.offers])
    if told.silent:
        flow.y += 1
        paragraph(flow, f"Sans offre\u00a0: {', '.join(told.silent)}.", theme.NOTE)


def _headed(label: str, weight: int) -> str:
    """The words over as many lines as they need, then the weight."""
    return "\n".join([*wrap(label, theme.HEAD, HEAD_WIDTH * MM), f"{weight}\u00a0%"])


def _ranked(offer: ComparedOffer) -> Cells:
    return (
        offer.rank or "non classée", offer.provider, formats.day(offer.received_on), formats.amount(offer.firm, ""),
        formats.amount(offer.options, ""), *(formats.number(note, 2) for note in offer.notes),
        formats.number(offer.score, 2),
    )  # fmt: skip


def _words(flow: Flow, told: OfferComparison) -> None:
    """In sentences; before the choice the first one is already the answer."""
    rest = told.words if told.chosen or told.warning else told.words[1:]
    flow.y += 3
    for sentence in rest:
        blocks.item(flow, sentence)
    flow.y += 1
    paragraph(flow, METHOD, theme.NOTE)


# -- prices, notes, reserves ------------------------------------------------------------------------------------


def _abreast(offers: Sequence[ComparedOffer]) -> Iterator[Sequence[ComparedOffer]]:
    for start in range(0, len(offers), ABREAST):
        yield offers[start : start + ABREAST]


def _prices(flow: Flow, told: OfferComparison) -> None:
    for offers in _abreast(told.offers):
        flow.room(min(TITLE_ROOM + PRICE_ROW * len(told.lines), LANDSCAPE.bottom - LANDSCAPE.top))
        _titled(flow, "Prix, ligne par ligne")
        columns = (
            Column("Désignation", 60), Column("Unité", 20), Column("Quantité", 16, "right", 5),
            *(
                column
                for offer in offers
                for column in (
                    Column(f"{offer.provider}\nPrix unitaire HT (€)", 31, "right", 3),
                    Column("Montant\nHT (€)", 24, "right", 5),
                )
            ),
        )  # fmt: skip
        groups = [
            Group(title, _price_rows(told, offers, optional=optional))
            for title, optional in (("Lignes fermes", False), ("Options", True))
            if any(line.optional == optional for line in told.lines)
        ]
        totals = [("Total ferme", "", "", *(cell for one in offers for cell in ("", formats.amount(one.firm, ""))))]
        Table(flow, columns, COMPACT).put(Section(groups, totals))


def _price_rows(told: OfferComparison, offers: Sequence[ComparedOffer], *, optional: bool) -> list[Cells]:
    return [
        (
            line.label, line.unit or formats.MISSING, line.quantity,
            *(cell for offer in offers for cell in _priced(offer.answers[i])),
        )
        for i, line in enumerate(told.lines)
        if line.optional == optional
    ]  # fmt: skip


def _priced(answer: Answer) -> tuple[str, str]:
    price = formats.amount(answer.price, "") if answer.price is not None else "sans réponse"
    return (f"{price}\n{answer.remark}" if answer.remark else price, formats.amount(answer.amount, ""))


def _notes(flow: Flow, told: OfferComparison) -> None:
    for offers in _abreast(told.offers):
        _titled(flow, "Notes et ce sur quoi elles reposent")
        columns = (
            Column("Critère", 48), Column("Poids", 14, "right", 5),
            *(column for offer in offers for column in (Column("Note", 12, "right", 3), Column(offer.provider, 52))),
        )  # fmt: skip
        rows = [
            (
                one.label, f"{one.weight}\u00a0%",
                *(cell for offer in offers for cell in _noted(offer, i, computed=one.computed)),
            )
            for i, one in enumerate(told.criteria)
        ]  # fmt: skip
        Table(flow, columns, COMPACT).rows(rows)


def _noted(offer: ComparedOffer, i: int, *, computed: bool) -> tuple[str, str]:
    why = "calculée sur le total ferme" if computed else offer.evidence[i]
    return formats.number(offer.notes[i], 2), why if offer.notes[i] is not None else "à noter"


def _reserves(flow: Flow, offers: Sequence[ComparedOffer]) -> None:
    _titled(flow, "Points forts, réserves, manques")
    columns = (
        Column("Prestataire", 42), Column("Offre", 30), Column("Points forts", 65), Column("Réserves", 65),
        Column("Ce qui manque", 65),
    )  # fmt: skip
    rows = [
        (
            one.provider, _quoted(one), one.strengths or formats.MISSING, one.reserves or formats.MISSING,
            "\n".join(one.lacks) or "rien",
        )
        for one in offers
    ]  # fmt: skip
    Table(flow, columns, COMPACT).rows(rows)


def _quoted(offer: ComparedOffer) -> str:
    """Its reference, until when it stands, and its state."""
    until = f"valable jusqu’au {formats.day(offer.valid_until)}" if offer.valid_until else "sans date de validité"
    return "\n".join(part for part in (offer.reference, until, offer.status.lower()) if part)


# -- negotiation and decision -----------------------------------------------------------------------------------


def _log(flow: Flow, log: Sequence[LogLine]) -> None:
    _titled(flow, "Négociation")
    if not log:
        paragraph(flow, "Aucun point n’a été négocié.")
        return
    rows = [
        (
            one.subject, one.provider or formats.MISSING, one.point, one.asked or formats.MISSING,
            one.threshold or formats.MISSING, one.offered or formats.MISSING, one.obtained or formats.MISSING,
            one.deviation, one.state, "\n".join(part for part in (one.decision, one.clause) if part) or formats.MISSING,
            formats.day(one.noted_on),
        )
        for one in log
    ]  # fmt: skip
    Table(flow, LOG_COLUMNS, COMPACT).rows(rows)


def _sign(flow: Flow, told: OfferComparison) -> None:
    """The decision and its boxes, never parted."""
    flow.room(SIGNATURES + (22 if told.chosen else 30))
    flow.y = block_title(flow.page, flow.y + 5, "Décision") + 2
    if told.chosen:
        paragraph(flow, f"Offre retenue\u00a0: {told.chosen}. Motif\u00a0: {told.reason}")
    else:
        paragraph(flow, "Offre retenue, et motif du choix\u00a0:")
        flow.y = blocks.rules_to_write(flow.page, flow.y, 2)
    lines = (("Nom", ""), ("Qualité", ""), ("Le", ""))
    boxes = tuple(Signature(title, lines) for title in ("Établi par", "Avis de la direction", "Décidé par"))
    flow.y = blocks.signatures(flow.page, flow.y + 3, boxes, SIGNATURES)
