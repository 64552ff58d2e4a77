"""Who issues a paper, and which copy of it this is: the words of its cartouche and footer (papers.md 1)."""

from dataclasses import dataclass, field
from datetime import datetime

from app.fields import formats

MAKER = "Parcomètre"
Pair = tuple[str, str]
"""A label and its value."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to be drawn, its size in pixels. `source` is the SHA-256 of the document it was made from."""

    source: str
    width: int
    height: int
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class CompanyCard:
    """Who issues the paper."""

    name: str
    address: str = ""
    siren: str = ""
    siret: str = ""
    logo: Picture | None = None


@dataclass(frozen=True)
class Stamp:
    """What tells one copy from another. A draft has no hash; a blank has no date and no reference. `working` is the
    sentence of a sheet to work on, which is neither a draft nor issued."""

    title: str
    reference: str
    version: int = 1
    data_at: datetime | None = None
    draft: bool = True
    data_hash: str = ""
    working: str = ""

    @property
    def version_text(self) -> str:
        if self.working:
            return "feuille de travail"
        return "PROJET, sans valeur" if self.draft else f"version {self.version}.0"

    @property
    def first_line(self) -> str:
        if not self.reference:
            return f"{self.title} vierge · modèle 1.0"
        return f"{self.reference} · {self.version_text} · données au {formats.moment(self.data_at)}"

    @property
    def second_line(self) -> str:
        if not self.reference:
            return self.working or "Aucune donnée\u00a0: à rattacher à un ticket lors de la saisie."
        if self.working:
            return self.working
        if self.draft:
            return "Projet non émis\u00a0: aucune empreinte, aucune copie conservée"
        return f"Copie figée · empreinte SHA-256 des données\u00a0: {grouped(self.data_hash[:16], 4)} …"


def grouped(digits: str, by: int) -> str:
    """« 330c39374c4c… » -> « 330c 3937 4c4c … »."""
    return " ".join(digits[i : i + by] for i in range(0, len(digits), by))
