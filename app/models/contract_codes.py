"""The closed lists of contracts, providers, consultations and meetings (domain.md C)."""

from app.codes import Code


class ContractKind(Code):
    """How far the provider answers for the whole (seed 003)."""

    MAINTENANCE = "maintenance", "Maintenance"
    MANAGED = "managed", "Infogérance"
    HOURS = "hours", "Banque d’heures"
    SUPPLY = "supply", "Location ou abonnement"


class Obligation(Code):
    """domain.md C.12: what the provider owes, his care or a measured level."""

    MEANS = "means", "De moyens"
    RESULTS = "results", "De résultats"


class ClientStatus(Code):
    """Who is protected by the Code de la consommation (domain.md C.3)."""

    PROFESSIONAL = "professional", "Entreprise"
    NON_PROFESSIONAL = "non_professional", "Non-professionnel (CSE, association…)"


class EmergencyCover(Code):
    """Out of the covered hours (seed 004)."""

    NONE = "none", "Aucun secours"
    ON_CALL = "on_call", "Astreinte du prestataire"
    BEST_EFFORT = "best_effort", "Selon ses disponibilités"


class PriceModel(Code):
    """domain.md C.6."""

    FLAT = "flat", "Forfait"
    PER_UNIT = "per_unit", "Par poste ou par utilisateur"
    PER_ACT = "per_act", "À l’acte"
    HOUR_BANK = "hour_bank", "Banque d’heures"
    MIXED = "mixed", "Forfait et actes"


class Billing(Code):
    ADVANCE = "advance", "D’avance"
    ARREARS = "arrears", "À terme échu"


class PaymentRule(Code):
    """From where the days to pay are counted (domain.md C.5)."""

    INVOICE = "invoice", "Date de la facture"
    MONTH_END_AFTER = "month_end_after", "Date de la facture, puis fin de mois"
    MONTH_END_BEFORE = "month_end_before", "Fin du mois de la facture"


class CountRule(Code):
    """When the units to pay are counted (domain.md C.6)."""

    MONTH_START = "month_start", "Au premier du mois"
    AVERAGE = "average", "Moyenne du mois"


class IndexSeries(Code):
    """The Syntec index was replaced from August 2022 on (domain.md C.4)."""

    OLD = "old", "Ancienne (avant août 2022)"
    REVISED = "revised", "Révisée"


class ServiceType(Code):
    """Kinds of maintenance a contract may hold (seeds 000, 002, 004)."""

    PREVENTIVE = "preventive", "Préventive"
    CORRECTIVE = "corrective", "Corrective"
    EVOLUTIVE = "evolutive", "Évolutive"
    ASSISTANCE = "assistance", "Assistance aux utilisateurs"
    MONITORING = "monitoring", "Supervision"
    BACKUP = "backup", "Sauvegarde"
    SECURITY = "security", "Sécurité"
    ADVICE = "advice", "Conseil et pilotage"


class Frequency(Code):
    ON_DEMAND = "on_demand", "À la demande"
    CONTINUOUS = "continuous", "En continu"
    DAILY = "daily", "Chaque jour"
    WEEKLY = "weekly", "Chaque semaine"
    MONTHLY = "monthly", "Chaque mois"
    QUARTERLY = "quarterly", "Chaque trimestre"
    HALF_YEARLY = "half_yearly", "Chaque semestre"
    YEARLY = "yearly", "Chaque année"


class Inclusion(Code):
    INCLUDED = "included", "Compris", "ok"
    OPTION = "option", "En option", "info"
    EXTRA = "extra", "Hors forfait, sur devis", "warn"
    EXCLUDED = "excluded", "Exclu", "mute"


class Side(Code):
    PROVIDER = "provider", "Prestataire"
    CLIENT = "client", "Client"


class PenaltyTrigger(Code):
    """domain.md C.7."""

    TAKE = "take", "Prise en charge en retard"
    ON_SITE = "on_site", "Intervention sur site en retard"
    RESTORE = "restore", "Rétablissement en retard"
    DOCUMENT = "document", "Document remis en retard"
    PREVENTIVE = "preventive", "Préventif non fait"
    OTHER = "other", "Autre manquement"


class PenaltyUnit(Code):
    BREACH = "breach", "Par manquement"
    HOUR = "hour", "Par heure commencée"
    DAY = "day", "Par jour commencé"


class PenaltyForm(Code):
    CREDIT = "credit", "Avoir"
    DEDUCTION = "deduction", "Déduction sur la facture"


class DueRule(Code):
    """When a document is owed (domain.md A.5)."""

    AFTER_VISIT = "after_visit", "Après chaque intervention"
    AFTER_INCIDENT = "after_incident", "Après chaque incident P1 ou P2"
    MONTHLY = "monthly", "Chaque mois"
    QUARTERLY = "quarterly", "Avant chaque trimestre"
    YEARLY = "yearly", "Chaque année"
    ONCE = "once", "Une fois, à la prise d’effet"


