"""Chapters 5 and 9: what the expertises say of each asset and of the lot."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby

from app.fields import counted, formats, joined
from app.models.codes import Finding, Verdict
from app.reports.identity import Pair
from app.reports.inventory import facts
from app.reports.inventory.facts import Expertise, Sheet, SheetGroup
from app.reports.inventory.lines import Criterion
from app.rules.expertise import KEPT, Limits, feasibility
from app.services.expertises import Assessed, Lot
from app.services.inventory_report import rows
from app.services.inventory_report.rows import NO_SITE, AssetRow, Fleet, numbers_of

MONTHS = 12


def expertise(fleet: Fleet, lot: Lot) -> Expertise | None:
    """None while no asset of the report was judged."""
    if not any(fleet.judged(row) for row in fleet.rows):
        return None
    return Expertise(
        told=_told(lot),
        groups=_groups(fleet, lambda verdict: verdict != Verdict.A),
        sound=_groups(fleet, lambda verdict: verdict == Verdict.A),
        left=_left([row for row in fleet.rows if not fleet.judged(row)]),
    )


def _told(lot: Lot) -> str:
    """« Expertise EXP-2026-002 « Avant contrat », du 6 novembre 2026, par Hélène Roy, Kervadel. »."""
    day = f" du {formats.day_words(lot.held_on)}" if lot.held_on else ""
    who = joined(lot.expert, lot.provider, by=", ")
    by = f", menée par {who}" if who else ""
    state = ", close" if lot.closed else ", encore en cours"
    several = " Chaque bien porte le dernier avis qui l’a jugé." if len({row.expertise for row in lot.rows}) > 1 else ""
    return f"Expertise {lot.number} «\u00a0{lot.title}\u00a0»{day}{by}{state}.{several}"


def _left(unjudged: Sequence[AssetRow]) -> str:
    if not unjudged:
        return ""
    have = "n’ont pas été évalués" if len(unjudged) > 1 else "n’a pas été évalué"
    return f"{counted(len(unjudged), 'bien')} {have}\u00a0: {numbers_of(unjudged)}."


def _groups(fleet: Fleet, wanted: Callable[[Verdict], bool]) -> tuple[SheetGroup, ...]:
    made = []
    for (site, family), found in groupby(fleet.rows, key=lambda row: (row.site, row.family)):
        pairs = [(row, judged) for row in found if (judged := fleet.judged(row)) and wanted(judged.verdict)]
        if pairs:
            title = f"{family}, {site or NO_SITE.lower()}"
            made.append(SheetGroup(title, tuple(_sheet(row, judged, fleet.today) for row, judged in pairs)))
    return tuple(made)


def _sheet(row: AssetRow, judged: Assessed, today: date) -> Sheet:
    sound = judged.verdict == Verdict.A
    return Sheet(
        number=row.number,
        name=rows.name_of(row),
        model=rows.model_of(row),
        serial=row.serial,
        place=joined(row.room, rows.holder_of(row), by=", "),
        verdict=judged.verdict.value,
        ruled=judged.ruled.value,
        reason=judged.reason or "",
        rule=f"{judged.ruled.value}\u00a0: {judged.rule}",
        score=judged.score,
        repair=judged.repair_ratio,
        upkeep=judged.maintenance_ratio,
        criteria=tuple(Criterion(c.label, c.finding, c.note, c.weight, c.points) for c in judged.criteria),
        facts=() if sound else _facts(row, judged, today),
        observations=judged.observations or "",
        action=judged.action or "",
    )


def _facts(row: AssetRow, judged: Assessed, today: date) -> tuple[Pair, ...]:
    since = row.commissioned_on or row.purchased_on
    value = judged.replacement_value
    return (
        ("Mise en service" if row.commissioned_on or not since else "Achat", _since(since, today)),
        ("Durée cible", counted(row.life_years, "an") if row.life_years else formats.MISSING),
        ("Valeur de rempl.", f"{formats.amount(value)} HT" if value else formats.MISSING),
        ("Garantie", _until(row.warranty_end, today, "échue le", "inconnue")),
        ("Système", joined(row.system, row.system_version) or "sans objet"),
        ("Fin de support", _support(row, today)),
        ("Criticité", row.criticality.label if row.criticality else formats.MISSING),
        ("Données perso.", f"{_yes(row.personal_data)} · chiffré\u00a0: {_yes(row.encrypted)}"),
        ("Constat", _finding(judged.finding or row.finding, judged.seen_on or row.seen_on)),
    )


def _since(since: date | None, today: date) -> str:
    """« 22/06/2021 (5 ans 5 mois) »."""
    if since is None:
        return "inconnue"
    months = MONTHS * (today.year - since.year) + today.month - since.month - (today.day < since.day)
    years, rest = divmod(max(months, 0), MONTHS)
    parts = [counted(years, "an")] if years else []
    parts += [f"{rest}\u00a0mois"] if rest or not years else []
    return f"{formats.day(since)} ({' '.join(parts)})"


def _until(end: date | None, today: date, past: str, unknown: str) -> str:
    if end is None:
        return unknown
    return f"{past} {formats.day(end)}" if end < today else f"jusqu’au {formats.day(end)}"


def _support(row: AssetRow, today: date) -> str:
    if not rows.has_system(row):
        return "sans objet"
    if row.support_end is None:
        return "inconnue, à vérifier"
    return formats.day(row.support_end) + (" (échue)" if row.support_end < today else "")


def _yes(value: bool | None) -> str:
    return {True: "oui", False: "non", None: "inconnu"}[value]


def _finding(finding: Finding | None, on: date | None) -> str:
    told = finding.label.lower() if finding else "non relevé"
    return f"{told} le {formats.day(on)}" if on else told


def lot(found: Lot, fleet: Fleet, limits: Limits, whole: bool) -> facts.Lot | None:
    """The feasibility of the assets of the report; the price is that of all of them, and tells nothing of a part."""
    judged = [one for one in map(fleet.judged, fleet.rows) if one]
    if not judged:
        return None
    counts = {verdict.value: sum(one.verdict == verdict for one in judged) for verdict in Verdict}
    kept = [one for one in judged if one.verdict.value in KEPT]
    value = sum(one.replacement_value or 0 for one in kept)
    price = found.annual_price if whole else None
    return facts.Lot(
        counts=tuple(counts.items()),
        upgrade=sum(one.repair_cost for one in kept if one.verdict != Verdict.A),
        unpriced=sum(not one.replacement_value for one in kept),
        price=price,
        value=value,
        result=feasibility(counts, price, value or None, limits),
        limits=limits,
        whole=whole,
    )
