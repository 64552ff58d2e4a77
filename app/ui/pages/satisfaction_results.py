"""What a survey says: its response rate and its three figures, each question with its share, groups, words."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.fields import MISSING, NBSP, counted, day, number, plural
from app.services.satisfaction import results
from app.services.satisfaction.results import (
    FEWEST,
    STEPS,
    Block,
    Counted,
    Group,
    Recommendation,
    Results,
    Scale,
    Spoken,
)
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.pages.indicator_reading import Reader
from app.ui.parts.awaited import Awaited
from app.ui.parts.badge import Badge
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, frame, holder, label, row, scrolled
from app.ui.parts.card import Card
from app.ui.parts.explain import Explain
from app.ui.parts.marks import Mark
from app.ui.parts.meter import Meter, Run
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

MOST = 100
"""Free answers shown under a question."""
WAITING = f"Les résultats se lisent à partir de {FEWEST}{NBSP}réponses"
NONE = "Aucune feuille n’est encore revenue"
FIRST = f"Distribuez le questionnaire\u00a0: feuilles à imprimer, ou PDF à remplir. {WAITING}."
WHY = "En dessous, on reconnaîtrait qui a répondu quoi."
INDICATIVE = "Moins de trois personnes invitées sur dix ont répondu\u00a0: ces chiffres sont indicatifs."
GROUPS = (
    SmallColumn("Groupe", 220, elastic=True), SmallColumn("Réponses", 100, "number"),
    SmallColumn("Satisfaits", 110, "number"),
)  # fmt: skip
YEARS = (
    SmallColumn("Enquête", 130, elastic=True), SmallColumn("Ouverte le", 110), SmallColumn("Réponses", 90, "number"),
    SmallColumn("Taux", 90, "number"), SmallColumn("Questions communes", 150, "number"),
    SmallColumn("Satisfaits alors", 130, "number"), SmallColumn("cette fois", 110, "number"),
    SmallColumn("NPS", 80, "number"), SmallColumn("CES", 80, "number"),
)  # fmt: skip


class ResultsTab(QWidget):
    """Counted beside the window, again with each change of the survey."""

    def __init__(self, desk: Desk, survey_id: int) -> None:
        super().__init__()
        self._body = column(gap=12, margins=PAGE_MARGINS)
        self._awaited = Awaited(scrolled(holder(self._body)))
        self.setLayout(column(self._awaited))
        self.reader = Reader(desk, lambda: results.read_job(desk.store, survey_id), self._show, self)
        self.reload()

    def reload(self) -> None:
        self.reader.ask()

    def _show(self, found: Results) -> None:
        empty_layout(self._body)
        if not found.answers:
            self._body.addWidget(Banner(BannerData("info", NONE, FIRST)))
        elif found.is_hidden:
            told = f"{counted(found.answers, 'feuille')} {plural(found.answers, 'notée')}. {WHY}"
            self._body.addWidget(Banner(BannerData("info", WAITING, told)))
        elif found.is_indicative:
            self._body.addWidget(Banner(BannerData("warn", "Chiffres indicatifs", INDICATIVE)))
        self._body.addLayout(_figures(found))
        if not found.is_hidden:
            self._body.addWidget(_questions(found))
            if found.past:
                self._body.addWidget(_years(found))
            self._body.addLayout(_groups(found))
            for one in found.spoken:
                self._body.addWidget(_spoken(one))
        self._body.addStretch(1)
        self._awaited.has_come()


def _percents(value: Decimal | None) -> str:
    return MISSING if value is None else f"{number(value, 1)}{NBSP}%"


def _signed(score: int | None) -> str:
    return MISSING if score is None else f"{'+' if score > 0 else ''}{number(score)}"


# The figures


def _figures(found: Results) -> QGridLayout:
    answered = f"{number(found.answers)} sur {number(found.invited)}" if found.invited else "invités non précisés"
    tiles = [
        _figure("Taux de réponse", _percents(found.rate), answered, "indicatif" if found.is_indicative else ""),
        _figure("Satisfaits (CSAT)", _percents(found.satisfied), _compared(found)),
        *(_recommendation(one.found, one.before) for one in found.recommended),
        *(_effort(one) for one in found.efforts),
    ]
    grid = QGridLayout()
    grid.setSpacing(12)
    for at, tile in enumerate(tiles):
        grid.addWidget(tile, 0, at)
        grid.setColumnStretch(at, 1)
    return grid


def _compared(found: Results) -> str:
    last = found.past[0] if found.past else None
    if last is None or last.satisfied is None or last.now is None:
        return "réponses 4 et 5 ÷ réponses valables"
    return f"{_percents(last.now)} contre {_percents(last.satisfied)} dans {last.number}, mêmes questions"


def _effort(one: Counted) -> QWidget:
    told = f"aide facile à obtenir, 5\u00a0: très facile · {counted(one.scale.valid, 'réponse')}"
    if one.earlier is not None:
        told += f" · avant\u00a0: {number(one.earlier.mean, 1)}"
    return _figure("Effort (CES, sur 5)", MISSING if one.scale.mean is None else number(one.scale.mean, 1), told)


def _recommendation(found: Recommendation, before: int | None) -> QWidget:
    told = (
        f"{counted(found.promoters, 'promoteur')} (9-10), {counted(found.passives, 'neutre')}, "
        f"{counted(found.detractors, 'détracteur')} (0-6)"
    )
    if before is not None:
        told += f" · avant\u00a0: {_signed(before)}"
    return _figure("Recommandation (NPS, de −100 à +100)", _signed(found.score), told)


def _figure(title: str, figure: str, told: str, badge: str = "") -> QWidget:
    """A card of one figure, read aloud whole."""
    shown = label(figure, "figure")
    line = row(shown, Badge(badge, Mark("warn", loud=True)) if badge else 0, None, gap=8)
    made = frame("card", column(label(title, "title"), line, label(told, "second", "ink2", wrap=True), None, gap=2,
                                margins=(16, 11, 16, 12)))  # fmt: skip
    made.setAccessibleName(f"{title}\u00a0: {figure}, {told}{', ' if badge else ''}{badge}")
    return made


# The questions


def _questions(found: Results) -> Card:
    note = f"Avant\u00a0: {found.before}, mêmes questions" if found.before else ""
    card = Card("Question par question", note=note, corner=Explain("Satisfaits (CSAT)"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(7)
    grid.setColumnStretch(0, 3)
    grid.setColumnStretch(1, 2)
    heads = (
        "Question",
        "Part de 4 et 5, puis de 3",
        "Satisfaits",
        "Avant",
        "Moyenne",
        "5 · 4 · 3 · 2 · 1",
        "Sans avis",
    )
    for at, text in enumerate(heads):
        grid.addWidget(label(text, "small", "ink2"), 0, at, _align(at))
    lines: list[Block | Counted] = []
    for block in found.blocks:
        lines += [block, *_of_block(found, block)]
    for line, one in enumerate((*lines, *found.efforts), 1):
        if isinstance(one, Block):
            _theme(grid, line, one)
        else:
            _question(grid, line, one)
    card.body.addLayout(grid)
    return card


def _of_block(found: Results, block: Block) -> Sequence[Counted]:
    return [one for one in found.counted if one.question.block == block.title and not one.question.is_effort]


def _theme(grid: QGridLayout, line: int, block: Block) -> None:
    """The title of a theme, with what its questions say together."""
    grid.addWidget(label(block.title or "Autres questions", "title"), line, 0, 1, 2)
    for at, told in ((2, _percents(block.satisfied)), (3, _percents(block.before))):
        grid.addWidget(label(told, "title", "ink" if at == 2 else "ink2"), line, at, _align(at))  # noqa: PLR2004


def _align(at: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if at > 1 else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _question(grid: QGridLayout, line: int, one: Counted) -> None:
    scale = one.scale
    text = one.question.text
    if one.question.is_effort:
        text += " (de très difficile à très facile)"
    grid.addWidget(label(text, wrap=True), line, 0)
    grid.addWidget(Meter(_runs(scale), _spoken_scale(text, scale)), line, 1)
    counts = " · ".join(number(scale.counts.get(step, 0)) for step in reversed(STEPS))
    mean = MISSING if scale.mean is None else number(scale.mean, 2)
    cells = (
        (_percents(scale.satisfied), "strong", "ink"), (_percents(one.before), "body", "ink2"), (mean, "body", "ink"),
        (counts, "body", "ink2"), (number(scale.counts.get(0, 0)), "body", "ink2"),
    )  # fmt: skip
    for at, (told, kind, ink) in enumerate(cells, 2):
        grid.addWidget(label(told, kind, ink), line, at, _align(at))


def _runs(scale: Scale) -> Sequence[Run]:
    if not scale.valid:
        return ()
    happy = scale.counts.get(4, 0) + scale.counts.get(5, 0)
    return Run(happy / scale.valid, "info.solid"), Run(scale.counts.get(3, 0) / scale.valid, "mute.solid", hatched=True)


def _spoken_scale(text: str, scale: Scale) -> str:
    valid = counted(scale.valid, "réponse valable", "réponses valables")
    return f"{text}\u00a0: {_percents(scale.satisfied)} de satisfaits, {valid}"


# Groups and words


def _groups(found: Results) -> QGridLayout:
    grid = QGridLayout()
    grid.setSpacing(12)
    for at, (title, groups) in enumerate((("Par service", found.services), ("Par site", found.sites))):
        if groups:
            grid.addWidget(_group_card(title, groups, found.blocks), 0, at, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(at, 1)
    return grid


def _group_card(title: str, groups: Sequence[Group], blocks: Sequence[Block]) -> Card:
    card = Card(title, note=f"à partir de {FEWEST}{NBSP}réponses", flush=True)
    themes = [SmallColumn(one.title or "Autres", 120, "number") for one in blocks] if len(blocks) > 1 else []
    rows = [
        [Cell(one.name), Cell(number(one.answers)), Cell(_percents(one.satisfied)),
         *(Cell(_percents(share)) for share in (one.blocks or (None,) * len(themes))[: len(themes)])]
        for one in groups
    ]  # fmt: skip
    card.body.addWidget(SmallTable((*GROUPS, *themes), rows, name=title))
    return card


def _years(found: Results) -> Card:
    """The surveys before, on the questions that they share with this one."""
    card = Card("D’une enquête à l’autre", note="sur les mêmes questions", flush=True)
    rows = [
        [Cell(one.number), Cell(day(one.opened_on)), Cell(number(one.answers)), Cell(_percents(one.rate)),
         Cell(number(one.same)), Cell(_percents(one.satisfied)), Cell(_percents(one.now)), Cell(_signed(one.score)),
         Cell(number(one.effort, 1))]
        for one in found.past
    ]  # fmt: skip
    card.body.addWidget(SmallTable(YEARS, rows, name="D’une enquête à l’autre"))
    return card


def _spoken(one: Spoken) -> Card:
    more = f"\u00a0; les {MOST} premières, le classeur du bilan les a toutes" if len(one.texts) > MOST else ""
    card = Card(one.question.text, note=counted(len(one.texts), "réponse") + more)
    for text in one.texts[:MOST]:
        card.body.addWidget(label(f"«\u00a0{text}\u00a0»", wrap=True))
    return card
