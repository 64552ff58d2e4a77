"""The letter that claims penalties: what it says, when it is refused, what noting it does."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.models import Asset, Contract, Penalty, PenaltyClaim, Provider, Ticket
from app.models.contract_codes import PenaltyForm, PenaltyTrigger
from app.services import papers, tickets
from app.services.claim_file import letter
from app.services.penalties import claims
from app.storage import Store
from tests.reports.reading import flat, pages_of
from tests.services.claim_file.make import JULY_2, at, lumeo
from tests.services.company import add_ticket

JUNE, REF = date(2026, 6, 1), "CT-2026-01-2026-06"


@pytest.fixture
def session(ready: Store) -> Iterator[Session]:
    lumeo(ready)
    with ready.begin("essai") as opened:
        yield opened


def said(session: Session, ref: str = REF) -> str:
    return flat(" ".join(pages_of(papers.draft(session, "reclamation", ref, JULY_2))))


def only(session: Session) -> Contract:
    return session.scalars(select(Contract)).one()


def asset(session: Session) -> int:
    return session.scalars(select(Asset.id)).one()


def test_it_lists_each_breach_and_asks_for_the_sum(session: Session) -> None:
    told = said(session)
    assert "Contrat CT-2026-01 : pénalités de juin 2026, mise en demeure" in told
    assert "En juin 2026, 2 engagements n’ont pas été tenus :" in told
    assert "T-2026-0001 Rétablissement en retard, Un ennui 01/06/2026 13:00 01/06/2026 16:00 3 h 00 9,00" in told
    assert "soit 18,00 €, par un avoir, dans un délai de quinze jours à compter de sa réception." in told
    assert "ne sont pas libératoires" in told
    assert "49300 CHOLET" in told
    assert "Lettre recommandée" in told


@pytest.mark.parametrize(
    ("missed", "told"),
    [
        ({PenaltyTrigger.RESTORE}, "des délais (article 9)"),
        (
            {PenaltyTrigger.DOCUMENT, PenaltyTrigger.TAKE},
            "des délais (article 9) et la remise de documents (article 18)",
        ),
        (
            {PenaltyTrigger.DOCUMENT, PenaltyTrigger.TAKE, PenaltyTrigger.PREVENTIVE},
            "des délais (article 9), la remise de documents (article 18) et des visites préventives",
        ),
        (set(), "des délais"),
    ],
)
def test_it_cites_the_articles_of_what_was_missed(missed: set[PenaltyTrigger], told: str) -> None:
    articles = ("Article\u00a09, Niveaux de service (délais)", "Article\u00a018, Documents remis")
    assert letter.promised(missed, articles).replace("\u00a0", " ") == told


def test_it_follows_what_the_contract_says_and_what_was_claimed(session: Session) -> None:
    contract = only(session)
    contract.penalty_form, contract.penalty_releases, contract.penalty_month_cap = PenaltyForm.DEDUCTION, True, 300
    claims.claim(session, contract.id, JUNE, 350, date(2026, 7, 2), None, JULY_2)
    told = said(session)
    assert "Total, après le plafond du contrat (18,00 € avant) 13,50" in told
    assert "soit 10,00 €, déduction faite de 3,50 € déjà réclamés, par une déduction" in told
    assert "libératoires" not in told


def test_without_penalty_it_is_a_notice_to_keep_the_promises(session: Session) -> None:
    session.scalars(select(Penalty)).one().deleted_at = JULY_2
    session.flush()
    told = said(session)
    assert "engagements manqués de juin 2026, mise en demeure" in told
    assert "les causes de ces retards et les mesures que vous prenez" in told
    assert papers.issue(session, "reclamation", REF, JULY_2)


def test_what_is_still_owed_is_asked_for(session: Session) -> None:
    add_ticket(session, "29 09:00", "P1", asset_id=asset(session), subject="Serveur muet")
    told = said(session, "CT-2026-01-2026-07")
    assert "ce qui reste dû : T-2026-0004, Serveur muet" in told


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("provider", "pas de prestataire"),
        ("address", "adresse de Lumeo Services est incomplète"),
        ("month", "pas fini"),
        ("tickets", "rien à réclamer"),
        ("claimed", "ne reste rien à réclamer"),
    ],
)
def test_it_is_not_issued_too_early_nor_for_nothing(session: Session, change: str, words: str) -> None:
    contract, now = only(session), JULY_2
    match change:
        case "provider":
            contract.provider_id = None
        case "address":
            session.scalars(select(Provider)).one().address = None
        case "month":
            now = at("20 09:00")
        case "tickets":
            for one in session.scalars(select(Ticket)):
                one.deleted_at = JULY_2
        case "claimed":
            claims.give_up(session, contract.id, JUNE, date(2026, 7, 2), None, JULY_2)
    session.flush()
    with pytest.raises(Refused, match=words):
        papers.issue(session, "reclamation", REF, now)


def test_a_month_without_breach_says_so_as_a_draft(session: Session) -> None:
    assert "il n’y a rien à réclamer" in said(session, "CT-2026-01-2026-05")


def test_noting_it_claims_what_is_left(session: Session) -> None:
    assert letter.note(session, REF, date(2026, 7, 2), JULY_2) == 1_800
    kept = session.scalars(select(PenaltyClaim)).one()
    assert (kept.month, kept.amount, kept.notes) == (JUNE, 1_800, "Par lettre recommandée.")
    assert "soit 18,00 €" in said(session), "claimed, and awaited still"
    with pytest.raises(Refused, match="ne reste rien"):
        letter.note(session, REF, date(2026, 7, 2), JULY_2)


def test_a_long_list_keeps_the_signature_with_the_last_words(session: Session) -> None:
    for n in range(28):
        made = add_ticket(session, "08 09:00", "P1", asset_id=asset(session), subject=f"Ennui {n}")
        tickets.take(session, made, at("08 09:30"))
        tickets.resolve(session, made, at("08 17:00"))
    pages = pages_of(papers.draft(session, "reclamation", REF, JULY_2))
    assert len(pages) > 1
    assert "salutations distinguées" in pages[-1]
    assert "Signature" in pages[-1]
