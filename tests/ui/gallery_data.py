"""Invented data of the gallery: what the screens of the design pictures show."""

from collections.abc import Sequence
from dataclasses import replace

from app.reports.chart_data import Unit, line
from app.ui.parts.banner import BannerData
from app.ui.parts.clock import ClockData, Deadline
from app.ui.parts.gaps import Completeness, Gap
from app.ui.parts.marks import PAST, SOON, Mark
from app.ui.parts.meter import Run
from app.ui.parts.notice import Choice, NoticeData, NoticeDate, Zone
from app.ui.parts.steps import Step
from app.ui.parts.tiles import TileData
from app.ui.parts.timeline import Entry
from app.ui.parts.todo import Todo, TodoGroup

Points = Sequence[float | None]
OK, WARN, BAD, HOLD, INFO, MUTE = (Mark(tone, loud=True) for tone in ("ok", "warn", "bad", "hold", "info", "mute"))
MONTHS = ("nov.", "déc.", "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.")
FAMILIES = {"PC": "laptop", "SRV": "server", "NAS": "hard-drive", "OND": "battery-charging", "IMP": "printer"}
ASSETS = (
    ("PC-0035", "Dell Latitude 5440", "Claire Bonnin", "Dijon, 2.04", "30/06/2027", "", "A", "En service"),
    ("PC-0037", "HP ProDesk 400 G6", "Accueil", "Dijon, hall", "31/03/2024", "past", "C", "En service"),
    ("PC-0039", "Lenovo ThinkPad E14", "Julien Marchand", "Beaune, bureau", "14/02/2027", "", "B", "En service"),
    ("PC-0040", "Lenovo ThinkPad E14", "–", "Dijon, réserve", "14/02/2027", "", "A", "En stock"),
    ("PC-0042", "Dell Latitude 5440", "Hélène Morvan", "Dijon, 2.01", "30/06/2027", "", "A", "En service"),
    ("PC-0043", "Dell OptiPlex 3050", "Atelier placage", "Dijon, atelier", "12/09/2021", "past", "D", "En réparation"),
    ("PC-0044", "HP EliteBook 840 G8", "Paul Thévenin", "Itinérant", "30/11/2026", "soon", "B", "Prêté"),
    ("SRV-0001", "Dell PowerEdge T350", "Tous", "Dijon, local", "05/05/2028", "", "B", "En service"),
    ("NAS-0001", "Synology DS923+", "Tous", "Dijon, local", "02/03/2027", "", "A", "En service"),
    ("OND-0001", "Eaton 5PX 1500", "–", "Dijon, local", "11/11/2025", "past", "C", "En service"),
    ("IMP-0005", "Brother HL-L6400", "Expéditions", "Beaune, quai", "–", "", "D", "En service"),
)
VERDICT_WORDS = {"A": "En l’état", "B": "À réviser", "C": "Palliatif", "D": "À remplacer", "E": "Au rebut"}
STATES = {
    "En service": Mark("ok"),
    "En stock": Mark("mute"),
    "En réparation": WARN,
    "Prêté": HOLD,
}
DEADLINES = {"": None, "past": PAST, "soon": SOON}


def todo() -> list[TodoGroup]:
    late = (
        Todo("1", "ticket", "bad", "T-2026-0412 · Serveur de fichiers inaccessible",
             "SRV-0001 · rétablissement dû à 12:40, Lumeo Services intervient", "Dépassé de 1 h 40", "bad", "Ouvrir"),
        Todo("2", "file-clock", "bad", "Attestation de vigilance URSSAF de Lumeo Services",
             "Obligatoire tous les six mois au-delà de 5 000 € HT", "Depuis 8 jours", "bad", "Relancer"),
        Todo("3", "shield-off", "bad", "6 postes sous Windows 10, sans mises à jour de sécurité",
             "Fin de support le 14/10/2025 · à remplacer ou à isoler", "Depuis 12 mois", "bad", "Voir les postes"),
    )  # fmt: skip
    today = (
        Todo("4", "ticket", "warn", "T-2026-0417 · Poste de la comptabilité très lent : prise en charge",
             "PC-0038 · Sylvie Perrot · ouvert à 13:05, dû à 17:05", "Reste 2 h 45", "warn", "Ouvrir"),
        Todo("5", "receipt-euro", "info", "Facture LS-1187 à contrôler : 3 h 30 de dépassement",
             "227,50 € HT · payable le 25/10/2026", "25/10/2026", "", "Contrôler"),
    )  # fmt: skip
    soon = (
        Todo("6", "calendar-clock", "warn", "Décider du contrat CT-2024-03 avant l’envoi du préavis",
             "Sans décision : reconduit jusqu’au 29/02/2028, 5 400,00 € HT", "Dans 14 jours", "warn", "Décider"),
        Todo("7", "star", "info", "3 fiches d’évaluation à saisir", "T-2026-0398, T-2026-0401, T-2026-0405",
             "Depuis 4 jours", "", "Saisir"),
        Todo("8", "hard-drive-download", "info", "Copie de sauvegarde du fichier Parcomètre",
             "Dernière le 14/10/2026 sur la clé « SAUV-01 »", "Il y a 9 jours", "", "Sauvegarder"),
        Todo("9", "shield", "mute", "Fin de garantie de 2 postes HP EliteBook 840 G8",
             "PC-0044 et PC-0045 · prolongation possible avant cette date", "30/11/2026", "", "Voir les postes"),
    )  # fmt: skip
    return [
        TodoGroup("En retard", "bad", late),
        TodoGroup("Aujourd’hui", "", today),
        TodoGroup("Dans les 30 jours", "", soon),
    ]


