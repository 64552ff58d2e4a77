"""The table of ends of support in a base, and the dates it gives to the assets."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.jobs import drain
from app.models import Asset, SupportEnd
from app.models.codes import AssetStatus
from app.services import records, support
from app.services.support import Bundle, Refreshed, Updated
from app.storage import Store

TODAY = date(2026, 11, 20)
ROW = ENTITIES["support_end"]
W11 = "Microsoft Windows 11 Professionnel"


def row(session: Session, code: str) -> SupportEnd:
    return session.scalars(select(SupportEnd).where(SupportEnd.code == code)).one()


def put(session: Session, **values: Any) -> int:
    return records.create(session, ENTITIES["asset"], {"family_id": 1, **values})


def ends(session: Session) -> list[date | None]:
    return list(session.scalars(select(Asset.support_end).order_by(Asset.id)))


def refreshed(store: Store) -> Refreshed:
    with store.begin("Fins de support") as session:
        return drain(support.refresh(session, TODAY))


def later(**changed: dict[str, Any]) -> Bundle:
    """The table of a later program, where the servers of some years say something else."""
    now = support.bundle()
    rows = {code: {**values, "source": "au 01/03/2027"} for code, values in now.rows.items()}
    for year, values in changed.items():
        code = f"windows-server/{year.removeprefix('y')}"
        rows[code] = {**rows.get(code, rows["windows-server/2025"]), **values}
    return Bundle(date(2027, 3, 1), "endoflife.date", rows)


def test_a_new_base_has_the_table(ready: Store) -> None:
    with ready.read() as session:
        found = row(session, "windows/11-24h2-w")
        assert (found.product, found.cycle, found.edition) == ("Windows", "11 24H2", "Famille Pro Pro+Éducation")
        assert (found.ends_on, found.source) == (date(2026, 10, 13), "endoflife.date au 22/08/2026")
        assert len(support.rows(session)) == len(support.bundle().rows) > 200
        assert support.newer(session) is None


def test_one_answer_per_system_and_session(ready: Store) -> None:
    with ready.read() as session:
        assert support.support_end_for(session, W11, "23H2 (10.0.22631)") == date(2025, 11, 11)
        assert support.support_end_for(session, "Plan 9", None) is None
        assert support.find(session, W11, "24H2") is support.find(session, W11, "24H2")
        assert support.find(session, "macOS 14.5", None).why == "macOS 14\u00a0: aucune date annoncée."


def test_dates_are_filled_corrected_and_never_taken_from_the_hand(ready: Store) -> None:
    with ready.begin() as session:
        put(session, system=W11, system_version="23H2 (10.0.22631)")
        put(session, system=W11, system_version="24H2", support_end=date(2025, 11, 11))  # upgraded since
        put(session, system=W11, system_version="24H2", support_end=date(2028, 1, 1))  # typed: its provider says so
        put(session, system=W11, system_version="24H2", support_end=date(2026, 10, 13))  # already right
        put(session, system="macOS 14.5", support_end=date(2025, 9, 15))  # was 13
        put(session, system="macOS 15.1")
        put(session, system="Plan 9")
        put(session, system="Plan 9", support_end=date(2030, 1, 1))
        session.get_one(Asset, put(session, system="Windows 10 Pro")).status = AssetStatus.RETIRED
        put(session)
    with ready.read() as session:
        assert support.undated(session, TODAY) == 1
    done = refreshed(ready)
    assert done == Refreshed(filled=1, corrected=2, kept=1, unknown=2)
    expected = [date(2025, 11, 11), date(2026, 10, 13), date(2028, 1, 1), date(2026, 10, 13), None, None, None]
    with ready.read() as session:
        assert ends(session) == [*expected, date(2030, 1, 1), None, None]
    assert refreshed(ready) == Refreshed(filled=0, corrected=0, kept=1, unknown=3)


def test_the_sentence_of_a_refresh() -> None:
    assert Refreshed(1, 0, 0, 0).sentence == "1\u00a0date remplie, 0\u00a0corrigée."
    assert Refreshed(12, 3, 2, 1).sentence == (
        "12\u00a0dates remplies, 3\u00a0corrigées\u00a0; 2\u00a0saisies à la main gardées\u00a0; "
        "1\u00a0bien sans date connue."
    )


def test_a_row_corrected_by_hand_changes_the_dates_it_gave(ready: Store) -> None:
    with ready.begin() as session:
        put(session, system="Windows Server 2016 Standard", support_end=date(2027, 1, 12))
        records.update(session, ROW, row(session, "windows-server/2016").id, {"ends_on": date(2027, 2, 9)})
    assert refreshed(ready).corrected == 1
    with ready.begin() as session:
        records.update(session, ROW, row(session, "windows-server/2016").id, {"ends_on": date(2027, 3, 9)})
    assert refreshed(ready).corrected == 1, "a day that the row had for a time came from it too"
    with ready.read() as session:
        assert ends(session) == [date(2027, 3, 9)]


def test_a_row_typed_by_hand_gives_its_date(ready: Store) -> None:
    with ready.begin() as session:
        put(session, system="Synology DSM 7.2.1")
        records.create(session, ROW, {"product": "Synology DSM", "cycle": "7.2", "ends_on": date(2027, 9, 30)})
    assert refreshed(ready).filled == 1


def test_a_newer_table_keeps_what_was_corrected(ready: Store) -> None:
    with ready.begin() as session:
        put(session, system="Windows Server 2019 Standard", support_end=date(2029, 1, 9))
        records.update(session, ROW, row(session, "windows-server/2016").id, {"ends_on": date(2030, 1, 1)})
        records.to_bin(session, ROW, [row(session, "windows-server/2012").id])
    new = {"ends_on": date(2030, 1, 8)}
    table = later(y2012=new, y2016=new, y2019=new, y2028={"cycle": "2028"})
    with ready.begin() as session:
        assert support.newer(session, table) == date(2027, 3, 1)
        assert support.update_table(session, table) == Updated(added=1, changed=1, kept=2)
        assert support.newer(session, table) is None
    with ready.read() as session:
        assert row(session, "windows-server/2019").ends_on == date(2030, 1, 8)
        assert row(session, "windows-server/2022").source == "au 01/03/2027"
        assert row(session, "windows-server/2016").ends_on == date(2030, 1, 1)
        assert row(session, "windows-server/2028").cycle == "2028"
    assert refreshed(ready).corrected == 1
    with ready.begin() as session:
        assert support.update_table(session, table) == Updated(added=0, changed=0, kept=2)
