"""What is measured, beside which floor, for which goal (docs/PERFORMANCE.md says why)."""

from collections.abc import Callable
from pathlib import Path

from benchmarks.bases import HOME_TAB, TICKETS_TAB, home_of
from benchmarks.harness import Group, Measure, Variant
from benchmarks.work import shell
from benchmarks.work.bare_board import OTHERS, STATEMENTS

Made = dict[str, Path]


def start(folder: Path, _made: Made) -> Group:
    bare = folder / "shell.db"
    shell.make_base(str(bare))
    left = {"kept": TICKETS_TAB, "fresh": TICKETS_TAB, "home": HOME_TAB}
    return Group(
        [Variant(name, "start", (str(home_of(folder, tab)),)) for name, tab in left.items()]
        + [Variant(name, "shell", (str(bare),)) for name in ("empty", "lazy", "orm")],
        [
            Measure("start, list kept: first frame with real rows", "kept.painted", "orm.painted", ratio=0.45),
            Measure("start, list kept: the same, beside the lazy shell", "kept.painted", "lazy.painted", ratio=1.2),
            Measure("start, list kept: all usable", "kept.usable", "orm.painted", ratio=1.1),
            Measure("start, no list kept: first frame with real rows", "fresh.painted", "orm.painted", ratio=1.1),
            Measure("start, no list kept: all usable", "fresh.usable", "orm.painted", ratio=1.1),
            Measure("start on the home page: all usable", "home.usable", "orm.painted", ratio=1.1),
            Measure("start: memory at most", "kept.memory", "orm.memory", ratio=1.15, unit="MB"),
            Measure("start: SQLAlchemy imported before the frame", "kept.early", at_most=0, unit=""),
            Measure("start: libraries of papers and migrations imported", "kept.heavy", at_most=0, unit=""),
        ],
    )


def lists(_folder: Path, made: Made) -> Group:
    variants, measures = [], []
    for key, many in (("asset", "assets"), ("ticket", "tickets")):
        variants += [
            Variant(many, "lists", (key, str(made["big"]))),
            Variant(f"bare-{many}", "listfloor", (key, str(made["big"]))),
        ]
        measures += _of_list(many)
    variants.append(Variant("few", "lists", ("ticket", str(made["small"]))))
    measures += [
        Measure("tickets: sort by the next promise", "tickets.due", "bare-tickets.due", at_most=50),
        Measure("tickets: sort, many beside few", "tickets.sort", "few.sort", ratio=1.3),
        Measure("tickets: jump, many beside few", "tickets.jump", "few.jump", ratio=1.3),
    ]
    return Group(variants, measures)


def _of_list(many: str) -> list[Measure]:
    bare = f"bare-{many}"
    return [
        Measure(f"{many}: first paint", f"{many}.first"),
        Measure(f"{many}: repaint, beside C++ items", f"{many}.repaint", f"{bare}.repaint", ratio=1.5),
        Measure(f"{many}: sort, median of all columns", f"{many}.sort", f"{bare}.sort", at_most=16),
        Measure(f"{many}: sort, worst", f"{many}.sort_worst", f"{bare}.sort", at_most=50),
        Measure(f"{many}: keystroke, median", f"{many}.key", f"{bare}.key", at_most=16),
        Measure(f"{many}: keystroke, worst", f"{many}.key_worst", f"{bare}.key", at_most=50),
        Measure(f"{many}: a word that nothing holds", f"{many}.absent", f"{bare}.absent", at_most=16),
        Measure(f"{many}: jump anywhere, median", f"{many}.jump", at_most=16),
        Measure(f"{many}: jump anywhere, worst", f"{many}.jump_worst", at_most=50),
        Measure(f"{many}: one notch of the wheel, worst", f"{many}.step_worst", at_most=50),
        Measure(f"{many}: count, after the frame", f"{many}.count", at_most=50),
    ]


