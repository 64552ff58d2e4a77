"""The periodic report: what maintenance gave over a month, a quarter, a year, as it stood at its end (domain.md B)."""
