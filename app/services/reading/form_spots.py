"""The connected dark spots of a small picture: corner marks, dots of dirt."""

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image


@dataclass(slots=True)
class Spot:
    """Its pixels, and its bounds."""

    pixels: list[tuple[int, int]]
    left: int
    top: int
    right: int
    bottom: int

    @property
    def wide(self) -> int:
        return self.right - self.left + 1

    @property
    def high(self) -> int:
        return self.bottom - self.top + 1

    @property
    def centre(self) -> tuple[float, float]:
        """Of its mass."""
        count = len(self.pixels)
        return sum(p[0] for p in self.pixels) / count + 0.5, sum(p[1] for p in self.pixels) / count + 0.5


def whole_spots(dark: Image.Image) -> Iterator[Spot]:
    """Those that do not touch the edge of the picture."""
    wide, high = dark.size
    for spot in spots(dark):
        if spot.left and spot.top and spot.right < wide - 1 and spot.bottom < high - 1:
            yield spot


def spots(dark: Image.Image) -> Iterator[Spot]:
    """Of a picture of 0 and 255; pixels are of one spot when they share a side."""
    wide = dark.width
    left = bytearray(dark.tobytes())
    start = left.find(255)
    while start >= 0:
        pixels = [(at % wide, at // wide) for at in _connected(left, start, wide)]
        columns, rows = [p[0] for p in pixels], [p[1] for p in pixels]
        yield Spot(pixels, min(columns), min(rows), max(columns), max(rows))
        start = left.find(255, start)


def _connected(left: bytearray, start: int, wide: int) -> list[int]:
    """The pixels of the spot that holds this one, taken out of what is left."""
    left[start] = 0
    todo, found, last = [start], [], len(left) - wide
    while todo:
        at = todo.pop()
        found.append(at)
        column = at % wide
        near = ((column > 0, at - 1), (column < wide - 1, at + 1), (at >= wide, at - wide), (at < last, at + wide))
        for inside, other in near:
            if inside and left[other]:
                left[other] = 0
                todo.append(other)
    return found
