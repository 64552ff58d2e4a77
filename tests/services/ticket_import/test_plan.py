"""What importing lists of tickets would do, which files they are, and lists that were written to harm."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from app.entities import ENTITIES
from app.jobs import drain
from app.models import Ticket
from app.models.codes import EventKind, TicketStatus
from app.services import journal, ticket_import
from app.services.importing.tables import Table
from app.services.ticket_import import TicketPlan, apart_job, apply_job, plan_job
from app.services.ticket_import.columns import is_tickets
from app.storage import Store
from tests.services.ticket_import.test_import import brought, ticket, written

SAMPLES = Path(__file__).parent.parent.parent / "samples"
DONE = "{};Écran;Clos;01/06/2026 09:30;01/06/2026 10:00;01/06/2026 11:00;;;P4;;;"
OPEN = "{};Écran;En cours;01/06/2026 09:30;;;;;P4;;;"


def planned(store: Store, *paths: Path) -> TicketPlan:
    return drain(plan_job(store, paths))


def test_a_plan_says_each_line_and_another_ticket_of_the_same_number_is_refused(store: Store, tmp_path: Path) -> None:
    brought(store, written(tmp_path, DONE.format(1), OPEN.format(2), DONE.format(3)))
    path = written(
        tmp_path,
        DONE.format(1),
        DONE.format(2),
        DONE.format(3).replace("/06/", "/07/"),
        DONE.format(4),
        "?;-;;;;;;;;;;",
    )
    plan = planned(store, path)
    assert [(one.outcome, one.line, one.number) for one in plan.lines] == [
        ("refused", 4, ""), ("created", 5, "4"), ("changed", 3, "2"), ("unchanged", 2, "1"),
    ]  # fmt: skip
    assert (
        plan.lines[0].detail
        == "N°\u00a0: «\u00a03\u00a0» est déjà celui d’un autre ticket, ouvert le 01/06/2026 09:30."
    )
    assert plan.lines[1].detail == "P4 · ouvert 01/06/2026 09:30 · pris 10:00 · rétabli 11:00 · clos –"
    assert (plan.size, plan.writes) == (4, 2)
    assert drain(apply_job(store, plan)).as_json()["completes"] == 1


def test_what_changed_since_the_preview_is_seen_when_it_is_written(store: Store, tmp_path: Path) -> None:
    path = written(tmp_path, DONE.format(1))
    first, second = planned(store, path), planned(store, path)
    drain(apply_job(store, first))
    assert drain(apply_job(store, second)).sentence() == "1\u00a0inchangé."


def test_a_ticket_of_ours_and_one_in_the_bin_are_left_as_they_are(store: Store, tmp_path: Path) -> None:
    brought(store, written(tmp_path, OPEN.format(1)))
    with store.begin() as session:
        kept = ticket(session, "1")
        number, kept.source = kept.number, None
    assert planned(store, written(tmp_path, DONE.format(1))).count("unchanged") == 1
    assert planned(store, written(tmp_path, DONE.format(number))).count("unchanged") == 1


def test_what_comes_before_the_last_act_kept_changes_nothing(store: Store, tmp_path: Path) -> None:
    brought(store, written(tmp_path, DONE.format(1).replace("01/06/2026 10:00", "")))
    assert planned(store, written(tmp_path, DONE.format(1))).count("unchanged") == 1


def test_one_list_among_several_that_cannot_be_read_is_a_refused_line(store: Store, tmp_path: Path) -> None:
    bad = written(tmp_path, "1;oups", head="Nr;Souci", name="a.csv")
    plan = planned(store, bad, written(tmp_path, DONE.format(1), name="b.csv"))
    assert [(one.source, one.outcome) for one in plan.lines] == [("a.csv", "refused"), ("b.csv", "created")]
    assert "dites quelles colonnes donnent N°, Ouvert le" in plan.lines[0].detail


def test_lists_of_tickets_are_told_from_other_files(store: Store, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Ticket ID", "Subject", "Created Time", "Resolved Time", "Priority"])  # type: ignore[union-attr]
    book.active.append([1, "A", "2026-06-01 09:30", "", "High"])  # type: ignore[union-attr]
    book.save(tmp_path / "freshdesk.xlsx")
    mine = [
        written(tmp_path, *(DONE.format(n) for n in range(1200)), name="glpi.csv"),
        written(tmp_path, DONE.format(1), name="court.csv"),
        tmp_path / "freshdesk.xlsx",
    ]
    others = [
        written(tmp_path, "1;Dell;S1;01/06/2026;Haute", head="ID;Marque;N° de série;Créé le;Priorité", name="parc.csv"),
        written(tmp_path, "1;PC;2026-06-01", head="ID;Asset Name;Created at", name="snipe.csv"),
        written(tmp_path, head="", name="vide.csv"),
        tmp_path / "absent.csv",
        SAMPLES / "glpi-inventory_format" / "computer_1.json",
        SAMPLES / "tableaux" / "parc.ods",
        tmp_path,
    ]
    disguised = tmp_path / "poste.csv"
    disguised.write_bytes(others[4].read_bytes())
    assert drain(apart_job(store, [*mine, *others, disguised])) == (mine, [*others, disguised])


def test_no_list_that_we_export_is_taken_for_one_of_another_tool(store: Store) -> None:
    with store.read() as session:
        for entity in ENTITIES.values():
            assert not is_tickets(session, Table(tuple(field.label for field in entity.columns), ())), entity.key


def test_columns_told_once_tell_the_list(store: Store, tmp_path: Path) -> None:
    path = written(tmp_path, "7;01/06/2026 09:30;oups", head="Nr;Appel reçu;Objet du souci")
    assert drain(apart_job(store, [path])) == ([], [path])
    brought(store, path, columns={"Nr": "N°", "Appel reçu": "opened"})
    assert drain(apart_job(store, [path])) == ([path], [])
    assert [one.name for one in ticket_import.targets() if one.required] == ["number", "opened"]


@pytest.mark.parametrize(
    ("line", "kinds", "status"),
    [
        ("1;A;Clos;01/06/2026 09:30;;;;;;;;", ["opened", "resolved"], TicketStatus.RESOLVED),
        ("1;A;Annulé;01/06/2026 09:30;;;;;;;;", ["opened", "cancelled"], TicketStatus.CANCELLED),
        (
            "1;A;;01/06/2026 09:30;;01/06/2026 11:00;;02/06/2026 09:00 | 03/06/2026 09:00;;;;",
            ["opened", "resolved", "reopened", "resolved", "reopened"],
            TicketStatus.TAKEN,
        ),
        ("1;A;;01/06/2026 09:30;;;;02/06/2026 09:00;;;;", ["opened", "resolved", "reopened"], TicketStatus.TAKEN),
        ("1;A;;01/06/2026 12:05 AM;;;;99;;;;", ["opened"], TicketStatus.OPEN),
    ],
)
def test_histories_told_by_halves(
    store: Store, tmp_path: Path, line: str, kinds: list[str], status: TicketStatus
) -> None:
    assert brought(store, written(tmp_path, line)).added == 1
    with store.read() as session:
        kept = ticket(session, "1")
        assert [one.kind.value for one in journal.acts(session, kept.id)] == kinds
        assert kept.status == status


HOSTILE = (
    "=cmd|'/c calc'!A1", "'; DROP TABLE ticket; --", "\u202egnp.exe", "\x00\x07nul", "é" * 70_000, "-1", "1e309",
    "٣", "²", "9" * 400, "{{7*7}}", "<script>", "\ud7ff", "NaN", "31/12/9999 23:59", "01/01/0001 00:00", "1;1", '"',
    "01/06/2026 09:30 +99:99", "9" * 5000, "01/06/2026 09:30Z;;|hier",
)  # fmt: skip


def test_hostile_cells_are_kept_as_texts_or_refused_and_never_stop_the_import(store: Store, tmp_path: Path) -> None:
    lines = []
    for column in range(12):
        for number, cell in enumerate(HOSTILE):
            cells = DONE.format(f"{column}-{number}").split(";")
            cells[column] = '"' + cell.replace('"', '""') + '"'
            lines.append(";".join(cells))
    made = brought(store, written(tmp_path, *lines))
    assert made.added + len(made.rejects) >= len(lines) - 2 * len(HOSTILE)
    assert all(len(one.sentence) < 400 for one in made.rejects)
    with store.read() as session:
        for kept in session.scalars(select(Ticket)):
            opened = next(one for one in journal.acts(session, kept.id) if one.kind == EventKind.OPENED)
            assert (len(kept.subject) <= 160, opened.at) == (True, kept.opened_at)


def test_severity_by_impact_and_urgency(store: Store, tmp_path: Path) -> None:
    path = written(
        tmp_path, "1;01/06/2026;Haut;Haute", "2;02/06/2026;Bas;", head="N°;Ouvert le;Impact;Urgence", name="b.csv"
    )
    assert brought(store, path).added == 2
    with store.read() as session:
        assert [ticket(session, n).priority.value for n in "12"] == ["P1", "P3"]
