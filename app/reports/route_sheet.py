"""The route sheet of a day: where to go, how to get in, what to do on which asset, boxes to tick; one sheet a
technician (papers.md 1)."""

from app.fields import formats
from app.reports import blocks, theme
from app.reports.blocks import Signature
from app.reports.flow import Flow, paragraph, put_text
from app.reports.paper import Paper, width_of
from app.reports.route_sheet_data import Route, RouteAsset, RouteSheet, RouteVisit, Stop
from app.reports.text import wrap
from app.reports.theme import INK, MID, MM, PORTRAIT, RULE

NOTHING = "Aucune visite n’est prévue ce jour-là."
HOW = (
    "Dans chaque case\u00a0: une coche si c’est fait et conforme, R si c’est à reprendre, un tiret si c’est sans objet."
)
ACROSS = 12
"""Points side by side on the row of an asset; the next ones follow in another grid."""
BOX, PITCH = 3.4, 6.4
ROW = 7.0
NAME = 66.0
SIGNATURES = 30
STOP = 34.0
"""Room that a stop asks before it begins: its head, a visit and two lines."""


def render(told: RouteSheet) -> bytes:
    paper = Paper(told.company, told.stamp)
    for route in told.routes or (Route("", "", ()),):
        _route(paper, told, route)
    return paper.finish()


def _route(paper: Paper, told: RouteSheet, route: Route) -> None:
    page = paper.page(PORTRAIT, route.technician or told.stamp.title)
    flow = Flow(paper)
    card = (("Technicien", route.technician or "à désigner"), ("Durée prévue", route.lasts or formats.MISSING),
            ("Étapes", formats.number(len(route.stops))))  # fmt: skip
    subtitle = formats.day_words(told.on, weekday=True).capitalize()
    flow.y = blocks.masthead(page, card, subtitle=subtitle) + 1
    if not route.stops:
        paragraph(flow, NOTHING)
        return
    paragraph(flow, HOW, theme.NOTE)
    for number, stop in enumerate(route.stops, 1):
        _stop(flow, number, stop)
    _sign(flow)


def _stop(flow: Flow, number: int, stop: Stop) -> None:
    """The site, its address, how to get in; when one came and left is written by hand."""
    flow.room(STOP)
    frame, y = flow.frame, flow.y + 4
    flow.page.rule(frame.left, y, frame.right, 1.0, INK)
    x = flow.page.text(frame.left, y + 6, str(number), theme.CHAPTER_NUMBER)
    flow.page.fit(x + 3, y + 6, stop.site, theme.SHEET_NUMBER, 90)
    for label, left in (("Arrivée", frame.right - 66), ("Départ", frame.right - 32)):
        end = flow.page.text(left, y + 6, label, theme.LABEL)
        flow.page.rule(end + 1.5, y + 6.8, left + 30, 0.35, MID)
    flow.y = y + 8.6
    for text, kind in ((stop.address or "Adresse non renseignée", theme.BODY), (stop.access, theme.BODY_ITALIC)):
        if text:
            flow.y = put_text(flow.page, frame.left, flow.y, text, kind, frame.span)
    for visit in stop.visits:
        _visit(flow, visit)


def _visit(flow: Flow, visit: RouteVisit) -> None:
    flow.room(10 + 2 * ROW)
    frame, y = flow.frame, flow.y + 6
    end = flow.page.text(frame.left, y, visit.label, theme.BODY_BOLD)
    flow.page.fit(end + 3, y, visit.told, theme.NOTE, frame.right - end - 26)
    flow.page.right(frame.right, y, visit.number, theme.NOTE)
    flow.page.rule(frame.left, y + 1.6, frame.right, 0.5, RULE)
    flow.y = y + 2
    if visit.points and visit.assets:
        for start, points in _parts(visit.points):
            _points(flow, start, points)
            _grid(flow, visit.assets, start, points)
    elif visit.points:
        _list(flow, visit.points)
    elif visit.assets:
        _grid(flow, visit.assets, 0, ("Fait",))
    else:
        _list(flow, ("Fait",))


def _parts(points: tuple[str, ...]) -> list[tuple[int, tuple[str, ...]]]:
    return [(at, points[at : at + ACROSS]) for at in range(0, len(points), ACROSS)]


def _points(flow: Flow, start: int, points: tuple[str, ...]) -> None:
    """« 1 Dépoussiérer  2 Vérifier les mises à jour »: the numbers head the boxes."""
    told = "   ".join(f"{at}\u00a0{point.replace(' ', chr(160))}" for at, point in enumerate(points, start + 1))
    kind = theme.SMALL_CELL
    flow.y += 0.8
    for line in wrap(told, kind, flow.frame.span * MM):
        flow.room(5)
        flow.page.text(flow.frame.left, flow.y + 3, line, kind)
        flow.y += kind.leading / MM
    flow.y += 0.8


def _grid(flow: Flow, assets: tuple[RouteAsset, ...], start: int, points: tuple[str, ...]) -> None:
    """What the numbers mean comes again on each page."""
    _heads(flow, start, len(points))
    for asset in assets:
        if flow.left < ROW:
            flow.turn()
            _points(flow, start, points)
            _heads(flow, start, len(points))
        _asset(flow, asset, len(points))


def _first_box(flow: Flow) -> float:
    return flow.frame.left + NAME


def _heads(flow: Flow, start: int, count: int) -> None:
    flow.room(4 + ROW)
    for i in range(count):
        if count > 1 or start:
            flow.page.centre(_first_box(flow) + i * PITCH + BOX / 2, flow.y + 3.4, str(start + i + 1), theme.HEAD)
    flow.page.text(_first_box(flow) + count * PITCH + 2, flow.y + 3.4, "Remarque", theme.HEAD)
    flow.y += 4.4


def _asset(flow: Flow, asset: RouteAsset, count: int) -> None:
    page, y = flow.page, flow.y + 4.4
    end = page.fit(flow.frame.left, y, asset.name, theme.CELL, NAME - 3)
    room = flow.frame.left + NAME - 3 - end - 2
    if asset.place and room > width_of(asset.place[:4], theme.NOTE):
        page.fit(end + 2, y, asset.place, theme.NOTE, room)
    for i in range(count):
        blocks.tick_box(page, _first_box(flow) + i * PITCH, y - 2.9)
    flow.y += ROW
    page.rule(flow.frame.left, flow.y - 0.6, flow.frame.right, 0.25, RULE)


def _list(flow: Flow, points: tuple[str, ...]) -> None:
    """Points that bear on no asset: a box and its words each, then a line to write on."""
    for point in points:
        flow.room(ROW)
        y = flow.y + 4.8
        end = blocks.choice(flow.page, flow.frame.left, y, point)
        flow.page.rule(max(end + 4, flow.frame.left + NAME + 8), y + 1, flow.frame.right, 0.35, MID)
        flow.y += ROW


def _sign(flow: Flow) -> None:
    flow.room(SIGNATURES + 32)
    flow.page.text(flow.frame.left, flow.y + 8, "Remarques, travaux à prévoir", theme.LABEL)
    flow.y = blocks.rules_to_write(flow.page, flow.y + 8, 3)
    lines = (("Nom", ""), ("Le", ""))
    boxes = (Signature("Technicien", lines), Signature("Visa sur place", lines))
    blocks.signatures(flow.page, flow.y + 5, boxes, SIGNATURES, gap=8)
    flow.y += SIGNATURES + 5
