"""Measures, their floors and their goals: every variant runs in a fresh process, in turn, round after round.

The machine's speed drifts: what is kept is the median of the rounds and its ratio to a floor measured beside it.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.work.process import STARTED, Figures

ROOT = Path(__file__).parents[1]
PATIENCE = 900
"""Seconds a process may take."""
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How big the bases are: (assets, tickets)."""

    big: tuple[int, int] = (20_000, 100_000)
    middle: tuple[int, int] = (10_000, 2_000)
    small: tuple[int, int] = (1_000, 5_000)


SHORT = Sizes((80, 60), (60, 40), (60, 40))


@dataclass(frozen=True, slots=True)
class Variant:
    """`main` of a module of benchmarks.work, run in its own process with the name and these arguments."""

    name: str
    module: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """`figure` and `floor` are « variant.figure »; `ratio` and `at_most` are the goals, `at_most` in the unit."""

    name: str
    figure: str
    floor: str = ""
    ratio: float | None = None
    at_most: float | None = None
    unit: str = "ms"


@dataclass(frozen=True, slots=True)
class Group:
    """Variants run in turn, and what is read of them."""

    variants: Sequence[Variant]
    measures: Sequence[Measure]


@dataclass(frozen=True, slots=True)
class Result:
    measure: str
    unit: str
    median: float
    floor: float | None
    ratio: float | None
    goal: str
    reached: bool | None


def run(group: Group, rounds: int, environment: Mapping[str, str], tell: Told = lambda _: None) -> list[Result]:
    """All the variants once a round, then the measures from the medians."""
    found: dict[str, list[Figures]] = {variant.name: [] for variant in group.variants}
    for number in range(rounds):
        for variant in group.variants:
            tell(f"{variant.name}, round {number + 1} of {rounds}")
            found[variant.name].append(_child(variant, environment))
    medians = {
        f"{name}.{figure}": statistics.median(one[figure] for one in figures)
        for name, figures in found.items()
        for figure in figures[0]
    }
    return [_judge(measure, medians) for measure in group.measures]


def _child(variant: Variant, environment: Mapping[str, str]) -> Figures:
    code = f"from benchmarks.work import {variant.module}; {variant.module}.main()"
    surroundings = {**os.environ, **environment, "PYTHONPATH": str(ROOT), STARTED: repr(time.monotonic())}
    command = [sys.executable, "-c", code, variant.name, *variant.arguments]
    done = subprocess.run(
        command, env=surroundings, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    if done.returncode:
        raise RuntimeError(f"{variant.name}: {done.stderr[-3000:]}")
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def _judge(measure: Measure, medians: Mapping[str, float]) -> Result:
    median, floor = medians[measure.figure], medians.get(measure.floor)
    ratio = median / floor if floor else None
    tests = [ratio <= measure.ratio] if ratio is not None and measure.ratio is not None else []
    tests += [median <= measure.at_most] if measure.at_most is not None else []
    return Result(measure.name, measure.unit, median, floor, ratio, _goal(measure), all(tests) if tests else None)


def _goal(measure: Measure) -> str:
    parts = [f"≤ {measure.ratio:g}x"] if measure.ratio is not None else []
    parts += [f"≤ {measure.at_most:g} {measure.unit}".rstrip()] if measure.at_most is not None else []
    return ", ".join(parts)


def table(results: Sequence[Result]) -> str:
    """The results as a table in Markdown."""
    lines = ["| measure | median | floor | ratio | goal | reached |", "|---|---:|---:|---:|---|---|"]
    for one in results:
        ratio = f"{one.ratio:.2f}" if one.ratio is not None else ""
        reached = {True: "yes", False: "no", None: ""}[one.reached]
        floor = f"{one.floor:.4g} {one.unit}".rstrip() if one.floor is not None else ""
        median = f"{one.median:.4g} {one.unit}".rstrip()
        lines.append(f"| {one.measure} | {median} | {floor} | {ratio} | {one.goal} | {reached} |")
    return "\n".join(lines)


def machine() -> dict[str, str | int | None]:
    """What the figures were measured on; no name of a person nor of a machine."""
    return {"python": platform.python_version(), "system": platform.system(), "processors": os.cpu_count()}
