"""What a ticket being typed looks like (domain.md B.2, « Récurrence »)."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Asset, Person, Ticket, TicketEvent
from app.models.codes import EventKind, TicketKind
from app.services import similar, ticket_links, tickets
from app.services.similar import Asked
from app.services.tickets import TicketDraft
from app.storage import Store
from tests.services.company import add_asset, add_ticket, june


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Imprimantes bloquées", {"imprim", "bloquee"[:6]}),
        ("Le PC ne marche plus depuis hier", set()),
        ("Écran noir à l’allumage", {"ecran", "noir", "alluma"}),
        ("", set()),
    ],
)
def test_only_words_that_tell_are_kept(text: str, kept: set[str]) -> None:
    assert similar.roots(text) == kept


@pytest.fixture
def known(store: Store) -> dict[str, int]:
    """A printer mended on 3 June, open again since the 20th; another asset whose badge reader was mended in May."""
    with store.begin("essai") as session:
        printer, post = add_asset(session, "AA-01"), add_asset(session, "AB-02")
        mended = add_ticket(
            session, "02 10:00", asset_id=printer, subject="Bourrage papier bac 2", category="Impression"
        )
        tickets.resolve(session, mended, june("03 10:00"))
        opened = add_ticket(session, "20 10:00", asset_id=printer, subject="Traces noires", category="Impression")
        reader = add_ticket(session, "05 10:00", asset_id=post, subject="Lecteur badges muet accueil", category="Accès")
        tickets.resolve(session, reader, june("05 12:00"))
        gone = add_ticket(session, "06 10:00", asset_id=printer, subject="Bourrage papier bac 2")
        tickets.cancel(session, gone, june("06 11:00"), "Doublon")
    return {"printer": printer, "post": post, "mended": mended, "opened": opened, "reader": reader}


def ids(found: tuple[similar.Similar, ...]) -> list[int]:
    return [one.id for one in found]


def asked(words: str, day: str = "25 10:00", **more: object) -> Asked:
    return Asked(words, june(day), **more)  # type: ignore[arg-type]


def test_what_is_open_on_the_asset_may_be_the_same_call(store: Store, known: dict[str, int]) -> None:
    with store.read() as session:
        found = similar.find(session, asked("", asset_id=known["printer"]))
    assert ids(found.open_now) == [known["opened"]]
    assert found.open_now[0].why == "même bien"
    assert not found.before


def test_the_same_trouble_solved_is_told_for_ninety_days(store: Store, known: dict[str, int]) -> None:
    with store.read() as session:
        found = similar.find(session, asked("Encore un bourrage", asset_id=known["printer"], category="Impression"))
        assert ids(found.before) == [known["mended"]]
        assert found.before[0].why == "même bien, même catégorie, mêmes mots"
        late = Asked("bourrage", june("03 10:00") + timedelta(days=91), known["printer"])
        assert not similar.find(session, late).before
        request = asked("bourrage", asset_id=known["printer"], kind=TicketKind.REQUEST)
        assert not similar.find(session, request).before


def test_words_alone_are_enough_when_they_are_many(store: Store, known: dict[str, int]) -> None:
    with store.read() as session:
        found = similar.find(session, asked("le lecteur de badges de l’accueil est muet"))
        assert ids(found.before) == [known["reader"]]
        assert found.before[0].why == "mêmes mots"
        assert not similar.find(session, asked("lecteur")).before
        assert similar.find(session, asked("")) == similar.Found()


@pytest.mark.usefixtures("known")
def test_the_category_of_the_same_words_is_offered(store: Store) -> None:
    with store.read() as session:
        assert similar.find(session, asked("un bourrage papier")).category == "Impression"
        assert similar.find(session, asked("lecteur de badges")).category == "Accès"
        assert not similar.find(session, asked("lecteur de badges", category="Réseau")).category
        assert not similar.find(session, asked("téléphone")).category


def test_the_same_requester_is_told(store: Store, known: dict[str, int]) -> None:
    with store.begin("essai") as session:
        nadia = _nadia(session)
        add_ticket(session, "21 10:00", asset_id=known["post"], requester_id=nadia, subject="Souris")
    with store.read() as session:
        found = similar.find(session, asked("souris", asset_id=known["post"], requester_id=nadia))
    assert found.open_now[0].why == "même bien, même demandeur, mêmes mots"


@pytest.mark.usefixtures("known")
def test_categories_already_used_are_offered(store: Store) -> None:
    with store.read() as session:
        assert similar.categories(session) == ["Impression", "Accès"]


def _nadia(session: Session) -> int:
    person = Person(last_name="Roussel", first_name="Nadia")
    session.add(person)
    session.flush()
    return person.id


def test_how_often_the_asset_fails(store: Store, known: dict[str, int]) -> None:
    with store.read() as session:
        told = similar.recurrence(session, asked("", asset_id=known["printer"]))
        assert told == "Ce serait le 3e incident de ce bien en 90\u00a0jours."
        assert not similar.recurrence(session, asked("", day="01 10:00", asset_id=known["printer"]))
        assert not similar.recurrence(session, asked(""))
        assert not similar.recurrence(session, asked("", asset_id=known["printer"], kind=TicketKind.REQUEST))


def test_the_assets_of_a_person_come_first(store: Store, known: dict[str, int]) -> None:
    with store.begin("essai") as session:
        nadia = _nadia(session)
        session.get_one(Asset, known["post"]).person_id = nadia
        yesterday = datetime.now(UTC) - timedelta(days=1)
        called = TicketDraft(subject="Bac vide", opened_at=yesterday, asset_id=known["printer"], requester_id=nadia)
        tickets.open_ticket(session, called)
        assert similar.assets_of(session, nadia) == [(known["post"], "AB-02"), (known["printer"], "AA-01")]


def test_a_link_says_what_it_is(store: Store, known: dict[str, int]) -> None:
    with store.begin("essai") as session:
        problem = add_ticket(session, "22 10:00", kind=TicketKind.PROBLEM, subject="Pilote d’impression")
        fresh = add_ticket(session, "23 10:00", asset_id=known["printer"])
        for other in (known["opened"], known["mended"], problem):
            similar.attach(session, fresh, other)
        similar.attach(session, problem, known["opened"])
        read = {one.ticket_id: one.title for one in ticket_links.of_ticket(session, fresh)}
        causes = [one.title for one in ticket_links.of_ticket(session, problem)]
    assert read == {known["opened"]: "Lié à", known["mended"]: "Fait suite à", problem: "Causé par"}
    assert causes == ["Cause de", "Cause de"]


def test_a_second_call_is_noted_on_the_first(store: Store, known: dict[str, int]) -> None:
    with store.begin("essai") as session:
        similar.same_call(session, known["opened"], june("01 10:00"), asked("Traces\nsur les plans"))
        nadia = _nadia(session)
        similar.same_call(session, known["opened"], june("25 10:00"), asked("", requester_id=nadia))
        session.get_one(Ticket, known["opened"]).requester_id = nadia
        similar.same_call(session, known["opened"], june("26 10:00"), asked("", requester_id=nadia))
    with store.read() as session:
        rows = session.execute(
            select(TicketEvent.at, TicketEvent.text).where(TicketEvent.kind == EventKind.NOTE).order_by(TicketEvent.id)
        ).all()
    assert [tuple(row) for row in rows] == [
        (june("20 10:00"), "Signalé aussi\u00a0: Traces\nsur les plans"),
        (june("25 10:00"), "Signalé aussi par Nadia Roussel."),
        (june("26 10:00"), "Signalé de nouveau par Nadia Roussel."),
    ]
