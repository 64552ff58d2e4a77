"""A form whose code cannot be read, told by its marks and its boxes: a stain, a staple, a torn corner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PIL import Image

from app.reports.form_model import MARKS, FormModel
from app.services.reading import form_boxes, form_place
from app.services.reading.form_boxes import EDGE_SEEN, Ink
from app.services.reading.form_place import PAGE, Point, Projection

REACH = 22.0
"""Half side, in mm, of where a corner mark is looked for on a picture of the page alone."""
SURE = 0.9
"""Of the boxes of a model, those whose outlines must be seen for it to be that one."""


@dataclass(frozen=True, slots=True)
class Whole:
    model: FormModel
    page: int
    straight: Image.Image
    measured: Mapping[str, Sequence[Ink]]


def by_marks(image: Image.Image, models: Mapping[str, FormModel]) -> Whole | None:
    """The form that fills the picture, upright or upside down; None if it is none of these, or may be two of them."""
    for turned in (False, True):
        found = _marks(image, turned)
        place = form_place.settled(found, ())
        if place:
            straight = form_place.straighten(image, place.projection)
            fitting = _fitting(straight, models)
            return fitting[0] if len(fitting) == 1 else None
    return None


def _marks(image: Image.Image, turned: bool) -> list[tuple[Point, Point]]:
    """The marks seen, the picture being taken for the whole page; the hollow one must be: it says which way is up."""
    guess = _whole(image, turned)
    seen = ((i, form_place.mark_near(image, guess, i, REACH)) for i in range(len(MARKS)))
    pairs = [(MARKS[i], point) for i, point in seen if point]
    return pairs if any(mark == MARKS[-1] for mark, _ in pairs) else []


def _whole(image: Image.Image, turned: bool) -> Projection:
    x, y = image.width / PAGE[0], image.height / PAGE[1]
    if turned:
        return Projection(-x, 0, image.width, 0, -y, image.height)
    return Projection(x, 0, 0, 0, y, 0)


def _fitting(straight: Image.Image, models: Mapping[str, FormModel]) -> list[Whole]:
    made = []
    for model in models.values():
        for number, page in enumerate(model.pages, 1):
            measured = form_boxes.measure(straight, page.lines)
            inks = [ink for line in measured.values() for ink in line]
            if inks and sum(ink.edge >= EDGE_SEEN for ink in inks) >= SURE * len(inks):
                made.append(Whole(model, number, straight, measured))
    return made
