import contextlib
import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.entities import ENTITIES
from app.errors import Refused, StaleRecord
from app.jobs import drain
from app.models import Asset
from app.services import export, records
from app.services.importing import Options, Reject, apply, apply_job, import_job, plan, plan_job
from app.storage import Store
from tests.services.importing.bench import (
    GLPI,
    computer,
    counts,
    inventory,
    linked,
    one,
    preview,
    read_file,
    rows,
    run,
    written,
)
from tests.services.importing.test_mapping import GLPI_LIST, SNIPE_ASSETS

PEOPLE = (
    "First Name,Last Name,Email,Location,Job Title,Start Date\nAnne,Roy,a.roy@ex.fr,Dijon,Chef,2022-03-18\nBob,,,,,\n"
)
SITES = "Nom;Adresse;Code postal;Ville\nSiège;1 rue du Port;21000;Dijon\nAgence;2 rue Basse;21200;Beaune\n"
PROVIDERS = "Raison sociale;SIRET;Téléphone;E-mail\nInfo 21;732 829 320 00074;03 80 00 00 00;aide@info21.fr\n"
TWINS = (
    "Désignation;Marque;Modèle;Famille\nSouris;Logitech;M90;Périphérique\n" + "Souris;Logitech;M90;Périphérique\n" * 2
)


@pytest.mark.parametrize("text", [GLPI_LIST, SNIPE_ASSETS, PEOPLE, SITES, PROVIDERS, TWINS])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_importing_twice_changes_nothing(tmp_path: Path, store: Store, text: str, encoding: str) -> None:
    path = written(tmp_path, text, encoding=encoding)
    first, second = run(store, path), run(store, path)
    assert first.created > 0
    assert counts(second) == (0, 0, first.created, len(first.rejects))


@pytest.mark.parametrize("name", ["computer_1.json", "printer_1.json"])
def test_a_real_inventory_twice(store: Store, name: str) -> None:
    created = run(store, GLPI / name).created
    assert counts(run(store, GLPI / name)) == (0, 0, created, 0)


@pytest.mark.skipif("PARCOMETRE_SAMPLES" not in os.environ, reason="no folder of samples is named")
def test_a_folder_of_samples(store: Store) -> None:
    """Every file of the folder is read or refused with a sentence, and read again without change."""
    read = 0
    for path in sorted(p for p in Path(os.environ["PARCOMETRE_SAMPLES"]).rglob("*") if p.is_file()):
        with contextlib.suppress(Refused):
            run(store, path)
            assert counts(run(store, path))[:2] == (0, 0), path.name
            read += 1
    assert read


def test_a_line_makes_what_it_names(tmp_path: Path, store: Store) -> None:
    result = run(store, written(tmp_path, GLPI_LIST))
    asset = one(store)
    with store.read() as session:
        assert linked(session, "site", asset["site_id"])["name"] == "Dijon"
        assert linked(session, "person", asset["person_id"])["last_name"] == "BONNIN"
        assert linked(session, "family", asset["family_id"])["name"] == "Ordinateur portable"
    assert asset["number"] == "INV-12"
    assert "À créer aussi\u00a0: 1\u00a0site (Dijon)." in result.notes


def test_the_preview_says_everything_and_writes_nothing(tmp_path: Path, store: Store) -> None:
    run(store, written(tmp_path, "N° de série;Marque;Modèle;Type;Site\nAAA1;Dell;5440;Portable;Dijon\n", "a.csv"))
    path = written(
        tmp_path,
        "N° de série;Marque;Modèle;Type;Site;Local;Date d'achat\n"
        "AAA1;Dell;5440;Portable;Beaune;;\n"
        "BBB2;HP;840;Portable;Dijon;2.04;01/02/2026\n"
        "CCC3;HP;E24;Écran;;;31/02/2026\n"
        ";;;;Dijon;;\n",
    )
    seen = preview(store, path)
    assert [(line.line, line.outcome, line.number, line.title) for line in seen.lines] == [
        (4, "refused", "", "HP E24"),
        (5, "refused", "", ""),
        (2, "changed", "PT-0001", "Dell 5440"),
        (3, "created", "PT-0002", "HP 840"),
    ]
    assert [line.detail for line in seen.lines[2:]] == ["", "Nouveau bien, Dijon, 2.04"]
    change = seen.lines[2].changes[0]
    assert (change.field, change.old, change.new) == ("Site", "Dijon", "Beaune")
    assert "ce jour n’existe pas" in seen.lines[0].detail
    assert (seen.writes, seen.fields_changed) == (2, 1)
    assert len(rows(store, "asset", "id")) == 1
    assert drain(apply_job(store, seen)).created == 1
    assert rows(store, "asset", "number", "purchased_on")[1] == ("PT-0002", date(2026, 2, 1))


