"""The closed lists of judging a provider and deciding (domain.md B, F.1, G)."""

from app.codes import Code


class Promise(Code):
    """The delay of the contract that a ticket missed."""

    TAKE = "take", "Prise en charge"
    ON_SITE = "on_site", "Intervention sur site"
    RESTORE = "restore", "Rétablissement"


class ScorecardStatus(Code):
    DRAFT = "draft", "Projet", "info"
    ISSUED = "issued", "Émise", "ok"


class Grade(Code):
    """The class of a score out of 100, and what it calls for (domain.md G.2)."""

    A = "a", "A", "ok"
    B = "b", "B", "ok"
    C = "c", "C", "warn", True
    D = "d", "D", "bad", True


class ReplacementChoice(Code):
    """What the manager decided of an asset that the rules put in the replacement plan."""

    REPLACE = "replace", "À remplacer", "warn"
    POSTPONE = "postpone", "Reporté", "hold"
    KEEP = "keep", "Gardé", "mute"
