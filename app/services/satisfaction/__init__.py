"""The anonymous survey of employees: its questions, its sheets, what came back, what it says (domain.md G.3)."""
