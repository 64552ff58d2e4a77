"""Licences against the machines seen: held, given, used, missing, without use, over."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import InvalidFields, NotFound
from app.fields import this_day
from app.models import Asset, Licence, LicenceSeat, Software
from app.models.codes import AssetStatus, LicenceNeed, LicenceState, SoftwareCover
from app.services import licences, listing, records, software, software_needs
from app.services.licences import Given
from app.services.listing import Query
from app.services.software_use import columns_of
from app.storage import Store
from tests.services.machines import licence, machine, person, product, seen

TODAY = date(2026, 11, 20)
LICENCE, SEAT, SOFTWARE, ASSET = (ENTITIES[key] for key in ("licence", "licence_seat", "software", "asset"))


def used(session: Session, one: int) -> tuple[int, int | None, LicenceState]:
    found = licences.usage(session, one, TODAY)
    return found.used, found.free, found.state


def missing(session: Session, one: int) -> tuple[int, int, SoftwareCover | None]:
    found = software.usage(session, one, TODAY)
    return found.machines, found.missing, found.cover


def test_given_licences_count_before_the_machines_seen(ready: Store) -> None:
    with ready.begin() as session:
        cad = product(session)
        first, second, _ = (machine(session, cad) for _ in range(3))
        own = licence(session, cad, 5)
        assert used(session, own) == (3, 2, LicenceState.ENOUGH)
        licences.assign(session, [own], [first, second], on=TODAY)
        assert used(session, own) == (2, 3, LicenceState.ENOUGH)
        assert missing(session, cad) == (3, 1, SoftwareCover.MISSING)


@pytest.mark.parametrize(
    ("seats", "expected"),
    [
        ((2,), [(3, -1, LicenceState.OVER)]),
        ((3,), [(3, 0, LicenceState.ENOUGH)]),
        ((None,), [(3, None, LicenceState.ENOUGH)]),
        ((2, 2), [(2, 0, LicenceState.ENOUGH), (1, 1, LicenceState.ENOUGH)]),
        ((1, 1), [(1, 0, LicenceState.ENOUGH), (2, -1, LicenceState.OVER)]),
        ((3, 4), [(3, 0, LicenceState.ENOUGH), (0, 4, LicenceState.UNUSED)]),
        ((None, 4), [(3, None, LicenceState.ENOUGH), (0, 4, LicenceState.UNUSED)]),
    ],
)
def test_licences_of_one_software_fill_one_after_the_other(
    ready: Store, seats: tuple[int | None, ...], expected: list[Any]
) -> None:
    with ready.begin() as session:
        cad = product(session)
        for _ in range(3):
            machine(session, cad)
        own = [licence(session, cad, one) for one in seats]
        assert [used(session, one) for one in own] == expected
        held = sum(one if one is not None else 99 for one in seats)
        assert missing(session, cad) == (
            3,
            max(0, 3 - held),
            SoftwareCover.MISSING if held < 3 else SoftwareCover.COVERED,
        )


def test_a_licence_of_a_person_covers_all_their_machines(ready: Store) -> None:
    with ready.begin() as session:
        office, anne = product(session), person(session)
        for _ in range(2):
            machine(session, office, person_id=anne)
        machine(session, office)
        own = licence(session, office, 10)
        licences.assign(session, [own], persons=[anne], on=TODAY)
        assert used(session, own) == (1, 9, LicenceState.ENOUGH)
        assert missing(session, office) == (3, 1, SoftwareCover.MISSING)


def test_only_the_survey_in_force_of_kept_machines_counts(ready: Store) -> None:
    with ready.begin() as session:
        cad = product(session)
        replaced = machine(session, cad, day=1)
        seen(session, replaced, day=15)
        session.get_one(Asset, machine(session, cad)).status = AssetStatus.RETIRED
        records.to_bin(session, ASSET, [machine(session, cad)])
        assert missing(session, cad) == (0, 0, None)
        machine(session, cad)
        assert missing(session, cad) == (1, 1, SoftwareCover.MISSING)


@pytest.mark.parametrize(
    ("need", "held", "cover"),
    [
        (LicenceNeed.REQUIRED, False, SoftwareCover.MISSING),
        (LicenceNeed.UNKNOWN, False, None),
        (LicenceNeed.FREE, False, None),
        (LicenceNeed.UNKNOWN, True, SoftwareCover.MISSING),
        (LicenceNeed.REQUIRED, True, SoftwareCover.MISSING),
        (LicenceNeed.INCLUDED, True, None),
    ],
)
def test_what_needs_a_licence_or_has_one_is_looked_at(
    ready: Store, need: LicenceNeed, held: bool, cover: SoftwareCover | None
) -> None:
    with ready.begin() as session:
        cad = product(session, need=need)
        for _ in range(3):
            machine(session, cad)
        if held:
            licence(session, cad, 1)
        assert missing(session, cad)[2] == cover
        assert software.uncovered(session, TODAY) == ((cad,) if cover else ())


def test_what_expired_covers_nothing_and_is_told_while_it_is_used(ready: Store) -> None:
    with ready.begin() as session:
        cad = product(session)
        pc = machine(session, cad)
        own = licence(session, cad, 5, expires_on=date(2026, 11, 19))
        assert used(session, own) == (0, 5, LicenceState.LAPSED)
        assert missing(session, cad) == (1, 1, SoftwareCover.MISSING)
        new = licence(session, cad, 5, expires_on=TODAY)
        assert used(session, own)[2] == LicenceState.EXPIRED
        assert used(session, new)[0] == 1
        licences.assign(session, [own], [pc], on=TODAY)
        assert used(session, own)[2] == LicenceState.LAPSED
        records.to_bin(session, LICENCE, [own])
        with pytest.raises(NotFound):
            licences.usage(session, own, TODAY)


def test_the_number_of_an_imported_licence_is_not_given_again(ready: Store) -> None:
    with ready.begin() as session:
        licence(session, number="LIC-0001")
        assert session.get_one(Licence, licence(session)).number == "LIC-0002"


def test_a_licence_that_nobody_uses(ready: Store) -> None:
    with ready.begin() as session:
        cad = product(session)
        idle, loose = licence(session, cad, 5), licence(session)
        given = licence(session, seats=3)
        licences.assign(session, [given], [machine(session)], on=TODAY)
        assert licences.idle(session, TODAY) == (idle, loose)
        assert used(session, loose) == (0, None, LicenceState.UNUSED)
        assert used(session, given) == (1, 2, LicenceState.ENOUGH)


def test_several_are_given_at_once_and_once_only(ready: Store) -> None:
    with ready.begin() as session:
        own, other = licence(session, seats=2), licence(session)
        pcs, anne = [machine(session), machine(session)], person(session)
        assert licences.assign(session, [own, other], pcs, [anne], on=TODAY) == Given(6, 0)
        assert licences.assign(session, [own], [*pcs, machine(session)], on=TODAY) == Given(1, 2)
        assert used(session, own) == (4, -2, LicenceState.OVER)
        assert licences.over(session, TODAY) == tuple(session.scalars(licences.given_beyond(TODAY))) == (own,)
        with pytest.raises(InvalidFields, match="au moins une ligne"):
            licences.assign(session, [own], on=TODAY)


def test_what_was_given_is_taken_back(ready: Store) -> None:
    with ready.begin() as session:
        own, pc, anne = licence(session, seats=2, expires_on=date(2026, 1, 1)), machine(session), person(session)
        licences.assign(session, [own], [pc], [anne], on=TODAY)
        held = licences.of_asset(session, pc, TODAY)
        assert [(one.number, one.name, one.since, one.over) for one in held] == [
            ("LIC-0001", "Une licence", TODAY, True)
        ]
        with pytest.raises(InvalidFields, match="précède"):
            licences.release(session, [held[0].seat], date(2026, 11, 1))
        assert licences.release(session, [held[0].seat, 999], TODAY) == 1
        assert licences.release(session, [held[0].seat], date(2026, 12, 1)) == 0
        assert session.scalars(select(LicenceSeat.released_on)).all() == [TODAY, None]
        assert licences.of_asset(session, pc, TODAY) == ()
        assert licences.assign(session, [own], [pc], on=TODAY) == Given(1, 0)
        records.create(session, SEAT, {"licence_id": own, "asset_id": machine(session)})
        undated = session.scalars(select(LicenceSeat.id).where(LicenceSeat.assigned_on.is_(None))).one()
        assert licences.release(session, [undated], date(2026, 1, 1)) == 1


def test_what_ends_soon_and_what_can_be_given(ready: Store) -> None:
    with ready.begin() as session:
        later, soon, ended, lasting = (
            licence(session, expires_on=on) for on in (date(2027, 1, 5), TODAY, date(2026, 11, 19), None)
        )
        assert session.scalars(licences.ending_by(TODAY, date(2027, 1, 5))).all() == [soon, later]
        assert session.scalars(licences.ending_by(TODAY, date(2026, 12, 31))).all() == [soon]
        assert session.scalars(licences.expired_by(TODAY)).all() == [ended]
        assert licences.expired(session, TODAY) == (ended,)
        found = licences.in_force(session, TODAY)
        families = licences.computer_families(session)
        assert [records.title(session, ENTITIES["family"], one) for one in families] == [
            "Poste fixe", "Ordinateur portable", "Serveur", "Machine virtuelle",
        ]  # fmt: skip
    assert found[0] == (later, "LIC-0001 Une licence")
    assert [one for one, _ in found] == [later, soon, lasting]


def test_what_a_machine_has_and_where_a_software_is(ready: Store) -> None:
    with ready.begin() as session:
        cad, zip_ = product(session), product(session, "7-Zip", LicenceNeed.FREE)
        anne = person(session, "Roux")
        pc = machine(session, cad, zip_, person_id=anne, brand="Dell", model="XPS")
        bare = records.create(session, ASSET, {"family_id": 1})
        machine(session, cad)
        assert [(one.name, one.version) for one in software.of_asset(session, pc)] == [
            ("7-Zip", "2026.1"), ("AutoCAD", "2026.1"),
        ]  # fmt: skip
        assert [software.count_of_asset(session, one) for one in (pc, bare)] == [2, None]
        assert software.of_asset(session, bare) == ()
        first = software.machines_of(session, cad)[0]
        assert (first.asset, first.title, first.person) == (pc, "PC-0001 Dell XPS", "Roux")
        assert len(software.machines_of(session, cad, most=1)) == 1
        assert len(software.asset_ids(session, cad)) == 2
        own = licence(session, cad, 2)
        assert software.usage(session, cad, TODAY).licences == ((own, "LIC-0001 Une licence"),)
        records.to_bin(session, SOFTWARE, [zip_])
        assert software.count_of_asset(session, pc) == 1
        with pytest.raises(NotFound):
            software.usage(session, zip_, TODAY)


def test_the_lists_show_and_sort_what_is_worked_out(ready: Store) -> None:
    with ready.begin() as session:
        cad, zip_ = product(session), product(session, "7-Zip", LicenceNeed.FREE)
        machine(session, cad, zip_)
        machine(session, cad)
        licence(session, cad, 1)
        licence(session, None, 4)
    with ready.read() as session:
        columns = ("name", "machines", "licences", "cover")
        found = listing.page(session, SOFTWARE, Query(columns, "machines", descending=True))
        assert [row.values for row in found] == [("AutoCAD", 2, 1, SoftwareCover.MISSING), ("7-Zip", 1, None, None)]
        found = listing.page(session, LICENCE, Query(("number", "used", "free", "state"), "free"))
        assert [row.values for row in found] == [
            ("LIC-0001", 2, -1, LicenceState.OVER), ("LIC-0002", 0, 4, LicenceState.UNUSED),
        ]  # fmt: skip
        assert set(columns_of("software").c.keys()) >= {"id", "machines", "licences", "cover"}
    assert SOFTWARE.field("cover").format("missing") == "Il en manque"
    assert this_day() >= TODAY


@pytest.mark.parametrize(
    ("name", "need"),
    [
        ("Microsoft Visual C++ 2015-2022 Redistributable (x64) - 14.38", LicenceNeed.INCLUDED),
        ("Microsoft Edge WebView2 Runtime", LicenceNeed.INCLUDED),
        ("Intel(R) Management Engine Components", LicenceNeed.INCLUDED),
        ("7-Zip 23.01 (x64)", LicenceNeed.FREE),
        ("Mozilla Firefox (x64 fr)", LicenceNeed.FREE),
        ("LibreOffice 7.6.4.1", LicenceNeed.FREE),
        ("Notepad++ (64-bit x64)", LicenceNeed.FREE),
        ("Adobe Acrobat Reader DC - Français", LicenceNeed.FREE),
        ("Adobe Acrobat Pro 2020", LicenceNeed.REQUIRED),
        ("Microsoft Office Professionnel Plus 2019 - fr-fr", LicenceNeed.REQUIRED),
        ("Microsoft Visual Studio Code", LicenceNeed.FREE),
        ("GitKraken", None),
        ("Client de la gestion commerciale", None),
        ("", None),
    ],
)
def test_what_the_program_knows_of_usual_software(name: str, need: LicenceNeed | None) -> None:
    assert software_needs.known_need(name) == need


def test_the_needs_are_told_by_publisher(ready: Store) -> None:
    with ready.begin() as session:
        unknown = LicenceNeed.UNKNOWN
        zip_ = records.create(session, SOFTWARE, {"name": "7-Zip 23", "need": unknown})
        cad = product(session, "AutoCAD LT 2026", unknown)
        dwg, _told = product(session, "DWG TrueView", unknown), product(session, "Revit")
        found = software_needs.publishers(session)
        assert [(one.name, one.software, one.known) for one in found] == [
            ("Autodesk", ((cad, "AutoCAD LT 2026"), (dwg, "DWG TrueView")), {cad: LicenceNeed.REQUIRED}),
            (software_needs.NOBODY, ((zip_, "7-Zip 23"),), {zip_: LicenceNeed.FREE}),
        ]
        assert software_needs.settle(session, {cad: LicenceNeed.REQUIRED, dwg: LicenceNeed.FREE}) == 2
        assert session.get_one(Software, dwg).need == LicenceNeed.FREE
        assert [one.name for one in software_needs.publishers(session)] == [software_needs.NOBODY]
