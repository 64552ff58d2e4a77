"""What a deadline is about."""

from app.codes import Code


class DeadlineKind(Code):
    """In the order of the filters; the tone tells those that merely end (« mute ») from those that harm once missed."""

    NOTICE = "notice", "Préavis", "bad"
    CONTRACT_END = "contract_end", "Fin de contrat", "bad"
    WITHDRAWAL = "withdrawal", "Rétractation", "mute"
    REVISION = "revision", "Révision de prix", "warn"
    HOURS = "hours", "Banque d’heures", "bad"
    INVOICE = "invoice", "Facture à payer", "bad"
    PENALTY = "penalty", "Pénalité à réclamer", "warn"
    CERTIFICATE = "certificate", "Attestation", "bad"
    DOCUMENT = "document", "Document attendu", "warn"
    ACCESS = "access", "Accès à revoir", "warn"
    RETURN = "return", "Réversibilité", "bad"
    CONSULTATION = "consultation", "Consultation", "warn"
    MEETING = "meeting", "Réunion", "warn"
    ACTION = "action", "Action décidée", "warn"
    WARRANTY = "warranty", "Garantie", "mute"
    SUPPORT = "support", "Fin de support", "bad"
    LICENCE = "licence", "Licence", "bad"
    LOAN = "loan", "Prêt", "warn"
    LOANER = "loaner", "Matériel à rendre", "warn"
    INVENTORY = "inventory", "Inventaire", "bad"
    EXPERTISE = "expertise", "Expertise", "mute"
    VISIT = "visit", "Visite", "warn"
    RESTORE = "restore", "Essai de restauration", "warn"
    REMINDER = "reminder", "Rappel", "warn"
