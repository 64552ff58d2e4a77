"""A physical inventory from its opening to its closing."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import InvalidFields, NotFound, Refused
from app.jobs import drain
from app.models import Asset, Campaign, CampaignLine, Family, Site
from app.models.codes import AssetStatus, CampaignResult, CampaignStatus, Finding
from app.services import campaign_places, campaigns, records, setup
from app.services.campaigns import FOUND, MISSING, TO_FIND, UNEXPECTED, Counts
from app.storage import Store

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 20)
VALUES = {"title": "Inventaire annuel", "opened_on": TODAY}
FLEET: tuple[Mapping[str, Any], ...] = (
    {"serial": "S1", "room": "Accueil", "site": "Dijon"},
    {"serial": "S2", "room": "Atelier", "site": "Dijon"},
    {"serial": "S3", "room": None, "site": "Dijon"},
    {"serial": "S4", "room": "Quai", "site": "Beaune"},
    {"serial": "S5", "room": "Quai", "site": "Beaune", "status": AssetStatus.RETIRED},
    {"serial": "S6", "room": None, "site": None, "family": "Machine virtuelle"},
)


def fleet(session: Session) -> dict[str, int]:
    """Serial number -> id of the asset, and the sites by their name."""
    setup.ensure(session)
    sites = {name: records.create(session, ENTITIES["site"], {"name": name}) for name in ("Dijon", "Beaune")}
    made = dict(sites)
    for card in FLEET:
        family = session.scalars(select(Family).where(Family.name == card.get("family", "Poste fixe"))).one()
        values = {name: card[name] for name in ("serial", "room") if name in card}
        values |= {"family_id": family.id, "site_id": sites.get(card["site"] or "")}
        made[card["serial"]] = records.create(session, ENTITIES["asset"], values)
        session.get_one(Asset, made[card["serial"]]).status = card.get("status", AssetStatus.IN_SERVICE)
    return made


@pytest.fixture
def opened(store: Store) -> tuple[Store, int, dict[str, int]]:
    """A campaign of all sites, under way."""
    with store.begin() as session:
        ids = fleet(session)
    return store, drain(campaigns.open_job(store, VALUES)), ids


def line(session: Session, asset_id: int) -> CampaignLine:
    return session.scalars(
        select(CampaignLine).where(CampaignLine.asset_id == asset_id).order_by(CampaignLine.id.desc())
    ).first() or pytest.fail("no line")


def test_the_list_is_frozen_in_the_order_of_the_walk(opened: tuple[Store, int, dict[str, int]]) -> None:
    store, campaign, ids = opened
    with store.begin() as session:
        session.get_one(Asset, ids["S1"]).room = "Ailleurs"
    with store.read() as session:
        rows = session.scalars(select(CampaignLine).order_by(CampaignLine.id)).all()
        assert [row.asset_id for row in rows] == [ids[s] for s in ("S4", "S1", "S2", "S3")]
        assert [row.expected_room for row in rows] == ["Quai", "Accueil", "Atelier", None]
        assert session.get_one(Campaign, campaign).number.startswith("INV-")
        assert campaigns.counts(session, campaign) == Counts(to_find=4)
        assert campaigns.rooms(session, campaign) == ["Accueil", "Atelier", "Quai"]


def test_a_campaign_may_be_of_one_site(store: Store) -> None:
    with store.begin() as session:
        ids = fleet(session)
    campaign = drain(campaigns.open_job(store, {**VALUES, "site_id": ids["Beaune"]}))
    with store.read() as session:
        assert campaigns.counts(session, campaign).expected == 1


def test_a_campaign_of_nothing_is_refused(store: Store) -> None:
    with pytest.raises(InvalidFields, match="Aucun bien n’est à trouver"):
        drain(campaigns.open_job(store, VALUES))
    with store.begin() as session:
        ids = fleet(session)
        empty = records.create(session, ENTITIES["site"], {"name": "Nuits"})
        with pytest.raises(InvalidFields) as refused:
            campaigns.to_open(session, {**VALUES, "site_id": empty})
        assert refused.value.problems == {"site_id": campaigns.NOBODY}
        assert campaigns.to_open(session, {**VALUES, "site_id": ids["Dijon"]})["title"] == "Inventaire annuel"
        assert session.scalars(select(Campaign)).all() == []


def test_ticks_by_hand_are_counted_and_taken_back(opened: tuple[Store, int, dict[str, int]]) -> None:
    store, campaign, ids = opened
    with store.begin() as session:
        lines = [line(session, ids[s]).id for s in ("S1", "S2", "S3")]
        assert campaigns.tick(session, lines, FOUND, NOW) == 3
        assert campaigns.tick(session, lines[:1], FOUND, NOW) == 0
        assert campaigns.tick(session, lines[2:], MISSING, NOW) == 1
    with store.begin() as session:
        assert campaigns.counts(session, campaign) == Counts(to_find=1, found=2, missing=1)
        assert line(session, ids["S3"]).seen_at is None
        assert campaigns.forget(session, lines) == 3
    with store.read() as session:
        assert campaigns.counts(session, campaign) == Counts(to_find=4)


def test_a_room_said_by_hand_is_a_gap_that_can_be_corrected(opened: tuple[Store, int, dict[str, int]]) -> None:
    store, campaign, ids = opened
    with store.begin() as session:
        first, second, third = (line(session, ids[s]).id for s in ("S1", "S2", "S3"))
        campaign_places.found_in(session, first, " Salle  2 ", NOW)
        campaign_places.found_in(session, second, "ATELIER", NOW)
        campaign_places.found_in(session, third, "Salle 2", NOW)
    with store.begin() as session:
        assert campaigns.counts(session, campaign) == Counts(to_find=1, found=3, elsewhere=2)
        assert campaign_places.misplaced(session, campaign) == sorted([first, third])
        assert campaign_places.correct_places(session, campaign, [first]) == 1
        assert campaign_places.correct_places(session, campaign) == 1
        assert campaign_places.misplaced(session, campaign) == []
        assert session.get_one(Asset, ids["S1"]).room == "Salle 2"
        assert campaigns.counts(session, campaign).elsewhere == 2


def test_an_asset_of_another_site_takes_the_site_where_it_was_met(store: Store) -> None:
    with store.begin() as session:
        ids = fleet(session)
    campaign = drain(campaigns.open_job(store, {**VALUES, "site_id": ids["Beaune"]}))
    with store.begin() as session:
        session.add(
            CampaignLine(campaign_id=campaign, asset_id=ids["S1"], result=UNEXPECTED, seen_at=NOW, code_read="S1")
        )
        assert campaign_places.correct_places(session, campaign) == 1
        moved = session.get_one(Asset, ids["S1"])
        assert (moved.site_id, moved.room) == (ids["Beaune"], "Accueil")


def test_closing_leaves_the_missing_and_dates_what_was_seen(opened: tuple[Store, int, dict[str, int]]) -> None:
    store, campaign, ids = opened
    with store.begin() as session:
        campaigns.tick(session, [line(session, ids["S1"]).id, line(session, ids["S4"]).id], FOUND, NOW)
        later = session.get_one(Asset, ids["S4"])
        later.seen_on, later.finding = date(2026, 12, 1), Finding.SEEN
        session.get_one(Asset, ids["S1"]).finding = Finding.DECLARED
    told = drain(campaigns.close_job(store, campaign, TODAY))
    assert told == Counts(found=2, missing=2)
    with store.read() as session:
        seen, later, missed = (session.get_one(Asset, ids[s]) for s in ("S1", "S4", "S2"))
        assert (seen.seen_on, seen.finding) == (TODAY, Finding.SEEN)
        assert later.seen_on == date(2026, 12, 1)
        assert missed.seen_on is None
        closed = session.get_one(Campaign, campaign)
        assert (closed.status, closed.closed_on) == (CampaignStatus.CLOSED, TODAY)


def test_a_closed_campaign_is_not_ticked_until_it_is_reopened(opened: tuple[Store, int, dict[str, int]]) -> None:
    store, campaign, ids = opened
    drain(campaigns.close_job(store, campaign, TODAY))
    with store.begin() as session, pytest.raises(Refused, match="rouvrez-la"):
        campaigns.tick(session, [line(session, ids["S1"]).id], FOUND, NOW)
    with pytest.raises(Refused, match="est close"):
        drain(campaigns.close_job(store, campaign, TODAY))
    with store.begin() as session:
        campaigns.reopen(session, campaign)
        assert campaigns.counts(session, campaign) == Counts(to_find=4)
        with pytest.raises(Refused, match="déjà en cours"):
            campaigns.reopen(session, campaign)


def test_what_was_not_expected_stays_so_and_goes_to_the_bin(opened: tuple[Store, int, dict[str, int]]) -> None:
    store, campaign, _ = opened
    with store.begin() as session:
        extra = CampaignLine(campaign_id=campaign, result=UNEXPECTED, code_read="X9", seen_at=NOW)
        session.add(extra)
        session.flush()
        assert campaigns.tick(session, [extra.id], FOUND, NOW) == 0
        campaign_places.found_in(session, extra.id, "Quai", NOW)
        assert (extra.result, extra.room) == (UNEXPECTED, "Quai")
        made = records.create(session, ENTITIES["asset"], {"family_id": 1})
        campaigns.name_asset(session, extra.id, made)
        assert campaigns.counts(session, campaign).unexpected == 1
        assert campaigns.forget(session, [extra.id]) == 1
        assert campaigns.counts(session, campaign).unexpected == 0
        with pytest.raises(NotFound):
            campaigns.line_of(session, extra.id)


def test_many_lines_at_once_and_what_there_is_to_say(opened: tuple[Store, int, dict[str, int]]) -> None:
    store, campaign, ids = opened
    with store.begin() as session:
        lines = [line(session, ids[s]).id for s in ("S1", "S2")]
        campaigns.remark(session, lines, "  Chez le client ")
        assert line(session, ids["S1"]).notes == "Chez le client"
        campaigns.remark(session, lines, None)
        assert line(session, ids["S1"]).notes is None
    done = drain(campaigns.at_once(store, "essai", lambda s: campaigns.tick(s, lines, FOUND, NOW)))
    assert done == 2
    with store.read() as session:
        assert campaigns.counts(session, campaign).found == 2
    assert campaigns.result_named("found") == FOUND


def test_a_campaign_in_the_bin_is_no_more(opened: tuple[Store, int, dict[str, int]]) -> None:
    store, campaign, _ = opened
    with store.begin() as session:
        records.to_bin(session, ENTITIES["campaign"], [campaign])
        with pytest.raises(NotFound, match="n’existe plus"):
            campaigns.found(session, campaign)
        assert {one.name for one in session.scalars(select(Site))} == {"Dijon", "Beaune"}
    assert TO_FIND == CampaignResult.TO_FIND
