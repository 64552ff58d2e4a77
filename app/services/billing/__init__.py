"""What contracts make due, and whether what is billed agrees with them (domain.md C.4 to C.6)."""
