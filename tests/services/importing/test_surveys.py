"""What inventories see beside the record: surveys, software, parts; partial, older, undone and done again."""

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.entities import ENTITIES
from app.errors import Refused
from app.models import Component, Installation, Software, Survey
from app.models.codes import ComponentKind
from app.services import records
from app.storage import Store
from app.storage.history import undo
from tests.services.importing.bench import GLPI, computer, counts, inventory, one, preview, rows, run

SOFT = [{"name": "Firefox", "publisher": "Mozilla", "version": "133"}, {"name": "7-Zip", "version": "24.07"}]
SEEN: dict[str, Any] = {
    "accesslog": {"logdate": "2026-01-05 10:00:00"},
    "antivirus": [{"name": "ESET", "enabled": True, "uptodate": True}],
    "drives": [{"letter": "C:", "total": 476_000, "free": 95_000, "systemdrive": True, "encrypt_status": "No"}],
    "batteries": [{"name": "B7", "serial": "S12", "capacity": 50_000, "real_capacity": 40_000}],
    "memories": [{"capacity": 8192, "type": "DDR4", "serialnumber": "AAA1"},
                 {"capacity": 8192, "type": "DDR4", "serialnumber": "AAA2"}],
    "storages": [{"model": "KXG60", "disksize": 512_110, "serial": "39B1"}],
    "softwares": SOFT,
}  # fmt: skip


def machine(folder: Path, name: str = "poste.json", partial: bool = False, **more: Any) -> Path:
    data = computer(**{**SEEN, **more})
    if partial:
        kept = {"hardware", "bios", "versionclient", *more}
        data["content"] = {key: value for key, value in data["content"].items() if key in kept}
    return inventory(folder, data | ({"partial": True} if partial else {}), name)


def at(day: str) -> dict[str, Any]:
    return {"accesslog": {"logdate": f"{day} 10:00:00"}}


def parts(store: Store) -> list[tuple[Any, ...]]:
    return rows(store, "component", "kind", "serial", "installed_on", "removed_on")


def software_of(store: Store, survey: int) -> set[str]:
    with store.read() as session:
        found = session.query(Software.name).join(Installation, Installation.software_id == Software.id)
        return {name for (name,) in found.filter(Installation.survey_id == survey)}


def surveys(store: Store) -> list[dict[str, Any]]:
    names = [column.name for column in Survey.__table__.columns]
    return [dict(zip(names, row, strict=True)) for row in rows(store, "survey", *names)]


def test_a_first_survey(tmp_path: Path, store: Store) -> None:
    (line,) = preview(store, machine(tmp_path)).lines
    assert line.seen == "+\u00a02\u00a0logiciels, 4\u00a0composants"
    assert line.detail == f"Nouveau bien, {line.seen}"
    run(store, machine(tmp_path))
    (survey,) = surveys(store)
    protection = ("tool", "antivirus", "antivirus_on", "antivirus_current", "firewall_on")
    assert {name: survey[name] for name in protection} == {
        "tool": "GLPI-Agent_v1.9", "antivirus": "ESET", "antivirus_on": True, "antivirus_current": True,
        "firewall_on": None,
    }  # fmt: skip
    assert (survey["disk_total_gb"], survey["disk_free_gb"], survey["disk_encrypted"]) == (499, 100, False)
    assert (survey["battery_health"], survey["software_count"]) == (80, 2)
    assert survey["taken_at"] == one(store)["inventoried_at"] == datetime(2026, 1, 5, 9, tzinfo=UTC)
    assert software_of(store, survey["id"]) == {"Firefox", "7-Zip"}
    assert rows(store, "software", "name", "publisher") == [("Firefox", "Mozilla"), ("7-Zip", None)]
    assert sorted(kind.value for kind, *_ in parts(store)) == ["battery", "disk", "memory", "memory"]
    assert {(installed, removed) for _, _, installed, removed in parts(store)} == {(None, None)}


