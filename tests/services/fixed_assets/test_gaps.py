"""What the register and the physical inventory do not agree on (domain.md E.4)."""

from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.jobs import drain
from app.models import Asset, CampaignLine
from app.models.codes import CampaignResult
from app.services import campaigns, records
from app.services.fixed_assets import decide, exits
from app.services.fixed_assets.gaps import Gap, GapKind, count, gaps
from app.storage import Store
from tests.services.fixed_assets.fleet import add_asset, add_line, retire

CLOSED = date(2026, 11, 30)
TODAY = date(2026, 12, 31)


def held(store: Store, *found: int) -> None:
    """A campaign in which only these assets were met."""
    campaign = drain(campaigns.open_job(store, {"title": "Inventaire 2026", "opened_on": CLOSED}))
    with store.begin() as session:
        lines = session.scalars(select(CampaignLine.id).where(CampaignLine.asset_id.in_(found))).all()
        if lines:
            campaigns.tick(session, lines, CampaignResult.FOUND, datetime(2026, 11, 30, 9, tzinfo=UTC))
    drain(campaigns.close_job(store, campaign, CLOSED))


def told(session: Session, kind: GapKind) -> list[Gap]:
    return [one for one in gaps(session, TODAY) if one.kind == kind]


def test_a_line_whose_asset_was_not_found(ready: Store) -> None:
    with ready.begin() as session:
        lost, there = (add_asset(session, 125_000, commissioned_on=date(2026, 9, 17)) for _ in range(2))
        lines = decide.capitalise_each(session, [("asset", lost), ("asset", there)])
        assert gaps(session, TODAY) == ()
    held(ready, there)
    with ready.begin() as session:
        (gap,) = gaps(session, TODAY)
        assert (gap.fixed_asset_id, gap.asset_id, gap.cents, gap.on, gap.leaves) == (
            lines[0],
            lost,
            112_963,
            CLOSED,
            False,
        )
        assert gap.why.endswith("clos le 30/11/2026.")
        records.update(session, ENTITIES["asset"], lost, {"seen_on": date(2026, 12, 3)})
        assert gaps(session, TODAY) == ()


def test_a_line_whose_asset_left_is_to_be_taken_out(ready: Store) -> None:
    with ready.begin() as session:
        asset = add_asset(session, 125_000)
        (line,) = decide.capitalise_each(session, [("asset", asset)])
        retire(session, asset, date(2026, 12, 1))
        (gap,) = gaps(session, TODAY)
        assert count(session, TODAY) == 1
        assert (gap.leaves, gap.why) == (True, "Sorti du parc le 01/12/2026\u00a0: vente.")
        exits.take_out(session, line, exits.begin(session, line, TODAY), TODAY)
        assert gaps(session, TODAY) == ()


def test_a_set_of_which_a_part_left_or_was_not_found(ready: Store) -> None:
    with ready.begin() as session:
        assets = [add_asset(session, 30_000, name) for name in ("Poste fixe", "Écran")]
        decide.capitalise_set(session, [("asset", one) for one in assets], {})
    held(ready, assets[0])
    with ready.begin() as session:
        (gap,) = gaps(session, TODAY)
        assert gap.why.startswith("ECR-0001\u00a0: non trouvé")
        retire(session, assets[1], date(2026, 12, 1))
        (gap,) = gaps(session, TODAY)
        assert (gap.leaves, gap.why) == (
            False,
            "ECR-0001\u00a0: sorti du parc le 01/12/2026, sur un ensemble de 2\u00a0biens.",
        )
        session.get_one(Asset, assets[1]).retired_on = None
        session.flush()
        assert "sorti du parc, sur" in gaps(session, TODAY)[0].why


def test_a_line_without_any_asset(ready: Store) -> None:
    with ready.begin() as session:
        add_line(session)
        add_line(session, kind="software")
        (gap,) = gaps(session, TODAY)
    assert (gap.kind, gap.asset_id, gap.number) == (GapKind.NOT_FOUND, None, "IM-0001")


def test_what_is_there_and_on_no_line(ready: Store) -> None:
    with ready.begin() as session:
        waiting = add_asset(session, 90_000, finding="tool", seen_on=date(2026, 10, 1))
        expensed = add_asset(session, 90_000, treatment="expensed")
        said = add_asset(session, 10_000, treatment="capitalised", name="Écran", brand=None, model=None)
        small = add_asset(session, 40_000, finding="seen")
        rented = add_asset(session, 90_000, ownership="rented", finding="seen")
        add_asset(session, 90_000, finding="declared")
        assert [one.asset_id for one in gaps(session, TODAY)] == [waiting]
    held(ready, expensed, said, small, rented)
    with ready.begin() as session:
        found = {one.asset_id: one.why for one in told(session, GapKind.NOT_LISTED)}
        assert count(session, TODAY) == 3
        assert found == {
            said: "Dit immobilisé sur sa fiche, mais sur aucune ligne du registre.",
            waiting: "Plus de 500,00\u00a0€, et rien n’est décidé.",
            expensed: "Passé en charge, alors qu’il dépasse 500,00\u00a0€.",
        }


def test_an_asset_back_after_its_line_left(ready: Store) -> None:
    with ready.begin() as session:
        asset = add_asset(session, 90_000, finding="seen")
        (line,) = decide.capitalise_each(session, [("asset", asset)])
        exits.take_out(session, line, {"exit_on": TODAY, "exit_kind": "theft"}, TODAY)
        assert [one.asset_id for one in told(session, GapKind.NOT_LISTED)] == [asset]
