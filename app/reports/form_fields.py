"""The fields of a form filled on screen, each exactly over what is printed (papers.md 3, « Screen variant »)."""

from functools import partial
from typing import Any

from reportlab.lib.colors import Color

from app.reports.form_model import BOX, FormArea, FormBox, FormLine, FormPage
from app.reports.paper import Page
from app.reports.text import one_line
from app.reports.theme import MM

CLEAR = Color(0, 0, 0, 0)
BLACK = Color(0, 0, 0)
LETTERS = 2000
"""Of an area, at most; of a name or a day a line's worth."""


def place_fields(page: Page, model: FormPage) -> None:
    """A group for each line and a text for each area. Nothing is selected, and what was ticked may be unticked."""
    for line in model.lines:
        for box in line.boxes:
            page.fields.append(partial(_tick, page, line, box))
    for area in model.areas:
        page.fields.append(partial(_write, page, area))


def _tick(page: Page, line: FormLine, box: FormBox, canvas: Any) -> None:
    """`fieldFlags` without « required »: a line may be left without an answer."""
    canvas.acroForm.radio(
        name=line.name, value=str(box.value), tooltip=one_line(line.label), selected=False,
        x=(box.x - BOX / 2) * MM, y=page.high - (box.y + BOX / 2) * MM, size=BOX * MM,
        buttonStyle="cross", shape="square", fieldFlags="radio",
        fillColor=CLEAR, borderColor=CLEAR, textColor=BLACK, borderWidth=0,
    )  # fmt: skip


def _write(page: Page, area: FormArea, canvas: Any) -> None:
    """Only the fonts that every reader has may be written in, and a field begins empty (papers.md 4)."""
    free = area.kind == "text"
    canvas.acroForm.textfield(
        name=area.name, tooltip=one_line(area.label), value="", maxlen=LETTERS if free else 80,
        x=area.x * MM, y=page.high - (area.y + area.height) * MM, width=area.width * MM, height=area.height * MM,
        fontName="Helvetica", fontSize=10 if free else 8, fieldFlags="multiline" if free else "",
        fillColor=CLEAR, borderColor=CLEAR, textColor=BLACK, borderWidth=0,
    )  # fmt: skip
