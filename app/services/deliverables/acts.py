"""What is done of a document owed: it came, it was refused, it is not asked for (domain.md A.5)."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.agreements import RECEIVED_DOCUMENT
from app.errors import InvalidFields, Refused
from app.fields import clean_line, this_day
from app.models import ReceivedDocument
from app.models.upkeep_codes import DeliveryState
from app.services import attachments, records
from app.services.deliverables.expected import Delivery

NO_REASON = "Dites pourquoi\u00a0: le prestataire vous le demandera."
TO_COME = "Ce jour n’est pas encore venu\u00a0: écrivez celui où vous l’avez reçu."
NOT_CAME = "Ce document n’est pas noté reçu\u00a0: notez d’abord sa réception, avec le fichier."


def receive(session: Session, one: Delivery, on: date, files: Sequence[Path] = ()) -> int:
    """It came that day; its file is kept with it. Gives the record."""
    if on > this_day():
        raise InvalidFields({"received_on": TO_COME})
    made = _note(session, one, DeliveryState.RECEIVED, received_on=on, reason=None)
    for path in files:
        attachments.add_file(session, RECEIVED_DOCUMENT, made, path)
    return made


def refuse(session: Session, one: Delivery, reason: str) -> int:
    """What came will not do, and is asked for again; the reason is told to the provider."""
    if one.received_on is None:
        raise Refused(NOT_CAME)
    return _note(session, one, DeliveryState.REFUSED, received_on=one.received_on, reason=_reason(reason))


def waive(session: Session, chosen: Sequence[Delivery], reason: str) -> int:
    """These are not asked for, and count for nothing; gives how many."""
    told = _reason(reason)
    for one in chosen:
        _note(session, one, DeliveryState.WAIVED, received_on=None, reason=told)
    return len(chosen)


def expect(session: Session, chosen: Sequence[Delivery]) -> int:
    """Take back what was said of these; the files stay with them. Gives how many."""
    done = [one for one in chosen if one.received_id is not None]
    for one in done:
        _note(session, one, DeliveryState.EXPECTED, received_on=None, reason=None)
    return len(done)


def _reason(text: str | None) -> str:
    told = clean_line(text or "")
    if not told:
        raise InvalidFields({"reason": NO_REASON})
    return told


def _note(session: Session, one: Delivery, state: DeliveryState, **values: Any) -> int:
    """One record an occasion, whatever became of it; one that the bin holds comes out of it."""
    told = {"state": state, "due_on": one.due_on, **values}
    same = (ReceivedDocument.due_document_id == one.document_id, ReceivedDocument.mark == one.mark)
    known = session.scalar(select(ReceivedDocument).where(*same))
    if known is None:
        whose = {"contract_id": one.contract_id, "due_document_id": one.document_id, "mark": one.mark}
        return records.create(session, RECEIVED_DOCUMENT, {**whose, **told})
    if known.deleted_at is not None:
        records.restore(session, RECEIVED_DOCUMENT, [known.id])
    records.update(session, RECEIVED_DOCUMENT, known.id, told)
    return known.id
