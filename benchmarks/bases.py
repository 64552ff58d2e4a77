"""Making the bases that are measured, each in a process of its own, in the order in which they are needed."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks.harness import PATIENCE, ROOT, Sizes

HOME_TAB, TICKETS_TAB = 0, 3


def environment(folder: Path, platform: str, *, compiled: bool = True) -> dict[str, str]:
    """What the processes are told: where their own files are, and the screen to draw on.

    `compiled`: they find their bytecode ready, as an installed program does, and leave none in the project.
    """
    found = {"PARCOMETRE_HOME": str(home_of(folder, TICKETS_TAB)), "QT_QPA_PLATFORM": platform}
    if compiled:
        found |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    return found


def home_of(folder: Path, tab: int) -> Path:
    """The workstation on which the program was last left with this tab in front; its base is the big one."""
    return folder / f"home-{tab}"


def build(folder: Path, sizes: Sizes, surroundings: Mapping[str, str]) -> dict[str, Path]:
    """Make in the folder the bases that are not there yet; their paths by name."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {}
    for name, (assets, tickets) in (("big", sizes.big), ("middle", sizes.middle), ("small", sizes.small)):
        made[name] = folder / f"{assets}-{tickets}.parc"
        if not made[name].exists():
            _run(surroundings, "fill", made[name], assets, tickets)
    for tab in (HOME_TAB, TICKETS_TAB):  # the list is left last: the base keeps it for the next start
        home = home_of(folder, tab)
        home.mkdir(exist_ok=True)
        base = home / "entreprise.parc"
        base.unlink(missing_ok=True)
        base.hardlink_to(made["big"])
        _run({**surroundings, "PARCOMETRE_HOME": str(home)}, "leave", base, tab)
    return made


def _run(surroundings: Mapping[str, str], act: str, *arguments: object) -> None:
    command = [sys.executable, "-c", f"from benchmarks.work import bases; bases.{act}()", *map(str, arguments)]
    environment = {**os.environ, **surroundings, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    if done.returncode:
        raise RuntimeError(f"{act}: {done.stderr[-3000:]}")
