"""The figures of an electronic invoice, from texts to our units; never a float."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from app.errors import Refused

MOST = Decimal(10) ** 11
"""Euros, units or percents: beyond, it is no figure of an invoice."""
MOST_RATE = 100
UNREADABLE = "une de ses sommes ne se lit pas"
_FIGURE = re.compile(r"[+-]?\d{0,20}(\.\d{0,20})?")
NO_RATE = "ZEGKLMO"
"""Categories of VAT of which none is due, with « AE », the buyer's (UNTDID 5305)."""
RATES = (2000, 1000, 550, 210, 850, 0)
"""Rates of France and its overseas, hundredths of a percent."""


def one(value: Any) -> Any:
    """The library gives a list when an element comes twice."""
    return (value[0] if value else None) if isinstance(value, list) else value


def figure(value: Any) -> Decimal | None:
    """Refused if something is written that is no figure."""
    text = str(one(value) or "").strip()
    if not text:
        return None
    try:
        found = Decimal(text) if _FIGURE.fullmatch(text) else None
    except InvalidOperation:
        found = None
    if found is None or abs(found) >= MOST:
        raise Refused(UNREADABLE)
    return found


def scaled(value: Decimal, times: int) -> int:
    """Half away from zero, as invoices round."""
    return int((value * times).quantize(Decimal(1), ROUND_HALF_UP))


def cents(data: Mapping[Any, Any], name: str) -> int | None:
    found = figure(data.get(name))
    return None if found is None else scaled(found, 100)


def rate(data: Mapping[Any, Any], rate_name: str, category_name: str) -> int | None:
    """Hundredths of a percent; 0 for a category that has none; None if nothing is said."""
    found = figure(data.get(rate_name))
    if found is not None and 0 <= found <= MOST_RATE:
        return scaled(found, 100)
    category = str(one(data.get(category_name)) or "")
    return 0 if category == "AE" or (category and category in NO_RATE) else None


def rate_between(net: int, vat: int) -> int:
    """The rate that gives this VAT: a usual one within a cent, or else the ratio itself."""
    for usual in RATES:
        if abs(scaled(Decimal(net) * usual / 10_000, 1) - vat) <= 1:
            return usual
    return min(10_000, scaled(Decimal(vat) / Decimal(net), 10_000)) if net else 0


def clipped(value: Any, most: int = 400) -> str:
    """On one line, cut where our columns are."""
    text = " ".join(str(one(value) or "").split())
    return text if len(text) <= most else text[: most - 1] + "…"


def or_none(value: Any, most: int = 120) -> str | None:
    return clipped(value, most) or None


_COMPACT, _ISO = re.compile(r"\d{8}"), re.compile(r"\d{4}-\d{2}-\d{2}")


def day_in(text: str) -> date | None:
    """A day as CII (20261031, hours may follow) or as UBL (2026-10-31, a zone may follow) writes it."""
    bare = text.strip()
    for shape, form in ((_ISO, "%Y-%m-%d"), (_COMPACT, "%Y%m%d")):
        if head := shape.match(bare):
            try:
                return datetime.strptime(head.group(), form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                return None
    return None
