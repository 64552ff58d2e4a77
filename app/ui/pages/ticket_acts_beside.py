"""Acts on what stands beside the course of a ticket: its asset, its contract, who follows it, other tickets."""

from dataclasses import replace
from typing import Any

from app.entities import ENTITIES
from app.errors import InvalidFields
from app.fields import Choice, Ref, Text
from app.services import ticket_links, tickets
from app.ui.pages.acts import AT, AUTHOR, Act, Option, words

TICKET = ENTITIES["ticket"]
ASSET = Ref(name="asset_id", label="Bien concerné", target="asset", help="Vide\u00a0: aucun bien n’est en cause.")
CONTRACT = Ref(name="contract_id", label="Autre contrat", target="contract")
USUAL, OTHER, NONE = "usual", "other", "none"
UNDER = (
    Option(USUAL, "Celui qui couvre le bien", "d’habitude", "Le contrat en vigueur le jour de l’ouverture."),
    Option(OTHER, "Un autre contrat", "choisi", "Désignez-le ci-dessous\u00a0: il devait être en vigueur ce jour-là."),
    Option(NONE, "Hors contrat", "choisi", "Aucun délai n’est promis\u00a0; il ne compte que dans les volumes."),
)  # fmt: skip


def _another(label: str, help_: str = "") -> Ref:
    return Ref(name="other_id", label=label, target="ticket", help=help_)


def _options(entity: str, name: str) -> Any:
    field = ENTITIES[entity].field(name)
    assert isinstance(field, Choice)  # noqa: S101 - the entity declares it so
    return field.options


def transfer(ticket_id: int, now: str | None) -> Act:
    return Act(
        title="Transfert du ticket",
        verb="Transférer",
        icon="arrow-right-left",
        intro=f"Suivi par {now} jusqu’ici." if now else "Personne ne le suit encore.",
        fields=(Text(name="to", label="À qui", required=True, max_length=120), AT, words("Pourquoi")),
        run=lambda s, v: tickets.transfer(s, ticket_id, v["at"], v["to"], v["text"]),
        told="Ticket transféré",
    )


def down(ticket_id: int) -> Act:
    return Act(
        title="Bien à l’arrêt",
        verb="Noter l’arrêt",
        icon="octagon-x",
        intro="Depuis quand le bien ne fait plus sa fonction, même avant l’appel. Un incident devient alors une panne.",
        fields=(replace(AT, label="À l’arrêt depuis"), AUTHOR, words("Ce qui ne marche plus")),
        run=lambda s, v: tickets.down(s, ticket_id, v["at"], v["text"], v["author"]),
        told="Arrêt du bien noté",
    )


def up(ticket_id: int) -> Act:
    return Act(
        title="Bien remis en service",
        verb="Noter la remise en service",
        icon="circle-check",
        fields=(replace(AT, label="De nouveau en service"), AUTHOR, words("Remarque")),
        run=lambda s, v: tickets.up(s, ticket_id, v["at"], v["text"], v["author"]),
        told="Remise en service notée",
    )


def cancel(ticket_id: int) -> Act:
    reasons = Choice(name="reason", label="Raison", options=_options("ticket", "cancel_reason"), required=True)
    return Act(
        title="Annulation du ticket",
        verb="Annuler le ticket",
        leave="Ne pas l’annuler",
        icon="x",
        intro="Le ticket reste lisible et ne compte dans aucun indicateur.",
        fields=(
            reasons,
            _another("Doublon de quel ticket", "Pour un doublon."),
            AT,
            AUTHOR,
            words("Pourquoi", required=True),
        ),
        run=lambda s, v: tickets.cancel(
            s, ticket_id, v["at"], v["text"], reason=v["reason"], duplicate_of=v["other_id"], author=v["author"]
        ),
        told="Ticket annulé",
    )


def change_cover(ticket_id: int, asset: int | None, contract: int | None, *, chosen: bool) -> Act:
    """`chosen`: the contract was chosen by hand, `contract` being None where none was."""
    return Act(
        title="Bien et contrat du ticket",
        verb="Changer",
        icon="arrow-right-left",
        intro="Les délais sont recomptés depuis l’ouverture, avec les engagements de ce contrat.",
        question="Sous quel contrat\u00a0?",
        options=UNDER,
        taken=0 if not chosen else 1 if contract else 2,
        fields=(ASSET, CONTRACT, AT, AUTHOR, words("Pourquoi", required=True)),
        start={"asset_id": asset, "contract_id": contract if chosen else None},
        run=lambda s, v: _change_cover(s, ticket_id, v),
        told="Bien et contrat changés",
    )


def _change_cover(session: Any, ticket_id: int, values: dict[str, Any]) -> None:
    under, contract = values["option"], values["contract_id"]
    if under == OTHER and contract is None:
        raise InvalidFields({"contract_id": "Désignez le contrat."})
    tickets.change_cover(
        session,
        ticket_id,
        values["at"],
        asset_id=values["asset_id"],
        text=values["text"],
        chosen=under != USUAL,
        contract_id=contract if under == OTHER else None,
        author=values["author"],
    )


def link(ticket_id: int) -> Act:
    kinds = Choice(name="kind", label="Ce ticket est", options=_options("ticket_link", "kind"), required=True)
    return Act(
        title="Lier à un autre ticket",
        verb="Lier",
        icon="link",
        fields=(kinds, Ref(name="other_id", label="Autre ticket", target="ticket", required=True)),
        start={"kind": kinds.options.of("related")},
        run=lambda s, v: ticket_links.link(s, ticket_id, v["other_id"], v["kind"]),
        told="Tickets liés",
    )
