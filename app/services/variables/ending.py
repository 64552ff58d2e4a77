"""How long it lasts, how it is left, what is given back."""

from app.fields import NBSP, amount, counted, day_words, number
from app.models.codes import NoticeForm, NoticeMoment, NoticeReference, NoticeUnit, Renewal
from app.rules import notice
from app.services import contracts
from app.services.variables.registry import Source, months, variable


@variable("Durée et fin", "date_effet", "Date d’effet")
def _(source: Source) -> str | None:
    return day_words(source.contract.starts_on)


@variable("Durée et fin", "date_signature", "Date de signature")
def _(source: Source) -> str | None:
    return day_words(source.contract.signed_on) if source.contract.signed_on else None


@variable("Durée et fin", "duree_initiale", "Durée initiale")
def _(source: Source) -> str | None:
    return months(source.contract.initial_months)


@variable("Durée et fin", "fin_initiale", "Dernier jour de la période initiale")
def _(source: Source) -> str | None:
    first = next(iter(notice.periods(contracts.terms_of(source.contract))))
    return day_words(first.ends) if first.ends else None


@variable("Durée et fin", "reconduction", "Ce qui suit la période initiale")
def _(source: Source) -> str | None:
    told = source.contract
    if told.renewal == Renewal.TACIT:
        most = f", {number(told.max_renewals)}{NBSP}fois au plus" if told.max_renewals else ""
        return f"le contrat est reconduit tacitement par périodes de {months(told.renewal_months or 0)}{most}"
    return {
        Renewal.NONE: "le contrat prend fin sans formalité",
        Renewal.TACIT_OPEN: "le contrat se poursuit pour une durée indéterminée",
        Renewal.EXPRESS: "le contrat prend fin, sauf accord écrit des deux parties pour le reconduire",
    }[told.renewal]


@variable("Durée et fin", "preavis", "Préavis")
def _(source: Source) -> str | None:
    told = source.contract
    unit = "jour" if told.notice_unit == NoticeUnit.DAYS else "mois"
    last = told.notice_reference == NoticeReference.PERIOD_END
    since = "le dernier jour de la période" if last else "la date anniversaire"
    return f"{counted(told.notice_value, unit, 'jours' if unit == 'jour' else 'mois')} avant {since}"


@variable("Durée et fin", "forme_preavis", "Forme du préavis")
def _(source: Source) -> str | None:
    return {
        NoticeForm.REGISTERED: "lettre recommandée avec avis de réception",
        NoticeForm.EMAIL: "courriel avec demande d’accusé de réception",
    }.get(source.contract.notice_form)


@variable("Durée et fin", "moment_preavis", "Ce qui date le préavis")
def _(source: Source) -> str | None:
    if source.contract.notice_moment == NoticeMoment.DISPATCH:
        return "celle de l’envoi, le cachet de la poste faisant foi"
    return "celle de la réception"


@variable("Durée et fin", "date_limite", "Dernier jour pour le préavis de la période en cours")
def _(source: Source) -> str | None:
    standing = notice.standing(contracts.terms_of(source.contract), source.on)
    return day_words(standing.notice.limit) if standing.notice else None


@variable("Durée et fin", "jours_reversibilite", "Durée de l’assistance à la sortie")
def _(source: Source) -> str | None:
    days = source.contract.reversibility_days
    return counted(days, "jour") if days else None


@variable("Durée et fin", "prix_reversibilite", "Prix de la réversibilité")
def _(source: Source) -> str | None:
    price = source.contract.reversibility_price
    if price is None:
        return None
    return f"{amount(price)}{NBSP}HT" if price else "zéro euro, cette assistance étant comprise"
