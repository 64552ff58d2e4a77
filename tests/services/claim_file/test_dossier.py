"""The archive of a claim file: what it holds, that it verifies alone, and that no byte of it changes unseen."""

import hashlib
import json
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any
from zipfile import ZipFile

import pytest

from app.errors import Refused
from app.jobs import drain
from app.paths import resource
from app.services.claim_file import dossier
from app.storage import Store
from tests.services.claim_file.make import JULY_2, MAIL, lumeo
from tests.storage.things import by_hand

TICKET = "T-2026-0001"
SUMS = dossier.MANIFEST


@pytest.fixture(scope="module")
def verifier() -> ModuleType:
    spec = spec_from_file_location("verifier", resource("preuve/verifier.py"))
    assert spec is not None
    assert spec.loader is not None
    found = module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@pytest.fixture
def made(ready: Store, tmp_path: Path) -> Path:
    lumeo(ready)
    target = tmp_path / "preuve.zip"
    drain(dossier.job(ready, "preuve", TICKET, target, JULY_2))
    return target


def members(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as kept:
        return {name: kept.read(name) for name in kept.namelist()}


def problems(verifier: ModuleType, content: dict[str, bytes]) -> list[str]:
    whole = BytesIO()
    with ZipFile(whole, "w") as kept:
        for name, data in content.items():
            kept.writestr(name, data)
    found: list[str] = verifier.check(verifier.Archive(whole))[0]
    return found


def resummed(content: dict[str, bytes]) -> dict[str, bytes]:
    """As a forger would hand it over: every sum made again."""
    sums = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in content.items() if name != SUMS]
    return content | {SUMS: "".join(sums).encode()}


def alone(*words: object) -> tuple[int, str]:
    """The verifier as anybody runs it: isolated, without any package."""
    script = str(resource("preuve/verifier.py"))
    done = subprocess.run(
        [sys.executable, "-I", "-S", script, *map(str, words)], capture_output=True, timeout=60, check=False
    )
    assert not done.stderr, done.stderr.decode()
    return done.returncode, done.stdout.decode()


def test_it_holds_what_its_first_page_says_and_verifies_alone(made: Path, tmp_path: Path) -> None:
    content = members(made)
    assert {*content} == {
        "LISEZ-MOI.txt", "verifier.py", "1-Dossier-de-preuve.pdf", "2-Contrat/termes-au-2026-06-01.txt",
        "3-Pieces/T-2026-0001/courriel.eml", "4-Historique/dossier.json", "4-Historique/chaine.csv",
        "4-Historique/extrait.jsonl", "4-Historique/historique-lisible.csv", "4-Historique/journal-des-tickets.csv",
        SUMS,
    }  # fmt: skip
    assert content["3-Pieces/T-2026-0001/courriel.eml"] == MAIL
    assert "1\u00a0pièce" in content["LISEZ-MOI.txt"].decode("utf-8-sig")
    code, told = alone(made)
    assert (code, told.splitlines()[0]) == (0, "DOSSIER INTACT.")
    assert "Pièces : 1, dont l’historique donne l’empreinte : 1." in told
    with ZipFile(made) as kept:
        kept.extractall(tmp_path / "ouvert")
    (tmp_path / "ouvert" / "Thumbs.db").write_bytes(b"")
    assert alone(tmp_path / "ouvert")[0] == 0


def test_a_seal_noted_before_is_found_and_another_is_not(made: Path) -> None:
    chain = members(made)["4-Historique/chaine.csv"].decode().splitlines()
    noted = chain[5].rpartition(";")[2]
    code, told = alone(made, noted.upper())
    assert code == 0
    assert f"est celui de l’écriture n° {chain[5].partition(';')[0]}" in told
    code, told = alone(made, "0" * 64)
    assert code == 1
    assert "ne figure pas dans cette chaîne" in told


