"""The network by site and subnet: addresses in their order, doubles flagged, words sought."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.entities import ENTITIES
from app.jobs import drain
from app.models import Asset
from app.models.codes import AssetStatus
from app.services import network, records, setup
from app.storage import Store

HOSTS = (
    # site, ip, mac, hostname
    (1, "192.168.1.10", "02:00:5e:00:00:01", "SRV"),
    (1, "192.168.1.9", "02:00:5e:00:00:02", "PC-A"),
    (1, "192.168.2.4", "02:00:5e:00:00:02", "PC-B"),
    (2, "192.168.1.10", None, "NAS"),
    (1, None, "02:00:5e:00:00:05", None),
    (1, "fd00::12", None, "BORNE"),
    (None, "10.0.0.1", None, "BOX"),
    (1, None, None, None),
)


@pytest.fixture
def ready(store: Store) -> Store:
    with store.begin() as session:
        setup.ensure(session)
        for name in ("Dijon", "Beaune"):
            records.create(session, ENTITIES["site"], {"name": name})
        for site, ip, mac, hostname in HOSTS:
            values = {"family_id": 1, "site_id": site, "ip": ip, "mac": mac, "hostname": hostname, "brand": "Dell"}
            records.create(session, ENTITIES["asset"], values)
    return store


def shown(store: Store, text: str = "") -> list[tuple[str, str, list[str]]]:
    with store.read() as session:
        return [(one.site, one.name, [h.ip or h.mac for h in one.hosts]) for one in network.subnets(session, text)]


def test_addresses_stand_in_their_order_by_site_and_subnet(ready: Store) -> None:
    assert shown(ready) == [
        ("Beaune", "192.168.1.0/24", ["192.168.1.10"]),
        ("Dijon", "192.168.1.0/24", ["192.168.1.9", "192.168.1.10"]),
        ("Dijon", "192.168.2.0/24", ["192.168.2.4"]),
        ("Dijon", "fd00::/64", ["fd00::12"]),
        ("Dijon", "Sans adresse IP", ["02:00:5e:00:00:05"]),
        ("Sans site", "10.0.0.0/24", ["10.0.0.1"]),
    ]


def test_doubles_are_told_wherever_they_are(ready: Store) -> None:
    with ready.read() as session:
        told = {h.hostname: h.clash for one in network.subnets(session) for h in one.hosts}
    assert told == {"SRV": "IP", "NAS": "IP", "PC-A": "MAC", "PC-B": "MAC", "": "", "BORNE": "", "BOX": ""}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dijon pc-b", ["192.168.2.4"]),
        ("00:05", ["02:00:5e:00:00:05"]),
        ("mac", ["192.168.1.9", "192.168.2.4"]),
        ("zz", []),
    ],
)
def test_words_keep_what_holds_them(ready: Store, text: str, found: list[str]) -> None:
    assert [ip for _, _, hosts in shown(ready, text) for ip in hosts] == found


def test_what_left_is_not_on_the_network_and_the_last_day_seen_counts(ready: Store) -> None:
    with ready.begin() as session:
        box, srv = session.get_one(Asset, 7), session.get_one(Asset, 1)
        box.status, box.retired_on = AssetStatus.RETIRED, date(2026, 1, 1)
        srv.seen_on, srv.inventoried_at = date(2026, 3, 1), datetime(2026, 11, 2, 23, 30, tzinfo=UTC)
    with ready.read() as session:
        hosts = {h.hostname: h for one in network.subnets(session) for h in one.hosts}
    assert "BOX" not in hosts
    assert hosts["SRV"].seen == date(2026, 11, 3)
    assert hosts["NAS"].seen is None


def test_the_workbook_holds_what_is_shown(ready: Store, tmp_path: Path) -> None:
    target = tmp_path / "reseau.xlsx"
    assert drain(network.export_job(ready, target, "dijon")) == 5
    rows = [[cell.value for cell in row] for row in load_workbook(target).worksheets[0].iter_rows()]
    assert rows[0][:3] == ["Site", "Sous-réseau", "Adresse IP"]
    assert rows[1][2] == "192.168.1.9"
    assert rows[1][-1] == "MAC"
    assert drain(network.export_job(ready, target)) == 7
