"""An expertise in French: the scales, where each known thing comes from, the rule applied, the opinion on the lot."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from app.codes import Code
from app.fields import amount, counted, day, lowered, number, percent
from app.models.codes import Verdict
from app.rules import expertise as rules
from app.rules.expertise import Feasibility, Findings, Judgement, Limits, Reason
from app.services.expertises.facts import MONTHS, Fee, Known

LAST_ONE = "le dernier bien sera évalué"
CLOSEST = 6
"""Decimals at most for a ratio that stands just above its limit."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A criterion as it is asked; `steps` are the words of 4, 3, 2, 1, 0, what follows a comma being a detail."""

    key: str
    label: str
    question: str
    steps: tuple[str, str, str, str, str]

    @property
    def weight(self) -> int:
        return rules.WEIGHTS[self.key]

    def word(self, note: int) -> str:
        return self.steps[rules.BEST - note]


SCALES = (
    Scale("condition", "État", "Comment est-il\u00a0?",
          ("Très bon", "Bon, usure normale", "Moyen, petit défaut", "Mauvais, dégradé", "Hors service")),
    Scale("age", "Âge", "Combien de sa durée de vie visée\u00a0?",
          ("Récent, sous 50\u00a0%", "À mi-vie, sous 75\u00a0%", "Mûr, sous 100\u00a0%", "Dépassé, sous 125\u00a0%",
           "Très dépassé")),
    Scale("support", "Support restant", "Du système et du constructeur",
          ("Long, >\u00a024\u00a0mois", "Suffisant, >\u00a012\u00a0mois", "Court, >\u00a06\u00a0mois",
           "Très court, ≤\u00a06\u00a0mois", "Fini")),
    Scale("failures", "Pannes", "Sur les 12\u00a0derniers mois",
          ("Aucune", "1\u00a0panne", "2\u00a0pannes", "3\u00a0pannes", "4 ou plus")),
    Scale("parts", "Pièces", "Où en trouver\u00a0?",
          ("Garantie, ou en stock", "Constructeur", "Marché", "Occasion", "Introuvables")),
    Scale("fit", "Adéquation au besoin", "Convient-il au travail à faire\u00a0?",
          ("Totale", "Bonne", "Moyenne", "Faible", "Nulle")),
)  # fmt: skip
SCALE = {scale.key: scale for scale in SCALES}
AMOUNTS = {
    "repair_cost": "Remise en état",
    "maintenance_cost": "Maintenance sur 12\u00a0mois",
    "replacement_value": "Valeur de remplacement",
}
NAMES = {scale.key: scale.label for scale in SCALES} | AMOUNTS
"""Of all that a verdict may wait for."""

VERDICTS = {
    Verdict.A: "Maintenable en l’état",
    Verdict.B: "Maintenable après remise à niveau",
    Verdict.C: "Maintenable en palliatif, à remplacer sous 12\u00a0mois",
    Verdict.D: "À remplacer, exclu du contrat",
    Verdict.E: "Mise au rebut",
}


class Opinion(Code):
    """On the feasibility of the lot (domain.md A.7)."""

    FAVOURABLE = "favourable", "Avis favorable", "ok"
    RESERVED = "reserved", "Avis favorable avec réserves", "warn"
    UNFAVOURABLE = "unfavourable", "Avis défavorable", "bad"


# -- where a known thing comes from -----------------------------------------------------------------------------


def ratio_of_age(known: Known) -> str:
    """« 1,08 », cut and not rounded, so that it never contradicts the note."""
    if not known.since or not known.life_years:
        return ""
    ratio = rules.age_ratio(known.since, known.life_years, known.on)
    exact = Decimal(ratio.numerator) / ratio.denominator
    return number(exact.quantize(Decimal("0.01"), ROUND_DOWN), 2)


def sources(known: Known) -> dict[str, str]:
    """What is known, by criterion or amount, with where it comes from; what is not known is not there."""
    notes = known.notes
    told = {
        "age": _age(known),
        "support": _support(known),
        "failures": _failures(known),
        "maintenance_cost": _maintenance(known),
        "replacement_value": _value(known),
    }
    if notes.condition is not None:
        told["condition"] = f"Noté à la visite du {day(known.seen_on)}"
    if notes.parts is not None:
        told["parts"] = f"Sous garantie jusqu’au {day(known.warranty_end)}"
    return {name: words for name, words in told.items() if words}


