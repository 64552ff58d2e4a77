"""The benchmarks run, on small bases, and measure all they declare; what a start imports is kept small."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.harness import ROOT
from benchmarks.measures import GROUPS

PROMISES = (
    "start: SQLAlchemy imported before the frame",
    "start: libraries of papers and migrations imported",
)


def measured(tmp_path: Path, *names: str) -> dict[str, dict[str, object]]:
    """The results by the name of their measure."""
    figures = tmp_path / "figures.json"
    command = [sys.executable, "-m", "benchmarks", *names, "--short", "--rounds", "1", "--json", str(figures)]
    done = subprocess.run(
        [*command, "--folder", str(tmp_path / "bases")],
        cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "| reached |" in done.stdout
    return {one["measure"]: one for one in json.loads(figures.read_text(encoding="utf-8"))["measures"]}


def declared(folder: Path, *names: str) -> set[str]:
    made = dict.fromkeys(("big", "middle", "small"), folder / "base")
    return {measure.name for name in names for measure in GROUPS[name](folder, made).measures}


@pytest.mark.slow
def test_every_measure_is_taken_and_a_start_imports_little(tmp_path: Path) -> None:
    found = measured(tmp_path)
    assert set(found) == declared(tmp_path, *GROUPS)
    assert [found[promise]["median"] for promise in PROMISES] == [0, 0]
    assert found["figures that are not those of bare SQL"]["median"] == 0
