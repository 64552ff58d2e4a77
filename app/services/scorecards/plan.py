"""The plan of action that a scorecard calls for: one line for each weak point, to be put right by a person (G.2)."""

from datetime import date

from sqlalchemy.orm import Session

from app.services import improvements
from app.services.scorecards.view import Card, CriterionRow

DO = {
    "delays": "Revenir dans les délais promis, et dire comment",
    "quality": "Chercher la cause des pannes qui reviennent",
    "preventive": "Faire les visites manquées et tenir le planning",
    "documents": "Remettre les documents en retard",
    "communication": "Désigner un interlocuteur, et rendre compte à chaque réunion",
    "satisfaction": "Rencontrer les utilisateurs mécontents",
    "prices": "Émettre les avoirs dus et contrôler les factures avant envoi",
    "security": "Mettre en ordre attestations, accès et clauses",
}
LONGEST = 300


def proposed(card: Card) -> list[str]:
    """What is to be done, the weakest point first, with the facts that ask for it."""
    return [_to_do(row) for row in card.to_improve]


def _to_do(row: CriterionRow) -> str:
    told = DO[row.criterion.key] + (f" ({row.facts})" if row.facts else "")
    return told if len(told) <= LONGEST else DO[row.criterion.key]


def add(session: Session, card: Card, due_on: date) -> None:
    """All of them, for the provider to do by that day."""
    for label in proposed(card):
        values = {"label": label, "owner": card.provider, "due_on": due_on}
        improvements.add(session, values, scorecard_id=card.id)
