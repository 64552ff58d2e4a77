"""Forms that come back: crossed by pen and scanned, or filled on screen; and pages as the reader tells them."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from app.reports.evaluation_model import G1
from app.services.reading.form_data import AreaRead, LineRead, LineState, PageKind, PageRead

DPI = 150
MM = DPI / 25.4
HALF = 1.9
"""Millimetres from the centre of a box to the ends of its cross."""
ALL_FOUR = {**{f"c{n}": (4,) for n in range(1, 10)}, "q1": (1,), "q2": (1,), "q3": (1,), "q4": (0,)}


def scanned(pdf: bytes, path: Path, marks: Mapping[str, Sequence[int]]) -> Path:
    """The first page with these boxes crossed, as a picture of 150 points an inch."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        image: Image.Image = document[0].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
    draw = ImageDraw.Draw(image)
    for name, values in marks.items():
        for box in G1.line(name).boxes:
            if box.value in values:
                x, y, half = box.x * MM, box.y * MM, HALF * MM
                for turn in (1, -1):
                    draw.line((x - half, y - turn * half, x + half, y + turn * half), fill=20, width=3)
    image.save(path)
    return path


def filled(pdf: bytes, path: Path, answers: Mapping[str, int], texts: Mapping[str, str]) -> Path:
    """The PDF to fill on screen, as a reader of PDF saves it."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.update_page_form_field_values(writer.pages[0], dict(texts))
    for note in writer.pages[0]["/Annots"]:  # type: ignore[attr-defined]  # an array of annotations
        widget = note.get_object()
        group = widget.get("/Parent")
        if group is None or (name := group.get_object().get("/T")) not in answers:
            continue
        wanted = f"/{answers[name]}"
        if wanted in widget["/AP"]["/N"]:
            group.get_object()[NameObject("/V")] = NameObject(wanted)
            widget[NameObject("/AS")] = NameObject(wanted)
    with path.open("wb") as file:
        writer.write(file)
    return path


def page(
    reference: str,
    answers: Mapping[str, int],
    doubts: Sequence[str] = (),
    *,
    source: Path = Path("pile.pdf"),
    number: int = 1,
    scan: Path | None = None,
) -> PageRead:
    """A page read of the form G1: these answers are sure, these lines doubtful, the others empty."""
    lines = []
    for line in G1.lines:
        value = answers.get(line.name)
        state = LineState.DOUBT if line.name in doubts else LineState.EMPTY if value is None else LineState.SURE
        why = "plusieurs cases sont marquées" if state is LineState.DOUBT else ""
        lines.append(LineRead(line.name, state, value if state is LineState.SURE else None, why=why))
    areas = (AreaRead("t1", written=True),)
    return PageRead(
        source, number, PageKind.FORM, reference=reference, model="G1", lines=tuple(lines), areas=areas, scan=scan
    )
