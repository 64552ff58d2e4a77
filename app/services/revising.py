"""The revision of a contract's price: proposed with its working, then applied as a signed amendment (domain.md C.4)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.pricing import REVISION
from app.errors import Refused
from app.fields import amount, day, month_words, number, rate
from app.models import Contract, IndexValue
from app.models.contract_codes import IndexSeries
from app.rules import revision
from app.rules.revision import Clause, Index, Revised
from app.services import amending, records
from app.services.amending import Wanted
from app.services.amendments import on_day

NO_CLAUSE = "Le contrat ne dit pas par quel indice, ni depuis quelle valeur, ce prix se révise."
NO_FEE = "Ce contrat n’a pas de forfait à réviser."
LIMITS = {
    "cap": "La hausse est tenue au plafond du contrat",
    "floor": "La baisse est tenue à la limite du contrat",
    "never_lowered": "Le contrat ne laisse pas ce prix baisser",
}
ONE_WAY = (
    "Ce prix peut monter mais jamais baisser\u00a0: une telle clause est contestable. "
    "Demandez qu’elle joue aussi à la baisse."
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """`unbound` is what the formula alone gives, `how` the working in words. Index values in thousandths, amounts in
    cents HT."""

    on: date
    before: int
    after: int
    unbound: int
    index_from: int
    index_to: int
    month: date
    series: IndexSeries
    how: tuple[str, ...]


def proposal(session: Session, contract_id: int, on: date) -> Proposal:
    """What the clause gives on that day, from the terms of its eve; Refused, saying what is missing."""
    contract = on_day(session, contract_id, on)
    if contract.fee is None:
        raise Refused(NO_FEE)
    if not contract.index_name or not contract.index_base:
        raise Refused(NO_CLAUSE)
    index = revision.latest(_known(session, contract.index_name), on)
    if index is None:
        raise Refused(
            f"Aucune valeur de «\u00a0{contract.index_name}\u00a0» n’est connue comme publiée au {day(on)}\u00a0: "
            "ajoutez-la, avec son jour de publication."
        )
    base, series = Decimal(contract.index_base) / 1000, contract.index_series or IndexSeries.REVISED
    value = revision.in_series(index, series.value)
    found = revision.revised(contract.fee, base, value, clause_of(contract))
    return Proposal(
        on,
        contract.fee,
        found.cents,
        found.unbound,
        contract.index_base,
        int(index.value * 1000),
        index.month,
        IndexSeries.of(index.series),
        _how(contract, index, value, found),
    )


def _known(session: Session, name: str) -> list[Index]:
    rows = session.scalars(select(IndexValue).where(IndexValue.index_name == name, IndexValue.deleted_at.is_(None)))
    return [Index(one.month, Decimal(one.value) / 1000, one.published_on, one.series.value) for one in rows]


def clause_of(contract: Contract) -> Clause:
    return Clause(
        _share(contract.revision_fixed_part) or Decimal(0),
        _share(contract.revision_cap),
        _share(contract.revision_floor),
        contract.never_lowered,
    )


def _share(hundredths: int | None) -> Decimal | None:
    return None if hundredths is None else Decimal(hundredths) / 10_000


def _how(contract: Contract, index: Index, value: Decimal, found: Revised) -> tuple[str, ...]:
    published = f", publiée le {day(index.published_on)}" if index.published_on else ""
    lines = [f"Dernière valeur connue\u00a0: {_value(index.value)} pour {month_words(index.month)}{published}."]
    if value != index.value:
        lines.append(
            f"Elle est d’une autre série que l’indice de départ\u00a0: ramenée par {_value(revision.LINK, 5)}, "
            f"elle vaut {_value(value, 3)}."
        )
    ratio = f"{_value(value)} ÷ {_value(Decimal(contract.index_base or 0) / 1000)}"
    fixed = contract.revision_fixed_part
    if fixed:
        ratio = f"({rate(fixed)} + {rate(10_000 - fixed)} × {ratio})"
    lines.append(f"{amount(contract.fee)} × {ratio} = {amount(found.unbound)}.")
    if found.limit:
        lines.append(f"{LIMITS[found.limit]}\u00a0: {amount(found.cents)}.")
    return tuple(lines)


def _value(value: Decimal, places: int = 1) -> str:
    exact = value.normalize()
    return number(exact, max(places if value == exact.quantize(Decimal(1).scaleb(-places)) else 3, places))


def apply(session: Session, contract_id: int, on: date, signed_on: date) -> int:
    """Record the revision and sign the amendment that makes it; gives the id of the amendment."""
    found = proposal(session, contract_id, on)
    if found.after == found.before:
        raise Refused("Le prix ne change pas ce jour-là\u00a0: il n’y a rien à appliquer.")
    now = on_day(session, contract_id, on)
    wanted = {
        "fee": found.after,
        "index_base": found.index_to,
        "index_base_month": found.month,
        "index_series": found.series,
    }
    changed = {name: value for name, value in wanted.items() if getattr(now, name) != value}
    why = " ".join(found.how)
    made = amending.save(session, contract_id, Wanted("Révision du prix", on, why, signed_on, changed))
    records.create(
        session,
        REVISION,
        {
            "contract_id": contract_id,
            "effective_on": on,
            "index_from": found.index_from,
            "index_to": found.index_to,
            "fee_before": found.before,
            "fee_after": found.after,
            "notes": found.how[-1],
        },
    )
    return made
