"""The questionnaire to hand out: numbered sheets of a survey, one to photocopy, or a specimen (papers.md 3)."""

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import Questionnaire, SatisfactionSurvey
from app.reports.form_data import FormCopy, Forms
from app.reports.identity import Stamp
from app.services.company_card import company_card
from app.services.satisfaction import questions, surveys, usual

KEPT = "Les réponses sont conservées {}."
NOTES = ("anonyme\u00a0: n’écrivez pas votre nom", "Une case par ligne. Rendez les deux pages ensemble.")
ONE_PAGE = "Une case par ligne. Rendez la feuille dans l’urne ou au lieu indiqué."


@dataclass(frozen=True, slots=True)
class Choices:
    """The numbers of the sheets to print; without any, one without number, to photocopy. `version`: the questionnaire
    of a specimen, the newest one if it is not told."""

    sheets: tuple[int, ...] = ()
    version: int | None = None


ONE = Choices()


def named(session: Session, ref: str | None) -> int | None:
    """The survey of that number; None for a specimen."""
    if not ref:
        return None
    kept = (SatisfactionSurvey.number == ref, SatisfactionSurvey.deleted_at.is_(None))
    found = session.scalar(select(SatisfactionSurvey.id).where(*kept))
    if found is None:
        raise NotFound(f"Aucune enquête ne porte le numéro «\u00a0{ref}\u00a0».")
    return found


def sheets(session: Session, survey_id: int | None, stamp: Stamp, choices: Choices = ONE) -> Forms:
    """Those chosen of a survey, or a specimen of the newest questionnaire, of the usual one while there is none."""
    survey = surveys.found(session, survey_id) if survey_id is not None else None
    asked = survey.questionnaire_id if survey else choices.version or questions.latest(session)
    kept = session.get_one(Questionnaire, asked) if asked is not None else None
    model = questions.model(session, asked)
    number = survey.number if survey else ""
    return Forms(
        company=company_card(session),
        stamp=replace(stamp, title=_title(survey, kept), reference=number),
        model=model,
        copies=tuple(FormCopy(number, sheet=one) for one in choices.sheets or (0,)),
        intro=_intro(kept),
        notes=(NOTES[0], NOTES[1] if len(model.pages) > 1 else ONE_PAGE),
    )


def _title(survey: SatisfactionSurvey | None, kept: Questionnaire | None) -> str:
    return survey.title if survey else kept.title if kept else usual.TITLE


def _intro(kept: Questionnaire | None) -> tuple[str, ...]:
    """What the answers are for, and how long they are kept (RGPD)."""
    purpose = kept.purpose if kept else usual.PURPOSE
    retention = kept.retention if kept else usual.RETENTION
    return tuple(one for one in (purpose, KEPT.format(retention) if retention else "") if one)
