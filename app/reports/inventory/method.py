"""Chapter 3: the scales, the weights and the rules of the verdicts, as rules.expertise applies them (domain.md A.7)."""

from app.reports.flow import Flow, block_title, paragraph
from app.reports.inventory.outline import Book
from app.reports.inventory.words import CONDITION_WORDS, VERDICT_WORDS, percent_of
from app.reports.table import COMPACT, Column, Group, Section, Table
from app.reports.theme import CONDITIONS, SENTENCE, VERDICTS
from app.rules import expertise as rule

INTRODUCTION = (
    "Chaque bien reçoit six notes de 0 à 4. Son score, sur 100, est la somme des poids multipliés par les notes, "
    "divisée par 4. Le verdict est celui de la première règle qui s’applique. L’expert peut s’en écarter en écrivant "
    "pourquoi\u00a0: les deux avis sont gardés et imprimés."
)
LETTERS = (
    "R est le coût de remise en état divisé par la valeur de remplacement\u00a0; M, le coût de maintenance des douze "
    "derniers mois divisé par la même valeur. Montants hors taxes. Une fin de support inconnue est notée 2, avec la "
    "réserve «\u00a0à vérifier\u00a0»."
)
CRITICALITY = (
    "Criticité d’un bien\u00a0: 1 faible · 2 importante · 3 haute · 4 vitale, selon l’effet de son arrêt sur "
    "l’activité. Constat\u00a0: vu sur place, déclaré, ou relevé par un outil d’inventaire."
)
CRITERIA = (
    ("condition", "État", ("très bon", "bon", "moyen", "mauvais", "hors service")),
    ("age", "Âge ÷ durée de vie cible", ("< 0,50", "< 0,75", "< 1,00", "< 1,25", "≥ 1,25")),
    ("support", "Support restant", ("> 24 mois", "> 12 mois", "> 6 mois", "> 0", "échu")),
    ("failures", "Pannes sur 12 mois", ("0", "1", "2", "3", "4 et plus")),
    ("parts", "Pièces", ("garantie, stock", "constructeur", "marché", "occasion", "introuvable")),
    ("fit", "Adéquation au besoin", ("totale", "bonne", "moyenne", "faible", "nulle")),
)
EXPOSED = "ou support échu d’un bien relié au réseau sans mesure d’isolement écrite"
SUPPORT_NOTE = "Support\u00a0: le premier terme échu, du système ou du constructeur."


def rules() -> tuple[tuple[str, str], ...]:
    """Letter -> when it is given, in the order in which they are tried."""
    costly = f"R > {percent_of(rule.REPAIR_RATIO)}, ou M > {percent_of(rule.MAINTENANCE_RATIO)}"
    return (
        ("E", f"État 0, et R > {percent_of(rule.SCRAP_RATIO)} ou pièces introuvables"),
        ("D", f"{costly}, ou score < {rule.LOW_SCORE}, {EXPOSED}"),
        ("C", f"Score < {rule.FAIR_SCORE}"),
        ("A", f"Score ≥ {rule.HIGH_SCORE} et aucune remise en état à faire"),
        ("B", "Tous les autres"),
    )  # fmt: skip


def draw(book: Book) -> None:
    flow = book.flow("3")
    paragraph(flow, INTRODUCTION)
    flow.y = block_title(flow.page, flow.y + 4, "État des biens") + 0.5
    columns = [Column("", 10, "badge"), Column("État", 164)]
    Table(flow, columns, COMPACT, CONDITIONS).rows(list(CONDITION_WORDS.items()))
    flow.y = block_title(flow.page, flow.y + 5, "Critères, poids et notes") + 0.5
    _criteria(flow)
    flow.y += 2
    paragraph(flow, SUPPORT_NOTE, SENTENCE)
    flow.y = block_title(flow.page, flow.y + 4, "Règles des verdicts, dans l’ordre où elles sont essayées") + 0.5
    columns = [Column("", 10, "badge"), Column("Verdict", 62), Column("Donné si", 102)]
    Table(flow, columns, COMPACT, VERDICTS).rows([(key, VERDICT_WORDS[key], words) for key, words in rules()])
    flow.y += 3
    for sentence in (LETTERS, CRITICALITY):
        paragraph(flow, sentence, SENTENCE)
        flow.y += 1.5


def _criteria(flow: Flow) -> None:
    columns = [Column("Critère", 38), Column("Poids", 12, "right", 5)]
    columns += [Column(f"Note {note}", 25) for note in range(rule.BEST, -1, -1)]
    rows = [(label, str(rule.WEIGHTS[key]), *steps) for key, label, steps in CRITERIA]
    total = ("Score", str(sum(rule.WEIGHTS.values())), "", "", "", "", "")
    Table(flow, columns, COMPACT).put(Section([Group("", rows, total)]))
