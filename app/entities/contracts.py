"""Contracts and what hangs on them (domain.md C and D)."""

from collections.abc import Mapping
from typing import Any

from app.entities.base import Entity, Linked, Numbering, Problems
from app.fields import Choice, Count, Day, Flag, Minutes, Money, Ref, Text
from app.models import ClosingDay, Contract, CoverageSlot, CoveredAsset, ServiceLevel
from app.models.codes import (
    ContractStatus,
    FeePeriod,
    NoticeForm,
    NoticeReference,
    NoticeUnit,
    Priority,
    Renewal,
    Zone,
)

TERM = "Durée, reconduction, préavis"
HOURS = "Heures couvertes"


def _renewal_told(values: Mapping[str, Any]) -> Problems:
    problems: Problems = {}
    if values.get("renewal") == Renewal.TACIT and not values.get("renewal_months"):
        problems["renewal_months"] = "Indiquez la durée de chaque reconduction, en mois."
    start, denounced = values.get("starts_on"), values.get("denounced_on")
    if start and denounced and denounced < start:
        problems["denounced_on"] = "La dénonciation précède la date d’effet."
    return problems


def _levels_in_order(values: Mapping[str, Any]) -> Problems:
    take, restore = values.get("take_minutes"), values.get("restore_minutes")
    if take is not None and restore is not None and restore < take:
        return {"restore_minutes": "Le rétablissement est promis avant la prise en charge."}
    return {}


def _days_in_order(values: Mapping[str, Any]) -> Problems:
    first, last = values.get("first_day"), values.get("last_day")
    return {"last_day": "La fin précède le début."} if first and last and last < first else {}


def _cover_in_order(values: Mapping[str, Any]) -> Problems:
    since, until = values.get("since"), values.get("until")
    return {"until": "La fin précède le début."} if since and until and until < since else {}


