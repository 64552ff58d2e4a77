"""What a contract says: hours, levels, perimeter, periods, notice."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import ClosingDay, Company, Contract, CoverageSlot, CoveredAsset
from app.models.codes import ContractStatus, FeePeriod, NoticeUnit, Renewal, Zone
from app.rules.worktime import Calendar, weekly
from app.services.contracts import USUAL_HOURS, calendar_of, cover_of, hours_text, levels_of
from app.services.notices import NoticePhase, notice_of
from app.services.periods import periods_of
from app.storage import Store
from tests.services.company import DAY, TARGETS, add_asset, add_contract


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened


def test_the_calendar_is_the_contract_s_own(session: Session) -> None:
    contract = add_contract(session, zone=Zone.REUNION, pentecost_worked=True)
    session.add(ClosingDay(contract_id=contract, first_day=date(2026, 12, 24), last_day=date(2027, 1, 2)))
    session.flush()
    closed = ((date(2026, 12, 24), date(2027, 1, 2)),)
    assert calendar_of(session, contract, DAY) == Calendar(USUAL_HOURS, "reunion", closed, pentecost_worked=True)


def test_usual_hours_where_nothing_is_told(session: Session) -> None:
    assert calendar_of(session, None, DAY) == Calendar(USUAL_HOURS, "metropole")
    session.add(Company(name="Martin", zone=Zone.GUYANE))
    contract = add_contract(session)
    for slot in session.scalars(select(CoverageSlot)):
        session.delete(slot)
    session.flush()
    assert calendar_of(session, None, DAY).zone == "guyane"
    assert calendar_of(session, contract, DAY).slots == USUAL_HOURS


def test_levels(session: Session) -> None:
    found = levels_of(session, add_contract(session), DAY)
    assert {name: (one.take, one.restore) for name, one in found.items()} == TARGETS
    assert levels_of(session, None, DAY) == {}


@pytest.mark.parametrize(
    ("slots", "text"),
    [
        ([(d, 540, 1080) for d in range(5)], "lun-ven 9 h-18 h"),
        ([(d, a, b) for d in range(5) for a, b in ((540, 750), (840, 1080))], "lun-ven 9 h-12 h 30, 14 h-18 h"),
        (
            [(0, 540, 720), (1, 540, 720), (4, 480, 720)],
            "lun-mar 9 h-12 h ; ven 8 h-12 h",
        ),
    ],
)
def test_hours_in_words(slots: list[tuple[int, int, int]], text: str) -> None:
    assert hours_text(Calendar(weekly(slots))).replace("\u00a0", " ") == text


def test_cover(session: Session) -> None:
    old = add_contract(session, starts_on=date(2024, 1, 1), renewal=Renewal.NONE)
    asset = add_asset(session, "PC-01", old)
    new = add_contract(session, number="CT-2", starts_on=date(2025, 1, 1))
    draft = add_contract(session, number="CT-3", starts_on=date(2025, 1, 1), status=ContractStatus.DRAFT)
    for contract, since, until in ((new, (2025, 6, 1), (2026, 5, 31)), (draft, (2025, 1, 1), None)):
        session.add(
            CoveredAsset(
                contract_id=contract, asset_id=asset, since=date(*since), until=date(*until) if until else None
            )
        )
    session.flush()
    assert cover_of(session, asset, date(2025, 5, 31)) is None
    assert cover_of(session, asset, date(2025, 6, 1)) == new
    assert cover_of(session, asset, date(2026, 5, 31)) == new
    assert cover_of(session, asset, date(2026, 6, 1)) is None
    assert cover_of(session, None, date(2026, 5, 31)) is None


YEARLY: dict[str, Any] = {"starts_on": date(2024, 3, 1), "fee": 45_000}


@pytest.mark.parametrize(
    ("change", "today", "headline", "consequence"),
    [
        ({}, date(2026, 8, 7), "Rien à décider avant le 8 août 2026",
         "Sans décision, le contrat sera reconduit jusqu’au 29 février 2028, soit 5 400,00 € HT engagés de plus."),
        ({}, date(2026, 10, 23), "Décidez avant le 6 novembre 2026 : il reste 14 jours",
         "Sans décision, le contrat sera reconduit jusqu’au 29 février 2028, soit 5 400,00 € HT engagés de plus."),
        ({"fee": None}, date(2026, 11, 26),
         "La lettre doit être reçue le 27 novembre 2026 au plus tard : il reste 1 jour",
         "Sans décision, le contrat sera reconduit jusqu’au 29 février 2028."),
        ({"fee": 135_000, "fee_period": FeePeriod.QUARTER}, date(2026, 11, 27),
         "La lettre doit être reçue le 27 novembre 2026 au plus tard : c’est aujourd’hui",
         "Sans décision, le contrat sera reconduit jusqu’au 29 février 2028, soit 5 400,00 € HT engagés de plus."),
        ({"fee": None}, date(2026, 11, 28), "Une lettre postée maintenant risque d’arriver après le 28 novembre 2026",
         "Sans décision, le contrat sera reconduit jusqu’au 29 février 2028."),
        ({}, date(2026, 11, 29), "La reconduction est acquise : vous êtes engagé jusqu’au 29 février 2028",
         "Aucune lettre n’a été enregistrée avant le 28 novembre 2026. Prochain préavis : avant le 29 novembre 2027."),
        ({"max_renewals": 3}, date(2026, 11, 29),
         "La reconduction est acquise : vous êtes engagé jusqu’au 29 février 2028",
         "Aucune lettre n’a été enregistrée avant le 28 novembre 2026."),
        ({"denounced_on": date(2026, 11, 6)}, date(2026, 11, 7),
         "Contrat dénoncé : il prend fin le 28 février 2027", ""),
        ({"denounced_on": date(2026, 11, 6)}, date(2027, 3, 1), "Ce contrat a pris fin le 28 février 2027", ""),
        ({"renewal": Renewal.NONE}, date(2024, 12, 1), "Ce contrat prend fin le 28 février 2025, sans reconduction",
         ""),
        ({"renewal": Renewal.TACIT_OPEN}, date(2024, 10, 1), "Décidez avant le 7 novembre 2024 : il reste 37 jours",
         "Sans décision, le contrat sera reconduit sans terme fixé."),
        ({"renewal": Renewal.TACIT_OPEN}, date(2026, 12, 1), "Ce contrat est à durée indéterminée",
         "Vous pouvez y mettre fin à tout moment, avec 3 mois de préavis."),
    ],
)  # fmt: skip
def test_the_notice_panel_speaks(
    session: Session, change: dict[str, Any], today: date, headline: str, consequence: str
) -> None:
    panel = notice_of(session, add_contract(session, **(YEARLY | change)), today)
    assert (panel.headline.replace("\u00a0", " "), panel.consequence.replace("\u00a0", " ")) == (headline, consequence)


def test_the_notice_panel_has_the_dates(session: Session) -> None:
    panel = notice_of(session, add_contract(session, **YEARLY), date(2026, 10, 23))
    assert (panel.phase, panel.period, panel.days_left) == (NoticePhase.DECIDE, "Reconduction\u00a02", 14)
    assert (panel.decide_from, panel.advised_posting) == (date(2026, 8, 8), date(2026, 11, 6))
    assert (panel.safe_receipt, panel.limit, panel.ends) == (
        date(2026, 11, 27),
        date(2026, 11, 28),
        date(2027, 2, 28),
    )


@pytest.mark.parametrize(
    ("change", "today", "rows"),
    [
        ({}, date(2026, 10, 23), ["Reconduite/Terminée", "Reconduite/Terminée", "À prendre/En cours",
                                  "–/Si rien n’est fait"]),
        ({}, date(2026, 12, 1), ["Reconduite/Terminée", "Reconduite/Terminée", "Reconduite/En cours", "–/Acquise",
                                 "–/Si rien n’est fait"]),
        ({"denounced_on": date(2026, 11, 6)}, date(2026, 12, 1),
         ["Reconduite/Terminée", "Reconduite/Terminée", "Dénoncée/En cours"]),
        ({"renewal": Renewal.NONE}, date(2024, 2, 1), ["Prend fin/À venir"]),
        ({"renewal": Renewal.TACIT_OPEN}, date(2026, 2, 1), ["Reconduite/Terminée", "À tout moment/En cours"]),
        ({"renewal": Renewal.TACIT_OPEN}, date(2024, 12, 1), ["Reconduite/En cours", "À tout moment/Acquise"]),
        ({"renewal": Renewal.TACIT_OPEN, "denounced_on": date(2026, 5, 10), "notice_value": 60,
          "notice_unit": NoticeUnit.DAYS}, date(2026, 8, 1), ["Reconduite/Terminée", "Dénoncée/Terminée"]),
    ],
)  # fmt: skip
def test_the_table_of_periods(session: Session, change: dict[str, Any], today: date, rows: list[str]) -> None:
    found = periods_of(session, add_contract(session, **(YEARLY | change)), today)
    assert [f"{row.decision}/{row.state}" for row in found] == rows
    assert [row.is_current for row in found] == ["En cours" in row for row in rows]
    assert [row.label for row in found][:2] == ["Initiale", "Reconduction\u00a01"][: len(rows)]


def test_the_last_day_of_a_denounced_open_term(session: Session) -> None:
    contract = add_contract(session, **YEARLY, renewal=Renewal.TACIT_OPEN, denounced_on=date(2026, 5, 10))
    assert periods_of(session, contract, date(2026, 6, 1))[-1].ends == date(2026, 8, 10)


def test_a_contract_that_is_not_there(session: Session) -> None:
    with pytest.raises(NotFound):
        calendar_of(session, 999, DAY)


def test_a_contract_in_the_bin_covers_nothing(session: Session) -> None:
    contract = add_contract(session)
    asset = add_asset(session, "PC-01", contract)
    session.get_one(Contract, contract).deleted_at = session.get_one(Contract, contract).created_at
    assert cover_of(session, asset, date(2026, 6, 1)) is None
