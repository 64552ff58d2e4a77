"""The letter: what it says, where it stands on the sheet, and what it never tells."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from app.errors import NotFound, Refused
from app.models import Clause, Company, Contract, ContractClause, Meeting, Provider, ProviderContact
from app.models.codes import NoticeForm, NoticeMoment, NoticeUnit, Renewal
from app.models.contract_codes import Choosing, ContactRole, MeetingKind
from app.reports.identity import Stamp
from app.services import contracts, decisions, letter, papers
from app.storage import Store
from tests.reports.reading import flat, pages_of
from tests.services.company import add_contract

NOW = datetime(2026, 10, 23, 8, tzinfo=UTC)
POINT = 25.4 / 72


@pytest.fixture
def session(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    monkeypatch.setattr(decisions, "this_day", lambda: date(2026, 12, 31))
    with store.begin("essai") as opened:
        opened.add(Company(name="Ateliers Morvan", address="14 rue des Copeaux", postal_code="21000", city="Dijon",
                           siren="123456782", email="contact@morvan.example"))  # fmt: skip
        yield opened


def signed(session: Session, **values: Any) -> int:
    """From 01/03/2024, in its second renewal on the day of the letters; receipt wanted by 28/11/2026."""
    contract = add_contract(session, **{"starts_on": date(2024, 3, 1), "number": "CT-2024-03", **values})
    provider = session.get_one(Provider, session.get_one(Contract, contract).provider_id)
    provider.address, provider.postal_code, provider.city = "4, allée des Tests\nZone de l’Exemple", "49300", "Cholet"
    session.flush()
    return contract


def decide(session: Session, contract: int, choice: Choosing) -> int:
    values = {"decided_on": NOW.date(), "decided_by": "Hélène Morvan", "reason": "Délais jamais tenus"}
    return decisions.decide(session, contract, choice, values)


def drawn(session: Session, **chosen: Any) -> bytes:
    return papers.draft(session, "lettre", "CT-2024-03", NOW, **chosen)


def said(session: Session, **chosen: Any) -> str:
    return flat("".join(pages_of(drawn(session, **chosen))))


def placed(pdf: bytes) -> list[tuple[str, float, float, float]]:
    """Each line of the first page: its text, left, right at most (0.62 em a letter) and baseline, in millimetres."""
    found: list[tuple[str, float, float, float]] = []

    def visit(text: str, _cm: Any, tm: list[float], _font: Any, size: float) -> None:
        if text.strip():
            left = tm[4] * POINT
            found.append((text.strip(), left, left + len(text.strip()) * size * 0.62 * POINT, 297 - tm[5] * POINT))

    PdfReader(BytesIO(pdf)).pages[0].extract_text(visitor_text=visit)
    return found


def test_it_says_what_the_contract_says(session: Session) -> None:
    signed(session, notice_article="9.2", provider_reference="KI-49-0318")
    text = said(session)
    for told in (
        "Dijon, le 23 octobre 2026",
        "KI-49-0318",
        "Dénonciation du contrat CT-2024-03 : non-reconduction au 28 février 2027",
        (
            "conclu pour une durée initiale de douze mois à compter du 1er mars 2024 et reconduit tacitement depuis, "
            "en dernier lieu le 1er mars 2026 pour douze mois. La période en cours prend fin le 28 février 2027."
        ),
        (
            "Conformément à l’article 9.2 de ce contrat, qui prévoit un préavis de trois mois avant cette échéance, "
            "nous vous notifions notre décision de ne pas le reconduire."
        ),
        "au plus tard le 28 janvier 2027",
        "restent dues jusqu’au terme",
        "nos salutations distinguées",
        "Pour Ateliers Morvan",
        "page 1/1",
    ):
        assert told in text


def test_internal_dates_and_the_program_are_never_in_it(session: Session) -> None:
    contract = signed(session)
    decide(session, contract, Choosing.DENOUNCE)
    for text in (said(session), said(session, choice=Choosing.RENEGOTIATE)):
        for told in ("6 novembre", "06/11", "27 novembre", "27/11", "28 novembre", "28/11", "Parcomètre", "Délais"):
            assert told not in text


def test_the_address_stands_in_the_window_and_nothing_else_does(session: Session) -> None:
    signed(session)
    lines = placed(drawn(session))
    address = [one for one in lines if one[1] > 88 and 33 < one[3] < 91]
    assert [one[0] for one in address] == [
        "LUMEO SERVICES", "SERVICE CLIENTS", "4 ALLEE DES TESTS", "ZONE DE L EXEMPLE", "49300 CHOLET",
    ]  # fmt: skip
    assert all(left >= 100 and right <= 190 and y - 3 >= 45 and y <= 79 for _, left, right, y in address)
    assert address[-1][3] == pytest.approx(77.5, abs=0.1)
    assert address[-1][3] - address[-2][3] == pytest.approx(4.6, abs=0.1)
    sender = [one for one in lines if one[3] < 40]
    assert sender[0][0] == "Ateliers Morvan"
    assert all(right <= 88 and y < 38 for _, _, right, y in sender)
    left_of_it = [one for one in lines if 40 < one[3] < 91 and one not in address]
    assert all(right <= 88 and 56 <= y <= 67 for _, _, right, y in left_of_it)
    assert min(one[3] for one in lines if one[3] > 91) == pytest.approx(106, abs=0.2)


def test_the_longest_address_is_set_smaller_rather_than_cut(session: Session) -> None:
    contract = signed(session)
    provider = session.get_one(Provider, session.get_one(Contract, contract).provider_id)
    provider.name, provider.address = "W" * 38, "\n".join(["M" * 38] * 4)
    session.flush()
    lines = [one for one in placed(drawn(session)) if one[1] > 88 and 33 < one[3] < 91]
    assert len(lines) == 6
    assert lines[0][0] == "W" * 38
    assert lines[0][3] - 3 >= 45


def test_dates_in_letters_are_never_parted(session: Session) -> None:
    signed(session)
    text = "".join(pages_of(drawn(session)))
    assert "28\u00a0février\u00a02027" in text
    assert "trois\u00a0mois" in text


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"starts_on": date(2026, 3, 1)}, "douze mois à compter du 1er mars 2026. La période en cours prend fin le 28"),
        ({"starts_on": date(2025, 3, 1), "renewal_months": 6, "notice_value": 75, "notice_unit": NoticeUnit.DAYS},
         "préavis de 75 jours avant cette échéance"),
        ({"starts_on": date(2025, 3, 1)}, "et reconduit tacitement le 1er mars 2026 pour douze mois"),
        ({"starts_on": date(2024, 1, 1)}, "La période suivante prend fin le 31 décembre 2027."),
        ({"notice_value": 0}, "Conformément à la clause de préavis de ce contrat, nous vous notifions"),
        ({"notice_value": 1, "notice_unit": NoticeUnit.DAYS}, "préavis d’un jour avant"),
        ({"renewal": Renewal.TACIT_OPEN}, "qui se poursuit depuis le 1er mars 2025 pour une durée indéterminée."),
        ({"renewal": Renewal.TACIT_OPEN}, "préavis de trois mois, nous vous notifions notre décision d’y mettre fin."),
        ({"renewal": Renewal.TACIT_OPEN}, "compté depuis la réception de la présente"),
        ({"renewal": Renewal.TACIT_OPEN, "notice_moment": NoticeMoment.DISPATCH}, "compté depuis l’envoi"),
        ({"renewal": Renewal.TACIT_OPEN}, "avant le terme du préavis"),
        ({"renewal": Renewal.TACIT_OPEN, "starts_on": date(2025, 12, 1)}, "Il se poursuivra ensuite"),
    ],
)  # fmt: skip
def test_every_term_is_told(session: Session, change: dict[str, Any], told: str) -> None:
    signed(session, **change)
    assert told in said(session)


def test_it_cites_the_article_of_the_reversibility(session: Session) -> None:
    contract = signed(session)
    clause = Clause(topic="reversibility", position=31, title="Réversibilité", text="…")
    session.add(clause)
    session.flush()
    session.add(ContractClause(contract_id=contract, clause_id=clause.id, position=31, article="31",
                               title="Réversibilité", text="…"))  # fmt: skip
    session.flush()
    assert "d’appliquer l’article 31 (réversibilité)" in said(session)


def test_after_a_renegotiation_is_decided_it_asks_to_meet(session: Session) -> None:
    contract = signed(session)
    decide(session, contract, Choosing.RENEGOTIATE)
    text = said(session)
    assert "proposition de réunion avant l’échéance du 28 février 2027" in text
    assert "dans les quinze jours" in text
    assert "Lettre recommandée" not in text
    session.add(Meeting(number="RE-1", contract_id=contract, kind=MeetingKind.NEGOTIATION, subject="Prix",
                        starts_at=datetime(2026, 11, 2, 9, tzinfo=UTC)))  # fmt: skip
    session.flush()
    assert "réunir le lundi 2 novembre 2026 à 10 h 00" in said(session)
    assert "ne pas le reconduire" in said(session, choice=Choosing.DENOUNCE)
    assert letter._subject(letter._facts(*_open_ended(session)), ending=False).endswith(
        "\u00a0: proposition de réunion"
    )


def _open_ended(session: Session) -> tuple[Contract, Any, None, date]:
    kept = session.get_one(Contract, add_contract(session, number="CT-1", starts_on=date(2020, 1, 1),
                                                  renewal=Renewal.TACIT_OPEN))  # fmt: skip
    return kept, contracts.terms_of(kept), None, NOW.date()


def test_the_one_who_decided_signs_and_the_number_is_kept(session: Session) -> None:
    contract = signed(session)
    one = decide(session, contract, Choosing.DENOUNCE)
    decisions.prove(session, one, {"sent_on": NOW.date(), "tracking": "1A 123 456"})
    text = said(session)
    assert "Hélène Morvan" in text
    assert "1A 123 456" in text


def test_it_is_issued_to_a_known_address_only(session: Session) -> None:
    contract = signed(session)
    kept = session.get_one(Contract, contract)
    provider = session.get_one(Provider, kept.provider_id)
    provider.address = None
    assert "ADRESSE A COMPLETER" in said(session)
    with pytest.raises(Refused, match="complétez sa fiche"):
        papers.issue(session, "lettre", "CT-2024-03", NOW)
    kept.provider_id = None
    session.flush()
    with pytest.raises(Refused, match="pas de destinataire"):
        drawn(session)
    with pytest.raises(NotFound):
        papers.draft(session, "lettre", "CT-9", NOW)


def test_where_the_clause_says_so_it_leaves_by_e_mail(session: Session) -> None:
    contract = signed(session, notice_form=NoticeForm.EMAIL)
    provider = session.get_one(Contract, contract).provider_id
    assert "Lettre recommandée" not in said(session)
    assert letter.address(session, contract) == ""
    session.get_one(Provider, provider).email = "aide@lumeo.example"
    assert letter.address(session, contract) == "aide@lumeo.example"
    session.add(
        ProviderContact(provider_id=provider, last_name="Roy", role=ContactRole.DIRECTOR, email="roy@l.example")
    )
    session.flush()
    stamp = Stamp("Lettre", "CT-2024-03", data_at=NOW)
    sent = message_from_bytes(letter.email(session, contract, stamp), policy=policy.default)
    assert sent["To"] == "roy@l.example"
    assert flat(sent["Subject"]) == "Dénonciation du contrat CT-2024-03 : non-reconduction au 28 février 2027"
    body = sent.get_body()
    assert body is not None
    assert "ne pas le reconduire" in body.get_content()


def test_without_a_company_it_still_draws(session: Session) -> None:
    signed(session)
    session.delete(session.query(Company).one())
    session.flush()
    assert "Entreprise à nommer" in said(session)
