"""Prices per unit, penalties, price indexes and revisions (domain.md C.4, C.6, C.7)."""

from collections.abc import Mapping
from typing import Any

from app.entities.agreements import CONTRACT
from app.entities.base import Entity, Problems
from app.fields import Choice, Count, Day, Flag, Money, Ref, Text
from app.models import IndexValue, Penalty, Revision, UnitPrice
from app.models.codes import FeePeriod, Priority
from app.models.contract_codes import IndexSeries, PenaltyTrigger, PenaltyUnit


def _sound_penalty(values: Mapping[str, Any]) -> Problems:
    named = {one.strip().upper() for one in (values.get("priorities") or "").split(",")} - {""}
    wrong = {"priorities": "Écrivez P1, P2, P3 ou P4, séparées par des virgules."} if named - {*Priority} else {}
    if (values.get("percent") is None) == (values.get("amount") is None):
        return {**wrong, "percent": "Donnez une part du forfait ou un montant, l’un des deux."}
    return wrong


UNIT_PRICE = Entity(
    model=UnitPrice,
    one="Prix unitaire",
    many="Prix unitaires",
    icon="receipt-euro",
    order_by="label",
    fields=(
        CONTRACT,
        Text(name="label", label="Unité", required=True, max_length=120, column="shown", width=220),
        Ref(name="family_id", label="Famille de biens", target="family", column="shown", width=160),
        Flag(name="per_user", label="Par utilisateur", default=False, required=True),
        Money(name="price", label="Prix HT", required=True, column="shown"),
        Choice(name="period", label="Par", options=FeePeriod, column="shown", help="Vide\u00a0: à chaque acte."),
        Day(name="since", label="Depuis le"),
        Day(name="until", label="Jusqu’au"),
    ),
)

PENALTY = Entity(
    model=Penalty,
    one="Pénalité",
    many="Pénalités",
    gender="f",
    icon="scale",
    order_by="trigger",
    check=_sound_penalty,
    fields=(
        CONTRACT,
        Choice(name="trigger", label="Manquement", options=PenaltyTrigger, required=True, column="shown", width=210),
        Text(name="priorities", label="Priorités", max_length=20, column="shown", placeholder="P1, P2",
             help="Vide\u00a0: toutes."),
        Choice(name="unit", label="Comptée", options=PenaltyUnit, default=PenaltyUnit.BREACH, required=True,
               column="shown", width=150),
        Count(name="percent", label="Part du forfait mensuel", unit="%", places=2, high=10_000, column="shown"),
        Money(name="amount", label="Montant HT", column="shown"),
        Count(name="franchise", label="Manquements sans pénalité", high=1000, help="Les premiers de chaque mois."),
        Text(name="notes", label="Précisions", multiline=True, column="never"),
    ),
)  # fmt: skip

INDEX_VALUE = Entity(
    model=IndexValue,
    one="Valeur d’indice",
    many="Valeurs d’indice",
    gender="f",
    icon="chart-column",
    chips=("index_name", "series"),
    order_by="month",
    descending=True,
    summary="Les indices qui servent à réviser vos prix, tapés ou importés\u00a0: rien n’est cherché en ligne.",
    fields=(
        Text(name="index_name", label="Indice", required=True, max_length=60, column="shown", width=140, suggest=True,
             filterable=True),
        Choice(name="series", label="Série", options=IndexSeries, default=IndexSeries.REVISED, required=True,
               column="shown", width=200),
        Day(name="month", label="Mois", monthly=True, required=True, column="shown", placeholder="MM/AAAA"),
        Count(name="value", label="Valeur", places=3, low=1, required=True, column="shown"),
        Day(name="published_on", label="Publiée le", column="shown"),
    ),
)  # fmt: skip

REVISION = Entity(
    model=Revision,
    one="Révision de prix",
    many="Révisions de prix",
    gender="f",
    icon="refresh-cw",
    order_by="effective_on",
    descending=True,
    editable=False,
    fields=(
        CONTRACT,
        Day(name="effective_on", label="À partir du", required=True, column="shown"),
        Count(name="index_from", label="Indice de départ", places=3, required=True, column="shown"),
        Count(name="index_to", label="Indice d’arrivée", places=3, required=True, column="shown"),
        Money(name="fee_before", label="Forfait avant HT", required=True, column="shown"),
        Money(name="fee_after", label="Forfait après HT", required=True, column="shown"),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)
