"""The letter that claims the penalties of some months, and puts the provider on notice (domain.md C.7; art. 1231-5
C. civ.: they are due once the debtor was formally asked)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.fields import NBSP, amount, counted, day_words, joined, listed, lowered, plural
from app.models import Company, Contract, Provider
from app.models.contract_codes import PenaltyForm, PenaltyTrigger
from app.reports.identity import Stamp
from app.reports.letter_data import Account, Letter
from app.reports.table import Cells
from app.services import letter as letters
from app.services.amendments import on_day
from app.services.claim_file import asked, breaches, gather, terms
from app.services.claim_file.asked import Span
from app.services.claim_file.scope import Breach, Scope, of_span
from app.services.company_card import company_card
from app.services.contracts import opening_day
from app.services.letter import Paragraph
from app.services.penalties import claims
from app.services.penalties.late import BY_TICKETS
from app.services.penalties.months import is_over

BY_LETTER = "Par lettre recommandée."
DAYS = 15
TITLE = "Lettre de réclamation"
NOTHING = "Aucun engagement manqué n’est relevé pour ces mois\u00a0: il n’y a rien à réclamer."
MOST_NAMED = 3
FORMS = {
    PenaltyForm.CREDIT: "par un avoir",
    PenaltyForm.DEDUCTION: "par une déduction sur votre prochaine facture",
}
PROMISED = (
    ("des délais", {*BY_TICKETS}, "iveaux de service"),
    ("la remise de documents", {PenaltyTrigger.DOCUMENT}, "ocuments remis"),
    ("des visites préventives", {PenaltyTrigger.PREVENTIVE}, "préventi"),
)
"""What a contract may promise, the breaches of it, and the words that tell its article."""
NOT_RELEASED = " Ces pénalités ne sont pas libératoires\u00a0: nous gardons nos autres droits."
ACCEPTED = (
    "Sans contestation écrite et motivée de votre part dans ce délai, nous tiendrons ce décompte pour accepté. Le "
    "journal de chaque ticket, ses pièces et le calcul détaillé sont à votre disposition dans un dossier de preuve."
)


def letter(session: Session, contract_id: int, stamp: Stamp) -> Letter:
    """Of the months that the reference ends with, else of those that ask for something.

    Refused without a provider; to be issued, its address must be known, the months over, and something left to claim.
    """
    now = gather.moment_of(stamp)
    span = gather.span_of(session, contract_id, stamp.reference, now)
    scope = of_span(session, contract_id, span, now)
    contract = on_day(session, contract_id, span.last)
    provider = session.get(Provider, contract.provider_id) if contract.provider_id else None
    if provider is None:
        raise Refused(f"{contract.number} n’a pas de prestataire\u00a0: la lettre n’a pas de destinataire.")
    if not stamp.draft:
        _refuse_early(provider, scope, span)
    company = session.scalar(select(Company).where(Company.deleted_at.is_(None)).limit(1))
    told = _told(scope)
    known = breaches.named(session, told)
    return Letter(
        company=company_card(session),
        stamp=replace(stamp, title=TITLE),
        sender=letters.sender(company),
        recipient=letters.recipient(provider),
        registered=True,
        tracking="",
        references=letters.references(contract, stamp.reference),
        place_and_date=joined(company.city if company else "", f"le {day_words(opening_day(now))}", by=", "),
        subject=_subject(contract, scope, span),
        paragraphs=_paragraphs(session, contract, scope, span),
        signer="",
        account=Account(1, tuple(_row(one, known) for one in told), _total(scope)) if told else None,
    )


def _subject(contract: Contract, scope: Scope, span: Span) -> str:
    what = "pénalités" if asked_for(scope) else "engagements manqués"
    return f"Contrat {contract.number}\u00a0: {what} {span.of_words}, mise en demeure"


def _refuse_early(provider: Provider, scope: Scope, span: Span) -> None:
    if not (provider.address and provider.city):
        raise Refused(f"L’adresse de {provider.name} est incomplète\u00a0: complétez sa fiche, puis émettez la lettre.")
    if not is_over(span.last, scope.now):
        raise Refused(claims.NOT_OVER)
    if not scope.breaches:
        raise Refused(NOTHING)
    if any(one.line for one in scope.breaches) and not asked_for(scope):
        raise Refused(claims.NOTHING_LEFT)


def asked_for(scope: Scope) -> int:
    """What is left to claim; what was claimed and did not come, once nothing is left."""
    return sum(one.left for one in scope.months) or sum(one.claimed - one.obtained for one in scope.months)


def note(session: Session, ref: str, on: date, now: datetime) -> int:
    """Note that what the letter asks for was claimed that day, month by month; gives the sum, in cents."""
    contract = asked.contract_named(session, ref)
    span = gather.span_of(session, contract, ref, now)
    left = [one for one in of_span(session, contract, span, now).months if one.left and is_over(one.month, now)]
    if not left:
        raise Refused(claims.NOTHING_LEFT)
    for one in left:
        claims.claim(session, contract, one.month, one.left, on, BY_LETTER, now)
    return sum(one.left for one in left)


def _told(scope: Scope) -> Sequence[Breach]:
    """Those that cost something; all of them where the contract punishes none."""
    dear = [one for one in scope.breaches if one.line is not None and one.line.cents]
    return dear or scope.breaches


def _row(one: Breach, known: breaches.Named) -> Cells:
    words, late = breaches.row_words(one, known), one.late
    what = "" if late.penalty.trigger == PenaltyTrigger.DOCUMENT else late.penalty.trigger.label
    subject = joined(what, late.subject, by=", ")
    return (words.number, subject, words.due, words.done, words.late, words.cost)


def _total(scope: Scope) -> Cells:
    bare, owed = sum(one.bare for one in scope.months), sum(one.owed for one in scope.months)
    told = "Total" if owed == bare else f"Total, après le plafond du contrat ({amount(bare)} avant)"
    return (told, "", "", "", "", amount(owed, "") if scope.months else "")


def _paragraphs(session: Session, contract: Contract, scope: Scope, span: Span) -> tuple[Paragraph, ...]:
    if not scope.breaches:
        return (((NOTHING, False),),)
    return (
        _missed(session, scope, span),
        _due(contract, scope),
        *_still_owed(scope),
        ((ACCEPTED, False),),
        ((letters.CLOSING, False),),
    )


def _missed(session: Session, scope: Scope, span: Span) -> Paragraph:
    told = _told(scope)
    articles = [one.title for one in terms.clauses(session, scope.contract or 0, scope.days[0])]
    when = f"En {span.words}" if span.first == span.last else span.of_words.capitalize()
    count = counted(len(told), "engagement")
    not_kept = f"{count} {plural(len(told), 'n’a', 'n’ont')} pas été {plural(len(told), 'tenu')}"
    on = promised({one.late.penalty.trigger for one in told}, articles)
    start = f"Le contrat cité en référence vous engage sur {on}. {when}, "
    return ((start, False), (not_kept, True), ("\u00a0:", False))


def promised(missed: set[PenaltyTrigger], articles: Sequence[str]) -> str:
    """« des délais (article 9) et la remise de documents (article 18) »: of what was missed only."""
    parts = []
    for words, of, clause in PROMISED:
        if missed & of:
            named = next((title.partition(",")[0] for title in articles if clause in title), "")
            parts.append(f"{words} ({lowered(named)})" if named.startswith("Article") else words)
    return " et ".join((", ".join(parts[:-1]), parts[-1]) if len(parts) > 1 else parts or [PROMISED[0][0]])


def _due(contract: Contract, scope: Scope) -> Paragraph:
    """The sum, how it is to be settled, and that this letter is the formal notice that makes it due."""
    cents = asked_for(scope)
    notice: Paragraph = (("La présente vaut ", False), ("mise en demeure", True))
    if not cents:
        asks = (
            " de respecter ces engagements. Nous vous demandons de nous dire par écrit, dans un délai de "
            f"{letters.in_words(DAYS, 'jours')}, les causes de ces retards et les mesures que vous prenez."
        )
        return (*notice, (asks, False))
    form = FORMS[contract.penalty_form or PenaltyForm.CREDIT]
    before = sum(one.claimed for one in scope.months)
    already = f", déduction faite de {amount(before)} déjà réclamés" if before and before != cents else ""
    kept = "" if contract.penalty_releases else NOT_RELEASED
    return (
        *notice, (" de nous régler les pénalités prévues, soit ", False), (amount(cents), True),
        (f"{already}, {form}, dans un délai de ", False), (letters.in_words(DAYS, "jours"), True),
        (f" à compter de sa réception.{kept}", False),
    )  # fmt: skip


def _still_owed(scope: Scope) -> tuple[Paragraph, ...]:
    """What is still not done is asked for too."""
    left = [one for one in scope.breaches if one.late.done is None]
    if not left:
        return ()
    named = listed([_name(one) for one in left], MOST_NAMED)
    return (((f"Nous vous mettons aussi en demeure d’exécuter sans délai ce qui reste dû\u00a0: {named}.", False),),)


def _name(one: Breach) -> str:
    told = one.late
    what = "" if told.penalty.trigger in {PenaltyTrigger.DOCUMENT, PenaltyTrigger.PREVENTIVE} else f"{told.number}, "
    return f"{what}{told.subject}".replace(" ", NBSP, 1)
