"""Every entity of the program, by key. A new one is declared in its file and named here."""

from app.entities.assets import ASSET, COMPONENT, FAMILY, FAMILY_FIELD, LOAN, SURVEY
from app.entities.base import Entity, Numbering
from app.entities.campaigns import CAMPAIGN, CAMPAIGN_LINE
from app.entities.company import COMPANY, PERSON, PROVIDER, SITE
from app.entities.contracts import CLOSING_DAY, CONTRACT, COVERAGE_SLOT, COVERED_ASSET, SERVICE_LEVEL
from app.entities.expertises import EXPERTISE, EXPERTISE_SHEET
from app.entities.needs import NEED
from app.entities.retirement import ERASURE, RETIREMENT
from app.entities.software import LICENCE, LICENCE_SEAT, SOFTWARE, SUPPORT_END
from app.entities.tickets import INTERVENTION, PART, TICKET

__all__ = ["ENTITIES", "Entity", "Numbering"]

ENTITIES: dict[str, Entity] = {
    entity.key: entity
    for entity in (
        ASSET,
        FAMILY,
        FAMILY_FIELD,
        COMPONENT,
        LOAN,
        SURVEY,
        SOFTWARE,
        LICENCE,
        LICENCE_SEAT,
        SUPPORT_END,
        EXPERTISE,
        EXPERTISE_SHEET,
        NEED,
        CAMPAIGN,
        CAMPAIGN_LINE,
        ERASURE,
        RETIREMENT,
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
