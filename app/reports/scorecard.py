"""The « fiche contrôle entreprise » (papers.md 2): the note first, the facts behind, what was decided, two signatures.

One page for a provider of one prestation; those of several follow, each with its own facts.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from app.fields import MISSING, formats
from app.reports import blocks, charts, theme
from app.reports.blocks import Signature
from app.reports.chart_data import Rect
from app.reports.flow import Flow, block_title, lay, paragraph, put_text
from app.reports.paper import Page, Paper
from app.reports.scorecard_data import BlankScorecard, Line, ScorecardSheet, Worked, trend_chart
from app.reports.table import Column, Look, Table
from app.reports.text import wrap
from app.reports.theme import ACCENT, INK, MID, MM, PORTRAIT, RULE, Type

FACTS, SOURCE, WEIGHT, NOTE, SQUARES = 45.0, 104.0, 136.0, 147.0, 150.5
"""Where the columns of the criteria stand, in mm from the left margin; the third and the fourth end there."""
SIDE, PITCH = 2.35, 2.85
FACT = Type(theme.REGULAR, 8.5, 10.2)
METHOD = (
    "Note de 0 à 5 selon la règle du critère (≥\u00a098\u00a0%\u00a0: 5 · ≥\u00a095\u00a0: 4 · ≥\u00a090\u00a0: 3 · "
    "≥\u00a080\u00a0: 2 · ≥\u00a060\u00a0: 1). Points = poids × note ÷ 5. Un critère sans donnée est «\u00a0non "
    "évalué\u00a0» et son poids est réparti sur les autres."
)
CLASSES = "A ≥\u00a085 · B ≥\u00a070 · C ≥\u00a050, plan d’action · D <\u00a050, mise en demeure ou changement"
ACTIONS = (
    Column("N°", 10), Column("Action", 103), Column("Responsable", 25), Column("Échéance", 20), Column("État", 18),
)  # fmt: skip
PARTS = (
    Column("Prestation", 50), Column("Heures", 16, "right"), Column("Note /100", 20, "right", 6), Column("Classe", 14),
)  # fmt: skip
TIGHT = Look(above=1.9, under=2.3)
SIGNED = (
    Signature("Pour le client", (("Nom, qualité", ""), ("Le", ""))),
    Signature("Pour le prestataire", (("Nom, qualité", ""), ("Le", "")),
              "Signature (vaut prise de connaissance, non accord sur les notes)"),
)  # fmt: skip
HALF = (PORTRAIT.span - 8) / 2
LONG = 420
"""Letters of a comment beyond which it takes the whole width."""


def render(sheet: ScorecardSheet) -> bytes:
    paper = Paper(sheet.company, sheet.stamp)
    page = paper.page(PORTRAIT, sheet.stamp.title)
    version = "PROJET" if sheet.stamp.draft else f"{sheet.stamp.version}.0"
    card = (("Référence", sheet.stamp.reference), ("Version", version), ("Établie le", sheet.issued_on))
    flow = Flow(paper)
    flow.y = blocks.masthead(page, card) + 2.4
    put_text(page, flow.frame.left, 40.4, sheet.subtitle, theme.SUBTITLE, 106)
    _note_box(page, sheet)
    _criteria(flow, sheet.lines, "Critères, faits et notes", (sheet.mean, sheet.total))
    flow.y = put_text(page, flow.frame.left, flow.y + 1.4, METHOD, theme.NOTE, flow.frame.span) + 4
    _trend_and_parts(flow, sheet)
    _actions(flow, sheet)
    _comments(flow, sheet.our_comment, sheet.their_comment)
    _sign(flow)
    if len(sheet.prestations) > 1:
        for one in sheet.prestations:
            _worked(flow, one)
    return paper.finish()


def _note_box(page: Page, sheet: ScorecardSheet) -> None:
    """Note, out of twenty, class; at the right of the title."""
    x, y, wide = page.frame.right - 62.2, 31.8, 62.2
    page.box(x, y, wide, 13.8, 0.8)
    told = (("Note", _score(sheet.total), "/100"), ("Sur 20", _score(sheet.twenty), ""), ("Classe", sheet.grade, ""))
    for i, (label, value, unit) in enumerate(told):
        left = x + (0, 25, 44)[i]
        if i:
            page.upright(left, y + 2.2, y + 11.6, 0.5, RULE)
        page.text(left + 3, y + 4.2, label, theme.LABEL)
        end = page.text(left + 3, y + 11.3, value or MISSING, theme.KEY_FIGURE)
        page.text(end + 1, y + 11.3, unit, theme.NOTE)


# -- criteria --------------------------------------------------------------------------------------------------------


def _criteria(
    flow: Flow, lines: Sequence[Line], title: str, whole: tuple[Decimal | None, Decimal | None] = (None, None)
) -> None:
    flow.y = block_title(flow.page, flow.y, title)
    _criteria_head(flow)
    for line in lines:
        _criterion(flow, line)
    _whole(flow, lines, *whole)


def _criteria_head(flow: Flow) -> None:
    page, left, y = flow.page, flow.frame.left, flow.y + 4.2
    page.text(left, y, "Critère", theme.HEAD)
    page.text(left + FACTS, y, "Faits constatés", theme.HEAD)
    page.text(left + SOURCE, y, "Source", theme.HEAD)
    page.right(left + WEIGHT, y, "Poids\u00a0%", theme.HEAD)
    page.right(left + NOTE, y, "Note", theme.HEAD)
    page.right(flow.frame.right, y, "Points", theme.HEAD)
    flow.y += 6
    page.rule(left, flow.y, flow.frame.right, 0.8, INK)


def _criterion(flow: Flow, line: Line) -> None:
    """The facts may take several lines; the figures stand on the first."""
    told = wrap(line.facts, FACT, (SOURCE - FACTS - 2) * MM) or [""]
    name = wrap(line.label, theme.CELL, (FACTS - 2) * MM)
    high = max(5.9, 2.5 + 3.5 * len(told), 2.2 + 3.9 * len(name))
    if flow.left < high:
        flow.turn()
        _criteria_head(flow)
    page, left, y = flow.page, flow.frame.left, flow.y
    base = y + 4.05
    for i, words in enumerate(name):
        page.text(left, base + 3.9 * i, words, theme.CELL)
    for i, words in enumerate(told):
        page.text(left + FACTS, base + 3.5 * i, words, FACT)
    page.text(left + SOURCE, base, line.source, FACT)
    if line.note is None:
        page.right(flow.frame.right, base, "non évalué", theme.BODY_ITALIC)
    else:
        page.right(left + WEIGHT, base, _brief(line.weight), theme.CELL)
        page.right(left + NOTE, base, _brief(line.note), theme.CELL)
        _squares(page, left + SQUARES, base - 2.25, line.note)
        page.right(flow.frame.right, base, formats.number(line.points, 1), theme.CELL)
    flow.y = y + high
    page.rule(left, flow.y, flow.frame.right)


def _squares(page: Page, x: float, y: float, note: Decimal) -> None:
    """Five of them, filled as far as the note goes."""
    for i in range(5):
        part = float(min(max(note - i, Decimal(0)), Decimal(1)))
        if part:
            page.box(x + i * PITCH, y, SIDE * part, SIDE, 0, ACCENT)
        page.box(x + i * PITCH, y, SIDE, SIDE, 0.4)


def _whole(flow: Flow, lines: Sequence[Line], mean: Decimal | None, total: Decimal | None) -> None:
    page, left = flow.page, flow.frame.left
    page.rule(left, flow.y, flow.frame.right, 1.2, INK)
    base = flow.y + 4.9
    page.text(left, base, "Ensemble", theme.TOTAL)
    if total is not None and mean is not None:
        page.right(left + WEIGHT, base, _brief(sum((line.weight or Decimal(0) for line in lines), Decimal(0))),
                   theme.TOTAL)  # fmt: skip
        page.right(left + NOTE, base, _brief(mean), theme.TOTAL)
        page.right(flow.frame.right, base, formats.number(total, 1), theme.TOTAL)
    else:
        page.right(flow.frame.right, base, "rien à noter sur cette période", theme.BODY_ITALIC)
    flow.y += 7
    page.rule(left, flow.y, flow.frame.right, 1.2, INK)


# -- trend, prestations, actions -------------------------------------------------------------------------------------


def _trend_and_parts(flow: Flow, sheet: ScorecardSheet) -> None:
    flow.room(40)
    page, left, top = flow.page, flow.frame.left, flow.y
    block_title(page, top, f"Tendance sur quatre {sheet.noun}", to=left + 62)
    bottom = charts.draw(page, Rect(left, top + 7.4, 62, 31), trend_chart(sheet.trend, sheet.noun))
    title = (
        "Note par prestation (pondérée par les heures)" if sheet.by_hours else "Note par prestation (à parts égales)"
    )
    narrow = replace(flow.frame, left=left + 70)
    side = Flow(flow.paper, narrow)
    side.y = block_title(page, top, title, left + 70)
    table = Table(side, PARTS, TIGHT)
    table.rows([_part(one) for one in sheet.prestations] or [("Aucune", MISSING, MISSING, MISSING)])
    if len(sheet.prestations) > 1:
        whole = ("Prestataire", _hours(sum(one.minutes for one in sheet.prestations)), _tenth(sheet.total),
                 sheet.grade or MISSING)  # fmt: skip
        _bold_row(side, table, whole)
    side.y = put_text(page, narrow.left, side.y + 1.2, CLASSES, theme.NOTE, narrow.span)
    flow.y = max(bottom, side.y) + 4


def _part(one: Worked) -> tuple[str, ...]:
    return one.name, _hours(one.minutes), _tenth(one.total), one.grade or MISSING


def _bold_row(side: Flow, table: Table, cells: Sequence[str]) -> None:
    page, frame = side.page, side.frame
    page.rule(frame.left, side.y, frame.right, 0.8, INK)
    for i, (cell, column) in enumerate(zip(cells, PARTS, strict=True)):
        x = table.starts[i]
        if column.align == "right":
            page.right(x + table.widths[i] - column.gap, side.y + 4, cell, theme.CELL_BOLD)
        else:
            page.text(x, side.y + 4, cell, theme.CELL_BOLD)
    side.y += 5.6
    page.rule(frame.left, side.y, frame.right, 0.8, INK)


def _actions(flow: Flow, sheet: ScorecardSheet) -> None:
    flow.room(22)
    flow.y = block_title(flow.page, flow.y, "Actions décidées")
    if not sheet.actions:
        flow.y = put_text(flow.page, flow.frame.left, flow.y + 1.2, "Aucune action décidée.", theme.CELL, 100) + 3
        return
    rows = [(str(i), one.label, one.owner, one.due, one.state) for i, one in enumerate(sheet.actions, 1)]
    Table(flow, ACTIONS, TIGHT).rows(rows)
    flow.y += 3.4


# -- comments and signatures -----------------------------------------------------------------------------------------


def _comments(flow: Flow, ours: str, theirs: str) -> None:
    if max(len(ours), len(theirs)) > LONG:
        for title, text in (("Commentaire du client", ours), ("Commentaire du prestataire", theirs)):
            flow.room(24)
            flow.y = block_title(flow.page, flow.y, title) + 1.4
            if text:
                paragraph(flow, text)
            else:
                flow.y = blocks.rules_to_write(flow.page, flow.y, 2)
            flow.y += 3
        return
    flow.room(30)
    frame, top = flow.frame, flow.y
    ends = [
        _comment(flow.page, frame.left, top, "Commentaire du client", ours),
        _comment(flow.page, frame.right - HALF, top, "Commentaire du prestataire", theirs),
    ]
    flow.y = max(ends) + 4


def _comment(page: Page, x: float, y: float, title: str, text: str) -> float:
    """The words, or three lines to write them on."""
    y = block_title(page, y, title, x, x + HALF)
    if text:
        return put_text(page, x, y + 1.2, text, theme.BODY, HALF)
    for i in range(3):
        page.rule(x, y + 5.4 * (i + 1), x + HALF, 0.35, MID)
    return y + 16.2


def _sign(flow: Flow) -> None:
    """At the foot of the page."""
    flow.room(34)
    flow.y = blocks.signatures(flow.page, flow.frame.bottom - 33, SIGNED, 33, 8)


# -- each prestation -------------------------------------------------------------------------------------------------


def _worked(flow: Flow, one: Worked) -> None:
    """Its own facts, and why notes were retained."""
    flow.room(86)
    words = " · ".join(
        part
        for part in (one.name, f"{_hours(one.minutes)}\u00a0h", f"{_tenth(one.total)}\u00a0/100", one.grade)
        if part
    )
    mean = None if one.total is None else one.total / 20
    _criteria(flow, one.lines, words, (mean, one.total))
    flow.y += 6


# -- to fill by hand -------------------------------------------------------------------------------------------------


def render_blank(sheet: BlankScorecard) -> bytes:
    """The criteria, their rule and their usual weight; facts, notes and points to be written."""
    paper = Paper(sheet.company, sheet.stamp)
    page = paper.page(PORTRAIT)
    flow = Flow(paper)
    advice = "Un prestataire, une période. Écrivez d’abord les faits (combien sur combien), puis la note de 0 à 5."
    flow.y = blocks.masthead(page, (("Prestataire", ""), ("Contrat", ""), ("Période", "")), subtitle=advice) + 2.4
    flow.y = block_title(page, flow.y, "Critères, faits et notes")
    _criteria_head(flow)
    for label, rule, weight in sheet.criteria:
        _to_fill(flow, label, rule, weight)
    page.right(flow.frame.left + WEIGHT, flow.y + 4.9, "100", theme.TOTAL)
    page.text(flow.frame.left, flow.y + 4.9, "Ensemble", theme.TOTAL)
    flow.y += 7
    page.rule(flow.frame.left, flow.y, flow.frame.right, 1.2, INK)
    flow.y = put_text(page, flow.frame.left, flow.y + 1.4, f"{METHOD} {CLASSES}.", theme.NOTE, flow.frame.span) + 2.6
    flow.y = block_title(page, flow.y, "Actions décidées\u00a0: quoi, qui, pour quand")
    flow.y = blocks.rules_to_write(page, flow.y, 3, 5.8) + 3
    _comments(flow, "", "")
    _sign(flow)
    return paper.finish()


def _to_fill(flow: Flow, label: str, rule: str, weight: int) -> None:
    page, left, y = flow.page, flow.frame.left, flow.y
    page.text(left, y + 4, label, theme.CELL)
    bare = rule.partition(" ≥")[0]  # the common scale is told once, under the table
    lines = [[(words, theme.NOTE)] for words in wrap(bare, theme.NOTE, (FACTS - 3) * MM)]
    held = flow.y
    flow.y = y + 4.8
    lay(flow, lines, theme.NOTE)
    high = max(flow.y - held + 1.4, 12.0)
    page.right(left + WEIGHT, y + 4, str(weight), theme.CELL)
    for x, to in ((left + FACTS, left + SOURCE + 16), (left + NOTE - 8, left + NOTE), (left + 162, flow.frame.right)):
        page.rule(x, y + high - 2.2, to, 0.35, MID)
    for i in range(5):
        page.box(left + SQUARES + i * PITCH - 1.4, y + 1.9, SIDE, SIDE, 0.4)
    flow.y = y + high
    page.rule(left, flow.y, flow.frame.right)


# -- figures ---------------------------------------------------------------------------------------------------------


def _score(value: Decimal | None) -> str:
    """« 70 », « 69,6 »."""
    return "" if value is None else _brief(value)


def _brief(value: Decimal | None) -> str:
    """Without a decimal that would be zero."""
    if value is None:
        return MISSING
    tenth = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return formats.number(tenth, 0 if tenth == tenth.to_integral() else 1)


def _tenth(value: Decimal | None) -> str:
    return MISSING if value is None else formats.number(value, 1)


def _hours(minutes: int) -> str:
    return formats.number(Decimal(minutes) / 60, 1)
