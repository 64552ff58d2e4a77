"""The fault harnesses in their short form, each with the planted bugs that it must see (reliability.md 3)."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.faults import shim

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the harnesses fork")
HARMLESS = {"lost": 0, "torn": 0, "corrupt": 0}


def figures(name: str, runs: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.faults", "--runs", str(runs), "--only", name]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert ended.returncode == 0, ended.stdout + ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def test_a_killed_program_loses_nothing() -> None:
    found = figures("kill", 20)
    assert found["kill"].items() >= ({"runs": 20} | HARMLESS).items()
    assert found["kill"]["saves"] > 20
    assert found["kill control, early"]["lost"]
    assert found["kill control, two commits"]["torn"]


def test_a_full_disk_loses_nothing() -> None:
    found = figures("disk", 1)
    for name in ("disk limited", "disk small"):
        if found[name] != "not possible here":
            assert found[name].items() >= ({"bugs": 0} | HARMLESS).items()
            assert found[name]["saved"]
            assert found[name]["refused"]


@pytest.fixture
def _compiler(tmp_path: Path) -> None:
    if shim.build(tmp_path) is None:
        pytest.skip("no C compiler")


@pytest.mark.usefixtures("_compiler")
def test_a_failing_call_loses_nothing() -> None:
    found = figures("calls", 50)
    assert found["calls"].items() >= ({"runs": 50, "doubled": 0, "bugs": []} | HARMLESS).items()
    assert found["calls"]["errors"]
    assert found["calls control, early"]["lost"]
    assert found["calls control, two commits"]["torn"]


@pytest.mark.usefixtures("_compiler")
def test_a_power_cut_loses_nothing() -> None:
    found = figures("power", 1)
    assert found["power"].items() >= HARMLESS.items()
    assert found["power"]["states"] > 500
    assert found["power control, nothing synced"]["lost"]
    assert found["power control, two commits"]["torn"]
