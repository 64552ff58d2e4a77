"""The second chapter: the promises missed, the penalties step by step, what the provider explained and what follows."""

from collections.abc import Sequence

from app.fields import counted, formats
from app.reports import blocks, theme
from app.reports.flow import Flow, block_title, chapter, paragraph
from app.reports.periodic_data import Breach, Penalties, PeriodReport, Step
from app.reports.table import COMPACT, Column, Group, Section, Table

GROUPS = {
    "take": "Prise en charge (GTI)",
    "on_site": "Intervention sur site",
    "restore": "Rétablissement (GTR)",
}
OF_PROMISE = {"gti": "de prise en charge", "gts": "d’intervention sur site", "gtr": "de rétablissement"}
KINDS = {"gti": "take", "gts": "on_site", "gtr": "restore"}
COLUMNS = (
    Column("Ticket", 22), Column("Bien et incident", 37), Column("Prio.", 9, "centre"), Column("Dû le", 19),
    Column("Réel", 19), Column("Retard", 17, "right", 4), Column("Cause retenue", 32),
    Column("Pénalité avant\nplafonds (€)", 19, "right"),
)  # fmt: skip
STEPS = (Column("Étape", 74), Column("Base", 72), Column("Résultat", 28, "right"))
FOLLOWED = (
    Column("Ticket", 22), Column("Délai", 11), Column("Explication reçue", 50), Column("Décision du client", 48),
    Column("Qui", 22), Column("Le", 21),
)  # fmt: skip
METHOD = (
    "Durées en heures ouvrées du contrat, attentes imputables au client déduites et détaillées au journal de chaque "
    "ticket."
)
SHORT = {"take": "GTI", "on_site": "Site", "restore": "GTR"}
NO_EXPLANATION = "Aucune explication reçue"
STILL_OPEN = "pas encore"
MOST_UNEXPLAINED = 6
NAMED = 8
"""Beyond, those without a word are counted in one line."""


def breaches(flow: Flow, told: PeriodReport, number: int) -> None:
    flow.page.marks.append(f"{number} Dépassements")
    flow.y = chapter(flow.page, flow.y, number, "Dépassements des niveaux de service") + 1
    judged = sum(one.judged for one in told.kept)
    if not judged:
        blocks.lacking(flow, "Aucun délai promis n’était à juger sur cette période.")
        return
    paragraph(flow, f"{_sentence(told)} {METHOD}")
    if told.breaches:
        flow.y += 1.5
        _table(flow, told)
    if told.penalties:
        for one in told.penalties:
            _penalties(flow, one, alone=len(told.penalties) == 1)
    if told.breaches:
        _explanations(flow, told.breaches)


def _sentence(told: PeriodReport) -> str:
    """« 6 dépassements : 2 de prise en charge sur 64 délais jugés, 4 de rétablissement sur 62. »."""
    parts = []
    for one in told.kept:
        late = sum(b.promise == KINDS[one.promise] for b in told.breaches)
        parts.append(f"{formats.number(late)} {OF_PROMISE[one.promise]} sur {formats.number(one.judged)}")
    if not told.breaches:
        return f"Aucun dépassement\u00a0: {', '.join(parts)}."
    return f"{counted(len(told.breaches), 'dépassement')}\u00a0: {', '.join(parts)} délais jugés."


def _table(flow: Flow, told: PeriodReport) -> None:
    groups = []
    for promise, title in GROUPS.items():
        own = [one for one in told.breaches if one.promise == promise]
        if own:
            groups.append(Group(title, [_row(one) for one in own], _sum(f"Sous-total · {_count(own)}", own)))
    whole = _sum(f"Total {told.of_period} · {_count(told.breaches)}", told.breaches)
    Table(flow, COLUMNS, COMPACT).put(Section(groups, (whole,) if len(groups) > 1 else ()))


def _count(own: Sequence[Breach]) -> str:
    return counted(len(own), "dépassement")


def _row(one: Breach) -> tuple[str, ...]:
    done = formats.moment(one.done) if one.done else STILL_OPEN
    return (
        one.number, one.what, one.priority, formats.moment(one.due), done, formats.duration(one.late),
        one.cause or formats.MISSING, _cost(one.cents),
    )  # fmt: skip


def _cost(cents: int | None) -> str:
    return formats.amount(cents or None, "")


def _sum(title: str, own: Sequence[Breach]) -> tuple[str, ...]:
    cents = sum(one.cents or 0 for one in own)
    return title, "", "", "", "", formats.duration(sum(one.late for one in own)), "", _cost(cents)


def _penalties(flow: Flow, one: Penalties, *, alone: bool) -> None:
    title = "Calcul des pénalités" + ("" if alone else f", {one.contract}")
    usual = [_step(step) for step in one.steps if not step.strong]
    strong = [_step(step) for step in one.steps if step.strong]
    Table(flow, STEPS, COMPACT).put(Section([Group("", usual)], strong), title, 6)
    if one.claimed:
        obtained = f", dont {formats.amount(one.obtained)} obtenus" if one.obtained else ", en attente de réponse"
        flow.y += 1
        paragraph(flow, f"Déjà réclamé\u00a0: {formats.amount(one.claimed)}{obtained}.", theme.NOTE)


def _step(one: Step) -> tuple[str, ...]:
    return one.what, one.base, one.result


def _explanations(flow: Flow, own: Sequence[Breach]) -> None:
    flow.room(42)
    flow.gap(6)
    flow.y = block_title(flow.page, flow.y, "Explications du prestataire et suites")
    told = [one for one in own if one.explanation or one.decision]
    silent = [one for one in own if not (one.explanation or one.decision)]
    shown = own if len(silent) <= MOST_UNEXPLAINED else told
    if shown:
        Table(flow, FOLLOWED, COMPACT).rows([_followed(one) for one in shown])
    if shown is not own:
        flow.y += 1.6
        numbers = list(dict.fromkeys(one.number for one in silent))
        of = f", sur {counted(len(numbers), 'ticket')}" if len(numbers) < len(silent) else ""
        paragraph(flow, f"{_count(silent)} sans explication reçue{of}\u00a0: {formats.listed(numbers, NAMED)}.")


def _followed(one: Breach) -> tuple[str, ...]:
    came = f" (reçue le {formats.day(one.explained_on)})" if one.explained_on else ""
    said = f"{one.explanation}{came}" if one.explanation else NO_EXPLANATION
    return (
        one.number, SHORT[one.promise], said, one.decision or formats.MISSING, one.decided_by or formats.MISSING,
        formats.day(one.decided_on),
    )  # fmt: skip
