"""The « bilan de satisfaction »: the answer first, what is decided, then the proof (domain.md G.3, papers.md 2)."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from app.fields import formats
from app.fields.formats import MISSING, NBSP
from app.reports import blocks, charts, theme
from app.reports.blocks import Tile
from app.reports.chart_data import Chart, Rect, Shape, series
from app.reports.flow import Flow, block_title, paragraph
from app.reports.paper import Paper
from app.reports.satisfaction_review_data import Asked, Before, Part, Recommends, SatisfactionReview
from app.reports.table import COMPACT, PROSE, Cells, Column, Table
from app.reports.theme import PORTRAIT
from app.rules.satisfaction import FEWEST, REPRESENTATIVE

STEPS = ("5", "4", "3", "2", "1")
FIGURES = ((150, "Satisfaits"), (164, "Avant"), (174, "Moy."))
"""Where the figures of a question end, in mm from the left edge of what is written."""
WIDE = 134
TITLE = 9.0
FEW = f"Moins de {FEWEST}{NBSP}feuilles sont revenues\u00a0: rien ne se lit, on reconnaîtrait qui a répondu quoi."
INDICATIVE = (
    f"Moins de {REPRESENTATIVE}{NBSP}% des personnes invitées ont répondu, ou leur nombre n’est pas connu\u00a0: ces "
    "chiffres sont indicatifs."
)
NO_CONCLUSION = "Aucune conclusion n’est écrite."
NO_ACTION = "Aucune action n’est décidée."
METHOD = (
    "Enquête anonyme\u00a0: aucun nom n’est demandé ni gardé. Satisfaits (CSAT)\u00a0: réponses 4 et 5 ÷ réponses de 1 "
    "à 5\u00a0; «\u00a0sans avis\u00a0» et les cases vides ne comptent pas. Recommandation (NPS)\u00a0: part des 9 et "
    "10 moins part des 0 à 6, de −100 à +100. Effort (CES)\u00a0: moyenne de 1, très difficile, à 5, très facile. "
    f"Rien n’est montré sous {FEWEST}{NBSP}réponses («\u00a0–\u00a0»), question, service ou site, ni ce qu’une "
    "soustraction ferait deviner. Les réponses libres sont reprises telles quelles, sans dire d’où elles viennent. Les "
    "années ne se comparent que sur les questions posées dans les mêmes mots."
)
ACTIONS = (
    Column("Action", 82), Column("Qui", 32), Column("Pour le", 22), Column("État", 38),
)  # fmt: skip
YEARS = (
    Column("Enquête", 36), Column("Ouverte le", 20), Column("Réponses", 16, "right"), Column("Taux", 18, "right", 4),
    Column("Questions\ncommunes", 20, "right"), Column("Satisfaits\nalors", 20, "right"),
    Column("Satisfaits\ncette fois", 20, "right"), Column("NPS", 12, "right"), Column("CES", 14, "right"),
)  # fmt: skip


def render(told: SatisfactionReview) -> bytes:
    paper = Paper(told.company, told.stamp)
    page = paper.page(PORTRAIT, told.stamp.title)
    flow = Flow(paper)
    stamp = told.stamp
    card = (("Référence", stamp.reference), ("Version", stamp.version_text), ("Données au", formats.day(stamp.data_at)))
    flow.y = blocks.masthead(page, card, subtitle=subtitle(told))
    flow.y = blocks.headline(page, flow.y + 1, "Satisfaits (CSAT)", percents(told.satisfied), _sentence(told)) + 4
    flow.y = blocks.tiles(page, flow.y, _tiles(told))
    if told.is_indicative and told.answers:
        flow.y += 1
        paragraph(flow, INDICATIVE, theme.BODY_ITALIC)
    _decided(flow, told)
    if not told.is_hidden:
        _questions(flow, told)
        _years(flow, told)
        _parts(flow, told)
        _words(flow, told)
    flow.room(22)
    flow.y = block_title(flow.page, flow.y + 5, "Comment lire ces chiffres") + 1.6
    paragraph(flow, METHOD, theme.NOTE)
    return paper.finish()


# Words


def percents(value: Decimal | None) -> str:
    return MISSING if value is None else f"{formats.number(value, 1)}{NBSP}%"


def signed(score: int | None) -> str:
    """« +28 », « −5 », without %."""
    return MISSING if score is None else f"{'+' if score > 0 else ''}{formats.number(score)}"


def subtitle(told: SatisfactionReview) -> str:
    """« L’informatique et vous, 2026 · enquête anonyme du 01/06/2026 au 15/06/2026 »."""
    opened = formats.day(told.opened_on)
    dates = f"du {opened} au {formats.day(told.closed_on)}" if told.closed_on else f"ouverte le {opened}, en cours"
    return f"{told.title} · enquête anonyme {dates}"


def _sentence(told: SatisfactionReview) -> str:
    if told.is_hidden:
        return FEW
    if told.satisfied is None:
        return "Aucune question de satisfaction n’a reçu de réponse."
    said = f"Part des réponses 4 et 5 parmi {formats.counted(told.given, 'réponse')} à toutes les questions."
    last = told.past[0] if told.past else None
    if last is None or last.satisfied is None or last.now is None:
        return said
    asked = formats.counted(last.same, "question commune", "questions communes")
    moved = f"{percents(last.now)} contre {percents(last.satisfied)}, soit {points(last.now - last.satisfied)}"
    return f"{said} Depuis {last.number}, sur {asked}\u00a0: {moved}."


def points(gap: Decimal) -> str:
    """« +7,7 points », « −1,0 point »."""
    word = formats.plural(int(abs(gap)), "point")
    return f"{'+' if gap > 0 else ''}{formats.number(gap, 1)}{NBSP}{word}"


def _tiles(told: SatisfactionReview) -> list[Tile]:
    answered = f"{formats.number(told.answers)} feuilles sur {formats.number(told.invited)}" if told.invited else ""
    rate, sign = percents(told.rate).partition(NBSP)[::2]
    found = [Tile(rate, sign, f"de réponse\u00a0: {answered or 'invités non précisés'}")]
    found += [Tile(signed(one.score), "NPS", _recommended(one)) for one in told.recommends]
    found += [Tile(formats.number(one.mean, 1), "sur 5", _effort(one)) for one in told.efforts]
    return found


def _recommended(one: Recommends) -> str:
    before = f"\u00a0; avant\u00a0: {signed(one.before)}" if one.before is not None else ""
    return (
        f"recommandent\u00a0: {one.promoters} (9-10), neutres {one.passives}, détracteurs {one.detractors} (0-6)"
        f"\u00a0; n\u00a0=\u00a0{one.valid}{before}"
    )


def _effort(one: Asked) -> str:
    before = f"\u00a0; avant\u00a0: {formats.number(one.before_mean, 1)}" if one.before_mean is not None else ""
    return f"facilité d’obtenir de l’aide (CES), 5\u00a0: très facile\u00a0; n\u00a0=\u00a0{one.valid}{before}"


# Parts


def _decided(flow: Flow, told: SatisfactionReview) -> None:
    flow.room(24)
    flow.y = block_title(flow.page, flow.y + 4, "Ce que nous en retenons") + 2
    if told.conclusion:
        paragraph(flow, told.conclusion)
    else:
        blocks.lacking(flow, NO_CONCLUSION, "Écrivez-la dans l’onglet «\u00a0Bilan\u00a0» de l’enquête.")
    flow.y += 2
    if told.actions:
        rows = [(one.label, one.owner, formats.day(one.due_on), one.told) for one in told.actions]
        Table(flow, ACTIONS, PROSE).rows(rows)
    else:
        blocks.lacking(flow, NO_ACTION)


def _questions(flow: Flow, told: SatisfactionReview) -> None:
    """Each theme as one chart of shares, its figures at the right."""
    flow.room(60)
    flow.y = block_title(flow.page, flow.y + 4, "Question par question") + 3
    page, left = flow.page, flow.frame.left
    x = page.text(left, flow.y + 2.2, "Nombre de réponses, de 5 (très satisfait) à 1 (très insatisfait)", charts.AXIS)
    charts.legend(page, x + 5, flow.y, _chart(()))
    for end, head in FIGURES:
        page.right(left + end, flow.y + 2.2, head, theme.HEAD)
    flow.y += 4.5
    for one in told.themes:
        _theme(flow, one.title or "Autres questions", one.asked, (one.satisfied, one.before))
    if told.efforts:
        _theme(flow, "Effort, de 5 (très facile) à 1 (très difficile)", told.efforts, None)


def _chart(asked: Sequence[Asked]) -> Chart:
    """From 5 to 1, darker as it gets worse."""
    found = [series(step, [one.counts[at] for one in asked]) for at, step in enumerate(STEPS)]
    return Chart(
        shape=Shape.SHARES, sentence="", labels=tuple(one.text for one in asked), series=tuple(found)
    )  # fmt: skip


def _theme(flow: Flow, title: str, asked: Sequence[Asked], both: tuple[Decimal | None, Decimal | None] | None) -> None:
    chart = _chart(asked)
    high = charts.rows_high(chart)
    flow.room(TITLE + high)
    page, left = flow.page, flow.frame.left
    page.text(left, flow.y + 4.6, title, theme.SMALL_GROUP)
    for value, (end, _) in zip(both or (), FIGURES, strict=False):
        page.right(left + end, flow.y + 4.6, percents(value), theme.SMALL_CELL_BOLD)
    flow.y += 6.4
    page.rule(left, flow.y, flow.frame.right)
    top = flow.y + 0.6
    charts.draw(page, Rect(left, top, WIDE, high), chart)
    step = high / max(1, len(asked))
    for at, one in enumerate(asked):
        base = top + (at + 0.5) * step + 1
        told = (percents(one.satisfied), percents(one.before), formats.number(one.mean, 2))
        for (end, _), words in zip(FIGURES, told, strict=True):
            page.right(left + end, base, words, theme.SMALL_CELL)
    flow.y = top + high + 1.4


def _years(flow: Flow, told: SatisfactionReview) -> None:
    if not told.past:
        return
    flow.room(30)
    flow.y = block_title(flow.page, flow.y + 4, "D’une enquête à l’autre, sur les mêmes questions") + 1.4
    Table(flow, YEARS, COMPACT).rows([_this(told), *(_before(one) for one in told.past)])


def _this(told: SatisfactionReview) -> Cells:
    score = told.recommends[0].score if told.recommends else None
    effort = told.efforts[0].mean if told.efforts else None
    asked = sum(len(one.asked) for one in told.themes)
    return (
        f"{told.stamp.reference} (celle-ci)", formats.day(told.opened_on), formats.number(told.answers),
        percents(told.rate), formats.number(asked), MISSING, percents(told.satisfied), signed(score),
        formats.number(effort, 1),
    )  # fmt: skip


def _before(one: Before) -> Cells:
    return (
        one.number, formats.day(one.opened_on), formats.number(one.answers), percents(one.rate),
        formats.number(one.same), percents(one.satisfied), percents(one.now), signed(one.score),
        formats.number(one.effort, 1),
    )  # fmt: skip


def _parts(flow: Flow, told: SatisfactionReview) -> None:
    for title, parts in (("Par service", told.services), ("Par site", told.sites)):
        if not parts:
            continue
        themes = [one.title or "Autres" for one in told.themes]
        wide = 78 / max(1, len(themes))
        columns = [
            Column(title.removeprefix("Par ").capitalize(), 54), Column("Réponses", 20, "right"),
            Column("Satisfaits", 22, "right"), *(Column(one, wide, "right") for one in themes),
        ]  # fmt: skip
        flow.room(34)
        flow.y = block_title(flow.page, flow.y + 4, title) + 1.4
        Table(flow, columns, COMPACT).rows([_part(one, len(themes)) for one in parts])


def _part(one: Part, themes: int) -> Cells:
    told = one.themes or (None,) * themes
    return one.name, formats.number(one.answers), percents(one.satisfied), *(percents(share) for share in told)


def _words(flow: Flow, told: SatisfactionReview) -> None:
    for text, texts in told.spoken:
        flow.room(20)
        flow.y = block_title(flow.page, flow.y + 4, f"{text} · {formats.counted(len(texts), 'réponse')}") + 2
        for one, times in Counter(texts).items():
            blocks.item(flow, f"«\u00a0{one}\u00a0»" + (f" ({times} fois)" if times > 1 else ""))