def hints(known: Known) -> dict[str, str]:
    """What helps to answer what is not known."""
    told: dict[str, str] = {}
    if known.condition is not None and known.notes.condition is None:
        seen = f", le {day(known.seen_on)}" if known.seen_on else ""
        told["condition"] = f"Noté {known.condition.value} la dernière fois{seen}"
    if not known.since:
        told["age"] = "Ni mise en service ni achat sur la fiche du bien"
    elif not known.life_years:
        told["age"] = "Sa famille n’a pas de durée de vie visée"
    if known.failures is None:
        told["failures"] = f"Aucun ticket noté sur {counted(MONTHS, 'mois', 'mois')}\u00a0: à dire"
    if known.warranty_end and known.notes.parts is None:
        told["parts"] = f"Garantie finie le {day(known.warranty_end)}"
    return told


def _age(known: Known) -> str:
    if not known.since or not known.life_years:
        return ""
    from_what = "en service" if known.commissioned_on else "acheté"
    life = counted(known.life_years, "an")
    return f"{ratio_of_age(known)}\u00a0fois sa vie visée de {life}, {from_what} le {day(known.since)}"


def _failures(known: Known) -> str:
    if known.failures is None:
        return ""
    found = counted(known.failures, "panne") if known.failures else "Aucune panne"
    return f"{found} dans les tickets en {counted(MONTHS, 'mois', 'mois')}"


def _support(known: Known) -> str:
    if known.support_end is None:
        return "Fin de support inconnue\u00a0: note 2, à vérifier"
    if known.notes.support == 0:
        return f"Fini le {day(known.support_end)}"
    left = rules.months_left(known.support_end, known.on)
    return f"Jusqu’au {day(known.support_end)}\u00a0: {_months(left)}"


def _months(left: int) -> str:
    return f"{left}\u00a0mois" if left else "moins d’un mois"


def _maintenance(known: Known) -> str:
    parts = [_share(fee, known.replacement_value) for fee in known.fees]
    if known.parts_cost:
        parts.append(f"pièces posées\u00a0: {amount(known.parts_cost)}")
    if known.unpriced:
        parts.append(
            f"ajoutez le prix de {counted(known.unpriced, 'intervention facturée', 'interventions facturées')}"
        )
    told = ", ".join(parts) or "aucun contrat, aucune pièce payée"
    return told[:1].upper() + told[1:]


def _share(fee: Fee, value: int | None) -> str:
    yearly = f"{amount(fee.cents)} par an pour {counted(fee.assets, 'bien')}"
    return f"part du forfait {fee.contract} selon sa valeur ({yearly})\u00a0: {amount(fee.share(value))}"


def _value(known: Known) -> str:
    if known.value:
        return "Fiche du bien"
    return "Prix d’achat, faute de valeur de remplacement" if known.price else ""


def finding(key: str, note: int, exact: Known | None) -> str:
    """The « constat » of a criterion, in a few words; from the facts if it is they that gave the note."""
    if exact is not None and key == "age":
        return ratio_of_age(exact)
    if exact is not None and key == "support" and exact.support_end is not None and note:
        return _months(rules.months_left(exact.support_end, exact.on))
    if exact is not None and key == "support" and exact.support_end is None:
        return "inconnu, à vérifier"
    if exact is not None and key == "failures" and exact.failures:
        return counted(exact.failures, "panne")
    return SCALE[key].word(note).lower()


# -- the rule and what follows ----------------------------------------------------------------------------------


def _over(ratio: Decimal, limit: Decimal) -> str:
    """« 54,3 % dépasse 50\u00a0% », with the decimals that show it."""
    places = next(p for p in range(1, CLOSEST + 1) if round(ratio * 100, p) > limit * 100 or p == CLOSEST)
    return f"{percent(ratio, places)} dépasse {percent(limit, 0)}"


def rule(judgement: Judgement, findings: Findings) -> str:
    """The rule that gave the verdict, its figures put in; what is missing while there is none."""
    if judgement.reason is None or judgement.score is None:
        return missing(judgement.missing)
    repair, maintenance = judgement.repair or Decimal(0), judgement.maintenance or Decimal(0)
    counted_score = f"Score de {number(judgement.score, 2)}"
    words = {
        Reason.DEAD_AND_DEAR: f"Hors service, et R = {_over(repair, rules.SCRAP_RATIO)}",
        Reason.DEAD_WITHOUT_PARTS: "Hors service, et pièces introuvables",
        Reason.REPAIR: f"R = {_over(repair, rules.REPAIR_RATIO)}",
        Reason.MAINTENANCE: f"M = {_over(maintenance, rules.MAINTENANCE_RATIO)}",
        Reason.LOW_SCORE: f"{counted_score}, inférieur à {rules.LOW_SCORE}",
        Reason.EXPOSED: "Support fini, et relié au réseau sans mesure d’isolement écrite",
        Reason.FAIR_SCORE: f"{counted_score}, inférieur à {rules.FAIR_SCORE}",
        Reason.AS_IT_IS: f"{counted_score}, au moins {rules.HIGH_SCORE}, et rien à remettre en état",
    }
    return words.get(judgement.reason) or _others(counted_score, judgement.score, findings.repair_cost or 0)


