"""The deadlines of the contracts themselves: notices, ends, revisions, hours (domain.md C.1 to C.6)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from app.fields import amount, day, day_words
from app.models import Company, NoticeDecision, Revision
from app.models.codes import ContractStatus
from app.models.contract_codes import Choosing, PriceModel
from app.models.deadline_codes import DeadlineKind as Kind
from app.rules import consumer, notice, price
from app.services.deadlines.asking import Ask, Deal
from app.services.deadlines.words import Deadline, mark

REVISED_AROUND = timedelta(days=31)
"""A revision recorded this long before its anniversary is that of the anniversary."""


def _of(  # noqa: PLR0917 - what the deadline of a contract is made of
    ask: Ask, deal: Deal, kind: Kind, due: date, title: str, why: str, part: str = "", act_by: date | None = None
) -> Deadline:
    contract = deal.contract
    return Deadline(
        kind, mark(kind, contract.uuid, due, part), title, why, due, ask.lead(kind), "contract", contract.id, act_by,
        deal.provider, contract.number, contract.number,
    )  # fmt: skip


# Notices


def notices(ask: Ask) -> Iterator[Deadline]:
    """Of every period not over when the contract was entered: those missed stay, whatever came after (C.1, C.2)."""
    for deal in ask.deals:
        if deal.contract.status in {ContractStatus.TERMINATED, ContractStatus.ENDED}:
            continue
        for period, dates in _watched(deal, ask.today):
            decided = deal.decisions.get(period.ends)
            if decided is None or decided.choice != Choosing.RENEW:
                yield _notice(ask, deal, period, dates, decided)


def _watched(deal: Deal, today: date) -> Iterator[tuple[notice.Period, notice.Notice]]:
    last, way_out = notice.last_day(deal.terms), notice.exit_period(deal.terms, today)
    for period in notice.known_periods(deal.terms, today):
        dates = notice.notice_of(deal.terms, period)
        if period.ends is None or dates is None or period.ends < deal.recorded:
            continue
        ends_anyway = last is not None and period.ends >= last
        if not ends_anyway and (way_out is None or period.index <= way_out.index):
            yield period, dates


def _notice(
    ask: Ask, deal: Deal, period: notice.Period, dates: notice.Notice, decided: NoticeDecision | None
) -> Deadline:
    """Until it is left to be renewed, or the letter has its effect: a renegotiation stops nothing, a letter that left
    must still arrive. It opens the contract where it is decided."""
    choice = decided.choice if decided else None
    sent = decided.sent_on if decided else None
    why = _renewed(ask, deal, period, dates)
    act_by = min(dates.advised_posting, dates.safe_receipt)
    if choice == Choosing.RENEGOTIATE:
        why = f"Renégociation en cours\u00a0: elle n’empêche pas la reconduction. {why}"
    if sent is not None:
        act_by, why = dates.safe_receipt, f"Lettre postée le {day(sent)}\u00a0: notez sa réception. {why}"
    title = _notice_title(deal.contract.number, dates, ask.today, choice, sent)
    part = period.ends.isoformat() if period.ends else ""
    found = _of(ask, deal, Kind.NOTICE, dates.safe_receipt, title, why, part, act_by)
    return replace(found, entity="contract/notice", decided=choice == Choosing.DENOUNCE)


def _notice_title(
    number: str, dates: notice.Notice, today: date, choice: Choosing | None, sent: date | None = None
) -> str:
    phase = notice.phase(dates, today)
    if phase == "late" and today > dates.limit:
        return f"Préavis de {number} passé\u00a0: le contrat est reconduit"
    if sent is not None:
        return f"{number}\u00a0: réception de la lettre à noter"
    if phase == "send":
        return f"{number}\u00a0: la lettre doit être reçue le {day_words(dates.safe_receipt)} au plus tard"
    if phase == "late":
        return f"{number}\u00a0: une lettre postée maintenant risque d’arriver après le {day_words(dates.limit)}"
    if choice == Choosing.DENOUNCE:
        return f"Poster la lettre de dénonciation de {number}"
    return f"Décider du contrat {number} avant l’envoi du préavis"


def _renewed(ask: Ask, deal: Deal, period: notice.Period, dates: notice.Notice) -> str:
    """What happens, or has happened, without a letter."""
    after = next((one for one in notice.periods(deal.terms) if one.index == period.index + 1), None)
    until, cost = "sans terme fixé", None
    if after is not None and after.ends is not None:
        until = f"jusqu’au {day_words(after.ends)}"
        cost = _cost(ask, deal)
    extra = f", soit {amount(cost)} HT de plus" if cost else ""
    if ask.today > dates.limit:
        return f"Aucune lettre enregistrée avant le {day(dates.limit)}\u00a0: engagé {until}{extra}."
    return f"Sans décision, le contrat sera reconduit {until}{extra}."


def _cost(ask: Ask, deal: Deal) -> int | None:
    """What is known of the price of a renewed period, in cents."""
    year = ask.prices.get(deal.contract.id)
    return None if year is None else price.over(year, deal.terms.renewal_months or 0)


# Ends


def ends(ask: Ask) -> Iterator[Deadline]:
    """Of a contract that nothing renews any more; until it is closed, or dealt with (C.1)."""
    for deal in ask.deals:
        last = notice.last_day(deal.terms)
        if last is None or last < deal.recorded or deal.contract.status == ContractStatus.ENDED:
            continue
        denounced = deal.terms.denounced_on is not None
        why = "Dénoncé\u00a0: préparez la suite et récupérez ce qui vous revient (réversibilité)." if denounced else (
            "Il ne se renouvelle pas seul\u00a0: sans nouveau contrat, plus personne n’est tenu d’intervenir."
        )  # fmt: skip
        yield _of(ask, deal, Kind.CONTRACT_END, last, f"Fin du contrat {deal.contract.number}", why)


def withdrawals(ask: Ask) -> Iterator[Deadline]:
    """The fourteen days of a small company that signed off-premises (C.3)."""
    staff = ask.session.scalar(select(Company.headcount).where(Company.deleted_at.is_(None)).limit(1))
    why = "Signé hors établissement, par cinq salariés au plus\u00a0: rétractation sans motif jusqu’à ce jour."
    for deal in ask.deals:
        signed = deal.contract.signed_on
        if signed is None or not consumer.may_withdraw(staff, deal.contract.signed_off_premises):
            continue
        due = consumer.withdrawal_until(signed)
        if due >= deal.recorded:
            yield _of(ask, deal, Kind.WITHDRAWAL, due, f"Fin du droit de rétractation de {deal.contract.number}", why)


# Money


def revisions(ask: Ask) -> Iterator[Deadline]:
    """Each anniversary of a contract whose price follows an index, until its revision is recorded (C.4)."""
    made: dict[int, list[date]] = {}
    for contract_id, on in ask.session.execute(
        select(Revision.contract_id, Revision.effective_on).where(Revision.deleted_at.is_(None))
    ):
        made.setdefault(contract_id, []).append(on)
    for deal in ask.deals:
        if deal.contract.index_name and deal.contract.status == ContractStatus.ACTIVE:
            for due in _anniversaries(deal, ask.today):
                if not any(
                    due - REVISED_AROUND <= on < notice.add_months(due, 11) for on in made.get(deal.contract.id, ())
                ):
                    yield _revision(ask, deal, due)


def _anniversaries(deal: Deal, today: date) -> Iterator[date]:
    """Those since the contract was entered, and the one that comes."""
    last = notice.last_day(deal.terms)
    years = 1
    while True:
        due = notice.add_months(deal.terms.starts_on, 12 * years)
        if last is not None and due > last:
            return
        if due >= deal.recorded:
            yield due
        if due > today:
            return
        years += 1


def _revision(ask: Ask, deal: Deal, due: date) -> Deadline:
    number, index = deal.contract.number, deal.contract.index_name
    why = f"Calculez le prix d’après l’indice {index} avant de payer la première facture de la nouvelle année."
    return _of(ask, deal, Kind.REVISION, due, f"Révision du prix de {number}", why)


def hours(ask: Ask) -> Iterator[Deadline]:
    """The last day of a bank of hours (C.6)."""
    for deal in ask.deals:
        contract = deal.contract
        due = contract.hours_until
        if due is None or contract.price_model != PriceModel.HOUR_BANK or contract.status == ContractStatus.ENDED:
            continue
        lost = "Les heures restantes sont reportées." if contract.hours_carried_over else (
            "Les heures achetées et non prises sont perdues après ce jour."
        )  # fmt: skip
        if due >= deal.recorded:
            yield _of(ask, deal, Kind.HOURS, due, f"Fin des heures achetées de {contract.number}", lost)
