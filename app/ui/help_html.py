"""A page of the guide as the HTML that a QTextBrowser draws, in the colours and sizes of the moment."""

from collections.abc import Callable
from functools import singledispatch
from html import escape

from app.fields import NBSP
from app.reports.guide_data import (
    Block,
    Grid,
    GuidePage,
    Heading,
    Items,
    Para,
    Piece,
    Pieces,
    Shot,
    Term,
    Where,
)
from app.services import guide
from app.ui import theme

TAGS = {"strong": "b", "soft": "i", "code": "code"}
PLACE, PAGE, SHOT = "place:", "page:", "picture:"
"""How the links of a page begin: a place of the program, another page, a picture to look at in full."""
Width = Callable[[str], int]
"""The width in pixels at which a picture is shown, from its file."""


def page_html(page: GuidePage, width: Width) -> str:
    parts = [_styles(), f"<h1>{escape(page.title)}</h1>", *(_html(block, width) for block in page.blocks)]
    return "\n".join(parts)


def _styles() -> str:
    """Only what QTextDocument knows: no class of its own, margins in pixels."""
    gap, small = theme.scaled(9), theme.scaled(4)
    ink, ink2, line, raised = (theme.color(role).name() for role in ("ink", "ink2", "line", "raised"))
    base = theme.font("body").pointSizeF()
    return f"""<style>
body {{ color: {ink}; }}
h1 {{ font-size: {base * 1.7:.1f}pt; font-weight: 600; margin: 0 0 {gap}px 0; }}
h2 {{ font-size: {base * 1.25:.1f}pt; font-weight: 600; margin: {gap * 2}px 0 {gap}px 0; }}
h3 {{ font-size: {base * 1.05:.1f}pt; font-weight: 600; margin: {gap}px 0 {small}px 0; }}
p {{ margin: 0 0 {gap}px 0; line-height: 142%; }}
li {{ margin: 0 0 {small}px 0; line-height: 138%; }}
ul, ol {{ margin: {small}px 0 {gap}px 0; }}
code {{ background-color: {raised}; }}
th {{ background-color: {raised}; color: {ink2}; font-weight: 600; padding: {small + 2}px {gap}px; text-align: left; }}
td {{ padding: {small + 2}px {gap}px; border-color: {line}; }}
p.where {{ color: {ink2}; margin: 0 0 {gap + small}px 0; }}
p.caption {{ color: {ink2}; font-size: {base * 0.94:.1f}pt; margin: {small}px 0 {gap * 2}px 0; }}
p.shot {{ margin: {gap}px 0 0 0; line-height: 100%; }}
a {{ color: {theme.color("accent").name()}; text-decoration: none; }}
</style>"""


@singledispatch
def _html(block: Block, width: Width) -> str:
    raise TypeError(block, width)


@_html.register
def _(block: Heading, _width: Width) -> str:
    return f'<h{block.level}><a name="{block.anchor}"></a>{escape(block.text)}</h{block.level}>'


@_html.register
def _(block: Para, _width: Width) -> str:
    return f"<p>{_inline(block.pieces)}</p>"


@_html.register
def _(block: Items, _width: Width) -> str:
    items = "".join(f"<li>{_inline(item)}</li>" for item in block.items)
    return f'<ol start="{block.first}">{items}</ol>' if block.first else f"<ul>{items}</ul>"


@_html.register
def _(block: Grid, _width: Width) -> str:
    heads = "".join(f"<th>{_inline(head)}</th>" for head in block.heads)
    rows = "".join(f"<tr>{''.join(f'<td>{_inline(cell)}</td>' for cell in row)}</tr>" for row in block.rows)
    edge = theme.color("line").name()
    return (
        f'<table width="100%" cellspacing="0" border="1" style="border-collapse: collapse; border-style: solid; '
        f'border-color: {edge}; margin: {theme.scaled(6)}px 0 {theme.scaled(12)}px 0;"><tr>{heads}</tr>{rows}</table>'
    )


@_html.register
def _(block: Shot, width: Width) -> str:
    shown = f'<img src="{block.file}" width="{width(block.file)}">'
    return f'<p class="shot"><a href="{SHOT}{block.file}">{shown}</a></p><p class="caption">{escape(block.words)}</p>'


@_html.register
def _(block: Where, _width: Width) -> str:
    ways = [
        f'<a href="{PLACE}{escape("/".join(guide.place_named(place)))}">{escape(_way(place))}</a>'
        for place in block.places
    ]
    return f'<p class="where">Dans le programme\u00a0: {" · ".join(ways)}</p>'


@_html.register
def _(block: Term, _width: Width) -> str:
    return f'<p><a name="{block.anchor}"></a><b>{escape(block.term)}.</b> {_inline(block.meaning)}</p>'


def _way(place: tuple[str, ...]) -> str:
    """« Inventaire › Biens », never cut at the end of a line."""
    return " › ".join(place).replace(" ", NBSP)


def _inline(pieces: Pieces) -> str:
    return "".join(_piece(piece) for piece in pieces)


def _piece(piece: Piece) -> str:
    words = escape(piece.text)
    if piece.to:
        return f'<a href="{PAGE}{escape(piece.to)}">{words}</a>'
    tag = TAGS.get(piece.weight)
    return f"<{tag}>{words}</{tag}>" if tag else words
