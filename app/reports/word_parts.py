"""What a Word file is dressed with: styles, page, head and foot, fields, borders (papers.md 1, as far as Word goes)."""

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from app.reports.identity import MAKER
from app.reports.text import one_line
from app.reports.written_data import WrittenPaper

FACE = "Calibri"
"""On every machine that has Word; LibreOffice has one of the same widths. A Word file cannot carry our own."""
INK, GREY, ACCENT, RULE = "1B1F23", "4A5056", "1F4E5F", "B4BAC0"
SPAN = 174
"""Width in mm of what is written."""
STYLES = {
    "Normal": (10, False, INK, 0, 5),
    "Title": (28, True, INK, 4, 4),
    "Subtitle": (13, False, GREY, 0, 36),
    "Heading 1": (15, True, INK, 18, 5),
    "Contents Title": (15, True, INK, 0, 8),
    "Contents": (10, False, INK, 2, 2),
    "List Bullet": (10, False, INK, 0, 3),
    "Header": (8, False, GREY, 0, 0),
    "Footer": (7, False, GREY, 0, 0),
    "Note": (7.5, False, GREY, 0, 5),
    "Cell": (9, False, INK, 2, 2),
    "Cell Head": (7.5, True, GREY, 2, 2),
}  # fmt: skip
"""Style -> size in points, whether bold, colour, white above and under in points."""
_SAME_DAY = (1980, 1, 1, 0, 0, 0)


def dress(word: Word) -> None:
    """Give the styles our sizes and colours, and French to the spelling checker."""
    for name, (size, bold, colour, above, under) in STYLES.items():
        if name not in [style.name for style in word.styles]:
            word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style: Any = word.styles[name]
        _strip(style.element)
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.color.rgb = RGBColor.from_string(colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(under)
        style.paragraph_format.line_spacing = 1.1
        style.paragraph_format.widow_control = True
        _face(style.element.get_or_add_rPr())
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-FR")


def _strip(style: Any) -> None:
    """Take the rules, the tabs and the letter-spacing of Word's own styles away."""
    for path in ("w:pPr/w:pBdr", "w:pPr/w:tabs", "w:rPr/w:spacing", "w:rPr/w:kern"):
        for element in style.xpath(path):
            element.getparent().remove(element)


def _face(properties: Any) -> None:
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FACE)


def lay_page(word: Word, written: WrittenPaper) -> None:
    """A4, the company and the reference in the head with PROJET while it is one, « page x/y » in the foot."""
    section, stamp = word.sections[0], written.stamp
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(20), Mm(16)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    section.header_distance, section.footer_distance = Mm(10), Mm(8)
    head = _edge(section.header.paragraphs[0])
    head.add_run(one_line(written.company.name)).bold = True
    head.add_run(f"   {one_line(stamp.title)}")
    mark = head.add_run("\tPROJET, sans valeur   " if stamp.draft else "\t")
    mark.bold, mark.font.color.rgb = True, RGBColor.from_string(ACCENT)
    head.add_run(one_line(stamp.reference)).bold = True
    border(head, ("bottom",), INK)
    foot = _edge(section.footer.paragraphs[0])
    foot.add_run(f"{one_line(stamp.first_line)}\tpage ")
    add_field(foot, "PAGE", "1")
    foot.add_run("/")
    add_field(foot, "NUMPAGES", "1")
    foot.add_run(f"\n{one_line(stamp.second_line)}\tÉtabli avec {MAKER}")
    border(foot, ("top",), RULE)


def _edge(paragraph: Paragraph) -> Paragraph:
    """A head or a foot: one tab, at the right margin."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(SPAN), WD_TAB_ALIGNMENT.RIGHT)
    return paragraph


def describe(word: Word, written: WrittenPaper) -> None:
    known, stamp = word.core_properties, written.stamp
    known.title = one_line(f"{stamp.title} {stamp.reference}".strip())[:255]
    known.author = known.last_modified_by = one_line(written.company.name)[:255]
    known.comments, known.language, known.category = "", "fr-FR", MAKER
    if stamp.data_at is not None:
        known.created = known.modified = stamp.data_at.replace(microsecond=0)


def border(paragraph: Paragraph, sides: tuple[str, ...], colour: str) -> None:
    """Rules at these sides of a paragraph; « between » parts it from the next one of its kind."""
    edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="3" w:color="{colour}"/>' for side in sides)
    properties: Any = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx leaves its elements to its users
    made = parse_xml(f"<w:pBdr {nsdecls('w')}>{edges}</w:pBdr>")
    properties.insert_element_before(made, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def add_field(paragraph: Paragraph, code: str, shown: str) -> None:
    """A field that Word works out: `shown` until it does."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", shown), ("end", "")):
        run: Any = paragraph.add_run()
        if kind == "shown":
            run.text = text
            continue
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = f" {text} "
        run._r.append(element)  # noqa: SLF001 - as above


def bookmark(paragraph: Paragraph, number: int) -> str:
    """Name a place, so that the contents can tell its page."""
    name = f"chapitre_{number}"
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.append(start)  # noqa: SLF001 - as above
    paragraph._p.append(end)  # noqa: SLF001 - as above
    return name


def rule_table(table: Table) -> None:
    """Rules between rows and none upright, the first column flush with the left margin."""
    _add(table._tbl.tblPr, "tblBorders", _edges(("top", "bottom", "insideH"), RULE))  # noqa: SLF001 - as above
    _add(table._tbl.tblPr, "tblCellMar", _widths({"left": 0, "right": 110}))  # noqa: SLF001 - as above


def row_flag(row: Any, name: str) -> None:
    """`tblHeader`: on each page; `cantSplit`: never cut."""
    row._tr.get_or_add_trPr().append(OxmlElement(f"w:{name}"))  # noqa: SLF001 - as above


def box_cell(cell: _Cell) -> None:
    """A frame of its own around a cell."""
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - as above
    _add(properties, "tcBorders", _edges(("top", "left", "bottom", "right"), INK))
    _add(properties, "tcMar", _widths({"left": 120, "right": 120}))


def _add(properties: Any, name: str, inside: str) -> None:
    properties.append(parse_xml(f"<w:{name} {nsdecls('w')}>{inside}</w:{name}>"))


def _edges(sides: tuple[str, ...], colour: str) -> str:
    return "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{colour}"/>' for side in sides)


def _widths(sides: dict[str, int]) -> str:
    """Margins in twentieths of a point."""
    return "".join(f'<w:{side} w:w="{wide}" w:type="dxa"/>' for side, wide in sides.items())


def steady(content: bytes) -> bytes:
    """The same file without the hour at which it was packed."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as made, ZipFile(out, "w", ZIP_DEFLATED) as kept:
        for name in made.namelist():
            kept.writestr(ZipInfo(name, _SAME_DAY), made.read(name), ZIP_DEFLATED)
    return out.getvalue()
