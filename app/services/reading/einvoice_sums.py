"""The sums of an electronic invoice, made to agree to the cent with what it says it asks (EN 16931, BR-CO-10 to 16)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.errors import Refused
from app.fields import amount, formats
from app.services.reading.einvoice_data import EinvoiceLine, EinvoiceVat
from app.services.reading.einvoice_figures import RATES, cents, clipped, rate, rate_between

Counted = Sequence[tuple[EinvoiceLine, bool]]
AVERAGE = "Elle ne dit pas ses taux de TVA\u00a0: {} en est la moyenne."
ONLY_TOTALS = "Elle ne donne que ses totaux, sans ses lignes."
GAP = "Écart avec le total de la facture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    net: int
    vat: int
    gross: int
    prepaid: int
    lines: tuple[EinvoiceLine, ...]
    vats: tuple[EinvoiceVat, ...]
    notes: tuple[str, ...]


def balanced(data: Mapping[str, Any], counted: Counted, number: str) -> Sums:
    """Lines that add up to the total HT, rates that add up to the VAT, each on the lines of its rate. Refused if no
    total is said."""
    vats = tuple(_vats(data))
    more = [*_more(data, "BG-20", "BT-107", -1, "Remise"), *_more(data, "BG-21", "BT-108", 1, "Frais")]
    net = _net(data, counted, more)
    vat, gross, notes = _totals(data, vats, net)
    if not vats:
        vats = (EinvoiceVat(rate=rate_between(net, vat), base=net, vat=vat),)
        notes += [AVERAGE.format(formats.rate(vats[0].rate))] if vats[0].rate not in RATES else []
    vats = _with_vat(vats, vat)
    lines = _told_rates(_lines(counted, more, net) or _by_rate(vats, net, number), vats)
    notes += [] if counted else [ONLY_TOTALS]
    if gap := net - sum(line.net for line in lines):
        notes.append(f"Ses lignes ne font pas son total\u00a0: {amount(gap)} HT sur une ligne à part.")
        lines.append(EinvoiceLine(label=GAP, net=gap, vat_rate=_rate_of(gap, lines, vats)))
    return Sums(
        net=net,
        vat=vat,
        gross=gross,
        prepaid=_prepaid(data, gross),
        lines=tuple(lines),
        vats=_on_lines(vats, lines),
        notes=tuple(notes),
    )


def _net(data: Mapping[str, Any], counted: Counted, more: Sequence[EinvoiceLine]) -> int:
    """The total HT that is said, or else what it can be worked out from."""
    told, gross, vat = cents(data, "BT-109"), cents(data, "BT-112"), cents(data, "BT-110")
    if told is not None:
        return told
    if gross is not None and vat is not None:
        return gross - vat
    if not counted:
        raise Refused("elle ne dit pas son total")
    return sum(line.net for line, counts in counted if counts) + sum(line.net for line in more)


def _totals(data: Mapping[str, Any], vats: Sequence[EinvoiceVat], net: int) -> tuple[int, int, list[str]]:
    """VAT and TTC, with what does not agree."""
    told, gross = cents(data, "BT-110"), cents(data, "BT-112")
    summed = sum(one.vat for one in vats)
    vat = told if told is not None else summed if vats or gross is None else gross - net
    notes = []
    if vats and told is not None and summed != told:
        notes.append(f"La TVA par taux fait {amount(summed)}, le total de TVA dit {amount(told)}\u00a0: il est gardé.")
    if gross is not None and gross != net + vat:
        notes.append(f"Le total TTC écrit, {amount(gross)}, n’est pas HT + TVA\u00a0: {amount(net + vat)} est gardé.")
    asked = cents(data, "BT-115")
    if asked is not None and asked > max(gross or 0, net + vat) >= 0:
        notes.append(f"Elle demande de payer {amount(asked)}, plus que son total TTC.")
    return vat, net + vat, notes


def _prepaid(data: Mapping[str, Any], gross: int) -> int:
    """What is not asked any more: a deposit, and what rounds the payment."""
    asked, paid = cents(data, "BT-115"), cents(data, "BT-113")
    if asked is None:
        return max(0, paid or 0)
    return max(0, gross - asked)


def _vats(data: Mapping[str, Any]) -> Iterator[EinvoiceVat]:
    """One for each rate: several categories may share one."""
    found: dict[int, EinvoiceVat] = {}
    for item in data.get("BG-23") or []:
        base, vat = cents(item, "BT-116"), cents(item, "BT-117")
        if base is None and vat is None:
            continue
        told = rate(item, "BT-119", "BT-118")
        which = told if told is not None else rate_between(base or 0, vat or 0)
        kept = found.get(which, EinvoiceVat(rate=which, base=0, vat=0))
        found[which] = replace(kept, base=kept.base + (base or 0), vat=kept.vat + (vat or 0))
    yield from found.values()


def _with_vat(vats: Sequence[EinvoiceVat], vat: int) -> tuple[EinvoiceVat, ...]:
    """The rates, whose VAT adds up to the total said: what differs is put on the one that bears most."""
    gap = vat - sum(one.vat for one in vats)
    main = max(vats, key=lambda one: abs(one.vat))
    return tuple(replace(one, vat=one.vat + gap) if one is main else one for one in vats)


def _main(vats: Sequence[EinvoiceVat]) -> int:
    return max(vats, key=lambda one: abs(one.base)).rate


def _by_rates(lines: Sequence[EinvoiceLine]) -> Counter[int]:
    """HT of the lines of each rate."""
    found: Counter[int] = Counter()
    for line in lines:
        found[line.vat_rate] += line.net
    return found


def _rate_of(gap: int, lines: Sequence[EinvoiceLine], vats: Sequence[EinvoiceVat]) -> int:
    """The rate whose base lacks just that; else the main one."""
    summed = _by_rates(lines)
    return next((one.rate for one in vats if one.base - summed[one.rate] == gap), _main(vats))


def _on_lines(vats: Sequence[EinvoiceVat], lines: Sequence[EinvoiceLine]) -> tuple[EinvoiceVat, ...]:
    """The VAT that is said, for each rate on the lines that bear it."""
    said, bases = {one.rate: one.vat for one in vats}, _by_rates(lines)
    rates = sorted({*said, *bases}, reverse=True)
    found = (EinvoiceVat(rate=rate, base=bases[rate], vat=said.get(rate, 0)) for rate in rates)
    return tuple(one for one in found if one.base or one.vat or len(rates) == 1)


def _more(data: Mapping[str, Any], name: str, total: str, sign: int, word: str) -> Iterator[EinvoiceLine]:
    """Discounts or charges of the whole invoice, as lines; those that only their total tells, as one more."""
    rest = cents(data, total) or 0
    for item in data.get(name) or []:
        value, reason = cents(item, "amount") or 0, clipped(item.get("reason"), 200)
        told = rate(item, "vat_rate", "vat_category_code")
        rest -= value
        if value:
            label = f"{word}\u00a0: {reason}" if reason else f"{word} sur la facture"
            yield EinvoiceLine(label=label, net=sign * value, vat_rate=-1 if told is None else told)
    if rest > 0:
        yield EinvoiceLine(label=f"{word} sur la facture", net=sign * rest, vat_rate=-1)


def _lines(counted: Counted, more: Sequence[EinvoiceLine], net: int) -> list[EinvoiceLine]:
    """Those that count; all of them where only that gives the total."""
    every, some = [line for line, _ in counted], [line for line, counts in counted if counts]
    rest = sum(line.net for line in more)
    chosen = every if sum(line.net for line in every) + rest == net else some
    return [*chosen, *more] if chosen else []


def _by_rate(vats: Sequence[EinvoiceVat], net: int, number: str) -> list[EinvoiceLine]:
    """An invoice of the smallest profiles has no lines: one is made for each rate, or a single one."""
    if sum(one.base for one in vats) != net:
        return [EinvoiceLine(label=f"Facture {number}", net=net, vat_rate=_main(vats))]
    return [EinvoiceLine(label=f"Facture {number}", net=one.base, vat_rate=one.rate) for one in vats]


def _told_rates(lines: Sequence[EinvoiceLine], vats: Sequence[EinvoiceVat]) -> list[EinvoiceLine]:
    return [replace(line, vat_rate=_main(vats)) if line.vat_rate < 0 else line for line in lines]
