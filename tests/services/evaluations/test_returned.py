"""The evaluation as a form that comes back, the pane that tells it, and the e-mail that asks for it."""

import email
import email.policy
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.errors import Refused
from app.models import Company, Evaluation, Intervention, Visit
from app.models.upkeep_codes import AnswerSource, EvaluationStanding
from app.services import papers
from app.services.evaluations import mail, view
from app.services.evaluations.expected import expect
from app.services.evaluations.recording import record
from app.services.evaluations.returned import KIND, note_words
from app.services.form_returns import Given, Target
from app.storage import Store
from tests.services.company import june
from tests.services.evaluations.make import GOOD, PRINTED, printed

FIVE: dict[str, int | None] = {f"c{n}": 4 for n in range(1, 6)}


def given(target: Target, lines: dict[str, int | None], **more: bool) -> Given:
    return Given(lines, {}, target.start, AnswerSource.SCAN, **more)  # type: ignore[arg-type]  # `again` only


def test_a_form_is_found_by_its_number_and_tells_what_it_is_of(ready: Store) -> None:
    with ready.begin() as session:
        _, one = printed(session)
        assert (KIND.one, KIND.entity, KIND.model.key) == ("fiche d’évaluation", "evaluation", "G1")
        target = KIND.find(session, "EV-2026-0001", 0)
        assert target is not None
        assert target.about == "FI-2026-0001 · T-2026-0001 Un ennui · Yanis, le\u00a002/06/2026 · Claire Bonnin"
        assert (target.id, target.received, target.start["intervention_id"]) == (one, "", 1)
        assert KIND.find(session, "EV-2026-0099", 0) is None
        assert set(target.start) == {field.name for field in KIND.fields}
        expect(session, None, PRINTED)
        assert KIND.chosen(session, 2, 0).about == "Imprimée sans intervention"


def test_what_is_confirmed_is_kept_and_tells_what_it_calls_for(ready: Store) -> None:
    with ready.begin() as session:
        ticket, one = printed(session)
        target = KIND.chosen(session, one, 0)
        kept = KIND.keep(session, target, given(target, {**FIVE, "q1": 0}))
        assert (kept.id, kept.told, kept.calls) == (
            one, "EV-2026-0001 enregistrée\u00a0: 4,00 sur\u00a05", f"ticket:{ticket}",
        )  # fmt: skip
        target = KIND.chosen(session, one, 0)
        assert target.received.startswith("EV-2026-0001 est déjà enregistrée, reçue le")
        with pytest.raises(Refused):
            KIND.keep(session, target, given(target, FIVE))
        assert KIND.keep(session, target, given(target, {"c1": 1}, again=True)).calls == ""


def test_a_form_without_number_takes_a_new_one(ready: Store) -> None:
    with ready.begin() as session:
        blank = KIND.chosen(session, None, 0)
        assert (blank.id, blank.title) == (None, "Fiche sans numéro")
        told = KIND.keep(session, blank, given(blank, FIVE)).told
        number = session.scalars(select(Evaluation.number)).one()
        assert told.startswith(f"{number} enregistrée")


@pytest.mark.parametrize(
    ("note", "answered", "words"),
    [(433, 6, "4,33 sur\u00a05"), (None, 0, "incomplète, 0\u00a0réponse"), (None, 4, "incomplète, 4\u00a0réponses")],
)
def test_a_note_in_words(note: int | None, answered: int, words: str) -> None:
    assert note_words(note, answered) == words


def test_the_pane_tells_a_form_before_and_after_it_came_back(ready: Store) -> None:
    with ready.begin() as session:
        ticket, one = printed(session)
        before = view.opinion(session, one)
        assert (before.standing, before.note, before.criteria) == (EvaluationStanding.LATE, "", ())
        assert (before.ticket, before.technician) == ((ticket, "T-2026-0001 Un ennui"), "Yanis")
        record(session, one, GOOD, AnswerSource.TYPED, on=PRINTED)
        after = view.opinion(session, one)
        assert after.note == "3,40 sur\u00a05, soit 13,60 sur\u00a020"
        assert [said for _, said in after.criteria[4:7]] == ["4 · Satisfait", "Sans avis", "–"]
        assert [said for _, said in after.questions] == ["Oui", "Oui", "–", "Non"]
        assert after.reopen is None
        blank, _ = expect(session, None, PRINTED)
        told = view.opinion(session, blank)
        assert (told.ticket, told.technician, told.is_received) == (None, "–", False)


def test_an_incomplete_form_has_no_note_out_of_twenty(ready: Store) -> None:
    from app.services.evaluations.answers import Answers  # noqa: PLC0415 - here only

    with ready.begin() as session:
        ticket, one = printed(session)
        record(session, one, Answers((5, *(None,) * 8), solved=False), AnswerSource.TYPED, on=PRINTED)
        told = view.opinion(session, one)
        assert (told.note, told.reopen) == ("incomplète, 1\u00a0réponse", ticket)


def test_the_e_mail_asks_for_the_form_with_it(ready: Store) -> None:
    with ready.begin() as session:
        printed(session)
        session.add(Company(name="Ateliers Morvan"))
        expect(session, None, PRINTED)
        drafts = [mail.draft_of(session, f"EV-2026-000{n}", "fiche.pdf", b"%PDF") for n in (1, 2)]
    asked, bare = (email.message_from_bytes(one, policy=email.policy.default) for one in drafts)
    assert (asked["To"], asked["Subject"]) == ("claire@morvan.example", "Votre avis sur l’intervention T-2026-0001")
    body = asked.get_body()
    assert body is not None
    assert "Bonjour Claire," in body.get_content()
    assert "par Yanis le 02/06/2026 à propos de «\u00a0Un ennui\u00a0»." in body.get_content()
    assert (bare["To"], bare["Subject"]) == ("", "Votre avis sur l’intervention EV-2026-0002")
    assert [part.get_filename() for part in asked.iter_attachments()] == ["fiche.pdf"]


def test_a_form_of_a_visit_without_ticket_says_so(ready: Store) -> None:
    with ready.begin() as session:
        printed(session)
        visit = Visit(number="V-1", label="Dépoussiérage", planned_on=PRINTED)
        session.add(visit)
        session.flush()
        done = session.scalars(select(Intervention)).one()
        done.ticket_id, done.visit_id, done.ended_at, done.started_at = None, visit.id, None, june("02 10:00")
        session.flush()
        pdf = papers.draft(session, "evaluation", "EV-2026-0001", june("03 09:00"))
        shown = PdfReader(BytesIO(pdf)).pages[0].extract_text()
        assert [w for w in ("visite prévue", "visite prévue, sans délai") if w not in shown] == []
        target = KIND.find(session, "EV-2026-0001", 0)
        assert target is not None
        assert target.about == "FI-2026-0001 · Yanis, le\u00a002/06/2026 · Claire Bonnin"
        assert view.opinion(session, 1).ticket is None
        draft = email.message_from_bytes(
            mail.draft_of(session, "EV-2026-0001", "f.pdf", b"%PDF"), policy=email.policy.default
        )
        assert draft["Subject"] == "Votre avis sur l’intervention EV-2026-0001"
