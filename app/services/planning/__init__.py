"""The preventive plan: tasks that come again, the visits they make, those missed (domain.md A.2, B.2)."""
