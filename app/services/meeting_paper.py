"""The agenda and the minutes of a meeting, gathered as papers of chapters (domain.md C.12)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.errors import Refused
from app.fields import MISSING, PARIS, day, day_words, joined, lowered
from app.kpi import Scope
from app.models import Contract, Meeting, Provider
from app.models.contract_codes import ActionState, MeetingStatus
from app.reports.identity import Pair, Stamp
from app.reports.written_data import Block, Bullets, Chapter, Grid, Para, Signatures, WrittenPaper
from app.services import mail, measures, meetings
from app.services.company_card import company_card
from app.services.meetings import ActionRow

AGENDA, MINUTES = "ordre-du-jour", "reunion"
ACTION_HEADS, ACTION_SHARES = ("Action", "Qui", "Pour le", "Où elle en est"), (78.0, 36.0, 22.0, 38.0)
NO_POINT = "Aucun point n’est inscrit."


def agenda(session: Session, meeting_id: int, stamp: Stamp) -> WrittenPaper:
    """The invitation: the points, the figures behind them, the actions to go through."""
    meeting = meetings.found(session, meeting_id)
    now = stamp.data_at or datetime.now(UTC)
    parts = [
        ("Ordre du jour", _numbered(meetings.lines(meeting.agenda))),
        ("Actions à passer en revue", _grid(meetings.carried_actions(session, meeting_id))),
        ("Chiffres de la période", _figures(session, meeting, now)),
    ]
    return _paper(session, meeting, stamp, "Ordre du jour de réunion", [(t, b) for t, b in parts if b])


def minutes(session: Session, meeting_id: int, stamp: Stamp) -> WrittenPaper:
    """What was said and decided, who does what, when the next one is; signed by both sides."""
    meeting = meetings.found(session, meeting_id)
    if meeting.status != MeetingStatus.HELD and not stamp.draft:
        raise Refused("Rédigez d’abord le compte rendu\u00a0: il n’y a encore rien à émettre.")
    now = stamp.data_at or datetime.now(UTC)
    written = tuple(Para(line) for line in meetings.lines(meeting.minutes))
    own, carried = meetings.own_actions(session, meeting_id), meetings.carried_actions(session, meeting_id)
    parts: list[tuple[str, tuple[Block, ...]]] = [
        ("Points abordés", _numbered(meetings.lines(meeting.agenda))),
        ("Ce qui a été dit", written or (Para(MISSING),)),
        ("Décisions", _numbered(meetings.lines(meeting.decisions)) or (Para("Aucune décision."),)),
        ("Actions décidées", _grid(own) or (Para("Aucune action."),)),
        ("Actions des réunions précédentes", _grid(carried)),
        ("Chiffres de la période", _figures(session, meeting, now)),
        ("Prochaine réunion", (Para(_next_told(meeting)),)),
    ]
    kept = [(title, blocks) for title, blocks in parts if blocks]
    signed = (Para("Sans remarque écrite dans les huit jours, ce compte rendu vaut accord des deux parties."),
              Signatures(_parties(session, meeting)))  # fmt: skip
    return _paper(session, meeting, stamp, "Compte rendu de réunion", [*kept, ("Signatures", signed)])


def _paper(
    session: Session, meeting: Meeting, stamp: Stamp, title: str, parts: Sequence[tuple[str, tuple[Block, ...]]]
) -> WrittenPaper:
    chapters = tuple(Chapter(str(i), name, blocks) for i, (name, blocks) in enumerate(parts, 1))
    return WrittenPaper(
        company=company_card(session),
        stamp=replace(stamp, title=title),
        subtitle=joined(meeting.kind.label, meeting.subject, by=" · "),
        facts=_facts(session, meeting),
        chapters=chapters,
        with_cover=False,
    )


def _facts(session: Session, meeting: Meeting) -> tuple[Pair, ...]:
    contract = session.get_one(Contract, meeting.contract_id)
    at = meeting.starts_at.astimezone(PARIS)
    since, until = meeting.since, meeting.until
    pairs = (
        ("Date et heure", f"{day_words(at.date(), weekday=True)}, {at:%H}\u00a0h\u00a0{at:%M}"),
        ("Lieu", meeting.place or MISSING),
        ("Contrat", f"{contract.number}, {contract.subject}"),
        ("Période passée en revue", f"du {day(since)} au {day(until)}" if since and until else ""),
        ("Participants", "\n".join(meetings.lines(meeting.participants)) or MISSING),
        ("Excusés", meeting.excused or ""),
    )
    return tuple(pair for pair in pairs if pair[1])


def _numbered(points: Sequence[str]) -> tuple[Block, ...]:
    return (Bullets(tuple(points)),) if points else ()


def _grid(rows: Sequence[ActionRow]) -> tuple[Block, ...]:
    if not rows:
        return ()
    cells = tuple((row.label, row.owner, day(row.due_on), state_told(row)) for row in rows)
    return (Grid(ACTION_HEADS, cells, ACTION_SHARES),)


def state_told(row: ActionRow) -> str:
    """« Faite le 12/10/2026 », « En retard », « Abandonnée : remplacé »."""
    if row.state == ActionState.DONE:
        done = f"Faite le {day(row.done_on)}" if row.done_on else "Faite"
        return joined(done, lowered(row.outcome or ""), by="\u00a0: ")
    if row.state == ActionState.DROPPED:
        return joined("Abandonnée", lowered(row.outcome or ""), by="\u00a0: ")
    return "En retard" if row.late else "À faire"


def _figures(session: Session, meeting: Meeting, now: datetime) -> tuple[Block, ...]:
    """The indicators of the period; nothing when no ticket says anything."""
    if meeting.since is None or meeting.until is None:
        return ()
    of = Scope(contract_id=meeting.contract_id)
    found = measures.measures(session, meeting.since, meeting.until, now, of, measures.OF_A_MEETING, detail=False)
    known = [one for one in found if one.n]
    if not known:
        return ()
    words = {True: "Atteint", False: "Non atteint", None: MISSING}
    rows = tuple((one.label, one.text, one.target_text, words[one.met], str(one.n)) for one in known)
    return (Grid(("Indicateur", "Valeur", "Objectif", "Résultat", "n"), rows, (70, 28, 28, 32, 16), right=(1, 2, 4)),)


def _next_told(meeting: Meeting) -> str:
    return f"Le {day_words(meeting.next_on, weekday=True)}." if meeting.next_on else "Cette réunion est la dernière."


def _parties(session: Session, meeting: Meeting) -> tuple[str, ...]:
    contract = session.get_one(Contract, meeting.contract_id)
    provider = session.get(Provider, contract.provider_id) if contract.provider_id else None
    return (f"Pour {company_card(session).name}", f"Pour {provider.name if provider else 'le prestataire'}")


def email(session: Session, meeting_id: int, paper: tuple[str, bytes]) -> bytes:
    """A draft to the participants whose address is known, with the paper: nothing leaves without the user."""
    meeting = meetings.found(session, meeting_id)
    at = meeting.starts_at.astimezone(PARIS)
    when = f"{day_words(at.date(), weekday=True)} à {at:%H}\u00a0h\u00a0{at:%M}"
    if meeting.status == MeetingStatus.HELD:
        subject = f"Compte rendu de la réunion du {day(at.date())}\u00a0: {meeting.subject}"
        told = f"Voici le compte rendu de notre réunion du {when}. Merci de nous dire sous huit jours vos remarques."
    else:
        subject = f"Réunion du {day(at.date())}\u00a0: {meeting.subject}"
        where = f", {meeting.place}" if meeting.place else ""
        points = "\n".join(f"- {line}" for line in meetings.lines(meeting.agenda))
        told = f"Nous vous convions à une réunion {when}{where}.\n\nOrdre du jour\u00a0:\n{points or NO_POINT}"
    body = f"Bonjour,\n\n{told}\n\nCordialement,\n{company_card(session).name}\n"
    return mail.draft(subject, body, ", ".join(meetings.addresses(session, meeting_id)), [paper])
