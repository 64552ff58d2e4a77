"""What each column of a table fills: told by a person, remembered from the last time, or guessed from its heading."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.entities import ENTITIES, Entity
from app.errors import Refused
from app.fields import Day, Joined, Moment, fold
from app.services.importing import cells, synonyms
from app.services.importing.entries import Origin, TableView, UnknownColumns, listed
from app.services.importing.known import OWN, Known, OwnField, by_heading, by_target
from app.services.importing.memory import Memory
from app.services.importing.options import Options, Told
from app.services.importing.tables import Table
from app.services.reading.source import ACCEPTED

FEW = 64
"""Megabytes that no machine of today has so little of."""
SHOWN = 20
"""Rows that the screen of columns shows."""
_IDENTITY = {
    "asset": {"serial", "number", "hostname", "mac", "machine_uuid", "model", "name", synonyms.MACHINE_NAME},
    "person": {"last_name", synonyms.PERSON_FULL, "email"},
    "licence": {"number", "name"},
}
_FIRST = ("asset", "person", "site", "provider", "family", "contract", "licence", "software")
"""When a list could be of several entities."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something that a column may fill, with the heading of the form it stands under."""

    name: str
    label: str
    group: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """`taken` maps a target to the column that feeds it; `doubles` are headings left because another was taken; `units`
    are those that sizes without unit are in, by target."""

    entity: Entity
    taken: Mapping[str, int]
    order: cells.Order
    origin: Origin
    doubles: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)


def importable() -> tuple[Entity, ...]:
    """The entities that a list may fill, the most usual first."""
    kept = [e for e in ENTITIES.values() if e.editable and e.from_lists]
    return tuple(sorted(kept, key=lambda e: _FIRST.index(e.key) if e.key in _FIRST else len(_FIRST)))


def targets_of(entity: Entity, own: Sequence[OwnField] = ()) -> tuple[Target, ...]:
    """Every target of an entity, in the order of its form; then the pieces, then the fields of families."""
    given = entity.numbering.field if entity.numbering else ""
    fields = [
        Target(f.name, f.label, f.group, f.required)
        for f in entity.fields
        if not isinstance(f, Joined) and (not f.read_only or f.name == given)
    ]
    pieces = [Target(name, synonyms.PIECES[name], "À répartir") for name in synonyms.pieces_of(entity.key)]
    added = [Target(t, one.label, "Champs des familles") for t, one in by_target(own).items()]
    return tuple(fields + pieces + (added if entity.key == "asset" else []))


def laid_out(table: Table, name: str, options: Options, known: Known) -> Layout:
    """UnknownColumns if its headings tell nothing that is kept here."""
    own = known.own
    kept = known.recall(table.headers) if options.from_memory and not options.columns else None
    if kept and kept.entity in ENTITIES and options.entity in {"", kept.entity}:
        return _remembered(table, ENTITIES[kept.entity], kept, own)
    if not options.columns and not _ours(table) and (what := synonyms.unkept(table.headers)):
        raise Refused(f"«\u00a0{name}\u00a0» est {what}\u00a0: le programme ne les tient pas encore. Rien n’a été lu.")
    entity = ENTITIES[options.entity] if options.entity else _told(table, name, own, options.columns)
    taken, doubles = _taken(table, entity, own)
    if options.columns:
        taken, doubles = _corrected(table, entity, own, taken, options.columns), []
    return _layout(table, entity, taken, "told" if options.columns else "guessed", tuple(doubles))


def view(table: Table, layout: Layout) -> TableView:
    by_column = {column: target for target, column in layout.taken.items()}
    targets = tuple(by_column.get(column) for column in range(len(table.headers)))
    rows = tuple(row.cells for row in table.rows[:SHOWN])
    return TableView(layout.entity.key, table.headers, rows, targets, layout.origin, table.sheets, table.sheet)


def unknown_view(table: Table) -> TableView:
    """A table that nothing is known of: assets, until somebody says better."""
    rows = tuple(row.cells for row in table.rows[:SHOWN])
    nothing = (None,) * len(table.headers)
    return TableView("asset", table.headers, rows, nothing, sheets=table.sheets, sheet=table.sheet)


def label_of(entity: Entity, target: str, own: Sequence[OwnField]) -> str:
    return by_target(own)[target].label if target.startswith(OWN) else synonyms.label(entity, target)


def _remembered(table: Table, entity: Entity, kept: Memory, own: Sequence[OwnField]) -> Layout:
    known = {target.name for target in targets_of(entity, own)}
    taken = {target: column for column, target in enumerate(kept.targets) if target in known and target is not None}
    return _layout(table, entity, taken, "remembered")


def _corrected(
    table: Table, entity: Entity, own: Sequence[OwnField], guessed: Mapping[str, int], told: Told
) -> dict[str, int]:
    """The guess, where nothing else was told of a column or of what it fills."""
    named = {synonyms.plain(one.label): one.name for one in reversed(targets_of(entity, own))}
    names = set(named.values())
    said: dict[int, str | None] = {}
    for place, told_target in told.items():
        target = told_target if told_target in names else named.get(synonyms.plain(told_target or ""))
        if told_target is not None and target is None:
            fields = listed([one.label for one in targets_of(entity, own)], most=100)
            wrong = f"«\u00a0{told_target}\u00a0» n’est pas un champ de {entity.one.lower()}."
            raise Refused(f"{wrong} Champs\u00a0: {fields}.")
        said |= dict.fromkeys(_places(table, place), target)
    taken = {target: column for target, column in guessed.items() if column not in said}
    return taken | {target: column for column, target in said.items() if target is not None}


