"""What a contract says, in sentences and short lists, for its first tab and for its summary (domain.md C)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.codes import Code
from app.entities.agreements import DUTY
from app.entities.contracts import CONTRACT
from app.fields import NBSP, amount, clean_line, counted, day, day_words, duration, joined
from app.models import Company, Contract, ContractService, Duty, Provider
from app.models.codes import ContractStatus, NoticeReference, NoticeUnit, Renewal
from app.models.contract_codes import EmergencyCover, Inclusion, PriceModel, ServiceType, Side
from app.rules import consumer
from app.services import amendments, attachments, contracts, notices, pricing, providers, records
from app.services.attachments import Attached
from app.services.providers import Call

SIGNED_COPY = "Joignez l’exemplaire signé par les deux parties\u00a0: c’est lui qui fait foi."
MOST = 3
"""Of the people to call that are named."""


@dataclass(frozen=True, slots=True)
class Maker:
    """The provider of the contract and whom to call there."""

    id: int
    name: str
    hotline: str
    hours: str
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Sentences on the terms in force on a day; `types` are those of the services included."""

    term: str
    standing: str
    hours: str
    help: str
    price: str
    types: tuple[str, ...]
    maker: Maker | None
    signed: str
    signed_copy: Attached | None
    levels: str


def facts(session: Session, contract_id: int, today: date) -> Facts:
    contract = amendments.on_day(session, contract_id, today)
    return Facts(
        term=term(contract),
        standing=notices.notice_of(session, contract_id, today).headline,
        hours=_counted_hours(session, contract_id, today),
        help=support(contract),
        price=price(session, contract, contract_id, today),
        types=types(session, contract_id),
        maker=_maker(session, contract.provider_id),
        signed=_signed(contract),
        signed_copy=attachments.signed_copy(session, CONTRACT, contract_id),
        levels=levels(contract),
    )


def term(contract: Contract) -> str:
    """« Depuis le 1er juillet 2023, pour 12 mois, puis reconduit tacitement de 12 mois en 12 mois ; préavis… »."""
    begun = f"À partir du {day_words(contract.starts_on)}, pour {contract.initial_months}{NBSP}mois"
    return f"{begun}, {_renewal(contract)}\u00a0; {_notice(contract)}."


def _renewal(contract: Contract) -> str:
    if contract.renewal == Renewal.TACIT and contract.renewal_months:
        every = f"{contract.renewal_months}{NBSP}mois"
        most = contract.max_renewals
        limit = f", {most}{NBSP}fois au plus" if most is not None else ", sans limite de nombre"
        return f"puis reconduit tacitement par périodes de {every}{limit}"
    return {
        Renewal.NONE: "sans reconduction",
        Renewal.EXPRESS: "reconduit seulement par un accord écrit",
    }.get(contract.renewal, "puis pour une durée indéterminée")


def _notice(contract: Contract) -> str:
    if not contract.notice_value:
        return "aucun préavis n’est écrit"
    units = ("jour", "jours") if contract.notice_unit == NoticeUnit.DAYS else ("mois", "mois")
    since = (
        "la date anniversaire" if contract.notice_reference == NoticeReference.ANNIVERSARY else "la fin d’une période"
    )
    return f"préavis de {counted(contract.notice_value, *units)} avant {since}"


def _counted_hours(session: Session, contract_id: int, today: date) -> str:
    """Which hours count, and whether the contract says so or nobody does."""
    kept = contracts.calendar_of(session, contract_id, today)
    told = f"les délais courent {contracts.hours_text(kept)}."
    written = kept.round_the_clock or kept.slots is not contracts.USUAL_HOURS
    return f"L{told[1:]}" if written else f"Aucune heure n’est écrite\u00a0: {told}"


def support(contract: Contract) -> str:
    """By what ways one asks for help, and what becomes of an emergency out of the hours."""
    ways = {
        "par téléphone": contract.by_phone, "par courriel": contract.by_email, "par un portail": contract.by_portal,
        "par messagerie instantanée": contract.by_chat,
    }  # fmt: skip
    told = ", ".join(way for way, open_ in ways.items() if open_)
    asked = f"On demande de l’aide {told}" if told else "Aucun moyen de demander de l’aide n’est écrit"
    if contract.simultaneous_requests:
        asked += f", {counted(contract.simultaneous_requests, 'demande')} à la fois"
    outside = {
        EmergencyCover.NONE: "Hors de ces heures, aucun secours n’est promis.",
        EmergencyCover.ON_CALL: "Hors de ces heures, une astreinte répond aux urgences.",
        EmergencyCover.BEST_EFFORT: "Hors de ces heures, il répond selon ses disponibilités.",
    }
    phone = f" Numéro d’urgence\u00a0: {contract.emergency_phone}." if contract.emergency_phone else ""
    return f"{asked}. {outside[contract.emergency]}{phone}"


