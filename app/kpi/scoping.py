"""What a scope keeps, as SQL that any indicator adds to its own (domain.md B.1).

Site and family are those of the asset today; the provider is that of the contract.
"""

from typing import Any

from sqlalchemy import ColumnElement, select

from app.kpi.registry import Scope
from app.models import Asset, Contract

Condition = ColumnElement[bool]


def of_contract(scope: Scope, contract_id: Any) -> list[Condition]:
    """Rows whose `contract_id` is the contract of the scope, and one of its provider."""
    kept: list[Condition] = []
    if scope.contract_id is not None:
        kept.append(contract_id == scope.contract_id)
    if scope.provider_id is not None:
        kept.append(contract_id.in_(select(Contract.id).where(Contract.provider_id == scope.provider_id)))
    return kept


def of_asset(scope: Scope, asset_id: Any) -> list[Condition]:
    """Rows whose `asset_id` is at the site of the scope, and of its family; none for what bears on no asset."""
    wanted: list[Condition] = []
    if scope.site_id is not None:
        wanted.append(Asset.site_id == scope.site_id)
    if scope.family_id is not None:
        wanted.append(Asset.family_id == scope.family_id)
    return [asset_id.in_(select(Asset.id).where(*wanted))] if wanted else []
