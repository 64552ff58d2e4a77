"""The draft of a contract: its parties, its clauses with their values, its annexes, the signatures (domain.md C.9)."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import PARIS, amount, counted, day, duration, joined, this_day
from app.models import Amendment, Asset, CoveredAsset, DueDocument, Family, Penalty, Site, UnitPrice
from app.models.contract_codes import AmendmentStatus, Answer
from app.reports.identity import Pair, Stamp
from app.reports.written_data import Block, Bullets, Chapter, Facts, Grid, Para, Signatures, WrittenPaper
from app.services import contract_clauses, contracts, gdpr, perimeter
from app.services.company_card import company_card
from app.services.contract_clauses import ClauseRow
from app.services.variables import VARIABLES, Source
from app.services.variables.registry import money, share

LIMITS = (
    "Texte établi à partir d’une bibliothèque de clauses\u00a0: une aide à la rédaction, qui ne remplace pas un "
    "conseil juridique. Établi selon une démarche inspirée de NF EN 13306 et NF EN 13269."
)
PREAMBLE = (
    "Le client confie au prestataire l’entretien de moyens informatiques dont dépend son activité. Le prestataire, "
    "professionnel de l’informatique, a pris connaissance des besoins du client et de l’état de son parc\u00a0; il lui "
    "a donné les conseils nécessaires et s’estime en mesure de tenir les engagements qui suivent. Les parties ont "
    "négocié de bonne foi et sont convenues de ce qui suit."
)
NO_CLAUSE = "Aucune clause n’est encore écrite à ce contrat\u00a0: ajoutez-les dans l’onglet «\u00a0Clauses\u00a0»."
THEIRS = "Ce point est traité dans le texte du prestataire{}, qui est joint."
SIGNING = (
    "Fait en deux exemplaires originaux, un pour chaque partie, qui les signe et en paraphe chaque page. Les annexes "
    "font partie du contrat."
)


def contract_text(session: Session, contract_id: int, stamp: Stamp) -> WrittenPaper:
    """The whole text, with the terms of the day of the data."""
    today = stamp.data_at.astimezone(PARIS).date() if stamp.data_at else this_day()
    source = Source(session, contract_id, today)
    return WrittenPaper(
        company=company_card(session),
        stamp=replace(stamp, title="Projet de contrat" if stamp.draft else "Contrat"),
        subtitle=source.contract.subject,
        facts=_facts(source),
        chapters=(Chapter("", "Préambule", (Para(PREAMBLE),)), *_clauses(source), *_annexes(source), _signing(source)),
        limits=LIMITS,
    )


def _value(source: Source, name: str) -> str:
    return VARIABLES[name].value(source) or ""


def _facts(source: Source) -> tuple[Pair, ...]:
    told = ("prestataire_adresse", "prestataire_siret")
    whole = joined(_value(source, "prestataire"), *(_value(source, name) for name in told), by=" · ")
    company = source.company
    return (
        ("Client", joined(company.name, company.address, company.siren and f"SIREN {company.siren}", by=" · ")),
        ("Prestataire", whole or "à désigner"),
        ("Objet", source.contract.subject),
        ("Date d’effet", _value(source, "date_effet")),
        ("Durée", f"{_value(source, 'duree_initiale')}, puis {_value(source, 'reconduction')}"),
        ("Prix", _value(source, "prix") and f"{_value(source, 'prix')}, HT"),
    )


# -- clauses ----------------------------------------------------------------------------------------------------


def _clauses(source: Source) -> list[Chapter]:
    kept = contract_clauses.rows(source.session, source)
    if not kept:
        return [Chapter("1", "Clauses", (Para(NO_CLAUSE, "strong"),))]
    return [Chapter(str(i), one.title, _words(one)) for i, one in enumerate(kept, 1)]


def _words(one: ClauseRow) -> tuple[Block, ...]:
    if one.is_theirs:
        return (Para(THEIRS.format(f", article {one.article}" if one.article else ""), "note"),)
    return paragraphs(one.filled)


def paragraphs(text: str) -> tuple[Block, ...]:
    """A text as it was typed: its paragraphs, and the lines behind a dash as a list."""
    blocks: list[Block] = []
    items: list[str] = []
    for line in [*text.splitlines(), ""]:
        told = line.strip()
        if told.startswith(("– ", "- ")):
            items.append(told[2:].strip())
            continue
        if items:
            blocks.append(Bullets(tuple(items)))
            items = []
        if told:
            blocks.append(Para(told))
    return tuple(blocks)


# -- annexes ----------------------------------------------------------------------------------------------------


def _annexes(source: Source) -> list[Chapter]:
    made = (
        ("Prestations", _services(source)),
        ("Niveaux de service et heures", _levels(source)),
        ("Périmètre", _perimeter(source)),
        ("Prix", _prices(source)),
        ("Documents attendus", _documents(source)),
        ("Données personnelles, liste de contrôle", _gdpr(source)),
        ("Avenants", _amendments(source)),
    )
    kept = [(title, blocks) for title, blocks in made if blocks]
    return [Chapter(f"Annexe {n}", title, blocks) for n, (title, blocks) in enumerate(kept, 1)]


def _services(source: Source) -> tuple[Block, ...]:
    rows = tuple(
        (one.label, one.kind.label, one.frequency.label, one.inclusion.label, one.scope or "")
        for one in source.services
    )
    heads = ("Prestation", "Type", "Fréquence", "Au contrat", "Étendue")
    return (Grid(heads, rows, (46, 28, 26, 26, 48)),) if rows else (Para("[à compléter\u00a0: prestations]"),)


def _levels(source: Source) -> tuple[Block, ...]:
    kept = contracts.levels_of(source.session, source.contract.id, source.on)
    rows = tuple(
        (priority, duration(kept[priority].take), duration(kept[priority].on_site), duration(kept[priority].restore))
        for priority in sorted(kept)
    )
    heads = ("Priorité", "Prise en charge", "Intervention sur site", "Rétablissement")
    grid = Grid(heads, rows, (3, 2, 2, 2), right=(1, 2, 3)) if rows else Para("[à compléter\u00a0: délais promis]")
    names = (
        ("Heures couvertes", "heures"),
        ("Jours fériés", "jours_feries"),
        ("Lundi de Pentecôte", "pentecote"),
        ("Hors des heures", "urgences"),
        ("Canaux", "canaux"),
    )
    facts = tuple((label, _value(source, name)) for label, name in names)
    return (grid, Facts((*facts, ("Fermetures", _closings(source)))))


def _closings(source: Source) -> str:
    return _value(source, "fermetures").replace("– ", "").replace("\u00a0;\n", "\u00a0; ").rstrip("\u00a0;.")


def _perimeter(source: Source) -> tuple[Block, ...]:
    on = max(source.on, source.contract.starts_on)
    rows = source.session.execute(
        select(
            Asset.number, Asset.name, Asset.brand, Asset.model, Asset.serial, Family.name.label("family"),
            Site.name.label("site"), Asset.room,
        )
        .join(CoveredAsset, CoveredAsset.asset_id == Asset.id)
        .join(Family, Family.id == Asset.family_id)
        .outerjoin(Site, Site.id == Asset.site_id)
        .where(
            CoveredAsset.contract_id == source.contract.id, Asset.deleted_at.is_(None),
            *perimeter.on_day(CoveredAsset, on),
        )
        .order_by(Asset.number)
    ).all()  # fmt: skip
    if not rows:
        return (Para("[à compléter\u00a0: biens couverts]"),)
    cells = tuple(
        (
            row.number,
            row.family,
            joined(row.name, joined(row.brand, row.model), by=", "),
            row.serial or "non relevé",
            joined(row.site, row.room, by=", "),
        )
        for row in rows
    )
    told = f"{counted(len(rows), 'bien couvert', 'biens couverts')} au {day(on)}."
    return (Para(told), Grid(("N°", "Famille", "Bien", "N° de série", "Emplacement"), cells, (21, 30, 60, 30, 33)))


def _prices(source: Source) -> tuple[Block, ...]:
    told = source.contract
    facts: list[Pair] = [
        ("Mode de prix", told.price_model.label),
        ("Prix HT", _value(source, "prix")),
        ("Facturation", _value(source, "facturation")),
        ("Heures comprises", duration(told.included_minutes) if told.included_minutes else ""),
        ("Heures achetées", duration(told.hours_bought) if told.hours_bought else ""),
        ("Taux horaire HT", money(told.hourly_rate) or ""),
        ("Minimum facturé", duration(told.minimum_minutes) if told.minimum_minutes else ""),
        ("Arrondi au-dessus", duration(told.rounding_minutes) if told.rounding_minutes else ""),
        ("Déplacement HT", money(told.travel_fee) or ""),
        ("Majoration hors des heures", share(told.out_of_hours_rate) or ""),
        ("TVA", share(told.vat_rate) or ""),
        ("Paiement", _value(source, "delai_paiement")),
        ("Intérêts de retard", _value(source, "taux_retard")),
        ("Indice de révision", joined(told.index_name, _value(source, "indice_base"), by=", base ")),
    ]
    blocks: list[Block] = [Facts(tuple(pair for pair in facts if pair[1]))]
    units = _units(source)
    blocks += [Grid(("Prix unitaire", "Période", "Prix HT (€)"), units, (4, 2, 1.4), right=(2,))] if units else []
    return (*blocks, *_penalties(source))


def _units(source: Source) -> tuple[tuple[str, ...], ...]:
    own = UnitPrice
    kept = source.session.scalars(
        select(own).where(own.contract_id == source.contract.id, own.deleted_at.is_(None)).order_by(own.label)
    )
    return tuple(
        (one.label, one.period.label if one.period else "À l’acte", amount(one.price, ""))
        for one in kept
        if _on(one, source.on)
    )


def _on(one: UnitPrice, on: date) -> bool:
    return (one.since is None or one.since <= on) and (one.until is None or on <= one.until)


def _penalties(source: Source) -> tuple[Block, ...]:
    own = Penalty
    kept = source.session.scalars(
        select(own).where(own.contract_id == source.contract.id, own.deleted_at.is_(None)).order_by(own.id)
    )
    rows = tuple(
        (
            one.trigger.label,
            one.priorities or "toutes",
            one.unit.label,
            money(one.amount) or f"{share(one.percent or 0)} du forfait mensuel",
        )
        for one in kept
    )
    heads = ("Manquement", "Priorités", "Compté", "Pénalité")
    return (Grid(heads, rows, (60, 30, 38, 46)),) if rows else ()


def _documents(source: Source) -> tuple[Block, ...]:
    own = DueDocument
    kept = source.session.scalars(
        select(own).where(own.contract_id == source.contract.id, own.deleted_at.is_(None)).order_by(own.id)
    )
    rows = tuple(
        (
            one.label,
            one.rule.label,
            counted(one.delay_days, "jour ouvré", "jours ouvrés") if one.delay_days else "",
            one.sanction or "",
        )
        for one in kept
    )
    heads = ("Document", "Quand", "Délai", "S’il manque")
    return (Grid(heads, rows, (52, 44, 28, 50)),) if rows else ()


def _gdpr(source: Source) -> tuple[Block, ...]:
    found = gdpr.checklist(source.session, source.contract.id)
    if found.no_access:
        return (Para(gdpr.NO_ACCESS),)
    rows = tuple(
        (one.point.text, "oui" if one.answer == Answer.YES else "à écrire", one.evidence)
        for one in found.answers
        if one.answer != Answer.NOT_APPLICABLE
    )
    return (Grid(("Mention de l’article 28 du RGPD", "Au contrat", "Où"), rows, (104, 26, 44)),)


def _amendments(source: Source) -> tuple[Block, ...]:
    own = Amendment
    kept = source.session.scalars(
        select(own)
        .where(
            own.contract_id == source.contract.id, own.deleted_at.is_(None), own.status == AmendmentStatus.SIGNED
        )
        .order_by(own.effective_on)
    )  # fmt: skip
    rows = tuple((one.number, one.subject, day(one.signed_on), day(one.effective_on)) for one in kept)
    return (Grid(("N°", "Objet", "Signé le", "Prend effet le"), rows, (26, 92, 28, 28)),) if rows else ()


def _signing(source: Source) -> Chapter:
    provider = joined("Pour le prestataire", source.provider.name if source.provider else "", by=", ")
    parties = (f"Pour le client, {source.company.name}", provider)
    return Chapter("", "Signatures", (Para(SIGNING), Signatures(parties)))
