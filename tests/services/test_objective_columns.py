"""The list of objectives names the indicators that serve each of them today."""

from datetime import date, timedelta
from decimal import Decimal

from app.entities.judgement import OBJECTIVE
from app.fields import this_day
from app.services import listing, records, targets
from app.storage import Store
from tests.services.company import reference_month

LONG_AGO = date(2026, 1, 1)


def test_an_objective_names_the_indicators_that_serve_it_today(store: Store) -> None:
    with store.begin("Objectifs") as session:
        reference_month(session)
        shop = records.create(session, OBJECTIVE, {"title": "Ne jamais arrêter l’atelier"})
        costs = records.create(session, OBJECTIVE, {"title": "Tenir le budget"})
        half = Decimal("0.5")
        targets.set_target(session, "gtr", half, starts_on=LONG_AGO, objective_id=shop)
        targets.set_target(session, "gti", half, objective_id=shop, contract_id=1)
        targets.set_target(session, "fcr", half, starts_on=LONG_AGO, objective_id=shop)
        targets.set_target(session, "fcr", half, starts_on=date(2026, 2, 1), objective_id=costs)
        targets.set_target(session, "csat", half, starts_on=this_day() + timedelta(days=9), objective_id=costs)
    with store.read() as session:
        query = listing.default_query(OBJECTIVE)
        served = {row.id: row.values[query.columns.index("served")] for row in listing.page(session, OBJECTIVE, query)}
    assert set(served) == {shop, costs}
    assert set((served[shop] or "").split(", ")) == {
        "Rétablissements dans le délai", "Prises en charge dans le délai (CT-2026-01)",
    }  # fmt: skip
    assert served[costs] == "Résolution au premier contact"
