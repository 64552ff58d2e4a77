"""What the e-mail of each stage of a ticket says, in French: the words of its subject, then its lines."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.codes import Code
from app.fields import brief_moment, duration, joined, lowered, moment
from app.models import Asset, Contract, Intervention, Person, Provider, Site, Ticket
from app.models.codes import EventKind, TicketKind, TicketStatus, WaitReason
from app.models.upkeep_codes import Resolution
from app.services.clock import Deadline, PromiseState
from app.services.interventions import of_ticket
from app.services.journal import acts, course_of

Lines = list[str]
THE = {
    TicketKind.INCIDENT: ("l’incident", ""),
    TicketKind.REQUEST: ("la demande", "e"),
    TicketKind.PROBLEM: ("le problème", ""),
    TicketKind.CHANGE: ("le changement", ""),
}
"""With its article, and what a participle takes beside it."""
FEMININE = ("Prise en charge", "Intervention sur site")
GRAVE = ("P1", "P2")
"""For which the provider owes a report of the incident (domain.md A.5)."""
QUESTION = "[à compléter\u00a0: votre question]"


class Stage(Code):
    """What the e-mail is for, and to whom."""

    OPENING = "opening", "Ouverture au prestataire"
    RECEIPT = "receipt", "Accusé de réception au demandeur"
    CHASE = "chase", "Relance du prestataire"
    WAITING = "waiting", "Attente ou question, au demandeur"
    RESTORED = "restored", "Rétabli\u00a0: le demandeur confirme-t-il\u00a0?"
    CLOSING = "closing", "Clôture, au demandeur"
    DOCUMENT = "document", "Relance d’un document du prestataire"


@dataclass(frozen=True, slots=True)
class Case:
    """All that a letter may tell of a ticket, read once."""

    session: Session
    ticket: Ticket
    asset: Asset | None
    requester: Person | None
    contract: Contract | None
    provider: Provider | None
    deadlines: tuple[Deadline, Deadline, Deadline]

    @property
    def the(self) -> str:
        """« l’incident », « la demande »."""
        return THE[self.ticket.kind][0]

    @property
    def e(self) -> str:
        return THE[self.ticket.kind][1]


def late(deadlines: tuple[Deadline, ...]) -> list[Deadline]:
    """The promises broken, and not kept since."""
    return [one for one in deadlines if one.state == PromiseState.MISSED and one.actual is None]


def at(when: datetime | None) -> str:
    """« 22/10/2026 à 08:50 »."""
    return moment(when).replace(" ", " à ")


def names(person: Person | None) -> str:
    return joined(person.first_name, person.last_name) if person else ""


def _opening(case: Case) -> tuple[str, Lines]:
    sent = f"Nous vous transmettons {case.the} suivant{case.e}"
    if case.contract is not None:
        own = case.contract.provider_reference
        under = joined(case.contract.number, own and f"(votre référence {own})")
        sent = f"{sent}, au titre du contrat {under}."
    else:
        sent = f"{sent}. Hors contrat\u00a0: merci de nous dire votre prix avant d’intervenir."
    due = [
        f"- {one.label} avant le {brief_moment(one.due)}"
        for one in (case.deadlines[0], case.deadlines[2])
        if one.due is not None
    ]
    return case.ticket.priority.value, [
        sent, "",
        *_facts(case), "", case.ticket.description or case.ticket.subject, "",
        *(["Nous comptons, selon le contrat, sur\u00a0:", *due, ""] if due else []),
        "Merci d’accuser réception et de nous donner votre numéro de dossier.",
    ]  # fmt: skip


def _receipt(case: Case) -> tuple[str, Lines]:
    restore = case.deadlines[2]
    promised = [f"Le contrat prévoit le rétablissement avant le {brief_moment(restore.due)}."] if restore.due else []
    return "enregistré", [
        f"Votre ticket est enregistré sous le numéro {case.ticket.number}, le {at(case.ticket.opened_at)}.",
        *promised, "", *_facts(case, whole=False), "",
        "Rappelez ce numéro si vous nous appelez. Dites-nous tout de suite si le trouble s’aggrave.",
    ]  # fmt: skip


def _chase(case: Case) -> tuple[str, Lines]:
    broken = [_broken(one) for one in late(case.deadlines)]
    asked = "Merci de nous dire ce qui est fait, et quand le service sera rétabli."
    since = at(case.ticket.opened_at)
    return "relance", [
        f"Nous revenons vers vous pour {case.the} {case.ticket.number}, ouvert{case.e} le {since}.",
        *broken, "", *_facts(case), "", asked,
    ]  # fmt: skip


def _broken(one: Deadline) -> str:
    done = "faite" if one.label in FEMININE else "fait"
    kept = f"{one.label} due le {at(one.due)}" if one.label in FEMININE else f"{one.label} dû le {at(one.due)}"
    return f"{kept}, pas encore {done}\u00a0: {duration(-(one.left or 0))} ouvrées de retard."


def _waiting(case: Case) -> tuple[str, Lines]:
    waits = course_of(acts(case.session, case.ticket.id)).open_waits
    ours = [wait for wait in waits if wait.reason in (WaitReason.CLIENT, WaitReason.ACCESS, WaitReason.PLANNED)]
    told = _asked(case, {wait.reason for wait in ours or waits})
    if not waits or ours:
        return "une question", [
            f"Pour avancer sur votre ticket {case.ticket.number}, nous avons besoin de votre réponse\u00a0:", "",
            told or QUESTION, "", "Sans elle, le travail attend, et son délai avec lui.",
        ]  # fmt: skip
    why = joined(*(lowered(WaitReason.of(wait.reason or "").label) for wait in waits), by=", ")
    return "en attente", [
        f"Votre ticket {case.ticket.number} est suspendu\u00a0: {why}.", *([told] if told else []), "",
        "Nous vous écrirons dès qu’il reprendra.",
    ]  # fmt: skip


def _restored(case: Case) -> tuple[str, Lines]:
    workaround = case.ticket.resolution == Resolution.WORKAROUND
    after = ["C’est un contournement\u00a0: la solution définitive suivra."] if workaround else []
    return "est-ce rétabli\u00a0?", [
        f"Votre ticket {case.ticket.number} nous est donné pour rétabli depuis le {at(case.ticket.resolved_at)}.",
        *after, *_done(case), "",
        "Confirmez-vous que tout fonctionne\u00a0? Répondez «\u00a0oui\u00a0», ou dites-nous ce qui ne va pas.",
        "Sans réponse sous deux jours ouvrés, nous le clorons.",
    ]  # fmt: skip


def _closing(case: Case) -> tuple[str, Lines]:
    if case.ticket.status == TicketStatus.CANCELLED:
        why = case.ticket.cancel_reason
        told = f"Votre ticket {case.ticket.number} est annulé" + (f"\u00a0: {lowered(why.label)}." if why else ".")
        return "annulé", [told, "", "Si le trouble existe toujours, dites-le-nous."]
    return "clos", [
        f"Votre ticket {case.ticket.number} est clos.", *_done(case), "",
        "Si le même trouble revient, dites-le-nous en rappelant ce numéro.",
    ]  # fmt: skip


def _document(case: Case) -> tuple[str, Lines]:
    asked = [
        f"- le compte rendu de l’intervention {one.number}, du {at(one.started_at)}"
        for one in of_ticket(case.session, case.ticket.id)
    ] or ["- le compte rendu de votre intervention"]
    if case.ticket.priority.value in GRAVE:
        asked.append("- le compte rendu d’incident, avec ses causes et les actions décidées")
    return "document attendu", [
        f"Sauf erreur de notre part, il nous manque, pour {case.the} {case.ticket.number}\u00a0:", "", *asked, "",
        "Merci de nous le faire parvenir\u00a0: notre dossier ne sera complet qu’avec lui.",
    ]  # fmt: skip


def _facts(case: Case, *, whole: bool = True) -> Lines:
    """« Bien : IMP-0004 HP LaserJet, n° de série … »; only what is known. Not `whole`: what the requester knows."""
    ticket, asset, person = case.ticket, case.asset, case.requester
    down = at(ticket.down_since) if ticket.down_since else ""
    told = [("Objet", ticket.subject), ("Bien", _asset(asset)), ("À l’arrêt depuis le", down)]
    if whole:
        who = joined(names(person), person.service, person.phone, by=", ") if person else ""
        asked = f"{ticket.impact.label.lower()}, {ticket.urgency.label.lower()}"
        told = [("N°", ticket.number), ("Ouvert le", at(ticket.opened_at)), ("Demandeur", who),
                ("Lieu", _place(case)), *told, ("Priorité", f"{ticket.priority.label} ({asked})")]  # fmt: skip
    return [f"{name}\u00a0: {value}" for name, value in told if value]


def _asset(asset: Asset | None) -> str:
    if asset is None:
        return ""
    serial = f"n° de série {asset.serial}" if asset.serial else None
    return joined(joined(asset.number, asset.brand, asset.model), serial, by=", ")


def _place(case: Case) -> str:
    site_id = (case.asset and case.asset.site_id) or (case.requester and case.requester.site_id)
    site = case.session.get(Site, site_id) if site_id else None
    where = joined(site.address, joined(site.postal_code, site.city), by=", ") if site else ""
    room = case.asset.room if case.asset else None
    return joined(site.name if site else None, room, where, by=", ")


def _done(case: Case) -> Lines:
    """What was done, as it was told at the resolution, else by the last intervention."""
    last = (
        select(Intervention.work_done)
        .where(Intervention.ticket_id == case.ticket.id, Intervention.deleted_at.is_(None))
        .order_by(Intervention.started_at.desc(), Intervention.id.desc())
        .limit(1)
    )
    told = _last_text(case, EventKind.RESOLVED) or case.session.scalar(last)
    return ["", f"Ce qui a été fait\u00a0: {told}"] if told else []


def _asked(case: Case, reasons: set[str | None]) -> str:
    """The words of the newest wait of these kinds: what a part waits for is no question to whoever called."""
    kept = [act for act in acts(case.session, case.ticket.id) if act.kind == EventKind.WAIT_STARTED]
    return next((act.text or "" for act in reversed(kept) if act.wait_reason and act.wait_reason.value in reasons), "")


def _last_text(case: Case, kind: EventKind) -> str:
    return next((act.text or "" for act in reversed(acts(case.session, case.ticket.id)) if act.kind == kind), "")


TEXTS: Mapping[Stage, Callable[[Case], tuple[str, Lines]]] = {
    Stage.OPENING: _opening,
    Stage.RECEIPT: _receipt,
    Stage.CHASE: _chase,
    Stage.WAITING: _waiting,
    Stage.RESTORED: _restored,
    Stage.CLOSING: _closing,
    Stage.DOCUMENT: _document,
}
