"""The « bilan de satisfaction »: on paper, in Excel, from the command line (domain.md G.3)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from app.errors import Refused
from app.models import SatisfactionSurvey, Site
from app.models.upkeep_codes import QuestionKind
from app.services import improvements, papers
from app.services.satisfaction import questions, results, surveys
from app.storage import Store
from tests.reports.reading import flat, pages_of
from tests.services.satisfaction.make import answer, survey

NOW = datetime(2026, 6, 15, 8, tzinfo=UTC)
REF = "ENQ-2026-02"


@pytest.fixture
def session(ready: Store) -> Iterator[Session]:
    with ready.begin("essai") as opened:
        yield opened


def asked(session: Session) -> int:
    """The examples of G.3: CSAT 18 of 24 (2 « sans avis »), NPS +28 of 25, and a survey of the year before."""
    first = survey(session, date(2025, 6, 2))
    for sheet in range(1, 7):
        values = {"rapidite": 5 if sheet < 4 else 1, "materiel": 5, "nps": 3, "effort": 2}
        answer(session, first, sheet, values, texts={"gene": "Tout"} if sheet == 1 else {})
    version = questions.new_version(session, session.get_one(SatisfactionSurvey, first).questionnaire_id)
    kind = questions.of(session, version)[0]
    questions.write(session, version, kind.id, {"text": "Le matériel neuf", "kind": kind.kind, "block": kind.block})
    session.add(Site(id=1, name="Dijon"))
    session.flush()
    made = survey(session, sheets=40, questionnaire_id=version)
    speeds = [5] * 10 + [4] * 8 + [3] * 3 + [2] * 2 + [1] + [0] * 2
    scores = [9] * 12 + [8] * 8 + [6] * 5 + [None]
    for sheet, (speed, score) in enumerate(zip(speeds, scores, strict=True), 1):
        given: dict[str, int | None] = {
            "rapidite": speed,
            "nps": score,
            "effort": 4,
            "courtoisie": 5 if sheet < 6 else None,
            "delai": 1 if sheet < 5 else 0,
        }
        service = "Atelier" if sheet <= 18 else "Bureau"
        answer(session, made, sheet, given, service=service, site_id=1, texts={"idee": "Un écran"})
    return made


def test_years_are_compared_on_the_same_questions_only(session: Session) -> None:
    found = results.of_survey(session, asked(session))
    [past] = found.past
    assert (past.number, past.same, past.satisfied, past.now) == (
        "ENQ-2026-01", 1, Decimal("50.0"), Decimal("75.0"),
    )  # fmt: skip
    assert (past.score, past.effort, past.rate) == (-100, Decimal("2.00"), Decimal("15.0"))
    assert (found.satisfied, found.given) == (Decimal("79.3"), 29)
    assert [(one.title, one.satisfied, one.before) for one in found.blocks] == [
        ("Vos outils", Decimal("75.0"), None), ("L’aide que vous recevez", Decimal("100.0"), None),
    ]  # fmt: skip


def test_a_theme_answered_by_few_is_told_of_no_group(session: Session) -> None:
    """Five gave an opinion on the second theme, all of the Atelier."""
    services = results.of_survey(session, asked(session)).services
    assert [(one.name, one.answers, one.satisfied, one.blocks) for one in services] == [
        ("Atelier", 18, Decimal("100.0"), (Decimal("100.0"), Decimal("100.0"))),
        ("Bureau", 8, Decimal("0.0"), ()),
    ]  # fmt: skip


def test_the_paper_says_the_answer_then_the_proof(session: Session) -> None:
    made = asked(session)
    told = flat(" ".join(pages_of(papers.draft(session, "satisfaction", REF, NOW))))
    assert "Aucune conclusion n’est écrite. Écrivez-la" in told
    surveys.conclude(session, made, "Le réseau d’abord.")
    improvements.add(
        session, {"label": "Changer la borne", "owner": "Lumeo", "due_on": date(2026, 6, 1)}, survey_id=made
    )
    told = flat(" ".join(pages_of(papers.draft(session, "satisfaction", REF, NOW))))
    for said in (
        "Satisfaits (CSAT) 79,3 %",
        "Depuis ENQ-2026-01, sur 1 question commune : 75,0 % contre 50,0 %, soit +25,0 points",
        "+28 NPS", "recommandent : 12 (9-10), neutres 8, détracteurs 5 (0-6) ; n = 25 ; avant : −100", "4,0 sur 5",
        "65,0 % de réponse : 26 feuilles sur 40", "Le réseau d’abord.", "Changer la borne Lumeo 01/06/2026 En retard",
        "La rapidité de votre poste", "« Un écran » (26 fois)", "Par service",
        "Atelier 18 100,0 % 100,0 % 100,0 %", "Bureau 8 0,0 % – –",
        "Dijon 26",
        "ENQ-2026-01 02/06/2025 6 15,0 % 1 50,0 % 75,0 % −100 2,0",
    ):  # fmt: skip
        assert said in told, said
    assert "indicatif" not in told


def test_an_issued_one_never_changes(session: Session) -> None:
    made = asked(session)
    kept = papers.issue(session, "satisfaction", REF, NOW)
    before = papers.issued_bytes(session, kept)
    surveys.conclude(session, made, "Autre chose.")
    assert papers.issued_bytes(session, kept) == before
    assert "Aucune conclusion n’est écrite. Aucune action" in flat(" ".join(pages_of(before)))


@pytest.mark.parametrize("answers", [0, 4])
def test_fewer_than_five_sheets_tell_nothing(session: Session, answers: int) -> None:
    made = survey(session, invited=None)
    for sheet in range(1, answers + 1):
        answer(session, made, sheet, {"rapidite": 1}, texts={"gene": "Jean"})
    told = flat(" ".join(pages_of(papers.draft(session, "satisfaction", "ENQ-2026-01", NOW))))
    assert "Satisfaits (CSAT) – Moins de 5 feuilles sont revenues" in told
    assert "Jean" not in told
    assert ("ces chiffres sont indicatifs" in told) is bool(answers)
    book = load_workbook(BytesIO(papers.book(session, "satisfaction", "ENQ-2026-01", NOW)))
    assert book.sheetnames == ["Synthèse", "Lisez-moi"]


def test_a_survey_that_asks_no_satisfaction_says_so(session: Session) -> None:
    version = questions.add_usual(session)
    kept = [one.id for one in questions.of(session, version) if one.kind != QuestionKind.RECOMMEND]
    questions.remove(session, version, kept)
    made = survey(session, questionnaire_id=version)
    for sheet in range(1, 6):
        answer(session, made, sheet, {"nps": 10})
    told = flat(" ".join(pages_of(papers.draft(session, "satisfaction", "ENQ-2026-01", NOW))))
    assert "Aucune question de satisfaction n’a reçu de réponse." in told
    assert "+100 NPS" in told


def test_the_workbook_counts_by_formulas(session: Session) -> None:
    surveys.conclude(session, asked(session), "=1+1")
    improvements.add(session, {"label": "Borne", "owner": "Lumeo", "due_on": date(2026, 7, 1)}, survey_id=2)
    book = load_workbook(BytesIO(papers.book(session, "satisfaction", REF, NOW)))
    assert book.sheetnames == [
        "Synthèse", "Questions", "Recommandation", "Services et sites", "Années", "Réponses libres", "Actions",
        "Lisez-moi",
    ]  # fmt: skip
    speed = next(row for row in book["Questions"].iter_rows(values_only=True) if row[1] == "La rapidité de votre poste")
    assert speed[2:8] == (10, 8, 3, 2, 1, 2)
    assert (speed[8], speed[9], speed[11]) == ("=SUM(C3:G3)", '=IF(I3=0,"–",(C3+D3)/I3)', 0.5)
    figures = {row[0]: row[1] for row in book["Synthèse"].iter_rows(values_only=True)}
    assert figures["Feuilles revenues"] == 26
    assert str(figures["Satisfaits (CSAT)"]).startswith("=IFERROR(SUM(Questions!C2:D13)")
    conclusion = next(row for row in book["Synthèse"].iter_rows() if row[0].value == "Ce que nous en retenons")[2]
    assert (conclusion.data_type, conclusion.value) == ("s", "=1+1")


def test_a_question_on_which_few_have_an_opinion_is_told_of_nobody(session: Session) -> None:
    found = results.of_survey(session, asked(session))
    few = next(one for one in found.counted if one.question.key == "delai")
    assert (few.scale.valid, few.scale.counts, few.scale.satisfied) == (0, {}, None)


def test_a_group_of_five_of_which_few_have_an_opinion_tells_nothing(session: Session) -> None:
    made = survey(session)
    for sheet in range(1, 16):
        service = "Atelier" if sheet <= 6 else "Bureau"
        answer(session, made, sheet, {"rapidite": 4 if sheet <= 12 else 0}, service=service)
    for sheet in range(16, 21):
        answer(session, made, sheet, {"rapidite": 1 if sheet == 16 else 0}, service="Vente")
    found = results.of_survey(session, made)
    assert [(one.name, one.satisfied, one.blocks) for one in found.services] == [
        ("Bureau", None, ()), ("Atelier", Decimal("100.0"), (Decimal("100.0"), None)), ("Vente", None, ()),
    ]  # fmt: skip


def test_a_paper_that_has_no_workbook_says_so(session: Session) -> None:
    with pytest.raises(Refused, match="n’existe pas en Excel"):
        papers.book(session, "bien", "PC-0001", NOW)


def test_a_first_survey_is_compared_with_none(session: Session) -> None:
    made = survey(session, date(2026, 1, 5))
    for sheet in range(1, 7):
        answer(session, made, sheet, {"rapidite": 4})
    told = flat(" ".join(pages_of(papers.draft(session, "satisfaction", "ENQ-2026-01", NOW))))
    assert "Part des réponses 4 et 5 parmi 6 réponses à toutes les questions. 15,0 % de réponse" in told
    assert "D’une enquête à l’autre" not in told
    assert results.version_of(session, made) == 1


def test_the_three_surveys_before_that_enough_answered_are_compared(session: Session) -> None:
    for year in range(2020, 2026):
        made = survey(session, date(year, 6, 1))
        for sheet in range(1, 3 if year == 2024 else 7):
            answer(session, made, sheet, {"rapidite": 4})
    made = survey(session)
    for sheet in range(1, 7):
        answer(session, made, sheet, {"rapidite": 5})
    assert [one.opened_on.year for one in results.of_survey(session, made).past] == [2025, 2023, 2022]
