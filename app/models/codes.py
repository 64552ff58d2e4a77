"""The closed lists of the trade (domain.md A to D). The first word is kept in the base and never changes."""

from app.codes import Code


class Zone(Code):
    """Where the public holidays are taken from (domain.md D.2)."""

    METROPOLE = "metropole", "Métropole"
    ALSACE_MOSELLE = "alsace_moselle", "Alsace-Moselle"
    ALSACE_MOSELLE_TEMPLE = "alsace_moselle_temple", "Alsace-Moselle, commune avec temple"
    GUADELOUPE = "guadeloupe", "Guadeloupe"
    MARTINIQUE = "martinique", "Martinique"
    GUYANE = "guyane", "Guyane"
    REUNION = "reunion", "La Réunion"
    MAYOTTE = "mayotte", "Mayotte"
    SAINT_MARTIN = "saint_martin", "Saint-Martin"
    SAINT_BARTHELEMY = "saint_barthelemy", "Saint-Barthélemy"


class Role(Code):
    USER = "user", "Utilisateur"
    TECHNICIAN = "technician", "Technicien"
    BUYER = "buyer", "Acheteur"
    MANAGER = "manager", "Gestionnaire"


class AssetStatus(Code):
    IN_SERVICE = "in_service", "En service", "ok"
    IN_STOCK = "in_stock", "En stock", "mute"
    IN_REPAIR = "in_repair", "En réparation", "warn", True
    LENT = "lent", "Prêté", "hold", True
    RETIRED = "retired", "Sorti", "mute"


class Ownership(Code):
    OWNED = "owned", "Acquis"
    RENTED = "rented", "Loué"
    LEASED = "leased", "Crédit-bail"
    THIRD_PARTY = "third_party", "Tiers"
    PERSONAL = "personal", "Personnel"


class Condition(Code):
    """Scale `etat` of domain.md A.7, best first."""

    VERY_GOOD = "4", "4, très bon", "ok"
    GOOD = "3", "3, bon", "ok"
    FAIR = "2", "2, moyen", "warn"
    BAD = "1", "1, mauvais", "bad"
    DEAD = "0", "0, hors service", "bad", True


class Criticality(Code):
    LOW = "1", "1, faible"
    IMPORTANT = "2", "2, importante"
    HIGH = "3", "3, haute"
    VITAL = "4", "4, vitale"


class Finding(Code):
    """How the asset's facts are known."""

    SEEN = "seen", "Vu"
    DECLARED = "declared", "Déclaré"
    TOOL = "tool", "Relevé par un outil"


class ContractStatus(Code):
    DRAFT = "draft", "Projet", "mute"
    ACTIVE = "active", "En cours", "ok"
    TERMINATED = "terminated", "Dénoncé", "warn", True
    ENDED = "ended", "Terminé", "mute"


class Renewal(Code):
    """domain.md C.1."""

    NONE = "none", "Aucune"
    TACIT = "tacit", "Tacite, pour une durée"
    TACIT_OPEN = "tacit_open", "Tacite, durée indéterminée"
    EXPRESS = "express", "Expresse"


class NoticeUnit(Code):
    DAYS = "days", "jours"
    MONTHS = "months", "mois"


class NoticeReference(Code):
    """What the notice is counted back from."""

    PERIOD_END = "period_end", "Dernier jour de la période"
    ANNIVERSARY = "anniversary", "Date anniversaire"


class NoticeMoment(Code):
    """Which day of the letter counts (domain.md C.1)."""

    RECEPTION = "reception", "La réception par le prestataire"
    DISPATCH = "dispatch", "L’envoi, cachet de la poste faisant foi"


class NoticeForm(Code):
    REGISTERED = "registered", "Lettre recommandée (LRAR)"
    EMAIL = "email", "Courriel"
    OTHER = "other", "Autre"


class FeePeriod(Code):
    MONTH = "month", "Chaque mois"
    QUARTER = "quarter", "Chaque trimestre"
    YEAR = "year", "Chaque année"


class Priority(Code):
    P1 = "P1", "P1, critique", "bad", True
    P2 = "P2", "P2, haute", "warn", True
    P3 = "P3", "P3, normale", "info"
    P4 = "P4", "P4, basse", "mute"


class Impact(Code):
    """Breadth of the effect (domain.md A.6)."""

    HIGH = "high", "Tous"
    MEDIUM = "medium", "Un service"
    LOW = "low", "Une personne"


