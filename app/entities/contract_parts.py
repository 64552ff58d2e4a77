"""What hangs on a contract: levels, hours, perimeter, decisions (domain.md C and D)."""

from collections.abc import Mapping
from typing import Any

from app.entities.base import Entity, Problems
from app.fields import Choice, Count, Day, Flag, Minutes, Ref, Text
from app.models import ClosingDay, CoverageSlot, CoveredAsset, CoverRule, NoticeDecision, ServiceLevel
from app.models.codes import Priority
from app.models.contract_codes import Choosing


def _levels_in_order(values: Mapping[str, Any]) -> Problems:
    take, visit, restore = (values.get(f"{name}_minutes") for name in ("take", "on_site", "restore"))
    problems: Problems = {}
    if take is not None and visit is not None and visit < take:
        problems["on_site_minutes"] = "L’intervention sur site est promise avant la prise en charge."
    if take is not None and restore is not None and restore < take:
        problems["restore_minutes"] = "Le rétablissement est promis avant la prise en charge."
    return problems


def _days_in_order(values: Mapping[str, Any]) -> Problems:
    first, last = values.get("first_day"), values.get("last_day")
    return {"last_day": "La fin précède le début."} if first and last and last < first else {}


def _cover_in_order(values: Mapping[str, Any]) -> Problems:
    since, until = values.get("since"), values.get("until")
    return {"until": "La fin précède le début."} if since and until and until < since else {}


def _rule_of_something(values: Mapping[str, Any]) -> Problems:
    if values.get("family_id") is None and values.get("site_id") is None:
        return {"family_id": "Choisissez une famille, un site, ou les deux."}
    return _cover_in_order(values)


SERVICE_LEVEL = Entity(
    model=ServiceLevel,
    one="Niveau de service",
    many="Niveaux de service",
    icon="gauge",
    order_by="priority",
    check=_levels_in_order,
    fields=(
        Ref(name="contract_id", label="Contrat", target="contract", required=True, column="shown", width=220),
        Ref(name="amendment_id", label="Avenant", target="amendment", in_form=False),
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
        Ref(name="amendment_id", label="Avenant", target="amendment", in_form=False),
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
        Ref(name="rule_id", label="Par la règle", target="cover_rule", column="never", in_form=False),
        Flag(name="excluded", label="Exclu", default=False, required=True, in_form=False),
        Text(name="reason", label="Motif", max_length=200),
    ),
)  # fmt: skip

COVER_RULE = Entity(
    model=CoverRule,
    one="Règle de périmètre",
    many="Règles de périmètre",
    gender="f",
    icon="list-filter",
    order_by="since",
    check=_rule_of_something,
    fields=(
        Ref(name="contract_id", label="Contrat", target="contract", required=True, column="shown", width=220),
        Ref(name="family_id", label="Famille", target="family", column="shown", width=170),
        Ref(name="site_id", label="Site", target="site", column="shown", width=170),
        Day(name="since", label="Depuis le", required=True, column="shown"),
        Day(name="until", label="Jusqu’au", column="shown"),
    ),
)

NOTICE_DECISION = Entity(
    model=NoticeDecision,
    one="Décision de préavis",
    many="Décisions de préavis",
    gender="f",
    icon="mail",
    order_by="decided_on",
    descending=True,
    editable=False,
    fields=(
        Ref(name="contract_id", label="Contrat", target="contract", required=True, column="shown", width=220),
        Day(name="period_end", label="Fin de la période", column="shown"),
        Choice(name="choice", label="Décision", options=Choosing, required=True, column="shown"),
        Day(name="decided_on", label="Décidé le", required=True, column="shown"),
        Text(name="decided_by", label="Par", max_length=120, column="shown", width=140),
        Text(name="reason", label="Motif", multiline=True, column="never"),
        Day(name="sent_on", label="Lettre postée le", column="shown"),
        Text(name="tracking", label="N° du recommandé", max_length=40),
        Day(name="presented_on", label="Première présentation le"),
        Day(name="received_on", label="Reçue le", column="shown"),
    ),
)
