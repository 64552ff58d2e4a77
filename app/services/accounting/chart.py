"""The accounts that things are booked to: those of the usual chart, or the company's own (domain.md E.1)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import InvalidFields
from app.models import Account
from app.models.money_codes import AccountUse, FixedKind, LineKind
from app.rules.day_count import FinancialYear
from app.services import records


@dataclass(frozen=True, slots=True)
class ChartAccount:
    number: str
    label: str


Chart = Mapping[AccountUse, ChartAccount]
ACCOUNT = re.compile(r"[1-8]\d{2,}[0-9A-Z]*")
USUAL: Chart = {
    AccountUse.CONTRACT: ChartAccount("6156", "Maintenance"),
    AccountUse.REPAIR: ChartAccount("6155", "Entretien et réparations sur biens mobiliers"),
    AccountUse.SMALL: ChartAccount("6063", "Fournitures d’entretien et de petit équipement"),
    AccountUse.SUPPLIES: ChartAccount("6064", "Fournitures administratives"),
    AccountUse.SUBCONTRACT: ChartAccount("611", "Sous-traitance générale"),
    AccountUse.RENT: ChartAccount("6135", "Locations mobilières"),
    AccountUse.LEASING: ChartAccount("6122", "Crédit-bail mobilier"),
    AccountUse.SAAS: ChartAccount("6511", "Redevances pour concessions, brevets, licences, logiciels"),
    AccountUse.TELECOM: ChartAccount("626", "Frais postaux et de télécommunications"),
    AccountUse.FEES: ChartAccount("6226", "Honoraires"),
    AccountUse.PENALTY: ChartAccount("7588", "Autres produits divers de gestion courante"),
    AccountUse.OTHER: ChartAccount("6288", "Autres services extérieurs"),
    AccountUse.HARDWARE: ChartAccount("2183", "Matériel de bureau et matériel informatique"),
    AccountUse.HARDWARE_WEAR: ChartAccount("28183", "Amortissements du matériel informatique"),
    AccountUse.HARDWARE_CHARGE: ChartAccount("68112", "Dotations aux amortissements, immobilisations corporelles"),
    AccountUse.SOFTWARE: ChartAccount("205", "Concessions et droits similaires, logiciels"),
    AccountUse.SOFTWARE_WEAR: ChartAccount("2805", "Amortissements des logiciels"),
    AccountUse.SOFTWARE_CHARGE: ChartAccount("68111", "Dotations aux amortissements, immobilisations incorporelles"),
    AccountUse.PREPAID: ChartAccount("486", "Charges constatées d’avance"),
    AccountUse.SUPPLIER: ChartAccount("401", "Fournisseurs"),
    AccountUse.ASSET_SUPPLIER: ChartAccount("404", "Fournisseurs d’immobilisations"),
    AccountUse.ACCRUED: ChartAccount("4081", "Fournisseurs, factures non parvenues"),
    AccountUse.VAT: ChartAccount("44566", "TVA déductible sur autres biens et services"),
    AccountUse.VAT_ASSETS: ChartAccount("44562", "TVA déductible sur immobilisations"),
    AccountUse.VAT_ACCRUED: ChartAccount("44586", "TVA sur factures non parvenues"),
    AccountUse.BOOK_VALUE: ChartAccount("657", "Valeurs comptables des immobilisations cédées"),
    AccountUse.SALE: ChartAccount("757", "Produits des cessions d’immobilisations"),
    AccountUse.SALE_DEBTOR: ChartAccount("462", "Créances sur cessions d’immobilisations"),
    AccountUse.VAT_DUE: ChartAccount("44571", "TVA collectée"),
}
RENUMBERED = date(2025, 1, 1)
"""Financial years that open from that day on follow the règlement ANC 2022-06."""
BEFORE: Chart = {
    AccountUse.BOOK_VALUE: ChartAccount("675", "Valeurs comptables des éléments d’actif cédés"),
    AccountUse.SALE: ChartAccount("775", "Produits des cessions d’éléments d’actif"),
}
"""The same in the years that opened before (domain.md E.1)."""
OF_LINE: Mapping[LineKind, AccountUse] = {
    LineKind.CONTRACT: AccountUse.CONTRACT,
    LineKind.REPAIR: AccountUse.REPAIR,
    LineKind.HOURS: AccountUse.CONTRACT,
    LineKind.EQUIPMENT: AccountUse.SMALL,
    LineKind.SOFTWARE: AccountUse.SAAS,
    LineKind.SMALL: AccountUse.SMALL,
    LineKind.SUPPLIES: AccountUse.SUPPLIES,
    LineKind.SAAS: AccountUse.SAAS,
    LineKind.RENT: AccountUse.RENT,
    LineKind.LEASING: AccountUse.LEASING,
    LineKind.SUBCONTRACT: AccountUse.SUBCONTRACT,
    LineKind.TELECOM: AccountUse.TELECOM,
    LineKind.FEES: AccountUse.FEES,
    LineKind.PENALTY: AccountUse.PENALTY,
    LineKind.OTHER: AccountUse.OTHER,
}
"""What a line of an invoice is booked to, when it is an expense."""


@dataclass(frozen=True, slots=True)
class FixedUses:
    """The accounts of one kind of fixed assets."""

    asset: AccountUse
    wear: AccountUse
    charge: AccountUse


OF_FIXED: Mapping[FixedKind, FixedUses] = {
    FixedKind.HARDWARE: FixedUses(AccountUse.HARDWARE, AccountUse.HARDWARE_WEAR, AccountUse.HARDWARE_CHARGE),
    FixedKind.SOFTWARE: FixedUses(AccountUse.SOFTWARE, AccountUse.SOFTWARE_WEAR, AccountUse.SOFTWARE_CHARGE),
}


def accounts(session: Session, year: FinancialYear | None = None) -> Chart:
    """Every use with its account: the company's own where it has one, else the usual one of that financial year."""
    before = BEFORE if year is not None and year.start < RENUMBERED else {}
    return {**USUAL, **before, **own_accounts(session)}


