"""What every measured process uses: the clock its parent started, its memory, the way to answer."""

import os
import time
from collections.abc import Callable, Mapping

STARTED = "BENCHMARK_STARTED"
"""When the parent started the process, by the clock that all processes share."""

Figures = dict[str, float]


def since_start() -> float:
    """Milliseconds since the parent started this process."""
    return (time.monotonic() - float(os.environ[STARTED])) * 1000


def peak_memory() -> float:
    """MB of memory this process held at most; 0 where the system does not tell it so."""
    try:
        with open("/proc/self/status", encoding="ascii", errors="ignore") as status:  # noqa: PTH123 - pathlib costs 2 ms
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
    except OSError:
        return 0.0


def once(act: Callable[[], object]) -> float:
    """Milliseconds of an act."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def usual(act: Callable[[], object], times: int) -> float:
    """Median milliseconds of an act done several times, after once that does not count."""
    act()
    return sorted(once(act) for _ in range(times))[times // 2]


def answer(figures: Mapping[str, float]) -> None:
    """Give the figures to the parent and leave at once: nothing that is closed belongs to the measure."""
    import json  # noqa: PLC0415 - after the clock was read

    print(json.dumps(figures), flush=True)
    os._exit(0)