CONTRACT = Entity(
    model=Contract,
    one="Contrat",
    many="Contrats",
    icon="file-text",
    chips=("status", "provider_id"),
    order_by="number",
    numbering=Numbering(prefix="CT", yearly=True, width=2),
    badge="status",
    subtitle=("provider_id",),
    summary="Le contrat dit ce que le prestataire vous doit, en combien de temps, et jusqu’à quand.",
    natural_key=("number",),
    unique=("number",),
    check=_renewal_told,
    linked=(Linked("ticket", "contract_id"), Linked("covered_asset", "contract_id")),
    own_page=True,
    fields=(
        Text(name="number", label="N°", column="shown", width=100, max_length=30,
             help="Proposé par le programme si vous le laissez vide."),
        Text(name="subject", label="Objet", required=True, column="shown", width=260, max_length=160),
        Ref(name="provider_id", label="Prestataire", target="provider", required=True, column="shown", width=180),
        Choice(name="status", label="Statut", options=ContractStatus, default=ContractStatus.ACTIVE, required=True,
               badge=True, column="shown", width=110),
        Day(name="starts_on", label="Date d’effet", required=True, column="shown", width=110, group=TERM),
        Count(name="initial_months", label="Durée initiale", unit="mois", low=1, high=600, required=True, default=12,
              group=TERM, width=100),
        Choice(name="renewal", label="Reconduction", options=Renewal, default=Renewal.TACIT, required=True,
               column="shown", width=170, group=TERM,
               help="Tacite : sans lettre de votre part, le contrat repart."),
        Count(name="renewal_months", label="Durée de reconduction", unit="mois", low=1, high=600, default=12,
              group=TERM),
        Count(name="max_renewals", label="Reconductions au plus", high=100, group=TERM,
              help="Laissez vide si leur nombre n’est pas limité."),
        Count(name="notice_value", label="Préavis", low=0, high=1000, required=True, default=3, group=TERM),
        Choice(name="notice_unit", label="Unité du préavis", options=NoticeUnit, default=NoticeUnit.MONTHS,
               required=True, group=TERM),
        Choice(name="notice_reference", label="Préavis compté depuis", options=NoticeReference,
               default=NoticeReference.PERIOD_END, required=True, group=TERM),
        Choice(name="notice_form", label="Forme du préavis", options=NoticeForm, default=NoticeForm.REGISTERED,
               required=True, group=TERM),
        Count(name="postal_margin", label="Marge postale", unit="jours", high=90, default=21, required=True, group=TERM,
              help="3 jours de poste, 15 de garde au bureau, 3 de sûreté."),
        Day(name="denounced_on", label="Dénoncé le", in_form=False, group=TERM),
        Money(name="fee", label="Forfait HT", column="shown", width=110, group="Prix"),
        Choice(name="fee_period", label="Facturation", options=FeePeriod, default=FeePeriod.MONTH, required=True,
               column="shown", width=120, group="Prix"),
        Choice(name="zone", label="Jours fériés", options=Zone, default=Zone.METROPOLE, required=True, group=HOURS),
        Flag(name="round_the_clock", label="Jour et nuit, 7 jours sur 7", default=False, required=True, group=HOURS),
        Flag(name="pentecost_worked", label="Lundi de Pentecôte travaillé", default=False, required=True, group=HOURS),
        Flag(name="part_wait_stops", label="L’attente d’une pièce arrête l’horloge", default=False, required=True,
             group=HOURS, help="Seulement si le contrat le dit : sinon le délai court pendant la commande."),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip

SERVICE_LEVEL = Entity(
    model=ServiceLevel,
    one="Niveau de service",
    many="Niveaux de service",
    icon="gauge",
    order_by="priority",
    check=_levels_in_order,
    fields=(
        Ref(name="contract_id", label="Contrat", target="contract", required=True, column="shown", width=220),
        Choice(name="priority", label="Priorité", options=Priority, required=True, column="shown"),
        Minutes(name="take_minutes", label="Prise en charge (GTI)", column="shown", width=150),
        Minutes(name="on_site_minutes", label="Intervention sur site", column="shown", width=150),
        Minutes(name="restore_minutes", label="Rétablissement (GTR)", column="shown", width=150),
    ),
)

COVERAGE_SLOT = Entity(
    model=CoverageSlot,
    one="Plage horaire",
    many="Plages horaires",
    gender="f",
    icon="clock",
    order_by="weekday",
    fields=(
        Ref(name="contract_id", label="Contrat", target="contract", required=True, column="shown", width=220),
        Count(name="weekday", label="Jour (0 = lundi)", high=6, required=True, column="shown"),
        Minutes(name="opens", label="Ouvre à", required=True, column="shown"),
        Minutes(name="closes", label="Ferme à", required=True, column="shown"),
    ),
)

CLOSING_DAY = Entity(
    model=ClosingDay,
    one="Fermeture",
    many="Fermetures",
    gender="f",
    icon="calendar-x",
    order_by="first_day",
    check=_days_in_order,
    fields=(
        Ref(name="contract_id", label="Contrat", target="contract", required=True, column="shown", width=220),
        Day(name="first_day", label="Premier jour", required=True, column="shown"),
        Day(name="last_day", label="Dernier jour", required=True, column="shown"),
        Text(name="label", label="Motif", max_length=80, column="shown", width=200),
    ),
)

COVERED_ASSET = Entity(
    model=CoveredAsset,
    one="Bien couvert",
    many="Biens couverts",
    icon="shield",
    order_by="since",
    check=_cover_in_order,
    fields=(
        Ref(name="contract_id", label="Contrat", target="contract", required=True, column="shown", width=240),
        Ref(name="asset_id", label="Bien", target="asset", required=True, column="shown", width=240),
        Day(name="since", label="Depuis le", required=True, column="shown", bulk=True),
        Day(name="until", label="Jusqu’au", column="shown", bulk=True),
    ),
)