class AmendmentStatus(Code):
    DRAFT = "draft", "Projet", "mute"
    SIGNED = "signed", "Signé", "ok"


class Choosing(Code):
    """What was decided of a period (look.md, notice panel)."""

    DENOUNCE = "denounce", "Dénoncer", "warn"
    RENEGOTIATE = "renegotiate", "Renégocier", "info"
    RENEW = "renew", "Laisser reconduire", "ok"


class Answer(Code):
    """Of a list to check: a lack is said, what does not apply is left out of the score."""

    YES = "yes", "Écrit au contrat", "ok"
    NO = "no", "Absent", "bad", True
    UNKNOWN = "unknown", "À vérifier", "warn"
    NOT_APPLICABLE = "not_applicable", "Sans objet", "mute"


class DocumentRole(Code):
    """What a document attached to a contract or an amendment is."""

    SIGNED = "signed", "Exemplaire signé", "ok"
    ANNEX = "annex", "Annexe", "info"
    GENERAL_TERMS = "general_terms", "Conditions générales", "info"
    OFFER = "offer", "Offre ou devis", "info"


class ClauseFamily(Code):
    """domain.md C.9."""

    LEGAL = "legal", "Juridique"
    TECHNICAL = "technical", "Technique"
    ORGANISATION = "organisation", "Organisation"
    COMMERCIAL = "commercial", "Commercial"


class ContactRole(Code):
    SALES = "sales", "Commercial"
    TECHNICIAN = "technician", "Technicien"
    DISPATCH = "dispatch", "Assistance"
    TECHNICAL_LEAD = "technical_lead", "Responsable technique"
    DIRECTOR = "director", "Direction"
    ACCOUNTING = "accounting", "Comptabilité"


class CertificateKind(Code):
    """domain.md C.8."""

    URSSAF = "urssaf", "Attestation de vigilance URSSAF"
    KBIS = "kbis", "Extrait Kbis"
    INSURANCE = "insurance", "Assurance responsabilité civile"
    OTHER = "other", "Autre document"


class AccessLevel(Code):
    USER = "user", "Utilisateur"
    REMOTE = "remote", "Prise en main à distance"
    ADMIN = "admin", "Administrateur"
    PHYSICAL = "physical", "Accès aux locaux, badge ou clé"


class ConsultationStatus(Code):
    DRAFT = "draft", "En préparation", "mute"
    OPEN = "open", "Offres attendues", "info", True
    COMPARING = "comparing", "À comparer", "warn", True
    AWARDED = "awarded", "Attribuée", "ok"
    DROPPED = "dropped", "Sans suite", "mute"


class OfferStatus(Code):
    INVITED = "invited", "Consulté", "mute"
    RECEIVED = "received", "Reçue", "info"
    CHOSEN = "chosen", "Retenue", "ok"
    REFUSED = "refused", "Écartée", "mute"
    DECLINED = "declined", "N’a pas répondu", "mute"


class NegotiationObject(Code):
    """The four objects of seed 001."""

    PRICE = "price", "Prix"
    QUALITY = "quality", "Qualité"
    DELAY = "delay", "Délai"
    GUARANTEES = "guarantees", "Garanties d’exécution"


class PointState(Code):
    OPEN = "open", "En discussion", "info"
    OBTAINED = "obtained", "Obtenu", "ok"
    PARTIAL = "partial", "Obtenu en partie", "warn"
    REFUSED = "refused", "Refusé", "bad"


class MeetingKind(Code):
    """domain.md C.12."""

    LAUNCH = "launch", "Démarrage"
    REVIEW = "review", "Revue périodique"
    YEARLY = "yearly", "Bilan annuel"
    CRISIS = "crisis", "Incident grave"
    NEGOTIATION = "negotiation", "Négociation"
    EXIT = "exit", "Fin de contrat"


class MeetingStatus(Code):
    PLANNED = "planned", "Prévue", "info"
    HELD = "held", "Tenue", "ok"
    CANCELLED = "cancelled", "Annulée", "mute"


class ActionState(Code):
    TO_DO = "to_do", "À faire", "info"
    DONE = "done", "Faite", "ok"
    DROPPED = "dropped", "Abandonnée", "mute"


class ReturnState(Code):
    """Of one line of the reversibility (domain.md C.11)."""

    TO_DO = "to_do", "À faire", "mute"
    ASKED = "asked", "Demandé", "hold"
    RECEIVED = "received", "Reçu", "info"
    CHECKED = "checked", "Vérifié", "ok"
    MISSING = "missing", "Non rendu", "bad", True
    NOT_APPLICABLE = "not_applicable", "Sans objet", "mute"
