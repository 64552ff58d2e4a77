"""The company's file: opening, writing, history, backup. Nothing else of the program touches SQLite."""

from app.storage.opening import open_store
from app.storage.store import Store

__all__ = ["Store", "open_store"]
