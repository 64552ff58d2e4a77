"""A long task is a generator that yields Progress and returns its result.

Whoever drains it decides where it runs and how it shows; closing the generator cancels it, so that the caller's
transaction rolls back.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` units (0 when unknown) and one French line saying what is being done."""

    done: int
    total: int
    text: str = ""


Job = Generator[Progress, None, T]


def drain(job: Job[T], tell: Callable[[Progress], None] = lambda _: None) -> T:
    """Run a job to its end and return its result; `tell` hears each step and may raise to stop it."""
    try:
        while True:
            tell(next(job))
    except StopIteration as end:
        result: T = end.value
        return result
    finally:
        job.close()
