"""A written page as a scanner, or a telephone, gives it back."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from benchmarks.forms.pen import DPI

A4 = (210.0, 297.0)
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Scanned:
    """The picture, and the words that say how it was made."""

    image: Image.Image
    told: str


def scan(page: Image.Image, rnd: Random, resolutions: Sequence[int] = (150, 200)) -> Scanned:
    """As papers.md 3 describes: skew −5…5°, 30 % upside down, scale 0.965-1.03, unequal by 0.6 %, blur, grey and uneven
    light, noise, specks, 25 % on a dark background, JPEG 35-90, 12 % in pure black and white."""
    dpi = rnd.choice(resolutions)
    skew, turned = rnd.uniform(-5, 5), rnd.random() < 0.3
    image = _laid(page, rnd, dpi, skew, turned)
    image = _lit(image.filter(ImageFilter.GaussianBlur(rnd.uniform(0.2, 0.9))), rnd)
    _specks(image, rnd)
    told = f"{dpi} dpi, {skew:+.1f}°" + (", upside down" if turned else "")
    if rnd.random() < 0.12:
        level = round(_paper(image) * rnd.uniform(0.58, 0.76))
        return Scanned(image.point(lambda v: 255 if v >= level else 0, "1"), f"{told}, black and white")
    quality = rnd.randint(35, 90)
    return Scanned(through_jpeg(image, quality), f"{told}, JPEG {quality}")


def _paper(image: Image.Image) -> int:
    """The brightness of the paper, from which a document scanner sets its threshold of black and white."""
    seen, middle = 0, image.crop((image.width // 4, image.height // 4, image.width * 3 // 4, image.height * 3 // 4))
    counts = middle.histogram()
    for value, count in enumerate(counts):
        seen += count
        if seen * 2 >= sum(counts):
            return value
    return 255


def _laid(page: Image.Image, rnd: Random, dpi: int, skew: float, turned: bool) -> Image.Image:
    """The paper askew on the glass, which is A4 too: corners may go out of it."""
    around = rnd.choice((30, 55, 80)) if rnd.random() < 0.25 else 252
    scale = rnd.uniform(0.965, 1.03)
    across, down = scale * (1 + rnd.uniform(-0.003, 0.003)), scale * (1 + rnd.uniform(-0.003, 0.003))
    angle = math.radians(skew + (180 if turned else 0))
    shift = (rnd.uniform(-2, 2) * DPI / 25.4, rnd.uniform(-2, 2) * DPI / 25.4)
    wide, high = page.size
    cos, sin = math.cos(angle), math.sin(angle)
    a, b, d, e = cos / across, sin / across, -sin / down, cos / down
    middle = (wide / 2 + shift[0], high / 2 + shift[1])
    c = wide / 2 - a * middle[0] - b * middle[1]
    f = high / 2 - d * middle[0] - e * middle[1]
    laid = page.transform(
        page.size, Image.Transform.AFFINE, (a, b, c, d, e, f), Image.Resampling.BICUBIC, fillcolor=around
    )
    return laid.resize((round(A4[0] / 25.4 * dpi), round(A4[1] / 25.4 * dpi)), Image.Resampling.BOX)


def _lit(image: Image.Image, rnd: Random) -> Image.Image:
    """Greyer paper, paler ink, uneven light, noise."""
    black, white = rnd.randint(0, 35), rnd.randint(205, 252)
    flat = image.point([round(black + (white - black) * v / 255) for v in range(256)])
    light = Image.new("L", (4, 4))
    light.putdata([255 - rnd.randint(0, 32) for _ in range(16)])
    uneven = ImageChops.multiply(flat, light.resize(flat.size, Image.Resampling.BICUBIC))
    return ImageChops.add(uneven, grain(flat.size, rnd.uniform(4, 22), rnd), 1, -128)


def grain(size: tuple[int, int], sigma: float, rnd: Random) -> Image.Image:
    """Noise around 128, nearly Gaussian: the mean of three even ones. Pillow's own has no seed."""
    one, two, three = (Image.frombytes("L", size, rnd.randbytes(size[0] * size[1])) for _ in range(3))
    mean = Image.blend(Image.blend(one, two, 0.5), three, 1 / 3)
    return mean.point([max(0, min(255, round(128 + (v - 127.5) * sigma / 42.5))) for v in range(256)])


def _specks(image: Image.Image, rnd: Random) -> None:
    draw = ImageDraw.Draw(image)
    for _ in range(rnd.randint(0, 120)):
        x, y, side = rnd.uniform(0, image.width), rnd.uniform(0, image.height), rnd.uniform(0.3, 1.6)
        draw.ellipse((x - side, y - side, x + side, y + side), fill=rnd.choice((20, 60, 120, 250)))


def photograph(page: Image.Image, rnd: Random) -> Scanned:
    """By telephone: the paper seen at an angle on a dark table, in uneven light, slightly curled."""
    wide, high = 2400, 3200
    lean = [(rnd.uniform(0.03, 0.13) * wide, rnd.uniform(0.02, 0.11) * high) for _ in range(4)]
    corners = [
        (lean[0][0], lean[0][1]), (wide - lean[1][0], lean[1][1]),
        (wide - lean[2][0], high - lean[2][1]), (lean[3][0], high - lean[3][1]),
    ]  # fmt: skip
    seen = page.transform(
        (wide, high), Image.Transform.PERSPECTIVE, _perspective(corners, page.size),
        Image.Resampling.BICUBIC, fillcolor=rnd.choice((40, 70, 110)),
    )  # fmt: skip
    light = Image.new("L", (3, 3))
    light.putdata([255 - rnd.randint(0, 95) for _ in range(9)])
    lit = ImageChops.multiply(seen, light.resize(seen.size, Image.Resampling.BICUBIC))
    soft = lit.filter(ImageFilter.GaussianBlur(rnd.uniform(0.6, 1.6)))
    noisy = ImageChops.add(soft, grain(soft.size, rnd.uniform(5, 16), rnd), 1, -128)
    return Scanned(through_jpeg(noisy, rnd.randint(55, 92)), "photograph")


def _perspective(corners: Sequence[Point], size: tuple[int, int]) -> tuple[float, ...]:
    """What Image.transform wants: from the picture to the page, whose corners are there."""
    from app.services.reading.form_place import fit  # noqa: PLC0415 - the same sums

    page = ((0.0, 0.0), (float(size[0]), 0.0), (float(size[0]), float(size[1])), (0.0, float(size[1])))
    found = fit(list(zip(corners, page, strict=True)), bent=True)
    return (found.a, found.b, found.c, found.d, found.e, found.f, found.g, found.h)


def through_jpeg(image: Image.Image, quality: int) -> Image.Image:
    file = BytesIO()
    image.save(file, "JPEG", quality=quality)
    with Image.open(file) as read:
        return read.copy()
