"""Priority from impact and urgency (domain.md A.6)."""

MATRIX = {
    ("high", "high"): "P1",
    ("high", "medium"): "P2",
    ("high", "low"): "P3",
    ("medium", "high"): "P2",
    ("medium", "medium"): "P3",
    ("medium", "low"): "P4",
    ("low", "high"): "P3",
    ("low", "medium"): "P4",
    ("low", "low"): "P4",
}


def priority(impact: str, urgency: str) -> str:
    """« P1 » to « P4 » (domain.md A.6); KeyError for a word outside the matrix."""
    return MATRIX[impact, urgency]
