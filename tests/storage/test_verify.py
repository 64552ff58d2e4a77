from pathlib import Path

import pytest

from app.jobs import Progress, drain
from app.models import Company, Document, IssuedPaper, Setting
from app.storage import Store
from app.storage.attachments import put
from app.storage.verify import Report, state_of, verify
from tests.storage.things import add_people, by_hand, family


def report_of(store: Store) -> Report:
    return drain(verify(store.path))


def test_a_sound_file_is_sound_and_counted(store: Store) -> None:
    add_people(store, "Durand", "Martin")
    with store.begin() as session:
        sha256 = put(session, b"contenu")
        session.add(Document(entity="person", record_id=1, name="a.pdf", sha256=sha256, size=7))
    found = report_of(store)
    assert found.is_sound
    assert (found.counts["person"], found.counts["history"], found.others) == (2, 3, 0)
    assert [(found.head,)] == by_hand(store.path, "SELECT hash FROM history ORDER BY seq DESC LIMIT 1")


def test_a_logo_that_is_missing_is_told(store: Store) -> None:
    with store.begin() as session:
        session.add(Company(name="Ateliers", logo_sha256=put(session, b"logo")))
    assert report_of(store).is_sound
    by_hand(store.path, "DELETE FROM blob")
    assert "Le contenu d’un document manque" in " ".join(report_of(store).remarks)


def test_an_empty_file_is_sound(store: Store) -> None:
    found = report_of(store)
    assert (found.is_sound, found.head) == (True, "")


def test_each_step_is_told(store: Store) -> None:
    told: list[Progress] = []
    drain(verify(store.path), told.append)
    assert [step.done for step in told] == [0, 1, 2, 3, 4]
    assert all(step.text for step in told)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("UPDATE history SET who = 'x' WHERE seq = 1", "Historique, entrée 1"),
        ("DROP TRIGGER person_history_update; UPDATE person SET phone = '06'", "Fiche 1 de «\u00a0person\u00a0»"),
        ("UPDATE blob SET content = x'00'", "contenu d’un document a changé"),
        ("DELETE FROM blob", "contenu d’un document manque"),
    ],
)
def test_each_remark_is_made(store: Store, harm: str, said: str) -> None:
    add_people(store, "Durand")
    with store.begin() as session:
        paper = {"kind": "k", "reference": "r", "number": 1, "data": "{}", "data_sha256": "", "file_name": "a.pdf"}
        sha256 = put(session, b"pdf")
        session.add(IssuedPaper(pdf_sha256=sha256, issued_at=session.info["at"], **paper))
    by_hand(store.path, *harm.split("; "))
    found = report_of(store)
    assert (found.damage, len(found.remarks), found.is_sound) == ([], 1, False)
    assert said in found.remarks[0]


def test_orphans_are_damage(store: Store) -> None:
    with store.begin() as session:
        family(session)
    by_hand(
        store.path,
        "INSERT INTO covered_asset (contract_id, asset_id, since, excluded, uuid, version, created_at, updated_at) "
        "VALUES (7, 8, '', 0, 'u', 1, '', '')",
    )
    assert "renvoie à une fiche absente" in report_of(store).damage[0]
    assert report_of(store).others == 1


def test_a_damaged_file_is_not_believed(store: Store) -> None:
    by_hand(store.path, "PRAGMA writable_schema=ON", "DELETE FROM sqlite_master WHERE name='ix_asset_status'")
    found = report_of(store)
    assert "Le fichier est abîmé" in found.damage[0]
    assert found.counts == {}


def test_the_state_changes_with_each_save(store: Store, tmp_path: Path) -> None:
    assert tmp_path in store.path.parents
    states = []

    def note() -> None:
        with store.read() as session:
            states.append(state_of(session))

    note()
    add_people(store, "Durand")
    note()
    with store.begin() as session:
        session.add(Setting(key="theme", value="1"))
    note()
    with store.begin() as session:
        put(session, b"x")
    note()
    by_hand(store.path, "UPDATE person SET phone = '06'")
    note()
    assert len(set(states)) == 5
    note()
    assert states[-1] == states[-2]
