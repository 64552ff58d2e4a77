"""F2: a power cut at any moment of a run of saves, played again from the log of its changes.

What was synced is there. Of the rest, each write may be kept, lost, or left half done by sectors of 512 bytes, some of
them garbage; names made, removed or changed since the folder was synced may be lost from the last one backwards.
"""

import random
import sqlite3
import struct
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from app.storage import engines, open_store
from benchmarks.faults import shim
from benchmarks.faults.shim import Fault
from benchmarks.faults.work import Plant, in_child, planted, save

SECTOR = 512
HEAD = struct.Struct("=qqqq")
CREATE, WRITE, TRUNCATE, SYNC, SYNC_FOLDER, UNLINK, RENAME, MARK = range(1, 9)


@dataclass(slots=True)
class Cuts:
    """`states` are contents of the disk that a cut may leave, each opened and compared."""

    operations: int = 0
    states: int = 0
    lost: int = 0
    torn: int = 0
    corrupt: int = 0


@dataclass(slots=True)
class Inode:
    durable: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)  # (offset, data), or (length, None): cut

    def sync(self) -> None:
        for change in self.pending:
            _apply(self.durable, *change)
        self.pending.clear()


@dataclass(slots=True)
class Disk:
    """`names` are those on the disk; `moves` the changes of names since the folder was synced, in order."""

    names: dict[str, Inode] = field(default_factory=dict)
    moves: list[tuple[str, Inode | None]] = field(default_factory=list)

    def seen(self) -> dict[str, Inode]:
        """The names as the running program sees them."""
        return _moved(self.names, self.moves)


def _moved(names: dict[str, Inode], moves: list[tuple[str, Inode | None]]) -> dict[str, Inode]:
    now = dict(names)
    for name, inode in moves:
        if inode is None:
            now.pop(name, None)
        else:
            now[name] = inode
    return now


def _apply(content: bytearray, offset: int, data: bytes | None) -> None:
    if data is None:
        content[:] = content[:offset].ljust(offset, b"\0")
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def records(log: Path) -> Iterator[tuple[int, str, int, bytes]]:
    """What, on which file, offset (or length, or number of the save), data."""
    text = log.read_bytes()
    at = 0
    while at < len(text):
        what, path_length, offset, length = HEAD.unpack_from(text, at)
        at += HEAD.size
        path = text[at : at + path_length].decode()
        at += path_length
        data = text[at : at + length] if what in (WRITE, RENAME) else b""
        at += len(data)
        yield what, path, offset, data


def play(disk: Disk, what: int, path: str, offset: int, data: bytes) -> None:
    """Do one logged change."""
    if what == CREATE:
        disk.moves.append((path, Inode()))
    elif what in (WRITE, TRUNCATE):
        disk.seen()[path].pending.append((offset, data if what == WRITE else None))
    elif what == SYNC:
        disk.seen()[path].sync()
    elif what == SYNC_FOLDER:
        disk.names, disk.moves = disk.seen(), []
    elif what == UNLINK:
        disk.moves.append((path, None))
    elif what == RENAME:
        disk.moves += [(data.decode(), disk.seen()[path]), (path, None)]


def after_cut(disk: Disk, chance: random.Random, variant: int) -> dict[str, bytes]:
    """One content that the cut may leave: 0 all that was written, 1 only what was synced, then at random."""
    kept = (len(disk.moves), 0)[variant] if variant < 2 else chance.randint(0, len(disk.moves))
    contents = {}
    for name, inode in _moved(disk.names, disk.moves[:kept]).items():
        content = bytearray(inode.durable)
        for offset, data in inode.pending:
            if variant == 0 or (variant > 1 and chance.random() < 0.5):
                _apply(content, offset, data)
            elif variant > 1 and data and chance.random() < 0.5:
                _tear(content, offset, data, chance)
        contents[name] = bytes(content)
    return contents


def _tear(content: bytearray, offset: int, data: bytes, chance: random.Random) -> None:
    for start in range(0, len(data), SECTOR):
        sector = data[start : start + SECTOR]
        luck = chance.random()
        if luck < 0.45:
            _apply(content, offset + start, sector)
        elif luck < 0.6:
            _apply(content, offset + start, chance.randbytes(len(sector)))


def run(folder: Path, saves: int, variants: int, seed: int, plant: Plant = Plant.NONE) -> Cuts:
    """`variants` contents of the disk after each change of a run of saves."""
    live, log = folder / "live", folder / "log"
    open_store(live / "a.parc").close()
    disk = Disk({str(path): Inode(bytearray(path.read_bytes())) for path in live.iterdir()})
    in_child(_saver(live, log, saves, plant)).end()
    chance = random.Random(seed)
    total, acknowledged = Cuts(), 0
    for what, path, offset, data in records(log):
        if what == MARK:
            acknowledged = offset
        else:
            play(disk, what, path, offset, data)
            total.operations += 1
        for variant in range(variants):
            _judge(folder / "cut", after_cut(disk, chance, variant), acknowledged, total)
    return total


def _saver(live: Path, log: Path, saves: int, plant: Plant) -> Callable[[Callable[[str], None]], None]:
    def work(_tell: Callable[[str], None]) -> None:
        shim.arm(live, Fault.NONE, 0, log)
        with planted(plant):
            store = open_store(live / "a.parc")
            for number in range(1, saves + 1):
                save(store, number, shim.mark, plant)

    return work


def _judge(folder: Path, contents: dict[str, bytes], acknowledged: int, total: Cuts) -> None:
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for name, content in contents.items():
        (folder / Path(name).name).write_bytes(content)
    total.states += 1
    try:
        with closing(engines.connect(folder / "a.parc")) as connection:
            sound = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
            people = [int(name) for (name,) in connection.execute("SELECT last_name FROM person ORDER BY id")]
            sites = [int(name) for (name,) in connection.execute("SELECT name FROM site ORDER BY id")]
            last = connection.execute("SELECT coalesce(max(last), 0) FROM counter").fetchone()[0]
            entries, sealed = connection.execute("SELECT count(*), count(hash) FROM history").fetchone()
    except sqlite3.Error:
        total.corrupt += 1
        return
    total.corrupt += not sound
    total.lost += len(people) < acknowledged
    total.torn += people != sites or last != len(people) or entries != sealed
