"""How much ink a box holds, on a page set straight (papers.md 3): pure measures, in shares of 0 to 1."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import median

from PIL import Image

from app.reports.form_model import BOX, FormBox, FormLine
from app.services.reading.form_data import SCALE
from app.services.reading.form_spots import spots

HALF = BOX / 2
INNER = HALF - 0.62
"""Half the side of what is measured: the printed edge, and a page set straight to half a millimetre, stay out."""
AROUND = (4.2, 3.9)
"""Half the surroundings whose 80th percentile is the white of the paper there."""
WHITE_AT = 0.80
DARK = 0.80
"""Of the white: under it is ink."""
SPECK, DUST = 1.0, 6
"""Millimetres that a dot of dirt may measure, and pixels of noise that may stand apart from it."""
SPECKLED = (0.008, 0.08)
"""Shares of ink between which a box is looked at for a dot."""
SLACK = 0.9
"""Millimetres by which a box may be off its place: a creased page, a photograph."""
EDGE_SEEN = 0.10
"""Contrast of a printed edge, at least, for the place of the box to be taken from it."""
STEP = 4
"""Pixels on each side of an edge where the paper must be lighter."""
PIECE, WRITING, WRITTEN = 12, 0.70, 0.012
"""Millimetres of a piece of a place to write; share of the white under which it is written on, share of it that is."""
LETTER = 1.5
"""Millimetres that a letter of the word beside a box takes."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Of one box. `dark`: share of ink. `shade`: how much darker than the paper the whole is. `speck`: what ink there
    is makes one small dot. `ring`: share of ink just outside, above, below, left and right. `across`: share of
    ink along the left edge and the right one, outside, whichever has less. `edge`: contrast of its outline."""

    dark: float
    shade: float
    speck: bool
    ring: tuple[float, float, float, float]
    across: float
    edge: float


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a box was found: pixels from where it should be, and how clearly its outline was seen."""

    x: int
    y: int
    edge: float


def measure(page: Image.Image, lines: Sequence[FormLine]) -> dict[str, tuple[Ink, ...]]:
    """The ink of each box of each line, by name of line."""
    return {line.name: tuple(_ink(page, box, seat) for box, seat in _seated(page, line)) for line in lines}


def _seated(page: Image.Image, line: FormLine) -> list[tuple[FormBox, Seat]]:
    """Each box where its outline is; one whose outline says otherwise than its neighbours is put with them."""
    seats = [_seat(page, box) for box in line.boxes]
    seen = [seat for seat in seats if seat.edge >= EDGE_SEEN]
    if not seen:
        return [(box, Seat(0, 0, seat.edge)) for box, seat in zip(line.boxes, seats, strict=True)]
    x, y = round(median(seat.x for seat in seen)), round(median(seat.y for seat in seen))
    settled = [seat if seat.edge >= EDGE_SEEN and _near(seat, x, y) else Seat(x, y, seat.edge) for seat in seats]
    return list(zip(line.boxes, settled, strict=True))


def _near(seat: Seat, x: int, y: int) -> bool:
    return abs(seat.x - x) <= SCALE // 2 and abs(seat.y - y) <= SCALE // 2


def _seat(page: Image.Image, box: FormBox) -> Seat:
    """Along each axis, where two dark lines stand a box apart."""
    reach = HALF + SLACK + STEP / SCALE + 0.2
    across = _profile(page, box, reach, HALF - 0.7, along=True)
    down = _profile(page, box, HALF - 0.7, reach, along=False)
    x, clear_x = _outline(across)
    y, clear_y = _outline(down)
    return Seat(x, y, min(clear_x, clear_y))


def _profile(page: Image.Image, box: FormBox, wide: float, high: float, along: bool) -> list[float]:
    """Darkness, 0 to 1, of each column (or row) of the surroundings of a box."""
    crop = page.crop(_bounds(box.x - wide, box.y - high, box.x + wide, box.y + high))
    size = (crop.width, 1) if along else (1, crop.height)
    return [1 - v / 255 for v in crop.resize(size, Image.Resampling.BOX).tobytes()]


