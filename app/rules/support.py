"""Until when a system is corrected by its maker, told from the words of an inventory (domain.md F.2).

An inventory writes « Microsoft Windows 11 Professionnel » and « 23H2 (10.0.22631) ». The table has one row for each
product, version (« 11 23H2 ») and set of editions. What cannot be told for sure is None, never guessed.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from app.codes import Code
from app.rules.notice import add_months

_SAME = {
    "home": "famille", "professional": "pro", "professionnel": "pro", "enterprise": "entreprise", "ltsb": "ltsc",
    "professionnelle": "pro", "familiale": "famille",
}  # fmt: skip
_SPELLINGS = (("mac os x", "macos"), ("os x", "macos"), ("mac os", "macos"))
_BITS = {"32", "64", "86"}
"""Numbers of a processor, not of a version."""


class SupportState(Code):
    EXPIRED = "expired", "Expiré", "bad", True
    SIX_MONTHS = "6", "<\u00a06\u00a0mois", "warn", True
    TWELVE_MONTHS = "12", "<\u00a012\u00a0mois", "warn"
    TWO_YEARS = "24", "<\u00a024\u00a0mois", "info"
    FAR = "far", ">\u00a024\u00a0mois", "ok"
    UNKNOWN = "unknown", "Inconnu", "mute"


def state(end: date | None, today: date) -> SupportState:
    """Where `end`, the last day of support, stands from `today`, in months of the calendar (F.2)."""
    if end is None:
        return SupportState.UNKNOWN
    if end < today:
        return SupportState.EXPIRED
    near = (SupportState.SIX_MONTHS, SupportState.TWELVE_MONTHS, SupportState.TWO_YEARS)
    return next((one for one in near if end < add_months(today, int(one.value))), SupportState.FAR)


@dataclass(frozen=True, slots=True)
class Row:
    """One end of support. `edition` and `builds` as in the table: words apart, those joined by + go together."""

    product: str
    cycle: str
    ends_on: date | None
    edition: str = ""
    builds: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """`cycle` is empty when the version cannot be told; `why` says in French what was read, or what lacks. `sure`: the
    table answers, were it that no day was announced."""

    product: str = ""
    cycle: str = ""
    end: date | None = None
    why: str = "Système absent de la table."
    sure: bool = False


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    """Words without case, accents nor signs, the dots of numbers kept, synonyms made one."""
    plain = unicodedata.normalize("NFKD", re.sub("[®™©]", " ", text)).encode("ascii", "ignore").decode().lower()
    for spelling, kept in _SPELLINGS:
        plain = re.sub(rf"\b{spelling}\b", kept, plain)
    return tuple(_SAME.get(word, word) for word in re.findall(r"[a-z0-9]+(?:\.[a-z0-9]+)*", plain))


def _follow(words: Sequence[str], within: Sequence[str]) -> bool:
    size = len(words)
    return any(within[at : at + size] == words for at in range(len(within) - size + 1))


def _begins(number: str, head: str) -> bool:
    """« 12.9 » begins by « 12 », « 10.0.22631.3447 » by « 10.0.22631 »; « 120 » does not."""
    return f"{number}.".startswith(f"{head}.")


def _product(caption: Sequence[str], rows: Iterable[Row]) -> str:
    """The longest name of the table that the caption holds: « Windows Server » before « Windows »."""
    held = [name for name in {row.product for row in rows} if _follow(_words(name), caption)]
    return max(held, key=lambda name: (len(_words(name)), name), default="")


def _of_build(rows: Sequence[Row], numbers: Sequence[str]) -> list[Row]:
    return [row for row in rows if any(_begins(number, build) for build in row.builds.split() for number in numbers)]


def _head(row: Row, caption: Sequence[str], version: Sequence[str]) -> int:
    """How much of the first word of the version was read (in parts of a number), 0 for nothing.

    A build is not a version: « 10.0.22631 » is not of Windows 10.
    """
    head = _words(row.cycle)[0]
    own = [word for word in caption if word[0].isdigit() and word not in _BITS]
    read = caption if own or row.builds else (*caption, *version)
    return head.count(".") + 1 if any(_begins(word, head) for word in read) else 0


def _of_cycle(rows: Sequence[Row], caption: Sequence[str], version: Sequence[str]) -> list[Row]:
    """Rows whose version is the most precisely written; several versions when it is not."""
    heads = [(row, _head(row, caption, version)) for row in rows]
    longest = max((found for _, found in heads), default=0)
    named = [row for row, found in heads if found and found == longest]
    read = {*caption, *version}
    scores = [(sum(word in read for word in tail), -len(tail)) for tail in (_words(r.cycle)[1:] for r in named)]
    most = max((seen for seen, _ in scores), default=0)
    kept = [(row, seen + lacks) for row, (seen, lacks) in zip(named, scores, strict=True) if seen == most]
    whole = [row for row, lacking in kept if not lacking]
    return whole or [row for row, _ in kept]


def _exact(rows: Sequence[Row], caption: Sequence[str], version: Sequence[str]) -> bool:
    return all(word in {*caption, *version} for row in rows for word in _words(row.cycle)[1:])


def _edition(row: Row, caption: Sequence[str]) -> int:
    """How many words of its edition the caption holds; 0 for a row of every edition, -1 for another's."""
    asked = [[_words(part)[0] for part in joined.split("+")] for joined in row.edition.split()]
    held = [len(words) for words in asked if all(word in caption for word in words)]
    return max(held, default=-1 if asked else 0)


def _of_edition(rows: Sequence[Row], caption: Sequence[str]) -> list[Row]:
    """In each version, the rows that name the edition best; all of them when it is not written."""
    kept: list[Row] = []
    for _, same in groupby(sorted(rows, key=lambda row: row.cycle), key=lambda row: row.cycle):
        scored = [(row, _edition(row, caption)) for row in same]
        best = max(score for _, score in scored)
        kept += [row for row, score in scored if score == best]
    return kept


def match(system: str | None, version: str | None, rows: Sequence[Row], today: date) -> Match:
    """What the table says of a system as an inventory names it.

    The build decides before the name: some tools still call Windows 11 « Windows 10 ». When the version or the edition
    is not written and all that it could be is over, the latest of these days holds: it was over then at the latest.
    """
    caption, told = _words(system or ""), _words(version or "")
    product = _product(caption, rows)
    if not product:
        return Match()
    own = [row for row in rows if row.product == product]
    built = _of_build(own, [*told, *caption])
    named = _of_cycle(built or own, caption, told)
    found = _of_edition(named or built, caption)
    return _told(product, found, bool(built) or _exact(named, caption, told), today)


def _told(product: str, found: Sequence[Row], exact: bool, today: date) -> Match:
    if not found:
        return Match(product, why=f"{product}\u00a0: version absente de la table.")
    cycles, ends = {row.cycle for row in found}, {row.ends_on for row in found}
    cycle = found[0].cycle if len(cycles) == 1 else ""
    shown = f"{product} {cycle}".strip()
    if exact and len(ends) == 1:
        end = found[0].ends_on
        return Match(product, cycle, end, shown if end else f"{shown}\u00a0: aucune date annoncée.", sure=True)
    unread = "édition" if cycle and exact else "version"
    known = [end for end in ends if end is not None]
    if len(known) == len(ends) and max(known) < today:
        return Match(product, cycle, max(known), f"{shown}, {unread} non relevée\u00a0: au plus tard.", sure=True)
    return Match(product, cycle, None, f"{shown}\u00a0: {unread} non relevée.")