def test_the_same_file_again_changes_nothing(tmp_path: Path, store: Store) -> None:
    run(store, machine(tmp_path))
    action = store.last_action_id
    assert counts(run(store, machine(tmp_path))) == (0, 0, 1, 0)
    assert store.last_action_id == action, "nothing was written, so there is no act"
    assert len(surveys(store)) == 1


def test_a_newer_survey_comes_after_the_first(tmp_path: Path, store: Store) -> None:
    run(store, machine(tmp_path))
    bigger = {"capacity": 16384, "type": "DDR4", "serialnumber": "BBB1"}
    listed = [SOFT[0], {"name": "VLC"}, {"name": "GIMP"}]
    changed = machine(tmp_path, **at("2026-02-05"), softwares=listed, memories=[bigger, SEEN["memories"][1]])
    (line,) = preview(store, changed).lines
    assert line.seen == "+\u00a02\u00a0logiciels, 1\u00a0composant\u00a0; \u2212\u00a01\u00a0logiciel, 1\u00a0composant"
    run(store, changed)
    first, second = surveys(store)
    assert software_of(store, first["id"]) == {"Firefox", "7-Zip"}
    assert software_of(store, second["id"]) == {"Firefox", "VLC", "GIMP"}
    day = date(2026, 2, 5)
    assert {(serial, installed, removed) for _, serial, installed, removed in parts(store) if installed or removed} == {
        ("AAA1", None, day), ("BBB1", day, None),
    }  # fmt: skip


def test_a_survey_that_only_the_date_tells_from_the_last(tmp_path: Path, store: Store) -> None:
    run(store, machine(tmp_path))
    (line,) = preview(store, machine(tmp_path, **at("2026-02-05"))).lines
    assert (line.outcome, line.seen, [change.field for change in line.changes]) == ("changed", "", ["Dernier relevé"])
    run(store, machine(tmp_path, **at("2026-02-05")))
    assert [survey["software_count"] for survey in surveys(store)] == [2, 2]


def test_an_older_survey_replaces_nothing(tmp_path: Path, store: Store) -> None:
    run(store, machine(tmp_path))
    (line,) = preview(store, machine(tmp_path, **at("2025-01-05"), softwares=[{"name": "Vieux"}])).lines
    assert (line.outcome, line.seen) == ("unchanged", "")
    assert "plus ancien" in line.detail
    run(store, machine(tmp_path, **at("2025-01-05"), softwares=[{"name": "Vieux"}], memories=[]))
    assert len(surveys(store)) == 1
    assert not [removed for *_, removed in parts(store) if removed]


def test_a_partial_survey_starts_from_the_one_in_force(tmp_path: Path, store: Store) -> None:
    run(store, machine(tmp_path))
    worn = [{"name": "B7", "serial": "S12", "capacity": 50_000, "real_capacity": 30_000}]
    path = machine(tmp_path, "partiel.json", partial=True, **at("2026-01-06"), batteries=worn)
    run(store, path)
    first, second = surveys(store)
    assert (second["battery_health"], second["antivirus"], second["disk_free_gb"]) == (60, "ESET", 100)
    assert software_of(store, second["id"]) == software_of(store, first["id"])
    assert [removed for *_, removed in parts(store) if removed] == []
    assert counts(run(store, path)) == (0, 0, 1, 0)


def test_real_partial_updates(store: Store) -> None:
    run(store, GLPI / "computer_1.json")
    for name in ("batteries", "softs", "memory"):
        path = GLPI / f"computer_1_partial_{name}.json"
        run(store, path)
        assert counts(run(store, path)) == (0, 0, 1, 0), name
    last = surveys(store)[-1]
    assert (last["battery_health"], last["disk_encrypted"], last["software_count"]) == (70, True, 6)


