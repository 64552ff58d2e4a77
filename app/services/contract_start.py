"""A new contract made of the answers of the guided sequence, in one act (domain.md C, D)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.contracts import CONTRACT
from app.entities.pricing import UNIT_PRICE
from app.entities.providers import PROVIDER
from app.errors import InvalidFields
from app.fields import amount, counted, lowered
from app.models import Company, Contract, Provider
from app.models.codes import ContractStatus, FeePeriod, NoticeUnit, Priority, Renewal
from app.models.contract_codes import Answer, ContractKind, PriceModel, ServiceType
from app.rules.notice import add_months
from app.services import (
    contract_asks,
    contract_clauses,
    contract_facts,
    contract_services,
    gdpr,
    perimeter,
    records,
    terms,
)
from app.services.contract_asks import DELAYS, HOURS, LEVELS, Option
from app.services.terms import Level

SUBJECT = "Maintenance du parc informatique"
WEEKS = {"office": 0, "halves": 1, "long": 2}
"""Of `terms.PRESETS`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """What was answered; None and () are « je ne sais pas ». Keys are those of the options, amounts in cents HT."""

    signed: str | None = None
    signed_on: date | None = None
    subject: str | None = None
    provider_id: int | None = None
    hotline: str | None = None
    off_premises: str | None = None
    types: tuple[str, ...] = ()
    kind: str | None = None
    scope: str | None = None
    families: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    hours: str | None = None
    delays: str | None = None
    starts_on: date | None = None
    months: int | None = None
    renewal: str | None = None
    notice_value: int | None = None
    notice_unit: str | None = None
    price_model: str | None = None
    fee: int | None = None
    fee_period: str | None = None
    personal_data: str | None = None
    channels: tuple[str, ...] = ()

    @property
    def active(self) -> bool:
        """Signed, and one knows with whom: everything counts from now on."""
        return self.signed == "yes" and self.provider_id is not None


def wrong(answers: Answers) -> dict[str, str]:
    """A sentence for each answer that another contradicts."""
    found: dict[str, str] = {}
    if answers.signed_on is not None and answers.signed == "no":
        found["signed_on"] = "Un projet n’est pas encore signé\u00a0: videz cette date, ou dites qu’il est signé."
    if answers.scope == "families" and not answers.families:
        found["families"] = "Cochez au moins une famille, ou dites que vous choisirez ensuite."
    if answers.scope == "sites" and not answers.sites:
        found["sites"] = "Cochez au moins un site, ou dites que vous choisirez ensuite."
    if answers.notice_value is not None and answers.months is not None and _notice_months(answers) >= answers.months:
        found["notice_value"] = "Le préavis est aussi long que le contrat\u00a0: vérifiez le nombre et son unité."
    return found


def _notice_months(answers: Answers) -> float:
    value = answers.notice_value or 0
    return value / 30 if answers.notice_unit == NoticeUnit.DAYS.value else value


def unknown(answers: Answers) -> list[str]:
    """What is still to be found in the paper contract, or to be agreed."""
    asked = {
        "l’objet": answers.subject, "le prestataire": answers.provider_id, "les prestations": answers.types,
        "les biens couverts": None if answers.scope in {None, "later"} else answers.scope,
        "les heures couvertes": answers.hours, "les délais": None if answers.delays == "written" else answers.delays,
        "le premier jour": answers.starts_on, "la durée": answers.months, "la reconduction": answers.renewal,
        "le préavis": answers.notice_value, "le prix": answers.fee, "l’accès aux données": answers.personal_data,
    }  # fmt: skip
    return [name for name, given in asked.items() if given in {None, ()}]


def first_day(answers: Answers, today: date) -> date:
    """That which was told; else the day of the signature, else the first of the coming month."""
    return answers.starts_on or answers.signed_on or add_months(today.replace(day=1), 1)


def sentences(session: Session, answers: Answers, today: date) -> list[str]:
    """The contract as it will be made, for a last look."""
    who = contract_asks.provider_name(session, answers.provider_id)
    state = "Un contrat en cours" if answers.active else "Un projet de contrat"
    maker = f"avec {who}" if who else "sans prestataire pour l’instant"
    lines = [f"{state}\u00a0: {answers.subject or SUBJECT}, {maker}."]
    kinds = [one.label.lower() for one in ServiceType if one.value in answers.types]
    lines += [f"Types\u00a0: {', '.join(kinds)}."] if kinds else []
    taken = _taken(session, answers)
    lines += [f"Couvre {counted(taken, 'bien')} aujourd’hui, par règle."] if taken else []
    lines += [f"Heures\u00a0: {_text(HOURS, answers.hours)}."] if answers.hours else []
    lines += [f"Délais\u00a0: {_text(DELAYS, answers.delays)}."] if answers.delays else []
    term = contract_facts.term(Contract(**_term(answers, today)))
    known = None not in {answers.starts_on, answers.months, answers.renewal, answers.notice_value}
    lines.append(term if known else f"En attendant vos précisions\u00a0: {lowered(term)}")
    lines += [f"Prix\u00a0: {_price_told(answers)}."] if answers.fee else []
    if answers.personal_data:
        seen = answers.personal_data == "yes"
        lines.append("Il voit des données de personnes\u00a0: la liste RGPD est à remplir." if seen else gdpr.NO_ACCESS)
    missing = unknown(answers)
    return [*lines, *([f"À compléter ensuite\u00a0: {', '.join(missing)}."] if missing else [])]


