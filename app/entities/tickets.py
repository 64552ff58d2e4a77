"""Tickets and interventions. Their times come from the journal: they are shown here, never typed."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from app.entities.base import Entity, Linked, Numbering, Problems
from app.fields import Choice, Count, Day, Derived, Flag, Joined, Minutes, Moment, Money, Ref, Text
from app.models import Intervention, Loaner, Part, Ticket, TicketLink
from app.models.codes import (
    Channel,
    Charge,
    Impact,
    InterventionKind,
    MaintenanceType,
    Priority,
    TicketKind,
    TicketStatus,
    Urgency,
)
from app.models.upkeep_codes import CancelReason, DueState, LinkKind, PartState, Resolution, Running

CLOCK = "Délais"
WORK = "Travaux"
CHECKS = "Contrôles"


def _ends_after_start(values: Mapping[str, Any]) -> Problems:
    start, end = values.get("started_at"), values.get("ended_at")
    return {"ended_at": "Le départ précède l’arrivée."} if start and end and end < start else {}


TICKET = Entity(
    model=Ticket,
    one="Ticket",
    many="Tickets",
    icon="ticket",
    chips=("status", "priority", "asset_id"),
    order_by="opened_at",
    descending=True,
    numbering=Numbering(prefix="T", yearly=True),
    badge="status",
    subtitle=("kind", "asset_id", "requester_id"),
    summary="Chaque panne, chaque demande, chronométrée sur les délais de votre contrat.",
    linked=(Linked("intervention", "ticket_id"),),
    own_page=True,
    opened_apart=True,
    fields=(
        Text(name="number", label="N°", column="shown", width=108, read_only=True),
        Text(name="subject", label="Objet", required=True, column="shown", width=276, max_length=160),
        Derived(name="next_due", label="Prochain délai", column="shown", width=160, moment=True,
                help="Ce qui reste, en heures ouvrées, avant la prise en charge, l’arrivée ou le rétablissement."),
        Choice(name="status", label="État", options=TicketStatus, badge=True, column="shown", width=160,
               read_only=True),
        Choice(name="priority", label="Priorité", options=Priority, badge=True, column="shown", width=112,
               read_only=True),
        Choice(name="kind", label="Nature", options=TicketKind, default=TicketKind.INCIDENT, required=True),
        Ref(name="asset_id", label="Bien", target="asset", column="shown", width=180),
        Ref(name="requester_id", label="Demandeur", target="person", column="shown", width=130),
        Moment(name="opened_at", label="Ouvert le", column="shown", width=130, read_only=True),
        Derived(name="due_state", label="Délais", width=150, options=DueState, filterable=True),
        Derived(name="running", label="Marche du bien", width=120, options=Running, filterable=True),
        Moment(name="restore_due_at", label="À rétablir avant", width=130, read_only=True, group=CLOCK),
        Moment(name="taken_at", label="Pris en charge le", width=130, read_only=True, group=CLOCK),
        Moment(name="resolved_at", label="Rétabli le", width=130, read_only=True, group=CLOCK),
        Minutes(name="net_minutes", label="Durée nette", width=100, read_only=True, group=CLOCK),
        Flag(name="take_met", label="Prise en charge tenue", width=120, read_only=True, group=CLOCK),
        Flag(name="restore_met", label="Rétablissement tenu", width=120, read_only=True, group=CLOCK),
        Ref(name="contract_id", label="Contrat", target="contract", width=180, read_only=True),
        Text(name="category", label="Catégorie", width=120, max_length=80, filterable=True, suggest=True, bulk=True),
        Choice(name="channel", label="Reçu par", options=Channel, default=Channel.PHONE, required=True),
        Choice(name="impact", label="Qui est gêné\u00a0? (impact)", options=Impact, read_only=True),
        Choice(name="urgency", label="Dans combien de temps est-ce grave\u00a0? (urgence)", options=Urgency,
               read_only=True),
        Flag(name="is_failure", label="Panne", default=False, required=True, bulk=True,
             help="Oui si le bien ne fait plus sa fonction."),
        Text(name="assignee", label="Suivi par", width=140, read_only=True, filterable=True),
        Choice(name="resolution", label="Rétabli par", options=Resolution, width=150, read_only=True, group=CLOCK),
        Moment(name="final_at", label="Solution définitive le", width=130, read_only=True, group=CLOCK),
        Moment(name="down_since", label="À l’arrêt depuis", width=130, read_only=True, group=CLOCK),
        Minutes(name="down_minutes", label="Indisponibilité", width=110, read_only=True, group=CLOCK, total=True),
        Choice(name="cancel_reason", label="Annulé car", options=CancelReason, width=130, read_only=True),
        Text(name="source_number", label="N° d’origine", width=110, read_only=True,
             help="Dans l’outil dont il a été importé."),
        Text(name="description", label="Que se passe-t-il\u00a0?", multiline=True, column="never"),
    ),
)  # fmt: skip

INTERVENTION = Entity(
    model=Intervention,
    one="Intervention",
    many="Interventions",
    gender="f",
    icon="wrench",
    chips=("kind", "charge", "technician"),
    order_by="started_at",
    descending=True,
    numbering=Numbering(prefix="FI", yearly=True),
    subtitle=("kind", "technician", "ticket_id", "visit_id"),
    summary="Ce que le prestataire a fait, quand, et avec quelles pièces.",
    check=_ends_after_start,
    linked=(Linked("part", "intervention_id"), Linked("evaluation", "intervention_id")),
    fields=(
        Text(name="number", label="N°", column="shown", width=112, read_only=True),
        Joined(name="about", label="Ticket ou visite", parts=("ticket_id", "visit_id"), column="shown", width=260),
        Ref(name="ticket_id", label="Ticket", target="ticket", column="available", width=260),
        Ref(name="visit_id", label="Visite", target="visit", column="available", width=200),
        Choice(name="kind", label="Lieu", options=InterventionKind, default=InterventionKind.REMOTE, required=True,
               column="shown"),
        Choice(name="maintenance_type", label="Type de maintenance", options=MaintenanceType,
               default=MaintenanceType.CURATIVE, required=True, width=150),
        Count(name="level", label="Niveau (1 à 5)", low=1, high=5, width=90,
              help="1\u00a0: simple, par l’utilisateur\u00a0; 5\u00a0: remise à neuf par le constructeur."),
        Text(name="technician", label="Technicien", column="shown", width=150, max_length=120, suggest=True,
             filterable=True),
        Moment(name="started_at", label="Début", required=True, column="shown", width=130),
        Moment(name="ended_at", label="Fin", column="shown", width=130),
        Minutes(name="repair_minutes", label="Temps de réparation", column="shown", width=156, total=True,
                help="Travail effectif, sans le trajet ni les attentes."),
        Flag(name="travel", label="Déplacement", width=100),
        Minutes(name="travel_minutes", label="Durée du trajet", width=110, total=True),
        Choice(name="charge", label="Imputation", options=Charge, default=Charge.INCLUDED, required=True,
               column="shown", width=110),
        Ref(name="invoice_id", label="Facture", target="invoice", width=130,
            help="Celle qui la facture. Vide : pas encore facturée."),
        Text(name="diagnosis", label="Diagnostic", multiline=True, column="never", group=WORK),
        Text(name="work_done", label="Travaux réalisés", multiline=True, column="never", group=WORK),
        Text(name="remaining_work", label="Reste à faire", multiline=True, column="never", group=WORK),
        Flag(name="tested", label="Essai fait devant l’utilisateur", group=CHECKS),
        Flag(name="data_intact", label="Données intactes", group=CHECKS),
        Flag(name="backed_up", label="Sauvegarde faite avant", group=CHECKS),
        Flag(name="solved", label="Problème résolu", group=CHECKS),
    ),
)  # fmt: skip

STEPS = ("requested_on", "ordered_on", "received_on", "fitted_on", "checked_on")


def _part_goes_forward(values: Mapping[str, Any]) -> Problems:
    """Each day known is not before the one known before it (domain.md C.12)."""
    known = [(name, on) for name in STEPS if (on := values.get(name))]
    return {name: "C’est avant l’étape précédente." for (_, a), (name, b) in pairwise(known) if b < a}


PART = Entity(
    model=Part,
    one="Pièce",
    many="Pièces",
    gender="f",
    icon="puzzle",
    chips=("state",),
    order_by="label",
    badge="state",
    summary="Les pièces demandées, commandées, reçues, posées, contrôlées.",
    check=_part_goes_forward,
    subtitle=("ticket_id", "intervention_id"),
    fields=(
        Text(name="label", label="Pièce", required=True, column="shown", width=220),
        Text(name="reference", label="Référence", column="shown", max_length=60),
        Ref(name="ticket_id", label="Ticket", target="ticket", column="shown", width=180),
        Ref(name="intervention_id", label="Intervention", target="intervention", column="shown"),
        Choice(
            name="state",
            label="État",
            options=PartState,
            default=PartState.FITTED,
            required=True,
            badge=True,
            column="shown",
            width=120,
        ),
        Text(name="serial", label="N° de série posé", column="shown", max_length=60),
        Text(name="old_part", label="Ancienne pièce", column="shown", max_length=60, help="Reprise, gardée, détruite."),
        Text(name="old_serial", label="N° de série déposé", max_length=60),
        Flag(name="taken_back", label="Ancienne pièce récupérée"),
        Text(name="warranty", label="Garantie", column="available", max_length=40),
        Day(name="warranty_until", label="Garantie jusqu’au", column="shown"),
        Count(name="quantity", label="Quantité", low=1, high=10_000, default=1, required=True, column="shown"),
        Money(name="unit_price", label="Prix unitaire HT", column="available"),
        Derived(name="amount", label="Prix HT", column="shown", width=110, money=True, total=True),
        Text(name="supplier", label="Fournisseur", max_length=120, suggest=True),
        Day(name="requested_on", label="Demandée le"),
        Day(name="ordered_on", label="Commandée le"),
        Day(name="received_on", label="Reçue le"),
        Day(name="fitted_on", label="Posée le"),
        Day(name="checked_on", label="Contrôlée le"),
    ),
)


def _loaner_comes_back_after(values: Mapping[str, Any]) -> Problems:
    lent = values.get("lent_on")
    return {
        name: "C’est avant le jour du prêt."
        for name in ("due_on", "returned_on")
        if lent and (on := values.get(name)) and on < lent
    }


LOANER = Entity(
    model=Loaner,
    one="Matériel de prêt",
    many="Matériels de prêt",
    icon="hand-coins",
    order_by="lent_on",
    descending=True,
    numbering=Numbering(prefix="MPR", yearly=True),
    summary="Ce que le prestataire prête pendant une réparation, et qu’il faudra lui rendre.",
    subtitle=("ticket_id", "person_id"),
    check=_loaner_comes_back_after,
    fields=(
        Text(name="number", label="N°", column="shown", width=134, read_only=True),
        Text(name="label", label="Matériel prêté", required=True, max_length=160, column="shown", width=220),
        Text(name="serial", label="N° de série", max_length=60, column="shown"),
        Ref(name="ticket_id", label="Ticket", target="ticket", column="shown", width=180),
        Ref(name="asset_id", label="À la place de", target="asset", column="shown", width=180),
        Ref(name="provider_id", label="Prêté par", target="provider", column="shown", width=150),
        Ref(name="person_id", label="Confié à", target="person", column="shown", width=150),
        Day(name="lent_on", label="Prêté le", required=True, column="shown"),
        Day(name="due_on", label="À rendre le", column="shown"),
        Day(name="returned_on", label="Rendu le", column="shown"),
        Text(name="condition_out", label="État à l’arrivée", max_length=120),
        Text(name="condition_in", label="État au retour", max_length=120),
    ),
)

TICKET_LINK = Entity(
    model=TicketLink,
    one="Lien entre tickets",
    many="Liens entre tickets",
    icon="link",
    order_by="ticket_id",
    editable=False,
    from_lists=False,
    fields=(
        Ref(name="ticket_id", label="Ticket", target="ticket", required=True, column="shown", width=220),
        Choice(name="kind", label="Lien", options=LinkKind, default=LinkKind.RELATED, required=True, column="shown"),
        Ref(name="other_id", label="Autre ticket", target="ticket", required=True, column="shown", width=220),
    ),
)
