"""Tables of any length, written fast: each distinct text is measured and cut once, and a page is one text block.

Rows are measured before they are placed, so that a group's title never closes a page, a subtotal never opens one, and
a row taller than a page is split.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from app.reports import theme
from app.reports.blocks import badge
from app.reports.flow import Flow, block_title
from app.reports.paper import Paper, width_of
from app.reports.text import wrap
from app.reports.theme import INK, MM, RULE, VERDICTS, Type

Cells = tuple[str, ...]
Align = Literal["left", "right", "centre", "badge"]
KEPT = 2
"""Rows kept with the subtotal that follows them, and that a page holds at least of a table."""
GROUP_TITLE = 7.4
STRONG = 10.5
HEAD_ROOM = 12
"""Heights in mm of a group's title, of a total with its rules, and of the head of a table at most."""


@dataclass(frozen=True)
class Column:
    """`head` may take several lines, parted by a line feed; `width` in mm, the gap to the next column inside it."""

    head: str
    width: float
    align: Align = "left"
    gap: float = 2.0


@dataclass(frozen=True)
class Look:
    """Types of a table, and the white above and under the words of a row, in points."""

    cell: Type = theme.CELL
    bold: Type = theme.CELL_BOLD
    group: Type = theme.BLOCK
    above: float = 2.4
    under: float = 2.4


PROSE = Look()
COMPACT = Look(above=1.7, under=1.9)
REGISTER = Look(theme.SMALL_CELL, theme.SMALL_CELL_BOLD, theme.SMALL_GROUP, 1.6, 1.4)


@dataclass(frozen=True)
class Group:
    """Rows under a title, closed by a subtotal whose first cell may run over the next empty ones."""

    title: str
    rows: Sequence[Cells]
    subtotal: Cells | None = None


@dataclass(frozen=True)
class Section:
    """Groups closed by totals. `carried` writes the row that ends each page but the last, from the rows so far;
    `under` is the height in mm that the page of the totals leaves free under them."""

    groups: Sequence[Group]
    totals: Sequence[Cells] = ()
    carried: Callable[[int], Cells] | None = None
    under: float = 0.0


class _Laid(dict[str, tuple[tuple[str, str], ...]]):
    """Text -> the lines of its cell, each as the operators before and after its height on the page."""

    def __init__(self, paper: Paper, kind: Type, column: Column, x: float, width: float) -> None:
        self.paper, self.kind, self.column, self.x, self.width = paper, kind, column, x, width

    def __missing__(self, text: str) -> tuple[tuple[str, str], ...]:
        lines = wrap(text, self.kind, self.width * MM) if text else []
        laid = tuple(
            (f"1 0 0 1 {self._start(line):.2f} ", f" Tm {self.paper.shown(line, self.kind)}") for line in lines
        )
        self[text] = laid
        return laid

    def _start(self, line: str) -> float:
        if self.column.align == "left":
            return self.x * MM
        spare = self.width - width_of(line, self.kind)
        return (self.x + (spare if self.column.align == "right" else spare / 2)) * MM


