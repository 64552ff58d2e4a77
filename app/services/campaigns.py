"""The physical inventory: what should be there is frozen, each thing is ticked, and the gaps remain.

The expected place is kept with each line, so that a correction of the asset does not rewrite what was found.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Integer, Select, cast, func, insert, select, update
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import InvalidFields, NotFound, Refused
from app.fields import PARIS, clean_line, fold
from app.jobs import Job, Progress
from app.models import Asset, Campaign, CampaignLine, Family, Site
from app.models.base import new_uuid
from app.models.codes import AssetStatus, CampaignResult, CampaignStatus, Finding
from app.services import records
from app.storage import Store

T = TypeVar("T")
TO_FIND, FOUND, MISSING, UNEXPECTED = (
    CampaignResult.TO_FIND, CampaignResult.FOUND, CampaignResult.MISSING, CampaignResult.UNEXPECTED,
)  # fmt: skip
VIRTUAL = "Machine virtuelle"
"""The family of what cannot be gone and seen."""
BATCH = 500
CLOSED = "Cette campagne est close\u00a0: rouvrez-la pour pointer encore."
NOBODY = "Aucun bien n’est noté sur ce site."
NOTHING = "Aucun bien n’est à trouver\u00a0: saisissez ou importez d’abord l’inventaire."


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the lines of a campaign. `elsewhere`: found, but not in the room where it was expected."""

    to_find: int = 0
    found: int = 0
    missing: int = 0
    unexpected: int = 0
    elsewhere: int = 0

    @property
    def expected(self) -> int:
        return self.to_find + self.found + self.missing


# -- opening and closing ----------------------------------------------------------------------------------------


def open_job(store: Store, values: Mapping[str, Any]) -> Job[int]:
    """A new campaign and its frozen list, in one act; gives its id."""
    with store.begin(f"Ouverture de campagne\u00a0: {values.get('title') or ''}") as session:
        return (yield from open_campaign(session, values))


def open_campaign(session: Session, values: Mapping[str, Any]) -> Job[int]:
    """Expects every asset of the site, or of all, that is neither retired nor virtual."""
    campaign_id = records.create(session, ENTITIES["campaign"], to_open(session, values))
    expected = _expected(session, values.get("site_id"))
    for done, batch in _batches(expected):
        session.execute(insert(CampaignLine.__table__), [_line(campaign_id, row) for row in batch])
        yield Progress(done, len(expected), "Liste des biens attendus")
    return campaign_id


