"""The notice panel of a contract: where it stands, what happens if nothing is done, what that costs (look.md)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.codes import Code
from app.fields import amount, counted, day, day_words, joined
from app.models import Contract
from app.models.codes import NoticeMoment
from app.models.contract_codes import Choosing
from app.rules import notice, price
from app.services import decisions, pricing
from app.services.amendments import on_day
from app.services.contracts import terms_of
from app.services.decisions import Decided
from app.services.periods import period_label


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
    `decided` governs what is to be done; `choices` are those still open, for the period that ends on `target`;
    `agreed`: the period under way was left to be renewed.
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
    by_dispatch: bool
    decided: Decided | None
    choices: tuple[Choosing, ...]
    target: date | None
    agreed: bool

    @property
    def pressing(self) -> NoticePhase | None:
        """The phase, while something is still to be decided or posted for this period."""
        if self.agreed:
            return None
        if self.decided is None or self.decided.choice == Choosing.RENEGOTIATE:
            return self.phase
        waits = self.decided.pending and self.decided.sent_on is None
        return self.phase if waits and self.phase != NoticePhase.EARLY else None


def notice_of(session: Session, contract_id: int, today: date) -> NoticePanel:
    contract = on_day(session, contract_id, today)
    terms = terms_of(contract)
    where = notice.standing(terms, today)
    dates = where.notice
    after = _following(terms, where.period)
    cost = _cost(session, contract_id, after)
    known = decisions.latest(session, contract_id)
    decided = decisions.in_hand(terms, known, today)
    settled = known.get(where.period.ends)
    told = _Told(contract, where, after, cost, decided, settled, today)
    target = notice.exit_period(terms, today)
    return NoticePanel(
        state=ContractState.of(where.state),
        phase=NoticePhase.of(where.phase) if where.phase else None,
        headline=told.headline(),
        consequence=told.consequence(),
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
        by_dispatch=told.by_dispatch,
        decided=decided,
        choices=_choices(where, decided),
        target=target.ends if target else None,
        agreed=settled is not None and settled.choice == Choosing.RENEW,
    )


def _choices(where: notice.Standing, decided: Decided | None) -> tuple[Choosing, ...]:
    """What may still be chosen: all three, but for what is decided already; nothing once the letter has left."""
    if where.state not in {"future", "running", "renewed", "open_ended"} or (decided and decided.sent_on):
        return ()
    if where.state == "renewed" and where.exit_notice is None and where.engaged_until is not None:
        return ()
    offered = [Choosing.DENOUNCE, Choosing.RENEGOTIATE]
    offered += [Choosing.RENEW] if where.state != "open_ended" else []
    return tuple(one for one in offered if decided is None or one != decided.choice)


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


def _until(on: date | None) -> str:
    return f"jusqu’au {day_words(on)}" if on else "sans terme fixé"


@dataclass(frozen=True, slots=True)
class _Told:
    """The two sentences of the panel. `settled` is the decision of the period under way, `decided` that in hand."""

    contract: Contract
    where: notice.Standing
    after: notice.Period | None
    cost: int | None
    decided: Decided | None
    settled: Decided | None
    today: date

    @property
    def by_dispatch(self) -> bool:
        return self.contract.notice_moment == NoticeMoment.DISPATCH

    @property
    def arrived(self) -> str:
        return "postée" if self.by_dispatch else "reçue"

    def headline(self) -> str:
        where, dates = self.where, self.where.notice
        ending = f"le {day_words(where.engaged_until)}" if where.engaged_until else "sans terme fixé"
        if where.state in {"future", "running"} and dates is not None:
            return self._decided_headline(dates) or self._phase_headline(dates)
        if self.decided is not None and self.decided.pending and where.state in {"renewed", "open_ended"}:
            return self._waiting_headline()
        if where.state == "renewed" and self.settled is not None and self.settled.choice == Choosing.RENEW:
            return f"Reconduction décidée\u00a0: vous êtes engagé {_until(where.engaged_until)}"
        return {
            "ended": f"Ce contrat a pris fin {ending}",
            "denounced": f"Contrat dénoncé\u00a0: il prend fin {ending}",
            "last": f"Ce contrat prend fin {ending}, sans reconduction",
            "open_ended": "Ce contrat est à durée indéterminée",
            "renewed": f"La reconduction est acquise\u00a0: vous êtes engagé {_until(where.engaged_until)}",
        }[where.state]

    def _waiting_headline(self) -> str:
        if self.decided is not None and self.decided.sent_on is None:
            return "Dénonciation décidée\u00a0: la lettre n’est pas encore partie"
        return "Lettre partie\u00a0: sa réception n’est pas encore notée"

    def _decided_headline(self, dates: notice.Notice) -> str:
        """What is decided, and what it still asks; empty when nothing is, or a renegotiation goes on."""
        decided = self.decided
        if decided is None or decided.choice == Choosing.RENEGOTIATE:
            return ""
        if decided.choice == Choosing.RENEW:
            return f"Vous laissez le contrat se reconduire {_until(self.after.ends if self.after else None)}"
        if decided.sent_on is not None:
            return f"Lettre partie\u00a0: elle doit être reçue le {day_words(dates.safe_receipt)} au plus tard"
        phase = notice.phase(dates, self.today)
        if phase in {"early", "decide"}:
            return f"Dénonciation décidée\u00a0: postez la lettre avant le {day_words(dates.advised_posting)}"
        return self._phase_headline(dates)

    def _phase_headline(self, dates: notice.Notice) -> str:
        phase = notice.phase(dates, self.today)
        if phase == "early":
            return f"Rien à décider avant le {day_words(dates.decide_from)}"
        if phase == "decide":
            left = counted((dates.advised_posting - self.today).days, "jour")
            return f"Décidez avant le {day_words(dates.advised_posting)}\u00a0: il reste {left}"
        if phase == "send":
            days = (dates.safe_receipt - self.today).days
            left = f"il reste {counted(days, 'jour')}" if days else "c’est aujourd’hui"
            return f"La lettre doit être {self.arrived} le {day_words(dates.safe_receipt)} au plus tard\u00a0: {left}"
        if self.by_dispatch:
            return f"La lettre doit porter le cachet de la poste du {day_words(dates.limit)} au plus tard"
        return f"Une lettre postée maintenant risque d’arriver après le {day_words(dates.limit)}"

    def consequence(self) -> str:
        where = self.where
        if where.state == "open_ended":
            unit = self.contract.notice_unit.label
            known = f"Vous pouvez y mettre fin à tout moment, avec {self.contract.notice_value}\u00a0{unit} de préavis."
            return joined(self._mind(), known)
        if where.state == "renewed" and where.notice:
            return joined(self._missed(where.notice), self._mind())
        if self.after is None or where.state not in {"future", "running"}:
            return ""
        return joined(self._mind(), self._if_nothing())

    def _if_nothing(self) -> str:
        """What comes by itself: told calmly once it is what was chosen, and no more once the letter has left."""
        extra = f", soit {amount(self.cost)} HT engagés de plus" if self.cost else ""
        if self.decided is not None and self.decided.choice == Choosing.RENEW:
            return f"Vous pouvez changer d’avis {_until(self.where.notice.limit if self.where.notice else None)}."
        until = _until(self.after.ends if self.after else None)
        if self.decided is not None:
            how = "Sans accord ni lettre" if self.decided.choice == Choosing.RENEGOTIATE else "Sans lettre"
            how = "Arrivée plus tard" if self.decided.sent_on else how
            return f"{how}, il sera reconduit {until}{extra}."
        return f"Sans décision, le contrat sera reconduit {until}{extra}."

    def _missed(self, dates: notice.Notice) -> str:
        """A limit that went by, and the next one."""
        agreed = self.settled is not None and self.settled.choice == Choosing.RENEW
        told = "" if agreed else f"Aucune lettre n’a été enregistrée avant le {day_words(dates.limit)}."
        coming = self.where.exit_notice
        return joined(told, f"Prochain préavis\u00a0: avant le {day_words(coming.limit)}." if coming else "")

    def _mind(self) -> str:
        """Who decided what, and when."""
        if self.decided is None:
            return ""
        word = {
            Choosing.DENOUNCE: "Dénonciation décidée",
            Choosing.RENEGOTIATE: "Renégociation décidée",
            Choosing.RENEW: "Décidé",
        }[self.decided.choice]
        by = f" par {self.decided.decided_by}" if self.decided.decided_by else ""
        return f"{word} le {day(self.decided.decided_on)}{by}."
