"""The annexes: changes, gaps of the last campaign, photos, failures of the last twelve months, glossary."""

from collections.abc import Sequence

from app.fields import counted, formats
from app.reports import blocks, theme
from app.reports.flow import Flow, paragraph, put_text
from app.reports.inventory.data import InventoryReport
from app.reports.inventory.facts import Changes, Gaps
from app.reports.inventory.lines import Change, Failure, Photo
from app.reports.inventory.outline import Book
from app.reports.table import REGISTER, Column, Group, Section, Table

FIRST = "Aucun rapport du même périmètre n’a été émis avant celui-ci\u00a0: il sera la référence des suivants."
UNCHANGED = "Aucun bien n’est entré, sorti, déplacé ni jugé autrement depuis."
NO_CAMPAIGN = (
    "Aucune campagne d’inventaire physique n’est close.",
    (
        "Dans Inventaire › Campagnes, ouvrez-en une, allez voir chaque bien, puis fermez-la\u00a0: ce qui manque et ce "
        "qui est en trop paraîtra ici."
    ),
)
NO_GAP = "Aucun écart\u00a0: tout ce qui était attendu a été trouvé, et rien d’autre."
NO_PHOTO = (
    "Aucune photo n’est jointe aux fiches des biens.",
    "Déposez-les sur une fiche, onglet Documents (JPEG ou PNG).",
)
NO_FAILURE = (
    "Aucune panne n’a été enregistrée ces douze mois. Les pannes sont les tickets marqués «\u00a0panne\u00a0», "
    "avec leur bien."
)
CHANGES = (Column("N° inventaire", 25), Column("Désignation", 59), Column("Avant", 45), Column("À présent", 45))
GAPS = (
    Column("N° ou code lu", 27), Column("Désignation", 45), Column("Attendu", 38), Column("Trouvé", 32),
    Column("Note", 32),
)  # fmt: skip
FAILURES = (
    Column("N° inventaire", 21), Column("Désignation", 38), Column("Date", 18), Column("Ticket", 22),
    Column("Objet", 48), Column("Prio.", 9, "centre"), Column("Durée", 18, "right"),
)  # fmt: skip
DURATION = "Durée\u00a0: de l’appel au rétablissement, en heures ouvrées du contrat, attentes déduites."
ROW_OF_PHOTOS, PHOTO_SIDE, A_ROW = 56.0, (55.0, 42.0), 3
"""Height in mm of a row of photos with their captions, the place of one, and how many stand side by side."""

GLOSSARY = (
    ("Bien", "Ce qui est maintenu\u00a0: un matériel, une machine virtuelle, un équipement."),
    ("Défaillance", "L’événement par lequel un bien cesse de rendre son service. Les défaillances se comptent."),
    ("Panne", "L’état qui suit une défaillance. Les pannes ont une durée."),
    ("Maintenance", "Tout ce qui est fait pour garder un bien en état de rendre son service, ou l’y ramener."),
    ("Préventive", "Maintenance faite avant la défaillance, selon un calendrier, un état mesuré ou une prévision."),
    ("Corrective, palliative", "Dépannage\u00a0: le service reprend, la cause reste à traiter."),
    ("Corrective, curative", "Réparation durable\u00a0: la cause est supprimée."),
    ("Indisponibilité", "Temps pendant lequel le bien ne peut pas rendre son service, attentes comprises."),
    ("Niveaux 1 à 5", "De l’action simple de l’utilisateur (1) à la reconstruction par le constructeur (5)."),
    ("Criticité", "Effet de l’arrêt d’un bien sur l’activité, de 1 (faible) à 4 (vitale)."),
    ("Valeur de remplacement", "Prix hors taxes, à ce jour, d’un bien neuf rendant le même service."),
    ("Durée de vie cible", "Âge auquel l’entreprise prévoit de remplacer un bien de cette famille."),
    ("Fin de support", "Dernier jour où l’éditeur ou le constructeur corrige les défauts de sécurité."),
    ("GTI, GTR", "Délais garantis par le contrat\u00a0: d’intervention, de rétablissement."),
    ("Réserve", "Ce que l’inventaire n’établit pas, ou que l’une des parties conteste."),
    ("Contradictoire", "Relevé en présence des deux parties, qui signent."),
)  # fmt: skip