class Urgency(Code):
    """How fast it becomes serious (domain.md A.6)."""

    HIGH = "high", "Déjà"
    MEDIUM = "medium", "Ce jour"
    LOW = "low", "Des jours"


class TicketKind(Code):
    """domain.md A.6."""

    INCIDENT = "incident", "Incident"
    REQUEST = "request", "Demande"
    PROBLEM = "problem", "Problème"
    CHANGE = "change", "Changement"


class Channel(Code):
    PHONE = "phone", "Téléphone"
    EMAIL = "email", "Courriel"
    DESK = "desk", "De vive voix"
    PORTAL = "portal", "Portail du prestataire"


class TicketStatus(Code):
    """Rebuilt from the journal, never typed."""

    OPEN = "open", "À prendre en charge", "info", True
    TAKEN = "taken", "En cours", "info"
    WAITING = "waiting", "En attente", "hold", True
    RESOLVED = "resolved", "Résolu", "ok"
    CLOSED = "closed", "Clos", "mute"
    CANCELLED = "cancelled", "Annulé", "mute"


class EventKind(Code):
    """Acts of a ticket's journal (domain.md B.1)."""

    OPENED = "opened", "Ouverture", "mute"
    TAKEN = "taken", "Prise en charge", "ok"
    ON_SITE = "on_site", "Arrivée sur site", "ok"
    CONTACT = "contact", "Contact", "mute"
    NOTE = "note", "Note", "mute"
    WAIT_STARTED = "wait_started", "Mise en attente", "hold"
    WAIT_ENDED = "wait_ended", "Reprise", "ok"
    RESOLVED = "resolved", "Rétablissement", "ok"
    REOPENED = "reopened", "Réouverture", "warn"
    CLOSED = "closed", "Clôture", "mute"
    CANCELLED = "cancelled", "Annulation", "mute"
    PRIORITY = "priority", "Changement de priorité", "info"
    DOWN = "down", "Bien à l’arrêt", "bad"
    UP = "up", "Bien remis en service", "ok"
    TRANSFERRED = "transferred", "Transfert", "info"
    FINAL = "final", "Solution définitive", "ok"
    COVER = "cover", "Changement de contrat", "info"


class WaitReason(Code):
    """domain.md D.4. Whether the clock stops is the contract's word, kept with the event."""

    CLIENT = "client", "Attente du client"
    ACCESS = "access", "Attente d’accès"
    PART = "part", "Attente de pièce"
    THIRD_PARTY = "third_party", "Attente d’un tiers"
    PLANNED = "planned", "Date choisie par le client"
    SUBCONTRACTOR = "subcontractor", "Attente du sous-traitant du prestataire"
    FORCE_MAJEURE = "force_majeure", "Force majeure"


class InterventionKind(Code):
    REMOTE = "remote", "À distance"
    ON_SITE = "on_site", "Sur site"
    WORKSHOP = "workshop", "En atelier"


class MaintenanceType(Code):
    """domain.md A.2, with the seeds' usual words."""

    PREVENTIVE = "preventive", "Préventive"
    PALLIATIVE = "palliative", "Corrective, dépannage"
    CURATIVE = "curative", "Corrective, curative"
    EVOLUTIVE = "evolutive", "Évolutive"
    ASSISTANCE = "assistance", "Assistance"


class Charge(Code):
    """`imputation` of domain.md C.6."""

    INCLUDED = "included", "Inclus"
    COUNTED = "counted", "Décompté"
    BILLABLE = "billable", "Facturable"
    WARRANTY = "warranty", "Garantie"
    REFUSED = "refused", "Refusé"


class FieldKind(Code):
    """What a field added to a family holds."""

    TEXT = "text", "Texte"
    NUMBER = "number", "Nombre"
    DAY = "day", "Date"
    FLAG = "flag", "Oui ou non"
    CHOICE = "choice", "Liste"


class ComponentKind(Code):
    MEMORY = "memory", "Mémoire"
    DISK = "disk", "Disque"
    PROCESSOR = "processor", "Processeur"
    GRAPHICS = "graphics", "Carte graphique"
    NETWORK = "network", "Carte réseau"
    BATTERY = "battery", "Batterie"
    POWER = "power", "Alimentation"
    OTHER = "other", "Autre"


class LicenceNeed(Code):
    """Whether a software seen on a machine asks for a licence of its own."""

    UNKNOWN = "unknown", "À préciser", "mute"
    REQUIRED = "required", "Licence à avoir", "info"
    FREE = "free", "Gratuit ou libre", "ok"
    INCLUDED = "included", "Fourni avec le système", "ok"


