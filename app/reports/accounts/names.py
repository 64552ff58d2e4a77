"""The names of the sheets of the accountant's workbook: the window says them too, without reading openpyxl."""

FIXED, PLAN, MOVES, BILLS = "Immobilisations", "Plan d’amortissement", "Mouvements", "Factures"
PREPAID, ACCRUED, COMMITTED, ENTRIES = "CCA", "FNP", "Engagements", "Écritures proposées"
CHECKS = "Contrôles"
