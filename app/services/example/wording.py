"""The clauses of the contracts: the main one in our words, the printers on the provider's paper, the draft to come."""

from sqlalchemy import select

from app.models import Clause, Contract, ContractClause
from app.models.codes import ContractStatus
from app.services.example.world import Rows, World

LACKING = {
    "etat-initial", "indicateurs", "revision", "penalites", "non-sollicitation", "force-majeure", "reversibilite",
}  # fmt: skip
"""Subjects that the main contract forgot."""
THEIRS = {
    "parties": "1", "objet": "2.1", "perimetre": "3", "correctif": "4.1", "assistance": "4.3", "niveaux": "5",
    "horaires": "5.4", "pieces": "6", "client": "7.2", "prix": "8.1", "revision": "8.3", "paiement": "8.5",
    "responsabilite": "11", "duree": "9.1", "resiliation": "9.4", "litiges": "14",
}  # fmt: skip
"""What the paper of the printers' provider covers, and in which article."""


def write(world: World) -> None:
    library = list(world.session.scalars(select(Clause).order_by(Clause.position)))
    found = world.session.scalars(select(Contract).order_by(Contract.starts_on, Contract.id))
    signed: list[int] = []
    drafts: list[int] = []
    for contract in found:
        (drafts if contract.status == ContractStatus.DRAFT else signed).append(contract.id)
    rows = Rows(world, ContractClause)
    kept = [clause for clause in library if clause.topic not in LACKING]
    for number, clause in enumerate(kept, 1):
        rows.add({**_from(clause, signed[0]), "article": str(number)})
    for clause in library:
        if clause.topic in THEIRS:
            rows.add({**_from(clause, signed[1]), "text": None, "revision": None, "article": THEIRS[clause.topic]})
    for draft in drafts:
        for clause in library:
            if clause.mandatory:
                rows.add(_from(clause, draft))
    rows.write()


def _from(clause: Clause, contract: int) -> dict[str, object]:
    return {
        "contract_id": contract,
        "clause_id": clause.id,
        "revision": clause.revision,
        "position": clause.position,
        "title": clause.title,
        "text": clause.text,
    }
