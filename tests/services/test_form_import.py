"""Forms from the command line: those without a doubt are recorded, the others wait for a person."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.jobs import drain
from app.models import Evaluation
from app.models.upkeep_codes import AnswerSource
from app.services import form_import, papers
from app.services.evaluations.paper import prepare
from app.storage import Store
from tests.services.evaluations.back import ALL_FOUR, filled, scanned
from tests.services.evaluations.make import PRINTED, solved_ticket

NOW = datetime(2026, 6, 3, 9, tzinfo=UTC)


@pytest.fixture
def pile(ready: Store, tmp_path: Path) -> Path:
    """A clean scan, one with two answers on a line, one of a form that the base does not know, a stranger."""
    with ready.begin() as session:
        solved_ticket(session)
        numbers = [prepare(session, ref, PRINTED) for ref in ("FI-2026-0001", None, None)]
        pdfs = [papers.draft(session, "evaluation", one, NOW) for one in numbers]
        session.get_one(Evaluation, 3).deleted_at = NOW
    folder = tmp_path / "pile"
    folder.mkdir()
    scanned(pdfs[0], folder / "a.png", ALL_FOUR)
    scanned(pdfs[1], folder / "b.png", {**ALL_FOUR, "c3": (2, 5)})
    scanned(pdfs[2], folder / "c.png", ALL_FOUR)
    (folder / "d.png").write_bytes(b"rien")
    return folder


def test_forms_without_a_doubt_are_recorded_and_the_others_told(ready: Store, pile: Path) -> None:
    tried = drain(form_import.import_job(ready, [pile], dry_run=True))
    assert [one.state for one in tried] == ["ready", "aside", "aside", "refused"]
    made = drain(form_import.import_job(ready, [pile]))
    assert made[0].sentence == "a.png, page 1 · EV-2026-0001 · enregistrée\u00a0: 4,00 sur\u00a05"
    assert made[1].doubts == ("Écoute et courtoisie",)
    assert "1\u00a0ligne à vérifier (Écoute et courtoisie)" in made[1].why
    assert made[2].why == "«\u00a0EV-2026-0003\u00a0» n’est pas dans ce fichier"
    assert made[3].as_json()["fiche"] is None
    again = drain(form_import.import_job(ready, [pile / "a.png"]))
    assert "déjà enregistrée" in again[0].why
    with ready.read() as session:
        kept = session.get_one(Evaluation, 1)
        assert (kept.note, kept.solved, kept.again, kept.source) == (400, True, False, AnswerSource.SCAN)
        assert session.get_one(Evaluation, 2).note is None


def test_everything_leaves_a_doubtful_line_without_answer(ready: Store, pile: Path) -> None:
    (one,) = drain(form_import.import_job(ready, [pile / "b.png"], everything=True))
    assert one.state == "recorded"
    with ready.read() as session:
        kept = session.get_one(Evaluation, 2)
        assert (kept.c2, kept.c3, kept.answered) == (4, None, 8)


def test_a_form_filled_on_screen_gives_its_words_too(ready: Store, tmp_path: Path) -> None:
    with ready.begin() as session:
        solved_ticket(session)
        pdf = papers.fillable(session, "evaluation", prepare(session, "FI-2026-0001", PRINTED))
    answers = {name: values[0] for name, values in ALL_FOUR.items()} | {"q1": 0}
    path = filled(pdf, tmp_path / "rempli.pdf", answers, {"t1": "Très patient"})
    empty = tmp_path / "vide.pdf"
    empty.write_bytes(pdf)
    made = drain(form_import.import_job(ready, [empty, path, path]))
    assert [one.state for one in made] == ["aside", "recorded", "aside"]
    assert "pâle ou vierge" in made[0].why
    assert "EV-2026-0001 dit que le problème n’est pas résolu, et le ticket T-2026-0001 est terminé." in made[1].why
    with ready.read() as session:
        kept = session.get_one(Evaluation, 1)
        assert (kept.note, kept.liked, kept.source) == (400, "Très patient", AnswerSource.FIELDS)


def test_an_empty_form_and_one_without_number_are_left_even_when_all_is_asked_for(ready: Store, tmp_path: Path) -> None:
    with ready.begin() as session:
        solved_ticket(session)
        empty = papers.fillable(session, "evaluation", prepare(session, "FI-2026-0001", PRINTED))
        bare = papers.draft(session, "evaluation", None, NOW)
    (tmp_path / "vide.pdf").write_bytes(empty)
    nameless = scanned(bare, tmp_path / "sans.png", ALL_FOUR)
    made = drain(form_import.import_job(ready, [tmp_path / "vide.pdf", nameless], everything=True))
    assert [(one.state, one.why) for one in made] == [
        ("aside", "Aucune réponse n’est donnée\u00a0: il n’y a rien à enregistrer."),
        ("aside", "son numéro n’a pas pu être lu"),
    ]
