"""What was bought: proposed by the limit, judged whole when it is a set, decided by bulk (domain.md E.2)."""

from dataclasses import replace
from datetime import date

import pytest

from app.entities import ENTITIES
from app.errors import InvalidFields, Refused
from app.jobs import drain
from app.models import Asset, Company, FixedAsset, InvoiceLine, Licence
from app.models.codes import Zone
from app.models.money_codes import FixedKind, LineKind, Treatment
from app.services import preferences, records
from app.services.fixed_assets import bought, decide, limits
from app.services.fixed_assets.bought import Bought
from app.services.invoices.draft import DraftLine
from app.storage import Store
from tests.services.fixed_assets.fleet import BOUGHT, add_asset, add_invoice, add_licence

CAPITALISED, EXPENSED, TO_DECIDE = Treatment.CAPITALISED, Treatment.EXPENSED, Treatment.TO_DECIDE


@pytest.mark.parametrize(("price", "proposal"), [(50_000, EXPENSED), (50_001, CAPITALISED), (0, EXPENSED)])
def test_an_asset_is_judged_by_its_price(ready: Store, price: int, proposal: Treatment) -> None:
    with ready.begin() as session:
        add_asset(session, price)
        assert [one.proposal for one in bought.pending(session)] == [proposal]


def test_only_what_is_owned_present_priced_and_undecided_is_asked(ready: Store) -> None:
    with ready.begin() as session:
        add_asset(session, 90_000, ownership="rented")
        add_asset(session, 90_000, treatment="expensed")
        unpriced = add_asset(session, None)
        add_licence(session, 90_000, kind="subscription")
        add_licence(session, 90_000, kind="perpetual", purchased_on=BOUGHT)
        found = bought.pending(session)
        assert bought.count(session) == len(found) == 2
        assert bought.unpriced(session) == (unpriced,)
    assert [(one.proposal, one.kind) for one in found] == [
        (CAPITALISED, FixedKind.SOFTWARE),
        (EXPENSED, FixedKind.SOFTWARE),
    ]
    assert found[1].why == bought.SUBSCRIPTION


def test_lines_of_invoices_count_where_no_asset_tells_them(ready: Store) -> None:
    with ready.begin() as session:
        asset = add_asset(session, 90_000, invoice="F-1")
        add_invoice(
            session,
            DraftLine("Portable", 90_000, LineKind.EQUIPMENT),
            DraftLine("Dix écrans", 150_000, LineKind.EQUIPMENT, quantity=10_000),
            DraftLine("Station", 70_000, LineKind.EQUIPMENT, asset_id=asset),
            DraftLine("Câbles au mètre", 60_000, LineKind.EQUIPMENT, quantity=500),
            DraftLine("Contrat", 90_000),
            DraftLine("Logiciel de CAO", 60_000, LineKind.SOFTWARE),
            DraftLine("Remise", -1_000, LineKind.EQUIPMENT),
        )
        found = {one.label: one for one in bought.pending(session) if one.key[0] == "invoice_line"}
        assert bought.count(session) == 4
    assert list(found) == ["Dix écrans", "Câbles au mètre", "Logiciel de CAO"]
    assert (found["Dix écrans"].unit, found["Dix écrans"].proposal) == (15_000, EXPENSED)
    assert found["Dix écrans"].why == "150,00\u00a0€ l’unité\u00a0: peut passer en charge."
    assert found["Câbles au mètre"].proposal == CAPITALISED
    assert (found["Logiciel de CAO"].kind, found["Logiciel de CAO"].proposal) == (FixedKind.SOFTWARE, CAPITALISED)


def test_without_vat_recovered_costs_are_ttc_and_the_limit_stays_before_tax(ready: Store) -> None:
    with ready.begin() as session:
        preferences.save(session, {"vat_recovered": False})
        for price in (49_999, 50_000, 50_001):
            add_asset(session, price)
        found = bought.pending(session)
        assert (limits.limits(session).net, limits.limits(session).limit) == (50_000, 60_000)
    assert [(one.cents, one.vat, one.proposal) for one in found] == [
        (59_999, 10_000, EXPENSED), (60_000, 10_000, EXPENSED), (60_001, 10_000, CAPITALISED),
    ]  # fmt: skip


def test_the_rate_of_an_overseas_department(ready: Store) -> None:
    with ready.begin() as session:
        session.add(Company(name="Caraïbes", zone=Zone.MARTINIQUE))
        assert limits.limits(session).rate == 850


def test_what_may_be_a_set_is_left_to_a_person(ready: Store) -> None:
    with ready.begin() as session:
        person = records.create(session, ENTITIES["person"], {"last_name": "Morvan"})
        told = {"invoice": "F-9", "supplier": "Vernay", "person_id": person}
        assets = [
            add_asset(session, price, name, **told)
            for price, name in ((45_000, "Poste fixe"), (25_000, "Écran"), (5_000, "Périphérique"))
        ]
        found = bought.pending(session)
        assert {one.proposal for one in found} == {TO_DECIDE}
        assert "750,00" in found[0].why
        assert bought.judged(found, limits.limits(session)) == CAPITALISED
        assert bought.judged(found[:1], limits.limits(session)) == EXPENSED
        line = decide.capitalise_set(
            session, [("asset", one) for one in assets], {"fees": 3_000, "label": "Poste complet"}
        )
        made = session.get_one(FixedAsset, line)
        assert (made.cost, made.label, made.acquired_on, made.starts_on) == (78_000, "Poste complet", BOUGHT, None)
        assert {session.get_one(Asset, one).fixed_asset_id for one in assets} == {line}
        assert bought.pending(session) == ()


