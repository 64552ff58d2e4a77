"""The questionnaire of needs: its questions, by who answers, and what one printing is made of (seed 001)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.reports.identity import CompanyCard, Stamp

ANOTHER = "Un autre besoin\u00a0?"
QUESTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "technician": (
            "Quelles pannes reviennent, et qu’est-ce qui les éviterait\u00a0?",
            "Quel matériel ou quel système faut-il remplacer ou mettre à jour, et avant quand\u00a0?",
            "Que manque-t-il pour intervenir vite\u00a0: accès, pièces, documentation, outils\u00a0?",
            "Quels délais d’intervention faut-il pour les biens dont l’arrêt arrête l’entreprise\u00a0?",
            ANOTHER,
        ),
        "user": (
            "Qu’est-ce qui vous fait perdre du temps avec l’informatique\u00a0?",
            "De quoi ne pouvez-vous pas vous passer, même une heure\u00a0?",
            "Que voudriez-vous pouvoir faire, que votre poste ou vos logiciels ne permettent pas\u00a0?",
            "Qu’attendez-vous de l’assistance quand vous êtes bloqué\u00a0?",
            ANOTHER,
        ),
        "buyer": (
            "Quel budget par an, et sous quelle forme\u00a0: forfait, à l’acte, banque d’heures\u00a0?",
            "Quels délais de livraison et quelles garanties attendez-vous\u00a0?",
            "Que doit contenir le contrat\u00a0: durée, préavis, pénalités, comptes rendus\u00a0?",
            "Quels achats ou renouvellements prévoyez-vous dans les trois ans\u00a0?",
            ANOTHER,
        ),
    }
)
"""By who states the need, in the order of the paper, which is that of the entry."""


@dataclass(frozen=True, slots=True)
class NeedsSheet:
    """One page: `source` in words; an empty `name` or `service` is a line to fill."""

    source: str
    questions: tuple[str, ...]
    name: str = ""
    service: str = ""


@dataclass(frozen=True)
class NeedsForms:
    """`before` is a French date or empty, `retention` how long the answers are kept."""

    company: CompanyCard
    stamp: Stamp
    sheets: tuple[NeedsSheet, ...]
    frequencies: tuple[str, ...]
    priorities: tuple[str, ...]
    return_to: str
    before: str
    retention: str