def to_open(session: Session, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a campaign to open; InvalidFields if there would be nothing to find."""
    kept = records.checked(session, ENTITIES["campaign"], values)
    if not _expected(session, kept.get("site_id")):
        raise InvalidFields({"site_id": NOBODY} if kept.get("site_id") else {"": NOTHING})
    return kept


def _line(campaign_id: int, row: Any) -> dict[str, Any]:
    now = datetime.now(UTC)
    return {
        "uuid": new_uuid(), "version": 1, "created_at": now, "updated_at": now, "campaign_id": campaign_id,
        "asset_id": row.id, "expected_site_id": row.site_id, "expected_room": row.room, "result": TO_FIND,
    }  # fmt: skip


def _expected(session: Session, site_id: int | None) -> list[Any]:
    """By site, room and number: the order in which one walks."""
    statement = (
        select(Asset.id, Asset.site_id, Asset.room, Asset.number, Site.name.label("site"))
        .join(Family, Family.id == Asset.family_id)
        .outerjoin(Site, Site.id == Asset.site_id)
        .where(Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED, Family.name != VIRTUAL)
    )
    if site_id is not None:
        statement = statement.where(Asset.site_id == site_id)
    return sorted(session.execute(statement), key=lambda r: (fold(r.site or "~"), fold(r.room or "~"), r.number))


def _batches(rows: Sequence[Any]) -> Iterator[tuple[int, Sequence[Any]]]:
    """How many are done once the batch is, and the batch."""
    rest = iter(rows)
    done = 0
    while batch := list(islice(rest, BATCH)):
        done += len(batch)
        yield done, batch


def close_job(store: Store, campaign_id: int, on: date) -> Job[Counts]:
    with store.begin("Clôture de campagne") as session:
        return (yield from close_campaign(session, campaign_id, on))


def close_campaign(session: Session, campaign_id: int, on: date) -> Job[Counts]:
    """What is still to find is missing; the assets met are known as seen, on the day they were."""
    campaign = under_way(session, campaign_id)
    campaign.status, campaign.closed_on = CampaignStatus.CLOSED, on
    session.flush()
    _set(session, _lines(campaign_id).where(CampaignLine.result == TO_FIND), {"result": MISSING})
    seen = _seen(session, campaign_id)
    for done, batch in _batches(seen):
        for day in {day for _, day in batch}:
            wanted = [asset_id for asset_id, on_day in batch if on_day == day]
            session.execute(
                update(Asset).where(Asset.id.in_(wanted)).values(seen_on=day, finding=Finding.SEEN),
                execution_options={"synchronize_session": False},
            )
        yield Progress(done, len(seen), "Biens vus")
    session.expire_all()
    return counts(session, campaign_id)


def _seen(session: Session, campaign_id: int) -> list[tuple[int, date]]:
    """The assets met, each with the day; those that somebody saw later still are left as they are."""
    rows = session.execute(
        select(Asset.id, CampaignLine.seen_at, Asset.seen_on, Asset.finding)
        .join(Asset, Asset.id == CampaignLine.asset_id)
        .where(*kept_of(campaign_id), CampaignLine.seen_at.is_not(None), Asset.deleted_at.is_(None))
    )
    days = [(row.id, row.seen_at.astimezone(PARIS).date(), row.seen_on, row.finding) for row in rows]
    return [(i, day) for i, day, known, how in days if known is None or known < day or how != Finding.SEEN]


def reopen(session: Session, campaign_id: int) -> None:
    """What was not found is to find again."""
    campaign = found(session, campaign_id)
    if campaign.status == CampaignStatus.OPEN:
        raise Refused("Cette campagne est déjà en cours.")
    campaign.status, campaign.closed_on = CampaignStatus.OPEN, None
    session.flush()
    _set(session, _lines(campaign_id).where(CampaignLine.result == MISSING), {"result": TO_FIND})


# -- ticking ----------------------------------------------------------------------------------------------------


def tick(session: Session, line_ids: Sequence[int], result: CampaignResult, now: datetime) -> int:
    """Found, missing, or to find again, by hand; what was not expected stays so. Gives how many lines changed."""
    under_way(session, _campaign_of(session, line_ids))
    values: dict[str, Any] = {"result": result, "seen_at": now if result == FOUND else None}
    if result != FOUND:
        values["room"] = None
    ticked = 0
    for _, batch in _batches(line_ids):
        concerned = select(CampaignLine.id).where(
            CampaignLine.id.in_(batch), CampaignLine.result.notin_((UNEXPECTED, result))
        )
        ticked += _set(session, concerned, values)
    return ticked


def at_once(store: Store, label: str, act: Callable[[Session], T]) -> Job[T]:
    """An act on many lines, as a task."""
    yield Progress(0, 0, label)
    with store.begin(label) as session:
        return act(session)


def forget(session: Session, line_ids: Sequence[int]) -> int:
    """Take back what was said of these lines: to find again, or to the bin if they were not expected."""
    back = tick(session, line_ids, TO_FIND, datetime.now(UTC))
    for _, batch in _batches(line_ids):
        extra = select(CampaignLine.id).where(CampaignLine.id.in_(batch), CampaignLine.result == UNEXPECTED)
        back += records.to_bin(session, ENTITIES["campaign_line"], session.scalars(extra).all())
    return back


def remark(session: Session, line_ids: Sequence[int], text: str | None) -> None:
    """What there is to say of these lines, in place of what was said."""
    for line_id in line_ids:
        line_of(session, line_id).notes = clean_line(text or "") or None
    session.flush()


def name_asset(session: Session, line_id: int, asset_id: int) -> None:
    """The asset that was made for a thing found and not known."""
    line = line_of(session, line_id)
    line.asset_id = asset_id
    session.flush()


# -- looking ----------------------------------------------------------------------------------------------------


def counts(session: Session, campaign_id: int) -> Counts:
    displaced = (CampaignLine.room.is_not(None)) & (CampaignLine.result == FOUND)
    rows = session.execute(
        select(CampaignLine.result, func.count(), func.sum(cast(displaced, Integer)))
        .where(*kept_of(campaign_id))
        .group_by(CampaignLine.result)
    )
    by_result = {result: (n, moved) for result, n, moved in rows}
    of = {result: by_result.get(result, (0, 0))[0] for result in CampaignResult}
    return Counts(of[TO_FIND], of[FOUND], of[MISSING], of[UNEXPECTED], by_result.get(FOUND, (0, 0))[1])


def why_unexpected(status: AssetStatus, wanted_site: int | None, site_id: int | None, site: str | None) -> str:
    """What is known of an asset that was not expected; `wanted_site` is that of the campaign."""
    if status == AssetStatus.RETIRED:
        return "sorti du parc"
    if wanted_site is not None and site_id != wanted_site:
        return f"noté à {site}" if site else "sans site sur sa fiche"
    return "entré dans l’inventaire après l’ouverture"


def result_named(value: str) -> CampaignResult:
    """« found » -> FOUND."""
    return CampaignResult.of(value)


def rooms(session: Session, campaign_id: int) -> list[str]:
    """The rooms where something is expected, in the order of their names."""
    names = session.scalars(
        select(CampaignLine.expected_room)
        .where(*kept_of(campaign_id), CampaignLine.expected_room.is_not(None))
        .distinct()
    )
    return sorted({name for name in names if name}, key=fold)


def found(session: Session, campaign_id: int | None) -> Campaign:
    campaign = session.get(Campaign, campaign_id or 0)
    if campaign is None or campaign.deleted_at is not None:
        raise NotFound("Cette campagne n’existe plus.")
    return campaign


def under_way(session: Session, campaign_id: int | None) -> Campaign:
    campaign = found(session, campaign_id)
    if campaign.status != CampaignStatus.OPEN:
        raise Refused(CLOSED)
    return campaign


def line_of(session: Session, line_id: int) -> CampaignLine:
    line = session.get(CampaignLine, line_id)
    if line is None or line.deleted_at is not None:
        raise NotFound("Cette ligne de campagne n’existe plus.")
    return line


def kept_of(campaign_id: int) -> tuple[Any, ...]:
    """What keeps the lines of a campaign that are outside the bin."""
    return CampaignLine.campaign_id == campaign_id, CampaignLine.deleted_at.is_(None)


def _lines(campaign_id: int) -> Select[Any]:
    return select(CampaignLine.id).where(*kept_of(campaign_id))


def _campaign_of(session: Session, line_ids: Sequence[int]) -> int | None:
    return session.scalar(select(CampaignLine.campaign_id).where(CampaignLine.id.in_(line_ids[:1])))


def _set(session: Session, wanted: Select[Any], values: Mapping[str, Any]) -> int:
    """Write on many lines by one statement; gives how many."""
    done = session.execute(
        update(CampaignLine).where(CampaignLine.id.in_(wanted)).values(**values),
        execution_options={"synchronize_session": False},
    )
    session.expire_all()
    return int(getattr(done, "rowcount", 0))
