"""The « bilan de satisfaction » as a workbook: counts as numbers, and what is drawn from them as formulas (G.3)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl.styles import Alignment
from openpyxl.worksheet.properties import PageSetupProperties

from app.fields import this_day
from app.fields.formats import PARIS
from app.jobs import drain
from app.reports import workbook
from app.reports.satisfaction_review import FEW, INDICATIVE, METHOD, subtitle
from app.reports.satisfaction_review_data import Part, SatisfactionReview
from app.reports.workbook import Column, Drawn, Sheet
from app.reports.workbook_cells import BOLD, maker, text_maker

QUESTIONS, NPS = "Questions", "Recommandation"
ASKED = (
    Column("Thème", "text", 26), Column("Question", "text", 46), *(Column(step, "number", 8) for step in "54321"),
    Column("Sans avis", "number", 10), Column("Valables", "=number", 10), Column("Satisfaits", "=percent", 12),
    Column("Moyenne", "=decimal", 10), Column("Satisfaits avant", "percent", 12), Column("Écart", "=percent", 10),
)  # fmt: skip
RECOMMENDED = (
    Column("Question", "text", 60), Column("Promoteurs (9-10)", "number", 14), Column("Neutres (7-8)", "number", 12),
    Column("Détracteurs (0-6)", "number", 14), Column("Réponses", "=number", 12), Column("NPS", "=number", 10),
    Column("NPS avant", "number", 10),
)  # fmt: skip
YEARS = (
    Column("Enquête", "text", 16), Column("Ouverte le", "day", 14), Column("Réponses", "number", 12),
    Column("Taux de réponse", "percent", 14), Column("Questions communes", "number", 14),
    Column("Satisfaits alors", "percent", 14), Column("Satisfaits cette fois", "percent", 14),
    Column("NPS", "number", 10), Column("CES, sur 5", "decimal", 10),
)  # fmt: skip
SPOKEN = (Column("Question", "text", 44), Column("Réponse", "text", 70))
ACTIONS = (
    Column("Action", "text", 60), Column("Qui", "text", 26), Column("Pour le", "day", 14), Column("État", "text", 34),
)  # fmt: skip


def render(told: SatisfactionReview) -> bytes:
    out = BytesIO()
    on = told.stamp.data_at.astimezone(PARIS).date() if told.stamp.data_at else this_day()
    notes = (("Enquête", f"{told.stamp.reference}, {subtitle(told)}"), ("Méthode", METHOD))
    about = workbook.About(told.stamp.title, told.company.name, on, notes=notes)
    drain(workbook.write_book(out, about, list(_sheets(told))))
    return out.getvalue()


def _sheets(told: SatisfactionReview) -> Iterator[Sheet | Drawn]:
    rows = [(one.title, asked) for one in told.themes for asked in one.asked]
    last = len(rows) + 1
    yield Drawn("Synthèse", lambda sheet: _summary(sheet, told, last))
    if rows:
        rows += [("Effort (5\u00a0: très facile)", asked) for asked in told.efforts]
        yield Sheet(QUESTIONS, ASKED, [_asked(at, *one) for at, one in enumerate(rows, 2)], kept=2)
    if told.recommends:
        found = [
            (one.text, one.promoters, one.passives, one.detractors, f"=SUM(B{at}:D{at})",
             f'=IF(E{at}=0,"",ROUND(100*(B{at}-D{at})/E{at},0))', one.before)
            for at, one in enumerate(told.recommends, 2)
        ]  # fmt: skip
        yield Sheet(NPS, RECOMMENDED, found)
    if told.services or told.sites:
        yield _parts(told)
    if told.past:
        yield Sheet("Années", YEARS, [_year(one) for one in told.past])
    if told.spoken:
        yield Sheet("Réponses libres", SPOKEN, [(text, one) for text, texts in told.spoken for one in texts])
    if told.actions:
        yield Sheet("Actions", ACTIONS, [(one.label, one.owner, one.due_on, one.told) for one in told.actions])


def ratio(value: Decimal | None) -> Decimal | None:
    """Percents as Excel has them."""
    return None if value is None else value / 100


def _summary(sheet: Any, told: SatisfactionReview, last: int) -> None:
    """What is said first, each figure drawn from the other sheets."""
    for letter, width in zip("ABC", (34, 16, 90), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    bold, plain = text_maker(sheet, font=BOLD), text_maker(sheet)
    wrapped = text_maker(sheet, alignment=Alignment("left", "top", wrap_text=True, indent=1))
    sheet.append([bold(told.stamp.title), None, plain(subtitle(told))])
    sheet.append([])
    for label, kind, value, note in _figures(told, last):
        sheet.append([bold(label), plain(value) if kind == "text" else maker(sheet, kind)(value), plain(note)])
    sheet.append([])
    sheet.append([bold("Ce que nous en retenons"), None, wrapped(told.conclusion or "–")])


def _figures(told: SatisfactionReview, last: int) -> Iterator[tuple[str, str, Any, str]]:
    yield "Feuilles revenues", "number", told.answers, FEW if told.is_hidden else ""
    if told.invited:
        yield "Personnes invitées", "number", told.invited, ""
        yield "Taux de réponse", "=percent", "=B3/B4", INDICATIVE if told.is_indicative else ""
    else:
        yield "Personnes invitées", "text", "–", INDICATIVE
    if told.themes:
        formula = f'=IFERROR(SUM({QUESTIONS}!C2:D{last})/SUM({QUESTIONS}!I2:I{last}),"–")'
        yield "Satisfaits (CSAT)", "=percent", formula, "Réponses 4 et 5 ÷ réponses de 1 à 5"
    if told.recommends:
        yield "Recommandation (NPS)", "=number", f"={NPS}!F2", "De −100 à +100, sans\u00a0%"
    if told.efforts:
        yield "Effort (CES), sur 5", "=decimal", f"={QUESTIONS}!K{last + 1}", "5\u00a0: très facile"


def _asked(at: int, theme: str, one: Any) -> Sequence[Any]:
    valid, mean = f"=SUM(C{at}:G{at})", f"(5*C{at}+4*D{at}+3*E{at}+2*F{at}+G{at})/I{at}"
    return (
        theme, one.text, *one.counts, one.none, valid, f'=IF(I{at}=0,"–",(C{at}+D{at})/I{at})',
        f'=IF(I{at}=0,"–",{mean})', ratio(one.before), f'=IF(OR(L{at}="",I{at}=0),"",J{at}-L{at})',
    )  # fmt: skip


def _parts(told: SatisfactionReview) -> Sheet:
    themes = [one.title or "Autres questions" for one in told.themes]
    columns = [
        Column("Par", "text", 12), Column("Nom", "text", 34), Column("Réponses", "number", 12),
        Column("Satisfaits", "percent", 12), *(Column(one, "percent", 16) for one in themes),
    ]  # fmt: skip
    rows = [
        _part(kind, one, len(themes))
        for kind, parts in (("Service", told.services), ("Site", told.sites))
        for one in parts
    ]
    return Sheet("Services et sites", columns, rows)


def _part(kind: str, one: Part, themes: int) -> Sequence[Any]:
    return (
        kind, one.name, one.answers, ratio(one.satisfied), *(ratio(share) for share in one.themes or (None,) * themes)
    )  # fmt: skip


def _year(one: Any) -> Sequence[Any]:
    return (
        one.number, one.opened_on, one.answers, ratio(one.rate), one.same, ratio(one.satisfied), ratio(one.now),
        one.score, one.effort,
    )  # fmt: skip
