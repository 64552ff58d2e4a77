"""The papers of a departure and the sheet of an asset, read back."""

from dataclasses import replace

import pytest

from app.reports import asset_sheet, erasure, exit_sheet, return_sheet
from app.reports.asset_sheet_data import AssetSheet, SheetTable
from app.reports.exit_data import ErasureCertificate, ExitSheet, ReturnLine, ReturnSheet
from app.reports.fact_columns import FactsBlock
from app.reports.identity import Picture, Stamp
from app.reports.table import Column
from tests.reports import samples
from tests.reports.reading import flat, pages_of

DRAFT = Stamp("Fiche", "PC-0001", 1, samples.MOMENT)
ISSUED = replace(DRAFT, draft=False, data_hash=samples.HASH)
FACTS = FactsBlock("Bien", (("N°", "PC-0001"), ("Marque", "Dell")))
CERTIFICATE = ErasureCertificate(
    samples.COMPANY, ISSUED, (("Référence", "EFF-2026-001"),), "PC-0001 · Dell", "Conforme", "Il peut partir.",
    (FACTS,), "", ("Yanis Le Goff", ""),
)  # fmt: skip
EXIT = ExitSheet(
    samples.COMPANY, ISSUED, "PCM:B:PC-0001", (("Référence", "SOR-2026-001"),), "DEEE", (FACTS,), (), "Aucun.",
    "", "", (), "Le collecteur",
)  # fmt: skip
HELD = ReturnLine("PC-0001", "Dell Latitude", "S1", "Affecté", kept=True, told="")
GIVEN = ReturnLine("PC-0002", "Dell XPS", "S2", "Prêt", kept=False, told="rendu le 20/11/2026")
RETURN = ReturnSheet(
    samples.COMPANY, DRAFT, (("Personne", "H. Morvan"),), "H. Morvan", "H. Morvan", (FACTS,), (HELD, GIVEN)
)
TABLE = SheetTable(
    "Composants", (Column("Nature", 40), Column("Désignation", 134)), (("Disque", "SSD 512 Go"),), "1 en tout"
)
SHEET = AssetSheet(
    samples.COMPANY, DRAFT, "PCM:B:PC-0001", (("N°", "PC-0001"),), "Poste fixe", ("A", "En l’état", "Score 95."),
    (FACTS,), "Ventilateur bruyant", (TABLE,), (),
)  # fmt: skip


def text(pdf: bytes) -> str:
    return flat(" ".join(pages_of(pdf)))


def pixel() -> Picture:
    from io import BytesIO  # noqa: PLC0415 - two lines of this test only

    from PIL import Image  # noqa: PLC0415

    out = BytesIO()
    Image.new("RGB", (8, 6), "navy").save(out, "PNG")
    return Picture("0" * 64, 8, 6, out.getvalue())


def test_a_certificate_is_one_page_with_the_whole_hash() -> None:
    pages = pages_of(erasure.render(CERTIFICATE))
    told = flat(" ".join(pages))
    assert len(pages) == 1
    assert "Conforme" in told
    assert "Yanis Le Goff" in told
    assert " ".join(samples.HASH[i : i + 8] for i in range(0, 64, 8)) in told
    assert "NIST SP 800-88" in told


def test_a_draft_certificate_has_no_hash_and_long_notes_go_on() -> None:
    draft = replace(CERTIFICATE, stamp=replace(DRAFT, data_hash=""), notes="Détail du contrôle.\n" * 80)
    pages = pages_of(erasure.render(draft))
    assert len(pages) > 1
    assert "SHA-256" not in flat(pages[-1]).replace("Projet", "")
    assert "Témoin ou valideur" in flat(pages[-1])


def test_an_exit_says_what_became_of_the_data() -> None:
    assert "Aucun." in text(exit_sheet.render(EXIT))
    told = text(
        exit_sheet.render(
            replace(EXIT, erasures=(("EFF-1", "SSD", "Purge", "conforme", "16/06/2026"),), derogation="Au coffre",
                    reason="Cassé", duties=("Vérifiez le preneur.",), taker="")
        )
    )  # fmt: skip
    for words in ("EFF-1", "Dérogation écrite", "Au coffre", "Cassé", "À retenir", "Vérifiez", "Visa de la direction"):
        assert words in told
    assert "Le collecteur" not in told


@pytest.mark.parametrize(
    ("lines", "words", "absent"),
    [
        ((HELD,), ("PC-0001", "À rendre"), "Déjà rendu"),
        ((HELD, GIVEN), ("PC-0001", "Déjà rendu", "rendu le 20/11/2026"), "Tout a été rendu"),
        ((GIVEN,), ("Tout a été rendu.",), "Aucun bien"),
        ((), ("Aucun bien, aucun prêt",), "Déjà rendu"),
    ],
)
def test_what_somebody_gives_back(lines: tuple[ReturnLine, ...], words: tuple[str, ...], absent: str) -> None:
    told = text(return_sheet.render(replace(RETURN, lines=lines)))
    assert all(word in told for word in words)
    assert absent not in told
    assert "lu et approuvé" in told


def test_many_things_to_give_back_keep_the_signatures_whole() -> None:
    pages = pages_of(return_sheet.render(replace(RETURN, lines=(HELD,) * 40)))
    assert len(pages) > 1
    assert "Remarques" in pages[-1]
    assert "La personne" in pages[-1]


def test_an_asset_tells_its_verdict_its_tables_and_its_photos() -> None:
    told = text(asset_sheet.render(replace(SHEET, photos=((pixel(), "face.jpg"),) * 4)))
    for words in (
        "En l’état",
        "Score 95.",
        "Observations",
        "Ventilateur bruyant",
        "SSD 512 Go",
        "1 en tout",
        "face.jpg",
    ):
        assert words in told
    noteless = text(asset_sheet.render(replace(SHEET, tables=(replace(TABLE, note=""),))))
    assert "SSD 512 Go" in noteless
    bare = text(asset_sheet.render(replace(SHEET, opinion=None, notes="", tables=(replace(TABLE, rows=()),))))
    assert "Composants" not in bare
    assert "Observations" not in bare


def test_many_facts_go_on_to_the_next_pages() -> None:
    long = FactsBlock("Système", tuple((f"Champ {i}", "valeur " * 6) for i in range(30)))
    pages = pages_of(asset_sheet.render(replace(SHEET, blocks=(long,) * 5)))
    assert len(pages) == 3
    assert sum(page.count("Champ 29") for page in pages) == 5


def test_no_text_breaks_a_paper() -> None:
    for nasty in samples.NASTY:
        block = FactsBlock(nasty, ((nasty, nasty),))
        asset_sheet.render(replace(SHEET, blocks=(block,), notes=nasty, subtitle=nasty))
        erasure.render(replace(CERTIFICATE, blocks=(block,), notes=nasty, signatories=(nasty, nasty)))
        exit_sheet.render(replace(EXIT, blocks=(block,), reason=nasty, taker=nasty, duties=(nasty,)))
        return_sheet.render(replace(RETURN, person=nasty, lines=(replace(HELD, name=nasty),)))
