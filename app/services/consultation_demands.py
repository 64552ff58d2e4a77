"""The chapters of a « cahier des charges » that say how the work is promised, followed, priced and judged (C.12)."""

from decimal import Decimal

from sqlalchemy import select

from app.fields import MISSING, counted, day, duration
from app.fields.formats import NBSP
from app.kpi import REGISTRY, Good, Kpi
from app.models import Criterion, DueDocument, PriceLine
from app.models.codes import Priority, Zone
from app.models.contract_codes import EmergencyCover, Obligation, ServiceType
from app.reports.written_data import Block, Bullets, Facts, Grid, Para, WritingLines
from app.services import contracts
from app.services.consultation_chapters import TO_SPECIFY, Request, written
from app.services.consultation_view import quantity_text
from app.services.consultations import rows
from app.services.indicators import target_text

HOURS_OF = ("take", "on_site", "restore")
SECURITY = (
    "Comptes nominatifs, double authentification, journal des connexions.",
    "Accord de l’utilisateur avant toute prise en main de son poste.",
    "Alerte de l’entreprise sous 24\u00a0heures après la découverte d’un incident de sécurité.",
    "Délais d’application des correctifs, critiques et ordinaires, écrits dans l’offre.",
    "Aucun mot de passe d’administration connu du seul prestataire.",
)
PRIVACY = (
    "Le prestataire qui prend la main sur les postes traite des données personnelles pour le compte de l’entreprise "
    "(RGPD, article\u00a028). L’offre joint son projet d’accord\u00a0: instructions écrites, confidentialité, "
    "sous-traitants ultérieurs et lieux d’hébergement, aide en cas de violation, audit, restitution puis suppression "
    "des données."
)
BACKUPS = (
    "L’offre dit ce qui est sauvegardé, où, à quelle fréquence, combien de temps, la perte de données admise et le "
    "temps de restauration. Des essais de restauration sont faits et prouvés par un compte rendu."
)
USUAL_DOCUMENTS = (
    ("Compte rendu d’intervention", "2 jours ouvrés après l’intervention"),
    ("Compte rendu d’incident (P1 et P2)", "5 jours ouvrés après le rétablissement"),
    ("Planning de maintenance préventive", "avant chaque trimestre"),
    ("Rapport d’activité", "dans les 10 premiers jours du mois"),
)
MEETINGS = (
    "Réunion de démarrage, puis revue trimestrielle et bilan annuel, avec ordre du jour, compte rendu sous 5 jours "
    "ouvrés et suivi des actions décidées. L’offre nomme l’interlocuteur du prestataire et son suppléant."
)
REVERSIBILITY = (
    "Plan de réversibilité daté et tenu à jour pendant tout le contrat.",
    "Restitution des comptes, des mots de passe d’administration, des noms de domaine et des certificats.",
    "Restitution des licences, schémas, configurations, sauvegardes et clés, dans un format réutilisable.",
    "Remise de l’historique des tickets et de l’inventaire à jour.",
    "Retrait des agents et des accès distants, attestation de suppression des données, procès-verbal signé.",
)
MEANS = (
    "Obligation de moyens\u00a0: le prestataire met en œuvre les heures, les compétences et l’organisation promises. "
    "L’offre les détaille\u00a0: personnes affectées, qualifications, temps prévu, remplacements."
)
RESULTS = (
    "Obligation de résultats\u00a0: le prestataire doit un niveau mesuré. Elle ne vaut que pour ce que l’on sait "
    "mesurer\u00a0: délais de prise en charge et de rétablissement, indicateurs du chapitre 10, relevés dans "
    "l’outil de suivi de l’entreprise. L’offre accepte les seuils, ou dit ceux qu’elle propose, avec la tolérance, "
    "les pénalités et le bonus éventuel."
)
ANSWER_HELD = (
    "La réponse comprend la grille de prix remplie, un mémoire qui suit les chapitres de ce cahier des charges, les "
    "références, les attestations (URSSAF, assurance, immatriculation) et le projet d’accord sur les données."
)


