"""The inventory (domain.md A.7)."""

from collections.abc import Mapping
from typing import Any

from app.entities.base import Entity, Linked, Numbering, Problems
from app.fields import Choice, Count, Day, Derived, Flag, Icon, Joined, Moment, Money, Ref, Text, day
from app.fields.checks import ip, mac
from app.models import Asset, Component, Family, FamilyField, Loan, Survey
from app.models.codes import AssetStatus, ComponentKind, Condition, Criticality, FieldKind, Finding, Ownership, Verdict
from app.models.money_codes import Treatment

ICONS = (
    ("pc-case", "Poste fixe"), ("laptop", "Portable"), ("server", "Serveur"), ("hard-drive", "Disque, NAS"),
    ("monitor", "Écran"), ("tv", "Téléviseur"), ("projector", "Vidéoprojecteur"), ("printer", "Imprimante"),
    ("scan-line", "Numériseur"), ("scan-barcode", "Lecteur de codes"), ("network", "Commutateur"),
    ("router", "Routeur, box"), ("shield", "Pare-feu"), ("wifi", "Borne Wi-Fi"), ("cable", "Câblage"),
    ("battery-charging", "Onduleur"), ("phone", "Téléphone"), ("smartphone", "Smartphone"), ("tablet", "Tablette"),
    ("mouse", "Périphérique"), ("keyboard", "Clavier"), ("headset", "Casque"), ("webcam", "Webcam"),
    ("camera", "Appareil photo"), ("cctv", "Surveillance"), ("usb", "Clé USB"), ("boxes", "Machine virtuelle"),
    ("app-window", "Logiciel"), ("key-round", "Badge, clé"), ("wrench", "Outillage"), ("package", "Autre"),
)  # fmt: skip
"""Drawings that a family may take."""
BUYING = "Achat et garantie"
SYSTEM = "Système et réseau"
STATE = "État et données"


def _dates_in_order(values: Mapping[str, Any]) -> Problems:
    bought, used, warranty = (values.get(n) for n in ("purchased_on", "commissioned_on", "warranty_end"))
    problems: Problems = {}
    if bought and used and used < bought:
        problems["commissioned_on"] = "La mise en service précède l’achat."
    if bought and warranty and warranty < bought:
        problems["warranty_end"] = "La garantie finit avant l’achat."
    return problems


LEAVES_BY_ITS_ACT = (
    "Un bien sort du parc par «\u00a0Sortir du parc…\u00a0», qui garde la preuve et l’effacement de ses données."
)


def _asset_makes_sense(values: Mapping[str, Any]) -> Problems:
    """Dates in order; and an asset leaves, or comes back, by the act that says how (domain.md F.3)."""
    problems = _dates_in_order(values)
    out = values.get("retired_on")
    if values.get("status") == AssetStatus.RETIRED and not out:
        problems["status"] = LEAVES_BY_ITS_ACT
    elif values.get("status") != AssetStatus.RETIRED and out:
        problems["status"] = (
            f"Ce bien est sorti le {day(out)}\u00a0: «\u00a0Annuler la sortie\u00a0» le remet dans le parc."
        )
    return problems


def _list_has_lines(values: Mapping[str, Any]) -> Problems:
    if values.get("kind") == FieldKind.CHOICE and not values.get("options"):
        return {"options": "Écrivez les choix de la liste, un par ligne."}
    return {}


def _removed_after_installed(values: Mapping[str, Any]) -> Problems:
    posed, removed = values.get("installed_on"), values.get("removed_on")
    return {"removed_on": "Le retrait précède la pose."} if posed and removed and removed < posed else {}


def _loan_makes_sense(values: Mapping[str, Any]) -> Problems:
    problems: Problems = {}
    if not values.get("person_id") and not values.get("borrower"):
        problems["person_id"] = "Dites à qui ce bien est prêté."
    lent = values.get("lent_on")
    for name, sentence in (
        ("due_on", "Le retour prévu précède le prêt."),
        ("returned_on", "Le retour précède le prêt."),
    ):
        if lent and values.get(name) and values[name] < lent:
            problems[name] = sentence
    return problems


