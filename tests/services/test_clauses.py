"""The library of clauses: thirty-six of our own, corrected, versioned, refreshed (domain.md C.9)."""

import re

import pytest
from sqlalchemy import select

from app.entities.clauses import CLAUSE
from app.errors import InvalidFields, NotFound
from app.models import Clause
from app.models.contract_codes import ClauseFamily
from app.services import clauses, gdpr, records
from app.services.variables import GROUPS, VARIABLES, unknown
from app.storage import Store

TITLES = 36


def first(store: Store, topic: str = "penalites") -> Clause:
    with store.read() as session:
        return session.scalars(select(Clause).where(Clause.topic == topic)).one()


def test_a_new_base_has_the_thirty_six_clauses_in_order(ready: Store) -> None:
    with ready.read() as session:
        kept = list(session.scalars(select(Clause).order_by(Clause.position)))
    assert len(kept) == TITLES
    assert kept[0].topic == "parties"
    assert kept[-1].topic == "litiges"
    assert {clause.revision for clause in kept} == {1}
    assert gdpr.CLAUSE in {clause.topic for clause in kept}


@pytest.mark.parametrize("told", clauses.bundle(), ids=lambda told: str(told["topic"]))
def test_each_text_is_whole_plain_and_careful(told: dict[str, str]) -> None:
    text = told["text"]
    words = re.findall(r"\w[\w’-]*", text)
    assert 60 <= len(words) <= 250
    assert not unknown(text)
    assert ClauseFamily.of(told["family"])
    assert told["why"].endswith(".")
    assert 1 <= int(told["weight"]) <= 10
    assert "conforme à" not in text.lower()
    assert "AFNOR" not in text
    assert not re.search(r" [:;?!%€»]|« |'", text)


@pytest.mark.parametrize(
    ("topic", "facts"),
    [
        ("niveaux", ("signalement enregistré", "à l’heure de l’appel", "première action utile", "rétabli et confirmé")),
        ("donnees", ("instructions", "secret", "article 32", "accord écrit et préalable", "personnes concernées",
                     "vingt-quatre heures", "rend ou efface", "audits", "registre", "illicite", "hébergement")),
        ("penalites", ("ne sont pas libératoires", "mise en demeure")),
        ("force-majeure", ("1218", "Ne sont pas", "panne d’un matériel", "attaque informatique", "1195")),
        ("paiement", ("40\u00a0€", "L441-10", "sans rappel")),
        ("objet", ("conditions générales", "exclues")),
        ("reversibilite", ("mots de passe", "DNS", "clés", "procès-verbal", "efface")),
        ("social", ("5\u00a0000\u00a0€", "six mois", "URSSAF")),
        ("litiges", ("en qualité de commerçant",)),
        ("duree", ("première présentation",)),
    ],
)  # fmt: skip
def test_a_clause_says_what_domain_asks(topic: str, facts: tuple[str, ...]) -> None:
    text = next(told["text"] for told in clauses.bundle() if told["topic"] == topic).replace("\u00a0", " ")
    assert [fact for fact in facts if fact.replace("\u00a0", " ") not in text] == []


def test_every_variable_stands_in_a_group_with_its_words() -> None:
    used = set(re.findall(r"\{(\w+)\}", " ".join(str(told["text"]) for told in clauses.bundle())))
    assert used <= set(VARIABLES)
    assert {one.group for one in VARIABLES.values()} == set(GROUPS)
    assert all(one.label for one in VARIABLES.values())


def test_a_text_corrected_makes_the_next_version_and_keeps_the_former(ready: Store) -> None:
    before = first(ready)
    with ready.begin() as session:
        clauses.save(session, before.id, {"title": before.title, "text": "Un nouveau texte.", "weight": 9})
    with ready.read() as session:
        now, former = clauses.versions(session, before.id)
    assert (now.revision, now.text, now.replaced_at) == (2, "Un nouveau texte.", None)
    assert (former.revision, former.text) == (1, before.text)
    assert former.replaced_at is not None
    assert (first(ready).weight, first(ready).is_ours) == (9, True)


