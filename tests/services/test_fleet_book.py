"""The workbook of the fleet: its sheets, its formulas, what it refuses."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from sqlalchemy import select

from app.errors import Refused
from app.jobs import drain
from app.models import Asset, Family, FamilyField, Need
from app.models.codes import AssetStatus, FieldKind, Verdict
from app.services import fleet_book
from app.services.fleet_sheets import _state
from app.storage import Store
from tests.services.inventory_report.make import TODAY, add_asset, add_expertise, add_site, judge

PRICES = {"PC-0001": 80_000, "PC-0002": 120_000, "IMP-0001": None, "PC-0003": 50_000}


def book(store: Store, tmp_path: Path) -> Any:
    path = tmp_path / "parc.xlsx"
    assert drain(fleet_book.job(store, path)) >= 0
    return load_workbook(path)


@pytest.fixture
def filled(store: Store) -> Store:
    with store.begin("Essai") as session:
        sites = {"Dole": add_site(session, "Dole"), "*": add_site(session, "*")}
        lot = add_expertise(session)
        for (number, price), site in zip(PRICES.items(), ("Dole", "Dole", "Dole", "*"), strict=True):
            values = {"price": price, "replacement_value": price, "name": f"=HYPERLINK({number})"}
            asset = add_asset(session, number, site_id=sites[site], commissioned_on=date(2024, 2, 29), **values)
            if number != "PC-0003":
                judge(session, lot, asset, "B", replacement_value=price, repair_cost=1_000)
        add_asset(session, "PC-0004", system="Windows 10", support_end=date(2025, 10, 14))
        add_asset(session, "PC-0005", status=AssetStatus.RETIRED)
        session.add(Need(number="B-1", statement="Imprimer"))
    return store


def heads(sheet: Any) -> list[str]:
    return [cell.value for cell in sheet[1]]


def column(sheet: Any, head: str) -> list[Any]:
    at = heads(sheet).index(head)
    return [row[at].value for row in sheet.iter_rows(min_row=2) if row[0].value not in {None, "Total"}]


def test_each_sheet_stands_in_its_order(filled: Store, tmp_path: Path) -> None:
    made = book(filled, tmp_path)
    assert made.sheetnames == ["Synthèse", "Parc", "Expertise", "Fins de support", "Besoins", "Lisez-moi"]
    assert ("Feuille", "Parc\u00a0: 5 lignes") in list(made["Lisez-moi"].iter_rows(values_only=True))


def test_the_assets_have_their_verdict_their_dates_and_their_amounts(filled: Store, tmp_path: Path) -> None:
    park = book(filled, tmp_path)["Parc"]
    assert column(park, "N°") == ["IMP-0001", "PC-0001", "PC-0002", "PC-0003", "PC-0004"]
    assert column(park, "Verdict") == ["B", "B", "B", None, None]
    assert column(park, "Score") == [48.75, 48.75, 48.75, None, None]
    assert column(park, "Remplacement HT")[:2] == [None, 800]
    assert column(park, "Mise en service")[1] == datetime(2024, 2, 29)  # noqa: DTZ001 - a workbook knows no zone
    assert column(park, "Désignation")[1] == "=HYPERLINK(PC-0001)"
    at = heads(park).index("Désignation") + 1
    assert (park.cell(3, at).data_type, park.cell(3, at).quotePrefix) == ("s", True)
    assert park.freeze_panes == "B2"
    assert park.auto_filter.ref


def test_a_column_is_wide_enough_for_what_it_holds(filled: Store, tmp_path: Path) -> None:
    room = "Atelier de finition, au fond à droite"
    with filled.begin("Essai") as session:
        add_asset(session, "PC-0006", room=room)
    park = book(filled, tmp_path)["Parc"]
    letter = get_column_letter(heads(park).index("Local") + 1)
    assert park.column_dimensions[letter].width > len(room)


def test_the_synthesis_is_made_of_formulas_without_any_name_in_them(filled: Store, tmp_path: Path) -> None:
    sheet = book(filled, tmp_path)["Synthèse"]
    assert list(zip(column(sheet, "Site"), column(sheet, "Famille"), strict=True)) == [
        ("*", "Poste fixe"),
        ("Dole", "Imprimante"),
        ("Dole", "Poste fixe"),
        ("Sans site", "Poste fixe"),
    ]
    for row in sheet.iter_rows(min_row=2, max_row=5):
        formulas = [cell.value for cell in row[2:]]
        assert all(cell.data_type == "f" for cell in row[2:])
        assert not any("Dole" in formula or '*"' in formula for formula in formulas)
    assert '=""' in sheet["C5"].value
    assert "=$A2" in sheet["C2"].value
    assert sheet.cell(7, 1).value == "Total"
    assert sheet["D7"].value == "=SUBTOTAL(109,D2:D5)"


def test_the_expertise_shows_notes_ratios_and_both_opinions(filled: Store, tmp_path: Path) -> None:
    with filled.begin("Essai") as session:
        asset = session.scalars(select(Asset.id).where(Asset.number == "PC-0003")).one()
        judge(session, 1, asset, "C", override=Verdict.D, override_reason="Aucun arrêt supportable.")
    sheet = book(filled, tmp_path)["Expertise"]
    at = column(sheet, "N°").index("PC-0003")
    assert [column(sheet, head)[at] for head in ("Verdict de la règle", "Verdict", "Motif de l’expert")] == [
        "C", "D", "Aucun arrêt supportable.",
    ]  # fmt: skip
    assert column(sheet, "État")[at] == 3
    ratios = dict(zip(column(sheet, "N°"), column(sheet, "R"), strict=True))
    assert (ratios["PC-0001"], ratios["PC-0003"]) == (0.0125, 0)


def test_what_ends_first_stands_first(filled: Store, tmp_path: Path) -> None:
    with filled.begin("Essai") as session:
        add_asset(session, "SRV-0001", system="Debian 13", support_end=date(2028, 8, 9))
        add_asset(session, "VM-0001", system="Firmware")
    sheet = book(filled, tmp_path)["Fins de support"]
    assert column(sheet, "N°") == ["PC-0004", "SRV-0001", "VM-0001"]
    assert column(sheet, "Mois restants")[0] == 0
    assert column(sheet, "État")[2] == "Inconnu"


@pytest.mark.parametrize(
    ("end", "left", "words"),
    [
        (None, None, "Inconnu"),
        (date(2025, 1, 1), 0, "Expiré"),
        (date(2027, 1, 1), 1, "< 6\u00a0mois"),
        (date(2028, 1, 1), 13, "< 24\u00a0mois"),
        (date(2030, 1, 1), 37, "> 24\u00a0mois"),
    ],
)
def test_an_end_of_support_is_told_as_in_the_report(end: date | None, left: int | None, words: str) -> None:
    assert _state(end, left, TODAY) == words


def test_the_fields_of_a_family_are_columns_too(filled: Store, tmp_path: Path) -> None:
    with filled.begin("Essai") as session:
        family = session.scalars(select(Family.id).where(Family.prefix == "PC")).one()
        own = FamilyField(family_id=family, label="Prise murale", kind=FieldKind.TEXT)
        session.add(own)
        session.flush()
        asset = session.scalars(select(Asset).where(Asset.number == "PC-0001")).one()
        asset.extra = {own.uuid: "12-B"}
    park = book(filled, tmp_path)["Parc"]
    assert column(park, "Prise murale")[1] == "12-B"
    assert column(park, "Verdict")[1] == "B"
    assert f'="{"B"}")' in book(filled, tmp_path)["Synthèse"]["G2"].value


def test_an_empty_company_has_its_book(store: Store, tmp_path: Path) -> None:
    assert book(store, tmp_path).sheetnames == ["Synthèse", "Parc", "Lisez-moi"]


def test_a_file_of_one_sheet_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="plusieurs feuilles"):
        drain(fleet_book.job(store, tmp_path / "parc.csv"))
