"""The figures of the inventory report: opinion, ages, ends of support, risks and what to do first (domain.md A.7).

Every figure is counted from the very lines of the report.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from app.fields import counted, formats, plural
from app.models.codes import Condition, Finding
from app.reports.inventory.data import Age, Risk, Support, Synthesis, worth
from app.reports.inventory.facts import Lot
from app.reports.inventory.words import OPINION_LABEL, OPINIONS, sentence
from app.rules.notice import add_months
from app.services.inventory_report.dangers import OUT, POOR, Danger, Met, age_of, dangers, to_replace, unsupported
from app.services.inventory_report.plan import KEEP, REPLACE, SCRAP, UPGRADE, Kind, Plan
from app.services.inventory_report.rows import Assets, Fleet, gravity, has_system, numbers_of
from app.services.inventory_report.safety import Found

GOOD = (Condition.VERY_GOOD, Condition.GOOD)
OLD_YEARS = 5
AGES = ("< 1 an", "1 à 2", "2 à 3", "3 à 4", "4 à 5", "5 à 6", "≥ 6 ans")
DAYS_IN_YEAR = Decimal("365.25")
SHOWN_RISKS = 5
SHOWN_ACTIONS = 3

Pieces = tuple[tuple[str, bool], ...]
"""A line in pieces, with whether they are bold."""


def synthesis(fleet: Fleet, lot: Lot | None, plan: Plan, faults: Sequence[Found]) -> Synthesis:
    """The page of synthesis of these assets, at the day of the fleet."""
    assets, today = fleet.rows, fleet.today
    found = dangers(fleet, faults)
    return Synthesis(
        opinion=_feasible(lot) if lot else _opinion(assets),
        figures=_figures(assets, today, lot),
        ages=_ages(assets, today),
        ages_note=_ages_note(assets, today),
        supports=_supports(assets, today),
        supports_note=f"{counted(sum(map(has_system, assets)), 'système')} au {formats.day(today)}.",
        risks=tuple(_risk(*met) for met in found[:SHOWN_RISKS]),
        recommendations=_recommendations(fleet, found, lot, plan) if assets else _FIRST_STEPS,
    )


_FIRST_STEPS: tuple[Pieces, ...] = (
    (("Relever les biens\u00a0: importer l’inventaire d’un agent, un tableau, ou décrire chaque poste.", False),),
    (("Noter pour chacun sa criticité, son état et sa date de mise en service.", False),),
)


def _euros(cents: int) -> str:
    return formats.number(Decimal(cents) / 100) + "\u00a0€"


def _worth(assets: Assets) -> int | None:
    return worth(asset.replacement_value for asset in assets)


def _feasible(lot: Lot) -> tuple[str, str, str]:
    return OPINION_LABEL, OPINIONS[lot.result.opinion], sentence(lot.result, lot.limits)


def _opinion(assets: Assets) -> tuple[str, str, str]:
    """The condition in a few words, and what they rest on, while nothing was judged."""
    label = "Constat de l’inventaire"
    judged = [asset for asset in assets if asset.condition is not None]
    if not assets:
        return label, "Aucun bien inventorié", "Le rapport se remplit à mesure que les biens sont relevés."
    if not judged:
        return label, "État non évalué", f"Aucun des {counted(len(assets), 'bien')} n’a encore d’état relevé."
    good = sum(asset.condition in GOOD for asset in judged)
    left = len(assets) - len(judged)
    rest = f" {counted(left, 'bien')} {'restent' if left > 1 else 'reste'} à évaluer." if left else ""
    poor = sum(asset.condition in POOR for asset in judged)
    bad = f" {counted(poor, 'bien')} en mauvais état ou hors service." if poor else ""
    words = f"{formats.percent(Decimal(good) / len(judged))} des biens en bon état"
    return label, words, f"{counted(good, 'bien')} sur {formats.number(len(judged))} évalués en état 3 ou 4.{bad}{rest}"


def _figures(assets: Assets, today: date, lot: Lot | None) -> tuple[tuple[str, str, str], ...]:
    workstations = sum(bool(asset.is_workstation) for asset in assets)
    unpriced = sum(asset.replacement_value is None for asset in assets)
    value = _worth(assets)
    return (
        (formats.number(len(assets)), plural(len(assets), "bien"),
         f"{plural(len(assets), 'recensé')}, dont {counted(workstations, 'poste')} de travail"),
        (formats.MISSING if value is None else _euros(value), "" if value is None else "HT",
         "valeur de remplacement" + (f", {counted(unpriced, 'bien')} sans valeur" if unpriced else "")),
        *(_judged_figures(lot) if lot else _seen_figures(assets, today)),
    )  # fmt: skip


def _judged_figures(lot: Lot) -> tuple[tuple[str, str, str], ...]:
    kept = lot.result.kept
    return (
        (formats.number(kept), plural(kept, "bien"),
         f"{plural(kept, 'maintenable')} (A + B + C), {formats.percent(lot.result.share)}"),
        (_euros(lot.upgrade), "HT", "de remise à niveau (B et C)"),
    )  # fmt: skip


def _seen_figures(assets: Assets, today: date) -> tuple[tuple[str, str, str], ...]:
    seen = sum(asset.finding == Finding.SEEN for asset in assets)
    expired = sum(unsupported(asset, today) for asset in assets)
    share = f", {formats.percent(Decimal(seen) / len(assets))} du parc" if assets else ""
    return (
        (formats.number(seen), plural(seen, "bien"), f"{plural(seen, 'vu')} sur place{share}"),
        (formats.number(expired), plural(expired, "système"), "dont le support a pris fin"),
    )


def _ages(assets: Assets, today: date) -> tuple[Age, ...]:
    steps = [[0, 0] for _ in AGES]
    for asset in assets:
        age = age_of(asset, today)
        if age is not None:
            steps[min(age, len(AGES) - 1)][not asset.is_workstation] += 1
    return tuple(
        Age(label, left, right, i >= OLD_YEARS)
        for i, (label, (left, right)) in enumerate(zip(AGES, steps, strict=True))
    )


def _ages_note(assets: Assets, today: date) -> str:
    known = [
        today - since
        for asset in assets
        if asset.is_workstation and (since := asset.commissioned_on or asset.purchased_on) is not None
    ]
    unknown = sum(age_of(asset, today) is None for asset in assets)
    parts = [f"Foncé\u00a0: {OLD_YEARS} ans et plus."]
    if known:
        years = Decimal(sum(span.days for span in known)) / len(known) / DAYS_IN_YEAR
        parts.insert(0, f"Âge moyen des postes\u00a0: {formats.number(years, 1)}\u00a0ans.")
    if unknown:
        parts.append(f"{counted(unknown, 'bien')} sans date.")
    return " ".join(parts)


def _supports(assets: Assets, today: date) -> tuple[Support, ...]:
    ends = [asset.support_end for asset in assets if has_system(asset)]
    bounds = [today, *(add_months(today, months) for months in (6, 12, 24)), date.max]
    labels = ("Expiré", "< 6 mois", "6 à 12 mois", "12 à 24 mois", "> 24 mois")
    found = []
    low = date.min
    for worse, (label, high) in zip(range(4, -1, -1), zip(labels, bounds, strict=True), strict=True):
        found.append(Support(label, sum(end is not None and low <= end < high for end in ends), worse))
        low = high
    return (*found, Support("Inconnu", sum(end is None for end in ends), -1))


def _risk(danger: Danger, found: Assets) -> Risk:
    worst = gravity(found)
    return Risk(danger.words, len(found), str(worst) if worst else formats.MISSING, danger.chapter, numbers_of(found))


def _recommendations(fleet: Fleet, met: Sequence[Met], lot: Lot | None, plan: Plan) -> tuple[Pieces, ...]:
    """Three lines: those of the verdicts first, then those of the risks that they do not answer."""
    lines = _of_verdicts(fleet, lot, plan) if lot else []
    for number, (danger, found) in enumerate(met[:SHOWN_RISKS], 1):
        if not (lot and danger.test is to_replace):
            act = danger.act.format(n=counted(len(found), "bien"), s="s" if len(found) > 1 else "")
            act += f" (risque\u00a0{number})"
            cost = _worth(found) if danger.priced and not lot else None
            lines.append(_line(f"{act}\u00a0: valeur de remplacement " if cost else act, cost))
    return tuple(lines[:SHOWN_ACTIONS]) or ((("Aucune action n’est tirée des données relevées.", False),),)


def _of_verdicts(fleet: Fleet, lot: Lot, plan: Plan) -> list[Pieces]:
    out = [judged for row in fleet.rows if (judged := fleet.judged(row)) and judged.verdict in OUT]
    lines = []
    if out:
        act = f"Remplacer {counted(len(out), 'bien')} D et E avant la prise en charge"
        cost = worth(judged.replacement_value for judged in out)
        lines.append(_line(act + (" : " if cost else ""), cost, _actions(plan, REPLACE, SCRAP)))
    if lot.upgrade:
        lines.append(_line("Remettre à niveau les biens B et C\u00a0: ", lot.upgrade, _actions(plan, UPGRADE, KEEP)))
    return lines


def _line(act: str, cents: int | None, after: str = "") -> Pieces:
    if not cents:
        return ((f"{act}{after}.", False),)
    return ((act, False), (formats.amount(cents) + "\u00a0HT", True), (f"{after}.", False))


def _actions(plan: Plan, *kinds: Kind) -> str:
    """« (actions 1 et 3) »."""
    numbers = sorted(n for kind in kinds for n in plan.numbered.get(kind, ()))
    if not numbers:
        return ""
    *first, last = map(str, numbers)
    several = f"actions\u00a0{', '.join(first)} et\u00a0{last}" if first else f"action\u00a0{last}"
    return f" ({several})"
