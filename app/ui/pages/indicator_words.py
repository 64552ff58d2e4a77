"""What is said of the records behind an indicator: their names, their results, what is missing without them."""

from collections.abc import Mapping

from app.entities import ENTITIES
from app.fields import lowered, number
from app.kpi import Good, Kpi
from app.services.behind import RecordRow, TicketRow
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell

KEPT, BROKEN = "Tenu", "Dépassé"
HITS: Mapping[str, tuple[str, str]] = {
    "fcr": ("Premier contact", "Plus tard"),
    "recurrence": ("Revenu", "Premier"),
    "reouverture": ("Rouvert", "Non rouvert"),
    "csat": ("Satisfait", "Non satisfait"),
    "ratio_preventif": ("Préventif", "Correctif"),
    "realisation_preventif": ("Dans les temps", "Manquée"),
    "documents": ("À temps", "En retard"),
}
"""What a record counted in the numerator of a rate is called, and one that is not."""
USUAL = ("Compté", "Non compté")
NOTHING: Mapping[str, tuple[str, str]] = {
    "ticket": ("Aucun ticket", "Choisissez une autre période, ou saisissez vos tickets."),
    "asset": ("Aucun bien", "Mettez des biens en service, avec leur date et leur contrat."),
    "evaluation": ("Aucune fiche", "Remettez une fiche d’évaluation après chaque intervention, puis saisissez-la."),
    "visit": ("Aucune visite", "Planifiez l’entretien préventif\u00a0: chaque visite prévue comptera ici."),
    "deliverable": ("Aucun document dû", "Dites dans le contrat quels documents sont dus, et quand."),
    "received_document": ("Aucun document dû", "Dites dans le contrat quels documents sont dus, et quand."),
    "intervention": ("Aucune intervention", "Saisissez le temps passé dans les interventions."),
    "invoice": ("Aucun coût", "Enregistrez les factures, et la valeur de remplacement des biens."),
}
"""By the entity behind: a tile's words in place of n, and what to do."""


def nothing(kpi: Kpi) -> tuple[str, str]:
    """What stands in place of n, and what to do so that there is something."""
    return NOTHING.get(kpi.behind, ("Sans donnée", "Choisissez une autre période."))


def outcome(kpi: Kpi, row: TicketRow | RecordRow) -> bool | None:
    """Whether the promise was kept, or the record counts in the numerator; None when it is not judged."""
    return row.met if kpi.promise and isinstance(row, TicketRow) else row.hit


def outcome_words(kpi: Kpi) -> tuple[str, str]:
    return (KEPT, BROKEN) if kpi.promise else HITS.get(kpi.code, USUAL)


def outcome_cell(kpi: Kpi, found: bool | None) -> Cell:
    """Only what is wrong is tinted."""
    if found is None:
        return Cell("Sans engagement" if kpi.promise else "", mark=Mark("mute") if kpi.promise else None)
    words = outcome_words(kpi)[0 if found else 1]
    bad = found if kpi.good == Good.DOWN and not kpi.promise else not found
    return Cell(words, mark=Mark("bad", loud=True) if bad else Mark("ok"))


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
