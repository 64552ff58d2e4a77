"""What may go wrong with the assets of the report, and what to do about it (domain.md A.7)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from app.fields import lowered
from app.models.codes import Condition, Verdict
from app.services.inventory_report.rows import AssetRow, Assets, Fleet, gravity
from app.services.inventory_report.safety import Found

POOR = (Condition.BAD, Condition.DEAD)
OUT = (Verdict.D, Verdict.E)


def age_of(asset: AssetRow, today: date) -> int | None:
    """Whole years since it was put in service, or bought; None if neither date is known."""
    since: date | None = asset.commissioned_on or asset.purchased_on
    if since is None:
        return None
    return max(today.year - since.year - ((today.month, today.day) < (since.month, since.day)), 0)


def unsupported(asset: AssetRow, today: date) -> bool:
    return asset.support_end is not None and asset.support_end < today


def _outlived(asset: AssetRow, today: date) -> bool:
    age = age_of(asset, today)
    return age is not None and asset.life_years is not None and age >= asset.life_years


def _vital(asset: AssetRow) -> bool:
    return asset.criticality is not None and asset.criticality.value >= "3"


def to_replace(asset: AssetRow, fleet: Fleet) -> bool:
    judged = fleet.judged(asset)
    return judged is not None and judged.verdict in OUT


@dataclass(frozen=True)
class Danger:
    """`act` is what to do about {n} assets, {s} their plural; `priced` adds what replacing them would cost."""

    words: str
    act: str
    chapter: str
    test: Callable[[AssetRow, Fleet], bool]
    priced: bool = False


DANGERS = (
    Danger(
        "Systèmes dont le support a pris fin",
        "Remplacer ou mettre à niveau {n} sans support",
        "7.3",
        lambda asset, fleet: unsupported(asset, fleet.today),
        priced=True,
    ),
    Danger(
        "Biens à remplacer ou à mettre au rebut (verdicts D et E)",
        "Remplacer {n} D et E",
        "5",
        to_replace,
        priced=True,
    ),
    Danger(
        "Biens hors service ou en mauvais état",
        "Réparer ou sortir du parc {n} en état 0 ou 1",
        "4",
        lambda asset, fleet: asset.condition in POOR and fleet.judged(asset) is None,
        priced=True,
    ),
    Danger(
        "Données personnelles sur un disque non chiffré",
        "Chiffrer {n} portant des données personnelles",
        "7.3",
        lambda asset, _: bool(asset.personal_data) and asset.encrypted is False,
    ),
    Danger(
        "Biens critiques (3 ou 4) dont la garantie a pris fin",
        "Vérifier que le contrat couvre {n} critique{s} hors garantie",
        "4",
        lambda asset, fleet: _vital(asset) and asset.warranty_end is not None and asset.warranty_end < fleet.today,
    ),
    Danger(
        "Biens ayant dépassé la durée de vie cible de leur famille",
        "Inscrire au budget le renouvellement de {n} en fin de vie",
        "4",
        lambda asset, fleet: _outlived(asset, fleet.today),
        priced=True,
    ),
    Danger(
        "Biens critiques (3 ou 4) dont l’état n’est pas évalué",
        "Évaluer l’état de {n} critique{s}",
        "4",
        lambda asset, fleet: _vital(asset) and asset.condition is None and fleet.judged(asset) is None,
    ),
)


TOLD = {"support-ended", "support-ending", "disk-clear"}
"""Checks of services.security that DANGERS already tells."""
Met = tuple[Danger, Assets]
"""A danger and the assets that it is met on."""


def dangers(fleet: Fleet, faults: Sequence[Found]) -> list[Met]:
    """What was found, the most critical first, then the most frequent."""
    met: list[Met] = [(danger, [asset for asset in fleet.rows if danger.test(asset, fleet)]) for danger in DANGERS]
    met += [(_surveyed(fault), fault.rows) for fault in faults if fault.key not in TOLD]
    return sorted(
        ((danger, found) for danger, found in met if found), key=lambda pair: (-gravity(pair[1]), -len(pair[1]))
    )


def _surveyed(fault: Found) -> Danger:
    """A fault that only an inventory tool can see."""
    act = f"{fault.title} sur {{n}}\u00a0: {lowered(fault.advice).rstrip('.')}"
    return Danger(fault.title, act, "7.3", lambda _, __: False)
