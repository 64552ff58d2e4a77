"""Papers of chapters to try the two renderers on: as they should be, and at their worst."""

from app.reports.identity import Stamp
from app.reports.written_data import (
    Bullets,
    Chapter,
    Facts,
    Grid,
    Para,
    Signatures,
    WritingLines,
    WrittenPaper,
)
from tests.reports import samples

WORDS = [f"mot{n:05d}" for n in range(10_000)]
LONG = " ".join(WORDS)
CLAUSE = (
    "Le prestataire met en œuvre les moyens humains et techniques propres à assurer les prestations. Il conseille le "
    "client, l’alerte par écrit de tout risque dont il a connaissance et lui rend compte de ce qu’il a fait. "
)
ROWS = tuple((f"PC-{n:04d}", "Dell OptiPlex 7010", "Bureau 1", f"{n} 250,00") for n in range(1, 501))


def paper(chapters: tuple[Chapter, ...], *, cover: bool = True, draft: bool = True) -> WrittenPaper:
    stamp = Stamp("Projet de contrat", "CT-2026-001", 1, samples.MOMENT, draft, "" if draft else samples.HASH)
    facts = (("Client", "Atelier Morvane SAS"), ("Prestataire", ""), ("Objet", "Maintenance du parc"))
    return WrittenPaper(samples.COMPANY, stamp, "Maintenance du parc", facts, chapters, cover, "Petits caractères.")


def whole(*, cover: bool = True, draft: bool = True) -> WrittenPaper:
    """Each kind of block, in a paper of some pages."""
    clauses = tuple(
        Chapter(str(n), f"Clause de la {n}e sorte", (Para(CLAUSE * 2), Bullets((CLAUSE, "un point court"))))
        for n in range(1, 13)
    )
    parts = (
        Chapter("", "Préambule", (Para("Les parties ont convenu ce qui suit."), Para("Vu\u00a0!", "strong"))),
        *clauses,
        Chapter("13", "Prix", (Facts((("Forfait", "450,00 €"), ("Révision", "[à compléter : indice de base]"))),)),
        Chapter("A", "Périmètre", (Para("Les biens couverts."), grid(60), Para("En petits caractères.", "note"))),
        Chapter("B", "Prix demandés", (to_fill(), WritingLines(4))),
        Chapter("", "Signatures", (Para("Fait en deux exemplaires."), Signatures(("Pour le client", "Pour Ouest")))),
    )
    return paper(parts, cover=cover, draft=draft)


def grid(count: int) -> Grid:
    heads = ("N°", "Bien", "Local", "Valeur de rempl. HT (€)")
    return Grid(heads, ROWS[:count], (1, 3, 2, 1.4), (3,), (), ("Total", "", "", "125 250,00"))


def to_fill() -> Grid:
    rows = (("Forfait du parc", "mois", "12", ""), ("Heure hors forfait", "heure", "", ""))
    return Grid(("Prestation", "Unité", "Quantité", "Prix HT (€)"), rows, (3, 1, 1, 1.4), (2,), (3,))
