"""What the accountant books from: accounts, financial years, charges across a closing, the workbook (domain.md E)."""
