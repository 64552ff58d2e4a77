"""The perimeter of a contract: covers by hand and by rule, what was covered on a day, and what two contracts share."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.assets import ASSET
from app.errors import InvalidFields
from app.fields import this_day
from app.models import Asset, Contract, CoveredAsset, CoverRule, Family, Site
from app.models.codes import AssetStatus, ContractStatus, ExitKind
from app.services import cover_rules, perimeter, records, retirement
from app.services.contracts import cover_of
from app.storage import Store
from tests.services.company import add_asset, add_contract

START, TODAY = date(2026, 1, 1), this_day()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
EARLIER = START - timedelta(days=200)


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    """PC-1 and PC-2 are laptops of Dijon and of Beaune, IMP-3 a printer of Dijon."""
    with store.begin("parc") as opened:
        opened.add_all([Family(name="Portable", prefix="PC"), Family(name="Imprimante", prefix="IMP")])
        opened.add_all([Site(name="Dijon"), Site(name="Beaune")])
        opened.flush()
        for number, family, site in (("PC-1", 1, 1), ("PC-2", 1, 2), ("IMP-3", 2, 1)):
            opened.add(Asset(number=number, family_id=family, site_id=site, created_at=_moment(EARLIER)))
        opened.flush()
        add_contract(opened, starts_on=START)
    with store.begin("essai") as opened:
        yield opened


def _moment(day: date) -> Any:
    from datetime import UTC, datetime  # noqa: PLC0415 - nowhere else

    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def rule(session: Session, **values: Any) -> int:
    perimeter.save_rule(session, 1, {"since": START, **values})
    return session.scalars(select(CoverRule.id).order_by(CoverRule.id.desc())).first() or 0


def spans(session: Session, asset: int = 1) -> list[tuple[date, date | None]]:
    found = session.execute(
        select(CoveredAsset.since, CoveredAsset.until)
        .where(CoveredAsset.asset_id == asset, CoveredAsset.deleted_at.is_(None))
        .order_by(CoveredAsset.since)
    )
    return [(since, until) for since, until in found]


def numbers(session: Session, on: date = TODAY) -> list[str]:
    kept = select(Asset.number).join(CoveredAsset, CoveredAsset.asset_id == Asset.id)
    return list(session.scalars(kept.where(*perimeter.on_day(CoveredAsset, on)).order_by(Asset.number)))


def covers(session: Session) -> list[int]:
    return list(session.scalars(select(CoveredAsset.id).order_by(CoveredAsset.id)))


def test_assets_enter_and_leave_by_hand(session: Session) -> None:
    done = perimeter.cover(session, 1, [1, 1, 2], date(2026, 3, 1))
    assert (done.added, done.already) == (2, 0)
    assert perimeter.cover(session, 1, [1], date(2026, 2, 1)).already == 1  # it would overlap what is to come
    cover = covers(session)[0]
    assert perimeter.uncover(session, [cover], date(2026, 5, 31)) == 1
    assert cover_of(session, 1, date(2026, 5, 31)) == 1
    assert cover_of(session, 1, date(2026, 6, 1)) is None
    assert perimeter.cover(session, 1, [1], date(2026, 7, 1)).added == 1
    with pytest.raises(InvalidFields, match="La fin précède le début\u00a0: 1\u00a0bien n’entre qu’après ce jour"):
        perimeter.uncover(session, [cover], START)
    with pytest.raises(InvalidFields, match="ne prend effet que le 01/01/2026"):
        perimeter.cover(session, 1, [1], date(2025, 1, 1))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"family_id": 1}, ["PC-1", "PC-2"]),
        ({"site_id": 1}, ["IMP-3", "PC-1"]),
        ({"family_id": 1, "site_id": 1}, ["PC-1"]),
        ({"family_id": 2, "site_id": 2}, []),
        ({"family_id": 1, "until": YESTERDAY}, []),
        ({"family_id": 1, "since": TOMORROW}, []),
    ],
)
def test_a_rule_covers_what_it_tells(session: Session, values: dict[str, Any], expected: list[str]) -> None:
    entered = perimeter.save_rule(session, 1, {"since": START, **values})
    assert numbers(session) == expected
    if values.keys() <= {"family_id", "site_id"}:
        assert entered == len(expected) == perimeter.would_take(session, values.get("family_id"), values.get("site_id"))


@pytest.mark.parametrize(
    ("values", "name", "told"),
    [
        ({}, "family_id", "Choisissez une famille, un site, ou les deux."),
        ({"family_id": 1, "until": date(2025, 1, 1)}, "until", "La fin précède le début."),
        ({"family_id": 1, "since": date(2025, 12, 31)}, "since", "Le contrat ne prend effet que le 01/01/2026."),
        ({"family_id": 1, "since": None}, "since", "Ce champ est obligatoire."),
        ({"family_id": 99}, "family_id", "Choisissez dans la liste."),
    ],
)
def test_a_rule_that_says_nothing_is_refused(session: Session, values: Any, name: str, told: str) -> None:
    with pytest.raises(InvalidFields) as refused:
        perimeter.save_rule(session, 1, {"since": START, **values})
    assert refused.value.problems[name] == told
    assert not covers(session)
    assert perimeter.would_take(session, None, None) == 0


def test_an_asset_is_not_covered_before_it_serves(session: Session) -> None:
    session.get_one(Asset, 1).commissioned_on = date(2026, 4, 1)
    session.get_one(Asset, 2).purchased_on = date(2020, 4, 1)
    rule(session, family_id=1)
    assert spans(session, 1) == [(date(2026, 4, 1), None)]
    assert spans(session, 2) == [(START, None)]


def test_who_is_in_already_is_not_covered_twice(session: Session) -> None:
    perimeter.cover(session, 1, [1], date(2026, 3, 1))
    first = rule(session, family_id=1)
    rule(session, site_id=1)
    assert spans(session, 1) == [(date(2026, 3, 1), None)]
    assert spans(session, 2) == [(START, None)]
    assert [(one.text, one.count) for one in perimeter.rules(session, 1, TODAY)] == [
        ("Famille Portable", 1),
        ("Site Dijon", 1),
    ]
    session.execute(CoveredAsset.__table__.delete().where(CoveredAsset.rule_id.is_(None)))
    session.add(CoveredAsset(contract_id=1, asset_id=1, since=START, until=date(2026, 6, 30)))
    assert perimeter.save_rule(session, 1, {}, first) == 1
    assert spans(session, 1) == [(START, date(2026, 6, 30)), (date(2026, 7, 1), None)]


def test_an_asset_enters_moves_and_leaves_with_its_record(session: Session) -> None:
    rule(session, family_id=1, site_id=1)
    known = {"number": "PC-9", "family_id": 1, "site_id": 1, "commissioned_on": date(2026, 2, 1)}
    made = records.create(session, ASSET, known)
    assert spans(session, made) == [(date(2026, 2, 1), None)]
    bare = records.create(session, ASSET, {"number": "PC-8", "family_id": 1, "site_id": 1})
    assert spans(session, bare) == [(TODAY, None)]
    records.update(session, ASSET, 1, {"site_id": 2})
    assert spans(session, 1) == [(START, TODAY)]
    records.update(session, ASSET, 2, {"site_id": 1})
    assert spans(session, 2) == [(TODAY, None)]
    records.update(session, ASSET, 1, {"site_id": 1})
    assert spans(session, 1) == [(START, TODAY), (TOMORROW, None)]
    records.update(session, ASSET, 1, {"room": "12"})
    assert len(spans(session, 1)) == 2


def test_an_asset_passes_from_one_rule_to_another(session: Session) -> None:
    rule(session, site_id=1)
    rule(session, site_id=2)
    records.update(session, ASSET, 1, {"site_id": 2})
    assert spans(session, 1) == [(START, TODAY), (TOMORROW, None)]


def test_a_cover_that_had_not_begun_goes_to_the_bin(session: Session) -> None:
    rule(session, site_id=1, since=TOMORROW)
    records.update(session, ASSET, 1, {"site_id": 2})
    assert spans(session, 1) == []


def test_an_asset_in_the_bin_waits(session: Session) -> None:
    records.to_bin(session, ASSET, [1])
    rule(session, family_id=1)
    assert numbers(session) == ["PC-2"]
    records.restore(session, ASSET, [1])
    assert spans(session, 1) == [(TODAY, None)]


def test_what_leaves_the_company_leaves_its_contracts(session: Session) -> None:
    rule(session, family_id=1)
    perimeter.cover(session, 1, [3], START)
    told = {"kind": ExitKind.THEFT, "retired_on": YESTERDAY, "personal_data": False, "reason": "Perdu"}
    retirement.retire(session, 1, told, TODAY)
    assert spans(session, 1) == [(START, YESTERDAY)]
    for asset, on in ((2, YESTERDAY), (3, None)):  # as an import writes it
        session.get_one(Asset, asset).status = AssetStatus.RETIRED
        session.get_one(Asset, asset).retired_on = on
    assert cover_rules.follow(session) == 2
    assert spans(session, 2) == [(START, YESTERDAY)]
    assert spans(session, 3) == [(START, TODAY)]
    assert cover_rules.follow(session, []) == 0


def test_an_asset_is_taken_out_of_a_rule_for_a_reason(session: Session) -> None:
    rule(session, family_id=1)
    first = covers(session)[0]
    with pytest.raises(InvalidFields) as refused:
        perimeter.uncover(session, [first], YESTERDAY)
    assert set(refused.value.problems) == {"reason"}
    held = session.get_one(CoveredAsset, first)
    assert perimeter.uncover(session, [first], YESTERDAY, " Garantie du  constructeur ") == 1
    assert held.excluded
    cover_rules.follow(session)
    assert numbers(session) == ["PC-2"]
    (kept,) = perimeter.excluded(session, 1)
    assert (kept.asset, kept.rule, kept.last_day) == ("PC-1", "Famille Portable", YESTERDAY)
    assert kept.reason == "Garantie du constructeur"
    perimeter.put_back(session, [first], TODAY)
    assert spans(session, 1) == [(START, YESTERDAY), (TODAY, None)]
    assert perimeter.excluded(session, 1) == []


def test_an_asset_may_be_taken_out_before_it_is_covered_or_later(session: Session) -> None:
    rule(session, family_id=1)
    rule(session, site_id=1, since=TOMORROW)
    soon = session.scalars(select(CoveredAsset.id).where(CoveredAsset.since == TOMORROW)).one()
    first = covers(session)[0]
    perimeter.uncover(session, [first], TOMORROW, "Vendu bientôt")
    perimeter.uncover(session, [soon], TODAY, "Jamais confié")
    assert spans(session, 3) == []
    assert [one.last_day for one in perimeter.excluded(session, 1)] == [None, TOMORROW]
    cover_rules.follow(session)
    assert spans(session, 3) == []
    perimeter.put_back(session, [first, soon], TODAY)
    assert (spans(session, 1), spans(session, 3)) == ([(START, None)], [(TOMORROW, None)])


def test_a_rule_is_corrected(session: Session) -> None:
    session.get_one(Asset, 2).commissioned_on = date(2026, 2, 1)
    made = rule(session, family_id=1, since=date(2026, 3, 1))
    perimeter.save_rule(session, 1, {"since": START}, made)
    assert (spans(session, 1), spans(session, 2)) == ([(START, None)], [(date(2026, 2, 1), None)])
    perimeter.save_rule(session, 1, {"until": date(2026, 9, 30)}, made)
    assert spans(session, 1) == [(START, date(2026, 9, 30))]
    perimeter.save_rule(session, 1, {"until": None}, made)
    assert spans(session, 1) == [(START, None)]
    perimeter.save_rule(session, 1, {"family_id": 2}, made)
    assert (spans(session, 1), spans(session, 3)) == ([(START, TODAY)], [(START, None)])
    perimeter.save_rule(session, 1, {"since": TOMORROW}, made)
    assert (spans(session, 1), spans(session, 3)) == ([], [(TOMORROW, None)])


def test_a_rule_is_stopped(session: Session) -> None:
    made = rule(session, family_id=1)
    perimeter.stop_rule(session, made, TOMORROW)
    assert spans(session, 1) == [(START, TOMORROW)]
    with pytest.raises(InvalidFields, match="finit déjà le"):
        perimeter.stop_rule(session, made, TOMORROW + timedelta(days=1))
    perimeter.stop_rule(session, made, START - timedelta(days=1))
    assert perimeter.rules(session, 1, TODAY) == []
    assert spans(session, 1) == []


def test_what_was_covered_on_any_day(session: Session) -> None:
    rule(session, family_id=1, since=date(2026, 2, 1), until=date(2026, 9, 30))
    perimeter.cover(session, 1, [3], date(2026, 6, 1))
    told = {on: perimeter.covered_on(session, 1, on) for on in (START, date(2026, 2, 1), date(2026, 6, 1), TODAY)}
    assert [one.count for one in told.values()] == [0, 2, 3, 1]
    assert [one.by_hand for one in told.values()] == [0, 0, 1, 1]
    assert [one.rules[0].count for one in told.values()] == [0, 2, 2, 0]


def test_an_asset_in_two_contracts_is_told(session: Session) -> None:
    other = add_contract(session, number="CT-2", starts_on=START)
    rule(session, site_id=1)
    perimeter.cover(session, other, [1, 2, 3], TODAY)
    (found,) = perimeter.conflicts(session, 1, TODAY)
    assert (found.contract_id, found.number, found.count, found.assets) == (other, "CT-2", 2, ("IMP-3", "PC-1"))
    assert perimeter.conflicts(session, 1, YESTERDAY) == []
    session.get_one(Contract, other).status = ContractStatus.DRAFT
    assert perimeter.covered_on(session, 1, TODAY).conflicts == ()


def test_nobody_is_followed_without_a_rule(session: Session) -> None:
    made = add_asset(session, "PC-7", 1)
    assert cover_rules.follow(session, [made]) == 0
