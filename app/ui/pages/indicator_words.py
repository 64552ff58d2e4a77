"""What is said of the records behind an indicator: their names, their results, what is missing without them."""

from collections.abc import Mapping

from app.entities import ENTITIES
from app.fields import lowered, number
from app.kpi import Kpi
from app.services.behind import RecordRow, TicketRow
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell

KEPT, BROKEN = "Tenu", "Dépassé"
GOOD, KEPT_BACK, QUIET, BAD = Mark("ok"), Mark("warn"), Mark("mute"), Mark("bad", loud=True)
HITS: Mapping[str, tuple[tuple[str, Mark], tuple[str, Mark]]] = {
    "fcr": (("Premier contact", GOOD), ("Plus tard", QUIET)),
    "recurrence": (("Revenu", KEPT_BACK), ("Premier", QUIET)),
    "reouverture": (("Rouvert", KEPT_BACK), ("Non rouvert", QUIET)),
    "csat": (("Satisfait", GOOD), ("Avec réserve", KEPT_BACK)),
    "ratio_preventif": (("Préventif", GOOD), ("Correctif", QUIET)),
    "realisation_preventif": (("Dans les temps", GOOD), ("Hors délai", BAD)),
    "documents": (("À temps", GOOD), ("En retard", BAD)),
}
"""What a record counted in the numerator of a rate is called, then one that is not; only what calls for an act is
tinted."""
PROMISED = ((KEPT, GOOD), (BROKEN, BAD))
USUAL = (("Compté", GOOD), ("Non compté", QUIET))
WEIGHTS: Mapping[str, str] = {
    "mdt": "Arrêt", "mtbf": "Arrêt", "dispo": "Arrêt", "dispo_ponderee": "Arrêt", "backlog": "Âge",
    "backlog_age": "Âge", "ratio_preventif": "Temps passé", "cout_valeur": "Coût HT",
}  # fmt: skip
"""What the amount of a record is, when it is not a plain duration."""
NOTHING: Mapping[str, tuple[str, str]] = {
    "ticket": ("Aucun ticket", "Choisissez une autre période, ou saisissez vos tickets."),
    "asset": ("Aucun bien", "Mettez des biens en service, avec leur date et leur contrat."),
    "evaluation": ("Aucune fiche", "Remettez une fiche d’évaluation après chaque intervention, puis saisissez-la."),
    "visit": ("Aucune visite", "Planifiez l’entretien préventif\u00a0: chaque visite prévue comptera ici."),
    "due_document": ("Aucun document dû", "Dites dans le contrat quels documents sont dus, et quand."),
    "intervention": ("Aucune intervention", "Saisissez le temps passé dans les interventions."),
    "contract": ("Aucun coût", "Il faut des contrats ou des factures, et la valeur de remplacement des biens."),
}
"""By the entity behind: a tile's words in place of n, and what to do."""


def nothing(kpi: Kpi) -> tuple[str, str]:
    """What stands in place of n, and what to do so that there is something."""
    return NOTHING.get(kpi.behind, ("Sans donnée", "Choisissez une autre période."))


def outcome(kpi: Kpi, row: TicketRow | RecordRow) -> bool | None:
    """Whether the promise was kept, or the record counts in the numerator; None when it is not judged."""
    return row.met if kpi.promise and isinstance(row, TicketRow) else row.hit


def _told(kpi: Kpi) -> tuple[tuple[str, Mark], tuple[str, Mark]]:
    return PROMISED if kpi.promise else HITS.get(kpi.code, USUAL)


def outcome_words(kpi: Kpi) -> tuple[str, str]:
    """Of a record counted in the numerator, and of one that is not."""
    (yes, _), (no, _) = _told(kpi)
    return yes, no


def outcome_cell(kpi: Kpi, found: bool | None) -> Cell:
    if found is None:
        return Cell("Sans engagement" if kpi.promise else "", mark=QUIET if kpi.promise else None)
    words, mark = _told(kpi)[0 if found else 1]
    return Cell(words, mark=mark)


def several(kpi: Kpi, count: int) -> str:
    """« Les 24 tickets retenus », « Le bien retenu », « Aucune visite »."""
    entity = ENTITIES[kpi.behind]
    end = "e" if entity.gender == "f" else ""
    if not count:
        return f"Aucun{end} {lowered(entity.one)}"
    if count == 1:
        article = "L’" if lowered(entity.one)[0] in "aeéiou" else "La " if end else "Le "
        return f"{article}{lowered(entity.one)} retenu{end}"
    return f"Les {number(count)}\u00a0{lowered(entity.many)} retenu{end}s"
