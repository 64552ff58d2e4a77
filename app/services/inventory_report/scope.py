"""The cover, chapters 1 and 11: what the report covers, what it leaves out, what it does not establish."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import counted, fold, formats, joined, lowered
from app.models import Contract, Person, Provider
from app.models.codes import ContractStatus, Finding, Ownership, Role, Verdict
from app.reports.identity import Pair
from app.reports.inventory.data import Reserve, Scope, worth
from app.services.inventory_report.choices import Choices
from app.services.inventory_report.dangers import OUT
from app.services.inventory_report.rows import AssetRow, Fleet, has_system, numbers_of

PURPOSE = (
    "Ce rapport dresse l’inventaire des biens informatiques de l’entreprise, l’état de chacun et ce qu’il faut en "
    "faire. Il sert à établir le contrat de maintenance, auquel il est annexé, puis à décider des remplacements\u00a0; "
    "il peut être produit devant un assureur ou un tribunal, avec les signatures et les réserves des deux parties."
)
COMPANY_WIDE = (
    "Les licences, les logiciels et les besoins sont ceux de toute l’entreprise, non des seuls sites choisis."
)
RETIRED = "Les biens sortis du parc ne figurent pas dans ce rapport."
MANAGER = "Gestionnaire de maintenance informatique"
NAMED_FAMILIES = 20
"""Families named in the perimeter at most; the others are counted."""


def subtitle(fleet: Fleet) -> str:
    names = _sites(fleet)
    if len(names) == 1:
        return f"Parc informatique du site {names[0]}"
    return f"Parc informatique de {counted(len(names), 'site')}" if names else "Parc informatique"


def _sites(fleet: Fleet) -> list[str]:
    return list(dict.fromkeys(row.site for row in fleet.rows if row.site))


def perimeter(fleet: Fleet, choices: Choices) -> str:
    workstations = sum(bool(row.is_workstation) for row in fleet.rows)
    families = len({row.family for row in fleet.rows})
    told = (
        f"{counted(len(fleet.rows), 'bien')}, dont {counted(workstations, 'poste')} de travail, "
        f"en {counted(families, 'famille')}\u00a0; biens sortis du parc exclus"
    )
    return f"{told}, et {lowered(choices.exclusions.splitlines()[0]).rstrip('. ')}" if choices.exclusions else told


def redactor(session: Session, choices: Choices) -> str:
    """The one chosen, else the manager of the company."""
    if choices.redactor:
        return choices.redactor
    found = session.scalar(
        select(Person).where(Person.role == Role.MANAGER, Person.deleted_at.is_(None)).order_by(Person.id).limit(1)
    )
    return joined(found.first_name, found.last_name) if found else MANAGER


def provider(session: Session) -> str:
    """The one provider under contract; empty, a line to fill, when there are none or several."""
    names = session.scalars(
        select(Provider.name)
        .join(Contract, Contract.provider_id == Provider.id)
        .where(Contract.status == ContractStatus.ACTIVE, Contract.deleted_at.is_(None))
        .distinct()
        .limit(2)
    ).all()
    return names[0] if len(names) == 1 else ""


def scope(fleet: Fleet, choices: Choices) -> Scope:
    return Scope(
        PURPOSE, _covered(fleet), _excluded(choices), (*_limits(fleet), *([COMPANY_WIDE] if choices.sites else []))
    )


def _covered(fleet: Fleet) -> tuple[Pair, ...]:
    sites = _sites(fleet)
    families = sorted({row.family for row in fleet.rows}, key=fold)
    named = formats.listed(families, NAMED_FAMILIES)
    value = worth(row.replacement_value for row in fleet.rows)
    return (
        ("Biens", counted(len(fleet.rows), "bien")),
        ("Sites", ", ".join(sites[:NAMED_FAMILIES]) + (" …" if len(sites) > NAMED_FAMILIES else "") or "aucun"),
        ("Familles", named or "aucune"),
        ("Valeur de remplacement", f"{formats.amount(value)} HT" if value is not None else formats.MISSING),
        ("Données au", formats.day(fleet.today)),
    )


def _excluded(choices: Choices) -> tuple[str, ...]:
    return (*(line.strip() for line in choices.exclusions.splitlines() if line.strip()), RETIRED)


Test = Callable[[AssetRow], bool]


def _limits(fleet: Fleet) -> tuple[str, ...]:
    """What was not seen, read or judged, in figures."""
    tests: tuple[tuple[str, Test], ...] = (
        (
            "{n} sans visite\u00a0: l’état est celui déclaré, ou relevé par un outil",
            lambda a: a.finding != Finding.SEEN,
        ),
        ("{n} dont le n° de série n’a pas été relevé", lambda a: not a.serial),
        ("{n} sans date de mise en service ni d’achat", lambda a: not (a.commissioned_on or a.purchased_on)),
        ("{n} sans valeur de remplacement", lambda a: a.replacement_value is None),
        ("{n} dont l’état n’a pas été évalué", lambda a: a.condition is None and fleet.judged(a) is None),
        ("{n} dont la fin de support du système est inconnue", lambda a: has_system(a) and a.support_end is None),
    )
    met = ((words, sum(map(test, fleet.rows))) for words, test in tests)
    return tuple(words.format(n=counted(n, "bien")) + "." for words, n in met if n)


# -- reserves ---------------------------------------------------------------------------------------------------


def reserves(fleet: Fleet) -> tuple[Reserve, ...]:
    """What the inventory does not establish, and what stands apart from it."""
    rules: tuple[tuple[str, str, str, Test], ...] = (
        ("Réserve", "N° de série non relevé", "Rédacteur", lambda a: not a.serial),
        ("Réserve", "Bien non vu sur place (déclaré, ou relevé par un outil)", "Rédacteur",
         lambda a: a.finding != Finding.SEEN),
        ("Réserve", "État non évalué", "Rédacteur", lambda a: a.condition is None and fleet.judged(a) is None),
        ("Réserve", "Fin de support du système inconnue, à vérifier auprès de l’éditeur", "Rédacteur",
         lambda a: has_system(a) and a.support_end is None),
        ("Exclusion", "Noté D ou E\u00a0: exclu du contrat jusqu’à son remplacement (chapitre\u00a05)", "Prestataire",
         lambda a: _verdict(fleet, a) in OUT),
        ("Exclusion", "Bien d’un tiers ou d’un salarié\u00a0: hors du contrat, sauf accord écrit", "Client",
         lambda a: a.ownership in {Ownership.THIRD_PARTY, Ownership.PERSONAL}),
    )  # fmt: skip
    met = ((nature, words, issuer, [a for a in fleet.rows if test(a)]) for nature, words, issuer, test in rules)
    return tuple(Reserve(numbers_of(found), nature, words, issuer) for nature, words, issuer, found in met if found)


def _verdict(fleet: Fleet, row: AssetRow) -> Verdict | None:
    judged = fleet.judged(row)
    return judged.verdict if judged else None
