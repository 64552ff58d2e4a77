"""The inventory report: cover, one page of synthesis, the register by site and family, reserves and signatures
(domain.md A.7, papers.md 2)."""

from collections.abc import Sequence

from app.fields import formats
from app.reports import blocks, theme
from app.reports.blocks import Signature
from app.reports.flow import Flow, Opening, chapter, following_page, put_text, spans
from app.reports.identity import grouped
from app.reports.inventory import synthesis
from app.reports.inventory.data import AssetLine, FamilySection, InventoryReport, SiteSection, worth
from app.reports.paper import Page, Paper
from app.reports.table import REGISTER, Cells, Column, Group, Section, Table
from app.reports.theme import ACCENT, BAND, LANDSCAPE, PORTRAIT

APPROACH = "Établi selon une démarche inspirée de NF EN 13306, NF EN 13269 et NF X 60-000."
NO_SERIAL = "non relevé"
SITES_ON_COVER = 8


def render(report: InventoryReport) -> bytes:
    """The whole report as PDF bytes; the same bytes for the same data."""
    paper = Paper(report.company, report.stamp)
    cover = paper.page(PORTRAIT, "Couverture")
    synthesis.draw(paper, report)
    _register(paper, report)
    _closing(paper, report)
    _cover(cover, report)
    return paper.finish()


# -- cover ------------------------------------------------------------------------------------------------------


def _cover(page: Page, report: InventoryReport) -> None:
    frame = page.frame
    page.fit(frame.left, 25.5, report.company.name, theme.COVER_NAME, frame.span)
    page.fit(frame.left, 30.5, report.company.address, theme.SUBTITLE, frame.span)
    page.box(frame.left, 91, 30, 1.1, 0, ACCENT)
    y = put_text(page, frame.left, 95.5, report.stamp.title, theme.COVER, 130)
    put_text(page, frame.left, y + 1.5, report.subtitle, theme.COVER_NOTE, frame.span)
    y = 144.0
    page.rule(frame.left, y, frame.right, 0.5)
    for label, lines in _cover_facts(report):
        page.text(frame.left, y + 4.8, label, theme.ADDRESS)
        y += 1.5
        for line in lines:
            y = put_text(page, frame.left + 34, y, line, theme.COVER_FACT, frame.span - 34)
        y += 1.6
        page.rule(frame.left, y, frame.right, 0.5)
    _cover_band(page, 226, report)
    put_text(page, frame.left, 262, f"{APPROACH} {_limits(report)}", theme.NOTE, frame.span)


def _limits(report: InventoryReport) -> str:
    return (
        "Les constats valent à la date des visites ; "
        "les biens non vus et les données non relevées sont listés au chapitre 3."
        if report.sites
        else "Aucun bien n’est encore inventorié à la date des données."
    )


def _cover_facts(report: InventoryReport) -> list[tuple[str, list[str]]]:
    company = report.company
    identity = [company.name, f"SIREN {company.siren}" if company.siren else "", company.address]
    sites = [_visited(site) for site in report.sites[:SITES_ON_COVER]]
    if len(report.sites) > SITES_ON_COVER:
        sites.append(f"et {formats.number(len(report.sites) - SITES_ON_COVER)} autres sites, listés au chapitre 2")
    return [
        ("Entreprise", [" · ".join(part for part in identity if part)]),
        ("Sites visités", sites or ["Aucun site visité"]),
        ("Périmètre", [report.perimeter]),
        ("Rédacteur", [report.redactor]),
    ]


def _visited(site: SiteSection) -> str:
    where = ", ".join(part for part in (site.name, site.place) if part)
    if site.visited is None:
        return f"{where} : aucune date de visite relevée"
    first, last = (formats.day_words(day) for day in site.visited)
    return f"{where}, le {first}" if first == last else f"{where}, du {first} au {last}"


