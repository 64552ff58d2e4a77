"""Chapter 6: licences held, and software seen without a right to use."""

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Licence, Software
from app.models.codes import LicenceNeed
from app.reports.inventory import facts
from app.reports.inventory.lines import LicenceLine, SoftwareLine
from app.reports.inventory.words import counted
from app.services import security, software_use


def software(session: Session, today: date) -> facts.Software:
    """Of the whole company: a licence has no site."""
    return facts.Software(
        licences=_licences(session, today),
        seen=_unlicensed(session, today),
        surveyed=security.coverage(session).surveyed,
        unsorted=_unsorted(session, today),
    )


def _licences(session: Session, today: date) -> tuple[LicenceLine, ...]:
    use = software_use.of_licences(today).subquery("use")
    rows = session.execute(
        select(Licence, use.c.used, use.c.seen, use.c.free).join(use, use.c.id == Licence.id).order_by(Licence.number)
    )
    return tuple(_licence(row, today) for row in rows)


def _licence(row: Any, today: date) -> LicenceLine:
    own = row.Licence
    remarks = []
    if own.expires_on is not None and own.expires_on < today:
        remarks.append("expirée")
    if row.free is not None and row.free < 0:
        remarks.append(f"{counted(-row.free, 'poste')} de trop")
    if not row.used:
        remarks.append("sans usage")
    return LicenceLine(
        own.number, own.name, own.kind.label, own.seats, row.used or 0, own.expires_on, own.price, ", ".join(remarks)
    )


def _unlicensed(session: Session, today: date) -> tuple[SoftwareLine, ...]:
    """Those that ask for a licence, are seen on machines, and have none in force; the most frequent first."""
    use = software_use.of_software(today).subquery("use")
    rows = session.execute(
        select(Software.name, Software.publisher, use.c.machines)
        .join(use, use.c.id == Software.id)
        .where(
            Software.deleted_at.is_(None), Software.need == LicenceNeed.REQUIRED, use.c.machines > 0,
            use.c.licences.is_(None),
        )
        .order_by(use.c.machines.desc(), func.fold(Software.name))
    )  # fmt: skip
    return tuple(SoftwareLine(name, publisher or "", machines) for name, publisher, machines in rows)


def _unsorted(session: Session, today: date) -> int:
    """How many of those seen do not say yet whether they ask for a licence."""
    use = software_use.of_software(today).subquery("use")
    return (
        session.scalar(
            select(func.count())
            .select_from(Software)
            .join(use, use.c.id == Software.id)
            .where(Software.deleted_at.is_(None), Software.need == LicenceNeed.UNKNOWN, use.c.machines > 0)
        )
        or 0
    )
