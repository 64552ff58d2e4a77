"""The evaluation form after an intervention, ready to be drawn by `form_paper` (domain.md G.1, papers.md 3)."""

from app.reports.evaluation_model import G1
from app.reports.form_data import FormCopy, Forms
from app.reports.identity import CompanyCard, Stamp

BLANK = (("Ticket", "Contrat", "Bien", "Site"), ("Demandeur", "Technicien", "Date", "Durée"), ("Travaux",))
NOTE = "Note = moyenne des lignes cochées de 1 à 5\u00a0; moins de 5 réponses\u00a0: fiche incomplète"


def evaluation_forms(company: CompanyCard, stamp: Stamp, copies: tuple[FormCopy, ...], retention: str) -> Forms:
    """`retention` is what the foot says of the answers: « les réponses servent au suivi du prestataire… »."""
    first = " · ".join(words for words in ("aucune réponse n’est préremplie", retention) if words)
    return Forms(company, stamp, G1, copies, BLANK, (), (first, NOTE))
