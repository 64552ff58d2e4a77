"""Forms that come back: a short trial of each way, what is refused kindly, what is never guessed (papers.md 3)."""

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
import segno
from PIL import Image, ImageChops, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, TextStringObject

from app.errors import Refused
from app.reports.evaluation_model import G1
from app.reports.form_data import FormCopy, Forms
from app.reports.form_model import BOX, CODE, FormModel, to_plain
from app.reports.form_paper import render
from app.reports.form_questionnaire import Question, questionnaire
from app.reports.identity import Stamp
from app.services.reading import form_pages, worker
from app.services.reading.form_data import LineState, PageKind, PageRead
from app.services.reading.forms import DISAGREE, NO_CODE, read_page
from benchmarks.forms import scan, screen, trial
from benchmarks.forms.pen import UNIT, Hand, Writer
from tests.reports import samples

PLAIN = Hand("cross", 0.5, 20)
QS = questionnaire(
    "QS-01",
    (*(Question(f"q{i}", "scale", f"Question {i}") for i in range(6)), Question("nps", "recommend", "Recommandation")),
    "Votre service",
)


def read(path: Path, folder: Path, number: int = 1, *models: FormModel) -> tuple[int, list[PageRead]]:
    known = [to_plain(model) for model in (G1, *models)]
    return read_page({"path": str(path), "number": number, "folder": str(folder), "prefix": "p", "models": known})


def only(path: Path, folder: Path, *models: FormModel) -> PageRead:
    count, (page,) = read(path, folder, 1, *models)
    assert count == 1
    return page


def page(reference: str = "EV-2026-0142") -> Image.Image:
    return next(trial.printed([reference]))


def written(image: Image.Image, answers: dict[str, int], hand: Hand = PLAIN) -> Image.Image:
    writer = Writer(image, hand, Random(7))
    for name, value in answers.items():
        writer.mark(next(box for box in G1.line(name).boxes if box.value == value))
    return image


ALL = {**{f"c{i}": i % 6 for i in range(1, 10)}, "q1": 1, "q2": 0, "q3": 1, "q4": 0}


def saved(image: Image.Image, path: Path, **options: Any) -> Path:
    image.save(path, **options)
    return path


def scanned(image: Image.Image) -> Image.Image:
    return image.resize((1654, 2339), Image.Resampling.BOX)


@pytest.mark.parametrize(
    ("way", "forms", "share"), [("ordinary", 8, 0.98), ("photo", 1, 0.9), ("pencil", 1, 0.5), ("circle", 1, 0.0)]
)
def test_a_short_trial(way: str, forms: int, share: float, tmp_path: Path) -> None:
    """The long one, of 700 forms and of seeds never seen: python -m benchmarks.forms."""
    found = trial.run(way, forms, 20_261_122, tmp_path)
    assert found.pages == Counter(form=forms)
    assert (found.plain["wrong"], found.struck["wrong"], found.wrongs) == (0, 0, [])
    assert found.plain["right"] >= share * sum(found.plain.values())


def test_a_form_filled_by_hand_is_read_with_its_strips(tmp_path: Path) -> None:
    image = written(page(), {name: value for name, value in ALL.items() if name != "c5"})
    Writer(image, PLAIN, Random(1)).scribble(next(area for area in G1.areas if area.name == "t1"))
    found = only(saved(scanned(image), tmp_path / "scan.png"), tmp_path)
    assert (found.kind, found.reference, found.model, found.fields) == (PageKind.FORM, "EV-2026-0142", "G1", False)
    assert found.answers == {name: value for name, value in ALL.items() if name != "c5"}
    assert [line.state for line in found.lines].count(LineState.EMPTY) == 1
    assert [area.name for area in found.areas if area.written] == ["t1"]
    assert found.scan == tmp_path / "scan.png"
    for line in found.lines:
        assert line.picture is not None
        with Image.open(line.picture) as strip:
            assert strip.width > 3 * strip.height > 0
    assert found.picture is not None
    with Image.open(found.picture) as straight:
        assert straight.size == (1680, 2376)


def test_a_blank_form_answers_nothing(tmp_path: Path) -> None:
    found = only(saved(scanned(page("")), tmp_path / "scan.png"), tmp_path)
    assert (found.kind, found.reference, found.answers, found.doubts, found.pale) == (PageKind.FORM, "", {}, 0, True)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_read_whichever_way_it_lies(turn: int, tmp_path: Path) -> None:
    image = scanned(written(page(), ALL)).rotate(turn, expand=True, fillcolor=255)
    assert only(saved(image, tmp_path / "scan.jpg"), tmp_path).answers == ALL