def _outline(profile: Sequence[float]) -> tuple[int, float]:
    """The shift, in pixels, at which two lines a box apart are darkest against what is outside and inside; and by how
    much. Two pixels make a line."""
    side, slack = round(BOX * SCALE), round(SLACK * SCALE)
    thick = [(a + b) / 2 for a, b in pairwise(profile)]
    lit = [thick[i] - min(thick[max(i - STEP, 0)], thick[min(i + STEP, len(thick) - 1)]) for i in range(len(thick))]
    start = (len(thick) - side) // 2
    scores = [(min(lit[start + s], lit[start + s + side]), -abs(s), s) for s in range(-slack, slack + 1)]
    clear, _, shift = max(scores)
    return shift, clear


def _bounds(left: float, top: float, right: float, bottom: float) -> tuple[int, int, int, int]:
    return round(left * SCALE), round(top * SCALE), round(right * SCALE), round(bottom * SCALE)


def _ink(page: Image.Image, box: FormBox, seat: Seat) -> Ink:
    x, y = box.x + seat.x / SCALE, box.y + seat.y / SCALE
    wide, high = AROUND
    white = _percentile(page.crop(_bounds(x - wide, y - high, x + wide, y + high)), WHITE_AT)
    crop = page.crop(_bounds(x - INNER, y - INNER, x + INNER, y + INNER))
    inner = crop.histogram()
    count = sum(inner)
    dark = sum(inner[: round(DARK * white)]) / count
    mean = sum(level * n for level, n in enumerate(inner)) / count
    return Ink(
        dark=dark,
        shade=1 - mean / max(white, 1),
        speck=SPECKLED[0] <= dark <= SPECKLED[1] and _is_speck(crop, round(DARK * white)),
        ring=_ring(page, box, x, y, white),
        across=_across(page, x, y, white),
        edge=seat.edge,
    )


def _is_speck(crop: Image.Image, level: int) -> bool:
    """One round dot, and nothing else but grains: a stroke is long, or in several pieces."""
    dots = sorted(spots(crop.point([255] * level + [0] * (256 - level))), key=lambda spot: len(spot.pixels))
    if not dots or sum(len(dot.pixels) for dot in dots[:-1]) > DUST:
        return False
    return max(dots[-1].wide, dots[-1].high) <= SPECK * SCALE


def _ring(page: Image.Image, box: FormBox, x: float, y: float, white: int) -> tuple[float, float, float, float]:
    """Around the box, short of the rules between lines and of the word at its right."""
    near, far = HALF + 0.45, HALF + 1.35
    word = HALF + 1.1 + LETTER * len(box.word) + 0.5 if box.word else near
    sides = (
        (x - HALF - 1, y - far, x + HALF + 1, y - near),
        (x - HALF - 1, y + near, x + HALF + 1, y + far),
        (x - far, y - HALF, x - near, y + HALF),
        (x + word, y - HALF, x + word + 1, y + HALF),
    )
    one, two, three, four = (_share(page.crop(_bounds(*side)), white) for side in sides)
    return one, two, three, four


def _across(page: Image.Image, x: float, y: float, white: int) -> float:
    """A stroke drawn through a box to strike it out leaves it on both sides; the word begins further."""
    near, far, high = HALF + 0.4, HALF + 1.0, HALF - 0.3
    sides = ((x - far, x - near), (x + near, x + far))
    return min(_share(page.crop(_bounds(left, y - high, right, y + high)), white) for left, right in sides)


def _share(crop: Image.Image, white: int, dark: float = DARK) -> float:
    levels = crop.histogram()
    return sum(levels[: round(dark * white)]) / (sum(levels) or 1)


def _percentile(crop: Image.Image, share: float) -> int:
    levels = crop.histogram()
    wanted = share * sum(levels)
    return next(level for level, total in enumerate(accumulate(levels)) if total >= wanted)


def is_written(crop: Image.Image) -> bool:
    """Whether there is something to read in a place to write, were it one short word: looked at piece by piece, beyond
    what its dotted lines and dust make."""
    white, wide = _percentile(crop, WHITE_AT), PIECE * SCALE
    pieces = (crop.crop((x, 0, min(x + wide, crop.width), crop.height)) for x in range(0, crop.width, wide))
    return any(_share(piece, white, WRITING) > WRITTEN for piece in pieces)
