"""What a provider lends, as small dialogs: received for a ticket, given back."""

from dataclasses import replace

from app.entities import ENTITIES
from app.fields import this_day
from app.services import loaners
from app.ui.pages.acts import Act

LOANER = ENTITIES["loaner"]
LENT = ("label", "serial", "lent_on", "due_on", "person_id", "condition_out")


def lend(ticket_id: int) -> Act:
    return Act(
        title="Matériel de prêt",
        verb="Noter le prêt",
        icon="hand-coins",
        intro="Ce que le prestataire laisse pendant la réparation. Sans date, il est à rendre une fois le ticket fini.",
        fields=tuple(LOANER.field(name) for name in LENT),
        start={"lent_on": this_day()},
        run=lambda s, v: loaners.lend(s, {"ticket_id": ticket_id, **{name: v[name] for name in LENT}}),
        told="Matériel de prêt noté",
    )


def give_back(loaner_id: int, label: str) -> Act:
    fields = (replace(LOANER.field("returned_on"), required=True), LOANER.field("condition_in"))
    return Act(
        title="Retour du matériel de prêt",
        verb="Noter le retour",
        icon="package-check",
        intro=f"{label} retourne au prestataire.",
        fields=fields,
        start={"returned_on": this_day()},
        run=lambda s, v: loaners.give_back(s, loaner_id, v["returned_on"], v["condition_in"]),
        told=f"{label} rendu",
    )
