"""What it costs, when it is paid, what a breach costs."""

from sqlalchemy import select

from app.fields import amount, counted, lowered
from app.models import (
    Penalty,
)
from app.models.contract_codes import Billing, PaymentRule, PenaltyUnit, PriceModel
from app.services import pricing
from app.services.variables.registry import Source, items, money, share, variable


@variable("Prix", "mode_prix", "Mode de prix")
def _(source: Source) -> str | None:
    return lowered(source.contract.price_model.label)


@variable("Prix", "prix", "Prix hors taxes")
def _(source: Source) -> str | None:
    yearly = pricing.yearly(source.session, source.contract.id, source.on)
    if source.contract.fee is not None:
        return f"{amount(source.contract.fee)} {lowered(source.contract.fee_period.label)}"
    if source.contract.price_model == PriceModel.MIXED and not yearly.units:
        return None  # the acts are told, the fee is not
    return yearly.how or None


@variable("Prix", "facturation", "Quand les factures sont émises")
def _(source: Source) -> str | None:
    when = "d’avance" if source.contract.billing == Billing.ADVANCE else "à terme échu"
    return f"{lowered(source.contract.fee_period.label)}, {when}"


@variable("Prix", "taux_horaire", "Taux horaire hors taxes")
def _(source: Source) -> str | None:
    return money(source.contract.hourly_rate)


@variable("Prix", "deplacement", "Prix d’un déplacement hors taxes")
def _(source: Source) -> str | None:
    return money(source.contract.travel_fee)


@variable("Prix", "majoration", "Majoration hors des heures")
def _(source: Source) -> str | None:
    return share(source.contract.out_of_hours_rate)


@variable("Prix", "tva", "Taux de TVA")
def _(source: Source) -> str | None:
    return share(source.contract.vat_rate)


@variable("Prix", "delai_paiement", "Délai de paiement")
def _(source: Source) -> str | None:
    told = source.contract
    days = counted(told.payment_days, "jour")
    return {
        PaymentRule.INVOICE: f"à {days} de la date de la facture",
        PaymentRule.MONTH_END_AFTER: f"à {days} de la date de la facture, puis à la fin du mois",
        PaymentRule.MONTH_END_BEFORE: f"à {days} de la fin du mois de la facture",
    }[told.payment_rule]


@variable("Prix", "taux_retard", "Taux des intérêts de retard")
def _(source: Source) -> str | None:
    rate = share(source.contract.late_rate)
    return f"{rate} par an" if rate else "trois fois le taux de l’intérêt légal"


@variable("Prix", "indice", "Indice de révision")
def _(source: Source) -> str | None:
    return source.contract.index_name


@variable("Prix", "indice_base", "Valeur de l’indice de départ")
def _(source: Source) -> str | None:
    base = source.contract.index_base
    return None if base is None else f"{base / 1000:.3f}".rstrip("0").rstrip(".").replace(".", ",")


@variable("Prix", "part_fixe", "Part fixe du prix, non révisée")
def _(source: Source) -> str | None:
    return share(source.contract.revision_fixed_part or 0)


@variable("Prix", "plafond_hausse", "Hausse annuelle au plus")
def _(source: Source) -> str | None:
    return share(source.contract.revision_cap)


@variable("Prix", "penalites", "Barème des pénalités")
def _(source: Source) -> str | None:
    own = Penalty
    kept = source.session.scalars(
        select(own).where(own.contract_id == source.contract.id, own.deleted_at.is_(None)).order_by(own.id)
    )
    return items(penalty_words(one) for one in kept)


def penalty_words(one: Penalty) -> str:
    """« rétablissement en retard (P1, P2) : 2 % du forfait mensuel par manquement »."""
    which = f" ({one.priorities})" if one.priorities else ""
    much = money(one.amount) or f"{share(one.percent or 0)} du forfait mensuel"
    each = {PenaltyUnit.BREACH: "par manquement"}.get(one.unit, lowered(one.unit.label))
    return f"{lowered(one.trigger.label)}{which}\u00a0: {much} {each}"


@variable("Prix", "plafond_penalites", "Plafonds des pénalités")
def _(source: Source) -> str | None:
    told = source.contract
    caps = ((told.penalty_month_cap, "par mois"), (told.penalty_year_cap, "par an"))
    return " et ".join(f"{share(cap)} du forfait {per}" for cap, per in caps if cap is not None) or None


@variable("Prix", "forme_penalites", "Forme des pénalités")
def _(source: Source) -> str | None:
    form = source.contract.penalty_form
    return lowered(form.label.split(" sur ")[0]) if form else None
