"""The papers of a campaign, from the base to the page."""

from datetime import UTC, datetime

import pytest

from app.entities import ENTITIES
from app.errors import NotFound, Refused
from app.jobs import drain
from app.models import Asset
from app.reports.identity import Stamp
from app.services import campaign_papers, campaign_places, campaign_reading, campaigns, papers, records
from app.storage import Store
from tests.reports.reading import flat, pages_of
from tests.services.test_campaigns import NOW, TODAY, VALUES, fleet

STAMP = Stamp("Écarts", "INV-2026-001", 1, NOW)
Opened = tuple[Store, int, dict[str, int]]


@pytest.fixture
def dijon(store: Store) -> Opened:
    """Dijon: S1 in its place, S2 moved, S3 to find; S4 of Beaune and a thing that nobody knows."""
    with store.begin() as session:
        ids = fleet(session)
        person = records.create(session, ENTITIES["person"], {"last_name": "Morvan", "first_name": "Hélène"})
        lost = session.get_one(Asset, ids["S3"])
        lost.person_id, lost.brand, lost.model = person, "Dell", "Pro 14"
        session.get_one(Asset, ids["S2"]).name = "Poste de coupe"
    campaign = drain(campaigns.open_job(store, {**VALUES, "site_id": ids["Dijon"]}))
    with store.begin() as session:
        for code, room in (("S1", ""), ("S2", "Salle 2"), ("S4", ""), ("5CG41", "Quai")):
            campaign_reading.read(session, campaign, code, NOW, room)
    return store, campaign, ids


def test_the_gaps_are_gathered(dijon: Opened) -> None:
    store, campaign, _ = dijon
    drain(campaigns.close_job(store, campaign, TODAY))
    with store.read() as session:
        report = campaign_papers.gap_report(session, campaign, STAMP)
    assert (report.expected, report.found, len(report.to_find)) == (3, 2, 0)
    assert [(one.name, one.holder, one.site, one.room) for one in report.missing] == [
        ("Dell Pro 14", "Hélène Morvan", "Dijon", "")
    ]
    assert [(one.name, one.expected, one.found, one.corrected) for one in report.moved] == [
        ("Poste de coupe", "Atelier", "Salle 2", False)
    ]
    assert [(one.code, one.why, one.room) for one in report.extra] == [
        ("S4", "noté à Beaune", ""),
        ("5CG41", "", "Quai"),
    ]
    assert report.campaign.site == "Dijon"
    assert report.campaign.closed_on == TODAY


def test_a_place_that_was_corrected_is_told(dijon: Opened) -> None:
    store, campaign, _ = dijon
    with store.begin() as session:
        assert campaign_places.correct_places(session, campaign) == 2
        report = campaign_papers.gap_report(session, campaign, STAMP)
    assert [(one.expected, one.corrected) for one in report.moved] == [("Atelier", True)]
    assert len(report.to_find) == 1


def test_the_list_to_tick_is_what_is_left_to_find(dijon: Opened) -> None:
    store, campaign, _ = dijon
    with store.read() as session:
        assert [one.serial for one in campaign_papers.tick_list(session, campaign, STAMP).lines] == ["S3"]
    drain(campaigns.close_job(store, campaign, TODAY))
    with store.read() as session:
        sheet = campaign_papers.tick_list(session, campaign, STAMP)
    assert [one.serial for one in sheet.lines] == ["S1", "S2", "S3"]
    assert sheet.stamp.title == campaign_papers.LIST_TITLE


def test_the_paper_is_drawn_issued_and_printed_blank(dijon: Opened) -> None:
    store, campaign, _ = dijon
    now = datetime(2026, 11, 21, 9, tzinfo=UTC)
    with store.read() as session:
        number = campaigns.found(session, campaign).number
        assert "PROJET" in pages_of(papers.draft(session, "ecarts", number, now))[0]
        listed = flat(pages_of(papers.draft(session, "ecarts", number, now, blank=True))[0])
    assert "Liste des biens à pointer" in listed
    assert "Feuille de travail" in listed
    with store.begin() as session:
        pdf = papers.issued_bytes(session, papers.issue(session, "ecarts", number, now))
    assert "version 1.0" in pages_of(pdf)[0]


@pytest.mark.parametrize("blank", [False, True])
def test_a_campaign_must_be_named(store: Store, blank: bool) -> None:
    with store.read() as session:
        with pytest.raises(Refused, match="numéro de campagne"):
            papers.draft(session, "ecarts", None, NOW, blank=blank)
        with pytest.raises(NotFound, match="«\u00a0INV-9\u00a0»"):
            papers.draft(session, "ecarts", "INV-9", NOW, blank=blank)
