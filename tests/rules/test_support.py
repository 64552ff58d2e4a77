"""Ends of support told from the words of inventories, against the bundled table (domain.md F.2)."""

import json
from datetime import date

import pytest

from app.paths import resource
from app.rules.support import Match, Row, SupportState, match, state

TODAY = date(2026, 11, 20)
BUNDLE = json.loads(resource("fins-de-support.json").read_text(encoding="utf-8"))
TABLE = [
    Row(
        one["produit"],
        one["cycle"],
        date.fromisoformat(one["fin"]) if one["fin"] else None,
        one["editions"] or "",
        one["versions"] or "",
    )
    for one in BUNDLE["fins"]
]


def found(system: str | None, version: str | None = None) -> Match:
    return match(system, version, TABLE, TODAY)


def day(text: str) -> date:
    dom, month, year = text.split("/")
    return date(int(year), int(month), int(dom))


@pytest.mark.parametrize(
    ("product", "cycle", "end", "extended"),
    [
        ("Windows", "10 22H2", "14/10/2025", "10/10/2028"),
        ("Windows Server", "2012", "10/10/2023", "13/10/2026"),
        ("Windows Server", "2012 R2", "10/10/2023", "13/10/2026"),
        ("Windows Server", "2016", "12/01/2027", "12/01/2030"),
        ("Windows Server", "2019", "09/01/2029", None),
        ("Windows Server", "2022", "14/10/2031", None),
        ("Windows Server", "2025", "14/11/2034", None),
        ("Office", "2016", "14/10/2025", None),
        ("Office", "2019", "14/10/2025", None),
        ("Office", "2021", "13/10/2026", None),
        ("Office", "2024", "09/10/2029", None),
        ("Exchange Server", "2016", "14/10/2025", "01/11/2026"),
        ("Exchange Server", "2019", "14/10/2025", "01/11/2026"),
        ("SQL Server", "2016", "14/07/2026", "17/07/2029"),
        ("SQL Server", "2017", "12/10/2027", None),
        ("SQL Server", "2019", "08/01/2030", None),
        ("SQL Server", "2022", "11/01/2033", None),
        ("ESXi", "7.0", "02/10/2025", None),
        ("ESXi", "8.0", "11/10/2027", None),
        ("Debian", "12", "11/07/2026", "30/06/2028"),
        ("Debian", "13", "09/08/2028", "30/06/2030"),
        ("Ubuntu", "22.04", "01/04/2027", "09/04/2032"),
        ("Ubuntu", "24.04", "31/05/2029", "31/05/2036"),
        ("macOS", "13", "15/09/2025", None),
        ("macOS", "14", None, None),
        ("Android", "13", "02/03/2026", None),
    ],
)
def test_the_table_of_the_domain(product: str, cycle: str, end: str | None, extended: str | None) -> None:
    rows = [one for one in BUNDLE["fins"] if (one["produit"], one["cycle"]) == (product, cycle)]
    expected = [str(day(one)) if one else None for one in (end, extended)]
    assert [[one["fin"], one["prolonge"]] for one in rows] == [expected]


@pytest.mark.parametrize(("year", "standard"), [("2022", "2026-10-13"), ("2025", "2029-11-13")])
def test_the_usual_support_of_servers(year: str, standard: str) -> None:
    row = next(one for one in BUNDLE["fins"] if (one["produit"], one["cycle"]) == ("Windows Server", year))
    assert row["standard"] == standard


@pytest.mark.parametrize(
    ("cycle", "home", "enterprise"),
    [
        ("23H2", "11/11/2025", "10/11/2026"),
        ("24H2", "13/10/2026", "12/10/2027"),
        ("25H2", "12/10/2027", "10/10/2028"),
    ],
)
def test_the_edition_changes_the_end(cycle: str, home: str, enterprise: str) -> None:
    for edition in ("Famille", "Home", "Professionnel", "Pro", "Pro Education", "Pro for Workstations", "Famille N"):
        assert found(f"Microsoft Windows 11 {edition}", cycle).end == day(home), edition
    for edition in ("Entreprise", "Enterprise", "Éducation", "Education", "IoT Enterprise"):
        assert found(f"Windows 11 {edition}", cycle).end == day(enterprise), edition
    assert match("Windows 11", cycle, TABLE, day(home)).end is None


