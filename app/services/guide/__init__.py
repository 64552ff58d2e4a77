"""The user guide: the pages of resources/aide in the order of a manager's work, searched, linked, and made a book."""

from app.services.guide.finding import Hit, find
from app.services.guide.library import page, page_at, parts, picture, place_named, places_of

__all__ = ["Hit", "find", "page", "page_at", "parts", "picture", "place_named", "places_of"]
