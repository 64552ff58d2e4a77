"""Makes resources/fins-de-support.json from the products of endoflife.date (MIT).

`python packaging/end_of_support.py FOLDER DATE COMMIT`: FOLDER holds the `products/*.md` of that commit of
github.com/endoflife-date/endoflife.date, DATE its day (2026-08-22); the licence file stands beside the result.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

RESULT = Path(__file__).parent.parent / "resources" / "fins-de-support.json"
LICENCE = "MIT (fins-de-support-LICENSE.txt)"
OLDEST = "2014-01-01"
"""What ended before is met on no machine any more."""
WEDNESDAY = 2
Release = dict[str, str]
Named = tuple[str, str, str]
"""Cycle, words of the editions, beginnings of the version numbers."""

EDITIONS = {
    "-iot-lts": "IoT+Entreprise+LTSC",
    "-e-lts": "Entreprise+LTSC",
    "-iot": "IoT+Core",
    "-e": "Entreprise Éducation",
    "-w": "Famille Pro Pro+Éducation",
}


def windows(release: Release) -> Named:
    """The label bears the version, the code its editions: (W) is Home and Pro, (E) Enterprise and Education."""
    suffix = next((end for end in EDITIONS if release["releaseCycle"].endswith(end)), "")
    cycle = re.sub(r" (\([EW]\)|IoT|IOT)$", "", release["releaseLabel"])
    return cycle, EDITIONS.get(suffix, ""), release["latest"]


def server(release: Release) -> Named:
    return release["releaseCycle"].replace("-", " ").upper(), "", release["latest"]


def plain(release: Release) -> Named:
    return release["releaseCycle"], "", ""


def office(release: Release) -> Named:
    return release["releaseCycle"].replace("-for-", " for ").replace("-ltsc", " LTSC").replace("mac", "Mac"), "", ""


def sql_server(release: Release) -> Named:
    """By its year; a service pack is had by updating, so that the year ends with its last one."""
    year = re.match(r"\d{4}( R2)?", release.get("releaseLabel", ""))
    return (year[0] if year else ""), "", release["releaseCycle"].partition("-")[0]


def exchange(release: Release) -> Named:
    return release["releaseCycle"].replace("subscription", "Subscription Edition"), "", ""


def numbered(release: Release) -> Named:
    """Other editions of the same name (LMDE, Android Wear) have numbers of their own."""
    return (release["releaseCycle"] if re.fullmatch(r"[\d.]+", release["releaseCycle"]) else ""), "", ""


PRODUCTS: dict[str, tuple[str, Callable[[Release], Named]]] = {
    "windows": ("Windows", windows),
    "windows-server": ("Windows Server", server),
    "macos": ("macOS", plain),
    "ios": ("iOS", plain),
    "ipados": ("iPadOS", plain),
    "android": ("Android", numbered),
    "debian": ("Debian", plain),
    "ubuntu": ("Ubuntu", plain),
    "fedora": ("Fedora", plain),
    "linuxmint": ("Linux Mint", numbered),
    "office": ("Office", office),
    "mssqlserver": ("SQL Server", sql_server),
    "msexchange": ("Exchange Server", exchange),
    "vmware-esxi": ("ESXi", plain),
}
OF_MICROSOFT = {"windows", "windows-server", "office", "mssqlserver", "msexchange"}


def releases(text: str) -> Iterator[Release]:
    """The flat maps under `releases:` in the head of a page."""
    head = text.split("\n---", 1)[0]
    found: Release = {}
    for line in head.partition("\nreleases:\n")[2].splitlines():
        read = re.match(r"  (- |  )(\w+): *(.*)$", line)
        if read and read[1] == "- " and found:
            yield found
            found = {}
        if read:
            found[read[2]] = _bare(read[3])
    if found:
        yield found


def _bare(value: str) -> str:
    """Without its quotes, or the comment after it."""
    quoted = re.match(r"""(["'])(.*?)\1""", value)
    return quoted[2] if quoted else value.partition(" #")[0].strip()


def day(product: str, release: Release, name: str) -> str | None:
    """A date as it stands, never a moment: those that were one show Microsoft's Tuesdays as Wednesdays."""
    value = release.get(name, "false")
    if value in {"false", "null", ""}:
        return None
    on = date.fromisoformat(value)
    if product in OF_MICROSOFT and on.weekday() == WEDNESDAY and value >= OLDEST:
        raise SystemExit(f"{product} {release['releaseCycle']}: {name} {value} is a Wednesday, one day late")
    return value


def rows(product: str, text: str) -> Iterator[dict[str, str | None]]:
    shown, name = PRODUCTS[product]
    for release in releases(text):
        cycle, editions, builds = name(release)
        if not cycle or release["eol"] == "true" or (release["eol"] != "false" and release["eol"] < OLDEST):
            continue
        yield {
            "code": f"{product}/{release['releaseCycle']}",
            "produit": shown,
            "cycle": cycle,
            "editions": editions or None,
            "versions": builds or None,
            "fin": day(product, release, "eol"),
            "standard": day(product, release, "eoas"),
            "prolonge": day(product, release, "eoes"),
        }


def table(folder: Path) -> list[dict[str, str | None]]:
    """One row for each product, version and editions: the one that ends last."""
    kept: dict[tuple[str | None, ...], dict[str, str | None]] = {}
    for product in PRODUCTS:
        for row in rows(product, (folder / f"{product}.md").read_text(encoding="utf-8")):
            same = kept.setdefault((row["produit"], row["cycle"], row["editions"]), row)
            if (row["fin"] or "") > (same["fin"] or ""):
                kept[row["produit"], row["cycle"], row["editions"]] = row
    return list(kept.values())


def written(found: list[dict[str, str | None]], on: date, commit: str) -> str:
    """One row a line, so that two versions compare."""
    source = f"endoflife.date (endoflife-date/endoflife.date, {commit[:9]})"
    head = {"donnees_au": on.isoformat(), "source": source, "licence": LICENCE}
    lines = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in found)
    told = json.dumps(head, ensure_ascii=False, indent=1).rstrip("\n}")
    return f'{told},\n "fins": [\n{lines}\n ]\n}}\n'


def main(folder: str, on: str, commit: str) -> None:
    found = table(Path(folder))
    RESULT.write_text(written(found, date.fromisoformat(on), commit), encoding="utf-8")
    print(f"{len(found)} rows in {RESULT.name}")


if __name__ == "__main__":
    main(*sys.argv[1:])
