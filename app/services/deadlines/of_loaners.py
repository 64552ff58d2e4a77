"""What providers lent and is still with us (domain.md C.12): to give back on the day agreed, or once it is repaired."""

from collections.abc import Iterator

from sqlalchemy import select

from app.models import Asset
from app.models.deadline_codes import DeadlineKind as Kind
from app.services import loaners as lent
from app.services.deadlines.asking import Ask
from app.services.deadlines.words import Deadline, mark

REPAIRED = "La réparation est finie\u00a0: rendez-le, ou convenez d’un jour."
AGREED = "Rendez-le, ou convenez d’un autre jour\u00a0: un matériel gardé peut vous être facturé."


def loaners(ask: Ask) -> Iterator[Deadline]:
    found = lent.to_give_back(ask.session)
    wanted = {one.asset_id for one, _ in found if one.asset_id}
    rows = ask.session.execute(select(Asset.id, Asset.number).where(Asset.id.in_(wanted)))
    numbers = {row.id: row.number for row in rows}
    for one, due in found:
        instead = f", prêté à la place de {numbers[one.asset_id]}" if one.asset_id else ", prêté"
        yield Deadline(
            Kind.LOANER, mark(Kind.LOANER, one.uuid, due), f"Rendre {one.label}{instead}",
            AGREED if one.due_on else REPAIRED, due, ask.lead(Kind.LOANER), "loaner", one.id,
            provider=ask.provider(one.provider_id), reference=one.number,
        )  # fmt: skip
