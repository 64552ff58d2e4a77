"""What the company keeps: mapped classes, one file per aggregate."""

from app.models.assets import Asset, Family
from app.models.base import Base, Record
from app.models.company import Company, Person, Provider, Site
from app.models.contracts import ClosingDay, Contract, CoverageSlot, CoveredAsset, ServiceLevel
from app.models.documents import Blob, Document, IssuedPaper
from app.models.system import Action, Counter, History, SavedView, Setting
from app.models.tickets import Intervention, Part, Ticket, TicketEvent

__all__ = [
    "Action",
    "Asset",
    "Base",
    "Blob",
    "ClosingDay",
    "Company",
    "Contract",
    "Counter",
    "CoverageSlot",
    "CoveredAsset",
    "Document",
    "Family",
    "History",
    "Intervention",
    "IssuedPaper",
    "Part",
    "Person",
    "Provider",
    "Record",
    "SavedView",
    "ServiceLevel",
    "Setting",
    "Site",
    "Ticket",
    "TicketEvent",
]
