"""The walls between the layers, and the sizes of what stands inside them."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parent.parent
APP = ROOT / "app"
MODULES = sorted(APP.rglob("*.py"))

GROUND = {"codes", "errors", "jobs", "paths"}
# Layer -> the other layers it may import, besides itself and the ground.
INSIDE: dict[str, set[str]] = {
    **{name: set() for name in GROUND},
    "fields": set(),
    "rules": set(),
    "settings": {"fields"},
    "models": {"rules"},
    "storage": {"models", "fields"},
    "entities": {"models", "fields"},
    "kpi": {"models", "rules"},
    "reports": {"rules", "fields"},
    "services": {"models", "rules", "entities", "kpi", "reports", "storage", "fields", "settings"},
    "cli": {"services", "kpi", "reports", "storage", "fields", "settings"},
    "ui": {"services", "entities", "kpi", "reports", "storage", "fields", "settings"},
    "__main__": {"cli", "ui", "services"},  # the child process that reads files to import
}
# Layer -> the libraries it may import, besides Python's own.
OUTSIDE: dict[str, set[str]] = {
    "paths": {"platformdirs"},
    "rules": {"holidays"},
    "models": {"sqlalchemy"},
    "storage": {"sqlalchemy", "alembic"},
    "kpi": {"sqlalchemy"},
    "reports": {"reportlab", "openpyxl", "segno", "PIL", "docx", "font_source_sans_pro"},
    "services": {
        "sqlalchemy",
        "openpyxl",
        "python_calamine",
        "defusedxml",
        "icalendar",
        "facturx",
        "lxml",
        "PIL",
        "zxingcpp",
        "pypdf",
        "pypdfium2",
    },
    "ui": {"PySide6", "shiboken6", "pypdfium2"},
    "__main__": {"PySide6"},
}


def layer(path: Path) -> str:
    return path.relative_to(APP).parts[0].removesuffix(".py")


def imported(tree: ast.Module) -> Iterator[str]:
    """Dotted names of all that a module imports, wherever the line stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield "a relative import"
        elif isinstance(node, ast.ImportFrom) and node.module == "app":
            yield from (f"app.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)


def breaches(source: str, of: str) -> list[str]:
    """Imports that a module of the layer `of` may not make."""
    inside = {of, *INSIDE[of], *(GROUND if of not in GROUND else ())}
    outside = {*sys.stdlib_module_names, *OUTSIDE.get(of, ())}
    wrong = []
    for name in imported(ast.parse(source)):
        top, _, rest = name.partition(".")
        here = rest.partition(".")[0]
        allowed = here in inside or here == "__version__" if top == "app" else top in outside
        if not allowed:
            wrong.append(name)
    return wrong


@pytest.mark.parametrize(
    "path", [p for p in MODULES if p != APP / "__init__.py"], ids=lambda p: str(p.relative_to(ROOT))
)
def test_a_module_imports_downwards_only(path: Path) -> None:
    assert layer(path) in INSIDE, "this module stands in no layer of the table"
    assert not breaches(path.read_text(encoding="utf-8"), layer(path))


@pytest.mark.parametrize(
    ("of", "source"),
    [
        ("rules", "from app.models import Asset"),
        ("ui", "import sqlalchemy.orm"),
        ("ui", "from app import models"),
        ("services", "def f():\n    from PySide6.QtCore import QDate"),
        ("models", "if True:\n    import app.storage"),
        ("codes", "from app.errors import AppError"),
        ("fields", "from . import text"),
    ],
)
def test_a_breach_is_seen(of: str, source: str) -> None:
    assert breaches(source, of)


def test_only_the_store_ends_a_transaction() -> None:
    ends = {"commit", "rollback"}
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in MODULES
        if layer(path) != "storage"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ends
    ]
    assert not found


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and lines of code of each function, its docstring left out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            is_doc = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and len(node.body) > 1
            doc = (first.end_lineno or 0) - first.lineno + 1 if is_doc else 0
            yield f"{path.relative_to(ROOT)}:{node.name}", (node.end_lineno or 0) - node.lineno + 1 - doc


def quantile(sizes: list[int], share: float) -> int:
    return sorted(sizes)[int(share * (len(sizes) - 1))]


def test_no_function_is_longer_than_60_lines() -> None:
    everywhere = [*MODULES, ROOT / "lancer.py", *sorted((ROOT / "tests").rglob("*.py"))]
    assert not [named for path in everywhere for named in functions(path) if named[1] > 60]


def test_functions_are_short() -> None:
    sizes = [size for path in MODULES for _, size in functions(path)]
    assert median(sizes) <= 6
    assert quantile(sizes, 0.95) <= 30


def test_files_are_short() -> None:
    sizes = [len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES]
    assert quantile(sizes, 0.95) <= 300
