"""« À faire », for licences and for machines without antivirus: few and quick questions, the lists tell the rest."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.fields import counted, day
from app.models import Licence, LicenceSeat
from app.models.deadline_codes import DeadlineKind
from app.services import licences, security
from app.services.home import facts
from app.services.home.facts import Clock
from app.services.home.words import MONTH, Task, ago, ahead, group_of
from app.services.software_use import OPEN

SEE = "Voir les licences"


def tasks(session: Session, clock: Clock) -> Iterator[Task]:
    yield from _expired(session, clock)
    yield from _over(session, clock)
    yield from _ending(session, clock)
    yield from _unprotected(session)


def expired(session: Session, clock: Clock) -> Select[int]:
    return licences.expired_by(clock.today).where(facts.still(session, DeadlineKind.LICENCE))


def ending(session: Session, clock: Clock) -> Select[int]:
    until = facts.warned_until(session, clock, DeadlineKind.LICENCE)
    return licences.ending_by(clock.today, until).where(facts.still(session, DeadlineKind.LICENCE))


def _dated(session: Session, wanted: Select[int]) -> tuple[int, date | None]:
    """How many, and the first day among them."""
    first = func.min(Licence.expires_on, type_=Licence.__table__.c.expires_on.type)
    count, on = session.execute(select(func.count(), first).where(Licence.id.in_(wanted.order_by(None)))).one()
    return count, on


def _expired(session: Session, clock: Clock) -> Iterator[Task]:
    """They stay until somebody renews them, puts them in the bin or says that they are dealt with."""
    wanted = expired(session, clock)
    count, since = _dated(session, wanted)
    if not since:
        return
    still = select(func.count(LicenceSeat.licence_id.distinct())).where(
        LicenceSeat.licence_id.in_(wanted.order_by(None)), *OPEN
    )
    given = session.scalar(still) or 0
    why = "À renouveler, ou à mettre à la corbeille"
    if given:
        why = f"Dont {counted(given, 'encore attribuée', 'encore attribuées')} · à renouveler, ou à libérer"
    title = counted(count, "licence expirée", "licences expirées")
    tone = "bad" if given else "warn"
    yield Task("late", "licences-expired", "key-round", tone, title, why, ago(since, clock.today), tone, SEE)


def _over(session: Session, clock: Clock) -> Iterator[Task]:
    if count := facts.how_many(session, licences.given_beyond(clock.today)):
        title = counted(count, "licence en dépassement", "licences en dépassement")
        why = "Plus d’attributions que de postes permis · à compléter, ou à libérer"
        yield Task("today", "licences-over", "key-round", "bad", title, why, "À régler", "bad", SEE)


def _ending(session: Session, clock: Clock) -> Iterator[Task]:
    count, on = _dated(session, ending(session, clock))
    if not on:
        return
    title = f"Fin de {counted(count, 'licence')}"
    why = f"Dès le {day(on)} · à renouveler, à réduire ou à laisser finir"
    tone = "warn" if on <= clock.today + MONTH else "mute"
    yield Task(
        group_of(on, clock.today), "licences-ending", "key-round", tone, title, why, ahead(on, clock.today), "", SEE
    )


def _unprotected(session: Session) -> Iterator[Task]:
    if count := facts.how_many(session, security.without_antivirus()):
        title = f"{counted(count, 'poste')} sans antivirus"
        why = "Vus au dernier relevé · à protéger, ou à isoler du réseau"
        yield Task("today", "antivirus-absent", "shield-off", "bad", title, why, "À régler", "bad", "Voir les biens")
