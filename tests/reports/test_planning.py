"""The plannings and the route sheet, read back."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.reports import planning, route_sheet
from app.reports.identity import CompanyCard, Stamp
from app.reports.planning_data import Counts, Mark, MonthPlan, TaskGroup, TaskRow, VisitLine, YearPlan
from app.reports.route_sheet_data import Route, RouteAsset, RouteSheet, RouteVisit, Stop
from tests.reports.reading import flat, laid_pages_of, pages_of

CARD = CompanyCard("Ateliers Morvan", "12 rue de la Forge, 21000 Dijon")
STAMP = Stamp("Planning de maintenance", "PLA-2026", 1, datetime(2026, 6, 15, 9, tzinfo=UTC), draft=False)
COUNTS = Counts(done=5, late=1, missed=2, planned=4, cancelled=1)
MONTHS: tuple[tuple[Mark, ...], ...] = (
    (Mark(12, "done"),),
    (Mark(3, "done"), Mark(24, "late")),
    (Mark(9, "missed"),),
    tuple(Mark(day, "done") for day in (6, 13, 20, 27)),
    (Mark(4, "missed"), Mark(11, "done"), Mark(18, "done"), Mark(25, "cancelled")),
    (Mark(15, "planned"),),
    (Mark(13, "cancelled"),),
    (), (), (), (), (),
)  # fmt: skip
ROW = TaskRow("Nettoyage des postes", "Dijon", "tous les 3 mois", "Karim Benali", MONTHS)


def year(rows: int) -> YearPlan:
    groups = (TaskGroup("CT-0001 Infogérance", (ROW,) * rows), TaskGroup("Sans contrat", (replace(ROW, who=""),)))
    return YearPlan(CARD, STAMP, 2026, "Toute la maintenance", "Nexalia", COUNTS, groups)


def test_a_year_tells_each_month_with_its_signs() -> None:
    pages = laid_pages_of(planning.render(year(2)))
    text = flat(pages[0])
    assert "Réalisation, année 2026" in text
    assert "62,5 %" in text
    assert "12 visites : 5 faites dans les temps sur 8 échues, 1 hors délai, 2 manquées, 4 à venir, 1 annulée." in text
    for told in ("12", "24*", "4/4", "2/3", "Karim Benali", "tous les 3 mois", "faite hors délai (*)"):
        assert told in text
    assert "Pour le prestataire, Nexalia" in text
    assert len(pages) == 1


def test_the_head_and_the_title_of_a_group_come_again() -> None:
    pages = pages_of(planning.render(year(30)))
    assert len(pages) > 2
    assert "CT-0001 Infogérance (suite)" in pages[1]
    assert all("févr." in page for page in pages[:-1])


def line(on: date, **values: Any) -> VisitLine:
    made = VisitLine(on, "9 h", "V-2026-0001", "Nettoyage", "", "Dijon", "Karim", "2\u00a0h\u00a000", "done", "Faite")
    return replace(made, **values)


def test_a_month_tells_each_visit_by_week() -> None:
    lines = (
        line(date(2026, 3, 3)),
        line(date(2026, 3, 5), at="", who="", told="Manquée"),
        line(date(2026, 3, 17), told="Prévue\nDéplacée\u00a0: congés"),
    )
    told = MonthPlan(CARD, STAMP, date(2026, 3, 1), "Site de Dijon", "", Counts(done=1, missed=1, planned=1), lines)
    text = flat(laid_pages_of(planning.render(told))[0])
    assert "Réalisation, mars 2026" in text
    assert "Semaine 10, du 3 au 5 mars 2026" in text
    assert "Semaine 12, le 17 mars 2026" in text
    assert "mar. 3" in text
    assert "Déplacée : congés" in text


@pytest.mark.parametrize("month", [False, True])
def test_an_empty_planning_says_so(month: bool) -> None:
    empty = Counts()
    told = (
        MonthPlan(CARD, STAMP, date(2026, 3, 1), "", "", empty, ())
        if month
        else YearPlan(CARD, STAMP, 2026, "", "", empty, ())
    )
    text = flat(pages_of(planning.render(told))[0])
    assert "Aucune visite n’est prévue" in text
    assert "Rien n’est prévu." in text


ASSETS = tuple(RouteAsset(f"PC-{n:04d} Dell Latitude 5540", "Bureau 12, Léa Aubry") for n in range(1, 61))
POINTS = ("Dépoussiérer", "Vérifier les mises à jour", "Vérifier l’antivirus")
SHEET = RouteSheet(
    CARD,
    Stamp("Feuille de tournée", "TOU-2026-11-23", 1, STAMP.data_at, draft=False, working="Feuille de travail."),
    date(2026, 11, 23),
    (
        Route("Karim Benali", "5\u00a0h\u00a030", (
            Stop("Dijon", "12 rue de la Forge", "Clé à l’accueil.", (
                RouteVisit("V-2026-0001", "Nettoyage", "à 9 h", POINTS, ASSETS),
                RouteVisit("V-2026-0002", "Relevé", "", tuple(f"Point {n}" for n in range(1, 15)), ASSETS[:1]),
            )),
            Stop("Sans site", "", "", (
                RouteVisit("V-2026-0003", "Revue des accès", "", ("Comptes", "Droits"), ()),
                RouteVisit("V-2026-0004", "Passage", "", (), ()),
                RouteVisit("V-2026-0005", "Contrôle", "", (), (RouteAsset("ONDULEUR" * 12, "Local"),)),
            )),
        )),
        Route("", "", (Stop("Beaune", "", "", (RouteVisit("V-2026-0006", "Passage", "", (), ()),)),)),
    ),
)  # fmt: skip


def test_a_route_sheet_tells_where_how_and_what() -> None:
    pages = pages_of(route_sheet.render(SHEET))
    whole = flat(" ".join(pages))
    for told in ("Lundi 23 novembre 2026", "12 rue de la Forge", "Clé à l’accueil.", "Adresse non renseignée",
                 "2 Vérifier les mises à jour", "PC-0060 Dell Latitude 5540", "Comptes", "Visa sur place",
                 "à désigner", "TOU-2026-11-23 · feuille de travail", "14 Point 14"):  # fmt: skip
        assert told in whole
    assert "Remarque" in pages[1]


def test_a_day_without_visits_says_so() -> None:
    text = flat(pages_of(route_sheet.render(replace(SHEET, routes=())))[0])
    assert "Aucune visite n’est prévue ce jour-là." in text
