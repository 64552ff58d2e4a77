"""The acts on an expertise, each as the content of its small dialog."""

from collections.abc import Sequence
from dataclasses import replace

from app.entities import ENTITIES
from app.services.expertises import lot, sheets
from app.services.expertises.sheets import Sheet
from app.ui.pages.acts import Act

SHEET = ENTITIES["expertise_sheet"]


def override(sheet: Sheet) -> Act:
    """The expert's own verdict; left empty, that of the rule holds again."""
    return Act(
        title="Avis de l’expert",
        verb="Garder cet avis",
        intro="Le verdict de la règle reste écrit à côté du vôtre, avec votre motif. Vide\u00a0: la règle vaut.",
        fields=(
            replace(SHEET.field("override"), group=""),
            replace(SHEET.field("override_reason"), group="", label="Motif", help="Il est imprimé dans le rapport."),
        ),
        start={"override": sheet.override, "override_reason": sheet.override_reason},
        run=lambda s, v: sheets.override(s, sheet.id, v["override"], v["override_reason"] or ""),
        told="Avis de l’expert gardé",
    )


def close(expertise_id: int, number: str, left: Sequence[str]) -> Act:
    """What closing does; with assets left, they become reserves of the report."""
    told = f"{lot.left_told(left)} Ils seront écrits dans les réserves du rapport. " if left else ""
    return Act(
        title=f"Clore {number}",
        verb="Clore quand même" if left else "Clore l’expertise",
        intro=f"{told}Une expertise close ne change plus\u00a0; elle peut être rouverte.",
        fields=(),
        run=lambda s, _: lot.close(s, expertise_id, anyway=bool(left)),
        told=f"{number} close",
    )