def test_a_screen_that_loses_no_break_spaces_makes_no_version(ready: Store) -> None:
    before = first(ready)
    with ready.begin() as session:
        plain = before.text.replace("\u00a0", " ")
        clauses.save(session, before.id, {"title": before.title, "text": plain})
        assert session.get_one(Clause, before.id).revision == 1
        clauses.save(session, before.id, {"title": before.title, "text": "Ainsi : 5 % « net » ; fin."})
    assert first(ready).text == "Ainsi\u00a0: 5\u00a0% «\u00a0net\u00a0»\u00a0; fin."


def test_what_is_not_the_text_makes_no_version(ready: Store) -> None:
    before = first(ready)
    with ready.begin() as session:
        clauses.save(session, before.id, {"title": before.title, "text": before.text, "why": "Autre raison."})
    assert (first(ready).revision, first(ready).why) == (1, "Autre raison.")


def test_a_former_version_is_taken_again_without_losing_any(ready: Store) -> None:
    before = first(ready)
    with ready.begin() as session:
        clauses.save(session, before.id, {"title": before.title, "text": "Deuxième."})
        clauses.restore(session, before.id, 1)
    with ready.read() as session:
        found = clauses.versions(session, before.id)
    assert [one.revision for one in found] == [3, 2, 1]
    assert (found[0].text, found[1].text) == (before.text, "Deuxième.")
    with ready.begin() as session, pytest.raises(NotFound):
        clauses.restore(session, before.id, 9)


def test_a_clause_of_our_own_joins_the_library(ready: Store) -> None:
    told = {"title": "Télétravail", "text": "Le prestataire {prestataire} aide aussi à distance.",
            "family": ClauseFamily.ORGANISATION, "mandatory": False, "weight": 2, "why": None}  # fmt: skip
    with ready.begin() as session:
        made = [clauses.save(session, None, told), clauses.save(session, None, {**told, "title": "Autre"})]
        found = [session.get_one(Clause, one) for one in made]
        assert [one.topic for one in found] == ["maison-1", "maison-2"]
        assert [one.position for one in found] == [370, 380]
        assert all(one.is_ours for one in found)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"title": "T", "text": "Chez {inconnu} et {autre}."}, "Je ne connais pas {autre}, {inconnu}."),
        ({"title": "", "text": "x"}, "obligatoire"),
        ({"title": "T", "text": " "}, "obligatoire"),
    ],
)
def test_a_text_that_cannot_be_filled_is_refused(ready: Store, values: dict[str, str], problem: str) -> None:
    whole = {"family": ClauseFamily.LEGAL, "mandatory": False, "weight": 1, "why": None, **values}
    with ready.begin() as session, pytest.raises(InvalidFields) as refused:
        clauses.save(session, None, whole)
    assert problem in " ".join(refused.value.problems.values())


def test_a_newer_library_changes_only_what_the_company_left(ready: Store) -> None:
    with ready.begin() as session:
        assert clauses.refresh(session).sentence == "La bibliothèque est déjà celle du programme."
        kept = {clause.topic: clause for clause in session.scalars(select(Clause))}
        clauses.save(session, kept["prix"].id, {"title": kept["prix"].title, "text": "À nous."})
        kept["duree"].text = "Ancien texte du programme."
        kept["litiges"].topic = "ancien"
        session.flush()
        found = clauses.refresh(session)
        assert (found.added, found.changed, found.kept) == (1, 1, 1)
        assert found.sentence == "1\u00a0clause ajoutée, 1\u00a0mise à jour\u00a0; 1\u00a0clause à vous gardée"
        assert kept["prix"].text == "À nous."
        assert kept["duree"].revision == 2
        assert clauses.versions(session, kept["duree"].id)[1].text == "Ancien texte du programme."


def test_a_clause_in_the_bin_is_no_longer_found(ready: Store) -> None:
    found = first(ready)
    with ready.begin() as session:
        records.to_bin(session, CLAUSE, [found.id])
    with ready.read() as session, pytest.raises(NotFound):
        clauses.found(session, found.id)
