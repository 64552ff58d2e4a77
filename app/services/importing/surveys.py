"""Machines that an inventory tells of, as lines of the list of assets."""

from collections.abc import Sequence
from datetime import datetime

from app.models.codes import Finding
from app.services.importing.entries import Entry, Source
from app.services.reading.machine import Machine


def surveyed(machines: Sequence[Machine], name: str, written_at: datetime | None = None) -> Source:
    """The same as lines of a file, which an inventory does not have."""
    return Source(name, "asset", [_entry(machine, written_at) for machine in machines])


def _entry(machine: Machine, written_at: datetime | None) -> Entry:
    values = machine.values | {"finding": Finding.TOOL}
    if "inventoried_at" in values:
        values["inventoried_at"] = datetime.fromisoformat(values["inventoried_at"])
    return Entry(
        None,
        values,
        notes=list(machine.notes),
        guess=machine.family,
        from_tool=True,
        partial=machine.partial,
        machine=machine,
        written_at=written_at,
    )
