"""What the company keeps: mapped classes, one file per aggregate."""

from app.models.accounting import Account, FixedAsset
from app.models.agreements import ContractService, DueDocument, Duty, GdprItem, ReceivedDocument, ReturnItem
from app.models.assets import Asset, Component, Family, FamilyField, Loan, Survey
from app.models.base import Base, Record
from app.models.campaigns import Campaign, CampaignLine
from app.models.clauses import Clause, ClauseRevision, ContractClause
from app.models.company import Company, Person, Site
from app.models.consultations import (
    Consultation,
    Criterion,
    NegotiationPoint,
    Offer,
    OfferNote,
    OfferPrice,
    PriceLine,
)
from app.models.contracts import (
    Amendment,
    ClosingDay,
    Contract,
    CoverageSlot,
    CoveredAsset,
    CoverRule,
    NoticeDecision,
    ServiceLevel,
)
from app.models.deadlines import Handled, Reminder
from app.models.documents import Blob, Document, IssuedPaper
from app.models.evaluations import (
    Evaluation,
    Questionnaire,
    SatisfactionAnswer,
    SatisfactionQuestion,
    SatisfactionResponse,
    SatisfactionSurvey,
)
from app.models.expertises import Expertise, ExpertiseSheet
from app.models.invoices import (
    Budget,
    HourPurchase,
    Invoice,
    InvoiceLine,
    InvoiceVat,
    PenaltyClaim,
    SemesterRate,
)
from app.models.judgement import (
    BreachNote,
    Improvement,
    IndicatorNote,
    IndicatorTarget,
    Objective,
    PeriodReview,
    Replacement,
    Scorecard,
    ScorecardNote,
)
from app.models.meetings import Meeting, MeetingAction
from app.models.needs import Need
from app.models.planning import BackupPlan, MaintenanceTask, Visit, VisitCheck, VisitPerson
from app.models.pricing import IndexValue, Penalty, Revision, UnitPrice
from app.models.providers import AccessGrant, Certificate, Provider, ProviderContact
from app.models.retirement import Erasure, Retirement
from app.models.software import Installation, Licence, LicenceSeat, Software, SupportEnd
from app.models.system import Action, Counter, History, SavedView, Setting
from app.models.tickets import Intervention, Loaner, Part, Ticket, TicketEvent, TicketLink

__all__ = [
    "AccessGrant",
    "Account",
    "Action",
    "Amendment",
    "Asset",
    "BackupPlan",
    "Base",
    "Blob",
    "BreachNote",
    "Budget",
    "Campaign",
    "CampaignLine",
    "Certificate",
    "Clause",
    "ClauseRevision",
    "ClosingDay",
    "Company",
    "Component",
    "Consultation",
    "Contract",
    "ContractClause",
    "ContractService",
    "Counter",
    "CoverRule",
    "CoverageSlot",
    "CoveredAsset",
    "Criterion",
    "Document",
    "DueDocument",
    "Duty",
    "Erasure",
    "Evaluation",
    "Expertise",
    "ExpertiseSheet",
    "Family",
    "FamilyField",
    "FixedAsset",
    "GdprItem",
    "Handled",
    "History",
    "HourPurchase",
    "Improvement",
    "IndexValue",
    "IndicatorNote",
    "IndicatorTarget",
    "Installation",
    "Intervention",
    "Invoice",
    "InvoiceLine",
    "InvoiceVat",
    "IssuedPaper",
    "Licence",
    "LicenceSeat",
    "Loan",
    "Loaner",
    "MaintenanceTask",
    "Meeting",
    "MeetingAction",
    "Need",
    "NegotiationPoint",
    "NoticeDecision",
    "Objective",
    "Offer",
    "OfferNote",
    "OfferPrice",
    "Part",
    "Penalty",
    "PenaltyClaim",
    "PeriodReview",
    "Person",
    "PriceLine",
    "Provider",
    "ProviderContact",
    "Questionnaire",
    "ReceivedDocument",
    "Record",
    "Reminder",
    "Replacement",
    "Retirement",
    "ReturnItem",
    "Revision",
    "SatisfactionAnswer",
    "SatisfactionQuestion",
    "SatisfactionResponse",
    "SatisfactionSurvey",
    "SavedView",
    "Scorecard",
    "ScorecardNote",
    "SemesterRate",
    "ServiceLevel",
    "Setting",
    "Site",
    "Software",
    "SupportEnd",
    "Survey",
    "Ticket",
    "TicketEvent",
    "TicketLink",
    "UnitPrice",
    "Visit",
    "VisitCheck",
    "VisitPerson",
]
