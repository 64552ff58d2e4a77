"""The « rapport d’inventaire et d’expertise technique » (domain.md A.7, papers.md 2): one module a chapter."""
