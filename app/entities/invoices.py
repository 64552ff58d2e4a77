"""Invoices and their lines, hours bought, penalties claimed, rates of late payments, budgets (domain.md C.5 to C.7)."""

from collections.abc import Mapping
from typing import Any

from app.entities.agreements import CONTRACT
from app.entities.base import Entity, Linked, Problems
from app.fields import Choice, Count, Day, Derived, Minutes, Money, Ref, Text
from app.models import Budget, HourPurchase, Invoice, InvoiceLine, InvoiceVat, PenaltyClaim, SemesterRate
from app.models.money_codes import (
    BudgetPurpose,
    ClaimState,
    InvoiceKind,
    InvoiceSource,
    InvoiceState,
    InvoiceStatus,
    LineKind,
    Treatment,
)

PAYMENT = "Paiement"
READ = "Écrit sur la facture"


def _period_in_order(values: Mapping[str, Any]) -> Problems:
    start, end = values.get("period_start"), values.get("period_end")
    return {"period_end": "La période finit avant de commencer."} if start and end and end < start else {}


def _sound_invoice(values: Mapping[str, Any]) -> Problems:
    problems = _period_in_order(values)
    invoiced, due = values.get("invoiced_on"), values.get("due_on")
    if invoiced and due and due < invoiced:
        problems["due_on"] = "L’échéance précède la date de la facture."
    return problems


