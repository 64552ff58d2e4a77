"""The fields given to each family in a new base: what is worth noting of it, beside what every asset has."""

import uuid

from sqlalchemy.orm import Session

from app.models import Family, FamilyField
from app.models.codes import FieldKind

TEXT, NUMBER, DAY, FLAG = FieldKind.TEXT, FieldKind.NUMBER, FieldKind.DAY, FieldKind.FLAG
RAID = ("Aucun", "RAID 0", "RAID 1", "RAID 5", "RAID 6", "RAID 10", "Propre au constructeur")
SPEEDS = ("100 Mbit/s", "1 Gbit/s", "2,5 Gbit/s", "10 Gbit/s")
Told = FieldKind | tuple[FieldKind, str] | tuple[str, ...]
"""A kind, a number with its unit, or the lines of a list."""
INCHES: Told = (NUMBER, "pouces")
OWN_FIELDS: dict[str, dict[str, Told]] = {
    "Poste fixe": {
        "Format": ("Tour", "Mini-tour", "Compact", "Mini-PC", "Tout-en-un"),
        "Carte graphique": TEXT,
        "Wi-Fi": FLAG,
    },
    "Ordinateur portable": {
        "Diagonale": INCHES,
        "Carte graphique": TEXT,
        "Station d’accueil": FLAG,
        "Chargeur remis": FLAG,
        "Carte SIM": FLAG,
    },
    "Serveur": {
        "Rôle": TEXT,
        "Format": ("Tour", "Baie", "Lame"),
        "Hauteur": (NUMBER, "U"),
        "Disques": RAID,
        "Alimentation redondante": FLAG,
        "Hyperviseur": TEXT,
        "Carte d’administration": TEXT,
    },
    "NAS": {
        "Rôle": TEXT,
        "Emplacements de disques": NUMBER,
        "Disques": RAID,
        "Capacité utile": (NUMBER, "To"),
        "Copie hors du site": FLAG,
    },
    "Écran": {
        "Diagonale": INCHES,
        "Définition": ("1280 × 1024", "1680 × 1050", "1920 × 1080", "1920 × 1200", "2560 × 1440", "3840 × 2160"),
        "Réglable en hauteur": FLAG,
        "Station d’accueil intégrée": FLAG,
    },
    "Imprimante": {
        "Technologie": ("Laser", "Jet d’encre", "Thermique", "Matricielle"),
        "Couleur": FLAG,
        "Plus grand format": ("A4", "A3", "Étiquettes", "Plus grand que A3"),
        "Recto verso": FLAG,
        "Numérisation": FLAG,
        "Consommables": TEXT,
        "Compteur": (NUMBER, "pages"),
        "Compteur relevé le": DAY,
    },
    "Commutateur": {
        "Ports": NUMBER,
        "Débit des ports": SPEEDS,
        "Ports en fibre": NUMBER,
        "Alimente par le câble (PoE)": FLAG,
        "Administrable": FLAG,
        "Emplacement dans la baie": TEXT,
    },
    "Pare-feu": {
        "Ports": NUMBER,
        "Abonnement de sécurité jusqu’au": DAY,
        "Accès distant (VPN)": FLAG,
        "Ligne Internet": TEXT,
    },
    "Borne Wi-Fi": {
        "Norme": ("Wi-Fi 4", "Wi-Fi 5", "Wi-Fi 6", "Wi-Fi 6E", "Wi-Fi 7"),
        "Alimentée par le câble (PoE)": FLAG,
        "Réseaux diffusés": TEXT,
        "Gérée par": TEXT,
    },
    "Onduleur": {
        "Puissance": (NUMBER, "VA"),
        "Technologie": ("En attente (off-line)", "Interactif (line-interactive)", "Double conversion (on-line)"),
        "Autonomie": (NUMBER, "min"),
        "Batteries posées le": DAY,
        "Matériels protégés": TEXT,
    },
    "Téléphone": {
        "Technologie": ("IP", "DECT", "Analogique", "Conférence"),
        "N° interne": TEXT,
        "N° direct": TEXT,
    },
    "Smartphone": {
        "IMEI": TEXT,
        "N° d’appel": TEXT,
        "Opérateur": TEXT,
        "Fin d’engagement": DAY,
        "Géré à distance (MDM)": FLAG,
    },
    "Tablette": {
        "Diagonale": INCHES,
        "IMEI": TEXT,
        "N° d’appel": TEXT,
        "Géré à distance (MDM)": FLAG,
    },
    "Périphérique": {
        "Nature": (
            "Station d’accueil", "Clavier ou souris", "Webcam", "Casque", "Disque externe", "Lecteur de codes",
            "Vidéoprojecteur", "Numériseur", "Autre",
        ),
        "Branchement": ("USB", "USB-C", "Bluetooth", "Récepteur radio", "Réseau"),
    },
    "Machine virtuelle": {
        "Rôle": TEXT,
        "Hôte": TEXT,
        "Hyperviseur": TEXT,
        "Processeurs virtuels": NUMBER,
        "Sauvegardée": FLAG,
    },
}  # fmt: skip
"""Of each family, what is worth noting beside the common fields; « Autre » has none."""
NAMESPACE = uuid.UUID("6f1d6f6e-6b0d-5c3b-9f0c-7d1b6a3e2c41")


def uuid_of(family: str, label: str) -> str:
    """The same in the base of every company."""
    return str(uuid.uuid5(NAMESPACE, f"{family}/{label}"))


def give(session: Session, family: Family) -> None:
    """Add its fields to a family just made."""
    for rank, (label, told) in enumerate(OWN_FIELDS.get(family.name, {}).items(), 1):
        kind, unit, lines = _read(told)
        session.add(
            FamilyField(
                uuid=uuid_of(family.name, label), family_id=family.id, label=label, kind=kind, unit=unit,
                options=lines, rank=rank * 10,
            )
        )  # fmt: skip


def _read(told: Told) -> tuple[FieldKind, str | None, str | None]:
    """Kind, unit, lines of the list."""
    match told:
        case FieldKind():
            return told, None, None
        case (FieldKind() as kind, unit):
            return kind, unit, None
        case _:
            return FieldKind.CHOICE, None, "\n".join(map(str, told))