def levels(asked: Request) -> tuple[Block, ...]:
    if asked.project is None:
        return (Para(f"Délais et heures couvertes\u00a0: {TO_SPECIFY}."),)
    session, project, at = asked.session, asked.project, asked.project.starts_on
    promised = contracts.levels_of(session, project.id, at)
    cells = tuple(
        (one.label, *(duration(getattr(promised[one.value], name)) for name in HOURS_OF))
        for one in Priority
        if one.value in promised
    )
    heads = ("Gravité", "Prise en charge", "Intervention sur site", "Rétablissement")
    table: Block = Grid(heads, cells, (54, 40, 40, 40)) if cells else Para(f"Délais\u00a0: {TO_SPECIFY}.")
    return (
        Para(
            "Délais demandés, en heures couvertes, comptés depuis le signalement. Rétabli veut dire que le service "
            "est rendu, fût-ce par un contournement."
        ),
        table,
        Facts(_hours(asked)),
    )


def _hours(asked: Request) -> tuple[tuple[str, str], ...]:
    session, project = asked.session, asked.project
    assert project is not None  # noqa: S101 - asked by `levels` only
    calendar = contracts.calendar_of(session, project.id, project.starts_on)
    channels = [
        word
        for kept, word in (
            (project.by_phone, "téléphone"), (project.by_email, "courriel"), (project.by_portal, "portail"),
            (project.by_chat, "messagerie instantanée"),
        )
        if kept
    ]  # fmt: skip
    stops = "arrête le délai" if project.part_wait_stops else "n’arrête pas le délai"
    urgent = project.emergency.label if project.emergency != EmergencyCover.NONE else "non demandées"
    return (
        ("Heures couvertes", contracts.hours_text(calendar)),
        (
            "Jours fériés",
            f"non couverts\u00a0; {Zone.of(project.zone).label}" if not project.round_the_clock else "couverts",
        ),
        ("Urgences hors des heures", urgent),
        ("Attente d’une pièce", stops),
        ("Signalement", ", ".join(channels) or TO_SPECIFY),
    )


def security(asked: Request) -> tuple[Block, ...]:
    backed_up = any(one.kind == ServiceType.BACKUP for one in asked.services)
    note = "" if backed_up else " La sauvegarde n’est pas demandée au prestataire\u00a0: il signale ce qui l’empêche."
    return (
        Bullets(SECURITY),
        Para("Données personnelles", "strong"),
        Para(PRIVACY),
        Para("Sauvegardes", "strong"),
        Para(BACKUPS + note),
    )


def documents(asked: Request) -> tuple[Block, ...]:
    kept = []
    if asked.project is not None:
        statement = select(DueDocument).where(
            DueDocument.contract_id == asked.project.id, DueDocument.deleted_at.is_(None)
        )
        kept = [(one.label, _when(one)) for one in asked.session.scalars(statement.order_by(DueDocument.id))]
    return (
        Grid(("Document", "Remis"), tuple(kept) or USUAL_DOCUMENTS, (90, 84)),
        Para("Réunions", "strong"),
        Para(MEETINGS),
    )


def _when(one: DueDocument) -> str:
    if one.delay_days is None:
        return one.rule.label
    return f"{one.rule.label}, sous {counted(one.delay_days, 'jour ouvré', 'jours ouvrés')}"


def indicators(_: Request) -> tuple[Block, ...]:
    rows_ = tuple(
        (one.label, one.definition, _aim(one, one.target)) for one in REGISTRY.values() if one.target is not None
    )
    return (
        Para(
            "Indicateurs calculés par l’entreprise, dans son outil, à partir des tickets et interventions. Ils sont "
            "remis au prestataire et discutés à chaque revue."
        ),
        Grid(("Indicateur", "Définition", "Objectif"), rows_, (48, 98, 28), right=(2,)),
    )


def _aim(one: Kpi, target: Decimal) -> str:
    """« au moins 95 % », « au plus 4 h 00 »."""
    return f"au {'moins' if one.good == Good.UP else 'plus'} {target_text(one.unit, target)}"