@pytest.mark.parametrize(
    ("system", "version", "cycle", "end"),
    [
        ("Microsoft Windows 11 Professionnel", "23H2 (10.0.22631)", "11 23H2", "11/11/2025"),
        ("Microsoft Windows 11 Professionnel", "10.0.22631.3447", "11 23H2", "11/11/2025"),
        ("Microsoft® Windows 11 Entreprise", "10.0.26100", "11 24H2", "12/10/2027"),
        ("Windows 11 Pro 24H2", None, "11 24H2", "13/10/2026"),
        ("Windows 10 Pro", "22H2", "10 22H2", "14/10/2025"),
        ("Windows 10 Pro", "10.0.19045", "10 22H2", "14/10/2025"),
        ("Windows 10 Entreprise", "22H2 (10.0.19045)", "10 22H2", "14/10/2025"),
        ("Windows 10 Pro", "21H2 (10.0.19044)", "10 21H2", "13/06/2023"),
        ("Windows 10 Enterprise", "21H2 (10.0.19044)", "10 21H2", "11/06/2024"),
        ("Microsoft Windows 10 Entreprise LTSC", "10.0.19044", "10 21H2", "12/01/2027"),
        ("Microsoft Windows 10 Enterprise 2016 LTSB", "10.0.14393", "10 1607", "13/10/2026"),
        ("Microsoft Windows 10 IoT Enterprise LTSC", "10.0.19044", "10 21H2", "13/01/2032"),
        ("Windows 11 Enterprise LTSC", "10.0.26100", "11 24H2", "09/10/2029"),
        ("Windows 11 IoT Enterprise LTSC", "10.0.26100", "11 24H2", "10/10/2034"),
        ("Windows 11 Pro", "10.0.26100 (24H2)", "11 24H2", "13/10/2026"),
        ("Windows 10 Pro", "10.0.22631", "11 23H2", "11/11/2025"),  # the registry still says 10
        ("Microsoft Windows 8.1 Professionnel", "6.3.9600", "8.1", "10/01/2023"),
        ("Microsoft Windows 8 Pro", None, "8", "12/01/2016"),
        ("Windows 7 Professionnel", "6.1.7601", "7 SP1", "14/01/2020"),
        ("Microsoft Windows XP Professional", "5.1.2600", "XP SP3", "08/04/2014"),
        ("Microsoft Windows Server 2019 Standard", "10.0.17763", "2019", "09/01/2029"),
        ("Microsoft Windows Server 2019 Standard", "1809 (10.0.17763)", "2019", "09/01/2029"),
        ("Microsoft Windows Server 2019 Standard", None, "2019", "09/01/2029"),
        ("Microsoft Windows Server 2025 Standard", "24H2 (10.0.26100)", "2025", "14/11/2034"),
        ("Windows Server 2012 R2 Standard", None, "2012 R2", "10/10/2023"),
        ("Windows Server 2012 Standard", "6.2.9200", "2012", "10/10/2023"),
        ("Windows Server 2022 Datacenter", "21H2", "2022", "14/10/2031"),
        ("macOS 13.6.1", "22G313", "13", "15/09/2025"),
        ("macOS", "13.6.1", "13", "15/09/2025"),
        ("Mac OS X 10.15.7 (19H2)", None, "10.15", "02/02/2026"),
        ("OS X 10.11.6 (15G31)", None, "10.11", "01/12/2018"),
        ("Debian GNU/Linux 12 (bookworm)", "6.1.0-18-amd64", "12", "11/07/2026"),
        ("Debian 12", "12.9", "12", "11/07/2026"),
        ("Ubuntu 22.04.4 LTS", "22.04.4 LTS (Jammy Jellyfish)", "22.04", "01/04/2027"),
        ("Ubuntu", "24.04", "24.04", "31/05/2029"),
        ("Fedora 43 (Workstation Edition)", "43 (Workstation Edition)", "43", "09/12/2026"),
        ("Linux Mint 21.3 64-bit", None, "21.3", "30/04/2027"),
        ("Linux Mint 64 bits", "21.3", "21.3", "30/04/2027"),
        ("Android 13", None, "13", "02/03/2026"),
        ("Android", "12", "12", "03/03/2025"),
        ("iOS 17.5.1", None, "17", "13/05/2025"),
        ("Microsoft Office Professionnel Plus 2019 - fr-fr", "16.0.10416.20047", "2019", "14/10/2025"),
        ("Microsoft Office LTSC Professional Plus 2021", None, "2021", "13/10/2026"),
        ("Microsoft Office 2024 LTSC Standard", None, "2024 LTSC", "09/10/2029"),
        ("Microsoft SQL Server 2019 (64-bit)", None, "2019", "08/01/2030"),
        ("Microsoft SQL Server", "16.0.4265.3", "2022", "11/01/2033"),
        ("Microsoft Exchange Server 2016 Cumulative Update 23", None, "2016", "14/10/2025"),
        ("VMware ESXi 7.0.3", "21424296", "7.0", "02/10/2025"),
    ],
)  # fmt: skip
def test_as_inventories_write_it(system: str, version: str | None, cycle: str, end: str) -> None:
    told = found(system, version)
    assert (told.cycle, told.end) == (cycle, day(end))