def test_two_of_a_set_tell_the_other_by_its_number(ready: Store) -> None:
    with ready.begin() as session:
        person = records.create(session, ENTITIES["person"], {"last_name": "Morvan"})
        told = {"invoice": "F-9", "person_id": person}
        add_asset(session, 60_000, "Poste fixe", **told)
        add_asset(session, 25_000, "Écran", **told)
        tower, screen = sorted(bought.pending(session), key=lambda one: -one.cents)
    assert tower.proposal == CAPITALISED
    assert screen.proposal == TO_DECIDE
    assert tower.number in screen.why


def test_each_gets_its_line_or_passes_as_a_charge(ready: Store) -> None:
    with ready.begin() as session:
        laptop = add_asset(session, 90_000, commissioned_on=date(2026, 9, 17))
        licence = add_licence(session, 120_000, kind="perpetual", purchased_on=BOUGHT)
        invoice = add_invoice(
            session, DraftLine("Onduleur", 60_000, LineKind.EQUIPMENT), DraftLine("Souris", 2_000, LineKind.EQUIPMENT)
        )
        keys = {one.label: one.key for one in bought.pending(session)}
        made = decide.capitalise_each(session, [("asset", laptop), ("licence", licence), keys["Onduleur"]])
        assert decide.expense(session, [keys["Souris"]]) == 1
        assert bought.pending(session) == ()
        lines = [session.get_one(FixedAsset, one) for one in made]
        assert session.get_one(Licence, licence).treatment == CAPITALISED
        assert session.get_one(InvoiceLine, keys["Souris"][1]).treatment == EXPENSED
        assert [(one.kind, one.cost, one.starts_on) for one in lines] == [
            (FixedKind.HARDWARE, 90_000, date(2026, 9, 17)), (FixedKind.SOFTWARE, 120_000, BOUGHT),
            (FixedKind.HARDWARE, 60_000, None),
        ]  # fmt: skip
        assert [one.number for one in lines] == ["IM-0001", "IM-0002", "IM-0003"]
        assert (lines[2].invoice_id, lines[2].invoice_number, lines[2].supplier) == (invoice, "F-1", "Bureau Vernay")
        assert lines[2].vat == 12_000


def test_a_decision_is_taken_back(ready: Store) -> None:
    with ready.begin() as session:
        laptop, mouse = add_asset(session, 90_000), add_asset(session, 2_000)
        invoice = add_invoice(session, DraftLine("Onduleur", 60_000, LineKind.EQUIPMENT))
        key = next(one.key for one in bought.pending(session) if one.invoice_id == invoice)
        made = decide.capitalise_each(session, [("asset", laptop), key])
        decide.expense(session, [("asset", mouse)])
        with pytest.raises(Refused, match="corbeille"):
            decide.reopen(session, [("asset", laptop)])
        assert decide.reopen(session, [("asset", mouse)]) == 1
        assert decide.to_bin(session, made) == 2
        assert session.get_one(InvoiceLine, key[1]).treatment is None
        assert {one.key for one in bought.pending(session)} == {("asset", laptop), ("asset", mouse), key}


def test_what_changed_meanwhile_or_nothing_chosen(ready: Store) -> None:
    with ready.begin() as session:
        laptop = add_asset(session, 90_000)
        with pytest.raises(Refused, match="Choisissez"):
            decide.start(session, [])
        decide.expense(session, [("asset", laptop)])
        with pytest.raises(Refused, match="relisez"):
            decide.capitalise_each(session, [("asset", laptop)])


def test_a_refused_line_keeps_nothing(ready: Store) -> None:
    with ready.begin() as session:
        laptop = add_asset(session, 90_000)
        with pytest.raises(InvalidFields) as refused:
            decide.capitalise_set(session, [("asset", laptop)], {"label": ""})
        assert set(refused.value.problems) == {"label"}
        assert [one.key for one in bought.pending(session)] == [("asset", laptop)]


def test_the_proposals_are_followed_by_bulk(ready: Store) -> None:
    with ready.begin() as session:
        person = records.create(session, ENTITIES["person"], {"last_name": "Morvan"})
        for at in range(450):
            add_asset(session, 90_000 + at)
        add_asset(session, 40_000, invoice="F-9", person_id=person)
        screen = add_asset(session, 20_000, "Écran", invoice="F-9", person_id=person)
        mouse = add_asset(session, 2_000)
    done = drain(decide.follow_job(ready))
    assert done == decide.Decided(450, 450, 1)
    with ready.begin() as session:
        assert len(bought.pending(session)) == 2
        assert session.get_one(Asset, mouse).treatment == EXPENSED
        decide.expense(session, [("asset", screen)])
    assert drain(decide.follow_job(ready, [])) == decide.Decided(0, 0, 0)


def test_the_newest_comes_first(ready: Store) -> None:
    with ready.begin() as session:
        add_asset(session, 90_000, purchased_on=None)
        add_asset(session, 90_000, purchased_on=date(2025, 1, 1))
        add_asset(session, 90_000)
        found: list[Bought] = list(bought.pending(session))
    assert [one.bought_on for one in found] == [BOUGHT, date(2025, 1, 1), None]
    assert replace(found[0], why="") != found[0]