def test_no_byte_of_a_file_changes_unseen(made: Path, verifier: ModuleType) -> None:
    content = members(made)
    assert problems(verifier, content) == []
    for name, data in content.items():
        every = range(len(data)) if name == SUMS else range(0, len(data), max(1, len(data) // 12))
        for at in every:
            changed = data[:at] + bytes([data[at] ^ 0x20]) + data[at + 1 :]
            assert problems(verifier, content | {name: changed}), (name, at)
        assert problems(verifier, content | {name: data[:-1]}), name
        assert problems(verifier, content | {name: data + b"\n"}), name
        assert problems(verifier, {kept: other for kept, other in content.items() if kept != name}), name
    assert problems(verifier, content | {"en-plus.txt": b""})


def test_the_archive_itself_cut_or_torn_is_seen(made: Path, tmp_path: Path) -> None:
    whole = made.read_bytes()
    torn = tmp_path / "abime.zip"
    for content in (whole[:-30], whole[: len(whole) // 2], b"", whole[:200] + b"\x00" * 60 + whole[260:]):
        torn.write_bytes(content)
        code, told = alone(torn)
        assert code == 1
        assert told.startswith("CE DOSSIER A ÉTÉ MODIFIÉ, OU IL EST ABÎMÉ.")
    assert alone(tmp_path / "absent.zip")[0] == 1


def _entry(data: bytes, change: Any) -> bytes:
    lines = [json.loads(line) for line in data.decode().splitlines()]
    change(lines)
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


def _values(lines: list[dict[str, Any]]) -> None:
    told = next(one for one in lines if one["table"] == "ticket_event")
    told["apres"] = told["apres"].replace("2026-06-01", "2026-05-01")


def _invented(lines: list[dict[str, Any]]) -> None:
    lines.append({**lines[0], "n": 999_999})


def test_a_forger_who_makes_the_sums_again_is_betrayed_by_the_chain(made: Path, verifier: ModuleType) -> None:
    content = members(made)
    history = "4-Historique/"
    extract, chain = content[history + "extrait.jsonl"], content[history + "chaine.csv"].decode().splitlines()
    about = json.loads(content[history + "dossier.json"])
    backdated = [*chain[:7], chain[7].replace("2026", "2025", 1), *chain[8:]]
    lost = [*chain[:7], *chain[8:]]
    trials = {
        "extrait.jsonl": [_entry(extract, _values), _entry(extract, _invented)],
        "chaine.csv": ["\n".join(lines).encode() + b"\n" for lines in (backdated, lost, chain[:-1])],
        "dossier.json": [json.dumps(about | more).encode() for more in (
            {"sceau": "0" * 64}, {"imprime": "0" * 64}, {"avant": "0" * 64}, {"premiere": 1}, {},
        )][:4],
    }  # fmt: skip
    for name, changed in trials.items():
        for data in changed:
            assert problems(verifier, resummed(content | {history + name: data})), name
    mail = "3-Pieces/T-2026-0001/courriel.eml"
    assert problems(verifier, resummed(content | {mail: b"Autre"}))
    pieces = [{**about["pieces"][0], "sha256": hashlib.sha256(b"Autre").hexdigest()}]
    forged = {mail: b"Autre", history + "dossier.json": json.dumps(about | {"pieces": pieces}).encode()}
    assert "l’historique ne dit pas l’empreinte" in problems(verifier, resummed(content | forged))[0]


def test_an_erased_value_leaves_the_file_whole(ready: Store, tmp_path: Path) -> None:
    lumeo(ready)
    by_hand(ready.path, "UPDATE history SET before = NULL, after = NULL, salt = NULL WHERE table_name = 'intervention'")
    target = tmp_path / "preuve.zip"
    drain(dossier.job(ready, "preuve", TICKET, target, JULY_2))
    code, told = alone(target)
    assert code == 0
    assert "Valeurs effacées depuis" in told


def test_an_altered_history_makes_no_archive(ready: Store, tmp_path: Path) -> None:
    lumeo(ready)
    by_hand(ready.path, "UPDATE history SET at = '2020-01-01T00:00:00Z' WHERE seq = (SELECT max(seq) - 3 FROM history)")
    target = tmp_path / "preuve.zip"
    with pytest.raises(Refused, match="a été altéré"):
        drain(dossier.job(ready, "preuve", TICKET, target, JULY_2))
    assert not list(tmp_path.glob("preuve.zip*"))
    with pytest.raises(Refused, match=r"\.zip"):
        drain(dossier.job(ready, "preuve", TICKET, tmp_path / "preuve.pdf", JULY_2))


def test_an_issued_paper_bears_a_seal_of_the_chain(ready: Store, tmp_path: Path) -> None:
    contract, _ = lumeo(ready)
    target = tmp_path / dossier.file_name("CT-2026-01-2026-06", JULY_2.date())
    result = drain(dossier.job(ready, "preuve-contrat", "CT-2026-01", target, JULY_2, issue=True))
    assert result.sentence.startswith("2\u00a0tickets, 1\u00a0pièce, ")
    assert result.seal.replace(" ", "") == result.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
    about = json.loads(members(target)["4-Historique/dossier.json"])
    assert about["imprime"] != about["sceau"]
    assert about["reference"] == "CT-2026-01-2026-06"
    assert alone(target)[0] == 0
    with ready.read() as session:
        from app.services import papers  # noqa: PLC0415 - here only

        assert [row.label for row in papers.issued(session, "contract", contract)] == ["Dossier de preuve"]


def test_nothing_of_the_base_becomes_a_formula(made: Path) -> None:
    readable = members(made)["4-Historique/historique-lisible.csv"].decode("utf-8-sig")
    assert "HYPERLINK" in readable
    assert ";=" not in readable
