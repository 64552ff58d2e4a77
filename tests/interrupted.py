"""A call taken through the real window by a program that is then killed: `python -m tests.interrupted BASE`.

Each word printed is an act that the program acknowledged.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from app.ui import acts
from app.ui.pages.acts import ActDialog
from app.ui.pages.new_ticket import NewTicketDialog
from tests.story import Story

CALL = {"requester_id": "Claire Bonnin", "asset_id": "PC-01", "words": "Écran noir\nTrois bips au démarrage."}


class Patience:
    """What a story asks of pytest-qt, for a program of its own."""

    def waitUntil(self, callback: Callable[[], bool], timeout: int) -> None:
        end = time.monotonic() + timeout / 1000
        while not callback():
            QApplication.processEvents()
            time.sleep(0.01)
            if time.monotonic() > end:
                raise AssertionError("it never came")


def told(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main(base: Path) -> None:
    story = Story(Patience(), base)  # type: ignore[arg-type]
    acts.new_ticket(story.control)
    dialog = story.dialog(NewTicketDialog)
    for name, text in CALL.items():
        dialog.editors[name].put_text(text)
    dialog.impact.set_value("medium")
    dialog.urgency.set_value("high")
    dialog.accept_and_open()
    told("ouvert")
    story.gone(dialog)
    story.act("Prendre en charge", author="Yanis Le Goff")
    told("pris en charge")
    page = story.record()
    page.parts.ask()  # type: ignore[attr-defined]
    asked = story.dialog(ActDialog)
    story.fill(asked, label="Bloc d’alimentation")
    asked.accept()
    told("pièce demandée")
    page.entry.setText("Une note que personne n’a encore enregistrée")  # type: ignore[attr-defined]
    time.sleep(60)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
