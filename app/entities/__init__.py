"""Every entity of the program, by key. A new one is declared in its file and named here."""

from app.entities.assets import ASSET, FAMILY
from app.entities.base import Entity, Numbering
from app.entities.company import COMPANY, PERSON, PROVIDER, SITE
from app.entities.contracts import CLOSING_DAY, CONTRACT, COVERAGE_SLOT, COVERED_ASSET, SERVICE_LEVEL
from app.entities.tickets import INTERVENTION, PART, TICKET

__all__ = ["ENTITIES", "Entity", "Numbering"]

ENTITIES: dict[str, Entity] = {
    entity.key: entity
    for entity in (
        ASSET,
        FAMILY,
        SITE,
        PERSON,
        PROVIDER,
        CONTRACT,
        SERVICE_LEVEL,
        COVERAGE_SLOT,
        CLOSING_DAY,
        COVERED_ASSET,
        TICKET,
        INTERVENTION,
        PART,
        COMPANY,
    )
}
