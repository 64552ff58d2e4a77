"""What the indicators of tickets count, by bare statements on the same file: numerator and denominator of each."""

import sqlite3

_KEPT = "FROM ticket WHERE deleted_at IS NULL AND status <> 'cancelled' AND"
_SOLVED = f"{_KEPT} resolved_at >= :since AND resolved_at < :until"
_OPENED = f"{_KEPT} opened_at >= :since AND opened_at < :until"
_JOURNAL = (
    "(reopenings = 0 OR coalesce((SELECT kind FROM ticket_event e WHERE e.ticket_id = ticket.id"
    " AND e.deleted_at IS NULL AND e.at < :cutoff AND (e.kind IN ('reopened', 'final') OR (e.kind = 'resolved'"
    " AND NOT (e.value IS 'workaround' AND e.stops_clock IS NOT 1)))"
    " ORDER BY e.at DESC, e.id DESC LIMIT 1), 'reopened') = 'reopened')"
)
_AGAIN = (
    "EXISTS (SELECT 1 FROM intervention v WHERE v.ticket_id = ticket.id AND v.deleted_at IS NULL"
    " AND v.started_at > ticket.taken_at AND v.started_at < :now)"
)


def _late(act: str, due: str, met: str) -> tuple[str, str]:
    """Those that came after the cutoff, those that have not come."""
    due = f"SELECT 0, count(*) {_KEPT} {due} < :cutoff AND"
    return f"{due} {met} = 0 AND {act} >= :cutoff", f"{due} {met} IS NULL AND {act} IS NULL"


STATEMENTS: dict[str, tuple[str, ...]] = {
    "mtta": (f"SELECT sum(take_minutes), count(take_minutes) {_KEPT} taken_at >= :since AND taken_at < :until",),
    "mttres": (f"SELECT sum(net_minutes), count(net_minutes) {_SOLVED} AND kind = 'incident'",),
    "gti": (
        f"SELECT sum(take_met), count(take_met) {_KEPT} taken_at >= :since AND taken_at < :until",
        *_late("taken_at", "take_due_at", "take_met"),
    ),
    "gts": (
        (
            f"SELECT sum(on_site_at <= on_site_due_at), count(on_site_due_at) {_KEPT} on_site_at >= :since"
            " AND on_site_at < :until"
        ),
        f"SELECT 0, count(*) {_KEPT} on_site_due_at < :cutoff AND on_site_at IS NULL",
        f"SELECT 0, count(*) {_KEPT} on_site_due_at < :cutoff AND on_site_at >= :cutoff",
    ),
    "gtr": (
        f"SELECT sum(restore_met), count(restore_met) {_SOLVED}",
        *_late("resolved_at", "restore_due_at", "restore_met"),
    ),
    "fcr": (
        (
            f"SELECT sum(contacts <= 1 AND transfers = 0 AND reopenings = 0 AND NOT {_AGAIN}), count(*) {_SOLVED}"
            " AND kind = 'incident' AND taken_at IS NOT NULL"
        ),
    ),
    "reouverture": (f"SELECT sum(reopenings > 0), count(*) {_SOLVED}",),
    "recurrence": (
        (
            "SELECT count(DISTINCT ticket.id), 0 FROM ticket JOIN ticket e ON e.asset_id = ticket.asset_id"
            " AND e.category = ticket.category WHERE ticket.deleted_at IS NULL AND ticket.status <> 'cancelled'"
            " AND ticket.kind = 'incident' AND ticket.opened_at >= :since AND ticket.opened_at < :until"
            " AND e.kind = 'incident' AND e.status <> 'cancelled' AND e.deleted_at IS NULL AND e.id <> ticket.id"
            " AND e.resolved_at <= ticket.opened_at"
            " AND e.resolved_at >= strftime('%Y-%m-%dT%H:%M:%SZ', ticket.opened_at, '-90 days')"
        ),
        f"SELECT 0, count(*) {_OPENED} AND kind = 'incident'",
    ),
    "volume": (f"SELECT count(*), 1 {_OPENED}",),
    "backlog": (
        f"SELECT count(*), 1 {_KEPT} opened_at < :cutoff AND resolved_at IS NULL AND {_JOURNAL}",
        f"SELECT count(*), 0 {_KEPT} opened_at < :cutoff AND resolved_at >= :cutoff AND {_JOURNAL}",
    ),
}
OTHERS = (
    "mttr", "mdt", "mtbf", "dispo", "dispo_ponderee", "realisation_preventif", "ratio_preventif", "documents", "csat",
    "cout_valeur", "backlog_age",
)  # fmt: skip
"""More than a sum of columns: the repair time is a union of intervals, the availability and the age of what is open are
counted in the hours of contracts, documents and costs are worked out from their terms."""
HOURS = ("mtta", "mttres")


def share(connection: sqlite3.Connection, code: str, moments: dict[str, str]) -> tuple[int, int]:
    """Numerator and denominator."""
    found = [connection.execute(one, moments).fetchone() for one in STATEMENTS[code]]
    return sum(row[0] or 0 for row in found), sum(row[1] for row in found)
