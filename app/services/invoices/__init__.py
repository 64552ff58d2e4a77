"""Invoices of providers: entered or read, checked, disputed, paid (domain.md C.5 and C.6)."""
