"""A report drawn by a process that imports nothing but what draws: its memory is that of the papers alone.

`register`: without any optional chapter; `whole`: with all of them. The data are gathered first, by another process,
and kept beside the base.
"""

import os
import pickle
import subprocess
import sys
from pathlib import Path

from app.reports.inventory import render
from app.reports.inventory.data import InventoryReport
from benchmarks.work.process import answer, once, peak_memory

GATHER = "from benchmarks.work import papers; papers.gather()"


def main() -> None:
    kind, base = sys.argv[1].split("-")[0], Path(sys.argv[2])
    report = _gathered(kind, base)
    answer({"draw": once(lambda: render.render(report)), "memory": peak_memory()})


def _gathered(kind: str, base: Path) -> InventoryReport:
    kept = base.with_suffix(f".{kind}")
    if not kept.exists():
        command = [sys.executable, "-c", GATHER, kind, str(base), str(kept)]
        subprocess.run(command, env=os.environ, check=True)
    found: InventoryReport = pickle.loads(kept.read_bytes())  # noqa: S301 - written just before, by ourselves
    return found
