"""What an inventory tells of one asset, as plain data that travels from the child process."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

Plain = dict[str, Any]


class Program(NamedTuple):
    """A software on a machine; `installed_on` is a date in ISO."""

    name: str
    publisher: str | None = None
    version: str | None = None
    installed_on: str | None = None


class Piece(NamedTuple):
    """A part of a machine, as its maker tells it."""

    label: str
    size: str | None = None
    serial: str | None = None


@dataclass(slots=True)
class Machine:
    """`values` by field name of the asset, empty ones absent, times in ISO; `family` the name of the family guessed.

    `survey` by column of the survey; `programs` is None, and a kind is absent from `pieces`, when the file does not
    speak of them.
    """

    values: Plain
    family: str
    notes: list[str] = field(default_factory=list)
    partial: bool = False
    survey: Plain = field(default_factory=dict)
    programs: list[Program] | None = None
    pieces: dict[str, list[Piece]] = field(default_factory=dict)

    @property
    def is_surveyed(self) -> bool:
        return bool(self.survey or self.programs is not None or self.pieces)


def to_plain(machine: Machine) -> Plain:
    return {name: getattr(machine, name) for name in Machine.__slots__}


def from_plain(plain: Plain) -> Machine:
    programs = plain["programs"]
    return Machine(
        plain["values"],
        plain["family"],
        plain["notes"],
        plain["partial"],
        plain["survey"],
        None if programs is None else [Program(*one) for one in programs],
        {kind: [Piece(*one) for one in pieces] for kind, pieces in plain["pieces"].items()},
    )