def draw(book: Book, report: InventoryReport) -> None:
    """Those asked for, one after the other."""
    acts = (("A", _changes), ("B", _gaps), ("C", _photos), ("D", _failures), ("E", _glossary))
    flow: Flow | None = None
    for letter, act in acts:
        if not book.has(letter):
            continue
        if flow is None:
            flow = book.flow(letter)
        else:
            book.go_on(flow, letter)
        act(flow, report)


def _changes(flow: Flow, report: InventoryReport) -> None:
    found = report.changes
    if found is None:
        paragraph(flow, FIRST)
        return
    paragraph(flow, f"Depuis {found.since}.")
    groups = [Group(title, [_change(one) for one in lines]) for title, lines in _kinds(found) if lines]
    if groups:
        Table(flow, CHANGES, REGISTER).put(Section(groups))
    else:
        paragraph(flow, UNCHANGED)


def _kinds(found: Changes) -> tuple[tuple[str, Sequence[Change]], ...]:
    return (
        (f"Entrés · {formats.number(len(found.entered))}", found.entered),
        (f"Sortis · {formats.number(len(found.left))}", found.left),
        (f"Déplacés ou réaffectés · {formats.number(len(found.moved))}", found.moved),
        (f"Verdicts changés · {formats.number(len(found.verdicts))}", found.verdicts),
    )


def _change(one: Change) -> tuple[str, ...]:
    return one.number, one.name or formats.MISSING, one.before or formats.MISSING, one.after or formats.MISSING


def _gaps(flow: Flow, report: InventoryReport) -> None:
    if report.gaps is None:
        blocks.lacking(flow, *NO_CAMPAIGN)
        return
    paragraph(flow, report.gaps.told)
    if report.gaps.lines:
        Table(flow, GAPS, REGISTER).put(Section(_by_nature(report.gaps)))
    else:
        paragraph(flow, NO_GAP)


def _by_nature(gaps: Gaps) -> list[Group]:
    natures = dict.fromkeys(line.nature for line in gaps.lines)
    return [
        Group(
            nature,
            [
                (one.subject, *(text or formats.MISSING for text in (one.name, one.expected, one.found, one.notes)))
                for one in gaps.lines
                if one.nature == nature
            ],
        )
        for nature in natures
    ]


def _photos(flow: Flow, report: InventoryReport) -> None:
    if not report.photos:
        blocks.lacking(flow, *NO_PHOTO)
        return
    if report.photos_left:
        every = formats.number(len(report.photos) + report.photos_left)
        told = f"{counted(len(report.photos), 'photo')} sur {every}\u00a0; les autres sont gardées avec les fiches."
        paragraph(flow, told, theme.SENTENCE)
    for start in range(0, len(report.photos), A_ROW):
        flow.room(ROW_OF_PHOTOS)
        for i, photo in enumerate(report.photos[start : start + A_ROW]):
            _photo(flow, i, photo)
        flow.y += ROW_OF_PHOTOS


def _photo(flow: Flow, i: int, photo: Photo) -> None:
    wide = PHOTO_SIDE[0]
    x = flow.frame.left + i * (flow.frame.span - wide) / (A_ROW - 1)
    flow.page.picture(x, flow.y + 1, photo.picture, *PHOTO_SIDE)
    flow.page.fit(x, flow.y + 47, f"{photo.number} · {photo.name}", theme.CARD, wide)
    flow.page.fit(x, flow.y + 50.6, photo.file_name, theme.LABEL, wide)


def _failures(flow: Flow, report: InventoryReport) -> None:
    if not report.failures:
        blocks.lacking(flow, NO_FAILURE)
        return
    things = len({one.number for one in report.failures})
    paragraph(
        flow, f"{counted(len(report.failures), 'panne')} sur {counted(things, 'bien')}. {DURATION}", theme.SENTENCE
    )
    Table(flow, FAILURES, REGISTER).rows([_failure(one) for one in report.failures])


def _failure(one: Failure) -> tuple[str, ...]:
    lasted = "en cours" if one.minutes is None else formats.duration(one.minutes)
    return one.number, one.name, formats.day(one.day), one.ticket, one.subject, one.priority, lasted


def _glossary(flow: Flow, report: InventoryReport) -> None:  # noqa: ARG001 - as the other annexes
    width = flow.frame.span - 42
    for term, words in GLOSSARY:
        flow.room(10)
        put_text(flow.page, flow.frame.left, flow.y, term, theme.CELL_BOLD, 40)
        flow.y = put_text(flow.page, flow.frame.left + 42, flow.y, words, theme.CELL, width) + 0.9
