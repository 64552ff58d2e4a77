"""The work that faults strike: saves that touch several tables, backups, restorations; and what must hold after."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from sqlalchemy import select, update

from app.errors import AppError, StoreError
from app.models import Counter, Document, Person, Site
from app.storage import Store, engines, open_store
from app.storage.attachments import put
from app.storage.history import outside_changes, verify_chain

Tell = Callable[[int], None]


class Plant(Enum):
    """Bugs planted to see that the harness sees them."""

    NONE = "none"
    TWO_COMMITS = "one save in two commits"
    EARLY = "acknowledged before the commit"
    NO_SYNC = "nothing synced"


@dataclass(slots=True)
class Found:
    """The state of a file after a fault, against what was acknowledged."""

    lost: int = 0
    torn: int = 0
    corrupt: int = 0
    doubled: int = 0
    present: set[int] = field(default_factory=set)


@contextmanager
def planted(plant: Plant) -> Iterator[None]:
    if plant is not Plant.NO_SYNC:
        yield
        return
    kept = engines._WRITER["synchronous"]
    engines._WRITER["synchronous"] = 0
    try:
        yield
    finally:
        engines._WRITER["synchronous"] = kept


def save(store: Store, number: int, acknowledge: Tell, plant: Plant = Plant.NONE) -> None:
    """One save that must be whole: a person, a site of the same number, the counter, at times a document."""
    if plant is Plant.EARLY:
        acknowledge(number)
    with store.begin(f"Enregistrement {number}") as session:
        session.add(Person(last_name=f"{number}", uuid=f"p{number}"))
        session.merge(Counter(prefix="essai", last=number))
        if plant is not Plant.TWO_COMMITS:
            session.add(Site(name=f"{number}"))
        if number % 5 == 0:
            content = f"{number}".encode() * 2000
            document = Document(entity="person", record_id=1, name="a.txt", sha256=put(session, content), size=1)
            session.add(document)
        if number % 3 == 0:
            session.execute(update(Site).values(notes=f"{number}"))
    if plant is Plant.TWO_COMMITS:
        with store.begin() as session:
            session.add(Site(name=f"{number}"))
    acknowledge(number)


def last_number(path: Path) -> int:
    with closing(open_store(path)) as store, store.read() as session:
        return session.scalar(select(Counter.last)) or 0


def examine(path: Path, acknowledged: set[int]) -> Found:
    """Open the file as the program does after a crash, and compare."""
    found = Found()
    try:
        with closing(open_store(path)) as store, store.read() as session:
            people = [int(name) for name in session.scalars(select(Person.last_name))]
            sites = [int(name) for name in session.scalars(select(Site.name))]
            last = session.scalar(select(Counter.last)) or 0
            wrong = verify_chain(session) + outside_changes(session)
    except AppError:
        found.corrupt = 1
        return found
    found.present = set(people)
    found.lost = len(acknowledged - found.present)
    found.doubled = len(people) - len(found.present)
    found.torn = int(sorted(people) != sorted(sites) or last != max(people, default=0) or bool(wrong))
    return found


def in_child(work: Callable[[Callable[[str], None]], None]) -> "Child":
    """Start `work` in a fork; it is given a function that tells lines to the parent."""
    read_end, write_end = os.pipe()
    process = os.fork()
    if process == 0:
        status = 1
        try:
            os.close(read_end)
            work(lambda line: _tell(write_end, line))
            status = 0
        finally:
            os._exit(status)  # nothing of the parent is closed twice
    os.close(write_end)
    return Child(process, read_end)


def _tell(pipe: int, line: str) -> None:
    os.write(pipe, f"{line}\n".encode())


@dataclass(frozen=True, slots=True)
class Child:
    process: int
    pipe: int

    def end(self) -> list[str]:
        """Wait for its death; the whole lines it told."""
        with open(self.pipe, "rb") as told:  # noqa: PTH123 - a pipe has no path
            text = told.read().decode()
        os.waitpid(self.process, 0)
        return text[: text.rfind("\n") + 1].splitlines()


def attempt(store: Store, number: int, tell: Callable[[str], None], acknowledge: Tell) -> None:
    """One save, told as « ok », « error » (a sentence was shown) or « bug » (none was)."""
    try:
        save(store, number, acknowledge)
    except StoreError:
        tell(f"error {number}")
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        tell(f"bug {number} {error!r}")
