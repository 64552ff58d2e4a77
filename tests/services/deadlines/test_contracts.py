"""The deadlines of contracts: a missed notice stays, the next one comes beside it (product.md, mistakes)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.models import Company, Contract, NoticeDecision, Revision
from app.models.contract_codes import Choosing
from app.rules import notice
from app.services import deadlines
from app.services.deadlines import DeadlineKind
from app.services.deadlines.asking import Ask, Deal
from app.services.deadlines.of_contracts import _watched
from tests.services.deadlines.make import contract, plain, told

NOTICE, END = DeadlineKind.NOTICE, DeadlineKind.CONTRACT_END


@pytest.mark.parametrize(
    ("today", "state", "words", "due", "act_by"),
    [
        ("2026-01-02", "ahead", "Décider du contrat", "2026-09-30", "2026-09-09"),
        ("2026-06-11", "soon", "Décider du contrat", "2026-09-30", "2026-09-09"),
        ("2026-09-09", "to_do", "la lettre doit être reçue le 30 septembre 2026", "2026-09-30", "2026-09-09"),
        ("2026-10-01", "late", "le contrat est reconduit", "2026-09-30", "2026-09-09"),
    ],
)
def test_a_notice_from_far_to_missed(
    session: Session, *, today: str, state: str, words: str, due: str, act_by: str
) -> None:
    contract(session)
    day = date.fromisoformat(today)
    first = told(session, NOTICE, day)[0]
    assert (first.state(day).value, first.due.isoformat(), str(first.act_by)) == (state, due, act_by)
    assert words in plain(first.title)
    assert (first.entity, first.contract, first.provider) == ("contract/notice", "CT-2026-01", "Lumeo Services")


def test_after_the_safe_day_and_before_the_limit_a_letter_is_a_risk(session: Session) -> None:
    contract(session, starts_on=date(2026, 5, 1))
    one = told(session, NOTICE, date(2027, 1, 30))[0]
    assert "risque d’arriver après le 30 janvier 2027" in plain(one.title)
    assert one.state(date(2027, 1, 30)).value == "late"


def test_a_missed_notice_stays_beside_those_that_follow(session: Session) -> None:
    """Never does a missed date jump to the next one by itself."""
    contract(session, fee=69_000)
    later = date(2028, 12, 1)
    assert [one.due.year for one in told(session, NOTICE, later)] == [2026, 2027, 2028, 2029]
    assert [one.state(later).value for one in told(session, NOTICE, later)] == ["late"] * 3 + ["ahead"]
    missed = told(session, NOTICE, later)[0]
    assert plain(missed.why).startswith(
        "Aucune lettre enregistrée avant le 30/09/2026 : engagé jusqu’au 31 décembre 2027"
    )
    assert "8 280,00 € HT" in plain(missed.why)
    deadlines.handle(session, [missed], later, "Reconduction voulue")
    assert [one.due.year for one in told(session, NOTICE, later)] == [2027, 2028, 2029]


def test_what_was_over_when_the_contract_was_entered_is_no_missed_deadline(session: Session) -> None:
    contract(session, starts_on=date(2020, 1, 1))  # entered in January 2025
    assert [one.due.year for one in told(session, NOTICE, date(2025, 2, 1))] == [2025]
    contract(session, number="CT-2", starts_on=date(2020, 1, 1), notice_value=12)
    missed = [one.due.year for one in told(session, NOTICE, date(2025, 2, 1)) if one.contract == "CT-2"]
    assert missed == [2024, 2025]  # the notice of the period under way was missed before: it engages still


@pytest.mark.parametrize(
    ("choice", "sent", "left"),
    [
        (Choosing.RENEW, None, 0), (Choosing.DENOUNCE, date(2026, 9, 1), 1), (Choosing.DENOUNCE, None, 1),
        (Choosing.RENEGOTIATE, None, 1),
    ],
)  # fmt: skip
def test_a_decision_settles_its_period_only(session: Session, choice: Choosing, sent: date | None, left: int) -> None:
    own = contract(session)
    session.add(
        NoticeDecision(
            contract_id=own, period_end=date(2026, 12, 31), choice=choice, decided_on=date(2026, 7, 1), sent_on=sent
        )
    )
    session.flush()
    now = told(session, NOTICE, date(2026, 7, 2))
    assert len(now) == left
    words = {Choosing.DENOUNCE: "Poster la lettre de dénonciation", Choosing.RENEGOTIATE: "Décider du contrat"}
    assert all(one.title.startswith(words[choice]) or (sent and "réception de la lettre" in one.title) for one in now)
    if choice == Choosing.RENEGOTIATE:
        assert now[0].why.startswith("Renégociation en cours")
    assert 2027 in [one.due.year for one in told(session, NOTICE, date(2026, 10, 5))]


@pytest.mark.parametrize(
    ("values", "due", "words"),
    [
        ({"renewal": "none"}, "2026-12-31", "ne se renouvelle pas seul"),
        ({"denounced_on": date(2026, 5, 1)}, "2026-12-31", "Dénoncé"),
        ({"max_renewals": 1}, "2027-12-31", "ne se renouvelle pas seul"),
        ({}, "", ""),
        ({"renewal": "none", "status": "ended"}, "", ""),
        ({"renewal": "none", "status": "draft"}, "", ""),
        ({"renewal": "none", "starts_on": date(2023, 1, 1)}, "", ""),
    ],
)
def test_the_end_of_a_contract_that_nothing_renews(
    session: Session, values: dict[str, Any], due: str, words: str
) -> None:
    contract(session, **values)
    found = told(session, END)
    assert [one.due.isoformat() for one in found] == ([due] if due else [])
    assert all(words in one.why for one in found)
    assert len(told(session, END, date(2030, 1, 1))) == len(found)  # it stays


def test_a_renewal_without_end_is_said_so(session: Session) -> None:
    contract(session, renewal="tacit_open")
    assert plain(told(session, NOTICE)[0].why) == "Sans décision, le contrat sera reconduit sans terme fixé."


def test_a_denounced_or_closed_contract_asks_no_notice(session: Session) -> None:
    contract(session, denounced_on=date(2026, 5, 1))
    contract(session, number="CT-2", status="terminated")
    assert told(session, NOTICE) == []


def test_a_small_company_may_withdraw(session: Session) -> None:
    staff = Company(name="Morvan", headcount=5)
    session.add(staff)
    contract(session, signed_on=date(2026, 6, 1), signed_off_premises=True)
    found = told(session, DeadlineKind.WITHDRAWAL)
    assert [one.due for one in found] == [date(2026, 6, 15)]
    assert found[0].state(date(2026, 6, 16)).value == "past"
    contract(session, number="CT-2", signed_on=date(2024, 6, 1), signed_off_premises=True)
    contract(session, number="CT-3", signed_off_premises=True)
    assert len(told(session, DeadlineKind.WITHDRAWAL)) == 1
    staff.headcount = 6
    session.flush()
    assert told(session, DeadlineKind.WITHDRAWAL) == []


def test_a_price_is_revised_on_each_anniversary(session: Session) -> None:
    own = contract(session, starts_on=date(2023, 3, 1), index_name="Syntec", max_renewals=4)
    kind = DeadlineKind.REVISION
    assert [one.due.isoformat() for one in told(session, kind)] == ["2025-03-01", "2026-03-01", "2027-03-01"]
    session.add(
        Revision(contract_id=own, effective_on=date(2026, 4, 1), index_from=1, index_to=2, fee_before=1, fee_after=2)
    )
    session.flush()
    assert [one.due.year for one in told(session, kind)] == [2025, 2027]
    assert [one.due.year for one in told(session, kind, date(2031, 1, 1))] == [2025, 2027]  # the last period ends


def test_hours_bought_end(session: Session) -> None:
    until = date(2026, 9, 1)
    contract(session, price_model="hour_bank", hours_until=until)
    contract(session, number="CT-2", price_model="hour_bank", hours_until=until, hours_carried_over=True)
    contract(session, number="CT-3", price_model="flat", hours_until=until)
    contract(session, number="CT-4", price_model="hour_bank", hours_until=date(2024, 1, 1))
    found = told(session, DeadlineKind.HOURS)
    assert {one.contract: "perdues" in one.why for one in found} == {"CT-2026-01": True, "CT-2": False}


@given(
    starts=st.dates(date(2020, 1, 1), date(2026, 12, 31)), initial=st.integers(1, 36), renewed=st.integers(1, 24),
    most=st.one_of(st.none(), st.integers(0, 4)), asked=st.integers(0, 6),
    recorded=st.dates(date(2020, 1, 1), date(2026, 12, 31)), today=st.dates(date(2026, 12, 31), date(2032, 1, 1)),
    after=st.integers(1, 40),
)  # fmt: skip
def test_no_notice_is_lost_from_one_day_to_another(
    *, starts: date, initial: int, renewed: int, most: int | None, asked: int, recorded: date, today: date, after: int
) -> None:
    """What is watched one day is watched the next, until somebody settles it."""
    terms = notice.Terms(starts, initial, "tacit", asked, "months", renewed, most)
    own = Contract(number="CT", subject="s", starts_on=starts, created_at=datetime.now(UTC))
    deal = Deal(own, "", terms, recorded, {})
    ends = {period.ends for period, _ in _watched(deal, today)}
    later = {period.ends for period, _ in _watched(deal, today + timedelta(days=after))}
    assert ends <= later


def test_what_several_sources_need_is_read_once(session: Session) -> None:
    contract(session)
    ask = Ask(session, date(2026, 6, 10))
    assert ask.deals is ask.deals
    assert ask.provider(None) == ""
