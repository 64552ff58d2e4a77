"""Electronic invoices made for the tests: the least that each syntax needs, and what a test adds."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfWriter

from app.services.reading.einvoice_data import Einvoice, from_plain
from app.services.reading.worker import frames

SAMPLES = Path(__file__).parents[2] / "samples" / "factur-x"
CII_SPACES = (
    'xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" '
    'xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" '
    'xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100" '
    'xmlns:qdt="urn:un:unece:uncefact:data:standard:QualifiedDataType:100"'
)
UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
PARTY = (
    "<ram:Name>Infogérance Morvan</ram:Name>"
    '<ram:SpecifiedLegalOrganization><ram:ID schemeID="0002">732829320</ram:ID></ram:SpecifiedLegalOrganization>'
)


def line(label: str, net: str, rate: str = "20.00", more: str = "", number: int = 1) -> str:
    return (
        "<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument>"
        f"<ram:LineID>{number}</ram:LineID></ram:AssociatedDocumentLineDocument>"
        f"<ram:SpecifiedTradeProduct><ram:Name>{label}</ram:Name></ram:SpecifiedTradeProduct>"
        f"<ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>{net}</ram:ChargeAmount>"
        "</ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement><ram:SpecifiedLineTradeDelivery>"
        '<ram:BilledQuantity unitCode="MON">1</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>'
        "<ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode>"
        f"<ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>{rate}</ram:RateApplicablePercent>"
        f"</ram:ApplicableTradeTax>{more}<ram:SpecifiedTradeSettlementLineMonetarySummation>"
        f"<ram:LineTotalAmount>{net}</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation>"
        "</ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>"
    )


def tax(base: str, vat: str, rate: str = "20.00", category: str = "S") -> str:
    return (
        f"<ram:ApplicableTradeTax><ram:CalculatedAmount>{vat}</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode>"
        f"<ram:BasisAmount>{base}</ram:BasisAmount><ram:CategoryCode>{category}</ram:CategoryCode>"
        f"<ram:RateApplicablePercent>{rate}</ram:RateApplicablePercent></ram:ApplicableTradeTax>"
    )


def sums(net: str = "450.00", vat: str = "90.00", gross: str = "540.00", due: str = "540.00", more: str = "") -> str:
    return (
        f"{more}<ram:TaxBasisTotalAmount>{net}</ram:TaxBasisTotalAmount>"
        f'<ram:TaxTotalAmount currencyID="EUR">{vat}</ram:TaxTotalAmount>'
        f"<ram:GrandTotalAmount>{gross}</ram:GrandTotalAmount><ram:DuePayableAmount>{due}</ram:DuePayableAmount>"
    )


USUAL: dict[str, str] = {
    "before": "",
    "number": "FA-118",
    "type": "380",
    "day": "20261031",
    "lines": line("Maintenance octobre 2026", "450.00"),
    "seller": PARTY,
    "buyer": "<ram:Name>Ateliers Morvan</ram:Name>",
    "agreement": "<ram:ContractReferencedDocument><ram:IssuerAssignedID>CT-2026-01</ram:IssuerAssignedID>"
    "</ram:ContractReferencedDocument>",
    "currency": "EUR",
    "settlement": tax("450.00", "90.00"),
    "sums": sums(),
    "after": "",
    "notes": "",
}


def cii(**told: str) -> bytes:
    """The monthly invoice of a contract at 450 €, with what is told otherwise."""
    of = USUAL | told
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{of["before"]}<rsm:CrossIndustryInvoice {CII_SPACES}>'
        "<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter>"
        "<ram:ID>urn:cen.eu:en16931:2017</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter>"
        f"</rsm:ExchangedDocumentContext><rsm:ExchangedDocument><ram:ID>{of['number']}</ram:ID>"
        f"<ram:TypeCode>{of['type']}</ram:TypeCode><ram:IssueDateTime>"
        f'<udt:DateTimeString format="102">{of["day"]}</udt:DateTimeString></ram:IssueDateTime>{of["notes"]}'
        f"</rsm:ExchangedDocument><rsm:SupplyChainTradeTransaction>{of['lines']}<ram:ApplicableHeaderTradeAgreement>"
        f"<ram:SellerTradeParty>{of['seller']}</ram:SellerTradeParty>"
        f"<ram:BuyerTradeParty>{of['buyer']}</ram:BuyerTradeParty>{of['agreement']}"
        "</ram:ApplicableHeaderTradeAgreement><ram:ApplicableHeaderTradeDelivery/>"
        f"<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>{of['currency']}</ram:InvoiceCurrencyCode>"
        f"{of['settlement']}<ram:SpecifiedTradeSettlementHeaderMonetarySummation>{of['sums']}"
        f"</ram:SpecifiedTradeSettlementHeaderMonetarySummation>{of['after']}</ram:ApplicableHeaderTradeSettlement>"
        "</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"
    ).encode()


def ubl(root: str = "Invoice", day: str = "2026-10-31+01:00", amount: str = "450.00") -> bytes:
    """The same in UBL, as an invoice or a credit note."""
    head = "CreditNote" if root == "CreditNote" else "Invoice"
    return (
        f'<{root} xmlns="{UBL}{root}-2" xmlns:cac="{UBL}CommonAggregateComponents-2" '
        f'xmlns:cbc="{UBL}CommonBasicComponents-2"><cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>'
        f"<cbc:ID>FA-118</cbc:ID><cbc:IssueDate>{day}</cbc:IssueDate>"
        f"<cbc:{head}TypeCode>{381 if root == 'CreditNote' else 380}</cbc:{head}TypeCode>"
        "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cac:AccountingSupplierParty><cac:Party>"
        "<cac:PartyLegalEntity><cbc:RegistrationName>Infogérance Morvan</cbc:RegistrationName>"
        '<cbc:CompanyID schemeID="0002">732829320</cbc:CompanyID></cac:PartyLegalEntity></cac:Party>'
        '</cac:AccountingSupplierParty><cac:TaxTotal><cbc:TaxAmount currencyID="EUR">90.00</cbc:TaxAmount>'
        f'</cac:TaxTotal><cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount currencyID="EUR">{amount}'
        '</cbc:TaxExclusiveAmount><cbc:TaxInclusiveAmount currencyID="EUR">540.00</cbc:TaxInclusiveAmount>'
        '<cbc:PayableAmount currencyID="EUR">540.00</cbc:PayableAmount></cac:LegalMonetaryTotal>'
        f"<cac:{head}Line><cbc:ID>1</cbc:ID><cbc:{'Credited' if root == 'CreditNote' else 'Invoiced'}Quantity "
        f'unitCode="C62">1</cbc:{"Credited" if root == "CreditNote" else "Invoiced"}Quantity>'
        f'<cbc:LineExtensionAmount currencyID="EUR">{amount}</cbc:LineExtensionAmount><cac:Item>'
        "<cbc:Name>Maintenance octobre 2026</cbc:Name></cac:Item></cac:"
        f"{head}Line></{root}>"
    ).encode()


def pdf(attached: Mapping[str, bytes] | None = None, *, locked: bool = False) -> bytes:
    """One blank page, with these files inside."""
    made, out = PdfWriter(), BytesIO()
    made.add_blank_page(595, 842)
    for name, content in (attached or {}).items():
        made.add_attachment(name, content)
    if locked:
        made.encrypt("un mot", algorithm="RC4-128")
    made.write(out)
    return out.getvalue()


def answer(folder: Path, content: bytes, name: str = "facture.xml") -> dict[str, Any]:
    """What the child says of such a file."""
    path = folder / name
    path.write_bytes(content)
    return next(iter(frames({"path": str(path), "sheet": "", "last_user": False})))


def filled(folder: Path, content: bytes, name: str = "facture.xml") -> Einvoice:
    return from_plain(answer(folder, content, name)["invoice"])


def refused(folder: Path, content: bytes, name: str = "facture.xml") -> str:
    return str(answer(folder, content, name)["refused"])
