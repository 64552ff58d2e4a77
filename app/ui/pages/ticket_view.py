"""A ticket in words: its head, the lines of its journal, its facts, and what a new one would be promised."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.fields import amount, brief_moment, clean_line, joined, moment
from app.services.journal import JournalRow
from app.services.records import Sheet
from app.services.ticket_sheet import Promised, TicketFacts
from app.ui.pages.ticket_clock import hours_told
from app.ui.parts.banner import BannerData
from app.ui.parts.crumbs import HeadData
from app.ui.parts.facts import Fact
from app.ui.parts.marks import Mark
from app.ui.parts.timeline import Entry

SUBJECT = 160
"""Characters of a title (entities.tickets)."""
ENTRY_ICONS = {
    "opened": "inbox", "taken": "user-check", "on_site": "map-pin", "contact": "phone", "note": "message-square",
    "wait_started": "circle-pause", "wait_ended": "play", "resolved": "check", "reopened": "rotate-ccw",
    "closed": "check-check", "cancelled": "x", "priority": "chevrons-up", "down": "octagon-x",
    "up": "circle-check", "transferred": "arrow-right-left", "final": "check-check", "cover": "file-check",
}  # fmt: skip
PRIORITY_GLYPHS = {"P1": "chevrons-up", "P2": "chevrons-up", "P4": "chevrons-down"}


def head_data(sheet: Sheet, place: str) -> HeadData:
    values, titles = sheet.values, sheet.titles
    priority, status = values["priority"], values["status"]
    context = [values["kind"].label, titles.get("asset_id"), titles.get("requester_id")]
    context.append(f"ouvert le {brief_moment(values['opened_at'])}")
    badges = [
        (priority.label, Mark(priority.tone, priority.loud, PRIORITY_GLYPHS.get(priority.value, ""))),
        (status.label, Mark(status.tone, loud=True)),
    ]
    told = joined(*context, by=" · ")
    return HeadData("Tickets", values["number"], values["subject"], told, place, badges)


def entry_of(one: JournalRow) -> Entry:
    when = brief_moment(one.at, joint=" ")
    return Entry(when, ENTRY_ICONS[one.kind.value], one.kind.tone, one.title, one.author or "", one.text or "")


def facts_told(sheet: Sheet, facts: TicketFacts, hours: str) -> list[Fact]:
    """`hours` are those that the clock counts in, told here when its panel has no room for them."""
    values, titles = sheet.values, sheet.titles
    contract = Fact("Contrat", "Hors contrat", "aucun délai n’est promis")
    if facts.contract_id:
        contract = Fact("Contrat", facts.contract, link=f"contract:{facts.contract_id}")
    chosen = [Fact("Choisi parce que", facts.contract_reason)] if facts.chosen and facts.contract_reason else []
    asset = Fact("Bien", "Aucun")
    if values["asset_id"]:
        number = titles.get("asset_id", "").partition(" ")[0]
        asset = Fact("Bien", number, link=f"asset:{values['asset_id']}")
    found = [contract, *chosen, asset, Fact("Priorité", facts.priority)]
    if hours_told(hours) != hours:
        found.append(Fact("Heures", hours.removeprefix("Heures ouvrées, ")))
    if values["channel"]:
        found.append(Fact("Reçu par", values["channel"].label))
    if values["assignee"]:
        found.append(Fact("Suivi par", values["assignee"]))
    if values["category"]:
        found.append(Fact("Catégorie", values["category"]))
    if facts.failures is not None:
        found.append(Fact("Déjà en panne", f"{facts.failures}\u00a0fois en 12\u00a0mois" if facts.failures else "Non"))
    if facts.parts_cost is not None:
        found.append(Fact("Pièces", f"{amount(facts.parts_cost)} HT"))
    if facts.first_contact is not None:
        found.append(Fact("Premier contact", "résolu" if facts.first_contact else "n’a pas suffi"))
    return [*found, *_restored(values)]


def _restored(values: Mapping[str, Any]) -> Iterator[Fact]:
    """When and how: a workaround is told so until something final replaces it, and after."""
    how = values["resolution"]
    if values["resolved_at"]:
        yield Fact("Rétabli le", moment(values["resolved_at"]))
    if how is not None:
        yield Fact("Rétabli par" if values["resolved_at"] else "En attendant", how.label)
    if how is not None and how.value == "workaround" and values["final_at"]:
        yield Fact("Solution le", moment(values["final_at"]))


def subject_of(words: str) -> str:
    """The first line, cut at a word where it is too long for a title."""
    line = clean_line(words.partition("\n")[0])
    return line if len(line) <= SUBJECT else line[: SUBJECT - 1].rpartition(" ")[0] + "…"


def promise_told(promised: Promised, *, named: bool) -> BannerData:
    """`named`: an asset was named."""
    level = promised.priority.value
    if promised.contract_id is None:
        why = "Aucun contrat ne couvre ce bien à cette date." if named else "Aucun bien n’est désigné."
        return BannerData("warn", "Hors contrat", f"{level} · {why} Aucun délai ne sera promis.")
    due = [
        f"{name} avant {brief_moment(at, weekday=True)}"
        for name, at in (("prise en charge", promised.take_due), ("rétablissement", promised.restore_due))
        if at is not None
    ]
    told = " · ".join([level, *due]) if due else f"{level} · le contrat ne promet rien pour cette priorité"
    return BannerData("info", f"{promised.contract} couvre ce bien", told, icon="file-check")
