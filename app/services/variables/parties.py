"""Who the parties are, and what their contract is about."""

from sqlalchemy import select

from app.fields import NBSP, joined, lowered
from app.models import (
    Person,
)
from app.models.codes import Role
from app.services import providers
from app.services.variables.registry import Source, items, variable


@variable("Parties", "client", "Nom de l’entreprise")
def _(source: Source) -> str | None:
    return source.company.name


@variable("Parties", "client_adresse", "Adresse de l’entreprise")
def _(source: Source) -> str | None:
    return source.company.address


@variable("Parties", "client_siren", "SIREN de l’entreprise")
def _(source: Source) -> str | None:
    return source.company.siren


@variable("Parties", "client_interlocuteur", "Interlocuteur de l’entreprise")
def _(source: Source) -> str | None:
    own = Person
    person = source.session.scalar(
        select(own).where(own.role == Role.MANAGER, own.deleted_at.is_(None)).order_by(own.id).limit(1)
    )
    return (
        joined(joined(person.first_name, person.last_name), lowered(person.position or ""), by=", ") if person else None
    )


@variable("Parties", "prestataire", "Nom du prestataire")
def _(source: Source) -> str | None:
    found = source.provider
    return joined(found.name, found.legal_form) if found else None


@variable("Parties", "prestataire_adresse", "Adresse du prestataire")
def _(source: Source) -> str | None:
    found = source.provider
    return joined(found.address, joined(found.postal_code, found.city), by=", ") if found else None


@variable("Parties", "prestataire_siret", "SIRET du prestataire")
def _(source: Source) -> str | None:
    return source.provider.siret if source.provider else None


@variable("Parties", "prestataire_representant", "Représentant du prestataire, et sa qualité")
def _(source: Source) -> str | None:
    return source.provider.representative if source.provider else None


@variable("Parties", "prestataire_courriel", "Courriel du prestataire")
def _(source: Source) -> str | None:
    return source.provider.email if source.provider else None


@variable("Parties", "prestataire_assistance", "Numéro de l’assistance")
def _(source: Source) -> str | None:
    phone = (source.provider.hotline or source.provider.phone) if source.provider else None
    return phone.replace(" ", NBSP) if phone else None


@variable("Parties", "interlocuteurs", "Interlocuteurs du prestataire, dans l’ordre des appels")
def _(source: Source) -> str | None:
    if source.provider is None:
        return None
    calls = providers.calls(source.session, source.provider.id)
    return items(joined(one.name, lowered(one.role), one.phone.replace(" ", NBSP), one.email, by=", ") for one in calls)


@variable("Contrat", "numero", "Numéro du contrat")
def _(source: Source) -> str | None:
    return source.contract.number


@variable("Contrat", "objet", "Objet du contrat")
def _(source: Source) -> str | None:
    return lowered(source.contract.subject)


@variable("Contrat", "but", "But recherché")
def _(source: Source) -> str | None:
    return lowered((source.contract.purpose or "").rstrip(" .")) or None


@variable("Contrat", "obligation", "Obligation de moyens ou de résultats")
def _(source: Source) -> str | None:
    return f"obligation {lowered(source.contract.obligation.label)}"