def _text(options: tuple[Option, ...], key: str) -> str:
    return next(one.text for one in options if one.key == key).lower()


def _price_told(answers: Answers) -> str:
    model = PriceModel.of(answers.price_model or PriceModel.FLAT.value)
    every = "" if model in {PriceModel.PER_ACT, PriceModel.HOUR_BANK} else f", {_period(answers).label.lower()}"
    return f"{model.label.lower()}, {amount(answers.fee)} HT{every}"


def _period(answers: Answers) -> FeePeriod:
    return FeePeriod.of(answers.fee_period or FeePeriod.MONTH.value)


def _taken(session: Session, answers: Answers) -> int:
    return sum(perimeter.would_take(session, **rule) for rule in _rules(session, answers))


def _rules(session: Session, answers: Answers) -> list[dict[str, int | None]]:
    """A rule for each family, or for each site."""
    if answers.scope == "sites":
        return [{"family_id": None, "site_id": int(one)} for one in answers.sites]
    chosen = {
        "families": answers.families,
        "all": tuple(one.key for one in contract_asks.families(session)),
    }.get(answers.scope or "", ())
    return [{"family_id": int(one), "site_id": None} for one in chosen]


def _term(answers: Answers, today: date) -> dict[str, Any]:
    renewal = Renewal.of(answers.renewal or Renewal.TACIT.value)
    months = answers.months or 12
    return {
        "starts_on": first_day(answers, today),
        "initial_months": months,
        "renewal": renewal,
        "renewal_months": months if renewal == Renewal.TACIT else None,
        "max_renewals": None,
        "notice_value": 3 if answers.notice_value is None else answers.notice_value,
        "notice_unit": NoticeUnit.of(answers.notice_unit or NoticeUnit.MONTHS.value),
        "notice_reference": CONTRACT.field("notice_reference").default,
    }


def create(session: Session, answers: Answers, today: date) -> int:
    """The contract with its services, documents owed, hours, levels, perimeter and lists. Gives its id."""
    if problems := wrong(answers):
        raise InvalidFields(problems)
    made = records.create(session, CONTRACT, {**_term(answers, today), **_head(session, answers), **_price(answers)})
    contract_services.add(session, made, contract_services.starting(ServiceType.of(one) for one in answers.types))
    contract_services.add_usual_documents(session, made)
    _hours(session, made, answers)
    for rule in _rules(session, answers):
        perimeter.save_rule(session, made, {**rule, "since": first_day(answers, today)})
    _data(session, made, answers)
    if answers.price_model == PriceModel.PER_UNIT.value and answers.fee:
        unit = {"label": "Poste ou utilisateur", "price": answers.fee, "period": _period(answers)}
        records.create(session, UNIT_PRICE, {"contract_id": made, **unit})
    if not answers.active:
        contract_clauses.add_mandatory(session, made)
    _call(session, answers)
    return made


def _head(session: Session, answers: Answers) -> dict[str, Any]:
    zone = session.scalar(select(Company.zone).where(Company.deleted_at.is_(None)).limit(1))
    missing = unknown(answers)
    ways = ("phone", "email", "portal", "chat")
    channels = {f"by_{way}": way in answers.channels for way in ways} if answers.channels else {}
    return {
        "subject": answers.subject or SUBJECT,
        "provider_id": answers.provider_id,
        "status": ContractStatus.ACTIVE if answers.active else ContractStatus.DRAFT,
        "kind": ContractKind.of(answers.kind or ContractKind.MAINTENANCE.value),
        "signed_on": answers.signed_on,
        "signed_off_premises": answers.off_premises == "yes",
        "round_the_clock": answers.hours == "always",
        "zone": zone or CONTRACT.field("zone").default,
        "notes": f"À vérifier\u00a0: {', '.join(missing)}." if missing else None,
        **channels,
    }


def _price(answers: Answers) -> dict[str, Any]:
    model = PriceModel.of(answers.price_model or PriceModel.FLAT.value)
    place = {PriceModel.PER_ACT: "hourly_rate", PriceModel.HOUR_BANK: "hours_price"}.get(model, "fee")
    told = {} if model == PriceModel.PER_UNIT else {place: answers.fee}
    return {"price_model": model, "fee_period": _period(answers), **told}


def _hours(session: Session, contract_id: int, answers: Answers) -> None:
    if answers.hours in WEEKS:
        terms.save_week(session, contract_id, terms.PRESETS[WEEKS[answers.hours]][1])
    if answers.delays in LEVELS:
        promised = zip(Priority, LEVELS[answers.delays], strict=True)
        terms.save_levels(session, contract_id, [Level(p, take, None, restore) for p, (take, restore) in promised])


def _data(session: Session, contract_id: int, answers: Answers) -> None:
    if answers.personal_data == "no":
        gdpr.without_access(session, contract_id)
    else:
        for point in gdpr.POINTS:
            gdpr.answer(session, contract_id, point.key, Answer.UNKNOWN)


def _call(session: Session, answers: Answers) -> None:
    """Keep the number to call with the provider, where the labels and the tickets read it."""
    provider = session.get(Provider, answers.provider_id) if answers.provider_id is not None else None
    if provider is not None and answers.hotline and provider.hotline != answers.hotline:
        records.update(session, PROVIDER, provider.id, {"hotline": answers.hotline})
