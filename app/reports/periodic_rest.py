"""The chapters that follow: incidents that came again, documents, preventive work, costs, opinions, decisions."""

from decimal import Decimal

from app.fields import NBSP, counted, formats, joined, lowered, plural
from app.reports import blocks, theme
from app.reports.flow import Flow, block_title, chapter, paragraph
from app.reports.periodic_data import Action, Cost, Opinions, PeriodReport, Share
from app.reports.table import COMPACT, Column, Group, Section, Table

ROOM = 34.0
"""What a chapter asks of a page before it begins."""
REPEATED = (
    Column("Bien", 46), Column("Catégorie", 42), Column("Revenu", 18, "right", 4), Column("Dernier", 22),
    Column("Tickets", 46),
)  # fmt: skip
PAPERS = (
    Column("Document", 46), Column("Au titre de", 52), Column("Contrat", 24), Column("Dû le", 20),
    Column("Reçu le", 20), Column("Retard", 12, "right"),
)  # fmt: skip
STOPS = (
    Column("Visite", 22), Column("Objet", 64), Column("Où", 38), Column("À faire avant le", 24), Column("Faite le", 26),
)  # fmt: skip
COSTS = (
    Column("Contrat", 52), Column("Forfait dû", 22, "right"), Column("Facturé", 22, "right"),
    Column("En plus", 20, "right"), Column("Écart", 20, "right"), Column("Interv.", 14, "right"),
    Column("Temps", 18, "right"), Column("Valeur\nà l’acte", 20, "right"),
)  # fmt: skip
CRITERIA = (Column("Critère", 120), Column("Note sur 5", 30, "right"), Column("Réponses", 24, "right"))
ACTIONS = (
    Column("Action", 76), Column("Qui", 28), Column("Pour le", 20), Column("État", 50),
)  # fmt: skip
NAMED = 4
MOST_REPEATED = 40
"""Lines of incidents that came again; the workbook has them all."""
FEWEST = 5
"""Forms below which their figures are not told."""
NONE_AGAIN = "Aucun incident n’est revenu sur un même bien."


def _open(flow: Flow, number: int, title: str) -> None:
    flow.room(ROOM)
    flow.gap(7)
    flow.page.marks.append(f"{number} {title}")
    flow.y = chapter(flow.page, flow.y, number, title) + 1


def repeated(flow: Flow, told: PeriodReport, number: int) -> None:
    _open(flow, number, "Incidents qui reviennent")
    if not told.repeated:
        known = told.volumes[0].counts[-1] is not None
        paragraph(flow, NONE_AGAIN if known else "Aucun ticket n’était encore suivi sur cette période.")
        return
    times = sum(one.times for one in told.repeated)
    paragraph(
        flow,
        f"{counted(times, 'incident')} {plural(times, 'suit', 'suivent')} de près un autre, même bien et même "
        "catégorie\u00a0: la cause n’a pas été traitée.",
    )
    flow.y += 1.5
    rows = [
        (
            one.asset,
            one.category,
            f"{formats.number(one.times)}{NBSP}fois",
            formats.day(one.last),
            formats.listed(one.numbers, NAMED),
        )
        for one in told.repeated[:MOST_REPEATED]
    ]
    Table(flow, REPEATED, COMPACT).rows(rows)
    if len(told.repeated) > MOST_REPEATED:
        flow.y += 1.6
        paragraph(flow, f"Et {counted(len(told.repeated) - MOST_REPEATED, 'autre', 'autres')}, les moins fréquents.")


def papers(flow: Flow, told: PeriodReport, number: int) -> None:
    _open(flow, number, "Documents attendus du prestataire")
    paragraph(flow, _of(told.punctual, "remis à temps", "Aucun document n’était dû sur cette période."))
    if told.papers:
        flow.y += 1.5
        rows = [
            (
                one.label, one.told, one.contract, formats.day(one.due), _came(one.came, refused=one.refused),
                f"{formats.number(one.days)}{NBSP}j",
            )
            for one in told.papers
        ]  # fmt: skip
        Table(flow, PAPERS, COMPACT).rows(rows)


def _came(came: object, *, refused: bool) -> str:
    if came is None:
        return "refusé" if refused else "pas encore"
    return formats.day(came)  # type: ignore[arg-type] # a day


def _of(share: Share, words: str, nothing: str) -> str:
    """« 40 remis à temps sur 42, soit 95,2 %. »."""
    if not share.bottom:
        return nothing
    ratio = formats.percent(share.ratio)
    return f"{formats.number(share.top)} {words} sur {formats.number(share.bottom)}, soit {ratio}."


