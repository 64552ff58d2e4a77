"""The security checks: what is wrong, what is not known, and never one for the other."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.jobs import drain
from app.models import Asset, Family, Survey
from app.models.codes import AssetStatus
from app.services import preferences, records, security
from app.services.security import Finding, Line
from app.services.security_checks import CHECKS, Gravity
from app.storage import Store

TODAY = date(2026, 11, 20)
HEALTHY = {
    "antivirus": "ESET", "antivirus_on": True, "antivirus_current": True, "firewall_on": True, "disk_total_gb": 500,
    "disk_free_gb": 200, "disk_encrypted": True, "battery_health": 90,
}  # fmt: skip


def put(session: Session, family: str = "Poste fixe", *, surveyed: str = "2026-11-18", **values: Any) -> int:
    """An asset, and what an agent saw of it that day (nothing if the day is empty); the values go where they belong."""
    family_id = session.scalars(select(Family.id).where(Family.name == family)).one()
    seen = {name: values.pop(name) for name in list(values) if name in HEALTHY}
    made = records.create(session, ENTITIES["asset"], {"family_id": family_id, **values})
    if surveyed:
        survey(session, made, surveyed, **seen)
    return made


def survey(session: Session, asset_id: int, on: str, **seen: Any) -> Survey:
    at = datetime.fromisoformat(on).replace(tzinfo=UTC)
    made = Survey(asset_id=asset_id, taken_at=at, tool="GLPI Agent", **{**HEALTHY, **seen})
    session.add(made)
    session.flush()
    return made


def found(session: Session, key: str) -> Finding:
    return next(one for one in security.summary(session, TODAY) if one.key == key)


@pytest.mark.parametrize(
    ("key", "wrong", "right", "nothing"),
    [
        ("support-ended", {"support_end": date(2026, 11, 19)}, {"support_end": TODAY}, {}),
        ("support-ending", {"support_end": TODAY}, {"support_end": date(2027, 5, 20)}, {}),
        ("antivirus-absent", {"antivirus": None, "antivirus_on": False}, {}, {"antivirus": None, "antivirus_on": None}),
        ("antivirus-off", {"antivirus_on": False}, {}, {"antivirus_on": None, "antivirus_current": None}),
        ("antivirus-off", {"antivirus_current": False}, {}, {"antivirus_on": None, "antivirus_current": None}),
        ("firewall-off", {"firewall_on": False}, {}, {"firewall_on": None}),
        ("disk-clear", {"disk_encrypted": False}, {}, {"disk_encrypted": None}),
        ("disk-clear", {"disk_encrypted": None, "encrypted": False}, {"encrypted": False}, {"disk_encrypted": None}),
        ("disk-full", {"disk_free_gb": 49}, {"disk_free_gb": 50}, {"disk_free_gb": None}),
        ("disk-full", {"disk_free_gb": 0}, {}, {"disk_total_gb": 0}),
        ("battery-worn", {"battery_health": 59}, {"battery_health": 60}, {"battery_health": None}),
        ("unseen", {"surveyed": "2026-08-21"}, {"surveyed": "2026-08-22"}, {"surveyed": ""}),
        ("unseen", {"surveyed": "", "seen_on": date(2026, 1, 5)}, {"surveyed": "2026-01-05", "seen_on": TODAY},
         {"surveyed": ""}),
    ],
)  # fmt: skip
def test_a_check(ready: Store, key: str, wrong: dict[str, Any], right: dict[str, Any], nothing: dict[str, Any]) -> None:
    with ready.begin() as session:
        at_fault = put(session, "Ordinateur portable", **wrong)
        put(session, "Ordinateur portable", **right)
        unknown = put(session, "Ordinateur portable", **nothing)
        told = found(session, key)
        assert (told.count, told.unknown, told.concerned, told.known) == (1, 1, 3, 2)
        assert told.share == Decimal("0.5")
        assert told.unsaid == ("1\u00a0sans date" if "support" in key else "1\u00a0non relevé")
        assert security.assets(session, key, TODAY) == (at_fault,)
        assert security.unknown_assets(session, key) == (unknown,)


def test_only_what_a_check_is_asked_of_is_counted(ready: Store) -> None:
    """A screen has no antivirus to have; a desktop no battery; a server is a computer without being a workstation."""
    with ready.begin() as session:
        for family in ("Écran", "Imprimante", "Poste fixe", "Serveur", "Machine virtuelle", "NAS"):
            put(session, family, surveyed="")
        put(session, "Tablette", surveyed="", encrypted=False)
        put(session, "Tablette", surveyed="", system="Android 13")
        counts = {one.key: one.concerned for one in security.summary(session, TODAY)}
    assert counts == {
        "support-ended": 4, "antivirus-absent": 3, "antivirus-off": 3, "firewall-off": 3, "disk-clear": 2,
        "support-ending": 4, "unseen": 3, "disk-full": 3, "battery-worn": 0,
    }  # fmt: skip


def test_what_is_gone_is_not_counted_and_what_is_stored_is_not_sought(ready: Store) -> None:
    with ready.begin() as session:
        gone = put(session, surveyed="2026-01-05", firewall_on=False)
        session.get_one(Asset, gone).status = AssetStatus.RETIRED
        records.to_bin(session, ENTITIES["asset"], [put(session, firewall_on=False)])
        put(session, surveyed="2026-01-05", firewall_on=False, status=AssetStatus.IN_STOCK)
        assert (found(session, "firewall-off").concerned, found(session, "unseen").concerned) == (1, 0)


def test_the_newest_survey_outside_the_bin_is_in_force(ready: Store) -> None:
    with ready.begin() as session:
        made = put(session, surveyed="2026-11-01", firewall_on=True)
        survey(session, made, "2026-10-01", firewall_on=True)
        last = survey(session, made, "2026-11-19", firewall_on=False)
        assert found(session, "firewall-off").count == 1
        records.to_bin(session, ENTITIES["survey"], [last.id])
        assert found(session, "firewall-off").count == 0


def test_the_assets_of_a_check_go_to_a_workbook_that_says_why(ready: Store, tmp_path: Path) -> None:
    with ready.begin() as session:
        put(session, support_end=date(2026, 1, 1), system="Windows 10 Pro")
        put(session)
    target = tmp_path / "hors-support.xlsx"
    assert drain(security.export_job(ready, "support-ended", target, TODAY)) == 1
    book = load_workbook(target)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert book.worksheets[0].title == "Système hors support"
    assert rows[0][-3:] == ("Système", "Version du système", "Fin de support")
    assert rows[1][0] == "PC-0001"
    told = [str(cell) for row in book.worksheets[1].iter_rows(values_only=True) for cell in row]
    assert any("L’éditeur ne corrige plus" in text for text in told)


def test_the_settings_decide(ready: Store) -> None:
    with ready.begin() as session:
        put(session, "Ordinateur portable", surveyed="2026-10-01", battery_health=70)
        assert (found(session, "battery-worn").count, found(session, "unseen").count) == (0, 0)
        preferences.save(session, {"battery_percent": 80, "unseen_days": 30})
        assert (found(session, "battery-worn").count, found(session, "unseen").count) == (1, 1)


def test_the_portables_and_personal_data_are_told_apart(ready: Store) -> None:
    with ready.begin() as session:
        assert found(session, "disk-clear").detail == ""
        put(session, "Ordinateur portable", disk_encrypted=False, personal_data=True)
        put(session, "Ordinateur portable", disk_encrypted=False)
        put(session, disk_encrypted=False, battery_health=None)
        assert found(session, "disk-clear").detail == "dont 2\u00a0portables, 1\u00a0avec des données personnelles"


def test_every_check_says_why_and_what_to_do(ready: Store) -> None:
    assert len({check.key for check in CHECKS}) == len(CHECKS)
    assert [check.gravity for check in CHECKS] == sorted((c.gravity for c in CHECKS), key=list(Gravity).index)
    with ready.read() as session:
        for one in security.summary(session, TODAY):
            assert (one.count, one.unknown, one.concerned, one.share) == (0, 0, 0, None)
            assert one.why.endswith(".")
            assert one.advice.endswith(".")


def test_how_much_was_surveyed(ready: Store) -> None:
    with ready.begin() as session:
        assert security.coverage(session).newest is None
        put(session, surveyed="2026-11-02")
        put(session, surveyed="2026-11-18")
        put(session, "Serveur", surveyed="")
        put(session, "Écran", surveyed="")
        told = security.coverage(session)
    assert (told.computers, told.surveyed) == (3, 2)
    assert (told.oldest, told.newest) == (date(2026, 11, 2), date(2026, 11, 18))


def test_one_asset_by_the_same_checks(ready: Store) -> None:
    with ready.begin() as session:
        ill = put(session, "Ordinateur portable", support_end=date(2026, 11, 1), antivirus_current=False,
                  disk_encrypted=False, disk_free_gb=20, battery_health=41)  # fmt: skip
        told = security.of_asset(session, ill, TODAY)
    assert told.survey == "Relevé du 18/11/2026"
    assert told.lines == (
        Line("Fin de support", "01/11/2026", "Hors support", "bad", wrong=True),
        Line("Antivirus", "ESET, pas à jour", "À remettre en route", "warn", wrong=True),
        Line("Pare-feu", "", "Actif", "ok"),
        Line("Disque chiffré", "", "En clair", "warn", wrong=True),
        Line("Place libre", "20\u00a0Go libres sur 500\u00a0Go", "Presque plein", "info", wrong=True),
        Line("Batterie", "41\u00a0% de sa capacité", "Usée", "info", wrong=True),
        Line("Vu en dernier", "18/11/2026", "Récemment", "ok"),
    )


@pytest.mark.parametrize(
    ("seen", "line"),
    [
        ({"antivirus": None, "antivirus_on": False}, Line("Antivirus", "", "Absent", "bad", wrong=True)),
        ({"antivirus_on": False}, Line("Antivirus", "ESET, inactif", "À remettre en route", "warn", wrong=True)),
        ({"antivirus": None}, Line("Antivirus", "", "Actif", "ok")),
        ({"disk_total_gb": None}, Line("Place libre", "", "Non relevé", "mute")),
        ({}, Line("Fin de support", "", "Sans date", "mute")),
        ({"support_end": date(2030, 1, 1)}, Line("Fin de support", "01/01/2030", ">\u00a024\u00a0mois", "ok")),
        ({"support_end": date(2027, 9, 1)}, Line("Fin de support", "01/09/2027", "<\u00a012\u00a0mois", "warn")),
    ],
)
def test_a_line_of_one_asset(ready: Store, seen: dict[str, Any], line: Line) -> None:
    with ready.begin() as session:
        assert line in security.of_asset(session, put(session, **seen), TODAY).lines


def test_an_asset_never_surveyed_and_one_of_no_concern(ready: Store) -> None:
    with ready.begin() as session:
        bare = security.of_asset(session, put(session, surveyed=""), TODAY)
        assert bare.survey == "Aucun relevé"
        assert {line.tone for line in bare.lines} == {"mute"}
        assert "Batterie" not in {line.label for line in bare.lines}
        assert security.of_asset(session, put(session, "Écran", surveyed=""), TODAY).lines == ()
        assert security.of_asset(session, 999, TODAY).lines == ()