@pytest.mark.parametrize("turn", [0, 180])
def test_a_form_whose_code_is_torn_is_read_and_its_reference_asked_for(turn: int, tmp_path: Path) -> None:
    image = written(page(), ALL)
    x, y, side = (v * UNIT for v in CODE)
    ImageDraw.Draw(image).rectangle((x - 3, y - 3, x + side + 3, y + side * 0.8), fill=235)
    found = only(saved(scanned(image).rotate(turn), tmp_path / "scan.png"), tmp_path, QS)
    assert (found.kind, found.reference, found.told) == (PageKind.FORM, "", NO_CODE)
    assert found.answers == ALL


def test_two_models_that_may_both_be_it_are_not_guessed(tmp_path: Path) -> None:
    twin = FormModel("TWIN", G1.pages)
    image = written(page(), ALL)
    x, y, side = (v * UNIT for v in CODE)
    ImageDraw.Draw(image).rectangle((x, y, x + side, y + side), fill=255)
    assert only(saved(scanned(image), tmp_path / "scan.png"), tmp_path, twin).kind is PageKind.NOT_A_FORM


def test_two_forms_on_one_glass_are_two(tmp_path: Path) -> None:
    glass = Image.new("L", (2 * 1654, 2339), 255)
    for i, reference in enumerate(("EV-2026-0001", "EV-2026-0002")):
        glass.paste(scanned(written(page(reference), {"c1": i + 1})), (1654 * i, 0))
    _, found = read(saved(glass, tmp_path / "a3.png"), tmp_path)
    assert {one.reference: one.answers for one in found} == {"EV-2026-0001": {"c1": 1}, "EV-2026-0002": {"c1": 2}}
    assert len({one.picture for one in found}) == 2


def test_a_page_that_hides_its_marks_is_to_be_made_again(tmp_path: Path) -> None:
    image = scanned(written(page(), ALL))
    found = only(saved(image.crop((0, 0, 1654, 1200)), tmp_path / "half.png"), tmp_path)
    assert (found.kind, found.reference, found.lines) == (PageKind.REDO, "EV-2026-0142", ())
    assert "à plat" in found.told


def test_three_marks_are_enough(tmp_path: Path) -> None:
    image = written(page(), ALL)
    ImageDraw.Draw(image).rectangle((10 * UNIT, 276 * UNIT, 23 * UNIT, 290 * UNIT), fill=255)
    assert only(saved(scanned(image).rotate(2, fillcolor=255), tmp_path / "scan.png"), tmp_path).answers == ALL


def test_a_creased_page_is_read_box_by_box(tmp_path: Path) -> None:
    """A fold moves what is under it by more than half a millimetre."""
    image = written(page(), ALL, Hand("tick", 0.4, 60))
    fold = (0, int(100 * UNIT), image.width, int(160 * UNIT))
    image.paste(image.crop(fold), (int(0.7 * UNIT), int(99.4 * UNIT)))
    found = only(saved(scanned(image), tmp_path / "scan.png"), tmp_path)
    assert (found.answers, found.doubts) == (ALL, 0)


def test_dust_on_a_page_in_black_and_white_is_no_mark(tmp_path: Path) -> None:
    image = scanned(written(page(), ALL)).point(lambda v: 255 if v > 128 else 0)
    dust = scan.grain(image.size, 40, Random(4)).point(lambda v: 255 if v > 66 else 0)
    dusty = ImageChops.darker(image, dust).convert("1")
    assert 0.04 < dust.histogram()[0] / (dust.width * dust.height) < 0.08
    found = only(saved(dusty, tmp_path / "scan.tif", compression="group4"), tmp_path)
    assert (found.answers, found.doubts) == (ALL, 0)


def test_boxes_that_are_not_where_they_should_be_are_not_read(tmp_path: Path) -> None:
    """A page torn across and taped askew: its marks agree, its boxes do not."""
    image = page()
    middle = image.crop((0, int(75 * UNIT), image.width, int(182 * UNIT)))
    image.paste(255, (0, int(75 * UNIT), image.width, int(182 * UNIT)))
    image.paste(middle, (int(4 * UNIT), int(78 * UNIT)))
    found = only(saved(scanned(image), tmp_path / "scan.png"), tmp_path)
    assert (found.kind, found.lines) == (PageKind.REDO, ())


