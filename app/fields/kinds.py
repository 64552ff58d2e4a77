"""One dataclass per kind of field. A kind owns its text: `read` a typed text, `format` a stored value, `check` it.

`read` and `check` raise ValueError with a French sentence. An empty text is None; whether that is allowed is told by
`required`, and judged by whoever saves.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from app.codes import Code
from app.fields import formats
from app.fields.text import MAX_TEXT, clean_line, clean_text, fold

Column = Literal["shown", "available", "never"]
Value = Any
"""A stored value: str, int, bool, date, datetime, Decimal or None, as the kind says."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """What every kind has. `column` tells its place in the list, `group` the heading it stands under in the form and
    the pane, `width` its column in pixels at the base size."""

    name: str
    label: str
    required: bool = False
    help: str = ""
    placeholder: str = ""
    column: Column = "available"
    width: int = 120
    group: str = ""
    in_form: bool = True
    read_only: bool = False
    bulk: bool = False
    filterable: bool = False
    total: bool = False
    default: Value = None

    @property
    def right(self) -> bool:
        """Numbers stand at the right of their column."""
        return False

    def read(self, text: str) -> Value:
        return clean_line(text) or None

    def format(self, value: Value) -> str:
        return formats.MISSING if value is None else str(value)

    def edit(self, value: Value) -> str:
        """The text put in the editor: what `read` gives back as the same value."""
        return "" if value is None else self.format(value)

    def check(self, value: Value) -> Value:
        """The value in its normal form."""
        return value


@dataclass(frozen=True, kw_only=True)
class Text(Field):
    max_length: int = 200
    multiline: bool = False
    checked_by: Callable[[str], str] | None = None
    suggest: bool = False
    """Offer the values already used in this field."""

    def read(self, text: str) -> str | None:
        return (clean_text(text) if self.multiline else clean_line(text)) or None

    def check(self, value: Value) -> Value:
        if value is None:
            return None
        limit = MAX_TEXT if self.multiline else self.max_length
        if len(value) > limit:
            raise ValueError(
                f"{formats.number(limit)} caractères au plus\u00a0: il y en a {formats.number(len(value))}."
            )
        return self.checked_by(value) if self.checked_by else value


@dataclass(frozen=True, kw_only=True)
class Count(Field):
    """A whole number within bounds; with `places`, one that stands for its tenths, its hundredths… A year is not
    `grouped`: its thousands are not parted."""

    low: int = 0
    high: int = 1_000_000_000
    unit: str = ""
    places: int = 0
    grouped: bool = True

    @property
    def right(self) -> bool:
        return True

    def read(self, text: str) -> int | None:
        bare = text.strip().removesuffix(self.unit)
        return int(formats.read_number(bare, self.places).scaleb(self.places)) if text.strip() else None

    def format(self, value: Value) -> str:
        return self._shown(value) + (formats.NBSP + self.unit if self.unit and value is not None else "")

    def edit(self, value: Value) -> str:
        return "" if value is None else self._shown(value)

    def check(self, value: Value) -> Value:
        if value is not None and not self.low <= value <= self.high:
            raise ValueError(f"Écrivez un nombre de {self._shown(self.low)} à {self._shown(self.high)}.")
        return value

    def _shown(self, value: Value) -> str:
        if value is not None and not self.grouped:
            return str(value)
        return formats.number(None if value is None else Decimal(value).scaleb(-self.places), self.places)


@dataclass(frozen=True, kw_only=True)
class Number(Field):
    """A decimal number, of `places` decimals at most."""

    unit: str = ""
    places: int = 3

    @property
    def right(self) -> bool:
        return True

    def read(self, text: str) -> Decimal | None:
        bare = text.strip().removesuffix(self.unit)
        return formats.read_number(bare, self.places) if text.strip() else None

    def format(self, value: Value) -> str:
        return super().format(value) if value is None else self.edit(value) + (formats.NBSP + self.unit).rstrip()

    def edit(self, value: Value) -> str:
        """Without the zeros that would end it: « 15,6 »."""
        return "" if value is None else formats.number(value, -min(0, int(value.normalize().as_tuple().exponent)))


@dataclass(frozen=True, kw_only=True)
class Money(Field):
    """Euro cents."""

    negative: bool = False

    @property
    def right(self) -> bool:
        return True

    def read(self, text: str) -> int | None:
        return formats.read_amount(text) if text.strip() else None

    def format(self, value: Value) -> str:
        return formats.amount(value)

    def edit(self, value: Value) -> str:
        return "" if value is None else formats.amount(value, "")

    def check(self, value: Value) -> Value:
        if value is not None and value < 0 and not self.negative:
            raise ValueError("Ce montant ne peut pas être négatif.")
        if value is not None and abs(value) > formats.MAX_CENTS:
            raise ValueError("Ce montant est trop grand.")
        return value


@dataclass(frozen=True, kw_only=True)
class Minutes(Field):
    """A duration in whole minutes; by the `calendar`, one of whole days is told in days."""

    calendar: bool = False

    @property
    def right(self) -> bool:
        return True

    def read(self, text: str) -> int | None:
        return formats.read_duration(text) if text.strip() else None

    def format(self, value: Value) -> str:
        return formats.span(value) if self.calendar else formats.duration(value)


@dataclass(frozen=True, kw_only=True)
class TimeOfDay(Field):
    """An hour of the day where the company is, in minutes after midnight."""

    placeholder: str = "9 h 30"

    def read(self, text: str) -> int | None:
        return formats.read_time_of_day(text) if text.strip() else None

    def format(self, value: Value) -> str:
        return formats.MISSING if value is None else formats.time_of_day(value)


@dataclass(frozen=True, kw_only=True)
class Day(Field):
    """`deadline` asks for the triangle of what is soon due and the muted sign of what is past; `grave` for the sign of
    what is wrong once past. `monthly` is a month, kept as its first day."""

    deadline: bool = False
    grave: bool = False
    monthly: bool = False
    placeholder: str = "JJ/MM/AAAA"

    def read(self, text: str) -> date | None:
        if not text.strip():
            return None
        return formats.read_month(text) if self.monthly else formats.read_day(text)

    def format(self, value: Value) -> str:
        return formats.month_words(value) if self.monthly and value else formats.day(value)

    def edit(self, value: Value) -> str:
        return f"{value:%m/%Y}" if self.monthly and value else super().edit(value)


@dataclass(frozen=True, kw_only=True)
class Moment(Field):
    """An aware UTC time, shown in Paris."""

    placeholder: str = "JJ/MM/AAAA HH:MM"

    def read(self, text: str) -> datetime | None:
        return formats.read_moment(text) if text.strip() else None

    def format(self, value: Value) -> str:
        return formats.moment(value)

    def edit(self, value: Value) -> str:
        if value is None:
            return ""
        return formats.moment(value) + (f":{value.second:02d}" if value.second else "")


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of a closed list; `letter` shows it as its letter in a tinted square, then its word."""

    options: type[Code]
    badge: bool = False
    letter: bool = False
    filterable: bool = True

    def read(self, text: str) -> Code | None:
        wanted = fold(clean_line(text))
        if not wanted:
            return None
        for member in self.options:
            if wanted in {fold(member.value), fold(member.label)}:
                return member
        raise ValueError("Choisissez dans la liste\u00a0: " + ", ".join(o.label for o in self.options) + ".")

    def format(self, value: Value) -> str:
        return formats.MISSING if value is None else self.options.of(value).label

    def check(self, value: Value) -> Value:
        """A stored word is taken as its member."""
        if value is None:
            return None
        try:
            return self.options.of(value)
        except ValueError as error:
            raise ValueError("Choisissez dans la liste.") from error


