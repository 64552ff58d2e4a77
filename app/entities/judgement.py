"""Objectives, targets, notes of the manager, scorecards, actions decided, the replacement plan (domain.md B, G.2)."""

from collections.abc import Mapping
from typing import Any

from app.entities.base import Entity, Linked, Numbering, Problems
from app.fields import Choice, Count, Day, Derived, Money, Ref, Text
from app.models import (
    BreachNote,
    Improvement,
    IndicatorNote,
    IndicatorTarget,
    Objective,
    PeriodReview,
    Replacement,
    Scorecard,
    ScorecardNote,
)
from app.models.contract_codes import ActionState
from app.models.judgement_codes import Grade, Promise, ReplacementChoice, ScorecardStatus


def _in_order(values: Mapping[str, Any]) -> Problems:
    since, until = values.get("starts_on"), values.get("ends_on")
    return {"ends_on": "La fin précède le début."} if since and until and until < since else {}


OBJECTIVE = Entity(
    model=Objective,
    one="Objectif",
    many="Objectifs",
    icon="flag",
    order_by="title",
    summary="Ce que l’entreprise veut, et que ses indicateurs servent\u00a0: ne jamais arrêter l’atelier, par exemple.",
    unique=("title",),
    linked=(Linked("indicator_target", "objective_id"),),
    fields=(
        Text(name="title", label="Objectif", required=True, max_length=160, column="shown", width=320),
        Derived(name="served", label="Indicateurs qui le servent", words=True, column="shown", width=380,
                help="Se choisit sur la page de chaque indicateur, avec sa cible."),
        Text(name="notes", label="Pourquoi, et comment on le saura", multiline=True, column="shown", width=320),
    ),
)  # fmt: skip

INDICATOR_TARGET = Entity(
    model=IndicatorTarget,
    one="Cible",
    many="Cibles",
    gender="f",
    icon="target",
    chips=("contract_id", "objective_id"),
    order_by="indicator",
    summary="Ce qu’un indicateur doit atteindre, pour toute l’entreprise ou pour un contrat.",
    editable=False,
    from_lists=False,
    fields=(
        Text(name="indicator", label="Indicateur", required=True, column="shown", width=200),
        Ref(name="contract_id", label="Contrat", target="contract", column="shown", width=200),
        Day(name="starts_on", label="À partir du", column="shown"),
        Count(name="value", label="Cible", column="shown", high=10**9),
        Ref(name="objective_id", label="Objectif servi", target="objective", column="shown", width=260),
        Text(name="reason", label="Motif", max_length=200),
    ),
)

INDICATOR_NOTE = Entity(
    model=IndicatorNote,
    one="Remarque",
    many="Remarques",
    gender="f",
    icon="message-square",
    chips=("contract_id",),
    order_by="written_on",
    descending=True,
    summary="Ce que vous savez d’un indicateur sur une période, et que les chiffres ne disent pas.",
    editable=False,
    from_lists=False,
    fields=(
        Text(name="indicator", label="Indicateur", required=True, column="shown", width=160),
        Day(name="starts_on", label="Du", required=True, column="shown"),
        Day(name="ends_on", label="Au", required=True, column="shown"),
        Ref(name="contract_id", label="Contrat", target="contract", column="shown"),
        Text(name="text", label="Remarque", required=True, multiline=True, column="shown", width=420),
        Day(name="written_on", label="Écrite le", required=True, column="shown"),
        Text(name="author", label="Par", max_length=80, column="shown"),
    ),
)

BREACH_NOTE = Entity(
    model=BreachNote,
    one="Explication",
    many="Explications",
    gender="f",
    icon="message-square",
    chips=("promise",),
    order_by="ticket_id",
    descending=True,
    summary="La cause d’un délai manqué, ce que le prestataire en dit, ce qui est décidé.",
    from_lists=False,
    fields=(
        Ref(name="ticket_id", label="Ticket", target="ticket", required=True, column="shown", width=150),
        Choice(name="promise", label="Délai manqué", options=Promise, required=True, column="shown", width=140),
        Text(name="cause", label="Cause retenue", max_length=200, column="shown", width=220, suggest=True),
        Text(name="explanation", label="Explication reçue", multiline=True, column="shown", width=260),
        Day(name="explained_on", label="Reçue le", column="shown"),
        Text(name="decision", label="Décision", max_length=200, column="shown", width=220, suggest=True),
        Text(name="decided_by", label="Décidé par", max_length=80),
        Day(name="decided_on", label="Décidé le"),
    ),
)

PERIOD_REVIEW = Entity(
    model=PeriodReview,
    one="Rapport périodique",
    many="Rapports périodiques",
    icon="file-chart-column",
    chips=("contract_id",),
    order_by="starts_on",
    descending=True,
    numbering=Numbering(prefix="RP", yearly=True, width=2),
    own_page=True,
    opened_apart=True,
    check=_in_order,
    summary="La maintenance sur un mois, un trimestre ou une année\u00a0: les chiffres, et ce qu’il faut décider.",
    from_lists=False,
    linked=(Linked("improvement", "review_id"),),
    fields=(
        Text(name="number", label="N°", column="shown", width=110, read_only=True),
        Day(name="starts_on", label="Du", required=True, column="shown"),
        Day(name="ends_on", label="Au", required=True, column="shown"),
        Ref(name="contract_id", label="Contrat", target="contract", column="shown", width=220,
            help="Vide\u00a0: tous les contrats."),
        Derived(name="issued_at", label="Émis le", moment=True, column="shown", width=130),
        Text(name="takeaways", label="À retenir", multiline=True, column="shown", width=320),
        Text(name="decisions", label="Décisions à prendre", multiline=True, column="never",
             help="Une décision par ligne."),
    ),
)  # fmt: skip