def test_the_result_as_json(tmp_path: Path, store: Store) -> None:
    result = run(store, written(tmp_path, "N° de série;Type;Achat\nAAA1;PC;31/02/2026\nAAA2;PC;\n"))
    told = result.as_json()
    assert (told["crees"], told["modifies"], told["inchanges"]) == (1, 0, 0)
    (reject,) = told["rejets"]
    assert (reject["ligne"], reject["champ"]) == (2, "Achat")
    assert json.loads(json.dumps(told)) == told
    assert result.sentence() == "1\u00a0créé, 0\u00a0modifié, 0\u00a0inchangé, 1\u00a0refusé."
    assert "Rien n’a été écrit" in result.sentence(dry_run=True)
    assert result.rejects[0].sentence.startswith("ligne 2, Achat\u00a0: «")


@pytest.mark.parametrize(
    ("reject", "told"),
    [
        (Reject(None, "", "Non.", "a.pdf"), "a.pdf\u00a0: Non."),
        (Reject(3, "", "Non.", "a.csv"), "ligne 3\u00a0: Non."),
        (Reject(None, "", "Non."), "Non."),
    ],
)
def test_a_reject_as_a_sentence(reject: Reject, told: str) -> None:
    assert reject.sentence == told


def test_a_plan_is_applied_once(tmp_path: Path, store: Store) -> None:
    seen = preview(store, written(tmp_path, GLPI_LIST))
    drain(apply_job(store, seen))
    with pytest.raises(StaleRecord):
        drain(apply_job(store, seen))
    assert len(rows(store, "asset", "id")) == 1


def test_a_plan_older_than_a_change_is_not_applied(tmp_path: Path, store: Store) -> None:
    run(store, written(tmp_path, GLPI_LIST))
    seen = preview(store, written(tmp_path, GLPI_LIST.replace("Latitude", "Precision")))
    with store.begin() as session:
        records.update(session, ENTITIES["asset"], one(store)["id"], {"notes": "vu"})
    with pytest.raises(StaleRecord):
        drain(apply_job(store, seen))
    assert one(store)["model"] == "Latitude 5440"


def test_a_dry_run_writes_nothing(tmp_path: Path, store: Store) -> None:
    result = drain(import_job(store, [written(tmp_path, GLPI_LIST)], dry_run=True))
    assert counts(result) == (1, 0, 0, 0)
    assert rows(store, "asset", "id") == []


def test_a_cancelled_import_leaves_nothing(tmp_path: Path, store: Store) -> None:
    job = import_job(store, [written(tmp_path, GLPI_LIST)])
    next(job)
    next(job)
    job.close()
    assert rows(store, "asset", "id") == rows(store, "site", "id") == []


def test_an_import_is_one_act_that_can_be_undone(tmp_path: Path, store: Store) -> None:
    from app.storage.history import undo  # noqa: PLC0415

    run(store, written(tmp_path, SNIPE_ASSETS))
    action = store.last_action_id
    assert action is not None
    with store.begin("Annulation") as session:
        undo(session, action)
    assert [gone for (gone,) in rows(store, "asset", "deleted_at") if gone is None] == []


