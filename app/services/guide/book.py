"""The guide as one PDF, the same whatever the company: it needs no base."""

from datetime import date

from app import __version__
from app.fields import day
from app.reports.guide_data import Guide, GuideStamp, Shot
from app.services.guide.library import parts, picture

TITLE = "Guide de l’utilisateur"
FILE_NAME = "guide-parcometre.pdf"
COVER = "accueil.png"


def pdf(today: date) -> bytes:
    """The whole guide drawn, of the version of this program on that day."""
    from app.reports import guide  # noqa: PLC0415 - reportlab is read when a paper is asked for

    return guide.render(gather(today))


def gather(today: date) -> Guide:
    stamp = GuideStamp(TITLE, f"version {__version__} du {day(today)}", draft=False)
    files = {block.file for part in parts() for page in part.pages for block in page.blocks if isinstance(block, Shot)}
    return Guide(stamp, parts(), {file: picture(file) for file in sorted(files | {COVER})}, COVER)
