"""What a person may say of a file before it is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Told = Mapping[str | int, str | None]
"""A heading, or the position of a column from 0 -> the target it fills, or None to leave it aside."""


@dataclass(frozen=True, slots=True)
class Options:
    """`entity` says what a list holds when its headers must not decide; `columns` what some of its columns fill (the
    others are guessed); `sheet` the sheet of a workbook. The last user's name is personal data: it is read only when
    asked for. `from_memory` lets the columns told once for the same headings serve again.
    """

    entity: str = ""
    last_user: bool = False
    columns: Told = field(default_factory=dict)
    sheet: str = ""
    from_memory: bool = True