def test_an_empty_cell_takes_nothing_away(tmp_path: Path, store: Store) -> None:
    run(store, written(tmp_path, GLPI_LIST))
    with store.begin() as session:
        records.update(session, ENTITIES["asset"], one(store)["id"], {"room": "3.01", "notes": "à moi"})
    result = run(store, written(tmp_path, "Numéro de série;Lieu;Commentaires;Usager;Type\n7XKQ2M3;;–;;\n"))
    asset = one(store)
    assert counts(result) == (0, 0, 1, 0)
    assert (asset["room"], asset["notes"], asset["model"]) == ("3.01", "à moi", "Latitude 5440")


def test_a_partial_inventory_empties_nothing_and_makes_nothing(tmp_path: Path, store: Store) -> None:
    partial = {"deviceid": "PC-COMPTA-2026-01-05-09-00-00", "itemtype": "Computer", "partial": True,
               "content": {"versionclient": "x", "bios": {}, "storages": [{"disksize": 512000}]}}  # fmt: skip
    refused = run(store, inventory(tmp_path, partial, "b.json"))
    assert "Relevé partiel" in refused.rejects[0].message
    run(store, inventory(tmp_path, computer()))
    before = one(store)
    assert counts(run(store, inventory(tmp_path, partial, "b.json"))) == (0, 1, 0, 0)
    after = one(store)
    assert {n for n in before if before[n] != after[n]} - {"updated_at"} == {"disk_gb", "version"}


def test_an_older_survey_overwrites_nothing(tmp_path: Path, store: Store) -> None:
    run(store, inventory(tmp_path, computer(accesslog={"logdate": "2026-01-05 10:00:00"})))
    old = computer(accesslog={"logdate": "2025-01-05 10:00:00"}, hardware={"name": "PC-COMPTA", "memory": 4096})
    seen = preview(store, inventory(tmp_path, old))
    assert seen.lines[0].outcome == "unchanged"
    assert "plus ancien" in seen.lines[0].detail


def test_the_last_user_is_an_option(tmp_path: Path, store: Store) -> None:
    path = inventory(tmp_path, computer())
    run(store, path)
    assert one(store)["last_user"] is None
    run(store, path, options=Options(last_user=True))
    assert one(store)["last_user"] == "claire"


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"bios": {"smanufacturer": "DELL", "smodel": "OptiPlex 7010", "ssn": "7XKQ2M3"}}, "changed"),  # same uuid
        ({"hardware": {"name": "NOUVEAU", "memory": 16384}}, "changed"),  # same serial, same brand
        ({"hardware": {"name": "PC-COMPTA"}, "bios": {}}, "unchanged"),  # the name alone, not contradicted
        ({"hardware": {"name": "PC-COMPTA"}, "bios": {"ssn": "AUTRE9"}}, "created"),  # a new machine of that name
        ({"bios": {"smanufacturer": "HP", "ssn": "AUTRE9"}}, "created"),  # uuid shared by a bad batch
        (
            {"hardware": {"name": "XY"}, "bios": {"smanufacturer": "HP", "ssn": "7XKQ2M3"}},
            "refused",
        ),  # serial of a Dell
        ({"hardware": {"name": "XY"}, "bios": {"ssn": "7XKQ2M3"}}, "changed"),  # serial alone, brand missing
    ],
)
def test_how_a_machine_is_known_again(tmp_path: Path, store: Store, change: dict[str, Any], outcome: str) -> None:
    run(store, inventory(tmp_path, computer()))
    (line,) = preview(store, inventory(tmp_path, computer(**change, operatingsystem={}))).lines
    assert line.outcome == outcome
    if outcome == "refused":
        assert "PC-0001" in line.detail


def test_a_mac_address_is_a_key_unless_a_serial_says_otherwise(tmp_path: Path, store: Store) -> None:
    nets = [{"description": "e", "mac": "00:11:22:33:44:55", "pciid": "8086:15BB:1028:0869"}]
    run(store, inventory(tmp_path, computer(networks=nets)))
    same = computer(networks=nets, hardware={"name": "AUTRE"}, bios={})
    other = computer(networks=nets, hardware={"name": "AUTRE"}, bios={"ssn": "ZZZ999"})
    assert preview(store, inventory(tmp_path, same)).lines[0].outcome == "changed"
    assert preview(store, inventory(tmp_path, other)).lines[0].outcome == "created"


