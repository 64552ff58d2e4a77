"""What may explain that the service billed is not what the contract foresees: the first that fits is told."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import or_, select

from app.errors import Refused
from app.fields import amount, day, fold, month_words, number
from app.models import Amendment, PenaltyClaim, UnitPrice
from app.models.contract_codes import AmendmentStatus
from app.models.money_codes import ClaimState
from app.rules import shares, vat
from app.services import revising
from app.services.billing.billed import BilledLine, days_told
from app.services.billing.expected import of_deal
from app.services.billing.lines import Line
from app.services.billing.reasons import Reason, Weight, near
from app.services.billing.service_case import Case
from app.services.revising import Proposal

MOST = 12
"""Times the expected amount that a mistaken number of periods may make."""
PARTS = {2: "la moitié", 3: "le tiers", 4: "le quart", 6: "le sixième", 12: "le douzième"}
BACK = 100
"""Days before, in which what is billed now may have been done."""


def explained(of: Case) -> list[Reason]:
    """Why the service billed differs; empty when it does not, but for its rounding."""
    if of.equals(of.expected):
        return []
    units = list(_units(of))
    for look in (_with_vat, _whole_months, _amended, _revised, _claimed, _extra, _several):
        if reason := look(of):
            return [reason, *units]
    return units if units and sum(one.cents or 0 for one in units) == of.gap else [_unknown(of), *units]


def signed_percent(gap: int, expected: int) -> str:
    """« +4,2 % », « −12,0 % »."""
    return f"{'+' if gap > 0 else '−'}{number(abs(Decimal(100 * gap) / expected), 1)}\u00a0%"


def signed(gap: int) -> str:
    """« +690,00 € », « −30,00 € »."""
    return f"+{amount(gap)}" if gap > 0 else amount(gap)


def _gap(of: Case) -> str:
    return signed_percent(of.gap, of.expected) if of.expected else signed(of.gap)


def _unknown(of: Case) -> Reason:
    text = f"Écart de {_gap(of)}, que rien n’explique ici\u00a0: demandez le détail au prestataire."
    clause = _clause(of) if of.deal.on(of.starts).index_name else ""
    if not clause:
        return Reason(Weight.DOUBT, text)
    return Reason(Weight.DOUBT, f"{text} {clause}", None, "contract", of.deal.id)


def _clause(of: Case) -> str:
    """What the clause of revision would give when the period begins, or what it lacks; empty without a fee."""
    if of.deal.on(of.starts).fee is None:
        return ""
    try:
        found = revising.proposal(of.deal.session, of.deal.id, of.starts)
    except Refused as missing:
        return f"Serait-ce la révision\u00a0? {missing}"
    if found.after == found.before:
        return f"La clause de révision ne change pas le prix au {day(of.starts)}."
    share = signed_percent(found.after - found.before, found.before)
    told = (
        f"La clause de révision donnerait {amount(found.after)} au {day(of.starts)}, soit {share} ({_working(found)})."
    )
    return told if found.after == found.unbound else f"{told} {found.how[-1]}"


def _with_vat(of: Case) -> Reason | None:
    """The amount with its VAT written as the one without."""
    rate = of.deal.on(of.starts).vat_rate
    raised = of.expected + vat.tax(of.expected, vat.NORMAL if rate is None else rate)
    if raised == of.expected or not of.equals(raised):
        return None
    text = f"Le HT facturé égale le TTC attendu, {amount(raised)}\u00a0: la TVA serait payée deux fois."
    return Reason(Weight.REFUSE, text, of.gap)


def _whole_months(of: Case) -> Reason | None:
    """Billed for whole months, of which the contract runs a part only."""
    months = sum((shares.share(shares.months(*days)) for days in of.days), Fraction(0))
    run = sum((shares.share(of.run(days)) for days in of.days), Fraction(0))
    bounds = of.deal.force(of.ends)
    if bounds is None or run in {0, months} or not of.equals(shares.rounded(of.expected * months / run)):
        return None
    begins = of.starts < bounds[0]
    told = f"ne commence que le {day(bounds[0])}" if begins else f"prend fin le {day(bounds[1])}"
    return Reason(Weight.REFUSE, f"La période est facturée entière, alors que le contrat {told}.", of.gap)


def _revised(of: Case) -> Reason | None:
    """Equal to what the clause of revision gives, which no amendment applies yet."""
    for on in dict.fromkeys((of.starts, of.invoice.on)):
        try:
            found = revising.proposal(of.deal.session, of.deal.id, on)
        except Refused:
            continue
        index = of.deal.on(on).index_name
        if found.after != found.before and of.equals(of.at_fee(found.after)):
            return _revision(of, found, f"égal à la révision {index} au {day(on)}")
        if found.unbound != found.after and of.equals(of.at_fee(found.unbound)):
            text = f"Écart {_gap(of)}\u00a0: égal à la révision {index} sans sa limite. {found.how[-1]}"
            return Reason(Weight.REFUSE, text, of.gap, "contract", of.deal.id)
    return None


def _revision(of: Case, found: Proposal, why: str) -> Reason:
    text = (
        f"Écart {_gap(of)}\u00a0: {why} ({_working(found)}). Elle n’est pas encore appliquée ici\u00a0: faites-le à "
        "l’onglet «\u00a0Prix\u00a0» du contrat, si vous en convenez."
    )
    return Reason(Weight.NOTE, text, of.gap, "contract", of.deal.id)


def _working(found: Proposal) -> str:
    return next(line for line in found.how if " × " in line and " = " in line).removesuffix(".")


def _amended(of: Case) -> Reason | None:
    """Equal to the fee before an amendment, or to that of one not signed or not in effect yet."""
    for one in of.deal.session.scalars(
        select(Amendment)
        .where(Amendment.contract_id == of.deal.id, Amendment.deleted_at.is_(None))
        .order_by(Amendment.effective_on.desc(), Amendment.id.desc())
    ):
        if "fee" not in one.extra:
            continue
        running = one.status == AmendmentStatus.SIGNED and one.effective_on <= of.starts
        eve = one.effective_on - timedelta(days=1)
        fee = of.deal.on(eve).fee if running else int(one.extra["fee"] or 0)
        if fee is not None and of.equals(of.at_fee(fee)):
            return Reason(_weight(of), _amendment(of, one, running=running), of.gap, "amendment", one.id)
    return None


def _weight(of: Case) -> Weight:
    """What costs more than it should is to be asked about; less, to be known."""
    return Weight.DOUBT if of.gap > 0 else Weight.NOTE


def _amendment(of: Case, one: Amendment, *, running: bool) -> str:
    if running:
        since = f"en vigueur depuis le {day(one.effective_on)}"
        return f"Écart {_gap(of)}\u00a0: égal au prix d’avant l’avenant {one.number}, {since}."
    why = (
        "qui n’est pas signé"
        if one.status != AmendmentStatus.SIGNED
        else f"qui ne vaut qu’à partir du {day(one.effective_on)}"
    )
    return f"Écart {_gap(of)}\u00a0: égal au prix de l’avenant {one.number}, {why}."


def _claimed(of: Case) -> Reason | None:
    """Less by the penalties claimed of a month."""
    for claim in of.deal.session.scalars(
        select(PenaltyClaim).where(
            PenaltyClaim.contract_id == of.deal.id, PenaltyClaim.deleted_at.is_(None),
            PenaltyClaim.state != ClaimState.WAIVED, PenaltyClaim.amount == -of.gap,
        )
    ):  # fmt: skip
        text = f"Écart {_gap(of)}\u00a0: égal aux pénalités réclamées pour {month_words(claim.month)}, déduites."
        return Reason(Weight.FINE, text, of.gap)
    return None


def _extra(of: Case) -> Reason | None:
    """More by hours over those included, or by interventions paid apart, of these days or of the days before."""
    if of.gap <= 0:
        return None
    found = of_deal(of.deal, of.starts - timedelta(days=BACK), of.ends).lines
    extras = [line for line in found if line.kind in {"overrun", "act"}]
    one = next((line for line in extras if near(of.gap, line.cents)), None)
    if one is not None:
        text = (
            f"Écart {_gap(of)}\u00a0: égal à «\u00a0{one.label}\u00a0», {days_told((one.start, one.end))} ({one.how})."
        )
        return Reason(Weight.NOTE, text, of.gap, one.entity, one.record_id)
    return _all_extras(of, [line for line in extras if line.end >= of.starts])


def _all_extras(of: Case, extras: list[Line]) -> Reason | None:
    if not extras or not near(of.gap, sum(line.cents for line in extras), len(extras)):
        return None
    text = (
        f"Écart {_gap(of)}\u00a0: égal aux {len(extras)} interventions ou dépassements de la période, {amount(of.gap)}."
    )
    return Reason(Weight.NOTE, text, of.gap)


def _several(of: Case) -> Reason | None:
    """A number of periods for another."""
    for times in range(2, MOST + 1):
        if of.expected and of.equals(of.expected * times):
            text = f"Le montant est {times} fois celui de la période\u00a0: vérifiez la période facturée."
            return Reason(Weight.DOUBT, text, of.gap)
    for times, words in PARTS.items():
        if of.expected and of.equals(shares.rounded(Fraction(of.expected, times))):
            text = f"Le montant est {words} de celui de la période\u00a0: vérifiez la période facturée."
            return Reason(Weight.NOTE, text, of.gap)
    return None


# -- units ----------------------------------------------------------------------------------------------------------


def _units(of: Case) -> Iterator[Reason]:
    """Each unit billed at another price, or for another number, than the contract's."""
    for due in of.due:
        line = next((one for one in of.invoice.of("service") if _same(one, due)), None)
        unit = _price(of, due)
        if due.kind != "units" or line is None or unit is None or near(line.net, due.cents):
            continue
        yield Reason(Weight.DOUBT, _unit(line, due, unit), line.net - due.cents)


def _same(line: BilledLine, due: Line) -> bool:
    told, wanted = fold(line.label), fold(due.label)
    return wanted in told or told in wanted


def _price(of: Case, due: Line) -> int | None:
    return of.deal.session.scalar(
        select(UnitPrice.price)
        .where(
            UnitPrice.contract_id == of.deal.id,
            UnitPrice.label == due.label,
            UnitPrice.deleted_at.is_(None),
            or_(UnitPrice.since.is_(None), UnitPrice.since <= due.start),
        )
        .order_by(UnitPrice.since.desc())
        .limit(1)
    )


def _unit(line: BilledLine, due: Line, price: int) -> str:
    if line.price is not None and line.price != 100 * price:
        return f"{due.label}\u00a0: {amount(round(line.price / 100))} facturé, {amount(price)} au contrat."
    if line.price is not None:
        counted = number(Decimal(line.quantity) / 1000, 0 if line.quantity % 1000 == 0 else 2)
        return f"{due.label}\u00a0: {counted} facturés. Le contrat compte {due.how}."
    return f"{due.label}\u00a0: {amount(line.net)} facturés, {amount(due.cents)} attendus ({due.how})."
