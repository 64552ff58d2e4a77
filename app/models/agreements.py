"""What a contract lists: services, documents owed, duties, personal data, what is given back (domain.md C)."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from app.models.base import Base, Record, code, day, ref
from app.models.codes import FeePeriod
from app.models.contract_codes import Answer, DueRule, Frequency, Inclusion, Obligation, ReturnState, ServiceType, Side
from app.models.upkeep_codes import DeliveryState


class ContractService(Record, Base):
    """One service of the contract, from `since` to `until` included (None: from the start, to the end)."""

    __tablename__ = "contract_service"
    __title__ = ("label",)
    __searched__ = ("label", "scope")

    contract_id: Mapped[int] = ref("contract")
    label: Mapped[str]
    kind: Mapped[ServiceType] = code(ServiceType)
    frequency: Mapped[Frequency] = code(Frequency, default=Frequency.ON_DEMAND)
    scope: Mapped[str | None]
    inclusion: Mapped[Inclusion] = code(Inclusion, default=Inclusion.INCLUDED)
    obligation: Mapped[Obligation | None] = code(Obligation)
    cost: Mapped[int | None]
    cost_period: Mapped[FeePeriod | None] = code(FeePeriod)
    since: Mapped[date | None] = day()
    until: Mapped[date | None] = day()


class DueDocument(Record, Base):
    """A document that the provider owes, and when: `delay_days` working days after what `rule` says (A.5).

    Followed from `since` on: what was owed before is not asked for.
    """

    __tablename__ = "due_document"
    __title__ = ("label",)

    contract_id: Mapped[int] = ref("contract")
    label: Mapped[str]
    rule: Mapped[DueRule] = code(DueRule)
    delay_days: Mapped[int | None]
    sanction: Mapped[str | None]
    since: Mapped[date | None] = day()


class ReceivedDocument(Record, Base):
    """What became of one document owed. `mark` names its occasion (« intervention:12 », « 2026-T4 »): what is expected
    is worked out by services.deliverables, and only what was done of it is kept. The file is a document of this record.
    """

    __tablename__ = "received_document"

    contract_id: Mapped[int] = ref("contract")
    due_document_id: Mapped[int] = ref("due_document")
    mark: Mapped[str]
    due_on: Mapped[date] = day()
    state: Mapped[DeliveryState] = code(DeliveryState, default=DeliveryState.RECEIVED)
    received_on: Mapped[date | None] = day()
    reason: Mapped[str | None]

    __table_args__ = (UniqueConstraint("due_document_id", "mark"),)


class Duty(Record, Base):
    """An obligation of one side, as the contract writes it."""

    __tablename__ = "duty"
    __title__ = ("label",)
    __searched__ = ("label",)

    contract_id: Mapped[int] = ref("contract")
    side: Mapped[Side] = code(Side)
    label: Mapped[str]
    article: Mapped[str | None]


class GdprItem(Record, Base):
    """One line of the article 28 list of a contract (C.10); `item` is its key in `services.gdpr`."""

    __tablename__ = "gdpr_item"

    contract_id: Mapped[int] = ref("contract")
    item: Mapped[str]
    answer: Mapped[Answer] = code(Answer, default=Answer.UNKNOWN)
    evidence: Mapped[str | None]

    __table_args__ = (UniqueConstraint("contract_id", "item"),)


class ReturnItem(Record, Base):
    """One line of the reversibility of a contract (C.11)."""

    __tablename__ = "return_item"
    __title__ = ("label",)

    contract_id: Mapped[int] = ref("contract")
    label: Mapped[str]
    owner: Mapped[str | None]
    due_on: Mapped[date | None] = day()
    state: Mapped[ReturnState] = code(ReturnState, default=ReturnState.TO_DO)
    proof: Mapped[str | None]
    notes: Mapped[str | None]