def test_a_list_and_an_inventory_meet(tmp_path: Path, store: Store) -> None:
    """The same machine in two files of one import: one asset, completed by the second."""
    listed = written(tmp_path, "Nom;Numéro de série;Type;Lieu\nPC-COMPTA;7XKQ2M3;PC;Dijon\n")
    seen = preview(store, listed, inventory(tmp_path, computer()))
    assert [line.notes for line in seen.lines] == [(), ()]
    result = run(store, listed, inventory(tmp_path, computer()))
    asset = one(store)
    assert counts(result) == (1, 1, 0, 0)
    assert (asset["serial"], asset["memory_mb"], asset["number"]) == ("7XKQ2M3", 16384, "PC-0001")
    assert asset["site_id"] is not None


def test_the_second_line_of_one_asset_is_refused(tmp_path: Path, store: Store) -> None:
    text = "N° de série;Marque;Type;Local\nAAA1;Dell;PC;1\nBBB2;Dell;PC;2\nAAA1;Dell;PC;3\n"
    result = run(store, written(tmp_path, text))
    assert counts(result) == (2, 0, 0, 1)
    assert (result.rejects[0].line, "ligne 2" in result.rejects[0].message) == (4, True)
    assert one_room(store, "AAA1") == "1"


def one_room(store: Store, serial: str) -> str:
    return str(next(room for number, room in rows(store, "asset", "serial", "room") if number == serial))


def test_things_without_number_stay_as_many(tmp_path: Path, store: Store) -> None:
    run(store, written(tmp_path, TWINS))
    assert len(rows(store, "asset", "id")) == 3


def test_numbers_of_the_file_are_kept_and_the_counter_follows(tmp_path: Path, store: Store) -> None:
    run(store, written(tmp_path, "N°;N° de série;Famille\nPC-0007;AAA1;Poste fixe\n;AAA2;Poste fixe\n"))
    assert [number for (number,) in rows(store, "asset", "number")] == ["PC-0007", "PC-0008"]
    with store.begin() as session:
        family = rows(store, "asset", "family_id")[0][0]
        new = records.create(session, ENTITIES["asset"], {"family_id": family})
        assert records.get(session, ENTITIES["asset"], new).values["number"] == "PC-0009"


def test_the_number_given_is_never_taken_back(tmp_path: Path, store: Store) -> None:
    run(store, written(tmp_path, "N° de série;Famille\nAAA1;Poste fixe\n"))
    seen = preview(store, written(tmp_path, "N°;N° de série\nX-1;AAA1\n"))
    assert (seen.lines[0].outcome, seen.lines[0].number) == ("unchanged", "PC-0001")
    assert "N° gardé\u00a0: PC-0001" in seen.lines[0].detail


def test_a_number_that_is_another_machine_is_refused(tmp_path: Path, store: Store) -> None:
    run(store, written(tmp_path, "N°;N° de série;Famille\nX-1;AAA1;Poste fixe\n"))
    (line,) = preview(store, written(tmp_path, "N°;N° de série\nX-1;BBB2\n")).lines
    assert (line.outcome, line.rejects[0].field) == ("refused", "N°")


def test_what_is_in_the_bin_is_not_made_again(tmp_path: Path, store: Store) -> None:
    path = written(tmp_path, GLPI_LIST)
    run(store, path)
    with store.begin() as session:
        records.to_bin(session, ENTITIES["asset"], [one(store)["id"]])
    result = run(store, path)
    assert "corbeille" in result.rejects[0].message
    with store.begin() as session:
        records.restore(session, ENTITIES["asset"], [one(store)["id"]])
        records.to_bin(session, ENTITIES["site"], [one(store)["site_id"]])
    assert "Dijon" in run(store, path).rejects[0].message


def test_a_family_chosen_by_the_manager_stays(tmp_path: Path, store: Store) -> None:
    path = inventory(tmp_path, computer())
    run(store, path)
    with store.begin() as session:
        server = next(i for i, name in rows(store, "family", "id", "name") if name == "Serveur")
        records.update(session, ENTITIES["asset"], one(store)["id"], {"family_id": server})
    assert counts(run(store, path)) == (0, 0, 1, 0)