class LicenceKind(Code):
    PERPETUAL = "perpetual", "Perpétuelle"
    SUBSCRIPTION = "subscription", "Abonnement"
    OEM = "oem", "Liée au poste (OEM)"
    VOLUME = "volume", "Volume"


class LicenceState(Code):
    """Worked out from the seats, those given and the machines seen (services.software_use)."""

    OVER = "over", "En dépassement", "bad", True
    LAPSED = "lapsed", "Expirée, en usage", "bad", True
    UNUSED = "unused", "Sans usage", "warn", True
    EXPIRED = "expired", "Expirée", "mute"
    ENOUGH = "enough", "Suffisante", "ok"


class SoftwareCover(Code):
    """Whether the licences in force cover the machines seen with a software that asks for one."""

    MISSING = "missing", "Il en manque", "bad", True
    COVERED = "covered", "Couvert", "ok"


class ExpertiseStatus(Code):
    OPEN = "open", "En cours", "info", True
    CLOSED = "closed", "Close", "ok"


class SheetState(Code):
    """How far an asset's sheet is, in an expertise."""

    TO_DO = "to_do", "À évaluer", "mute"
    STARTED = "started", "À compléter", "warn", True
    DONE = "done", "Évalué", "ok"


class Verdict(Code):
    """domain.md A.7, best first; the letter is what is kept."""

    A = "A", "A, en l’état", "ok"
    B = "B", "B, à réviser", "info"
    C = "C", "C, palliatif", "warn"
    D = "D", "D, à remplacer", "bad", True
    E = "E", "E, au rebut", "bad", True


class NeedSource(Code):
    """Who states it: the three of seed 001."""

    TECHNICIAN = "technician", "Technicien"
    USER = "user", "Utilisateur"
    BUYER = "buyer", "Acheteur"


class NeedFrequency(Code):
    DAILY = "daily", "Chaque jour"
    WEEKLY = "weekly", "Chaque semaine"
    MONTHLY = "monthly", "Chaque mois"
    RARE = "rare", "Plus rarement"


class Moscow(Code):
    MUST = "must", "Indispensable"
    SHOULD = "should", "Important"
    COULD = "could", "Souhaitable"
    WONT = "wont", "Pas cette fois"


class NeedDecision(Code):
    PENDING = "pending", "À décider", "warn", True
    KEPT = "kept", "Retenu", "ok"
    REJECTED = "rejected", "Écarté", "mute"


class CampaignStatus(Code):
    OPEN = "open", "En cours", "info", True
    CLOSED = "closed", "Close", "ok"


class CampaignResult(Code):
    """Of one line of a physical inventory."""

    TO_FIND = "to_find", "À trouver", "mute"
    FOUND = "found", "Trouvé", "ok"
    MISSING = "missing", "Non trouvé", "bad", True
    UNEXPECTED = "unexpected", "Non attendu", "warn", True


class ExitKind(Code):
    """domain.md F.3."""

    SALE = "sale", "Vente"
    GIFT = "gift", "Don"
    TAKE_BACK = "take_back", "Reprise par le fournisseur"
    RENTAL_END = "rental_end", "Fin de location"
    WEEE = "weee", "Déchet électrique (DEEE)"
    THEFT = "theft", "Vol ou perte"
    DESTRUCTION = "destruction", "Destruction"


class MediumKind(Code):
    """What the data were on (domain.md F.3)."""

    HDD = "hdd", "Disque magnétique"
    SSD = "ssd", "Disque SSD"
    FLASH = "flash", "Clé ou carte mémoire"
    PHONE = "phone", "Mémoire d’un téléphone ou d’une tablette"
    TAPE = "tape", "Bande"
    OTHER = "other", "Autre"


class ErasureLevel(Code):
    """NIST SP 800-88 (domain.md F.3)."""

    CLEAR = "clear", "Effacement simple (Clear)"
    PURGE = "purge", "Effacement renforcé (Purge)"
    DESTROY = "destroy", "Destruction (Destroy)"


class ErasureCheck(Code):
    FULL = "full", "Complète"
    SAMPLE = "sample", "Par sondage"
    NONE = "none", "Aucune"


class Sensitivity(Code):
    """Of the data that a medium held."""

    ORDINARY = "ordinary", "Courantes"
    PERSONAL = "personal", "Personnelles"
    SENSITIVE = "sensitive", "Sensibles ou secrètes"
