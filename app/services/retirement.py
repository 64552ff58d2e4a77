"""The exit of an asset: with its proof, and never with readable data (domain.md F.3).

Only this module makes an asset « Sorti » and writes the day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.entities.assets import ASSET
from app.entities.retirement import RETIREMENT
from app.errors import InvalidFields, NotFound, Refused
from app.fields import day, joined
from app.models import Asset, Component, CoveredAsset, Erasure, LicenceSeat, Loan, Retirement
from app.models.codes import AssetStatus, ComponentKind, ExitKind
from app.rules import leaving
from app.rules.leaving import Erased
from app.services import loans, records

COVER, SEAT = ENTITIES["covered_asset"], ENTITIES["licence_seat"]
TAKEN = frozenset({ExitKind.SALE, ExitKind.GIFT, ExitKind.TAKE_BACK, ExitKind.RENTAL_END, ExitKind.WEEE})
"""Exits in which somebody takes the asset."""
DOUBTS = {
    "ask": "Ce bien a un disque\u00a0: dites s’il contient des données personnelles.",
    "erase": "Aucun effacement n’est noté pour ce bien, qui contient des données personnelles. Notez celui de son "
    "disque, ou écrivez ici pourquoi il part sans.",
    "clear": "L’effacement noté est simple (Clear)\u00a0: il suffit pour un bien qui reste, pas pour un bien qui part. "
    "Notez un effacement renforcé ou une destruction, ou écrivez ici pourquoi il part ainsi.",
    "failed": "L’effacement noté n’a pas réussi. Recommencez-le, ou écrivez ici pourquoi le bien part ainsi.",
}
BREACH = (
    "Violation de données personnelles\u00a0: vous avez 72\u00a0heures.",
    "Portez plainte et gardez le récépissé.",
    "Changez les mots de passe des comptes qui y étaient ouverts\u00a0; effacez l’appareil à distance si possible.",
    "Notifiez la CNIL sous 72\u00a0heures (notifications.cnil.fr), sauf si aucun risque n’en résulte pour personne.",
    "Prévenez les personnes concernées si le risque pour elles est élevé.",
    "Inscrivez l’événement dans votre registre des violations, même s’il n’est pas notifié.",
)
"""RGPD art. 33 and 34."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """What the act must know of an asset. `erased` counts the erasures that suffice for what leaves, `disks` the disks
    in place; `doubt` what keeps it from leaving as things stand."""

    title: str
    personal_data: bool | None
    encrypted: bool | None
    has_disk: bool
    disks: int
    erased: int
    doubt: str | None


@dataclass(frozen=True, slots=True)
class Gone:
    """The exit of an asset, as its pane tells it."""

    id: int
    number: str
    kind: ExitKind
    on: date
    recipient: str
    proof: str
    expected: str
    breach: bool


@dataclass(frozen=True, slots=True)
class Exit:
    """What `retire` did. `breach`: data of people may be in unknown hands."""

    id: int
    breach: bool


def expected(kind: ExitKind) -> str:
    """The proof that such an exit asks for."""
    return leaving.PROOFS[kind.value]


def is_paid(kind: ExitKind) -> bool:
    """Whether such an exit may bring money back."""
    return kind.value in leaving.SOLD


def leaving_of(session: Session, asset_id: int) -> Leaving:
    asset = session.get_one(Asset, asset_id)
    erased = _erased(session, asset_id)
    has_disk, disks = _disks(session, asset)
    return Leaving(
        records.title(session, ASSET, asset_id), asset.personal_data, asset.encrypted, has_disk, disks,
        sum(one.succeeded and one.level in leaving.ENOUGH for one in erased),
        leaving.doubt(ExitKind.WEEE.value, asset.personal_data, has_disk, erased),
    )  # fmt: skip


def _erased(session: Session, asset_id: int) -> list[Erased]:
    found = session.scalars(select(Erasure).where(Erasure.asset_id == asset_id, Erasure.deleted_at.is_(None)))
    return [Erased(one.medium.value, one.level.value, one.succeeded) for one in found]


def _disks(session: Session, asset: Asset) -> tuple[bool, int]:
    """Whether it has something to hold data, and how many disks are known in it."""
    count = session.scalar(
        select(func.count()).where(
            Component.asset_id == asset.id, Component.kind == ComponentKind.DISK, Component.removed_on.is_(None),
            Component.deleted_at.is_(None),
        )
    )  # fmt: skip
    return bool(count or asset.disk_gb), count or 0


def retire_all(session: Session, assets: Sequence[int], values: Mapping[str, Any], today: date) -> list[Exit]:
    """The same exit for several assets: all of them, or none. What keeps one of them is told with its name."""
    done: list[Exit] = []
    common: dict[str, str] = {}
    own: list[str] = []
    for asset_id in assets:
        try:
            done.append(retire(session, asset_id, values, today))
        except InvalidFields as error:
            for name, sentence in error.problems.items():
                if len(assets) == 1 or name in {"kind", "retired_on", "recipient", "price", "personal_data"}:
                    common[name] = sentence
                else:
                    own.append(f"{records.title(session, ASSET, asset_id)}\u00a0: {sentence}")
        except Refused as error:
            own.append(f"{records.title(session, ASSET, asset_id)}\u00a0: {error}")
    if common or own:
        raise InvalidFields(common | ({"": "\n".join(own)} if own else {}))
    return done


def retire(session: Session, asset_id: int, values: Mapping[str, Any], today: date) -> Exit:
    """Take an asset out of the fleet: its exit is kept, it leaves its contracts, its licences are free again.

    `values` are those of a Retirement, and `personal_data` when nobody said it. InvalidFields names what is missing.
    """
    asset = session.get_one(Asset, asset_id)
    if asset.status == AssetStatus.RETIRED:
        raise Refused(f"Ce bien est déjà sorti, le {day(asset.retired_on)}.")
    told = {name: value for name, value in values.items() if name != "personal_data"}
    personal = values.get("personal_data") if asset.personal_data is None else asset.personal_data
    problems = _problems(session, asset, values, personal, today)
    if problems:
        raise InvalidFields(problems)
    made = records.create(session, RETIREMENT, {**told, "asset_id": asset_id})
    kind, on = ExitKind.of(told["kind"]), told["retired_on"]
    number = session.get_one(Retirement, made).number
    _end_loan(session, asset_id, on, number)
    _leave_all(session, asset_id, on)
    changes = {"status": AssetStatus.RETIRED, "retired_on": on, "personal_data": personal}
    records.update(session, ASSET, asset_id, changes)
    return Exit(made, leaving.is_breach(kind.value, personal, asset.encrypted))


def _problems(
    session: Session, asset: Asset, values: Mapping[str, Any], personal: bool | None, today: date
) -> dict[str, str]:
    found: dict[str, str] = {}
    kind, on = values.get("kind"), values.get("retired_on")
    if kind is None:
        return {"kind": "Dites comment ce bien s’en va."}
    if on is None:
        found["retired_on"] = "Dites quel jour ce bien est parti."
    elif on > today:
        found["retired_on"] = "Ce jour n’est pas encore passé\u00a0: notez la sortie quand le bien sera parti."
    elif asset.purchased_on and on < asset.purchased_on:
        found["retired_on"] = f"Ce bien a été acheté le {day(asset.purchased_on)}."
    if kind in TAKEN and not values.get("recipient"):
        found["recipient"] = "Dites à qui ce bien est remis."
    if values.get("price") and not is_paid(ExitKind.of(kind)):
        found["price"] = "Une telle sortie ne rapporte rien\u00a0: laissez le prix vide."
    loan = loans.of_asset(session, asset.id, today)
    if loan is not None and kind != ExitKind.THEFT:
        found[""] = f"Ce bien est prêté à {loan.who}\u00a0: notez d’abord son retour."
    doubt = leaving.doubt(ExitKind.of(kind).value, personal, _disks(session, asset)[0], _erased(session, asset.id))
    if doubt is not None and not (doubt != "ask" and values.get("derogation")):
        found["personal_data" if doubt == "ask" else "derogation"] = DOUBTS[doubt]
    return found


def _end_loan(session: Session, asset_id: int, on: date, number: str) -> None:
    """What was lost while lent is awaited no more."""
    loan = session.scalar(select(Loan).where(Loan.asset_id == asset_id, *loans.OPEN))
    if loan is not None:
        loan.returned_on = max(on, loan.lent_on)
        loan.notes = joined(loan.notes, f"Jamais rendu\u00a0: {number}.", by="\n")
        session.flush()


def _leave_all(session: Session, asset_id: int, on: date) -> None:
    own = (CoveredAsset.asset_id == asset_id, CoveredAsset.deleted_at.is_(None))
    later = or_(CoveredAsset.until.is_(None), CoveredAsset.until > on)
    covers = session.scalars(select(CoveredAsset).where(*own, later)).all()
    records.to_bin(session, COVER, [one.id for one in covers if one.since > on], "Bien sorti du parc")
    for one in covers:
        if one.since <= on:
            records.update(session, COVER, one.id, {"until": on})
    seats = session.scalars(
        select(LicenceSeat.id).where(
            LicenceSeat.asset_id == asset_id, LicenceSeat.released_on.is_(None), LicenceSeat.deleted_at.is_(None)
        )
    )
    for seat in seats.all():
        records.update(session, SEAT, seat, {"released_on": on})


def complete(session: Session, retirement_id: int, values: Mapping[str, Any]) -> None:
    """Write what comes after the exit: the proof, the price, who took it."""
    allowed = {"recipient", "price", "proof", "reason"}
    records.update(session, RETIREMENT, retirement_id, {n: v for n, v in values.items() if n in allowed})


def cancel(session: Session, asset_id: int, why: str = "") -> None:
    """Put an asset back in stock; its exit goes to the bin. Its contracts and licences are to be given again."""
    found = session.scalar(
        select(Retirement.id).where(Retirement.asset_id == asset_id, Retirement.deleted_at.is_(None))
    )
    if session.get_one(Asset, asset_id).status != AssetStatus.RETIRED:
        raise Refused("Ce bien n’est pas sorti du parc.")
    if found is not None:
        records.to_bin(session, RETIREMENT, [found], why or "Sortie annulée")
    records.update(session, ASSET, asset_id, {"status": AssetStatus.IN_STOCK, "retired_on": None})


def of_asset(session: Session, asset_id: int) -> Gone | None:
    """The exit of an asset; None while it is in the company, or when nobody wrote how it left."""
    found = session.scalar(
        select(Retirement)
        .where(Retirement.asset_id == asset_id, Retirement.deleted_at.is_(None))
        .order_by(Retirement.id.desc())
        .limit(1)
    )
    if found is None:
        return None
    asset = session.get_one(Asset, asset_id)
    return Gone(
        found.id, found.number, found.kind, found.retired_on, found.recipient or "", found.proof or "",
        expected(found.kind), leaving.is_breach(found.kind.value, asset.personal_data, asset.encrypted),
    )  # fmt: skip


def asset_of(session: Session, retirement_id: int) -> int:
    found = session.get(Retirement, retirement_id)
    if found is None:
        raise NotFound("Cette sortie n’existe plus.")
    return found.asset_id
