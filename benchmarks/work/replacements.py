"""The replacement plan of a whole fleet, nothing remembered; and the same once it was read."""

import sys
from contextlib import closing
from pathlib import Path

from app.fields import this_day
from app.services.remembered import forget
from app.services.replacements.plan import plan
from app.storage import open_store
from benchmarks.work.process import answer, usual


def main() -> None:
    today = this_day()
    with closing(open_store(Path(sys.argv[2]))) as store, store.read() as session:

        def afresh() -> None:
            forget()
            plan(session, today)

        answer({"afresh": usual(afresh, 3), "known": usual(lambda: plan(session, today), 5)})
