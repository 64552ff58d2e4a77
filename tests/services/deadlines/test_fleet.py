"""The deadlines of the inventory: a thousand guarantees are some lines, none of which vanishes."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.models import Asset, Campaign, Expertise, Licence, LicenceSeat, Loan, Reminder, Site
from app.services import deadlines, listing, preferences
from app.services.deadlines import DeadlineKind
from tests.services.deadlines.make import TODAY, asset, keep, plain, told

WARRANTY, SUPPORT = DeadlineKind.WARRANTY, DeadlineKind.SUPPORT
SOON = date(2026, 7, 14)


def behind(session: Session, one: deadlines.Deadline) -> int:
    query = deadlines.behind(session, one)
    assert query is not None
    return listing.count(session, ENTITIES[one.entity], query)


def test_what_was_bought_together_is_one_line(session: Session) -> None:
    for _ in range(12):
        asset(session, warranty_end=SOON, supplier="Hautecour")
    asset(session, warranty_end=SOON, brand="Dell", model="Latitude")
    asset(session, warranty_end=SOON, supplier="Hautecour", status="retired")
    found = told(session, WARRANTY)
    assert [(plain(one.title), one.count) for one in found] == [
        ("Fin de garantie de 12 biens (Hautecour)", 12), ("Fin de garantie de PC-0013 Dell Latitude", 1),
    ]  # fmt: skip
    assert behind(session, found[0]) == 12
    assert deadlines.behind(session, found[1]) is None
    assert found[1].record_id == 13


def test_many_lots_of_a_month_are_one_line_and_far_ones_are_told_by_year(session: Session) -> None:
    for day in range(1, 8):
        asset(session, warranty_end=date(2026, 9, day))
        asset(session, warranty_end=date(2029, day, 3))
        asset(session, warranty_end=date(2022, day, 3))
    asset(session, warranty_end=date(2023, 5, 3))
    assert [(plain(one.title), one.due.isoformat()) for one in told(session, WARRANTY)] == [
        ("Fin de garantie de 7 biens en 2022", "2022-07-03"),
        ("Fin de garantie de PC-0022", "2023-05-03"),
        ("Fin de garantie de 7 biens en septembre 2026", "2026-09-01"),
        ("Fin de garantie de 7 biens en 2029", "2029-01-03"),
    ]
    assert [behind(session, one) for one in told(session, WARRANTY) if one.count > 1] == [7, 7, 7]


def test_a_guarantee_over_stays_and_changes_its_words(session: Session) -> None:
    asset(session, warranty_end=SOON)
    words = [told(session, WARRANTY, day)[0].why[:5] for day in (SOON, SOON + timedelta(days=1), date(2035, 1, 1))]
    assert words == ["Faite", "Une p", "Une p"]


def test_no_asset_is_lost_from_one_day_to_another(session: Session) -> None:
    """Over months and years, each with its own way of telling."""
    for months in range(48):
        asset(session, warranty_end=date(2025 + months // 12, 1 + months % 12, 10), supplier=f"S{months % 3}")
    for step in range(0, 1500, 23):
        found = told(session, WARRANTY, date(2025, 1, 1) + timedelta(days=step))
        assert sum(one.count for one in found) == 48
        assert len({one.mark for one in found}) == len(found)


def test_one_that_joins_a_lot_is_not_dealt_with_by_it(session: Session) -> None:
    for _ in range(3):
        asset(session, warranty_end=SOON, supplier="Hautecour")
    deadlines.handle(session, told(session, WARRANTY), TODAY, "Prolongées")
    assert told(session, WARRANTY) == []
    done = deadlines.handled(session)
    assert [(one.count, one.reason) for one in done] == [(3, "Prolongées")]
    assert behind(session, done[0]) == 3
    asset(session, warranty_end=SOON, supplier="Hautecour")
    assert [one.count for one in told(session, WARRANTY)] == [1]
    deadlines.reopen(session, done)
    assert [one.count for one in told(session, WARRANTY)] == [4]
    assert deadlines.handled(session) == []


def test_an_end_moved_is_another_deadline(session: Session) -> None:
    made = asset(session, warranty_end=SOON)
    deadlines.handle(session, told(session, WARRANTY), TODAY, "Prolongée")
    own = session.get(Asset, made)
    assert own
    own.warranty_end = SOON + timedelta(days=365)
    session.flush()
    assert [one.due for one in told(session, WARRANTY)] == [date(2027, 7, 14)]


def test_supports_are_told_by_system(session: Session) -> None:
    for _ in range(2):
        asset(session, system="Windows 10", support_end=date(2025, 10, 14))
    asset(session, support_end=date(2027, 10, 14))
    found = told(session, SUPPORT)
    assert [plain(one.title) for one in found] == [
        "Windows 10 : fin des mises à jour de 2 biens", "Système : fin des mises à jour de PC-0003",
    ]  # fmt: skip
    assert [one.state(TODAY).value for one in found] == ["late", "ahead"]
    for month in range(1, 7):
        asset(session, system=f"Système {month}", support_end=date(2030, month, 1))
    assert plain(told(session, SUPPORT)[-1].title) == "Fin des mises à jour de 6 biens en 2030"


def test_a_licence_says_whether_it_is_used_and_renews(session: Session) -> None:
    own = keep(session, Licence(number="LIC-1", name="ESET", expires_on=SOON, renews=True, supplier="Lumeo"))
    keep(session, Licence(number="LIC-2", name="CAO", expires_on=date(2026, 1, 1)))
    keep(session, Licence(number="LIC-3", name="Libre"))
    keep(session, LicenceSeat(licence_id=own.id))
    first, second = told(session, DeadlineKind.LICENCE)
    assert (first.state(TODAY).value, plain(second.why)) == (
        "late", "1 attribution en cours. Elle se renouvelle seule : résiliez avant si vous n’en voulez plus."
    )  # fmt: skip
    assert first.why.startswith("Attribuée à personne.")
    assert second.provider == "Lumeo"


def test_a_loan_until_it_is_back(session: Session) -> None:
    lent = asset(session)
    loan = keep(session, Loan(number="PR-1", asset_id=lent, lent_on=TODAY, due_on=SOON))
    keep(session, Loan(number="PR-2", asset_id=lent, lent_on=TODAY))
    assert [one.reference for one in told(session, DeadlineKind.LOAN)] == ["PR-1"]
    loan.returned_on = SOON
    session.flush()
    assert told(session, DeadlineKind.LOAN) == []


def test_the_fleet_is_counted_every_year(session: Session) -> None:
    kind = DeadlineKind.INVENTORY
    assert told(session, kind) == []
    dijon, beaune = keep(session, Site(name="Dijon")).id, keep(session, Site(name="Beaune")).id
    asset(session, site_id=dijon)
    asset(session, site_id=beaune)
    found = told(session, kind)
    assert [(one.due, one.state(TODAY).value) for one in found] == [(date(2026, 1, 15), "late")]
    assert deadlines.behind(session, found[0])
    for number, site, closed in (
        ("1", dijon, date(2026, 5, 1)), ("2", beaune, date(2026, 3, 1)), ("3", dijon, date(2025, 9, 1)),
        ("4", beaune, None),
    ):  # fmt: skip
        keep(session, Campaign(number=number, title="t", site_id=site, opened_on=date(2025, 9, 1), closed_on=closed))
    assert [one.due for one in told(session, kind)] == [date(2027, 3, 1)]
    keep(session, Campaign(number="5", title="t", opened_on=TODAY, closed_on=date(2026, 6, 2)))
    assert [one.due for one in told(session, kind)] == [date(2027, 6, 2)]


def test_an_expertise_is_made_again_after_a_year(session: Session) -> None:
    keep(session, Expertise(number="E-1", title="t", held_on=date(2024, 5, 1), status="closed"))
    keep(session, Expertise(number="E-2", title="t", held_on=date(2025, 5, 1), status="closed"))
    keep(session, Expertise(number="E-3", title="t", held_on=date(2026, 5, 1)))
    assert [one.due for one in told(session, DeadlineKind.EXPERTISE)] == [date(2026, 5, 1)]


def test_a_reminder_has_its_own_days(session: Session) -> None:
    keep(session, Reminder(label="Renégocier le forfait mobile", due_on=SOON, lead_days=34))
    one = told(session, DeadlineKind.REMINDER)[0]
    assert (one.state(TODAY).value, one.lead) == ("soon", 34)


@pytest.mark.parametrize(("days", "state"), [(33, "ahead"), (34, "soon")])
def test_the_days_before_are_a_setting(session: Session, days: int, state: str) -> None:
    values: dict[str, Any] = {"warranty_days": days}
    preferences.save(session, values)
    asset(session, warranty_end=SOON)
    assert told(session, WARRANTY)[0].state(TODAY).value == state
