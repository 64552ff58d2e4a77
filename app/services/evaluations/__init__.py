"""Forms filled after an intervention: expected once printed, then recorded as they come back (domain.md G.1)."""