def _others(counted_score: str, score: Decimal, repair: int) -> str:
    if score >= rules.HIGH_SCORE:
        return f"{counted_score}, mais {amount(repair)} de remise en état"
    return f"{counted_score}, de {rules.FAIR_SCORE} à moins de {rules.HIGH_SCORE}"


def missing(names: Iterable[str]) -> str:
    """« Il manque : pièces, remise en état. »."""
    told = ", ".join(lowered(NAMES[name]) for name in names)
    return f"Il manque\u00a0: {told}." if told else ""


def action(verdict: Verdict, findings: Findings, renew_on: str) -> str:
    """What is proposed, to be corrected by the expert; `renew_on` is a French date, or empty."""
    cost, value = findings.repair_cost or 0, findings.replacement_value
    price = f" Prévoir {amount(value)} HT." if value else ""
    after = f" Remplacement à prévoir pour le {renew_on}." if renew_on else ""
    done = f"\u00a0: {amount(cost)} HT" if cost else ""
    words = {
        Verdict.A: f"Maintenir en l’état.{after}",
        Verdict.B: f"Remettre à niveau avant la prise en charge{done}.{after}",
        Verdict.C: f"Maintenir en palliatif{done}. Remplacer avant le {renew_on}.{price}",
        Verdict.D: f"Exclure du contrat et remplacer avant le {renew_on}.{price}",
        Verdict.E: f"Sortir du parc, données effacées. Remplacer avant le {renew_on} si le besoin demeure.{price}",
    }
    return words[verdict]


# -- the lot ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """The feasibility of the lot in words: the opinion (None while it cannot be given), a sentence on it, and its two
    ratios, each with its thresholds."""

    opinion: Opinion | None
    sentence: str
    share: str
    share_limits: str
    ratio: str
    ratio_limits: str


def feasibility(found: Feasibility, limits: Limits, unpriced: int, left: int) -> Told:
    """`unpriced`: how many of A, B and C have no replacement value, and are left out of the ratio; `left`: how many
    assets must still be assessed before there is an opinion."""
    opinion = Opinion.of(found.opinion) if found.opinion else None
    return Told(
        opinion=opinion,
        sentence=_opinion(found, opinion, unpriced, left),
        share=percent(found.share),
        share_limits=f"favorable dès {percent(limits.good_share, 0)}, défavorable sous {percent(limits.bad_share, 0)}",
        ratio=percent(found.ratio),
        ratio_limits=f"favorable jusqu’à {percent(limits.good_ratio, 0)}, "
        f"défavorable au-delà de {percent(limits.bad_ratio, 0)}",
    )


def _kept(found: Feasibility) -> str:
    if found.judged == 1:
        return "Le bien évalué reste maintenable" if found.kept else "Le bien évalué n’est plus maintenable"
    among = counted(found.judged, "bien évalué", "biens évalués")
    if not found.kept:
        return f"Aucun des {among} n’est maintenable"
    return f"{number(found.kept)} des {among} " + ("restent maintenables" if found.kept > 1 else "reste maintenable")


def _opinion(found: Feasibility, opinion: Opinion | None, unpriced: int, left: int) -> str:
    if not found.judged:
        return "L’avis sur la faisabilité sera donné quand tous les biens seront évalués."
    kept = _kept(found)
    without = f" {counted(unpriced, 'bien')} sans valeur de remplacement." if unpriced else ""
    if left:
        rest = f"les {counted(left, 'bien restant', 'biens restants')} seront évalués" if left > 1 else LAST_ONE
        return f"{kept}. L’avis sera donné quand {rest}."
    if found.ratio is not None:
        return f"{kept}\u00a0; le contrat coûte chaque année {percent(found.ratio)} de leur remplacement.{without}"
    if opinion is not None:
        return f"{kept}.{without}"
    return f"{kept}. Indiquez le prix annuel du contrat pour avoir un avis.{without}"
