"""An invoice against its contract: what was expected, the difference, and why (domain.md C.4 to C.6)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.codes import Code
from app.errors import NotFound
from app.fields import amount, day, joined, month_words
from app.models import Contract, Invoice, PenaltyClaim
from app.models.codes import ContractStatus
from app.models.money_codes import ClaimState, InvoiceKind
from app.services.billing import billed as reading
from app.services.billing.billed import Billed, days_told
from app.services.billing.hours_check import bought
from app.services.billing.lines import Line
from app.services.billing.reasons import Reason, Weight, near
from app.services.billing.service_case import already, case, out_of_force
from app.services.billing.service_looks import explained, signed, signed_percent
from app.services.billing.work_check import work

__all__ = ["Check", "Reason", "Verdict", "Weight", "check"]
NO_CONTRACT = "Aucun contrat n’est lié à cette facture\u00a0: comparez-la au devis ou au bon de commande."
SUPPOSED = "La facture n’écrit pas sa période\u00a0: elle est supposée d’après la facturation du contrat."


class Verdict(Code):
    """What the comparison says at a glance."""

    RIGHT = "right", "Conforme au contrat", "ok"
    EXPLAINED = "explained", "Écart expliqué", "info"
    WRONG = "wrong", "Écart à éclaircir", "warn", True
    FORBIDDEN = "forbidden", "À contester", "bad", True
    UNKNOWN = "unknown", "Rien à comparer", "mute"


@dataclass(frozen=True, slots=True)
class Check:
    """Cents HT; `billed` are the lines that a contract can foresee, `outside` the others (equipment, supplies…).
    `difference` is billed − expected and `percent` its share of what was expected, in percents; None when there is
    nothing to compare with, or when nothing was expected. `period` says in French which days were compared. `reasons`
    are the weightiest first; `acts` the interventions that the invoice pays."""

    verdict: Verdict
    period: str
    expected: int | None
    billed: int
    outside: int
    difference: int | None
    percent: Decimal | None
    lines: tuple[Line, ...]
    reasons: tuple[Reason, ...]
    acts: tuple[int, ...] = ()

    @property
    def headline(self) -> str:
        """« Conforme au contrat », « Écart +4,2 % : à éclaircir »."""
        if not self.difference or self.verdict in {Verdict.RIGHT, Verdict.UNKNOWN}:
            return self.verdict.label
        told = signed_percent(self.difference, self.expected) if self.expected else signed(self.difference)
        return f"Écart {told}\u00a0: {ENDINGS[self.verdict]}"


ENDINGS = {Verdict.EXPLAINED: "expliqué", Verdict.WRONG: "à éclaircir", Verdict.FORBIDDEN: "à contester"}


@dataclass(slots=True)
class _Sums:
    """What is being compared, group after group of lines."""

    expected: int
    billed: int
    lines: list[Line]
    reasons: list[Reason]
    acts: list[int]
    unknown: bool = False


def check(session: Session, invoice_id: int) -> Check:
    """Compare an invoice, or a credit note, with what its contract foresees; NotFound."""
    head = session.get(Invoice, invoice_id)
    if head is None or head.deleted_at is not None:
        raise NotFound("Cette facture n’existe plus.")
    (invoice,) = reading.read(session, Invoice.id == invoice_id)
    if head.kind == InvoiceKind.CREDIT:
        return _credit(session, head, invoice)
    outside = [line for line in invoice.lines if not line.group]
    if head.contract_id is None:
        text = joined(NO_CONTRACT, *_candidates(session, head))
        return _nothing(invoice, (Reason(Weight.NOTE, text),))
    sums = _compared(session, head.contract_id, invoice)
    sums.reasons += [_apart(line) for line in outside]
    if sums.unknown or len(outside) == len(invoice.lines):
        return _nothing(invoice, tuple(sums.reasons))
    if invoice.supposed:
        sums.reasons.append(Reason(Weight.NOTE, SUPPOSED))
    return _checked(invoice, sums, sum(line.net for line in outside), _credited(session, invoice))


def _compared(session: Session, contract_id: int, invoice: Billed) -> _Sums:
    sums = _Sums(0, 0, [], [], [])
    if invoice.of("service"):
        of = case(session, contract_id, invoice)
        sums.expected, sums.billed, sums.lines = of.expected, of.found, list(of.due)
        sums.reasons += [*already(of), *out_of_force(of)]
        sums.unknown = not of.due and not sums.reasons
        if sums.unknown:
            sums.reasons += [Reason(Weight.NOTE, one) for one in of.missing[:1]]
        elif not any(one.weight in {Weight.REFUSE, Weight.DOUBT} for one in sums.reasons):
            sums.reasons += explained(of)
    if invoice.of("work"):
        done = work(session, contract_id, invoice)
        sums.expected += done.due
        sums.acts = [act.intervention_id for act in done.paid]
        sums.reasons += done.reasons
    if invoice.of("hours"):
        due, told = bought(session, contract_id, invoice)
        sums.expected += due
        sums.reasons += told
    if invoice.of("penalty"):
        due, told = _penalties(session, contract_id, invoice)
        sums.expected += due
        sums.reasons += told
    sums.billed += sum(invoice.net(group) for group in ("work", "hours", "penalty"))
    return sums


def _penalties(session: Session, contract_id: int, invoice: Billed) -> tuple[int, list[Reason]]:
    """Penalties taken off an invoice, against those claimed and not settled otherwise."""
    net = invoice.net("penalty")
    claims = session.scalars(
        select(PenaltyClaim).where(
            PenaltyClaim.contract_id == contract_id, PenaltyClaim.deleted_at.is_(None),
            PenaltyClaim.state != ClaimState.WAIVED,
        )
    ).all()  # fmt: skip
    open_claims = [one for one in claims if one.invoice_id in {None, invoice.id}]
    same = next((one for one in open_claims if one.amount == -net), None)
    if same is not None:
        return net, [Reason(Weight.FINE, f"Pénalités de {month_words(same.month)} déduites comme réclamées.")]
    due = -sum(one.amount for one in open_claims)
    if near(net, due):
        return due, []
    text = f"Pénalités déduites\u00a0: {amount(-net)}, pour {amount(-due)} réclamés."
    return due, [Reason(Weight.DOUBT, text, net - due)]


def _apart(line: reading.BilledLine) -> Reason:
    text = (
        f"«\u00a0{line.label}\u00a0», {amount(line.net)}\u00a0: hors du contrat, à comparer au devis ou à la commande."
    )
    return Reason(Weight.NOTE, text)


def _candidates(session: Session, head: Invoice) -> Iterator[str]:
    """The contracts of this provider, to which it might belong."""
    numbers = session.scalars(
        select(Contract.number)
        .where(
            Contract.provider_id == head.provider_id, Contract.deleted_at.is_(None),
            Contract.status != ContractStatus.DRAFT, Contract.starts_on <= head.invoiced_on,
        )
        .order_by(Contract.number)
    ).all()  # fmt: skip
    if numbers:
        yield f"Ce prestataire a {joined(*numbers, by=', ')}\u00a0: reliez-la, si elle en relève."


def _nothing(invoice: Billed, reasons: tuple[Reason, ...]) -> Check:
    net = sum(line.net for line in invoice.lines)
    return Check(Verdict.UNKNOWN, "", None, 0, invoice.sign * net, None, None, (), reasons)


def _credited(session: Session, invoice: Billed) -> list[Invoice]:
    """The credit notes that correct it."""
    return list(
        session.scalars(
            select(Invoice).where(
                Invoice.corrects_id == invoice.id, Invoice.kind == InvoiceKind.CREDIT, Invoice.deleted_at.is_(None)
            )
        )
    )


def _checked(invoice: Billed, sums: _Sums, outside: int, credited: Sequence[Invoice]) -> Check:
    gap = sums.billed - sums.expected
    settled = bool(credited) and near(gap, sum(one.net for one in credited))
    if settled:
        numbers = joined(*(one.number for one in credited), by=", ")
        sums.reasons.append(Reason(Weight.FINE, f"Écart effacé par {numbers}.", gap, "invoice", credited[0].id))
    reasons = tuple(sorted(sums.reasons, key=lambda one: ORDER.index(one.weight)))
    return Check(
        verdict=Verdict.EXPLAINED if settled else _verdict(gap, reasons, len(invoice.lines)),
        period=joined(*(days_told(days) for days in invoice.days), by=", "),
        expected=sums.expected,
        billed=sums.billed,
        outside=outside,
        difference=gap,
        percent=Decimal(100 * gap) / sums.expected if sums.expected else None,
        lines=tuple(sums.lines),
        reasons=reasons,
        acts=tuple(sums.acts),
    )


ORDER = [Weight.REFUSE, Weight.DOUBT, Weight.NOTE, Weight.FINE]


def _verdict(gap: int, reasons: Sequence[Reason], lines: int) -> Verdict:
    weights = {one.weight for one in reasons}
    if Weight.REFUSE in weights:
        return Verdict.FORBIDDEN
    if Weight.DOUBT in weights:
        return Verdict.WRONG
    return Verdict.RIGHT if near(gap, 0, lines) else Verdict.EXPLAINED


# -- credit notes ---------------------------------------------------------------------------------------------------


def _credit(session: Session, head: Invoice, invoice: Billed) -> Check:
    """A credit note against what it should make good: penalties claimed, or the difference of what it corrects."""
    net = sum(line.net for line in invoice.lines)
    claim = session.scalar(
        select(PenaltyClaim).where(
            PenaltyClaim.deleted_at.is_(None), PenaltyClaim.state != ClaimState.WAIVED, PenaltyClaim.amount == net,
            PenaltyClaim.contract_id == head.contract_id,
        ).limit(1)
    )  # fmt: skip
    if claim is not None:
        return _made_good(
            net, net, Reason(Weight.FINE, f"Égal aux pénalités réclamées pour {month_words(claim.month)}.")
        )
    wrong = session.get(Invoice, head.corrects_id) if head.corrects_id else None
    if wrong is None:
        return _nothing(invoice, (Reason(Weight.NOTE, "Aucune facture corrigée n’est indiquée."),))
    return _correction(session, wrong, net)


def _correction(session: Session, wrong: Invoice, net: int) -> Check:
    named = f"{wrong.number} du {day(wrong.invoiced_on)}"
    excess = check(session, wrong.id).difference or 0
    if excess > 0:
        told = (
            "efface l’écart constaté sur"
            if near(net, excess)
            else f"ne fait pas l’écart de {amount(excess)} constaté sur"
        )
        weight = Weight.FINE if near(net, excess) else Weight.DOUBT
        return _made_good(net, excess, Reason(weight, f"Cet avoir {told} {named}.", None, "invoice", wrong.id))
    if near(net, wrong.net):
        return _made_good(
            net,
            wrong.net,
            Reason(Weight.NOTE, f"Cet avoir annule toute la facture {named}.", None, "invoice", wrong.id),
        )
    text = f"Cet avoir de {amount(net)} réduit {named} ({amount(wrong.net)}), où aucun écart n’était constaté."
    return Check(
        Verdict.UNKNOWN, "", None, -net, 0, None, None, (), (Reason(Weight.NOTE, text, None, "invoice", wrong.id),)
    )


def _made_good(net: int, due: int, reason: Reason) -> Check:
    """`net` credited for `due` that should be; what is billed counts below zero."""
    gap = due - net
    verdict = Verdict.WRONG if reason.weight == Weight.DOUBT else Verdict.RIGHT
    return Check(verdict, "", -due, -net, 0, gap, Decimal(-100 * gap) / due if due else None, (), (reason,))
