"""Every entity of the program, by key. A new one is declared in its file and named here."""

from app.entities.accounting import ACCOUNT, FIXED_ASSET
from app.entities.agreements import CONTRACT_SERVICE, DUE_DOCUMENT, DUTY, GDPR_ITEM, RECEIVED_DOCUMENT, RETURN_ITEM
from app.entities.assets import ASSET, COMPONENT, FAMILY, FAMILY_FIELD, LOAN, SURVEY
from app.entities.base import Entity, Numbering
from app.entities.campaigns import CAMPAIGN, CAMPAIGN_LINE
from app.entities.clauses import CLAUSE, CONTRACT_CLAUSE
from app.entities.company import COMPANY, PERSON, SITE
from app.entities.consultations import (
    CONSULTATION,
    CRITERION,
    NEGOTIATION_POINT,
    OFFER,
    OFFER_NOTE,
    OFFER_PRICE,
    PRICE_LINE,
)
from app.entities.contract_parts import (
    CLOSING_DAY,
    COVER_RULE,
    COVERAGE_SLOT,
    COVERED_ASSET,
    NOTICE_DECISION,
    SERVICE_LEVEL,
)
from app.entities.contracts import AMENDMENT, CONTRACT
from app.entities.deadlines import HANDLED, REMINDER
from app.entities.evaluations import (
    EVALUATION,
    QUESTIONNAIRE,
    SATISFACTION_ANSWER,
    SATISFACTION_QUESTION,
    SATISFACTION_RESPONSE,
    SATISFACTION_SURVEY,
)
from app.entities.expertises import EXPERTISE, EXPERTISE_SHEET
from app.entities.invoices import (
    BUDGET,
    HOUR_PURCHASE,
    INVOICE,
    INVOICE_LINE,
    INVOICE_VAT,
    PENALTY_CLAIM,
    SEMESTER_RATE,
)
from app.entities.judgement import (
    BREACH_NOTE,
    IMPROVEMENT,
    INDICATOR_NOTE,
    INDICATOR_TARGET,
    OBJECTIVE,
    PERIOD_REVIEW,
    REPLACEMENT,
    SCORECARD,
    SCORECARD_NOTE,
)
from app.entities.meetings import MEETING, MEETING_ACTION
from app.entities.needs import NEED
from app.entities.planning import BACKUP_PLAN, MAINTENANCE_TASK, VISIT, VISIT_CHECK, VISIT_PERSON
from app.entities.pricing import INDEX_VALUE, PENALTY, REVISION, UNIT_PRICE
from app.entities.providers import ACCESS_GRANT, CERTIFICATE, PROVIDER, PROVIDER_CONTACT
from app.entities.retirement import ERASURE, RETIREMENT
from app.entities.software import LICENCE, LICENCE_SEAT, SOFTWARE, SUPPORT_END
from app.entities.tickets import INTERVENTION, LOANER, PART, TICKET, TICKET_LINK

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
        PROVIDER_CONTACT,
        CERTIFICATE,
        ACCESS_GRANT,
        CONTRACT,
        AMENDMENT,
        CONTRACT_SERVICE,
        DUE_DOCUMENT,
        RECEIVED_DOCUMENT,
        DUTY,
        GDPR_ITEM,
        RETURN_ITEM,
        UNIT_PRICE,
        PENALTY,
        INDEX_VALUE,
        REVISION,
        INVOICE,
        INVOICE_LINE,
        INVOICE_VAT,
        HOUR_PURCHASE,
        PENALTY_CLAIM,
        SEMESTER_RATE,
        BUDGET,
        FIXED_ASSET,
        ACCOUNT,
        CLAUSE,
        CONTRACT_CLAUSE,
        CONSULTATION,
        CRITERION,
        PRICE_LINE,
        OFFER,
        OFFER_PRICE,
        OFFER_NOTE,
        NEGOTIATION_POINT,
        MEETING,
        MEETING_ACTION,
        NOTICE_DECISION,
        REMINDER,
        HANDLED,
        SERVICE_LEVEL,
        COVERAGE_SLOT,
        CLOSING_DAY,
        COVER_RULE,
        COVERED_ASSET,
        TICKET,
        TICKET_LINK,
        INTERVENTION,
        PART,
        LOANER,
        MAINTENANCE_TASK,
        VISIT,
        VISIT_CHECK,
        VISIT_PERSON,
        BACKUP_PLAN,
        EVALUATION,
        QUESTIONNAIRE,
        SATISFACTION_QUESTION,
        SATISFACTION_SURVEY,
        SATISFACTION_RESPONSE,
        SATISFACTION_ANSWER,
        OBJECTIVE,
        INDICATOR_TARGET,
        INDICATOR_NOTE,
        BREACH_NOTE,
        PERIOD_REVIEW,
        SCORECARD,
        SCORECARD_NOTE,
        IMPROVEMENT,
        REPLACEMENT,
        COMPANY,
    )
}
