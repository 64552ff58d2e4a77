"""What changed since the report issued before, read from its frozen data."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.models import Asset, IssuedPaper
from app.models.codes import AssetStatus
from app.reports.inventory.facts import Changes
from app.services import papers
from app.services.inventory_report.choices import Choices
from app.storage import Store
from tests.services.inventory_report.make import NOW, add_asset, add_expertise, add_site, judge, report_of


def issue(session: Session, **chosen: object) -> str:
    """Issue a report; its reference."""
    issued = papers.issue(session, "inventaire", None, NOW, choices=Choices(**chosen))  # type: ignore[arg-type]
    return session.get_one(IssuedPaper, issued).reference


def changed(session: Session, **chosen: object) -> Changes:
    found = report_of(session, **chosen).changes
    assert found is not None
    return found


def test_a_first_report_has_nothing_before_it(store: Store) -> None:
    with store.begin("Essai") as session:
        add_asset(session, "PC-0001")
        assert report_of(session).changes is None


def test_assets_in_out_moved_and_judged_otherwise_are_told(store: Store) -> None:
    with store.begin("Essai") as session:
        site, lot = add_site(session, "Dole"), add_expertise(session)
        numbers = {n: add_asset(session, n, site_id=site, name="Poste") for n in ("PC-0001", "PC-0002", "PC-0003")}
        judge(session, lot, numbers["PC-0001"], "C")
        reference = issue(session)
        session.execute(update(Asset).where(Asset.number == "PC-0002").values(room="101"))
        session.execute(update(Asset).where(Asset.number == "PC-0003").values(status=AssetStatus.RETIRED))
        add_asset(session, "PC-0004", name="Neuf", service="Dessin")
        judge(session, add_expertise(session, "EXP-2026-002"), numbers["PC-0001"], "D")
        found = changed(session)
    assert found.since == f"le rapport {reference}, version 1.0 du 20\u00a0novembre\u00a02026"
    assert [(one.number, one.before, one.after) for one in found.entered] == [("PC-0004", "", "Sans site, Dessin")]
    assert [(one.number, one.name, one.before) for one in found.left] == [("PC-0003", "Poste", "Dole")]
    assert [(one.number, one.before, one.after) for one in found.moved] == [("PC-0002", "Dole", "Dole, 101")]
    assert [(one.number, one.before, one.after) for one in found.verdicts] == [("PC-0001", "C", "D")]


def test_a_first_expertise_changes_no_verdict(store: Store) -> None:
    with store.begin("Essai") as session:
        asset = add_asset(session, "PC-0001")
        issue(session)
        judge(session, add_expertise(session), asset, "D")
        assert changed(session) == Changes(changed(session).since, (), (), (), ())


def test_a_report_is_compared_with_the_last_one_of_the_same_sites(store: Store) -> None:
    with store.begin("Essai") as session:
        dole, evry = add_site(session, "Dole"), add_site(session, "Évry")
        add_asset(session, "PC-0001", site_id=dole)
        add_asset(session, "PC-0002", site_id=evry)
        whole, part = issue(session), issue(session, sites=(dole,))
        assert whole in changed(session).since
        assert part in changed(session, sites=(dole,)).since
        assert report_of(session, sites=(evry,)).changes is None


def test_a_new_version_is_compared_with_the_one_before(store: Store) -> None:
    with store.begin("Essai") as session:
        add_asset(session, "PC-0001")
        reference = issue(session)
        later = NOW + timedelta(days=1)
        papers.issue(session, "inventaire", reference, later)
        assert changed(session).since == f"le rapport {reference}, version 2.0 du 21\u00a0novembre\u00a02026"


@pytest.mark.parametrize("data", ["{}", '{"sites": [{"families": [{"lines": [{"number": "PC-0009"}]}]}]}'])
def test_the_frozen_data_of_an_older_program_are_read(store: Store, data: str) -> None:
    with store.begin("Essai") as session:
        add_asset(session, "PC-0001")
        issue(session)
        session.execute(update(IssuedPaper).values(data=data))
        assert [one.number for one in changed(session).entered] == ["PC-0001"]
