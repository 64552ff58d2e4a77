"""Delays, hours, emergencies, the ways to ask."""

import re

from sqlalchemy import select

from app.fields import day, duration, joined, lowered, number
from app.fields.formats import DAYS
from app.models import (
    ClosingDay,
)
from app.models.contract_codes import EmergencyCover
from app.services import contracts
from app.services.variables.registry import Source, items, variable


@variable("Délais et heures", "niveaux_service", "Délais par priorité")
def _(source: Source) -> str | None:
    kept = contracts.levels_of(source.session, source.contract.id, source.on)
    told = []
    for priority, targets in sorted(kept.items()):
        delays = (
            ("prise en charge", targets.take),
            ("intervention sur site", targets.on_site),
            ("rétablissement", targets.restore),
        )
        words = [f"{name} {duration(minutes)}" for name, minutes in delays if minutes is not None]
        told += [f"{priority}\u00a0: {', '.join(words)}"] if words else []
    return items(told)


@variable("Délais et heures", "attente_piece", "L’attente d’une pièce arrête-t-elle le délai\u00a0?")
def _(source: Source) -> str | None:
    if source.contract.part_wait_stops:
        return "L’attente d’une pièce commandée à temps le suspend également."
    return "L’attente d’une pièce ne le suspend pas."


@variable("Délais et heures", "heures", "Heures couvertes")
def _(source: Source) -> str | None:
    told = contracts.hours_text(contracts.calendar_of(source.session, source.contract.id, source.on))
    return _DAYS.sub(_days, told) or None


_DAYS = re.compile(r"\b(lun|mar|mer|jeu|ven|sam|dim)(?:-(lun|mar|mer|jeu|ven|sam|dim))?\b")
_WHOLE = {name[:3]: name for name in DAYS}


def _days(found: re.Match[str]) -> str:
    """« lun-ven » -> « du lundi au vendredi », « sam » -> « le samedi »."""
    first, last = found[1], found[2]
    return f"du {_WHOLE[first]} au {_WHOLE[last]}," if last else f"le {_WHOLE[first]},"


@variable("Délais et heures", "jours_feries", "Zone des jours fériés")
def _(source: Source) -> str | None:
    return source.contract.zone.label


@variable("Délais et heures", "pentecote", "Lundi de Pentecôte")
def _(source: Source) -> str | None:
    return "travaillé" if source.contract.pentecost_worked else "férié et non travaillé"


@variable("Délais et heures", "fermetures", "Fermetures annuelles du prestataire")
def _(source: Source) -> str | None:
    own = ClosingDay
    kept = source.session.scalars(
        select(own)
        .where(own.contract_id == source.contract.id, own.deleted_at.is_(None), own.last_day >= source.on)
        .order_by(own.first_day)
    )
    told = items(f"{lowered(one.label or 'fermeture')}\u00a0: {_span(one)}" for one in kept)
    return told or "– aucune."


def _span(one: ClosingDay) -> str:
    if one.first_day == one.last_day:
        return f"le {day(one.first_day)}"
    return f"du {day(one.first_day)} au {day(one.last_day)} inclus"


@variable("Délais et heures", "urgences", "Urgences hors des heures")
def _(source: Source) -> str | None:
    told = source.contract
    if told.emergency == EmergencyCover.NONE:
        return "aucun secours n’est dû"
    return joined(lowered(told.emergency.label), lowered((told.emergency_terms or "").rstrip(" .")), by=", ")


@variable("Délais et heures", "numero_urgence", "Numéro d’urgence")
def _(source: Source) -> str | None:
    if source.contract.emergency == EmergencyCover.NONE:
        return "celui de l’assistance"
    return source.contract.emergency_phone


@variable("Délais et heures", "canaux", "Canaux de l’assistance")
def _(source: Source) -> str | None:
    told = source.contract
    portal = f"par le portail {told.portal_url}" if told.portal_url else "par le portail du prestataire"
    open_ = (
        (told.by_phone, "par téléphone"),
        (told.by_email, "par courriel"),
        (told.by_portal, portal),
        (told.by_chat, "par messagerie instantanée"),
    )
    words = [name for is_open, name in open_ if is_open]
    return " ou ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words) or None


@variable("Délais et heures", "demandes_simultanees", "Demandes traitées en même temps")
def _(source: Source) -> str | None:
    limit = source.contract.simultaneous_requests
    return f"au plus {number(limit)}" if limit else "sans limite"
