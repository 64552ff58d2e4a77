"""The acts offered on the page of a ticket, by its state: their words, their fields, their use case."""

from typing import Any

from app.entities import ENTITIES
from app.fields import Choice, Flag
from app.services import tickets
from app.services.ticket_sheet import WaitChoice
from app.ui.pages.acts import AT, AUTHOR, Act, Option, words

TICKET = ENTITIES["ticket"]
_HOW = TICKET.field("resolution")
assert isinstance(_HOW, Choice)  # noqa: S101 - the entity declares it so
FINAL, AROUND = _HOW.options
AROUND_TOLD = {
    True: "L’horloge s’arrête\u00a0: un contournement vaut rétablissement.",
    False: "L’horloge continue\u00a0: le contrat demande la solution définitive.",
    None: "L’horloge s’arrête, sauf si le contrat demande la solution définitive.",
}
BACK_UP = Flag(
    name="back_up",
    label="Le bien fonctionne de nouveau",
    help="Sans réponse\u00a0: oui avec la solution définitive, non avec un contournement.",
)


def take(ticket_id: int) -> Act:
    return Act(
        title="Prise en charge",
        verb="Prendre en charge",
        icon="user-check",
        intro="Le premier geste d’une personne sur ce ticket. Un accusé de réception automatique n’en est pas un.",
        fields=(AT, AUTHOR, words("Ce qui a été fait")),
        run=lambda s, v: tickets.take(s, ticket_id, v["at"], author=v["author"], text=v["text"]),
        told="Ticket pris en charge",
    )


def arrive(ticket_id: int) -> Act:
    return Act(
        title="Arrivée sur site",
        verb="Noter l’arrivée",
        icon="map-pin",
        fields=(AT, AUTHOR, words("Remarque")),
        run=lambda s, v: tickets.arrive(s, ticket_id, v["at"], author=v["author"], text=v["text"]),
        told="Arrivée sur site notée",
    )


def contact(ticket_id: int) -> Act:
    return Act(
        title="Contact",
        verb="Noter le contact",
        icon="phone",
        intro="Un appel ou un message, dans un sens ou dans l’autre.",
        fields=(AT, AUTHOR, words("Ce qui s’est dit", required=True)),
        run=lambda s, v: tickets.contact(s, ticket_id, v["at"], v["text"], author=v["author"]),
        told="Contact noté",
    )


def resolve(ticket_id: int, *, around_stops: bool | None = None, down: bool = True) -> Act:
    """`around_stops`: a workaround restores the service, by the contract; None if it was not read. `down`: the asset
    may be out of order."""
    return Act(
        title="Rétablissement",
        verb="Résoudre",
        question="Comment le service est-il rétabli\u00a0?",
        options=[
            Option(FINAL, FINAL.label, "", "L’horloge s’arrête à cette heure."),
            Option(AROUND, f"{AROUND.label}, en attendant mieux", "", AROUND_TOLD[around_stops]),
        ],
        taken=0,
        fields=(AT, AUTHOR, *([BACK_UP] if down else []), words("Comment", hint="Obligatoire pour un contournement.")),
        run=lambda s, v: tickets.resolve(
            s, ticket_id, v["at"], resolution=v["option"], back_up=v.get("back_up"), author=v["author"], text=v["text"]
        ),
        told="Rétablissement noté",
    )


def finalise(ticket_id: int, *, restores: bool, down: bool) -> Act:
    """`restores`: by the contract, this alone restores the service."""
    intro = "L’horloge s’arrête à cette heure." if restores else "Le service était déjà rétabli par un contournement."
    return Act(
        title="Solution définitive",
        verb="Noter la solution",
        intro=f"Ce qui remplace le contournement. {intro}",
        fields=(AT, AUTHOR, *([BACK_UP] if down else []), words("Ce qui a été fait", required=True)),
        run=lambda s, v: tickets.finalise(
            s, ticket_id, v["at"], v["text"], v["author"], back_up=v.get("back_up") is not False
        ),
        told="Solution définitive notée",
    )


def close(ticket_id: int) -> Act:
    return Act(
        title="Clôture",
        verb="Clore",
        icon="check-check",
        intro="Le demandeur confirme, ou n’a rien répondu. Les délais du ticket ne changeront plus.",
        fields=(AT, AUTHOR, words("Remarque")),
        run=lambda s, v: tickets.close(s, ticket_id, v["at"], author=v["author"], text=v["text"]),
        told="Ticket clos",
    )


def reopen(ticket_id: int) -> Act:
    return Act(
        title="Réouverture",
        verb="Rouvrir",
        icon="rotate-ccw",
        intro="Le même trouble est revenu. Le temps entre le rétablissement et cette heure n’est pas compté.",
        fields=(AT, AUTHOR, words("Ce qui est revenu", required=True)),
        run=lambda s, v: tickets.reopen(s, ticket_id, v["at"], v["text"], author=v["author"]),
        told="Ticket rouvert",
    )


def suspend(ticket_id: int, choices: list[WaitChoice], who: str) -> Act:
    options = [
        Option(one.reason, one.reason.label, "arrête l’horloge" if one.stops else "l’horloge continue", one.why)
        for one in choices
    ]
    return Act(
        title="Mise en attente",
        verb="Mettre en attente",
        icon="pause",
        question="Qu’attendez-vous\u00a0?",
        options=options,
        fields=(
            AT,
            AUTHOR,
            words("Détail", hint="La question posée, la date convenue\u00a0; obligatoire pour la force majeure."),
        ),
        start={"author": who},
        run=lambda s, v: tickets.start_wait(s, ticket_id, v["at"], v["option"], v["text"], v["author"]),
        told="Ticket mis en attente",
    )


def resume(ticket_id: int) -> Act:
    return Act(
        title="Reprise",
        verb="Relancer",
        icon="play",
        intro="Toutes les attentes en cours prennent fin à cette heure.",
        fields=(AT, AUTHOR, words("Ce qui est arrivé")),
        run=lambda s, v: tickets.end_wait(s, ticket_id, v["at"], author=v["author"], text=v["text"]),
        told="Ticket relancé",
    )


def change_priority(ticket_id: int, now: Any) -> Act:
    declared = TICKET.field("priority")
    options = declared.options if isinstance(declared, Choice) else type(now)
    return Act(
        title="Changement de priorité",
        verb="Changer la priorité",
        intro="Les délais sont recomptés depuis l’ouverture, avec les engagements de la nouvelle priorité.",
        fields=(
            AT,
            Choice(name="priority", label="Priorité", options=options, required=True),
            words("Pourquoi", required=True),
        ),
        start={"priority": now},
        run=lambda s, v: tickets.change_priority(s, ticket_id, v["at"], v["priority"], v["text"]),
        told="Priorité changée",
    )
