"""Closed lists: the value kept in the base, the French word shown, and the tone of its badge."""

from enum import StrEnum
from typing import Self

TONES = ("ok", "warn", "bad", "hold", "info", "mute")


class Code(StrEnum):
    """A member is written `NAME = "stored", "Mot affiché"[, tone[, loud]]`.

    `tone` is one of TONES or "" (plain text); `loud` asks for a tinted badge, kept for what calls for an act.
    """

    label: str
    tone: str
    loud: bool

    def __new__(cls, value: str, label: str, tone: str = "", loud: bool = False) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.tone = tone
        member.loud = loud
        return member

    @classmethod
    def of(cls, value: str) -> Self:
        """The member kept in the base as `value`; ValueError if there is none."""
        member = cls._value2member_map_.get(value)
        if not isinstance(member, cls):
            raise ValueError(value)  # noqa: TRY004 - the value is wrong, not its type
        return member


def labels(options: type[Code]) -> dict[str, str]:
    """Stored value -> word shown, in the declared order."""
    return {member.value: member.label for member in options}
