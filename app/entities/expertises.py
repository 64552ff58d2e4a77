"""The expertise of the assets (domain.md A.7)."""

from collections.abc import Mapping
from typing import Any

from app.entities.base import Entity, Linked, Numbering, Problems
from app.fields import Choice, Count, Day, Flag, Moment, Money, Ref, Text
from app.models import Expertise, ExpertiseSheet
from app.models.codes import Condition, ExpertiseStatus, Finding, SheetState, Verdict

CRITERIA = "Critères"
COSTS = "Coûts"
VERDICT = "Verdict"


def _reason_given(values: Mapping[str, Any]) -> Problems:
    if values.get("override") and not values.get("override_reason"):
        return {"override_reason": "Écrivez pourquoi l’expert s’écarte de la règle\u00a0: les deux avis sont gardés."}
    return {}


EXPERTISE = Entity(
    model=Expertise,
    one="Expertise",
    many="Expertises",
    gender="f",
    icon="stethoscope",
    chips=("status",),
    order_by="held_on",
    descending=True,
    numbering=Numbering(prefix="EXP", yearly=True, width=3),
    badge="status",
    summary="L’état de chaque bien, noté par la même règle, pour décider quoi garder, réparer ou remplacer.",
    subtitle=("expert", "provider_id"),
    linked=(Linked("expertise_sheet", "expertise_id", "Biens"),),
    own_page=True,
    fields=(
        Text(name="number", label="N°", column="shown", width=120, read_only=True),
        Text(name="title", label="Objet", required=True, column="shown", width=280, max_length=120),
        Day(name="held_on", label="Date", required=True, column="shown"),
        Text(name="expert", label="Expert", column="shown", width=180, max_length=120, suggest=True),
        Ref(name="provider_id", label="Prestataire", target="provider", column="shown", width=180),
        Choice(name="status", label="État", options=ExpertiseStatus, default=ExpertiseStatus.OPEN, required=True,
               badge=True, column="shown", in_form=False),
        Money(name="annual_price", label="Prix annuel du contrat HT", column="shown", width=190,
              help="Celui du contrat en cours ou proposé\u00a0; il donne l’avis sur la faisabilité."),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip

EXPERTISE_SHEET = Entity(
    model=ExpertiseSheet,
    one="Fiche d’expertise",
    many="Fiches d’expertise",
    gender="f",
    icon="clipboard-check",
    chips=("final_verdict", "state"),
    order_by="asset_id",
    badge="final_verdict",
    subtitle=("expertise_id",),
    check=_reason_given,
    editable=False,
    first_columns=(
        "asset_id", "final_verdict", "score_hundredths", "repair_permille", "maintenance_permille", "rule",
        "previous_verdict", "state",
    ),
    fields=(
        Ref(name="asset_id", label="Bien", target="asset", required=True, column="shown", width=220),
        Ref(name="expertise_id", label="Expertise", target="expertise", required=True, width=200),
        Choice(name="final_verdict", label="Verdict", options=Verdict, letter=True, column="shown", width=130,
               group=VERDICT),
        Count(name="score_hundredths", label="Score", high=10_000, places=2, column="shown", width=70, group=VERDICT,
              help="De 0 à 100 : les six notes, chacune selon son poids."),
        Count(name="repair_permille", label="R (%)", high=1_000_000_000, places=1, column="shown", width=70,
              group=VERDICT, help="R : remise en état ÷ valeur de remplacement."),
        Count(name="maintenance_permille", label="M (%)", high=1_000_000_000, places=1, column="shown", width=70,
              group=VERDICT, help="M : maintenance sur 12 mois ÷ valeur de remplacement."),
        Text(name="rule", label="Règle appliquée", multiline=True, width=260, group=VERDICT),
        Choice(name="verdict", label="Verdict de la règle", options=Verdict, letter=True, width=130, group=VERDICT),
        Choice(name="override", label="Avis de l’expert", options=Verdict, letter=True, width=130, group=VERDICT),
        Text(name="override_reason", label="Motif de l’expert", multiline=True, column="never", group=VERDICT),
        Choice(name="previous_verdict", label="Avant", options=Verdict, letter=True, column="shown", width=130,
               group=VERDICT, help="À l’expertise précédente."),
        Count(name="previous_hundredths", label="Score d’avant", high=10_000, places=2, width=90, group=VERDICT),
        Choice(name="state", label="Avancement", options=SheetState, default=SheetState.TO_DO, required=True,
               badge=True, column="shown", width=120),
        Choice(name="condition", label="État", options=Condition, group=CRITERIA),
        Count(name="age_note", label="Note d’âge", high=4, group=CRITERIA),
        Count(name="support_note", label="Note de support", high=4, group=CRITERIA),
        Count(name="failures_note", label="Note de pannes", high=4, group=CRITERIA),
        Count(name="parts_note", label="Note de pièces", high=4, group=CRITERIA),
        Count(name="fit_note", label="Note d’adéquation", high=4, group=CRITERIA),
        Flag(name="support_unknown", label="Support à vérifier", default=False, group=CRITERIA),
        Flag(name="networked", label="Relié au réseau", group=CRITERIA),
        Flag(name="isolated", label="Isolement écrit", group=CRITERIA),
        Money(name="repair_cost", label="Remise en état HT", column="shown", width=126, total=True, group=COSTS),
        Money(name="replacement_value", label="Remplacement HT", total=True, group=COSTS),
        Money(name="maintenance_cost", label="Maintenance sur 12 mois HT", total=True, group=COSTS),
        Choice(name="finding", label="Constat", options=Finding),
        Day(name="seen_on", label="Vu le"),
        Day(name="renew_on", label="À remplacer avant", width=120),
        Text(name="observations", label="Observations", multiline=True, column="never"),
        Text(name="action", label="Action proposée", multiline=True, column="never"),
        Moment(name="assessed_at", label="Évalué le", width=130),
        Text(name="assessed_by", label="Évalué par"),
    ),
)  # fmt: skip