def test_a_photograph_that_hides_a_mark_is_set_straight_by_its_code(tmp_path: Path) -> None:
    """In perspective, three marks do not tell how the page lies: the code helps, or else nothing is read."""
    found = []
    for rank in range(4):
        image = written(page(), ALL)
        ImageDraw.Draw(image).rectangle((10 * UNIT, 276 * UNIT, 23 * UNIT, 290 * UNIT), fill=255)
        photo = scan.photograph(image, Random(rank)).image
        found.append(only(saved(photo, tmp_path / f"{rank}.jpg"), tmp_path))
    assert {one.kind for one in found} <= {PageKind.FORM, PageKind.REDO}
    assert all(set(one.answers.items()) <= set(ALL.items()) for one in found)


def test_one_short_word_is_seen(tmp_path: Path) -> None:
    image = page()
    ink = Writer(image, PLAIN, Random(2))
    ink.stroke([(60, 192), (62, 189), (64, 192), (62, 190.5)])
    found = only(saved(scanned(image), tmp_path / "scan.png"), tmp_path)
    assert [area.name for area in found.areas if area.written] == ["t1"]


def desk() -> Image.Image:
    """A table with its wood, a cup, a keyboard."""
    rnd = Random(3)
    photo = scan.grain((1600, 1200), 60, rnd).point(lambda v: v // 3 + 70)
    draw = ImageDraw.Draw(photo)
    for _ in range(40):
        y = rnd.randint(0, 1200)
        draw.line((0, y, 1600, y + rnd.randint(-60, 60)), fill=rnd.randint(50, 120), width=rnd.randint(1, 6))
    draw.ellipse((200, 200, 520, 520), fill=225, outline=30, width=12)
    for i in range(60):
        x, y = 700 + i % 12 * 66, 500 + i // 12 * 66
        draw.rectangle((x, y, x + 52, y + 52), fill=40)
    return photo


def other_program() -> Image.Image:
    """A survey of somebody else: boxes, words, and a code that leads to a site."""
    sheet = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(sheet)
    for row in range(20):
        for column in range(6):
            draw.rectangle((800 + 110 * column, 400 + 70 * row, 839 + 110 * column, 439 + 70 * row), outline=0, width=2)
    for at in ((100, 100), (1500, 100), (100, 2200), (1500, 2200)):
        draw.rectangle((*at, at[0] + 40, at[1] + 40), fill=0)
    rows = [bytes(255 * (1 - bit) for bit in line) for line in segno.make_qr("https://example.org/survey/12").matrix]
    code = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows))
    sheet.paste(code.resize((170, 170), Image.Resampling.NEAREST), (1250, 150))
    return sheet


def labelled() -> Image.Image:
    """One of our own papers, whose code is no form's."""
    sheet = Image.new("L", (1654, 2339), 255)
    rows = [bytes(255 * (1 - bit) for bit in line) for line in segno.make_qr("PCM:B:PC-0001").matrix]
    code = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows))
    sheet.paste(code.resize((170, 170), Image.Resampling.NEAREST), (200, 150))
    return sheet


@pytest.mark.parametrize(
    ("image", "kind"),
    [
        (desk(), PageKind.NOT_A_FORM),
        (other_program(), PageKind.NOT_A_FORM),
        (labelled(), PageKind.NOT_A_FORM),
        (Image.new("L", (1654, 2339), 255), PageKind.BLANK),
        (scan.scan(Image.new("L", (2480, 3508), 255), Random(5)).image.convert("L"), PageKind.BLANK),
    ],
    ids=["desk", "other", "label", "white", "scanned white"],
)
def test_what_is_no_form_is_refused_kindly(image: Image.Image, kind: PageKind, tmp_path: Path) -> None:
    found = only(saved(image, tmp_path / "scan.png"), tmp_path)
    assert (found.kind, found.lines) == (kind, ())
    assert found.told.endswith(".")
    assert found.scan == found.source


def sheets(*copies: FormCopy) -> bytes:
    return render(Forms(samples.COMPANY, Stamp("Questionnaire", ""), QS, copies, (), ("Anonyme.",)))


