"""Meetings with a provider and the actions they decide (domain.md C.12)."""

from collections.abc import Mapping
from typing import Any

from app.entities.base import Entity, Linked, Numbering, Problems
from app.fields import PARIS, Choice, Day, Moment, Ref, Text
from app.models import Meeting, MeetingAction
from app.models.contract_codes import ActionState, MeetingKind, MeetingStatus

PERIOD = "Période passée en revue"


def _held_tells_the_next(values: Mapping[str, Any]) -> Problems:
    problems: Problems = {}
    since, until = values.get("since"), values.get("until")
    if since and until and until < since:
        problems["until"] = "La fin précède le début."
    ends = values.get("kind") == MeetingKind.EXIT
    begins, following = values.get("starts_at"), values.get("next_on")
    if begins and following and following <= begins.astimezone(PARIS).date():
        problems["next_on"] = "La prochaine réunion vient après celle-ci."
    if values.get("status") == MeetingStatus.HELD and values.get("next_on") is None and not ends:
        problems["next_on"] = "Fixez la prochaine réunion\u00a0: sans date, elle ne se tiendra pas."
    return problems


MEETING = Entity(
    model=Meeting,
    one="Réunion",
    many="Réunions",
    gender="f",
    icon="users",
    chips=("contract_id", "status", "kind"),
    order_by="starts_at",
    descending=True,
    numbering=Numbering(prefix="RE", yearly=True, width=2),
    badge="status",
    check=_held_tells_the_next,
    summary="Faire le point avec le prestataire, écrire ce qui est décidé, et le suivre jusqu’à la fois suivante.",
    subtitle=("contract_id", "kind"),
    linked=(Linked("meeting_action", "meeting_id"),),
    own_page=True,
    fields=(
        Text(name="number", label="N°", column="shown", width=110, read_only=True),
        Ref(name="contract_id", label="Contrat", target="contract", required=True, column="shown", width=220),
        Choice(name="kind", label="Nature", options=MeetingKind, default=MeetingKind.REVIEW, required=True,
               column="shown", width=140),
        Choice(name="status", label="État", options=MeetingStatus, default=MeetingStatus.PLANNED, required=True,
               badge=True, column="shown"),
        Text(name="subject", label="Objet", required=True, max_length=160, column="shown", width=240),
        Moment(name="starts_at", label="Date et heure", required=True, column="shown", width=140),
        Text(name="place", label="Lieu ou lien", max_length=160),
        Text(name="participants", label="Participants", multiline=True, column="never", help="Une personne par ligne."),
        Text(name="excused", label="Excusés", max_length=200),
        Day(name="since", label="Du", group=PERIOD),
        Day(name="until", label="Au", group=PERIOD),
        Text(name="agenda", label="Ordre du jour", multiline=True, column="never", help="Un point par ligne."),
        Text(name="minutes", label="Ce qui a été dit", multiline=True, column="never"),
        Text(name="decisions", label="Décisions", multiline=True, column="never", help="Une décision par ligne."),
        Day(name="next_on", label="Prochaine réunion", column="shown", deadline=True),
    ),
)  # fmt: skip

MEETING_ACTION = Entity(
    model=MeetingAction,
    one="Action",
    many="Actions",
    gender="f",
    icon="check-check",
    chips=("contract_id", "state"),
    order_by="due_on",
    badge="state",
    summary="Qui fait quoi, pour quand\u00a0: suivi de réunion en réunion.",
    fields=(
        Ref(name="meeting_id", label="Réunion", target="meeting", required=True, column="shown", width=170),
        Ref(name="contract_id", label="Contrat", target="contract", required=True, column="available"),
        Text(name="label", label="Action", required=True, max_length=300, column="shown", width=320),
        Text(name="owner", label="Qui", required=True, max_length=120, column="shown", width=140, suggest=True),
        Day(name="due_on", label="Pour le", required=True, column="shown", deadline=True, grave=True),
        Choice(name="state", label="État", options=ActionState, default=ActionState.TO_DO, required=True, badge=True,
               column="shown", width=110, bulk=True),
        Day(name="done_on", label="Faite le", column="shown"),
        Text(name="outcome", label="Résultat", max_length=200),
    ),
)  # fmt: skip
