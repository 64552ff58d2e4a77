"""The offers of a consultation side by side, as its page and its papers show them (domain.md C.12)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import NBSP, lowered, number
from app.models import Criterion, Offer, OfferNote, OfferPrice, PriceLine, Provider
from app.models.contract_codes import OfferStatus
from app.rules import offers
from app.rules.offers import Judged, Totals
from app.services.consultations import found, rows

COMPARED = {OfferStatus.RECEIVED, OfferStatus.CHOSEN, OfferStatus.REFUSED}


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """`weight` in percent."""

    id: int
    label: str
    weight: int
    is_price: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """`quantity` in hundredths."""

    id: int
    label: str
    unit: str
    quantity: int
    optional: bool


@dataclass(frozen=True)
class Standing:
    """An offer, what it asks and what it obtains. `prices` in cents by line, `given` the notes put by hand,
    `remarks` and `evidence` as typed; `lacks` says in words why it has no score, nothing when it has one."""

    id: int
    provider: str
    status: OfferStatus
    reference: str
    received_on: date | None
    valid_until: date | None
    strengths: str
    reserves: str
    prices: Mapping[int, int | None]
    remarks: Mapping[int, str]
    given: Mapping[int, Decimal | None]
    evidence: Mapping[int, str]
    totals: Totals
    judged: Judged
    lacks: tuple[str, ...] = ()

    @property
    def rank_text(self) -> str:
        if self.judged.rank is None:
            return ""
        place = f"{self.judged.rank}{'re' if self.judged.rank == 1 else 'e'}"
        return f"{place} ex æquo" if self.judged.tied else place


@dataclass(frozen=True)
class Comparison:
    """`standings` in the order of the ranking, incomplete offers after; `silent` are those who gave no offer.
    `warning` says why nothing can be ranked."""

    criteria: tuple[CriterionRow, ...]
    lines: tuple[LineRow, ...]
    standings: tuple[Standing, ...]
    silent: tuple[Standing, ...]
    warning: str

    def standing(self, offer_id: int) -> Standing | None:
        return next((one for one in (*self.standings, *self.silent) if one.id == offer_id), None)


def criteria_of(session: Session, consultation_id: int) -> tuple[CriterionRow, ...]:
    return tuple(
        CriterionRow(one.id, one.label, one.weight, one.is_price, one.meaning or "")
        for one in rows(session, Criterion, consultation_id)
    )


def grid_of(session: Session, consultation_id: int) -> tuple[LineRow, ...]:
    return tuple(
        LineRow(one.id, one.label, one.unit or "", one.quantity, one.optional)
        for one in rows(session, PriceLine, consultation_id)
    )


def comparison(session: Session, consultation_id: int) -> Comparison:
    found(session, consultation_id)
    criteria, lines = criteria_of(session, consultation_id), grid_of(session, consultation_id)
    kept = rows(session, Offer, consultation_id, Offer.id)
    names = _providers(session, [offer.provider_id for offer in kept])
    prices, notes = _prices(session, kept), _notes(session, kept)
    totals = {offer.id: totals_of(lines, _values(prices[offer.id])) for offer in kept}
    given = {offer.id: {one: _note(note) for one, (note, _) in notes[offer.id].items()} for offer in kept}
    judged = offers.judge(
        _weights(criteria),
        {offer.id: totals[offer.id].firm for offer in kept if offer.status in COMPARED},
        given,
    )
    made = [
        Standing(
            id=offer.id,
            provider=names[offer.provider_id],
            status=offer.status,
            reference=offer.reference or "",
            received_on=offer.received_on,
            valid_until=offer.valid_until,
            strengths=offer.strengths or "",
            reserves=offer.reserves or "",
            prices=_values(prices[offer.id]),
            remarks={line: remark for line, (_, remark) in prices[offer.id].items() if remark},
            given=given[offer.id],
            evidence={one: words for one, (_, words) in notes[offer.id].items() if words},
            totals=totals[offer.id],
            judged=judged.get(offer.id, Judged({}, None, None)),
            lacks=_lacks(lines, criteria, totals[offer.id], judged[offer.id]) if offer.id in judged else (),
        )
        for offer in kept
    ]
    compared = sorted((one for one in made if one.status in COMPARED), key=_place)
    silent = tuple(one for one in made if one.status not in COMPARED)
    return Comparison(criteria, lines, tuple(compared), silent, _warning(criteria, lines))


def _place(standing: Standing) -> tuple[bool, int, int, int]:
    rank, firm = standing.judged.rank, standing.totals.firm
    return (rank is None, rank or 0, firm or 0, standing.id)


def _warning(criteria: Sequence[CriterionRow], lines: Sequence[LineRow]) -> str:
    if not criteria:
        return "Aucun critère n’est posé\u00a0: rien ne peut être noté."
    if told := weights_warning(criteria):
        return told
    if not lines:
        return "La grille de prix est vide\u00a0: aucun prix ne peut être comparé."
    return ""


def weights_warning(criteria: Sequence[CriterionRow]) -> str:
    """Why no offer can be ranked by these criteria; "" if they total 100, or when there are none yet."""
    gap = offers.weight_gap(_weights(criteria)) if criteria else 0
    return f"Les poids font {offers.WHOLE - gap}{NBSP}%, pas 100{NBSP}%\u00a0: rien n’est classé." if gap else ""


def _weights(criteria: Sequence[CriterionRow]) -> list[offers.Criterion]:
    return [offers.Criterion(one.id, one.weight, one.is_price) for one in criteria]


def totals_of(lines: Sequence[LineRow], prices: Mapping[int, int | None]) -> Totals:
    """What these unit prices, in cents by line, make on the grid."""
    return offers.totals([offers.GridLine(one.id, one.quantity, one.optional) for one in lines], prices)


def amount_of(line: LineRow, price: int | None) -> int | None:
    """Cents of a line; None without a price."""
    return None if price is None else offers.line_amount(price, line.quantity)


def _providers(session: Session, wanted: Sequence[int]) -> dict[int, str]:
    statement = select(Provider.id, Provider.name).where(Provider.id.in_(wanted))
    return {row.id: row.name for row in session.execute(statement)}


Priced = dict[int, tuple[int | None, str]]


def _prices(session: Session, kept: Sequence[Offer]) -> dict[int, Priced]:
    """Offer -> line -> its price in cents and the remark."""
    made: dict[int, Priced] = {offer.id: {} for offer in kept}
    statement = select(OfferPrice).where(OfferPrice.offer_id.in_(made), OfferPrice.deleted_at.is_(None))
    for one in session.scalars(statement):
        made[one.offer_id][one.line_id] = (one.price, one.remark or "")
    return made


def _notes(session: Session, kept: Sequence[Offer]) -> dict[int, Priced]:
    """Offer -> criterion -> its note in hundredths and what it rests on."""
    made: dict[int, Priced] = {offer.id: {} for offer in kept}
    statement = select(OfferNote).where(OfferNote.offer_id.in_(made), OfferNote.deleted_at.is_(None))
    for one in session.scalars(statement):
        made[one.offer_id][one.criterion_id] = (one.note, one.evidence or "")
    return made


def _values(priced: Priced) -> dict[int, int | None]:
    return {line: price for line, (price, _) in priced.items()}


def _note(hundredths: int | None) -> Decimal | None:
    return None if hundredths is None else Decimal(hundredths).scaleb(-2)


def _lacks(
    lines: Sequence[LineRow], criteria: Sequence[CriterionRow], totals: Totals, judged: Judged
) -> tuple[str, ...]:
    """Why an offer has no score, in words."""
    if totals.only_options:
        prices = ["seules des options sont chiffrées\u00a0: aucun total à comparer"]
    else:
        prices = _listed("prix non donné", [line.label for line in lines if line.id in totals.missing])
    unnoted = [one.label for one in criteria if not one.is_price and judged.notes[one.id] is None]
    return (*prices, *_listed("sans note", unnoted))


def _listed(what: str, labels: Sequence[str]) -> list[str]:
    """« prix non donné : essai de restauration, déplacement hors forfait »; nothing without labels."""
    return [f"{what}\u00a0: {', '.join(map(lowered, labels))}"] if labels else []


def quantity_text(hundredths: int) -> str:
    """« 12 », « 2,50 »."""
    return number(Decimal(hundredths).scaleb(-2), 2 if hundredths % 100 else 0)
