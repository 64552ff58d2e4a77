"""What the columns of a list fill: guessed, told by a person, remembered, forgotten; sheets; families' own fields."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from app.entities import ENTITIES
from app.errors import Refused
from app.jobs import drain
from app.models.codes import FieldKind
from app.services import records
from app.services.importing import (
    Options,
    TableView,
    UnknownColumns,
    apply_job,
    forget,
    importable,
    plan_job,
    read_columns,
    remember,
    remembered,
    table_job,
    targets,
)
from app.services.importing.entries import NO_RESULT
from app.storage import Store
from tests.services.importing.bench import GLPI, counts, inventory, one, preview, rows, run, written

ODD = "Engin;Usine;Matricule;Coin\nPC-1;Dell;SN12345;Atelier\nPC-2;HP;SN67890;Bureau\n"
HEADINGS = ("Engin", "Usine", "Matricule", "Coin")
TOLD = {"Engin": "hostname", "Usine": "Marque", "Matricule": "N° de série", "Coin": None}


def view(store: Store, path: Path, options: Options | None = None) -> TableView:
    return drain(table_job(store, path, options))


def test_headings_that_tell_nothing_are_told_by_a_person(tmp_path: Path, store: Store) -> None:
    path = written(tmp_path, ODD)
    with pytest.raises(UnknownColumns, match="Engin, Usine"):
        preview(store, path)
    shown = view(store, path)
    assert (shown.entity, shown.headings, shown.targets) == ("asset", HEADINGS, (None,) * 4)
    assert shown.rows[0] == ("PC-1", "Dell", "SN12345", "Atelier")
    assert run(store, path, options=Options(columns=TOLD)).created == 2
    assert rows(store, "asset", "hostname", "brand", "serial", "room") == [
        ("PC-1", "Dell", "SN12345", None),
        ("PC-2", "HP", "SN67890", None),
    ]


def test_what_was_told_is_remembered_until_forgotten(tmp_path: Path, store: Store) -> None:
    path = written(tmp_path, ODD)
    run(store, path, options=Options(columns=TOLD))
    seen = preview(store, path)
    assert seen.count("unchanged") == 2
    assert "Colonnes lues comme la dernière fois." in seen.notes
    table = seen.files[0].table
    assert table
    assert (table.origin, table.targets) == ("remembered", ("hostname", "brand", "serial", None))
    with pytest.raises(UnknownColumns):
        preview(store, path, options=Options(from_memory=False))
    with store.begin() as session:
        forget(session, HEADINGS)
        forget(session, ("Jamais", "vu"))
        assert remembered(session, HEADINGS) is None
    with pytest.raises(UnknownColumns):
        preview(store, path)


def test_a_preview_remembers_nothing_and_its_import_does(tmp_path: Path, store: Store) -> None:
    path = written(tmp_path, ODD)
    seen = drain(plan_job(store, [path], Options(columns=TOLD)))
    with store.read() as session:
        assert remembered(session, HEADINGS) is None
    drain(apply_job(store, seen))
    with store.read() as session:
        kept = remembered(session, HEADINGS)
    assert kept
    assert (kept.entity, kept.targets) == ("asset", ("hostname", "brand", "serial", None))


def test_each_file_may_have_its_own_columns(tmp_path: Path, store: Store) -> None:
    first, second = written(tmp_path, ODD, "a.csv"), written(tmp_path, "Qui;Où\nClaire Bonnin;Dijon\n", "b.csv")
    own = {second: Options(entity="person", columns={"Qui": "@full", "Où": "site_id"})}
    seen = drain(plan_job(store, [first, second], Options(columns=TOLD), own))
    assert [(line.entity, line.outcome) for line in seen.lines] == [
        ("asset", "created"),
        ("asset", "created"),
        ("person", "created"),
    ]


def test_a_memory_of_fields_that_are_no_more(tmp_path: Path, store: Store) -> None:
    path = written(tmp_path, ODD)
    with store.begin() as session:
        remember(session, HEADINGS, "asset", ("hostname", "no such field", "serial", "+disparu"))
    table = preview(store, path).files[0].table
    assert table
    assert table.targets == ("hostname", None, "serial", None)
    with store.begin() as session:
        remember(session, HEADINGS, "no such entity", ())
    with pytest.raises(UnknownColumns):
        preview(store, path)
    with store.begin() as session:
        remember(session, HEADINGS, "person", ("last_name", None, None, None))
    assert preview(store, path, options=Options(entity="asset", columns=TOLD)).count("created") == 2


def test_one_column_told_and_the_others_guessed(tmp_path: Path, store: Store) -> None:
    path = written(tmp_path, "N° de série;Truc;Marque\nSN-44;PC-9;Dell\n")
    table = view(store, path, Options(columns={1: "hostname", "Marque": None}))
    assert (table.targets, table.origin) == (("serial", "hostname", None), "told")
    moved = view(store, path, Options(columns={"Truc": "brand"}))
    assert moved.targets == ("serial", "brand", None), "one column for each target"


@pytest.mark.parametrize(
    ("columns", "told"),
    [({"Truc": "serial"}, "Truc"), ({9: "serial"}, "9"), ({"Usine": "zut"}, "pas un champ de bien")],
)
def test_columns_told_wrong_are_refused(tmp_path: Path, store: Store, columns: dict[Any, str], told: str) -> None:
    with pytest.raises(Refused, match=told):
        preview(store, written(tmp_path, ODD), options=Options(columns=columns))


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Usine=Marque;Coin=-", {"Usine": "Marque", "Coin": None}),
        ("#2=brand; a=b = serial ;", {1: "brand", "a=b": "serial"}),
        ("Coin=", {"Coin": None}),
    ],
)
def test_columns_written_on_a_line(text: str, columns: dict[Any, Any]) -> None:
    assert read_columns(text) == columns


@pytest.mark.parametrize("text", ["", "Marque", ";;", "=serial", "absent.json"])
def test_columns_written_wrong(text: str) -> None:
    with pytest.raises(Refused, match="correspondance"):
        read_columns(text)


def test_columns_written_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "colonnes.json"
    path.write_text(json.dumps({"Usine": "Marque", "Coin": None}), encoding="utf-8-sig")
    assert read_columns(str(path)) == {"Usine": "Marque", "Coin": None}
    for wrong in ("[1]", '{"a": 1}', "{"):
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(Refused):
            read_columns(str(path))


def test_what_columns_may_fill(store: Store) -> None:
    with store.read() as session:
        found = {target.name: target for target in targets(session, "asset")}
        person = [target.label for target in targets(session, "person")]
    assert found["family_id"].required
    assert (found["number"].label, found["@full"].group) == ("N°", "À répartir")
    assert found["+definition"].group == "Champs des familles"
    assert {"Nom", "Nom complet", "Courriel"} <= set(person)
    assert [entity.key for entity in importable()][:2] == ["asset", "person"]
    assert {"licence", "software", "support_end", "need"} <= {entity.key for entity in importable()}


def test_an_inventory_has_no_columns(store: Store) -> None:
    with pytest.raises(Refused, match="pas de colonnes"):
        view(store, GLPI / "computer_1.json")


# Workbooks


def workbook(folder: Path, **sheets: list[list[Any]]) -> Path:
    made = Workbook()
    for name, lines in sheets.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(line)
    path = folder / "parc.xlsx"
    made.save(path)
    return path


def test_a_sheet_is_chosen(tmp_path: Path, store: Store) -> None:
    path = workbook(
        tmp_path,
        Parc=[["N° de série", "Marque"], ["SN-44", "Dell"]],
        Gens=[["Nom", "Prénom", "Courriel"], ["Bonnin", "Claire", "c@ex.fr"]],
    )
    table = view(store, path)
    assert (table.sheets, table.sheet, table.entity) == (("Sheet", "Parc", "Gens"), "Parc", "asset")
    assert view(store, path, Options(sheet="gens")).entity == "person"
    assert run(store, path, options=Options(sheet="Gens")).created == 1


def test_headings_under_a_title_and_a_total_below(tmp_path: Path, store: Store) -> None:
    path = workbook(
        tmp_path,
        Parc=[["Parc de l’entreprise", None, None], [], ["Édité le", "05/01/2026", None],
              ["N° de série", "Marque", "Prix HT"], ["SN-44", "Dell", 104.16666666666667], ["SN-45", "HP", 12],
              [None, None, None], ["Total", None, "=SUM(C5:C6)"]],
    )  # fmt: skip
    seen = preview(store, path)
    assert counts(run(store, path)) == (2, 0, 0, 0)
    assert rows(store, "asset", "price") == [(10417,), (1200,)]
    assert "Titres lus à la ligne 4." in seen.notes
    assert "Ligne 8 («\u00a0Total\u00a0») laissée de côté." in seen.notes


def test_a_formula_without_result_refuses_its_line(tmp_path: Path, store: Store) -> None:
    path = workbook(tmp_path, Parc=[["N° de série", "Prix HT", "Truc"], ["SN-44", "=1+1", "=2"], ["SN-45", 3, "=2"]])
    result = run(store, path)
    assert (result.created, [(r.line, r.field, r.message) for r in result.rejects]) == (
        1,
        [(2, "Prix HT", NO_RESULT)],
    )


# Fields of families


def add_field(store: Store, family: int, label: str, kind: FieldKind, **more: Any) -> None:
    with store.begin() as session:
        values = {"family_id": family, "label": label, "kind": kind, **more}
        records.create(session, ENTITIES["family_field"], values)


def family(store: Store, name: str) -> int:
    return next(int(found) for found, label in rows(store, "family", "id", "name") if label == name)


OWN = (
    "N° de série;Type;Marqueur (kg);Marqueur;Étage\n"
    "SN-44;Poste fixe;12,5;;2\nSN-45;Écran;;bleu;\nSN-46;Serveur;;;\nSN-47;Écran;;vert;3\n"
)


def test_columns_fill_the_fields_that_families_have_of_their_own(tmp_path: Path, store: Store) -> None:
    add_field(store, family(store, "Poste fixe"), "Marqueur", FieldKind.NUMBER, unit="kg")
    add_field(store, family(store, "Poste fixe"), "Étage", FieldKind.TEXT)
    add_field(store, family(store, "Écran"), "Marqueur", FieldKind.CHOICE, options="bleu\nrouge")
    path = written(tmp_path, OWN)
    seen = preview(store, path)
    notes = {line.line: line.notes for line in seen.lines}
    assert notes[5][0].startswith("Marqueur laissé de côté. Choisissez dans la liste")
    assert notes[5][1] == "Étage\u00a0: ce bien n’est pas d’une famille qui l’a."
    run(store, path)
    kept = {row[0]: (sorted(row[1].values()), row[2]) for row in rows(store, "asset", "serial", "extra", "extra_words")}
    assert kept == {
        "SN-44": (["12.5", "2"], "12.5 2"), "SN-45": (["bleu"], "bleu"), "SN-46": ([], None), "SN-47": ([], None),
    }  # fmt: skip
    assert counts(run(store, path))[:2] == (0, 0)
    changed = written(tmp_path, "N° de série;Marqueur (kg)\nSN-44;13 kg\nSN-45;\n")
    (line,) = [one_line for one_line in preview(store, changed).lines if one_line.outcome == "changed"]
    assert [(c.field, c.old, c.new) for c in line.changes] == [("Marqueur", "12,5\u00a0kg", "13\u00a0kg")]


def test_fields_that_their_unit_alone_tells_apart(tmp_path: Path, store: Store) -> None:
    for name, unit in (("Serveur", "Go"), ("NAS", "To")):
        add_field(store, family(store, name), "Réserve", FieldKind.NUMBER, unit=unit)
    path = written(tmp_path, "N° de série;Type;Réserve (Go);Réserve (To)\nSN-44;Serveur;500;\nSN-45;NAS;;2\n")
    run(store, path)
    kept = [list(extra.values()) for (extra,) in rows(store, "asset", "extra")]
    assert kept == [["500"], ["2"]]


def test_a_formula_without_result_leaves_its_own_field_alone(tmp_path: Path, store: Store) -> None:
    add_field(store, family(store, "Écran"), "Marqueur", FieldKind.TEXT)
    path = workbook(tmp_path, Parc=[["N° de série", "Type", "Marqueur"], ["SN-44", "Écran", "=1"]])
    result = run(store, path)
    assert [reject.message for reject in result.rejects] == [NO_RESULT]


# Assets that left


def test_an_asset_gone_with_personal_data_asks_for_its_proofs(tmp_path: Path, store: Store) -> None:
    path = written(tmp_path, "N° de série;Type;Statut;Données personnelles\nSN-44;Poste fixe;Sorti;Oui\n")
    result = run(store, path)
    assert [(reject.field, "sans preuve" in reject.message) for reject in result.rejects] == [("Statut", True)]
    assert counts(result) == (0, 0, 0, 1)


def test_assets_gone_before_the_import(tmp_path: Path, store: Store) -> None:
    path = written(tmp_path, "N° de série;Type;Statut\nSN-44;Écran;Archived\n")
    (line,) = preview(store, path).lines
    assert "Déjà sorti du parc" in line.notes[0]
    run(store, path)
    assert one(store)["retired_on"] is not None
    assert counts(run(store, path)) == (0, 0, 1, 0)
    back = written(tmp_path, "N° de série;Statut\nSN-44;En service\n")
    (line,) = preview(store, back).lines
    assert (line.outcome, "depuis sa fiche" in line.detail) == ("unchanged", True)


def test_the_reading_says_what_a_machine_file_without_anything_is(tmp_path: Path, store: Store) -> None:
    result = run(
        store, inventory(tmp_path, {"content": {"hardware": {"memory": 4}, "bios": {}}, "itemtype": "Computer"})
    )
    assert "Rien n’identifie ce bien" in result.rejects[0].message