def test_a_file_without_date_has_the_one_of_its_writing(tmp_path: Path, store: Store) -> None:
    path = machine(tmp_path, accesslog={})
    written = datetime(2026, 1, 7, 12, tzinfo=UTC)
    os.utime(path, (written.timestamp(), written.timestamp()))
    run(store, path)
    assert surveys(store)[0]["taken_at"] == one(store)["inventoried_at"] == written
    os.utime(path, (written.timestamp() + 90, written.timestamp() + 90))
    assert counts(run(store, path)) == (0, 0, 1, 0), "a copy says nothing new"
    older = machine(tmp_path, "vieux.json", accesslog={}, softwares=[])
    os.utime(older, (written.timestamp() - 90, written.timestamp() - 90))
    assert counts(run(store, older)) == (0, 0, 1, 0)


def test_a_survey_known_though_its_asset_lost_its_date(tmp_path: Path, store: Store) -> None:
    run(store, machine(tmp_path))
    with store.begin() as session:
        records.update(session, ENTITIES["asset"], one(store)["id"], {"inventoried_at": None})
    run(store, machine(tmp_path, **at("2025-01-05"), softwares=[]))
    assert len(surveys(store)) == 1


def test_software_not_spoken_of_stays(tmp_path: Path, store: Store) -> None:
    run(store, machine(tmp_path))
    data = computer(**SEEN)
    del data["content"]["softwares"]
    data["content"]["accesslog"] = at("2026-03-05")["accesslog"]
    run(store, inventory(tmp_path, data))
    assert software_of(store, surveys(store)[-1]["id"]) == {"Firefox", "7-Zip"}


def test_parts_typed_by_hand_are_left_alone(tmp_path: Path, store: Store) -> None:
    run(store, machine(tmp_path, memories=[], storages=[], batteries=[]))
    asset = one(store)["id"]
    with store.begin() as session:
        for kind, serial in (
            (ComponentKind.MEMORY, "AAA1"),
            (ComponentKind.MEMORY, "MINE"),
            (ComponentKind.OTHER, None),
        ):
            values = {"asset_id": asset, "kind": kind, "label": "À la main", "serial": serial}
            records.create(session, ENTITIES["component"], values)
    run(store, machine(tmp_path, **at("2026-02-05")))
    kept = rows(store, "component", "serial", "label", "removed_on", "from_tool")
    assert [row for row in kept if not row[3]] == [
        ("AAA1", "À la main", None, False),
        ("MINE", "À la main", None, False),
        (None, "À la main", None, False),
    ]
    assert len([row for row in kept if row[0] == "AAA1"]) == 1, "not doubled"


def test_a_part_told_better_is_brought_up_to_date(tmp_path: Path, store: Store) -> None:
    run(store, machine(tmp_path))
    better = [{"model": "KIOXIA KXG60", "disksize": 512_110, "serial": "39B1"}]
    run(store, machine(tmp_path, **at("2026-02-05"), storages=better))
    with store.read() as session:
        disk = session.query(Component).filter(Component.serial == "39B1").one()
        assert (disk.label, disk.version, disk.removed_on) == ("KIOXIA KXG60", 2, None)


def test_two_files_of_one_machine_in_one_import(tmp_path: Path, store: Store) -> None:
    first = machine(tmp_path, "a.json")
    second = machine(tmp_path, "b.json", **at("2026-02-05"), softwares=[{"name": "VLC"}],
                     memories=[{"capacity": 8192, "type": "DDR4", "serialnumber": "CCC1"}])  # fmt: skip
    run(store, first, second)
    assert [software_of(store, survey["id"]) for survey in surveys(store)] == [{"Firefox", "7-Zip"}, {"VLC"}]
    assert counts(run(store, second)) == (0, 0, 1, 0)


def test_an_import_undone_then_done_again(tmp_path: Path, store: Store) -> None:
    run(store, machine(tmp_path))
    done = store.last_action_id
    assert done is not None
    with store.begin("Annulation") as session:
        undo(session, done)
    assert not any((surveys(store), rows(store, "asset", "id"), rows(store, "software", "id"), parts(store)))
    undone = store.last_action_id
    assert undone is not None
    with store.begin("Rétablissement") as session:
        undo(session, undone)
    assert software_of(store, surveys(store)[0]["id"]) == {"Firefox", "7-Zip"}
    assert len(parts(store)) == 4
    assert counts(run(store, machine(tmp_path))) == (0, 0, 1, 0)


