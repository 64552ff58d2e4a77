"""The inventory (domain.md A.7)."""

from collections.abc import Mapping
from typing import Any

from app.entities.base import Entity, Linked, Numbering, Problems
from app.fields import Choice, Count, Day, Flag, Joined, Moment, Money, Ref, Text
from app.fields.checks import ip, mac
from app.models import Asset, Family
from app.models.codes import AssetStatus, Condition, Criticality, Finding, Ownership

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
    summary="L’inventaire est la première étape : contrats, tickets et indicateurs s’appuient sur lui.",
    natural_key=("number",),
    unique=("number", "serial"),
    first_columns=("number", "label", "person_id", "site_id", "room", "warranty_end", "status"),
    check=_dates_in_order,
    linked=(Linked("covered_asset", "asset_id", "Contrats"), Linked("ticket", "asset_id")),
    fields=(
        Text(
            name="number", label="N°", column="shown", width=92, max_length=30, read_only=True,
            help="Donné par le programme selon la famille, jamais réutilisé.",
        ),
        Joined(name="label", label="Marque et modèle", parts=("brand", "model"), icon_from="family_id", column="shown",
               width=178),
        Ref(name="family_id", label="Famille", target="family", required=True, width=140, bulk=True,
            group="Identification"),
        Text(name="name", label="Désignation", width=180, max_length=120, group="Identification",
             help="Par exemple « Poste de l’accueil »."),
        Text(name="brand", label="Marque", width=90, max_length=80, filterable=True, suggest=True,
             group="Identification"),
        Text(name="model", label="Modèle", width=150, max_length=120, suggest=True,
             group="Identification"),
        Text(name="serial", label="N° de série", width=120, max_length=80, group="Identification"),
        Choice(name="status", label="Statut", options=AssetStatus, default=AssetStatus.IN_SERVICE, required=True,
               badge=True, bulk=True, column="shown", width=126, group="Identification"),
        Choice(name="criticality", label="Criticité", options=Criticality, width=110, bulk=True,
               group="Identification", help="4 si son arrêt arrête l’entreprise."),
        Choice(name="ownership", label="Propriété", options=Ownership, default=Ownership.OWNED, required=True,
               bulk=True, group="Identification"),
        Ref(name="person_id", label="Affecté à", target="person", column="shown", width=124, bulk=True,
            group="Affectation"),
        Text(name="service", label="Service", width=120, max_length=80, filterable=True, bulk=True, suggest=True,
             group="Affectation"),
        Ref(name="site_id", label="Site", target="site", column="shown", width=90, bulk=True, group="Affectation"),
        Text(name="room", label="Local", column="shown", width=90, max_length=80, bulk=True, suggest=True,
             group="Affectation"),
        Text(name="supplier", label="Fournisseur", width=140, max_length=120, suggest=True, bulk=True, group=BUYING),
        Text(name="invoice", label="N° de facture", max_length=60, group=BUYING),
        Day(name="purchased_on", label="Achat", width=100, bulk=True, group=BUYING),
        Money(name="price", label="Prix HT", width=110, total=True, group=BUYING),
        Day(name="commissioned_on", label="Mise en service", width=110, bulk=True, group=BUYING),
        Money(name="replacement_value", label="Remplacement HT", width=130, total=True, bulk=True, group=BUYING,
              help="Ce que coûterait aujourd’hui un bien équivalent."),
        Day(name="warranty_end", label="Garantie", column="shown", width=114, deadline=True, bulk=True, group=BUYING),
        Text(name="system", label="Système", width=150, max_length=120, filterable=True, suggest=True, group=SYSTEM),
        Text(name="system_version", label="Version du système", max_length=80, group=SYSTEM),
        Day(name="support_end", label="Fin de support", column="available", width=114, deadline=True, bulk=True,
            group=SYSTEM, help="Après ce jour, l’éditeur ne corrige plus les failles."),
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
    linked=(Linked("asset", "family_id"),),
    fields=(
        Text(name="name", label="Nom", required=True, column="shown", width=220, max_length=60),
        Text(name="prefix", label="Début du numéro", required=True, column="shown", width=130, max_length=6,
             help="Par exemple PC : les biens s’appelleront PC-0001, PC-0002…"),
        Count(name="life_years", label="Durée de vie visée", low=1, high=50, unit="ans", column="shown", width=140,
              help="Au-delà, un remplacement est à prévoir."),
        Flag(name="is_workstation", label="Est un poste de travail", column="shown", width=160, default=False,
             required=True),
    ),
)  # fmt: skip
