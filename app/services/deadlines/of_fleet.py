"""The deadlines of the inventory: guarantees and supports by lots, licences, loans, the yearly count, expertises."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, Select, Text, func, literal, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute

from app.entities.assets import ASSET
from app.fields import PARIS, counted, month_words
from app.models import Asset, Campaign, Expertise, Handled, Licence, LicenceSeat, Loan, Reminder, Site
from app.models.codes import AssetStatus, ExpertiseStatus
from app.models.deadline_codes import DeadlineKind as Kind
from app.rules.notice import add_months
from app.services.deadlines.asking import Ask
from app.services.deadlines.words import Deadline, Lot, mark
from app.services.listing import title_of

MOST = 4
"""Lots of one month, or of one far year to come, told one by one: beyond, they are one line."""
NEAR, RECENT = timedelta(days=365), timedelta(days=90)
"""How far days are told by month: beyond, by year."""
YEAR = 12
KEPT = (Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED)
ENDING = "Faites réparer avant, ou prolongez\u00a0: ensuite, les pannes sont à vos frais."
OVER = "Une panne serait à vos frais\u00a0: prolongez, couvrez par un contrat, ou dites que vous l’acceptez."
RENEWS = "Elle se renouvelle seule\u00a0: résiliez avant si vous n’en voulez plus."
ENDS = "À renouveler, à réduire ou à laisser finir."
UNSAFE = "Plus aucune mise à jour de sécurité après cette date\u00a0: à remplacer ou à isoler."
DAYS: Mapping[Kind, InstrumentedAttribute[date | None]] = {
    Kind.WARRANTY: Asset.warranty_end,
    Kind.SUPPORT: Asset.support_end,
    Kind.LICENCE: Licence.expires_on,
    Kind.LOAN: Loan.due_on,
}
"""The kinds whose deadlines are marked by SQL too, and their day."""
NAMES: Mapping[Kind, InstrumentedAttribute[str | None]] = {
    Kind.WARRANTY: Asset.supplier,
    Kind.SUPPORT: Asset.system,
}
"""What makes one lot of several assets."""


@dataclass(frozen=True, slots=True)
class _Lot:
    """The assets of one day and one name; `first` is one of them."""

    on: date
    name: str
    count: int
    first: int


def marked(kind: Kind) -> ColumnElement[str]:
    """The mark of the deadline of each record, by SQL."""
    on = DAYS[kind]
    told: ColumnElement[str] = literal(f"{kind.value}:") + on.class_.uuid + ":" + type_coerce(on, Text)
    return told


def unhandled(kind: Kind) -> ColumnElement[bool]:
    """Of the records whose deadline nobody dealt with."""
    return ~select(Handled.id).where(Handled.mark == marked(kind), Handled.deleted_at.is_(None)).exists()


def of_lot(kind: Kind, lot: Lot) -> Select[int, str]:
    """Id and mark of the assets behind a line."""
    on, name = DAYS[kind], NAMES[kind]
    named = [func.coalesce(name, "") == lot.name] if lot.name is not None else []
    return (
        select(Asset.id, marked(kind))
        .where(*KEPT, on.between(lot.low, lot.high), unhandled(kind), *named)
        .order_by(Asset.id)
    )


def warranties(ask: Ask) -> Iterator[Deadline]:
    """By day and supplier, as they were bought; by month when there are many, by year when far away."""
    yield from _in_lots(ask, Kind.WARRANTY)


def supports(ask: Ask) -> Iterator[Deadline]:
    """By system (domain.md F.2)."""
    yield from _in_lots(ask, Kind.SUPPORT)


def _in_lots(ask: Ask, kind: Kind) -> Iterator[Deadline]:
    spans = [list(lots) for _, lots in groupby(_lots(ask, kind), lambda one: _span(one.on, ask.today))]
    alone = [one.first for lots in spans if not _is_one_line(lots, ask.today) for one in lots if one.count == 1]
    names = _titles(ask, alone)
    for lots in spans:
        if _is_one_line(lots, ask.today):
            yield _together(ask, kind, lots)
        else:
            yield from (_one_lot(ask, kind, one, names) for one in lots)


def _is_one_line(lots: Sequence[_Lot], today: date) -> bool:
    """What is long gone is of one line a year, whatever it is."""
    return len(lots) > (1 if lots[-1].on < today - RECENT else MOST)


def _lots(ask: Ask, kind: Kind) -> list[_Lot]:
    on, name = DAYS[kind], NAMES[kind]
    told = func.coalesce(name, "")
    rows = ask.session.execute(
        select(on, told, func.count(), func.min(Asset.id))
        .where(*KEPT, on.is_not(None), unhandled(kind))
        .group_by(on, told)
        .order_by(on, told)
    )
    return [_Lot(day, of, count, first) for day, of, count, first in rows if day is not None]


def _span(on: date, today: date) -> tuple[bool, int, int]:
    near = today - RECENT <= on <= today + NEAR
    return on >= today, on.year, on.month if near else 0


def _titles(ask: Ask, ids: list[int]) -> dict[int, str]:
    own = Asset.__table__
    rows = ask.session.execute(select(own.c.id, title_of(ASSET.model, own)).where(own.c.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


def _one_lot(ask: Ask, kind: Kind, one: _Lot, names: Mapping[int, str]) -> Deadline:
    single = one.count == 1
    things = names[one.first] if single else counted(one.count, "bien")
    if kind == Kind.SUPPORT:
        title = f"{one.name or 'Système'}\u00a0: fin des mises à jour de {things}"
    else:
        title = f"Fin de garantie de {things}{f' ({one.name})' if one.name and not single else ''}"
    return Deadline(
        kind, mark(kind, one.name, one.on, one.on.isoformat()), title, _why(kind, one.on, ask.today), one.on,
        ask.lead(kind), "asset", one.first if single else 0, count=one.count, lot=Lot(one.on, one.on, one.name),
        reference=names[one.first].partition(" ")[0] if single else "",
    )  # fmt: skip


def _together(ask: Ask, kind: Kind, lots: Sequence[_Lot]) -> Deadline:
    """Several lots of one month, or of one year: due with the first to come, or the last gone by."""
    ahead, year, month = _span(lots[0].on, ask.today)
    count = sum(one.count for one in lots)
    what = "Fin de garantie" if kind == Kind.WARRANTY else "Fin des mises à jour"
    due = lots[0].on if ahead else lots[-1].on
    told = f"{what} de {counted(count, 'bien')} en {month_words(due) if month else year}"
    return Deadline(
        kind, mark(kind, f"{year}-{month}", due), told, _why(kind, due, ask.today), due, ask.lead(kind), "asset",
        count=count, lot=Lot(lots[0].on, lots[-1].on, None),
    )  # fmt: skip


def _why(kind: Kind, due: date, today: date) -> str:
    if kind == Kind.SUPPORT:
        return UNSAFE
    return ENDING if due >= today else OVER


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
    first = ask.session.scalar(select(Asset.created_at).where(*KEPT).order_by(Asset.id).limit(1))
    if first is None:
        return
    here = select(Asset.id).where(Asset.site_id == Site.id, *KEPT).exists()
    sites: list[int | None] = list(ask.session.scalars(select(Site.id).where(here)))
    closed = select(Campaign.site_id, Campaign.closed_on).where(Campaign.deleted_at.is_(None))
    last: dict[int | None, date] = {}
    for site, on in ask.session.execute(closed):
        last[site] = max(last.get(site, date.min), on or date.min)
    whole = last.get(None, date.min)
    seen = min((max(last.get(site, date.min), whole) for site in sites), default=whole)
    if seen == date.min:
        seen = first.astimezone(PARIS).date()
    due = add_months(seen, YEAR)
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
