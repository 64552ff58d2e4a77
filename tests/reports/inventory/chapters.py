"""The chapters of an inventory report beside its register, made from the register itself and a seed."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

from PIL import Image

from app.fields import formats
from app.reports.inventory.data import AssetLine, InventoryReport, SiteSection
from app.reports.inventory.facts import Changes, Expertise, Gaps, Lot, Safety, Sheet, SheetGroup, Software
from app.reports.inventory.lines import (
    Action,
    Change,
    Criterion,
    Failure,
    Finding,
    Gap,
    Horizon,
    LicenceLine,
    NeedGroup,
    NeedLine,
    NetworkLine,
    NetworkSite,
    Photo,
    SoftwareLine,
)
from app.reports.pictures import ready
from app.rules.expertise import WEIGHTS, Limits, Notes, feasibility, score

LABELS = ("État", "Âge ÷ durée cible", "Support restant", "Pannes sur 12 mois", "Pièces", "Adéquation au besoin")
OBSERVED = (
    "Boîtier propre, ventilateur bruyant. Deux arrêts en douze mois, au démarrage (T-2026-0118, T-2026-0264).",
    "Disque système rempli à 94\u00a0%. Mémoire insuffisante pour les assemblages de plus de 300 pièces.",
    "Empoussièrement fort ; étiquette de série illisible. Le poste pilote la nomenclature de débit.",
    "",
)
PROPOSED = (
    "Maintenir en palliatif. Remplacer avant le 30/09/2027 par un poste de série ; prévoir 760,00 € HT au budget 2027.",
    "Ajouter 32 Go de mémoire et un disque de 1 To : 120,00 € HT, avant la prise en charge du contrat.",
    "Remplacer avant le 31/01/2027, ou l’isoler du réseau par une mesure écrite et datée.",
    "",
)


def picture(colour: str = "#1F4E5F") -> bytes:
    out = BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG")
    return out.getvalue()


def judged(line: AssetLine, rnd: random.Random) -> Sheet:
    found = [rnd.choice((1, 2, 3, 3, 4, 4)) for _ in WEIGHTS]
    counted = score(Notes(*found)) or Decimal()
    verdict = "A" if counted >= 70 else "B" if counted >= 62 else "C" if counted >= 50 else "D"
    verdict = "E" if line.condition == "0" else verdict
    pick = rnd.randrange(len(OBSERVED))
    return Sheet(
        number=line.number, name=line.name, model=line.model, serial=line.serial,
        place=f"{line.room}, {line.holder}", verdict=verdict, ruled="C" if pick == 2 else verdict,
        reason="aucune mesure d’isolement proposée par l’atelier." if pick == 2 else "",
        rule=f"{verdict} : score inférieur à 60", score=counted, repair=Decimal("0.073"),
        upkeep=Decimal("0.124"),
        criteria=tuple(
            Criterion(label, "usure normale", note, weight, Decimal(note * weight) / 4)
            for label, note, weight in zip(LABELS, found, WEIGHTS.values(), strict=True)
        ),
        facts=(
            ("Mise en service", "22/06/2021 (5 ans 5 mois)"), ("Durée cible", "5 ans"),
            ("Valeur de rempl.", "760,00 € HT"), ("Garantie", "échue le 21/06/2024"),
            ("Système", "Windows 11 25H2 Pro"), ("Fin de support", "12/10/2027"), ("Criticité", "3, haute"),
            ("Données perso.", "non · chiffré : non"), ("Constat", "vu le 06/11/2026"),
        ),
        observations=OBSERVED[pick], action=PROPOSED[pick],
    )  # fmt: skip


def _groups(report: InventoryReport) -> dict[str, list[Sheet]]:
    rnd = random.Random(2)
    return {
        f"{family.name}, {site.name}": [judged(line, rnd) for line in family.lines]
        for site in report.sites
        for family in site.families
    }


def _kept(groups: dict[str, list[Sheet]], *, sound: bool) -> tuple[SheetGroup, ...]:
    kept = ((title, tuple(s for s in sheets if (s.verdict == "A") == sound)) for title, sheets in groups.items())
    return tuple(SheetGroup(title, sheets) for title, sheets in kept if sheets)


def _judged_sites(sites: Sequence[SiteSection], sheets: dict[str, Sheet]) -> tuple[SiteSection, ...]:
    def line(one: AssetLine) -> AssetLine:
        sheet = sheets[one.number]
        return replace(one, verdict=sheet.verdict, score=formats.number(sheet.score, 1))

    return tuple(
        replace(
            site,
            families=tuple(replace(family, lines=tuple(map(line, family.lines))) for family in site.families),
        )
        for site in sites
    )


def filled(report: InventoryReport) -> InventoryReport:
    """The same report with every chapter, as a company that did all of it would have it."""
    groups = _groups(report)
    sheets = {sheet.number: sheet for found in groups.values() for sheet in found}
    told = "Expertise EXP-2026-002 du 6 novembre 2026, menée par Kervadel Infogérance, close."
    return replace(
        report,
        sites=_judged_sites(report.sites, sheets),
        expertise=Expertise(
            told, _kept(groups, sound=False), _kept(groups, sound=True), "Tous les biens sont évalués."
        ),
        software=SOFTWARE,
        safety=SAFETY,
        needs=NEEDS,
        lot=_lot(list(sheets.values())),
        plan=PLAN,
        gaps=GAPS,
        photos=_photos(report.lines[:5]),
        photos_left=7,
        failures=FAILURES,
        changes=CHANGES,
    )


def _lot(sheets: Sequence[Sheet]) -> Lot:
    counts = {letter: sum(sheet.verdict == letter for sheet in sheets) for letter in "ABCDE"}
    limits = Limits()
    result = feasibility(counts, 860_000, 10_755_000, limits)
    return Lot(tuple(counts.items()), 624_000, 2, 860_000, 10_755_000, result, limits)


def _photos(lines: Sequence[AssetLine]) -> tuple[Photo, ...]:
    colours = ("#1F4E5F", "#8FA9B4", "#DDA94B", "#B4552F", "#33262A")
    made = [(line, ready(picture(colour), 800)) for line, colour in zip(lines, colours, strict=False)]
    return tuple(Photo(line.number, line.name, "face.jpg", one) for line, one in made if one is not None)


SOFTWARE = Software(
    licences=(
        LicenceLine("LIC-0001", "Microsoft 365 Business", "Abonnement", 48, 46, date(2027, 3, 31), 675_000, ""),
        LicenceLine("LIC-0002", "Suite de dessin", "Perpétuelle", 6, 8, None, 1_290_000, "2 postes de trop"),
        LicenceLine("LIC-0003", "Antivirus", "Abonnement", None, 0, date(2026, 10, 1), None, "expirée, sans usage"),
    ),
    seen=(
        SoftwareLine("Acrobat Pro", "Adobe", 4, 4),
        SoftwareLine("Suite de dessin", "Graphéa", 8, 2),
    ),
    surveyed=46,
    unsorted=57,
)  # fmt: skip
SAFETY = Safety(
    network=(
        NetworkSite("Siège", (
            NetworkLine("SW-0004", "Commutateur 24 ports PoE", "Aruba 1930 24G", "Local technique", "10.20.0.2",
                        "02:00:5e:00:00:04", "inconnue"),
            NetworkLine("PF-0002", "Pare-feu", "Stormshield SN210", "Local technique", "10.20.0.1",
                        "02:00:5e:00:00:05", "31/12/2028"),
        )),
    ),
    holders="Les données de l’entreprise sont sur 2 serveurs et 1 NAS : SRV-0001, SRV-0002 et NAS-0001.",
    proofs=("pv-restauration-2026-09.pdf, joint à SRV-0001 le 12/09/2026.",),
    findings=(
        Finding("Système dont le support a pris fin", 9, "4", "PC-0017, PC-0018 et 7 autres"),
        Finding("Antivirus absent ou arrêté", 3, "3", "PT-0019, PT-0020 et 1 autre"),
    ),
    surveyed="46 postes relevés par un outil ces 90 derniers jours.",
)  # fmt: skip
NEEDS = (
    NeedGroup("Techniciens", (
        NeedLine("B-2026-001", "Un accès à distance au serveur de secours", "SRV-0002", "4", "Chaque semaine",
                 "prise en main en 15 min", "Indispensable", "Retenu"),
    )),
    NeedGroup("Utilisateurs", (
        NeedLine("B-2026-002", "Imprimer les étiquettes du quai même le soir", "Expéditions", "3", "Chaque jour",
                 "rétablie en 4 h", "Important", "À décider"),
        NeedLine("B-2026-003", "Un second écran pour la comptabilité", "Comptabilité", "1", "Chaque jour", "",
                 "Souhaitable", "Écarté : budget 2027 arrêté"),
    )),
    NeedGroup("Acheteurs", (
        NeedLine("B-2026-004", "Un prix au poste, révisé une fois l’an", "", "2", "", "≤ 12 € par poste et par mois",
                 "Indispensable", "Retenu"),
    )),
)  # fmt: skip
PLAN = (
    Horizon("0 à 3 mois · avant la prise en charge", (
        Action("Remplacer 11 biens D, dont 9 postes sous Windows 10", "Verdict D ; risque 1", "Gestionnaire",
               date(2027, 1, 31), "m", 1_196_000),
        Action("Chiffrer 11 portables contenant des données personnelles", "Risque 2, chapitre 7.3", "Prestataire",
               date(2027, 2, 26), "", None),
    )),
    Horizon("3 à 12 mois", (
        Action("Remise à niveau des biens B (mémoire, disques, nettoyage)", "38 biens B, chapitre 5", "Prestataire",
               date(2027, 6, 30), "d", 487_000),
    )),
    Horizon("12 à 36 mois", (
        Action("Remplacer les deux commutateurs sans support connu", "SW-0004 et SW-0005", "Direction",
               date(2028, 6, 30), "m", 67_000),
    )),
)  # fmt: skip
GAPS = Gaps(
    "Campagne INV-2026-001 du 3 au 6 novembre 2026, menée par Claire Besnard : 130 biens trouvés sur 132 attendus.",
    (
        Gap("Non trouvés · 2", "PT-0026", "Portable d’essai", "Armoire", "", "prêté en mars, jamais revenu"),
        Gap("Non trouvés · 2", "ECR-0031", "Écran 24 pouces", "Bureau 1", "", ""),
        Gap("Trouvés, non attendus · 1", "1PQ7MB3", "", "", "Quai", "étiquette d’un autre inventaire"),
    ),
)
FAILURES = (
    Failure("PC-0020", "Poste des expéditions", date(2026, 3, 4), "T-2026-0118", "Arrêt au démarrage", "P3", 265),
    Failure("PC-0020", "Poste des expéditions", date(2026, 7, 9), "T-2026-0264", "Arrêt au démarrage", "P2", None),
)
CHANGES = Changes(
    "le rapport RIE-2025-002, version 1.0 du 14 novembre 2025",
    entered=(Change("PT-0027", "Portable de chantier", "", "Siège, Dessin"),),
    left=(Change("PC-0003", "Poste d’accueil", "Siège, Accueil", ""),),
    moved=(Change("IM-0005", "Imprimante multifonction", "Atelier, Couloir", "Siège, Hall"),),
    verdicts=(Change("PC-0017", "Poste d’atelier", "C", "D"), Change("PC-0020", "Poste des expéditions", "", "C")),
)
