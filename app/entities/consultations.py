"""Consultations, their criteria and price grid, the offers and their negotiation (domain.md C.12)."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from app.entities.base import Entity, Linked, Numbering, Problems
from app.fields import Choice, Count, Day, Flag, Money, Ref, Text
from app.models import Consultation, Criterion, NegotiationPoint, Offer, OfferNote, OfferPrice, PriceLine
from app.models.contract_codes import ConsultationStatus, NegotiationObject, OfferStatus, PointState

CALENDAR = "Calendrier"
NO_QUANTITY = "Écrivez une quantité plus grande que zéro, ou retirez la ligne."
OF_CONSULTATION = Ref(
    name="consultation_id", label="Consultation", target="consultation", required=True, column="shown", width=200
)


def _days_follow(values: Mapping[str, Any]) -> Problems:
    names = ("sent_on", "questions_until", "answers_until", "decided_until")
    days = [(name, values[name]) for name in names if values.get(name)]
    late = [after for (_, day), (after, later) in pairwise(days) if later < day]
    return dict.fromkeys(late, "Ce jour précède celui de l’étape d’avant.")


def _is_asked_for(values: Mapping[str, Any]) -> Problems:
    return {"quantity": NO_QUANTITY} if values.get("quantity") == 0 else {}


def _valid_once_received(values: Mapping[str, Any]) -> Problems:
    received, until = values.get("received_on"), values.get("valid_until")
    return (
        {"valid_until": "La fin de validité précède la réception."} if received and until and until < received else {}
    )


CONSULTATION = Entity(
    model=Consultation,
    one="Consultation",
    many="Consultations",
    gender="f",
    icon="send",
    chips=("status",),
    order_by="number",
    descending=True,
    numbering=Numbering(prefix="CS", yearly=True, width=2),
    badge="status",
    check=_days_follow,
    summary="Demander des offres à plusieurs prestataires, sur un même cahier des charges.",
    subtitle=("contract_id",),
    own_page=True,
    linked=(Linked("offer", "consultation_id"),),
    fields=(
        Text(name="number", label="N°", column="shown", width=110, read_only=True),
        Text(name="subject", label="Objet", required=True, max_length=160, column="shown", width=300),
        Choice(name="status", label="État", options=ConsultationStatus, default=ConsultationStatus.DRAFT,
               required=True, badge=True, column="shown", width=150),
        Ref(name="contract_id", label="Projet de contrat", target="contract", column="shown", width=220,
            help="Ses prestations, ses délais et son périmètre sont ce qui est demandé."),
        Text(name="context", label="Contexte", multiline=True, column="never"),
        Text(name="exclusions", label="Exclusions", multiline=True, column="never"),
        Text(name="takeover", label="Reprise de l’existant", multiline=True, column="never"),
        Text(name="visits", label="Visite des lieux", max_length=200),
        Day(name="sent_on", label="Envoyée le", column="shown", group=CALENDAR),
        Day(name="questions_until", label="Questions jusqu’au", group=CALENDAR),
        Day(name="answers_until", label="Offres jusqu’au", column="shown", group=CALENDAR, deadline=True),
        Day(name="decided_until", label="Choix avant le", group=CALENDAR),
        Text(name="decision_reason", label="Motif du choix", multiline=True, column="never", in_form=False),
    ),
)  # fmt: skip

CRITERION = Entity(
    model=Criterion,
    one="Critère",
    many="Critères",
    icon="scale",
    order_by="position",
    from_lists=False,
    fields=(
        OF_CONSULTATION,
        Count(name="position", label="Ordre", required=True, default=100),
        Text(name="label", label="Critère", required=True, max_length=120, column="shown", width=240, suggest=True),
        Count(name="weight", label="Poids", unit="%", low=0, high=100, required=True, column="shown"),
        Flag(name="is_price", label="Noté sur le prix", default=False, required=True, column="shown"),
        Text(name="meaning", label="Ce qui est jugé", multiline=True, column="never"),
    ),
)

PRICE_LINE = Entity(
    model=PriceLine,
    one="Ligne de prix",
    many="Lignes de prix",
    gender="f",
    icon="receipt-euro",
    order_by="position",
    check=_is_asked_for,
    from_lists=False,
    fields=(
        OF_CONSULTATION,
        Count(name="position", label="Ordre", required=True, default=100),
        Text(name="label", label="Désignation", required=True, max_length=160, column="shown", width=300),
        Text(name="unit", label="Unité", max_length=40, column="shown", suggest=True, placeholder="mois, poste, heure"),
        Count(name="quantity", label="Quantité", places=2, low=0, required=True, default=100, column="shown"),
        Flag(name="optional", label="En option", default=False, required=True, column="shown"),
    ),
)

OFFER = Entity(
    model=Offer,
    one="Offre",
    many="Offres",
    gender="f",
    icon="inbox",
    chips=("status", "provider_id"),
    order_by="received_on",
    check=_valid_once_received,
    fields=(
        OF_CONSULTATION,
        Ref(name="provider_id", label="Prestataire", target="provider", required=True, column="shown", width=200),
        Choice(name="status", label="État", options=OfferStatus, default=OfferStatus.INVITED, required=True,
               badge=True, column="shown", width=130),
        Text(name="reference", label="Référence de l’offre", max_length=60),
        Day(name="invited_on", label="Consulté le"),
        Day(name="received_on", label="Reçue le", column="shown"),
        Day(name="valid_until", label="Valable jusqu’au", column="shown", deadline=True),
        Text(name="strengths", label="Points forts", multiline=True, column="never"),
        Text(name="reserves", label="Réserves", multiline=True, column="never"),
    ),
)  # fmt: skip

OFFER_PRICE = Entity(
    model=OfferPrice,
    one="Prix offert",
    many="Prix offerts",
    icon="receipt-euro",
    order_by="line_id",
    editable=False,
    fields=(
        Ref(name="offer_id", label="Offre", target="offer", required=True, column="shown"),
        Ref(name="line_id", label="Ligne", target="price_line", required=True, column="shown", width=240),
        Money(name="price", label="Prix unitaire HT", column="shown"),
        Text(name="remark", label="Remarque", max_length=200, column="shown", width=200),
    ),
)

OFFER_NOTE = Entity(
    model=OfferNote,
    one="Note d’offre",
    many="Notes d’offres",
    gender="f",
    icon="star",
    order_by="criterion_id",
    editable=False,
    fields=(
        Ref(name="offer_id", label="Offre", target="offer", required=True, column="shown"),
        Ref(name="criterion_id", label="Critère", target="criterion", required=True, column="shown", width=220),
        Count(name="note", label="Note", unit="sur 5", places=2, high=500, column="shown"),
        Text(name="evidence", label="Sur quoi elle repose", max_length=300, column="shown", width=260),
    ),
)

NEGOTIATION_POINT = Entity(
    model=NegotiationPoint,
    one="Point négocié",
    many="Points négociés",
    icon="message-square",
    chips=("subject", "state"),
    order_by="noted_on",
    fields=(
        Ref(name="consultation_id", label="Consultation", target="consultation", column="available"),
        Ref(name="contract_id", label="Contrat", target="contract", column="available"),
        Ref(name="offer_id", label="Offre", target="offer", column="available"),
        Choice(name="subject", label="Objet", options=NegotiationObject, required=True, column="shown", width=150),
        Text(name="point", label="Point", required=True, max_length=200, column="shown", width=260),
        Text(name="asked", label="Demandé", max_length=200, column="shown", width=180),
        Text(name="threshold", label="Seuil de rupture", max_length=200),
        Text(name="offered", label="Proposé", max_length=200),
        Text(name="obtained", label="Obtenu", max_length=200, column="shown", width=180),
        Money(name="asked_amount", label="Montant demandé HT"),
        Money(name="obtained_amount", label="Montant obtenu HT"),
        Choice(name="state", label="État", options=PointState, default=PointState.OPEN, required=True, badge=True,
               column="shown", width=140),
        Text(name="decision", label="Décision", max_length=200, placeholder="Accepté, à inscrire à l’annexe 2"),
        Day(name="noted_on", label="Le", column="shown"),
        Ref(name="clause_id", label="Clause concernée", target="clause"),
    ),
)  # fmt: skip
