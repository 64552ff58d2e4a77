"""Forms filled on screen: by clicks and keys in PDFium, as a reader of PDF does, or by pypdf, as a program does."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pypdfium2
from pypdf import PdfReader, PdfWriter
from pypdfium2 import raw

from app.reports.evaluation_form import evaluation_forms
from app.reports.evaluation_model import G1
from app.reports.form_data import FormCopy
from app.reports.form_paper import render_fillable
from app.reports.identity import CompanyCard, Stamp
from app.services.reading.form_data import PageRead

MM = 72 / 25.4
WORDS = ("Rapide et aimable", "L’œuvre est « bonne » à 100 %", "Rien à redire", "Prévenir avant de passer", "Zoé Lœw")


@dataclass(frozen=True, slots=True)
class Filled:
    reference: str
    answers: Mapping[str, int]
    texts: Mapping[str, str]

    def agrees(self, read: PageRead) -> bool:
        """Whether all of it was read, and nothing else."""
        found = (read.reference, read.answers, read.texts, read.doubts, read.fields)
        return found == (self.reference, dict(self.answers), dict(self.texts), 0, True)


def drawn(rnd: Random) -> Filled:
    """One line in ten without an answer, some words."""
    answers = {line.name: rnd.choice(line.values) for line in G1.lines if rnd.random() > 0.1}
    texts = {area.name: rnd.choice(WORDS) for area in G1.areas if rnd.random() > 0.5}
    return Filled(f"EV-2026-{rnd.randint(1, 9999):04d}", answers or {"c1": 3}, texts)


def blank(reference: str) -> bytes:
    company = CompanyCard("Atelier Morvane SAS", "12 rue de l’Exemple, 49000 Angers")
    stamp = Stamp("Fiche d’évaluation après intervention", "")
    return render_fillable(evaluation_forms(company, stamp, (FormCopy(reference),), "conservées 3 ans"))


def by_program(filled: Filled, path: Path) -> None:
    path.write_bytes(blank(filled.reference))
    writer = PdfWriter()
    writer.append(PdfReader(path))
    ticked = {name: f"/{value}" for name, value in filled.answers.items()}
    writer.update_page_form_field_values(writer.pages[0], {**ticked, **filled.texts}, auto_regenerate=False)
    writer.write(path)


def by_hand(filled: Filled, path: Path) -> None:
    """Each box is clicked, each word typed."""
    with closing(pypdfium2.PdfDocument(blank(filled.reference))) as document:
        document.init_forms()
        env, page = document.formenv.raw, document[0]
        high = page.get_height()

        def click(x: float, y: float) -> None:
            place = (env, page.raw, 0, x * MM, high - y * MM)
            raw.FORM_OnMouseMove(*place)
            raw.FORM_OnLButtonDown(*place)
            raw.FORM_OnLButtonUp(*place)

        for line in G1.lines:
            for box in line.boxes:
                if filled.answers.get(line.name) == box.value:
                    click(box.x, box.y)
        for area in G1.areas:
            if area.name in filled.texts:
                click(area.x + 5, area.y + 2)
                for letter in filled.texts[area.name]:
                    raw.FORM_OnChar(env, page.raw, ord(letter), 0)
        raw.FORM_ForceToKillFocus(env)
        document.save(path)
