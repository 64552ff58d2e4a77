"""The variables of the clauses: a name, its words for who writes a clause, its value in a contract (domain.md C.9).

A value that nobody entered is « [à compléter : …] », which the papers and the screen set apart.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import NBSP, amount, counted, lowered, number
from app.models import Contract, ContractService, Provider
from app.services.amendments import on_day
from app.services.company_card import company_card

NAME = re.compile(r"\{(\w+)\}")
TO_FILL = "[à compléter\u00a0: {}]"
GROUPS = ("Parties", "Contrat", "Étendue", "Délais et heures", "Prix", "Durée et fin")


@dataclass(frozen=True, slots=True)
class Variable:
    """`value` gives the French words of a contract, or None when nobody entered them."""

    name: str
    label: str
    group: str
    value: Callable[["Source"], str | None]


VARIABLES: dict[str, Variable] = {}


def variable(group: str, name: str, label: str) -> Callable[[Callable[["Source"], str | None]], None]:
    """Register what gives a value."""

    def register(value: Callable[["Source"], str | None]) -> None:
        VARIABLES[name] = Variable(name, label, group, value)

    return register


class Source:
    """A contract with the terms of a day, and what is told of its parties: each is read once, when it is asked for."""

    def __init__(self, session: Session, contract_id: int, on: date) -> None:
        self.session, self.on = session, on
        self.contract: Contract = on_day(session, contract_id, on)
        self.company = company_card(session)

    @cached_property
    def provider(self) -> Provider | None:
        provider_id = self.contract.provider_id
        return self.session.get(Provider, provider_id) if provider_id else None

    @cached_property
    def services(self) -> list[ContractService]:
        own = ContractService
        kept = self.session.scalars(
            select(own).where(own.contract_id == self.contract.id, own.deleted_at.is_(None)).order_by(own.id)
        )
        return [one for one in kept if one.until is None or one.until >= self.on]


def fill(text: str, source: Source) -> str:
    """The text with its variables filled; what is no variable of ours stays as it was written."""
    return NAME.sub(lambda found: _filled(found, source), text)


def _filled(found: re.Match[str], source: Source) -> str:
    known = VARIABLES.get(found[1])
    if known is None:
        return found[0]
    return known.value(source) or TO_FILL.format(lowered(known.label))


def unknown(text: str) -> list[str]:
    """Names between braces that are no variable of ours."""
    return sorted({name for name in NAME.findall(text) if name not in VARIABLES})


def items(lines: Iterable[str]) -> str | None:
    """A list in a text: a line and a dash each, semicolons between them, a full stop last; None for nothing."""
    told = "\u00a0;\n".join(f"– {line}" for line in lines)
    return f"{told}." if told else None


def months(count: int) -> str:
    return counted(count, "mois", "mois")


def money(cents: int | None) -> str | None:
    return None if cents is None else amount(cents)


def share(hundredths: int | None) -> str | None:
    """« 20 % », « 7,86 % » from hundredths of a percent."""
    if hundredths is None:
        return None
    whole, rest = divmod(hundredths, 100)
    return f"{number(whole)}{f',{rest:02d}'.rstrip('0') if rest else ''}{NBSP}%"
