"""The replacement plan: which assets, in which of three calendar years, why and for how much (domain.md A.7, F.1)."""
