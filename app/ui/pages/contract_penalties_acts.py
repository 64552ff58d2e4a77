"""What is done of penalties: asked for, obtained, given up; from the contract and from the list of claims (C.7)."""

from datetime import UTC, datetime

from app.entities import ENTITIES
from app.fields import Day, Money, Text, amount, month_words, this_day
from app.services import records
from app.services.penalties import claims, words
from app.services.penalties.months import Month
from app.ui.desk import Desk
from app.ui.outside import open_copy
from app.ui.pages.acts import Act

CLAIM = ENTITIES["penalty_claim"]
INTRO = (
    "Une pénalité se réclame par écrit, en général après une mise en demeure. Notez ici ce que vous demandez, puis "
    "l’avoir une fois reçu."
)
NOTES = Text(name="notes", label="Notes", multiline=True, max_length=2000)
AMOUNT = Money(name="amount", label="Montant réclamé", required=True, help="Moins, si vous admettez une excuse.")
CLAIMED = Day(name="claimed_on", label="Réclamée le", required=True)
GIVEN_UP = Day(name="on", label="Abandonnée le", required=True)
SETTLED = Day(name="settled_on", label="Obtenue le", required=True)


def claim(month: Month) -> Act:
    told = f"{amount(month.left)} pour {month_words(month.month)}"
    return Act(
        title=f"Réclamer les pénalités de {month_words(month.month)}",
        verb="Noter la réclamation",
        icon="scale",
        intro=INTRO,
        fields=(AMOUNT, CLAIMED, NOTES),
        start={"amount": month.left, "claimed_on": this_day()},
        run=lambda s, v: claims.claim(
            s, month.contract_id, month.month, v["amount"], v["claimed_on"], v["notes"], datetime.now(UTC)
        ),
        told=f"Pénalités réclamées\u00a0: {told}",
    )


def give_up(month: Month) -> Act:
    return Act(
        title=f"Ne pas réclamer {month_words(month.month)}",
        verb="Abandonner",
        icon="x",
        intro=f"{amount(month.left)} ne seront pas réclamés. Dites pourquoi\u00a0: c’est ce que vous relirez.",
        fields=(GIVEN_UP, NOTES),
        start={"on": this_day()},
        run=lambda s, v: claims.give_up(s, month.contract_id, month.month, v["on"], v["notes"], datetime.now(UTC)),
        told=f"Pénalités de {month_words(month.month)} abandonnées",
    )


def obtain(desk: Desk, claim_id: int) -> Act:
    with desk.read() as session:
        found = claims.credit_note(session, claim_id)
        notes = records.get(session, CLAIM, claim_id).values["notes"]
    return Act(
        title="Noter l’avoir reçu",
        verb="Noter l’avoir",
        icon="check",
        intro="Choisissez l’avoir, ou la facture dont elles ont été déduites, s’il est déjà enregistré.",
        fields=(SETTLED, CLAIM.field("invoice_id"), NOTES),
        start={"settled_on": this_day(), "invoice_id": found, "notes": notes},
        run=lambda s, v: claims.obtain(s, claim_id, v["settled_on"], v["invoice_id"], v["notes"]),
        told="Pénalités obtenues",
    )


def abandon(desk: Desk, claim_id: int) -> Act:
    with desk.read() as session:
        values = records.get(session, CLAIM, claim_id).values
    return Act(
        title="Abandonner la réclamation",
        verb="Abandonner",
        icon="x",
        intro=f"{amount(values['amount'])} ne seront plus réclamés. Dites pourquoi\u00a0: c’est ce que vous relirez.",
        fields=(GIVEN_UP, NOTES),
        start={"on": this_day(), "notes": values["notes"]},
        run=lambda s, v: claims.abandon(s, claim_id, v["on"], v["notes"]),
        told="Réclamation abandonnée",
    )


def reopen(desk: Desk, claim_id: int) -> None:
    desk.act("Réclamer de nouveau", lambda s: claims.reopen(s, claim_id), told="Pénalité à nouveau réclamée")


def write(desk: Desk, month: Month) -> None:
    """The words of the claim, in the usual mail program."""
    with desk.read() as session:
        content = words.demand(session, month)
    open_copy(f"penalites-{month.month:%Y-%m}.eml", content, read_only=False)
