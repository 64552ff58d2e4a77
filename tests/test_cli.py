"""The command line: what each command does, says and answers."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader, PdfWriter

from app import __main__
from app.models import Visit
from app.storage import open_store

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "tests" / "samples" / "glpi-inventory_format"
Run = Callable[..., int]
Json = Callable[..., Any]


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return tmp_path / "morvan.parc"


@pytest.fixture
def run(base: Path) -> Run:
    """Run a command on the base; gives its exit code."""

    def command(*words: object) -> int:
        return __main__.main(["--base", str(base), *map(str, words)])

    return command


@pytest.fixture
def answered(run: Run, capsys: pytest.CaptureFixture[str]) -> Json:
    """The JSON that a command printed."""

    def read(*words: object) -> Any:
        capsys.readouterr()
        assert run(*words, "--json") == 0
        return json.loads(capsys.readouterr().out)

    return read


@pytest.fixture
def example(run: Run) -> Run:
    assert run("demo") == 0
    return run


def test_the_example_fills_an_empty_base_only(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("demo", "--biens", "70", "--tickets", "20", "--graine", "3") == 0
    assert "prête" in capsys.readouterr().out
    assert run("demo") == 1
    assert "n’est pas vide" in capsys.readouterr().err


def test_invoices_are_recognised_by_what_they_hold(
    run: Run, answered: Json, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Beside a list, from a folder, twice; a PDF that is only a picture is refused with its sentence and code 1."""
    folder = tmp_path / "reçus"
    folder.mkdir()
    shutil.copy(SAMPLES.parent / "factur-x" / "Facture_FR_EN16931.pdf", folder / "sans-suffixe")
    (folder / "gens.csv").write_text("Nom;Prénom;Courriel\nRoy;Anne;anne@ex.fr\n", encoding="utf-8")
    told = answered("importer", folder)
    assert told["crees"] == 1
    assert [(one["etat"], one["numero"], one["ttc_centimes"]) for one in told["factures"]] == [
        ("enregistrée", "FA-2017-0010", 67115)
    ]
    assert answered("importer", folder / "sans-suffixe")["factures"][0]["etat"] == "déjà là"
    assert run("importer", folder / "sans-suffixe") == 0
    assert "Facture FA-2017-0010 de Au bon moulin, 671,15\u00a0€ TTC\u00a0: déjà" in capsys.readouterr().out
    assert run("lister", "factures") == 0
    assert "FA-2017-0010" in capsys.readouterr().out
    image = tmp_path / "image.pdf"
    with image.open("wb") as file:
        writer = PdfWriter()
        writer.add_blank_page(100, 100)
        writer.write(file)
    assert run("importer", image) == 1
    assert "PDF sans données de facture" in capsys.readouterr().err


