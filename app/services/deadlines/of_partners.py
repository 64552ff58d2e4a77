"""The deadlines of what goes on with providers: documents, accesses, meetings, consultations, what is given back."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, select

from app.fields import PARIS, day, time_of_day
from app.models import AccessGrant, Certificate, Consultation, Meeting, MeetingAction, ReturnItem
from app.models.contract_codes import ActionState, ConsultationStatus, MeetingStatus, ReturnState
from app.models.deadline_codes import DeadlineKind as Kind
from app.rules.vigilance import due_on
from app.services import vigilance
from app.services.deadlines.asking import Ask
from app.services.deadlines.words import Deadline, mark

STILL_OWED = (ReturnState.TO_DO, ReturnState.ASKED, ReturnState.MISSING)
UNDER_WAY = (ConsultationStatus.DRAFT, ConsultationStatus.OPEN, ConsultationStatus.COMPARING)


def certificates(ask: Ask) -> Iterator[Deadline]:
    """The last one of each kind, from which a new one is to be asked for; those that lack (C.8)."""
    replaced = vigilance.superseded(ask.session)
    for held in ask.session.scalars(select(Certificate).where(Certificate.deleted_at.is_(None))):
        due = due_on(held.kind.value, held.issued_on, held.valid_until)
        if due is None or held.id in replaced:
            continue
        name = ask.provider(held.provider_id)
        why = vigilance.LAW.get(held.kind, "À redemander avant cette date.")
        yield Deadline(
            Kind.CERTIFICATE, mark(Kind.CERTIFICATE, held.uuid, due), f"{held.kind.label} de {name}", why, due,
            ask.lead(Kind.CERTIFICATE), "certificate", held.id, provider=name, reference=held.number or "",
        )  # fmt: skip
    yield from _missing(ask)


def _missing(ask: Ask) -> Iterator[Deadline]:
    for wanted in vigilance.demands(ask.session, ask.today, prices=ask.prices):
        if wanted.state == "missing":
            name, uuid = ask.providers[wanted.provider_id]
            yield Deadline(
                Kind.CERTIFICATE, mark(Kind.CERTIFICATE, uuid, wanted.due_on, wanted.kind.value),
                f"{wanted.kind.label} de {name}\u00a0: à demander", wanted.law, wanted.due_on,
                ask.lead(Kind.CERTIFICATE), "provider", wanted.provider_id, provider=name,
            )  # fmt: skip


def accesses(ask: Ask) -> Iterator[Deadline]:
    why = "À garder, à réduire ou à retirer\u00a0: un accès oublié reste ouvert."
    wanted = select(AccessGrant).where(AccessGrant.deleted_at.is_(None), AccessGrant.withdrawn_on.is_(None))
    for one in ask.session.scalars(wanted):
        if due := one.review_on:
            yield Deadline(
                Kind.ACCESS, mark(Kind.ACCESS, one.uuid, due), f"Accès de {one.holder} à {one.target}", why, due,
                ask.lead(Kind.ACCESS), "access_grant", one.id, provider=ask.provider(one.provider_id),
            )  # fmt: skip


def returns(ask: Ask) -> Iterator[Deadline]:
    """What a provider must give back, and has not (C.11)."""
    wanted = select(ReturnItem).where(ReturnItem.deleted_at.is_(None), ReturnItem.state.in_(STILL_OWED))
    for one in ask.session.scalars(wanted):
        number, provider = ask.numbers[one.contract_id]
        why = f"Confié à {one.owner}." if one.owner else "À récupérer et à vérifier avant la fin du contrat."
        if due := one.due_on:
            yield Deadline(
                Kind.RETURN, mark(Kind.RETURN, one.uuid, due), f"{one.label} ({number})", why, due,
                ask.lead(Kind.RETURN), "contract/return", one.contract_id, provider=provider, contract=number,
                reference=number,
            )  # fmt: skip


def consultations(ask: Ask) -> Iterator[Deadline]:
    wanted = select(Consultation).where(Consultation.deleted_at.is_(None), Consultation.status.in_(UNDER_WAY))
    for one in ask.session.scalars(wanted):
        told = (
            ("questions", one.questions_until, "fin des questions des prestataires", "Répondez à tous la même chose."),
            ("answers", one.answers_until, "réception des offres", "Une offre tardive ne se compare pas aux autres."),
            ("decided", one.decided_until, "choix du prestataire", "Une offre ne vaut que jusqu’à sa date limite."),
        )  # fmt: skip
        open_still = one.status != ConsultationStatus.COMPARING
        for part, due, what, why in told:
            if due is not None and (open_still or part == "decided"):
                yield Deadline(
                    Kind.CONSULTATION, mark(Kind.CONSULTATION, one.uuid, due, part), f"{one.number}\u00a0: {what}", why,
                    due, ask.lead(Kind.CONSULTATION), "consultation", one.id, reference=one.number,
                )  # fmt: skip


def meetings(ask: Ask) -> Iterator[Deadline]:
    """Those planned; and the next one agreed at the last one held, until it is planned (C.12)."""
    kept = select(Meeting).where(Meeting.deleted_at.is_(None), Meeting.status != MeetingStatus.CANCELLED)
    latest: dict[int, Meeting] = {}
    for one in ask.session.scalars(kept.order_by(Meeting.starts_at, Meeting.id)):
        latest[one.contract_id] = one
        if one.status == MeetingStatus.PLANNED:
            at = one.starts_at.astimezone(PARIS)
            why = f"À {time_of_day(60 * at.hour + at.minute)}{f', {one.place}' if one.place else ''}."
            yield _meeting(ask, one, at.date(), f"{one.number} {one.subject}", f"Préparez l’ordre du jour. {why}")
    for one in latest.values():
        if one.status == MeetingStatus.HELD and one.next_on is not None:
            why = f"Décidée le {day(one.starts_at.astimezone(PARIS).date())}\u00a0: à convoquer."
            yield _meeting(
                ask, one, one.next_on, f"Réunion suivante de {ask.numbers[one.contract_id][0]}", why, part="next"
            )


def _meeting(ask: Ask, one: Meeting, due: date, title: str, why: str, *, part: str = "") -> Deadline:
    number, provider = ask.numbers[one.contract_id]
    return Deadline(
        Kind.MEETING, mark(Kind.MEETING, one.uuid, due, part), title, why, due, ask.lead(Kind.MEETING), "meeting",
        one.id, provider=provider, contract=number, reference=one.number,
    )  # fmt: skip


def actions(ask: Ask) -> Iterator[Deadline]:
    wanted = (
        select(MeetingAction, func.coalesce(Meeting.number, "").label("meeting"))
        .join(Meeting, Meeting.id == MeetingAction.meeting_id)
        .where(MeetingAction.deleted_at.is_(None), MeetingAction.state == ActionState.TO_DO)
    )
    for one, meeting in ask.session.execute(wanted):
        number, provider = ask.numbers[one.contract_id]
        yield Deadline(
            Kind.ACTION, mark(Kind.ACTION, one.uuid, one.due_on), one.label,
            f"Par {one.owner}, décidé en réunion {meeting}.", one.due_on, ask.lead(Kind.ACTION), "meeting_action",
            one.id, provider=provider, contract=number, reference=meeting,
        )  # fmt: skip