def test_a_questionnaire_is_known_by_its_own_model(tmp_path: Path) -> None:
    path = tmp_path / "q.pdf"
    path.write_bytes(sheets(FormCopy("ENQ-2026-01", (), 17), FormCopy("ENQ-2026-01", (), 4)))
    (other,) = read(path, tmp_path, 2)[1]
    assert (other.kind, other.sheet) == (PageKind.OTHER_MODEL, 4)
    assert "QS-01" in other.told
    count, (found,) = read(path, tmp_path, 1, QS)
    assert (count, found.kind, found.reference, found.sheet) == (2, PageKind.FORM, "ENQ-2026-01", 17)
    assert [line.name for line in found.lines] == [*(f"q{i}" for i in range(6)), "nps"]
    assert (found.answers, found.doubts, [area.written for area in found.areas]) == ({}, 0, [False])
    shorter = FormModel("QS-01", QS.pages[:0])
    assert read(path, tmp_path, 1, shorter)[1][0].kind is PageKind.OTHER_MODEL


def test_a_pile_is_read_page_by_page(tmp_path: Path) -> None:
    pile = [scanned(written(page(f"EV-2026-000{i}"), {"c1": i})) for i in (1, 2, 3)]
    pile[0].save(tmp_path / "pile.tif", save_all=True, append_images=pile[1:])
    pile[0].save(tmp_path / "pile.pdf", save_all=True, append_images=pile[1:], resolution=200)
    for path in (tmp_path / "pile.tif", tmp_path / "pile.pdf"):
        for number in (1, 2, 3):
            count, (found,) = read(path, tmp_path, number)
            assert (count, found.number, found.reference, found.answers) == (
                3,
                number,
                f"EV-2026-000{number}",
                {"c1": number},
            )
            assert found.scan is not None
            assert found.scan.parent == tmp_path
            assert found.scan != path


# -- on screen --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rank", range(6))
def test_a_form_filled_on_screen_comes_back_exactly(rank: int, tmp_path: Path) -> None:
    filled = screen.drawn(Random(f"suite:{rank}"))
    path = tmp_path / "rempli.pdf"
    (screen.by_hand if rank % 2 else screen.by_program)(filled, path)
    found = only(path, tmp_path)
    assert filled.agrees(found)
    assert found.scan == path


def filled_on_screen(path: Path, answers: dict[str, int]) -> Path:
    screen.by_hand(screen.Filled("EV-2026-0142", answers, {}), path)
    return path


def marked_over(path: Path, name: str, value: int) -> Path:
    """A cross drawn by a pen over a form filled on screen."""
    box = next(box for box in G1.line(name).boxes if box.value == value)
    left, low = (box.x - BOX / 2) * screen.MM, (297 - box.y - BOX / 2) * screen.MM
    side = BOX * screen.MM
    writer = PdfWriter()
    writer.append(PdfReader(path))
    cross = f"q 1.5 w {left} {low} m {left + side} {low + side} l {left} {low + side} m {left + side} {low} l S Q"
    content = writer.pages[0].get_contents()
    assert content is not None
    content.set_data(content.get_data() + f"\n{cross}\n".encode())
    writer.pages[0].replace_contents(content)
    writer.write(path)
    return path


def line_of(found: PageRead, name: str) -> tuple[LineState, int | None, int | None, str]:
    line = next(line for line in found.lines if line.name == name)
    return line.state, line.value, line.guess, line.why


def test_a_field_and_a_mark_that_disagree_are_a_doubt(tmp_path: Path) -> None:
    path = marked_over(filled_on_screen(tmp_path / "a.pdf", {"c1": 4, "c2": 5}), "c1", 2)
    found = only(path, tmp_path)
    assert line_of(found, "c1") == (LineState.DOUBT, None, 4, DISAGREE)
    assert found.answers == {"c2": 5}


def test_a_line_drawn_on_but_not_filled_is_a_doubt(tmp_path: Path) -> None:
    found = only(marked_over(filled_on_screen(tmp_path / "a.pdf", {"c1": 4}), "c3", 2), tmp_path)
    assert line_of(found, "c3") == (LineState.DOUBT, None, 2, DISAGREE)


