"""F1: the program is killed at a random moment while it saves; then it starts again on the same file."""

import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.storage import open_store
from app.storage.header import has_hot_journal
from benchmarks.faults.work import Plant, examine, in_child, last_number, planted, save

RENEWED = 20  # runs on one file: the checks read all of it


@dataclass(slots=True)
class Kills:
    runs: int = 0
    saves: int = 0
    hot_journals: int = 0
    lost: int = 0
    torn: int = 0
    corrupt: int = 0


def run(folder: Path, runs: int, seed: int, plant: Plant = Plant.NONE) -> Kills:
    chance = random.Random(seed)
    total = Kills()
    for number in range(runs):
        path = folder / f"{number // RENEWED}.parc"
        open_store(path).close()
        start = time.perf_counter()
        open_store(path).close()
        opening = time.perf_counter() - start  # the child opens it too, on the same machine at the same load
        acknowledged = _one(path, 2 * opening + chance.uniform(0.02, 0.12), plant)
        total.runs += 1
        total.saves += len(acknowledged)
        total.hot_journals += has_hot_journal(path)
        found = examine(path, acknowledged)
        total.lost += found.lost
        total.torn += found.torn
        total.corrupt += found.corrupt
        if found.torn or found.corrupt:
            path.unlink()
    return total


def _one(path: Path, delay: float, plant: Plant) -> set[int]:
    """Save from the last number on until the kill; the numbers acknowledged."""
    child = in_child(_saver(path, last_number(path), plant))
    time.sleep(delay)
    with suppress(ProcessLookupError):
        os.kill(child.process, signal.SIGKILL)
    return {int(line) for line in child.end()}


def _saver(path: Path, last: int, plant: Plant) -> Callable[[Callable[[str], None]], None]:
    def work(tell: Callable[[str], None]) -> None:
        with planted(plant):
            store = open_store(path)
            number = last
            while True:
                number += 1
                save(store, number, lambda done: tell(str(done)), plant)

    return work