def steps() -> list[Step]:
    return [
        Step("a", "Inventorier les biens", "148 biens, 3 sites", "done"),
        Step("b", "Expertiser chaque bien", "131 sur 148 · 17 à voir", "part"),
        Step("c", "Éditer le rapport d’inventaire", "Version 2 du 12/06/2026", "done"),
        Step("d", "Recueillir les besoins", "27 besoins, 19 retenus", "done"),
        Step("e", "Rédiger le cahier des charges", "Version 1 du 04/01/2024", "done"),
        Step("f", "Comparer les offres", "3 offres, Lumeo Services retenu", "done"),
        Step("g", "Établir le contrat", "CT-2024-03 · complet à 82 %", "done"),
        Step("h", "Suivre tickets et interventions", "En cours · 6 tickets ouverts", "now"),
        Step("i", "Juger et décider", "À faire avant le 06/11/2026", "todo"),
    ]


def notice() -> NoticeData:
    return NoticeData(
        "calendar-clock",
        "warn",
        "Décidez avant le 6 novembre 2026 : il reste 14 jours",
        "Sans décision, le contrat sera reconduit jusqu’au 29/02/2028, soit 5 400,00 € HT engagés de plus.",
        [
            Zone("Trop tôt", 0.158, "mute", "08/08/2026"),
            Zone("À décider", 0.371, "warn", "06/11/2026", current=True),
            Zone("À envoyer", 0.086, "bad", "27/11/2026"),
            Zone("Trop tard", 0.385, "mute", "28/02/2027", hatched=True),
        ],
        0.471,
        "Aujourd’hui, 23/10/2026",
        "Préavis : à décider jusqu’au 6 novembre 2026, à envoyer jusqu’au 27 novembre 2026.",
        [
            NoticeDate("Envoi conseillé", "06/11/2026", "vendredi", "21 jours de marge postale", "warn"),
            NoticeDate("Réception sûre", "27/11/2026", "vendredi", "Dernier jour ouvré avant la limite"),
            NoticeDate("Limite du contrat", "28/11/2026", "samedi", "3 mois avant la fin, art. 9.2, LRAR"),
        ],
        [
            Choice("end", "Dénoncer…", "mail-x"),
            Choice("talk", "Renégocier…", "handshake"),
            Choice("keep", "Laisser reconduire", "refresh-cw"),
        ],
        "Votre choix est daté et gardé avec la période.",
    )


def completeness() -> Completeness:
    return Completeness(
        "Contrat complet à",
        82,
        "warn",
        "4 points à compléter, du plus lourd au moins lourd",
        [
            Gap("a", "bad", "Pénalités de retard",
                "Sans elles, un retard de rétablissement ne coûte rien au prestataire.", "Choisir une clause"),
            Gap("b", "bad", "Sous-traitance RGPD (art. 28)",
                "Le prestataire accède à distance à vos postes : 3 mentions sur 8 manquent.", "Ouvrir la liste"),
            Gap("c", "warn", "Réversibilité", "Rien n’oblige à rendre les mots de passe et la documentation.",
                "Choisir une clause"),
            Gap("d", "warn", "Jours fériés", "Zone non choisie : une échéance peut être fausse d’un jour.",
                "Choisir la zone"),
        ],
    )  # fmt: skip