def _places(table: Table, place: str | int) -> list[int]:
    if isinstance(place, int):
        found = [place] if 0 <= place < len(table.headers) else []
    else:
        found = [c for c, h in enumerate(table.headers) if synonyms.plain(h) == synonyms.plain(place)]
    if not found:
        raise Refused(f"Aucune colonne ne s’appelle «\u00a0{place}\u00a0». Colonnes\u00a0: {listed(table.headers)}.")
    return found


def _told(table: Table, name: str, own: Sequence[OwnField], told: Told) -> Entity:
    """The entity with most columns recognised, among those whose identity is there."""
    if key := synonyms.told_by(table.headers):
        return ENTITIES[key]
    whole = importable()
    scored = [(_score(table, entity, own), entity) for entity in (*whole, *_only_shown())]
    most, best = max(scored, key=lambda one: one[0])
    if exported := _ours(table):
        most, best = len(table.headers), exported
    if most and best not in whole:
        raise Refused(
            f"«\u00a0{name}\u00a0» est notre liste «\u00a0{best.many}\u00a0»\u00a0: elle s’exporte, mais ne se reprend "
            "pas, car le programme la tient lui-même."
        )
    if not most and told:
        return ENTITIES["asset"]
    if not most:
        raise UnknownColumns(
            f"Les colonnes de «\u00a0{name}\u00a0» ne sont pas reconnues ({listed([h for h in table.headers if h])}). "
            f"La première ligne doit porter des titres comme «\u00a0N° de série\u00a0», «\u00a0Modèle\u00a0», "
            f"«\u00a0Nom\u00a0». {ACCEPTED}"
        )
    return best


def _only_shown() -> Iterator[Entity]:
    return (entity for entity in ENTITIES.values() if not (entity.editable and entity.from_lists))


def _ours(table: Table) -> Entity | None:
    """The entity whose whole list was exported as it is, if one and only one has these headings."""
    heads = {synonyms.plain(header) for header in table.headers}
    alike = [e for e in ENTITIES.values() if {synonyms.plain(field.label) for field in e.columns} == heads]
    return alike[0] if len(alike) == 1 else None


def _score(table: Table, entity: Entity, own: Sequence[OwnField]) -> int:
    """How many of its columns the list has, those that it only shows too; 0 if nothing there tells its records."""
    if not _identified(entity, _taken(table, entity, own)[0]):
        return 0
    shown = {synonyms.plain(each.label) for each in entity.fields}
    heads = synonyms.targets(entity).keys() | shown
    if entity.key == "asset":
        heads |= {synonyms.plain(heading) for heading in by_heading(own)}
    return len({synonyms.plain(header) for header in table.headers if header} & heads)


def _identified(entity: Entity, taken: Mapping[str, int]) -> bool:
    """A lone column names nothing but a serial number; a list without key must fill what is required."""
    given = {entity.numbering.field} if entity.numbering else set()
    required = {f.name for f in entity.fields if f.required and f.default is None and not f.read_only}
    identity = _IDENTITY.get(entity.key) or set(entity.natural_key)
    named = bool(identity & set(taken)) if identity else required <= set(taken) or bool(given & set(taken))
    return named and (len(taken) > 1 or "serial" in taken)


def _taken(table: Table, entity: Entity, own: Sequence[OwnField]) -> tuple[dict[str, int], list[str]]:
    """Target -> column. Of two columns for one target the first that has any text is kept, the other named."""
    known_heads, exact = synonyms.targets(entity), {}
    if entity.key == "asset":
        exact = {fold(heading): target for heading, target in by_heading(own).items()}
        known_heads = {synonyms.plain(heading): t for heading, t in by_heading(own).items()} | known_heads
    found: dict[str, int] = {}
    doubles: list[str] = []
    for column, header in enumerate(table.headers):
        target = known_heads.get(synonyms.plain(header))
        if target is None or target.startswith(OWN):  # two fields may differ by their unit alone
            target = exact.get(fold(header), target)
        if target is None:
            continue
        if target not in found:
            found[target] = column
        else:
            doubles.append(header)
            if not _filled(table, found[target]):
                found[target] = column
    return found, doubles


def _filled(table: Table, column: int) -> bool:
    return any(not cells.is_nothing(row.cells[column]) for row in table.rows)


def _layout(
    table: Table, entity: Entity, taken: Mapping[str, int], origin: Origin, doubles: tuple[str, ...] = ()
) -> Layout:
    return Layout(entity, taken, _order(table, entity, taken), origin, doubles, _units(table, entity, taken))


def _units(table: Table, entity: Entity, taken: Mapping[str, int]) -> dict[str, str]:
    """As the heading says, « RAM (Go) »; a memory of 16 in another program's list is of 16 GB."""
    found = {target: unit for target, column in taken.items() if (unit := synonyms.size_unit(table.headers[column]))}
    column = taken.get("memory_mb")
    if column is None or synonyms.plain(table.headers[column]) == synonyms.plain(entity.field("memory_mb").label):
        return found
    sizes = {row.cells[column].strip() for row in table.rows} - {""}
    if sizes and all(cells.is_whole(size) and int(size) <= FEW for size in sizes):
        found.setdefault("memory_mb", "go")
    return found


def _order(table: Table, entity: Entity, taken: Mapping[str, int]) -> cells.Order:
    plain = {t: c for t, c in taken.items() if not t.startswith(("@", OWN))}
    dated = [c for t, c in plain.items() if isinstance(entity.field(t), Day | Moment)]
    return cells.date_order([row.cells[column] for row in table.rows] for column in dated)