SCORECARD = Entity(
    model=Scorecard,
    one="Fiche contrôle",
    many="Fiches contrôle",
    gender="f",
    icon="award",
    chips=("provider_id", "status"),
    order_by="ends_on",
    descending=True,
    numbering=Numbering(prefix="FC", yearly=True, width=2),
    badge="status",
    own_page=True,
    check=_in_order,
    summary="Noter un prestataire sur des faits, prestation par prestation, et décider de la suite.",
    subtitle=("provider_id",),
    from_lists=False,
    linked=(Linked("improvement", "scorecard_id"),),
    fields=(
        Text(name="number", label="N°", column="shown", width=110, read_only=True),
        Ref(name="provider_id", label="Prestataire", target="provider", required=True, column="shown", width=220),
        Day(name="starts_on", label="Du", required=True, column="shown"),
        Day(name="ends_on", label="Au", required=True, column="shown"),
        Choice(name="status", label="État", options=ScorecardStatus, default=ScorecardStatus.DRAFT, required=True,
               badge=True, column="shown", read_only=True),
        Count(name="score", label="Note sur 100", places=1, high=1000, column="shown", read_only=True),
        Choice(name="grade", label="Classe", options=Grade, badge=True, column="shown", read_only=True),
        Text(name="our_comment", label="Notre commentaire", multiline=True, column="never"),
        Text(name="their_comment", label="Commentaire du prestataire", multiline=True, column="never"),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip

SCORECARD_NOTE = Entity(
    model=ScorecardNote,
    one="Note de critère",
    many="Notes de critères",
    gender="f",
    icon="award",
    order_by="criterion",
    editable=False,
    from_lists=False,
    fields=(
        Ref(name="scorecard_id", label="Fiche contrôle", target="scorecard", required=True, column="shown"),
        Ref(name="contract_id", label="Prestation", target="contract", column="shown"),
        Text(name="criterion", label="Critère", required=True, column="shown"),
        Count(name="weight", label="Poids", unit="%", high=100, column="shown"),
        Count(name="proposed", label="Note mesurée", places=2, high=500, column="shown"),
        Count(name="note", label="Note retenue", places=2, high=500, column="shown"),
        Text(name="reason", label="Avis", multiline=True, column="shown"),
        Text(name="facts", label="Faits", multiline=True, column="never"),
        Count(name="minutes", label="Minutes de travail", column="never"),
    ),
)

IMPROVEMENT = Entity(
    model=Improvement,
    one="Action de progrès",
    many="Actions de progrès",
    gender="f",
    icon="check-check",
    chips=("state",),
    order_by="due_on",
    badge="state",
    summary="Qui fait quoi, pour quand\u00a0: ce qu’un rapport, une fiche contrôle ou une enquête a fait décider.",
    from_lists=False,
    fields=(
        Text(name="label", label="Action", required=True, max_length=300, column="shown", width=340),
        Text(name="owner", label="Qui", required=True, max_length=120, column="shown", width=150, suggest=True),
        Day(name="due_on", label="Pour le", required=True, column="shown", deadline=True, grave=True),
        Choice(name="state", label="État", options=ActionState, default=ActionState.TO_DO, required=True, badge=True,
               column="shown", width=110, bulk=True),
        Day(name="done_on", label="Faite le", column="shown"),
        Text(name="outcome", label="Résultat", max_length=200),
        Ref(name="review_id", label="Rapport périodique", target="period_review", column="shown", width=130),
        Ref(name="scorecard_id", label="Fiche contrôle", target="scorecard", column="shown", width=130),
        Ref(name="survey_id", label="Enquête", target="satisfaction_survey", column="shown", width=130),
    ),
)  # fmt: skip

REPLACEMENT = Entity(
    model=Replacement,
    one="Décision de remplacement",
    many="Décisions de remplacement",
    gender="f",
    icon="replace",
    chips=("choice", "year"),
    order_by="year",
    badge="choice",
    editable=False,
    from_lists=False,
    fields=(
        Ref(name="asset_id", label="Bien", target="asset", required=True, column="shown", width=220),
        Choice(name="choice", label="Décision", options=ReplacementChoice, default=ReplacementChoice.REPLACE,
               required=True, badge=True, column="shown"),
        Count(name="year", label="Année", low=2000, high=2100, column="shown"),
        Money(name="amount", label="Budget HT", column="shown"),
        Text(name="reason", label="Motif", max_length=200, column="shown"),
        Day(name="decided_on", label="Décidé le", column="shown"),
    ),
)  # fmt: skip
