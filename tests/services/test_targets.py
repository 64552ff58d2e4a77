"""What each indicator must reach: declared, chosen by the company or for a contract, from a day on."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from app.errors import InvalidFields, NotFound, Refused
from app.kpi import REGISTRY
from app.models import IndicatorTarget, Objective
from app.services import targets
from app.services.targets import Chosen, Served, Target
from app.storage import Store
from tests.services.company import add_contract

MAY, JUNE, JULY = date(2026, 5, 31), date(2026, 6, 1), date(2026, 7, 1)
DECLARED = Target(REGISTRY["gtr"].target)
EIGHTY, NINETY = Decimal("0.8"), Decimal("0.9")


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened


@pytest.fixture
def objective(session: Session) -> int:
    wanted = Objective(title="Ne jamais arrêter l’atelier")
    session.add(wanted)
    session.flush()
    return wanted.id


def test_the_declared_one_until_another_is_chosen(session: Session, objective: int) -> None:
    assert targets.of(session, "gtr", JUNE) == DECLARED
    targets.set_target(session, "gtr", EIGHTY, starts_on=JUNE, objective_id=objective)
    assert targets.of(session, "gtr", MAY) == DECLARED
    wanted = Target(EIGHTY, "Ne jamais arrêter l’atelier", JUNE, own=True, objective_id=objective)
    assert targets.of(session, "gtr", JUNE) == targets.of(session, "gtr", JULY, 7) == wanted
    assert targets.every(session, JUNE)["gtr"] == wanted
    assert targets.every(session, JUNE, codes=["mtta"]) == {"mtta": Target(Decimal(1))}


def test_that_of_the_contract_before_that_of_the_company(session: Session) -> None:
    contract, other = add_contract(session), add_contract(session, number="CT-2")
    targets.set_target(session, "mtta", Decimal("0.5"), contract_id=contract)
    targets.set_target(session, "mtta", Decimal(2), starts_on=JUNE)
    assert targets.of(session, "mtta", JULY, contract) == Target(Decimal("0.5"), own=True, of_contract=True)
    assert targets.of(session, "mtta", JULY, other).value == targets.of(session, "mtta", JULY).value == 2


@pytest.mark.parametrize(
    ("code", "value"), [("gtr", Decimal("0.955")), ("mttres", Decimal("4.25")), ("backlog", Decimal(12))]
)
def test_a_value_comes_back_in_the_unit_of_its_indicator(session: Session, code: str, value: Decimal) -> None:
    targets.set_target(session, code, value)
    assert targets.of(session, code, JUNE).value == value


def test_the_same_day_again_takes_its_place(session: Session) -> None:
    first = targets.set_target(session, "gtr", EIGHTY, starts_on=JUNE)
    assert targets.set_target(session, "gtr", NINETY, starts_on=JUNE) == first
    assert targets.set_target(session, "gtr", EIGHTY, starts_on=JULY, reason="Renégocié") != first
    found = targets.history(session, "gtr")
    assert [(one.since, one.value, one.reason) for one in found] == [(JULY, EIGHTY, "Renégocié"), (JUNE, NINETY, "")]


def test_taken_away_from_a_day_on(session: Session) -> None:
    contract = add_contract(session)
    targets.set_target(session, "gtr", NINETY, contract_id=contract)
    targets.set_target(session, "gtr", EIGHTY)
    targets.clear(session, "gtr", JUNE, contract_id=contract, reason="Comme les autres")
    assert [targets.of(session, "gtr", on, contract).value for on in (MAY, JUNE)] == [NINETY, EIGHTY]
    targets.clear(session, "gtr", JULY)
    assert [targets.of(session, "gtr", on, contract) for on in (JULY,)] == [DECLARED]
    with pytest.raises(Refused, match="Aucune cible"):
        targets.clear(session, "gtr", JULY)
    taken = next(one for one in targets.history(session, "gtr") if one.contract and one.since)
    assert taken == Chosen(taken.id, contract, "CT-2026-01", JUNE, None, "", "Comme les autres")


def test_what_cannot_be_a_target(session: Session) -> None:
    for value, sentence in ((Decimal(-1), "négative"), (Decimal("1.01"), "100")):
        with pytest.raises(InvalidFields, match=sentence):
            targets.set_target(session, "gtr", value)
    with pytest.raises(Refused, match="ne se juge pas"):
        targets.set_target(session, "volume", Decimal(3))
    for act in (targets.history, lambda s, code: targets.of(s, code, JUNE)):
        with pytest.raises(NotFound):
            act(session, "rien")


def test_the_indicators_that_serve_an_objective(session: Session, objective: int) -> None:
    contract = add_contract(session)
    targets.set_target(session, "dispo", NINETY, objective_id=objective)
    targets.set_target(session, "gtr", EIGHTY, starts_on=JUNE, objective_id=objective)
    targets.set_target(session, "gti", NINETY, contract_id=contract, objective_id=objective)
    served = targets.serving(session, JUNE)[objective]
    assert set(served) == {
        Served("dispo", REGISTRY["dispo"].label, "", NINETY), Served("gtr", REGISTRY["gtr"].label, "", EIGHTY),
        Served("gti", REGISTRY["gti"].label, "CT-2026-01", NINETY),
    }  # fmt: skip
    assert {one.code for one in targets.serving(session, MAY)[objective]} == {"dispo", "gti"}


def test_a_row_of_an_indicator_that_is_no_more_harms_nothing(session: Session) -> None:
    session.add(IndicatorTarget(indicator="ancien", value=1))
    session.flush()
    assert "ancien" not in targets.every(session, JUNE)
