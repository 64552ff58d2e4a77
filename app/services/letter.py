"""The letter that ends a contract or asks to renegotiate it, gathered from what the contract says (papers.md 2).

The dates that only help to decide (safe receipt, advised posting, limit) are never in it.
"""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.fields import PARIS, day, day_words, joined, this_day
from app.models import Clause, Company, Contract, ContractClause, Meeting, Provider, ProviderContact
from app.models.codes import NoticeForm, NoticeMoment, NoticeUnit
from app.models.contract_codes import Choosing, ContactRole, MeetingKind, MeetingStatus
from app.reports.identity import Pair, Stamp
from app.reports.letter_data import Letter, Piece
from app.rules import notice
from app.rules.postal import postal_lines
from app.services import decisions, mail, reversibility
from app.services.amendments import on_day
from app.services.company_card import company_card
from app.services.contracts import terms_of

Paragraph = tuple[Piece, ...]
WORDS = {
    1: "un", 2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 6: "six", 7: "sept", 8: "huit", 9: "neuf", 10: "dix",
    12: "douze", 15: "quinze", 18: "dix-huit", 20: "vingt", 24: "vingt-quatre", 30: "trente", 36: "trente-six",
    45: "quarante-cinq", 48: "quarante-huit", 60: "soixante", 90: "quatre-vingt-dix",
}  # fmt: skip
"""The durations that contracts are made of; the others are written in figures."""
RETURNED = (
    "remise de l’inventaire à jour, des comptes et mots de passe d’administration, des configurations, des "
    "sauvegardes et de leurs clés"
)
CLOSING = "Nous vous prions d’agréer, Madame, Monsieur, nos salutations distinguées."
TO_CLIENTS = "Service clients"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the letter is about: `period` is the one that the notice ends, `current` the one under way."""

    contract: Contract
    terms: notice.Terms
    period: notice.Period
    current: notice.Period
    on: date


def letter(session: Session, contract_id: int, stamp: Stamp, choice: Choosing | None = None) -> Letter:
    """The letter of that choice; without it, that of the decision in hand, else a denunciation.

    Refused without a provider; to be issued, its address must be known.
    """
    on = stamp.data_at.astimezone(PARIS).date() if stamp.data_at else this_day()
    contract = on_day(session, contract_id, on)
    provider = session.get(Provider, contract.provider_id) if contract.provider_id else None
    if provider is None:
        raise Refused(f"{contract.number} n’a pas de prestataire\u00a0: la lettre n’a pas de destinataire.")
    if not stamp.draft and not (provider.address and provider.city):
        raise Refused(f"L’adresse de {provider.name} est incomplète\u00a0: complétez sa fiche, puis émettez la lettre.")
    terms = terms_of(contract)
    decided = decisions.in_hand(terms, decisions.latest(session, contract_id), on)
    facts = _facts(contract, terms, decided.period_end if decided else None, on)
    asked = choice or (decided.choice if decided else Choosing.DENOUNCE)
    ending = asked != Choosing.RENEGOTIATE
    company = session.scalar(select(Company).where(Company.deleted_at.is_(None)).limit(1))
    title = "Lettre de dénonciation" if ending else "Lettre de renégociation"
    return Letter(
        company=company_card(session),
        stamp=replace(stamp, title=title),
        sender=sender(company),
        recipient=recipient(provider),
        registered=contract.notice_form == NoticeForm.REGISTERED and ending,
        tracking=decided.tracking if decided else "",
        references=references(contract, stamp.reference),
        place_and_date=joined(company.city if company else "", f"le {day_words(on)}", by=", "),
        subject=_subject(facts, ending),
        paragraphs=(_ended if ending else _reopened)(session, facts),
        signer=decided.decided_by if decided else "",
    )


def _facts(contract: Contract, terms: notice.Terms, decided: date | None, on: date) -> Facts:
    current = notice.current_period(terms, on) or next(notice.periods(terms))
    wanted = notice.exit_period(terms, terms.denounced_on or on) or current
    if decided is not None:
        wanted = next(one for one in notice.periods(terms) if one.ends is None or one.ends >= decided)
    return Facts(contract, terms, wanted, current, on)


def sender(company: Company | None) -> tuple[str, ...]:
    """The lines under its name."""
    if company is None:
        return ()
    digits = company.siren or ""
    siren = f"SIREN {digits[:3]}\u00a0{digits[3:6]}\u00a0{digits[6:9]}" if digits else ""
    town = joined(company.postal_code, company.city)
    return tuple(filter(None, (company.address, town, siren, company.email)))


def recipient(provider: Provider) -> tuple[str, ...]:
    """Ready for the window of the envelope."""
    street = (provider.address or "").splitlines() or ["Adresse à compléter"]
    town = joined(provider.postal_code, provider.city)
    return postal_lines([joined(provider.name, provider.legal_form), TO_CLIENTS, *street, town])


def references(contract: Contract, reference: str) -> tuple[Pair, ...]:
    pairs = [("Nos références", reference)]
    if contract.provider_reference:
        pairs.append(("Vos références", contract.provider_reference))
    return (*pairs, ("Contrat", f"{contract.subject}, effet au {day(contract.starts_on)}"))


def _subject(facts: Facts, ending: bool) -> str:
    number, end = facts.contract.number, facts.period.ends
    if not ending:
        return f"Contrat {number}\u00a0: proposition de réunion" + (
            f" avant l’échéance du {day_words(end)}" if end else ""
        )
    return f"Dénonciation du contrat {number}\u00a0: " + (
        f"non-reconduction au {day_words(end)}" if end else "fin d’un contrat à durée indéterminée"
    )


def in_words(count: int, unit: str) -> str:
    """« trois mois », « 75 jours », unbreakable."""
    return f"{WORDS.get(count, count)}\u00a0{unit[:-1] if count == 1 and unit == 'jours' else unit}"


# -- paragraphs -------------------------------------------------------------------------------------------------


def _ended(session: Session, facts: Facts) -> tuple[Paragraph, ...]:
    told: list[Paragraph] = [_bound(facts), _decision(facts)]
    told.append(_returned(session, facts))
    told.append(_plain(
        "Les prestations en cours, y compris les niveaux de service, restent dues jusqu’au terme. Merci de nous "
        "confirmer la réception de ce courrier."
    ))  # fmt: skip
    return (*told, _plain(CLOSING))


def _reopened(session: Session, facts: Facts) -> tuple[Paragraph, ...]:
    meeting = _meeting(session, facts)
    when: Paragraph = _plain(
        "Nous vous proposons de nous réunir dans les quinze jours, à la date qui vous conviendra, et vous remercions "
        "de préparer vos propositions écrites sur ces points."
    )
    if meeting is not None:
        asked = "\u00a0; merci de nous confirmer ce rendez-vous et de préparer vos propositions écrites sur ces points."
        when = (("Nous vous proposons de nous réunir le ", False), (meeting, True), (asked, False))
    return (
        _bound(facts),
        (("Avant cette échéance, nous souhaitons ", False), ("revoir avec vous les conditions de ce contrat", True),
         ("\u00a0: prix, niveaux de service, périmètre et garanties d’exécution.", False)),
        when,
        _plain("Cette lettre ne vaut pas accord pour reconduire le contrat\u00a0: nous gardons la faculté de le "
               "dénoncer dans les formes et délais qu’il prévoit. Il s’exécute d’ici là sans changement."),
        _plain(CLOSING),
    )  # fmt: skip


def _plain(text: str) -> Paragraph:
    return ((text, False),)


def _bound(facts: Facts) -> Paragraph:
    """Since when, for how long, how many times renewed, until when."""
    terms, current = facts.terms, facts.current
    text = (
        "Nous sommes liés par le contrat cité en objet, conclu pour une durée initiale de "
        f"{in_words(terms.initial_months, 'mois')} à compter du {day_words(terms.starts_on)}"
    )
    if current.ends is None:
        return _plain(f"{text}, et qui se poursuit depuis le {day_words(current.starts)} pour une durée indéterminée.")
    if current.index:
        for_ = in_words(terms.renewal_months or 0, "mois")
        times = "reconduit tacitement" if current.index == 1 else "reconduit tacitement depuis, en dernier lieu"
        text += f" et {times} le {day_words(current.starts)} pour {for_}"
    if facts.period.ends is None:
        return _plain(f"{text}. Il se poursuivra ensuite pour une durée indéterminée.")
    which = "en cours" if facts.period.index == current.index else "suivante"
    return ((f"{text}. La période {which} prend fin le ", False), (day_words(facts.period.ends), True), (".", False))


def _decision(facts: Facts) -> Paragraph:
    contract = facts.contract
    by = f"l’article\u00a0{contract.notice_article}" if contract.notice_article else "la clause de préavis"
    unit = "jours" if contract.notice_unit == NoticeUnit.DAYS else "mois"
    start: Paragraph = ((f"Conformément à {by} de ce contrat, nous vous notifions notre décision", False),)
    if contract.notice_value:
        before = " avant cette échéance" if facts.period.ends else ""
        of = "d’" if contract.notice_value == 1 else "de "
        start = ((f"Conformément à {by} de ce contrat, qui prévoit un préavis {of}", False),
                 (in_words(contract.notice_value, unit), True),
                 (f"{before}, nous vous notifions notre décision", False))  # fmt: skip
    if facts.period.ends is not None:
        return (*start, (" de ", False), ("ne pas le reconduire", True),
                (". Le contrat cessera de produire ses effets à cette date.", False))  # fmt: skip
    counted = "l’envoi" if contract.notice_moment == NoticeMoment.DISPATCH else "la réception"
    return (*start, (" d’", False), ("y mettre fin", True),
            (f". Il cessera de produire ses effets au terme de ce préavis, compté depuis {counted} de la présente.",
             False))  # fmt: skip


def _returned(session: Session, facts: Facts) -> Paragraph:
    article = session.scalar(
        select(ContractClause.article)
        .join(Clause, Clause.id == ContractClause.clause_id)
        .where(ContractClause.contract_id == facts.contract.id, ContractClause.deleted_at.is_(None))
        .where(Clause.title.like("Réversibilité%"))
        .limit(1)
    )
    by = f"d’appliquer l’article\u00a0{article} (réversibilité)" if article else "de préparer la réversibilité"
    start = f"Nous vous demandons {by}\u00a0: {RETURNED}"
    signed = "Un procès-verbal de réversibilité sera signé à cette occasion."
    if facts.period.ends is None:
        return _plain(f"{start}, avant le terme du préavis. {signed}")
    due = notice.add_months(facts.period.ends, -1)
    due = due if due > facts.on else facts.period.ends
    return ((f"{start}, au plus tard le ", False), (day_words(due), True), (f". {signed}", False))


def _meeting(session: Session, facts: Facts) -> str | None:
    """The negotiation meeting that is planned, in words."""
    planned = session.scalars(
        select(Meeting)
        .where(
            Meeting.contract_id == facts.contract.id,
            Meeting.kind == MeetingKind.NEGOTIATION,
            Meeting.status == MeetingStatus.PLANNED,
            Meeting.deleted_at.is_(None),
        )
        .order_by(Meeting.starts_at)
    ).all()
    at = [one.starts_at.astimezone(PARIS) for one in planned if one.starts_at.astimezone(PARIS).date() >= facts.on]
    return f"{day_words(at[0].date(), weekday=True)} à {at[0]:%H}\u00a0h\u00a0{at[0]:%M}" if at else None


# -- by e-mail --------------------------------------------------------------------------------------------------


def email(session: Session, contract_id: int, stamp: Stamp, choice: Choosing | None = None) -> bytes:
    """The same words as a draft e-mail, where the clause says so: nothing leaves without the user."""
    made = letter(session, contract_id, stamp, choice)
    paragraphs = ["".join(text for text, _ in one) for one in made.paragraphs]
    signed = joined(made.signer, made.company.name, by="\n")
    body = "\n\n".join([made.greeting, *paragraphs, signed])
    return mail.draft(made.subject, f"{body}\n", to=address(session, contract_id))


def address(session: Session, contract_id: int) -> str:
    """Of the director or the salesperson of the provider, else its own; empty if none is known."""
    contract = reversibility.found(session, contract_id)
    wanted = (ContactRole.DIRECTOR, ContactRole.SALES)
    rows = session.execute(
        select(ProviderContact.role, ProviderContact.email).where(
            ProviderContact.provider_id == contract.provider_id,
            ProviderContact.role.in_(wanted),
            ProviderContact.email.is_not(None),
            ProviderContact.left_on.is_(None),
            ProviderContact.deleted_at.is_(None),
        )
    ).all()
    known = {row.role: row.email for row in rows}
    provider = session.get(Provider, contract.provider_id) if contract.provider_id else None
    return next((known[role] for role in wanted if role in known), (provider.email or "") if provider else "")
