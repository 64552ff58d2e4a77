"""What is given back at the end of a contract: the list, its days, its progress, its record (domain.md C.11)."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import NotFound, Refused
from app.models import Company, Contract, Provider, ReturnItem
from app.models.codes import Renewal
from app.models.contract_codes import AccessLevel, ReturnState
from app.reports.identity import Stamp
from app.reports.return_record_data import ReturnRecord
from app.services import papers, records, return_paper, reversibility
from app.services.numbered import by_number
from app.storage import Store
from tests.reports.reading import flat, pages_of
from tests.services.company import add_contract

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
ENDING = {"starts_on": date(2026, 4, 1), "renewal": Renewal.NONE}
"""To 31/03/2027, for certain."""


def by_label(session: Session, contract: int) -> dict[str, ReturnItem]:
    return {one.label: one for one in reversibility.items(session, contract)}


@pytest.mark.parametrize(
    ("ends", "after", "day"),
    [
        (date(2027, 3, 31), -90, date(2026, 12, 31)),
        (date(2027, 3, 31), 0, date(2027, 3, 31)),
        (date(2027, 3, 31), 30, date(2027, 4, 30)),
        (date(2026, 12, 31), -90, TODAY),  # never born late
        (date(2026, 10, 31), -30, date(2026, 10, 1)),  # but after the end, late is late
        (None, -90, None),
    ],
)
def test_a_line_is_due_by_the_end_of_the_contract(ends: date | None, after: int, day: date | None) -> None:
    assert reversibility.due(ends, after, TODAY) == day


def test_the_usual_list_is_prepared_once(store: Store) -> None:
    with store.begin() as session:
        session.add(Company(name="Ateliers Morvan"))
        contract = add_contract(session, **ENDING)
        assert reversibility.prepare(session, contract, TODAY) == len(reversibility.USUAL) == 22
        lines = by_label(session, contract)
        assert lines["Plan de réversibilité daté et à jour"].due_on == date(2026, 12, 31)
        assert lines["Plan de réversibilité daté et à jour"].owner == "Lumeo Services"
        assert lines["Procès-verbal de réversibilité signé"].owner == "Ateliers Morvan"
        with pytest.raises(Refused, match="déjà dans la liste"):
            reversibility.prepare(session, contract, TODAY)
        records.to_bin(session, ENTITIES["return_item"], [lines["Certificats et leurs clés privées"].id])
        assert reversibility.prepare(session, contract, TODAY) == 1


def test_without_provider_nor_company_the_owners_are_told_by_their_side(store: Store) -> None:
    with store.begin() as session:
        contract = Contract(number="CT-P", subject="Projet", starts_on=TODAY)
        session.add(contract)
        session.flush()
        reversibility.prepare(session, contract.id, TODAY)
        assert {one.owner for one in reversibility.items(session, contract.id)} == {"Prestataire", "Entreprise"}


def test_the_end_is_the_first_that_a_notice_can_obtain(store: Store) -> None:
    with store.begin() as session:
        tacit = add_contract(session, starts_on=date(2026, 4, 1), reversibility_days=60, reversibility_price=150_000)
        way = reversibility.exit_of(session, tacit, TODAY)
        assert (way.ends, way.settled, way.days, way.price) == (date(2027, 3, 31), False, 60, 150_000)
        late = reversibility.exit_of(session, tacit, date(2027, 1, 2))  # the notice of three months is past
        assert (late.ends, late.settled) == (date(2028, 3, 31), False)
        session.get_one(Contract, tacit).denounced_on = TODAY
        session.flush()
        assert reversibility.exit_of(session, tacit, TODAY).settled


def test_the_days_follow_when_the_end_moves(store: Store) -> None:
    with store.begin() as session:
        contract = add_contract(session, starts_on=date(2026, 4, 1))
        reversibility.prepare(session, contract, TODAY)
        own = records.create(
            session, ENTITIES["return_item"], {"contract_id": contract, "label": "Badge", "due_on": TODAY}
        )
        lines = by_label(session, contract)
        done = lines["Procédures d’exploitation écrites"]
        reversibility.set_state(session, [done.id], ReturnState.CHECKED)
        with pytest.raises(Refused, match="suivent déjà"):
            reversibility.reschedule(session, contract, TODAY)
        assert reversibility.reschedule(session, contract, date(2027, 1, 2)) == 21
        assert by_label(session, contract)["Plan de réversibilité daté et à jour"].due_on == date(2028, 1, 1)
        assert session.get_one(ReturnItem, done.id).due_on == date(2027, 2, 14)
        assert session.get_one(ReturnItem, own).due_on == TODAY


def test_the_progress_leaves_out_what_does_not_apply(store: Store) -> None:
    with store.begin() as session:
        contract = add_contract(session, **ENDING)
        nothing = reversibility.progress(session, contract, TODAY)
        assert (nothing.sentence, nothing.share, nothing.is_done) == ("Aucun point à rendre", 0.0, False)
        reversibility.prepare(session, contract, TODAY)
        wanted = [one.id for one in reversibility.items(session, contract)]
        for state, chosen in (
            (ReturnState.CHECKED, wanted[:2]), (ReturnState.RECEIVED, wanted[2:4]), (ReturnState.MISSING, wanted[4:5]),
            (ReturnState.NOT_APPLICABLE, wanted[5:6]),
        ):  # fmt: skip
            reversibility.set_state(session, chosen, state)
        done = reversibility.progress(session, contract, date(2027, 2, 1))
        assert done.sentence.replace("\u00a0", " ") == (
            "2 points sur 21 vérifiés, 2 reçus à vérifier, 1 non rendu, 2 en retard"
        )
        assert done.share == 2 / 21
        reversibility.set_state(session, wanted, ReturnState.CHECKED)
        assert reversibility.progress(session, contract, TODAY).is_done


def test_a_contract_in_the_bin_has_no_reversibility(store: Store) -> None:
    with store.begin() as session:
        contract = add_contract(session)
        records.to_bin(session, ENTITIES["contract"], [contract])
        with pytest.raises(NotFound, match="n’existe plus"):
            reversibility.found(session, contract)


def record(session: Session, contract: int) -> ReturnRecord:
    return return_paper.return_record(session, contract, Stamp("Procès-verbal", "CT-2026-01", 1, NOW))


def test_the_record_says_first_what_is_missing(store: Store) -> None:
    with store.begin() as session:
        contract = add_contract(session, **ENDING, reversibility_days=60)
        provider = session.get_one(Contract, contract).provider_id or 0
        session.get_one(Provider, provider).representative = "Isabelle Rey"
        reversibility.prepare(session, contract, TODAY)
        lines = reversibility.items(session, contract)
        lines[0].due_on = date(2026, 11, 1)
        for item, state in zip(lines, (ReturnState.ASKED, ReturnState.CHECKED, ReturnState.MISSING), strict=False):
            reversibility.set_state(session, [item.id], state)
        values = {"provider_id": provider, "holder": "Yanis", "target": "Serveur", "since": date(2026, 1, 1)}
        grant = records.create(session, ENTITIES["access_grant"], values | {"level": AccessLevel.ADMIN})
        told = record(session, contract)
        assert told.result == "Réversibilité incomplète"
        assert [group.title for group in told.groups] == ["Non rendu", "À faire ou demandé", "Rendu et vérifié"]
        assert told.groups[1].rows[0][4] == "En retard\nDemandé"
        assert told.reserves[0].startswith("Non rendu\u00a0: ")
        assert told.reserves[1].startswith("En retard depuis le 01/11/2026\u00a0: plan")
        assert told.reserves[2] == "1\u00a0accès encore ouvert au 20/11/2026."
        assert told.accesses_told == "0\u00a0accès retiré, 1 encore ouvert."
        assert told.accesses[0][4] == "encore ouvert"
        assert "1\u00a0accès encore ouvert." in told.sentence
        assert told.representative == "Isabelle Rey"
        records.update(session, ENTITIES["access_grant"], grant, {"withdrawn_on": TODAY})
        reversibility.set_state(session, [one.id for one in lines], ReturnState.CHECKED)
        complete = record(session, contract)
        assert complete.result == "Réversibilité complète"
        assert complete.reserves == ("Aucune à ce jour.",)
        assert complete.accesses_told == "Tous les accès inscrits au registre ont été retirés."


def test_the_record_of_a_contract_without_list_nor_provider(store: Store) -> None:
    with store.begin() as session:
        session.add(Contract(number="CT-P", subject="Projet", starts_on=TODAY, renewal=Renewal.TACIT_OPEN,
                             initial_months=1))  # fmt: skip
        session.flush()
        told = record(session, by_number("contract")(session, "CT-P"))
        assert (told.result, told.provider, told.groups) == ("Rien n’est constaté", "", ())
        assert told.accesses_told == "Aucun accès n’est inscrit au registre."
        text = flat(" ".join(pages_of(papers.draft(session, "reversibilite", "CT-P", NOW))))
    assert "Aucune liste n’a été préparée pour ce contrat." in text
    assert "PROJET, sans valeur" in text


def test_the_record_issued_bears_both_boxes_and_the_whole_hash(store: Store) -> None:
    with store.begin() as session:
        contract = add_contract(session, **ENDING)
        reversibility.prepare(session, contract, TODAY)
        made = papers.issue(session, "reversibilite", "CT-2026-01", NOW)
        pages = pages_of(papers.issued_bytes(session, made))
    text = flat(" ".join(pages))
    assert len(pages) == 2
    assert "Pour l’entreprise" in pages[1]
    assert "Pour le prestataire" in pages[1]
    assert "Copie figée" in text
    assert text.count("Ce qui est rendu ou fait") == 1 or "page 2/2" in text
