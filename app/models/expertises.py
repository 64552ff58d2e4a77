"""The technical expertise of the assets (domain.md A.7): one lot, one sheet per asset."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record, code, day, flag, ref, utc, within
from app.models.codes import Condition, ExpertiseStatus, Finding, SheetState, Verdict

NOTES = ("age_note", "support_note", "failures_note", "parts_note", "fit_note")


class Expertise(Record, Base):
    """`annual_price` is the price of the contract, HT in cents a year, that the feasibility of the lot is judged on."""

    __tablename__ = "expertise"
    __title__ = ("number", "title")
    __searched__ = ("number", "title", "expert")

    number: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    held_on: Mapped[date] = day()
    expert: Mapped[str | None]
    provider_id: Mapped[int | None] = ref("provider")
    status: Mapped[ExpertiseStatus] = code(ExpertiseStatus, default=ExpertiseStatus.OPEN)
    annual_price: Mapped[int | None]
    notes: Mapped[str | None]


class ExpertiseSheet(Record, Base):
    """Six notes from 0 to 4, two ratios, a verdict. Amounts in cents HT.

    From `score_hundredths` to `rule` is what the rules give, kept with the sheet: the score times 100, R and M in
    thousandths. `override` is the expert's own verdict beside theirs, `final_verdict` the one that holds. The
    `previous_` ones are of the asset's last sheet when this expertise was opened.
    """

    __tablename__ = "expertise_sheet"

    expertise_id: Mapped[int] = ref("expertise")
    asset_id: Mapped[int] = ref("asset")
    condition: Mapped[Condition | None] = code(Condition)
    age_note: Mapped[int | None]
    support_note: Mapped[int | None]
    failures_note: Mapped[int | None]
    parts_note: Mapped[int | None]
    fit_note: Mapped[int | None]
    support_unknown: Mapped[bool] = flag(default=False)
    networked: Mapped[bool | None] = flag()
    isolated: Mapped[bool | None] = flag()
    repair_cost: Mapped[int | None]
    replacement_value: Mapped[int | None]
    maintenance_cost: Mapped[int | None]
    score_hundredths: Mapped[int | None]
    repair_permille: Mapped[int | None]
    maintenance_permille: Mapped[int | None]
    verdict: Mapped[Verdict | None] = code(Verdict)
    rule: Mapped[str | None]
    override: Mapped[Verdict | None] = code(Verdict)
    override_reason: Mapped[str | None]
    final_verdict: Mapped[Verdict | None] = code(Verdict)
    previous_verdict: Mapped[Verdict | None] = code(Verdict)
    previous_hundredths: Mapped[int | None]
    state: Mapped[SheetState] = code(SheetState, default=SheetState.TO_DO)
    finding: Mapped[Finding | None] = code(Finding)
    seen_on: Mapped[date | None] = day()
    renew_on: Mapped[date | None] = day()
    observations: Mapped[str | None]
    action: Mapped[str | None]
    assessed_at: Mapped[datetime | None] = utc()
    assessed_by: Mapped[str | None]

    __table_args__ = (
        *(within(name, 0, 4) for name in NOTES),
        Index(
            "ix_expertise_sheet_asset", "expertise_id", "asset_id", unique=True,
            sqlite_where=text("deleted_at IS NULL"),
        ),
    )  # fmt: skip
