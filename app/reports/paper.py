"""A paper being drawn: its pages as PDF operators, numbered and closed by `finish` (papers.md 1).

Everything is placed in millimetres from the top left corner of the page.
"""

from collections.abc import Callable
from io import BytesIO
from math import cos, radians, sin
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from app.reports import fonts, theme
from app.reports.identity import MAKER, CompanyCard, Picture, Stamp
from app.reports.pictures import placed
from app.reports.text import fitted, one_line
from app.reports.theme import ACCENT, GREY, INK, MM, PORTRAIT, RULE, Frame, Type


class Page:
    """One page: `out` is its operators, `marks` the chapters that it opens in the reader's side panel."""

    def __init__(self, paper: "Paper", frame: Frame) -> None:
        self.paper = paper
        self.frame = frame
        self.high = frame.height * MM
        self.out: list[str] = []
        self.marks: list[str] = []
        self.pictures: list[tuple[Picture, float, float, float, float]] = []
        self.fields: list[Callable[[Any], None]] = []
        """What places a field of the PDF, given the canvas: over all that is drawn."""

    def settle(self) -> str:
        """Make one text of what was drawn: thousands of pages wait for their number, and it is lighter than a list."""
        whole = "\n".join(self.out)
        self.out[:] = [whole]
        return whole

    def at(self, x: float, y: float) -> str:
        return f"{x * MM:.2f} {self.high - y * MM:.2f}"

    def text(self, x: float, y: float, text: str, kind: Type) -> float:
        """Write on one line from x, the baseline at y; the x where it ends."""
        if not text:
            return x
        line = one_line(text)
        self.out.append(
            f"BT {self.paper.name(kind.face)} {kind.size:g} Tf {kind.colour} rg "
            f"1 0 0 1 {self.at(x, y)} Tm {self.paper.shown(line, kind)} ET"
        )
        return x + fonts.measure(line, kind.face, kind.size) / MM

    def right(self, x: float, y: float, text: str, kind: Type) -> None:
        """Write on one line ending at x."""
        self.text(x - width_of(text, kind), y, text, kind)

    def centre(self, x: float, y: float, text: str, kind: Type) -> None:
        self.text(x - width_of(text, kind) / 2, y, text, kind)

    def fit(self, x: float, y: float, text: str, kind: Type, width: float) -> float:
        """Write at most `width` mm of a line, ended by « … » when cut."""
        return self.text(x, y, fitted(text, kind, width * MM), kind)

    def rule(self, x: float, y: float, to: float, thick: float = 0.25, colour: str = RULE) -> None:
        """A horizontal line, `thick` points thick."""
        self.out.append(f"{thick:g} w {colour} RG {self.at(x, y)} m {self.at(to, y)} l S")

    def upright(self, x: float, y: float, to: float, thick: float = 0.25, colour: str = RULE) -> None:
        self.out.append(f"{thick:g} w {colour} RG {self.at(x, y)} m {self.at(x, to)} l S")

    def dotted(self, x: float, y: float, to: float) -> None:
        """A line to write on."""
        self.out.append(f"q 0.5 w 1 J [0 2] 0 d {GREY} RG {self.at(x, y)} m {self.at(to, y)} l S Q")

    def box(
        self, x: float, y: float, wide: float, high: float, thick: float = 0.5, fill: str = "", edge: str = INK
    ) -> None:
        """A rectangle from its top left corner; `thick` 0 leaves it without an outline."""
        paint = ("B" if thick else "f") if fill else "S"
        colour = (f"{fill} rg " if fill else "") + (f"{thick:g} w {edge} RG " if thick else "")
        self.out.append(f"{colour}{self.at(x, y + high)} {wide * MM:.2f} {high * MM:.2f} re {paint}")

    def path(self, points: list[tuple[float, float]], thick: float = 1.0, fill: str = "") -> None:
        """An open line, or a filled shape."""
        legs = " ".join(f"{self.at(x, y)} {'l' if i else 'm'}" for i, (x, y) in enumerate(points))
        self.out.append(f"{fill} rg {legs} h f" if fill else f"{thick:g} w {INK} RG {legs} S")

    def picture(self, x: float, y: float, picture: Picture, width: float, height: float) -> float:
        """Draw a picture fitted in a place, from its top left corner; the width in mm that it takes."""
        wide, high = placed(picture, width, height)
        self.pictures.append((picture, x * MM, self.high - (y + high) * MM, wide * MM, high * MM))
        return wide

    def modules(self, x: float, y: float, side: float, rows: list[bytes]) -> None:
        """A code of black squares in one path of horizontal runs."""
        unit = side * MM / len(rows)
        left, top = x * MM, self.high - y * MM
        runs = []
        for j, row in enumerate(rows):
            for i, length in _runs(row):
                runs.append(f"{left + i * unit:.2f} {top - (j + 1) * unit:.2f} {length * unit:.2f} {unit:.2f} re")
        self.out.append("0 0 0 rg " + " ".join(runs) + " f")


def _runs(row: bytes) -> list[tuple[int, int]]:
    """First module and length of each dark run of a row."""
    found = []
    start = -1
    for i, dark in enumerate([*row, 0]):
        if dark and start < 0:
            start = i
        elif not dark and start >= 0:
            found.append((start, i - start))
            start = -1
    return found


