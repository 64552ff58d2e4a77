"""Dates that the manager adds by hand, and deadlines dealt with (services.deadlines works out all the others)."""

from app.entities.base import Entity
from app.fields import Choice, Count, Day, Text
from app.models import Handled, Reminder
from app.models.deadline_codes import DeadlineKind

REMINDER = Entity(
    model=Reminder,
    one="Rappel",
    many="Rappels",
    icon="calendar-clock",
    order_by="due_on",
    summary="Les dates que vous ajoutez vous-même à l’échéancier.",
    fields=(
        Text(name="label", label="Objet", required=True, max_length=160, column="shown", width=300),
        Day(name="due_on", label="Échéance", required=True, column="shown", deadline=True, grave=True),
        Count(name="lead_days", label="Prévenir", unit="jours avant", high=730, default=30, required=True,
              column="shown"),
        Text(name="consequence", label="Si rien n’est fait", max_length=200, column="shown", width=260),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip

HANDLED = Entity(
    model=Handled,
    one="Échéance traitée",
    many="Échéances traitées",
    gender="f",
    icon="check",
    order_by="handled_on",
    descending=True,
    editable=False,
    fields=(
        Text(name="label", label="Échéance", required=True, max_length=200, column="shown", width=300),
        Choice(name="kind", label="Type", options=DeadlineKind, required=True, column="shown"),
        Day(name="due_on", label="Date", required=True, column="shown"),
        Day(name="handled_on", label="Traitée le", required=True, column="shown"),
        Text(name="reason", label="Comment", required=True, max_length=400, column="shown", width=320),
        Text(name="mark", label="Repère", required=True, max_length=200, column="never"),
        Text(name="line", label="Ligne", required=True, max_length=200, column="never"),
        Text(name="entity", label="Liste", required=True, max_length=40, column="never"),
        Count(name="record_id", label="Fiche", required=True, column="never"),
    ),
)  # fmt: skip
