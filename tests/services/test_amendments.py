"""The terms in force on a day: the contract as signed, and each signed amendment from its day on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import InvalidFields, NotFound, Refused
from app.fields import this_day
from app.models import Amendment, Contract, Ticket
from app.models.codes import FeePeriod, Renewal, WaitReason, Zone
from app.models.contract_codes import AmendmentStatus
from app.services import amending, amendment_words, amendments, listing, terms, tickets
from app.services.amending import Wanted
from app.services.amendments import on_day
from app.services.contracts import calendar_of, levels_of, read_once
from app.services.listing import Query
from app.storage import Store, open_store
from tests.services.company import add_asset, add_contract, add_ticket, june

START = date(2026, 1, 1)
JUNE = date(2026, 6, 1)
EARLY = date(2026, 1, 5)


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened


@pytest.fixture
def contract(session: Session) -> int:
    return add_contract(session, fee=45_000)


def amend(session: Session, contract: int, on: date = JUNE, signed: date | None = EARLY, **values: Any) -> int:
    return amending.save(session, contract, Wanted("Avenant", on, None, signed, values))


def faster(session: Session, contract: int, on: date = JUNE) -> terms.ServiceTerms:
    """Two hours to take a P3, and Saturday mornings."""
    kept = terms.service_terms(session, contract, on)
    levels = list(kept.levels)
    levels[2] = replace(levels[2], take_minutes=120)
    return replace(kept, levels=tuple(levels), week=(*kept.week[:5], ((540, 720),), ()))


def told(session: Session, contract: int) -> list[tuple[str, str, str]]:
    changes = amendment_words.listed(session, contract)[0].changes
    return [(one.label, one.before.replace("\u00a0", " "), one.after.replace("\u00a0", " ")) for one in changes]


def test_an_amendment_rules_from_its_day(session: Session, contract: int) -> None:
    amend(session, contract, fee=46_890, zone=Zone.REUNION, part_wait_stops=False, index_base_month=date(2026, 5, 1),
          fee_period=FeePeriod.QUARTER, max_renewals=3, subject="Tout le parc")  # fmt: skip
    before, after = on_day(session, contract, JUNE - timedelta(days=1)), on_day(session, contract, JUNE)
    assert (before.fee, before.zone, before.part_wait_stops) == (45_000, Zone.METROPOLE, True)
    assert (after.fee, after.zone, after.part_wait_stops, after.subject) == (
        46_890,
        Zone.REUNION,
        False,
        "Tout le parc",
    )
    assert (after.fee_period, after.index_base_month, after.max_renewals) == (FeePeriod.QUARTER, date(2026, 5, 1), 3)
    assert after.number == before.number
    assert inspect(after).transient
    assert session.get_one(Contract, contract).fee == 45_000


def test_the_list_of_contracts_tells_the_fee_of_the_day(session: Session, contract: int) -> None:
    def listed() -> Any:
        return listing.page(session, ENTITIES["contract"], Query(("fee_now",), "fee_now"))[0].values[0]

    assert listed() == 45_000
    amend(session, contract, this_day(), fee=46_890)
    amend(session, contract, this_day() + timedelta(days=1), fee=50_000)
    amend(session, contract, this_day(), subject="Tout le parc")
    assert listed() == 46_890
    assert ENTITIES["contract"].field("fee_now").format(46_890).replace("\u00a0", " ") == "468,90 €"


def test_a_draft_changes_nothing_until_it_is_signed(session: Session, contract: int) -> None:
    made = amend(session, contract, signed=None, fee=46_890)
    assert on_day(session, contract, JUNE).fee == 45_000
    amending.save(session, contract, Wanted("Autre", JUNE, "Erreur", None, {"fee": 47_000}), made)
    amending.sign(session, made, EARLY)
    assert on_day(session, contract, JUNE).fee == 47_000
    assert session.get_one(Amendment, made).reason == "Erreur"
    with pytest.raises(Refused, match="est signé"):
        amending.save(session, contract, Wanted("Autre", JUNE, None, None, {"fee": 1}), made)
    amending.withdraw(session, made)
    assert on_day(session, contract, JUNE).fee == 45_000
    with pytest.raises(NotFound, match="avenant"):
        amending.found(session, made)


def test_two_of_one_day_apply_in_the_order_of_their_numbers(session: Session, contract: int) -> None:
    first, second = amend(session, contract, fee=46_000), amend(session, contract, fee=47_000)
    assert on_day(session, contract, JUNE).fee == 47_000
    session.get_one(Amendment, first).number = "AV-2026-100"
    session.get_one(Amendment, second).number = "AV-2026-99"
    session.flush()
    assert on_day(session, contract, JUNE).fee == 46_000


def test_a_value_may_be_taken_away(session: Session, contract: int) -> None:
    session.get_one(Contract, contract).revision_cap = 300
    amend(session, contract, revision_cap=None)
    assert on_day(session, contract, JUNE).revision_cap is None
    assert told(session, contract) == [("Hausse au plus", "3,00 %", "–")]


def test_levels_and_hours_are_replaced_as_sets(session: Session, contract: int) -> None:
    amending.save(session, contract, Wanted("Plus vite", JUNE, None, EARLY, service=faster(session, contract)))
    eve = JUNE - timedelta(days=1)
    assert [levels_of(session, contract, on)["P3"].take for on in (eve, JUNE)] == [240, 120]
    assert [calendar_of(session, contract, on).slots[5] for on in (eve, JUNE)] == [(), ((540, 720),)]
    assert told(session, contract) == [
        ("P3, prise en charge", "4 h 00", "2 h 00"),
        ("Heures du samedi", "fermé", "9 h - 12 h"),
    ]
    assert terms.service_terms(session, contract).levels[2].take_minutes == 240
    later = date(2026, 9, 1)
    day_and_night = replace(terms.service_terms(session, contract, later), round_the_clock=True)
    amending.save(session, contract, Wanted("Jour et nuit", later, None, EARLY, service=day_and_night))
    assert calendar_of(session, contract, later).round_the_clock
    assert levels_of(session, contract, later)["P3"].take == 120
    assert told(session, contract) == [("Jour et nuit, 7 jours sur 7", "Non", "Oui")]
    third = replace(faster(session, contract, later), round_the_clock=True, week=((),) * 7)
    nothing = replace(third, levels=(*third.levels[:3], terms.Level(third.levels[3].priority, None, None, None, True)))
    amending.save(session, contract, Wanted("Moins", date(2026, 10, 1), None, EARLY, service=nothing))
    assert told(session, contract)[:3] == [
        ("P4, prise en charge", "8 h 00", "rien de promis"),
        ("P4, sur site", "rien d’écrit", "rien de promis"),
        ("P4, rétablissement", "40 h 00", "rien de promis"),
    ]


def test_the_open_tickets_follow_what_is_signed(session: Session, contract: int) -> None:
    asset = add_asset(session, "PC-01", contract)
    early, late = (add_ticket(session, at, "P3", asset_id=asset) for at in ("01 10:00", "03 10:00"))
    service = faster(session, contract)
    amending.save(session, contract, Wanted("Plus vite", date(2026, 6, 2), None, this_day(), service=service))
    due = [session.get_one(Ticket, one).take_due_at for one in (early, late)]
    assert due == [june("01 14:00"), june("03 12:00")]
    amend(session, contract, part_wait_stops=False)
    assert not tickets.clock_stops(session, session.get_one(Ticket, late), WaitReason.PART)


def test_what_is_read_once_is_read_for_the_right_day(session: Session, contract: int) -> None:
    amending.save(session, contract, Wanted("Plus vite", JUNE, None, EARLY, service=faster(session, contract)))
    levels = read_once(session, levels_of)
    found = [levels(contract, on)["P3"].take for on in (START, JUNE, START, date(2027, 1, 1))]
    assert (found, levels(None, JUNE)) == ([240, 120, 240, 120], {})


@pytest.mark.parametrize(
    ("wanted", "problems"),
    [
        (Wanted("", None), {"subject", "effective_on"}),
        (Wanted("A", date(2025, 12, 31), values={"fee": 1}), {"effective_on"}),
        (Wanted("A", date(2027, 1, 1), values={"fee": 1}), {"effective_on"}),
        (Wanted("A", JUNE), {""}),
        (Wanted("A", JUNE, values={"fee": 45_000}), {"fee"}),
        (Wanted("A", JUNE, values={"payment_days": 500}), {"payment_days"}),
        (Wanted("A", JUNE, values={"payment_days": None}), {"payment_days"}),
        (Wanted(" ", JUNE, values={"renewal": Renewal.TACIT, "renewal_months": None}), {"subject", "renewal_months"}),
        (Wanted("A", JUNE, signed_on=date(2990, 1, 1), values={"fee": 1}), {"signed_on"}),
    ],
)
def test_what_cannot_be_amended_is_said_at_once(session: Session, wanted: Wanted, problems: set[str]) -> None:
    contract = add_contract(session, fee=45_000, renewal=Renewal.NONE)
    with pytest.raises(InvalidFields) as refused:
        amending.save(session, contract, wanted)
    assert set(refused.value.problems) == problems


def test_a_draft_is_taken_up_as_it_was_left(session: Session, contract: int) -> None:
    service = replace(faster(session, contract), round_the_clock=True)
    wanted = Wanted("Plus vite", JUNE, "Trop lent", None, {"fee": 50_000}, service)
    made = amending.save(session, contract, wanted)
    assert amending.wanted_of(session, made) == wanted
    slower = replace(service, levels=terms.service_terms(session, contract).levels)
    hours = Wanted("Samedi", JUNE, None, None, {}, slower)
    assert amending.wanted_of(session, amending.save(session, contract, hours)) == hours
    bare = Wanted("Prix", JUNE, None, None, {"fee": 50_000})
    assert amending.wanted_of(session, amending.save(session, contract, bare)) == bare


def test_levels_that_cannot_stand_are_refused(session: Session, contract: int) -> None:
    kept = terms.service_terms(session, contract)
    with pytest.raises(InvalidFields) as refused:
        amending.save(session, contract, Wanted("A", JUNE, service=kept))
    assert refused.value.problems == {"": amending.NOTHING}
    wrong = replace(kept, week=(((540, 780), (720, 1080)), *kept.week[1:]))
    with pytest.raises(InvalidFields) as refused:
        amending.save(session, contract, Wanted("A", JUNE, service=wrong))
    assert set(refused.value.problems) == {"day.0"}


def test_a_draft_is_not_signed_once_the_contract_has_ended(session: Session, contract: int) -> None:
    made = amend(session, contract, signed=None, fee=46_890)
    kept = session.get_one(Contract, contract)
    kept.starts_on, kept.initial_months, kept.renewal = date(2025, 6, 1), 6, Renewal.NONE
    with pytest.raises(Refused, match="Le contrat prend fin le 30/11/2025"):
        amending.sign(session, made, EARLY)


def test_a_contract_does_not_begin_after_its_amendments(session: Session, contract: int) -> None:
    amend(session, contract, fee=46_890)
    with pytest.raises(InvalidFields) as refused:
        terms.change(session, contract, {"starts_on": date(2026, 6, 2)})
    assert refused.value.problems == {"starts_on": "Un avenant vaut déjà depuis le 01/06/2026."}
    terms.change(session, contract, {"starts_on": JUNE})


def test_the_terms_of_a_day_say_where_they_come_from(session: Session, contract: int) -> None:
    one = amend(session, contract, fee=46_890)
    two = amending.save(session, contract, Wanted("Plus vite", JUNE, None, EARLY, service=faster(session, contract)))
    numbers = [session.get_one(Amendment, made).number for made in (one, two)]
    before, after = (amendment_words.in_force(session, contract, on) for on in (START, JUNE))
    fee = {one.field.name: (one.value, one.since) for one in after.terms}["fee"]
    assert fee == (46_890, numbers[0])
    assert (after.levels_since, after.hours_since, after.until) == (numbers[1], numbers[1], None)
    assert (before.levels_since, before.until) == ("", JUNE - timedelta(days=1))
    assert {one.since for one in before.terms} == {""}
    assert amendment_words.count(session, contract) == 2


days = st.dates(START, date(2029, 12, 31))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(st.tuples(days, st.integers(0, 90_000), st.booleans()), max_size=5), days)
def test_terms_are_constant_between_two_amendments(
    tmp_path_factory: pytest.TempPathFactory, given_ones: list[tuple[date, int, bool]], day: date
) -> None:
    """Equal to the contract before the first, to the eve's terms on every day without an amendment."""
    folder: Path = tmp_path_factory.mktemp("avenants")
    opened = open_store(folder / "essai.parc")
    with opened.begin("essai") as session:
        contract = add_contract(session, fee=45_000)
        for number, (on, fee, signed) in enumerate(given_ones):
            status = AmendmentStatus.SIGNED if signed else AmendmentStatus.DRAFT
            session.add(Amendment(number=f"AV-2026-{number}", contract_id=contract, subject="A", effective_on=on,
                                  status=status, extra={"fee": str(fee)}))  # fmt: skip
        session.flush()
        steps = amendments.steps(session, contract)
        assert steps == sorted({on for on, _, signed in given_ones if signed})
        in_order = sorted((on, n, fee) for n, (on, fee, signed) in enumerate(given_ones) if signed and on <= day)
        assert on_day(session, contract, day).fee == (in_order[-1][2] if in_order else 45_000)
        eve = day - timedelta(days=1)
        if day not in steps:
            assert on_day(session, contract, day).fee == on_day(session, contract, eve).fee
        several = amendments.all_on_day(session, [session.get_one(Contract, contract)], day)
        assert [one.fee for one in several] == [on_day(session, contract, day).fee]
    opened.close()
