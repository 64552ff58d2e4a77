"""What a consultation asks: the project, the inventory report, the criteria and the price grid (domain.md C.12)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES, Entity
from app.errors import InvalidFields, NotFound, Refused
from app.fields import NBSP, PARIS
from app.models import Consultation, Contract, Criterion, IssuedPaper, Offer, PriceLine
from app.models.codes import ContractStatus
from app.models.contract_codes import ConsultationStatus
from app.rules import offers
from app.rules.notice import add_months
from app.services import contract_start, records
from app.services.contract_start import Answers

CONSULTATION, CONTRACT = ENTITIES["consultation"], ENTITIES["contract"]
CRITERION, PRICE_LINE = ENTITIES["criterion"], ENTITIES["price_line"]
USUAL_CRITERIA = (
    ("Prix", 40, True, "Le total de la grille de prix, hors options."),
    ("Qualité de service et délais", 25, False, "Délais promis, organisation, moyens affectés, suivi."),
    ("Compétence et références", 15, False, "Techniciens, certifications, clients de même taille."),
    ("Réversibilité et sécurité", 10, False, "Reprise, restitution, accès distants, données personnelles."),
    ("Proximité et organisation", 10, False, "Distance, interlocuteurs, remplacements, heures couvertes."),
)
"""Label, weight, whether it is the price, what is judged: the criteria proposed."""
USUAL_REQUEST: dict[str, Any] = {
    "types": ("preventive", "corrective", "assistance"),
    "scope": "all",
    "hours": "office",
    "delays": "usual",
}
"""What a project begins with, to be corrected: three kinds of maintenance, the whole fleet, the hours and delays of
domain.md D.1."""
STARTS_AFTER = 2
"""Months between the making of a project and its first day, if the calendar does not say when the choice is made."""
ALREADY_AWARDED = "Cette consultation est close\u00a0: son offre est déjà retenue."


def found(session: Session, consultation_id: int) -> Consultation:
    kept = session.get(Consultation, consultation_id)
    if kept is None or kept.deleted_at is not None:
        raise NotFound("Cette consultation n’existe plus.")
    return kept


def rows(session: Session, model: Any, consultation_id: int, order: Any = None) -> list[Any]:
    """Criteria, lines, offers or points of a consultation, outside the bin."""
    statement = select(model).where(model.consultation_id == consultation_id, model.deleted_at.is_(None))
    return list(session.scalars(statement.order_by(order if order is not None else model.position, model.id)))


# -- what is asked ----------------------------------------------------------------------------------------------


def create_project(session: Session, consultation_id: int, today: date) -> int:
    """The draft contract that the consultation describes, begun with what is usually asked, and linked to it. Gives its
    id."""
    asked = found(session, consultation_id)
    first = (asked.decided_until or today).replace(day=1)
    starts_on = add_months(first, STARTS_AFTER)
    made = contract_start.create(session, Answers(subject=asked.subject, starts_on=starts_on, **USUAL_REQUEST), today)
    if asked.exclusions:
        records.update(session, CONTRACT, made, {"exclusions": asked.exclusions})
    asked.contract_id = made
    session.flush()
    return made


def link_project(session: Session, consultation_id: int, contract_id: int) -> None:
    """Only a project has terms that are still to be had."""
    if session.get_one(Contract, contract_id).status != ContractStatus.DRAFT:
        raise InvalidFields({"contract_id": "Ce contrat est déjà signé\u00a0: choisissez un projet."})
    records.update(session, CONSULTATION, consultation_id, {"contract_id": contract_id})


@dataclass(frozen=True, slots=True)
class ReportRow:
    """An issued inventory report, « RIE-2026-003, version 2 »."""

    id: int
    label: str
    issued_at: datetime

    @property
    def day(self) -> date:
        return self.issued_at.astimezone(PARIS).date()


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """The project of contract at a glance; `perimeter` in words."""

    id: int
    title: str
    starts_on: date
    services: int
    levels: int
    perimeter: str


def reports(session: Session) -> list[ReportRow]:
    """The issued inventory reports, newest first."""
    kept = session.execute(
        select(IssuedPaper.id, IssuedPaper.reference, IssuedPaper.number, IssuedPaper.issued_at)
        .where(IssuedPaper.kind == "inventaire", IssuedPaper.deleted_at.is_(None))
        .order_by(IssuedPaper.issued_at.desc(), IssuedPaper.id.desc())
    )
    return [ReportRow(one.id, f"{one.reference}, version{NBSP}{one.number}", one.issued_at) for one in kept]


def report_of(session: Session, asked: Consultation) -> ReportRow | None:
    """The inventory report that the consultation refers to: the one chosen, else the last one issued."""
    known = reports(session)
    chosen = [one for one in known if one.id == asked.report_id]
    return next(iter(chosen or known), None)


def choose_report(session: Session, consultation_id: int, report_id: int | None) -> None:
    """None: always the last one."""
    found(session, consultation_id).report_id = report_id
    session.flush()


# -- criteria and price grid ------------------------------------------------------------------------------------


def usual_criteria() -> list[dict[str, Any]]:
    return [
        {"id": None, "label": label, "weight": weight, "is_price": is_price, "meaning": meaning}
        for label, weight, is_price, meaning in USUAL_CRITERIA
    ]


def save_criteria(session: Session, consultation_id: int, lines: Sequence[Mapping[str, Any]]) -> None:
    """All the criteria at once, in their order; a criterion no longer listed goes to the bin with its notes.

    Refused unless their weights total 100 and one of them at most is the price.
    """
    still_open(session, consultation_id)
    weights = [offers.Criterion(i, line["weight"] or 0, bool(line["is_price"])) for i, line in enumerate(lines)]
    if sentence := weights_told(weights):
        raise InvalidFields({"criteria": sentence})
    if sum(one.is_price for one in weights) > 1:
        raise InvalidFields({"criteria": "Un seul critère peut être noté sur le prix."})
    _save_lines(session, CRITERION, consultation_id, lines, "is_price")


def weights_told(criteria: Sequence[offers.Criterion]) -> str:
    """Why these weights cannot do; "" when they total 100."""
    gap = offers.weight_gap(criteria)
    if not gap:
        return ""
    kind = f"il manque{NBSP}{gap}" if gap > 0 else f"il y a{NBSP}{-gap} de trop"
    return f"Les poids font {offers.WHOLE - gap}{NBSP}%{NBSP}: {kind} pour faire 100{NBSP}%."


def save_grid(session: Session, consultation_id: int, lines: Sequence[Mapping[str, Any]]) -> None:
    """All the lines of the price grid at once, in their order; the prices of a line that goes are kept in the bin."""
    still_open(session, consultation_id)
    if lines and all(line["optional"] for line in lines):
        raise InvalidFields({"grid": "Toutes les lignes sont en option\u00a0: il n’y aurait aucun total à comparer."})
    _save_lines(session, PRICE_LINE, consultation_id, lines, "optional")


def is_awarded(session: Session, consultation_id: int) -> bool:
    return found(session, consultation_id).status == ConsultationStatus.AWARDED


def still_open(session: Session, consultation_id: int) -> None:
    """Refused once an offer was chosen."""
    if is_awarded(session, consultation_id):
        raise Refused(ALREADY_AWARDED)


def _save_lines(
    session: Session, entity: Entity, consultation_id: int, lines: Sequence[Mapping[str, Any]], flag: str
) -> None:
    problems: list[str] = []
    kept: list[int] = []
    for position, line in enumerate(lines, 1):
        values = {key: value for key, value in line.items() if key != "id"}
        values |= {"consultation_id": consultation_id, "position": position, flag: bool(line[flag])}
        try:
            kept.append(_save_line(session, entity, line.get("id"), values))
        except InvalidFields as error:
            problems += [f"Ligne {position}\u00a0: {sentence}" for sentence in error.problems.values()]
    if problems:
        raise InvalidFields({"criteria" if entity is CRITERION else "grid": " ".join(problems)})
    gone = [one.id for one in rows(session, entity.model, consultation_id) if one.id not in kept]
    records.to_bin(session, entity, gone, "retiré de la consultation")


def _save_line(session: Session, entity: Entity, line_id: int | None, values: Mapping[str, Any]) -> int:
    if line_id is None:
        return records.create(session, entity, values)
    records.update(session, entity, line_id, values)
    return line_id


def lacking(session: Session, consultation_id: int) -> list[str]:
    """What a request should hold before it leaves, in words that follow « Il manque »."""
    asked = found(session, consultation_id)
    tests = (
        (asked.contract_id, "le projet de contrat qui décrit la demande"),
        (rows(session, Criterion, consultation_id), "les critères de choix"),
        (rows(session, PriceLine, consultation_id), "la grille de prix"),
        (asked.answers_until, "la date de remise des offres"),
        (rows(session, Offer, consultation_id, Offer.id), "les prestataires à consulter"),
    )
    return [words for kept, words in tests if not kept]
