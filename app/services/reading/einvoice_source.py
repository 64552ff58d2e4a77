"""From the bytes of a PDF or of an XML to the root of the invoice that it holds, in the child process only.

The library looks for the XML inside the PDF; whatever was found is then read again by a parser that opens no other
file, asks no network, and refuses any document type, where entity bombs and references to files hide.
"""

from typing import Any, NamedTuple

from app.errors import Refused
from app.services.reading.einvoice_data import Form
from app.services.reading.einvoice_figures import day_in

BY_HAND = "Saisissez-la à la main\u00a0: le fichier restera joint."
PLAIN_PDF = "«\u00a0{}\u00a0» est un PDF sans données de facture\u00a0: il n’y a que l’image à lire. " + BY_HAND
LOCKED = "«\u00a0{}\u00a0» est protégé par un mot de passe. Demandez-le sans protection, ou saisissez-le à la main."
DAMAGED = "«\u00a0{}\u00a0» est abîmé, ou coupé en route. Redemandez-le, ou saisissez la facture à la main."
ORDER = "«\u00a0{}\u00a0» est une commande, pas une facture\u00a0: il n’y a rien à payer."
OLD = "«\u00a0{}\u00a0» est au format ZUGFeRD\u00a01, abandonné, qui n’est pas lu. " + BY_HAND
UNKNOWN = "«\u00a0{}\u00a0» est une facture dans un format qui n’est pas lu (ni CII, ni UBL\u00a02). " + BY_HAND
OTHER = "«\u00a0{}\u00a0» est un document commercial en XML, mais pas une facture."
TYPED = (
    "«\u00a0{}\u00a0» contient une définition de type (DOCTYPE), qu’une facture n’a jamais\u00a0: il peut être piégé, "
    "il n’est pas lu."
)
TOO_LONG = "«\u00a0{}\u00a0» a plus de lignes qu’une facture n’en a\u00a0: il n’est pas lu."
CII = "{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100}CrossIndustryInvoice"
UBL = "{urn:oasis:names:specification:ubl:schema:xsd:"
FLAVORS = {
    CII: "factur-x",
    UBL + "Invoice-2}Invoice": "ubl-2.1-invoice",
    UBL + "CreditNote-2}CreditNote": "ubl-2.1-creditnote",
}
"""What the library calls each root that is read."""
MAX_TAGS = 250_000
_ORDERS = ("SCRDMCCBDACIOMessageStructure", "Order", "OrderResponse")


class Document(NamedTuple):
    """`root` an lxml element whose days the library can read; `flavor` its word for the syntax."""

    root: Any
    flavor: str
    form: Form


def document(name: str, raw: bytes, *, is_pdf: bool) -> Document:
    """Refused, with what it is, for all that holds no invoice."""
    content = _inside(name, raw) if is_pdf else raw
    root = _root(name, content)
    flavor = FLAVORS.get(root.tag)
    if flavor is None:
        raise Refused(_what(str(root.tag)).format(name))
    _tidy_days(root)
    if is_pdf:
        return Document(root, flavor, "factur_x")
    return Document(root, flavor, "cii" if root.tag == CII else "ubl")


def _inside(name: str, raw: bytes) -> bytes:
    """The XML that a PDF carries. The library asks the network for one thing only, which is never asked of it here."""
    import facturx  # noqa: PLC0415 - a tenth of a second, in the child, for an invoice only

    try:
        found, content = facturx.get_xml_from_pdf(raw, check_xsd=False)
    except MemoryError:
        raise
    except Exception as error:  # the library meets a broken PDF in ten ways
        raise Refused((LOCKED if b"/Encrypt" in raw else DAMAGED).format(name)) from error
    if found:
        return bytes(content)
    raise Refused(PLAIN_PDF.format(name))


def _root(name: str, content: bytes) -> Any:
    from lxml import etree  # noqa: PLC0415 - as above

    if content.count(b"<") > MAX_TAGS:
        raise Refused(TOO_LONG.format(name))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused((TYPED if b"<!DOCTYPE" in content else DAMAGED).format(name)) from error
    if root.getroottree().docinfo.doctype:
        raise Refused(TYPED.format(name))
    return root


def _what(tag: str) -> str:
    local = tag.rpartition("}")[2]
    if local in _ORDERS:
        return ORDER
    if local in {"CrossIndustryDocument", "CrossIndustryInvoice"}:
        return OLD
    return UNKNOWN if local in {"Invoice", "CreditNote"} else OTHER


def _tidy_days(root: Any) -> None:
    """Each day as the library reads it; one that is none is taken out, rather than the whole invoice refused."""
    for element in root.iter():
        local = str(element.tag).rpartition("}")[2]
        if element.text and (local == "DateTimeString" or local.endswith("Date")):
            day = day_in(element.text)
            form = "%Y%m%d" if local == "DateTimeString" else "%Y-%m-%d"
            element.text = day.strftime(form) if day else None
