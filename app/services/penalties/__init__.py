"""What its delays missed cost a provider, month by month, until it is claimed and obtained (domain.md C.7)."""
