"""An electronic invoice in our units: Factur-X, CII and UBL, by the terms of EN 16931 (BT-1, BG-4…)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.errors import Refused
from app.services.reading.einvoice_data import Einvoice, EinvoiceLine
from app.services.reading.einvoice_figures import cents, clipped, figure, one, or_none, rate, scaled
from app.services.reading.einvoice_party import party
from app.services.reading.einvoice_source import BY_HAND, Document, document
from app.services.reading.einvoice_sums import Sums, balanced

CREDITS = {"381", "261", "262", "296", "308", "396", "420", "458", "532", "81", "83"}
"""Types of credit notes (UNTDID 1001, as EN 16931 takes them)."""
PRO_FORMA = "325"
MAX_LINES = 3000
EURO = "EUR"
SAID = 6000
INCOMPLETE = "«\u00a0{}\u00a0» est une facture incomplète\u00a0: {}. " + BY_HAND
FOREIGN = (
    "«\u00a0{}\u00a0» est une facture en {}\u00a0: Parcomètre compte en euros. Saisissez-la à la main pour sa valeur "
    "en euros\u00a0: le fichier restera joint."
)
NOT_DUE = "«\u00a0{}\u00a0» est une facture pro forma\u00a0: elle ne se paie ni ne se comptabilise."
UNITS = {
    "HUR": "heure", "DAY": "jour", "WEE": "semaine", "MON": "mois", "QAN": "trimestre", "ANN": "an", "MIN": "minute",
    "H87": "pièce", "EA": "pièce", "NAR": "pièce", "LS": "forfait", "SET": "lot", "KMT": "km", "MTR": "m", "KGM": "kg",
    "LTR": "l", "GB": "Go", "E34": "Go", "IE": "personne", "XPP": "pièce", "PCE": "pièce",
}  # fmt: skip
"""Usual codes of UN/ECE Rec. 20; « C62 », one, says nothing."""
_NO_UNIT = {"C62", "ZZ", "1"}


def read(name: str, raw: bytes, *, is_pdf: bool) -> Einvoice:
    """Refused with a French sentence naming the file if it holds no invoice in euros that can be filled."""
    found = document(name, raw, is_pdf=is_pdf)
    data = _parsed(found)
    currency = clipped(data.get("BT-5"), 8)
    if currency and currency != EURO:
        raise Refused(FOREIGN.format(name, currency))
    kind = clipped(data.get("BT-3"), 8)
    if kind == PRO_FORMA:
        raise Refused(NOT_DUE.format(name))
    try:
        return _filled(found, data, is_credit=kind in CREDITS or found.flavor.endswith("creditnote"))
    except Refused as refusal:
        raise Refused(INCOMPLETE.format(name, refusal)) from refusal


def _parsed(found: Document) -> dict[str, Any]:
    """By the library, in its words; the level only says what to leave out: « extended » leaves out nothing."""
    import facturx  # noqa: PLC0415 - a tenth of a second, in the child, for an invoice only

    data: dict[str, Any] = facturx.parse_ubl_cii_xml(found.root, flavor=found.flavor, level="extended", check_xsd=False)
    return data


def _filled(found: Document, data: Mapping[str, Any], *, is_credit: bool) -> Einvoice:
    number, issued = clipped(data.get("BT-1"), 60), one(data.get("BT-2"))
    if not number:
        raise Refused("elle n’a pas de numéro")
    if not isinstance(issued, date):
        raise Refused("elle n’a pas de date")
    sums, is_credit = _upright(balanced(data, _lines(data), number), is_credit)
    start, end = _period(data, sums.lines)
    return Einvoice(
        form=found.form,
        number=number,
        issued_on=issued,
        is_credit=is_credit,
        seller=party(data.get("BG-4")),
        buyer=party(data.get("BG-7")),
        net=sums.net,
        vat=sums.vat,
        gross=sums.gross,
        lines=sums.lines,
        vats=sums.vats,
        prepaid=sums.prepaid,
        due_on=_first_day(data.get("BT-9")),
        period_start=start,
        period_end=end,
        contract_reference=or_none(data.get("BT-12")),
        order_reference=or_none(data.get("BT-13")),
        corrects=_corrected(data),
        said=_said(data),
        notes=sums.notes,
    )


def _lines(data: Mapping[str, Any]) -> list[tuple[EinvoiceLine, bool]]:
    """Each line with whether it counts: in the extended profile some only group others, or only inform."""
    found = data.get("BG-25") or []
    if len(found) > MAX_LINES:
        raise Refused(f"elle a {len(found)}\u00a0lignes")
    return [(_line(item), item.get("EXT-FR-FE-163") not in {"GROUP", "INFORMATION"}) for item in found]


def _line(item: Mapping[str, Any]) -> EinvoiceLine:
    """A rate that is not said is -1, which the breakdown of the VAT tells."""
    quantity, price, per = figure(item.get("BT-129")), figure(item.get("BT-146")), figure(item.get("BT-149"))
    told = rate(item, "BT-152", "BT-151")
    code = clipped(item.get("BT-130"), 40)
    return EinvoiceLine(
        label=_label(item),
        net=cents(item, "BT-131") or 0,
        vat_rate=-1 if told is None else told,
        quantity=1000 if quantity is None else scaled(quantity, 1000),
        unit=None if code in _NO_UNIT else UNITS.get(code, code) or None,
        unit_price=None if price is None else scaled(price / (per or Decimal(1)), 10_000),
        period_start=_first_day(item.get("BT-134")),
        period_end=_first_day(item.get("BT-135")),
    )


def _label(item: Mapping[str, Any]) -> str:
    name, more = clipped(item.get("BT-153")), clipped(item.get("BT-154"))
    if not more or more == name:
        return name or "Ligne sans désignation"
    return clipped(f"{name} – {more}" if name else more)


def _upright(sums: Sums, is_credit: bool) -> tuple[Sums, bool]:
    """A negative invoice is a credit note, and one whose amounts are written negative says it twice."""
    if sums.gross >= 0:
        return sums, is_credit
    turned = replace(
        sums,
        net=-sums.net,
        vat=-sums.vat,
        gross=-sums.gross,
        prepaid=0,
        lines=tuple(replace(line, net=-line.net, quantity=-line.quantity) for line in sums.lines),
        vats=tuple(replace(one, base=-one.base, vat=-one.vat) for one in sums.vats),
        notes=(*sums.notes, "Ses montants sont négatifs\u00a0: c’est un avoir."),
    )
    return turned, True


def _period(data: Mapping[str, Any], lines: Iterable[EinvoiceLine]) -> tuple[date | None, date | None]:
    """Of the invoice, or that which its lines span. One that ends before it begins is left out."""
    start, end = _first_day(data.get("BT-73")), _first_day(data.get("BT-74"))
    if start is None and end is None:
        spans = [(line.period_start, line.period_end) for line in lines if line.period_start and line.period_end]
        start = min((first for first, _ in spans if first), default=None)
        end = max((last for _, last in spans if last), default=None)
    return (None, None) if start and end and end < start else (start, end)


def _first_day(value: Any) -> date | None:
    """Of several days, as when it is paid in parts, the first."""
    days = [day for day in (value if isinstance(value, list) else [value]) if isinstance(day, date)]
    return min(days, default=None)


def _corrected(data: Mapping[str, Any]) -> str | None:
    before = data.get("BG-3") or []
    return or_none(before[0].get("BT-25"), 60) if before else None


def _said(data: Mapping[str, Any]) -> str:
    return clipped(" ".join(_words(data)), SAID)


def _words(data: Mapping[str, Any]) -> Iterator[str]:
    for name in ("BT-10", "BT-11", "BT-11-0", "BT-14", "BT-19", "BT-20"):
        yield clipped(data.get(name), 200)
    for note in data.get("BG-1") or []:
        yield clipped(note.get("BT-22"), 1000)
    for line in data.get("BG-25") or []:
        for note in line.get("BT-127-00") or []:
            yield clipped(note.get("BT-127"), 300)
