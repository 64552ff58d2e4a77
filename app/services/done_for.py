"""What an intervention was done for, by SQL (app.models.done_for, which indicators share)."""

from app.models.done_for import BARE, asset, beside, contract, kept, minutes, on_assets, subject

__all__ = ["BARE", "asset", "beside", "contract", "kept", "minutes", "on_assets", "subject"]
