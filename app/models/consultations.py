"""Choosing a provider: the consultation, its price grid, the offers, what was negotiated (domain.md C.12)."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record, code, day, flag, ref
from app.models.contract_codes import ConsultationStatus, NegotiationObject, OfferStatus, PointState


class Consultation(Record, Base):
    """What is asked is the project `contract_id`: its services, levels, hours and perimeter. `report_id` is the issued
    inventory report that the cahier des charges refers to."""

    __tablename__ = "consultation"
    __title__ = ("number", "subject")
    __searched__ = ("number", "subject", "context")

    number: Mapped[str] = mapped_column(unique=True)
    subject: Mapped[str]
    status: Mapped[ConsultationStatus] = code(ConsultationStatus, default=ConsultationStatus.DRAFT)
    contract_id: Mapped[int | None] = ref("contract")
    report_id: Mapped[int | None] = ref("issued_paper")
    context: Mapped[str | None]
    exclusions: Mapped[str | None]
    takeover: Mapped[str | None]
    visits: Mapped[str | None]
    sent_on: Mapped[date | None] = day()
    questions_until: Mapped[date | None] = day()
    answers_until: Mapped[date | None] = day()
    decided_until: Mapped[date | None] = day()
    chosen_offer_id: Mapped[int | None]
    decision_reason: Mapped[str | None]


class Criterion(Record, Base):
    """One criterion of choice; `weight` in percent; the one `is_price` is noted from the totals of the offers."""

    __tablename__ = "criterion"
    __title__ = ("label",)

    consultation_id: Mapped[int] = ref("consultation")
    position: Mapped[int]
    label: Mapped[str]
    weight: Mapped[int]
    is_price: Mapped[bool] = flag(default=False)
    meaning: Mapped[str | None]


class PriceLine(Record, Base):
    """One line of the price grid that every offer fills; `quantity` in hundredths."""

    __tablename__ = "price_line"
    __title__ = ("label",)

    consultation_id: Mapped[int] = ref("consultation")
    position: Mapped[int]
    label: Mapped[str]
    unit: Mapped[str | None]
    quantity: Mapped[int]
    optional: Mapped[bool] = flag(default=False)


class Offer(Record, Base):
    """What a provider answered."""

    __tablename__ = "offer"
    __title__ = ("reference",)

    consultation_id: Mapped[int] = ref("consultation")
    provider_id: Mapped[int] = ref("provider")
    status: Mapped[OfferStatus] = code(OfferStatus, default=OfferStatus.INVITED)
    reference: Mapped[str | None]
    invited_on: Mapped[date | None] = day()
    received_on: Mapped[date | None] = day()
    valid_until: Mapped[date | None] = day()
    strengths: Mapped[str | None]
    reserves: Mapped[str | None]

    __table_args__ = (UniqueConstraint("consultation_id", "provider_id"),)


class OfferPrice(Record, Base):
    """The unit price that an offer asks for a line, in cents HT; None: not answered."""

    __tablename__ = "offer_price"

    offer_id: Mapped[int] = ref("offer")
    line_id: Mapped[int] = ref("price_line")
    price: Mapped[int | None]
    remark: Mapped[str | None]

    __table_args__ = (UniqueConstraint("offer_id", "line_id"),)


class OfferNote(Record, Base):
    """The note of an offer for a criterion, in hundredths of 0 to 5."""

    __tablename__ = "offer_note"

    offer_id: Mapped[int] = ref("offer")
    criterion_id: Mapped[int] = ref("criterion")
    note: Mapped[int | None]
    evidence: Mapped[str | None]

    __table_args__ = (UniqueConstraint("offer_id", "criterion_id"),)


class NegotiationPoint(Record, Base):
    """One point of the negotiation log of an offer, or of a contract under way."""

    __tablename__ = "negotiation_point"
    __title__ = ("point",)
    __searched__ = ("point", "asked", "obtained")

    consultation_id: Mapped[int | None] = ref("consultation")
    offer_id: Mapped[int | None] = ref("offer")
    contract_id: Mapped[int | None] = ref("contract")
    subject: Mapped[NegotiationObject] = code(NegotiationObject)
    point: Mapped[str]
    asked: Mapped[str | None]
    threshold: Mapped[str | None]
    offered: Mapped[str | None]
    obtained: Mapped[str | None]
    asked_amount: Mapped[int | None]
    obtained_amount: Mapped[int | None]
    state: Mapped[PointState] = code(PointState, default=PointState.OPEN)
    decision: Mapped[str | None]
    noted_on: Mapped[date | None] = day()
    clause_id: Mapped[int | None] = ref("clause")
