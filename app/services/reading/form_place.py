"""Where a form lies in a picture: its QR code tells which one it is, its corner marks set it straight (papers.md 3).

Points are (x, y): in millimetres of the form, or in pixels of the picture. A projection takes the first to the second.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from app.reports.form_model import CODE, HEART, MARK, MARKS
from app.rules.form_code import FormCode, is_ours, parse
from app.services.reading.form_data import SCALE
from app.services.reading.form_spots import Spot, whole_spots

QR = zxingcpp.barcode_formats_from_str("QRCode")
Point = tuple[float, float]
Pair = tuple[Point, Point]
"""A point of the form and where it is in the picture."""
PAGE = (210, 297)
NEAREST = 4.4
"""Half the side, in mm, of where a mark is first looked for."""
FURTHER = (NEAREST, 11.0, 24.0, 48.0)
"""And then, as a photograph in perspective needs."""
LOOK, MOST = 5.0, 240
"""Pixels a millimetre in these windows, and of their side at most."""
AREA, LOOSE = (0.6, 1.5), (0.4, 2.2)
"""Of the area expected, what a mark may have, and may have where perspective is not known yet."""
SQUARE = 1.45
"""A mark is not longer than wide by more."""
CONTRAST = 40
"""Levels of grey, at least, where a mark is printed."""
NEAR = 0.6
"""Millimetres by which the code may miss its place once three marks were fitted by a plain tilt."""
ENOUGH = 3
WHOLE = 4
"""Marks that suffice when the page lies flat; all of them."""


@dataclass(frozen=True, slots=True)
class Projection:
    """x' = (ax + by + c) / (gx + hy + 1), y' = (dx + ey + f) / (gx + hy + 1)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    g: float = 0.0
    h: float = 0.0

    def at(self, point: Point) -> Point:
        x, y = point
        depth = self.g * x + self.h * y + 1
        return (self.a * x + self.b * y + self.c) / depth, (self.d * x + self.e * y + self.f) / depth

    def window(self, x: float, y: float, scale: float) -> tuple[float, ...]:
        """For Image.transform: the pixels of a picture of this scale whose corner is (x, y) of the form."""
        depth = self.g * x + self.h * y + 1
        a, b, c = self.a / scale, self.b / scale, self.a * x + self.b * y + self.c
        d, e, f = self.d / scale, self.e / scale, self.d * x + self.e * y + self.f
        return tuple(v / depth for v in (a, b, c, d, e, f, self.g / scale, self.h / scale))


@dataclass(frozen=True, slots=True)
class Found:
    """A code of ours in a picture: what it says (None: it is not of a form, or was misread), and its four corners."""

    code: FormCode | None
    corners: tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True)
class Place:
    """How a form lies: `marks` is how many of its corner marks were seen."""

    projection: Projection
    marks: int


def codes(image: Image.Image) -> list[Found]:
    """All our codes in a grey picture; what is hard to read is tried blurred with more contrast, then enlarged."""
    for tried, scale in _tries(image):
        found = zxingcpp.read_barcodes(tried, formats=QR)
        ours = [one for one in found if is_ours(one.text)]
        if ours:
            return [Found(parse(one.text), _corners(one.position, scale)) for one in ours]
    return []


def _tries(image: Image.Image) -> Iterator[tuple[Image.Image, float]]:
    yield image, 1.0
    clearer = ImageOps.autocontrast(image.filter(ImageFilter.GaussianBlur(1.0)), cutoff=1)
    yield clearer, 1.0
    yield image.resize((round(image.width * 1.5), round(image.height * 1.5)), Image.Resampling.BICUBIC), 1.5


def _corners(position: zxingcpp.Position, scale: float) -> tuple[Point, Point, Point, Point]:
    """As the form stands: top left, top right, bottom left, bottom right."""
    points = (position.top_left, position.top_right, position.bottom_left, position.bottom_right)
    one, two, three, four = ((point.x / scale, point.y / scale) for point in points)
    return one, two, three, four


def code_corners() -> tuple[Point, Point, Point, Point]:
    x, y, side = CODE
    return (x, y), (x + side, y), (x, y + side), (x + side, y + side)


def place(image: Image.Image, found: Found) -> Place | None:
    """From the code to the marks: top right first, which is near, then the others, each fit made of all that is known.

    None when too few marks are seen: the picture is to be made again.
    """
    known = list(zip(code_corners(), found.corners, strict=True))
    seen: dict[int, Point] = {}
    for index in (1, 0, 3, 2):
        guess = fit([*known, *((MARKS[i], point) for i, point in seen.items())], bent=len(seen) == ENOUGH)
        point = next((p for p in (mark_near(image, guess, index, half) for half in FURTHER) if p), None)
        if point:
            seen[index] = point
    if len(seen) == WHOLE:
        guess = fit([(MARKS[i], point) for i, point in seen.items()], bent=True)
        seen = {i: mark_near(image, guess, i, NEAREST) or point for i, point in seen.items()}
    return settled([(MARKS[i], point) for i, point in sorted(seen.items())], known)


