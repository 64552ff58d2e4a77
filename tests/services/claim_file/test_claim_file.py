"""What a claim file says, as a paper: the breaches, their price, the terms, the acts and where they are written."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.errors import Refused
from app.models import Amendment, Clause, Contract, ContractClause, IssuedPaper, Ticket
from app.models.contract_codes import AmendmentStatus
from app.reports import claim
from app.reports.identity import Stamp
from app.services import papers, tickets
from app.services.claim_file import chain, gather, stories
from app.services.penalties import claims
from app.storage import Store
from tests.reports.reading import flat, pages_of
from tests.services.claim_file.make import JULY_2, at, lumeo, number_of
from tests.services.company import add_ticket
from tests.storage.things import by_hand

JUNE = date(2026, 6, 1)


def said(pdf: bytes) -> str:
    return flat(" ".join(pages_of(pdf)))


def drawn(store: Store, kind: str, ref: str) -> str:
    with store.read() as session:
        return said(papers.draft(session, kind, ref, JULY_2))


def test_a_contract_tells_its_breaches_and_their_price(ready: Store) -> None:
    contract, _ = lumeo(ready)
    with ready.read() as session:
        number = number_of(session, contract)
    told = drawn(ready, "preuve-contrat", number)
    assert f"{number}-2026-06" in told
    assert "2 manquements 18,00 € de pénalités dues." in told
    assert (
        "Juin 2026 : rétablissement en retard 2 × 9,00 € (2 % de 450,00 €) : T-2026-0001, T-2026-0002 18,00 €" in told
    )
    assert "Pénalités dues 18,00 €" in told
    assert "P1, critique 1 h 00 – 4 h 00" in told
    assert "Plafond par mois 15 % du forfait" in told
    assert "Cause, rétablissement Pièce oubliée" in told
    assert "Explication Aucune explication reçue." in told
    assert "Décision Réclamer" in told
    assert "courriel.eml" in told
    assert "Aucune explication du prestataire n’est notée." in told
    assert "correspondent à leur sceau" in told


def test_every_act_names_the_entry_that_holds_it(ready: Store) -> None:
    _, ticket = lumeo(ready)
    with ready.read() as session:
        file = gather.of_a_ticket(session, ticket, Stamp("Dossier", "T-2026-0001", 1, JULY_2))
        number = session.get_one(Ticket, ticket).number
    (story,) = file.stories
    assert all(cells[-1].startswith("n°\u00a0") for cells in story.acts)
    assert len(story.done) == 1
    assert file.headline[0] == "1\u00a0manquement"
    assert "autres manquements compris" in file.headline[1]
    assert len(file.evidence) == 1
    assert file.evidence[0][3] == ready.who
    assert f"Ticket {number}, modification" in " ".join(cells[3] for cells in file.chain.entries)


def test_a_ticket_in_time_or_out_of_contract_owes_nothing(ready: Store) -> None:
    lumeo(ready)
    told = drawn(ready, "preuve", "T-2026-0003")
    assert "Aucun manquement" in told
    assert "Rien à calculer." in told
    with ready.begin() as session:
        add_ticket(session, "05 09:00")
    told = drawn(ready, "preuve", "T-2026-0004")
    assert "hors contrat" in told
    assert "Hors contrat : aucun délai n’est promis et rien n’est dû." in told


def test_breaches_that_the_contract_does_not_punish_are_told(ready: Store) -> None:
    contract, _ = lumeo(ready)
    with ready.begin() as session:
        number = number_of(session, contract)
    by_hand(ready.path, "UPDATE penalty SET deleted_at = '2026-06-01T00:00:00Z'")
    told = drawn(ready, "preuve-contrat", f"{number}-2026-06")
    assert "2 manquements Aucune pénalité n’est due" in told
    assert "Le contrat ne prévoit pas de pénalité pour ces manquements." in told


def test_the_cap_the_franchise_and_what_was_claimed_are_told(ready: Store) -> None:
    contract, _ = lumeo(ready, penalty_month_cap=100)
    with ready.begin() as session:
        number = number_of(session, contract)
        claims.claim(session, contract, JUNE, 200, date(2026, 7, 2), None, JULY_2)
    told = drawn(ready, "preuve-contrat", f"{number}-2026-06")
    assert "Juin 2026 : plafond 1 % de 450,00 €, au lieu de 18,00 € 4,50 €" in told
    assert "4,50 € de pénalités dues, dont 2,00 € déjà réclamés." in told
    assert "Juin 2026 02/07/2026 2,00 € Réclamée –" in told
    by_hand(ready.path, "UPDATE contract SET penalty_month_cap = NULL, penalty_year_cap = 10")
    by_hand(ready.path, "UPDATE penalty SET franchise = 1, percent = 500")
    told = drawn(ready, "preuve-contrat", f"{number}-2026-06")
    assert "1 × 22,50 € (5 % de 450,00 €), après 1 manquement en franchise" in told
    assert "0,1 % de douze mensualités (5,40 €), au lieu de 22,50 € 5,40 €" in told


def test_a_cap_already_taken_is_why_nothing_is_owed(ready: Store) -> None:
    """The cap of the year is 5,40 €, and June took it whole."""
    contract, _ = lumeo(ready, penalty_month_cap=None, penalty_year_cap=10)
    with ready.begin() as session:
        number, july = number_of(session, contract), at("01 09:00").replace(month=7)
        asset = session.scalar(select(Ticket.asset_id).where(Ticket.number == "T-2026-0001"))
        made = add_ticket(session, "01 09:00", "P1", asset_id=asset, opened_at=july)
        tickets.resolve(session, made, july.replace(hour=15))
    told = drawn(ready, "preuve-contrat", f"{number}-2026-07")
    assert "Aucune pénalité n’est due : le plafond du contrat est atteint (9,00 € avant plafonds)." in told
    assert "0,1 % de douze mensualités (5,40 €), dont 5,40 € déjà dus dans l’année, au lieu de 9,00 € 0,00 €" in told
    by_hand(ready.path, "UPDATE contract SET fee = NULL")
    told = drawn(ready, "preuve-contrat", f"{number}-2026-07")
    assert "Pénalités non chiffrées : elles sont une part du forfait, dont le prix n’est pas écrit." in told


def test_terms_that_changed_between_two_tickets_are_both_told(ready: Store) -> None:
    contract, _ = lumeo(ready)
    with ready.begin() as session:
        number = number_of(session, contract)
        session.add(
            Amendment(
                contract_id=contract, number="AV-1", subject="Prix", status=AmendmentStatus.SIGNED,
                effective_on=date(2026, 6, 2), signed_on=date(2026, 6, 2), extra={"fee": "90000"},
            )
        )  # fmt: skip
    told = drawn(ready, "preuve-contrat", f"{number}-2026-06")
    assert "Tels que signés, jusqu’au 01/06/2026" in told
    assert "Depuis le 02/06/2026" in told
    assert "900,00 € AV-1" in told


def test_what_was_altered_outside_is_said_first(ready: Store) -> None:
    contract, ticket = lumeo(ready)
    by_hand(ready.path, "UPDATE history SET after = replace(after, 'P1', 'P4') WHERE table_name = 'ticket_event'")
    with ready.read() as session:
        file = gather.of_a_ticket(session, ticket, Stamp("Dossier", "T-2026-0001", 1, JULY_2))
    assert "ne correspondent plus à leur sceau" in file.chain.sentence
    assert file.chain.warnings[0].startswith("Écritures altérées depuis leur sceau")
    by_hand(ready.path, "UPDATE history SET salt = NULL, clock_doubtful = 1 WHERE table_name = 'ticket_event'")
    by_hand(ready.path, "UPDATE history SET who = 'hors de l’application' WHERE table_name = 'contract'")
    with ready.read() as session:
        file = gather.of_a_contract(session, contract, Stamp("Dossier", number_of(session, contract), 1, JULY_2))
    told = " ".join(file.chain.warnings)
    assert "hors de l’application" in told
    assert "heure douteuse" in told
    assert "effacées depuis" in told


def test_a_month_to_come_or_without_breach(ready: Store) -> None:
    contract, _ = lumeo(ready)
    with ready.read() as session:
        number = number_of(session, contract)
        with pytest.raises(Refused, match="pas commencés"):
            papers.draft(session, "preuve-contrat", f"{number}-2026-09", JULY_2)
        told = said(papers.draft(session, "preuve-contrat", f"{number}-2026-05", JULY_2))
    assert "Aucun manquement" in told
    assert "Aucun document n’est joint" in told


def test_the_usual_months_of_a_quiet_contract_are_those_under_way(ready: Store) -> None:
    contract, _ = lumeo(ready)
    by_hand(ready.path, "UPDATE ticket SET deleted_at = '2026-06-30T00:00:00Z'")
    with ready.read() as session:
        span = gather.usual_span(session, contract, JULY_2)
        assert span.ending == "2026-07"
        assert gather.moment_of(Stamp("", "")) > datetime(2026, 1, 1, tzinfo=UTC)


def test_an_issued_file_is_frozen_under_its_months(ready: Store) -> None:
    contract, _ = lumeo(ready)
    with ready.begin("Émission") as session:
        number = number_of(session, contract)
        made = papers.issue(session, "preuve-contrat", number, JULY_2)
        kept = session.get_one(IssuedPaper, made)
        assert (kept.reference, kept.record_id) == (f"{number}-2026-06", contract)
        assert "PROJET" not in said(papers.issued_bytes(session, made))
        assert kept.data_sha256[:4] in said(papers.issued_bytes(session, made))


def test_a_contract_without_provider_and_without_penalty_still_tells(ready: Store) -> None:
    contract, _ = lumeo(ready)
    with ready.begin() as session:
        session.get_one(Contract, contract).provider_id = None
        session.flush()
        file = gather.of_a_contract(session, contract, Stamp("Dossier", f"{number_of(session, contract)}", 1, JULY_2))
    assert file.subtitle.startswith("Sans prestataire")
    assert claim.render(file).startswith(b"%PDF")


def test_clauses_are_quoted_and_those_of_the_provider_named(ready: Store) -> None:
    contract, _ = lumeo(ready)
    with ready.begin() as session:
        topics = {one.topic: one.id for one in session.scalars(select(Clause))}
        for at, (topic, text) in enumerate((("penalites", "Chaque retard\ncoûte 9 €."), ("niveaux", None))):
            session.add(ContractClause(contract_id=contract, clause_id=topics[topic], title=topic.capitalize(),
                                       text=text, article=str(20 + at), position=at))  # fmt: skip
        number = number_of(session, contract)
    told = drawn(ready, "preuve-contrat", f"{number}-2026-06")
    assert "Article 20, Penalites Chaque retard coûte 9 €." in told
    assert "Article 21, Niveaux Le texte est celui du prestataire, joint au contrat." in told


def test_a_cap_without_a_known_fee_and_a_share_without_one(ready: Store) -> None:
    contract, _ = lumeo(ready, fee=None)
    with ready.read() as session:
        number = number_of(session, contract)
    told = drawn(ready, "preuve-contrat", f"{number}-2026-06")
    assert "rétablissement en retard sans pénalité" in told or "× 0,00 €" in told


def test_nothing_sealed_yet_is_told_so() -> None:
    told = chain.told((), (0, ""))
    assert told.sentence == "Aucune écriture scellée ne porte encore sur ces fiches."
    assert stories.inscribed(None) == "–"
