"""What is decided of a period, the letter that leaves and arrives, and what the panel then says."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import InvalidFields, NotFound, Refused
from app.models import Company, Contract, IssuedPaper, NoticeDecision, Person
from app.models.codes import ContractStatus, NoticeMoment, Renewal, Role
from app.models.contract_codes import Choosing, ClientStatus
from app.services import contracts, decisions, periods
from app.services.notices import NoticePanel, NoticePhase, notice_of
from app.services.protections import protections
from app.storage import Store
from tests.services.company import add_contract

DENOUNCE, RENEGOTIATE, RENEW = Choosing.DENOUNCE, Choosing.RENEGOTIATE, Choosing.RENEW
OCTOBER = date(2026, 10, 23)
"""In the period that ends on 28/02/2027: post on 06/11, safe receipt 27/11, limit 28/11."""


@pytest.fixture
def session(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    monkeypatch.setattr(decisions, "this_day", lambda: date(2027, 6, 30))
    with store.begin("essai") as opened:
        yield opened


@pytest.fixture
def contract(session: Session) -> int:
    return add_contract(session, starts_on=date(2024, 3, 1), fee=45_000)


def decide(session: Session, contract: int, choice: Choosing, on: date = OCTOBER, reason: str = "Délais") -> int:
    values = {"decided_on": on, "decided_by": "Hélène Morvan", "reason": reason}
    return decisions.decide(session, contract, choice, values)


def told(panel: NoticePanel) -> tuple[str, str]:
    return panel.headline.replace("\u00a0", " "), panel.consequence.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("choice", "today", "headline", "consequence", "pressing", "left"),
    [
        (RENEW, OCTOBER, "Vous laissez le contrat se reconduire jusqu’au 29 février 2028",
         "Décidé le 23/10/2026 par Hélène Morvan. Vous pouvez changer d’avis jusqu’au 28 novembre 2026.",
         None, {DENOUNCE, RENEGOTIATE}),
        (RENEW, date(2026, 12, 1), "Reconduction décidée : vous êtes engagé jusqu’au 29 février 2028",
         "Prochain préavis : avant le 29 novembre 2027.", None, {DENOUNCE, RENEGOTIATE, RENEW}),
        (RENEGOTIATE, OCTOBER, "Décidez avant le 6 novembre 2026 : il reste 14 jours",
         ("Renégociation décidée le 23/10/2026 par Hélène Morvan. Sans accord ni lettre, il sera reconduit jusqu’au 29 "
         "février 2028, soit 5 400,00 € HT engagés de plus."), NoticePhase.DECIDE, {DENOUNCE, RENEW}),
        (DENOUNCE, OCTOBER, "Dénonciation décidée : postez la lettre avant le 6 novembre 2026",
         ("Dénonciation décidée le 23/10/2026 par Hélène Morvan. Sans lettre, il sera reconduit jusqu’au 29 février "
         "2028, soit 5 400,00 € HT engagés de plus."), NoticePhase.DECIDE, {RENEGOTIATE, RENEW}),
        (DENOUNCE, date(2026, 11, 25), "La lettre doit être reçue le 27 novembre 2026 au plus tard : il reste 2 jours",
         ("Dénonciation décidée le 23/10/2026 par Hélène Morvan. Sans lettre, il sera reconduit jusqu’au 29 février "
         "2028, soit 5 400,00 € HT engagés de plus."), NoticePhase.SEND, {RENEGOTIATE, RENEW}),
        (DENOUNCE, date(2026, 12, 1), "Dénonciation décidée : la lettre n’est pas encore partie",
         ("Aucune lettre n’a été enregistrée avant le 28 novembre 2026. Prochain préavis : avant le 29 novembre 2027. "
         "Dénonciation décidée le 23/10/2026 par Hélène Morvan."), NoticePhase.LATE, {RENEGOTIATE, RENEW}),
    ],
)  # fmt: skip
def test_the_panel_follows_the_decision(  # noqa: PLR0917 - the columns of the table
    session: Session, contract: int, choice: Choosing, today: date, headline: str, consequence: str,
    pressing: NoticePhase | None, left: set[Choosing],
) -> None:  # fmt: skip
    decide(session, contract, choice)
    panel = notice_of(session, contract, today)
    assert told(panel) == (headline, consequence)
    assert panel.pressing == pressing
    assert set(panel.choices) == left


def test_changing_one_s_mind_keeps_what_was_decided(session: Session, contract: int) -> None:
    decide(session, contract, RENEW)
    decide(session, contract, DENOUNCE, date(2026, 11, 2))
    assert [one.choice for one in decisions.history(session, contract)] == [RENEW, DENOUNCE]
    rows = periods.periods_of(session, contract, date(2026, 11, 2))
    assert rows[2].decision == "Dénoncer"
    assert periods.periods_of(session, contract, date(2027, 3, 2))[2].decision == "Reconduite"
    with pytest.raises(Refused, match="C’est déjà ce qui est décidé"):
        decide(session, contract, DENOUNCE)


def test_a_letter_received_in_time_ends_the_period(session: Session, contract: int) -> None:
    one = decide(session, contract, DENOUNCE)
    assert "pas encore d’effet" in decisions.prove(session, one, {"sent_on": date(2026, 11, 4), "tracking": "1A 2B"})
    panel = notice_of(session, contract, date(2026, 11, 5))
    assert told(panel)[0] == "Lettre partie : elle doit être reçue le 27 novembre 2026 au plus tard"
    assert (panel.choices, panel.pressing) == ((), None)
    with pytest.raises(Refused, match="elle ne se reprend qu’avec"):
        decide(session, contract, RENEW, date(2026, 11, 5))
    decisions.prove(session, one, {"presented_on": date(2026, 11, 6)})
    said = decisions.prove(session, one, {"received_on": date(2026, 11, 9)})
    assert said.replace("\u00a0", " ") == "Le contrat prend fin le 28 février 2027."
    kept = session.get_one(Contract, contract)
    assert (kept.denounced_on, kept.status) == (date(2026, 11, 9), ContractStatus.TERMINATED)
    held = notice_of(session, contract, date(2026, 11, 10))
    assert held.decided is not None
    assert held.decided.counts_on == date(2026, 11, 9)
    with pytest.raises(Refused, match="déjà dénoncé"):
        decide(session, contract, RENEW, date(2026, 11, 10))


def test_a_letter_received_too_late_ends_the_next_period(session: Session, contract: int) -> None:
    one = decide(session, contract, DENOUNCE, date(2026, 11, 25))
    decisions.prove(session, one, {"sent_on": date(2026, 11, 26)})
    waiting = notice_of(session, contract, date(2026, 12, 1))
    assert told(waiting)[0] == "Lettre partie : sa réception n’est pas encore notée"
    said = decisions.prove(session, one, {"received_on": date(2026, 12, 1)}).replace("\u00a0", " ")
    assert said == (
        "Trop tard pour la période qui finit le 28 février 2027 : la lettre met fin à la suivante, le 29 février 2028."
    )
    assert notice_of(session, contract, date(2026, 12, 2)).engaged_until == date(2028, 2, 29)


def test_a_receipt_taken_back_leaves_the_contract_running(session: Session, contract: int) -> None:
    one = decide(session, contract, DENOUNCE)
    decisions.prove(session, one, {"sent_on": date(2026, 11, 4), "received_on": date(2026, 11, 9)})
    decisions.prove(session, one, {"received_on": None})
    kept = session.get_one(Contract, contract)
    assert (kept.denounced_on, kept.status) == (None, ContractStatus.ACTIVE)


def test_where_dispatch_counts_the_contract_ends_with_the_posting(session: Session) -> None:
    contract = add_contract(session, starts_on=date(2024, 3, 1), notice_moment=NoticeMoment.DISPATCH)
    panel = notice_of(session, contract, date(2026, 11, 24))
    assert panel.advised_posting == date(2026, 11, 24)
    assert "doit être postée le 27" in told(panel)[0]
    assert "cachet de la poste du 28" in told(notice_of(session, contract, date(2026, 11, 28)))[0]
    one = decide(session, contract, DENOUNCE, date(2026, 11, 24))
    assert "28\u00a0février\u00a02027" in decisions.prove(session, one, {"sent_on": date(2026, 11, 28)})
    assert session.get_one(Contract, contract).denounced_on == date(2026, 11, 28)


def test_a_missed_period_is_decided_with_the_next(session: Session, contract: int) -> None:
    one = decide(session, contract, DENOUNCE, date(2026, 12, 10))
    assert session.get_one(NoticeDecision, one).period_end == date(2028, 2, 29)
    panel = notice_of(session, contract, date(2026, 12, 11))
    assert panel.target == date(2028, 2, 29)
    assert panel.headline == "Dénonciation décidée\u00a0: la lettre n’est pas encore partie"


def test_a_term_without_end_is_ended_at_any_time(session: Session) -> None:
    contract = add_contract(session, starts_on=date(2020, 1, 1), renewal=Renewal.TACIT_OPEN)
    with pytest.raises(Refused, match="ne se reconduit pas"):
        decide(session, contract, RENEW)
    assert periods.periods_of(session, contract, OCTOBER)[-1].decision == "À tout moment"
    one = decide(session, contract, DENOUNCE)
    assert periods.periods_of(session, contract, OCTOBER)[-1].decision == "Dénoncer"
    assert "Dénonciation décidée : la lettre" in told(notice_of(session, contract, OCTOBER))[0]
    assert "23\u00a0janvier\u00a02027" in decisions.prove(session, one, {"received_on": OCTOBER})


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"decided_on": date(2027, 7, 1), "reason": "Trop tôt"}, "decided_on"),
        ({"decided_on": date(2023, 12, 1), "reason": "Avant"}, "decided_on"),
        ({"decided_on": OCTOBER, "reason": " "}, "reason"),
    ],
)
def test_what_is_wrong_of_a_decision(session: Session, values: dict[str, Any], field: str) -> None:
    contract = add_contract(session, starts_on=date(2024, 3, 1), signed_on=date(2024, 2, 1))
    with pytest.raises(InvalidFields) as refused:
        decisions.decide(session, contract, DENOUNCE, values)
    assert set(refused.value.problems) == {field}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"sent_on": date(2027, 7, 1)}, "sent_on"),
        ({"sent_on": date(2026, 11, 4), "received_on": date(2026, 11, 3)}, "received_on"),
        ({"presented_on": date(2026, 11, 5), "received_on": date(2026, 11, 3)}, "received_on"),
    ],
)
def test_the_days_of_a_letter_follow_each_other(
    session: Session, contract: int, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidFields) as refused:
        decisions.prove(session, decide(session, contract, DENOUNCE), values)
    assert set(refused.value.problems) == {field}


def test_nothing_to_decide_where_nothing_renews(session: Session) -> None:
    contract = add_contract(session, starts_on=date(2026, 3, 1), renewal=Renewal.NONE)
    with pytest.raises(Refused, match="sans reconduction"):
        decide(session, contract, RENEW)
    with pytest.raises(NotFound):
        decisions.prove(session, 99, {})
    ended = add_contract(session, number="CT-9", starts_on=date(2024, 3, 1), max_renewals=1)
    assert notice_of(session, ended, date(2024, 12, 1)).choices == ()


def test_who_decides_is_proposed(session: Session, contract: int) -> None:
    assert decisions.usual_author(session) == ""
    session.add(Person(first_name="Karim", last_name="Haddad", role=Role.MANAGER))
    session.flush()
    assert decisions.usual_author(session) == "Karim Haddad"
    decide(session, contract, RENEW)
    assert decisions.usual_author(session) == "Hélène Morvan"


def test_a_letter_issued_since_is_known(session: Session, contract: int) -> None:
    decide(session, contract, DENOUNCE)
    session.add(
        IssuedPaper(
            kind="lettre", reference="CT", number=1, entity="contract", record_id=contract, data="{}", data_sha256="",
            issued_at=datetime(2026, 10, 24, 9, tzinfo=UTC), pdf_sha256="", file_name="l.pdf",
        )
    )  # fmt: skip
    session.flush()
    assert decisions.history(session, contract)[0].printed_on == date(2026, 10, 24)


def test_the_name_of_a_period(session: Session) -> None:
    terms = contracts.terms_of(session.get_one(Contract, add_contract(session, starts_on=date(2024, 3, 1))))
    assert periods.label_of(terms, date(2025, 2, 28)) == "Initiale"
    assert periods.label_of(terms, date(2027, 2, 28)) == "Reconduction\u00a02"


@pytest.mark.parametrize(
    ("change", "today", "titles"),
    [
        ({}, OCTOBER, []),
        ({"client_status": ClientStatus.NON_PROFESSIONAL}, date(2026, 7, 1),
         ["Le prestataire doit vous écrire entre le 28 août 2026 et le 28 octobre 2026"]),
        ({"client_status": ClientStatus.NON_PROFESSIONAL}, date(2026, 12, 1),
         ["Sans rappel écrit du prestataire, vous pouvez partir à tout moment"]),
        ({"client_status": ClientStatus.NON_PROFESSIONAL, "denounced_on": date(2026, 7, 1)}, OCTOBER, []),
        ({"client_status": ClientStatus.NON_PROFESSIONAL, "renewal": Renewal.NONE}, date(2024, 7, 1), []),
        ({"signed_off_premises": True, "signed_on": date(2026, 10, 20)}, OCTOBER,
         ["Vous pouvez encore vous rétracter, jusqu’au 3 novembre 2026 inclus"]),
        ({"signed_off_premises": True, "signed_on": date(2026, 10, 1)}, OCTOBER, []),
        ({"signed_off_premises": True}, OCTOBER, []),
    ],
)  # fmt: skip
def test_the_consumer_code_is_told_where_it_applies(
    session: Session, change: dict[str, Any], today: date, titles: list[str]
) -> None:
    session.add(Company(name="Morvan", headcount=4))
    contract = add_contract(session, starts_on=date(2024, 3, 1), **change)
    assert [one.title.replace("\u00a0", " ") for one in protections(session, contract, today)] == titles
