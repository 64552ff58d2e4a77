"""What is declared, tested as a set: each entity opens, saves and exports; each indicator and paper gives its due."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from app.entities import ENTITIES, Entity
from app.fields import Choice, Field, Joined, Ref
from app.jobs import drain
from app.kpi import REGISTRY
from app.paths import resource
from app.services import export, listing, measures, papers, records, setup
from app.services.paper_kinds import PAPERS
from app.settings import SETTINGS, Setting
from app.storage import Store
from app.ui import places

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
APP = Path(__file__).parent.parent / "app"
EVERY = list(ENTITIES.values())
FIELDS = [(entity, field) for entity in EVERY for field in entity.fields]


@pytest.fixture
def filled(morvan: Store) -> Store:
    """The example company, read by every test here and written by none."""
    return morvan


@pytest.fixture
def empty(store: Store) -> Store:
    with store.begin() as session:
        setup.ensure(session)
    return store


@pytest.mark.parametrize("entity", EVERY, ids=lambda e: e.key)
def test_an_entity_is_whole(entity: Entity) -> None:
    names = [field.name for field in entity.fields]
    assert len(names) == len(set(names))
    columns = entity.model.__table__.c
    assert all(field.name in columns for field in entity.fields if not isinstance(field, Joined))
    named = {entity.order_by, *entity.shown, *entity.subtitle, *entity.unique, *entity.natural_key}
    named |= {*entity.chips}
    assert {*entity.brief} <= {*entity.shown}
    assert named <= set(names)
    assert entity.badge == "" or isinstance(entity.field(entity.badge), Choice)
    assert resource(f"icons/{entity.icon}.svg").exists()
    for declared in entity.linked:
        link = ENTITIES[declared.entity].field(declared.via)
        assert isinstance(link, Ref)
        assert link.target == entity.key


@pytest.mark.parametrize(("entity", "field"), FIELDS, ids=lambda x: x.key if isinstance(x, Entity) else x.name)
def test_a_field_reads_what_it_writes(entity: Entity, field: Field, filled: Store) -> None:
    """The text put in an editor gives back the same value."""
    assert field.label
    assert field.width > 0
    assert not field.help.endswith(" ")
    if isinstance(field, Joined | Ref):
        return
    with filled.read() as session:
        query = listing.Query((), entity.order_by)
        for record in listing.ids(session, entity, query, limit=5):
            value = records.get(session, entity, record).values[field.name]
            assert field.check(field.read(field.edit(value))) == value


@pytest.mark.parametrize("entity", EVERY, ids=lambda e: e.key)
def test_an_entity_lists_and_exports(entity: Entity, filled: Store, empty: Store, tmp_path: Path) -> None:
    for store in (filled, empty):
        whole = records.whole_list(entity)
        with store.read() as session:
            n = listing.count(session, entity, whole)
            assert len(export.plain_rows(session, entity)) == n
            for field in entity.columns:
                listing.page(session, entity, listing.Query(entity.shown, field.name), limit=3)
        for suffix in (".xlsx", ".csv"):
            assert drain(export.list_job(store, entity, tmp_path / f"liste{suffix}", query=whole)) == n


@pytest.mark.parametrize("entity", [e for e in EVERY if e.editable], ids=lambda e: e.key)
def test_a_record_saved_again_unchanged_changes_nothing(entity: Entity, filled: Store) -> None:
    with filled.read() as session:
        wanted = listing.ids(session, entity, listing.Query((), entity.order_by), limit=3)
        for record in wanted:
            sheet = records.get(session, entity, record)
            values = {field.name: sheet.values[field.name] for field in entity.form_fields}
            assert records.checked(session, entity, values, record) == values


@pytest.mark.parametrize("code", REGISTRY)
def test_an_indicator_says_what_it_is_and_knows_nothing_of_an_empty_base(
    code: str, empty: Store, filled: Store
) -> None:
    kpi = REGISTRY[code]
    assert all((kpi.label, kpi.formula, kpi.definition, kpi.cohort, kpi.base))
    with empty.read() as session:
        found = {m.code: m for m in measures.measures(session, date(2026, 10, 1), date(2026, 10, 31), NOW)}
    assert (found[code].value, found[code].n, found[code].met) == (None, 0, None)
    with filled.read() as session:
        found = {m.code: m for m in measures.measures(session, date(2025, 12, 1), date(2026, 10, 31), NOW)}
    assert found[code].n > 0
    assert found[code].as_json()["valeur"] is not None


@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_renders_for_the_example_company(kind: str, filled: Store) -> None:
    paper = PAPERS[kind]
    with filled.read() as session:
        ref = _any_number(session, ENTITIES[paper.entity]) if not paper.prefix else None
        drawn = papers.draft(session, kind, ref, NOW)
        again = papers.draft(session, kind, ref, NOW)
    assert drawn == again
    shown = "".join(page.extract_text() for page in PdfReader(BytesIO(drawn)).pages)
    assert ("PROJET" in shown) is not paper.by_hand


@pytest.mark.parametrize("kind", [k for k, paper in PAPERS.items() if paper.prefix or paper.blank])
def test_a_paper_renders_for_an_empty_company(kind: str, empty: Store) -> None:
    with empty.read() as session:
        drawn = papers.draft(session, kind, None, NOW, blank=PAPERS[kind].blank is not None)
    assert len(PdfReader(BytesIO(drawn)).pages) >= 1


def _any_number(session: Session, entity: Entity) -> str:
    """The first number of an entity; of one without numbers, the first name."""
    if "number" not in {field.name for field in entity.fields}:
        return records.choices(session, entity.key, limit=1)[0][1]
    query = listing.Query(("number",), "number")
    return str(listing.page(session, entity, query, limit=1)[0].values[0])


def test_settings_have_a_valid_default() -> None:
    keys = [setting.key for setting in SETTINGS]
    assert len(keys) == len(set(keys))
    for setting in SETTINGS:
        assert setting.field.check(setting.default) == setting.default


def test_every_place_of_the_window_exists() -> None:
    keys = [place.key for tab in places.TABS for place in tab.places if place.key]
    assert set(keys) <= {*ENTITIES, "indicator", "deadline"}
    assert all(places.where(key) for key in keys)
    assert all(resource(f"icons/{tab.icon}.svg").exists() for tab in places.TABS)


def test_every_family_has_its_icon() -> None:
    assert all(resource(f"icons/{icon}.svg").exists() for _, _, icon, _, _ in setup.FAMILIES)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda s: s.key)
def test_every_setting_is_read_somewhere(setting: Setting) -> None:
    """A choice that changes nothing is no choice."""
    readers = [path for path in APP.rglob("*.py") if path.name != "settings.py"]
    assert any(f'"{setting.key}"' in path.read_text(encoding="utf-8") for path in readers)
