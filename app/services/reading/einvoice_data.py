"""What an electronic invoice says, in our units: what the child process sends back (domain.md C.8, e-invoices).

The units are those of `models.InvoiceLine`: cents, thousandths of a quantity, ten-thousandths of a euro for a price,
hundredths of a percent for a rate.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

Form = Literal["factur_x", "cii", "ubl"]
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who sells or who buys. `siret` and `siren` have digits only, `vat_number` neither space nor point."""

    name: str = ""
    siret: str | None = None
    siren: str | None = None
    vat_number: str | None = None
    address: str | None = None
    postal_code: str | None = None
    city: str | None = None
    contact: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EinvoiceLine:
    label: str
    net: int
    vat_rate: int
    quantity: int = 1000
    unit: str | None = None
    unit_price: int | None = None
    period_start: date | None = None
    period_end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EinvoiceVat:
    rate: int
    base: int
    vat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Einvoice:
    """Amounts in cents, positive for a credit note too. The lines add up to `net`, the rates to `vat`: discounts and
    charges of the whole invoice are lines of their own. `prepaid` is what separates `gross` from what is still asked.
    `corrects` is the number of the invoice that it corrects; `notes` what the reader wants told, in French; `said` all
    the words of the invoice, where a reference may hide.
    """

    form: Form
    number: str
    issued_on: date
    is_credit: bool
    seller: Party
    buyer: Party
    net: int
    vat: int
    gross: int
    lines: tuple[EinvoiceLine, ...]
    vats: tuple[EinvoiceVat, ...]
    prepaid: int = 0
    due_on: date | None = None
    period_start: date | None = None
    period_end: date | None = None
    contract_reference: str | None = None
    order_reference: str | None = None
    corrects: str | None = None
    said: str = ""
    notes: tuple[str, ...] = ()


def to_plain(made: Any) -> Plain:
    """Of an Einvoice or a part of one: dates in ISO, tuples as lists."""
    return {field.name: _plain(getattr(made, field.name)) for field in fields(made)}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return to_plain(value) if isinstance(value, Party | EinvoiceLine | EinvoiceVat) else value


def from_plain(plain: Mapping[str, Any]) -> Einvoice:
    made = dict(_dated(plain))
    made["seller"], made["buyer"] = Party(**plain["seller"]), Party(**plain["buyer"])
    made["lines"] = tuple(EinvoiceLine(**dict(_dated(one))) for one in plain["lines"])
    made["vats"] = tuple(EinvoiceVat(**one) for one in plain["vats"])
    made["notes"] = tuple(plain["notes"])
    return Einvoice(**made)


_DAYS = {"issued_on", "due_on", "period_start", "period_end"}


def _dated(plain: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in plain.items():
        yield name, date.fromisoformat(value) if name in _DAYS and value else value
