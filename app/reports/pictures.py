"""Pictures made ready for a paper: small enough to print, upright, without what a camera writes about its owner."""

import hashlib
from io import BytesIO

from app.reports.identity import Picture

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
LARGEST = 60_000_000
"""Pixels beyond which a picture is not opened: a few bytes may unfold into gigabytes."""
QUALITY = 80


def ready(content: bytes, side: int) -> Picture | None:
    """The picture with its longest side at most `side` pixels; None when it cannot be read as one."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - a paper without a picture does not need it

    try:
        with Image.open(BytesIO(content), formats=FORMATS) as found:
            if found.width * found.height > LARGEST:
                return None
            found.draft("RGB", (side, side))
            upright = ImageOps.exif_transpose(found)
            upright.thumbnail((side, side))
            clear = upright.has_transparency_data
            bare = upright.convert("RGBA" if clear else "RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    out = BytesIO()
    bare.save(out, "PNG") if clear else bare.save(out, "JPEG", quality=QUALITY)
    return Picture(hashlib.sha256(content).hexdigest(), bare.width, bare.height, out.getvalue())


def as_it_is(content: bytes) -> Picture:
    """One of the program's own pictures, to the pixel."""
    from PIL import Image  # noqa: PLC0415 - as above

    with Image.open(BytesIO(content)) as found:
        return Picture(hashlib.sha256(content).hexdigest(), found.width, found.height, content)


def placed(picture: Picture, width: float, height: float) -> tuple[float, float]:
    """Width and height of the picture fitted in a place, in the unit of the place."""
    scale = min(width / picture.width, height / picture.height)
    return picture.width * scale, picture.height * scale
