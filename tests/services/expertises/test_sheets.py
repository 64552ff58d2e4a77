"""Opening an expertise, assessing its sheets, judging the lot."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.errors import InvalidFields, NotFound, Refused, StaleRecord
from app.jobs import drain
from app.models import Asset, CoveredAsset, Expertise, ExpertiseSheet, Setting, Site
from app.models.codes import AssetStatus, Condition, ExpertiseStatus, FeePeriod, Finding, SheetState, Verdict
from app.services import preferences
from app.services.expertises import Standing, Waiting, latest, lot, of_asset, opening, sheets, standing, waiting
from app.services.expertises.opening import Scope
from app.services.expertises.sheets import Answers, Notes
from app.services.expertises.words import Opinion
from app.storage import Store
from tests.services.company import add_contract
from tests.services.expertises.park import GIVEN, ON, assess, asset, family, opened, sheet_of

LATER = date(2027, 11, 21)


# -- opening ----------------------------------------------------------------------------------------------------


def test_an_expertise_has_one_sheet_per_asset_still_there(store: Store) -> None:
    with store.begin() as session:
        for number, status in (("PC-1", "in_service"), ("PC-2", "in_stock"), ("PC-3", "in_repair"), ("PC-4", "lent")):
            asset(session, number, status=AssetStatus.of(status))
        asset(session, "PC-5", status=AssetStatus.RETIRED)
        asset(session, "PC-6", deleted_at=datetime.now(UTC))
        expertise = opened(session)
        assert [stop.number for stop in lot.way(session, expertise)] == ["PC-1", "PC-2", "PC-3", "PC-4"]
        kept = session.scalars(select(ExpertiseSheet)).first()
        assert kept is not None
        assert (kept.state, kept.age_note, kept.support_note, kept.replacement_value) == (
            SheetState.TO_DO,
            4,
            4,
            90_000,
        )


def test_an_expertise_of_one_site_or_family(store: Store) -> None:
    with store.begin() as session:
        site = Site(name="Dijon")
        session.add(site)
        session.flush()
        printers = family(session, "Imprimante", "IMP")
        asset(session, "PC-1", site_id=site.id)
        asset(session, "IMP-1", family_id=printers)
        assert opening.count(session, Scope()) == 2
        assert [stop.number for stop in lot.way(session, opened(session, site_id=site.id))] == ["PC-1"]
        assert [stop.number for stop in lot.way(session, opened(session, family_id=printers))] == ["IMP-1"]
        with pytest.raises(Refused, match="Aucun bien"):
            opened(session, site_id=site.id, family_id=printers)


def test_assets_that_came_since_are_added(store: Store) -> None:
    with store.begin() as session:
        asset(session, "PC-1")
        expertise = opened(session)
        asset(session, "PC-2")
        assert drain(opening.add_job(session, expertise, Scope())) == 1
        assert drain(opening.add_job(session, expertise, Scope())) == 0
        assess(session, expertise, "PC-1")
        assess(session, expertise, "PC-2")
        lot.close(session, expertise)
        with pytest.raises(Refused, match="close"):
            drain(opening.add_job(session, expertise, Scope()))


def test_the_yearly_fees_give_a_first_price(store: Store) -> None:
    with store.begin() as session:
        assert opening.yearly_fees(session, ON) is None
        contract = add_contract(session, fee=10_000, fee_period=FeePeriod.MONTH)
        assert opening.yearly_fees(session, ON) is None  # it covers nothing
        session.add(CoveredAsset(contract_id=contract, asset_id=asset(session, "PC-1"), since=ON))
        session.flush()
        assert opening.yearly_fees(session, ON) == 120_000


def test_the_way_goes_by_site_then_room_then_number(store: Store) -> None:
    with store.begin() as session:
        sites = [Site(name="Émilie"), Site(name="Dijon")]
        session.add_all(sites)
        session.flush()
        asset(session, "PC-4")
        asset(session, "PC-3", site_id=sites[0].id)
        asset(session, "PC-2", site_id=sites[1].id, room="Étage")
        asset(session, "PC-1", site_id=sites[1].id, room="Rez")
        assert [stop.number for stop in lot.way(session, opened(session))] == ["PC-2", "PC-1", "PC-3", "PC-4"]


# -- one sheet --------------------------------------------------------------------------------------------------


def test_a_sheet_asks_what_nobody_knows(store: Store) -> None:
    with store.begin() as session:
        asset(session, "PC-1")
        sheet = sheets.read(session, sheet_of(session, opened(session), "PC-1"))
    assert sheet.answers.notes == Notes(None, 4, 4, 4, None, None)
    assert sheets.evaluate(sheet.answers, sheet.known).missing == ("condition", "parts", "fit", "repair_cost")
    assert set(sheet.sources) == {"age", "support", "failures", "maintenance_cost", "replacement_value"}
    assert (sheet.state, sheet.previous_verdict, sheet.previous_score) == (SheetState.TO_DO, None, "–")


def test_an_untouched_sheet_follows_the_inventory(store: Store) -> None:
    with store.begin() as session:
        one = asset(session, "PC-1", support_end=None)
        sheet = sheet_of(session, opened(session), "PC-1")
        session.get_one(Asset, one).support_end = date(2026, 12, 25)
        session.flush()
        assert sheets.read(session, sheet).answers.notes.support == 1
        sheets.save(session, sheet, replace(sheets.read(session, sheet).answers, repair_cost=1))
        session.get_one(Asset, one).support_end = None
        session.flush()
        session.expire_all()
        assert sheets.read(session, sheet).answers.notes.support == 1


def test_saving_judges_and_tells_the_asset(store: Store) -> None:
    with store.begin() as session:
        one = asset(session, "PC-1")
        expertise = opened(session)
        sheet = assess(session, expertise, "PC-1", observations="Propre", networked=True)
        kept, seen = session.get_one(ExpertiseSheet, sheet), session.get_one(Asset, one)
        assert (kept.verdict, kept.final_verdict, kept.score_hundredths, kept.state) == (
            "A",
            "A",
            8625,
            SheetState.DONE,
        )
        assert kept.rule == "Score de 86,25, au moins 80, et rien à remettre en état"
        assert (kept.repair_permille, kept.maintenance_permille, kept.assessed_by) == (0, 0, store.who)
        assert (seen.condition, seen.finding, seen.seen_on) == (Condition.GOOD, Finding.SEEN, ON)
        session.expire_all()
        assert sheets.read(session, sheet).answers == replace(GIVEN, observations="Propre", networked=True)


def test_an_incomplete_sheet_is_kept_without_verdict(store: Store) -> None:
    with store.begin() as session:
        asset(session, "PC-1")
        expertise = opened(session)
        sheet = assess(session, expertise, "PC-1")
        assert assess(session, expertise, "PC-1", repair_cost=None) == sheet
        kept = session.get_one(ExpertiseSheet, sheet)
        assert (kept.state, kept.verdict, kept.final_verdict, kept.rule) == (SheetState.STARTED, None, None, None)
        assert (kept.assessed_at, kept.score_hundredths, kept.repair_permille) == (None, 8625, None)


def test_a_condition_seen_since_is_not_overwritten(store: Store) -> None:
    with store.begin() as session:
        one = asset(session, "PC-1", condition=Condition.DEAD, seen_on=LATER)
        expertise = opened(session)
        assess(session, expertise, "PC-1")
        assert session.get_one(Asset, one).condition == Condition.DEAD
        assess(session, expertise, "PC-1", seen_on=None)
        assert session.get_one(Asset, one).seen_on == LATER


def test_a_condition_told_by_somebody_leaves_the_day_it_was_seen(store: Store) -> None:
    with store.begin() as session:
        one = asset(session, "PC-1", seen_on=date(2025, 1, 1))
        expertise = opened(session)
        assess(session, expertise, "PC-1", finding=Finding.DECLARED, seen_on=None)
        told = session.get_one(Asset, one)
        assert (told.condition, told.finding, told.seen_on) == (Condition.GOOD, Finding.DECLARED, date(2025, 1, 1))
        assess(session, expertise, "PC-1", finding=None, notes=Notes())
        assert told.condition == Condition.GOOD


def test_values_out_of_bounds_and_old_versions_are_refused(store: Store) -> None:
    with store.begin() as session:
        asset(session, "PC-1")
        expertise = opened(session)
        with pytest.raises(InvalidFields):
            assess(session, expertise, "PC-1", repair_cost=-1)
        with pytest.raises(StaleRecord):
            sheets.save(session, sheet_of(session, expertise, "PC-1"), GIVEN, version=7)
        with pytest.raises(NotFound):
            sheets.read(session, 99)


def test_what_the_verdict_proposes_yields_to_the_expert(store: Store) -> None:
    with store.begin() as session:
        asset(session, "PC-1")
        sheet = sheets.read(session, sheet_of(session, opened(session), "PC-1"))
    ruled = sheets.evaluate(GIVEN, sheet.known)
    assert (ruled.verdict, ruled.words, ruled.score) == (Verdict.A, "Maintenable en l’état", "86,25")
    assert (ruled.repair, ruled.renew_on) == ("0,0\u00a0%", date(2029, 11, 21))
    proposed = sheets.with_proposals(GIVEN, ruled)
    assert proposed.action == "Maintenir en l’état. Remplacement à prévoir pour le 21/11/2029."
    own = replace(GIVEN, action="Rien", renew_on=ON)
    assert sheets.with_proposals(own, ruled) == own
    bare = sheets.evaluate(Answers(), sheet.known)
    assert (bare.verdict, bare.score, bare.action) == (None, "–", "")
    assert sheets.with_proposals(Answers(), bare) == Answers()


@pytest.mark.parametrize(
    ("networked", "isolated", "verdict"), [(True, False, "D"), (True, True, "A"), (None, None, "A")]
)
def test_an_isolated_asset_may_do_without_support(
    store: Store, networked: bool | None, isolated: bool | None, verdict: str
) -> None:
    with store.begin() as session:
        asset(session, "PC-1")
        notes = Notes(4, 4, 0, 4, 4, 4)
        sheet = assess(session, opened(session), "PC-1", notes=notes, networked=networked, isolated=isolated)
        assert session.get_one(ExpertiseSheet, sheet).verdict == verdict


def test_the_expert_has_the_last_word_and_says_why(store: Store) -> None:
    with store.begin() as session:
        asset(session, "PC-1")
        expertise = opened(session)
        sheet = sheet_of(session, expertise, "PC-1")
        with pytest.raises(Refused, match="Évaluez d’abord"):
            sheets.override(session, sheet, Verdict.C, "Bruit")
        assess(session, expertise, "PC-1")
        with pytest.raises(InvalidFields, match="déjà le verdict"):
            sheets.override(session, sheet, Verdict.A, "Bruit")
        with pytest.raises(InvalidFields, match="pourquoi"):
            sheets.override(session, sheet, Verdict.C, "  ")
        sheets.override(session, sheet, Verdict.C, "Ventilateur bruyant")
        kept = session.get_one(ExpertiseSheet, sheet)
        assert (kept.verdict, kept.override, kept.final_verdict) == (Verdict.A, Verdict.C, Verdict.C)
        assess(session, expertise, "PC-1", repair_cost=60_000)
        assert (kept.verdict, kept.final_verdict) == (Verdict.D, Verdict.C)
        assert sheets.read(session, sheet).override_reason == "Ventilateur bruyant"
        sheets.override(session, sheet, None)
        assert (kept.override, kept.override_reason, kept.final_verdict) == (None, None, Verdict.D)


def test_what_was_proposed_follows_the_last_word(store: Store) -> None:
    with store.begin() as session:
        asset(session, "PC-1")
        expertise = opened(session)
        sheet = sheet_of(session, expertise, "PC-1")
        proposed = sheets.with_proposals(GIVEN, sheets.evaluate(GIVEN, sheets.read(session, sheet).known))
        sheets.save(session, sheet, proposed)
        sheets.override(session, sheet, Verdict.C, "Bruyant")
        kept = session.get_one(ExpertiseSheet, sheet)
        assert kept.renew_on == LATER
        assert kept.action == "Maintenir en palliatif. Remplacer avant le 21/11/2027. Prévoir 900,00\u00a0€ HT."
        sheets.override(session, sheet, None)
        assert (kept.action, kept.renew_on) == (proposed.action, proposed.renew_on)
        sheets.save(session, sheet, replace(proposed, action="Attendre"))
        sheets.override(session, sheet, Verdict.D, "Bruyant")
        assert (kept.action, kept.renew_on) == ("Attendre", proposed.renew_on)


def test_answers_are_taken_again_from_the_same_model(store: Store) -> None:
    with store.begin() as session:
        for number, model in (("PC-1", "OptiPlex"), ("PC-2", "OptiPlex"), ("PC-3", "Autre"), ("PC-4", None)):
            asset(session, number, model=model)
        asset(session, "PC-5", brand="HP")
        expertise = opened(session)
        assert lot.twin(session, sheet_of(session, expertise, "PC-2")) is None
        assess(session, expertise, "PC-1", repair_cost=4_500)
        found = lot.twin(session, sheet_of(session, expertise, "PC-2"))
        assert found == lot.Twin("PC-1", {"condition": 3, "parts": 4, "fit": 3}, 4_500)
        for number in ("PC-1", "PC-3", "PC-4", "PC-5"):
            assert lot.twin(session, sheet_of(session, expertise, number)) is None


# -- the lot ----------------------------------------------------------------------------------------------------


def test_the_lot_is_counted_and_judged(store: Store) -> None:
    with store.begin() as session:
        for n in range(4):
            asset(session, f"PC-{n}")
        expertise = opened(session, price=50_000)
        assess(session, expertise, "PC-0")
        assess(session, expertise, "PC-1", repair_cost=12_000, support_unknown=True)
        assess(session, expertise, "PC-2", repair_cost=60_000)
        half = lot.summary(session, expertise)
        assert (half.total, half.done, half.told.opinion) == (4, 3, None)
        assess(session, expertise, "PC-3", repair_cost=8_000, notes=Notes(3, 1, 1, 2, 2, 3))
        found = lot.summary(session, expertise)
    assert found.counts == {"A": 1, "B": 1, "C": 1, "D": 1, "E": 0}
    assert (found.repair, found.doubtful) == (20_000, 1)
    assert (found.feasibility.share, found.feasibility.ratio) == (Decimal("0.75"), Decimal(50_000) / 270_000)
    assert found.told.opinion is Opinion.RESERVED


def test_the_thresholds_are_settings(store: Store) -> None:
    with store.begin() as session:
        preferences.save(session, {"expertise_good_share": 50, "expertise_bad_ratio": 40})
        found = lot.limits(session)
    assert (found.good_share, found.good_ratio) == (Decimal("0.5"), Decimal("0.15"))
    assert (found.bad_share, found.bad_ratio) == (Decimal("0.6"), Decimal("0.4"))
    with store.read() as session:
        assert session.get(Setting, "expertise_bad_share") is None


def test_closing_waits_for_every_verdict_or_makes_reserves(store: Store) -> None:
    with store.begin() as session:
        for n in range(5):
            asset(session, f"PC-{n}")
        expertise = opened(session)
        sheet = assess(session, expertise, "PC-0")
        with pytest.raises(
            Refused, match="4\u00a0biens n’ont pas encore de verdict\u00a0: PC-1, PC-2, PC-3 et 1\u00a0autre"
        ):
            lot.close(session, expertise)
        lot.close(session, expertise, anyway=True)
        assert session.get_one(Expertise, expertise).status == ExpertiseStatus.CLOSED
        assert lot.unassessed(session, expertise) == ["PC-1", "PC-2", "PC-3", "PC-4"]
        with pytest.raises(Refused, match="close"):
            sheets.save(session, sheet, GIVEN)
        with pytest.raises(Refused, match="close"):
            sheets.override(session, sheet, Verdict.C, "Bruit")
        lot.reopen(session, expertise)
        sheets.save(session, sheet, GIVEN)
    assert lot.left_told(["PC-1"]) == "1\u00a0bien n’a pas encore de verdict\u00a0: PC-1."


def test_an_expertise_in_the_bin_is_not_found(store: Store) -> None:
    with store.begin() as session:
        asset(session, "PC-1")
        expertise = opened(session)
        session.get_one(Expertise, expertise).deleted_at = datetime.now(UTC)
        session.flush()
        with pytest.raises(NotFound):
            lot.summary(session, expertise)


# -- from one to the next ---------------------------------------------------------------------------------------


def test_an_expertise_is_compared_with_the_one_before(store: Store) -> None:
    with store.begin() as session:
        for number in ("PC-1", "PC-2", "PC-3"):
            asset(session, number)
        first = opened(session)
        assess(session, first, "PC-1")
        assess(session, first, "PC-2", repair_cost=60_000)
        assess(session, first, "PC-3")
        asset(session, "PC-4")
        second = opened(session, on=LATER)
        before = sheets.read(session, sheet_of(session, second, "PC-2"))
        assert (before.previous_verdict, before.previous_score) == (Verdict.D, "86,25")
        assess(session, second, "PC-1", repair_cost=100)
        assess(session, second, "PC-2")
        assess(session, second, "PC-3")
        assess(session, second, "PC-4")
        found = lot.summary(session, second)
        assert (found.better, found.worse) == (1, 1)


def test_the_latest_verdicts_as_papers_tell_them(store: Store) -> None:
    with store.begin() as session:
        one = asset(session, "PC-1", support_end=date(2027, 10, 12))
        asset(session, "PC-2", replacement_value=None)
        asset(session, "PC-3")
        first = opened(session, price=40_000)
        notes = Notes(3, 4, 2, 4, 4, 3)
        assess(session, first, "PC-1", repair_cost=9_000, observations="Bruyant", action="Changer", notes=notes)
        assess(session, first, "PC-2", replacement_value=None)
        second = opened(session, on=LATER)
        sheet = assess(session, second, "PC-1")
        sheets.override(session, sheet, Verdict.C, "Bruyant")
        then, now = latest(session, ON), latest(session, LATER)
        both = of_asset(session, one)
    row = then.by_asset[one]
    assert (then.number, then.held_on, then.closed, then.reserves) == ("EXP-2026-001", ON, False, ("PC-3",))
    assert (then.counts, then.repair) == ({"A": 1, "B": 1, "C": 0, "D": 0, "E": 0}, 9_000)
    assert (then.value, then.annual_price, then.told.opinion) == (90_000, 40_000, None)
    assert [(c.note, c.weight) for c in row.criteria] == [(3, 25), (4, 20), (2, 20), (4, 15), (4, 10), (3, 10)]
    assert [c.finding for c in row.criteria][1:4] == ["0,39", "10\u00a0mois", "aucune"]
    assert (row.score, sum(c.points for c in row.criteria)) == (Decimal("81.25"), Decimal("81.25"))
    assert (row.verdict, row.rule, row.before) == (
        Verdict.B,
        "Score de 81,25, mais 90,00\u00a0€ de remise en état",
        None,
    )
    assert (row.repair_ratio, row.maintenance_ratio) == (Decimal("0.1"), Decimal(0))
    again = now.by_asset[one]
    assert (again.ruled, again.verdict, again.reason) == (Verdict.A, Verdict.C, "Bruyant")
    assert again.before is not None
    assert (again.before.verdict, again.before.score) == (Verdict.B, Decimal("81.25"))
    assert (now.number, now.annual_price, len(now.rows)) == ("EXP-2026-002", 40_000, 2)
    assert [found.expertise for found in both] == ["EXP-2026-002", "EXP-2026-001"]
    assert both[0] == again


def test_an_asset_knows_the_sheets_that_wait_for_it(store: Store) -> None:
    with store.begin() as session:
        one = asset(session, "PC-1")
        first = opened(session)
        lot.close(session, first, anyway=True)
        second = opened(session, on=LATER)
        assert standing(session, one) is None
        assert waiting(session, one) == [Waiting(sheet_of(session, second, "PC-1"), "EXP-2026-002")]
        told = assess(session, second, "PC-1")
        assert waiting(session, one) == []
        assert standing(session, one) == Standing(told, LATER, Verdict.A, "Maintenable en l’état", Decimal("86.25"))
        session.get_one(Asset, one).status = AssetStatus.RETIRED
        session.flush()
        assert [found.sheet_id for found in of_asset(session, one)] == [sheet_of(session, second, "PC-1")]


def test_a_closed_lot_has_its_opinion_and_its_reserves(store: Store) -> None:
    with store.begin() as session:
        asset(session, "PC-1")
        asset(session, "PC-2")
        asset(session, "PC-3", status=AssetStatus.IN_STOCK)
        expertise = opened(session, price=10_000)
        assess(session, expertise, "PC-1")
        assess(session, expertise, "PC-3")
        lot.close(session, expertise, anyway=True)
        assert latest(session, ON).told.opinion is lot.summary(session, expertise).told.opinion is Opinion.FAVOURABLE
        gone = session.scalars(select(Asset).where(Asset.number == "PC-3")).one()
        gone.status = AssetStatus.RETIRED
        session.flush()
        found = latest(session, ON)
    assert (len(found.rows), found.reserves, found.closed) == (1, ("PC-2",), True)


def test_without_any_expertise_there_is_an_empty_lot(store: Store) -> None:
    with store.begin() as session:
        found = latest(session, ON)
        assert of_asset(session, 1) == []
    assert (found.number, found.rows, found.reserves, found.held_on) == ("", (), (), None)
