"""Whose invoice it is, and under which contract: by what the file says of them, surest first (domain.md C.8)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.providers import PROVIDER
from app.errors import InvalidFields
from app.fields import fold
from app.models import Company, Contract, Invoice, Provider
from app.models.codes import ContractStatus
from app.models.money_codes import InvoiceKind, LineKind
from app.services import records
from app.services.invoices.guessing import BOUGHT
from app.services.reading.einvoice_data import Einvoice, Party

LEGAL_FORMS = frozenset(
    {"sa", "sas", "sasu", "sarl", "eurl", "ei", "sci", "scop", "snc", "gmbh", "ag", "bv", "ltd", "inc"}
)
SHORTEST = 5
"""Signs of a reference that is looked for inside other words."""


@dataclass(frozen=True, slots=True)
class Found:
    """A record and what it was known by, in French; not `sure` when it is a guess to look at."""

    id: int
    how: str
    sure: bool = True


def bare(text: str | None) -> str:
    """« CT-2026/014 » and « ct 2026 014 » are the same reference."""
    return re.sub(r"[^a-z0-9]", "", fold(text or ""))


def _name(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", fold(text).replace(".", ""))
    return " ".join(word for word in words if word not in LEGAL_FORMS)


def provider(session: Session, seller: Party) -> Found | None:
    """By SIRET, SIREN, VAT number, then name: never by the name of one whose number says that it is another."""
    known = list(session.scalars(select(Provider).where(Provider.deleted_at.is_(None)).order_by(Provider.id)))
    for one in known:
        if seller.siret and _digits(one.siret) == seller.siret:
            return Found(one.id, "par son SIRET")
    same = [one for one in known if seller.siren and _siren(one) == seller.siren]
    if same:
        elsewhere = seller.siret and same[0].siret
        return Found(same[0].id, f"par son SIREN{', autre établissement' if elsewhere else ''}", sure=len(same) == 1)
    for one in known:
        if seller.vat_number and bare(one.vat_number) == bare(seller.vat_number):
            return Found(one.id, "par son n° de TVA")
    for one in known:
        if _name(one.name) and _name(one.name) == _name(seller.name) and not (_siren(one) and seller.siren):
            return Found(one.id, "par son nom", sure=False)
    return None


def _digits(text: str | None) -> str:
    return re.sub(r"\D", "", text or "")


def _siren(one: Provider) -> str:
    """Of its SIRET, else of its French VAT number."""
    vat = bare(one.vat_number)
    return _digits(one.siret)[:9] or (vat[4:] if vat.startswith("fr") else "")


def newcomer(session: Session, seller: Party) -> dict[str, Any]:
    """The values of a new provider, filled from the file; what does not stand is left out, its name too if taken."""
    values: dict[str, Any] = {
        name: getattr(seller, name)
        for name in ("name", "siret", "vat_number", "address", "postal_code", "city", "contact", "phone", "email")
    }
    values["name"] = values["name"] or "Prestataire sans nom"
    try:
        return records.checked(session, PROVIDER, values)
    except InvalidFields as error:
        left = {name: value for name, value in values.items() if name not in error.problems}
    return {**left, "name": left.get("name") or f"{values['name']} ({seller.siret or seller.vat_number or 'autre'})"}


def contract(session: Session, provider_id: int, invoice: Einvoice, kinds: Iterable[LineKind] = ()) -> Found | None:
    """By the reference that is written; else the only contract of that provider in force that day, unless all that is
    billed was bought outside any."""
    kept = _contracts(session, provider_id)
    for text, how in ((invoice.contract_reference, "par sa référence"), (invoice.order_reference, "par la commande")):
        if found := _named(kept, text):
            return Found(found.id, how)
    said = bare(" ".join([invoice.said, *(line.label for line in invoice.lines)]))
    cited = [one for one in kept if any(len(ref) >= SHORTEST and ref in said for ref in _references(one))]
    if len(cited) == 1:
        return Found(cited[0].id, "cité sur la facture")
    running = [one for one in kept if _runs(one, invoice.period_start or invoice.issued_on)]
    if len(running) == 1 and not _bought(kinds):
        return Found(running[0].id, "seul contrat de ce prestataire", sure=False)
    return None


def _bought(kinds: Iterable[LineKind]) -> bool:
    told = set(kinds)
    return bool(told) and told <= BOUGHT


def _contracts(session: Session, provider_id: int) -> Sequence[Contract]:
    statement = select(Contract).where(
        Contract.provider_id == provider_id,
        Contract.deleted_at.is_(None),
        Contract.status != ContractStatus.DRAFT,
    )
    return list(session.scalars(statement.order_by(Contract.starts_on.desc())))


def _references(one: Contract) -> tuple[str, ...]:
    return tuple(ref for ref in (bare(one.number), bare(one.provider_reference)) if ref)


def _named(kept: Sequence[Contract], text: str | None) -> Contract | None:
    wanted = bare(text)
    return next((one for one in kept if wanted and wanted in _references(one)), None)


def _runs(one: Contract, day: date) -> bool:
    return one.starts_on <= day and one.status in {ContractStatus.ACTIVE, ContractStatus.TERMINATED}


def corrected(session: Session, provider_id: int | None, invoice: Einvoice) -> int | None:
    """The invoice that a credit note corrects, by its number."""
    if provider_id is None or not invoice.is_credit or not invoice.corrects:
        return None
    statement = select(Invoice.id, Invoice.number).where(
        Invoice.provider_id == provider_id, Invoice.kind == InvoiceKind.INVOICE, Invoice.deleted_at.is_(None)
    )
    wanted = bare(invoice.corrects)
    return next((found for found, number in session.execute(statement) if bare(number) == wanted), None)


def misdirected(company: Company, invoice: Einvoice) -> str | None:
    """A sentence when the invoice was made by the company itself, or for another; None when nothing tells so."""
    own = _digits(company.siret)[:9] or _digits(company.siren)
    if not own:
        return None
    if invoice.seller.siren == own:
        return "Elle est émise par votre entreprise\u00a0: ce n’est pas une facture reçue."
    if invoice.buyer.siren and invoice.buyer.siren != own:
        other = f"{invoice.buyer.name or 'une autre entreprise'} (SIREN {invoice.buyer.siren})"
        return f"Elle est adressée à {other}, non à {company.name}."
    return None
