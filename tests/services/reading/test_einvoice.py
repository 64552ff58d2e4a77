"""Factur-X, CII and UBL to our units: filled to the cent, or refused in one kind sentence that names the file."""

from datetime import date
from pathlib import Path

import pytest

from app.services.reading import einvoice_head
from app.services.reading.einvoice_data import Einvoice, from_plain, to_plain
from app.services.reading.einvoice_source import CII
from tests.services.reading.einvoices import (
    CII_SPACES,
    SAMPLES,
    UBL,
    USUAL,
    answer,
    cii,
    filled,
    line,
    pdf,
    refused,
    sums,
    tax,
    ubl,
)


def adds_up(found: Einvoice) -> bool:
    bases: dict[int, int] = {}
    for one in found.lines:
        bases[one.vat_rate] = bases.get(one.vat_rate, 0) + one.net
    return (
        sum(bases.values()) == found.net
        and all(bases.get(one.rate, 0) == one.base for one in found.vats)
        and sum(one.vat for one in found.vats) == found.vat
        and found.net + found.vat == found.gross
    )


def test_a_french_factur_x_is_filled(tmp_path: Path) -> None:
    found = filled(tmp_path, (SAMPLES / "Facture_FR_EN16931.pdf").read_bytes(), "facture.pdf")
    assert (found.form, found.number, found.issued_on, found.due_on) == (
        "factur_x", "FA-2017-0010", date(2017, 11, 13), date(2017, 12, 13),
    )  # fmt: skip
    assert (found.seller.siret, found.seller.siren, found.seller.city) == ("99999999800010", "999999998", "Malaucène")
    assert (found.net, found.vat, found.gross, found.prepaid) == (62490, 4625, 67115, 20100)
    assert [(one.rate, one.base, one.vat) for one in found.vats] == [(2000, 8190, 1638), (550, 54300, 2987)]
    assert (found.lines[0].quantity, found.lines[0].unit_price) == (20000, 41000)
    assert (found.contract_reference, found.order_reference) == ("MSPE2017", "PO445")
    assert adds_up(found)


def test_one_that_has_only_totals_has_one_line_and_says_so(tmp_path: Path) -> None:
    found = filled(tmp_path, (SAMPLES / "Facture_FR_MINIMUM.pdf").read_bytes(), "facture.pdf")
    assert [(one.label, one.net, one.vat_rate) for one in found.lines] == [("Facture FA-2017-0010", 62490, 740)]
    assert found.vat == 4625
    assert found.notes == (
        "Elle ne dit pas ses taux de TVA\u00a0: 7,4\u00a0% en est la moyenne.",
        "Elle ne donne que ses totaux, sans ses lignes.",
    )


def test_a_french_ubl_is_filled(tmp_path: Path) -> None:
    found = filled(tmp_path, (SAMPLES / "ubl-21-extended-ctc-fr.xml").read_bytes())
    assert (found.form, found.net, found.vat, found.gross, found.prepaid) == ("ubl", 27300, 3503, 30803, 10000)
    assert (found.period_start, found.period_end) == (date(2026, 6, 1), date(2026, 6, 30))
    assert [one.label for one in found.lines[2:]] == [
        "Remise\u00a0: Consigne", "Remise\u00a0: Réduc fidélité", "Frais\u00a0: Surtaxe carburant",
    ]  # fmt: skip
    assert (found.corrects, found.contract_reference) == ("F124211", "Contrat_du_siècle")
    assert adds_up(found)


def test_the_monthly_invoice_of_a_contract(tmp_path: Path) -> None:
    found = filled(tmp_path, cii())
    assert (found.form, found.is_credit, found.net, found.notes) == ("cii", False, 45000, ())
    assert found.lines[0].unit == "mois"
    assert found.seller.siren == "732829320"
    assert from_plain(to_plain(found)) == found


@pytest.mark.parametrize("root", ["Invoice", "CreditNote"])
def test_ubl_whose_days_have_a_zone(tmp_path: Path, root: str) -> None:
    """And which says no rate of VAT: 90 € of 450 € is 20 %."""
    found = filled(tmp_path, ubl(root))
    assert (found.issued_on, found.is_credit) == (date(2026, 10, 31), root == "CreditNote")
    assert [(one.vat_rate, one.unit) for one in found.lines] == [(2000, None)]


