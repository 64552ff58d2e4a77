"""The five levels of maintenance and who does them in a contract (domain.md A.3, NF X 60-000)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.codes import Code
from app.services.amendments import on_day


class Doer(Code):
    OURS = "ours", "Vous", "info"
    CONTRACT = "contract", "Compris au contrat", "ok"
    QUOTE = "quote", "Sur devis", "warn"
    UNSAID = "unsaid", "Non précisé", "mute"


LEVELS = (
    ("Geste simple, sans rien ouvrir", "Redémarrer, changer un toner ou un câble, retirer un papier coincé"),
    ("Échange simple, en suivant une notice", "Changer un clavier, un écran\u00a0; poser les mises à jour"),
    (
        "Diagnostic, échange de composants",
        "Changer un disque, une alimentation\u00a0; réinstaller\u00a0; régler un réseau",
    ),
    ("Technique ou outil spécialisé", "Reconstruire un RAID, une base, un hyperviseur, un annuaire"),
    ("Remise à neuf, par le constructeur", "Réparer une carte mère, rénover une baie de disques"),
)
"""Of levels 1 to 5: what it is, and what it is in computing."""


@dataclass(frozen=True, slots=True)
class MaintenanceLevel:
    number: int
    meaning: str
    examples: str
    doer: Doer


def levels_on(session: Session, contract_id: int, day: date) -> list[MaintenanceLevel]:
    """Who does each of the five, by the terms of that day."""
    contract = on_day(session, contract_id, day)
    return [
        MaintenanceLevel(number, *words, doer(number, contract.internal_level, contract.contract_level))
        for number, words in enumerate(LEVELS, 1)
    ]


def doer(level: int, internal: int | None, contracted: int | None) -> Doer:
    """Up to `internal` the company, up to `contracted` the provider under the contract, then on a quote."""
    if internal is not None and level <= internal:
        return Doer.OURS
    if contracted is None:
        return Doer.UNSAID
    return Doer.CONTRACT if level <= contracted else Doer.QUOTE
