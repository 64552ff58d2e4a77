"""The needs of technicians, users and buyers (seed 001)."""

from collections.abc import Mapping
from typing import Any

from app.entities.base import Entity, Numbering, Problems
from app.fields import Choice, Day, Ref, Text
from app.models import Need
from app.models.codes import Criticality, Moscow, NeedDecision, NeedFrequency, NeedSource

DECISION = "Décision"


def _rejection_has_a_reason(values: Mapping[str, Any]) -> Problems:
    if values.get("decision") == NeedDecision.REJECTED and not values.get("decision_reason"):
        return {"decision_reason": "Écrivez pourquoi ce besoin est écarté."}
    return {}


NEED = Entity(
    model=Need,
    one="Besoin",
    many="Besoins",
    icon="lightbulb",
    chips=("source", "priority", "decision"),
    order_by="number",
    numbering=Numbering(prefix="B", yearly=True, width=3),
    badge="decision",
    summary="Ce que techniciens, utilisateurs et acheteurs attendent\u00a0: la matière du cahier des charges.",
    subtitle=("source", "person_id", "service"),
    check=_rejection_has_a_reason,
    fields=(
        Text(name="number", label="N°", column="shown", width=104, read_only=True),
        Text(name="statement", label="Besoin", required=True, column="shown", width=340, max_length=300),
        Choice(name="source", label="Exprimé par", options=NeedSource, default=NeedSource.USER, required=True,
               column="shown", width=96, bulk=True),
        Ref(name="person_id", label="Personne", target="person", width=150),
        Text(name="stated_by", label="Autre personne", max_length=120, help="Quelqu’un qui n’est pas dans la liste."),
        Day(name="stated_on", label="Recueilli le"),
        Text(name="service", label="Service", column="shown", width=106, max_length=80, filterable=True, suggest=True,
             bulk=True),
        Ref(name="asset_id", label="Bien concerné", target="asset", width=200),
        Choice(name="criticality", label="Criticité", options=Criticality, bulk=True),
        Choice(name="frequency", label="Fréquence", options=NeedFrequency, column="shown", width=112),
        Text(name="expectation", label="Attente chiffrée", width=220, max_length=200,
             help="Par exemple «\u00a0imprimante rétablie en 4\u00a0h\u00a0»."),
        Choice(name="priority", label="Priorité", options=Moscow, column="shown", width=104, bulk=True, group=DECISION),
        Choice(name="decision", label="Décision", options=NeedDecision, default=NeedDecision.PENDING, required=True,
               badge=True, column="shown", width=120, bulk=True, group=DECISION),
        Text(name="decision_reason", label="Motif", multiline=True, column="never", group=DECISION, bulk=True),
        Day(name="decided_on", label="Décidé le", group=DECISION, bulk=True),
    ),
)  # fmt: skip