TYPES = [("380", False), ("381", True), ("384", False), ("386", False), ("261", True), ("389", False)]


@pytest.mark.parametrize(("code", "is_credit"), TYPES)
def test_the_type_tells_a_credit_note(tmp_path: Path, code: str, is_credit: bool) -> None:
    assert filled(tmp_path, cii(type=code)).is_credit is is_credit


def test_a_negative_invoice_is_a_credit_note(tmp_path: Path) -> None:
    content = cii(
        lines=line("Geste commercial", "-450.00"),
        settlement=tax("-450.00", "-90.00"),
        sums=sums("-450.00", "-90.00", "-540.00", "-540.00"),
        agreement="",
        after="<ram:InvoiceReferencedDocument><ram:IssuerAssignedID>FA-100</ram:IssuerAssignedID>"
        "</ram:InvoiceReferencedDocument>",
    )
    found = filled(tmp_path, content)
    assert (found.is_credit, found.net, found.gross, found.corrects) == (True, 45000, 54000, "FA-100")
    assert (found.lines[0].net, found.lines[0].quantity) == (45000, -1000)
    assert adds_up(found)
    assert found.notes == ("Ses montants sont négatifs\u00a0: c’est un avoir.",)


PERIOD = (
    "<ram:BillingSpecifiedPeriod><ram:StartDateTime>{}</ram:StartDateTime><ram:EndDateTime>{}</ram:EndDateTime>"
    "</ram:BillingSpecifiedPeriod>"
)
DAY = '<udt:DateTimeString format="102">{}</udt:DateTimeString>'


def period(start: str, end: str) -> str:
    return PERIOD.format(DAY.format(start), DAY.format(end))


@pytest.mark.parametrize(
    ("lines", "settlement", "expected"),
    [
        ("", period("20261001", "20261031"), (date(2026, 10, 1), date(2026, 10, 31))),
        ("", period("20261031", "20261001"), (None, None)),
        ("", period("20260231", "20261031"), (None, date(2026, 10, 31))),
        (period("20260701", "20260731"), "", (date(2026, 7, 1), date(2026, 7, 31))),
        ("", "", (None, None)),
    ],
)
def test_the_period(tmp_path: Path, lines: str, settlement: str, expected: tuple[date | None, date | None]) -> None:
    """Of the whole, or that of its lines; a day that is none is left out, not the invoice."""
    found = filled(
        tmp_path, cii(lines=line("Forfait", "450.00", more=lines), settlement=tax("450.00", "90.00") + settlement)
    )
    assert (found.period_start, found.period_end) == expected


FREE = sums(vat="0.00", gross="450.00", due="450.00")
SUMS = [
    # what the sums are, lines, VAT breakdown -> net, VAT, TTC, rates of the lines, words of a note
    (sums(), line("A", "450.00"), tax("450.00", "90.00"), (45000, 9000, 54000), [2000], ""),
    (sums(), line("A", "440.00"), tax("450.00", "90.00"), (45000, 9000, 54000), [2000, 2000], "10,00\u00a0€ HT"),
    (
        sums("150.00", "25.50", "175.50"),
        line("A", "100.00") + line("B", "40.00", "5.50"),
        tax("100.00", "20.00") + tax("50.00", "5.50", "5.50"),
        (15000, 2550, 17550),
        [2000, 550, 550],
        "10,00\u00a0€ HT",
    ),
    (sums(vat="90.01", gross="540.01"), line("A", "450.00"), tax("450.00", "90.00"), (45000, 9001, 54001), [2000],
     "90,01\u00a0€"),
    (sums(gross="600.00"), line("A", "450.00"), tax("450.00", "90.00"), (45000, 9000, 54000), [2000], "600,00\u00a0€"),
    (FREE, line("A", "450.00", "0"), tax("450.00", "0.00", "0", "E"), (45000, 0, 45000),
     [0], ""),
    (FREE, line("A", "450.00", "0"), tax("450.00", "0.00", "", "AE"), (45000, 0, 45000),
     [0], ""),
    (sums(), "", tax("400.00", "80.00") + tax("50.00", "10.00", "19.99"), (45000, 9000, 54000), [2000, 1999],
     "que ses totaux"),
    (sums(), "", tax("300.00", "90.00"), (45000, 9000, 54000), [2000], "que ses totaux"),
    (sums(more="<ram:ChargeTotalAmount>15.00</ram:ChargeTotalAmount>", net="465.00", vat="93.00", gross="558.00"),
     line("A", "450.00"), tax("465.00", "93.00"), (46500, 9300, 55800), [2000, 2000], ""),
]  # fmt: skip


@pytest.mark.parametrize("case", range(len(SUMS)))
def test_what_is_asked_is_kept_to_the_cent(tmp_path: Path, case: int) -> None:
    total, lines, rates, expected, of_lines, note = SUMS[case]
    found = filled(tmp_path, cii(sums=total, lines=lines, settlement=rates))
    assert (found.net, found.vat, found.gross) == expected
    assert [one.vat_rate for one in found.lines] == of_lines
    assert adds_up(found)
    assert note in " ".join(found.notes)
    assert bool(found.notes) == bool(note)


TOTALS = [
    ("<ram:GrandTotalAmount>540.00</ram:GrandTotalAmount><ram:TaxTotalAmount currencyID='EUR'>90</ram:TaxTotalAmount>",
     (45000, 9000, 0)),
    ("<ram:TaxTotalAmount currencyID='EUR'>90.00</ram:TaxTotalAmount>", (45000, 9000, 0)),
    ("<ram:TaxBasisTotalAmount>450</ram:TaxBasisTotalAmount><ram:GrandTotalAmount>540</ram:GrandTotalAmount>",
     (45000, 9000, 0)),
    ("<ram:TaxBasisTotalAmount>450</ram:TaxBasisTotalAmount><ram:TotalPrepaidAmount>40</ram:TotalPrepaidAmount>",
     (45000, 9000, 4000)),
    (sums(due="340.00"), (45000, 9000, 20000)),
    (sums(due="540.01"), (45000, 9000, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("total", "expected"), TOTALS)
def test_totals_that_are_not_all_there(tmp_path: Path, total: str, expected: tuple[int, int, int]) -> None:
    found = filled(tmp_path, cii(sums=total))
    assert (found.net, found.vat, found.prepaid) == expected


def test_more_asked_than_billed_is_told(tmp_path: Path) -> None:
    """A rounding, or what was left of another invoice: not a charge of this one."""
    assert filled(tmp_path, cii(sums=sums(due="540.01"))).notes == (
        "Elle demande de payer 540,01\u00a0€, plus que son total TTC.",
    )


def test_what_says_nothing_is_left_out(tmp_path: Path) -> None:
    """A rate of VAT without its sums, a discount of nothing."""
    blank = "<ram:ApplicableTradeTax><ram:CategoryCode>S</ram:CategoryCode></ram:ApplicableTradeTax>"
    gift = (
        "<ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>false</udt:Indicator>"
        "</ram:ChargeIndicator><ram:ActualAmount>0.00</ram:ActualAmount></ram:SpecifiedTradeAllowanceCharge>"
    )
    found = filled(tmp_path, cii(settlement=tax("450.00", "90.00") + blank + gift))
    assert ([one.rate for one in found.vats], len(found.lines), found.notes) == ([2000], 1, ())


def test_lines_that_only_group_others_are_left_out(tmp_path: Path) -> None:
    group = line("Titre", "450.00").replace(
        "<ram:LineID>1</ram:LineID>",
        "<ram:LineID>1</ram:LineID><ram:LineStatusReasonCode>GROUP</ram:LineStatusReasonCode>",
    )
    found = filled(tmp_path, cii(lines=group + line("A", "450.00")))
    assert [one.label for one in found.lines] == ["A"]


def test_a_price_for_a_hundred_and_a_long_description(tmp_path: Path) -> None:
    content = (
        cii()
        .replace(b"<ram:ChargeAmount>450.00</ram:ChargeAmount>",
                 b"<ram:ChargeAmount>45000</ram:ChargeAmount><ram:BasisQuantity>100</ram:BasisQuantity>")
        .replace(b"<ram:Name>Maintenance octobre 2026</ram:Name>",
                 b"<ram:Name>Forfait</ram:Name><ram:Description>" + b"tout " * 200 + b"</ram:Description>")
    )  # fmt: skip
    found = filled(tmp_path, content).lines[0]
    assert found.unit_price == 4_500_000
    assert found.label.startswith("Forfait – tout tout")
    assert len(found.label) == 400


LEGAL = "<ram:SpecifiedLegalOrganization><ram:ID>{}</ram:ID></ram:SpecifiedLegalOrganization>"
ADDRESSED = "<ram:URIUniversalCommunication><ram:URIID {}>{}</ram:URIID></ram:URIUniversalCommunication>"
GERMAN = "<ram:PostalTradeAddress><ram:CountryID>DE</ram:CountryID></ram:PostalTradeAddress>"
TAXED = '<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">FR 44 732829320</ram:ID></ram:SpecifiedTaxRegistration>'
PARTIES = [
    ('<ram:ID schemeID="0009">73282932000074</ram:ID>', ("73282932000074", "732829320", None)),
    (LEGAL.format("732 829 320 00074"), ("73282932000074", "732829320", None)),
    (TAXED, (None, "732829320", "FR44732829320")),
    (ADDRESSED.format('schemeID="0225"', "732829320_SUFFIXE"), (None, "732829320", None)),
    (GERMAN + LEGAL.format("123456789"), (None, None, None)),
    ("", (None, None, None)),
]


@pytest.mark.parametrize(("told", "expected"), PARTIES)
def test_who_sells(tmp_path: Path, told: str, expected: tuple[str | None, ...]) -> None:
    seller = filled(tmp_path, cii(seller="<ram:Name>X</ram:Name>" + told)).seller
    assert (seller.siret, seller.siren, seller.vat_number) == expected


ORDER_X = b'<r:SCRDMCCBDACIOMessageStructure xmlns:r="urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:1"/>'
OLD = b'<r:CrossIndustryDocument xmlns:r="urn:ferd:CrossIndustryDocument:invoice:1p0"/>'
XXE = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = "<!DOCTYPE x [" + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
KIND = [
    ("commande Order-X", ORDER_X, "est une commande, pas une facture"),
    ("commande UBL", f'<Order xmlns="{UBL}Order-2"/>'.encode(), "est une commande"),
    ("ZUGFeRD 1", OLD, "ZUGFeRD\u00a01"),
    ("autre", f'<Catalogue xmlns="{UBL}Catalogue-2"/>'.encode(), "mais pas une facture"),
    ("autre format", b"<Invoice/>", "dans un format qui n’est pas lu"),
    ("brouillon de ZUGFeRD", b'<a:CrossIndustryInvoice xmlns:a="urn:ferd"/>', "ZUGFeRD\u00a01"),
    ("dollars", cii(currency="USD"), "est une facture en USD"),
    ("pro forma", cii(type="325"), "pro forma"),
    ("sans numéro", cii(number=""), "elle n’a pas de numéro"),
    ("sans date", cii(day="demain"), "elle n’a pas de date"),
    ("sans total", cii(lines="", sums="", settlement=""), "elle ne dit pas son total"),
    ("somme illisible", cii(sums=sums("1 000,00")), "ne se lit pas"),
    ("somme qui n’en est pas une", cii(sums=sums(".")), "ne se lit pas"),
    ("somme démesurée", cii(sums=sums("9" * 15)), "ne se lit pas"),
    ("trop de lignes", cii(lines=line("A", "1.00") * 3001), "3001\u00a0lignes"),
    ("trop d’éléments", cii(notes="<a/>" * 260_000), "plus de lignes"),
    ("coupé", cii()[:1500], "abîmé, ou coupé"),
    ("entité de fichier", cii(before=XXE, number="&x;"), "DOCTYPE"),
    ("bombe d’entités", cii(before=LAUGHS, number="&e9;"), "DOCTYPE"),
    ("type sans entité", cii(before="<!DOCTYPE x>"), "DOCTYPE"),
    ("type coupé", cii(before=XXE)[:900], "DOCTYPE"),
]


@pytest.mark.parametrize(("content", "told"), [case[1:] for case in KIND], ids=[case[0] for case in KIND])
@pytest.mark.parametrize("inside", [False, True], ids=["XML", "PDF"])
def test_what_is_not_filled_is_told_kindly(tmp_path: Path, content: bytes, told: str, inside: bool) -> None:
    """Bare, and inside a PDF where the library looks for it: there, what is no invoice is no data."""
    if inside:
        said = refused(tmp_path, pdf({"factur-x.xml": content}), "facture.pdf")
        assert told in said or "sans données de facture" in said
    else:
        said = refused(tmp_path, content)
        assert told in said
    assert "«\u00a0facture." in said
    assert "root:" not in said


PDFS = [
    ("sans données", pdf(), "PDF sans données de facture"),
    ("autre pièce jointe", pdf({"conditions.txt": b"bonjour"}), "PDF sans données de facture"),
    ("protégé", pdf({"factur-x.xml": cii()}, locked=True), "mot de passe"),
    ("abîmé", b"%PDF-1.7 ...", "abîmé, ou coupé"),
    ("coupé", pdf({"factur-x.xml": cii()})[:700], "abîmé, ou coupé"),
    ("coupé à sa fin", pdf().rpartition(b"%%EOF")[0], "abîmé, ou coupé"),
    ("Order-X", pdf({"order-x.xml": ORDER_X}), "est une commande"),
    ("ZUGFeRD 1", pdf({"ZUGFeRD-invoice.xml": OLD}), "ZUGFeRD\u00a01"),
]


@pytest.mark.parametrize(("content", "told"), [case[1:] for case in PDFS], ids=[case[0] for case in PDFS])
def test_a_pdf_that_gives_no_invoice(tmp_path: Path, content: bytes, told: str) -> None:
    assert told in refused(tmp_path, content, "facture.pdf")


def test_a_pdf_with_its_data(tmp_path: Path) -> None:
    found = filled(tmp_path, pdf({"conditions.txt": b"", "factur-x.xml": cii()}), "sans-nom")
    assert (found.form, found.number, found.contract_reference) == ("factur_x", "FA-118", "CT-2026-01")


def test_a_pdf_too_big_for_the_memory_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("facturx.get_xml_from_pdf", fail)
    assert "demande trop de mémoire" in refused(tmp_path, pdf(), "facture.pdf")


HEADS = [
    (b"%PDF-1.4", "pdf"),
    (b"\n\n%PDF-1.4", "pdf"),
    (cii(), "xml"),
    (ubl(), "xml"),
    (ubl().decode().encode("utf-16"), "xml"),
    (b"\xef\xbb\xbf<!-- fait par nous --><?style x?>" + ubl(), "xml"),
    (cii(before=XXE), "xml"),
    (f"<x:{CII.partition('}')[2]} {CII_SPACES}>".encode(), "xml"),
    (b"<REQUEST><CONTENT/></REQUEST>", None),
    (b"<a><Invoice/></a>", None),
    (b"Nom;%PDF", "pdf"),
    (b"PK\x03\x04%PDF", None),
    (b"Invoice", None),
    (b"", None),
]


@pytest.mark.parametrize(("head", "expected"), HEADS)
def test_an_invoice_is_known_by_its_first_bytes(tmp_path: Path, head: bytes, expected: str | None) -> None:
    path = tmp_path / "fichier"
    path.write_bytes(head)
    assert einvoice_head.kind_of(path) == expected
    assert einvoice_head.kind_of(tmp_path / "absent") is None


def test_the_tests_begin_from_a_sound_invoice(tmp_path: Path) -> None:
    assert "invoice" in answer(tmp_path, cii(**USUAL))
