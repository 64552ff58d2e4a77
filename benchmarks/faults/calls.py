"""F3: the n-th change to the disk fails, for each n, in each way, while the program saves, backs up or restores."""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from unittest.mock import patch

from alembic import op

from app.errors import AppError
from app.jobs import drain
from app.storage import archive, header, migrations, open_store, opening, schema
from app.storage.backup import make_backup
from app.storage.restore import restore
from benchmarks.faults import shim
from benchmarks.faults.shim import Fault
from benchmarks.faults.work import Plant, attempt, examine, in_child, save

SAVES = 4
FAULTS = tuple(fault for fault in Fault if fault is not Fault.NONE)
Tell = Callable[[str], None]


@dataclass(slots=True)
class Calls:
    """`points` are the changes that the work makes: all were struck when runs = points x 7."""

    points: int = 0
    runs: int = 0
    saves: int = 0
    errors: int = 0
    error_but_saved: int = 0
    lost: int = 0
    torn: int = 0
    corrupt: int = 0
    doubled: int = 0
    bugs: list[str] = field(default_factory=list)


def run(folder: Path, most: int, seed: int, plant: Plant = Plant.NONE) -> Calls:
    """At most `most` runs, drawn among all the points and faults."""
    model = folder / "model"
    with closing(open_store(model / "a.parc")) as store:
        save(store, 1, lambda _: None)
        drain(make_backup(store, model / "s"))
        save(store, 2, lambda _: None)
    total = Calls()
    cases = []
    for work in (_save_some, _back_up, _restore, _migrate):
        points = int(_Strike(work, Fault.NONE, 0, plant).on(folder, model)[-1])
        total.points += points
        cases += [_Strike(work, fault, at, plant) for fault in FAULTS for at in range(1, points + 1)]
    for strike in cases if most >= len(cases) else random.Random(seed).sample(cases, most):
        told = strike.on(folder, model)
        with one_more_step() if strike.work is _migrate else nullcontext():
            _judge(folder / "now", told, strike.work is _restore, total)
    return total


@dataclass(frozen=True, slots=True)
class _Strike:
    work: Callable[[Path, Tell, Plant], None]
    fault: Fault
    at: int
    plant: Plant

    def on(self, folder: Path, model: Path) -> list[str]:
        """Do the work in a child on a fresh copy of the model; what it told, the number of its calls last."""
        now = folder / "now"
        shutil.rmtree(now, ignore_errors=True)
        shutil.copytree(model, now)

        def child(tell: Tell) -> None:
            shim.arm(now, self.fault, self.at)
            try:
                self.work(now, tell, self.plant)
            except AppError as error:
                tell(f"error {error}")
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
                tell(f"bug {self.work.__name__} {self.fault.name} {self.at} {error!r}")
            tell(str(shim.calls()))

        return in_child(child).end()


def _save_some(now: Path, tell: Tell, plant: Plant) -> None:
    store = open_store(now / "a.parc")
    for number in range(3, 3 + SAVES):
        if plant is Plant.NONE:
            attempt(store, number, tell, lambda done: tell(f"ok {done}"))
        else:
            save(store, number, lambda done: tell(f"ok {done}"), plant)
    store.close()


def _back_up(now: Path, tell: Tell, plant: Plant) -> None:  # noqa: ARG001 - one shape for all the works
    with closing(open_store(now / "a.parc")) as store:
        made = drain(make_backup(store, now / "s"))
    tell(f"backup {made.path.name}")


def _restore(now: Path, tell: Tell, plant: Plant) -> None:  # noqa: ARG001 - one shape for all the works
    drain(restore(next((now / "s").glob("*.zip")), now / "a.parc"))
    tell("restored")


def _migrate(now: Path, tell: Tell, plant: Plant) -> None:  # noqa: ARG001 - one shape for all the works
    with one_more_step():
        open_store(now / "a.parc").close()
    tell("migrated")


@contextmanager
def one_more_step() -> Iterator[None]:
    """A program whose schema is one step further: it makes a table again that others refer to."""
    steps = (*migrations.STEPS, _rebuild)
    migrate = partial(migrations.migrate, steps=steps)
    with (
        patch.object(schema, "SCHEMA", len(steps)),
        patch.object(header, "SCHEMA", len(steps)),
        patch.object(opening, "migrate", migrate),
    ):
        yield


def _rebuild() -> None:
    with op.batch_alter_table("person", recreate="always"):
        pass


def _judge(now: Path, told: list[str], restoring: bool, total: Calls) -> None:
    saved = {int(line.split()[1]) for line in told if line.startswith("ok")}
    refused = {int(line.split()[1]) for line in told if line.startswith("error ") and line[6:].isdigit()}
    acknowledged = {1} | saved | (set() if restoring else {2})
    found = examine(now / "a.parc", acknowledged)
    total.runs += 1
    total.saves += len(saved)
    total.errors += sum(line.startswith("error") for line in told)
    total.error_but_saved += len(refused & found.present)
    total.bugs += [line for line in told if line.startswith("bug")]
    total.lost += found.lost + _missing(now, told, found.present)
    total.torn += found.torn
    total.doubled += found.doubled
    total.corrupt += found.corrupt + _false_backups(now)


def _missing(now: Path, told: list[str], present: set[int]) -> int:
    """What was there before a restoration is in the file kept aside; a backup told of is in its folder."""
    lost = 0
    if 2 not in present:
        aside = now / "a.avant-restauration-1.parc"
        lost += not (aside.exists() and 2 in examine(aside, {1, 2}).present)
    names = [line.split()[1] for line in told if line.startswith("backup")]
    return lost + sum(not (now / "s" / name).exists() for name in names)


def _false_backups(now: Path) -> int:
    """Archives under a final name that are not whole."""
    wrong = 0
    for path in (now / "s").glob("*.zip"):
        try:
            drain(archive.check_content(path))
        except AppError:
            wrong += 1
    return wrong