def _cover_band(page: Page, y: float, report: InventoryReport) -> None:
    stamp, frame = report.stamp, page.frame
    page.box(frame.left, y, frame.span, 31, 0, BAND)
    version = "PROJET" if stamp.draft else f"{stamp.version}.0, définitive"
    pages = formats.number(len(page.paper.pages))
    entries = (
        ("Référence", stamp.reference),
        ("Version", version),
        ("Données au", formats.moment(stamp.data_at)),
        ("Pages", pages),
    )
    for i, (label, value) in enumerate(entries):
        page.text(frame.left + 5 + i * 43, y + 6.6, label, theme.LABEL)
        page.text(frame.left + 5 + i * 43, y + 11.8, value, theme.NAME)
    page.rule(frame.left + 5, y + 16.4, frame.right - 5, 0.5)
    page.text(frame.left + 5, y + 21.3, "Empreinte SHA-256 des données figées", theme.LABEL)
    if stamp.draft:
        page.text(frame.left + 5, y + 26.2, "aucune : projet non émis, sans valeur", theme.CELL)
    else:
        page.text(frame.left + 5, y + 26.2, grouped(stamp.data_hash, 8), theme.HASH)


# -- register ---------------------------------------------------------------------------------------------------

REGISTER_COLUMNS = (
    Column("N° inventaire", 17), Column("Désignation", 36), Column("Marque et modèle", 43), Column("N° de série", 29),
    Column("Local", 27), Column("Utilisateur ou\nservice", 26), Column("Mise en\nservice", 19),
    Column("Valeur de rempl.\nHT (€)", 23, "right", 5), Column("Fin de support", 20), Column("Crit.", 9, "centre"),
    Column("État", 9, "centre"), Column("Score", 12, "right", 3), Column("Verd.", 9, "badge"),
)  # fmt: skip
VALUE = 7
NOTHING = "Aucun bien n’est inventorié. Chaque bien figurera ici, par site puis par famille, avec son sous-total."
KEY = (
    "État : 4 très bon · 3 bon · 2 moyen · 1 mauvais · 0 hors service.  Crit. : criticité de 1 à 4.  Score sur 100.  "
    "Verdict : A en l’état · B remise à niveau · C palliatif ≤ 12 mois · D à remplacer · E rebut.  "
    "– : sans objet ou sans donnée."
)


def _register(paper: Paper, report: InventoryReport) -> None:
    flow = Flow(paper, LANDSCAPE)
    if not report.sites:
        flow.opening = _opening("")
        flow.turn()
        flow.page.mark = "2 Inventaire"
        put_text(flow.page, flow.frame.left, flow.y + 2, NOTHING, theme.BODY, flow.frame.span)
    for site in report.sites:
        where = f"{site.name}, {site.place}" if site.place else site.name
        note = f"Site : {where} · {_assets(site.count)}"
        flow.opening = _opening(note)
        flow.turn()
        flow.page.mark = f"2 Inventaire, {site.name}"
        flow.opening = _opening(f"{note} · suite")
        Table(flow, REGISTER_COLUMNS, REGISTER).put(_site_section(site))
    if report.sites:
        flow.room(6)
        put_text(flow.page, flow.frame.left, flow.y + 1, KEY, theme.NOTE, flow.frame.span)


def _opening(note: str) -> Opening:
    def dress(page: Page) -> float:
        following_page(page)
        return chapter(page, 18.5, 2, "Inventaire", note)

    return dress


def _site_section(site: SiteSection) -> Section:
    groups = [
        Group(family.name, [_cells(line) for line in family.lines], _subtotal(family)) for family in site.families
    ]
    lines = [line for family in site.families for line in family.lines]
    so_far: list[int | None] = [None]
    for line in lines:
        so_far.append(worth((so_far[-1], line.value)))

    def carried(done: int) -> Cells:
        return _amount_row(f"À reporter · {_assets(done)} sur {formats.number(len(lines))}", so_far[done])

    return Section(groups, _sum(f"Total {site.name}", lines), carried)


def _cells(line: AssetLine) -> Cells:
    support = formats.day(line.support_end) if line.support_end or not line.has_system else "inconnu"
    return (
        line.number, line.name or formats.MISSING, line.model or formats.MISSING, line.serial or NO_SERIAL,
        line.room or formats.MISSING, line.holder or formats.MISSING, formats.day(line.commissioned_on),
        formats.amount(line.value, ""), support, line.criticality or formats.MISSING,
        line.condition or formats.MISSING, line.score or formats.MISSING, line.verdict or formats.MISSING,
    )  # fmt: skip


