"""A scorecard made, noted, weighed, issued, opened again, and asked for when its time comes (domain.md G.2)."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import InvalidFields, NotFound, Refused
from app.models import Contract, Improvement, Invoice, IssuedPaper, Provider, Scorecard
from app.models.codes import ContractStatus
from app.models.judgement_codes import Grade, ScorecardStatus
from app.rules import scorecard
from app.services import papers, preferences, records
from app.services.scorecards import cards, issuing, notes, plan, words
from app.services.scorecards.notes import Retained
from app.services.spans import Period, quarter, year
from app.storage import Store
from tests.reports.reading import flat, pages_of
from tests.services.company import add_contract
from tests.services.scorecards.make import JUNE, NOW, TODAY, invoice, june_card, row, second_contract, told

ENTITY = ENTITIES["scorecard"]


def contract_of(session: Session) -> int:
    return session.scalars(select(Contract.id).order_by(Contract.id)).first() or 0


def test_one_card_a_provider_and_a_period(ready: Store) -> None:
    with ready.begin() as session:
        card = june_card(session)
        provider = told(session, card).provider_id
        assert cards.ensure(session, provider, JUNE, TODAY) == card
        assert cards.number_of(session, card) == "FC-2026-06"
        spring = cards.ensure(session, provider, quarter(date(2026, 6, 1)), TODAY)
        assert cards.number_of(session, spring) == "FC-2026-T2"
        records.to_bin(session, ENTITY, [spring])
        again = cards.ensure(session, provider, quarter(date(2026, 6, 1)), TODAY)
        assert cards.number_of(session, again) == "FC-2026-T2-2"
        with pytest.raises(Refused, match="n’a pas commencé"):
            cards.ensure(session, provider, year(date(2027, 1, 1)), TODAY)
        with pytest.raises(Refused, match="rien à noter"):
            cards.ensure(session, provider, year(date(2024, 1, 1)), TODAY)
        with pytest.raises(NotFound):
            notes.found(session, spring)


def test_it_is_named_by_its_number_or_its_provider(ready: Store) -> None:
    with ready.begin() as session:
        with pytest.raises(Refused, match="ou le nom d’un prestataire"):
            cards.named(session, None)
        card = june_card(session)
        assert cards.named(session, "FC-2026-06") == cards.named(session, "Lumeo Services") == card
        with pytest.raises(Refused, match="par exemple FC-2026-06"):
            cards.named(session, "")
        with pytest.raises(NotFound, match="Personne"):
            cards.named(session, "Personne")
        session.add(Provider(name="Ailleurs"))
        session.flush()
        with pytest.raises(NotFound, match="pas encore de fiche contrôle"):
            cards.named(session, "Ailleurs")


def test_opinions_are_asked_and_facts_put_aside_for_a_reason_only(ready: Store) -> None:
    with ready.begin() as session:
        card, contract = june_card(session), contract_of(session)
        assert told(session, card).asked == 1
        notes.judge(session, card, contract, "communication", Retained(400, None, " Prévient "))
        noted = row(told(session, card), "communication")
        assert (noted.note, noted.reason, noted.source, noted.is_asked) == (400, "Prévient", "avis", False)
        with pytest.raises(InvalidFields) as refused:
            notes.judge(session, card, contract, "quality", Retained(300, 100, " "))
        assert "reason" in refused.value.problems
        notes.judge(session, card, contract, "quality", Retained(300, 100, "Reprises dues au fournisseur"))
        quality = row(told(session, card), "quality")
        assert (quality.proposed, quality.note, quality.is_judged) == (100, 300, True)
        text = flat(" ".join(pages_of(papers.draft(session, "controle", "FC-2026-06", NOW))))
        assert "reprises dues au fournisseur ; note des faits : 1" in text
        notes.judge(session, card, contract, "quality", Retained(100, 100, None))
        assert not row(told(session, card), "quality").is_judged
        with pytest.raises(NotFound):
            notes.judge(session, card, contract, "humeur", Retained(300))


def test_weights_total_a_hundred_and_are_kept_for_the_next(ready: Store) -> None:
    with ready.begin() as session:
        card = june_card(session)
        with pytest.raises(InvalidFields) as refused:
            notes.weigh(session, card, {**scorecard.WEIGHTS, "delays": 30})
        assert "105" in refused.value.problems[""]
        notes.weigh(session, card, {**scorecard.WEIGHTS, "delays": 35, "quality": 10})
        assert row(told(session, card), "delays").weight == 35
        following = cards.ensure(session, told(session, card).provider_id, quarter(date(2026, 7, 1)), TODAY)
        assert notes.weights_of(session, following)["delays"] == 35


def test_prestations_weigh_by_their_hours(ready: Store) -> None:
    with ready.begin() as session:
        card = june_card(session)
        before = told(session, card)
        second_contract(session)
        found = told(session, card)
        assert [one.number for one in found.prestations] == ["CT-2026-01", "CT-2026-02"]
        assert found.total == before.total  # no hour was worked under the second
        text = flat(" ".join(pages_of(papers.draft(session, "controle", "FC-2026-06", NOW))))
        assert "CT-2026-01 : 3" in text
        assert "CT-2026-02 · Serveurs" in text


def test_issued_it_is_frozen_until_it_is_opened_again(ready: Store) -> None:
    with ready.begin() as session:
        card, contract = june_card(session), contract_of(session)
        notes.judge(session, card, contract, "communication", Retained(400, None, "Prévient"))
        before = told(session, card)
        made = papers.issue(session, "controle", "Lumeo Services", NOW)
        issued = session.get_one(IssuedPaper, made)
        assert (issued.reference, issued.number, issued.record_id) == ("FC-2026-06", 1, card)
        invoice(session, "F-1")
        after, kept = told(session, card), session.get_one(Scorecard, card)
        assert after.is_issued
        assert (after.total, after.grade, after.minutes) == (before.total, before.grade, before.minutes)
        assert [one.facts for one in after.prestations[0].rows] == [one.facts for one in before.prestations[0].rows]
        assert (kept.score, kept.grade) == (
            int((before.total or Decimal(0)) * 10),
            Grade.of((before.grade or "").lower()),
        )
        for act in (
            lambda: notes.judge(session, card, contract, "communication", Retained(500)),
            lambda: notes.weigh(session, card, scorecard.WEIGHTS),
        ):
            with pytest.raises(Refused, match="rouvrez-la"):
                act()
        notes.comment(session, card, {"their_comment": "Vu."})
        papers.issue(session, "controle", "FC-2026-06", NOW)
        assert [one.version for one in papers.issued(session, "scorecard", card)] == [2, 1]
        issuing.reopen(session, card)
        again = told(session, card)
        assert (again.is_issued, row(again, "prices").proposed, row(again, "communication").note) == (False, 500, 400)
        assert session.get_one(Scorecard, card).score is None


def test_a_card_of_nothing_is_issued_without_a_score(ready: Store) -> None:
    with ready.begin() as session:
        june_card(session)
        provider = session.scalars(select(Provider.id)).one()
        january = cards.ensure(session, provider, Period(date(2026, 1, 1), date(2026, 1, 31)), TODAY)
        notes.weigh(session, january, {**dict.fromkeys(scorecard.WEIGHTS, 0), "prices": 100})
        papers.issue(session, "controle", cards.number_of(session, january), NOW)
        found, kept = told(session, january), session.get_one(Scorecard, january)
        assert (found.total, found.grade, kept.score, kept.grade) == (None, None, None, None)
        assert words.headline(found) == words.NO_DATA
        assert words.score_told(found) == ""


def test_the_trend_shows_the_cards_issued_and_gaps(ready: Store) -> None:
    with ready.begin() as session:
        june_card(session)
        provider = session.scalars(select(Provider.id)).one()
        spring = cards.ensure(session, provider, quarter(date(2026, 6, 1)), TODAY)
        papers.issue(session, "controle", "FC-2026-T2", NOW)
        last = cards.ensure(session, provider, quarter(date(2026, 11, 1)), TODAY)
        trend = told(session, last).trend
        assert [one.label.replace("\u00a0", " ") for one in trend] == ["T1 26", "T2 26", "T3 26", "T4 26"]
        assert trend[0].total is trend[2].total is None
        assert trend[1].total == told(session, spring).total


def test_the_only_provider_is_known_until_there_is_another(ready: Store) -> None:
    with ready.begin() as session:
        assert cards.only_provider(session, TODAY) is None
        one = session.get_one(Contract, add_contract(session)).provider_id
        assert cards.only_provider(session, TODAY) == one
        add_contract(session, number="CT-2026-02", starts_on=date(2026, 2, 1), status=ContractStatus.DRAFT)
        assert cards.only_provider(session, TODAY) == one
        add_contract(session, number="CT-2026-03", starts_on=date(2026, 2, 1))
        assert cards.only_provider(session, TODAY) is None


def test_reminders_follow_the_rhythm(ready: Store) -> None:
    with ready.begin() as session:
        june_card(session)
        preferences.save(session, {"scorecard_rhythm": "quarter"})
        july = date(2026, 7, 10)
        found = cards.due(session, july)
        assert [(one.provider, one.period, one.card_id) for one in found] == [
            ("Lumeo Services", quarter(date(2026, 6, 1)), None)
        ]
        assert cards.usual_period(session, july) == quarter(date(2026, 6, 1))
        card = cards.ensure(session, found[0].provider_id, found[0].period, july)
        assert cards.due(session, july)[0].card_id == card
        papers.issue(session, "controle", "FC-2026-T2", NOW)
        assert cards.due(session, july) == []
        assert cards.issued_at(session, card) == NOW
        preferences.save(session, {"scorecard_rhythm": "none"})
        assert cards.due(session, date(2027, 7, 10)) == []
        assert cards.usual_period(session, july) == quarter(date(2026, 6, 1))
        preferences.save(session, {"scorecard_rhythm": "month"})
        for contract in session.scalars(select(Contract)):
            contract.denounced_on = date(2026, 1, 2)
        session.flush()
        assert cards.due(session, date(2027, 7, 10)) == []  # nothing goes on with them any more


def test_weak_points_make_a_plan(ready: Store) -> None:
    with ready.begin() as session:
        card = june_card(session)
        invoice(session, "F-1", dispute="Fausse", disputed_on=date(2026, 6, 9))
        found = told(session, card)
        assert [one.criterion.key for one in found.to_improve] == ["quality", "prices", "security"]
        assert words.weak_points(found).startswith("Points faibles\u00a0: qualité technique (1)")
        plan.add(session, found, date(2026, 12, 20))
        kept = session.scalars(select(Improvement).order_by(Improvement.id)).all()
        assert [one.scorecard_id for one in kept] == [card] * 3
        assert kept[0].label.startswith("Chercher la cause des pannes qui reviennent (Réouverture")
        assert kept[0].owner == "Lumeo Services"
        text = flat(" ".join(pages_of(papers.draft(session, "controle", "FC-2026-06", NOW))))
        assert "Chercher la cause" in text
        assert "20/12/2026" in text


def test_the_blank_one_needs_no_card(ready: Store) -> None:
    with ready.begin() as session:
        text = flat(" ".join(pages_of(papers.draft(session, "controle", None, NOW, blank=True))))
        assert "À remplir à la main" in text
        assert "Qualité technique" in text


def test_words_of_a_card(ready: Store) -> None:
    with ready.begin() as session:
        card, contract = june_card(session), contract_of(session)
        found = told(session, card)
        assert "avis vous" in words.waiting(found)
        for key in ("communication", "prices", "quality"):
            notes.judge(session, card, contract, key, Retained(500, row(found, key).proposed, "Vu"))
        found = told(session, card)
        assert words.waiting(found) == ""
        assert words.row_told(row(found, "communication")).startswith(
            "Communication et conseil, Aucune réunion\u00a0; aucun retard expliqué sur 1, Vu, note 5"
        )
        assert words.hours_told(0) == ""


def test_the_example_provider_is_noted_over_four_quarters(morvan: Store) -> None:
    with morvan.read() as session:
        last = told(session, cards.named(session, "Lumeo Services"))
        assert last.is_issued
        assert all(one.total is not None for one in last.trend)
        assert session.query(Invoice).count() > 0
        kept = session.scalars(select(Scorecard.status).order_by(Scorecard.id)).all()
        assert kept == [ScorecardStatus.ISSUED] * 4 + [ScorecardStatus.DRAFT]