def test_an_unknown_kind_becomes_a_family(tmp_path: Path, store: Store) -> None:
    run(
        store,
        written(tmp_path, "N° de série;Type\nAAA1;Caisse enregistreuse\nAAA2;Caisse enregistreuse\nAAA3;Caisson\n"),
    )
    assert [n for (n,) in rows(store, "asset", "number")] == ["CAI-0001", "CAI-0002", "CAI2-0001"]


def test_a_column_of_unknown_words_is_no_list_of_families(tmp_path: Path, store: Store) -> None:
    lines = "".join(f"SN-{i:03},truc{i}\n" for i in range(30))
    result = run(store, written(tmp_path, "Serial,Category\n" + lines))
    assert len(rows(store, "family", "id")) == 16
    assert any("30\u00a0catégories inconnues" in note for note in result.notes)
    assert counts(run(store, written(tmp_path, "Serial,Category\n" + lines))) == (0, 0, 30, 0)


def test_an_asset_needs_a_family_or_a_list_without_any(tmp_path: Path, store: Store) -> None:
    (line,) = preview(store, written(tmp_path, "N° de série;Type\nAAA1;\n")).lines
    assert line.detail == "Famille vide\u00a0: indiquez par exemple «\u00a0Écran\u00a0»."
    run(store, written(tmp_path, "N° de série;Local\nAAA1;2\n"))
    assert one(store)["number"] == "DIV-0001"


def test_dates_out_of_order_are_refused(tmp_path: Path, store: Store) -> None:
    text = "N° de série;Type;Date d'achat;Fin de garantie\nAAA1;PC;01/06/2026;01/06/2025\n"
    (reject,) = run(store, written(tmp_path, text)).rejects
    assert (reject.field, reject.message) == ("Garantie", "La garantie finit avant l’achat.")


def test_people_are_known_by_address_then_by_name(tmp_path: Path, store: Store) -> None:
    run(store, written(tmp_path, "Nom;Prénom;Courriel\nRoy;Anne;a.roy@ex.fr\nDupont;Jean;\n"))
    text = ("Nom;Prénom;Courriel;Fonction\nRoy-Petit;Anne;A.ROY@ex.fr;Chef\nDUPONT;Jean;;Comptable\n"
            "Roy;Anne;anne.roy2@ex.fr;Stagiaire\n")  # fmt: skip
    outcomes = {line.line: line.outcome for line in preview(store, written(tmp_path, text)).lines}
    assert outcomes == {2: "changed", 3: "changed", 4: "created"}


def test_a_login_finds_the_person_of_that_address(tmp_path: Path, store: Store) -> None:
    run(store, written(tmp_path, "Nom;Prénom;Courriel\nRoy;Anne;aroy@ex.fr\n"))
    run(store, written(tmp_path, "N° de série;Type;Usager\nAAA1;PC;aroy\nAAA2;PC;roy anne\n"))
    assert rows(store, "asset", "person_id") == [(1,), (1,)]
    assert len(rows(store, "person", "id")) == 1


def test_two_people_of_one_name_cannot_be_told_apart(tmp_path: Path, store: Store) -> None:
    run(store, written(tmp_path, "Nom;Prénom;Courriel\nRoy;Anne;a@ex.fr\nRoy;Anne;b@ex.fr\n"))
    result = run(store, written(tmp_path, "N° de série;Type;Usager\nAAA1;PC;Anne Roy\n"))
    assert "impossible de choisir" in result.rejects[0].message


def test_files_of_several_kinds_at_once(tmp_path: Path, store: Store) -> None:
    """People before the assets that name them, whatever the order of the files; a bad file stops no other."""
    assets = written(tmp_path, "N° de série;Type;Usager\nAAA1;PC;Roy Anne\n", "1.csv")
    people = written(tmp_path, PEOPLE, "2.csv")
    bad = written(tmp_path, "%PDF-1.4", "3.csv", "utf-8")
    result = run(store, assets, people, bad)
    assert counts(result) == (3, 0, 0, 1)
    assert "abîmé" in result.rejects[-1].message
    assert rows(store, "asset", "person_id") == [(1,)]
    with pytest.raises(Refused, match="abîmé"):
        run(store, bad)


