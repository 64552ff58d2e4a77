"""A page of a file as a picture: scans and photographs (PNG, JPEG, TIFF, WebP), and pages of a PDF (papers.md 3)."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageFilter, ImageOps

from app.errors import Refused
from app.services.reading.form_fields import Fields, fields_of
from app.services.reading.form_sorts import HEAD, sort_of

DPI = 200
SIDES = (500, 1250)
"""Points of the longest side of a page whose size is believed; another, a photograph in a PDF, is drawn to LONGEST."""
LONGEST = 2400
MOST_PIXELS = 60_000_000
MOST_PAGES = 1000
ENOUGH = 3400
"""Pixels of the longest side from which more tells nothing: 11 a millimetre. Twice as many are made half."""
COLOURED = 48
"""Levels between red and blue, somewhere on the page, from which the copy kept is in colour."""
BLACK, WHITE, TWO_LEVELS = 8, 248, 0.005
"""Share of the picture between these levels, at most, when it is in pure black and white."""
DUST = 1.1
"""Radius in pixels: a single dark point of such a picture keeps an eighth of its darkness, a stroke two thirds."""
TOO_LARGE = "«\u00a0{}\u00a0» est une image démesurée ({} millions de points)\u00a0: numérisez en 200 points par pouce."
LOCKED = "«\u00a0{}\u00a0» est protégé par un mot de passe\u00a0: enregistrez-le sans protection."
UNKNOWN = (
    "«\u00a0{}\u00a0» n’est ni une image ni un PDF. Une fiche revient par un PDF rempli, une numérisation (PDF, JPEG, "
    "PNG, TIFF) ou une photographie."
)
HEIC = (
    "«\u00a0{}\u00a0» est une photographie au format HEIC, que ce programme ne lit pas\u00a0: enregistrez-la en JPEG."
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: as it came, the fields that were filled in it, and how many pages its file has."""

    image: Image.Image
    count: int
    fields: Fields


def leaf(path: Path, number: int) -> Leaf:
    """The page of this rank, from 1; Refused with a French sentence if the file holds no page that is read."""
    with path.open("rb") as file:
        sort = sort_of(file.read(HEAD))
    if sort == "pdf":
        return _pdf_page(path, number)
    if sort == "heic":
        raise Refused(HEIC.format(path.name))
    if not sort:
        raise Refused(UNKNOWN.format(path.name))
    return _frame(path, number)


@contextmanager
def _document(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise Refused(LOCKED.format(path.name)) from error
        raise
    with closing(document):
        yield document


def _pdf_page(path: Path, number: int) -> Leaf:
    """Drawn with its fields and notes, as whoever filled it sees it."""
    with _document(path) as document:
        count = min(len(document), MOST_PAGES)
        if document.get_formtype():
            document.init_forms()
        page = document[number - 1]
        longest = max(page.get_size())
        scale = DPI / 72 if SIDES[0] <= longest <= SIDES[1] else LONGEST / max(longest, 1)
        image = page.render(scale=scale, draw_annots=True, may_draw_forms=True).to_pil()
        return Leaf(image.copy(), count, fields_of(path, number) if document.get_formtype() else Fields())


def _frame(path: Path, number: int) -> Leaf:
    """Upright as the camera says, made smaller when it is larger than any scanner's."""
    with Image.open(path) as image:
        size = image.width * image.height
        if size > MOST_PIXELS:
            raise Refused(TOO_LARGE.format(path.name, size // 1_000_000))
        count = min(getattr(image, "n_frames", 1), MOST_PAGES) if image.format == "TIFF" else 1
        share = ENOUGH / max(image.size)
        image.draft("RGB", (int(image.width * share), int(image.height * share)))
        image.seek(number - 1)
        smaller = _plain(image).reduce(max(max(image.size) // ENOUGH, 1))
    return Leaf(ImageOps.exif_transpose(smaller), count, Fields())


def _plain(frame: Image.Image) -> Image.Image:
    """Grey or colour, on white."""
    if frame.mode in {"L", "RGB"}:
        return frame
    if frame.mode.startswith("I"):  # sixteen bits of grey
        return frame.convert("I").point(lambda level: level * (1 / 257)).convert("L")
    if frame.mode == "1":
        return frame.convert("L")
    if frame.has_transparency_data:
        whole = frame.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", whole.size, "white"), whole).convert("RGB")
    return frame.convert("RGB")


def grey(image: Image.Image) -> Image.Image:
    return image if image.mode == "L" else image.convert("L")


def without_dust(image: Image.Image) -> Image.Image:
    """A grey picture as it is; one in pure black and white softened, so that single dark points weigh nothing."""
    levels = image.histogram()
    if sum(levels[BLACK:WHITE]) > TWO_LEVELS * image.width * image.height:
        return image
    return image.filter(ImageFilter.GaussianBlur(DUST))


def kept(image: Image.Image) -> Image.Image:
    """The page as it is kept: in colour when there is some."""
    if image.mode == "L":
        return image
    red, _, blue = image.convert("RGB").resize((210, 297), Image.Resampling.BOX).split()
    levels = ImageChops.difference(red, blue).histogram()
    return image.convert("RGB") if any(levels[COLOURED:]) else grey(image)


def is_blank(image: Image.Image) -> bool:
    """Nothing but paper, its edges left out: specks and what shows through are too pale to count, and one line of
    writing is more."""
    wide, high = image.size
    inner = image.crop((wide // 15, high // 15, wide - wide // 15, high - high // 15))
    levels = inner.resize((320, 440), Image.Resampling.BOX).histogram()
    white = next(level for level in range(255, -1, -1) if sum(levels[level:]) >= 0.3 * 320 * 440)
    return sum(levels[: max(white - 36, 0)]) < 0.0015 * 320 * 440
