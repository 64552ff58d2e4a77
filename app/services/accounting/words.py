"""How the figures of the workbook were got, in the words of the settings in force (domain.md E.1 to E.8)."""

from datetime import date

from sqlalchemy.orm import Session

from app.fields import amount, day
from app.reports.accounts.data import Method
from app.rules.day_count import FinancialYear
from app.services import preferences
from app.settings import DayCount, PrepaidRule

ACCRUED = (
    "Interventions facturables, et jours de contrat, reçus avant la clôture et qu’aucune facture datée d’avant elle ne "
    "dit. Le montant est celui de la facture venue depuis, sinon celui que le contrat prévoit."
)
COMMITTED = (
    "Ce que les contrats obligent à payer après la clôture et qui n’est pas encore facturé, jusqu’au premier terme "
    "qu’un préavis donné ce jour-là permettrait. Sans terme\u00a0: la durée du préavis."
)
ENTRIES = (
    "Ce sont des propositions, et non un fichier des écritures comptables (FEC). Le journal AC reprend les factures"
    "\u00a0: laissez-le si elles sont déjà passées. Le journal OD porte les écritures de clôture et leurs extournes."
)
TOTALS = (
    "Les totaux et les colonnes calculées sont des formules\u00a0; «\u00a0Contrôles\u00a0» les compare aux chiffres du "
    "programme. S’ils semblent vides, cliquez sur «\u00a0Activer la modification\u00a0»."
)
ADVICE = "Parcomètre aide à la gestion\u00a0: il ne remplace pas le conseil d’un expert-comptable."
SHARED = {
    PrepaidRule.MONTHS: "en mois entiers\u00a0; en mois de 30 jours quand la période n’en est pas faite",
    PrepaidRule.THIRTY: "en mois de 30 jours",
    PrepaidRule.REAL: "en jours réels",
}


def methods(session: Session, year: FinancialYear, today: date) -> tuple[Method, ...]:
    said = preferences.everything(session)
    lost = "Sans TVA" if said["vat_recovered"] else "TVA comprise"
    held = "HT\u00a0: la TVA est récupérée." if said["vat_recovered"] else "TTC\u00a0: la TVA n’est pas récupérée."
    thirty = said["depreciation_days"] == DayCount.THIRTY
    days = "30 jours par mois, 360 par an" if thirty else "jours réels, 365 par an"
    exits = "compris" if said["exit_day_counts"] else "exclu"
    shared = SHARED[PrepaidRule.of(said["prepaid_rule"])]
    running = f" L’exercice n’est pas clos\u00a0: ces chiffres sont provisoires, au {day(today)}."
    return (
        Method("Exercice", f"Du {day(year.start)} au {day(year.end)}.{running if today <= year.end else ''}"),
        Method("Montants", f"En euros. Les charges et les immobilisations sont comptées {held}"),
        Method("Immobilisations", f"Au-delà de {amount(said['expense_limit'])} HT par bien ou par ensemble."),
        Method("Amortissements", f"Linéaires, depuis la mise en service, en {days}\u00a0; jour de sortie {exits}."),
        Method(
            "Sorties",
            "Valeur restante en 657 depuis les exercices ouverts en 2025, en 675 avant\u00a0; mise au rebut à valider.",
        ),
        Method("Charges d’avance", f"La part de la période qui suit la clôture, {shared}. {lost}."),
        Method("Non parvenues", ACCRUED),
        Method("Engagements", COMMITTED),
        Method("Écritures", ENTRIES),
        Method("Formules", TOTALS),
        Method("Avertissement", ADVICE),
    )