def _assets(count: int) -> str:
    return f"{formats.number(count)} bien{'s' if count > 1 else ''}"


def _subtotal(family: FamilySection) -> Cells | None:
    """None for a family of one asset, which is its own sum."""
    return _sum(f"Sous-total {family.name}", family.lines) if len(family.lines) > 1 else None


def _sum(label: str, lines: Sequence[AssetLine]) -> Cells:
    return _amount_row(f"{label} · {_assets(len(lines))}", worth(line.value for line in lines))


def _amount_row(label: str, cents: int | None) -> Cells:
    row = [""] * len(REGISTER_COLUMNS)
    row[0], row[VALUE] = label, formats.amount(cents, "")
    return tuple(row)


# -- reserves and signatures ------------------------------------------------------------------------------------


def _closing(paper: Paper, report: InventoryReport) -> None:
    page = paper.page(PORTRAIT, "3 Réserves et biens exclus")
    flow = Flow(paper)
    flow.y = chapter(page, following_page(page) - 4, 3, "Réserves et biens exclus") + 1
    if report.reserves:
        columns = [
            Column("N°", 9), Column("Bien", 34), Column("Nature", 19), Column("Réserve ou motif d’exclusion", 67),
            Column("Émise par", 22), Column("Levée avant le", 23),
        ]  # fmt: skip
        Table(flow, columns).rows(
            [
                (str(n), r.subject, r.nature, r.words, r.issuer, formats.day(r.lifted_by))
                for n, r in enumerate(report.reserves, 1)
            ]
        )
    else:
        flow.y = put_text(
            page,
            flow.frame.left,
            flow.y,
            "Aucune réserve n’est tirée des données relevées.",
            theme.BODY,
            flow.frame.span,
        )
    flow.y += 6
    flow.room(SIGNING)
    _signing(flow, report)


DECLARATION = (
    ("Les soussignés déclarent que l’inventaire et l’état des biens ont été relevés ", theme.BODY),
    ("contradictoirement", theme.BODY_BOLD),
    (" aux dates indiquées en page de garde. Les réserves ci-dessus et ci-dessous, et elles seules, sont ", theme.BODY),
    ("opposables aux parties. Ce document a été établi selon une démarche inspirée de ", theme.BODY),
    ("NF EN 13306, NF EN 13269 et NF X 60-000.", theme.BODY),
)
SIGNING = 145
"""Height in mm of the signing block: its title, text, boxes and lines are never parted."""


def _signing(flow: Flow, report: InventoryReport) -> None:
    page, frame = flow.page, flow.frame
    page.mark = page.mark or "4 Signatures"
    flow.y = chapter(page, flow.y, 4, "Signatures") + 2
    spans(flow, DECLARATION)
    rest = (("Nom", ""), ("Qualité", ""), ("Fait à", ""), ("Le", ""))
    mention = "Mention « lu et approuvé », signature et cachet"
    boxes = (
        Signature("Pour le client", (("Société", report.company.name), *rest), mention),
        Signature("Pour le prestataire", (("Société", report.provider), *rest), mention),
    )
    y = blocks.signatures(page, flow.y + 3, boxes, 58, gap=8) + 6
    page.text(frame.left, y, "Réserves manuscrites", theme.LABEL)
    x = blocks.choice(page, frame.left + 60, y, "sans réserve")
    blocks.choice(page, x + 8, y, "avec les réserves ci-dessous")
    y = blocks.rules_to_write(page, y + 1.5, 3, 7.6) + 6.5
    stamp = report.stamp
    sentence = (
        "Projet non émis : aucune empreinte. À émettre avant toute signature."
        if stamp.draft
        else f"{formats.number(len(flow.paper.pages))} pages. Toute copie réimprimée porte la même empreinte."
    )
    blocks.frozen_band(page, y, "Pièce figée", sentence, "" if stamp.draft else stamp.data_hash)