def entries() -> list[Entry]:
    return [
        Entry("23/10 11:05", "phone", "mute", "Relance", "Hélène Morvan",
              "Le transporteur annonce la pièce pour lundi matin."),
        Entry("22/10 14:10", "circle-pause", "hold", "Horloge arrêtée : attente pièce", "Yanis Le Goff",
              "Four de fusion RM2-5425 à commander. Arrêt permis par l’article 6.3, pièce à la charge du client."),
        Entry("22/10 13:55", "stethoscope", "info", "Diagnostic", "Yanis Le Goff",
              "Four de fusion hors service. Devis 186,00 € HT accepté par Hélène Morvan."),
        Entry("22/10 11:40", "map-pin", "ok", "Arrivée sur site", "Yanis Le Goff, Lumeo Services"),
        Entry("22/10 09:25", "user-check", "ok", "Prise en charge par téléphone", "Yanis Le Goff",
              "Redémarrage et nettoyage guidés, sans effet. Passage prévu dans la matinée."),
        Entry("22/10 08:50", "inbox", "mute", "Ouverture", "Marc Delaunay, par téléphone",
              "Reçu avant 9 h : l’horloge part à 09:00. Contrat trouvé par le bien : CT-2024-03."),
    ]  # fmt: skip


def clock() -> ClockData:
    return ClockData(
        "Heures ouvrées, lun-ven 9 h-18 h",
        BannerData("hold", "Arrêtée : attente pièce", "Depuis 9 h 10 ouvrées", "Relancer", action_icon="play"),
        [
            Deadline("Prise en charge", "Tenue", OK, "0 h 25", "sur 2 h 00", [Run(0.21, "ok.solid")],
                     "Due le 22/10 à 11:00 · faite à 09:25"),
            Deadline("Intervention sur site", "Tenue", OK, "2 h 40", "sur 4 h 00", [Run(0.667, "ok.solid")],
                     "Due le 22/10 à 13:00 · arrivée à 11:40"),
            Deadline("Rétablissement", "Suspendu", HOLD, "Reste 2 h 50", "5 h 10 écoulées sur 8 h 00",
                     [Run(0.646, "info.solid"), Run(0.354, "hold.solid", hatched=True)],
                     "Si l’horloge repart maintenant : dû le 23/10 à 17:10"),
        ],
    )  # fmt: skip


def tile(head: str, judged: tuple[str, str], goal: tuple[str, str, float], points: Points, count: str) -> TileData:
    """`head` is « Nom | valeur | unité »; `goal` is the target in words, the change, and its place on the scale."""
    title, value, unit = (part.strip() for part in head.split("|"))
    (tone, word), (target, change, at) = judged, goal
    chart = replace(line(MONTHS, points, title, Unit.COUNT), target=at)
    return TileData(
        title, title, value, unit, tone, word, f"Objectif {target}", change, chart, "nov. 2025 – oct. 2026",
        count, f"{title} : {value} {unit}, objectif {target}, {word.lower()}, {count}",
    )  # fmt: skip


def tiles() -> list[TileData]:
    return [
        tile("Délai de prise en charge | 0 h 56 | ", ("ok", "Tenu"), ("≤ 1 h 00", "−0 h 03", 60.0),
              [77.0, 72, 67, 73, 65, 60, 67, 55, 57, 62, 58, 55], "n = 31"),
        tile("Délai de rétablissement | 4 h 26 | ", ("warn", "À surveiller"), ("≤ 4 h 00", "+0 h 18", 241.0),
              [290.0, 320, 280, 262, 272, 246, 256, 240, 238, 247, 245, 260], "n = 24"),
        tile("Prises en charge dans le délai | 96,8 | %", ("ok", "Tenu"), ("≥ 95 %", "+0,8 pt", 95.0),
              [91.0, 93, 92, 95, 94, 97, 96, 98, 97, 95, 96, 96.8], "n = 31"),
        tile("Rétablissements dans le délai | 83,3 | %", ("bad", "Non tenu"), ("≥ 90 %", "−5,7 pt", 90.0),
              [95.0, 93, 94, 91, 92, 96, 93, 90, 92, 91, 89, 83.3], "n = 24"),
        tile("Résolution au premier contact | 41,7 | %", ("ok", "Tenu"), ("≥ 40 %", "+2,7 pt", 40.0),
              [28.0, 33, 32, 36, None, None, 35, 38, 42, 40, 39, 41.7], "n = 24"),
        tile("Disponibilité du parc | 99,2 | %", ("ok", "Tenu"), ("≥ 98,5 %", "+0,1 pt", 98.5),
              [98.1, 98.9, 99, 98.7, 99.1, 99.4, 99.3, 98.2, 99, 99.3, 99.1, 99.2], "132 biens"),
        tile("Satisfaction | – | ", ("mute", "Sans donnée"), ("≥ 80 %", "", 80.0),
              [78.0, 84, 81, None, 86, 88, None, 84, 82, 90, 85, None], "3 fiches à saisir"),
        tile("Coût ÷ valeur du parc | 13,5 | %", ("warn", "À surveiller"), ("≤ 12 %", "+0,2 pt", 12.0),
              [11.0, 11.3, 11.2, 11.9, 12, 12.1, 12.4, 12.6, 12.8, 13, 13.3, 13.5], "12 mois"),
    ]  # fmt: skip