def own_accounts(session: Session) -> Chart:
    """Those that the company changed."""
    rows = session.execute(select(Account.use, Account.number, Account.label).where(Account.deleted_at.is_(None)))
    return {use: ChartAccount(number, label) for use, number, label in rows}


@dataclass(frozen=True, slots=True)
class UseLine:
    """A use, by its code and in words, with its account, the usual one, and whether the company changed it."""

    use: str
    words: str
    account: ChartAccount
    usual: ChartAccount
    own: bool


def listed(session: Session) -> tuple[UseLine, ...]:
    """Every use, in the order of the chart's settings."""
    own = own_accounts(session)
    return tuple(UseLine(use.value, use.label, own.get(use, USUAL[use]), USUAL[use], use in own) for use in AccountUse)


def change(session: Session, code: str, number: str | None, label: str | None) -> None:
    """Give a use the company's own account; without number, or with the usual one, back to the usual."""
    use = AccountUse.of(code)
    told = (number or "").replace(" ", "").replace("\u00a0", "")
    if told and not ACCOUNT.fullmatch(told):
        raise InvalidFields({"number": "Écrivez un numéro de compte, comme 6156."})
    wanted = ChartAccount(told or USUAL[use].number, label or USUAL[use].label)
    kept = session.scalar(select(Account).where(Account.use == use))
    entity = ENTITIES["account"]
    if wanted == USUAL[use]:
        if kept is not None and kept.deleted_at is None:
            records.to_bin(session, entity, [kept.id])
    elif kept is None:
        records.create(session, entity, {"use": use, "number": wanted.number, "label": wanted.label})
    else:
        kept.deleted_at = None
        session.flush()
        records.update(session, entity, kept.id, {"number": wanted.number, "label": wanted.label})
