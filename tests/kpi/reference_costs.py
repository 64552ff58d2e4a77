"""What maintenance costs, slowly (tests.kpi.reference). Fees are of whole months, invoices of one line."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.kpi.reference import NOTHING, ONE_DAY, PARIS, Ask, Company, Found, day_of, moment
from tests.kpi.reference_assets import worked

RATE = 4_200
"""Cents of an hour of work of the company's own, in the bases that this counts."""


def months(ask: Ask) -> list[date]:
    """The first days of the twelve whole months that end last, when the period does."""
    first = (min(ask.end, ask.known) + ONE_DAY).replace(day=1)
    found = []
    for _ in range(12):
        first = (first - ONE_DAY).replace(day=1)
        found.append(first)
    return found


def cout_valeur(company: Company, ask: Ask) -> Found:
    wanted = months(ask)
    last = (wanted[0] + timedelta(days=31)).replace(day=1) - ONE_DAY
    value, n = worth(company, ask, last)
    paid = billed(company, ask, wanted) + fees(company, ask, wanted) + acts(company, ask, wanted)
    cents = int(paid + Fraction(internal(company, ask, wanted) * RATE, 60) + Fraction(1, 2))
    return (Fraction(cents, value), n) if cents and value else NOTHING


def worth(company: Company, ask: Ask, last: date) -> tuple[int, int]:
    on, values = last.isoformat(), []
    for row in company.rows("asset"):
        began = row["commissioned_on"] or row["purchased_on"] or ""
        gone = row["retired_on"] or ("" if row["status"] == "retired" else "9999")
        if not began <= on <= gone or row["status"] == "in_stock" or row["ownership"] == "third_party":
            continue
        held = [
            cover["contract_id"] for cover in company.rows("covered_asset")
            if cover["asset_id"] == row["id"] and cover["since"] <= on <= (cover["until"] or "9999")
        ]  # fmt: skip
        covered = any(company.contract_in(ask, one) for one in held) or not (ask.contract or ask.provider)
        if covered and company.asset_in(ask, row["id"]) and (row["replacement_value"] or row["price"]):
            values.append(row["replacement_value"] or row["price"])
    return sum(values), len(values)


def _lines(company: Company, ask: Ask) -> list[tuple[dict[str, Any], dict[str, Any], date]]:
    """Each line of an invoice made by then, its invoice, and its month."""
    found = []
    for line in company.rows("invoice_line"):
        invoice = company.by_id("invoice")[line["invoice_id"]]
        on = day_of(line["period_start"] or invoice["invoiced_on"])
        if date.fromisoformat(invoice["invoiced_on"]) <= ask.known and on:
            found.append((line, invoice, on.replace(day=1)))
    return found


def billed(company: Company, ask: Ask, wanted: list[date]) -> int:
    return sum(
        line["net"]
        for line, invoice, month in _lines(company, ask)
        if line["kind"] in {"contract", "repair"} and month in wanted
        and company.contract_in(ask, invoice["contract_id"])
    )  # fmt: skip


def said(company: Company, ask: Ask, contract: int | None, kind: str, month: date) -> bool:
    return any(
        (line["kind"], invoice["contract_id"], on) == (kind, contract, month)
        for line, invoice, on in _lines(company, ask)
        if contract is not None
    )


def fees(company: Company, ask: Ask, wanted: list[date]) -> int:
    return sum(
        row["fee"] or 0
        for row in company.rows("contract")
        for month in wanted
        if company.contract_in(ask, row["id"]) and company.binds(row["id"], month)
        and not said(company, ask, row["id"], "contract", month)
    )  # fmt: skip


def _done(company: Company, row: dict[str, Any]) -> tuple[int | None, date]:
    source = company.by_id("ticket").get(row["ticket_id"] or 0) or company.by_id("visit")[row["visit_id"]]
    at = moment(row["started_at"])
    assert at is not None
    return source["contract_id"], at.astimezone(PARIS).date().replace(day=1)


def acts(company: Company, ask: Ask, wanted: list[date]) -> int:
    total = 0
    for row in company.rows("intervention"):
        contract, month = _done(company, row)
        invoice = company.by_id("invoice").get(row["invoice_id"] or 0)
        paid = invoice is not None and date.fromisoformat(invoice["invoiced_on"]) <= ask.known
        if month not in wanted or paid or row["charge"] not in {"billable", "counted"}:
            continue
        if company.contract_in(ask, contract) and not said(company, ask, contract, "repair", month):
            total += _price(company, contract, row)
    return total


def _price(company: Company, contract: int | None, row: dict[str, Any]) -> int:
    parts = sum(
        one["quantity"] * one["unit_price"] for one in company.rows("part") if one["intervention_id"] == row["id"]
    )
    rate = company.by_id("contract")[contract]["hourly_rate"] if contract else None
    minutes = worked(row)
    if row["charge"] == "counted" or rate is None or minutes is None:
        return int(parts)
    return int(parts + int(Fraction(minutes * rate, 60) + Fraction(1, 2)))


def internal(company: Company, ask: Ask, wanted: list[date]) -> int:
    total = 0
    for row in company.rows("intervention"):
        contract, month = _done(company, row)
        free = contract is None and row["charge"] == "included" and row["invoice_id"] is None
        if free and month in wanted and company.work_in(ask, row):
            total += worked(row) or 0
    return total
