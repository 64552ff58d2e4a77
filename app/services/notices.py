"""The notice panel of a contract: where it stands, what happens if nothing is done, what that costs (look.md)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.codes import Code
from app.fields import amount, counted, day_words
from app.models import Contract
from app.rules import notice, price
from app.services import pricing
from app.services.amendments import on_day
from app.services.contracts import period_label, terms_of


class ContractState(Code):
    """Where the contract stands (domain.md C.1)."""

    FUTURE = "future", "À venir", "info"
    RUNNING = "running", "En cours", "ok"
    RENEWED = "renewed", "Reconduction acquise", "warn", True
    DENOUNCED = "denounced", "Dénoncé", "warn", True
    LAST = "last", "Dernière période", "info"
    OPEN_ENDED = "open_ended", "Durée indéterminée", "info"
    ENDED = "ended", "Terminé", "mute"


class NoticePhase(Code):
    """The four zones of the strip."""

    EARLY = "early", "Trop tôt", "mute"
    DECIDE = "decide", "À décider", "warn", True
    SEND = "send", "À envoyer", "bad", True
    LATE = "late", "Trop tard", "mute"


@dataclass(frozen=True, slots=True)
class NoticePanel:
    """`headline` and `consequence` are whole French sentences; dates are None where the period has no notice.

    `days_left` counts to the end of the present phase; `more_cost` is what the next period engages, in cents.
    """

    state: ContractState
    phase: NoticePhase | None
    headline: str
    consequence: str
    period: str
    starts: date
    ends: date | None
    decide_from: date | None
    advised_posting: date | None
    safe_receipt: date | None
    limit: date | None
    days_left: int | None
    engaged_until: date | None
    next_limit: date | None
    more_cost: int | None


def notice_of(session: Session, contract_id: int, today: date) -> NoticePanel:
    contract = on_day(session, contract_id, today)
    terms = terms_of(contract)
    where = notice.standing(terms, today)
    dates = where.notice
    after = _following(terms, where.period)
    cost = _cost(session, contract_id, after)
    return NoticePanel(
        state=ContractState.of(where.state),
        phase=NoticePhase.of(where.phase) if where.phase else None,
        headline=_headline(where, today),
        consequence=_consequence(contract, where, after, cost),
        period=period_label(where.period),
        starts=where.period.starts,
        ends=where.period.ends,
        decide_from=dates.decide_from if dates else None,
        advised_posting=dates.advised_posting if dates else None,
        safe_receipt=dates.safe_receipt if dates else None,
        limit=dates.limit if dates else None,
        days_left=_days_left(where, today),
        engaged_until=where.engaged_until,
        next_limit=where.exit_notice.limit if where.exit_notice else None,
        more_cost=cost,
    )


def _following(terms: notice.Terms, period: notice.Period) -> notice.Period | None:
    """The period that comes next if nobody acts."""
    last = notice.last_day(terms)
    if period.ends is None or (last is not None and last <= period.ends):
        return None
    return next((one for one in notice.periods(terms) if one.index == period.index + 1), None)


def _cost(session: Session, contract_id: int, period: notice.Period | None) -> int | None:
    """What is known of the price of a whole period, in cents, by the terms of its first day; None if it has no end."""
    if period is None or period.ends is None:
        return None
    year = pricing.yearly(session, contract_id, period.starts).cents
    months = on_day(session, contract_id, period.starts).renewal_months or 0
    return None if year is None else price.over(year, months)


def _days_left(where: notice.Standing, today: date) -> int | None:
    dates = where.notice
    if dates is None or where.phase is None:
        return None
    ends = {"early": dates.decide_from, "decide": dates.advised_posting, "send": dates.safe_receipt}
    return (ends.get(where.phase, where.period.ends or today) - today).days


def _days(count: int) -> str:
    return counted(count, "jour")


def _until(day: date | None) -> str:
    return f"jusqu’au {day_words(day)}" if day else "sans terme fixé"


def _headline(where: notice.Standing, today: date) -> str:
    if where.notice and where.state in {"future", "running"}:
        return _phase_headline(where.notice, notice.phase(where.notice, today), today)
    ending = f"le {day_words(where.engaged_until)}" if where.engaged_until else "sans terme fixé"
    return {
        "ended": f"Ce contrat a pris fin {ending}",
        "denounced": f"Contrat dénoncé\u00a0: il prend fin {ending}",
        "last": f"Ce contrat prend fin {ending}, sans reconduction",
        "open_ended": "Ce contrat est à durée indéterminée",
        "renewed": f"La reconduction est acquise\u00a0: vous êtes engagé {_until(where.engaged_until)}",
    }[where.state]


def _phase_headline(dates: notice.Notice, phase: notice.Phase, today: date) -> str:
    if phase == "early":
        return f"Rien à décider avant le {day_words(dates.decide_from)}"
    if phase == "decide":
        left = _days((dates.advised_posting - today).days)
        return f"Décidez avant le {day_words(dates.advised_posting)}\u00a0: il reste {left}"
    if phase == "send":
        days = (dates.safe_receipt - today).days
        left = f"il reste {_days(days)}" if days else "c’est aujourd’hui"
        return f"La lettre doit être reçue le {day_words(dates.safe_receipt)} au plus tard\u00a0: {left}"
    return f"Une lettre postée maintenant risque d’arriver après le {day_words(dates.limit)}"


def _consequence(contract: Contract, where: notice.Standing, after: notice.Period | None, cost: int | None) -> str:
    if where.state == "open_ended":
        unit = contract.notice_unit.label
        return f"Vous pouvez y mettre fin à tout moment, avec {contract.notice_value}\u00a0{unit} de préavis."
    if where.state == "renewed" and where.notice:
        missed = f"Aucune lettre n’a été enregistrée avant le {day_words(where.notice.limit)}."
        coming = where.exit_notice
        return missed + (f" Prochain préavis\u00a0: avant le {day_words(coming.limit)}." if coming else "")
    if after is None or where.state not in {"future", "running"}:
        return ""
    price = f", soit {amount(cost)} HT engagés de plus" if cost else ""
    return f"Sans décision, le contrat sera reconduit {_until(after.ends)}{price}."
