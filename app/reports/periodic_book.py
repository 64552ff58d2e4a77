"""The periodic report as a workbook: lists of numbers and dates, and a synthesis made of formulas (domain.md B)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl.styles import Alignment
from openpyxl.worksheet.properties import PageSetupProperties

from app.fields import day, this_day
from app.fields.formats import PARIS
from app.jobs import drain
from app.reports import workbook
from app.reports.periodic_breaches import GROUPS, METHOD
from app.reports.periodic_data import Breach, Cost, Figure, PeriodReport
from app.reports.workbook import Column, Drawn, Sheet
from app.reports.workbook_cells import BOLD, maker, text_maker

FIGURES, BREACHES, PENALTIES, REPEATED = "Indicateurs", "Dépassements", "Pénalités", "Incidents répétés"
PAPERS, UPKEEP, COSTS, OPINIONS, DECISIONS = "Documents", "Préventif", "Coûts", "Évaluations", "Décisions"
UNITS = {"hours": ("h", 1), "ratio": ("%", 100), "count": ("n", 1)}
MET = {True: "Oui", False: "Non", None: "–"}
LATE = (
    Column("Ticket", "text", 16), Column("Bien et incident", "text", 44), Column("Priorité", "text", 10),
    Column("Délai", "text", 24), Column("Dû le", "moment", 18), Column("Réel", "moment", 18),
    Column("Retard", "duration", 12, total=True), Column("Pénalité avant plafond", "money", 16, total=True),
    Column("Contrat", "text", 16), Column("Cause retenue", "text", 32), Column("Explication reçue", "text", 44),
    Column("Reçue le", "day", 12), Column("Décision", "text", 36), Column("Décidé par", "text", 22),
    Column("Décidé le", "day", 12),
)  # fmt: skip
STEPS = (
    Column("Contrat", "text", 16), Column("Étape", "text", 46), Column("Base", "text", 50),
    Column("Résultat", "text", 18),
)  # fmt: skip
AGAIN = (
    Column("Bien", "text", 34), Column("Catégorie", "text", 30), Column("Revenu, fois", "number", 12, total=True),
    Column("Dernier", "day", 14), Column("Tickets", "text", 50),
)  # fmt: skip
OWED = (
    Column("Document", "text", 34), Column("Au titre de", "text", 36), Column("Contrat", "text", 16),
    Column("Dû le", "day", 12), Column("Reçu le", "day", 12), Column("Jours de retard", "number", 12),
    Column("État", "text", 16),
)  # fmt: skip
STOPS = (
    Column("Visite", "text", 16), Column("Objet", "text", 44), Column("Où", "text", 34),
    Column("À faire avant le", "day", 14), Column("Faite le", "day", 12), Column("Jours de retard", "number", 12),
    Column("État", "text", 14),
)  # fmt: skip
SPENT = (
    Column("Contrat", "text", 16), Column("Objet", "text", 40), Column("Forfait dû HT", "money", 16, total=True),
    Column("Facturé HT", "money", 16, total=True), Column("En plus HT", "money", 16, total=True),
    Column("Écart HT", "=money", 16, total=True), Column("Interventions", "number", 14, total=True),
    Column("Temps passé", "duration", 14, total=True), Column("Valeur à l’acte HT", "money", 18, total=True),
    Column("Forfait utilisé", "=percent", 14),
)  # fmt: skip
CRITERIA = (Column("Critère", "text", 50), Column("Note sur 5", "decimal", 12), Column("Réponses", "number", 12))
DECIDED = (
    Column("Décision ou action", "text", 70), Column("Qui", "text", 26), Column("Pour le", "day", 14),
    Column("État", "text", 34), Column("Décidée par", "text", 18),
)  # fmt: skip


def render(told: PeriodReport) -> bytes:
    out = BytesIO()
    on = told.stamp.data_at.astimezone(PARIS).date() if told.stamp.data_at else this_day()
    notes = (
        ("Période", f"{told.period}, du {day(told.start)} au {day(told.end)}"),
        ("Périmètre", told.scope),
        ("Délais", METHOD),
        ("Synthèse", "Ses chiffres sont des formules sur les autres feuilles\u00a0: corrigez-les, ils suivent."),
    )
    about = workbook.About(f"{told.stamp.title}, {told.period}", told.company.name, on, notes=notes)
    drain(workbook.write_book(out, about, list(_sheets(told))))
    return out.getvalue()


def _sheets(told: PeriodReport) -> Iterator[Sheet | Drawn]:
    yield Drawn("Synthèse", lambda sheet: _summary(sheet, told))
    yield Sheet(
        FIGURES, _figure_columns(told), [_figure(told, at, one) for at, one in enumerate(told.figures, 2)], kept=1
    )
    yield Sheet(BREACHES, LATE, [_breach(one) for one in told.breaches], kept=1)
    steps = [(one.contract, step.what, step.base, step.result) for one in told.penalties for step in one.steps]
    yield Sheet(PENALTIES, STEPS, steps)
    again = [(one.asset, one.category, one.times, one.last, ", ".join(one.numbers)) for one in told.repeated]
    yield Sheet(REPEATED, AGAIN, again)
    yield Sheet(PAPERS, OWED, [_paper(one) for one in told.papers])
    stops = [
        (one.number, one.label, one.where, one.due, one.done, one.days, "En retard" if one.done else "Manquée")
        for one in told.stops
    ]
    yield Sheet(UPKEEP, STOPS, stops)
    yield Sheet(COSTS, SPENT, [_cost(at, one) for at, one in enumerate(told.costs, 2)])
    yield Sheet(OPINIONS, CRITERIA, [(label, Decimal(note) / 100, n) for label, note, n in told.opinions.criteria])
    yield Sheet(DECISIONS, DECIDED, list(_decided(told)))


def _figure_columns(told: PeriodReport) -> tuple[Column, ...]:
    return (
        Column("Indicateur", "text", 38), Column("Unité", "text", 8), Column("Valeur", "decimal", 12),
        Column("Objectif", "decimal", 12), Column("Sens", "text", 8), Column("Atteint", "text", 10),
        Column("Période d’avant", "decimal", 14), Column("Écart", "=decimal", 12), Column("n", "number", 10),
        Column("Objectif servi", "text", 34), *(Column(short, "decimal", 12) for short in told.shorts),
    )  # fmt: skip


def _figure(told: PeriodReport, at: int, one: Figure) -> tuple[Any, ...]:
    unit, times = UNITS[one.unit]
    gap = f'=IF(OR(C{at}="",G{at}=""),"",C{at}-G{at})'
    earlier = [None] * (len(told.shorts) - len(one.points))
    points = (_told(value, times) for value in (*earlier, *one.points))
    return (
        one.label, unit, _told(one.value, times), _told(one.target, times), one.target_text[:1], MET[one.met],
        _told(one.before, times), gap, one.n, one.objective or None, *points,
    )  # fmt: skip


def _told(value: Decimal | None, times: int) -> Decimal | None:
    return None if value is None else round(value * times, 4)


def _breach(one: Breach) -> tuple[Any, ...]:
    return (
        one.number, one.what, one.priority, GROUPS[one.promise], one.due, one.done, one.late, one.cents, one.contract,
        one.cause or None, one.explanation or None, one.explained_on, one.decision or None, one.decided_by or None,
        one.decided_on,
    )  # fmt: skip


def _paper(one: Any) -> tuple[Any, ...]:
    state = "Reçu en retard" if one.came else "Refusé" if one.refused else "Pas encore reçu"
    return one.label, one.told, one.contract, one.due, one.came, one.days, state


def _cost(at: int, one: Cost) -> tuple[Any, ...]:
    gap = f'=IF(C{at}="","",D{at}+E{at}-C{at})'
    used = f'=IF(OR(N(C{at})=0,I{at}=""),"",I{at}/C{at})'
    return (
        one.contract, one.title, one.fee, one.invoiced, one.apart, gap, one.acts, one.minutes, one.worth, used,
    )  # fmt: skip


def _decided(told: PeriodReport) -> Iterator[Sequence[Any]]:
    for one in told.decisions:
        yield one, None, None, "À décider", None
    for action in told.actions:
        yield action.label, action.owner, action.due, action.told, action.origin or told.stamp.reference


def _summary(sheet: Any, told: PeriodReport) -> None:
    """What is said first, each figure drawn from the other sheets."""
    for letter, width in zip("ABC", (40, 18, 84), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    bold, plain = text_maker(sheet, font=BOLD), text_maker(sheet)
    wrapped = text_maker(sheet, alignment=Alignment("left", "top", wrap_text=True, indent=1))
    sheet.append([bold(told.stamp.title), None, plain(f"{told.period} · {told.scope}")])
    sheet.append([])
    for label, kind, value, note in _totals(told):
        sheet.append([bold(label), maker(sheet, kind)(value), plain(note)])
    sheet.append([])
    sheet.append([bold("À retenir"), None, wrapped(told.takeaways or "–")])


def _totals(told: PeriodReport) -> Iterator[tuple[str, str, Any, str]]:
    """Label, kind, formula, note."""
    yield (
        "Objectifs atteints",
        "=number",
        f'=COUNTIF({_cells(FIGURES, "F", told.figures)},"Oui")',
        "Feuille Indicateurs",
    )
    judged = f'COUNTIF({_cells(FIGURES, "F", told.figures)},"Oui")+COUNTIF({_cells(FIGURES, "F", told.figures)},"Non")'
    yield "Objectifs jugés", "=number", f"={judged}", "Ceux qui ont un objectif et une mesure"
    yield "Délais dépassés", "=number", f"=COUNTA({_cells(BREACHES, 'A', told.breaches)})", f"Feuille {BREACHES}"
    yield "Retard cumulé", "=duration", f"=SUM({_cells(BREACHES, 'G', told.breaches)})", "Heures ouvrées"
    yield "Pénalités avant plafond", "=money", f"=SUM({_cells(BREACHES, 'H', told.breaches)})", "Celles des délais"
    yield (
        "Pénalités dues",
        "money",
        told.owed,
        f"Après plafonds, documents et préventif compris\u00a0: feuille {PENALTIES}",
    )
    yield "Incidents revenus", "=number", f"=SUM({_cells(REPEATED, 'C', told.repeated)})", "Même bien, même catégorie"
    yield "Documents remis à temps", "=percent", _share(told.punctual), _of(told.punctual)
    yield "Préventif fait dans sa fenêtre", "=percent", _share(told.preventive), _of(told.preventive)
    for label, letter in (("Forfait dû", "C"), ("Facturé", "D"), ("En plus", "E"), ("Écart", "F")):
        cells = _cells(COSTS, letter, told.costs)
        yield label, "=money", f'=IF(COUNT({cells})=0,"–",SUM({cells}))', "HT, feuille Coûts"
    yield "Fiches d’évaluation revenues", "number", told.opinions.received, f"{told.opinions.expected} remises"
    mean = told.opinions.mean
    yield "Note moyenne sur 5", "decimal", None if mean is None else Decimal(mean) / 100, "Fiches d’au moins 5 réponses"


def _cells(sheet: str, letter: str, rows: Sequence[Any]) -> str:
    return f"'{sheet}'!{letter}2:{letter}{max(len(rows), 1) + 1}"


def _share(share: Any) -> str:
    return f"={share.top}/{share.bottom}" if share.bottom else '="–"'


def _of(share: Any) -> str:
    return f"{share.top} sur {share.bottom}" if share.bottom else "rien n’était dû"
