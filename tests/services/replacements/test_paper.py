"""The replacement plan on paper and in Excel (domain.md F.1)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from app.services import papers
from app.services.replacements import decisions, plan
from app.storage import Store
from tests.reports.reading import flat, pages_of
from tests.services.replacements.test_plan import aged
from tests.services.spending.books import TODAY

NOW = datetime(2026, 6, 20, 8, tzinfo=UTC)


@pytest.fixture
def session(ready: Store) -> Iterator[Session]:
    with ready.begin("essai") as opened:
        yield opened


def fleet(session: Session) -> None:
    aged(session, "PC-01", 2024)
    aged(session, "PC-02", 2026)
    aged(session, "PC-03", 2027)
    aged(session, "SR-04", 2028, replacement_value=250_050, service="Atelier")
    aged(session, "XX-05", 2026, replacement_value=None)
    aged(session, "PC-06", 2026)
    aged(session, "PC-07", 2026)
    aged(session, "PC-08", 2028)
    found = {one.number: one for one in plan.plan(session, TODAY).items}
    decisions.keep(session, [found["PC-06"]], "Poste de secours", TODAY)
    decisions.put_in(session, [found["PC-07"]], 2031, "Peu servi", TODAY)
    decisions.put_in(session, [found["PC-08"]], 2027, "Avec les autres", TODAY)
    decisions.price(session, [found["PC-08"], found["PC-02"]], 95_000, TODAY)


def told(session: Session) -> str:
    return flat(" ".join(pages_of(papers.draft(session, "remplacements", None, NOW))))


def test_an_empty_plan_says_so(session: Session) -> None:
    said = told(session)
    assert "Budget des trois ans, HT – Aucun bien n’est encore inventorié : rien ne peut être prévu." in said
    assert "À regarder" not in said
    book = load_workbook(BytesIO(papers.book(session, "remplacements", None, NOW)))
    assert book.sheetnames == ["Synthèse", "Plan", "Lisez-moi"]


def test_assets_that_last_are_told_to_last(session: Session) -> None:
    aged(session, "PC-01", 2040)
    assert "Aucun bien n’est à remplacer dans les trois ans." in told(session)


def test_the_budget_then_each_asset_and_why(session: Session) -> None:
    fleet(session)
    said = told(session)
    for words in (
        "6 biens à remplacer. 1 bien n’est pas chiffré : ce total ne le compte pas.",
        "1 750 € HT 2026 : 3 biens, dont 1 non chiffré", "1 750 € HT 2027 : 2 biens",
        "1 bien aurait déjà dû être remplacé : PC-01", "Famille XX non chiffré – – 1 non chiffré",
        "PC-01 Dell – fin de vie le 05/10/2024 (5 ans) v 800,00", "Sous-total 2026 · 3 biens 1 750,00",
        "PC-08 Dell – fin de vie le 05/10/2028 (5 ans) Année choisie, budget fixé : Avec les autres f 950,00",
        "SR-04 Dell Atelier fin de vie le 05/10/2028 (5 ans) v 2 500,50", "XX-05 Dell – fin de vie le 05/10/2026",
        "PC-06 Dell fin de vie le 05/10/2026 (5 ans) Gardé Poste de secours", "Reporté à 2031 Peu servi",
        "Total · 6 biens 6 000,50", "Bon pour accord sur le budget",
    ):  # fmt: skip
        assert words in said, words


def test_several_that_are_not_priced_agree(session: Session) -> None:
    aged(session, "PC-01", 2026, replacement_value=None)
    aged(session, "PC-02", 2026, replacement_value=None)
    said = told(session)
    assert "2 biens ne sont pas chiffrés : ce total ne les compte pas." in said
    assert "dont 2 non chiffrés" in said


def test_the_workbook_adds_up_by_formulas(session: Session) -> None:
    fleet(session)
    book = load_workbook(BytesIO(papers.book(session, "remplacements", None, NOW)))
    assert book.sheetnames == ["Synthèse", "Plan", "Gardés et reportés", "À regarder", "Lisez-moi"]
    rows = list(book["Synthèse"].iter_rows(values_only=True))
    assert rows[2] == ("Famille", 2026, 2027, 2028, "Total", "Biens")
    those = "Plan!$C$2:$C$7,$A4,Plan!$G$2:$G$7,B$3"
    assert rows[3][:2] == ("Poste fixe", f'=IF(COUNTIFS({those})=0,"",SUMIFS(Plan!$J$2:$J$7,{those}))')
    assert rows[-1] == ("Total", "=SUM(B4:B6)", "=SUM(C4:C6)", "=SUM(D4:D6)", "=SUM(E4:E6)", "=SUM(F4:F6)")
    first = next(book["Plan"].iter_rows(min_row=2, values_only=True))
    assert first[0] == "PC-01"
    assert first[5] == datetime(2019, 10, 5)  # noqa: DTZ001 - as Excel has it
    assert (first[6], first[9]) == (2026, 800)


def test_an_issued_plan_never_changes(session: Session) -> None:
    aged(session, "PC-01", 2026)
    kept = papers.issue(session, "remplacements", None, NOW)
    before = papers.issued_bytes(session, kept)
    assert papers.issued_row(session, kept).reference == "PR-2026-001"
    decisions.keep(session, plan.plan(session, TODAY).items, "Secours", TODAY)
    assert papers.issued_bytes(session, kept) == before


def test_the_day_is_that_of_the_stamp(session: Session) -> None:
    aged(session, "PC-01", 2026)
    later = papers.draft(session, "remplacements", None, datetime(2024, 1, 2, 8, tzinfo=UTC))
    assert "Années 2024 à 2026" in flat(" ".join(pages_of(later)))
    assert date(2024, 1, 2) < TODAY
