"""What is built for people to install names things that are there; the builds themselves have their own command."""

import ast
import importlib.util
import re
from pathlib import Path
from types import ModuleType

from app import __version__

ROOT = Path(__file__).parent.parent
PACKAGING = ROOT / "packaging"


def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build", PACKAGING / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def names(text: str) -> set[str]:
    return {re.split(r"[<>=~!;\s\[]", one)[0].lower() for one in text.split("\n") if one}


def test_the_build_knows_the_version_and_the_dependencies() -> None:
    made = build()
    assert made.version() == __version__
    assert "SQLAlchemy>=2.1,<2.2" in made.dependencies()


def test_the_spec_carries_what_a_dependency_says_of_itself() -> None:
    tree = ast.parse((PACKAGING / "parcometre.spec").read_text(encoding="utf-8"))
    (carried,) = [
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "CARRIED"
    ]
    declared = names("\n".join(build().dependencies()))
    brought = {"python-stdnum"}
    assert {one.lower() for one in carried} - brought <= declared
    assert declared - {one.lower() for one in carried} == {"font-source-sans-pro", "tzdata"}


def test_the_files_of_the_setup_exist() -> None:
    for name in ("start.py", "windows/setup.nsi", "linux/Parcometre.desktop", "linux/LISEZ-MOI.txt"):
        assert (PACKAGING / name).is_file()
    told = (PACKAGING / "windows" / "setup.nsi").read_text(encoding="utf-8")
    for word in ("${VERSION}", "${FOLDER}", "${ICON}", "${OUT}"):
        assert word in told
