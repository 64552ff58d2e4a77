"""The price of a contract, corrected: the fields of the model chosen, and no others."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import Field
from app.ui.desk import Desk
from app.ui.pages.contract_form import ContractForm

CONTRACT = ENTITIES["contract"]
MODEL = "price_model"
FLAT = ("fee", "fee_period", "included_minutes", "hourly_rate")
ACTS = ("hourly_rate", "minimum_minutes", "rounding_minutes", "travel_fee", "out_of_hours_rate")
BANK = (
    "hours_bought", "hours_price", "hours_until", "hours_carried_over", "overrun_allowed", "hourly_rate",
    "minimum_minutes", "rounding_minutes", "out_of_hours_rate",
)  # fmt: skip
OF_MODEL: Mapping[str, Sequence[str]] = {
    "flat": (*FLAT, "travel_fee", "out_of_hours_rate"),
    "per_unit": ("count_rule", "hourly_rate", "travel_fee", "out_of_hours_rate"),
    "per_act": ACTS,
    "hour_bank": BANK,
    "mixed": ("fee", "fee_period", "included_minutes", "count_rule", *ACTS),
}
"""What each price model asks for (domain.md C.6)."""


def fields_of(model: str) -> tuple[str, ...]:
    return (MODEL, *OF_MODEL[model])


class PriceForm(ContractForm):
    """The fields follow the model while one chooses; those that leave the screen keep what they had."""

    def __init__(self, desk: Desk, contract_id: int, parent: QWidget) -> None:
        super().__init__(desk, contract_id, parent, (MODEL,), "mode de prix")

    def more_from(self) -> str:
        return MODEL

    def own_fields(self, values: Mapping[str, Any]) -> tuple[Field, ...]:
        model = values.get(MODEL)
        return tuple(replace(CONTRACT.field(name), group="") for name in OF_MODEL[model.value]) if model else ()
