"""What the home page says of licences and of machines without antivirus, and the lists that it opens."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.models import Survey
from app.services import home, licences, listing, records, security, setup
from app.services.home import Task
from app.storage import Store
from tests.services.company import june

NOW = june("10 10:00")
TODAY = date(2026, 6, 10)


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        setup.ensure(opened)
        yield opened


def found(session: Session, key: str) -> Task | None:
    return next((task for group in home.read(session, NOW).groups for task in group.tasks if task.key == key), None)


def shown_by(session: Session, key: str) -> list[int]:
    lead = home.lead(session, key, NOW)
    assert lead.query is not None
    return listing.ids(session, ENTITIES[lead.entity], lead.query)


def licence(session: Session, **values: Any) -> int:
    return records.create(session, ENTITIES["licence"], {"name": "Une licence", **values})


def asset(session: Session, **values: Any) -> int:
    return records.create(session, ENTITIES["asset"], {"family_id": 1, **values})


def test_a_licence_that_expired_stays_until_somebody_deals_with_it(session: Session) -> None:
    first = licence(session, expires_on=date(2026, 4, 1))
    second = licence(session, expires_on=date(2026, 6, 9))
    licence(session, expires_on=TODAY)
    task = found(session, "licences-expired")
    assert task
    assert (task.title, task.tone, task.when) == ("2\u00a0licences expirées", "warn", "Depuis 2\u00a0mois")
    assert task.why == "À renouveler, ou à mettre à la corbeille"
    assert task.subject == "Licences"
    assert shown_by(session, "licences-expired") == [first, second]
    licences.assign(session, [first], [asset(session), asset(session)], on=TODAY)
    task = found(session, "licences-expired")
    assert task
    assert (task.tone, task.group) == ("bad", "late")
    assert task.why == "Dont 1\u00a0encore attribuée · à renouveler, ou à libérer"
    records.to_bin(session, ENTITIES["licence"], [first, second])
    assert found(session, "licences-expired") is None


@pytest.mark.parametrize(
    ("ends", "group", "tone", "when"),
    [
        (TODAY, "today", "warn", "Aujourd’hui"),
        (date(2026, 7, 10), "soon", "warn", "Dans 30\u00a0jours"),
        (date(2026, 7, 11), "later", "mute", "11/07/2026"),
    ],
)
def test_a_licence_that_ends(session: Session, ends: date, group: str, tone: str, when: str) -> None:
    own = licence(session, expires_on=ends)
    task = found(session, "licences-ending")
    assert task
    assert (task.title, task.group, task.tone, task.when) == ("Fin de 1\u00a0licence", group, tone, when)
    assert shown_by(session, "licences-ending") == [own]


def test_more_given_than_bought(session: Session) -> None:
    own, whole = licence(session, seats=1), licence(session, seats=2)
    machines = [asset(session), asset(session)]
    licences.assign(session, [own, whole], machines, on=TODAY)
    task = found(session, "licences-over")
    assert task
    assert (task.title, task.group, task.tone) == ("1\u00a0licence en dépassement", "today", "bad")
    assert shown_by(session, "licences-over") == [own]


def test_machines_without_antivirus(session: Session) -> None:
    bare, safe = asset(session), asset(session)
    session.add(Survey(asset_id=bare, taken_at=NOW, antivirus_on=False))
    session.add(Survey(asset_id=safe, taken_at=june("01 08:00"), antivirus_on=False))
    session.add(Survey(asset_id=safe, taken_at=NOW, antivirus="ESET", antivirus_on=True))
    session.flush()
    task = found(session, "antivirus-absent")
    assert task
    assert (task.title, task.group) == ("1\u00a0poste sans antivirus", "today")
    assert shown_by(session, "antivirus-absent") == [bare] == list(security.assets(session, "antivirus-absent", TODAY))
