"""The guide as a PDF: its contents tell the sheet of each page, its links and pictures are there."""

from datetime import date
from io import BytesIO

from pypdf import PdfReader

from app.reports import guide
from app.reports.guide_data import (
    Grid,
    Guide,
    GuidePage,
    GuidePart,
    GuideStamp,
    Heading,
    Items,
    Para,
    Piece,
    Shot,
    Term,
    Where,
)
from app.services.guide import book, parts, picture
from tests.reports.reading import flat, fonts_of, laid_pages_of, pages_of

STAMP = GuideStamp("Guide de l’utilisateur", "version 1.0 du 21/11/2026", draft=False)


def made(*blocks: object) -> bytes:
    """A guide of two parts, these blocks in the first page."""
    first = GuidePage("un", "La première", blocks)  # type: ignore[arg-type]
    second = GuidePage("deux", "La seconde", (Heading("Un endroit", "un-endroit"), Para((Piece("Fin."),))))
    told = (GuidePart("Début", (first,)), GuidePart("Suite", (second,)))
    return guide.render(Guide(STAMP, told, {"accueil.png": picture("accueil.png")}, "accueil.png"))


def test_each_block_is_drawn() -> None:
    pdf = made(
        Where((("Inventaire", "Autres", "Prêts"),)),
        Para((Piece("Du "), Piece("gras", "strong"), Piece(" et "), Piece("un renvoi", "", "deux#un-endroit"))),
        Items(((Piece("suivre"),),), 6),
        Items(((Piece("un tiret"),),)),
        Grid(((Piece("Touche"),), (Piece("Effet"),)), (((Piece("F1"),), (Piece("ce guide"),)),)),
        Shot("accueil.png", "Ce que montre l’image"),
        Term("Avenant", "avenant", (Piece("Un changement."),)),
    )
    text = flat(pages_of(pdf)[2])
    assert "Dans le programme : Inventaire › Autres › Prêts" in text
    assert "Du gras et un renvoi" in text
    assert "6 suivre" in text.replace("suivre 6", "6 suivre")
    for said in ("– un tiret", "Touche", "F1", "Ce que montre l’image", "Avenant. Un changement."):
        assert said in text
    assert all(fonts_of(pdf).values())


def test_a_link_leads_to_its_place_and_the_contents_tell_the_sheets() -> None:
    pdf = made(Para((Piece("un renvoi", "", "deux#un-endroit"),)))
    reader = PdfReader(BytesIO(pdf))
    led = [note.get_object()["/Dest"][0] for note in reader.pages[2]["/Annots"]]  # type: ignore[attr-defined]
    assert set(led) == {reader.pages[3].indirect_reference}  # one for each word
    assert pdf == made(Para((Piece("un renvoi", "", "deux#un-endroit"),)))
    contents = flat(laid_pages_of(pdf)[1])
    assert "1.1 La première 3" in contents
    assert "2.1 La seconde 4" in contents


def test_a_long_page_flows_over_the_sheets() -> None:
    long = Para((Piece("Une phrase assez longue pour tenir sur une ligne entière. " * 6),))
    assert len(pages_of(made(long))) == 4
    assert len(pages_of(made(*[long] * 60))) == 8


def test_the_whole_guide_is_drawn() -> None:
    pdf = book.pdf(date(2026, 11, 21))
    reader = PdfReader(BytesIO(pdf))
    assert [page for part in parts() for page in part.pages][-1].title in flat(
        laid_pages_of(pdf)[-1] + laid_pages_of(pdf)[2]
    )
    assert 45 < len(reader.pages) < 90
    assert len(pdf) < 3_000_000
    assert "version" in pages_of(pdf)[0]


def test_a_heading_stays_with_its_table_or_its_picture() -> None:
    table = Grid(
        ((Piece("Touche"),), (Piece("Effet"),)), tuple(((Piece("F1"),), (Piece("ce guide"),)) for _ in range(6))
    )
    for filled in range(16, 30, 2):
        lines = [Para((Piece("Une ligne."),))] * filled
        for after, said in ((table, "ce guide"), (Shot("accueil.png", "L’image"), "L’image")):
            sheets = pages_of(made(*lines, Heading("Un titre à part", "a-part"), after))
            assert [said in sheet for sheet in sheets] == ["Un titre à part" in sheet for sheet in sheets]
