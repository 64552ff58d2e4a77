"""Lists of tickets of other tools: read, told as journals, counted by the program's own rules."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.jobs import drain
from app.models import Ticket
from app.models.codes import EventKind, TicketKind, TicketStatus
from app.models.upkeep_codes import CancelReason
from app.services import journal
from app.services.importing import Options
from app.services.ticket_import import Outcome, import_job, table_job
from app.storage import Store
from tests.services.company import add_asset, add_contract, june

HEAD = (
    "ID;Titre;Statut;Date d'ouverture;Prise en charge;Date de résolution;Date de clôture;Date de réouverture;"
    "Priorité;Type;Éléments associés;Catégorie"
)
BEFORE_OPENING = "Pris en charge le\u00a0: c’est avant l’ouverture, le 02/06/2026 09:30."
BEFORE_RESTORED = "Clos le\u00a0: c’est avant le rétablissement, le 04/06/2026 10:00."
NO_SUCH_HOUR = "Ouvert le\u00a0: «\u00a001/06/2026 25:30\u00a0»\u00a0: cette heure n’existe pas."


def written(tmp_path: Path, *lines: str, head: str = HEAD, name: str = "tickets.csv") -> Path:
    path = tmp_path / name
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return path


def brought(store: Store, path: Path, **said: object) -> Outcome:
    return drain(import_job(store, [path], Options(**said)))  # type: ignore[arg-type]


def ticket(session: Session, number: str) -> Ticket:
    return session.scalars(select(Ticket).where(Ticket.source_number == number)).one()


def test_the_data_set_of_june_gives_the_times_stated_there(store: Store, tmp_path: Path) -> None:
    """domain.md B.3, the tickets without a wait. A list gives T5 one restoration only: no hour of it is left out."""
    with store.begin() as session:
        contract = add_contract(session)
        for name in ("SRV-01", "PC-07", "PC-11"):
            add_asset(session, name, contract)
    path = written(
        tmp_path,
        "T1;Panne;Clos;01/06/2026 09:30;01/06/2026 10:00;01/06/2026 14:30;02/06/2026 10:00;;P1;Incident;SRV-01;Panne",
        "T2;Lent;Clos;02/06/2026 11:00;02/06/2026 11:15;02/06/2026 11:40;;;P3;Incident;PC-07;Lenteur",
        "T4;Compte;Clos;08/06/2026 09:00;08/06/2026 10:00;09/06/2026 12:00;;;Basse;Demande;;",
        "T5;Lent;Clos;10/06/2026 14:00;10/06/2026 14:30;11/06/2026 12:00;;11/06/2026 10:00;P3;Incident;PC-07;Lenteur",
        "T6;Panne;Doublon;15/06/2026 10:00;;;;;P3;Incident;;",
        "T7;Panne;Clos;22/06/2026 08:00;22/06/2026 09:20;22/06/2026 13:00;;;P2;Incident;SRV-01;Panne",
        "T8;Gel;En cours;30/06/2026 15:00;;;;;P3;Incident;PC-11;",
    )
    assert brought(store, path).sentence() == "7\u00a0tickets ajoutés."
    with store.read() as session:
        net = {name: ticket(session, name).net_minutes for name in ("T1", "T2", "T4", "T5", "T7", "T8")}
        assert net == {"T1": 300, "T2": 40, "T4": 720, "T5": 420, "T7": 240, "T8": None}
        met = {name: ticket(session, name).restore_met for name in ("T1", "T2", "T7")}
        assert met == {"T1": False, "T2": True, "T7": True}
        assert (ticket(session, "T4").kind, ticket(session, "T4").contract_id) == (TicketKind.REQUEST, None)
        assert ticket(session, "T5").reopenings == 1
        assert (ticket(session, "T6").status, ticket(session, "T6").cancel_reason) == (
            TicketStatus.CANCELLED, CancelReason.DUPLICATE,
        )  # fmt: skip
        assert ticket(session, "T7").take_minutes == 20
        assert ticket(session, "T8").status == TicketStatus.OPEN
        for one in session.scalars(select(Ticket)):
            course = journal.read_course(session, one)
            told = journal.projected(course, journal.assessed(session, one, course, june("30 16:00")))
            assert {name: getattr(one, name) for name in told} == told


def test_the_same_list_again_changes_nothing_and_a_later_one_adds_what_came(store: Store, tmp_path: Path) -> None:
    first = written(tmp_path, "12;Écran;En cours;01/06/2026 09:30;01/06/2026 10:00;;;;Haute;;;")
    brought(store, first)
    assert brought(store, first).sentence() == "1\u00a0inchangé."
    later = written(
        tmp_path, "12;Écran;Clos;01/06/2026 09:30;01/06/2026 10:00;01/06/2026 12:00;02/06/2026 09:00;;Haute;;;"
    )
    assert brought(store, later).sentence() == "1\u00a0complété."
    with store.read() as session:
        kept = ticket(session, "12")
        assert (kept.status, kept.net_minutes) == (TicketStatus.CLOSED, 150)
        assert [one.kind for one in journal.acts(session, kept.id)] == [
            EventKind.OPENED, EventKind.TAKEN, EventKind.RESOLVED, EventKind.CLOSED,
        ]  # fmt: skip


def test_a_log_of_changes_is_one_ticket_a_number(store: Store, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "INC1,New,0,29/2/2016 01:16,2 - Medium,2 - Medium,3 - Moderate,?,?",
        "INC1,Active,1,29/2/2016 01:16,2 - Medium,2 - Medium,3 - Moderate,29/2/2016 11:29,?",
        "INC1,Closed,1,29/2/2016 01:16,2 - Medium,2 - Medium,3 - Moderate,29/2/2016 11:29,5/3/2016 12:00",
        head="number,incident_state,reopen_count,opened_at,impact,urgency,priority,resolved_at,closed_at",
    )
    made = brought(store, path)
    assert (made.added, made.rejects) == (1, ())
    assert "1\u00a0ticket sans date de réouverture" in " ".join(made.remarks)
    with store.read() as session:
        kept = ticket(session, "INC1")
        assert (kept.reopenings, kept.priority.value, kept.closed_at) == (
            1, "P3", datetime(2016, 3, 5, 11, tzinfo=UTC),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (";Écran;;01/06/2026 09:30", "N°\u00a0: il manque."),
        ("1;Écran;;", "Ouvert le\u00a0: il manque."),
        ("1;Écran;;hier", "Ouvert le\u00a0: «\u00a0hier\u00a0» n’est pas une date et une heure."),
        ("1;Écran;;01/06/2026 25:30", NO_SUCH_HOUR),
        ("1;Écran;;01/06/2126 09:30", "Ouvert le\u00a0: le 01/06/2126 09:30 n’est pas encore passé."),
        ("1;Écran;;02/06/2026 09:30;01/06/2026 10:00", BEFORE_OPENING),
        ("1;Écran;;02/06/2026 09:30;;04/06/2026 10:00;03/06/2026 10:00", BEFORE_RESTORED),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_is_refused_and_the_others_go_on(
    store: Store, tmp_path: Path, line: str, sentence: str
) -> None:
    good = "2;Souris;;01/06/2026 09:30;01/06/2026 10:00;01/06/2026 11:00;;;P4;;;"
    made = brought(store, written(tmp_path, line + ";" * (11 - line.count(";")), good))
    assert [one.sentence for one in made.rejects] == [f"ligne 2, {sentence}"]
    assert made.added == 1


def test_columns_told_once_are_remembered(store: Store, tmp_path: Path) -> None:
    path = written(tmp_path, "7;01/06/2026 09:30;oups", head="Nr;Appel reçu;Objet du souci")
    with pytest.raises(Refused, match="dites quelles colonnes donnent N°, Ouvert le"):
        brought(store, path)
    told = {"Nr": "N°", "Appel reçu": "opened", "Objet du souci": "Objet"}
    assert brought(store, path, columns=told).added == 1
    assert drain(table_job(store, path)).origin == "remembered"
    assert brought(store, path).same == 1
    for wrong in ({"Rien": "N°"}, {"Nr": "couleur"}):
        with pytest.raises(Refused):
            brought(store, path, columns=wrong)


def test_a_trial_writes_nothing_and_several_lists_are_one_act(store: Store, tmp_path: Path) -> None:
    one = written(tmp_path, "1;A;;01/06/2026 09:30;;;;;P1;;;", name="a.csv")
    two = written(tmp_path, "1;A;;01/06/2026 09:30;;;;;P1;;;", "2;B;;x;;;;;;;;", name="b.csv")
    tried = drain(import_job(store, [one, two], dry_run=True))
    assert tried.sentence(dry_run=True) == "1\u00a0ticket à ajouter, 1\u00a0ligne refusée."
    assert tried.rejects[0].as_json()["ligne"] == 3
    with store.read() as session:
        assert session.scalar(select(Ticket.id)) is None
    assert drain(import_job(store, [one, two])).as_json()["ajoutes"] == 1


def test_who_and_what_is_not_known_here_stays_readable(store: Store, tmp_path: Path) -> None:
    head = "Number;Title;Created at;Configuration item;Requester;Assigned to;Channel;Reopened at;Resolved at;Closed at"
    path = written(
        tmp_path,
        "9;Printer;2026-06-01T07:30:00Z;OLD-PC;Jane Doe;Bob;Email;2026-06-02T08:00:00Z;2026-06-01T08:00:00Z;"
        "2026-06-02T12:00:00+02:00",
        "10;Door;6/13/2026 2:05 PM;;;;Phone;;;",
        head=head,
    )
    brought(store, path)
    with store.read() as session:
        kept = ticket(session, "9")
        assert kept.description == "Bien\u00a0: OLD-PC\nDemandeur\u00a0: Jane Doe"
        assert (kept.assignee, kept.channel.value, kept.reopenings) == ("Bob", "email", 1)
        assert kept.closed_at == datetime(2026, 6, 2, 10, tzinfo=UTC)
        assert ticket(session, "10").opened_at == datetime(2026, 6, 13, 12, 5, tzinfo=UTC)


def test_a_file_that_is_no_list_is_refused(store: Store) -> None:
    sample = Path(__file__).parent.parent.parent / "samples" / "factur-x" / "Facture_FR_EN16931.pdf"
    with pytest.raises(Refused, match="n’est pas une liste"):
        drain(import_job(store, [sample]))
