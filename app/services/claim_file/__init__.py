"""The claim file of a ticket, or of a contract over whole months: what was promised, what happened, what it costs, and
what proves it, as a paper and as an archive that anybody can check without the program (domain.md C.7, C.9 no 35)."""
