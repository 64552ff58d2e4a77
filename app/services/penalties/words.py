"""What the penalties of a month say in French: how they are counted, and what is written to the provider (C.7)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import MISSING, PARIS, amount, counted, day, duration, joined, lowered, moment, month_words, number
from app.models import Contract, Penalty
from app.models.contract_codes import PenaltyForm, PenaltyTrigger, PenaltyUnit
from app.services import letter, mail
from app.services.penalties.breach import DAY, Late
from app.services.penalties.late import TOLD
from app.services.penalties.months import Line, Month

NO_PENALTY = "Ce contrat ne prévoit aucune pénalité\u00a0: un retard ne coûte rien au prestataire."
BY_HAND = (
    "Les pénalités de ce contrat ne tiennent ni aux délais des tickets, ni aux documents attendus, ni au "
    "préventif\u00a0: notez celles que vous réclamez dans la liste des pénalités réclamées."
)
ALL_HELD = "Aucun délai manqué parmi ceux que ce contrat pénalise."
NO_FEE = "Une part du forfait ne se calcule pas\u00a0: écrivez d’abord le prix du contrat."


def standing(session: Session, contract_id: int) -> str:
    """Why the contract has nothing to claim: no penalty, none that the program finds, or no delay missed."""
    kept = select(Penalty.trigger).where(Penalty.contract_id == contract_id, Penalty.deleted_at.is_(None))
    triggers = set(session.scalars(kept))
    if not triggers:
        return NO_PENALTY
    return ALL_HELD if triggers & set(TOLD) else BY_HAND


def how(month: Month) -> str:
    """« 6 manquements, dont 1 sans pénalité (franchise) · 72,00 €, ramenés à 67,50 € par le plafond »."""
    if any(line.cents is None for line in month.lines):
        return NO_FEE
    if not month.lines:
        return "Réclamée à la main, sans manquement relevé."
    free = sum(line.cents == 0 for line in month.lines)
    running = sum(line.late.done is None for line in month.lines)
    told = counted(len(month.lines), "manquement")
    if free == len(month.lines):
        return f"{told}, sans pénalité par la franchise du contrat."
    told += f", dont {number(free)} sans pénalité (franchise)" if free else ""
    told += f", dont {number(running)} encore en cours" if running else ""
    cost = amount(month.bare)
    if month.owed < month.bare:
        cost += f", ramenés à {amount(month.owed)} par le plafond"
    return f"{told} · {cost}."


def late_words(line: Line) -> str:
    """« 3 h 10 », « 2 jours »: in the unit that costs."""
    if line.late.by_day or line.late.penalty.unit == PenaltyUnit.DAY:
        return counted(-(-line.late.minutes // DAY), "jour")
    return duration(line.late.minutes)


def demand(session: Session, month: Month) -> bytes:
    """A draft e-mail that asks the provider for them, breach by breach; nothing leaves without the user."""
    contract = session.get_one(Contract, month.contract_id)
    subject = f"Pénalités de {month_words(month.month)}, contrat {contract.number}"
    form = "par un avoir"
    if contract.penalty_form == PenaltyForm.DEDUCTION:
        form = "par une déduction sur votre prochaine facture"
    lines = [_line(one) for one in month.lines if one.cents]
    total = f"Total\u00a0: {amount(month.left)}"
    if month.owed < month.bare:
        total += f", après le plafond du contrat ({amount(month.bare)} avant)"
    reference = joined(
        contract.number, contract.provider_reference and f"(votre référence {contract.provider_reference})"
    )
    body = "\n".join((
        "Bonjour,", "",
        f"Les délais suivants, promis par le contrat {reference}, ont été dépassés en {month_words(month.month)}.",
        f"Nous vous demandons de régler les pénalités prévues, {form}.", "",
        *lines, "", f"{total}.", "",
        "Sans contestation motivée de votre part sous quinze jours, nous considérerons ce décompte comme accepté.",
        "", "Cordialement,", "",
    ))  # fmt: skip
    return mail.draft(subject, body, to=letter.address(session, contract.id))


def _line(line: Line) -> str:
    """« - T-2026-0118, Plus d’accès au serveur : rétablissement en retard de 3 h, dû le …, fait le … : 9,00 € »."""
    one = line.late
    what, due, done = lowered(one.penalty.trigger.label), "dû", "fait"
    if one.penalty.trigger == PenaltyTrigger.PREVENTIVE:
        what, due, done = "visite préventive en retard", "due", "faite"
    named = joined(one.number if one.number != MISSING else "", one.subject, by=", ")
    return (
        f"- {named}\u00a0: {what} de {late_words(line)}, {due} le {at_words(one, one.due)}, "
        f"{done} le {at_words(one, one.done)}\u00a0: {amount(line.cents)}"
    )


def at_words(one: Late, at: datetime | None) -> str:
    """« 15/06/2026 16:00 », the day alone of what is due on a day."""
    return day(at.astimezone(PARIS).date() if at else None) if one.by_day else moment(at)
