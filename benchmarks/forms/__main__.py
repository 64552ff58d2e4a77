"""python -m benchmarks.forms [--forms 700] [--seed 90001] [--ways ordinary pencil …] [--screen 50]."""

import argparse
import tempfile
import time
from pathlib import Path
from random import Random

from benchmarks.forms import screen
from benchmarks.forms.trial import WAYS, Count, read, run

HEAD = "| Trial | Forms | Read | Ordinary lines: right · doubt · **wrong** | Struck out: right · doubt · **wrong** |"


def _row(label: str, forms: int, found: Count) -> str:
    lines, struck = sum(found.plain.values()), sum(found.struck.values())
    share = 100 * found.plain["right"] / lines if lines else 0.0
    return (
        f"| {label} | {forms} | {found.pages['form']} | {found.plain['right']} · {found.plain['doubt']} · "
        f"**{found.plain['wrong']}** of {lines} ({share:.2f} %) | {found.struck['right']} · "
        f"{found.struck['doubt']} · **{found.struck['wrong']}** of {struck} |"
    )


def _areas(found: Count) -> str:
    seen, missed = found.areas[True, True], found.areas[True, False]
    dirty, clean = found.areas[False, True], found.areas[False, False]
    return f"    places to write: {seen} seen of {seen + missed}; {dirty} of {dirty + clean} empty taken for written"


def on_paper(args: argparse.Namespace, folder: Path) -> None:
    print(f"{HEAD}\n|---|---|---|---|---|")
    for key in args.ways:
        start = time.perf_counter()
        found = run(key, args.forms, args.seed, folder)
        print(_row(WAYS[key].label, args.forms, found), flush=True)
        for words in (*found.wrongs, *(found.doubts if args.all else ())):
            print("   ", words)
        print(_areas(found))
        print(f"    {time.perf_counter() - start:.0f} s", flush=True)


def on_screen(forms: int, seed: int, folder: Path) -> None:
    """Half of them by clicks, half by a program."""
    right = 0
    for rank in range(forms):
        filled = screen.drawn(Random(f"{seed}:screen:{rank}"))
        path = folder / f"{filled.reference}.pdf"
        (screen.by_hand if rank % 2 else screen.by_program)(filled, path)
        right += filled.agrees(read(path, folder))
    print(f"{right} of {forms} forms filled on screen read back exactly")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forms", type=int, default=700)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ways", nargs="+", choices=sorted(WAYS), default=["ordinary"])
    parser.add_argument("--folder", type=Path, default=None, help="keeps there the forms with a doubt or an error")
    parser.add_argument("--all", action="store_true", help="says every doubt")
    parser.add_argument("--screen", type=int, default=0, help="fills so many forms on screen, and no paper")
    args = parser.parse_args()
    folder = args.folder or Path(tempfile.mkdtemp(prefix="forms-"))
    folder.mkdir(parents=True, exist_ok=True)
    if args.screen:
        on_screen(args.screen, args.seed, folder)
    else:
        on_paper(args, folder)


if __name__ == "__main__":
    main()
