"""Pictures before they are printed: small, upright, bare."""

import hashlib
import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from app.reports import pictures
from app.reports.identity import CompanyCard, Stamp
from app.reports.paper import Paper


def image(kind: str, size: tuple[int, int], mode: str = "RGB", **more: Any) -> bytes:
    out = BytesIO()
    Image.new(mode, size, "#1F4E5F").save(out, kind, **more)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_every_usual_format_is_made_small(kind: str) -> None:
    content = image(kind, (1600, 800))
    made = pictures.ready(content, 400)
    assert made is not None
    assert (made.width, made.height, opened(made.content).size) == (400, 200, (400, 200))
    assert made.source == hashlib.sha256(content).hexdigest()
    assert len(made.content) < 20_000


def test_a_small_picture_is_not_made_larger() -> None:
    made = pictures.ready(image("PNG", (30, 20)), 400)
    assert made is not None
    assert (made.width, made.height) == (30, 20)


def test_what_is_clear_stays_so() -> None:
    clear, full = pictures.ready(image("PNG", (30, 20), "RGBA"), 400), pictures.ready(image("PNG", (30, 20)), 400)
    assert clear is not None
    assert full is not None
    assert (opened(clear.content).format, opened(full.content).format) == ("PNG", "JPEG")


def test_a_photo_is_upright_and_forgets_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn
    exif[0x010F] = "Fabricant"
    exif.get_ifd(0x8825)[1] = "N"
    made = pictures.ready(image("JPEG", (400, 200), exif=exif), 400)
    assert made is not None
    assert (made.width, made.height) == (200, 400)
    assert not dict(opened(made.content).getexif())
    assert b"Fabricant" not in made.content


def bomb() -> bytes:
    """A PNG that says it has ten thousand million pixels."""
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    chunks = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(b"\x00" * 99)), (b"IEND", b""))
    )
    return b"\x89PNG\r\n\x1a\n" + chunks


@pytest.mark.parametrize(
    "content",
    [b"", b"pas une image", b"%PDF-1.4", b"\x89PNG\r\n\x1a\n", image("JPEG", (60, 60))[:200], bomb(),
     image("PNG", (8000, 8000), "1"), b"GIF89a" + bytes(20), b"<svg xmlns='http://www.w3.org/2000/svg'/>"],
)  # fmt: skip
def test_what_is_no_picture_is_left_out(content: bytes) -> None:
    assert pictures.ready(content, 400) is None


@pytest.mark.parametrize(
    ("size", "place"),
    [((400, 200), (40, 20)), ((200, 400), (10, 20)), ((30, 30), (20, 20)), ((900, 100), (40, 40 / 9))],
)
def test_a_picture_fits_its_place_whole(size: tuple[int, int], place: tuple[float, float]) -> None:
    made = pictures.ready(image("PNG", size), 400)
    assert made is not None
    assert pictures.placed(made, 40, 20) == pytest.approx(place, abs=0.1)


def test_a_picture_is_drawn_once_and_the_same_bytes_come_each_time() -> None:
    made = pictures.ready(image("JPEG", (400, 200)), 400)
    assert made is not None

    def drawn() -> bytes:
        paper = Paper(CompanyCard("Morvan", logo=made), Stamp("Essai", "E-1", draft=False))
        for _ in range(3):
            assert paper.page().picture(20, 20, made, 40, 40) == 40
        return paper.finish()

    pages = PdfReader(BytesIO(drawn())).pages
    assert [len(page.images) for page in pages] == [1, 1, 1]
    assert len({page.images[0].indirect_reference for page in pages}) == 1
    assert drawn() == drawn()
