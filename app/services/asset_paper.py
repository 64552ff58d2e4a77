"""The sheet of one asset: what it is made of, gathered as frozen data (domain.md A.7)."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.assets import ASSET
from app.errors import NotFound
from app.fields import MISSING, NBSP, PARIS, Joined, Ref, amount, day, duration, joined, moment, number, percent, plural
from app.models import Asset, Component, Contract, CoveredAsset, Document, Provider, Ticket
from app.models.codes import TicketStatus
from app.reports import pictures
from app.reports.asset_sheet_data import AssetSheet, SheetTable
from app.reports.fact_columns import FactsBlock
from app.reports.identity import Picture, Stamp
from app.reports.table import Cells, Column
from app.rules import label_code
from app.services import attachments, costs, expertises, loans, records, retirement
from app.services.company_card import company_card
from app.services.costs import KINDS, CostSheet
from app.services.records import Sheet

MOST_TICKETS, MOST_PHOTOS, MOST_DOCUMENTS = 12, 9, 20
PHOTO_PIXELS = 900
LEFT_OUT = frozenset({"number", "notes", "status"})
COMPONENTS = (
    Column("Nature", 24), Column("Désignation", 58), Column("Taille", 20), Column("N° de série", 34),
    Column("Posé le", 19), Column("Retiré le", 19),
)  # fmt: skip
CONTRACTS = (
    Column("N°", 26), Column("Objet", 64), Column("Prestataire", 44), Column("Depuis le", 20), Column("Jusqu’au", 20),
)  # fmt: skip
TICKETS = (
    Column("N°", 25), Column("Ouvert le", 28), Column("Objet", 64), Column("Panne", 13), Column("État", 26),
    Column("Durée nette", 18, "right"),
)  # fmt: skip
DOCUMENTS = (Column("Document", 108), Column("Taille", 26, "right", 6), Column("Joint le", 40))


def asset_sheet(session: Session, asset_id: int, stamp: Stamp) -> AssetSheet:
    """The asset as it stands at the moment of the stamp."""
    asset = session.get(Asset, asset_id)
    if asset is None or asset.deleted_at is not None or stamp.data_at is None:
        raise NotFound("Ce bien n’existe plus.")
    today = stamp.data_at.astimezone(PARIS).date()
    sheet = records.get(session, ASSET, asset_id)
    kept = attachments.of_record(session, ASSET, asset_id)
    spent = costs.sheet(session, asset_id, today)
    tables = (
        _components(session, asset_id), _contracts(session, asset_id), _tickets(session, asset_id), *_costs(spent),
        _documents(kept),
    )  # fmt: skip
    return AssetSheet(
        company=company_card(session),
        stamp=stamp,
        code=label_code.content(asset.number),
        card=(("N° d’inventaire", asset.number), ("Statut", asset.status.label), ("Établie le", day(today))),
        subtitle=_subtitle(sheet),
        opinion=_opinion(session, asset_id),
        blocks=(*_groups(sheet), *_now(session, asset, today)),
        notes=asset.notes or "",
        tables=tables,
        photos=tuple(_photos(session, [one.id for one in kept])),
    )


def _subtitle(sheet: Sheet) -> str:
    values = sheet.values
    model = joined(values["brand"], values["model"])
    told = (sheet.titles["family_id"], model, values["name"] or "")
    return joined(*told, by=" · ")


def _groups(sheet: Sheet) -> Iterator[FactsBlock]:
    """What is known, under the headings of the form; the serial number is told even when it is not."""
    found: dict[str, list[tuple[str, str]]] = {}
    for field in sheet.fields:
        value = sheet.values.get(field.name)
        if isinstance(field, Joined) or field.name in LEFT_OUT or (value is None and field.name != "serial"):
            continue
        shown = sheet.titles[field.name] if isinstance(field, Ref) else field.format(value)
        found.setdefault(field.group, []).append((field.label, shown if value is not None else "non relevé"))
    return (FactsBlock(title, tuple(facts)) for title, facts in found.items())


def _now(session: Session, asset: Asset, today: date) -> Iterator[FactsBlock]:
    """Who has it for a time, or how it left."""
    loan = loans.of_asset(session, asset.id, today)
    if loan is not None:
        due = day(loan.due_on) + (", en retard" if loan.late else "")
        yield FactsBlock(
            "Prêt en cours",
            (("N°", loan.number), ("Prêté à", loan.who), ("Depuis le", day(loan.lent_on)), ("À rendre le", due)),
        )
    gone = retirement.of_asset(session, asset.id) if asset.retired_on else None
    if gone is not None:
        facts = (("N°", gone.number), ("Nature", gone.kind.label), ("Remis à", gone.recipient), ("Preuve", gone.proof))
        yield FactsBlock("Sortie du parc", tuple((label, told or MISSING) for label, told in facts))


def _opinion(session: Session, asset_id: int) -> tuple[str, str, str] | None:
    found = expertises.of_asset(session, asset_id)
    if not found:
        return None
    last = found[0]
    score = f"Score {number(last.score, 2)} sur 100. " if last.score is not None else ""
    return last.verdict.value, last.words, f"{score}Expertise {last.expertise} du {day(last.held_on)}."


def _components(session: Session, asset_id: int) -> SheetTable:
    found = session.scalars(
        select(Component)
        .where(Component.asset_id == asset_id, Component.deleted_at.is_(None))
        .order_by(Component.removed_on.is_not(None), Component.kind, Component.id)
    )
    rows = tuple(
        (
            one.kind.label,
            one.label,
            one.size or MISSING,
            one.serial or MISSING,
            day(one.installed_on),
            day(one.removed_on),
        )
        for one in found
    )
    return SheetTable("Composants", COMPONENTS, rows)


def _contracts(session: Session, asset_id: int) -> SheetTable:
    found = session.execute(
        select(Contract.number, Contract.subject, Provider.name, CoveredAsset.since, CoveredAsset.until)
        .join(Contract, Contract.id == CoveredAsset.contract_id)
        .join(Provider, Provider.id == Contract.provider_id)
        .where(CoveredAsset.asset_id == asset_id, CoveredAsset.deleted_at.is_(None), Contract.deleted_at.is_(None))
        .order_by(CoveredAsset.since.desc())
    )
    rows = tuple((n, subject, provider, day(since), day(until)) for n, subject, provider, since, until in found)
    return SheetTable("Contrats", CONTRACTS, rows)


def _tickets(session: Session, asset_id: int) -> SheetTable:
    found = session.scalars(
        select(Ticket)
        .where(Ticket.asset_id == asset_id, Ticket.deleted_at.is_(None), Ticket.status != TicketStatus.CANCELLED)
        .order_by(Ticket.opened_at.desc(), Ticket.id.desc())
    ).all()
    rows = tuple(_ticket(one) for one in found[:MOST_TICKETS])
    failures = sum(one.is_failure for one in found)
    told = f"{number(len(found))} en tout, dont {number(failures)} {plural(failures, 'panne')}"
    more = f"{told}{NBSP}; les {MOST_TICKETS} derniers" if len(found) > MOST_TICKETS else told
    return SheetTable("Tickets", TICKETS, rows, more if found else "")


def _ticket(one: Ticket) -> Cells:
    failed = "oui" if one.is_failure else "non"
    return (one.number, moment(one.opened_at), one.subject, failed, one.status.label, duration(one.net_minutes))


def _costs(spent: CostSheet) -> Iterator[SheetTable]:
    """By year; the kinds that it never had are left out."""
    kinds = [kind for kind in KINDS if any(year.kinds[kind] is not None for year in spent.years)]
    wide = 120 / max(1, len(kinds))
    heads = (
        Column("Année", 26), *(Column(f"{KINDS[kind]}\n(€ HT)", wide, "right", 4) for kind in kinds),
        Column("Total\n(€ HT)", 28, "right"),
    )  # fmt: skip
    rows = tuple(
        (str(year.year or "Sans date"), *(amount(year.kinds[kind], "") for kind in kinds), amount(year.total, ""))
        for year in spent.years
    )
    total = ("Total connu", *("" for _ in kinds), amount(spent.total, "")) if rows else None
    yield SheetTable("Coûts", heads, rows, _maintenance(spent), total)


def _maintenance(spent: CostSheet) -> str:
    told = f"Maintenance sur 12{NBSP}mois{NBSP}: {amount(spent.maintenance)}"
    if spent.ratio is not None and spent.value:
        told += f", soit {percent(spent.ratio)} du remplacement ({amount(spent.value)})"
    return told


def _documents(kept: list[attachments.Attached]) -> SheetTable:
    rows = tuple((one.name, _size(one.size), moment(one.added_at)) for one in kept[:MOST_DOCUMENTS])
    more = f"{number(len(kept))} en tout" if len(kept) > MOST_DOCUMENTS else ""
    return SheetTable("Documents joints", DOCUMENTS, rows, more)


def _size(size: int) -> str:
    return f"{number(max(1, round(size / 1024)))}{NBSP}Ko"


def _photos(session: Session, documents: list[int]) -> Iterator[tuple[Picture, str]]:
    """The images among the documents, the latest first."""
    shown = 0
    for one in documents:
        name = session.get_one(Document, one).name
        if shown == MOST_PHOTOS or not attachments.is_picture(name):
            continue
        made = pictures.ready(attachments.content(session, one)[1], PHOTO_PIXELS)
        if made is not None:
            shown += 1
            yield made, name
