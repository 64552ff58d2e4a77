"""The acts offered on the page of a ticket, by its state: their words, their fields, their use case."""

from typing import Any

from app.entities import ENTITIES
from app.fields import Choice, Ref
from app.services import tickets
from app.services.ticket_sheet import WaitChoice
from app.ui.pages.acts import AT, AUTHOR, Act, Option, words

TICKET = ENTITIES["ticket"]
Values = dict[str, Any]


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


def resolve(ticket_id: int) -> Act:
    return Act(
        title="Rétablissement",
        verb="Résoudre",
        intro="Le service est rétabli, fût-ce par un contournement. L’horloge s’arrête à cette heure.",
        fields=(AT, AUTHOR, words("Comment")),
        run=lambda s, v: tickets.resolve(s, ticket_id, v["at"], author=v["author"], text=v["text"]),
        told="Ticket résolu",
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


def cancel(ticket_id: int) -> Act:
    return Act(
        title="Annulation du ticket",
        verb="Annuler le ticket",
        icon="x",
        intro="Doublon, erreur ou essai. Le ticket reste lisible et ne compte dans aucun indicateur.",
        fields=(AT, AUTHOR, words("Pourquoi", required=True)),
        run=lambda s, v: tickets.cancel(s, ticket_id, v["at"], v["text"], author=v["author"]),
        told="Ticket annulé",
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
        fields=(AT, AUTHOR, words("Détail", hint="La question posée, la pièce commandée, la date convenue.")),
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


def change_asset(ticket_id: int, now: int | None) -> Act:
    return Act(
        title="Changement de bien",
        verb="Changer le bien",
        intro="Le contrat est celui qui couvrait ce bien le jour de l’ouverture. Laissez vide si aucun bien n’est en "
        "cause\u00a0: le ticket est alors hors contrat.",
        fields=(Ref(name="asset_id", label="Bien concerné", target="asset"), AT, words("Pourquoi", required=True)),
        start={"asset_id": now},
        run=lambda s, v: tickets.change_cover(s, ticket_id, v["at"], asset_id=v["asset_id"], text=v["text"]),
        told="Bien changé",
    )
