"""The register of fixed assets: what is capitalised, what is left of it, what leaves, what it forgets (E.2 to E.4)."""
