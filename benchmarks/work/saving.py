"""A backup, and its floor: SQLite's own copy and a quick check of it. `checked` is ours without packing nor history."""

import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from app.jobs import drain
from app.storage import backup, open_store
from app.storage.copying import copy_base
from benchmarks.work.process import answer, once


def main() -> None:
    name, base = sys.argv[1], Path(sys.argv[2])
    with tempfile.TemporaryDirectory(dir=base.parent) as folder:
        target = Path(folder)
        if name == "bare":
            answer({"save": once(lambda: _bare(base, target / "copy"))})
        if name == "checked":
            answer({"save": once(lambda: copy_base(base, target / "copy"))})
        with closing(open_store(base)) as store:
            answer({"save": once(lambda: drain(backup.make_backup(store, target)))})


def _bare(base: Path, target: Path) -> None:
    with closing(sqlite3.connect(base)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        assert copy.execute("PRAGMA quick_check").fetchone() == ("ok",)
