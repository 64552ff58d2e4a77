"""Chapter 9: whether the lot can be put under a contract, with the calculation shown (domain.md A.7)."""

from app.fields import counted, formats
from app.reports import blocks, theme
from app.reports.flow import Flow, paragraph
from app.reports.inventory.data import InventoryReport
from app.reports.inventory.facts import Lot
from app.reports.inventory.outline import Book
from app.reports.inventory.words import OPINION_LABEL, OPINIONS, percent_of, sentence
from app.reports.table import PROSE, Column, Group, Section, Table
from app.rules.expertise import KEPT

NOTHING = (
    "La faisabilité se calcule sur les verdicts\u00a0: aucun bien n’a encore été expertisé.",
    "Ouvrez une expertise dans Inventaire › Expertises.",
)
NO_PRICE = (
    "Le prix annuel du contrat n’est pas connu.",
    "Écrivez celui du contrat en cours ou proposé dans l’expertise (Inventaire › Expertises), l’avis se calculera.",
)
PART = ("Le prix annuel porte sur tous les sites\u00a0: il n’est pas rapporté à une partie d’entre eux.",)
COLUMNS = (
    Column("Grandeur", 44), Column("Calcul", 66), Column("Résultat", 24, "right", 5), Column("Favorable", 20, "left"),
    Column("Défavorable", 20),
)  # fmt: skip


def draw(book: Book, report: InventoryReport, flow: Flow) -> None:
    book.go_on(flow, "9")
    lot = report.lot
    if lot is None:
        blocks.lacking(flow, *NOTHING)
        return
    limits, result = lot.limits, lot.result
    opinion = (OPINION_LABEL, OPINIONS[result.opinion], sentence(result, limits))
    flow.y = blocks.headline(flow.page, flow.y, *opinion) + 2
    at_most = f"≤\u00a0{formats.percent(limits.good_ratio, 0)}"
    rows = [
        ("Part maintenable", f"({_sum(lot)}) ÷ {lot.result.judged}", formats.percent(lot.result.share),
         f"≥\u00a0{formats.percent(limits.good_share, 0)}", f"<\u00a0{formats.percent(limits.bad_share, 0)}"),
        ("Mise à niveau", "Somme des remises en état des biens B et C", formats.amount(lot.upgrade),
         formats.MISSING, formats.MISSING),
        ("Prix annuel ÷ valeur de remplacement de A, B et C", _ratio(lot),
         formats.percent(lot.result.ratio), at_most, f">\u00a0{formats.percent(limits.bad_ratio, 0)}"),
    ]  # fmt: skip
    Table(flow, COLUMNS, PROSE).put(Section([Group("", rows)]))
    flow.y += 2
    paragraph(flow, _rule(lot), theme.SENTENCE)
    if lot.price is None:
        flow.y += 1
        blocks.lacking(flow, *(NO_PRICE if lot.whole else PART))


def _sum(lot: Lot) -> str:
    counts = dict(lot.counts)
    return " + ".join(f"{letter} {formats.number(counts.get(letter, 0))}" for letter in KEPT)


def _ratio(lot: Lot) -> str:
    left = f", {counted(lot.unpriced, 'bien')} sans valeur" if lot.unpriced else ""
    return f"{formats.amount(lot.price)} ÷ {formats.amount(lot.value)}{left}"


def _rule(lot: Lot) -> str:
    limits = lot.limits
    return (
        f"Avis favorable si la part maintenable atteint {percent_of(limits.good_share)} et si le ratio ne dépasse pas "
        f"{percent_of(limits.good_ratio)}\u00a0; défavorable si la part est sous {percent_of(limits.bad_share)} "
        f"ou si le ratio dépasse {percent_of(limits.bad_ratio)}\u00a0; favorable avec réserves dans les autres cas."
    )
