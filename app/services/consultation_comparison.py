"""The data of the comparison of offers (domain.md C.12), for its paper."""

from dataclasses import replace

from sqlalchemy.orm import Session

from app.reports.comparison_data import Answer, Asked, ComparedOffer, LogLine, OfferComparison, Weighed
from app.reports.identity import Stamp
from app.services.company_card import company_card
from app.services.consultation_log import PointRow, deviation_text, negotiation
from app.services.consultation_view import Comparison, LineRow, Standing, amount_of, comparison, quantity_text
from app.services.consultation_words import differences
from app.services.consultations import found


def offer_comparison(session: Session, consultation_id: int, stamp: Stamp) -> OfferComparison:
    asked = found(session, consultation_id)
    shown = comparison(session, consultation_id)
    chosen = shown.standing(asked.chosen_offer_id) if asked.chosen_offer_id else None
    return OfferComparison(
        company=company_card(session),
        stamp=replace(stamp, title="Comparatif des offres"),
        subject=asked.subject,
        criteria=tuple(Weighed(one.label, one.weight, one.is_price) for one in shown.criteria),
        lines=tuple(Asked(one.label, one.unit, quantity_text(one.quantity), one.optional) for one in shown.lines),
        offers=tuple(_offer(shown, one) for one in shown.standings),
        silent=tuple(one.provider for one in shown.silent),
        warning=shown.warning,
        words=tuple(differences(shown)),
        log=tuple(_line(point) for point in negotiation(session, consultation_id)),
        chosen=chosen.provider if chosen else "",
        reason=(asked.decision_reason or "") if chosen else "",
    )


def _offer(shown: Comparison, one: Standing) -> ComparedOffer:
    return ComparedOffer(
        provider=one.provider,
        reference=one.reference,
        received_on=one.received_on,
        valid_until=one.valid_until,
        status=one.status.label,
        firm=one.totals.firm,
        options=one.totals.options,
        notes=tuple(one.judged.notes.get(criterion.id) for criterion in shown.criteria),
        evidence=tuple(one.evidence.get(criterion.id, "") for criterion in shown.criteria),
        answers=tuple(_answer(one, line) for line in shown.lines),
        score=one.judged.score,
        rank=one.rank_text,
        strengths=one.strengths,
        reserves=one.reserves,
        lacks=one.lacks,
    )


def _answer(one: Standing, line: LineRow) -> Answer:
    price = one.prices.get(line.id)
    return Answer(price, amount_of(line, price), one.remarks.get(line.id, ""))


def _line(point: PointRow) -> LogLine:
    return LogLine(
        point.subject.label, point.provider, point.point, point.asked, point.threshold, point.offered, point.obtained,
        deviation_text(point.deviation), point.state.label, point.decision, point.clause, point.noted_on,
    )  # fmt: skip
