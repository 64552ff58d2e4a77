"""« À faire »: what calls for an act, most urgent first, in four groups (look.md, « À faire row »)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import PARIS, counted, day, duration, joined
from app.models import Asset, Contract, Provider, Ticket
from app.rules.worktime import Calendar, elapsed
from app.services import preferences
from app.services.contracts import calendar_of, opening_day, read_once
from app.services.home import agenda, bills, copies, facts, lent, opinions, rights
from app.services.home.facts import Agreements, Clock, Fleet
from app.services.home.words import GROUPS, Task, ago, ahead, group_of

GRAVITY = {"bad": 0, "warn": 1}
MOST = 5
"""Tickets told one by one; the others are one line that opens their list."""


def tasks(session: Session, clock: Clock, of_day: Sequence[Task], backup_age: int | None) -> list[Task]:
    """In the order of the groups, the gravest first, then as listed here; `of_day` are those that only a change or
    another day moves."""
    found = [*_tickets(session, clock), *of_day, *_backup(session, backup_age)]
    order = {name: position for position, (name, _, _) in enumerate(GROUPS)}
    return sorted(found, key=lambda task: (order[task.group], GRAVITY.get(task.when_tone, len(GRAVITY))))


def of_day(session: Session, clock: Clock, fleet: Fleet, deals: Agreements) -> tuple[Task, ...]:
    """What hangs on days, and not on the hour."""
    return (
        *agenda.tasks(session, clock, deals),
        *bills.tasks(session, clock),
        *_support(session, clock, fleet),
        *_company(session),
        *_people(session, clock),
        *lent.tasks(session, clock),
        *opinions.tasks(session, clock),
        *copies.tasks(session, clock),
        *_warranties(clock, fleet),
        *rights.tasks(session, clock),
    )


def _tickets(session: Session, clock: Clock) -> Iterator[Task]:
    calendar = read_once(session, calendar_of)
    for group, condition in (("late", facts.late(clock)), ("today", facts.due_today(clock))):
        statement = (
            select(Ticket, Asset.number, Provider.name)
            .outerjoin(Asset, Asset.id == Ticket.asset_id)
            .outerjoin(Contract, Contract.id == Ticket.contract_id)
            .outerjoin(Provider, Provider.id == Contract.provider_id)
            .where(*facts.under_way(), condition)
            .order_by(Ticket.priority, Ticket.restore_due_at.is_(None), Ticket.restore_due_at, Ticket.id)
        )
        rows = session.execute(statement.limit(MOST)).all()
        for ticket, asset, provider in rows:
            hours = calendar(ticket.contract_id, opening_day(ticket.opened_at))
            yield _ticket(ticket, asset, provider, hours, clock)
        if len(rows) == MOST:
            whole = select(Ticket.id).where(*facts.under_way(), condition)
            yield from _others(group, facts.how_many(session, whole) - MOST)


def _others(group: str, count: int) -> Iterator[Task]:
    if count > 0 and group == "late":
        title = counted(count, "autre ticket hors délai", "autres tickets hors délai")
        yield Task("late", "tickets-late", "tickets", "bad", title, "", "Dépassés", "bad", "Voir la liste")
    elif count > 0:
        title = counted(count, "autre ticket dû aujourd’hui", "autres tickets dus aujourd’hui")
        yield Task("today", "tickets-today", "tickets", "warn", title, "", "Avant minuit", "warn", "Voir la liste")


def _deadline(ticket: Ticket, now: datetime) -> tuple[str, datetime]:
    """Which promise presses: that of the restoration once missed, else the first due of what is not done."""
    due = [("rétablissement", ticket.restore_due_at)]
    if ticket.taken_at is None:
        due.append(("prise en charge", ticket.take_due_at))
    known = [(what, at) for what, at in due if at is not None]
    return min(known, key=lambda one: (one[1] >= now, one[0] != "rétablissement" if one[1] < now else one[1]))


def _ticket(ticket: Ticket, asset: str | None, provider: str | None, calendar: Calendar, clock: Clock) -> Task:
    what, due = _deadline(ticket, clock.now)
    missed = due < clock.now
    local = due.astimezone(PARIS)
    at = f"à {local:%H:%M}" if local.date() == clock.today else f"le {day(local.date())} à {local:%H:%M}"
    told = f"{what} {'due' if what == 'prise en charge' else 'dû'} {at}"
    gap = duration(elapsed(calendar, due, clock.now) if missed else elapsed(calendar, clock.now, due))
    return Task(
        "late" if missed else "today",
        f"ticket:{ticket.id}",
        "ticket",
        "bad" if missed else "warn",
        f"{ticket.number} · {ticket.subject}",
        joined(asset, told, provider, by=" · "),
        f"Dépassé de {gap}" if missed else f"Reste {gap}",
        "bad" if missed else "warn",
        "Ouvrir",
    )


def _support(session: Session, clock: Clock, fleet: Fleet) -> Iterator[Task]:
    if fleet.unsafe and fleet.ended_since:
        name = _only_system(session, clock)
        under = f"sous {name}" if name else "sous un système"
        title = f"{counted(fleet.unsafe, 'bien')} {under} sans mises à jour de sécurité"
        why = f"Fin de support le {day(fleet.ended_since)} · à remplacer ou à isoler"
        since = ago(fleet.ended_since, clock.today)
        yield Task("late", "support-ended", "shield-off", "bad", title, why, since, "bad", "Voir les biens")
    if fleet.ending and fleet.ending_on:
        title = f"{counted(fleet.ending, 'bien')} bientôt sans mises à jour de sécurité"
        why = f"Premier arrêt du support le {day(fleet.ending_on)} · remplacement à prévoir"
        when = ahead(fleet.ending_on, clock.today)
        group = group_of(fleet.ending_on, clock.today)
        yield Task(group, "support-ending", "shield-alert", "warn", title, why, when, "", "Voir les biens")


def _only_system(session: Session, clock: Clock) -> str:
    """The name of the system, when all those without support have the same."""
    statement = select(Asset.system).where(*facts.KEPT, Asset.support_end < clock.today).distinct().limit(2)
    names = session.scalars(statement).all()
    return (names[0] or "") if len(names) == 1 else ""


def _company(session: Session) -> Iterator[Task]:
    if facts.company(session) is None:
        why = "Son nom et son adresse paraissent en tête de chaque papier"
        yield Task("today", "company", "building", "info", "Décrire votre entreprise", why, "À faire une fois", "",
                   "Décrire")  # fmt: skip


def _backup(session: Session, age: int | None) -> Iterator[Task]:
    """`age` is in days; None says nothing."""
    allowed = int(preferences.get(session, "backup_days"))
    if age is not None and age > allowed:
        why = f"Vous avez demandé une copie au moins tous les {counted(allowed, 'jour')}"
        yield Task("today", "backup", "database-backup", "warn", "Sauvegarder le fichier de l’entreprise", why,
                   f"Il y a {counted(age, 'jour')}", "warn", "Sauvegarder")  # fmt: skip


def _people(session: Session, clock: Clock) -> Iterator[Task]:
    if count := facts.how_many(session, facts.orphaned(clock)):
        title = f"{counted(count, 'bien')} encore à des personnes parties"
        yield Task("today", "orphaned", "user", "warn", title, "À reprendre, à effacer, puis à affecter de nouveau",
                   "À régler", "", "Voir les biens")  # fmt: skip


def _warranties(clock: Clock, fleet: Fleet) -> Iterator[Task]:
    if fleet.warranty and fleet.warranty_on:
        title = f"Fin de garantie de {counted(fleet.warranty, 'bien')}"
        why = f"Dès le {day(fleet.warranty_on)} · pannes à faire réparer, prolongation possible avant cette date"
        when = ahead(fleet.warranty_on, clock.today)
        group = group_of(fleet.warranty_on, clock.today)
        yield Task(group, "warranty", "shield", "mute", title, why, when, "", "Voir les biens")
    if count := fleet.unprotected:
        title = f"{counted(count, 'bien')} sans garantie ni contrat"
        yield Task("later", "unprotected", "shield-off", "mute", title, "Leur panne serait à vos frais", "À décider",
                   "", "Voir les biens")  # fmt: skip
