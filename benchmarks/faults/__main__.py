"""`python -m benchmarks.faults --runs 1000`: all harnesses and their controls; figures as JSON on the output.

Fails when anything was lost, torn or corrupt, when a fault gave no sentence, or when a control saw nothing.
"""

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.faults import calls, disk, kill, power, shim
from benchmarks.faults.work import Plant

HARMS = ("lost", "torn", "corrupt", "doubled", "bugs")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    parser.add_argument("--runs", type=int, default=200, help="kills, failing calls, and states after a cut x 10")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--only", choices=("kill", "disk", "calls", "power"), action="append")
    asked = parser.parse_args()
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - what is tested outlives no power cut
    with tempfile.TemporaryDirectory(prefix="parc-faults-", dir=memory) as folder:
        if not shim.is_loaded() and (library := shim.build(Path(folder))):
            return behind(library, asked)
        figures, ok = measure(Path(folder), asked.runs, asked.seed, asked.only)
    sys.stdout.write(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    return 0 if ok else 1


def behind(library: Path, asked: argparse.Namespace) -> int:
    """The same command behind the shim."""
    command = [sys.executable, "-m", "benchmarks.faults", "--runs", str(asked.runs), "--seed", str(asked.seed)]
    command += [word for name in asked.only or () for word in ("--only", name)]
    return subprocess.run(command, check=False, env=os.environ | {"LD_PRELOAD": str(library)}).returncode


def measure(folder: Path, runs: int, seed: int, only: list[str] | None) -> tuple[dict[str, Any], bool]:
    """The figures of each harness, and whether they are all as they must be."""
    figures: dict[str, Any] = {"seed": seed, "sqlite": sqlite3.sqlite_version, "python": sys.version.split()[0]}
    verdicts = []
    for name, (harness, is_control) in harnesses(runs, seed).items():
        if only and name.split(" ")[0] not in only:
            continue
        place = folder / name.replace(" ", "-")
        place.mkdir()
        start = time.perf_counter()
        found = harness(place)
        if found is None:
            figures[name] = "not possible here"
            continue
        figures[name] = asdict(found) | {"seconds": round(time.perf_counter() - start, 1)}
        verdicts.append(is_control == any(getattr(found, harm, 0) for harm in HARMS))
    return figures, bool(verdicts) and all(verdicts)


def harnesses(runs: int, seed: int) -> dict[str, tuple[Callable[[Path], Any], bool]]:
    """Name -> (what runs in a folder, whether it is a control, which must see harm)."""
    few = min(runs, 60)
    found: dict[str, tuple[Callable[[Path], Any], bool]] = {
        "kill": (lambda f: kill.run(f, runs, seed), False),
        "kill control, early": (lambda f: kill.run(f, few, seed, Plant.EARLY), True),
        "kill control, two commits": (lambda f: kill.run(f, few, seed, Plant.TWO_COMMITS), True),
        "disk limited": (disk.limited, False),
        "disk small": (disk.small, False),
    }
    if not shim.is_loaded():
        return found
    variants, saves = max(3, runs // 60), 12 if runs > few else 3
    return found | {
        "calls": (lambda f: calls.run(f, runs, seed), False),
        "calls control, early": (lambda f: calls.run(f, few * 2, seed, Plant.EARLY), True),
        "calls control, two commits": (lambda f: calls.run(f, few * 2, seed, Plant.TWO_COMMITS), True),
        "power": (lambda f: power.run(f, saves, variants, seed), False),
        "power control, nothing synced": (lambda f: power.run(f, 3, 2, seed, Plant.NO_SYNC), True),
        "power control, two commits": (lambda f: power.run(f, 3, 2, seed, Plant.TWO_COMMITS), True),
    }


if __name__ == "__main__":
    sys.exit(main())
