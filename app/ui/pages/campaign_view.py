"""What the page of a campaign shows, from the facts of the service: head, tiles, progress."""

from app.entities import ENTITIES
from app.fields import counted, day, number, plural
from app.services.campaigns import Counts
from app.services.records import Sheet
from app.ui.parts.crumbs import HeadData
from app.ui.parts.marks import Mark
from app.ui.parts.meter import Run
from app.ui.parts.tiles import CountData

LINE = ENTITIES["campaign_line"]


def head_data(sheet: Sheet, place: str) -> HeadData:
    values, status = sheet.values, sheet.values["status"]
    context = [sheet.titles.get("site_id", "Tous les sites"), f"ouverte le {day(values['opened_on'])}"]
    context += [f"close le {day(values['closed_on'])}"] if values["closed_on"] else []
    context += [f"menée par {values['held_by']}"] if values["held_by"] else []
    badges = [(status.label, Mark(status.tone, loud=True))]
    return HeadData("Campagnes", values["number"], values["title"], " · ".join(context), place, badges)


def tiles_of(counts: Counts) -> tuple[CountData, ...]:
    """The four results, each with what it means."""
    found = f"{share(counts)} des biens attendus"
    if counts.elsewhere:
        found = f"{share(counts)}, dont {number(counts.elsewhere)} ailleurs"
    kinds = (
        ("to_find", "circle-dashed", "mute", counts.to_find, "à trouver", f"sur {counted(counts.expected, 'attendu')}"),
        ("found", "circle-check", "ok", counts.found, plural(counts.found, "trouvé"), found),
        ("missing", "circle-x", "bad", counts.missing, "non " + plural(counts.missing, "trouvé"), "Cherchés, absents"),
        ("unexpected", "triangle-alert", "warn", counts.unexpected, "non " + plural(counts.unexpected, "attendu"),
         "Inconnus, ou notés ailleurs"),
    )  # fmt: skip
    return tuple(CountData(key, icon, tone, number(n), word, note) for key, icon, tone, n, word, note in kinds)


def share(counts: Counts) -> str:
    """« 23 % », « – » when nothing is expected."""
    return f"{100 * counts.found // counts.expected}\u00a0%" if counts.expected else "–"


def progress_of(counts: Counts) -> tuple[list[Run], str]:
    """The runs of the bar, and the sentence that says them."""
    whole = counts.expected or 1
    runs = [Run(counts.found / whole, "ok.solid"), Run(counts.missing / whole, "bad.solid")]
    told = f"{counted(counts.found, 'trouvé')} et {number(counts.missing)} non {plural(counts.missing, 'trouvé')}"
    return runs, f"{told} sur {number(counts.expected)}"


def told_of(sheet: Sheet, counts: Counts) -> str:
    """« INV-2026-001 · 34 trouvés sur 148 · 2 non attendus »."""
    parts = [sheet.values["number"], f"{counted(counts.found, 'trouvé')} sur {number(counts.expected)}"]
    if counts.unexpected:
        parts.append(f"{number(counts.unexpected)}\u00a0non {plural(counts.unexpected, 'attendu')}")
    return "  ·  ".join(parts)


def before_closing(counts: Counts) -> str:
    """What the closing will do."""
    left = ""
    if counts.to_find:
        are, become = ("bien est", "il deviendra") if counts.to_find == 1 else ("biens sont", "ils deviendront")
        left = f"{number(counts.to_find)}\u00a0{are} encore à trouver\u00a0: {become} «\u00a0Non trouvé\u00a0». "
    seen = counts.found + counts.unexpected
    return left + "La fiche de chaque bien rencontré dira le jour où il a été vu." if seen else left


def ticked(count: int, word: str) -> str:
    """« 3 biens trouvés », « 1 bien à trouver »."""
    return f"{counted(count, 'bien')} {word if word.startswith('à') else plural(count, word)}"