def test_a_list_of_tickets_is_known_by_its_headings(
    run: Run, answered: Json, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "glpi.csv", tmp_path / "suite.csv"
    good.write_text("ID;Titre;Date d'ouverture;Priorité\n1;Panne;01/06/2026 09:30;Haute\n", encoding="utf-8")
    bad.write_text(good.read_text(encoding="utf-8") + "2;X;hier;\n", encoding="utf-8")
    made = answered("importer", good, SAMPLES / "printer_1.json")
    assert (made["tickets"]["ajoutes"], made["crees"] > 0) == (1, True)
    assert (run("importer", bad), run("importer", "tickets", bad)) == (1, 1)
    told = capsys.readouterr()
    assert "1\u00a0inchangé, 1\u00a0ligne refusée." in told.out
    assert "n’est pas une date et une heure" in told.err
    run("importer", good, "--liste", "biens", "--essai")
    assert "ticket" not in capsys.readouterr().out


def test_importing_twice_changes_nothing(run: Run, answered: Json, capsys: pytest.CaptureFixture[str]) -> None:
    files = [SAMPLES / "computer_1.json", SAMPLES / "printer_1.json"]
    nothing = {"crees": 0, "modifies": 0, "inchanges": 0, "rejets": []}
    assert answered("importer", *files, "--essai") == nothing | {"crees": 3}
    assert answered("importer", *files) == nothing | {"crees": 3}
    assert answered("importer", *files) == nothing | {"inchanges": 3}
    assert run("importer", *files) == 0
    assert "3" in capsys.readouterr().out


def test_what_a_list_holds_is_said_on_the_command_line(run: Run, answered: Json, tmp_path: Path) -> None:
    table = tmp_path / "parc.csv"
    table.write_text("Engin;Usine;Matricule\nPC-1;Dell;SN12345\n", encoding="utf-8")
    assert run("importer", table) == 1
    told = "Engin=hostname;Usine=Marque;Matricule=N° de série"
    assert answered("importer", table, "--correspondance", told)["crees"] == 1
    assert answered("importer", table)["inchanges"] == 1, "what was told is remembered"
    assert answered("lister", "biens")[0]["brand"] == "Dell"
    people = tmp_path / "gens.csv"
    people.write_text("Qui\nBonnin Claire\n", encoding="utf-8")
    options = ("--liste", "personnes", "--correspondance", "#1=Nom complet")
    assert answered("importer", people, *options)["crees"] == 1
    assert run("importer", people, "--correspondance", "sans champ") == 1
    assert run("importer", people, "--liste", "licornes") == 1


def test_a_sheet_and_the_last_user_are_asked_for(answered: Json) -> None:
    book = SAMPLES.parent / "tableaux" / "parc.ods"
    assert answered("importer", book, "--feuille", "parc 2026")["crees"] == 2
    assert answered("importer", SAMPLES / "computer_1.json", "--dernier-utilisateur")["crees"] == 2
    assert {asset["last_user"] for asset in answered("lister", "biens")} == {None, "root"}


def test_the_scripts_are_written_out(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("collecte", "-o", tmp_path / "scripts") == 0
    assert "collecte.ps1" in capsys.readouterr().out
    assert (tmp_path / "scripts" / "collecte-mac.command").exists()


def test_a_refused_line_is_told_with_its_number(
    run: Run, answered: Json, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "parc.csv"
    table.write_text("Numéro de série;Famille;Achat\n7HX2KT3;Serveur;31/02/2026\n7HX2KT4;Serveur;\n", encoding="utf-8")
    found = answered("importer", table, "--essai")
    assert (found["crees"], len(found["rejets"])) == (1, 1)
    assert found["rejets"][0]["ligne"] == 2
    assert "n’existe pas" in found["rejets"][0]["message"]
    assert run("importer", table) == 0
    assert "31/02/2026" in capsys.readouterr().err


def test_a_file_of_another_kind_is_refused(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    assert run("importer", tmp_path / "photo.png") == 1
    assert capsys.readouterr().err.strip().endswith(".")


def test_lists_are_printed_or_given_as_json(example: Run, answered: Json, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert example("lister", "contrats") == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("N°")
    assert len(printed) == 4
    numbers = [row["number"] for row in answered("lister", "contrats")]
    assert (numbers[:2], len(numbers)) == (["CT-2024-01", "CT-2025-01"], 3)
    assert len(answered("lister", "biens", "--filtre", "synology")) == 1
    assert example("lister", "machins") == 1
    assert "biens" in capsys.readouterr().err


def test_the_lists_of_money_are_named_as_one_says_them(
    example: Run, answered: Json, capsys: pytest.CaptureFixture[str]
) -> None:
    assert [row["status"] for row in answered("lister", "factures", "--filtre", "LS26-1200")] == ["disputed"]
    assert len(answered("lister", "immobilisations")) == 62
    assert len(answered("lister", "achats-d-heures")) == len(answered("lister", "Achats d’heures")) > 1
    assert {row["year"] for row in answered("lister", "budgets")} == {2024, 2025, 2026, 2027}
    capsys.readouterr()
    assert example("lister", "lignes") == 1
    assert "lignes de facture, lignes de budget" in capsys.readouterr().err


def test_papers_are_drawn_or_issued(example: Run, tmp_path: Path) -> None:
    draft, sheet, blank, issued = (tmp_path / f"{name}.pdf" for name in ("a", "b", "c", "d"))
    assert example("rapport", "inventaire", "-o", draft) == 0
    assert example("rapport", "intervention", "FI-2026-0003", "-o", sheet) == 0
    assert example("rapport", "intervention", "--vierge", "-o", blank) == 0
    assert example("rapport", "inventaire", "--emettre", "-o", issued) == 0
    texts = ["".join(p.extract_text() for p in PdfReader(BytesIO(f.read_bytes())).pages) for f in (draft, issued)]
    assert ["PROJET" in text for text in texts] == [True, False]
    assert example("rapport", "intervention", "-o", sheet) == 1
    assert example("rapport", "poème", "-o", sheet) == 1


def test_a_report_holds_the_sites_and_sections_asked_for(
    example: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    part = tmp_path / "a.pdf"
    assert example("rapport", "inventaire", "--site", "dijon", "--sections", "plan,glossaire", "-o", part) == 0
    text = " ".join(p.extract_text().replace("\u00a0", " ") for p in PdfReader(BytesIO(part.read_bytes())).pages)
    assert "Site : Dijon" in text
    assert "Site : Beaune" not in text
    assert "Niveaux 1 à 5" in text
    assert "7.1 Réseau" not in text
    assert example("rapport", "inventaire", "--sections", "poème", "-o", part) == 1
    assert example("rapport", "inventaire", "--site", "Lyon", "-o", part) == 1
    assert example("rapport", "intervention", "FI-2026-0003", "--site", "Dijon", "-o", part) == 1
    assert "Sites connus : Beaune, Dijon" in capsys.readouterr().err.replace("\u00a0", " ")


def test_labels_and_gaps_are_printed(example: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels = tmp_path / "etiquettes.pdf"
    assert example("rapport", "etiquettes", "-o", labels, "--planche", 65, "--premiere", 60, "--filtre", "serveur") == 0
    assert "SRV-0001" in PdfReader(labels).pages[0].extract_text()
    assert example("rapport", "etiquettes", "-o", labels, "--premiere", 25) == 1
    assert "entre 1 et 24" in capsys.readouterr().err
    gaps = tmp_path / "ecarts.pdf"
    assert example("rapport", "ecarts", "INV-2026-001", "-o", gaps) == 0
    assert "Attendu, non trouvé" in PdfReader(gaps).pages[0].extract_text()
    assert example("rapport", "ecarts", "INV-2026-001", "-o", gaps, "--vierge") == 0
    assert "Liste des biens à pointer" in PdfReader(gaps).pages[0].extract_text()


def test_the_fleet_is_exported_whole(example: Run, tmp_path: Path) -> None:
    assert example("exporter", "parc", "-o", tmp_path / "parc.xlsx") == 0
    assert load_workbook(tmp_path / "parc.xlsx").sheetnames[:3] == ["Synthèse", "Parc", "Expertise"]
    assert example("exporter", "parc", "-o", tmp_path / "parc.csv") == 1


def test_the_accounts_of_a_year_are_exported(example: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "compta.xlsx"
    assert example("exporter", "comptable", "--exercice", 2026, "-o", target) == 0
    assert "exercice 2026" in capsys.readouterr().out
    names = load_workbook(target).sheetnames
    assert (len(names), names[0], names[-1]) == (10, "Lisez-moi", "Contrôles")
    assert example("exporter", "comptable", "-o", target) == 1
    assert example("exporter", "comptable", "--exercice", 2026, "-o", tmp_path / "compta.csv") == 1
    assert example("exporter", "biens", "--exercice", 2026, "-o", target) == 1
    told = capsys.readouterr().err
    assert all(words in told for words in ("de quel exercice", "un nom en .xlsx", "ne vaut que pour"))
    with pytest.raises(SystemExit):
        example("exporter", "comptable", "--exercice", 26, "-o", target)


def test_the_questionnaire_of_needs_is_printed(
    example: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = tmp_path / "besoins.pdf"
    assert example("rapport", "besoins", "-o", paper) == 0
    assert len(PdfReader(paper).pages) == 3
    assert example("rapport", "besoins", "--source", "technicien", "--nominatif", "-o", paper) == 0
    assert "Luc Garnier" in PdfReader(paper).pages[0].extract_text()
    assert example("rapport", "besoins", "--source", "chat", "-o", paper) == 1
    assert example("rapport", "inventaire", "--nominatif", "-o", paper) == 1
    assert example("rapport", "questionnaire", "ENQ-2025-01", "--remplissable", "-o", paper) == 0
    assert PdfReader(paper).get_fields()
    assert example("rapport", "besoins", "--remplissable", "-o", paper) == 1
    assert "ne valent que pour le questionnaire" in capsys.readouterr().err


def test_lists_are_exported(example: Run, tmp_path: Path) -> None:
    assert example("exporter", "biens", "-o", tmp_path / "biens.xlsx") == 0
    assert load_workbook(tmp_path / "biens.xlsx")["Biens"].max_row > 60
    assert example("exporter", "tickets", "-o", tmp_path / "tickets.csv", "--filtre", "imprimante") == 0
    assert "imprimante" in (tmp_path / "tickets.csv").read_text(encoding="utf-8-sig").lower()
    assert example("exporter", "biens", "-o", tmp_path / "absent" / "biens.xlsx") == 1


def test_indicators_of_a_period(example: Run, answered: Json, capsys: pytest.CaptureFixture[str]) -> None:
    period = ("--du", "01/12/2025", "--au", "2026-10-31")
    found = {one["code"]: one for one in answered("indicateurs", *period)}
    assert set(found["gtr"]) == {"code", "valeur", "unite", "n", "mediane", "exclus", "objectif", "atteint"}
    assert 0 < found["gtr"]["valeur"] <= 100
    assert found["gtr"]["mediane"] is None, "its median is a delay, not a percentage"
    assert 0 < found["dispo"]["mediane"] <= 100
    assert 0 < found["mttres"]["mediane"] < found["mttres"]["valeur"]
    one = {i["code"]: i for i in answered("indicateurs", *period, "--contrat", "CT-2024-01")}
    assert 0 < one["gtr"]["n"] < found["gtr"]["n"]
    none = answered("indicateurs", "--du", "01/01/2020", "--au", "31/01/2020")
    assert all((i["valeur"], i["n"], i["atteint"]) == (None, 0, None) for i in none)
    assert example("indicateurs", *period) == 0
    told = capsys.readouterr().out
    assert "Rétablissements dans le délai" in told
    assert "Compté avec ce qui est connu aujourd’hui." in told
    assert example("indicateurs", "--du", "31/10/2026", "--au", "01/10/2026") == 1
    assert example("indicateurs", *period, "--contrat", "CT-0") == 1


def test_indicators_of_a_part_of_the_company(example: Run, answered: Json, capsys: pytest.CaptureFixture[str]) -> None:
    """Each option keeps some of the tickets; all those of a severity are all of them."""

    def asked(*words: str) -> dict[str, Any]:
        period = ("--du", "01/12/2025", "--au", "2026-10-31")
        return {one["code"]: one for one in answered("indicateurs", *period, *words)}

    every = asked()
    by_severity = [asked("--priorite", f"p{level}")["volume"]["n"] for level in range(1, 5)]
    assert sum(by_severity) == every["volume"]["n"]
    for words in (("--prestataire", "lumeo services"), ("--site", "Dijon"), ("--famille", "imprimante")):
        assert 0 < asked(*words)["volume"]["n"] < every["volume"]["n"]
    clock = asked("--base", "calendaire")
    assert clock["mttres"]["valeur"] > every["mttres"]["valeur"]
    assert (clock["mttres"]["objectif"], clock["gtr"]) == (None, every["gtr"])
    for option, word in (("--site", "site"), ("--famille", "famille de biens"), ("--prestataire", "prestataire")):
        assert example("indicateurs", "--du", "01/12/2025", "--au", "31/10/2026", option, "Nulle part") == 1
        assert f"pas de {word} «" in capsys.readouterr().err


def test_a_backup_is_made_put_back_and_checked(example: Run, base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert example("sauvegarder") == 0
    archive = next((base.parent / "sauvegardes").glob("*.zip"))
    assert example("verifier") == 0
    base.write_bytes(b"SQLite format 3\0" + bytes(5000))
    assert example("verifier") == 1
    assert example("restaurer", archive) == 0
    assert "gardée" in capsys.readouterr().out
    assert example("verifier") == 0
    assert example("restaurer", base) == 1


def test_a_base_held_elsewhere_is_told(example: Run, base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(open_store(base)):
        assert example("importer", next(SAMPLES.glob("*.json"))) == 1
        assert "déjà ouvert" in capsys.readouterr().err
        assert example("lister", "biens") == 0


@pytest.mark.parametrize("command", ["lister", "verifier", "indicateurs"])
def test_a_base_that_does_not_exist_is_not_made(run: Run, base: Path, command: str) -> None:
    more = {"lister": ["biens"], "indicateurs": ["--du", "01/01/2026", "--au", "31/01/2026"]}.get(command, [])
    assert run(command, *more) == 1
    assert not base.exists()


@pytest.mark.parametrize("words", [["inconnu"], ["lister"], ["indicateurs", "--du", "hier matin", "--au", "x"]])
def test_wrong_usage_is_told_in_french(run: Run, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(*words)
    assert left.value.code == 2
    assert "Commande incorrecte" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["demo"], ["importer"], ["rapport"], ["indicateurs"], ["restaurer"]])
def test_every_command_has_its_help(run: Run, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(*words, "--help")
    assert left.value.code == 0
    told = capsys.readouterr().out
    assert "Usage" in told
    assert "usage:" not in told


def test_a_reader_that_leaves_is_no_error(example: Run, base: Path) -> None:
    assert example("lister", "tickets") == 0
    command = [sys.executable, "-m", "app", "--base", str(base), "lister", "tickets", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.read(10)
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait() == 0


def test_progress_is_shown_to_a_person(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert run("demo") == 0
    assert "\r" in capsys.readouterr().err


def test_the_self_test_and_the_demonstration(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("autotest") == 0
    assert run("demonstration", tmp_path / "demo") == 0
    made = {path.suffix for path in (tmp_path / "demo").iterdir()}
    assert {".pdf", ".xlsx", ".png", ".parc"} <= made
    assert str(tmp_path / "demo") in capsys.readouterr().out


def test_the_reversibility_file_of_a_contract(example: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number = "CT-2024-01"
    assert example("reversibilite", number, "-o", tmp_path / "d.zip") == 0
    assert "biens" in capsys.readouterr().out
    assert "LISEZMOI.txt" in ZipFile(tmp_path / "d.zip").namelist()
    assert example("rapport", "reversibilite", number, "-o", tmp_path / "pv.pdf") == 0
    assert example("reversibilite", "CT-0", "-o", tmp_path / "x.zip") == 1
    assert "CT-0" in capsys.readouterr().err
    assert not (tmp_path / "x.zip").exists()


def test_the_deadlines_are_told_on_a_day(
    example: Run, answered: Json, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answered("echeances", "--au", "2026-11-20")
    assert {"type", "objet", "echeance", "agir_avant", "etat", "reference", "consequence"} <= set(found[0])
    notice = next(one for one in found if one["type"] == "Préavis")
    assert (notice["echeance"], notice["agir_avant"], notice["etat"]) == ("2026-12-31", "2026-12-10", "bientot")
    later = answered("echeances", "--au", "2027-02-01")
    assert (
        next(one["etat"] for one in later if one["echeance"] == "2026-12-31" and one["type"] == "Préavis")
        == "en-retard"
    )
    assert len(answered("echeances", "--au", "2026-11-20", "--jours", "30")) < len(found)
    assert example("echeances", "--au", "20/11/2026") == 0
    assert "Agir avant" in capsys.readouterr().out
    calendar = tmp_path / "e.ics"
    assert example("echeances", "--au", "2026-11-20", "--ics", calendar) == 0
    assert capsys.readouterr().out.strip() == str(calendar)
    assert calendar.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    with pytest.raises(SystemExit) as wrong:
        example("echeances", "--jours", "beaucoup")
    assert wrong.value.code == 2
    assert "nombre de jours" in capsys.readouterr().err


def test_the_deadlines_of_no_file_are_refused(run: Run) -> None:
    assert run("echeances") == 1


def test_the_letter_and_the_meetings_are_papers_of_a_number(
    example: Run, answered: Json, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    coming, held, _ = (one["number"] for one in answered("lister", "réunions"))
    letter = answered("lister", "contrats")[0]["number"]
    papers = {"lettre": letter, "ordre-du-jour": coming, "reunion": held}
    for kind, number in papers.items():
        assert example("rapport", kind, number, "-o", tmp_path / f"{kind}.pdf") == 0
        assert len(PdfReader(tmp_path / f"{kind}.pdf").pages) <= 2
    assert example("rapport", "reunion", held, "-o", tmp_path / "cr.docx") == 0
    survey = answered("lister", "satisfaction_survey")[0]["number"]
    for kind, number in (("satisfaction", [survey]), ("remplacements", [])):
        for suffix in ("pdf", "xlsx"):
            assert example("rapport", kind, *number, "-o", tmp_path / f"{kind}.{suffix}") == 0
    assert "Synthèse" in load_workbook(tmp_path / "remplacements.xlsx").sheetnames
    assert example("rapport", "remplacements", "--emettre", "-o", tmp_path / "x.xlsx") == 1
    assert "Un fichier Excel se corrige" in capsys.readouterr().err
    assert example("rapport", "lettre", "-o", tmp_path / "x.pdf") == 1
    assert "Donnez un numéro de contrat" in capsys.readouterr().err
    assert example("rapport", "reunion", "RE-1999-01", "-o", tmp_path / "x.pdf") == 1
    assert "Aucune réunion ne porte le numéro" in capsys.readouterr().err


def test_planned_work_is_printed_or_written_as_a_calendar(
    base: Path, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = open_store(base)
    on = date(2026, 11, 23)
    with store.begin("essai") as session:
        session.add(Visit(number="V-2026-0001", label="Serveurs", due_on=on, planned_on=on, technician="Karim"))
    store.close()
    year, day, issued, calendar = (tmp_path / name for name in ("a.pdf", "j.pdf", "e.pdf", "v.ics"))
    assert run("rapport", "planning", "2026-03", "-o", year) == 0
    assert run("rapport", "tournee", "23/11/2026", "--technicien", "karim", "-o", day) == 0
    texts = ["".join(p.extract_text() for p in PdfReader(BytesIO(f.read_bytes())).pages) for f in (year, day)]
    assert "PLA-2026-03" in texts[0]
    assert "TOU-2026-11-23-KARIM" in texts[1]
    assert run("rapport", "planning", "--emettre", "-o", issued) == 0
    assert run("rapport", "planning", "2026", "-o", calendar) == 0
    assert calendar.read_bytes().startswith(b"BEGIN:VCALENDAR")
    capsys.readouterr()
    for wrong in (
        ("planning", "CT-9", "-o", year), ("planning", "--site", "Lyon", "-o", year), ("tournee", "-o", calendar),
        ("planning", "--emettre", "-o", calendar), ("planning", "--vierge", "-o", year),
        ("tournee", "hier soir", "-o", day), ("tournee", "--technicien", "Zoé", "-o", day),
    ):  # fmt: skip
        assert run("rapport", *wrong) == 1
    told = capsys.readouterr().err
    assert "Un planning ne s’imprime pas vierge." in told
    assert "Aucune visite n’est confiée à «\u00a0Zoé\u00a0»." in told
