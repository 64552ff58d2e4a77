"""The register of waste: what left as electrical waste, with what is known and nothing invented."""

from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook

from app.entities import ENTITIES
from app.jobs import drain
from app.models import Company, Retirement
from app.models.codes import ExitKind
from app.services import records, setup, waste
from app.storage import Store


def test_the_register_holds_electrical_waste_in_order(store: Store, tmp_path: Path) -> None:
    with store.begin() as session:
        setup.ensure(session)
        session.add(Company(name="Ateliers Morvan", siret="73282932000074", address="1 rue A", city="Dijon"))
        site = records.create(session, ENTITIES["site"], {"name": "Beaune", "address": "2 rue B", "city": "Beaune"})
        screen, pc, given = (
            records.create(session, ENTITIES["asset"], {"family_id": family, "brand": "Dell", "site_id": place})
            for family, place in ((5, site), (1, None), (1, None))
        )
        for number, asset, kind, on in (
            ("SOR-2", pc, ExitKind.WEEE, date(2026, 3, 1)),
            ("SOR-1", screen, ExitKind.WEEE, date(2026, 2, 1)),
            ("SOR-3", given, ExitKind.GIFT, date(2026, 1, 1)),
        ):
            session.add(
                Retirement(
                    number=number, asset_id=asset, kind=kind, retired_on=on, recipient="Recyclage", proof="BSD 9"
                )
            )
    target = tmp_path / "registre.xlsx"
    assert drain(waste.register_job(store, target)) == 2
    book = load_workbook(target)
    head, first, second = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert len(head) == len(waste.HEADS)
    told = dict(zip(head, first, strict=True))
    assert told["Date d’expédition"] == datetime(2026, 2, 1)  # noqa: DTZ001 - as a workbook has it
    assert (told["Déchet"], told["Code déchet proposé"], told["Dangereux"]) == ("Écran Dell", "16 02 13*", "Oui")
    assert told["Expéditeur"] == "Ateliers Morvan, 2 rue B, Beaune"
    assert (told["SIRET"], told["Poids (kg)"], told["Bordereau ou preuve"]) == ("73282932000074", None, "BSD 9")
    assert second[head.index("Expéditeur")] == "Ateliers Morvan, 1 rue A, Dijon"
    assert second[head.index("Code déchet proposé")] == "16 02 14"
    notes = "\n".join(str(row[1].value) for row in book["Lisez-moi"].iter_rows())
    assert "R541-43" in notes


def test_an_empty_company_has_an_empty_register(store: Store, tmp_path: Path) -> None:
    with store.begin() as session:
        setup.ensure(session)
        asset = records.create(session, ENTITIES["asset"], {"family_id": 1})
        session.add(Retirement(number="SOR-1", asset_id=asset, kind=ExitKind.WEEE, retired_on=date(2026, 2, 1)))
    with store.read() as session:
        [line] = waste.lines(session)
    assert line[8] == ""
    assert drain(waste.register_job(store, tmp_path / "registre.xlsx")) == 1
