"""The words of the e-mail of each stage, from what the journal of the ticket tells."""

import pytest
from sqlalchemy.orm import Session

from app.models import Company, Intervention, Person, Provider, ProviderContact, Site, Ticket
from app.models.codes import TicketKind, WaitReason
from app.models.contract_codes import ContactRole
from app.models.upkeep_codes import CancelReason, Resolution
from app.services import ticket_mail, tickets
from app.services.ticket_mail import Written
from app.services.ticket_mail_words import Stage
from app.storage import Store
from tests.services.company import add_asset, add_contract, add_ticket, june, repair


def named(session: Session) -> int:
    """A company, and Nadia, whose asset AA-01 is under contract. Gives the id of Nadia."""
    session.add(Company(name="Ateliers Morvan"))
    site = Site(name="Dijon", address="14 rue des Copeaux", postal_code="21000", city="Dijon")
    session.add(site)
    session.flush()
    nadia = Person(
        last_name="Roussel", first_name="Nadia", service="Atelier", email="nadia@exemple.fr", site_id=site.id
    )
    session.add(nadia)
    session.flush()
    add_asset(session, "AA-01", add_contract(session, provider_reference="LU-7"))
    return nadia.id


@pytest.fixture
def ticket(store: Store) -> int:
    with store.begin("essai") as session:
        nadia = named(session)
        told = {"subject": "Écran noir", "description": "Rien ne s’affiche."}
        return add_ticket(session, "01 10:00", asset_id=1, requester_id=nadia, **told)


def letter(store: Store, ticket: int, stage: Stage, when: str = "01 10:30") -> Written:
    with store.read() as session:
        return ticket_mail.write(session, ticket, stage, june(when), "Hélène Morvan")


def offered(store: Store, ticket: int, when: str = "01 10:30") -> list[str]:
    with store.read() as session:
        return [one.value for one in ticket_mail.stages(session, ticket, june(when))]


def test_the_opening_tells_the_provider_all_it_needs(store: Store, ticket: int) -> None:
    with store.begin("essai") as session:
        tickets.down(session, ticket, june("01 09:40"))
    found = letter(store, ticket, Stage.OPENING)
    assert found.subject == "T-2026-0001, P3\u00a0: Écran noir"
    for line in (
        "Nous vous transmettons l’incident suivant, au titre du contrat CT-2026-01 (votre référence LU-7).",
        "Demandeur\u00a0: Nadia Roussel, Atelier",
        "Lieu\u00a0: Dijon, 14 rue des Copeaux, 21000 Dijon",
        "Bien\u00a0: AA-01",
        "À l’arrêt depuis le\u00a0: 01/06/2026 à 09:40",
        "Rien ne s’affiche.",
        "- Prise en charge avant le 01/06\u00a0à\u00a014:00",
        "Cordialement,\nHélène Morvan\nAteliers Morvan\n",
    ):
        assert line in found.body


def test_the_address_is_that_of_who_helps(store: Store, ticket: int) -> None:
    assert letter(store, ticket, Stage.OPENING).missing.startswith("Aucune adresse d’assistance chez Lumeo Services")
    with store.begin("essai") as session:
        session.get_one(Provider, 1).email = "contact@lumeo.example"
    assert letter(store, ticket, Stage.OPENING).to == "contact@lumeo.example"
    with store.begin("essai") as session:
        for role, name in ((ContactRole.TECHNICIAN, "yanis"), (ContactRole.DISPATCH, "aide"), (ContactRole.SALES, "v")):
            session.add(ProviderContact(provider_id=1, last_name=name, role=role, email=f"{name}@lumeo.example"))
    assert letter(store, ticket, Stage.CHASE).to == "aide@lumeo.example"
    assert letter(store, ticket, Stage.RECEIPT).to == "nadia@exemple.fr"


def test_out_of_contract_a_price_is_asked_first(store: Store) -> None:
    with store.begin("essai") as session:
        one = add_ticket(session, "01 10:00", "P4", kind=TicketKind.REQUEST)
    found = letter(store, one, Stage.OPENING)
    assert "la demande suivante. Hors contrat\u00a0: merci de nous dire votre prix" in found.body
    assert "Nous comptons" not in found.body
    assert found.missing.startswith("Ce ticket est hors contrat")
    assert letter(store, one, Stage.RECEIPT).missing.startswith("Ce ticket n’a pas de demandeur")
    with store.begin("essai") as session:
        session.add(Person(last_name="Petit"))
        session.get_one(Ticket, one).requester_id = 1
    assert letter(store, one, Stage.RECEIPT).missing.startswith("L’adresse de Petit n’est pas connue")


def test_the_requester_learns_the_number_and_what_is_promised(store: Store, ticket: int) -> None:
    found = letter(store, ticket, Stage.RECEIPT)
    assert found.body.startswith("Bonjour Nadia Roussel,\n")
    assert "sous le numéro T-2026-0001, le 01/06/2026 à 10:00." in found.body
    assert "avant le 03/06\u00a0à\u00a008:00" not in found.body
    assert "Le contrat prévoit le rétablissement avant le 02/06" in found.body