def price(session: Session, contract: Contract, contract_id: int, today: date) -> str:
    """« Forfait de 450,00 € HT chaque mois, 2 h comprises ; soit 5 400,00 € HT par an. »."""
    parts = [_fee(contract)]
    if contract.included_minutes:
        parts.append(f"{duration(contract.included_minutes)} comprises")
    if contract.hourly_rate:
        beyond = "au-delà" if contract.included_minutes else "l’heure"
        parts.append(f"{amount(contract.hourly_rate)} HT {beyond}")
    told = joined(*parts, by=", ")
    year = pricing.yearly(session, contract_id, today).cents
    if not told:
        return "Aucun prix n’est écrit."
    return f"{told}\u00a0; soit {amount(year)} HT par an." if year else f"{told}."


def _fee(contract: Contract) -> str:
    if contract.price_model == PriceModel.HOUR_BANK:
        bought = f"Banque de {duration(contract.hours_bought)}" if contract.hours_bought else "Banque d’heures"
        return f"{bought} pour {amount(contract.hours_price)} HT" if contract.hours_price else bought
    if contract.fee is None:
        return "" if contract.price_model == PriceModel.FLAT else contract.price_model.label
    return f"{contract.price_model.label} de {amount(contract.fee)} HT {contract.fee_period.label.lower()}"


def types(session: Session, contract_id: int) -> tuple[str, ...]:
    """The types of maintenance that the services included come to, in the order of their list."""
    found = set(
        session.scalars(
            select(ContractService.kind).where(
                ContractService.contract_id == contract_id,
                ContractService.deleted_at.is_(None),
                ContractService.inclusion == Inclusion.INCLUDED,
            )
        )
    )
    return tuple(kind.label for kind in ServiceType if kind in found)


def levels(contract: Contract) -> str:
    """Who does which of the five levels."""
    own, given = contract.internal_level, contract.contract_level
    if own is None and given is None:
        return ""
    parts = [
        "" if own is None else f"vous faites jusqu’au niveau {own}",
        "" if given is None else f"lui jusqu’au {given}",
    ]
    told = joined(*parts, by=", ")
    return f"{told[:1].upper()}{told[1:]}\u00a0; au-delà, sur devis"


def _maker(session: Session, provider_id: int | None) -> Maker | None:
    found = session.get(Provider, provider_id) if provider_id is not None else None
    if found is None:
        return None
    calls = tuple(providers.calls(session, found.id)[:MOST])
    return Maker(found.id, found.name, found.hotline or found.phone or "", found.hotline_hours or "", calls)


def _signed(contract: Contract) -> str:
    if contract.signed_on is None:
        return "Pas encore signé" if contract.status == ContractStatus.DRAFT else "Signé, date non notée"
    return f"Signé le {day(contract.signed_on)}" + (", après démarchage" if contract.signed_off_premises else "")


# Duties of both sides


@dataclass(frozen=True, slots=True)
class DutyRow:
    id: int
    label: str
    article: str


USUAL_DUTIES = {
    Side.PROVIDER: (
        "Tenir les délais et les heures écrits au contrat",
        "Conseiller et prévenir d’un risque dès qu’il le voit",
        "Remettre un compte rendu après chaque intervention",
        "Confier le travail à des personnes qualifiées, et dire lesquelles",
        "Garder secret ce qu’il voit pendant son travail",
        "Demander l’accord d’un utilisateur avant de prendre la main sur son poste",
        "Informer à chaque étape d’un incident, de la prise en charge à la fin",
        "Remettre chaque année ses attestations\u00a0: vigilance URSSAF, assurance",
        "Ne pas sous-traiter sans accord écrit",
    ),
    Side.CLIENT: (
        "Déclarer les incidents par les moyens prévus",
        "Désigner un interlocuteur et son remplaçant",
        "Donner accès aux locaux et aux équipements aux heures prévues",
        "Fournir courant, connexion à internet et licences en règle",
        "Prévenir des changements du parc\u00a0: arrivées, départs, déménagements",
        "Ne pas faire intervenir un tiers sans le dire",
        "Faire respecter les règles de sécurité par les salariés",
        "Payer aux échéances convenues",
    ),
}
"""What both sides usually owe, in our own words (domain.md C.9, clauses 17 and 18; the four providers' lists)."""


def duties(session: Session, contract_id: int) -> dict[Side, list[DutyRow]]:
    """Those of each side, in the order of their writing."""
    kept = session.scalars(
        select(Duty).where(Duty.contract_id == contract_id, Duty.deleted_at.is_(None)).order_by(Duty.id)
    ).all()
    return {side: [DutyRow(one.id, one.label, one.article or "") for one in kept if one.side == side] for side in Side}


def add_duties(session: Session, contract_id: int, side: Code, labels: Iterable[str]) -> None:
    for label in labels:
        records.create(session, DUTY, {"contract_id": contract_id, "side": side, "label": label})


def duties_proposed(session: Session, contract_id: int, side: Code) -> list[str]:
    """The usual ones that the contract does not have yet."""
    written = {one.label for one in duties(session, contract_id)[Side.of(side)]}
    return [label for label in USUAL_DUTIES[Side.of(side)] if clean_line(label) not in written]


def asks_of_canvassing(session: Session) -> bool:
    """Whether the company may be small enough for the law on canvassing to protect it (domain.md C.3)."""
    count = session.scalar(select(Company.headcount).where(Company.deleted_at.is_(None)).limit(1))
    return count is None or count <= consumer.MOST_EMPLOYEES
