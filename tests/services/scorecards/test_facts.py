"""The facts of each criterion, with their numerators, as of the end of the period (domain.md B.3, G.2)."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import (
    AccessGrant,
    Asset,
    BreachNote,
    Certificate,
    Contract,
    DueDocument,
    InvoiceLine,
    Meeting,
    MeetingAction,
    Provider,
    Ticket,
    Visit,
)
from app.models.codes import ContractStatus
from app.models.contract_codes import AccessLevel, Answer, CertificateKind, ContractKind, DueRule, MeetingStatus
from app.models.judgement_codes import Promise
from app.models.money_codes import InvoiceKind, InvoiceStatus, LineKind
from app.models.upkeep_codes import VisitStatus
from app.rules.worktime import PARIS
from app.services import gdpr, tickets
from app.services.scorecards import cards, order, prestations
from app.services.scorecards.asked import NOTHING, Asked
from app.services.spans import Period
from app.storage import Store
from tests.services.company import add_ticket, june
from tests.services.satisfaction.make import answer, survey
from tests.services.scorecards.make import (
    JUNE,
    NOW,
    TODAY,
    invoice,
    june_card,
    noted_forms,
    row,
    said,
    second_contract,
    told,
)


def test_delays_and_quality_of_the_reference_month(ready: Store) -> None:
    """B.3: GTI 6/6, GTR 5/6; one ticket reopened of six, two incidents of six that came again."""
    with ready.begin() as session:
        card = told(session, june_card(session))
        delays, quality = row(card, "delays"), row(card, "quality")
        assert said(card, "delays") == "GTI 6/6, GTR 5/6 : ensemble 91,7 %"
        assert (delays.proposed, delays.fact.entity, len(prestations.behind(session, 1, "delays", JUNE, NOW))) == (
            300,
            "ticket",
            6,
        )
        assert said(card, "quality") == ("Réouverture 1/6 (16,7 %) ; récurrence 2/6 (33,3 %)")
        assert quality.proposed == 100
        assert card.prestations[0].minutes == 180 + 25 + 150 + 30 + 60 + 120


def test_what_happened_after_the_period_changes_nothing(ready: Store) -> None:
    """Resolved on 30 June and reopened in July: in June it was resolved, once."""
    with ready.begin() as session:
        card = june_card(session)
        asset = session.scalars(select(Asset.id).order_by(Asset.id)).first()
        late = add_ticket(session, "30 09:00", asset_id=asset)
        tickets.take(session, late, june("30 09:10"))
        tickets.resolve(session, late, june("30 10:00"))
        before = told(session, card)
        assert said(before, "quality").startswith("Réouverture 1/7")
        tickets.reopen(session, late, june("02 12:00").replace(month=7), "Encore lent")
        assert told(session, card).prestations == before.prestations


def test_without_data_nothing_is_evaluated(ready: Store) -> None:
    with ready.begin() as session:
        card = june_card(session)
        july = cards.ensure(
            session, told(session, card).provider_id, Period(date(2026, 7, 1), date(2026, 7, 31)), TODAY
        )
        found = told(session, july)
        lacking = {one.criterion.key for one in found.prestations[0].rows if one.note is None}
        assert lacking == {
            "quality",
            "preventive",
            "documents",
            "communication",
            "satisfaction",
            "prices",
            "delays",
        } - {"delays"}
        assert said(found, "delays") == "GTI 0/1, GTR 0/1 : ensemble 0,0 %"  # T8, still open
        assert said(found, "documents") == ""


def test_visits_and_documents_in_time(ready: Store) -> None:
    with ready.begin() as session:
        card, contract = june_card(session), session.scalars(select(Contract)).one()
        for day, done in ((5, 5), (12, 20), (19, None)):
            due = date(2026, 6, day)
            session.add(Visit(
                number=f"V-{day}", label="Visite", contract_id=contract.id, due_on=due, planned_on=due, earliest_on=due,
                latest_on=due + timedelta(days=1), done_on=date(2026, 6, done) if done else None,
                status=VisitStatus.DONE if done else VisitStatus.PLANNED,
            ))  # fmt: skip
        session.add(DueDocument(
            contract_id=contract.id, label="Rapport d’activité", rule=DueRule.MONTHLY, delay_days=10,
            since=date(2026, 5, 1),
        ))  # fmt: skip
        session.flush()
        found = told(session, card)
        assert said(found, "preventive") == "1 visite sur 3 à leur date : 33,3 %"
        assert row(found, "preventive").proposed == 0
        assert said(found, "documents") == "0 sur 1 échu : 0,0 % ; 1 en retard ou absent"


def test_communication_is_told_and_never_noted(ready: Store) -> None:
    with ready.begin() as session:
        card, contract = june_card(session), session.scalars(select(Contract)).one()
        assert said(told(session, card), "communication") == "Aucune réunion ; aucun retard expliqué sur 1"
        at = datetime(2026, 6, 8, 10, tzinfo=PARIS)
        held = Meeting(number="R-1", contract_id=contract.id, subject="Revue", starts_at=at, status=MeetingStatus.HELD)
        session.add(held)
        session.flush()
        session.add(MeetingAction(
            meeting_id=held.id, contract_id=contract.id, label="Relais", owner="Lumeo", due_on=date(2026, 6, 20)
        ))  # fmt: skip
        ids = session.scalars(select(Ticket.id).order_by(Ticket.id)).all()
        session.add(BreachNote(ticket_id=ids[0], promise=Promise.RESTORE, explanation="Pièce en rupture"))
        session.add(BreachNote(ticket_id=ids[2], promise=Promise.RESTORE, cause="Oubli"))
        session.flush()
        found = row(told(session, card), "communication")
        assert said(told(session, card), "communication") == (
            "Revue périodique du 08/06/2026 tenue ; 1 action en retard ; 1 retard expliqué sur 1"
        )
        assert (found.proposed, found.is_asked) == (None, True)
        for day in (9, 10):
            planned = Meeting(
                number=f"R-{day}", contract_id=contract.id, subject="Revue", starts_at=at.replace(day=day)
            )
            session.add(planned)
        session.flush()
        assert said(told(session, card), "communication").startswith("1 réunion tenue sur 3")


def test_satisfaction_is_a_note_a_person(ready: Store) -> None:
    """Forms of the period only; a sheet of the survey counts by its questions of help, from five sheets on."""
    with ready.begin() as session:
        card = june_card(session)
        noted_forms(session, 433, 300)
        noted_forms(session, 100, on=date(2026, 7, 2))
        assert said(told(session, card), "satisfaction") == "Fiches : 3,7/5 (n = 2)"
        asked = survey(session)
        for sheet in range(1, 5):
            answer(session, asked, sheet, {"delai": 2, "courtoisie": 4, "materiel": 1, "information": 0})
        assert row(told(session, card), "satisfaction").proposed == 370
        answer(session, asked, 5, {"delai": 2, "courtoisie": 4})
        found = row(told(session, card), "satisfaction")
        assert (
            said(told(session, card), "satisfaction") == "Fiches et enquête : 3,2/5 (n = 7)"
        )  # (433 + 300 + 5 × 300) ÷ 7
        assert found.proposed == 320


def test_a_survey_judges_the_contract_that_people_call(ready: Store) -> None:
    with ready.begin() as session:
        card = june_card(session)
        second_contract(session)
        asked = survey(session)
        for sheet in range(1, 6):
            answer(session, asked, sheet, {"delai": 5})
        found = told(session, card)
        assert said(found, "satisfaction") == "Enquête : 5,0/5 (n = 5)"
        assert row(found, "satisfaction", 1).note is None


def priced(session: Session, card: int) -> tuple[str, int | None]:
    found = told(session, card)
    return said(found, "prices"), row(found, "prices").proposed


def test_invoices_disputed_or_corrected(ready: Store) -> None:
    with ready.begin() as session:
        card = june_card(session)
        first = invoice(session, "F-1")
        invoice(session, "F-0", invoiced_on=date(2026, 5, 31))
        assert said(told(session, card), "prices") == "Aucune erreur sur 1 facture"
        invoice(session, "F-2", status=InvoiceStatus.DISPUTED)
        found = row(told(session, card), "prices")
        assert (said(told(session, card), "prices"), found.proposed) == (
            "1 erreur sur 2 factures, aucun avoir reçu",
            100,
        )
        credit = invoice(session, "A-1", kind=InvoiceKind.CREDIT, corrects_id=first)
        found = row(told(session, card), "prices")
        assert (said(told(session, card), "prices"), found.proposed) == (
            "2 erreurs sur 2 factures, 1 avoir reçu sur 2",
            100,
        )
        session.add(InvoiceLine(invoice_id=credit, label="Pénalité", kind=LineKind.PENALTY, net=900))
        session.flush()
        assert said(told(session, card), "prices") == "1 erreur sur 2 factures, aucun avoir reçu"
        third = invoice(session, "F-3")
        invoice(session, "A-2", kind=InvoiceKind.CREDIT, corrects_id=third)
        assert said(told(session, card), "prices") == "2 erreurs sur 3 factures, 1 avoir reçu sur 2"


def test_an_error_that_a_credit_note_corrects(ready: Store) -> None:
    with ready.begin() as session:
        card = june_card(session)
        wrong = [invoice(session, f"F-{n}") for n in range(3)]
        invoice(session, "A-1", kind=InvoiceKind.CREDIT, corrects_id=wrong[0])
        found = row(told(session, card), "prices")
        assert (said(told(session, card), "prices"), found.proposed, found.fact.ids) == (
            "1 erreur sur 3 factures, avoir reçu", 300, (wrong[0],)
        )  # fmt: skip
        invoice(session, "A-2", kind=InvoiceKind.CREDIT, corrects_id=wrong[1])
        assert said(told(session, card), "prices") == "2 erreurs sur 3 factures, avoirs reçus"


def test_certificates_accesses_and_gdpr_at_the_end_of_the_period(ready: Store) -> None:
    """A certificate come since, an access given since, count for nothing."""
    with ready.begin() as session:
        card, provider = june_card(session), session.scalars(select(Provider.id)).one()
        contract = session.scalars(select(Contract.id)).one()
        lacking = row(told(session, card), "security")
        assert (said(told(session, card), "security"), lacking.proposed) == (
            "Assurance responsabilité civile (manque)",
            200,
        )
        insurance = {"provider_id": provider, "kind": CertificateKind.INSURANCE}
        session.add(Certificate(issued_on=date(2026, 7, 1), **insurance))
        session.flush()
        assert row(told(session, card), "security").proposed == 200
        session.add(Certificate(issued_on=date(2025, 6, 1), **insurance))
        session.flush()
        assert said(told(session, card), "security") == "Assurance responsabilité civile (à redemander)"
        session.add(Certificate(issued_on=date(2026, 1, 10), **insurance))
        given = {"provider_id": provider, "holder": "Yanis", "level": AccessLevel.ADMIN}
        session.add(AccessGrant(target="Serveur", since=date(2026, 1, 5), **given))
        session.add(AccessGrant(target="NAS", since=date(2026, 7, 5), **given))
        session.add(AccessGrant(target="Box", since=date(2026, 1, 5), withdrawn_on=date(2026, 6, 5), **given))
        session.flush()
        for point in gdpr.POINTS[:-1]:
            gdpr.answer(session, contract, point.key, Answer.YES)
        gdpr.answer(session, contract, gdpr.POINTS[-1].key, Answer.NO)
        found = row(told(session, card), "security")
        assert said(told(session, card), "security") == (
            "Attestations à jour ; 1 accès sans double authentification ; RGPD 13/14"
        )
        assert found.proposed == 300


def test_nothing_is_known_of_the_order_of_a_provider(ready: Store) -> None:
    """Nothing is asked of whom no contract binds; an access left open is a gap all the same."""
    with ready.begin() as session:
        june_card(session)
        contract = session.scalars(select(Contract)).one()
        contract.status = ContractStatus.DRAFT
        session.flush()
        asked = Asked(session, contract, JUNE.start, JUNE.end, NOW)
        assert order.security(asked) == NOTHING
        given = {"holder": "Yanis", "target": "NAS", "level": AccessLevel.ADMIN, "since": date(2026, 1, 5)}
        session.add(AccessGrant(provider_id=contract.provider_id, **given))
        session.flush()
        assert order.security(asked).told == "1\u00a0accès sans double authentification"


def test_the_contracts_of_the_period(ready: Store) -> None:
    """A project, one that had ended, one to come, and a subscription nobody calls about are left out."""
    with ready.begin() as session:
        june_card(session)
        provider = session.scalars(select(Provider.id)).one()
        supply = second_contract(session, kind=ContractKind.SUPPLY)
        numbers = [one.number for one in prestations.in_force(session, provider, JUNE.start, JUNE.end)]
        assert numbers == ["CT-2026-01"]
        made = add_ticket(session, "12 10:00")
        session.get_one(Ticket, made).contract_id = supply
        session.flush()
        found = prestations.of(session, provider, JUNE.start, JUNE.end, NOW)
        assert [one.number for one in found] == ["CT-2026-01", "CT-2026-02"]
        assert prestations.in_force(session, provider, date(2025, 6, 1), date(2025, 6, 30)) == []
