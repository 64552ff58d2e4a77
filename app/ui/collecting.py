"""Cycles of objects are freed in the window's thread only.

Python's own collector runs in whichever thread allocates. A task off the window's thread would then free, one day, a
dialog closed long before, and Qt ends the program when a widget dies outside its thread. So the automatic collector
stays off while there is a window, and a timer of the window's thread does its work at the same thresholds.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 500
"""Milliseconds between two looks: long enough to cost nothing, short enough for memory not to grow."""


def collect_if_due() -> int:
    """Free the cycles of the oldest generation whose threshold is passed; gives how many objects were freed."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    due = [generation for generation in range(3) if 0 < thresholds[generation] < counts[generation]]
    return gc.collect(due[-1]) if due else 0


class Collector(QObject):
    """Takes the automatic collector's place for as long as the program shows windows."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(collect_if_due)
        self._timer.start()
