"""The survey as a kind of form that comes back: found by the number of the survey and that of the sheet, recorded."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import InvalidFields
from app.fields import Count, Day, Field, Ref, counted, day, this_day
from app.models import SatisfactionResponse, SatisfactionSurvey
from app.reports.form_model import FormModel
from app.reports.form_questionnaire import SEGMENT
from app.rules.form_code import bare
from app.services.form_returns import Given, Kept, Target
from app.services.satisfaction import questions, surveys
from app.services.satisfaction.surveys import Response

SHEET, SITE, RECEIVED = "sheet", "site_id", "received_on"
_FIELDS: tuple[Field, ...] = (
    Count(name=SHEET, label="Feuille n°", low=1, high=100_000, help="Imprimé en haut, après le numéro de l’enquête."),
    Ref(name=SITE, label="Site", target="site", help="Si les feuilles ont été distribuées par site."),
    Day(name=RECEIVED, label="Reçue le", required=True),
)
WHICH = "Dites de quelle enquête est cette feuille."


@dataclass(frozen=True)
class SurveyKind:
    """The sheets of one version of the questionnaire. `survey_id` is that of those typed, where it is known before."""

    model: FormModel
    survey_id: int | None = None
    one: str = "feuille d’enquête"
    entity: str = "satisfaction_survey"
    kept_words: str = "L’image n’est pas gardée\u00a0: une écriture se reconnaît."
    without: str = ""
    fields: tuple[Field, ...] = field(default=_FIELDS)

    def find(self, session: Session, reference: str, sheet: int) -> Target | None:
        kept = session.execute(
            select(SatisfactionSurvey.id, SatisfactionSurvey.number).where(SatisfactionSurvey.deleted_at.is_(None))
        )
        survey = next((row.id for row in kept if bare(row.number) == reference), None)
        return None if survey is None else _target(session, survey, sheet)

    def chosen(self, session: Session, record_id: int | None, sheet: int) -> Target:
        survey = record_id or self.survey_id
        if survey is None:
            return Target(
                None, "Feuille sans numéro", "Dites de quelle enquête elle est.", start={RECEIVED: this_day()}
            )
        return _target(session, survey, sheet)

    def keep(self, session: Session, target: Target, given: Given) -> Kept:
        if target.id is None:
            raise InvalidFields({"form_id": WHICH})
        sheet = given.values.get(SHEET) or given.sheet
        response = Response(
            given.lines, given.texts, given.values.get(RECEIVED) or this_day(), given.source, sheet,
            given.values.get(SITE), given.texts.get(SEGMENT, ""),
        )  # fmt: skip
        made = surveys.record(session, target.id, response, again=given.again)
        return Kept(made, f"{_named(sheet)} enregistrée")


def _named(sheet: int) -> str:
    return f"Feuille {sheet}" if sheet else "Feuille sans numéro"


def _target(session: Session, survey_id: int, sheet: int) -> Target:
    survey = surveys.found(session, survey_id)
    came = select(SatisfactionResponse.id).where(
        SatisfactionResponse.survey_id == survey_id, SatisfactionResponse.deleted_at.is_(None)
    )
    count = len(session.scalars(came).all())
    known = surveys.of_sheet(session, survey_id, sheet)
    received, start = "", dict[str, Any]({RECEIVED: this_day(), SHEET: sheet or None})
    if known is not None and known.deleted_at is None:
        received = f"La feuille {sheet} est déjà enregistrée, reçue le {day(known.received_on)}."
        start |= {RECEIVED: known.received_on, SITE: known.site_id}
    about = f"{survey.title} · {counted(count, 'feuille déjà revenue', 'feuilles déjà revenues')}"
    return Target(survey.id, f"{survey.number}, {_named(sheet).lower()}", about, received, start)


def kinds(session: Session) -> list[SurveyKind]:
    """One for each version of the questionnaire that a survey asks."""
    versions = dict.fromkeys(questionnaire for _, questionnaire, _ in surveys.in_use(session))
    return [SurveyKind(questions.model(session, one)) for one in versions]


def of_survey(session: Session, survey_id: int) -> SurveyKind:
    """To type the sheets of that survey one after the other."""
    return SurveyKind(questions.model(session, surveys.found(session, survey_id).questionnaire_id), survey_id)
