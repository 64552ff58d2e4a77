"""The closed lists of invoices, fixed assets and accounts (domain.md C.5 to C.7, E)."""

from app.codes import Code


class InvoiceKind(Code):
    INVOICE = "invoice", "Facture"
    CREDIT = "credit", "Avoir", "info"


class InvoiceStatus(Code):
    """What was decided of an invoice; whether it is late depends on the day, and is worked out."""

    TO_CHECK = "to_check", "À vérifier", "info", True
    APPROVED = "approved", "Bon à payer", "info"
    DISPUTED = "disputed", "En litige", "hold", True
    PAID = "paid", "Réglée", "ok"


class InvoiceState(Code):
    """What is told of an invoice on a day: its status, but late once its day is past (services.invoices.columns)."""

    TO_CHECK = "to_check", "À vérifier", "info", True
    APPROVED = "approved", "Bon à payer", "info"
    LATE = "late", "En retard", "bad", True
    DISPUTED = "disputed", "En litige", "hold", True
    CREDIT_DUE = "credit_due", "À déduire", "info"
    PAID = "paid", "Réglée", "ok"


class InvoiceSource(Code):
    """Where what is written of an invoice comes from."""

    HAND = "hand", "Saisie"
    FACTUR_X = "factur_x", "Factur-X"
    CII = "cii", "XML CII"
    UBL = "ubl", "XML UBL"


class LineKind(Code):
    """What a line of an invoice pays for: it tells the account (domain.md E.1)."""

    CONTRACT = "contract", "Contrat de maintenance"
    REPAIR = "repair", "Réparation ou intervention"
    HOURS = "hours", "Heures achetées d’avance"
    EQUIPMENT = "equipment", "Matériel"
    SOFTWARE = "software", "Logiciel ou licence"
    SMALL = "small", "Petit équipement"
    SUPPLIES = "supplies", "Fournitures de bureau"
    SAAS = "saas", "Abonnement logiciel"
    RENT = "rent", "Location"
    LEASING = "leasing", "Crédit-bail"
    SUBCONTRACT = "subcontract", "Sous-traitance"
    TELECOM = "telecom", "Télécommunications"
    FEES = "fees", "Honoraires"
    PENALTY = "penalty", "Pénalité du prestataire"
    OTHER = "other", "Autre charge"


class AccountUse(Code):
    """What an account of the chart is used for; the number of each can be changed (domain.md E.1)."""

    CONTRACT = "contract", "Maintenance, contrat"
    REPAIR = "repair", "Réparation ponctuelle"
    SMALL = "small", "Petit équipement"
    SUPPLIES = "supplies", "Fournitures administratives"
    SUBCONTRACT = "subcontract", "Sous-traitance générale"
    RENT = "rent", "Locations mobilières"
    LEASING = "leasing", "Crédit-bail mobilier"
    SAAS = "saas", "Abonnements logiciels"
    TELECOM = "telecom", "Télécommunications"
    FEES = "fees", "Honoraires"
    PENALTY = "penalty", "Pénalités perçues"
    OTHER = "other", "Autres charges"
    HARDWARE = "hardware", "Matériel informatique"
    HARDWARE_WEAR = "hardware_wear", "Amortissement du matériel"
    HARDWARE_CHARGE = "hardware_charge", "Dotation, corporel"
    SOFTWARE = "software", "Logiciels et licences"
    SOFTWARE_WEAR = "software_wear", "Amortissement des logiciels"
    SOFTWARE_CHARGE = "software_charge", "Dotation, incorporel"
    PREPAID = "prepaid", "Charges constatées d’avance"
    SUPPLIER = "supplier", "Fournisseurs"
    ASSET_SUPPLIER = "asset_supplier", "Fournisseurs d’immobilisations"
    ACCRUED = "accrued", "Fournisseurs, factures non parvenues"
    VAT = "vat", "TVA déductible sur biens et services"
    VAT_ASSETS = "vat_assets", "TVA déductible sur immobilisations"
    VAT_ACCRUED = "vat_accrued", "TVA sur factures non parvenues"
    BOOK_VALUE = "book_value", "Valeur comptable des éléments cédés"
    SALE = "sale", "Produits des cessions"
    SALE_DEBTOR = "sale_debtor", "Créances sur cessions"
    VAT_DUE = "vat_due", "TVA collectée"


class Treatment(Code):
    """Capitalise or expense what was bought (domain.md E.2)."""

    TO_DECIDE = "to_decide", "À décider", "warn", True
    CAPITALISED = "capitalised", "Immobilisé", "ok"
    EXPENSED = "expensed", "En charge", "mute"


class FixedKind(Code):
    HARDWARE = "hardware", "Matériel informatique"
    SOFTWARE = "software", "Logiciel ou licence"


class FixedStanding(Code):
    """Of a line of the register in a financial year, worked out from its days."""

    WAITING = "waiting", "Pas en service", "warn", True
    IN = "in", "À l’actif", "ok"
    DONE = "done", "Amortie", "mute"
    LEFT = "left", "Sortie", "info"
    BEFORE = "before", "Sortie avant", "mute"
    LATER = "later", "Entrée après", "mute"


class ClaimState(Code):
    """Of the penalties of a month (domain.md C.7)."""

    CLAIMED = "claimed", "Réclamée", "info"
    OBTAINED = "obtained", "Obtenue", "ok"
    WAIVED = "waived", "Abandonnée", "mute"


class BudgetPurpose(Code):
    CONTRACTS = "contracts", "Contrats"
    REPAIRS = "repairs", "Interventions et réparations"
    EQUIPMENT = "equipment", "Matériel"
    SOFTWARE = "software", "Logiciels et licences"
    OTHER = "other", "Autres dépenses"
