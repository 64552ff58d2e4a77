"""What a reader, or a hand, types during a campaign."""

import pytest
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import Refused
from app.jobs import drain
from app.models import Asset, CampaignLine
from app.models.codes import AssetStatus
from app.services import campaign_reading, campaigns, records
from app.services.campaign_reading import Reading
from app.services.campaigns import Counts
from app.storage import Store
from tests.services.test_campaigns import NOW, TODAY, VALUES, fleet

Opened = tuple[Store, int, dict[str, int]]


@pytest.fixture
def dijon(store: Store) -> Opened:
    """A campaign of Dijon: three assets expected, one of which has a name on the network."""
    with store.begin() as session:
        ids = fleet(session)
        session.get_one(Asset, ids["S2"]).hostname = "Atelier-Décor"
    return store, drain(campaigns.open_job(store, {**VALUES, "site_id": ids["Dijon"]})), ids


def read(session: Session, campaign: int, code: str, room: str = "") -> Reading:
    return campaign_reading.read(session, campaign, code, NOW, room)


@pytest.mark.parametrize(
    "code",
    ["PCM:B:PC-0001", "pcm:b:pc-0001", "PC?MBMPC)ààà&", "PC-0001", " pc-0001\r", "S1", "s1"],
)
def test_a_code_finds_its_asset(dijon: Opened, code: str) -> None:
    store, campaign, ids = dijon
    with store.begin() as session:
        told = read(session, campaign, code)
        assert (told.outcome, told.asset_id, told.title) == ("found", ids["S1"], "PC-0001")
        assert told.sentence == "Trouvé à sa place (Accueil)."
        assert (told.tone, told.written, told.misplaced) == ("ok", True, False)
        assert campaigns.counts(session, campaign) == Counts(to_find=2, found=1)


def test_a_name_on_the_network_is_read_without_its_accents(dijon: Opened) -> None:
    store, campaign, ids = dijon
    with store.begin() as session:
        assert read(session, campaign, "ATELIER-DECOR").asset_id == ids["S2"]


def test_a_room_tells_what_is_not_in_its_place(dijon: Opened) -> None:
    store, campaign, _ = dijon
    with store.begin() as session:
        told = read(session, campaign, "S1", "Salle 2")
        assert (told.outcome, told.sentence) == (
            "elsewhere",
            "Trouvé dans «\u00a0Salle 2\u00a0»\u00a0: attendu dans «\u00a0Accueil\u00a0».",
        )
        assert told.misplaced
        assert read(session, campaign, "S1", "salle 2").outcome == "again"
        assert read(session, campaign, "S1").outcome == "again"
        assert read(session, campaign, "S1", "ACCUEIL").sentence == "Trouvé à sa place (Accueil)."
        assert "son local n’était pas noté" in read(session, campaign, "S3", "Salle 2").sentence
        assert campaigns.counts(session, campaign).elsewhere == 1


def test_read_twice_says_when(dijon: Opened) -> None:
    store, campaign, _ = dijon
    with store.begin() as session:
        read(session, campaign, "S3")
        assert read(session, campaign, "S3").sentence == "Déjà trouvé le 20/11/2026 10:30."


@pytest.mark.parametrize(
    ("serial", "why"),
    [
        ("S4", "noté à Beaune"),
        ("S5", "sorti du parc"),
        ("S6", "sans site sur sa fiche"),
        ("S7", "entré dans l’inventaire après l’ouverture"),
    ],
)
def test_an_asset_that_was_not_expected_says_why(dijon: Opened, serial: str, why: str) -> None:
    store, campaign, ids = dijon
    with store.begin() as session:
        records.create(session, ENTITIES["asset"], {"family_id": 1, "serial": "S7", "site_id": ids["Dijon"]})
        told = read(session, campaign, serial)
        assert (told.outcome, told.sentence) == ("unexpected", f"Non attendu\u00a0: {why}.")
        assert read(session, campaign, serial).sentence.startswith("Déjà noté comme non attendu")
        assert read(session, campaign, serial, "Quai").sentence == "Non attendu, vu dans «\u00a0Quai\u00a0»."
        assert campaigns.counts(session, campaign).unexpected == 1


def test_an_unknown_code_is_noted_once_and_begins_an_asset(dijon: Opened) -> None:
    store, campaign, ids = dijon
    with store.begin() as session:
        told = read(session, campaign, "5CG4120R8K", "Salle 2")
        assert (told.outcome, told.title, told.asset_id) == ("unknown", "5CG4120R8K", None)
        assert read(session, campaign, "5cg4120r8k").outcome == "again"
        assert told.line_id
        start = campaign_reading.start_of_asset(session, told.line_id)
        assert start == {"serial": "5CG4120R8K", "site_id": ids["Dijon"], "room": "Salle 2"}
        label = read(session, campaign, "PCM:B:XX-9")
        assert label.line_id
        assert campaign_reading.start_of_asset(session, label.line_id)["serial"] is None


def test_a_serial_number_that_two_bear_asks_for_the_label(dijon: Opened) -> None:
    store, campaign, ids = dijon
    with store.begin() as session:
        twin = records.create(session, ENTITIES["asset"], {"family_id": 1, "serial": "Z1"})
        session.get_one(Asset, twin).serial = "S2"
        assert read(session, campaign, "S2").asset_id == ids["S2"]  # the one that is expected
        other = records.create(session, ENTITIES["asset"], {"family_id": 1, "serial": "Z2"})
        session.get_one(Asset, other).serial = "S4"
        told = read(session, campaign, "S4")
        assert (told.outcome, told.line_id) == ("several", None)
        assert "lisez leur étiquette" in told.sentence


@pytest.mark.parametrize("code", ["", "  ", "\r\n"])
def test_nothing_is_nothing(dijon: Opened, code: str) -> None:
    store, campaign, _ = dijon
    with store.begin() as session:
        assert read(session, campaign, code).outcome == "nothing"


def test_signs_alone_name_nothing(dijon: Opened) -> None:
    store, campaign, _ = dijon
    with store.begin() as session:
        assert read(session, campaign, "***").outcome == "unknown"


def test_a_missing_asset_that_is_read_is_found(dijon: Opened) -> None:
    store, campaign, ids = dijon
    with store.begin() as session:
        line = session.query(CampaignLine).filter_by(asset_id=ids["S1"]).one()
        campaigns.tick(session, [line.id], campaigns.MISSING, NOW)
        assert read(session, campaign, "S1").outcome == "found"


def test_nothing_is_read_in_a_closed_campaign(dijon: Opened) -> None:
    store, campaign, _ = dijon
    drain(campaigns.close_job(store, campaign, TODAY))
    with store.begin() as session, pytest.raises(Refused):
        read(session, campaign, "S1")


def test_an_asset_in_the_bin_is_unknown(dijon: Opened) -> None:
    store, campaign, ids = dijon
    with store.begin() as session:
        session.get_one(Asset, ids["S4"]).status = AssetStatus.IN_STOCK
        records.to_bin(session, ENTITIES["asset"], [ids["S4"]])
        assert read(session, campaign, "S4").outcome == "unknown"
