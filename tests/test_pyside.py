"""PySide6 6.12.0 loses a reference to None at each call that returns it, on Python older than 3.12: the process aborts
after some thousands of calls. Neither the bound in pyproject.toml nor the installed version may let it in."""

import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

PROJECT = Path(__file__).parent.parent / "pyproject.toml"


def test_a_call_into_qt_keeps_the_references_to_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    calls = 500
    before = sys.getrefcount(None)
    for _ in range(calls):
        label.setText("a")
    assert (before - sys.getrefcount(None)) / calls < 0.5


def test_the_bound_refuses_the_version_that_aborts() -> None:
    wanted = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    qt = next(r for r in map(Requirement, wanted) if r.name == "PySide6-Essentials")
    assert "6.12.0" not in qt.specifier
    assert "6.11.1" in qt.specifier
