"""The dashboard kept with the file, the chart of a tile, the tickets restored late, what the manager says."""

from datetime import date

import pytest

from app.errors import InvalidFields, Refused
from app.jobs import drain
from app.kpi import EVERYTHING, REGISTRY, Scope
from app.services import board, indicator_notes, indicators
from app.services.indicators import month
from app.storage import Store
from tests.services.company import june, reference_month

JUNE = month(date(2026, 6, 1))
NOW = june("30 23:00")


def test_a_new_base_has_the_usual_eight(store: Store) -> None:
    with store.read() as session:
        assert board.chosen(session) == board.usual()
    assert len(board.usual()) <= board.FEW


def test_the_choice_keeps_its_order_without_doubles_nor_unknown(store: Store) -> None:
    with store.begin("Choix") as session:
        board.choose(session, ["gtr", "mttr", "gtr", "rien"])
    with store.read() as session:
        assert board.chosen(session) == ("gtr", "mttr")


def test_an_empty_board_is_refused(store: Store) -> None:
    with store.begin("Choix") as session, pytest.raises(Refused, match="au moins un"):
        board.choose(session, ["rien"])


def test_the_chart_of_a_tile_has_its_target_and_the_tone_of_what_is_short(store: Store) -> None:
    with store.begin("B.3") as session:
        reference_month(session)
        gtr, volume = indicators.board(session, JUNE, NOW, codes=["gtr", "volume"])
    told = board.chart(gtr, REGISTRY["gtr"])
    assert told.series[0].values[-1] == pytest.approx(5 / 6)
    assert (told.target, told.target_text) == (0.9, "Objectif 90\u00a0%")
    assert told.tones == ("",) * 11 + ("bad",)
    assert told.labels[-1] == "juin"
    plain = board.chart(volume, REGISTRY["volume"])
    assert (plain.target, plain.target_text, set(plain.tones)) == (None, "", {""})


def test_the_late_tickets_are_the_worst_first(store: Store) -> None:
    with store.begin("B.3") as session:
        reference_month(session)
        found = board.late(session, JUNE, NOW)
        other = board.late(session, JUNE, NOW, Scope(site_id=99))
    assert [(one.number, one.met) for one in found.rows] == [("T-2026-0001", False)]
    assert (found.count, found.n) == (1, 6)
    assert (other.rows, other.count, other.n) == ((), 0, 0)


def test_notes_are_those_of_the_period_and_of_the_contract(store: Store) -> None:
    with store.begin("Remarques") as session:
        reference_month(session)
        every = indicator_notes.write(session, "gtr", JUNE, "Pour tous", author="Anne")
        own = indicator_notes.write(session, "gtr", JUNE, "Du contrat", contract_id=1)
        indicator_notes.write(session, "mttr", JUNE.before(1), "Un autre")
    with store.read() as session:
        assert [one.id for one in indicator_notes.of(session, JUNE, codes=["gtr"])] == [own, every]
        assert [one.text for one in indicator_notes.of(session, JUNE, contract_id=2)] == ["Pour tous"]
        assert [one.contract for one in indicator_notes.of(session, JUNE, contract_id=1)] == ["CT-2026-01", ""]
        assert [one.code for one in indicator_notes.of(session, JUNE.before(1))] == ["mttr"]


def test_a_note_is_rewritten_and_taken_away(store: Store) -> None:
    with store.begin("Remarque") as session:
        note = indicator_notes.write(session, "gtr", JUNE, "Avant")
        indicator_notes.rewrite(session, note, "Après")
        assert [one.text for one in indicator_notes.of(session, JUNE)] == ["Après"]
        told = indicator_notes.one(session, note)
        assert told is not None
        assert (told.code, told.period, told.contract) == ("gtr", JUNE, "")
        assert indicator_notes.one(session, 99) is None
        indicator_notes.remove(session, note)
        assert indicator_notes.of(session, JUNE) == []
        with pytest.raises(InvalidFields):
            indicator_notes.write(session, "gtr", JUNE, "  ")


def test_each_screen_is_read_beside_the_window(store: Store) -> None:
    with store.begin("B.3") as session:
        reference_month(session)
        board.choose(session, ["gtr", "mtta"])
        indicator_notes.write(session, "gtr", JUNE, "Coupure")
    shown = drain(board.board_job(store, JUNE, EVERYTHING))
    assert [one.code for one in shown.tiles] == ["gtr", "mtta"]
    assert (shown.months[-1].opened, shown.late.count) == (7, 1)
    assert [one.code for one in drain(board.every_job(store, JUNE, EVERYTHING)).tiles] == list(REGISTRY)
    one = drain(board.one_job(store, "gtr", JUNE, EVERYTHING))
    assert (one.codes, [note.text for note in one.notes], one.page.worked[:5]) == (
        ("gtr", "mtta"),
        ["Coupure"],
        "5 ÷ 6",
    )
    assert drain(board.one_job(store, "mttr", JUNE, EVERYTHING)).codes == tuple(REGISTRY)
