"""The register of fixed assets and the accounts (domain.md E.1 to E.4)."""

from collections.abc import Mapping
from typing import Any

from app.entities.base import Entity, Linked, Numbering, Problems
from app.fields import Choice, Count, Day, Derived, Money, Ref, Text
from app.models import Account, FixedAsset
from app.models.codes import ExitKind
from app.models.money_codes import AccountUse, FixedKind, FixedStanding

EXIT = "Sortie"


def _sound_line(values: Mapping[str, Any]) -> Problems:
    problems: Problems = {}
    if (values.get("residual") or 0) > (values.get("cost") or 0):
        problems["residual"] = "La valeur résiduelle dépasse le coût."
    starts, out = values.get("starts_on") or values.get("acquired_on"), values.get("exit_on")
    if starts and out and out < starts:
        problems["exit_on"] = "La sortie précède la mise en service."
    return problems


FIXED_ASSET = Entity(
    model=FixedAsset,
    one="Immobilisation",
    many="Immobilisations",
    gender="f",
    icon="landmark",
    chips=("standing", "kind"),
    order_by="number",
    numbering=Numbering(prefix="IM"),
    first_columns=("number", "label", "gross", "charge", "closing", "book_value", "standing", "starts_on",
                   "life_months"),
    natural_key=("number",),
    unique=("number",),
    subtitle=("kind", "supplier"),
    summary="Ce que l’entreprise possède à l’actif, et ce qui en reste chaque année.",
    check=_sound_line,
    linked=(Linked("asset", "fixed_asset_id", "Biens"), Linked("licence", "fixed_asset_id"),
            Linked("invoice_line", "fixed_asset_id")),
    fields=(
        Text(name="number", label="N°", column="shown", width=76, read_only=True),
        Text(name="label", label="Libellé", required=True, max_length=200, column="shown", width=180),
        Derived(name="opening", label="Amorti avant", money=True, width=108, help="Le cumul à l’ouverture."),
        Derived(name="charge", label="Dotation", money=True, total=True, width=100, help="Celle de l’exercice."),
        Derived(name="closing", label="Amorti", money=True, width=108, help="Le cumul à la clôture."),
        Derived(name="book_value", label="Reste (VNC)", money=True, total=True, width=108,
                help="Valeur nette comptable à la clôture."),
        Derived(name="gross", label="Brut", money=True, total=True, width=108, help="Le coût de ce qui est à l’actif."),
        Derived(name="standing", label="État", options=FixedStanding, filterable=True, width=148),
        Choice(name="kind", label="Nature", options=FixedKind, default=FixedKind.HARDWARE, required=True,
               width=160),
        Text(name="supplier", label="Fournisseur", max_length=120, width=150, suggest=True),
        Ref(name="invoice_id", label="Facture", target="invoice"),
        Text(name="invoice_number", label="N° de facture", max_length=60),
        Day(name="acquired_on", label="Acquise le"),
        Day(name="starts_on", label="Mise en service le", column="shown", width=122,
            help="L’amortissement part de ce jour, non de l’achat."),
        Money(name="cost", label="Coût", required=True,
              help="HT, ou TTC si la TVA n’est pas récupérée\u00a0; avec livraison et installation, sans formation."),
        Money(name="vat", label="TVA"),
        Money(name="residual", label="Valeur résiduelle", default=0, required=True),
        Count(name="life_months", label="Durée", unit="mois", low=1, high=600, default=36, required=True,
              column="shown", width=84, help="Durée comptable\u00a0: trois ans d’ordinaire pour un ordinateur."),
        Text(name="account", label="Compte", max_length=20, help="Vide\u00a0: celui de la nature."),
        Day(name="exit_on", label="Sortie le", group=EXIT),
        Choice(name="exit_kind", label="Nature de la sortie", options=ExitKind, group=EXIT),
        Money(name="exit_price", label="Prix de cession HT", group=EXIT),
        Count(name="exit_vat_rate", label="TVA sur la cession", unit="%", places=2, high=10_000, group=EXIT),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip

ACCOUNT = Entity(
    model=Account,
    one="Compte",
    many="Comptes",
    icon="list-ordered",
    order_by="use",
    natural_key=("use",),
    unique=("use",),
    summary="Les numéros de votre plan comptable, là où ils diffèrent des numéros usuels.",
    fields=(
        Choice(name="use", label="Emploi", options=AccountUse, required=True, column="shown", width=260),
        Text(name="number", label="Compte", required=True, max_length=20, column="shown", width=110),
        Text(name="label", label="Libellé", required=True, max_length=120, column="shown", width=300),
    ),
)
