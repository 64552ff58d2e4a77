"""From the ink of the boxes to the answer of each line, or to a doubt: never a guess (papers.md 3, « Reading »)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from app.reports.form_model import FormLine
from app.services.reading.form_boxes import Ink
from app.services.reading.form_data import LineRead, LineState, MarkKind

FAINT, MARKED = 0.03, 0.06
"""T0 and T1 of papers.md 3, at least: shares of ink from which a box is doubtful, and marked."""
NOISE = 4
"""T0 is also that many times what the empty boxes of this page hold."""
CROSSED, FILLED = 0.70, 0.78
"""Up to the first, a cross or a tick; from the second, blackened; between, nobody can say."""
HABIT = 3
"""Lines with a blackened answer from which a person is taken to blacken answers, if they are half of all."""
THICK = 0.45
"""Ink of the usual cross of a page from which the pen is thick: a fuller cross there is still a cross."""
PENCIL, SPREAD = 0.008, 5.0
"""Shade beyond that of the empty boxes of the page, and how many times their spread, from which a mark is pale."""
SECOND = (0.022, 6.0)
"""The same for a box of a line that has its answer elsewhere."""
DOTTED = 0.5
"""Share of its shade that a pale mark has as ink, at most: with more, it is dust on a page in black and white."""
PALE_LINES = 2
"""Lines with a pale mark from which nothing is taken for empty on the page: it was written in pencil."""
BESIDES, SIDES = 2, 3
"""Sides of a box with ink from which there is something beside it, and from which it is circled."""
OUTSIDE, ASTRAY = 0.06, 0.15
"""Shares of ink beside a box, on two sides, and on one alone, that may be a circle or a tick gone astray."""
STRUCK = 0.16
"""Share of ink on both sides of a box from which it is struck out: 500 ordinary marks had 0.12 at most, and half of
those struck out more than 0.29."""
FEW = 3
"""Answers under which a page is to be looked at whole."""

TWO = "plusieurs cases sont marquées"
CANCELLED = "une case noircie, seule\u00a0: réponse ou annulation\u00a0?"
HEAVY = "une case très chargée\u00a0: cochée ou annulée\u00a0?"
PALE = "une trace pâle dans une case"
BESIDE = "un trait autour ou à côté d’une case"
BARRED = "la seule case cochée semble barrée"
CIRCLED = "une case est cochée, une autre entourée"
PENCILLED = "rien de visible, mais d’autres réponses de la feuille sont très pâles"


@dataclass(frozen=True, slots=True)
class Levels:
    """What counts on this page, from what its empty boxes hold."""

    faint: float
    marked: float
    shade: float
    second: float
    ring: float


def levels(inks: Sequence[Ink]) -> Levels:
    """Most boxes of a page are empty, so that the median is what emptiness looks like there."""
    faint = max(FAINT, NOISE * median(ink.dark for ink in inks) + 0.01)
    return Levels(
        faint=faint,
        marked=max(MARKED, faint),
        shade=_beyond([ink.shade for ink in inks], PENCIL, SPREAD),
        second=_beyond([ink.shade for ink in inks], *SECOND),
        ring=median(max(ink.ring) for ink in inks) + OUTSIDE,
    )


def _beyond(shades: Sequence[float], least: float, spread: float) -> float:
    """A shade that no empty box of this page has, however grained its paper."""
    middle = median(shades)
    return middle + max(least, spread * median(abs(shade - middle) for shade in shades))


def read(lines: Sequence[FormLine], measured: Mapping[str, Sequence[Ink]]) -> tuple[LineRead, ...]:
    """The lines of a page, in their order."""
    if not lines:
        return ()
    level = levels([ink for inks in measured.values() for ink in inks])
    marks = {line.name: tuple(kind(ink, level) for ink in measured[line.name]) for line in lines}
    if _is_thick(marks, measured):
        marks = {name: _crossed(own) for name, own in marks.items()}
    blackens = _blackens(list(marks.values()))
    found = [_line(line, marks[line.name], measured[line.name], level, blackens) for line in lines]
    if sum(line.why == PALE for line in found) < PALE_LINES:
        return tuple(found)
    wary = replace(level, second=level.shade)
    again = (_line(line, marks[line.name], measured[line.name], wary, blackens) for line in lines)
    return tuple(_unsure(line) if line.state is LineState.EMPTY else line for line in again)


def _unsure(line: LineRead) -> LineRead:
    return replace(line, state=LineState.DOUBT, why=PENCILLED)


def kind(ink: Ink, level: Levels) -> MarkKind:
    if ink.dark >= FILLED:
        return MarkKind.FILLED
    if ink.dark > CROSSED:
        return MarkKind.MIXED
    if ink.dark >= level.marked:
        return MarkKind.TICK
    return MarkKind.FAINT if ink.dark >= level.faint else MarkKind.NONE


def _is_thick(marks: Mapping[str, Sequence[MarkKind]], measured: Mapping[str, Sequence[Ink]]) -> bool:
    """Whether what this person answers with nearly fills its box: crosses of a thick pen, or all alike between a cross
    and a blackened box, while none stands blackened alone."""
    held = {name: [i for i, mark in enumerate(own) if mark is not MarkKind.NONE] for name, own in marks.items()}
    alone = [(marks[name][own[0]], measured[name][own[0]].dark) for name, own in held.items() if len(own) == 1]
    crosses = [dark for mark, dark in alone if mark is MarkKind.TICK]
    if any(mark is MarkKind.FILLED for mark, _ in alone):
        return False
    full = sum(mark is MarkKind.MIXED for mark, _ in alone)
    return (len(crosses) >= HABIT and median(crosses) >= THICK) or (full >= HABIT and full * 2 >= len(alone))


def _crossed(marks: tuple[MarkKind, ...]) -> tuple[MarkKind, ...]:
    """A full cross that is the only mark of its line; beside another, nobody can say which one is cancelled."""
    if sum(mark is not MarkKind.NONE for mark in marks) != 1:
        return marks
    return tuple(MarkKind.TICK if mark is MarkKind.MIXED else mark for mark in marks)


def _blackens(marks: Sequence[Sequence[MarkKind]]) -> bool:
    """Whether this person blackens answers: several lines hold one blackened box and nothing else, and, with those
    blackened less well, half of all."""
    held = ([mark for mark in line if mark is not MarkKind.NONE] for line in marks)
    alone = [line[0] for line in held if len(line) == 1]
    filled = alone.count(MarkKind.FILLED)
    return filled >= HABIT and (filled + alone.count(MarkKind.MIXED)) * 2 >= len(alone)


def _line(line: FormLine, marks: tuple[MarkKind, ...], inks: Sequence[Ink], level: Levels, blackens: bool) -> LineRead:
    ticks = [i for i, mark in enumerate(marks) if mark is MarkKind.TICK]
    filled = [i for i, mark in enumerate(marks) if mark is MarkKind.FILLED]
    held = [
        i
        for i, mark in enumerate(marks)
        if mark is not MarkKind.NONE and not (mark is MarkKind.FAINT and inks[i].speck and (ticks or filled))
    ]
    if not held:
        return _empty(line, marks, inks, level)
    answer = _answer(marks, held, blackens)
    if answer is None:
        return LineRead(line.name, LineState.DOUBT, None, _guess(line, held, ticks), _why(marks, held), marks)
    others = [ink for i, ink in enumerate(inks) if i not in held and not ink.speck]
    if against := _against(inks[answer], others, level):
        guess = None if against == BARRED else line.values[answer]
        return LineRead(line.name, LineState.DOUBT, None, guess, against, marks)
    return LineRead(line.name, LineState.SURE, line.values[answer], marks=marks)


def _against(answer: Ink, others: Sequence[Ink], level: Levels) -> str:
    """What speaks against an answer that would be plain otherwise."""
    if answer.across >= STRUCK and answer.dark <= CROSSED:
        return BARRED
    if any(_circled(ink, level) for ink in others):
        return CIRCLED
    return PALE if any(ink.shade >= level.second and ink.dark < DOTTED * ink.shade for ink in others) else ""


def _answer(marks: Sequence[MarkKind], held: Sequence[int], blackens: bool) -> int | None:
    """The only cross of a line whose other marks, if any, are cancelled; or by habit its only mark, blackened well or
    not."""
    kinds = {marks[i] for i in held}
    if blackens and len(held) == 1 and kinds <= {MarkKind.FILLED, MarkKind.MIXED}:
        return held[0]
    ticks = [i for i in held if marks[i] is MarkKind.TICK]
    if len(ticks) != 1 or not kinds <= {MarkKind.TICK, MarkKind.FILLED}:
        return None
    return None if blackens and MarkKind.FILLED in kinds else ticks[0]


def _circled(ink: Ink, level: Levels) -> bool:
    return _sides(ink, level) >= SIDES


def _sides(ink: Ink, level: Levels) -> int:
    return sum(side >= level.ring for side in ink.ring)


def _guess(line: FormLine, held: Sequence[int], ticks: Sequence[int]) -> int | None:
    """What a person would try first: the only one marked, or the only one crossed. Never recorded by itself."""
    only = held if len(held) == 1 else ticks
    return line.values[only[0]] if len(only) == 1 else None


def _why(marks: Sequence[MarkKind], held: Sequence[int]) -> str:
    kinds = {marks[i] for i in held}
    if MarkKind.FAINT in kinds:
        return PALE
    if MarkKind.MIXED in kinds:
        return HEAVY
    return CANCELLED if len(held) == 1 else TWO


def _empty(line: FormLine, marks: tuple[MarkKind, ...], inks: Sequence[Ink], level: Levels) -> LineRead:
    """No ink in any box: but pencil, or a circle drawn round one, is not « no answer »."""
    pale = [i for i, ink in enumerate(inks) if ink.shade >= level.shade and not ink.speck]
    beside = [i for i, ink in enumerate(inks) if _sides(ink, level) >= BESIDES or max(ink.ring) >= ASTRAY]
    if not pale and not beside:
        return LineRead(line.name, LineState.EMPTY, marks=marks)
    guess = line.values[(pale or beside)[0]] if len(pale or beside) == 1 else None
    return LineRead(line.name, LineState.DOUBT, None, guess, PALE if pale else BESIDE, marks)


def is_pale(lines: Sequence[LineRead]) -> bool:
    """So few answers that the sheet deserves to be read again whole."""
    sure = sum(line.state is LineState.SURE for line in lines)
    empty = sum(line.state is LineState.EMPTY for line in lines)
    return bool(lines) and (sure < FEW or empty * 2 >= len(lines))
