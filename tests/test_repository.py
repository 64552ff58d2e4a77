"""What no file of the repository may hold."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = (".ci", ".github", "app", "benchmarks", "docs", "packaging", "resources", "tests")
# In pieces, so that this file does not hold what it looks for.
MACHINE = re.compile(
    "|".join(
        [
            r"(?<![\w.])/(?:work|root|farm)" + r"/",
            r"/t" + r"mp/[a-z]+/",
            r"pypi" + r"\.org|files\.python" + r"hosted",
        ]
    )
)


def kept_files() -> Iterator[Path]:
    yield from (p for p in ROOT.iterdir() if p.is_file())
    for folder in FOLDERS:
        found = (p for p in (ROOT / folder).rglob("*") if p.is_file())
        yield from (p for p in found if not {"__pycache__", ".git"} & set(p.parts))


def machine_paths(text: str) -> list[str]:
    return [line.strip()[:100] for line in text.splitlines() if MACHINE.search(line)]


def test_no_path_of_a_machine() -> None:
    found = {}
    for path in kept_files():
        content = path.read_bytes()
        if b"\0" not in content and (lines := machine_paths(content.decode("utf-8", "replace"))):
            found[str(path.relative_to(ROOT))] = lines
    assert not found


@pytest.mark.parametrize("text", ["open('/wo" + "rk/a')", "see https://pypi." + "org/x", "cd /t" + "mp/essai/parc"])
def test_a_path_of_a_machine_is_seen(text: str) -> None:
    assert machine_paths(text)


@pytest.mark.parametrize("text", ["/usr/share/fonts", "a network/ro" + "ot folder", "resources/wo" + "rk/list.json"])
def test_an_ordinary_path_is_let_through(text: str) -> None:
    assert not machine_paths(text)


PARTED = re.compile(r"«\x20|\x20»|(?<=[\wà-ÿ»)\]}])\x20[:;!?%€](?=[\s.,)»]|$)")
"""What French typography holds together, and a line would part: a plain space there."""


def plain_strings(tree: ast.Module) -> Iterator[str]:
    """The strings of a module, its docstrings left out."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def test_what_the_user_reads_has_no_break_spaces() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {text[:60]}"
        for path in (ROOT / "app").rglob("*.py")
        for text in plain_strings(ast.parse(path.read_text(encoding="utf-8")))
        if PARTED.search(text) and "SELECT" not in text
    }
    assert not found