def test_a_form_to_fill_on_screen_that_was_only_drawn_on_is_read_as_paper(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(screen.blank("EV-2026-0142"))
    found = only(marked_over(path, "c3", 2), tmp_path)
    assert (found.answers, found.fields) == ({"c3": 2}, False)


@pytest.mark.parametrize(("value", "guess"), [("/5", None), ("/9", None)])
def test_a_file_that_contradicts_itself_is_a_doubt(value: str, guess: int | None, tmp_path: Path) -> None:
    path = filled_on_screen(tmp_path / "a.pdf", {"c1": 4})
    writer = PdfWriter()
    writer.append(PdfReader(path))
    for one in writer.pages[0]["/Annots"]:  # type: ignore[attr-defined]
        parent = one.get_object().get("/Parent")
        if parent is not None and parent.get_object()["/T"] == "c1":
            parent.get_object()[NameObject("/V")] = NameObject(value)
    writer.write(path)
    assert line_of(only(path, tmp_path), "c1") == (LineState.DOUBT, None, guess, DISAGREE)


def test_notes_and_other_fields_are_left_alone(tmp_path: Path) -> None:
    """What a reader of PDF may add to a form: a remark, a button, a field without a name."""
    path = filled_on_screen(tmp_path / "a.pdf", {"c1": 4})
    writer = PdfWriter()
    writer.append(PdfReader(path))
    box = ArrayObject([FloatObject(v) for v in (20, 20, 40, 40)])
    for told in (
        {"/Subtype": NameObject("/Text"), "/Contents": TextStringObject("Vu"), "/Rect": box},
        {"/Subtype": NameObject("/Widget"), "/FT": NameObject("/Sig"), "/T": TextStringObject("s"), "/Rect": box},
        {"/Subtype": NameObject("/Widget"), "/FT": NameObject("/Btn"), "/Rect": box},
    ):
        note = DictionaryObject({NameObject(key): value for key, value in told.items()})
        writer.pages[0]["/Annots"].append(writer._add_object(note))  # type: ignore[attr-defined]
    writer.write(path)
    found = only(path, tmp_path)
    assert (found.answers, found.doubts, found.texts) == ({"c1": 4}, 0, {})


# -- files ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Nom;Ville\n", "ni une image ni un PDF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40, "HEIC"),
    ],
)
def test_other_files_are_refused_with_a_sentence(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(content)
    with pytest.raises(Refused, match=words):
        read(path, tmp_path)


def test_a_locked_file_and_a_huge_picture_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(Refused, match="mot de passe"):
        read(tmp_path / "a.pdf", tmp_path)
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7\nabime")
    (broken,) = worker.frames({"path": str(tmp_path / "b.pdf"), "number": 1, "folder": "", "prefix": "", "models": []})
    assert "abîmé" in broken["refused"]
    monkeypatch.setattr(form_pages, "MOST_PIXELS", 1000)
    with pytest.raises(Refused, match="démesurée"):
        read(saved(desk(), tmp_path / "a.png"), tmp_path)


def test_a_photograph_is_upright_and_its_colour_kept(tmp_path: Path) -> None:
    image = scanned(written(page(), ALL)).convert("RGB")
    ImageDraw.Draw(image).rectangle((300, 1500, 600, 1560), fill=(20, 40, 200))
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = image.transpose(Image.Transpose.ROTATE_90)
    path = saved(turned, tmp_path / "photo.jpg", exif=exif, quality=88)
    leaf = form_pages.leaf(path, 1)
    assert leaf.image.width < leaf.image.height
    assert form_pages.kept(leaf.image).mode == "RGB"
    assert form_pages.kept(scanned(page()).convert("RGB")).mode == "L"
    assert only(path, tmp_path).answers == ALL


@pytest.mark.parametrize("mode", ["1", "RGBA", "P", "LA", "I;16"])
def test_pictures_of_every_sort_are_read(mode: str, tmp_path: Path) -> None:
    image = scanned(written(page(), ALL))
    if mode == "I;16":
        image = image.point(lambda v: v * 257, "I").convert("I;16")
    elif mode in {"RGBA", "LA"}:
        clear = image.point(lambda v: 0 if v > 250 else 255)
        image = image.convert(mode)
        image.putalpha(clear)
    else:
        image = image.convert(mode)
    path = saved(image, tmp_path / "scan.png")
    assert only(path, tmp_path).answers == ALL


def test_a_photograph_put_in_a_pdf_is_drawn_at_its_size(tmp_path: Path) -> None:
    path = saved(scanned(written(page(), ALL)), tmp_path / "photo.pdf", resolution=72)
    assert only(path, tmp_path).answers == ALL
