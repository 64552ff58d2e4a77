"""The replacement plan: what is in it, for how much, what is decided of it (domain.md A.7, F.1)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import InvalidFields
from app.models import Asset, Expertise, ExpertiseSheet, Family, Part, Replacement, Ticket
from app.models.codes import AssetStatus, Charge, Ownership, SheetState, Verdict
from app.models.judgement_codes import ReplacementChoice
from app.models.money_codes import BudgetPurpose
from app.reports.replacements_data import Total
from app.services import preferences
from app.services.replacements import decisions, plan
from app.services.replacements.plan import Plan
from app.services.replacements.reading import Basis, Item
from app.services.spending import forecast, gather
from app.services.spending.forecast import Column
from app.storage import Store
from tests.services.spending.books import TODAY, asset, visit


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened


def aged(session: Session, number: str, year: int, **values: Any) -> int:
    """An asset whose life of five years ends on 5 October of that year."""
    told = {"commissioned_on": date(year - 5, 10, 5), "replacement_value": 80_000, "brand": "Dell", **values}
    made = asset(session, number, **told)
    session.get_one(Family, session.get_one(Asset, made).family_id).life_years = 5
    session.flush()
    return made


def judged(session: Session, asset_id: int, verdict: Verdict, held: date = date(2026, 1, 10), **values: Any) -> None:
    made = Expertise(number=f"EX-{asset_id}-{held}", title="Parc", held_on=held)
    session.add(made)
    session.flush()
    told = {"state": SheetState.DONE, "final_verdict": verdict, **values}
    session.add(ExpertiseSheet(expertise_id=made.id, asset_id=asset_id, **told))
    session.flush()


def read(session: Session) -> Plan:
    return plan.plan(session, TODAY)


def told(items: tuple[Item, ...]) -> list[tuple[str, int | None, str]]:
    return [(one.number, one.year, one.why) for one in items]


def test_each_asset_stands_in_its_year_with_its_reasons(session: Session) -> None:
    aged(session, "PC-01", 2026)
    aged(session, "PC-02", 2023)
    aged(session, "PC-03", 2028)
    aged(session, "PC-04", 2029)
    aged(session, "SR-05", 2028, support_end=date(2027, 1, 12))
    judged(session, aged(session, "PC-06", 2029), Verdict.D)
    judged(session, aged(session, "PC-07", 2026), Verdict.B, renew_on=date(2027, 3, 1))
    found = read(session)
    assert found.years == (2026, 2027, 2028)
    assert told(found.items) == [
        ("PC-02", 2026, "fin de vie le 05/10/2023 (5\u00a0ans)"),
        ("PC-06", 2026, "verdict D, à renouveler le 10/04/2026"),
        ("PC-01", 2026, "fin de vie le 05/10/2026 (5\u00a0ans)"),
        ("SR-05", 2027, "fin de support le 12/01/2027\u00a0; fin de vie le 05/10/2028 (5\u00a0ans)"),
        ("PC-07", 2027, "verdict B, à renouveler le 01/03/2027"),
        ("PC-03", 2028, "fin de vie le 05/10/2028 (5\u00a0ans)"),
    ]
    assert found.by_year == (Total(3, 240_000, 0), Total(2, 160_000, 0), Total(1, 80_000, 0))
    assert [(one.family, one.total.count) for one in found.by_family] == [("Famille PC", 5), ("Famille SR", 1)]


@pytest.mark.parametrize(
    "values",
    [{"status": AssetStatus.RETIRED}, {"ownership": Ownership.THIRD_PARTY}, {"ownership": Ownership.PERSONAL}],
)
def test_what_is_gone_or_not_ours_is_left_out(session: Session, values: dict[str, Any]) -> None:
    aged(session, "PC-01", 2026, **values)
    assert read(session).is_empty


@pytest.mark.parametrize(
    ("values", "sheet", "cents", "basis"),
    [
        ({}, {"replacement_value": 90_000}, 90_000, Basis.VALUE),
        ({}, {}, 80_000, Basis.VALUE),
        ({"replacement_value": None, "price": 70_000}, {}, 70_000, Basis.PRICE),
        ({"replacement_value": None}, {}, 60_000, Basis.FAMILY),
    ],
)
def test_the_budget_is_the_best_known_price(
    session: Session, values: dict[str, Any], sheet: dict[str, Any], cents: int, basis: Basis
) -> None:
    pc = aged(session, "PC-01", 2026, **values)
    judged(session, pc, Verdict.D, **sheet)
    if "replacement_value" in values and "price" not in values:
        for number, price in (("PC-02", 50_000), ("PC-03", 60_000), ("PC-04", 99_000)):
            aged(session, number, 2035, replacement_value=price)
    [one] = read(session).items
    assert (one.cents, one.basis) == (cents, basis)


def test_without_any_price_it_is_not_priced_and_not_zero(session: Session) -> None:
    aged(session, "PC-01", 2026, replacement_value=None)
    found = read(session)
    assert (found.items[0].cents, found.items[0].basis, found.total) == (None, Basis.NONE, Total(1, None, 1))
    assert [(one.key, one.title) for one in found.remarks] == [("unpriced", "1\u00a0bien non chiffré")]


def test_failures_and_repairs_ask_for_it_now(session: Session) -> None:
    weak, dear = asset(session, "PC-01", replacement_value=80_000), asset(session, "PC-02", replacement_value=80_000)
    for _ in range(4):
        session.get_one(Ticket, _ticket(session, weak)).is_failure = True
    done = visit(session, Charge.BILLABLE, dear)
    session.add(Part(intervention_id=done, label="Carte mère", quantity=1, unit_price=30_000))
    visit(session, Charge.BILLABLE)
    session.flush()
    assert told(read(session).items) == [
        ("PC-01", 2026, "4 pannes en douze mois"),
        ("PC-02", 2026, "réparations à 38\u00a0% de la valeur en douze mois"),
    ]


def _ticket(session: Session, asset_id: int) -> int:
    visit(session, Charge.INCLUDED, asset_id)
    return max(row.id for row in session.query(Ticket))


# What is decided


def decided(session: Session, asset_id: int) -> Replacement:
    return session.query(Replacement).filter_by(asset_id=asset_id).one()


def test_another_year_a_reason_a_budget_and_back(session: Session) -> None:
    pc = aged(session, "PC-01", 2026)
    items = read(session).items
    for year, problem in ((2025, "year"), (2050, "year"), (2027, "reason")):
        with pytest.raises(InvalidFields) as refused:
            decisions.put_in(session, items, year, " ", TODAY)
        assert list(refused.value.problems) == [problem]
    decisions.put_in(session, items, 2027, "Budget voté en 2027", TODAY)
    decisions.price(session, items, 95_000, TODAY)
    [one] = read(session).items
    assert (one.on, one.cents, one.basis) == (date(2027, 10, 5), 95_000, Basis.DECIDED)
    assert (one.choice, one.reason, one.decided_on) == (ReplacementChoice.POSTPONE, "Budget voté en 2027", TODAY)
    decisions.put_in(session, [one], 2030, "Encore bon", TODAY)
    assert [item.year for item in read(session).later] == [2030]
    assert read(session).items == ()
    decisions.put_in(session, [one], 2026, "", TODAY)
    assert decided(session, pc).choice == ReplacementChoice.REPLACE
    assert decisions.forget(session, [one]) == 1
    [back] = read(session).items
    assert (back.choice, back.cents, back.on) == (None, 80_000, date(2026, 10, 5))
    decisions.price(session, [back], 70_000, TODAY)
    again = decided(session, pc)
    assert (again.deleted_at, again.year, again.reason, again.amount) == (None, None, None, 70_000)


def test_what_is_kept_is_told_apart(session: Session) -> None:
    aged(session, "PC-01", 2026)
    items = read(session).items
    with pytest.raises(InvalidFields, match="gardé"):
        decisions.keep(session, items, "", TODAY)
    decisions.keep(session, items, "Poste de secours", TODAY)
    found = read(session)
    assert (found.items, [one.number for one in found.kept]) == ((), ["PC-01"])
    assert gather.read(session, 2026, TODAY).lines == ()


def test_one_that_no_rule_asks_for_may_be_replaced(session: Session) -> None:
    pc = aged(session, "PC-01", 2035)
    session.add(Replacement(asset_id=pc, choice=ReplacementChoice.REPLACE, year=2027))
    session.flush()
    [one] = read(session).items
    assert (one.on, one.why) == (date(2027, 10, 5), "décidé")


# What is to be looked at


def test_the_remarks_name_their_assets(session: Session) -> None:
    late = aged(session, "PC-01", 2024, support_end=date(2025, 10, 14))
    bare = aged(session, "PC-02", 2028, support_end=date(2026, 10, 13))
    judged(session, bare, Verdict.A, renew_on=date(2028, 10, 5))
    unknown = asset(session, "XX-03")
    for number in range(4, 9):
        aged(session, f"PC-{number:02}", 2027)
    found = {one.key: one for one in read(session).remarks}
    assert {key: one.ids for key, one in found.items() if key != "heavy"} == {
        "late": (late,), "support": (bare,), "unknown": (unknown,),
    }  # fmt: skip
    assert found["late"].title == "1\u00a0bien aurait déjà dû être remplacé"
    assert found["heavy"].title == "2027 porte 71\u00a0% du budget des trois ans"
    assert len(found["heavy"].ids) == 5


def test_a_kept_one_without_support_is_told(session: Session) -> None:
    pc = aged(session, "PC-01", 2026, support_end=date(2025, 10, 14))
    decisions.keep(session, read(session).items, "Pilote une machine", TODAY)
    assert [(one.key, one.ids) for one in read(session).remarks] == [("support", (pc,))]


# The same figures everywhere


def test_the_forecast_counts_what_the_plan_counts(store: Store) -> None:
    with store.begin("essai") as session:
        preferences.save(session, {"vat_recovered": False})
        aged(session, "PC-01", 2026)
        aged(session, "PC-02", 2027)
        judged(session, aged(session, "PC-03", 2030), Verdict.E)
        decisions.price(session, plan.plan(session, TODAY).items[-1:], 50_000, TODAY)
    with store.read() as session:
        found = plan.plan(session, TODAY)
        for year, its in zip(found.years, found.by_year, strict=True):
            of = gather.read(session, year, TODAY)
            purchases = next(one for one in forecast.forecasts(of) if one.purpose == BudgetPurpose.EQUIPMENT)
            assert purchases.parts[Column.PLANNED] == (its.cents or 0)
        assert [one.cents for one in found.by_year] == [192_000, 60_000, None]
        assert found.words == "TTC"


def test_it_is_read_in_a_task(store: Store) -> None:
    from app.jobs import drain  # noqa: PLC0415 - for this test only

    assert drain(plan.read_job(store, TODAY)).is_empty
