"""The network as the inventory tells it: by site, then by subnet, addresses in their order, doubles flagged."""

import ipaddress
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.fields import PARIS, fold, joined, this_day
from app.jobs import Job, Progress
from app.models import Asset, Company, Family, Site
from app.models.codes import AssetStatus
from app.storage import Store

NO_SITE, NO_ADDRESS = "Sans site", "Sans adresse IP"
SUBNETS = {4: 24, 6: 64}
"""Length of the prefix by version of IP: the usual network of a small company; nobody types its mask."""
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Host:
    """An asset on the network. `clash` names what another bears too: « IP », « MAC », « IP, MAC », or nothing.
    `seen` is the last day a tool or a person met it."""

    asset_id: int
    number: str
    name: str
    family: str
    icon: str
    hostname: str
    ip: str
    mac: str
    seen: date | None
    clash: str


@dataclass(frozen=True, slots=True)
class Subnet:
    """Hosts of one site whose addresses share the beginning: « 192.168.1.0/24 »; those without address stand last."""

    site: str
    name: str
    hosts: tuple[Host, ...]


def subnets(session: Session, text: str = "") -> list[Subnet]:
    """By site, then by address; `text` keeps the hosts that hold each of its words."""
    groups: dict[tuple[str, str], list[Host]] = {}
    for site, host in sorted(_hosts(session), key=lambda pair: _order(*pair)):
        groups.setdefault((site, subnet_of(host.ip)), []).append(host)
    found = [Subnet(site, name, tuple(hosts)) for (site, name), hosts in groups.items()]
    return matching(found, text) if text else found


def matching(found: Sequence[Subnet], text: str) -> list[Subnet]:
    """The subnets with only the hosts that hold each word; those without any are left out."""
    words = fold(text).split()
    kept = (replace(one, hosts=tuple(h for h in one.hosts if _holds(one, h, words))) for one in found)
    return [one for one in kept if one.hosts]


def _hosts(session: Session) -> list[tuple[str, Host]]:
    rows = session.execute(
        select(
            Asset.id, Asset.number, Asset.name, Asset.brand, Asset.model, Asset.hostname, Asset.ip, Asset.mac,
            Asset.seen_on, Asset.inventoried_at, Family.name.label("family"), Family.icon, Site.name.label("site"),
        )
        .join(Family, Family.id == Asset.family_id)
        .outerjoin(Site, Site.id == Asset.site_id)
        .where(
            Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED,
            or_(Asset.ip.is_not(None), Asset.mac.is_not(None), Asset.hostname.is_not(None)),
        )
    ).all()  # fmt: skip
    ips, macs = Counter(row.ip for row in rows if row.ip), Counter(row.mac for row in rows if row.mac)
    return [
        (
            row.site or NO_SITE,
            Host(
                row.id, row.number, _named(row.name, row.brand, row.model), row.family, row.icon, row.hostname or "",
                row.ip or "", row.mac or "", _seen(row.seen_on, row.inventoried_at),
                ", ".join(name for name, twice in (("IP", ips[row.ip] > 1), ("MAC", macs[row.mac] > 1)) if twice),
            ),
        )
        for row in rows
    ]  # fmt: skip


def _named(name: str | None, brand: str | None, model: str | None) -> str:
    return name or joined(brand, model)


def _seen(by_hand: date | None, by_tool: datetime | None) -> date | None:
    days = [day for day in (by_hand, by_tool.astimezone(PARIS).date() if by_tool else None) if day]
    return max(days, default=None)


def address_of(text: str) -> Address | None:
    with suppress(ValueError):
        return ipaddress.ip_address(text)
    return None


def subnet_of(ip: str) -> str:
    """« 192.168.1.25 » -> « 192.168.1.0/24 »."""
    address = address_of(ip)
    if address is None:
        return NO_ADDRESS
    return str(ipaddress.ip_network((address, SUBNETS[address.version]), strict=False))


def _order(site: str, host: Host) -> tuple[bool, str, int, int, str]:
    """Numbers in their order: .9 before .10, and a missing address last."""
    address = address_of(host.ip)
    version, value = (address.version, int(address)) if address else (9, 0)
    return site == NO_SITE, fold(site), version, value, fold(host.hostname or host.number)


def _holds(subnet: Subnet, host: Host, words: Sequence[str]) -> bool:
    told = f"{subnet.site} {host.number} {host.name} {host.family} {host.hostname} {host.ip} {host.mac} {host.clash}"
    return all(word in fold(told) for word in words)


HEADS = (
    ("Site", "text", 18), ("Sous-réseau", "text", 20), ("Adresse IP", "text", 18), ("Nom sur le réseau", "text", 24),
    ("Adresse MAC", "text", 20), ("N°", "text", 12), ("Bien", "text", 32), ("Famille", "text", 20),
    ("Vu le", "day", 12), ("En double", "text", 12),
)  # fmt: skip


def export_job(store: Store, path: Path, text: str = "") -> Job[int]:
    """Write what is shown as a workbook; gives the number of hosts."""
    from app.reports import workbook  # noqa: PLC0415 - openpyxl is read when a workbook is asked for

    with store.read() as session:
        found = subnets(session, text)
        company = session.scalar(select(Company.name).where(Company.deleted_at.is_(None)).limit(1)) or ""
    rows = list(_rows(found))
    yield Progress(0, len(rows), "Lecture du réseau")
    filters = (f"Contient «\u00a0{text}\u00a0»",) if text else ()
    about = workbook.About("Réseau", company, this_day(), filters)
    columns = [workbook.Column(label, kind, width) for label, kind, width in HEADS]
    return (yield from workbook.write_list(path, about, columns, rows, len(rows)))


def _rows(found: Sequence[Subnet]) -> Iterator[tuple[str | date | None, ...]]:
    for subnet in found:
        for one in subnet.hosts:
            yield (
                subnet.site, subnet.name, one.ip or None, one.hostname or None, one.mac or None, one.number, one.name,
                one.family, one.seen, one.clash or None,
            )  # fmt: skip
