"""Software seen, licences held, ends of support (domain.md F.2)."""

from collections.abc import Mapping
from typing import Any

from app.entities.base import Entity, Linked, Numbering, Problems
from app.fields import Choice, Count, Day, Derived, Flag, Money, Ref, Text
from app.models import Licence, LicenceSeat, Software, SupportEnd
from app.models.codes import LicenceKind, LicenceNeed, LicenceState, SoftwareCover
from app.models.money_codes import Treatment

BUYING = "Achat"


def _expires_after_purchase(values: Mapping[str, Any]) -> Problems:
    bought, ends = values.get("purchased_on"), values.get("expires_on")
    return {"expires_on": "La licence finit avant son achat."} if bought and ends and ends < bought else {}


def _given_to_one(values: Mapping[str, Any]) -> Problems:
    if bool(values.get("asset_id")) == bool(values.get("person_id")):
        return {"asset_id": "Donnez cette licence à un bien, ou à une personne."}
    return {}


def _ends_in_order(values: Mapping[str, Any]) -> Problems:
    end, extended = values.get("ends_on"), values.get("extended_on")
    return {"extended_on": "Le support prolongé finit avant l’autre."} if end and extended and extended < end else {}


SOFTWARE = Entity(
    model=Software,
    one="Logiciel",
    many="Logiciels",
    icon="app-window",
    chips=("need", "publisher"),
    order_by="name",
    natural_key=("name",),
    unique=("name",),
    summary="Les logiciels que les inventaires ont vus sur vos postes.",
    subtitle=("publisher",),
    linked=(Linked("licence", "software_id"),),
    first_columns=("name", "publisher", "machines", "cover", "need", "licences"),
    fields=(
        Text(name="name", label="Nom", required=True, column="shown", width=280, max_length=160),
        Text(name="publisher", label="Éditeur", column="shown", width=180, max_length=120, filterable=True,
             suggest=True),
        Derived(name="machines", label="Postes", width=70,
                help="Où le dernier relevé l’a vu, postes sortis exceptés."),
        Choice(name="need", label="Besoin", options=LicenceNeed, default=LicenceNeed.UNKNOWN, required=True,
               badge=True, column="shown", width=200, bulk=True, help="S’il faut une licence pour l’utiliser."),
        Derived(name="licences", label="Licences", width=80, help="Celles qui n’ont pas expiré."),
        Derived(name="cover", label="Couverture", options=SoftwareCover, width=130,
                help="Les licences en vigueur couvrent-elles les postes où on le voit\u00a0?"),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip

LICENCE = Entity(
    model=Licence,
    one="Licence",
    many="Licences",
    gender="f",
    icon="key-round",
    chips=("kind", "software_id"),
    order_by="number",
    numbering=Numbering(prefix="LIC"),
    natural_key=("number",),
    unique=("number",),
    summary="Les droits d’usage achetés\u00a0: combien de postes, jusqu’à quand, où est la clé.",
    subtitle=("software_id", "kind", "supplier"),
    check=_expires_after_purchase,
    linked=(Linked("licence_seat", "licence_id", "Attributions"),),
    first_columns=("number", "name", "state", "seats", "used", "free", "expires_on", "kind", "supplier", "price"),
    fields=(
        Text(name="number", label="N°", column="shown", width=92, max_length=30, read_only=True),
        Text(name="name", label="Nom", required=True, column="shown", width=220, max_length=200),
        Ref(name="software_id", label="Logiciel", target="software", width=220,
            help="Celui que les inventaires voient sur les postes."),
        Choice(name="kind", label="Nature", options=LicenceKind, default=LicenceKind.SUBSCRIPTION, required=True,
               column="shown", width=120, bulk=True),
        Count(name="seats", label="Postes permis", low=1, high=1_000_000, column="shown", width=106, total=True,
              help="Laissez vide s’il n’y a pas de limite."),
        Derived(name="used", label="Utilisés", width=76,
                help="Attributions en cours\u00a0; sans attribution, postes où le logiciel est vu."),
        Derived(name="free", label="Libres", width=70, help="Négatif\u00a0: plus d’usages que de postes permis."),
        Derived(name="state", label="État", options=LicenceState, width=150),
        Text(name="reference", label="Référence ou contrat", width=150, max_length=80),
        Text(name="key_place", label="Où est la clé", width=200, max_length=160,
             help="Par exemple une entrée de votre coffre de mots de passe. La clé elle-même n’est jamais gardée ici."),
        Text(name="supplier", label="Fournisseur", column="shown", width=130, max_length=120, suggest=True, bulk=True,
             group=BUYING),
        Day(name="purchased_on", label="Achat", group=BUYING),
        Money(name="price", label="Prix HT", column="shown", width=100, total=True, group=BUYING),
        Choice(name="treatment", label="En comptabilité", options=Treatment, default=Treatment.TO_DECIDE, required=True,
               badge=True, width=130, bulk=True, group=BUYING, in_form=False,
               help="Immobilisée, ou passée en charge."),
        Ref(name="fixed_asset_id", label="Immobilisation", target="fixed_asset", width=150, group=BUYING,
            read_only=True),
        Day(name="expires_on", label="Expire le", column="shown", width=114, deadline=True, bulk=True, group=BUYING),
        Flag(name="renews", label="Se renouvelle seule", bulk=True, group=BUYING),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip

LICENCE_SEAT = Entity(
    model=LicenceSeat,
    one="Attribution",
    many="Attributions",
    gender="f",
    icon="user-check",
    chips=("licence_id",),
    order_by="licence_id",
    subtitle=("licence_id",),
    check=_given_to_one,
    fields=(
        Ref(name="licence_id", label="Licence", target="licence", required=True, column="shown", width=240),
        Ref(name="asset_id", label="Bien", target="asset", column="shown", width=150),
        Ref(name="person_id", label="Personne", target="person", column="shown", width=96),
        Day(name="assigned_on", label="Depuis le", column="shown", width=84),
        Day(name="released_on", label="Jusqu’au", column="shown", width=84),
    ),
)  # fmt: skip

SUPPORT_END = Entity(
    model=SupportEnd,
    one="Fin de support",
    many="Fins de support",
    gender="f",
    icon="calendar-x",
    chips=("product",),
    order_by="product",
    summary="Jusqu’à quand chaque système est corrigé par son éditeur.",
    subtitle=("edition",),
    check=_ends_in_order,
    fields=(
        Text(name="product", label="Système", required=True, column="shown", width=190, max_length=80,
             filterable=True, suggest=True),
        Text(name="cycle", label="Version", required=True, column="shown", width=150, max_length=60),
        Text(name="edition", label="Éditions", column="shown", width=180, max_length=120,
             help="Mots du nom du système, séparés par des espaces\u00a0: Entreprise Éducation. Avec un +, ils vont "
             "ensemble\u00a0: Entreprise+LTSC."),
        Text(name="builds", label="N° de version", column="shown", width=130, max_length=120,
             help="Début des numéros, séparés par des espaces\u00a0: 10.0.26100."),
        Day(name="ends_on", label="Fin de support", column="shown", width=130, deadline=True,
            help="Vide\u00a0: sans date annoncée."),
        Day(name="standard_on", label="Fin du support standard", width=150),
        Day(name="extended_on", label="Support prolongé", column="shown", width=130,
            help="Le plus souvent payant\u00a0: il ne compte que pour qui l’a souscrit."),
        Text(name="source", label="Source", column="shown", width=200, max_length=160),
    ),
)  # fmt: skip
