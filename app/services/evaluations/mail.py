"""The e-mail that asks the user of an intervention to fill its form: a draft, the PDF attached."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import PARIS, day, joined
from app.models import Company, Evaluation, Intervention, Person, Ticket
from app.services import mail

SUBJECT = "Votre avis sur l’intervention"
ASKED = (
    "Votre avis nous sert à suivre le prestataire. Vous trouverez ci-joint une fiche d’une page\u00a0: ouvrez-la, "
    "cochez une case par ligne, enregistrez-la et renvoyez-la en réponse à ce message. Une ligne sans réponse ne pose "
    "pas de problème."
)


def draft_of(session: Session, number: str, file_name: str, pdf: bytes) -> bytes:
    """RFC 5322 text to who is asked, if an address is known."""
    evaluation = session.scalars(select(Evaluation).where(Evaluation.number == number)).one()
    person = session.get(Person, evaluation.person_id) if evaluation.person_id else None
    done = session.get(Intervention, evaluation.intervention_id) if evaluation.intervention_id else None
    ticket = session.get(Ticket, done.ticket_id) if done and done.ticket_id else None
    company = session.scalar(select(Company.name).limit(1)) or ""
    name = person.first_name if person else None
    parts = (joined("Bonjour", name) + ",", _told(done, ticket), ASKED, f"Cordialement,\n{company}")
    body = "\n\n".join(parts) + "\n"
    subject = joined(SUBJECT, ticket.number if ticket else number)
    return mail.draft(subject, body, (person.email or "") if person else "", [(file_name, pdf)])


def _told(done: Intervention | None, ticket: Ticket | None) -> str:
    if done is None:
        return "Une intervention informatique vient d’être faite chez nous."
    about = f" à propos de «\u00a0{ticket.subject}\u00a0»" if ticket else ""
    who = joined("par", done.technician) if done.technician else ""
    told = joined("Une intervention a été faite", who, f"le {day(done.started_at.astimezone(PARIS).date())}")
    return f"{told}{about}."
