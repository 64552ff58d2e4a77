"""The acts on an invoice, by its state: their words, their fields, their use case."""

from collections.abc import Sequence
from dataclasses import replace

from app.fields import Day, Text, amount, counted, this_day
from app.services.invoices import acts
from app.ui.pages.acts import Act, words

ON = Day(name="on", label="Date", required=True)
BY = Text(name="by", label="Par", max_length=120, placeholder="Qui a vérifié")
MEANS = Text(name="means", label="Moyen de paiement", max_length=120, placeholder="Virement, prélèvement, chèque…")


def approve(invoice_id: int, who: str, *, credit: bool = False) -> Act:
    if credit:
        verb, intro = "Accepter l’avoir", "Son montant viendra en déduction de ce qui reste à payer."
    else:
        verb, intro = "Donner le bon à payer", "Les lignes et les montants sont justes, le service a été rendu."
    return Act(
        title=verb,
        verb=verb,
        intro=intro,
        fields=(ON, BY),
        start={"on": this_day(), "by": who},
        run=lambda s, v: acts.approve(s, invoice_id, v["on"], v["by"]),
        told="Avoir accepté" if credit else "Bon à payer donné",
    )


def settle(invoice_id: int, who: str, left: int) -> Act:
    """A dispute that ends: what is `left` is to be paid after all, nothing where credit notes cover it."""
    rest = f"{amount(left)} redeviennent à payer." if left > 0 else "Il ne reste rien à payer."
    return replace(
        approve(invoice_id, who),
        title="Lever le litige",
        verb="Lever le litige",
        intro=f"{rest} Si le prestataire vous doit un avoir, saisissez-le d’abord\u00a0: il en sera déduit.",
        told="Litige levé\u00a0: bon à payer",
    )


def dispute(invoice_id: int) -> Act:
    return Act(
        title="Contester",
        verb="Mettre en litige",
        icon="circle-pause",
        intro="Dites ce qui ne va pas, comme vous l’écrirez au prestataire. Tant que dure le litige, la facture n’est "
        "ni à payer ni en retard pour vous\u00a0; le prestataire peut en juger autrement.",
        fields=(ON, words("Ce qui ne va pas", required=True)),
        start={"on": this_day()},
        run=lambda s, v: acts.dispute(s, invoice_id, v["on"], v["text"]),
        told="Facture mise en litige",
    )


def pay(invoice_id: int, cents: int, *, credit: bool = False, less: bool = False) -> Act:
    """`cents` is what is left: negative for what the provider gives back; `less`: something was taken off it."""
    if credit or cents < 0:
        title, verb, told = "Remboursement", "Noter le remboursement", "Remboursement noté"
        intro = f"Le prestataire vous a rendu {amount(abs(cents))}."
    elif not cents:
        title, verb, told = "Solde", "Solder la facture", "Facture soldée"
        intro = "Il ne reste rien à payer\u00a0: l’acompte et les avoirs couvrent tout."
    else:
        title, verb, told = "Règlement", "Noter le règlement", "Règlement noté"
        intro = f"{amount(cents)} à payer" + (", acompte et avoirs déduits." if less else ".")
    return Act(
        title=title,
        verb=verb,
        icon="banknote",
        intro=intro,
        fields=(ON, MEANS),
        start={"on": this_day()},
        run=lambda s, v: acts.pay(s, invoice_id, v["on"], v["means"]),
        told=told,
    )


def approve_many(invoices: Sequence[int], who: str) -> Act:
    return replace(
        approve(0, who),
        title=f"Bon à payer de {counted(len(invoices), 'facture')}",
        run=lambda s, v: acts.of_many(s, invoices, lambda one, i: acts.approve(one, i, v["on"], v["by"])),
        told=f"{counted(len(invoices), 'facture')} bonnes à payer",
    )


def pay_many(invoices: Sequence[int], cents: int) -> Act:
    """`cents` is what is left of all of them."""
    return Act(
        title=f"Règlement de {counted(len(invoices), 'facture')}",
        verb="Noter les règlements",
        icon="banknote",
        intro=f"{amount(cents)} au total, avoirs déduits. Le même jour et le même moyen pour toutes.",
        fields=(ON, MEANS),
        start={"on": this_day()},
        run=lambda s, v: acts.of_many(s, invoices, lambda one, i: acts.pay(one, i, v["on"], v["means"])),
        told=f"Règlement de {counted(len(invoices), 'facture')} noté",
    )
