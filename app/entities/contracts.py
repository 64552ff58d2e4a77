"""Contracts and their amendments (domain.md C)."""

from collections.abc import Mapping
from typing import Any

from app.entities.base import Entity, Linked, Numbering, Problems
from app.fields import Choice, Count, Day, Derived, Flag, Minutes, Money, Ref, Text
from app.models import Amendment, Contract
from app.models.codes import (
    ContractStatus,
    FeePeriod,
    NoticeForm,
    NoticeMoment,
    NoticeReference,
    NoticeUnit,
    Renewal,
    Zone,
)
from app.models.contract_codes import (
    AmendmentStatus,
    Billing,
    ClientStatus,
    ContractKind,
    CountRule,
    EmergencyCover,
    IndexSeries,
    Obligation,
    PaymentRule,
    PenaltyForm,
    PriceModel,
)

TERM = "Durée, reconduction, préavis"
HOURS = "Heures couvertes"
PARTIES = "Signature et niveaux"
HELP = "Assistance et urgences"
PRICE = "Prix"
PAYMENT = "Paiement"
REVISION = "Révision du prix"
PENALTIES = "Pénalités"
EXIT = "Fin du contrat"


def _renewal_told(values: Mapping[str, Any]) -> Problems:
    problems: Problems = {}
    if values.get("renewal") == Renewal.TACIT and not values.get("renewal_months"):
        problems["renewal_months"] = "Indiquez la durée de chaque reconduction, en mois."
    start, denounced = values.get("starts_on"), values.get("denounced_on")
    if start and denounced and denounced < start:
        problems["denounced_on"] = "La dénonciation précède la date d’effet."
    return problems


def _provider_named(values: Mapping[str, Any]) -> Problems:
    if values.get("provider_id") is None and values.get("status") not in {None, ContractStatus.DRAFT}:
        return {"provider_id": "Seul un projet peut rester sans prestataire."}
    return {}


def _sound(values: Mapping[str, Any]) -> Problems:
    return {**_renewal_told(values), **_provider_named(values)}


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
    check=_sound,
    linked=(
        Linked("ticket", "contract_id"),
        Linked("covered_asset", "contract_id"),
        Linked("amendment", "contract_id"),
        Linked("meeting", "contract_id"),
        Linked("consultation", "contract_id"),
    ),
    own_page=True,
    fields=(
        Text(name="number", label="N°", column="shown", width=100, max_length=30,
             help="Proposé par le programme si vous le laissez vide."),
        Text(name="subject", label="Objet", required=True, column="shown", width=260, max_length=160),
        Ref(name="provider_id", label="Prestataire", target="provider", column="shown", width=180,
            help="Peut rester vide tant que le contrat est un projet."),
        Choice(name="status", label="Statut", options=ContractStatus, default=ContractStatus.ACTIVE, required=True,
               badge=True, column="shown", width=110),
        Choice(name="kind", label="Nature", options=ContractKind, default=ContractKind.MAINTENANCE, required=True,
               help="Maintenance\u00a0: il intervient quand il le faut. Infogérance\u00a0: il répond de l’ensemble."),
        Choice(name="obligation", label="Obligation", options=Obligation, default=Obligation.MEANS, required=True,
               help="De moyens\u00a0: il doit ses soins. De résultats\u00a0: il doit un niveau mesuré."),
        Text(name="purpose", label="But recherché", multiline=True, column="never"),
        Text(name="provider_reference", label="Référence du prestataire", max_length=60),
        Day(name="signed_on", label="Signé le", group=PARTIES),
        Flag(name="signed_off_premises", label="Signé après démarchage, hors de ses locaux", default=False,
             required=True, group=PARTIES,
             help="Une entreprise de 5 salariés au plus a alors 14 jours pour se rétracter (art. L221-3)."),
        Choice(name="client_status", label="Vous signez comme", options=ClientStatus,
               default=ClientStatus.PROFESSIONAL, required=True, group=PARTIES),
        Count(name="internal_level", label="Niveaux faits par vous", unit="sur 5", low=0, high=5, group=PARTIES,
              help="Le plus haut des cinq niveaux de maintenance que vous gardez."),
        Count(name="contract_level", label="Niveaux confiés", unit="sur 5", low=1, high=5, group=PARTIES,
              help="Le plus haut niveau que le prestataire fait dans ce contrat\u00a0; au-delà, sur devis."),
        Day(name="starts_on", label="Date d’effet", required=True, column="shown", width=110, group=TERM),
        Count(name="initial_months", label="Durée initiale", unit="mois", low=1, high=600, required=True, default=12,
              group=TERM, width=100),
        Choice(name="renewal", label="Reconduction", options=Renewal, default=Renewal.TACIT, required=True,
               column="shown", width=170, group=TERM,
               help="Tacite\u00a0: sans lettre de votre part, le contrat repart."),
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
        Choice(name="notice_moment", label="Ce qui compte", options=NoticeMoment, default=NoticeMoment.RECEPTION,
               required=True, group=TERM,
               help="Si la clause ne dit rien, c’est la réception\u00a0: la lettre doit être arrivée à temps."),
        Text(name="notice_article", label="Article du préavis", max_length=40, group=TERM, placeholder="9.2",
             help="Cité dans la lettre de dénonciation."),
        Count(name="postal_margin", label="Marge postale", unit="jours", high=90, default=21, required=True, group=TERM,
              help="3 jours de poste, 15 de garde au bureau, 3 de sûreté."),
        Day(name="denounced_on", label="Dénoncé le", in_form=False, group=TERM),
        Choice(name="zone", label="Jours fériés", options=Zone, default=Zone.METROPOLE, required=True, group=HOURS),
        Flag(name="round_the_clock", label="Jour et nuit, 7 jours sur 7", default=False, required=True, group=HOURS),
        Flag(name="pentecost_worked", label="Lundi de Pentecôte travaillé", default=False, required=True, group=HOURS),
        Flag(name="part_wait_stops", label="L’attente d’une pièce arrête l’horloge", default=False, required=True,
             group=HOURS, help="Seulement si le contrat le dit\u00a0: sinon le délai court pendant la commande."),
        Flag(name="client_wait_stops", label="L’attente de votre réponse arrête l’horloge", default=True, required=True,
             group=HOURS, help="Après une question datée du prestataire."),
        Flag(name="access_wait_stops", label="L’attente d’un accès arrête l’horloge", default=True, required=True,
             group=HOURS),
        Flag(name="third_party_wait_stops", label="L’attente d’un tiers arrête l’horloge", default=True, required=True,
             group=HOURS, help="L’opérateur, l’éditeur\u00a0; jamais un sous-traitant du prestataire."),
        Flag(name="workaround_stops", label="Un contournement vaut rétablissement", default=True, required=True,
             group=HOURS, help="Non\u00a0: le délai court jusqu’à la solution définitive."),
        Choice(name="emergency", label="Urgences hors des heures", options=EmergencyCover,
               default=EmergencyCover.NONE, required=True, group=HELP),
        Text(name="emergency_phone", label="Numéro d’urgence", max_length=30, group=HELP),
        Text(name="emergency_terms", label="Conditions de l’urgence", multiline=True, column="never", group=HELP),
        Flag(name="by_phone", label="Par téléphone", default=True, required=True, group=HELP),
        Flag(name="by_email", label="Par courriel", default=True, required=True, group=HELP),
        Flag(name="by_portal", label="Par un portail", default=False, required=True, group=HELP),
        Flag(name="by_chat", label="Par messagerie instantanée", default=False, required=True, group=HELP),
        Text(name="portal_url", label="Adresse du portail", max_length=200, group=HELP),
        Count(name="simultaneous_requests", label="Demandes simultanées", low=1, high=1000, group=HELP,
              help="Combien de demandes sont traitées en même temps. Vide\u00a0: sans limite."),
        Text(name="exclusions", label="Exclusions", multiline=True, column="never", group=HELP),
        Choice(name="price_model", label="Mode de prix", options=PriceModel, default=PriceModel.FLAT, required=True,
               group=PRICE),
        Money(name="fee", label="Forfait HT", width=110, group=PRICE),
        Derived(name="fee_now", label="Forfait HT ce jour", column="shown", width=140, money=True, group=PRICE),
        Choice(name="fee_period", label="Facturation", options=FeePeriod, default=FeePeriod.MONTH, required=True,
               column="shown", width=120, group=PRICE),
        Minutes(name="included_minutes", label="Heures comprises", group=PRICE,
                help="Par période facturée\u00a0; au-delà, le taux horaire."),
        Money(name="hourly_rate", label="Taux horaire HT", group=PRICE),
        Minutes(name="minimum_minutes", label="Minimum facturé", group=PRICE),
        Minutes(name="rounding_minutes", label="Arrondi au-dessus", group=PRICE),
        Money(name="travel_fee", label="Déplacement HT", group=PRICE),
        Count(name="out_of_hours_rate", label="Majoration hors des heures", unit="%", places=2, high=100_000,
              group=PRICE),
        Choice(name="count_rule", label="Comptage des postes", options=CountRule, group=PRICE),
        Minutes(name="hours_bought", label="Heures achetées", group=PRICE),
        Money(name="hours_price", label="Prix de la banque HT", group=PRICE),
        Day(name="hours_until", label="À utiliser avant le", group=PRICE),
        Flag(name="hours_carried_over", label="Heures restantes reportées", default=False, required=True, group=PRICE),
        Flag(name="overrun_allowed", label="Dépassement permis", default=True, required=True, group=PRICE),
        Count(name="vat_rate", label="TVA", unit="%", places=2, high=10_000, default=2000, group=PAYMENT),
        Choice(name="billing", label="Facturé", options=Billing, default=Billing.ADVANCE, required=True,
               group=PAYMENT),
        Count(name="payment_days", label="Délai de paiement", unit="jours", high=120, default=30, required=True,
              group=PAYMENT),
        Choice(name="payment_rule", label="Compté depuis", options=PaymentRule, default=PaymentRule.INVOICE,
               required=True, group=PAYMENT),
        Count(name="late_rate", label="Intérêts de retard", unit="%", places=2, high=10_000, group=PAYMENT,
              help="Par an. Vide\u00a0: le taux de la BCE plus 10 points (art. L441-10)."),
        Text(name="index_name", label="Indice", max_length=60, group=REVISION, suggest=True, placeholder="Syntec"),
        Count(name="index_base", label="Indice de départ", places=3, low=1, group=REVISION,
              help="Le dernier publié à la signature (S0)."),
        Day(name="index_base_month", label="Mois de cet indice", group=REVISION),
        Choice(name="index_series", label="Série", options=IndexSeries, group=REVISION),
        Count(name="revision_fixed_part", label="Part fixe", unit="%", places=2, high=10_000, group=REVISION),
        Count(name="revision_cap", label="Hausse au plus", unit="%", places=2, high=10_000, group=REVISION),
        Count(name="revision_floor", label="Baisse au plus", unit="%", places=2, high=10_000, group=REVISION),
        Flag(name="never_lowered", label="Le prix ne baisse jamais", default=False, required=True, group=REVISION,
             help="Une clause à sens unique est contestable."),
        Choice(name="penalty_form", label="Forme des pénalités", options=PenaltyForm, group=PENALTIES),
        Count(name="penalty_month_cap", label="Plafond par mois", unit="% du forfait", places=2, high=10_000,
              group=PENALTIES),
        Count(name="penalty_year_cap", label="Plafond par an", unit="% du forfait", places=2, high=10_000,
              group=PENALTIES),
        Flag(name="penalty_releases", label="Pénalités libératoires", default=False, required=True, group=PENALTIES,
             help="Libératoires\u00a0: vous ne pouvez rien demander de plus, même si le dommage est plus grand."),
        Count(name="reversibility_days", label="Assistance à la sortie", unit="jours", high=730, group=EXIT),
        Money(name="reversibility_price", label="Prix de la réversibilité HT", group=EXIT),
        Day(name="reversibility_on", label="Plan de réversibilité du", group=EXIT),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip

AMENDMENT = Entity(
    model=Amendment,
    one="Avenant",
    many="Avenants",
    icon="pen-line",
    chips=("contract_id", "status"),
    order_by="effective_on",
    descending=True,
    numbering=Numbering(prefix="AV", yearly=True, width=2),
    badge="status",
    summary="Ce qui a changé dans un contrat, et à partir de quel jour.",
    subtitle=("contract_id", "effective_on"),
    editable=False,
    fields=(
        Text(name="number", label="N°", column="shown", width=110, read_only=True),
        Ref(name="contract_id", label="Contrat", target="contract", required=True, column="shown", width=220),
        Text(name="subject", label="Objet", required=True, max_length=160, column="shown", width=260),
        Choice(name="status", label="État", options=AmendmentStatus, default=AmendmentStatus.DRAFT, required=True,
               badge=True, column="shown"),
        Day(name="signed_on", label="Signé le", column="shown"),
        Day(name="effective_on", label="Prend effet le", required=True, column="shown"),
        Text(name="reason", label="Pourquoi", multiline=True, column="never"),
        Flag(name="replaces_levels", label="Remplace les niveaux de service", in_form=False, default=False,
             required=True),
        Flag(name="replaces_hours", label="Remplace les heures", in_form=False, default=False, required=True),
    ),
)  # fmt: skip
