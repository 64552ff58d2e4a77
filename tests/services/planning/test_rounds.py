"""The round of a day: site after site, then as it was put by hand."""

from typing import Any

from sqlalchemy.orm import Session

from app.models import Visit
from app.models.upkeep_codes import VisitStatus
from app.services.planning import rounds
from tests.services.planning import make
from tests.services.planning.make import TODAY
from tests.services.planning.test_visits import planned


def order(session: Session, technician: str = "Yanis") -> list[int]:
    session.expire_all()
    return [one.id for stop in rounds.stops(session, TODAY, technician, TODAY) for one in stop.visits]


def test_site_after_site_then_by_hand(session: Session) -> None:
    dijon = make.site(session, "Dijon", postal_code="21000", city="Dijon", address="3 rue Verte")
    beaune = make.site(session, "Beaune", postal_code="21200")
    lyon = make.site(session, "Lyon", postal_code="69000")
    common: dict[str, Any] = {"technician": "Yanis"}
    one = planned(session, site_id=beaune, **common)
    two = planned(session, site_id=dijon, duration_minutes=30, **common)
    three = planned(session, site_id=beaune, **common)
    four = planned(session, site_id=lyon, starts_at=540, **common)
    planned(session, site_id=dijon, status=VisitStatus.CANCELLED, **common)
    five = planned(session, technician=None)
    six = planned(session, duration_minutes=30, **common)
    assert order(session) == [four, two, one, three, six]
    stops = rounds.stops(session, TODAY, "Yanis", TODAY)
    assert [(stop.site, len(stop.visits)) for stop in stops] == [
        ("Lyon", 1), ("Dijon", 1), ("Beaune", 2), ("Sans site", 1),
    ]  # fmt: skip
    assert (stops[1].address, stops[1].minutes) == ("3 rue Verte, 21000 Dijon", 30)
    assert rounds.technicians(session, TODAY) == [("Yanis", 5), ("", 1)]
    assert order(session, "") == [five]
    assert rounds.shift(session, one, -1)
    assert order(session) == [four, one, two, three, six]
    assert not rounds.shift(session, four, -1)
    assert not rounds.shift(session, six, 1)
    assert [stop.site for stop in rounds.stops(session, TODAY, "Yanis", TODAY)][1:4] == ["Beaune", "Dijon", "Beaune"]
    seven = planned(session, site_id=lyon, **common)
    assert order(session)[-1] == seven
    rounds.by_site(session, TODAY, "Yanis")
    assert order(session) == [four, seven, two, one, three, six]
    assert session.get_one(Visit, two).rank is None