def test_two_files_of_one_name_are_two_files(tmp_path: Path, store: Store) -> None:
    (tmp_path / "b").mkdir()
    first = written(tmp_path, "N° de série;Type\nAAA1;PC\n")
    second = written(tmp_path / "b", "N° de série;Type\nAAA1;PC\n")
    assert counts(run(store, first, second)) == (1, 0, 1, 0)


@pytest.mark.parametrize("key", ["asset", "person", "site", "provider", "family"])
def test_our_own_export_is_read_back_unchanged(tmp_path: Path, store: Store, key: str) -> None:
    for number, text in enumerate((GLPI_LIST, SNIPE_ASSETS, PEOPLE, SITES, PROVIDERS)):
        run(store, written(tmp_path, text, f"{number}.csv"))
    run(store, GLPI / "computer_1.json")
    out = tmp_path / "export.csv"
    drain(export.list_job(store, ENTITIES[key], out))
    result = run(store, out)
    assert counts(result) == (0, 0, len(rows(store, key, "id")), 0)


def test_contracts_with_their_provider(tmp_path: Path, store: Store) -> None:
    path = written(tmp_path, "N°;Objet;Prestataire;Date d’effet\n;Parc;Info 21;01/01/2026\nC-9;Lignes;Info 21;1/2/26\n")
    assert counts(run(store, path)) == (2, 0, 0, 0)
    assert [number for (number,) in rows(store, "contract", "number")] == [f"CT-{datetime.now(UTC).year}-01", "C-9"]
    assert rows(store, "provider", "name") == [("Info 21",)]


def test_what_must_be_unique_is_not_given_twice(tmp_path: Path, store: Store) -> None:
    (line,) = preview(store, written(tmp_path, "Nom;Début du numéro;Durée de vie visée\nBorne;PC;5\n")).lines
    assert (line.outcome, line.detail) == ("refused", "Début du numéro\u00a0: déjà porté par Poste fixe.")
    run(store, written(tmp_path, "Nom;N° de série;Type\nPC-1;AAA1;PC\nPC-2;;PC\n"))
    (line,) = preview(store, written(tmp_path, "N°;N° de série\nPC-0002;AAA1\n")).lines
    assert line.outcome == "unchanged"


def test_a_serial_number_that_another_asset_bears(tmp_path: Path, store: Store) -> None:
    run(store, inventory(tmp_path, computer(bios={"smanufacturer": "Dell"})))
    run(store, written(tmp_path, "N° de série;Marque;Type\nZZ77;HP;PC\n"))
    change = computer(bios={"smanufacturer": "Dell", "ssn": "ZZ77"})
    (line,) = preview(store, inventory(tmp_path, change)).lines
    assert line.detail == "N° de série\u00a0: déjà porté par PC-0002 HP."


def test_a_name_on_the_network_that_two_assets_bear(tmp_path: Path, store: Store) -> None:
    run(store, written(tmp_path, "Nom;N° de série;Type\nPC-9;AAA1;PC\nPC-9;AAA2;PC\n"))
    (line,) = preview(store, written(tmp_path, "Nom;Local\nPC-9;2.04\n")).lines
    assert "2\u00a0biens s’appellent PC-9" in line.detail


def test_a_tag_of_the_maker_does_not_take_a_number_already_given(tmp_path: Path, store: Store) -> None:
    run(store, written(tmp_path, "N°;N° de série;Type\nTAG-1;AAA1;PC\n"))
    bios = {"smanufacturer": "Dell", "ssn": "BBB2", "assettag": "TAG-1"}
    run(store, inventory(tmp_path, computer(bios=bios)))
    assert [number for (number,) in rows(store, "asset", "number")] == ["TAG-1", "PC-0001"]


def test_a_number_typed_by_hand_is_passed_over(tmp_path: Path, store: Store) -> None:
    with store.begin() as session:
        family = records.choices(session, "family", "Poste fixe")[0][0]
        session.add(Asset(number="PC-0001", family_id=family))
    run(store, written(tmp_path, "N° de série;Type\nAAA1;Poste fixe\n"))
    assert [number for (number,) in rows(store, "asset", "number")] == ["PC-0001", "PC-0002"]


