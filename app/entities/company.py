"""The company, its sites and its people."""

from collections.abc import Mapping
from typing import Any

from app.entities.base import Entity, Linked, Problems
from app.fields import Choice, Count, Day, Ref, Text
from app.fields.checks import day_of_year, email, postal_code, siren, siret
from app.models import Company, Person, Site
from app.models.codes import Role, Zone

ADDRESS = "Adresse"
CALENDAR = "Calendrier"
CONTACT = "Contact"


def _same_siren(values: Mapping[str, Any]) -> Problems:
    number, establishment = values.get("siren"), values.get("siret")
    if number and establishment and not establishment.startswith(number):
        return {"siret": "Ce SIRET n’est pas celui de ce SIREN\u00a0: ses neuf premiers chiffres diffèrent."}
    return {}


def _left_after_arrival(values: Mapping[str, Any]) -> Problems:
    arrived, left = values.get("arrived_on"), values.get("left_on")
    if arrived and left and left < arrived:
        return {"left_on": "Le départ précède l’arrivée."}
    return {}


COMPANY = Entity(
    model=Company,
    one="Entreprise",
    many="Entreprises",
    gender="f",
    icon="building",
    order_by="name",
    check=_same_siren,
    fields=(
        Text(name="name", label="Raison sociale", required=True, column="shown", width=220),
        Text(name="siren", label="SIREN", max_length=20, checked_by=siren, help="9 chiffres", column="shown"),
        Text(name="siret", label="SIRET du siège", max_length=30, checked_by=siret, help="14 chiffres", column="shown"),
        Count(name="headcount", label="Effectif", high=100_000, help="Nombre de salariés"),
        Text(name="address", label="Adresse", group=ADDRESS),
        Text(name="postal_code", label="Code postal", max_length=10, checked_by=postal_code, group=ADDRESS, width=90),
        Text(name="city", label="Ville", max_length=80, group=ADDRESS),
        Choice(
            name="zone",
            label="Jours fériés",
            options=Zone,
            default=Zone.METROPOLE,
            required=True,
            group=CALENDAR,
            help="Les délais des contrats ne courent pas ces jours-là.",
        ),
        Text(
            name="year_end",
            label="Clôture de l’exercice",
            max_length=5,
            checked_by=day_of_year,
            placeholder="31/12",
            group=CALENDAR,
            help="Dernier jour de l’exercice comptable, par exemple 31/12.",
        ),
        Text(name="phone", label="Téléphone", max_length=30, group=CONTACT),
        Text(name="email", label="Courriel", max_length=120, checked_by=email, group=CONTACT),
    ),
)

SITE = Entity(
    model=Site,
    one="Site",
    many="Sites",
    icon="map-pin",
    chips=("city",),
    order_by="name",
    natural_key=("name",),
    unique=("name",),
    summary="Les lieux où se trouvent vos biens\u00a0: siège, agence, atelier.",
    subtitle=("address", "postal_code", "city"),
    linked=(Linked("asset", "site_id"), Linked("person", "site_id")),
    fields=(
        Text(name="name", label="Nom", required=True, column="shown", width=220, max_length=80),
        Text(name="address", label="Adresse", column="shown", width=260),
        Text(name="postal_code", label="Code postal", max_length=10, checked_by=postal_code, column="shown", width=100),
        Text(name="city", label="Ville", max_length=80, column="shown", width=160, filterable=True, suggest=True),
        Choice(name="zone", label="Jours fériés", options=Zone, help="Laissez vide si ce sont ceux de l’entreprise."),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)

PERSON = Entity(
    model=Person,
    one="Personne",
    many="Personnes",
    gender="f",
    icon="user",
    chips=("service", "site_id", "role"),
    order_by="last_name",
    natural_key=("email",),
    unique=("email",),
    summary="Ceux qui utilisent, entretiennent ou achètent vos biens.",
    subtitle=("position", "service", "site_id"),
    brief=("last_name", "first_name", "service"),
    check=_left_after_arrival,
    linked=(
        Linked("asset", "person_id"),
        Linked("loan", "person_id"),
        Linked("licence_seat", "person_id", "Licences"),
        Linked("ticket", "requester_id"),
    ),
    fields=(
        Text(name="last_name", label="Nom", required=True, column="shown", width=130, max_length=80),
        Text(name="first_name", label="Prénom", column="shown", width=120, max_length=80),
        Choice(name="role", label="Rôle", options=Role, default=Role.USER, required=True, column="shown", bulk=True),
        Text(name="position", label="Fonction", column="shown", width=200, max_length=120),
        Text(
            name="service", label="Service", column="shown", width=150, max_length=80, filterable=True, bulk=True,
            suggest=True,
        ),
        Ref(name="site_id", label="Site", target="site", column="shown", width=100, bulk=True),
        Text(name="email", label="Courriel", max_length=120, checked_by=email, column="shown", width=220),
        Text(name="phone", label="Téléphone", max_length=30, column="shown", width=130),
        Day(name="arrived_on", label="Arrivée"),
        Day(name="left_on", label="Départ", help="À son départ, ses biens sont à rendre."),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip
