"""« À faire », for invoices: those to check and those in dispute, a line each; those to pay are in the agenda."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from app.fields import amount, counted, day
from app.models import Invoice
from app.models.money_codes import InvoiceStatus
from app.services.home.facts import Clock
from app.services.home.words import Task, ago

KEYS = {"invoices-to-check": InvoiceStatus.TO_CHECK, "invoices-disputed": InvoiceStatus.DISPUTED}


def tasks(session: Session, clock: Clock) -> Iterator[Task]:
    """By one statement; a line that tells one invoice opens it."""
    own = Invoice.__table__.c
    rows = session.execute(
        select(
            own.status, func.count(), func.min(own.id), func.sum(own.gross),
            func.min(own.due_on, type_=own.due_on.type), func.min(own.disputed_on, type_=own.disputed_on.type),
        )
        .where(or_(*(_kept(status, clock.today) for status in KEYS.values())))
        .group_by(own.status)
    )  # fmt: skip
    for status, count, one, cents, due, disputed in rows:
        if status == InvoiceStatus.TO_CHECK:
            yield _to_check(count, one, cents, due)
        else:
            yield _disputed(count, one, cents, disputed, clock.today)


def _kept(status: InvoiceStatus, today: date) -> ColumnElement[bool]:
    """One that is late already is told so, and not that it is to be checked."""
    own = Invoice.__table__.c
    kept = and_(own.deleted_at.is_(None), own.status == status)
    if status == InvoiceStatus.TO_CHECK:
        kept = and_(kept, or_(own.due_on.is_(None), own.due_on >= today))
    return kept


def _to_check(count: int, one: int, cents: int, due: date | None) -> Task:
    title = f"{counted(count, 'facture')} à vérifier"
    why = f"{amount(cents)} TTC à comparer au contrat avant de payer"
    when = f"À payer le {day(due)}" if due else "À vérifier"
    key = f"invoice:{one}" if count == 1 else "invoices-to-check"
    return Task("today", key, "banknote", "info", title, why, when, "", "Vérifier" if count == 1 else "Voir la liste")


def _disputed(count: int, one: int, cents: int, since: date | None, today: date) -> Task:
    title = f"{counted(count, 'facture')} en litige"
    why = f"{amount(cents)} TTC suspendus\u00a0: relancez le prestataire, puis levez le litige"
    when = ago(since, today) if since else "À régler"
    key = f"invoice:{one}" if count == 1 else "invoices-disputed"
    verb = "Ouvrir" if count == 1 else "Voir la liste"
    return Task("today", key, "circle-alert", "bad", title, why, when, "bad", verb)


def behind(key: str, today: date) -> Select[int] | None:
    """The invoices of a line."""
    if key not in KEYS:
        return None
    return select(Invoice.id).where(_kept(KEYS[key], today))
