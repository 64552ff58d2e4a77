"""What is done after an intervention: what it leaves to do becomes a ticket, or a visit."""

from typing import Any

from PySide6.QtWidgets import QWidget

from app.errors import InvalidFields
from app.fields import Day, Text
from app.services import follow_ups
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog, Option, this_minute, words

TICKET, VISIT = "ticket", "visit"
OPTIONS = (
    Option(
        TICKET, "Ouvrir un ticket qui suit", "pour ce qui gêne encore", "Il est lié au premier, et chronométré à neuf."
    ),
    Option(VISIT, "Prévoir une visite", "pour ce qui peut attendre", "Elle paraît au planning, et se rappelle à vous."),
)
NO_DAY = "Dites quel jour la visite est prévue."


def follow_up(intervention_id: int, rest: str) -> Act:
    return Act(
        title="Reste à faire",
        verb="Faire suivre",
        icon="arrow-right-left",
        intro="Cette intervention laisse quelque chose à faire\u00a0: décidez maintenant qui le suit.",
        question="Comment le suivre\u00a0?",
        options=OPTIONS,
        taken=0,
        fields=(
            words("À faire", required=True),
            Day(name="on", label="Visite le", help="Pour une visite."),
            Text(name="technician", label="Technicien", max_length=120),
        ),
        start={"text": rest},
        run=lambda s, v: _follow(s, intervention_id, v),
        told="Le reste à faire est suivi",
    )


def _follow(session: Any, intervention_id: int, values: dict[str, Any]) -> int:
    if values["option"] == TICKET:
        return follow_ups.open_ticket(session, intervention_id, this_minute(), values["text"])
    if values["on"] is None:
        raise InvalidFields({"on": NO_DAY})
    return follow_ups.plan_visit(session, intervention_id, values["on"], values["text"], values["technician"])


def open_follow_up(desk: Desk, intervention_id: int, rest: str, parent: QWidget) -> ActDialog:
    dialog = ActDialog(desk, follow_up(intervention_id, rest), parent)
    dialog.open()
    return dialog
