"""Reports of any size, made from a seed, and the texts that break careless programs."""

import random
from datetime import UTC, date, datetime, timedelta

from app.reports.identity import CompanyCard, Stamp
from app.reports.intervention_data import BlankSheet, FittedPart, InterventionSheet, PromiseLine, Visit
from app.reports.inventory.data import (
    Age,
    AssetLine,
    FamilySection,
    InventoryReport,
    Reserve,
    Risk,
    Scope,
    SiteSection,
    Support,
    Synthesis,
)
from app.reports.inventory.sections import OPTIONAL
from tests.reports.inventory import chapters

MOMENT = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
HASH = "330c39374c4ce6bb9c1ef76ddfbf4fd7fc19685857daaa4f9447ae898d5c4340"
COMPANY = CompanyCard("Atelier Morvane SAS", "12 rue de l’Exemple, 49000 Angers", "123 456 782")
KINDS = (
    ("PC fixes", "PC", "Poste de bureau", ("Dell OptiPlex 7010 SFF", "HP Z2 G9 Tour", "Lenovo ThinkCentre M70q")),
    ("Portables", "PT", "Portable de chantier", ("Lenovo ThinkPad L14 G4", "HP ProBook 450 G8", "Dell Latitude 5540")),
    ("Réseau", "SW", "Commutateur 24 ports PoE du local", ("Aruba 1930 24G", "Stormshield SN210")),
    ("Impression et énergie", "IM", "Imprimante multifonction", ("Canon iR C3326i", "Eaton 5P 1550i")),
)
SITES = (("Siège", "Angers (49000)"), ("Atelier", "Cholet (49300)"), ("Dépôt", "Saumur (49400)"))
NASTY = (
    "<b>gras</b> & <img src='/etc/passwd'/> </para>",
    "emoji 😀👩‍💻🏳️‍🌈 drapeau 🇫🇷",
    "الحاسوب المحمول رقم ١٢",
    "מחשב נייד",
    "電腦 日本語 컴퓨터",
    "x" * 5000,
    "nul\x00 cloche\x07 échap\x1b suppr\x7f c1\x85",
    "seul \ud800 et \udfff",
    "non\ufffe car\uffff ici",
    "(parenthèses \\ barre \\( )",
    "ligne 1\nligne 2\r\nligne 3\rligne 4\u2028ligne 5",
    "12\u202f345\u2009678\u00a0€",
    "z\u0301\u0302\u0303\u0304" * 30,
    "inverse \u202edroite à gauche\u202c",
    "\t\v\f  ",
    "Ωμέγα Жуковский Łódź ¾ ☐ ☒ → ≥",
    "",
    " ",
    "%PDF-1.4 endstream endobj",
    "très long " * 400,
)


def _line(number: int, rnd: random.Random, kind: tuple[str, str, str, tuple[str, ...]]) -> AssetLine:
    system = kind[1] in {"PC", "PT"}
    return AssetLine(
        number=f"{kind[1]}-{number:04d}",
        name=kind[2] if number % 3 else f"{kind[2]}, remplacé sous garantie",
        model=rnd.choice(kind[3]),
        serial=None if number % 11 == 0 else f"{rnd.randrange(16**8):08X}",
        room=rnd.choice(("Méthodes", "Quai", "Bureau 1", "Local technique")),
        holder=rnd.choice(("Expéditions", "Direction atelier", "Dessin", "Hélène Lefèvre-Dupont")),
        commissioned_on=date(2026, 1, 1) - timedelta(days=rnd.randrange(3000)),
        value=rnd.randrange(20_000, 300_000, 1000),
        has_system=system,
        support_end=date(2025, 10, 14) + timedelta(days=rnd.randrange(1500)) if system and number % 7 else None,
        criticality=str(rnd.randrange(1, 5)),
        condition=rnd.choice(("4", "3", "3", "3", "2", "1", "0", None)),
    )


