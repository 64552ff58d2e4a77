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


class ReplacementChoice(Code):
    """What the manager decided of an asset that the rules put in the replacement plan."""

    REPLACE = "replace", "À remplacer", "warn"
    POSTPONE = "postpone", "Reporté", "hold"
    KEEP = "keep", "Gardé", "mute"
