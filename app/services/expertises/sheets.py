"""One sheet of an expertise: what is asked and what is known, the verdict as it is answered, what saving writes."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.expertises import EXPERTISE_SHEET
from app.errors import InvalidFields, NotFound, Refused
from app.fields import MISSING, clean_text, day, number, percent
from app.models import Asset, Expertise, ExpertiseSheet
from app.models.codes import Condition, ExpertiseStatus, Finding, SheetState, Verdict
from app.rules import expertise as rules
from app.rules.expertise import CRITERIA, Findings, Judgement, Notes
from app.services import records
from app.services.expertises import words
from app.services.expertises.facts import Known, known

__all__ = ["CRITERIA", "Answers", "Notes", "Ruled", "Sheet", "evaluate", "override", "read", "save", "with_proposals"]

CLOSED = "Cette expertise est close. Rouvrez-la pour changer une fiche."
ASKED = ("condition", "parts", "fit")
"""The criteria that nobody but the expert can tell."""
NOTHING = Notes()
UNTOUCHED = 1
"""The version of a sheet as the opening of its expertise wrote it."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What stands on a sheet. Amounts in cents HT; `action` and `renew_on` are proposed by `with_proposals`."""

    notes: Notes = NOTHING
    support_unknown: bool = False
    networked: bool | None = None
    isolated: bool | None = None
    repair_cost: int | None = None
    replacement_value: int | None = None
    maintenance_cost: int | None = None
    finding: Finding | None = None
    seen_on: date | None = None
    observations: str | None = None
    action: str | None = None
    renew_on: date | None = None

    @property
    def findings(self) -> Findings:
        exposed = bool(self.networked) and not self.isolated
        return Findings(self.notes, self.repair_cost, self.replacement_value, self.maintenance_cost, exposed)


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules say of answers, ready to be shown; `missing` names criteria and amounts."""

    judgement: Judgement
    verdict: Verdict | None
    words: str
    rule: str
    score: str
    repair: str
    maintenance: str
    missing: tuple[str, ...]
    action: str
    renew_on: date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """`sources` says where each known thing comes from, `hints` what helps to answer the others, by criterion or
    amount."""

    id: int
    version: int
    expertise_id: int
    asset_id: int
    state: SheetState
    answers: Answers
    sources: dict[str, str]
    hints: dict[str, str]
    known: Known
    override: Verdict | None
    override_reason: str | None
    previous_verdict: Verdict | None
    previous_score: str


def evaluate(answers: Answers, of: Known, own: Verdict | None = None) -> Ruled:
    """The verdict of the first rule that matches, and what it proposes, or what the expert's `own` one does; nothing is
    written."""
    judgement = rules.judge(answers.findings)
    verdict = Verdict.of(judgement.verdict) if judgement.verdict else None
    final = (own or verdict) if verdict else None
    renew_on = rules.renewal(final, of.on, of.life_end) if final else None
    return Ruled(
        judgement=judgement,
        verdict=verdict,
        words=words.VERDICTS[verdict] if verdict else "",
        rule=words.rule(judgement, answers.findings),
        score=MISSING if judgement.score is None else number(judgement.score, 2),
        repair=percent(judgement.repair),
        maintenance=percent(judgement.maintenance),
        missing=judgement.missing,
        action=words.action(final, answers.findings, day(renew_on) if renew_on else "") if final else "",
        renew_on=renew_on,
    )


def with_proposals(answers: Answers, ruled: Ruled) -> Answers:
    """The answers with the action and the date that the verdict proposes, where the expert gave none."""
    return replace(answers, action=answers.action or ruled.action or None, renew_on=answers.renew_on or ruled.renew_on)


# -- reading ----------------------------------------------------------------------------------------------------


def found(session: Session, sheet_id: int) -> ExpertiseSheet:
    sheet = session.get(ExpertiseSheet, sheet_id)
    if sheet is None or sheet.deleted_at is not None:
        raise NotFound("Cette fiche d’expertise n’existe plus.")
    return sheet


def known_of(session: Session, sheet: ExpertiseSheet) -> Known:
    """What is known of the asset on the day of the expertise."""
    on = session.scalars(select(Expertise.held_on).where(Expertise.id == sheet.expertise_id)).one()
    return known(session, on, Asset.id == sheet.asset_id)[0]


def read(session: Session, sheet_id: int) -> Sheet:
    """A sheet that nobody touched since the opening says what is known now."""
    sheet = found(session, sheet_id)
    of = known_of(session, sheet)
    hundredths = sheet.previous_hundredths
    return Sheet(
        id=sheet.id,
        version=sheet.version,
        expertise_id=sheet.expertise_id,
        asset_id=sheet.asset_id,
        state=sheet.state,
        answers=first_answers(of) if _is_untouched(sheet) else answers_of(sheet),
        sources=words.sources(of),
        hints=words.hints(of),
        known=of,
        override=sheet.override,
        override_reason=sheet.override_reason,
        previous_verdict=sheet.previous_verdict,
        previous_score=EXPERTISE_SHEET.field("previous_hundredths").format(hundredths),
    )


def _is_untouched(sheet: ExpertiseSheet) -> bool:
    return sheet.version == UNTOUCHED and sheet.state == SheetState.TO_DO


def first_answers(of: Known) -> Answers:
    """What can be filled in without the expert."""
    return Answers(
        notes=of.notes,
        support_unknown=of.support_unknown,
        networked=of.networked,
        replacement_value=of.replacement_value,
        maintenance_cost=of.maintenance_cost,
    )


def answers_of(sheet: ExpertiseSheet) -> Answers:
    return Answers(
        notes=notes_of(sheet),
        **{name: getattr(sheet, name) for name in Answers.__slots__ if name != "notes"},
    )


def notes_of(sheet: Any) -> Notes:
    """Of a sheet, or of a row of its columns."""
    others = {name: getattr(sheet, f"{name}_note") for name in CRITERIA[1:]}
    return Notes(condition=None if sheet.condition is None else int(sheet.condition.value), **others)


# -- writing ----------------------------------------------------------------------------------------------------


def columns_of(answers: Answers) -> dict[str, Any]:
    """The answers by column of the sheet."""
    note = answers.notes.condition
    notes = {f"{name}_note": getattr(answers.notes, name) for name in CRITERIA[1:]}
    own = {name: getattr(answers, name) for name in Answers.__slots__ if name != "notes"}
    return {"condition": None if note is None else Condition.of(str(note)), **notes, **own}


def judged_columns(answers: Answers, override: Verdict | None = None) -> dict[str, Any]:
    """The answers and what the rules say of them, by column of the sheet."""
    judgement = rules.judge(answers.findings)
    verdict = Verdict.of(judgement.verdict) if judgement.verdict else None
    return {
        **columns_of(answers),
        "score_hundredths": None if judgement.score is None else int(judgement.score * 100),
        "repair_permille": _permille(judgement.repair),
        "maintenance_permille": _permille(judgement.maintenance),
        "verdict": verdict,
        "rule": words.rule(judgement, answers.findings) if verdict else None,
        "final_verdict": (override or verdict) if verdict else None,
        "state": SheetState.DONE if verdict else SheetState.STARTED,
    }


def save(session: Session, sheet_id: int, answers: Answers, version: int | None = None) -> Verdict | None:
    """Keep the answers, complete or not, with the verdict that they give; the asset takes its condition from them.

    `version` is the one that was read. Refused once the expertise is closed.
    """
    sheet = _writable(session, sheet_id)
    values = judged_columns(answers, sheet.override)
    verdict: Verdict | None = values["verdict"]
    values["assessed_at"] = datetime.now(UTC) if verdict else None
    values["assessed_by"] = session.info.get("who") if verdict else None
    records.update(session, EXPERTISE_SHEET, sheet_id, values, version)
    _tell_asset(session, sheet, answers)
    return verdict


def _permille(ratio: Decimal | None) -> int | None:
    return None if ratio is None else int((ratio * 1000).quantize(Decimal(1), ROUND_HALF_UP))


def _tell_asset(session: Session, sheet: ExpertiseSheet, answers: Answers) -> None:
    """Condition, way it is known, day it was seen; left alone when the asset was seen since."""
    asset = session.get_one(Asset, sheet.asset_id)
    day_of_it = answers.seen_on or session.get_one(Expertise, sheet.expertise_id).held_on
    if answers.notes.condition is None or (asset.seen_on is not None and asset.seen_on > day_of_it):
        return
    asset.condition = Condition.of(str(answers.notes.condition))
    asset.finding = answers.finding or asset.finding
    asset.seen_on = answers.seen_on or asset.seen_on
    session.flush()


def override(session: Session, sheet_id: int, verdict: Verdict | None, reason: str = "") -> None:
    """The expert's own verdict beside that of the rule, with his reason; None takes it away.

    An action that was left as proposed follows.
    """
    sheet = _writable(session, sheet_id)
    if sheet.verdict is None:
        raise Refused("Évaluez d’abord ce bien\u00a0: l’avis de l’expert se donne à côté du verdict de la règle.")
    if verdict == sheet.verdict:
        raise InvalidFields({"override": "C’est déjà le verdict de la règle."})
    values = {"override": verdict, "override_reason": clean_text(reason) or None if verdict else None}
    values |= _proposed_again(sheet, known_of(session, sheet), verdict)
    records.update(session, EXPERTISE_SHEET, sheet_id, {**values, "final_verdict": verdict or sheet.verdict})


def _proposed_again(sheet: ExpertiseSheet, of: Known, own: Verdict | None) -> dict[str, Any]:
    """The action and the date of the new verdict, where those of the one before were left as proposed."""
    answers = answers_of(sheet)
    before, after = evaluate(answers, of, sheet.override), evaluate(answers, of, own)
    if (answers.action or "", answers.renew_on) != (before.action, before.renew_on):
        return {}
    return {"action": after.action, "renew_on": after.renew_on}


def _writable(session: Session, sheet_id: int) -> ExpertiseSheet:
    sheet = found(session, sheet_id)
    if session.get_one(Expertise, sheet.expertise_id).status == ExpertiseStatus.CLOSED:
        raise Refused(CLOSED)
    return sheet