@dataclass(frozen=True, kw_only=True)
class OneOf(Field):
    """One of a list that is data, not code: `options` are what is kept and what is shown of each."""

    options: tuple[tuple[str, str], ...]
    filterable: bool = True

    def read(self, text: str) -> str | None:
        wanted = fold(clean_line(text))
        if not wanted:
            return None
        for kept, shown in self.options:
            if wanted in {fold(kept), fold(shown)}:
                return kept
        raise ValueError("Choisissez dans la liste\u00a0: " + ", ".join(shown for _, shown in self.options) + ".")

    def format(self, value: Value) -> str:
        return formats.MISSING if value is None else dict(self.options).get(value, str(value))

    def check(self, value: Value) -> Value:
        if value is not None and value not in dict(self.options):
            raise ValueError("Choisissez dans la liste.")
        return value


@dataclass(frozen=True, kw_only=True)
class Icon(OneOf):
    """The name of a drawing, among those that suit."""


@dataclass(frozen=True, kw_only=True)
class Flag(Field):
    """Yes, no, or not known."""

    filterable: bool = True

    def read(self, text: str) -> bool | None:
        wanted = clean_line(text).casefold()
        if not wanted:
            return None
        if wanted in {"oui", "o", "vrai", "1", "true", "yes", "x"}:
            return True
        if wanted in {"non", "n", "faux", "0", "false", "no"}:
            return False
        raise ValueError("Écrivez oui ou non.")

    def format(self, value: Value) -> str:
        return formats.MISSING if value is None else "Oui" if value else "Non"


@dataclass(frozen=True, kw_only=True)
class Ref(Field):
    """The id of a record of the entity whose key is `target`; its text is that record's title."""

    target: str
    filterable: bool = True


@dataclass(frozen=True, kw_only=True)
class Joined(Field):
    """Several columns read as one in the list, a Ref by its title; `icon_from` names the Ref whose record gives the
    row its icon, or the Icon of the row itself."""

    parts: tuple[str, ...]
    separator: str = " "
    icon_from: str = ""
    in_form: bool = False
    read_only: bool = True


@dataclass(frozen=True, kw_only=True)
class Derived(Joined):
    """A number that the services work out from other tables, for the list only, in cents if `money`; or one of a closed
    list, a badge, or its `letter`; or `words`; or a `moment`; or a `day`."""

    parts: tuple[str, ...] = ()
    options: type[Code] | None = None
    letter: bool = False
    money: bool = False
    words: bool = False
    moment: bool = False
    day: bool = False

    @property
    def right(self) -> bool:
        return self.options is None and not (self.words or self.moment or self.day)

    def format(self, value: Value) -> str:
        if self.words:
            return super().format(value)
        if self.moment or self.day:
            return formats.moment(value) if self.moment else formats.day(value)
        if self.options is not None and value is not None:
            return self.options.of(value).label
        return formats.amount(value) if self.money else formats.number(value)
