"""The forms to hand out: what is known of each intervention, and never an answer (domain.md G.1, papers.md 3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.entities import ENTITIES
from app.errors import NotFound, Refused
from app.fields import NBSP, duration, joined, moment
from app.models import Asset, Contract, Evaluation, Intervention, Person, Site, Ticket
from app.reports.evaluation_form import evaluation_forms
from app.reports.form_data import Facts, FormCopy, Forms
from app.reports.identity import Stamp
from app.services import done_for, preferences
from app.services.company_card import company_card
from app.services.evaluations.expected import expect, of_intervention
from app.services.numbered import by_number, record_named

TITLE = "Fiche d’évaluation après intervention"
PURPOSE = "les réponses servent au suivi du prestataire, conservées {}"
NOT_PRINTED = "Aucune fiche d’évaluation n’a été imprimée pour {}."


@dataclass(frozen=True, slots=True)
class Choices:
    """Several forms at once, by the ids of their evaluations."""

    ids: tuple[int, ...] = ()


def prepare(session: Session, ref: str | None, on: date) -> str:
    """The number of the form to print: that of an intervention or of a form named, a new one without any."""
    if ref and session.scalar(select(Evaluation.id).where(Evaluation.number == ref, Evaluation.deleted_at.is_(None))):
        return ref
    return expect(session, _intervention(session, ref) if ref else None, on)[1]


def named(session: Session, ref: str | None) -> int | None:
    """The form of that number, or of the intervention of that number; None without reference."""
    if not ref:
        return None
    kept = select(Evaluation.id).where(Evaluation.number == ref, Evaluation.deleted_at.is_(None))
    if (found := session.scalar(kept)) is not None:
        return found
    evaluation = of_intervention(session, _intervention(session, ref))
    if evaluation is None:
        raise Refused(NOT_PRINTED.format(ref))
    return evaluation.id


def _intervention(session: Session, ref: str) -> int:
    """NotFound in words that tell both kinds of numbers."""
    try:
        return record_named(session, ENTITIES["intervention"], ref)
    except NotFound:
        return by_number("evaluation")(session, ref)


def forms(session: Session, evaluation_id: int | None, stamp: Stamp, choices: Choices | None = None) -> Forms:
    """One form, or those chosen; without any, one to write its facts and its number on by hand."""
    wanted = choices.ids if choices else () if evaluation_id is None else (evaluation_id,)
    copies = _copies(session, wanted) if wanted else (FormCopy(""),)
    told = Stamp(TITLE, stamp.reference, draft=False)
    retention = PURPOSE.format(preferences.get(session, "evaluation_retention"))
    return evaluation_forms(company_card(session), told, copies, retention)


_HOLDER = aliased(Person)
_COLUMNS = (Evaluation.number, Intervention, Ticket, Contract.number, Asset, Site.name, Person, _HOLDER)


def _copies(session: Session, wanted: Sequence[int]) -> tuple[FormCopy, ...]:
    """In the order asked for; NotFound if one is gone."""
    beside = done_for.beside(
        select(Evaluation.id, *_COLUMNS).outerjoin(Intervention, Intervention.id == Evaluation.intervention_id)
    )
    rows = session.execute(
        beside.outerjoin(Contract, Contract.id == done_for.contract())
        .outerjoin(Asset, Asset.id == done_for.asset())
        .outerjoin(Site, Site.id == Asset.site_id)
        .outerjoin(_HOLDER, _HOLDER.id == Asset.person_id)
        .outerjoin(Person, Person.id == Evaluation.person_id)
        .where(Evaluation.id.in_(wanted), Evaluation.deleted_at.is_(None))
    )
    known = {row[0]: FormCopy(row[1], _facts(*row[2:])) for row in rows}
    if missing := set(wanted) - known.keys():
        raise NotFound(f"{len(missing)}{NBSP}des fiches demandées n’existent plus.")
    return tuple(known[one] for one in wanted)


def _facts(  # noqa: PLR0917 - the columns above, in their order
    done: Intervention | None,
    ticket: Ticket | None,
    contract: str | None,
    asset: Asset | None,
    site: str | None,
    asker: Person | None,
    holder: Person | None,
) -> Facts:
    """Six rows; none for a form printed before its intervention is known."""
    if done is None:
        return ()
    return (
        (
            ("Ticket", ticket.number if ticket else "visite prévue"),
            ("Contrat", contract or "hors contrat"),
            ("Bien", _thing(asset)),
            ("Site", joined(site, asset.room if asset else None, by=", ") or "–"),
        ),
        (
            ("Demandeur", _name(asker or holder)),
            ("Technicien", done.technician or "inconnu"),
            ("Type", joined(done.maintenance_type.label.lower(), done.kind.label.lower(), by=", ")),
            ("Priorité", ticket.priority.value if ticket else "–"),
        ),
        (
            ("Ouverture", moment(ticket.opened_at if ticket else None)),
            ("Arrivée", moment(done.started_at)),
            ("Départ", moment(done.ended_at)),
            ("Durée", _lasted(done)),
        ),
        (("Délais", _delays(ticket)),),
        (("Travaux", _short(done.work_done) or _short(done.diagnosis) or "non relevés"),),
        (("Reste à faire", _short(done.remaining_work) or "rien"),),
    )


def _thing(asset: Asset | None) -> str:
    return joined(asset.number, asset.model, by=", ") if asset else "aucun"


def _name(person: Person | None) -> str:
    return joined(person.first_name, person.last_name) if person else "inconnu"


def _lasted(done: Intervention) -> str:
    if done.ended_at is None:
        return "–"
    minutes = int((done.ended_at - done.started_at).total_seconds() // 60)
    return duration(minutes) + (" + trajet" if done.travel else "")


def _delays(ticket: Ticket | None) -> str:
    """What was promised and what became of it, in words."""
    if ticket is None:
        return "visite prévue, sans délai"
    judged = (("prise en charge", ticket.take_met), ("rétablissement", ticket.restore_met))
    told = [f"{what}\u00a0: {'tenu' if met else 'dépassé'}" for what, met in judged if met is not None]
    return " · ".join(told) or "sans engagement"


def _short(text: str | None) -> str:
    """On one line: the paper cuts what does not hold."""
    return " ; ".join(line.strip() for line in (text or "").splitlines() if line.strip())
