"""The figures of the inventory report: condition, ages, ends of support, risks and what to do first (domain.md A.7).

Every figure is counted from the very lines of the report.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.fields import formats
from app.models.codes import Condition, Finding, Ownership
from app.reports.inventory.data import Age, Reserve, Risk, Support, Synthesis
from app.rules.notice import add_months

GOOD = (Condition.VERY_GOOD, Condition.GOOD)
POOR = (Condition.BAD, Condition.DEAD)
OLD_YEARS = 5
AGES = ("< 1 an", "1 à 2", "2 à 3", "3 à 4", "4 à 5", "5 à 6", "≥ 6 ans")
DAYS_IN_YEAR = Decimal("365.25")
NAMED = 2
"""Inventory numbers written beside a count; the others are counted."""
SHOWN_RISKS = 5
SHOWN_ACTIONS = 3

Asset = Any
"""A row of services.documents: the columns of an asset with those of its family and person."""
Test = Callable[[Asset, date], bool]


def age_of(asset: Asset, today: date) -> int | None:
    """Whole years since it was put in service, or bought; None if neither date is known."""
    since: date | None = asset.commissioned_on or asset.purchased_on
    if since is None:
        return None
    return max(today.year - since.year - ((today.month, today.day) < (since.month, since.day)), 0)


def has_system(asset: Asset) -> bool:
    return bool(asset.system or asset.support_end)


def _unsupported(asset: Asset, today: date) -> bool:
    return asset.support_end is not None and asset.support_end < today


def _outlived(asset: Asset, today: date) -> bool:
    age = age_of(asset, today)
    return age is not None and asset.life_years is not None and age >= asset.life_years


def _vital(asset: Asset) -> bool:
    return asset.criticality is not None and asset.criticality.value >= "3"


@dataclass(frozen=True)
class Danger:
    """`act` is what to do about {n} assets; `priced` adds what replacing them would cost."""

    words: str
    act: str
    test: Test
    priced: bool = False


DANGERS = (
    Danger(
        "Systèmes dont le support a pris fin",
        "Remplacer ou mettre à niveau {n} sans support",
        _unsupported,
        priced=True,
    ),
    Danger(
        "Biens hors service ou en mauvais état",
        "Réparer ou sortir du parc {n} en état 0 ou 1",
        lambda asset, _: asset.condition in POOR,
        priced=True,
    ),
    Danger(
        "Données personnelles sur un disque non chiffré",
        "Chiffrer {n} portant des données personnelles",
        lambda asset, _: bool(asset.personal_data) and asset.encrypted is False,
    ),
    Danger(
        "Biens critiques (3 ou 4) dont la garantie a pris fin",
        "Vérifier que le contrat couvre {n} critiques hors garantie",
        lambda asset, today: _vital(asset) and asset.warranty_end is not None and asset.warranty_end < today,
    ),
    Danger(
        "Biens ayant dépassé la durée de vie cible de leur famille",
        "Inscrire au budget le renouvellement de {n} en fin de vie",
        _outlived,
        priced=True,
    ),
    Danger(
        "Biens critiques (3 ou 4) dont l’état n’est pas évalué",
        "Évaluer l’état de {n} critiques",
        lambda asset, _: _vital(asset) and asset.condition is None,
    ),
)


def synthesis(assets: Sequence[Asset], today: date) -> Synthesis:
    """The page of synthesis of these assets, at this day."""
    dangers = _dangers(assets, today)
    return Synthesis(
        opinion=_opinion(assets),
        figures=_figures(assets, today),
        ages=_ages(assets, today),
        ages_note=_ages_note(assets, today),
        supports=_supports(assets, today),
        supports_note=f"{counted(sum(map(has_system, assets)), 'système')} au {formats.day(today)}.",
        risks=tuple(_risk(danger, found) for danger, found in dangers[:SHOWN_RISKS]),
        recommendations=_recommendations(dangers[:SHOWN_ACTIONS]) if assets else _FIRST_STEPS,
    )


_FIRST_STEPS = (
    (("Relever les biens : importer l’inventaire d’un agent, un tableau, ou décrire chaque poste.", False),),
    (("Noter pour chacun sa criticité, son état et sa date de mise en service.", False),),
)


def counted(n: int, one: str) -> str:
    """« 1 bien », « 12 biens »."""
    return f"{formats.number(n)}\u00a0{one}{'s' if n > 1 else ''}"


def _euros(cents: int) -> str:
    return formats.number(Decimal(cents) / 100) + "\u00a0€"


def _worth(assets: Sequence[Asset]) -> int:
    return sum(asset.replacement_value or 0 for asset in assets)


def _opinion(assets: Sequence[Asset]) -> tuple[str, str, str]:
    """The condition in a few words, and what they rest on."""
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


def _figures(assets: Sequence[Asset], today: date) -> tuple[tuple[str, str, str], ...]:
    workstations = sum(bool(asset.is_workstation) for asset in assets)
    unpriced = sum(asset.replacement_value is None for asset in assets)
    seen = sum(asset.finding == Finding.SEEN for asset in assets)
    expired = sum(_unsupported(asset, today) for asset in assets)
    share = f", {formats.percent(Decimal(seen) / len(assets))} du parc" if assets else ""
    return (
        (formats.number(len(assets)), _plural(len(assets), "bien"),
         f"recensé{'s' if len(assets) > 1 else ''}, dont {counted(workstations, 'poste')} de travail"),
        (_euros(_worth(assets)), "HT",
         "valeur de remplacement" + (f", {counted(unpriced, 'bien')} sans valeur" if unpriced else "")),
        (formats.number(seen), _plural(seen, "bien"), f"vu{'s' if seen > 1 else ''} sur place{share}"),
        (formats.number(expired), _plural(expired, "système"), "dont le support a pris fin"),
    )  # fmt: skip


def _plural(n: int, one: str) -> str:
    return f"{one}s" if n > 1 else one


def _ages(assets: Sequence[Asset], today: date) -> tuple[Age, ...]:
    steps = [[0, 0] for _ in AGES]
    for asset in assets:
        age = age_of(asset, today)
        if age is not None:
            steps[min(age, len(AGES) - 1)][not asset.is_workstation] += 1
    return tuple(
        Age(label, left, right, i >= OLD_YEARS)
        for i, (label, (left, right)) in enumerate(zip(AGES, steps, strict=True))
    )


def _ages_note(assets: Sequence[Asset], today: date) -> str:
    known = [
        today - since
        for asset in assets
        if asset.is_workstation and (since := asset.commissioned_on or asset.purchased_on) is not None
    ]
    unknown = sum(age_of(asset, today) is None for asset in assets)
    parts = [f"Foncé : {OLD_YEARS} ans et plus."]
    if known:
        years = Decimal(sum(span.days for span in known)) / len(known) / DAYS_IN_YEAR
        parts.insert(0, f"Âge moyen des postes : {formats.number(years, 1)}\u00a0ans.")
    if unknown:
        parts.append(f"{counted(unknown, 'bien')} sans date.")
    return " ".join(parts)


def _supports(assets: Sequence[Asset], today: date) -> tuple[Support, ...]:
    ends = [asset.support_end for asset in assets if has_system(asset)]
    bounds = [today, *(add_months(today, months) for months in (6, 12, 24)), date.max]
    labels = ("Expiré", "< 6 mois", "6 à 12 mois", "12 à 24 mois", "> 24 mois")
    found = []
    low = date.min
    for gravity, (label, high) in zip(range(4, -1, -1), zip(labels, bounds, strict=True), strict=True):
        found.append(Support(label, sum(end is not None and low <= end < high for end in ends), gravity))
        low = high
    return (*found, Support("Inconnu", sum(end is None for end in ends), -1))


def _dangers(assets: Sequence[Asset], today: date) -> list[tuple[Danger, list[Asset]]]:
    """What was found, the most critical first, then the most frequent."""
    met = [(danger, [asset for asset in assets if danger.test(asset, today)]) for danger in DANGERS]
    return sorted(
        ((danger, found) for danger, found in met if found), key=lambda pair: (-_gravity(pair[1]), -len(pair[1]))
    )


def _gravity(assets: Sequence[Asset]) -> int:
    return max(int(asset.criticality.value) if asset.criticality else 0 for asset in assets)


def _risk(danger: Danger, found: Sequence[Asset]) -> Risk:
    gravity = _gravity(found)
    return Risk(danger.words, len(found), str(gravity) if gravity else formats.MISSING, numbers_of(found))


def numbers_of(assets: Sequence[Asset]) -> str:
    """« PC-0017, PC-0018 et 7 autres »."""
    named = ", ".join(asset.number for asset in assets[:NAMED])
    left = len(assets) - NAMED
    return named if left <= 0 else f"{named} et {formats.number(left)}\u00a0autre{'s' if left > 1 else ''}"


def _recommendations(dangers: Sequence[tuple[Danger, list[Asset]]]) -> tuple[tuple[tuple[str, bool], ...], ...]:
    lines: list[tuple[tuple[str, bool], ...]] = []
    for number, (danger, found) in enumerate(dangers, 1):
        act = danger.act.format(n=counted(len(found), "bien")) + f" (risque\u00a0{number})"
        worth = _worth(found) if danger.priced else 0
        if worth:
            lines.append(
                ((f"{act} : valeur de remplacement ", False), (formats.amount(worth) + "\u00a0HT", True), (".", False))
            )
        else:
            lines.append(((f"{act}.", False),))
    return tuple(lines) or ((("Aucune action n’est tirée des données relevées.", False),),)


def reserves(assets: Sequence[Asset]) -> tuple[Reserve, ...]:
    """What the inventory does not establish, and what stands apart from it."""
    rules: tuple[tuple[str, str, str, Callable[[Asset], bool]], ...] = (
        ("Réserve", "N° de série non relevé", "Rédacteur", lambda a: not a.serial),
        ("Réserve", "Bien non vu sur place (déclaré, ou relevé par un outil)", "Rédacteur",
         lambda a: a.finding != Finding.SEEN),
        ("Réserve", "État non évalué", "Rédacteur", lambda a: a.condition is None),
        ("Réserve", "Fin de support du système inconnue, à vérifier auprès de l’éditeur", "Rédacteur",
         lambda a: has_system(a) and a.support_end is None),
        ("Exclusion", "Bien d’un tiers ou d’un salarié : hors du contrat, sauf accord écrit", "Client",
         lambda a: a.ownership in {Ownership.THIRD_PARTY, Ownership.PERSONAL}),
    )  # fmt: skip
    met = ((nature, words, issuer, [a for a in assets if test(a)]) for nature, words, issuer, test in rules)
    return tuple(Reserve(numbers_of(found), nature, words, issuer) for nature, words, issuer, found in met if found)
