"""What article 28 of the RGPD asks a contract to say, in fourteen points, and what this one says (domain.md C.10)."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.codes import Code
from app.entities.agreements import GDPR_ITEM
from app.errors import NotFound
from app.fields import clean_line
from app.models import GdprItem
from app.models.contract_codes import Answer
from app.services import records
from app.services.amendments import found

CLAUSE = "donnees"
NO_ACCESS = "Le prestataire n’accède à aucune donnée personnelle."
DESCRIBES, BINDS = "Ce que le contrat décrit", "Ce à quoi le prestataire s’engage"


@dataclass(frozen=True, slots=True)
class Point:
    """One box: what must be written, and what its absence costs."""

    key: str
    part: str
    text: str
    why: str


POINTS = (
    Point("object", DESCRIBES, "Pour quoi faire il accède aux données",
          "Sans objet écrit, tout usage peut se discuter."),
    Point("duration", DESCRIBES, "Pendant combien de temps", "Une durée absente a été reprochée par la CNIL."),
    Point("purpose", DESCRIBES, "De quelle façon et dans quel but\u00a0: dépannage, sauvegarde, hébergement…",
          "Le but borne ce qu’il peut faire des données."),
    Point("data", DESCRIBES, "Quelles sortes de données\u00a0: noms, adresses, journaux de connexion…",
          "On ne protège bien que ce qu’on a nommé."),
    Point("people", DESCRIBES, "De qui\u00a0: salariés, clients, candidats…",
          "Ces personnes ont des droits que vous devrez servir."),
    Point("duties", DESCRIBES, "Vos droits et obligations comme responsable",
          "Vous restez responsable devant les personnes et la CNIL."),
    Point("instructions", BINDS, "Il n’agit que sur vos instructions écrites, transferts hors d’Europe compris",
          "Sinon il décide à votre place, et vous en répondez. Faites écrire le lieu d’hébergement."),
    Point("confidentiality", BINDS, "Ses techniciens sont tenus au secret",
          "Ils voient les écrans et les dossiers de vos salariés."),
    Point("security", BINDS, "Ses mesures de sécurité, en détail",
          "Une formule générale ne suffit pas\u00a0: comptes nommés, double authentification, chiffrement."),
    Point("subprocessors", BINDS, "Il ne sous-traite pas sans votre accord, et aux mêmes conditions",
          "Vos données peuvent sinon passer chez un inconnu."),
    Point("rights", BINDS, "Il vous aide à répondre aux personnes",
          "Vous avez un mois pour répondre à une demande d’accès ou d’effacement."),
    Point("breach", BINDS, "Il vous alerte d’une fuite assez vite, par exemple sous 24\u00a0h",
          "Vous n’avez que 72\u00a0h pour la notifier à la CNIL."),
    Point("return", BINDS, "Il rend ou efface les données à la fin, et le prouve",
          "Sans cela, une copie reste chez un ancien prestataire."),
    Point("audit", BINDS, "Il vous informe, se laisse contrôler et tient son registre",
          "Sans droit de contrôle, vous ne pouvez rien prouver."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answered:
    """A point and the answer of one contract; `evidence` says where it is written."""

    point: Point
    answer: Answer
    evidence: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """`percent` of the points that apply, None when none does; `unknown` are still to be looked for."""

    answers: tuple[Answered, ...]
    percent: int | None
    missing: int
    unknown: int

    @property
    def no_access(self) -> bool:
        return self.percent is None


def checklist(session: Session, contract_id: int) -> Checklist:
    """Every point, those never answered « À vérifier »."""
    found(session, contract_id)
    kept = _kept(session, contract_id)
    answers = tuple(
        Answered(point, kept[point.key].answer, kept[point.key].evidence or "")
        if point.key in kept
        else Answered(point, Answer.UNKNOWN, "")
        for point in POINTS
    )
    given = [one.answer for one in answers]
    applies = len(given) - given.count(Answer.NOT_APPLICABLE)
    percent = 100 * given.count(Answer.YES) // applies if applies else None
    return Checklist(answers, percent, given.count(Answer.NO), given.count(Answer.UNKNOWN))


def answer(session: Session, contract_id: int, key: str, given: Code | str, evidence: str | None = None) -> None:
    """Answer one point; `evidence` None leaves what was written."""
    if key not in {point.key for point in POINTS}:
        raise NotFound("Ce point n’est pas dans la liste.")
    values: dict[str, object] = {"answer": Answer.of(given)}
    if evidence is not None:
        values["evidence"] = clean_line(evidence) or None
    kept = _kept(session, contract_id).get(key)
    if kept is None:
        records.create(session, GDPR_ITEM, {"contract_id": contract_id, "item": key, **values})
    else:
        records.update(session, GDPR_ITEM, kept.id, values)


def without_access(session: Session, contract_id: int) -> None:
    """Nothing of the list applies: the provider sees no data of people."""
    for point in POINTS:
        answer(session, contract_id, point.key, Answer.NOT_APPLICABLE, NO_ACCESS)


def with_access(session: Session, contract_id: int) -> None:
    """The provider sees data of people after all: what was set aside is to be looked for again."""
    for one in checklist(session, contract_id).answers:
        if one.answer == Answer.NOT_APPLICABLE:
            answer(session, contract_id, one.point.key, Answer.UNKNOWN, "")


def _kept(session: Session, contract_id: int) -> Mapping[str, GdprItem]:
    own = select(GdprItem).where(GdprItem.contract_id == contract_id, GdprItem.deleted_at.is_(None))
    return {one.item: one for one in session.scalars(own)}
