"""The script that makes the bundled table of ends of support, on pages written as endoflife.date writes them."""

import json
import runpy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.paths import resource

SCRIPT = runpy.run_path(str(Path(__file__).parent.parent / "packaging" / "end_of_support.py"))
HEAD = "---\ntitle: X\nidentifiers:\n  - cpe: x\nreleases:\n"


def page(*releases: str) -> str:
    """Each release as « code; name: value; … »."""
    text = HEAD
    for one in releases:
        code, *rest = one.split("; ")
        text += f'  - releaseCycle: "{code}"\n' + "".join(f"    {line}\n" for line in rest) + "\n"
    return text + "---\n\n> The words below the head: eol: 2001-01-01\n"


def rows(product: str, *releases: str) -> list[dict[str, Any]]:
    return list(SCRIPT["rows"](product, page(*releases)))


def test_each_set_of_editions_has_its_row() -> None:
    found = rows(
        "windows",
        '11-24h2-w; releaseLabel: "11 24H2 (W)"; eol: 2026-10-13; latest: 10.0.26100',
        '11-24h2-e; releaseLabel: "11 24H2 (E)"; eol: 2027-10-12; latest: 10.0.26100',
        '11-24h2-iot-lts; releaseLabel: "11 24H2 IoT"; eol: 2034-10-10; latest: 10.0.26100',
        '10-22h2; releaseLabel: "10 22H2"; eol: 2025-10-14; eoes: 2028-10-10 # paid; latest: 10.0.19045',
    )
    assert [(one["cycle"], one["editions"], one["fin"], one["prolonge"]) for one in found] == [
        ("11 24H2", "Famille Pro Pro+Éducation", "2026-10-13", None),
        ("11 24H2", "Entreprise Éducation", "2027-10-12", None),
        ("11 24H2", "IoT+Entreprise+LTSC", "2034-10-10", None),
        ("10 22H2", None, "2025-10-14", "2028-10-10"),
    ]
    assert {one["versions"] for one in found} == {"10.0.26100", "10.0.19045"}


def test_what_has_no_date_is_told_from_what_is_over_long_ago() -> None:
    found = rows("macos", "26; eol: false", "13; eol: 2025-09-15", "10.4; eol: 2007-11-14")
    assert [(one["cycle"], one["fin"]) for one in found] == [("26", None), ("13", "2025-09-15")]
    assert rows("android", "4.3; eol: true", "4.4w; eol: 2017-10-01", "13; eol: 2026-03-02")[0]["cycle"] == "13"


@pytest.mark.parametrize("written", ["2020-01-15", "2020-01-14T23:00:00Z"])
def test_a_date_of_microsoft_one_day_late_is_refused(written: str) -> None:
    with pytest.raises((SystemExit, ValueError)):
        rows("windows-server", f"2008-sp2; eol: {written}; latest: 6.0.6003")


def test_a_year_ends_with_its_last_service_pack(tmp_path: Path) -> None:
    for product in SCRIPT["PRODUCTS"]:
        (tmp_path / f"{product}.md").write_text(HEAD + "---\n", encoding="utf-8")
    releases = (
        '13.0-sp3; releaseLabel: "2016 SP3"; eol: 2026-07-14',
        '13.0; releaseLabel: "2016"; eol: 2018-01-09',
        '10.50-sp3; releaseLabel: "2008 R2 SP3"; eol: 2019-07-09',
    )
    (tmp_path / "mssqlserver.md").write_text(page(*releases), encoding="utf-8")
    found = SCRIPT["table"](tmp_path)
    assert [(one["cycle"], one["versions"], one["fin"]) for one in found] == [
        ("2016", "13.0", "2026-07-14"),
        ("2008 R2", "10.50", "2019-07-09"),
    ]


def test_the_bundled_table_is_as_the_script_writes_it() -> None:
    text = resource("fins-de-support.json").read_text(encoding="utf-8")
    told = json.loads(text)
    assert SCRIPT["written"](told["fins"], date.fromisoformat(told["donnees_au"]), "a70eca337") == text
    assert told["licence"].startswith("MIT")
    assert "Permission is hereby granted" in resource("fins-de-support-LICENSE.txt").read_text(encoding="utf-8")
    assert len({one["code"] for one in told["fins"]}) == len(told["fins"])
