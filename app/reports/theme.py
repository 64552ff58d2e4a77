"""The charter of the papers: page frames in millimetres, kinds of text, colours (papers.md 1)."""

from dataclasses import dataclass

MM = 72 / 25.4


def _ink(code: str) -> str:
    """« 1F4E5F » -> the three numbers of a PDF colour operator."""
    return " ".join(f"{int(code[i : i + 2], 16) / 255:.3f}" for i in (0, 2, 4))


INK = _ink("1B1F23")
GREY = _ink("4A5056")
ACCENT = _ink("1F4E5F")
RULE = _ink("B4BAC0")
MID = _ink("7C848B")
BAND = _ink("F2F3F4")
GHOST = _ink("E9EBEC")
WHITE = _ink("FFFFFF")
TINTS = (_ink("EDF1F3"), _ink("C3D2D9"), _ink("8FA9B4"), _ink("5F8190"))
"""Of charts, light to dark; ACCENT is the darkest."""

VERDICTS = {"A": _ink("E4F1EA"), "B": _ink("B3D3DA"), "C": _ink("DDA94B"), "D": _ink("B4552F"), "E": _ink("33262A")}
CONDITIONS = {"4": VERDICTS["A"], "3": VERDICTS["B"], "2": VERDICTS["C"], "1": VERDICTS["D"], "0": VERDICTS["E"]}
"""Darkness grows with gravity, so that a black and white copy still reads."""

LIGHT_LETTER = {VERDICTS["D"], VERDICTS["E"], ACCENT, TINTS[3]}
"""Fills on which the letter is white."""


@dataclass(frozen=True)
class Frame:
    """A page, in mm from its top left corner."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    head: float
    head_rule: float
    foot_rule: float
    foot: tuple[float, float]
    tilt: float
    """Angle of the word PROJET, in degrees."""

    @property
    def span(self) -> float:
        return self.right - self.left


PORTRAIT = Frame(210, 297, 20, 194, 25, 279, 13.4, 16, 282.5, (286.3, 289.5), 52)
LANDSCAPE = Frame(297, 210, 15, 282, 24, 192, 13.4, 16, 195.5, (199.3, 202.5), 34)

REGULAR, SEMIBOLD, BOLD, ITALIC, MONO = "Regular", "Semibold", "Bold", "It", "Mono"


@dataclass(frozen=True)
class Type:
    """A face at a size, with its leading, in points."""

    face: str
    size: float
    leading: float
    colour: str = INK


COVER = Type(SEMIBOLD, 30, 34.5)
COVER_NOTE = Type(REGULAR, 13, 17, GREY)
COVER_NAME = Type(SEMIBOLD, 13, 16)
COVER_FACT = Type(REGULAR, 10, 13.6)
TITLE = Type(SEMIBOLD, 17, 20)
SUBTITLE = Type(REGULAR, 9.5, 12.6, GREY)
CHAPTER = Type(SEMIBOLD, 15, 18)
CHAPTER_NUMBER = Type(SEMIBOLD, 15, 18, ACCENT)
KEY_FIGURE = Type(SEMIBOLD, 19, 22)
HEADLINE = Type(SEMIBOLD, 15, 18)
BLOCK = Type(SEMIBOLD, 10.5, 13, ACCENT)
SHEET_NUMBER = Type(SEMIBOLD, 12, 15)
SHEET_NAME = Type(REGULAR, 12, 15)
BODY = Type(REGULAR, 9.5, 12.6)
BODY_BOLD = Type(SEMIBOLD, 9.5, 12.6)
BODY_ITALIC = Type(ITALIC, 9, 12.2)
BODY_NUMBER = Type(SEMIBOLD, 9.5, 12.6, ACCENT)
CELL = Type(REGULAR, 9, 11)
CELL_BOLD = Type(SEMIBOLD, 9, 11)
SMALL_CELL = Type(REGULAR, 8, 9.2)
SMALL_CELL_BOLD = Type(SEMIBOLD, 8, 9.2)
SMALL_GROUP = Type(SEMIBOLD, 9, 11, ACCENT)
TOTAL = Type(SEMIBOLD, 9.5, 12)
HEAD = Type(SEMIBOLD, 7.2, 8.6, GREY)
LABEL = Type(REGULAR, 7.2, 8.8, GREY)
LABEL_ITALIC = Type(ITALIC, 7, 8.6, GREY)
CARD = Type(SEMIBOLD, 8.5, 10.5)
NAME = Type(SEMIBOLD, 10.5, 13)
ADDRESS = Type(REGULAR, 7.5, 9.4, GREY)
NOTE = Type(REGULAR, 7.2, 9, GREY)
RUNNING = Type(REGULAR, 8, 10, GREY)
RUNNING_BOLD = Type(SEMIBOLD, 8, 10)
FOOT = Type(REGULAR, 6.5, 8, GREY)
FOOT_BOLD = Type(SEMIBOLD, 7, 8)
SENTENCE = Type(REGULAR, 8.6, 11.4)
HASH = Type(MONO, 7.2, 10)
BADGE = Type(SEMIBOLD, 6.5, 8)
DRAFT = Type(BOLD, 130, 130, GHOST)
