"""What a periodic report says first, in sentences: the paper and the screen tell the same."""

from collections.abc import Iterator

from app.fields import counted, formats, lowered
from app.reports.periodic_data import Figure, PeriodReport


def _judged(told: PeriodReport) -> list[Figure]:
    return [one for one in told.figures if one.met is not None]


def answer(told: PeriodReport) -> str:
    judged = _judged(told)
    return f"{sum(bool(one.met) for one in judged)} sur {len(judged)}" if judged else formats.MISSING


def sentence(told: PeriodReport) -> str:
    """« 10 délais dépassés, 53,80 € de pénalités dues. Chiffres tels qu’ils étaient le 30/09/2026 au soir. »."""
    if not _judged(told):
        return "Rien à juger sur cette période\u00a0: aucun ticket, aucune visite, aucune fiche n’y donne de mesure."
    late = counted(len(told.breaches), "délai dépassé", "délais dépassés") if told.breaches else "Aucun délai dépassé"
    return f"{late}{_owed(told)}. {seen(told)}"


def _owed(told: PeriodReport) -> str:
    bare = sum(one.bare for one in told.penalties)
    before = f" ({formats.amount(bare)} avant plafonds)" if bare > told.owed else ""
    if told.owed:
        return f", {formats.amount(told.owed)} de pénalités dues{before}"
    return f", aucune pénalité due\u00a0: le plafond du contrat est atteint{before}" if bare else ""


def seen(told: PeriodReport) -> str:
    """From when the figures are told."""
    if told.is_over:
        return f"Chiffres tels qu’ils étaient le {formats.day(told.end)} au soir."
    return "La période n’est pas finie\u00a0: ces chiffres changeront."


def worth_knowing(told: PeriodReport) -> Iterator[str]:
    """What calls for an act, in a sentence each: targets missed first."""
    for one in told.figures:
        if one.met is False:
            before = f" ({one.before_text} {_before(told)})" if one.before is not None else ""
            yield f"{one.label}\u00a0: {one.text} pour un objectif {one.target_text}{before}."
    if told.repeated:
        worst = told.repeated[0]
        yield f"{worst.asset}\u00a0: {lowered(worst.category)}, le même incident est revenu {worst.times}\u00a0fois."
    if told.papers:
        yield f"{counted(len(told.papers), 'document')} en retard ou pas encore remis par le prestataire."
    missed = sum(one.done is None for one in told.stops)
    if missed:
        yield (
            f"{counted(missed, 'visite préventive', 'visites préventives')} non faites."
            if missed > 1
            else ("1\u00a0visite préventive non faite.")
        )
    if told.opinions.unsolved:
        count = counted(len(told.opinions.unsolved), "fiche d’évaluation dit", "fiches d’évaluation disent")
        yield f"{count} que le problème n’est pas résolu."


def _before(told: PeriodReport) -> str:
    return {"mois": "le mois d’avant", "trimestre": "le trimestre d’avant", "année": "l’année d’avant"}.get(
        told.noun, "la période d’avant"
    )
