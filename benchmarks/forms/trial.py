"""Forms read back and compared with what was meant."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pypdfium2
from PIL import Image

from app.reports.evaluation_form import evaluation_forms
from app.reports.evaluation_model import G1
from app.reports.form_data import FormCopy
from app.reports.form_model import to_plain
from app.reports.form_paper import render
from app.reports.identity import CompanyCard, Stamp
from app.services.reading.form_data import LineState, PageKind, PageRead
from app.services.reading.forms import read_page
from benchmarks.forms import pen, scan
from benchmarks.forms.pen import Hand, Meant, Writer
from benchmarks.forms.scan import Scanned

COMPANY = CompanyCard("Atelier Morvane SAS", "12 rue de l’Exemple, 49000 Angers")
FACTS = (
    (("Ticket", "T-2026-0387"), ("Contrat", "CT-2025-004"), ("Bien", "PC-0020"), ("Site", "Cholet, quai")),
    (("Demandeur", "Expéditions"), ("Technicien", "Technicien 2"), ("Type", "curative"), ("Priorité", "P2")),
    (("Travaux", "Arrêt au démarrage\u00a0; bloc d’alimentation remplacé, nettoyage, essai d’impression"),),
)


@dataclass(frozen=True, slots=True)
class Way:
    """How the forms of a trial are filled and come back."""

    label: str
    hand: Callable[[Random], Hand]
    picture: Callable[[Image.Image, Random], Scanned]


WAYS: Mapping[str, Way] = {
    "ordinary": Way("Pen, 150 and 200 dpi", pen.pen_hand, scan.scan),
    "150": Way("Same, 150 dpi only", pen.pen_hand, lambda page, rnd: scan.scan(page, rnd, (150,))),
    "100": Way("100 dpi", pen.pen_hand, lambda page, rnd: scan.scan(page, rnd, (100,))),
    "careless": Way("Careless hand (off by 0.8 mm)", lambda rnd: pen.pen_hand(rnd, 0.8), scan.scan),
    "pencil": Way("Pencil", pen.pencil_hand, scan.scan),
    "circle": Way("Circles drawn around boxes", lambda rnd: Hand("circle", rnd.uniform(0.35, 0.85), 30), scan.scan),
    "photo": Way("Photographs by telephone", pen.pen_hand, scan.photograph),
}


@dataclass(slots=True)
class Count:
    """`pages` by kind; `plain` and `struck` count lines: right, doubt, wrong. `areas` counts places to write, by
    whether they were written in and whether that was seen. `wrongs` and `doubts` say where, to look at them."""

    pages: Counter[str] = field(default_factory=Counter)
    plain: Counter[str] = field(default_factory=Counter)
    struck: Counter[str] = field(default_factory=Counter)
    areas: Counter[tuple[bool, bool]] = field(default_factory=Counter)
    wrongs: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def add(self, name: str, read: PageRead, meant: Meant) -> None:
        for area in read.areas:
            self.areas[(area.name in meant.written, area.written)] += 1
        self.pages[str(read.kind) if read.reference == name else "another reference"] += 1
        for line in read.lines:
            struck = line.name in meant.struck
            wanted = meant.values[line.name]
            verdict = "doubt" if line.state is LineState.DOUBT else "right" if line.value == wanted else "wrong"
            (self.struck if struck else self.plain)[verdict] += 1
            words = f"{name} {line.name}: meant {wanted}, read {line.state} {line.value} {line.why}"
            if verdict == "wrong":
                self.wrongs.append(words)
            elif verdict == "doubt" and not struck:
                self.doubts.append(words)


def printed(references: list[str]) -> Iterator[Image.Image]:
    """Pages of forms as a printer makes them, ready to be written on."""
    copies = tuple(FormCopy(reference, FACTS) for reference in references)
    forms = evaluation_forms(COMPANY, Stamp("Fiche d’évaluation après intervention", ""), copies, "conservées 3 ans")
    with closing(pypdfium2.PdfDocument(render(forms))) as document:
        for page in document:
            yield page.render(scale=pen.DPI / 72, grayscale=True).to_pil().convert("L")


def one(way: Way, seed: str, folder: Path) -> tuple[Path, Meant, Scanned]:
    """A form filled and scanned, from its seed alone; its file."""
    rnd = Random(seed)
    reference = f"EV-2026-{rnd.randint(1, 9999):04d}"
    page = next(printed([reference]))
    meant = Writer(page, way.hand(rnd), rnd).fill(G1.pages[0])
    scanned = way.picture(page, rnd)
    path = folder / f"{reference}.{'tif' if scanned.image.mode == '1' else 'jpg'}"
    scanned.image.save(path, **({"compression": "group4"} if scanned.image.mode == "1" else {"quality": 90}))
    return path, meant, scanned


def read(path: Path, folder: Path) -> PageRead:
    asked = {"path": str(path), "number": 1, "folder": str(folder), "prefix": path.stem, "models": [to_plain(G1)]}
    return read_page(asked)[1][0]


def run(key: str, forms: int, seed: int, folder: Path, tell: Callable[[int], None] = lambda _: None) -> Count:
    """`forms` forms of one way, each from « seed:rank »."""
    counted = Count()
    for rank in range(forms):
        path, meant, scanned = one(WAYS[key], f"{seed}:{key}:{rank}", folder)
        found = read(path, folder)
        counted.add(path.stem, found, meant)
        if found.kind is not PageKind.FORM:
            counted.wrongs.append(f"{path.stem} ({scanned.told}): {found.kind} {found.told}")
        if not any(path.stem in words for words in (*counted.wrongs, *counted.doubts)):
            for made in folder.glob(f"{path.stem}*"):
                made.unlink()
        tell(rank + 1)
    return counted
