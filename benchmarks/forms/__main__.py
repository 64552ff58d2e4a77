"""python -m benchmarks.forms [--forms 700] [--seed 90001] [--ways ordinary pencil …] [--folder …]."""

import argparse
import tempfile
import time
from pathlib import Path

from benchmarks.forms.trial import WAYS, Count, run


def _row(label: str, forms: int, found: Count) -> str:
    read = found.pages["form"]
    lines, struck = sum(found.plain.values()), sum(found.struck.values())
    share = 100 * found.plain["right"] / lines if lines else 0.0
    return (
        f"| {label} | {forms} | {read} | {found.plain['right']} · {found.plain['doubt']} · **{found.plain['wrong']}** "
        f"of {lines} ({share:.2f} %) | {found.struck['right']} · {found.struck['doubt']} · "
        f"**{found.struck['wrong']}** of {struck} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forms", type=int, default=700)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ways", nargs="+", choices=sorted(WAYS), default=["ordinary"])
    parser.add_argument("--folder", type=Path, default=None, help="keeps there the forms with a doubt or an error")
    parser.add_argument("--all", action="store_true", help="says every doubt")
    args = parser.parse_args()
    folder = args.folder or Path(tempfile.mkdtemp(prefix="forms-"))
    folder.mkdir(parents=True, exist_ok=True)
    print(
        "| Trial | Forms | Read | Ordinary lines: right · doubt · **wrong** | Struck out: right · doubt · **wrong** |"
    )
    print("|---|---|---|---|---|")
    for key in args.ways:
        start = time.perf_counter()
        found = run(key, args.forms, args.seed, folder)
        print(_row(WAYS[key].label, args.forms, found), flush=True)
        for words in (*found.wrongs, *(found.doubts if args.all else ())):
            print("   ", words)
        seen, missed = found.areas[True, True], found.areas[True, False]
        dirty, clean = found.areas[False, True], found.areas[False, False]
        print(
            f"    places to write: {seen} seen of {seen + missed}; {dirty} of {dirty + clean} empty taken for written"
        )
        print(f"    {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