@pytest.mark.parametrize(
    ("system", "version", "why"),
    [
        (None, None, "Système absent de la table."),
        ("", "10.0.19045", "Système absent de la table."),
        ("LibreOffice 7.6", None, "Système absent de la table."),
        ("Raspbian GNU/Linux 11 (bullseye)", None, "Système absent de la table."),
        ("Microsoft Office 365 ProPlus", None, "Office\u00a0: version absente de la table."),
        ("Windows 12 Pro", "10.0.30000", "Windows\u00a0: version absente de la table."),
        ("Windows", "10.0.30000", "Windows\u00a0: version absente de la table."),
        ("Debian GNU/Linux trixie/sid", None, "Debian\u00a0: version absente de la table."),
        ("Windows 11 Pro", None, "Windows\u00a0: version non relevée."),
        ("Windows 11 Pro", "27H2 (10.0.27000)", "Windows\u00a0: version non relevée."),
        ("Windows 10 Entreprise LTSC", None, "Windows\u00a0: version non relevée."),
        ("Microsoft Windows Server Standard", "10.0.17763", "Windows Server\u00a0: version non relevée."),
        ("Windows 11", "10.0.26100", "Windows 11 24H2\u00a0: édition non relevée."),
        ("macOS 14.5", "23F79", "macOS 14\u00a0: aucune date annoncée."),
        ("iPadOS 26.1", None, "iPadOS 26\u00a0: aucune date annoncée."),
    ],
)
def test_what_is_not_known_is_never_guessed(system: str | None, version: str | None, why: str) -> None:
    told = found(system, version)
    assert (told.end, told.why) == (None, why)


@pytest.mark.parametrize(
    ("system", "version", "end", "why"),
    [
        ("Windows 10 Pro", None, "14/10/2025", "Windows, version non relevée\u00a0: au plus tard."),
        ("Windows 7", None, "14/01/2020", "Windows 7 SP1, version non relevée\u00a0: au plus tard."),
        ("Windows 11", "10.0.22000", "08/10/2024", "Windows 11 21H2, édition non relevée\u00a0: au plus tard."),
    ],
)
def test_what_is_over_whatever_it_was_is_told(system: str, version: str | None, end: str, why: str) -> None:
    told = found(system, version)
    assert (told.end, told.why) == (day(end), why)


def test_the_latest_day_is_no_answer_while_it_is_to_come() -> None:
    assert match("Windows 10 Pro", None, TABLE, date(2025, 10, 14)).end is None
    assert match("Windows 10 Pro", None, TABLE, date(2025, 10, 15)).end == date(2025, 10, 14)


def test_a_row_typed_by_hand_is_matched_the_same_way() -> None:
    rows = [*TABLE, Row("Synology DSM", "7.2", date(2027, 9, 30)), Row("Zorin OS", "17 Core", None)]
    assert match("Synology DSM 7.2.1-69057", None, rows, TODAY).end == date(2027, 9, 30)
    assert match("Zorin OS 17", None, rows, TODAY).why == "Zorin OS 17 Core\u00a0: version non relevée."


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (None, SupportState.UNKNOWN),
        ("19/11/2026", SupportState.EXPIRED),
        ("20/11/2026", SupportState.SIX_MONTHS),
        ("19/05/2027", SupportState.SIX_MONTHS),
        ("20/05/2027", SupportState.TWELVE_MONTHS),
        ("19/11/2027", SupportState.TWELVE_MONTHS),
        ("20/11/2027", SupportState.TWO_YEARS),
        ("19/11/2028", SupportState.TWO_YEARS),
        ("20/11/2028", SupportState.FAR),
    ],
)
def test_the_state_of_a_support(end: str | None, expected: SupportState) -> None:
    assert state(day(end) if end else None, TODAY) is expected
