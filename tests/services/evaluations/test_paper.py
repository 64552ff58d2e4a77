"""The form to hand out: the facts of its intervention, and never an answer."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.errors import NotFound, Refused
from app.models import Ticket
from app.services import papers
from app.services.evaluations import paper
from app.services.evaluations.expected import expect
from app.storage import Store
from tests.services.evaluations.make import PRINTED, solved_ticket

NOW = datetime(2026, 6, 3, 9, tzinfo=UTC)


def text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_a_form_bears_the_facts_of_its_intervention(ready: Store) -> None:
    with ready.begin() as session:
        solved_ticket(session)
        number = paper.prepare(session, "FI-2026-0001", PRINTED)
        assert number == paper.prepare(session, number, PRINTED) == "EV-2026-0001"
        shown = text(papers.draft(session, "evaluation", "FI-2026-0001", NOW))
        for words in (
            "EV-2026-0001", "T-2026-0001", "CT-2026-01", "PC-07", "Claire Bonnin", "Yanis", "02/06/2026 10:00",
            "1\u00a0h\u00a000", "prise en charge\u00a0: tenu · rétablissement\u00a0: tenu", "conservées 3 ans",
        ):  # fmt: skip
            assert words in shown
        assert shown == text(papers.draft(session, "evaluation", number, NOW))


def test_a_form_to_fill_on_screen_holds_no_answer(ready: Store) -> None:
    with ready.begin() as session:
        solved_ticket(session)
        number = paper.prepare(session, "FI-2026-0001", PRINTED)
        fields = PdfReader(BytesIO(papers.fillable(session, "evaluation", number))).get_fields() or {}
        assert {"c1", "c9", "q1", "q4", "t1"} <= set(fields)
        assert not [name for name, field in fields.items() if field.get("/V") not in {None, "", "/Off"}]
        with pytest.raises(Refused, match="ne se remplit pas"):
            papers.fillable(session, "besoins", None)


def test_a_blank_form_is_numbered_too(ready: Store) -> None:
    with ready.begin() as session:
        number = paper.prepare(session, None, PRINTED)
        shown = text(papers.draft(session, "evaluation", number, NOW))
        assert number == "EV-2026-0001"
        assert "EV-2026-0001" in shown
        assert "Demandeur" in shown
        assert "Fiche n°" in text(papers.draft(session, "evaluation", None, NOW))


def test_several_forms_are_one_paper_in_the_order_asked_for(ready: Store) -> None:
    with ready.begin() as session:
        _, done = solved_ticket(session)
        first, second = expect(session, done, PRINTED)[0], expect(session, None, PRINTED)[0]
        chosen = paper.Choices((second, first))
        pages = PdfReader(BytesIO(papers.draft(session, "evaluation", None, NOW, choices=chosen))).pages
        assert ["EV-2026-0002" in pages[0].extract_text(), "EV-2026-0001" in pages[1].extract_text()] == [True, True]
        with pytest.raises(NotFound):
            papers.draft(session, "evaluation", None, NOW, choices=paper.Choices((99,)))


def test_a_number_that_nothing_bears_is_told(ready: Store) -> None:
    with ready.begin() as session:
        solved_ticket(session)
        for ref in ("FI-9", "EV-9"):
            with pytest.raises(NotFound, match=ref):
                paper.prepare(session, ref, PRINTED)
        with pytest.raises(Refused, match="Aucune fiche d’évaluation n’a été imprimée pour FI-2026-0001"):
            papers.draft(session, "evaluation", "FI-2026-0001", NOW)


def test_what_is_not_known_is_said(ready: Store) -> None:
    with ready.begin() as session:
        ticket, done = solved_ticket(session)
        asked = session.get_one(Ticket, ticket)
        asked.asset_id = asked.contract_id = asked.requester_id = asked.take_met = asked.restore_met = None
        session.flush()
        expect(session, done, PRINTED)
        shown = text(papers.draft(session, "evaluation", "FI-2026-0001", NOW))
        assert [
            w for w in ("hors contrat", "aucun", "inconnu", "sans engagement", "non relevés", "rien") if w not in shown
        ] == []
