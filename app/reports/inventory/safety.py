"""Chapter 7: the network by site, where the data are and how they are saved, what the inventories found to mend."""

from app.fields import formats
from app.reports import blocks, theme
from app.reports.flow import Flow, block_title, paragraph
from app.reports.inventory.data import InventoryReport
from app.reports.inventory.lines import Finding, NetworkSite
from app.reports.inventory.outline import Book
from app.reports.table import REGISTER, Column, Group, Section, Table

NO_NETWORK = (
    "Aucun équipement n’a d’adresse relevée.",
    (
        "Notez l’adresse IP des commutateurs, bornes, serveurs et imprimantes sur leur fiche, ou importez un "
        "inventaire qui les donne."
    ),
)
NO_PROOF = (
    "Aucune preuve de sauvegarde ni d’essai de restauration n’est jointe.",
    (
        "Demandez au prestataire le procès-verbal du dernier essai et joignez-le à la fiche du serveur\u00a0: un nom "
        "qui contient «\u00a0sauvegarde\u00a0» ou «\u00a0restauration\u00a0» le fera paraître ici."
    ),
)
NO_HOLDER = (
    "Aucun serveur ni NAS n’est inventorié\u00a0: dites au prestataire où se trouvent les données de l’entreprise."
)
NOTHING_FOUND = "Aucun défaut de sécurité n’apparaît dans les données relevées."
NO_SURVEY = (
    "Antivirus, chiffrement, disques et batteries\u00a0: aucun inventaire ne les a relevés.",
    "Importez le fichier d’un agent ou du script que le programme écrit pour vous.",
)
NETWORK = (
    Column("N° inventaire", 20), Column("Désignation", 41), Column("Marque et modèle", 38), Column("Local", 23),
    Column("Adresse IP", 22), Column("Adresse MAC", 27), Column("Fin de support", 20),
)  # fmt: skip
FINDINGS = (
    Column("N°", 9), Column("Constat", 92), Column("Biens", 14, "right", 5), Column("Criticité", 17, "centre"),
    Column("Numéros", 42),
)  # fmt: skip


def draw(book: Book, report: InventoryReport, flow: Flow) -> None:
    book.go_on(flow, "7")
    safety = report.safety
    flow.y = block_title(flow.page, flow.y, "7.1 Réseau")
    _network(flow, safety.network)
    flow.room(32)
    flow.y = block_title(flow.page, flow.y + 4.5, "7.2 Sauvegardes") + 2
    paragraph(flow, safety.holders or NO_HOLDER)
    for proof in safety.proofs:
        blocks.item(flow, proof)
    if not safety.proofs:
        flow.y += 1
        blocks.lacking(flow, *NO_PROOF)
    flow.room(32)
    flow.y = block_title(flow.page, flow.y + 4.5, "7.3 Sécurité")
    _findings(flow, safety.findings)
    flow.y += 2
    if safety.surveyed:
        paragraph(flow, safety.surveyed, theme.SENTENCE)
    else:
        blocks.lacking(flow, *NO_SURVEY)


def _network(flow: Flow, sites: tuple[NetworkSite, ...]) -> None:
    if not sites:
        flow.y += 2
        blocks.lacking(flow, *NO_NETWORK)
        return
    groups = [
        Group(
            site.name,
            [
                (a.number, a.name, a.model or formats.MISSING, a.room or formats.MISSING, a.address or formats.MISSING,
                 a.mac or formats.MISSING, a.support)
                for a in site.lines
            ],
        )
        for site in sites
    ]  # fmt: skip
    Table(flow, NETWORK, REGISTER).put(Section(groups))


def _findings(flow: Flow, findings: tuple[Finding, ...]) -> None:
    if not findings:
        flow.y += 2
        paragraph(flow, NOTHING_FOUND)
        return
    rows = [
        (str(n), one.words, formats.number(one.count), one.criticality, one.numbers)
        for n, one in enumerate(findings, 1)
    ]
    Table(flow, FINDINGS).rows(rows)