def papers(_folder: Path, made: Made) -> Group:
    return Group(
        [
            Variant(f"{kind}register-{size}", "papers", (str(made[base]),))
            for size, base in (("1000", "small"), ("10000", "middle"))
            for kind in ("", "bare")
        ]
        + [
            Variant(f"{kind}-{size}", "drawing", (str(made[base]),))
            for kind, size, base in (
                ("register", "alone", "middle"), ("whole", "1000", "small"), ("whole", "10000", "middle"),
                ("whole", "20000", "big"),
            )
        ]
        + [Variant(name, "papers", (str(made["small"]),)) for name in ("sheet", "baresheet")],
        [
            Measure("register of 1 000 assets", "register-1000.draw", "bareregister-1000.draw", ratio=1, at_most=150),
            Measure("register of 10 000 assets", "register-10000.draw", "bareregister-10000.draw", ratio=1),
            Measure("register of 10 000 assets: memory of its drawing", "register-alone.memory", at_most=75, unit="MB"),
            Measure("whole report of 1 000 assets", "whole-1000.draw"),
            Measure("whole report of 10 000 assets", "whole-10000.draw"),
            Measure("whole report of 20 000 assets, beside 10 000", "whole-20000.draw", "whole-10000.draw", ratio=3),
            Measure("intervention sheet with its code, warm", "sheet.draw", "baresheet.draw", ratio=1.3),
            Measure("intervention sheet, first of a process", "sheet.first", "baresheet.first", at_most=120),
        ],
    )  # fmt: skip


def excel(_folder: Path, made: Made) -> Group:
    return Group(
        [Variant(name, "excel", (str(made["big"]),)) for name in ("program", "writer", "plain", "raw")],
        [
            Measure("Excel of 20 000 assets, styled", "writer.write", "plain.write", ratio=1.2),
            Measure("Excel of 20 000 assets, beside XML by hand", "writer.write", "raw.write"),
            Measure("Excel of 20 000 assets, read from the base", "program.write", "plain.write", ratio=1.5),
            Measure("Excel of 20 000 assets: memory over the start", "program.over", at_most=25, unit="MB"),
        ],
    )


def board(_folder: Path, made: Made) -> Group:
    return Group(
        [Variant(name, "board", (str(made["big"]),)) for name in ("program", "bare")],
        [
            Measure("board of eight indicators, 12 months of each, known", "program.board", at_most=50),
            Measure("board of eight indicators, the first time", "program.first", at_most=50),
            *(Measure(f"36 months of {code}", f"program.{code}", f"bare.{code}", ratio=1.1) for code in STATEMENTS),
            *(Measure(f"36 months of {code}", f"program.{code}") for code in OTHERS),
            Measure("figures that are not those of bare SQL", "program.differ", at_most=0, unit=""),
            Measure("tickets as they stood a year ago", "program.past", at_most=100),
            Measure("home page: all its questions", "program.home", at_most=50),
            Measure("home page: the same, nothing remembered", "program.home_afresh"),
        ],
    )


def replacements(_folder: Path, made: Made) -> Group:
    return Group(
        [Variant("plan", "replacements", (str(made["big"]),))],
        [
            Measure("replacement plan of the fleet, nothing remembered", "plan.afresh", at_most=1000),
            Measure("replacement plan of the fleet, read before", "plan.known", at_most=16),
        ],
    )


def saving(_folder: Path, made: Made) -> Group:
    return Group(
        [Variant(name, "saving", (str(made["big"]),)) for name in ("backup", "checked", "bare")],
        [
            Measure("copy before a migration, fully checked", "checked.save", "bare.save"),
            Measure("backup: copy, history verified, packed, read again", "backup.save", "bare.save", ratio=1.25),
        ],
    )


def calm(_folder: Path, made: Made) -> Group:
    return Group(
        [Variant("calm", "calm", (str(made["big"]),))],
        [
            Measure("repaint while an export runs, 95 %", "calm.beside_p95", "calm.alone_p95", ratio=2),
            Measure("repaint while an export runs, worst", "calm.beside_worst", "calm.alone_worst", at_most=50),
        ],
    )


def imports(_folder: Path, made: Made) -> Group:
    return Group(
        [Variant(name, "imports", (str(made["big"]),)) for name in ("workbook", "bare", "child", "csv")],
        [
            Measure("workbook of 50 000 lines: checked and written", "workbook.import", "bare.read", ratio=2.5),
            Measure("workbook of 50 000 lines: read in the child", "child.read", "bare.read"),
            Measure("workbook of 50 000 lines: read and compared", "workbook.plan", "bare.read"),
            Measure("workbook of 50 000 lines: written with its history", "workbook.apply", "bare.read"),
            Measure("list of 5 000 lines in CSV: checked and written", "csv.import", at_most=1500),
        ],
    )


GROUPS: dict[str, Callable[[Path, Made], Group]] = {
    "start": start,
    "lists": lists,
    "papers": papers,
    "excel": excel,
    "board": board,
    "replacements": replacements,
    "saving": saving,
    "calm": calm,
    "imports": imports,
}
