"""The nine steps of the method on the home page, and the last records one was on."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import (
    Asset,
    Consultation,
    Contract,
    Expertise,
    ExpertiseSheet,
    IssuedPaper,
    Need,
    Offer,
    Provider,
    ServiceLevel,
)
from app.models.codes import NeedDecision, Verdict
from app.models.contract_codes import OfferStatus
from app.services import home
from app.services.home import Opened, SetupStep
from app.storage import Store
from tests.services.company import add_asset, add_contract, add_ticket, june, reference_month

NOW = june("10 10:00")


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened


def step(session: Session, title: str) -> SetupStep:
    return next(one for one in home.read(session, NOW).steps if one.title == title)


def told(session: Session, title: str) -> tuple[str, str]:
    found = step(session, title)
    return found.note.replace("\u00a0", " "), found.state


def issued(session: Session, kind: str) -> None:
    session.add(
        IssuedPaper(kind=kind, reference="R", number=1, issued_at=NOW, data="{}", data_sha256="", pdf_sha256="",
                    file_name="")
    )  # fmt: skip
    session.flush()


def test_assets_are_assessed_one_by_one(session: Session) -> None:
    first, second = add_asset(session, "PC-01"), add_asset(session, "IM-01")
    assert step(session, "Expertiser chaque bien").state == "now"
    lot = Expertise(number="EX-1", title="Parc", held_on=date(2026, 6, 1))
    session.add(lot)
    session.flush()
    for one in (first, second):
        sheet = ExpertiseSheet(expertise_id=lot.id, asset_id=one, final_verdict=Verdict.A if one == first else None)
        session.add(sheet)
    session.flush()
    assert told(session, "Expertiser chaque bien") == ("1 sur 2 · 1 à voir", "part")
    sheet.final_verdict = Verdict.B
    session.flush()
    assert told(session, "Expertiser chaque bien") == ("2 sur 2", "done")


def test_needs_are_gathered_then_decided(session: Session) -> None:
    one = Need(number="B-1", statement="Sauvegarder")
    session.add_all([one, Need(number="B-2", statement="Imprimer", decision=NeedDecision.KEPT)])
    session.flush()
    assert told(session, "Recueillir les besoins") == ("2 besoins, 1 retenu, 1 à décider", "part")
    one.decision = NeedDecision.REJECTED
    session.flush()
    assert told(session, "Recueillir les besoins") == ("2 besoins, 1 retenu", "done")


def test_a_consultation_goes_from_its_paper_to_the_choice(session: Session) -> None:
    assert told(session, "Comparer les offres") == ("Prix, qualité, délais, garanties", "todo")
    asked = Consultation(number="CO-1", subject="Maintenance")
    provider = Provider(name="Lumeo")
    session.add_all([asked, provider])
    session.flush()
    assert told(session, "Rédiger le cahier des charges") == ("CO-1 en préparation", "part")
    assert told(session, "Comparer les offres") == ("Aucun prestataire consulté", "todo")
    asked.sent_on = date(2026, 6, 1)
    offer = Offer(consultation_id=asked.id, provider_id=provider.id)
    session.add(offer)
    session.flush()
    assert told(session, "Rédiger le cahier des charges") == ("Envoyé le 01/06/2026", "done")
    assert told(session, "Comparer les offres") == ("0 offre", "part")
    offer.status, asked.chosen_offer_id = OfferStatus.CHOSEN, offer.id
    session.flush()
    assert told(session, "Comparer les offres") == ("1 offre, Lumeo retenu", "done")
    issued(session, "cahier-des-charges")
    assert told(session, "Rédiger le cahier des charges") == ("Version 1 du 10/06/2026", "done")


def test_a_contract_is_whole_once_it_promises_and_covers(session: Session) -> None:
    contract = add_contract(session)
    assert told(session, "Établir le contrat")[0].startswith("CT-2026-01 · complet à ")
    for level in session.scalars(select(ServiceLevel)):
        level.deleted_at = NOW
    session.flush()
    assert told(session, "Établir le contrat") == ("CT-2026-01 · délais à fixer", "part")
    add_contract(session, number="CT-2026-02")
    assert told(session, "Établir le contrat") == ("2 contrats · délais à fixer", "part")
    assert contract


def test_judging_ends_with_a_paper_and_a_notice_comes_first(session: Session) -> None:
    reference_month(session)
    session.scalars(select(Contract)).one().notice_value = 1
    session.flush()
    last = home.read(session, june("30 17:00")).steps[-1]
    assert (last.note, last.key) == ("83,3\u00a0% dans le délai, bilan à établir", "reviews")
    issued(session, "controle")
    assert home.read(session, june("30 17:00")).steps[-1].note == "Dernier bilan le 10/06/2026"
    later = home.read(session, june("30 17:00") + timedelta(days=100)).steps[-1]
    assert (later.note, later.state, later.key) == ("À décider avant le 09/11/2026", "part", "deadlines")
    past = home.read(session, june("30 17:00") + timedelta(days=135)).steps[-1]
    assert (past.note, past.key) == ("Préavis à décider sans attendre", "deadlines")


def test_what_one_was_on_comes_back_newest_first(store: Store) -> None:
    with store.begin("Import") as session:
        for n in range(20):
            add_asset(session, f"F{n}-01")
    with store.begin("Ticket") as session:
        ticket = add_ticket(session, "10 09:00", subject="Écran noir")
    with store.begin("Bien") as session:
        session.get_one(Asset, 3).serial = "S3"
    with store.read() as session:
        shown = home.read(session, june("11 10:00"), opened=[
            Opened("asset", 5, june("11 09:15")), Opened("asset", 999, june("11 09:20")), Opened("site", 1, NOW),
        ]).recent  # fmt: skip
        keys = [one.key for one in shown]
        assert {"asset:5", f"ticket:{ticket}", "asset:3"} == set(keys), "neither the import, nor what is not there"
        viewed = next(one for one in shown if one.key == "asset:5")
        assert (viewed.title, viewed.note) == ("F4-01", "Bien, vu à 09:15")
        assert next(one for one in shown if one.key == f"ticket:{ticket}").title.endswith("Écran noir")
    with store.begin("Corbeille") as session:
        session.get_one(Asset, 3).deleted_at = NOW
    with store.read() as session:
        assert "asset:3" not in [one.key for one in home.read(session, NOW).recent]


def test_a_record_opened_before_it_was_changed_is_told_once(store: Store) -> None:
    with store.begin("Bien") as session:
        add_asset(session, "PC-01")
    with store.read() as session:
        opened: list[Any] = [Opened("asset", 1, june("01 09:00"))]
        (one,) = (one for one in home.read(session, NOW, opened=opened).recent if one.key == "asset:1")
        assert "modifié" in one.note
        assert len(home.read(session, NOW, opened=opened * 9).recent) <= 6
