"""The labels of assets: what stands on each, and the sheets they are printed on (papers.md, « Étiquettes »)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import Refused
from app.jobs import Job, Progress
from app.models import Asset, Company, Contract, Family, Provider
from app.models.codes import AssetStatus
from app.reports.labels_data import FORMS, Label, LabelSheets
from app.services import contracts, listing
from app.services.listing import Filter, Query
from app.storage import Store

ASSET = ENTITIES["asset"]
BATCH = 5000
LARGEST_SHIFT = 10
"""Millimetres: beyond, it is not the printer that is to be corrected."""


@dataclass(frozen=True, slots=True)
class LabelOptions:
    """`form` is a key of FORMS, `first` the first free label of the sheet, from 1; `right` and `down` are in mm."""

    form: str = "24"
    first: int = 1
    right: float = 0.0
    down: float = 0.0


def sheets(session: Session, assets: Sequence[int], options: LabelOptions, today: date) -> LabelSheets:
    """The labels of these assets, in this order. Refused if there is none, or if the sheet has no such place."""
    form = FORMS.get(options.form)
    if form is None:
        raise Refused(f"Je connais les planches de {' et de '.join(FORMS)} étiquettes.")
    if not 1 <= options.first <= form.count:
        raise Refused(f"La première étiquette libre est entre 1 et {form.count}.")
    if not assets:
        raise Refused("Aucun bien à étiqueter.")
    company = session.scalar(select(Company).where(Company.deleted_at.is_(None)).limit(1))
    made = _labels(session, assets, today, (company.phone if company else None) or "")
    return LabelSheets(
        company.name if company else "", form, tuple(made), options.first - 1, options.right, options.down
    )


def _labels(session: Session, assets: Sequence[int], today: date, own_phone: str) -> list[Label]:
    phones = _phones(session, today)
    rows: dict[int, Any] = {}
    for start in range(0, len(assets), BATCH):
        wanted = assets[start : start + BATCH]
        statement = (
            select(Asset.id, Asset.number, Asset.name, Asset.brand, Asset.model, Family.name.label("family"))
            .join(Family, Family.id == Asset.family_id)
            .where(Asset.id.in_(wanted))
        )
        rows |= {row.id: row for row in session.execute(statement)}
    return [
        Label(row.number, row.brand or "", row.model or "", phones.get(row.id, own_phone))
        if row.brand or row.model
        else Label(row.number, "", row.name or row.family, phones.get(row.id, own_phone))
        for row in (rows[asset] for asset in assets if asset in rows)
    ]


def _phones(session: Session, today: date) -> dict[int, str]:
    """Of each asset under contract: the number to call when it breaks down, if its provider has one."""
    statement = select(Contract.id, Provider.hotline).join(Provider, Provider.id == Contract.provider_id)
    hotlines = {contract: hotline for contract, hotline in session.execute(statement) if hotline}
    covered = contracts.covers(session, today)
    return {asset: hotlines[contract] for asset, contract in covered.items() if contract in hotlines}


def in_place(text: str = "") -> Query:
    """Every asset still in the company that has these words."""
    status = ASSET.field("status").options  # type: ignore[attr-defined]  # declared as a Choice
    kept = tuple(one for one in status if one != AssetStatus.RETIRED)
    return Query((), ASSET.order_by, text=text, filters=(Filter("status", kept),))


def job(store: Store, wanted: Query | Sequence[int], options: LabelOptions, today: date) -> Job[bytes]:
    """The sheets as a PDF, for assets given one by one or by the list that shows them."""
    from app.reports import labels  # noqa: PLC0415 - reportlab is read when a paper is asked for

    yield Progress(0, 0, "Lecture des biens")
    with store.read() as session:
        assets = listing.ids(session, ASSET, wanted) if isinstance(wanted, Query) else wanted
        made = sheets(session, assets, options, today)
    return (yield from labels.steps(made))