ASSET = Entity(
    model=Asset,
    one="Bien",
    many="Biens",
    icon="monitor",
    chips=("family_id", "site_id", "status"),
    order_by="number",
    numbering=Numbering(prefix_from="family_id"),
    badge="status",
    subtitle=("person_id", "service", "site_id", "room"),
    summary="L’inventaire est la première étape\u00a0: contrats, tickets et indicateurs s’appuient sur lui.",
    natural_key=("number",),
    unique=("number", "serial"),
    first_columns=("number", "label", "person_id", "place", "warranty_end", "verdict", "status"),
    check=_asset_makes_sense,
    more_from="family_id",
    linked=(
        Linked("expertise_sheet", "asset_id", "Expertise"),
        Linked("covered_asset", "asset_id", "Contrats"),
        Linked("ticket", "asset_id"),
    ),
    fields=(
        Text(
            name="number", label="N°", column="shown", width=96, max_length=30, read_only=True,
            help="Donné par le programme selon la famille, jamais réutilisé.",
        ),
        Joined(name="label", label="Marque et modèle", parts=("brand", "model"), icon_from="family_id", column="shown",
               width=160),
        Ref(name="family_id", label="Famille", target="family", required=True, width=140, bulk=True,
            group="Identification"),
        Text(name="name", label="Désignation", width=180, max_length=120, group="Identification",
             help="Par exemple «\u00a0Poste de l’accueil\u00a0»."),
        Text(name="brand", label="Marque", width=90, max_length=80, filterable=True, suggest=True,
             group="Identification"),
        Text(name="model", label="Modèle", width=150, max_length=120, suggest=True,
             group="Identification"),
        Text(name="serial", label="N° de série", width=120, max_length=80, group="Identification"),
        Choice(name="status", label="Statut", options=AssetStatus, default=AssetStatus.IN_SERVICE, required=True,
               badge=True, bulk=True, column="shown", width=120, group="Identification"),
        Choice(name="criticality", label="Criticité", options=Criticality, width=110, bulk=True,
               group="Identification", help="4 si son arrêt arrête l’entreprise."),
        Count(name="user_count", label="Personnes qui en dépendent", low=1, high=100_000, width=110, bulk=True,
              group="Identification", help="Son poids dans la disponibilité du parc. Vide\u00a0: sa criticité."),
        Choice(name="ownership", label="Propriété", options=Ownership, default=Ownership.OWNED, required=True,
               bulk=True, group="Identification"),
        Ref(name="person_id", label="Affecté à", target="person", column="shown", width=112, bulk=True,
            group="Affectation"),
        Text(name="service", label="Service", width=120, max_length=80, filterable=True, bulk=True, suggest=True,
             group="Affectation"),
        Ref(name="site_id", label="Site", target="site", column="shown", width=90, bulk=True, group="Affectation"),
        Text(name="room", label="Local", column="shown", width=90, max_length=80, bulk=True, suggest=True,
             group="Affectation"),
        Joined(name="place", label="Site, local", parts=("site_id", "room"), separator=", ", column="shown", width=116),
        Derived(name="verdict", label="Expertise", options=Verdict, letter=True, filterable=True,
                column="shown", width=116),
        Text(name="supplier", label="Fournisseur", width=140, max_length=120, suggest=True, bulk=True, group=BUYING),
        Text(name="invoice", label="N° de facture", max_length=60, group=BUYING),
        Day(name="purchased_on", label="Achat", width=100, bulk=True, group=BUYING),
        Money(name="price", label="Prix HT", width=110, total=True, group=BUYING),
        Choice(name="treatment", label="En comptabilité", options=Treatment, default=Treatment.TO_DECIDE, required=True,
               badge=True, width=130, bulk=True, group=BUYING, in_form=False,
               help="Immobilisé, ou passé en charge (tolérance des 500 € HT)."),
        Ref(name="fixed_asset_id", label="Immobilisation", target="fixed_asset", width=150, group=BUYING,
            read_only=True),
        Day(name="commissioned_on", label="Mise en service", width=110, bulk=True, group=BUYING),
        Money(name="replacement_value", label="Remplacement HT", width=130, total=True, bulk=True, group=BUYING,
              help="Ce que coûterait aujourd’hui un bien équivalent."),
        Day(name="warranty_end", label="Garantie", column="shown", width=114, deadline=True, bulk=True, group=BUYING),
        Text(name="system", label="Système", width=150, max_length=120, filterable=True, suggest=True, group=SYSTEM),
        Text(name="system_version", label="Version du système", max_length=80, group=SYSTEM),
        Day(name="support_end", label="Fin de support", column="available", width=114, deadline=True, grave=True,
            bulk=True, group=SYSTEM, help="Après ce jour, l’éditeur ne corrige plus les failles."),
        Text(name="hostname", label="Nom sur le réseau", width=130, max_length=80, group=SYSTEM),
        Text(name="mac", label="Adresse MAC", width=130, max_length=20, checked_by=mac, group=SYSTEM),
        Text(name="ip", label="Adresse IP", width=110, max_length=45, checked_by=ip, group=SYSTEM),
        Text(name="processor", label="Processeur", max_length=120, group=SYSTEM),
        Count(name="memory_mb", label="Mémoire", high=100_000_000, unit="Mo", group=SYSTEM),
        Count(name="disk_gb", label="Disque", high=10_000_000, unit="Go", group=SYSTEM),
        Text(name="machine_uuid", label="Identifiant de la machine", max_length=60, group=SYSTEM, in_form=False),
        Text(name="last_user", label="Dernier utilisateur vu", max_length=80, group=SYSTEM, in_form=False),
        Moment(name="inventoried_at", label="Dernier relevé", group=SYSTEM, in_form=False),
        Choice(name="condition", label="État", options=Condition, width=110, bulk=True, group=STATE),
        Choice(name="finding", label="Constat", options=Finding, width=110, bulk=True, group=STATE),
        Day(name="seen_on", label="Vu le", width=100, bulk=True, group=STATE),
        Flag(name="personal_data", label="Données personnelles", width=110, bulk=True, group=STATE,
             help="Le bien contient des données sur des personnes (RGPD)."),
        Flag(name="encrypted", label="Disque chiffré", width=110, bulk=True, group=STATE),
        Day(name="retired_on", label="Sorti le", width=100, group=STATE, in_form=False, read_only=True),
        Text(name="notes", label="Observations", multiline=True, column="never", group=STATE),
    ),
)  # fmt: skip