Laid = list[tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class _Item:
    """Something of a known height to draw at the flow's place; `rows` is 1 for a row."""

    height: float
    draw: Callable[[], None]
    rows: int = 0


class Table:
    """Columns on the pages of a flow. `put` writes sections one after the other."""

    def __init__(
        self, flow: Flow, columns: Sequence[Column], look: Look = PROSE, fills: Mapping[str, str] = VERDICTS
    ) -> None:
        self.flow, self.columns, self.look, self.fills = flow, columns, look, fills
        scale = flow.frame.span / sum(c.width for c in columns)
        self.widths = [c.width * scale for c in columns]
        self.starts = [flow.frame.left + sum(self.widths[:i]) for i in range(len(columns))]
        self.laid = [self._laid(look.cell, i) for i in range(len(columns))]
        self.badges = [i for i, c in enumerate(columns) if c.align == "badge"]
        self.plain = [i for i, c in enumerate(columns) if c.align != "badge"]
        self.line = look.cell.leading / MM
        self.pad = (look.above + look.under) / MM
        self._open_page()

    def _laid(self, kind: Type, i: int) -> _Laid:
        gap = self.columns[i].gap if i < len(self.columns) - 1 else 0
        return _Laid(self.flow.paper, kind, self.columns[i], self.starts[i], self.widths[i] - gap)

    # -- page -----------------------------------------------------------------------------------------------

    def _open_page(self) -> None:
        self.out: list[str] = []
        self.rules: list[str] = []
        self.page = self.flow.page
        self.under = len(self.page.out)

    def _close_page(self) -> None:
        """Write the page's words as one block, and its thin rules as one path under everything."""
        kind = self.look.cell
        if self.out:
            body = "\n".join(self.out)
            self.page.out.append(f"BT {self.page.paper.name(kind.face)} {kind.size:g} Tf {kind.colour} rg\n{body} ET")
        if self.rules:
            self.page.out.insert(self.under, f"0.25 w {RULE} RG " + "\n".join(self.rules) + " S")
        self._open_page()

    def turn(self) -> None:
        self._close_page()
        self.flow.turn()
        self._open_page()
        self.head()

    @property
    def head_height(self) -> float:
        return (max(c.head.count("\n") for c in self.columns) + 1) * theme.HEAD.leading / MM + 2.5

    def head(self) -> None:
        """Heads stand on one line at their bottom, over a rule."""
        lead = theme.HEAD.leading / MM
        base = self.flow.y + self.head_height - 1.9
        for i, column in enumerate(self.columns):
            lines = column.head.split("\n")
            for k, line in enumerate(lines):
                self._head_line(i, base - (len(lines) - 1 - k) * lead, line)
        self.flow.y = base + 1.9
        self.page.rule(self.flow.frame.left, self.flow.y, self.flow.frame.right, 0.8, INK)

    def _head_line(self, i: int, y: float, line: str) -> None:
        inner = self.widths[i] - (self.columns[i].gap if i < len(self.columns) - 1 else 0)
        if self.columns[i].align == "left":
            self.page.text(self.starts[i], y, line, theme.HEAD)
        elif self.columns[i].align == "right":
            self.page.right(self.starts[i] + inner, y, line, theme.HEAD)
        else:
            self.page.centre(self.starts[i] + inner / 2, y, line, theme.HEAD)

    # -- rows -----------------------------------------------------------------------------------------------

    def rows(self, rows: Iterable[Cells], title: str = "", above: float = 0.0) -> None:
        """A plain table: its title if it has one, its head, then its rows."""
        self.put(Section([Group("", list(rows))]), title, above)

    def put(self, section: Section, title: str = "", above: float = 0.0) -> None:
        """The title, on the page of the first rows, under `above` mm of white; the head; then the section, over as many
        pages as it takes; the flow ends under it."""
        blocks = list(self._blocks(section))
        needed = self.head_height + sum(item.height for block in blocks[:1] for item in block)
        if self.flow.left < needed + (above + GROUP_TITLE if title else 0):
            self._close_page()
            self.flow.turn()
            self._open_page()
        if title:
            self.flow.gap(above)
            self.flow.y = block_title(self.flow.page, self.flow.y, title)
        self.head()
        done = 0
        for n, block in enumerate(blocks):
            reserve = STRONG if section.carried and n < len(blocks) - 1 else 0.0
            if self.out and self.flow.left < reserve + sum(item.height for item in block):
                if section.carried and done and self.flow.left >= STRONG:
                    self._strong(section.carried(done))
                self.turn()
            for item in block:
                done += item.rows
                item.draw()
        self._close_page()

    def _blocks(self, section: Section) -> Iterator[list[_Item]]:
        """Items that stay on one page together: the first two rows with their title, the last two with their
        subtotal."""
        closing: list[_Item] = []
        for group in section.groups:
            if closing:
                yield closing
            items = self._items(group)
            last = KEPT + 1 if group.subtotal else KEPT
            first = KEPT + 1 if group.title else KEPT
            if len(items) < first + last:
                closing = items
                continue
            yield items[:first]
            yield from ([item] for item in items[first:-last])
            closing = items[-last:]
        closing = [*closing, *(_Item(STRONG, partial(self._strong, total)) for total in section.totals)]
        if closing:
            yield [*closing, _Item(section.under, lambda: None)]

    def _items(self, group: Group) -> list[_Item]:
        items = [_Item(GROUP_TITLE, partial(self._title, group.title))] if group.title else []
        laid, line, pad, plain = self.laid, self.line, self.pad, self.plain
        for cells in group.rows:
            lines = [laid[i][cells[i]] for i in plain]
            height = max(1, *map(len, lines)) * line + pad
            items.append(_Item(height, partial(self._row, lines, cells, height), 1))
        if group.subtotal:
            items.append(_Item(line + pad, partial(self._subtotal, group.subtotal)))
        return items

    def _title(self, title: str) -> None:
        self.page.fit(self.flow.frame.left, self.flow.y + 5.4, title, self.look.group, self.flow.frame.span)
        self.flow.y += GROUP_TITLE
        self._thin()

    def _row(self, lines: Laid, cells: Cells, height: float) -> None:
        if height > self.flow.left:
            lines = self._split(lines)
            height = max(map(len, lines)) * self.line + self.pad
        self._words(lines)
        for i in self.badges:
            self._badge(i, cells[i])
        self.flow.y += height
        self._thin()

    def _words(self, lines: Laid) -> None:
        look, out = self.look, self.out
        first = self.page.high - self.flow.y * MM - look.above - look.cell.size * 0.92
        for cell in lines:
            y = first
            for before, after in cell:
                out.append(f"{before}{y:.2f}{after}")
                y -= look.cell.leading

    def _split(self, lines: Laid) -> Laid:
        """Write what the pages hold of a row taller than what is left; what remains of it."""
        while max(map(len, lines)) > (fits := int((self.flow.left - self.pad) / self.line)):
            if fits > 0:
                self._words([cell[:fits] for cell in lines])
                lines = [cell[fits:] for cell in lines]
            self.turn()
        return lines

    def _thin(self) -> None:
        y = f"{self.page.high - self.flow.y * MM:.2f}"
        self.rules.append(f"{self.flow.frame.left * MM:.2f} {y} m {self.flow.frame.right * MM:.2f} {y} l")

    def _badge(self, i: int, letter: str) -> None:
        middle = self.starts[i] + self.widths[i] / 2
        top = self.flow.y + (self.line + self.pad) / 2
        if letter in self.fills:
            badge(self.page, middle - 1.65, top - 1.65, letter, self.fills[letter])
        else:
            self.page.centre(middle, top + 1, letter, self.look.cell)

    def _bold_words(self, cells: Cells, kind: Type, above: float) -> None:
        """The first cell runs over the empty ones that follow it."""
        base = self.flow.y + (above + kind.size * 0.92) / MM
        self.page.text(self.starts[0], base, cells[0], kind)
        for i, text in enumerate(cells):
            if i and text and self.columns[i].align == "right":
                gap = self.columns[i].gap if i < len(self.columns) - 1 else 0
                self.page.right(self.starts[i] + self.widths[i] - gap, base, text, kind)
            elif i and text:
                self.page.text(self.starts[i], base, text, kind)

    def _subtotal(self, cells: Cells) -> None:
        if self.flow.left < self.line + self.pad:
            self.turn()
        self.page.rule(self.flow.frame.left, self.flow.y, self.flow.frame.right, 0.5, INK)
        self._bold_words(cells, self.look.bold, self.look.above)
        self.flow.y += self.line + self.pad
        self._thin()

    def _strong(self, cells: Cells) -> None:
        """A total, or what is carried over: larger, between two strong rules."""
        if self.flow.left < STRONG:
            self.turn()
        top = self.flow.y + 3
        self.page.rule(self.flow.frame.left, top, self.flow.frame.right, 1.2, INK)
        self.flow.y = top + 0.2
        self._bold_words(cells, theme.TOTAL, 3.6)
        self.flow.y = top + 6.2
        self.page.rule(self.flow.frame.left, self.flow.y, self.flow.frame.right, 1.2, INK)
        self.flow.y += STRONG - 9.2
