"""What a contract lists: services, documents owed, duties, personal data, what is given back (domain.md C)."""

from collections.abc import Mapping
from typing import Any

from app.entities.base import Entity, Problems
from app.fields import Choice, Count, Day, Money, Ref, Text
from app.models import ContractService, DueDocument, Duty, GdprItem, ReceivedDocument, ReturnItem
from app.models.codes import FeePeriod
from app.models.contract_codes import Answer, DueRule, Frequency, Inclusion, Obligation, ReturnState, ServiceType, Side
from app.models.upkeep_codes import DeliveryState

CONTRACT = Ref(name="contract_id", label="Contrat", target="contract", required=True, column="shown", width=220)


def _in_order(values: Mapping[str, Any]) -> Problems:
    since, until = values.get("since"), values.get("until")
    return {"until": "La fin précède le début."} if since and until and until < since else {}


def _cost_has_a_period(values: Mapping[str, Any]) -> Problems:
    if values.get("cost") and values.get("cost_period") is None:
        return {"cost_period": "Dites pour quelle durée ce coût est dû.", **_in_order(values)}
    return _in_order(values)


CONTRACT_SERVICE = Entity(
    model=ContractService,
    one="Prestation",
    many="Prestations",
    gender="f",
    icon="list-checks",
    chips=("kind", "inclusion"),
    order_by="kind",
    check=_cost_has_a_period,
    fields=(
        CONTRACT,
        Text(name="label", label="Prestation", required=True, max_length=160, column="shown", width=260, suggest=True),
        Choice(name="kind", label="Type", options=ServiceType, required=True, column="shown", width=170),
        Choice(name="frequency", label="Fréquence", options=Frequency, default=Frequency.ON_DEMAND, required=True,
               column="shown", width=140),
        Text(name="scope", label="Étendue", multiline=True, column="never",
             help="Ce qui est fait, sur quoi, et ce qui ne l’est pas."),
        Choice(name="inclusion", label="Au contrat", options=Inclusion, default=Inclusion.INCLUDED, required=True,
               badge=True, column="shown", width=150),
        Choice(name="obligation", label="Obligation", options=Obligation, help="Vide\u00a0: celle du contrat."),
        Money(name="cost", label="Coût HT", column="shown", width=100),
        Choice(name="cost_period", label="Par", options=FeePeriod),
        Day(name="since", label="Depuis le", help="Vide\u00a0: depuis la prise d’effet."),
        Day(name="until", label="Jusqu’au"),
    ),
)  # fmt: skip

DUE_DOCUMENT = Entity(
    model=DueDocument,
    one="Document attendu",
    many="Documents attendus",
    icon="file-input",
    order_by="label",
    fields=(
        CONTRACT,
        Text(name="label", label="Document", required=True, max_length=160, column="shown", width=260, suggest=True),
        Choice(name="rule", label="Quand", options=DueRule, required=True, column="shown", width=230),
        Count(name="delay_days", label="Délai", unit="jours ouvrés", high=365, column="shown"),
        Text(name="sanction", label="S’il manque", max_length=200, column="shown", width=220),
        Day(name="since", label="Suivi depuis le", help="Ce qui était dû avant n’est pas réclamé."),
    ),
)

RECEIVED_DOCUMENT = Entity(
    model=ReceivedDocument,
    one="Document reçu",
    many="Documents reçus",
    icon="file-check",
    chips=("contract_id", "state"),
    order_by="due_on",
    descending=True,
    badge="state",
    editable=False,
    from_lists=False,
    fields=(
        CONTRACT,
        Ref(name="due_document_id", label="Document", target="due_document", required=True, column="shown", width=260),
        Text(name="mark", label="Au titre de", required=True, column="available", read_only=True),
        Day(name="due_on", label="Dû le", required=True, column="shown"),
        Choice(
            name="state",
            label="État",
            options=DeliveryState,
            default=DeliveryState.RECEIVED,
            required=True,
            badge=True,
            column="shown",
        ),
        Day(name="received_on", label="Reçu le", column="shown"),
        Text(name="reason", label="Motif", max_length=200, column="shown", width=220),
    ),
)

DUTY = Entity(
    model=Duty,
    one="Obligation",
    many="Obligations",
    gender="f",
    icon="scale",
    chips=("side",),
    order_by="side",
    fields=(
        CONTRACT,
        Choice(name="side", label="Due par", options=Side, required=True, column="shown", width=110),
        Text(name="label", label="Obligation", required=True, max_length=400, column="shown", width=420, suggest=True),
        Text(name="article", label="Article", max_length=40, column="shown", width=90),
    ),
)

GDPR_ITEM = Entity(
    model=GdprItem,
    one="Point RGPD",
    many="Points RGPD",
    icon="shield-check",
    order_by="item",
    editable=False,
    fields=(
        CONTRACT,
        Text(name="item", label="Point", required=True, column="shown", width=160),
        Choice(name="answer", label="Réponse", options=Answer, default=Answer.UNKNOWN, required=True, badge=True,
               column="shown", width=150),
        Text(name="evidence", label="Où c’est écrit", max_length=200, column="shown", width=260),
    ),
)  # fmt: skip

RETURN_ITEM = Entity(
    model=ReturnItem,
    one="Point de réversibilité",
    many="Points de réversibilité",
    icon="log-out",
    chips=("state",),
    brief=("label", "due_on", "state"),
    order_by="due_on",
    fields=(
        CONTRACT,
        Text(name="label", label="À rendre ou à faire", required=True, max_length=300, column="shown", width=380),
        Text(name="owner", label="Responsable", max_length=120, column="shown", width=150, suggest=True),
        Day(name="due_on", label="Échéance", column="shown", deadline=True),
        Choice(name="state", label="État", options=ReturnState, default=ReturnState.TO_DO, required=True, badge=True,
               column="shown", width=120, bulk=True),
        Text(name="proof", label="Preuve", max_length=200, column="shown", width=220),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip
