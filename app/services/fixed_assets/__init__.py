"""The register of fixed assets: what is capitalised, what remains of it, what leaves it, what it forgets (E.2 to E.4)."""
