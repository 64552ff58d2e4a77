"""The « fiche contrôle entreprise »: each prestation of a provider noted from facts over a period (domain.md G.2)."""
