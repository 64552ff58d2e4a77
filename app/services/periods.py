"""The periods of a contract as a table: their dates, what was decided of each, where each stands (domain.md C.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.fields import MISSING
from app.models.contract_codes import Choosing
from app.rules import notice
from app.services import decisions
from app.services.amendments import on_day
from app.services.contracts import terms_of
from app.services.decisions import Decided

TO_TAKE = "À prendre"
CHOSEN = {Choosing.DENOUNCE: "Dénoncer", Choosing.RENEGOTIATE: "Renégocier", Choosing.RENEW: "Reconduire"}


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One line of the table of periods; `decision` and `state` are French words, `tone` that of the state."""

    label: str
    starts: date
    ends: date | None
    advised_posting: date | None
    limit: date | None
    decision: str
    state: str
    tone: str
    is_current: bool


def period_label(period: notice.Period) -> str:
    return f"Reconduction\u00a0{period.index}" if period.index else "Initiale"


def periods_of(session: Session, contract_id: int, today: date) -> list[PeriodRow]:
    """Every period begun, and the one that comes if nothing is done."""
    terms = terms_of(on_day(session, contract_id, today))
    decided = decisions.latest(session, contract_id)
    return [_row(terms, period, today, decided) for period in notice.known_periods(terms, today)]


def label_of(terms: notice.Terms, period_end: date | None) -> str:
    """The name of the period that ends that day."""
    wanted = (one for one in notice.periods(terms) if one.ends is None or (period_end and one.ends >= period_end))
    found = next(wanted, None)
    return period_label(found) if found else ""


def _row(terms: notice.Terms, period: notice.Period, today: date, decided: Mapping[date | None, Decided]) -> PeriodRow:
    last, engaged = notice.last_day(terms), notice.standing(terms, today).engaged_until
    dates = notice.notice_of(terms, period)
    is_last = last is not None and (period.ends is None or period.ends >= last)
    ends = last if is_last else period.ends
    state, tone = _period_state(period, ends, today, engaged)
    return PeriodRow(
        period_label(period),
        period.starts,
        ends,
        dates.advised_posting if dates else None,
        dates.limit if dates else None,
        ("Dénoncée" if terms.denounced_on else "Prend fin")
        if is_last
        else _decision(dates, today, decided.get(period.ends)),
        state,
        tone,
        period.starts <= today and (ends is None or today <= ends),
    )


def _decision(dates: notice.Notice | None, today: date, chosen: Decided | None) -> str:
    """What was decided; once the limit is past, what came of it. When and why, the decisions themselves tell."""
    if dates is not None and today > dates.limit:
        return "Reconduite"
    if chosen is not None:
        return CHOSEN[chosen.choice]
    if dates is None:
        return "À tout moment"
    return TO_TAKE if today >= dates.decide_from else MISSING


def _period_state(period: notice.Period, ends: date | None, today: date, engaged: date | None) -> tuple[str, str]:
    """The word and its tone; `engaged` is the day until which nothing can be undone any more."""
    if ends is not None and ends < today:
        return "Terminée", "mute"
    if period.starts <= today:
        return "En cours", "ok"
    if period.index == 0:
        return "À venir", "info"
    acquired = engaged is None or period.starts <= engaged
    return ("Acquise", "warn") if acquired else ("Si rien n’est fait", "mute")
