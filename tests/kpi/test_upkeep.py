"""Preventive work, visits, documents owed, opinions and costs: the examples of domain.md, and what each leaves out."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.kpi import EVERYTHING, REGISTRY, Amount, Measure, Scope, Unit
from app.models import (
    Asset,
    Contract,
    CoveredAsset,
    DueDocument,
    Evaluation,
    Intervention,
    Invoice,
    InvoiceLine,
    ReceivedDocument,
    Site,
    Ticket,
    Visit,
)
from app.models.base import Record
from app.models.codes import Charge, MaintenanceType, Priority, TicketKind
from app.models.contract_codes import DueRule
from app.models.money_codes import LineKind
from app.models.upkeep_codes import DeliveryState, EvaluationState, TaskKind, VisitStatus
from app.services import preferences, tickets
from app.services.cohorts import Asked
from app.services.spans import Period, month
from app.storage import Store
from tests.services.company import add_asset, add_contract, add_ticket, june

JUNE = month(date(2026, 6, 1))
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
OVER = june("30 00:00") + timedelta(days=1)
"""The first moment after June."""
PREVENTIVE, CURATIVE = MaintenanceType.PREVENTIVE, MaintenanceType.CURATIVE


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened


def measure(session: Session, code: str, scope: Scope = EVERYTHING, now: datetime = NOW, of: Period = JUNE) -> Measure:
    found = Asked(session, now, scope).measure(REGISTRY[code], of, detail=True)
    short = Asked(session, now, scope).measure(REGISTRY[code], of)
    assert (short.value, short.n, short.top, short.bottom) == (found.value, found.n, found.top, found.bottom)
    return found


def told(found: Measure, *names: str) -> tuple[Any, ...]:
    return tuple(getattr(found, name) for name in names or ("value", "n"))


def put(session: Session, model: type[Record], **values: Any) -> int:
    row = model(**values)
    session.add(row)
    session.flush()
    return row.id


def work(
    session: Session, minutes: int | None, kind: MaintenanceType = CURATIVE, at: str = "03 10:00", **of: Any
) -> int:
    number = f"FI-{session.query(Intervention).count()}"
    return put(
        session, Intervention, number=number, maintenance_type=kind, repair_minutes=minutes, started_at=june(at), **of
    )


def visit(session: Session, on: int, done: int | None = None, **values: Any) -> int:
    planned = date(2026, 6, on)
    given = {"status": VisitStatus.DONE, "done_on": date(2026, 6, done)} if done else {}
    window = {"earliest_on": planned - timedelta(days=3), "latest_on": planned + timedelta(days=3)}
    number = f"V-{session.query(Visit).count()}"
    return put(
        session, Visit, **({"number": number, "label": "Visite", "planned_on": planned} | window | given | values)
    )


def test_preventive_hours_of_all_the_hours(session: Session) -> None:
    """domain.md B.3: preventive 18 h, corrective 42 h, 30 %."""
    ticket = add_ticket(session, "01 09:00")
    work(session, 42 * 60, ticket_id=ticket)
    seen = visit(session, 3, 3)
    done = work(session, None, PREVENTIVE, visit_id=seen, ended_at=june("03 20:00"))
    visit(session, 9, 10, duration_minutes=8 * 60)
    found = measure(session, "ratio_preventif")
    assert told(found) == (Decimal("0.3"), 3)
    assert told(found, "top", "bottom") == (Amount(Decimal(18), Unit.HOURS), Amount(Decimal(60), Unit.HOURS))
    assert found.rows[done].hit
    assert found.included == {
        "interventions préventives": 1, "interventions correctives": 1, "visites sans intervention": 1,
    }  # fmt: skip


def test_requests_and_improvements_are_left_out(session: Session) -> None:
    """B.2; and work of tickets cancelled, out of the period, or without a duration."""
    asked = add_ticket(session, "01 09:00", kind=TicketKind.REQUEST)
    broken, wrong = add_ticket(session, "01 09:00"), add_ticket(session, "01 09:00")
    work(session, 60, ticket_id=asked)
    work(session, 60, MaintenanceType.EVOLUTIVE, ticket_id=broken)
    work(session, 60, ticket_id=wrong)
    work(session, None, ticket_id=broken)
    work(session, 60, ticket_id=broken, deleted_at=NOW)
    tickets.cancel(session, wrong, june("05 09:00"), "Erreur")
    visit(session, 9, 10)
    found = measure(session, "ratio_preventif")
    assert told(found, "value", "n", "excluded") == (None, 0, {"interventions sans durée": 1})
    assert measure(session, "ratio_preventif", now=june("04 09:00")).value == 0
    assert measure(session, "ratio_preventif", now=june("03 09:00")).value is None


def test_visits_done_in_their_window(session: Session) -> None:
    in_time, late, missed = visit(session, 2, 5), visit(session, 9, 13), visit(session, 16)
    visit(session, 17, status=VisitStatus.CANCELLED)
    visit(session, 18, kind=TaskKind.AWARENESS)
    visit(session, 20, planned_on=date(2026, 12, 20))
    visit(session, 29)
    found = measure(session, "realisation_preventif")
    assert told(found) == (Decimal(1) / 3, 3)
    assert {one: row.hit for one, row in found.rows.items()} == {in_time: True, late: False, missed: False}
    assert found.excluded == {"encore attendues": 1, "annulées": 1}
    assert told(measure(session, "realisation_preventif", now=june("06 09:00"))) == (1, 1)


def test_a_visit_done_later_was_not_done_yet(session: Session) -> None:
    visit(session, 10, 12)
    seen = [measure(session, "realisation_preventif", now=june(at)).n for at in ("12 00:00", "12 09:00", "13 00:00")]
    assert seen == [0, 1, 1]
    visit(session, 20, 27)
    missed = measure(session, "realisation_preventif", now=june("25 09:00"))
    assert told(missed, "value", "included") == (Decimal("0.5"), {"faites dans les temps": 1, "manquées": 1})


def test_what_is_asked_of_a_site_or_a_family(session: Session) -> None:
    site = put(session, Site, name="Dijon")
    here, away = add_asset(session, "PC-01"), add_asset(session, "SRV-01")
    session.execute(update(Asset).where(Asset.id == here).values(site_id=site))
    family = session.get_one(Asset, away).family_id
    visit(session, 2, 2, site_id=site)
    visit(session, 3, 3, asset_id=here)
    there = visit(session, 4, 4, asset_id=away)
    work(session, 60, PREVENTIVE, visit_id=there)
    work(session, 60, ticket_id=add_ticket(session, "01 09:00", asset_id=here))
    work(session, 30, ticket_id=add_ticket(session, "01 09:00"))
    assert [
        measure(session, "realisation_preventif", of).n for of in (Scope(site_id=site), Scope(family_id=family))
    ] == [2, 1]
    found = [measure(session, "ratio_preventif", of).value for of in (Scope(site_id=site), Scope(family_id=family))]
    assert found == [0, 1]


def owe(session: Session, contract: int, rule: DueRule, delay: int) -> int:
    since = date(2026, 1, 1)
    return put(session, DueDocument, contract_id=contract, label="Rapport", rule=rule, delay_days=delay, since=since)


def hand(  # noqa: PLR0917 - a document, its occasion, its two days
    session: Session, owed: int, mark: str, due: int, came: int | None, state: str = "received"
) -> None:
    put(
        session, ReceivedDocument, contract_id=session.get_one(DueDocument, owed).contract_id, due_document_id=owed,
        mark=mark, due_on=date(2026, 6, due), state=DeliveryState.of(state),
        received_on=date(2026, 6, came) if came else None,
    )  # fmt: skip


def test_documents_handed_in_time(session: Session) -> None:
    """A.5: remis à temps ÷ attendus échus; refused is not in time, waived is not asked for."""
    contract = add_contract(session)
    monthly, visits = owe(session, contract, DueRule.MONTHLY, 10), owe(session, contract, DueRule.AFTER_VISIT, 2)
    marks = [
        f"intervention:{work(session, 60, at=f'0{n} 10:00', ticket_id=_of(session, contract))}" for n in (1, 2, 3, 4)
    ]
    hand(session, visits, marks[0], 3, 3)
    hand(session, visits, marks[1], 4, 9)
    hand(session, visits, marks[2], 5, None, "waived")
    found = measure(session, "documents")
    assert told(found) == (Decimal("0.25"), 4)
    assert {one: row.hit for one, row in found.rows.items()} == {monthly: False, visits: False}
    assert (found.included, found.excluded) == ({"remis à temps": 1, "en retard ou refusés": 3}, {"non exigés": 1})
    assert told(measure(session, "documents", now=june("05 00:00"))) == (Decimal("0.5"), 2)
    early = measure(session, "documents", now=june("04 10:00"))
    assert told(early, "value", "n", "excluded") == (1, 1, {"pas encore dus": 3, "non exigés": 1})
    assert measure(session, "documents", Scope(priority=Priority.P1)).n == 0
    assert measure(session, "documents", Scope(priority=Priority.P3)).n == 3
    assert measure(session, "documents", Scope(provider_id=99)).value is None
    assert measure(session, "documents", Scope(provider_id=session.get_one(Contract, contract).provider_id)).n == 4


def _of(session: Session, contract: int) -> int:
    ticket = add_ticket(session, "01 09:00", priority="P3")
    session.execute(update(Ticket).where(Ticket.id == ticket).values(contract_id=contract))
    return ticket


def form(session: Session, answers: str, printed: int = 3, received: int | None = 8, **values: Any) -> int:
    """« 5430- » is the nine first criteria: 0 « sans avis », - left empty."""
    given = {f"c{n}": None if one == "-" else int(one) for n, one in enumerate(answers, 1)}
    back = {"received_on": date(2026, 6, received), "state": EvaluationState.RECEIVED} if received else {}
    number = f"FE-{session.query(Evaluation).count()}"
    return put(session, Evaluation, number=number, printed_on=date(2026, 6, printed), **given, **back, **values)


def test_satisfied_answers_of_all_valid_ones(session: Session) -> None:
    """domain.md G.3: 18 of 24 valid answers, 75,0 %, two « sans avis » left out."""
    all_well, some = form(session, "555555555"), form(session, "445454410", received=9)
    form(session, "45111110-", received=20)
    form(session, "---------", received=None)
    found = measure(session, "csat")
    assert told(found) == (Decimal("0.75"), 24)
    assert (found.rows[all_well].hit, found.rows[some].hit) == (True, False)
    assert (found.included, found.excluded) == (
        {"fiches reçues": 3, "fiches remises": 4}, {"réponses «\u00a0sans avis\u00a0»": 2},
    )  # fmt: skip
    assert found.also == {"taux de réponse": Amount(Decimal("0.75"), Unit.RATIO)}
    assert told(measure(session, "csat", now=june("09 00:00"))) == (1, 9)
    assert measure(session, "csat", of=JUNE.before(1)).also == {}


def test_the_opinion_of_one_contract(session: Session) -> None:
    contract = add_contract(session)
    form(session, "5-", intervention_id=work(session, 10, ticket_id=_of(session, contract)))
    form(session, "1-", intervention_id=work(session, 10, ticket_id=add_ticket(session, "01 09:00")))
    form(session, "1-")
    assert told(measure(session, "csat", Scope(contract_id=contract))) == (1, 1)
    assert measure(session, "csat").n == 3


def worth(session: Session, *values: int | None, contract: int | None = None) -> list[int]:
    found = []
    for n, value in enumerate(values):
        found.append(add_asset(session, f"B-{n}", contract))
        session.execute(update(Asset).where(Asset.id == found[-1]).values(replacement_value=value))
    return found


def test_the_cost_of_twelve_months_beside_what_the_fleet_is_worth(session: Session) -> None:
    """domain.md B.3: 6 480 on 48 000, 13,5 %."""
    contract = add_contract(session, fee=40_000, starts_on=date(2025, 1, 1), hourly_rate=6_000)
    worth(session, 3_000_000, 1_800_000, None, contract=contract)
    work(session, 120, charge=Charge.BILLABLE, ticket_id=_of(session, contract))
    work(session, 180, charge=Charge.INCLUDED, ticket_id=add_ticket(session, "01 09:00"))
    assert measure(session, "cout_valeur").excluded == {
        "biens sans valeur": 1, "heures internes sans coût horaire": 3,
    }  # fmt: skip
    preferences.save(session, {"internal_rate": 52_000})
    found = measure(session, "cout_valeur")
    assert told(found) == (Decimal("0.135"), 2)
    assert told(found, "top", "bottom") == (Amount(Decimal(6480), Unit.EUROS), Amount(Decimal(48_000), Unit.EUROS))
    assert {one: row.amount for one, row in found.rows.items()} == {contract: 480_000}
    assert {name: one.value for name, one in found.also.items()} == {
        "contrats": 4800, "interventions et pièces": 120, "heures internes": 1560,
    }  # fmt: skip


def test_what_was_bought_is_no_maintenance(session: Session) -> None:
    contract = add_contract(session, fee=10_000, starts_on=date(2025, 1, 1))
    worth(session, 1_200_000, contract=contract)
    bill = put(
        session, Invoice, number="F-1", provider_id=session.get_one(Contract, contract).provider_id,
        contract_id=contract, invoiced_on=date(2026, 6, 20),
    )  # fmt: skip
    put(session, InvoiceLine, invoice_id=bill, label="Serveur", kind=LineKind.EQUIPMENT, net=900_000)
    of_june = {"period_start": JUNE.start, "period_end": JUNE.end}
    put(session, InvoiceLine, invoice_id=bill, label="Juin", kind=LineKind.CONTRACT, net=22_000, **of_june)
    assert measure(session, "cout_valeur").value == Decimal("0.11")
    assert measure(session, "cout_valeur", now=june("20 00:00")).value == Decimal("0.1")
    may = Period(date(2026, 6, 3), date(2026, 6, 29))
    assert measure(session, "cout_valeur", of=may).value == Decimal("0.1")


def test_an_act_billed_later_was_not_billed_yet(session: Session) -> None:
    contract = add_contract(session, starts_on=date(2025, 1, 1), hourly_rate=6_000, price_model="per_act")
    worth(session, 100_000, contract=contract)
    bill = put(
        session, Invoice, number="F-1", provider_id=session.get_one(Contract, contract).provider_id,
        contract_id=contract, invoiced_on=date(2026, 7, 5),
    )  # fmt: skip
    of_june = {"period_start": JUNE.start, "period_end": JUNE.end}
    put(session, InvoiceLine, invoice_id=bill, label="Juin", kind=LineKind.REPAIR, net=20_000, **of_june)
    work(session, 60, charge=Charge.BILLABLE, ticket_id=_of(session, contract), invoice_id=bill)
    assert [measure(session, "cout_valeur", now=at).value for at in (OVER, NOW)] == [Decimal("0.06"), Decimal("0.2")]


def test_what_the_assets_of_each_site_bear_makes_the_whole(session: Session) -> None:
    contract = add_contract(session, fee=10_000, starts_on=date(2025, 1, 1))
    session.execute(update(CoveredAsset).values(since=date(2025, 1, 1)))
    assets, sites = worth(session, 600_000, 200_000, contract=contract), [put(session, Site, name=n) for n in "AB"]
    session.execute(update(CoveredAsset).values(since=date(2025, 1, 1)))
    for asset, site in zip(assets, sites, strict=True):
        session.execute(update(Asset).where(Asset.id == asset).values(site_id=site))
    parts = [measure(session, "cout_valeur", Scope(site_id=site)).top for site in sites]
    assert [one and one.value for one in parts] == [900, 300]
    assert measure(session, "cout_valeur", Scope(contract_id=contract)).value == Decimal("0.15")
    assert measure(session, "cout_valeur", Scope(provider_id=99)).value is None
    assert measure(session, "cout_valeur", of=Period(date(2020, 1, 1), date(2020, 1, 31))).value is None
    assert Fraction(measure(session, "cout_valeur").value or 0) == Fraction(120_000, 800_000)