def settled(marks: Sequence[Pair], known: Sequence[Pair]) -> Place | None:
    """Four marks fix the perspective. Three fix a tilt, if the code agrees; else the code helps."""
    if len(marks) < ENOUGH:
        return None
    if len(marks) == WHOLE:
        return Place(fit(marks, bent=True), WHOLE)
    flat = fit(marks, bent=False)
    unit = abs(flat.a * flat.e - flat.b * flat.d) ** 0.5
    if not known or _miss(flat, known) < NEAR * unit:
        return Place(flat, len(marks))
    return Place(fit([*marks, *known], bent=True), len(marks))


def _miss(projection: Projection, pairs: Iterable[Pair]) -> float:
    """The largest distance, in pixels, between where points should be and where they are."""
    return max(_distance(projection.at(point), seen) for point, seen in pairs)


def _distance(one: Point, two: Point) -> float:
    return float(((one[0] - two[0]) ** 2 + (one[1] - two[1]) ** 2) ** 0.5)


def mark_near(image: Image.Image, guess: Projection, index: int, half: float) -> Point | None:
    """The centre, in the picture, of the mark of this rank, within `half` mm of where it should be."""
    x, y = MARKS[index]
    scale = min(LOOK, MOST / (2 * half))
    side = round(2 * half * scale)
    look = image.transform(
        (side, side), Image.Transform.PERSPECTIVE, guess.window(x - half, y - half, scale),
        Image.Resampling.BILINEAR, fillcolor=255,
    )  # fmt: skip
    hollow = index == len(MARKS) - 1
    expected = (MARK**2 - (HEART**2 if hollow else 0)) * scale**2
    low, high = AREA if half == NEAREST else LOOSE
    centre = square(look, (low * expected, high * expected), hollow)
    return guess.at((x - half + centre[0] / scale, y - half + centre[1] / scale)) if centre else None


def square(look: Image.Image, area: Point, hollow: bool) -> Point | None:
    """The centre of the dark square between these areas nearest to the middle; hollow, its heart is white."""
    shades = [level for level, count in enumerate(look.histogram()) if count]
    low, high = shades[0], shades[-1]
    if high - low < CONTRAST:
        return None
    dark = look.point(lambda v: 255 if v < (low + high) / 2 else 0)
    middle = look.width / 2
    squares = [one for one in whole_spots(dark) if _is_mark(one, area, hollow, dark)]
    best = min(squares, key=lambda one: _distance(one.centre, (middle, middle)), default=None)
    return best.centre if best else None


def _is_mark(spot: Spot, area: Point, hollow: bool, dark: Image.Image) -> bool:
    x, y = spot.centre
    heart = bool(dark.getpixel((int(x), int(y))))
    return (
        area[0] <= len(spot.pixels) <= area[1]
        and max(spot.wide, spot.high) <= SQUARE * min(spot.wide, spot.high)
        and heart is not hollow
    )


def straighten(image: Image.Image, projection: Projection) -> Image.Image:
    """The page alone and upright, SCALE pixels a millimetre."""
    size = (PAGE[0] * SCALE, PAGE[1] * SCALE)
    return image.transform(
        size, Image.Transform.PERSPECTIVE, projection.window(0, 0, SCALE), Image.Resampling.BILINEAR, fillcolor=255
    )


def fit(pairs: Sequence[Pair], bent: bool) -> Projection:
    """The projection nearest to all pairs (least squares): of a flat page, or with perspective when `bent`."""
    rows: list[tuple[list[float], float]] = []
    for (x, y), (u, v) in pairs:
        rows.append(([x, y, 1, 0, 0, 0, *((-u * x, -u * y) if bent else ())], u))
        rows.append(([0, 0, 0, x, y, 1, *((-v * x, -v * y) if bent else ())], v))
    return Projection(*_solved(rows))


def _solved(rows: Sequence[tuple[list[float], float]]) -> list[float]:
    """Least squares by the normal equations, columns scaled so that they are well conditioned."""
    count = len(rows[0][0])
    scales = [max(abs(row[i]) for row, _ in rows) or 1.0 for i in range(count)]
    scaled = [([v / s for v, s in zip(row, scales, strict=True)], right) for row, right in rows]
    matrix = [
        [sum(row[i] * row[j] for row, _ in scaled) for j in range(count)]
        + [sum(row[i] * right for row, right in scaled)]
        for i in range(count)
    ]
    return [v / s for v, s in zip(_eliminated(matrix), scales, strict=True)]


def _eliminated(matrix: list[list[float]]) -> list[float]:
    """Gauss and Jordan, with pivots."""
    count = len(matrix)
    for i in range(count):
        pivot = max(range(i, count), key=lambda k: abs(matrix[k][i]))
        matrix[i], matrix[pivot] = matrix[pivot], matrix[i]
        for k in range(count):
            if k != i:
                ratio = matrix[k][i] / matrix[i][i]
                matrix[k] = [a - ratio * b for a, b in zip(matrix[k], matrix[i], strict=True)]
    return [matrix[i][count] / matrix[i][i] for i in range(count)]
