"""The interventions that an invoice bills, one by one, against what each is worth (domain.md C.6)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from app.fields import amount, fold
from app.models import Intervention, Invoice
from app.models.codes import Charge
from app.services import done_for
from app.services.amendments import on_day
from app.services.billing import acts
from app.services.billing.acts import Act
from app.services.billing.billed import Billed, BilledLine
from app.services.billing.reasons import Reason, Weight, near

BACK = 190
"""Days before an invoice in which what it bills is sought."""
NOT_DUE = {
    Charge.INCLUDED: "comprise dans le forfait",
    Charge.WARRANTY: "sous garantie",
    Charge.REFUSED: "refusée",
}
AN_HOUR = {"h", "hur", "heure", "heures"}


@dataclass(frozen=True, slots=True)
class Work:
    """`due` is what the interventions recognised are worth, in cents HT; `paid` those that the invoice pays."""

    due: int
    paid: tuple[Act, ...]
    reasons: tuple[Reason, ...]


def work(session: Session, contract_id: int, invoice: Billed) -> Work:
    """Each line of work finds its intervention by the number written in it, by the link kept, or by its amount."""
    lines = invoice.of("work")
    found = _candidates(session, contract_id, invoice)
    paid: list[Act] = []
    reasons: list[Reason] = []
    loose: list[BilledLine] = []
    for line in lines:
        named = [act for act in found if fold(act.number) in fold(line.label)]
        mine = named or _by_amount(line, [act for act in found if act not in paid], invoice)
        paid += [act for act in mine if act not in paid]
        loose += [] if mine else [line]
        reasons += [*_of_acts(session, line, mine, invoice), *_rate(session, contract_id, line)]
    if loose:
        left = [act for act in found if act not in paid and _open(act, invoice)]
        matched, told = _together(loose, left)
        paid += matched
        reasons += told
    due = tuple(act for act in paid if _open(act, invoice))
    return Work(sum(act.cents or 0 for act in due), due, tuple(reasons))


def _candidates(session: Session, contract_id: int, invoice: Billed) -> list[Act]:
    """The interventions under the contract that this invoice may bill."""
    begun = acts.begun(invoice.on - timedelta(days=BACK), invoice.on)
    near_by = acts.value(session, done_for.contract() == contract_id, *begun)
    seen = {act.intervention_id for act in near_by}
    linked = acts.value(session, Intervention.invoice_id == invoice.id)
    return [*near_by, *(act for act in linked if act.intervention_id not in seen)]


def _open(act: Act, invoice: Billed) -> bool:
    return bool(act.cents) and act.invoice_id in {None, invoice.id}


def _by_amount(line: BilledLine, some: Sequence[Act], invoice: Billed) -> list[Act]:
    """The one intervention of exactly that amount, those linked to the invoice first."""
    same = [act for act in some if _open(act, invoice) and act.cents == line.net]
    return sorted(same, key=lambda act: (act.invoice_id is None, act.on))[:1]


def _of_acts(session: Session, line: BilledLine, mine: Sequence[Act], invoice: Billed) -> Iterator[Reason]:
    for act in mine:
        link = ("intervention", act.intervention_id)
        if act.invoice_id not in {None, invoice.id}:
            other = session.get(Invoice, act.invoice_id)
            number = other.number if other else "une autre facture"
            yield Reason(Weight.REFUSE, f"{act.number} est déjà facturée par {number}.", None, *link)
        elif act.charge in NOT_DUE:
            yield Reason(
                Weight.REFUSE, f"{act.number} est {NOT_DUE[act.charge]}\u00a0: elle ne se facture pas.", line.net, *link
            )
        elif act.charge == Charge.COUNTED and not act.cents:
            text = f"{act.number} est décomptée des heures achetées\u00a0: elle serait payée deux fois."
            yield Reason(Weight.REFUSE, text, line.net, *link)
        elif act.cents is None:
            yield Reason(Weight.DOUBT, f"{act.number} n’a pas de prix connu\u00a0: {act.how}.", None, *link)
    priced = [act for act in mine if _open(act, invoice)]
    due = sum(act.cents or 0 for act in priced)
    if priced and not near(line.net, due):
        text = f"{priced[0].number}\u00a0: {amount(line.net)} facturés, {amount(due)} attendus ({priced[0].how})."
        yield Reason(Weight.DOUBT, text, line.net - due, "intervention", priced[0].intervention_id)


def _rate(session: Session, contract_id: int, line: BilledLine) -> Iterator[Reason]:
    """An hour at another price than the contract's."""
    rate = acts.hourly_rate(on_day(session, contract_id, line.days[0]))
    if rate is None or line.price is None or fold(line.unit or "") not in AN_HOUR or line.price == 100 * rate:
        return
    text = f"«\u00a0{line.label}\u00a0»\u00a0: {amount(round(line.price / 100))} l’heure, {amount(rate)} au contrat."
    yield Reason(Weight.DOUBT, text)


def _together(lines: Sequence[BilledLine], left: Sequence[Act]) -> tuple[Sequence[Act], list[Reason]]:
    """Lines that no intervention explains alone: all those left, if they make the amount."""
    net = sum(line.net for line in lines)
    if left and near(net, sum(act.cents or 0 for act in left), len(left)):
        return left, []
    told = [
        Reason(
            Weight.DOUBT,
            f"«\u00a0{line.label}\u00a0», {amount(line.net)}\u00a0: aucune intervention notée n’a ce montant.",
            line.net,
        )
        for line in lines
    ]
    return (), told
