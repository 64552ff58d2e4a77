"""The « cahier des charges » of a consultation: what every provider answers to (domain.md C.12)."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import PARIS, day, joined, this_day
from app.models import Contract, Person
from app.models.codes import Role
from app.reports.identity import Pair, Stamp
from app.reports.written_data import Block, Chapter, WrittenPaper
from app.services import consultation_chapters as wanted
from app.services import consultation_demands as demands
from app.services.company_card import company_card
from app.services.consultation_chapters import TO_SPECIFY, Request
from app.services.consultation_request import fleet_of, perimeter_of, posts_told
from app.services.consultations import found

CHAPTERS: tuple[tuple[str, Callable[[Request], tuple[Block, ...]]], ...] = (
    ("Contexte et sites", wanted.context),
    ("Parc informatique", wanted.fleet),
    ("Besoins retenus", wanted.needs),
    ("Périmètre et exclusions", wanted.perimeter),
    ("Types de maintenance et niveaux", wanted.kinds),
    ("Prestations demandées", wanted.services),
    ("Niveaux de service demandés", demands.levels),
    ("Sécurité, données personnelles, sauvegardes", demands.security),
    ("Documents et réunions attendus", demands.documents),
    ("Indicateurs", demands.indicators),
    ("Prix\u00a0: grille à remplir", demands.prices),
    ("Reprise et réversibilité", demands.takeover),
    ("Obligation de moyens ou de résultats", demands.obligation),
    ("Critères de choix", demands.criteria),
    ("Calendrier et contenu de la réponse", demands.calendar),
)
LIMITS = (
    "Ce document décrit une demande\u00a0; il ne vaut pas commande. Établi selon une démarche inspirée de NF EN 13306, "
    "NF EN 13269 et NF X 60-000. Il devient une annexe du contrat avec l’offre retenue."
)


def specifications(session: Session, consultation_id: int, stamp: Stamp) -> WrittenPaper:
    """The whole request; what nobody said yet is told as « à préciser »."""
    asked = found(session, consultation_id)
    today = stamp.data_at.astimezone(PARIS).date() if stamp.data_at else this_day()
    project = session.get(Contract, asked.contract_id) if asked.contract_id else None
    told = Request(session, asked, project, fleet_of(session, asked, today), perimeter_of(session, project), today)
    chapters = tuple(Chapter(str(number), title, gather(told)) for number, (title, gather) in enumerate(CHAPTERS, 1))
    return WrittenPaper(
        company=company_card(session),
        stamp=replace(stamp, title="Cahier des charges"),
        subtitle=asked.subject,
        facts=_facts(told),
        chapters=(*chapters, Chapter("A", "Annexe\u00a0: biens à maintenir", wanted.annex(told))),
        limits=LIMITS,
    )


def _facts(told: Request) -> tuple[Pair, ...]:
    asked = told.asked
    return (
        ("Consultation", asked.number),
        ("Objet", asked.subject),
        ("Parc", told.fleet.source),
        ("Biens à maintenir", posts_told(len(told.covered), told.posts)),
        ("Offres attendues", f"au plus tard le {day(asked.answers_until)}" if asked.answers_until else TO_SPECIFY),
        ("Interlocuteur", _contact(told.session)),
    )


def _contact(session: Session) -> str:
    """The manager of the company, with what reaches him."""
    person = session.scalar(
        select(Person).where(Person.role == Role.MANAGER, Person.deleted_at.is_(None)).order_by(Person.id).limit(1)
    )
    if person is None:
        return TO_SPECIFY
    name = joined(person.first_name, person.last_name)
    return joined(name, person.email, person.phone, by=" · ")