def preventive(flow: Flow, told: PeriodReport, number: int) -> None:
    _open(flow, number, "Préventif fait et manqué")
    nothing = "Aucune visite préventive n’était à faire sur cette période."
    paragraph(flow, _of(told.preventive, "visites faites dans leur fenêtre", nothing))
    if told.stops:
        flow.y += 1.5
        rows = [
            (
                one.number, one.label, one.where or formats.MISSING, formats.day(one.due),
                formats.day(one.done) if one.done else "pas faite",
            )
            for one in told.stops
        ]  # fmt: skip
        Table(flow, STOPS, COMPACT).rows(rows)


def costs(flow: Flow, told: PeriodReport, number: int) -> None:
    _open(flow, number, "Coûts et forfait")
    if not told.costs:
        paragraph(flow, "Aucun contrat n’a rien coûté ni servi sur cette période.")
        return
    paragraph(
        flow,
        "Montants HT. Le forfait dû est celui que le contrat fait payer pour la période\u00a0; en plus, les "
        "interventions et les heures facturées à part. La valeur à l’acte est ce que les interventions du forfait "
        "auraient coûté au taux horaire du contrat.",
        theme.NOTE,
    )
    flow.y += 1
    whole = _whole(told.costs)
    Table(flow, COSTS, COMPACT).put(Section([Group("", [_cost(one) for one in told.costs])], (whole,)))


def _cost(one: Cost) -> tuple[str, ...]:
    return (
        joined(one.contract, lowered(one.title), by=", "), _euros(one.fee), _euros(one.invoiced or None),
        _euros(one.apart or None), _signed(one.gap), formats.number(one.acts or None),
        formats.duration(one.minutes or None), _euros(one.worth),
    )  # fmt: skip


def _whole(own: tuple[Cost, ...]) -> tuple[str, ...]:
    fees = [one.fee for one in own if one.fee is not None]
    gaps = [one.gap for one in own if one.gap is not None]
    worth = [one.worth for one in own if one.worth is not None]
    return (
        "Total", _euros(sum(fees) if fees else None), _euros(sum(one.invoiced for one in own) or None),
        _euros(sum(one.apart for one in own) or None), _signed(sum(gaps) if gaps else None),
        formats.number(sum(one.acts for one in own) or None),
        formats.duration(sum(one.minutes for one in own) or None), _euros(sum(worth) if worth else None),
    )  # fmt: skip


def _euros(cents: int | None) -> str:
    return formats.amount(cents, "")


def _signed(cents: int | None) -> str:
    return f"+{_euros(cents)}" if cents else _euros(cents)


def opinions(flow: Flow, told: PeriodReport, number: int) -> None:
    _open(flow, number, "Avis des utilisateurs")
    said = told.opinions
    paragraph(flow, _told(said))
    if said.criteria and said.received >= FEWEST:
        flow.y += 1.5
        rows = [(label, _note(note), formats.number(n)) for label, note, n in said.criteria]
        Table(flow, CRITERIA, COMPACT).rows(rows)
    if said.words:
        flow.room(20)
        flow.gap(5)
        flow.y = block_title(flow.page, flow.y, "Ce qui est écrit") + 1.5
        for _, words in said.words:
            blocks.item(flow, f"«\u00a0{words}\u00a0»")


def _told(said: Opinions) -> str:
    """« 24 fiches revenues, 31 remises. Note moyenne 4,33 sur 5 (22 notées), 90,2 % de réponses 4 et 5. »."""
    if not said.received and not said.expected:
        return "Aucune fiche d’évaluation n’a été remise ni n’est revenue sur cette période."
    came = counted(said.received, "fiche revenue", "fiches revenues")
    parts = [f"{came}, {counted(said.expected, 'fiche remise', 'fiches remises')} sur la période."]
    if said.mean is not None:
        parts.append(
            f"Note moyenne {_note(said.mean)} sur{NBSP}5 ({counted(said.noted, 'fiche notée', 'fiches notées')})."
        )
    if said.satisfied.bottom and said.received >= FEWEST:
        parts.append(
            f"Satisfaits\u00a0: {formats.percent(said.satisfied.ratio)} de réponses 4 et 5 "
            f"(n{NBSP}={NBSP}{formats.number(said.satisfied.bottom)})."
        )
    if said.unsolved:
        parts.append(f"Problème dit non résolu\u00a0: {formats.listed(said.unsolved, NAMED)}.")
    return " ".join(parts)


def _note(hundredths: int) -> str:
    return formats.number(Decimal(hundredths) / 100, 2)


def decisions(flow: Flow, told: PeriodReport, number: int) -> None:
    _open(flow, number, "Décisions et actions")
    if told.decisions:
        blocks.numbered(flow, [[(one, False)] for one in told.decisions])
    else:
        blocks.lacking(flow, "Aucune décision n’est demandée.", "Écrivez-les sur la page du rapport.")
    if told.actions:
        Table(flow, ACTIONS, COMPACT).rows([_action(one) for one in told.actions], "Actions décidées", 4)


def _action(one: Action) -> tuple[str, ...]:
    label = f"{one.label} ({one.origin})" if one.origin else one.label
    return label, one.owner, formats.day(one.due), one.told
