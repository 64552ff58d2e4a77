"""The expertise of the assets (domain.md A.7): opened, assessed sheet by sheet, judged as a lot, told to the papers."""

from app.services.expertises.assessed import Assessed, Before, Criterion
from app.services.expertises.latest import Lot, latest
from app.services.expertises.one_asset import Standing, Waiting, of_asset, standing, waiting

__all__ = [
    "Assessed",
    "Before",
    "Criterion",
    "Lot",
    "Standing",
    "Waiting",
    "latest",
    "of_asset",
    "standing",
    "waiting",
]
