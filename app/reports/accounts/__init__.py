"""The workbook that the accountant books from: ten sheets whose totals are formulas (domain.md E.8)."""