def width_of(text: str, kind: Type) -> float:
    """Width in mm of one line."""
    return fonts.measure(one_line(text), kind.face, kind.size) / MM


class Paper:
    """The whole document. One use: draw its pages, then `finish`. `bare`: pages without a foot."""

    def __init__(self, company: CompanyCard, stamp: Stamp, *, bare: bool = False) -> None:
        self.company = company
        self.stamp = stamp
        self.pages: list[Page] = []
        self.bare = bare
        self._file = BytesIO()
        base: Any = fonts.load(theme.REGULAR).fontName  # else an unembedded Helvetica is listed
        self._canvas: Any = Canvas(self._file, pageCompression=1, invariant=1, initialFontName=base, lang="fr-FR")
        self._names: dict[str, str] = {}
        self._shown: dict[tuple[str, str, float], str] = {}

    def page(self, frame: Frame = PORTRAIT, mark: str = "") -> Page:
        """A new page, the one drawn from now on."""
        if self.pages:
            self.pages[-1].settle()
        page = Page(self, frame)
        page.marks += [mark] if mark else []
        self.pages.append(page)
        return page

    def name(self, face: str) -> str:
        if face not in self._names:
            self._names[face] = fonts.load(face).name_in(self._canvas._doc)  # noqa: SLF001 - reportlab gives no other door
        return self._names[face]

    def shown(self, line: str, kind: Type) -> str:
        """Operators showing a printable line; kept, since tables repeat their words."""
        key = (line, kind.face, kind.size)
        if key not in self._shown:
            self._shown[key] = fonts.show(line, kind.face, kind.size, self._canvas._doc)  # noqa: SLF001
        return self._shown[key]

    def finish(self) -> bytes:
        """Number and close the pages."""
        self._describe()
        canvas = self._canvas
        for number, page in enumerate(self.pages, 1):
            if not self.bare:
                _footer(page, f"page {number}/{len(self.pages)}")
            canvas.setPageSize((page.frame.width * MM, page.high))
            for i, mark in enumerate(page.marks):
                canvas.bookmarkPage(f"p{number}.{i}")
                canvas.addOutlineEntry(one_line(mark), f"p{number}.{i}")
            canvas.addLiteral(_watermark(page) + page.settle())
            page.out.clear()
            for picture, x, y, wide, high in page.pictures:
                canvas.drawImage(ImageReader(BytesIO(picture.content)), x, y, wide, high, mask="auto")
            for place in page.fields:
                place(canvas)
            canvas.showPage()
        canvas.save()
        return self._file.getvalue()

    def _describe(self) -> None:
        stamp, canvas = self.stamp, self._canvas
        canvas.setTitle(one_line(f"{stamp.title} {stamp.reference}".strip()))
        canvas.setAuthor(one_line(self.company.name))
        canvas.setSubject(one_line(stamp.first_line))
        canvas.setCreator(MAKER)
        canvas.setProducer(MAKER)
        if stamp.data_hash and not stamp.draft:
            canvas.setKeywords(f"SHA-256 des données\u00a0: {stamp.data_hash}")


def _footer(page: Page, number: str) -> None:
    frame, stamp = page.frame, page.paper.stamp
    page.rule(frame.left, frame.foot_rule, frame.right, 0.35)
    first, second = frame.foot
    page.text(frame.left, first, stamp.first_line, theme.FOOT)
    page.right(frame.right, first, number, theme.FOOT_BOLD)
    page.text(frame.left, second, stamp.second_line, theme.FOOT)
    page.right(frame.right, second, f"Établi avec {MAKER}", theme.FOOT)


def _watermark(page: Page) -> str:
    """The word PROJET across the page, under what is drawn after it."""
    paper, frame, kind = page.paper, page.frame, theme.DRAFT
    if not paper.stamp.draft:
        return ""
    half = fonts.measure("PROJET", kind.face, kind.size) / 2
    turn, drop = radians(frame.tilt), kind.size * 0.33
    c, s = cos(turn), sin(turn)
    x = frame.width * MM / 2 - half * c + drop * s
    y = page.high / 2 - half * s - drop * c
    matrix = f"{c:.4f} {s:.4f} {-s:.4f} {c:.4f} {x:.2f} {y:.2f} Tm"
    shown = paper.shown("PROJET", kind)
    return f"BT {paper.name(kind.face)} {kind.size:g} Tf {kind.colour} rg {matrix} {shown} ET\n"


def running_head(page: Page) -> None:
    """Company and title at left, reference at right: on the pages that follow the first."""
    frame, paper = page.frame, page.paper
    end = page.fit(frame.left, frame.head, paper.company.name, theme.RUNNING_BOLD, frame.span / 3)
    page.text(end + 2.6, frame.head, paper.stamp.title, theme.RUNNING)
    page.right(frame.right, frame.head, paper.stamp.reference, theme.RUNNING_BOLD)
    page.rule(frame.left, frame.head_rule, frame.right, 0.5, INK)


def masthead_rule(page: Page, y: float = 29) -> None:
    page.rule(page.frame.left, y, page.frame.right, 1.2, ACCENT)