def prices(asked: Request) -> tuple[Block, ...]:
    """The grid to fill: the unit price and the amount of each line are left to be written."""
    grid = rows(asked.session, PriceLine, asked.asked.id)
    model = asked.project.price_model.label if asked.project else TO_SPECIFY
    opening: tuple[Block, ...] = (Facts((("Mode de prix demandé", model), ("Unité des prix", "euros hors taxes"))),)
    if not grid:
        return (*opening, Para(f"Grille de prix\u00a0: {TO_SPECIFY}."))
    heads = ("Désignation", "Unité", "Quantité", "Prix unitaire HT", "Montant HT")

    def table(optional: bool) -> tuple[Block, ...]:
        lines = tuple(
            (one.label, one.unit or MISSING, quantity_text(one.quantity), "", "")
            for one in grid
            if one.optional == optional
        )
        title = "Options, comparées à part" if optional else "Lignes fermes, comparées entre elles"
        wide = (72, 24, 20, 29, 29)
        return (Para(title, "strong"), Grid(heads, lines, wide, right=(2,), to_fill=(3, 4))) if lines else ()

    return (
        *opening,
        Para(
            "Toutes les lignes sont à remplir. Écrivez 0 pour ce qui est compris ailleurs\u00a0: une case vide "
            "est lue comme une absence de réponse. Les quantités servent à comparer les offres, elles n’engagent pas "
            "l’entreprise."
        ),
        *table(optional=False),
        *table(optional=True),
        Para("Révision du prix, conditions de paiement, remarques\u00a0:"),
        WritingLines(3),
    )


def takeover(asked: Request) -> tuple[Block, ...]:
    told = written(asked.asked.takeover) or [f"Reprise de l’existant\u00a0: {TO_SPECIFY}."]
    days = asked.project.reversibility_days if asked.project else None
    helped = counted(days, "jour") if days else TO_SPECIFY
    return (
        *(Para(line) for line in told),
        Para("Réversibilité, à la fin du contrat", "strong"),
        Facts((("Assistance à la sortie", helped),)),
        Bullets(REVERSIBILITY),
    )


def obligation(asked: Request) -> tuple[Block, ...]:
    if asked.project is None:
        return (Para(f"Nature de l’obligation\u00a0: {TO_SPECIFY}."), Para(MEANS), Para(RESULTS))
    main = asked.project.obligation
    other = [one for one in asked.services if one.obligation is not None and one.obligation != main]
    told = MEANS if main == Obligation.MEANS else RESULTS
    more: tuple[Block, ...] = ()
    if other:
        words = RESULTS if main == Obligation.MEANS else MEANS
        more = (Para(f"Par exception, pour\u00a0: {', '.join(one.label for one in other)}.", "strong"), Para(words))
    return (Para(told), *more)


def criteria(asked: Request) -> tuple[Block, ...]:
    kept = rows(asked.session, Criterion, asked.asked.id)
    if not kept:
        return (Para(f"Critères de choix et poids\u00a0: {TO_SPECIFY}."),)
    cells = tuple((one.label, one.meaning or MISSING, f"{one.weight}{NBSP}%") for one in kept)
    whole = f"{sum(one.weight for one in kept)}{NBSP}%"
    return (
        Grid(("Critère", "Ce qui est jugé", "Poids"), cells, (54, 100, 20), right=(2,), total=("Total", "", whole)),
        Para(
            "Chaque critère est noté de 0 à 5. La note du prix se calcule\u00a0: 5 × total le plus bas ÷ total, "
            "options à part. La note de l’offre est la somme des notes multipliées par leur poids."
        ),
    )


def calendar(asked: Request) -> tuple[Block, ...]:
    told = asked.asked
    steps = (
        ("Envoi du cahier des charges", told.sent_on),
        ("Questions écrites jusqu’au", told.questions_until),
        ("Remise des offres jusqu’au", told.answers_until),
        ("Choix du prestataire avant le", told.decided_until),
        ("Début souhaité du contrat", asked.project.starts_on if asked.project else None),
    )
    return (
        Facts(
            (
                *((label, day(on) if on else TO_SPECIFY) for label, on in steps),
                ("Visite des lieux", told.visits or TO_SPECIFY),
            )
        ),
        Para(ANSWER_HELD),
    )