FAMILY = Entity(
    model=Family,
    one="Famille",
    many="Familles",
    gender="f",
    icon="boxes",
    order_by="name",
    natural_key=("name",),
    unique=("name", "prefix"),
    summary="Les sortes de biens, et le début de leurs numéros.",
    first_columns=("label", "prefix", "life_years", "is_workstation"),
    linked=(Linked("family_field", "family_id", "Champs", here=True), Linked("asset", "family_id")),
    fields=(
        Joined(name="label", label="Famille", parts=("name",), icon_from="icon", width=220),
        Text(name="name", label="Nom", required=True, width=220, max_length=60),
        Icon(name="icon", label="Dessin", options=ICONS, default="package", required=True, column="never"),
        Text(name="prefix", label="Début du numéro", required=True, column="shown", width=130, max_length=6,
             help="Par exemple PC\u00a0: les biens s’appelleront PC-0001, PC-0002…"),
        Count(name="life_years", label="Durée de vie visée", low=1, high=50, unit="ans", column="shown", width=140,
              help="Au-delà, un remplacement est à prévoir."),
        Flag(name="is_workstation", label="Est un poste de travail", column="shown", width=160, default=False,
             required=True),
    ),
)  # fmt: skip

FAMILY_FIELD = Entity(
    model=FamilyField,
    one="Champ de famille",
    many="Champs de famille",
    icon="list",
    chips=("family_id",),
    order_by="rank",
    summary="Ce que l’on note d’une famille de biens, en plus des champs communs.",
    subtitle=("family_id",),
    check=_list_has_lines,
    fields=(
        Text(name="label", label="Nom du champ", required=True, column="shown", width=160, max_length=60),
        Ref(name="family_id", label="Famille", target="family", required=True, column="shown", width=170),
        Choice(name="kind", label="Nature", options=FieldKind, default=FieldKind.TEXT, required=True, column="shown",
               width=104),
        Text(name="unit", label="Unité", column="shown", width=66, max_length=12,
             help="Pour un nombre\u00a0: ports, VA…"),
        Text(name="options", label="Choix de la liste", multiline=True, help="Un par ligne, pour une liste."),
        Count(name="rank", label="Ordre", default=500, high=999, required=True, column="shown", width=66,
              help="Les plus petits d’abord."),
    ),
)  # fmt: skip

