"""Importing what was exported changes nothing, whatever the list and the format (reliability.md F13, F17)."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.entities import ENTITIES
from app.errors import Refused
from app.jobs import drain
from app.services import export, records
from app.services.importing import Options, Plan, importable
from app.storage import Store
from tests.services.importing.bench import new_store, preview, run, written

KEPT = [entity.key for entity in importable()]
SHOWN = [key for key in ENTITIES if key not in KEPT]


def exported(store: Store, key: str, path: Path) -> int:
    return drain(export.list_job(store, ENTITIES[key], path))


def assert_unchanged(plan: Plan, count: int) -> None:
    told = [(line.outcome, line.detail, line.changes) for line in plan.lines if line.outcome != "unchanged"]
    assert not told[:3]
    assert plan.count("unchanged") == count


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("key", KEPT)
def test_a_list_comes_back_as_it_was(tmp_path: Path, morvan: Store, key: str, ending: str) -> None:
    path = tmp_path / f"liste.{ending}"
    count = exported(morvan, key, path)
    plan = preview(morvan, path)
    assert plan.files[0].entity == key, "its headings tell what it is"
    assert_unchanged(plan, count)
    assert_unchanged(preview(morvan, path, options=Options(entity=key)), count)


@pytest.mark.parametrize("key", SHOWN)
def test_a_list_that_the_program_keeps_itself_is_refused(tmp_path: Path, morvan: Store, key: str) -> None:
    path = tmp_path / "liste.csv"
    exported(morvan, key, path)
    with pytest.raises(Refused, match="ne se reprend pas"):
        preview(morvan, path)


def test_the_whole_inventory_goes_to_another_company(tmp_path: Path, morvan: Store) -> None:
    """Its lists in one import, each naming the records of the others."""
    other = new_store(tmp_path)
    paths = []
    for key in ("site", "person", "provider", "family_field", "asset", "software", "licence", "component"):
        paths.append(tmp_path / f"{key}.xlsx")
        exported(morvan, key, paths[-1])
    result = run(other, *paths)
    assert not [reject.sentence for reject in result.rejects][:5]
    assert_unchanged(preview(other, *paths), result.created + result.changed + result.unchanged)
    other.close()


_TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=30)
_HOSTILE = st.sampled_from(
    ["=1+1", "-5", "+33 6", "@x", "'quoted", "''two", "|a", "%b", " =x", "0012", "1e5", "Oui", "n/a?"]
)
_SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=25, suppress_health_check=_SLOW, deadline=None)
@given(st.lists(_TEXTS | _HOSTILE, min_size=1, max_size=6, unique=True))
def test_any_text_comes_back_as_it_was(tmp_path: Path, store: Store, texts: list[str]) -> None:
    site = ENTITIES["site"]
    with store.begin() as session:
        for number, text in enumerate(texts):
            records.create(session, site, {"name": f"Site {store.last_action_id}-{number}", "address": text})
    for ending in ("xlsx", "csv"):
        path = tmp_path / f"sites.{ending}"
        count = exported(store, "site", path)
        assert_unchanged(preview(store, path, options=Options(entity="site")), count)


def test_a_ticket_is_not_made_by_a_list(tmp_path: Path, morvan: Store) -> None:
    path = written(tmp_path, "N°;Objet;Catégorie;Que se passe-t-il\u00a0?\nT-2099-0001;Panne;Réseau;Rien\n")
    (line,) = preview(morvan, path, options=Options(entity="ticket")).lines
    assert (line.outcome, "Importer des tickets…" in line.detail) == ("refused", True)


def test_the_one_company_is_brought_up_to_date(tmp_path: Path, morvan: Store) -> None:
    path = written(tmp_path, "Raison sociale;SIREN;Effectif\nAteliers Morvan;;61\n")
    (line,) = preview(morvan, path).lines
    assert (line.entity, line.outcome, [change.new for change in line.changes]) == ("company", "changed", ["61"])
