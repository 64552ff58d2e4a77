"""A form filled by hand: crosses, ticks, both, or blackened boxes; lines left empty or struck out; signatures.

Nobody here mixes crosses with blackened answers: the form says that a blackened box is cancelled, so that alone among
crosses it is a doubt, and rightly so."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import Literal

from PIL import Image, ImageDraw

from app.reports.form_model import BOX, FormArea, FormBox, FormLine, FormPage

DPI = 300
UNIT = DPI / 25.4
"""Pixels a millimetre of the page that is written on."""
Point = tuple[float, float]
Style = Literal["cross", "tick", "filled", "mixed", "circle"]
STYLES: tuple[Style, ...] = ("cross", "tick", "filled", "mixed")
EMPTY, STRUCK = 0.05, 0.08
"""Shares of lines left without an answer, and of lines answered twice, the first being struck out."""


@dataclass(frozen=True, slots=True)
class Hand:
    """`pen` in mm; `ink` a grey of 0 to 255; `off` how far, in mm, marks stray; `grain` what pencil leaves white."""

    style: Style
    pen: float
    ink: int
    off: float = 0.35
    grain: float = 0.0


@dataclass(slots=True)
class Meant:
    """What was meant: name of line -> value, None left empty; the lines whose first answer was struck out, and the
    places that were written in."""

    values: dict[str, int | None] = field(default_factory=dict)
    struck: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)


def pen_hand(rnd: Random, off: float = 0.35) -> Hand:
    return Hand(rnd.choice(STYLES), rnd.uniform(0.35, 0.85), rnd.choice((0, 15, 30, 60, 90, 120)), off)


def pencil_hand(rnd: Random) -> Hand:
    return Hand(rnd.choice(STYLES), rnd.uniform(0.3, 0.55), rnd.randint(110, 175), 0.35, rnd.uniform(0.1, 0.45))


class Writer:
    """Writes on one page with one hand; what is written is told in `meant`."""

    def __init__(self, image: Image.Image, hand: Hand, rnd: Random) -> None:
        self.image = image
        self.draw = ImageDraw.Draw(image)
        self.hand = hand
        self.rnd = rnd
        self.meant = Meant()

    def fill(self, page: FormPage) -> Meant:
        for line in page.lines:
            self.answer(line)
        for area in page.areas:
            if self.rnd.random() < 0.6:
                self.scribble(area)
                self.meant.written.add(area.name)
        return self.meant

    def answer(self, line: FormLine) -> None:
        """One box, none, or two of which the first is struck out."""
        rnd = self.rnd
        chance = rnd.random()
        if chance < EMPTY:
            self.meant.values[line.name] = None
            return
        box = rnd.choice(line.boxes)
        self.meant.values[line.name] = box.value
        if chance < EMPTY + STRUCK:
            self.meant.struck.add(line.name)
            self.strike(rnd.choice([other for other in line.boxes if other != box]), box)
        else:
            self.mark(box)

    def strike(self, wrong: FormBox, right: FormBox) -> None:
        """As is printed (blackened, then another crossed), by lines through the first mark, or by a scribble on it."""
        way = self.rnd.choice(("rule", "lines", "scribble"))
        self.mark(wrong)
        if way == "rule":
            self.blacken(wrong)
            self.cross(right)
            return
        for _ in range(self.rnd.randint(2, 3) if way == "lines" else self.rnd.randint(6, 10)):
            tilt = self.rnd.uniform(-1.2, 1.2)
            y = wrong.y + self.rnd.uniform(-1.6, 1.6)
            self.stroke([(wrong.x - 3.6, y - tilt), (wrong.x + 3.6, y + tilt)])
        self.mark(right)

    def mark(self, box: FormBox) -> None:
        style = self.hand.style
        if style == "mixed":
            style = self.rnd.choice(("cross", "tick"))
        made = {"cross": self.cross, "tick": self.tick, "filled": self.blacken, "circle": self.circle}
        made[style](box)

    def _centre(self, box: FormBox) -> Point:
        off = self.hand.off
        return box.x + self.rnd.uniform(-off, off), box.y + self.rnd.uniform(-off, off)

    def cross(self, box: FormBox) -> None:
        (x, y), rnd = self._centre(box), self.rnd
        half = BOX * rnd.uniform(0.75, 1.35) / 2
        for turn in (1, -1):
            a, b = half * rnd.uniform(0.85, 1.1), half * rnd.uniform(0.85, 1.1)
            self.stroke([(x - a, y - turn * b), (x + b, y + turn * a)])

    def tick(self, box: FormBox) -> None:
        (x, y), rnd = self._centre(box), self.rnd
        half = BOX * rnd.uniform(0.75, 1.35) / 2
        low = (x - half * rnd.uniform(0.1, 0.4), y + half * rnd.uniform(0.6, 0.9))
        self.stroke([(x - half, y + half * rnd.uniform(-0.1, 0.3)), low, (x + half, y - half)])

    def blacken(self, box: FormBox) -> None:
        """To and fro over the box, and the edge again."""
        (x, y), rnd = self._centre(box), self.rnd
        half = BOX / 2 * rnd.uniform(0.92, 1.05)
        step = self.hand.pen * 0.7
        points, at, side = [], y - half, 1
        while at <= y + half:
            points.append((x + side * half, at + rnd.uniform(-0.1, 0.1)))
            at, side = at + step, -side
        self.stroke(points)
        for at in (y - half, y + half):
            self.stroke([(x - half, at), (x + half, at)])

    def circle(self, box: FormBox) -> None:
        (x, y), rnd = self._centre(box), self.rnd
        wide, high = rnd.uniform(3.3, 4.4), rnd.uniform(3.2, 3.9)
        turns = [2 * math.pi * i / 24 for i in range(27)]
        self.stroke([(x + wide * math.cos(t), y + high * math.sin(t)) for t in turns])

    def scribble(self, area: FormArea) -> None:
        """Words, or a signature: a line that wanders."""
        x, y, points = area.x + 1, area.y + area.height * 0.7, []
        end = area.x + area.width * self.rnd.uniform(0.4, 0.95)
        while x < end:
            x += self.rnd.uniform(0.4, 1.6)
            points.append((x + self.rnd.uniform(-1, 0.4), y + self.rnd.uniform(-2.2, 1.4)))
        self.stroke(points)

    def stroke(self, points: Sequence[Point]) -> None:
        """A line through these points of the page, in mm, never quite straight."""
        rnd, wide = self.rnd, max(round(self.hand.pen * UNIT), 1)
        path: list[Point] = []
        for (x, y), (to_x, to_y) in pairwise(points):
            steps = max(int(math.dist((x, y), (to_x, to_y)) / 0.8), 1)
            for i in range(steps + 1):
                share = i / steps
                shake = rnd.gauss(0, 0.05)
                path.append(((x + (to_x - x) * share + shake) * UNIT, (y + (to_y - y) * share + shake) * UNIT))
        ink = self.hand.ink
        if not self.hand.grain:
            self.draw.line(path, fill=ink, width=wide, joint="curve")
            return
        for one, two in pairwise(path):
            if rnd.random() > self.hand.grain:
                self.draw.line([one, two], fill=min(ink + rnd.randint(-20, 30), 235), width=wide)
