"""What came of the import of a list of tickets."""

from dataclasses import dataclass
from typing import Any

from app.fields import counted
from app.services.importing.entries import Reject


@dataclass(frozen=True, slots=True)
class Outcome:
    """Tickets added, those of which more is known now, those that had nothing new; remarks on what the list leaves
    unsaid, and the lines refused."""

    added: int
    completed: int
    same: int
    remarks: tuple[str, ...]
    rejects: tuple[Reject, ...]

    def sentence(self, dry_run: bool = False) -> str:
        """« 120 tickets ajoutés, 3 complétés, 40 inchangés, 2 lignes refusées. »"""
        words = [
            counted(self.added, "ticket à ajouter" if dry_run else "ticket ajouté",
                    "tickets à ajouter" if dry_run else "tickets ajoutés"),
            counted(self.completed, *(("à compléter",) * 2 if dry_run else ("complété", "complétés"))),
            counted(self.same, "inchangé", "inchangés"),
            counted(len(self.rejects), "ligne refusée", "lignes refusées"),
        ]  # fmt: skip
        counts = (self.added, self.completed, self.same, len(self.rejects))
        told = [word for word, count in zip(words, counts, strict=True) if count]
        return (", ".join(told) if told else "Aucun ticket dans cette liste") + "."

    def as_json(self) -> dict[str, Any]:
        return {
            "ajoutes": self.added, "completes": self.completed, "inchanges": self.same,
            "remarques": list(self.remarks), "refuses": [one.as_json() for one in self.rejects],
        }  # fmt: skip