def sites(count: int) -> tuple[SiteSection, ...]:
    """`count` assets over the sites, the first one holding half of them."""
    rnd = random.Random(1)
    shares = [count - count // 2 - count // 6, count // 2, count // 6]
    made, number = [], 0
    for (name, place), share in zip(SITES, shares, strict=True):
        families = []
        for k, kind in enumerate(KINDS):
            size = share // 4 + (k < share % 4)
            lines = tuple(_line(number + i + 1, rnd, kind) for i in range(size))
            number += size
            if lines:
                families.append(FamilySection(kind[0], lines))
        if families:
            made.append(SiteSection(name, place, (date(2026, 11, 3), date(2026, 11, 4)), tuple(families)))
    return tuple(made)


SYNTHESIS = Synthesis(
    opinion=("État du parc", "86,2 % des biens en bon état", "119 biens sur 138 évalués sont en état 3 ou 4."),
    figures=(
        ("138", "biens", "recensés, dont 48 postes de travail"),
        ("121 430 €", "HT", "valeur de remplacement"),
        ("119", "biens", "en bon ou très bon état, 86,2 % des biens évalués"),
        ("9", "biens", "sans support du système"),
    ),
    ages=tuple(
        Age(label, left, right, i > 4)
        for i, (label, left, right) in enumerate(
            (("< 1 an", 6, 8), ("1 à 2", 9, 14), ("2 à 3", 8, 17), ("3 à 4", 7, 18), ("4 à 5", 8, 15), ("5 à 6", 6, 10),
             ("≥ 6 ans", 4, 8))
        )
    ),
    ages_note="Âge moyen des postes : 3,2 ans. Foncé : 5 ans et plus.",
    supports=(
        Support("Expiré", 9, 4), Support("< 6 mois", 1, 3), Support("6 à 12 mois", 31, 2),
        Support("12 à 24 mois", 8, 1), Support("> 24 mois", 12, 0), Support("Inconnu", 3, -1),
    ),
    supports_note="64 systèmes relevés au 21/11/2026.",
    risks=(
        Risk("Systèmes dont le support a pris fin", 9, "4", "7.3", "PC-0017, PC-0018 et 7 autres"),
        Risk("Données personnelles sur un disque non chiffré", 11, "3", "7.3", "PT-0019, PT-0020 et 9 autres"),
    ),
    recommendations=(
        (("Remplacer ou mettre à niveau les 9 biens sans support : ", False), ("13 880,00 € HT", True), (".", False)),
        (("Chiffrer les 11 biens qui portent des données personnelles (risque 2).", False),),
    ),
)  # fmt: skip

RESERVES = (
    Reserve("PC-0017", "Réserve", "N° de série non relevé, étiquette illisible", "Rédacteur", date(2027, 1, 31)),
    Reserve("14 biens", "Réserve", "Biens non vus lors de la visite (déclarés ou relevés par un outil)", "Rédacteur"),
    Reserve("IM-0002", "Exclusion", "Bien d’un tiers, hors du parc de l’entreprise", "Client"),
)


SCOPE = Scope(
    purpose="Ce rapport dresse l’inventaire des biens informatiques de l’entreprise et l’état de chacun.",
    covered=(("Sites", "Siège, Atelier, Dépôt"), ("Familles", "PC fixes, Portables, Réseau")),
    excluded=("Machines à commande numérique, sous contrat de leur constructeur.",),
    limits=("14 biens n’ont pas été vus sur place.", "3 systèmes n’ont pas de fin de support connue."),
)


def stamp(draft: bool = False) -> Stamp:
    title = "Rapport d’inventaire et\u00a0d’expertise technique"
    return Stamp(title, "RIE-2026-003", 1, MOMENT, draft, "" if draft else HASH)


def report(count: int = 60, draft: bool = False, *, bare: bool = False) -> InventoryReport:
    """A report of `count` assets with every chapter filled; `bare`: with the register alone."""
    made = InventoryReport(
        company=COMPANY,
        stamp=stamp(draft),
        subtitle="Parc informatique de 3 sites",
        perimeter=f"{count} biens inventoriés",
        redactor="Gestionnaire de maintenance informatique",
        participants="Technicien du prestataire (Kervadel Infogérance) · responsable de l’atelier",
        diffusion="Direction, comptabilité, prestataire",
        provider="Kervadel Infogérance SARL",
        scope=SCOPE,
        sites=sites(count),
        synthesis=SYNTHESIS,
        reserves=RESERVES,
        sections=tuple(OPTIONAL),
    )
    return made if bare else chapters.filled(made)


def sheet(draft: bool = False) -> InterventionSheet:
    return InterventionSheet(
        company=COMPANY,
        stamp=Stamp("Fiche d’intervention", "FI-2026-0215", 1, MOMENT, draft, "" if draft else HASH),
        code="PCM:I:FI-2026-0215",
        about=("Ticket", "T-2026-0387"),
        issued_on="21/11/2026",
        subtitle="Curative, sur site · ticket T-2026-0387 · contrat CT-2025-004",
        promises=(
            PromiseLine(60, at(19, 10, 30), at(19, 9, 52), 38, met=True),
            PromiseLine(240, at(19, 13, 30), at(19, 11, 5), 145, met=True),
            PromiseLine(480, at(20, 9, 15), at(20, 10, 5), -50, met=False),
        ),
        promises_note="P2, ouvert le 19/11/2026 à 09:30. Horaires couverts : 9 h à 18 h, lundi à vendredi.",
        asset=(
            ("N° d’inventaire", "PC-0020"), ("Désignation", "Poste des expéditions"),
            ("Modèle, série", "Dell OptiPlex 3080 · 1PQ7MB3"), ("Site, local", "Cholet, quai"),
            ("Utilisateur", "Expéditions"),
        ),
        request=(
            ("Demandeur", "Service expéditions, poste 214"), ("Nature", "incident · arrêt au démarrage"),
            ("Type, niveau", "corrective curative · niveau 3"),
        ),
        planned=(),
        quote="L’écran reste noir, plus d’étiquettes de transport possibles.",
        diagnosis="Alimentation défaillante (tension 5 V instable sous charge). Disque contrôlé sans erreur.",
        work_done="Remplacement du bloc d’alimentation, nettoyage, contrôle des températures pendant 30 minutes.",
        points=(),
        visits=(Visit("Technicien 2, Kervadel Infogérance", at(19, 11, 5), at(19, 12, 20), 75, "oui"),),
        parts=(FittedPart("Bloc d’alimentation 260 W", "D260EBM", "CN0P4T7", "reprise", "19/11/2027", 1, 7490),),
        loans=("MPR-2026-0001 Portable de secours, prêté le 19/11/2026, à rendre le 26/11/2026",),
        charge="inclus",
        checks=(True, True, False, True),
        remaining="",
    )  # fmt: skip


def at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 11, day, hour - 1, minute, tzinfo=UTC)


BLANK = BlankSheet(COMPANY, Stamp("Fiche d’intervention", "", draft=False))
