"""Meetings: proposed, planned from the facts, held, followed; and their two papers."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import InvalidFields, NotFound, Refused
from app.fields import PARIS, this_day
from app.models import (
    Amendment,
    Company,
    Contract,
    Meeting,
    MeetingAction,
    Person,
    Provider,
    ProviderContact,
    ReturnItem,
)
from app.models.codes import Role
from app.models.contract_codes import ActionState, AmendmentStatus, ContactRole, MeetingKind, MeetingStatus
from app.services import actions, meeting_paper, meetings, papers, records
from app.storage import Store
from tests.reports.reading import flat, pages_of
from tests.services.company import add_contract, reference_month

JULY = datetime(2026, 7, 6, 8, tzinfo=UTC)
"""The month of June of domain.md B.3 has just ended: T8 is open and late, T1 was restored late."""
JUNE = {"since": date(2026, 6, 1), "until": date(2026, 6, 30)}


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        opened.add(Company(name="Ateliers Morvan", city="Dijon"))
        opened.add(Person(first_name="Claire", last_name="Bonnin", role=Role.MANAGER, email="claire@morvan.example"))
        yield opened


@pytest.fixture
def contract(session: Session) -> int:
    reference_month(session)
    kept = session.query(Contract).one()
    session.add(ProviderContact(provider_id=kept.provider_id, first_name="Isabelle", last_name="Rey",
                                role=ContactRole.DIRECTOR, position="Gérante", email="rey@lumeo.example"))  # fmt: skip
    session.flush()
    return kept.id


def ago(days: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def hold(session: Session, contract: int, days: int = 30, **values: Any) -> int:
    given = {"contract_id": contract, "subject": "Revue", "starts_at": ago(days), "participants": "Claire Bonnin"}
    made = meetings.plan(session, given, datetime.now(UTC))
    meetings.write_up(session, made, {"minutes": "Tout va.", "next_on": this_day() + timedelta(days=40), **values})
    return made


def act(session: Session, meeting: int, label: str = "Mesurer le Wi-Fi", days: int = -3) -> int:
    due = this_day() + timedelta(days=days)
    return meetings.add_action(session, meeting, {"label": label, "owner": "Olivier Masson", "due_on": due})


def test_the_facts_of_a_month(session: Session, contract: int) -> None:
    made = meetings.plan(session, {"contract_id": contract, "subject": "Juin", "starts_at": JULY, **JUNE}, JULY)
    agenda = meetings.lines(session.get_one(Meeting, made).agenda)
    assert agenda[0].replace("\u00a0", " ") == "Tickets ouverts : 1 (T-2026-0008)"
    assert agenda[1].replace("\u00a0", " ") == "Rétablissements hors délai : 2 (T-2026-0001, T-2026-0008)"
    assert agenda[2].startswith("Incidents répétés\u00a0: ")
    assert "PC-07 (lenteur, 2\u00a0fois)" in agenda[2]
    assert "SRV-01 (serveur, 2\u00a0fois)" in agenda[2]
    assert "83,3\u00a0%" in agenda[3]
    assert agenda[-1] == meetings.LAST_POINT


def test_what_is_due_is_told_without_what_one_decides(session: Session, contract: int) -> None:
    kept = session.get_one(Contract, contract)
    kept.starts_on, kept.fee = this_day() - timedelta(days=300), 90_000
    kept.index_name = "Syntec"
    session.add(Amendment(number="AV-1", contract_id=contract, subject="Deux postes", effective_on=this_day()))
    session.add(Amendment(number="AV-2", contract_id=contract, subject="Wi-Fi", status=AmendmentStatus.SIGNED,
                          effective_on=this_day()))  # fmt: skip
    session.add(ReturnItem(contract_id=contract, label="Comptes", due_on=this_day()))
    session.flush()
    made = meetings.plan(session, meetings.proposed(session, contract), datetime.now(UTC))
    told = {fact.key: fact for fact in meetings.facts(session, made, datetime.now(UTC))}
    assert told["certificates"].text.startswith("attestation URSSAF")
    assert "à signer" in told["amendments"].text
    assert told["returns"].line.startswith("Réversibilité")
    assert "révision du prix" in told["deadlines"].text
    assert told["term"].text.startswith("la période en cours finit le")
    whole = " ".join(fact.line for fact in told.values()).casefold()
    assert "préavis" not in whole
    assert "décider" not in whole


def test_nothing_is_told_where_nothing_happened(session: Session) -> None:
    quiet = add_contract(session, number="CT-9", starts_on=this_day(), initial_months=36)
    session.get_one(Contract, quiet).provider_id = None
    session.flush()
    made = meetings.plan(session, {"contract_id": quiet, "subject": "Vide", "starts_at": ago(-3)}, datetime.now(UTC))
    assert meetings.lines(session.get_one(Meeting, made).agenda) == [meetings.LAST_POINT]
    own = {"contract_id": quiet, "subject": "La nôtre", "starts_at": ago(-4), "agenda": "Le serveur"}
    meeting = session.get_one(Meeting, meetings.plan(session, own, datetime.now(UTC)))
    assert meeting.agenda == "Le serveur"
    drawn = papers.draft(session, "ordre-du-jour", meeting.number, datetime.now(UTC))
    assert "Chiffres de la période" not in "".join(pages_of(drawn))


def test_a_first_meeting_is_proposed_with_those_in_charge(session: Session, contract: int) -> None:
    told = meetings.proposed(session, contract, MeetingKind.YEARLY)
    assert told["participants"] == "Claire Bonnin\nIsabelle Rey, Gérante"
    assert told["subject"] == "Bilan annuel"
    assert told["starts_at"] > datetime.now(UTC)
    assert told["since"] < this_day()


def test_the_next_one_follows_the_last(session: Session, contract: int) -> None:
    first = hold(session, contract, 30, participants="Claire Bonnin\nIsabelle Rey, Gérante")
    told = meetings.proposed(session, contract)
    assert told["participants"] == "Claire Bonnin\nIsabelle Rey, Gérante"
    assert abs((told["starts_at"].date() - this_day()).days - 40) <= 4
    following = meetings.plan_next(session, first, datetime.now(UTC))
    assert meetings.planned(session, contract) == session.get_one(Meeting, following)
    with pytest.raises(Refused, match="est déjà prévue"):
        meetings.plan_next(session, first, datetime.now(UTC))
    meetings.cancel(session, following)
    assert meetings.planned(session, contract) is None
    with pytest.raises(Refused, match="est annulée"):
        meetings.write_up(session, following, {"minutes": "x"})


def test_an_agenda_point_is_put_once_and_brought_up_to_date(session: Session, contract: int) -> None:
    made = meetings.plan(session, {"contract_id": contract, "subject": "Juin", "starts_at": JULY, **JUNE}, JULY)
    fact = meetings.facts(session, made, JULY)[0]

    def points() -> list[str]:
        return meetings.lines(session.get_one(Meeting, made).agenda)

    assert meetings.standing(points(), fact) == "there"
    records.update(session, ENTITIES["meeting"], made, {"agenda": f"{fact.begins} 12\n{meetings.LAST_POINT}"})
    assert meetings.standing(points(), fact) == "changed"
    meetings.put_point(session, made, fact)
    assert points() == [fact.line, meetings.LAST_POINT]
    records.update(session, ENTITIES["meeting"], made, {"agenda": None})
    assert meetings.standing(points(), fact) == "absent"
    meetings.put_point(session, made, fact)
    assert points() == [fact.line]
    records.update(session, ENTITIES["meeting"], made, {"agenda": meetings.LAST_POINT})
    meetings.put_point(session, made, fact)
    assert points() == [fact.line, meetings.LAST_POINT]


@pytest.mark.parametrize(
    ("days", "values", "field"),
    [
        (-3, {"minutes": "Trop tôt"}, "minutes"),
        (3, {"minutes": " ", "decisions": None}, "minutes"),
        (3, {"minutes": "Dit", "next_on": None}, "next_on"),
        (3, {"minutes": "Dit", "next_on": this_day() - timedelta(days=9)}, "next_on"),
    ],
)
def test_what_lacks_of_minutes(session: Session, contract: int, days: int, values: dict[str, Any], field: str) -> None:
    given = {"contract_id": contract, "subject": "Revue", "starts_at": ago(days)}
    made = meetings.plan(session, given, datetime.now(UTC))
    with pytest.raises(InvalidFields) as refused:
        meetings.write_up(session, made, values)
    assert set(refused.value.problems) == {field}


def test_the_last_meeting_needs_no_next_one(session: Session, contract: int) -> None:
    given = {"contract_id": contract, "subject": "Fin", "starts_at": ago(1), "kind": MeetingKind.EXIT}
    made = meetings.plan(session, given, datetime.now(UTC))
    meetings.write_up(session, made, {"decisions": "Rendre les clés"})
    assert session.get_one(Meeting, made).status == MeetingStatus.HELD
    number = session.get_one(Meeting, made).number
    text = flat("".join(pages_of(papers.draft(session, "reunion", number, datetime.now(UTC)))))
    assert "Cette réunion est la dernière." in text
    assert "Aucune action." in text


def test_actions_are_followed_until_they_are_settled(session: Session, contract: int) -> None:
    first = hold(session, contract, 60)
    late, done, dropped = (act(session, first, label) for label in ("Mesurer", "Poser", "Comparer"))
    second = hold(session, contract, 30)
    assert [one.label for one in meetings.carried_actions(session, second)] == ["Mesurer", "Poser", "Comparer"]
    actions.settle(
        session, "meeting_action", done, ActionState.DONE, {"done_on": this_day(), "outcome": "Deux disques"}
    )
    with pytest.raises(InvalidFields, match="pourquoi"):
        actions.settle(session, "meeting_action", dropped, ActionState.DROPPED, {})
    actions.settle(session, "meeting_action", dropped, ActionState.DROPPED, {"outcome": "Repris ailleurs"})
    with pytest.raises(InvalidFields):
        actions.settle(session, "meeting_action", late, ActionState.DONE, {"done_on": this_day() + timedelta(days=1)})
    third = hold(session, contract, 1)
    rows = meetings.carried_actions(session, third)
    assert [(one.label, one.late, meeting_paper.state_told(one)) for one in rows[:1]] == [
        ("Mesurer", True, "En retard")
    ]
    assert [one.label for one in rows] == ["Mesurer", "Poser"]
    actions.settle(session, "meeting_action", done, ActionState.TO_DO, {})
    assert session.get_one(MeetingAction, done).done_on is None
    fact = meetings.facts(session, third, datetime.now(UTC))[0]
    assert fact.text.startswith("2 à faire, dont 2 en retard")
    assert meetings.carried_actions(session, first) == []


def test_the_minutes_are_a_paper_to_sign(session: Session, contract: int) -> None:
    first = hold(session, contract, 60)
    act(session, first, "Mesurer le Wi-Fi")
    values = {"decisions": "Un binôme est nommé.\nDeux disques en stock.", "excused": "Yanis"}
    made = hold(session, contract, 10, place="Dijon", **values)
    done = act(session, made, "Nommer le binôme", 5)
    actions.settle(session, "meeting_action", done, ActionState.DONE, {"done_on": this_day()})
    dropped = act(session, made, "Déplacer la baie", 5)
    actions.settle(session, "meeting_action", dropped, ActionState.DROPPED, {"outcome": "Trop cher"})
    meeting = session.get_one(Meeting, made)
    meeting.since, meeting.until = JUNE["since"], JUNE["until"]
    session.flush()
    issued = papers.issued_bytes(session, papers.issue(session, "reunion", meeting.number, datetime.now(UTC)))
    text = flat("".join(pages_of(issued)))
    for told in (
        "Compte rendu de réunion", "Un binôme est nommé.", "Nommer le binôme", "Abandonnée : trop cher", "Tout va.",
        "Mesurer le Wi-Fi", "En retard", "83,3 %", "Prochaine réunion", "Pour Ateliers Morvan", "Pour Lumeo Services",
        "Excusés", "Yanis",
    ):  # fmt: skip
        assert told in text


def test_the_agenda_is_a_paper_before(session: Session, contract: int) -> None:
    made = meetings.plan(session, meetings.proposed(session, contract), datetime.now(UTC))
    number = session.get_one(Meeting, made).number
    text = flat("".join(pages_of(papers.draft(session, "ordre-du-jour", number, datetime.now(UTC)))))
    assert "Ordre du jour de réunion" in text
    assert "Points divers" in text
    assert b"word/document.xml" in papers.word(session, "ordre-du-jour", number, datetime.now(UTC))
    with pytest.raises(Refused, match="Rédigez d’abord"):
        papers.issue(session, "reunion", number, datetime.now(UTC))
    with pytest.raises(Refused, match="Donnez un numéro"):
        papers.draft(session, "reunion", None, datetime.now(UTC))
    with pytest.raises(NotFound):
        papers.draft(session, "reunion", "RE-9", datetime.now(UTC))
    with pytest.raises(NotFound):
        meetings.found(session, 99)


def test_an_empty_agenda_still_draws(session: Session, contract: int) -> None:
    given = {"contract_id": contract, "subject": "Vide", "starts_at": ago(-2)}
    made = meetings.plan(session, given, datetime.now(UTC))
    meeting = session.get_one(Meeting, made)
    meeting.agenda = meeting.since = meeting.participants = None
    session.get_one(Contract, contract).provider_id = None
    session.flush()
    assert papers.draft(session, "ordre-du-jour", meeting.number, datetime.now(UTC))
    sent = message_from_bytes(meeting_paper.email(session, made, ("a.pdf", b"%PDF")), policy=policy.default)
    body = sent.get_body()
    assert body is not None
    assert "Aucun point n’est inscrit." in body.get_content()


@pytest.mark.parametrize(("held", "subject"), [(False, "Réunion du"), (True, "Compte rendu de la réunion du")])
def test_the_participants_are_written_to(session: Session, contract: int, held: bool, subject: str) -> None:
    people = {"participants": "Claire Bonnin\nIsabelle Rey, Gérante\nQuelqu’un d’autre"}
    given = {"contract_id": contract, "subject": "Revue", "starts_at": ago(2), "place": "Dijon", **people}
    made = meetings.plan(session, given, datetime.now(UTC))
    if held:
        meetings.write_up(session, made, {"minutes": "Dit", "next_on": this_day() + timedelta(days=9), **people})
    sent = message_from_bytes(meeting_paper.email(session, made, ("cr.pdf", b"%PDF-")), policy=policy.default)
    assert sent["To"] == "claire@morvan.example, rey@lumeo.example"
    at = session.get_one(Meeting, made).starts_at.astimezone(PARIS)
    assert flat(sent["Subject"]).startswith(f"{subject} {at:%d/%m/%Y}")
    assert [part.get_filename() for part in sent.iter_attachments()] == ["cr.pdf"]
    assert session.get_one(Provider, 1).name == "Lumeo Services"
