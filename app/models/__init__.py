"""What the company keeps: mapped classes, one file per aggregate."""

from app.models.assets import Asset, Component, Family, FamilyField, Loan, Survey
from app.models.base import Base, Record
from app.models.campaigns import Campaign, CampaignLine
from app.models.company import Company, Person, Provider, Site
from app.models.contracts import ClosingDay, Contract, CoverageSlot, CoveredAsset, ServiceLevel
from app.models.documents import Blob, Document, IssuedPaper
from app.models.expertises import Expertise, ExpertiseSheet
from app.models.needs import Need
from app.models.retirement import Erasure, Retirement
from app.models.software import Installation, Licence, LicenceSeat, Software, SupportEnd
from app.models.system import Action, Counter, History, SavedView, Setting
from app.models.tickets import Intervention, Part, Ticket, TicketEvent

__all__ = [
    "Action",
    "Asset",
    "Base",
    "Blob",
    "Campaign",
    "CampaignLine",
    "ClosingDay",
    "Company",
    "Component",
    "Contract",
    "Counter",
    "CoverageSlot",
    "CoveredAsset",
    "Document",
    "Erasure",
    "Expertise",
    "ExpertiseSheet",
    "Family",
    "FamilyField",
    "History",
    "Installation",
    "Intervention",
    "IssuedPaper",
    "Licence",
    "LicenceSeat",
    "Loan",
    "Need",
    "Part",
    "Person",
    "Provider",
    "Record",
    "Retirement",
    "SavedView",
    "ServiceLevel",
    "Setting",
    "Site",
    "Software",
    "SupportEnd",
    "Survey",
    "Ticket",
    "TicketEvent",
]
