"""The deadlines of the inventory: guarantees and supports by lots, licences, loans, the yearly count, expertises."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, Select, Text, func, literal, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute

from app.entities.assets import ASSET
from app.fields import PARIS, counted, month_words
from app.models import Asset, Campaign, Expertise, Handled, Licence, LicenceSeat, Loan, Reminder
from app.models.codes import AssetStatus, CampaignStatus, ExpertiseStatus
from app.models.deadline_codes import DeadlineKind as Kind
from app.rules.notice import add_months
from app.services.deadlines.asking import Ask
from app.services.deadlines.words import Deadline, Lot, mark
from app.services.listing import title_of

MOST = 4
"""Lots of one month, or of one far year, told one by one: beyond, they are one line."""
NEAR = timedelta(days=365)
YEAR = 12
KEPT = (Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED)
OVER = "À partir de là, les réparations sont à vos frais\u00a0: faites réparer avant, ou prolongez."
RENEWS = "Elle se renouvelle seule\u00a0: résiliez avant si vous n’en voulez plus."
ENDS = "À renouveler, à réduire ou à laisser finir."
UNSAFE = "Plus aucune mise à jour de sécurité après cette date\u00a0: à remplacer ou à isoler."
COLUMNS: Mapping[Kind, tuple[InstrumentedAttribute[date | None], InstrumentedAttribute[str | None]]] = {
    Kind.WARRANTY: (Asset.warranty_end, Asset.supplier),
    Kind.SUPPORT: (Asset.support_end, Asset.system),
}
"""The day of each kind of lot, and what makes one lot of several assets."""


@dataclass(frozen=True, slots=True)
class _Lot:
    """The assets of one day and one name; `first` is one of them."""

    on: date
    name: str
    count: int
    first: int


def marked(kind: Kind) -> ColumnElement[str]:
    """The mark of the deadline of each asset, by SQL."""
    on = COLUMNS[kind][0]
    return literal(f"{kind.value}:") + Asset.uuid + ":" + type_coerce(on, Text)


def unhandled(kind: Kind) -> ColumnElement[bool]:
    """Of the assets whose deadline nobody dealt with."""
    return ~select(Handled.id).where(Handled.mark == marked(kind), Handled.deleted_at.is_(None)).exists()


def of_lot(kind: Kind, lot: Lot) -> Select[int, str]:
    """Id and mark of the assets behind a line."""
    on, name = COLUMNS[kind]
    named = [func.coalesce(name, "") == lot.name] if lot.name is not None else []
    return (
        select(Asset.id, marked(kind))
        .where(*KEPT, on.between(lot.low, lot.high), unhandled(kind), *named)
        .order_by(Asset.id)
    )


def warranties(ask: Ask) -> Iterator[Deadline]:
    """By day and supplier, as they were bought; by month when there are many, by year when far away."""
    yield from _in_lots(ask, Kind.WARRANTY, OVER)


def supports(ask: Ask) -> Iterator[Deadline]:
    """By system (domain.md F.2)."""
    yield from _in_lots(ask, Kind.SUPPORT, UNSAFE)


def _in_lots(ask: Ask, kind: Kind, why: str) -> Iterator[Deadline]:
    spans = [list(lots) for _, lots in groupby(_lots(ask, kind), lambda one: _span(one.on, ask.today))]
    alone = [one.first for lots in spans if len(lots) <= MOST for one in lots if one.count == 1]
    names = _titles(ask, alone)
    for lots in spans:
        if len(lots) > MOST:
            yield _together(ask, kind, lots, why)
        else:
            yield from (_one_lot(ask, kind, one, names, why) for one in lots)


def _lots(ask: Ask, kind: Kind) -> list[_Lot]:
    on, name = COLUMNS[kind]
    told = func.coalesce(name, "")
    rows = ask.session.execute(
        select(on, told, func.count(), func.min(Asset.id))
        .where(*KEPT, on.is_not(None), unhandled(kind))
        .group_by(on, told)
        .order_by(on, told)
    )
    return [_Lot(day, of, count, first) for day, of, count, first in rows if day is not None]


def _span(on: date, today: date) -> tuple[bool, int, int]:
    near = today - NEAR <= on <= today + NEAR
    return on >= today, on.year, on.month if near else 0


def _titles(ask: Ask, ids: list[int]) -> dict[int, str]:
    own = Asset.__table__
    rows = ask.session.execute(select(own.c.id, title_of(ASSET.model, own)).where(own.c.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


def _one_lot(ask: Ask, kind: Kind, one: _Lot, names: Mapping[int, str], why: str) -> Deadline:
    single = one.count == 1
    if kind == Kind.SUPPORT:
        title = f"{one.name or 'Système'}\u00a0: fin des mises à jour de {counted(one.count, 'bien')}"
        title = f"{one.name or 'Système'}\u00a0: fin des mises à jour de {names[one.first]}" if single else title
    else:
        of = names[one.first] if single else f"{counted(one.count, 'bien')}{f' ({one.name})' if one.name else ''}"
        title = f"Fin de garantie de {of}"
    return Deadline(
        kind, mark(kind, one.name, one.on, one.on.isoformat()), title, why, one.on, ask.lead(kind), "asset",
        one.first if single else 0, reference=names[one.first].partition(" ")[0] if single else "", count=one.count,
        lot=Lot(one.on, one.on, one.name),
    )  # fmt: skip


def _together(ask: Ask, kind: Kind, lots: list[_Lot], why: str) -> Deadline:
    """Several lots of one month, or of one year: due with the first to come, or the last gone by."""
    ahead, year, month = _span(lots[0].on, ask.today)
    count = sum(one.count for one in lots)
    when = f"en {month_words(lots[0].on) if month else year}"
    what = "Fin de garantie" if kind == Kind.WARRANTY else "Fin des mises à jour"
    due = lots[0].on if ahead else lots[-1].on
    told = f"{what} de {counted(count, 'bien')} {when}"
    return Deadline(
        kind, mark(kind, f"{year}-{month}", due), told, why, due, ask.lead(kind), "asset", count=count,
        lot=Lot(lots[0].on, lots[-1].on, None),
    )  # fmt: skip


def licences(ask: Ask) -> Iterator[Deadline]:
    given = (
        select(func.count())
        .where(
            LicenceSeat.licence_id == Licence.id, LicenceSeat.released_on.is_(None), LicenceSeat.deleted_at.is_(None)
        )
        .scalar_subquery()
    )
    wanted = select(Licence, given).where(Licence.deleted_at.is_(None))
    for one, seats in ask.session.execute(wanted):
        if due := one.expires_on:
            use = f"{counted(seats, 'attribution')} en cours. " if seats else "Attribuée à personne. "
            yield Deadline(
                Kind.LICENCE, mark(Kind.LICENCE, one.uuid, due), f"Fin de {one.number} {one.name}",
                use + (RENEWS if one.renews else ENDS), due, ask.lead(Kind.LICENCE), "licence", one.id,
                provider=one.supplier or "", reference=one.number,
            )  # fmt: skip


def loans(ask: Ask) -> Iterator[Deadline]:
    why = "À reprendre, ou à prolonger."
    wanted = select(Loan, Asset.number).join(Asset, Asset.id == Loan.asset_id)
    for one, asset in ask.session.execute(wanted.where(Loan.deleted_at.is_(None), Loan.returned_on.is_(None))):
        if due := one.due_on:
            yield Deadline(
                Kind.LOAN, mark(Kind.LOAN, one.uuid, due), f"Retour de {asset}, prêté", why, due, ask.lead(Kind.LOAN),
                "loan", one.id, reference=one.number,
            )  # fmt: skip


def inventory(ask: Ask) -> Iterator[Deadline]:
    """Every asset counted at least once in twelve months (art. L123-12 of the Commercial code; domain.md F)."""
    first = ask.session.scalar(select(func.min(Asset.created_at)).where(*KEPT))
    if first is None:
        return
    begun = first.astimezone(PARIS).date()
    done = ask.session.execute(
        select(Campaign.site_id, func.max(Campaign.closed_on, type_=Campaign.__table__.c.closed_on.type))
        .where(Campaign.deleted_at.is_(None), Campaign.status == CampaignStatus.CLOSED)
        .group_by(Campaign.site_id)
    )
    last = {site: on for site, on in done if on is not None}
    sites = ask.session.scalars(select(Asset.site_id).where(*KEPT).distinct())
    whole = last.get(None, date.min)
    counted_on = min(max(last.get(site, date.min), whole) for site in sites)
    due = add_months(counted_on if counted_on > date.min else begun, YEAR)
    why = "Au moins une fois tous les douze mois (art. L123-12 du code de commerce)\u00a0: ouvrez une campagne."
    yield Deadline(
        Kind.INVENTORY, mark(Kind.INVENTORY, "parc", due), "Inventaire annuel du parc", why, due,
        ask.lead(Kind.INVENTORY), "campaign",
    )  # fmt: skip


def expertises(ask: Ask) -> Iterator[Deadline]:
    """The last one finished, a year after: what it says of the condition of the assets is old by then."""
    kept = select(Expertise).where(Expertise.deleted_at.is_(None), Expertise.status != ExpertiseStatus.OPEN)
    one = ask.session.scalar(kept.order_by(Expertise.held_on.desc(), Expertise.id.desc()).limit(1))
    if one is not None:
        due = add_months(one.held_on, YEAR)
        why = "Au-delà d’un an, ses verdicts ne suffisent plus pour négocier ou pour remplacer."
        yield Deadline(
            Kind.EXPERTISE, mark(Kind.EXPERTISE, one.uuid, due), f"Expertise {one.number} à refaire", why, due,
            ask.lead(Kind.EXPERTISE), "expertise", one.id, reference=one.number,
        )  # fmt: skip


def reminders(ask: Ask) -> Iterator[Deadline]:
    """Those typed by hand, each with its own days before."""
    for one in ask.session.scalars(select(Reminder).where(Reminder.deleted_at.is_(None))):
        yield Deadline(
            Kind.REMINDER, mark(Kind.REMINDER, one.uuid, one.due_on), one.label, one.consequence or "", one.due_on,
            one.lead_days, "reminder", one.id,
        )  # fmt: skip