INVOICE = Entity(
    model=Invoice,
    one="Facture",
    many="Factures",
    gender="f",
    icon="receipt-euro",
    chips=("state", "provider_id", "contract_id"),
    order_by="invoiced_on",
    descending=True,
    subtitle=("provider_id", "subject"),
    natural_key=("number",),
    editable=False,
    from_lists=False,
    summary="Ce qui vous est facturé, vérifié contre le contrat, jusqu’au paiement.",
    check=_sound_invoice,
    own_page=True,
    linked=(Linked("invoice_line", "invoice_id", "Lignes"),),
    first_columns=(
        "number", "provider_id", "subject", "invoiced_on", "gross", "state", "due_on", "left", "late_days",
        "contract_id",
    ),
    brief=("number", "invoiced_on", "gross", "state"),
    fields=(
        Text(name="number", label="N° de facture", required=True, max_length=60, column="shown", width=132),
        Choice(name="kind", label="Nature", options=InvoiceKind, default=InvoiceKind.INVOICE, required=True, width=90),
        Ref(name="provider_id", label="Prestataire", target="provider", required=True, column="shown", width=140),
        Ref(name="contract_id", label="Contrat", target="contract", column="shown", width=170),
        Ref(name="corrects_id", label="Facture corrigée", target="invoice", width=150,
            help="Celle dont cet avoir sera déduit. Vide\u00a0: il sera remboursé, ou déduit d’une autre."),
        Derived(name="state", label="État", options=InvoiceState, column="shown", width=116, filterable=True,
                help="Au jour d’aujourd’hui\u00a0: en retard dès que la date est passée."),
        Choice(name="status", label="Décision", options=InvoiceStatus, badge=True, width=130, read_only=True),
        Choice(name="source", label="Reçue par", options=InvoiceSource, width=110, read_only=True),
        Day(name="invoiced_on", label="Facturée le", required=True, column="shown", width=106),
        Day(name="due_on", label="À payer le", column="shown", width=104,
            help="Vide\u00a0: selon les conditions du contrat."),
        Day(name="period_start", label="Période du", help="Ce que la facture couvre."),
        Day(name="period_end", label="Période au"),
        Text(name="subject", label="Objet", max_length=200, column="shown", width=186),
        Money(name="prepaid", label="Déjà payé", help="Acompte TTC versé avant cette facture.", default=0),
        Money(name="net", label="Total HT", column="shown", total=True, read_only=True, negative=True),
        Money(name="vat", label="TVA", read_only=True, negative=True),
        Money(name="gross", label="Total TTC", column="shown", width=106, total=True, read_only=True, negative=True),
        Derived(name="left", label="Reste à payer", column="shown", money=True, width=110, total=True,
                help="TTC, acompte et avoirs déduits\u00a0; négatif\u00a0: ce que le prestataire vous doit."),
        Derived(name="late_days", label="Retard (j)", column="shown", width=84,
                help="Jours entre la date limite et le règlement, ou ce jour."),
        Day(name="received_on", label="Reçue le"),
        Text(name="contract_reference", label="Référence du contrat", max_length=120, group=READ),
        Text(name="order_reference", label="Bon de commande", max_length=120, group=READ),
        Day(name="approved_on", label="Bon à payer le", read_only=True, group=PAYMENT),
        Text(name="approved_by", label="Accordé par", read_only=True, group=PAYMENT),
        Day(name="disputed_on", label="Contestée le", read_only=True, group=PAYMENT),
        Text(name="dispute", label="Motif du litige", multiline=True, column="never", read_only=True, group=PAYMENT),
        Day(name="paid_on", label="Payée le", column="shown", read_only=True, group=PAYMENT),
        Text(name="payment", label="Moyen de paiement", max_length=120, read_only=True, group=PAYMENT),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip

INVOICE_LINE = Entity(
    model=InvoiceLine,
    one="Ligne de facture",
    many="Lignes de facture",
    gender="f",
    icon="receipt-euro",
    order_by="rank",
    check=_period_in_order,
    from_lists=False,
    fields=(
        Ref(name="invoice_id", label="Facture", target="invoice", required=True),
        Count(name="rank", label="Rang", default=0, required=True, column="never", in_form=False),
        Text(name="label", label="Désignation", required=True, max_length=400, column="shown", width=280),
        Choice(name="kind", label="Nature", options=LineKind, default=LineKind.CONTRACT, required=True, column="shown",
               width=190),
        Count(name="quantity", label="Quantité", places=3, default=1000, required=True, column="shown", low=-10**12,
              high=10**12),
        Text(name="unit", label="Unité", max_length=40),
        Count(name="unit_price", label="Prix unitaire HT", places=4, unit="€", column="shown", low=-10**13,
              high=10**13),
        Money(name="net", label="Montant HT", required=True, column="shown", total=True, negative=True),
        Count(name="vat_rate", label="TVA", unit="%", places=2, default=2000, required=True, high=10_000,
              column="shown"),
        Text(name="account", label="Compte", max_length=20, help="Vide\u00a0: celui de la nature."),
        Ref(name="asset_id", label="Bien acheté", target="asset"),
        Ref(name="licence_id", label="Licence achetée", target="licence"),
        Choice(name="treatment", label="En comptabilité", options=Treatment, width=130, in_form=False),
        Ref(name="fixed_asset_id", label="Immobilisation", target="fixed_asset", width=150, in_form=False),
        Day(name="period_start", label="Période du"),
        Day(name="period_end", label="Période au"),
    ),
)  # fmt: skip

INVOICE_VAT = Entity(
    model=InvoiceVat,
    one="TVA d’un taux",
    many="TVA par taux",
    gender="f",
    icon="receipt-euro",
    order_by="rate",
    editable=False,
    from_lists=False,
    fields=(
        Ref(name="invoice_id", label="Facture", target="invoice", required=True),
        Count(name="rate", label="Taux", unit="%", places=2, required=True, column="shown", high=10_000),
        Money(name="base", label="Base HT", required=True, column="shown", negative=True),
        Money(name="vat", label="TVA", required=True, column="shown", negative=True),
    ),
)

HOUR_PURCHASE = Entity(
    model=HourPurchase,
    one="Achat d’heures",
    many="Achats d’heures",
    icon="clock",
    order_by="bought_on",
    descending=True,
    from_lists=False,
    fields=(
        CONTRACT,
        Day(name="bought_on", label="Achetées le", required=True, column="shown"),
        Text(name="label", label="Libellé", max_length=120, column="shown", width=200),
        Minutes(name="minutes", label="Heures", required=True, column="shown", total=True),
        Money(name="price", label="Prix HT", column="shown", total=True),
        Day(name="valid_until", label="Valables jusqu’au", column="shown", help="Vide\u00a0: sans limite."),
        Ref(name="invoice_id", label="Facture", target="invoice", column="shown"),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip

PENALTY_CLAIM = Entity(
    model=PenaltyClaim,
    one="Pénalité réclamée",
    many="Pénalités réclamées",
    gender="f",
    icon="scale",
    chips=("state", "contract_id"),
    order_by="month",
    descending=True,
    badge="state",
    summary="Les pénalités demandées au prestataire, mois par mois, jusqu’à leur avoir.",
    from_lists=False,
    fields=(
        CONTRACT,
        Day(name="month", label="Mois", monthly=True, required=True, column="shown", placeholder="MM/AAAA"),
        Money(name="amount", label="Montant", required=True, column="shown", total=True),
        Choice(name="state", label="État", options=ClaimState, default=ClaimState.CLAIMED, required=True, badge=True,
               column="shown", width=120),
        Day(name="claimed_on", label="Réclamée le", required=True, column="shown"),
        Day(name="settled_on", label="Soldée le", column="shown"),
        Ref(name="invoice_id", label="Avoir ou facture", target="invoice", column="shown", width=150),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip

SEMESTER_RATE = Entity(
    model=SemesterRate,
    one="Taux d’un semestre",
    many="Taux des semestres",
    icon="percent",
    order_by="year",
    descending=True,
    summary="Les taux qu’appelle un paiement en retard\u00a0: chacun vaut pour un semestre.",
    fields=(
        Count(name="year", label="Année", required=True, low=2000, high=2100, grouped=False, column="shown"),
        Count(name="half", label="Semestre", required=True, low=1, high=2, column="shown"),
        Count(name="legal", label="Taux légal, professionnels", unit="%", places=2, high=10_000, column="shown",
              width=190, help="Le taux du contrat ne peut être sous trois fois celui-ci (art. L441-10 C. com.)."),
        Count(name="ecb", label="Taux de refinancement de la BCE", unit="%", places=2, high=10_000, column="shown",
              width=220, help="Au premier jour du semestre\u00a0; dix points de plus quand le contrat ne dit rien."),
        Text(name="source", label="Source", max_length=200, column="shown", width=260),
    ),
)  # fmt: skip

BUDGET = Entity(
    model=Budget,
    one="Ligne de budget",
    many="Lignes de budget",
    gender="f",
    icon="piggy-bank",
    chips=("year", "purpose"),
    order_by="year",
    descending=True,
    summary="Ce que vous prévoyez de dépenser, par exercice.",
    fields=(
        Count(name="year", label="Exercice", required=True, low=2000, high=2100, grouped=False, column="shown",
              help="L’année de sa clôture."),
        Choice(name="purpose", label="Pour", options=BudgetPurpose, required=True, column="shown", width=190),
        Ref(name="contract_id", label="Contrat", target="contract", column="shown", width=200,
            help="Vide\u00a0: l’ensemble."),
        Money(name="amount", label="Montant HT", required=True, column="shown", total=True),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip
