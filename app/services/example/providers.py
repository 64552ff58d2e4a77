"""The providers: whom to call, what they proved, the accesses they have, what the main contract will give back."""

from datetime import date, timedelta

from sqlalchemy import update

from app.models import AccessGrant, Certificate, Contract, ProviderContact, ReturnItem
from app.models.contract_codes import AccessLevel, CertificateKind, ContactRole, ReturnState
from app.rules import vigilance
from app.rules.notice import add_months
from app.services import reversibility
from app.services.example.world import Card, Rows, World, data
from app.services.reversibility import THEM

BLANKS = ("first_name", "phone", "mobile", "email", "escalation", "position", "notes")


def know(world: World) -> None:
    told = data("providers")
    contacts = _contacts(world, told["contacts"])
    _certificates(world, told["certificates"])
    _accesses(world, told["accesses"], contacts)
    _reversibility(world, told["reversibility"])


def _contacts(world: World, cards: list[Card]) -> dict[tuple[str, str], int]:
    """By provider and last name."""
    rows = Rows(world, ProviderContact)
    made = {}
    for card in cards:
        left = card.get("left_months")
        made[card["provider"], card["last_name"]] = rows.add(
            {
                **{name: card.get(name) for name in BLANKS},
                "provider_id": world.providers[card["provider"]],
                "last_name": card["last_name"],
                "role": ContactRole.of(card["role"]),
                "left_on": _ago(world, left) if left else None,
            }
        )
    rows.write()
    return made


def _ago(world: World, months: int) -> date:
    return add_months(world.today, -months)


def _certificates(world: World, cards: list[Card]) -> None:
    rows = Rows(world, Certificate)
    for card in cards:
        issued = _ago(world, card["months"]) + timedelta(days=card["days"])
        rows.add(
            {
                "number": card["number"],
                "provider_id": world.providers[card["provider"]],
                "kind": CertificateKind.of(card["kind"]),
                "issued_on": issued,
                "valid_until": vigilance.usual_end(card["kind"], issued),
                "check_code": card.get("check_code"),
                "checked_on": issued + timedelta(days=6) if card.get("checked") else None,
                "insurer": card.get("insurer"),
            }
        )
    rows.write()


def _accesses(world: World, cards: list[Card], contacts: dict[tuple[str, str], int]) -> None:
    rows = Rows(world, AccessGrant)
    things = {thing.name: thing.id for thing in reversed(world.things)}
    for card in cards:
        review, withdrawn = card.get("review_days"), card.get("withdrawn_months")
        rows.add(
            {
                **{name: card.get(name) for name in ("account", "two_factor", "secret_place", "withdrawal_reason")},
                "provider_id": world.providers[card["provider"]],
                "contact_id": contacts[card["provider"], card["contact"]],
                "holder": card["holder"],
                "target": card["target"],
                "asset_id": things.get(card.get("asset", "")),
                "level": AccessLevel.of(card["level"]),
                "since": _ago(world, card["months"]),
                "review_on": world.today + timedelta(days=review) if review is not None else None,
                "withdrawn_on": _ago(world, withdrawn) if withdrawn else None,
            }
        )
    rows.write()


def _reversibility(world: World, card: Card) -> None:
    """Of the contract whose notice is soon due: the list is prepared before the letter leaves."""
    own = Contract.__table__
    contract = world.session.query(Contract).where(Contract.subject == card["contract"]).one()
    told = {"days": card["days"], "price": card["price"], "on": _ago(world, card["plan_months"])}
    kept = {f"reversibility_{name}": value for name, value in told.items()}
    as_made = {"version": 1, "updated_at": world.made_at}
    world.session.execute(update(own).where(own.c.id == contract.id).values(**kept, **as_made))
    world.session.expire(contract)
    rows = Rows(world, ReturnItem)
    ends = reversibility.exit_of(world.session, contract.id, world.today).ends
    names = {provider: name for name, provider in world.providers.items()}
    for label, side, after in reversibility.USUAL:
        state, proof = card["states"].get(label, ("to_do", None))
        rows.add(
            {
                "contract_id": contract.id,
                "label": label,
                "owner": names[contract.provider_id or 0] if side is THEM else world.manager.name,
                "due_on": reversibility.due(ends, after, world.today),
                "state": ReturnState.of(state),
                "proof": proof,
            }
        )
    rows.write()
