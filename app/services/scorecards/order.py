"""What a provider must keep in order: right invoices, certificates, accesses, the RGPD (domain.md C.8, C.10, G.2)."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import aliased

from app.fields import NBSP, counted, joined, lowered
from app.models import AccessGrant, Invoice, InvoiceLine
from app.models.contract_codes import AccessLevel
from app.models.money_codes import InvoiceKind, InvoiceStatus, LineKind
from app.rules import scorecard
from app.services import gdpr, vigilance
from app.services.scorecards.asked import NOTHING, Asked, Fact
from app.services.vigilance import Demand

LAPSED = {"missing", "expired"}
IN_ORDER = "Attestations à jour"


def prices(asked: Asked) -> Fact:
    """The invoices of the period: wrong if disputed, or corrected by a credit note that is no penalty."""
    corrected = _corrected()
    rows = asked.session.execute(
        select(Invoice.id, or_(Invoice.status == InvoiceStatus.DISPUTED, Invoice.disputed_on.is_not(None)), corrected)
        .where(
            Invoice.deleted_at.is_(None), Invoice.kind == InvoiceKind.INVOICE,
            Invoice.contract_id == asked.contract.id, Invoice.invoiced_on.between(asked.start, asked.last_day),
        )
        .order_by(Invoice.id)
    ).all()  # fmt: skip
    wrong = [row for row in rows if row[1] or row[2]]
    back = sum(bool(row[2]) for row in wrong)
    told = joined(_errors(len(wrong), len(rows)), _credited(len(wrong), back), by=", ")
    note = scorecard.invoice_note(len(rows), len(wrong), back)
    return Fact(told, note, "invoice", tuple(row[0] for row in wrong or rows)) if rows else NOTHING


def _corrected() -> ColumnElement[bool]:
    credit, line = aliased(Invoice), aliased(InvoiceLine)
    penalty = exists().where(line.invoice_id == credit.id, line.deleted_at.is_(None), line.kind == LineKind.PENALTY)
    return (
        exists()
        .where(
            credit.corrects_id == Invoice.id, credit.deleted_at.is_(None), credit.kind == InvoiceKind.CREDIT, ~penalty
        )
        .correlate(Invoice)
    )


def _errors(wrong: int, invoices: int) -> str:
    if not wrong:
        return f"Aucune erreur sur {counted(invoices, 'facture')}"
    return f"{counted(wrong, 'erreur')} sur {counted(invoices, 'facture')}"


def _credited(wrong: int, back: int) -> str:
    if not wrong:
        return ""
    if back == wrong:
        return "avoir reçu" if wrong == 1 else "avoirs reçus"
    return f"{counted(back, 'avoir reçu', 'avoirs reçus')} sur {wrong}" if back else "aucun avoir reçu"


def security(asked: Asked) -> Fact:
    """At the end of the period: what is asked of every provider, his accesses, article 28 of the RGPD."""
    provider = asked.contract.provider_id
    demands = vigilance.demands(asked.session, asked.last_day, provider)
    lapsed = [one for one in demands if one.state in LAPSED]
    accesses = _accesses(asked)
    loose = [one.id for one in accesses if one.level != AccessLevel.PHYSICAL and one.two_factor is not True]
    gdpr_told, lacking = _gdpr(asked)
    if not demands and not accesses and not gdpr_told:
        return NOTHING
    told = joined(_certificates(demands, lapsed), _loose(loose), gdpr_told, by=f"{NBSP}; ")
    note = scorecard.security_note(bool(loose) + lacking, len(lapsed))
    return Fact(f"{told[0].upper()}{told[1:]}", note, "access_grant", tuple(loose))


def _certificates(demands: Sequence[Demand], lapsed: Sequence[Demand]) -> str:
    if not demands:
        return ""
    if not lapsed:
        return IN_ORDER
    return joined(*_lapsed(lapsed), by=", ")


def _lapsed(lapsed: Sequence[Demand]) -> Iterator[str]:
    words = {"missing": "manque", "expired": "à redemander"}
    for one in lapsed:
        yield f"{lowered(one.title)} ({words[one.state]})"


def _accesses(asked: Asked) -> Sequence[AccessGrant]:
    """Open on the last day of the period."""
    own = AccessGrant
    return asked.session.scalars(
        select(own)
        .where(
            own.provider_id == asked.contract.provider_id, own.deleted_at.is_(None), own.since <= asked.last_day,
            or_(own.withdrawn_on.is_(None), own.withdrawn_on > asked.last_day),
        )
        .order_by(own.id)
    ).all()  # fmt: skip


def _loose(loose: Sequence[int]) -> str:
    return f"{counted(len(loose), 'accès', 'accès')} sans double authentification" if loose else ""


def _gdpr(asked: Asked) -> tuple[str, int]:
    """In words, and 1 if the contract lacks something; nothing while nobody looked."""
    found = gdpr.checklist(asked.session, asked.contract.id)
    if found.percent is None or found.unknown == len(found.answers):
        return "", 0
    applies = sum(one.answer.value != "not_applicable" for one in found.answers)
    said = sum(one.answer.value == "yes" for one in found.answers)
    return f"RGPD {said}/{applies}", int(found.missing > 0)
