"""Those the company buys from: people to call, documents to ask for, accesses given to them (domain.md C.8, C.9)."""

from datetime import date

from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped

from app.models.base import Base, Record, code, day, flag, ref
from app.models.contract_codes import AccessLevel, CertificateKind, ContactRole
from app.rules import vigilance


class Provider(Record, Base):
    """An outside company that maintains, sells or rents. `capital` in cents."""

    __tablename__ = "provider"
    __title__ = ("name",)
    __searched__ = ("name", "city", "contact", "email")

    name: Mapped[str]
    legal_form: Mapped[str | None]
    siret: Mapped[str | None]
    vat_number: Mapped[str | None]
    rcs: Mapped[str | None]
    capital: Mapped[int | None]
    representative: Mapped[str | None]
    address: Mapped[str | None]
    postal_code: Mapped[str | None]
    city: Mapped[str | None]
    contact: Mapped[str | None]
    phone: Mapped[str | None]
    hotline: Mapped[str | None]
    hotline_hours: Mapped[str | None]
    email: Mapped[str | None]
    portal_url: Mapped[str | None]
    notes: Mapped[str | None]


class ProviderContact(Record, Base):
    """Someone at a provider. `escalation` 1 is called first; None: not in the order of calls."""

    __tablename__ = "provider_contact"
    __title__ = ("first_name", "last_name")
    __searched__ = ("first_name", "last_name", "email", "position")

    provider_id: Mapped[int] = ref("provider")
    first_name: Mapped[str | None]
    last_name: Mapped[str]
    role: Mapped[ContactRole] = code(ContactRole, default=ContactRole.DISPATCH)
    position: Mapped[str | None]
    phone: Mapped[str | None]
    mobile: Mapped[str | None]
    email: Mapped[str | None]
    escalation: Mapped[int | None]
    left_on: Mapped[date | None] = day()
    notes: Mapped[str | None]


def _usual_end(context: DefaultExecutionContext) -> date | None:
    told = context.get_current_parameters()  # type: ignore[no-untyped-call]  # SQLAlchemy has not typed it
    return vigilance.usual_end(told["kind"].value, told["issued_on"])


class Certificate(Record, Base):
    """A document that proves something of a provider, and until when. `check_code` is that of the URSSAF.

    A new one whose end is not told gets that of its kind (domain.md C.8)."""

    __tablename__ = "certificate"
    __title__ = ("number",)
    __searched__ = ("number", "check_code", "insurer")

    number: Mapped[str | None]
    provider_id: Mapped[int] = ref("provider")
    kind: Mapped[CertificateKind] = code(CertificateKind)
    issued_on: Mapped[date] = day()
    valid_until: Mapped[date | None] = day(default=_usual_end)
    check_code: Mapped[str | None]
    checked_on: Mapped[date | None] = day()
    insurer: Mapped[str | None]
    notes: Mapped[str | None]


class AccessGrant(Record, Base):
    """An access given: to whom, to what, since when; where the secret is kept, never the secret itself."""

    __tablename__ = "access_grant"
    __title__ = ("holder", "target")
    __searched__ = ("holder", "target", "account", "secret_place")

    provider_id: Mapped[int] = ref("provider")
    contact_id: Mapped[int | None] = ref("provider_contact")
    holder: Mapped[str]
    target: Mapped[str]
    asset_id: Mapped[int | None] = ref("asset")
    account: Mapped[str | None]
    level: Mapped[AccessLevel] = code(AccessLevel)
    two_factor: Mapped[bool | None] = flag()
    secret_place: Mapped[str | None]
    since: Mapped[date] = day()
    review_on: Mapped[date | None] = day()
    withdrawn_on: Mapped[date | None] = day()
    withdrawal_reason: Mapped[str | None]
    notes: Mapped[str | None]