def test_a_reminder_names_each_promise_broken(store: Store, ticket: int) -> None:
    assert offered(store, ticket)[0] == "opening"
    assert "de retard" not in letter(store, ticket, Stage.CHASE).body
    assert offered(store, ticket, "03 10:00")[0] == "chase"
    found = letter(store, ticket, Stage.CHASE, "03 10:00")
    assert (
        "Prise en charge due le 01/06/2026 à 14:00, pas encore faite\u00a0: 14\u00a0h\u00a000 ouvrées de retard."
        in found.body
    )
    assert "Rétablissement dû le 02/06/2026 à 17:00, pas encore fait" in found.body


def test_a_question_is_that_of_the_wait(store: Store, ticket: int) -> None:
    with store.begin("essai") as session:
        tickets.take(session, ticket, june("01 11:00"))
    assert "[à compléter" in letter(store, ticket, Stage.WAITING).body
    with store.begin("essai") as session:
        tickets.start_wait(session, ticket, june("01 12:00"), WaitReason.CLIENT, "Est-il branché\u00a0?", "Yanis")
    assert offered(store, ticket)[0] == "waiting"
    assert "Est-il branché\u00a0?" in letter(store, ticket, Stage.WAITING).body
    with store.begin("essai") as session:
        tickets.end_wait(session, ticket, june("01 14:00"))
        tickets.start_wait(session, ticket, june("01 15:00"), WaitReason.PART, "Dalle commandée", "Yanis")
    found = letter(store, ticket, Stage.WAITING)
    assert found.subject == "T-2026-0001, en attente\u00a0: Écran noir"
    assert "est suspendu\u00a0: attente de pièce.\nDalle commandée" in found.body


def test_a_question_is_not_answered_by_the_name_of_a_part(store: Store, ticket: int) -> None:
    with store.begin("essai") as session:
        tickets.take(session, ticket, june("01 11:00"))
        tickets.start_wait(session, ticket, june("01 12:00"), WaitReason.CLIENT, "", "Yanis")
        tickets.start_wait(session, ticket, june("01 15:00"), WaitReason.PART, "Dalle commandée", "Yanis")
    found = letter(store, ticket, Stage.WAITING)
    assert "[à compléter" in found.body
    assert "Dalle" not in found.body


def test_once_restored_the_requester_is_asked(store: Store, ticket: int) -> None:
    with store.begin("essai") as session:
        tickets.resolve(session, ticket, june("01 16:00"), text="Câble changé", resolution=Resolution.WORKAROUND)
        repair(session, ticket, "01 14:00", "01 16:00", 60)
    assert offered(store, ticket) == ["restored", "closing", "document"]
    found = letter(store, ticket, Stage.RESTORED)
    assert found.subject == "T-2026-0001, est-ce rétabli\u00a0? Écran noir"
    assert "depuis le 01/06/2026 à 16:00." in found.body
    assert "C’est un contournement" in found.body
    assert "Ce qui a été fait\u00a0: Câble changé" in found.body
    asked = letter(store, ticket, Stage.DOCUMENT).body
    assert "- le compte rendu de l’intervention FI-2026-0001, du 01/06/2026 à 14:00" in asked
    assert "compte rendu d’incident" not in asked


def test_the_closing_tells_what_was_done(store: Store, ticket: int) -> None:
    with store.begin("essai") as session:
        tickets.resolve(session, ticket, june("01 16:00"))
        repair(session, ticket, "01 14:00", "01 16:00", 60)
        session.get_one(Intervention, 1).work_done = "Dalle remplacée"
        tickets.close(session, ticket, june("02 16:00"))
    assert offered(store, ticket) == ["closing", "document"]
    assert "Ce qui a été fait\u00a0: Dalle remplacée" in letter(store, ticket, Stage.CLOSING).body


def test_a_grave_incident_calls_for_its_report(store: Store) -> None:
    with store.begin("essai") as session:
        one = add_ticket(session, "01 10:00", "P1")
        tickets.resolve(session, one, june("01 11:00"))
    asked = letter(store, one, Stage.DOCUMENT).body
    assert "- le compte rendu de votre intervention" in asked
    assert "- le compte rendu d’incident, avec ses causes" in asked


def test_a_cancelled_ticket_says_why(store: Store, ticket: int) -> None:
    with store.begin("essai") as session:
        tickets.cancel(session, ticket, june("01 11:00"), "C’était un essai", reason=CancelReason.TEST)
    assert offered(store, ticket) == ["closing"]
    assert "est annulé\u00a0: essai." in letter(store, ticket, Stage.CLOSING).body


def test_a_letter_without_address_is_noted_all_the_same(store: Store, ticket: int) -> None:
    with store.begin("essai") as session:
        ticket_mail.note(session, ticket, Stage.OPENING, " ", june("01 11:00"))
        assert b"X-Unsent: 1" in ticket_mail.eml(session, "", "Objet", "Texte")
