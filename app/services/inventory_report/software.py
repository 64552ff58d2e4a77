"""Chapter 6: licences held, and software that they do not cover everywhere."""

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.fields import counted
from app.models import Licence, Software
from app.models.codes import LicenceNeed, LicenceState, SoftwareCover
from app.reports.inventory import facts
from app.reports.inventory.lines import LicenceLine, SoftwareLine
from app.services import security, software_use


def software(session: Session, today: date) -> facts.Software:
    """Of the whole company: a licence has no site."""
    return facts.Software(
        licences=_licences(session, today),
        seen=_uncovered(session, today),
        surveyed=security.coverage(session).surveyed,
        unsorted=_unsorted(session, today),
    )


def _licences(session: Session, today: date) -> tuple[LicenceLine, ...]:
    use = software_use.of_licences(today).subquery("use")
    rows = session.execute(
        select(Licence, use.c.used, use.c.free, use.c.state).join(use, use.c.id == Licence.id).order_by(Licence.number)
    )
    return tuple(_licence(row) for row in rows)


def _licence(row: Any) -> LicenceLine:
    own = row.Licence
    remark = "" if row.state == LicenceState.ENOUGH else row.state.label.lower()
    if row.state == LicenceState.OVER:
        remark += f" de {counted(-row.free, 'poste')}"
    return LicenceLine(
        own.number, own.name, own.kind.label, own.seats, row.used or 0, own.expires_on, own.price, remark
    )


def _uncovered(session: Session, today: date) -> tuple[SoftwareLine, ...]:
    """Those that ask for a licence and that the licences in force do not cover everywhere; the worst first."""
    use = software_use.of_software(today).subquery("use")
    rows = session.execute(
        select(Software.name, Software.publisher, use.c.machines, use.c.missing)
        .join(use, use.c.id == Software.id)
        .where(use.c.cover == SoftwareCover.MISSING)
        .order_by(use.c.missing.desc(), func.fold(Software.name))
    )
    return tuple(SoftwareLine(name, publisher or "", seen, missing) for name, publisher, seen, missing in rows)


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
