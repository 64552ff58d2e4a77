"""The needs: noted, decided together, asked for on paper."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.entities.needs import NEED
from app.errors import InvalidFields, Refused
from app.jobs import drain
from app.models import Need, Person
from app.models.codes import Moscow, NeedDecision, NeedFrequency, NeedSource, Role
from app.reports.identity import Stamp
from app.services import needs, needs_paper, papers, preferences, records
from app.services.needs_paper import Choices
from app.storage import Store
from tests.reports.reading import flat, pages_of

ON = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
STAMP = Stamp("Questionnaire des besoins informatiques", "", draft=False)


def noted(session: Session, statement: str = "Imprimer plus vite", **values: Any) -> int:
    return needs.note(session, {"statement": statement, **values})


def test_a_need_is_numbered_and_waits_for_a_decision(store: Store) -> None:
    with store.begin() as session:
        first = noted(session, source=NeedSource.BUYER, frequency=NeedFrequency.DAILY, priority=Moscow.MUST)
        second = noted(session)
        made = session.get_one(Need, first)
        assert (made.number.rpartition("-")[2], made.decision) == ("001", NeedDecision.PENDING)
        assert needs.to_decide(session) == (first, second)
        assert needs.pressing(session) == (first,)
        with pytest.raises(InvalidFields):
            noted(session, "")


def test_many_are_decided_at_once(store: Store) -> None:
    with store.begin() as session:
        wanted = [noted(session, f"Besoin {n}") for n in range(3)]
        assert needs.decide(session, wanted[:2], NeedDecision.KEPT, "", ON) == 2
        with pytest.raises(InvalidFields, match="motif"):
            needs.decide(session, wanted[2:], NeedDecision.REJECTED, " ", ON)
        needs.decide(session, wanted[2:], NeedDecision.REJECTED, "Trop cher", ON)
        assert (needs.kept(session), needs.rejected(session)) == (tuple(wanted[:2]), (wanted[2],))
        gone = session.get_one(Need, wanted[2])
        assert (gone.decision_reason, gone.decided_on) == ("Trop cher", ON)
        needs.decide(session, wanted, NeedDecision.PENDING, "oublié", ON)
        assert (gone.decision_reason, gone.decided_on) == (None, None)
        records.to_bin(session, NEED, [wanted[0]])
        assert needs.to_decide(session) == tuple(wanted[1:])


@pytest.mark.parametrize("values", [{"decision": NeedDecision.REJECTED}, {"decision_reason": None}])
def test_a_rejection_keeps_its_reason_even_in_bulk(store: Store, values: dict[str, Any]) -> None:
    with store.begin() as session:
        free = noted(session, "Sans motif")
        told = noted(session, "Avec motif")
        needs.decide(session, [told], NeedDecision.REJECTED, "Reporté", ON)
        outcome = drain(records.bulk_edit(session, NEED, [free, told], values))
        refused = {name for name, _ in outcome.refused}
        assert len(outcome.done) == 1
        assert any(("Sans motif" if "decision" in values else "Avec motif") in name for name in refused)


# -- the paper --------------------------------------------------------------------------------------------------


def company(session: Session) -> None:
    for first, last, role, more in (
        ("Claire", "Bonnin", Role.MANAGER, {"service": "Direction"}),
        ("Paul", "Émery", Role.USER, {"service": "Atelier"}),
        ("Luc", "Arnoult", Role.USER, {"service": "Bureau"}),
        ("Nadia", "Roussel", Role.TECHNICIAN, {}),
        ("Jean", "Parti", Role.USER, {"left_on": date(2020, 1, 1)}),
        ("Anne", "Jetée", Role.USER, {"deleted_at": NOW}),
    ):
        session.add(Person(first_name=first, last_name=last, role=role, **more))
    session.flush()


def test_blank_sheets_ask_each_source_its_own_questions(store: Store) -> None:
    with store.begin() as session:
        company(session)
        forms = needs_paper.questionnaires(session, None, STAMP)
        pages = [flat(page) for page in pages_of(papers.draft(session, "besoins", None, NOW))]
    assert [sheet.source for sheet in forms.sheets] == ["Technicien", "Utilisateur", "Acheteur"]
    assert (forms.return_to, forms.before) == ("Claire Bonnin", "")
    assert len(pages) == 3
    assert "Quelles pannes reviennent" in pages[0]
    assert "De quoi ne pouvez-vous pas vous passer" in pages[1]
    assert "Quel budget par an" in pages[2]
    for page in pages:
        assert page.count("Chaque jour") == page.count("Indispensable") == 5
        assert "Elles sont conservées jusqu’à la signature du contrat, puis 12 mois" in page
        assert "Claire Bonnin vous les montre" in page
        assert "PROJET" not in page
        assert "Aucune donnée" not in page


def test_one_sheet_a_person_still_there(store: Store) -> None:
    with store.begin() as session:
        company(session)
        preferences.save(session, {"needs_retention": "deux ans"})
        asked = Choices((NeedSource.USER, NeedSource.BUYER), named=True, return_to="l’accueil", before=ON)
        forms = needs_paper.questionnaires(session, None, STAMP, asked)
        assert needs_paper.count_named(session, asked) == 3
        pages = [flat(page) for page in pages_of(papers.draft(session, "besoins", None, NOW, choices=asked))]
    assert [(sheet.name, sheet.service) for sheet in forms.sheets] == [
        ("Paul Émery", "Atelier"), ("Luc Arnoult", "Bureau"), ("Claire Bonnin", "Direction"),
    ]  # fmt: skip
    assert "Paul Émery" in pages[0]
    assert "21/11/2026" in pages[0]
    assert "l’accueil" in pages[0]
    assert "conservées deux ans" in pages[0]


def test_nobody_to_ask_is_told(store: Store) -> None:
    with store.begin() as session:
        with pytest.raises(Refused, match="Personne n’a ce rôle"):
            needs_paper.questionnaires(session, None, STAMP, Choices(named=True))
        pages = pages_of(papers.draft(session, "besoins", None, NOW))
        assert "la personne qui vous l’a remis" in flat(pages[0])
        with pytest.raises(Refused, match="ne s’émet pas"):
            papers.issue(session, "besoins", None, NOW)


@pytest.mark.parametrize("name", ["technicien", "Techniciens", "technician"])
def test_a_source_is_named_as_people_do(name: str) -> None:
    assert needs_paper.source_named(name) is NeedSource.TECHNICIAN


def test_an_unknown_source_is_refused() -> None:
    with pytest.raises(Refused, match="technicien, utilisateur, acheteur"):
        needs_paper.source_named("chat")