COMPONENT = Entity(
    model=Component,
    one="Composant",
    many="Composants",
    icon="memory-stick",
    chips=("kind", "asset_id"),
    order_by="asset_id",
    summary="Ce qui est monté dans un bien\u00a0: mémoire, disque, batterie.",
    subtitle=("asset_id", "kind"),
    check=_removed_after_installed,
    fields=(
        Ref(name="asset_id", label="Bien", target="asset", required=True, column="shown", width=220),
        Choice(name="kind", label="Nature", options=ComponentKind, default=ComponentKind.OTHER, required=True,
               column="shown"),
        Text(name="label", label="Désignation", required=True, column="shown", width=240, max_length=120),
        Text(name="size", label="Taille", column="shown", width=90, max_length=30, help="Par exemple 16 Go"),
        Text(name="serial", label="N° de série", column="shown", width=140, max_length=80),
        Day(name="installed_on", label="Posé le", column="shown"),
        Day(name="removed_on", label="Retiré le", column="shown"),
        Flag(name="from_tool", label="Vu par un outil", default=False, in_form=False),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip

LOAN = Entity(
    model=Loan,
    one="Prêt",
    many="Prêts",
    icon="hand-coins",
    chips=("asset_id", "person_id"),
    order_by="lent_on",
    descending=True,
    numbering=Numbering(prefix="PR", yearly=True),
    summary="Les biens prêtés pour un temps, et le jour où ils doivent revenir.",
    subtitle=("asset_id", "person_id", "borrower"),
    brief=("asset_id", "person_id", "due_on", "returned_on"),
    check=_loan_makes_sense,
    fields=(
        Text(name="number", label="N°", column="shown", width=110, read_only=True),
        Ref(name="asset_id", label="Bien", target="asset", required=True, column="shown", width=220),
        Ref(name="person_id", label="Prêté à", target="person", column="shown", width=160),
        Text(name="borrower", label="Autre emprunteur", column="shown", width=150, max_length=120,
             help="Quelqu’un qui n’est pas dans vos personnes."),
        Day(name="lent_on", label="Prêté le", required=True, column="shown"),
        Day(name="due_on", label="À rendre le", column="shown", deadline=True),
        Day(name="returned_on", label="Rendu le", column="shown"),
        Choice(name="condition_out", label="État au départ", options=Condition),
        Choice(name="condition_in", label="État au retour", options=Condition),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip

SURVEY = Entity(
    model=Survey,
    one="Relevé",
    many="Relevés",
    icon="scan-line",
    chips=("asset_id",),
    order_by="taken_at",
    descending=True,
    editable=False,
    summary="Ce que les outils d’inventaire ont vu de vos postes.",
    subtitle=("asset_id", "tool"),
    fields=(
        Ref(name="asset_id", label="Bien", target="asset", required=True, column="shown", width=220),
        Moment(name="taken_at", label="Relevé le", required=True, column="shown", width=130),
        Text(name="tool", label="Outil", column="shown", width=140),
        Text(name="antivirus", label="Antivirus", column="shown", width=160),
        Flag(name="antivirus_on", label="Antivirus actif", column="shown"),
        Flag(name="antivirus_current", label="Antivirus à jour", column="shown"),
        Flag(name="firewall_on", label="Pare-feu actif"),
        Count(name="disk_total_gb", label="Disque système", unit="Go"),
        Count(name="disk_free_gb", label="Disque libre", unit="Go", column="shown"),
        Flag(name="disk_encrypted", label="Disque chiffré", column="shown"),
        Count(name="battery_health", label="Batterie", unit="%", high=1000, column="shown"),
        Count(name="software_count", label="Logiciels", default=0, column="shown"),
    ),
)  # fmt: skip