@pytest.mark.parametrize(
    ("head", "cell", "told"),
    [("Usager", "x" * 90, "trop long"), ("E-mail", "inconnu@ex.fr", "son nom manque"), ("Lieu", "x" * 90, "trop long")],
)
def test_a_link_that_cannot_be_made(tmp_path: Path, store: Store, head: str, cell: str, told: str) -> None:
    result = run(store, written(tmp_path, f"N° de série;Type;{head}\nAAA1;PC;{cell}\n"))
    assert told in result.rejects[0].message
    assert rows(store, "asset", "id") == []


def test_a_change_that_breaks_the_order_of_dates_is_refused(tmp_path: Path, store: Store) -> None:
    run(store, written(tmp_path, "N° de série;Type;Achat\nAAA1;PC;01/06/2026\n"))
    (line,) = preview(store, written(tmp_path, "N° de série;Garantie\nAAA1;01/06/2025\n")).lines
    assert (line.outcome, line.number) == ("refused", "PC-0001")


def test_plan_and_apply_within_the_callers_transaction(tmp_path: Path, store: Store) -> None:
    source = read_file(written(tmp_path, GLPI_LIST), Options())
    with store.begin() as session:
        assert apply(session, plan(session, [source])).created == 1
        assert session.in_transaction()


def test_five_thousand_lines(tmp_path: Path, store: Store) -> None:
    lines = "".join(f"PC-{i:05};SN{i:07};Dell;Latitude 5440;Portable;Dijon;Martin{i % 300} Jean\n" for i in range(5000))
    path = written(tmp_path, "Nom;Numéro de série;Fabricant;Modèle;Type;Lieu;Usager\n" + lines)
    steps = list(plan_job(store, [path]))
    assert len(steps) > 10
    assert counts(run(store, path)) == (5000, 0, 0, 0)
    assert len(rows(store, "person", "id")) == 300
    assert counts(run(store, path)) == (0, 0, 5000, 0)


def test_lines_alike_of_a_list_without_key_stay_as_many(tmp_path: Path, store: Store) -> None:
    run(store, written(tmp_path, "N° de série;Type\nSN-44;Poste fixe\n", "a.csv"))
    path = written(tmp_path, "Bien;Nature;Désignation;Taille\n" + "PC-0001;Mémoire;DDR4;8 Go\n" * 3, "b.csv")
    assert counts(run(store, path)) == (3, 0, 0, 0)
    assert counts(run(store, path)) == (0, 0, 3, 0)
    more = written(tmp_path, "Bien;Nature;Désignation;Taille\n" + "PC-0001;Mémoire;DDR4;8 Go\n" * 5, "c.csv")
    assert counts(run(store, more)) == (2, 0, 3, 0)


def test_a_record_that_must_exist_is_not_made_from_its_name(tmp_path: Path, store: Store) -> None:
    result = run(store, written(tmp_path, "Bien;Nature;Désignation\nPC-9999;Mémoire;DDR4\n"))
    assert [(reject.field, reject.message) for reject in result.rejects] == [
        ("Bien", "Bien inconnu\u00a0: «\u00a0PC-9999\u00a0»."),
    ]


def test_a_machine_known_by_its_name_alone_is_said_to_be(tmp_path: Path, store: Store) -> None:
    run(store, written(tmp_path, "Nom d'hôte;Type\nPC-COMPTA;PC\n"))
    path = inventory(tmp_path, computer())
    (line,) = preview(store, path).lines
    assert (line.outcome, "seul nom" in line.detail) == ("changed", True)
    run(store, path)
    assert preview(store, path).lines[0].notes == ()


def test_a_first_name_alone_is_a_name(tmp_path: Path, store: Store) -> None:
    path = written(tmp_path, PEOPLE)
    assert counts(run(store, path)) == (2, 0, 0, 0)
    assert rows(store, "person", "first_name", "last_name") == [("Anne", "Roy"), (None, "Bob")]
    assert counts(run(store, path)) == (0, 0, 2, 0)
