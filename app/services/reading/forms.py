"""The forms on one page of a file: which they are, what each line holds, and the strips to check it by (papers.md 3).

Nothing is decided here for anybody: what is not plain is a doubt, and a person looks at every page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PIL import Image

from app.reports.form_model import FormArea, FormLine, FormModel, FormPage, from_plain
from app.services.reading import form_boxes, form_lines, form_pages, form_place
from app.services.reading.form_boxes import EDGE_SEEN, Ink
from app.services.reading.form_data import SCALE, AreaRead, LineRead, LineState, PageKind, PageRead
from app.services.reading.form_fields import UNSETTLED, Fields
from app.services.reading.form_pages import Leaf
from app.services.reading.form_place import Place
from app.services.reading.form_whole import Whole, by_marks

CLEAR = 0.6
"""Of its boxes, those whose outline must be seen where the model says: else the page is not where it seems."""
RULED = 0.8
"""Millimetres at the foot of a name or a day, where its line is printed."""
QUALITY = 80
REDO = (
    "Les repères des coins ne sont pas tous visibles\u00a0: numérisez la page entière, à plat, ou photographiez-la "
    "avec ses quatre coins."
)
UNCLEAR = "Les cases ne sont pas nettes\u00a0: numérisez la page à plat, en 200 points par pouce."
OTHER = "Cette fiche est du modèle «\u00a0{}\u00a0», qui n’est pas connu ici."
OTHER_PAGE = "Cette fiche porte un n° de page que le modèle «\u00a0{}\u00a0» n’a pas."
LABEL = "Le code de cette page est celui d’un autre papier du programme, ou il est abîmé\u00a0: ce n’est pas une fiche."
STRANGER = "Ni le code ni les repères d’une fiche n’ont été trouvés sur cette page."
BLANK = "Rien n’est écrit sur cette page."
NO_CODE = "Le code de la fiche n’a pas pu être lu\u00a0: saisissez sa référence."
DISAGREE = "le champ rempli et ce qui est dessiné sur la page ne disent pas la même chose"


@dataclass(frozen=True, slots=True)
class Desk:
    """What a page is read with: the models that may come back, and where its pictures go, their names beginning so."""

    models: Mapping[str, FormModel]
    folder: Path
    prefix: str

    def keep(self, name: str, image: Image.Image) -> Path:
        path = self.folder / f"{self.prefix}-{name}.jpg"
        image.save(path, quality=QUALITY)
        return path


def read_page(asked: Mapping[str, Any]) -> tuple[int, list[PageRead]]:
    """How many pages the file has, and the forms of the one asked for: « path », « number », « folder », « prefix » of
    the pictures, « models ».

    At least one PageRead comes back, which says what the page is when it holds no form.
    """
    path, number = Path(asked["path"]), int(asked["number"])
    models = {told["key"]: from_plain(told) for told in asked["models"]}
    leaf = form_pages.leaf(path, number)
    desk = Desk(models, Path(asked["folder"]), asked["prefix"])
    scan = path if leaf.count == 1 else desk.keep("page", form_pages.kept(leaf.image))
    bare = PageRead(path, number, PageKind.NOT_A_FORM, scan=scan, picture=scan)
    return leaf.count, _forms(desk, leaf, bare)


def _forms(desk: Desk, leaf: Leaf, bare: PageRead) -> list[PageRead]:
    image = form_pages.grey(leaf.image)
    found = form_place.codes(image)
    image = form_pages.without_dust(image)
    forms = [one for one in found if one.code is not None]
    if not forms:
        return [_without_code(desk, image, leaf, bare, strange=bool(found))]
    made = []
    for rank, one in enumerate(forms):
        assert one.code is not None  # noqa: S101 - kept for that
        code = one.code
        named = replace(bare, reference=code.reference, model=code.model, sheet=code.sheet, page=code.page)
        own = desk if not rank else replace(desk, prefix=f"{desk.prefix}-{rank + 1}")
        made.append(_known(own, image, leaf, named, form_place.place(image, one)))
    return made


def _known(desk: Desk, image: Image.Image, leaf: Leaf, named: PageRead, place: Place | None) -> PageRead:
    """A page whose code was read."""
    model = desk.models.get(named.model)
    if model is None:
        return replace(named, kind=PageKind.OTHER_MODEL, told=OTHER.format(named.model))
    if not 1 <= named.page <= len(model.pages):
        return replace(named, kind=PageKind.OTHER_MODEL, told=OTHER_PAGE.format(named.model))
    if place is None:
        return replace(named, kind=PageKind.REDO, told=REDO)
    page = model.pages[named.page - 1]
    straight = form_place.straighten(image, place.projection)
    measured = form_boxes.measure(straight, page.lines)
    if not is_clear(measured):
        return replace(named, kind=PageKind.REDO, told=UNCLEAR, picture=desk.keep("straight", straight))
    return _filled(desk, named, page, Whole(model, named.page, straight, measured), leaf.fields)


def _without_code(desk: Desk, image: Image.Image, leaf: Leaf, bare: PageRead, strange: bool) -> PageRead:
    """Torn or stained where the code is, another paper of ours, or something else altogether."""
    if strange:
        return replace(bare, told=LABEL)
    if form_pages.is_blank(image):
        return replace(bare, kind=PageKind.BLANK, told=BLANK)
    found = by_marks(image, desk.models)
    if found is None:
        return replace(bare, told=STRANGER)
    named = replace(bare, model=found.model.key, page=found.page, told=NO_CODE)
    return _filled(desk, named, found.model.pages[found.page - 1], found, leaf.fields)


def is_clear(measured: Mapping[str, Sequence[Ink]]) -> bool:
    """Whether the boxes stand where the model says: a page set straight wrongly must never be read."""
    inks = [ink for line in measured.values() for ink in line]
    return sum(ink.edge >= EDGE_SEEN for ink in inks) >= CLEAR * len(inks)


def _filled(desk: Desk, named: PageRead, page: FormPage, found: Whole, fields: Fields) -> PageRead:
    straight, seen = found.straight, form_lines.read(page.lines, found.measured)
    lines = tuple(
        replace(
            _with_field(line, read, fields) if any(fields.ticked.values()) else read,
            picture=desk.keep(line.name, straight.crop(_strip(line))),
        )
        for line, read in zip(page.lines, seen, strict=True)
    )
    return replace(
        named,
        kind=PageKind.FORM,
        lines=lines,
        areas=tuple(_area(desk, straight, area, fields) for area in page.areas),
        picture=desk.keep("straight", straight),
        fields=any(fields.ticked.values()) or any(fields.texts.values()),
        pale=form_lines.is_pale(lines),
    )


def _with_field(line: FormLine, read: LineRead, fields: Fields) -> LineRead:
    """A field tells exactly what was meant, unless the page shows a mark that it does not know of: drawn with a pen
    on a screen, or on the paper printed from a form already begun."""
    told = fields.ticked.get(line.name)
    value = next((value for value in line.values if str(value) == told), None)
    if told is None:
        return read if read.state is LineState.EMPTY else _doubt(read, read.guess if read.value is None else read.value)
    if told == UNSETTLED or value is None:
        return _doubt(read, None)
    agree = read.value == value or (read.guess == value and read.state is LineState.DOUBT)
    if not agree:
        return _doubt(read, value)
    return replace(read, state=LineState.SURE, value=value, guess=None, why="")


def _doubt(read: LineRead, guess: int | None) -> LineRead:
    return replace(read, state=LineState.DOUBT, value=None, guess=guess, why=DISAGREE)


def _strip(line: FormLine) -> tuple[int, int, int, int]:
    """The words of a line and its boxes."""
    top = min(line.y, *(box.y for box in line.boxes)) - 4.2
    bottom = max(line.y, *(box.y for box in line.boxes)) + 4.2
    right = max(box.x for box in line.boxes) + 10
    return _pixels(line.x - 1, top, min(right, 192), bottom)


def _pixels(left: float, top: float, right: float, bottom: float) -> tuple[int, int, int, int]:
    return round(left * SCALE), round(top * SCALE), round(right * SCALE), round(bottom * SCALE)


def _area(desk: Desk, straight: Image.Image, area: FormArea, fields: Fields) -> AreaRead:
    text = fields.texts.get(area.name, "")
    right, bottom = area.x + area.width, area.y + area.height
    inside = straight.crop(_pixels(area.x + 0.5, area.y, right - 0.5, bottom - (0 if area.kind == "text" else RULED)))
    written = bool(text) or form_boxes.is_written(inside)
    if not written:
        return AreaRead(area.name)
    strip = straight.crop(_pixels(area.x - 1, area.y - 1, right + 1, bottom + 1))
    return AreaRead(area.name, text, written, desk.keep(area.name, strip))
