"""One program at a time writes to a file: a lock of the system on a file beside it, which death frees."""

import getpass
import platform


def identity() -> str:
    """« marie (PC-ACCUEIL) »: whom the history and the lock name."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # a service account may have no name
        user = "inconnu"
    return f"{user} ({platform.node() or 'poste inconnu'})"
