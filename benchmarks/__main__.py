"""`python -m benchmarks`: every measure beside its floor and its goal, as a table and as JSON.

`python -m benchmarks start lists --rounds 9 --json figures.json` for some of them. The bases are made in a temporary
folder, or once and for all in `--folder`.
"""

import argparse
import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks import bases
from benchmarks.harness import SHORT, Result, Sizes, machine, run, table
from benchmarks.measures import GROUPS

ROUNDS = 5


def main() -> int:
    asked = _parser().parse_args()
    sizes = SHORT if asked.short else Sizes()
    if asked.folder is not None:
        results = _measure(asked.folder, sizes, asked)
    else:
        with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
            results = _measure(Path(folder), sizes, asked)
    print(table(results))
    if asked.json is not None:
        figures = {"machine": machine(), "sizes": asdict(sizes), "rounds": asked.rounds}
        text = json.dumps({**figures, "measures": [asdict(one) for one in results]}, indent=1, ensure_ascii=False)
        asked.json.write_text(text + "\n", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of: {', '.join(GROUPS)} (default: all)")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--short", action="store_true", help="small bases: to see that it works, not to measure")
    parser.add_argument("--folder", type=Path, help="keep the bases in this folder, and use those already there")
    return parser


def _measure(folder: Path, sizes: Sizes, asked: argparse.Namespace) -> list[Result]:
    surroundings = bases.environment(folder, os.environ.get("QT_QPA_PLATFORM", "offscreen"), compiled=not asked.short)
    made = bases.build(folder, sizes, surroundings)
    groups = [GROUPS[name](folder, made) for name in asked.names or GROUPS]
    return [result for group in groups for result in run(group, asked.rounds, surroundings, _tell)]


def _tell(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{text}\033[K", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