def test_the_software_of_the_last_two_surveys_is_kept(tmp_path: Path, store: Store) -> None:
    for month in ("2026-02-05", "2026-03-05", "2026-04-05"):
        run(store, machine(tmp_path, **at(month)))
    assert [len(software_of(store, survey["id"])) for survey in surveys(store)] == [0, 2, 2]
    action = store.last_action_id
    assert action is not None
    with store.begin() as session:
        undo(session, action)
    assert [len(software_of(store, survey["id"])) for survey in surveys(store)] == [0, 2]


def test_an_import_whose_software_others_have_seen_is_not_undone(tmp_path: Path, store: Store) -> None:
    run(store, machine(tmp_path))
    first = store.last_action_id
    run(store, machine(tmp_path, "autre.json", bios={"ssn": "AUTRE12"}, hardware={"name": "PC-2"}))
    second = store.last_action_id
    assert first is not None
    assert second is not None
    with store.begin() as session, pytest.raises(Refused, match="mêmes logiciels"):
        undo(session, first)
    for action in (second, first):
        with store.begin() as session:
            undo(session, action)
    assert rows(store, "software", "id") == []


def test_a_publisher_is_learnt_once(tmp_path: Path, store: Store) -> None:
    run(store, machine(tmp_path))
    told = [SOFT[0], {**SOFT[1], "publisher": "Igor Pavlov"}]
    run(store, machine(tmp_path, **at("2026-02-05"), softwares=told))
    assert rows(store, "software", "name", "publisher") == [("Firefox", "Mozilla"), ("7-Zip", "Igor Pavlov")]
    other = [{**SOFT[0], "publisher": "Autre"}]
    run(store, machine(tmp_path, **at("2026-03-05"), softwares=other))
    assert rows(store, "software", "publisher")[0] == ("Mozilla",)


def test_the_end_of_support_follows_the_system(tmp_path: Path, store: Store) -> None:
    windows = {"full_name": "Microsoft Windows 10 Professionnel", "kernel_version": "10.0.19045", "version": "22H2"}
    run(store, machine(tmp_path, operatingsystem=windows))
    assert one(store)["support_end"] == date(2025, 10, 14)
    newer = {"full_name": "Microsoft Windows 11 Professionnel", "kernel_version": "10.0.26100", "version": "24H2"}
    seen = preview(store, machine(tmp_path, **at("2026-02-05"), operatingsystem=newer))
    assert "Fin de support" in [change.field for change in seen.lines[0].changes]
    run(store, machine(tmp_path, **at("2026-02-05"), operatingsystem=newer))
    assert one(store)["support_end"] == date(2026, 10, 13)
    with store.begin() as session:
        records.update(session, ENTITIES["asset"], one(store)["id"], {"support_end": date(2030, 1, 1)})
    run(store, machine(tmp_path, **at("2026-03-05"), operatingsystem=windows))
    assert one(store)["support_end"] == date(2030, 1, 1), "a date typed by hand stays"


def test_a_fleet_of_150_machines_in_a_folder(tmp_path: Path, store: Store) -> None:
    folder = tmp_path / "relevés"
    folder.mkdir()
    listed = [{"name": f"Logiciel {n}", "version": "1"} for n in range(200)]
    for number in range(150):
        told = machine(folder, f"PC-{number:03}.json", softwares=listed, bios={"ssn": f"SERIE{number:04}"},
                       hardware={"name": f"PC-{number:03}"}, memories=[])  # fmt: skip
        assert json.loads(told.read_text())
    assert run(store, folder).created == 150
    with store.read() as session:
        assert session.query(Installation).count() == 30_000
        assert session.query(Software).count() == 200
    assert counts(run(store, folder)) == (0, 0, 150, 0)


def test_an_empty_folder_is_told(tmp_path: Path, store: Store) -> None:
    (tmp_path / "vide").mkdir()
    with pytest.raises(Refused, match="aucun fichier"):
        run(store, tmp_path / "vide")
