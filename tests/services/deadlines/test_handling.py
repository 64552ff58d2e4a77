"""Dealing with deadlines: with a reason, several at once, undone; the next occurrence is another one."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from app.errors import InvalidFields, Refused
from app.jobs import drain
from app.models import Licence, Reminder
from app.services import deadlines, setup
from app.services.deadlines import DeadlineKind, sheet
from app.storage import Store, undo
from tests.services.deadlines.make import TODAY, asset, keep, plain, told

REMINDER, LICENCE = DeadlineKind.REMINDER, DeadlineKind.LICENCE


def reminder(session: Session, label: str = "Rappeler") -> Reminder:
    made: Reminder = keep(session, Reminder(label=label, due_on=date(2026, 6, 1), consequence="Frais en plus."))
    return made


def test_it_leaves_the_list_and_stays_to_read(session: Session) -> None:
    own = reminder(session)
    assert deadlines.handle(session, told(session, REMINDER), TODAY, "  Fait   par téléphone ") == 1
    assert told(session, REMINDER) == []
    done = deadlines.handled(session)[0]
    assert (done.title, done.reason, done.handled_on, done.state(TODAY).value) == (
        "Rappeler", "Fait par téléphone", TODAY, "handled",
    )  # fmt: skip
    assert (done.entity, done.record_id, deadlines.behind(session, done)) == ("reminder", own.id, None)
    assert deadlines.reopen(session, [done]) == 1
    assert len(told(session, REMINDER)) == 1
    deadlines.handle(session, told(session, REMINDER), TODAY, "Pour de bon")
    assert [one.reason for one in deadlines.handled(session)] == ["Pour de bon"]


def test_without_a_reason_nothing_is_done(session: Session) -> None:
    reminder(session)
    with pytest.raises(InvalidFields):
        deadlines.handle(session, told(session, REMINDER), TODAY, " ")
    assert len(told(session, REMINDER)) == 1


def test_what_was_dealt_with_is_not_again(session: Session) -> None:
    reminder(session)
    first = told(session, REMINDER)
    deadlines.handle(session, first, TODAY, "Fait")
    with pytest.raises(Refused):
        deadlines.handle(session, deadlines.handled(session), TODAY, "Encore")
    assert deadlines.reopen(session, first) == 0


def test_the_next_occurrence_comes_by_itself(session: Session) -> None:
    own = keep(session, Licence(number="LIC-1", name="ESET", expires_on=date(2026, 6, 1)))
    deadlines.handle(session, told(session, LICENCE), TODAY, "Renouvelée")
    assert told(session, LICENCE) == []
    own.expires_on = date(2027, 6, 1)
    session.flush()
    assert [one.due for one in told(session, LICENCE)] == [date(2027, 6, 1)]
    assert deadlines.handled(session)[0].due == date(2026, 6, 1)


def test_it_is_undone_as_any_act(store: Store) -> None:
    with store.begin("essai") as session:
        setup.ensure(session)
        reminder(session)
        for _ in range(3):
            asset(session, warranty_end=date(2026, 7, 1))
    with store.begin("Traiter") as session:
        assert deadlines.handle(session, deadlines.every(session, TODAY), TODAY, "Fait") == 3
    number = store.last_action_id
    with store.read() as session:
        assert [one.kind for one in deadlines.every(session, TODAY)] == []
    assert number
    with store.begin("Annulation") as session:
        undo.undo(session, number)
    with store.read() as session:
        assert len(deadlines.every(session, TODAY)) == 3
        assert deadlines.handled(session) == []


def test_the_window_reads_them_off_its_thread(store: Store) -> None:
    with store.begin("essai") as session:
        setup.ensure(session)
        reminder(session)
    assert [one.title for one in drain(deadlines.read_job(store, TODAY))] == ["Rappeler"]


def test_the_list_goes_out_as_it_is_told(store: Store, tmp_path: Path) -> None:
    with store.begin("essai") as session:
        setup.ensure(session)
        reminder(session)
        for _ in range(3):
            asset(session, warranty_end=date(2026, 7, 1), supplier="Hautecour")
        found = deadlines.every(session, TODAY)
    path = tmp_path / "echeances.xlsx"
    assert drain(sheet.export_job(store, found, path, TODAY, ("État : en retard",))) == len(found)
    rows = list(load_workbook(path)["Échéancier"].values)
    assert rows[0][:4] == ("Échéance", "Agir avant", "État", "Type")
    assert [row[4] for row in rows[1:]] == [one.title for one in found]
    told_plain = sheet.plain(found, TODAY)
    late = next(one for one in told_plain if one["type"] == "Rappel")
    assert (late["echeance"], late["agir_avant"], late["etat"]) == ("2026-06-01", "2026-06-01", "en-retard")
    assert late["consequence"] == "Frais en plus."
    assert next(one["biens"] for one in told_plain if one["type"] == "Garantie") == 3
    heads, cells = sheet.text_rows(found, TODAY)
    assert len(heads) == len(cells[0])
    assert "Fin de garantie de 3 biens (Hautecour)" in [plain(row[4]) for row in cells]
