"""The words of the scales, and of counts, that several chapters print (domain.md A.7)."""

from decimal import Decimal

from app.fields import counted, formats
from app.rules.expertise import Feasibility, Limits

VERDICT_WORDS = {
    "A": "Maintenable en l’état",
    "B": "Maintenable après remise à niveau",
    "C": "Maintenable en palliatif (≤\u00a012\u00a0mois)",
    "D": "À remplacer, exclu du contrat",
    "E": "Mise au rebut",
}
CONDITION_WORDS = {
    "4": "Très bon",
    "3": "Bon, usure normale",
    "2": "Moyen, défaut sans perte de fonction",
    "1": "Mauvais, dégradé ou en panne répétée",
    "0": "Hors service",
}
OPINIONS = {
    "favourable": "Favorable",
    "reserved": "Favorable avec réserves",
    "unfavourable": "Défavorable",
    None: "Avis suspendu",
}
OPINION_LABEL = "Avis de faisabilité du contrat de maintenance"


def sentence(result: Feasibility, limits: Limits) -> str:
    """The two ratios beside their thresholds, and what the reserve hangs on."""
    bad = result.opinion == "unfavourable"
    share = (
        f"défavorable sous {percent_of(limits.bad_share)}" if bad else f"seuil\u00a0: {percent_of(limits.good_share)}"
    )
    told = f"{formats.percent(result.share)} des biens sont maintenables ({share})"
    if result.ratio is None:
        rest = "l’avis attend ce prix" if result.opinion is None else "il ne changerait pas l’avis"
        return f"{told}. Le prix annuel du contrat n’est pas connu\u00a0: {rest}."
    ratio = (
        f"défavorable au-delà de {percent_of(limits.bad_ratio)}"
        if bad
        else f"seuil\u00a0: {percent_of(limits.good_ratio)}"
    )
    told += f" et le contrat coûte {formats.percent(result.ratio)} de leur valeur de remplacement ({ratio})."
    outside = result.judged - result.kept
    if result.opinion == "reserved" and result.share is not None and result.share < limits.good_share:
        told += f" La réserve tombe si les {counted(outside, 'bien')} D et E sont remplacés avant la prise en charge."
    return told


def percent_of(value: Decimal) -> str:
    return formats.percent(value, 0)
