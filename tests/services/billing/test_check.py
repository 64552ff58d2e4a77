"""An invoice against its contract: each difference has its reason (domain.md C.4 to C.7)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import Amendment, HourPurchase, IndexValue, Intervention, Invoice, PenaltyClaim
from app.models.codes import Charge, ContractStatus, FeePeriod, Renewal
from app.models.contract_codes import AmendmentStatus, Billing, IndexSeries, PriceModel
from app.models.money_codes import InvoiceKind, LineKind
from app.services.billing.check import Check, Verdict, check
from tests.services.billing.make import amended, bought, contract, invoice, plain, unit, work
from tests.services.billing.test_expected import MOVES, seats

D = date
JULY = {"period_start": D(2026, 7, 1), "period_end": D(2026, 7, 31)}
ON = D(2026, 7, 1)


def told(found: Check) -> list[str]:
    return [plain(one.text) for one in found.reasons]


def of_july(session: Session, one: int, net: int, **more: Any) -> Check:
    return check(session, invoice(session, one, ON, {"net": net}, **(JULY | more)))


def indexed(session: Session, **values: Any) -> int:
    """domain.md C.4: 300,0 at signature, 312,6 at the revision."""
    session.add(
        IndexValue(index_name="Syntec", month=D(2026, 4, 1), value=312_600, published_on=D(2026, 6, 20),
                   series=IndexSeries.REVISED)
    )  # fmt: skip
    return contract(session, **({"index_name": "Syntec", "index_base": 300_000} | values))


@pytest.mark.parametrize("net", [45_000, 45_002, 44_998])
def test_what_the_contract_foresees_is_right(session: Session, net: int) -> None:
    found = of_july(session, contract(session), net)
    assert (found.verdict, found.headline, found.expected, found.billed) == (
        Verdict.RIGHT, "Conforme au contrat", 45_000, net,
    )  # fmt: skip
    assert (found.difference, found.period, told(found)) == (net - 45_000, "juillet\u00a02026", [])
    assert [line.cents for line in found.lines] == [45_000]


def test_a_difference_equal_to_the_revision_says_so(session: Session) -> None:
    found = of_july(session, indexed(session), 46_890)
    assert (found.verdict, found.difference, found.percent) == (Verdict.EXPLAINED, 1_890, Decimal("4.2"))
    assert plain(found.headline) == "Écart +4,2 % : expliqué"
    assert told(found) == [
        (
            "Écart +4,2 % : égal à la révision Syntec au 01/07/2026 (450,00 € × 312,6 ÷ 300,0 = 468,90 €). "
            "Elle n’est pas encore appliquée ici : faites-le à l’onglet « Prix » du contrat, si vous en convenez."
        )
    ]
    assert found.reasons[0].cents == 1_890


def test_a_revision_beyond_its_limit_is_refused(session: Session) -> None:
    one = indexed(session, revision_cap=300)
    assert of_july(session, one, 46_350).verdict == Verdict.EXPLAINED
    found = of_july(session, one, 46_890, period_start=D(2026, 8, 1), period_end=D(2026, 8, 31))
    assert found.verdict == Verdict.FORBIDDEN
    assert told(found)[0] == (
        "Écart +4,2 % : égal à la révision Syntec sans sa limite. La hausse est tenue au plafond du contrat : 463,50 €."
    )


def test_the_price_before_an_amendment(session: Session) -> None:
    one = contract(session)
    number = session.get_one(Amendment, amended(session, one, D(2026, 6, 1), fee=46_890)).number
    amended(session, one, D(2026, 6, 2), payment_days=45)
    found = of_july(session, one, 45_000)
    assert (found.verdict, found.difference) == (Verdict.EXPLAINED, -1_890)
    assert told(found) == [f"Écart −4,0 % : égal au prix d’avant l’avenant {number}, en vigueur depuis le 01/06/2026."]


@pytest.mark.parametrize(
    ("status", "on", "why"),
    [
        (AmendmentStatus.DRAFT, D(2026, 6, 1), "qui n’est pas signé"),
        (AmendmentStatus.SIGNED, D(2026, 9, 1), "qui ne vaut qu’à partir du 01/09/2026"),
    ],
)
def test_the_price_of_an_amendment_that_does_not_hold(
    session: Session, status: AmendmentStatus, on: date, why: str
) -> None:
    one = contract(session)
    made = session.get_one(Amendment, amended(session, one, on, fee=50_000))
    made.status = status
    session.flush()
    found = of_july(session, one, 50_000)
    assert found.verdict == Verdict.WRONG
    assert told(found) == [f"Écart +11,1 % : égal au prix de l’avenant {made.number}, {why}."]


def test_neither_a_revision_nor_an_amendment_may_fit(session: Session) -> None:
    one = indexed(session, revision_cap=300)
    amended(session, one, D(2026, 9, 1), fee=50_000)
    assert told(of_july(session, one, 47_777, invoiced_on=D(2026, 7, 3))) == [
        (
            "Écart de +6,2 %, que rien n’explique ici : demandez le détail au prestataire. La clause de révision "
            "donnerait 463,50 € au 01/07/2026, soit +3,0 % (450,00 € × 312,6 ÷ 300,0 = 468,90 €). La hausse est tenue "
            "au plafond du contrat : 463,50 €."
        )
    ]


@pytest.mark.parametrize(
    ("month", "words"),
    [
        (6, ("Serait-ce la révision ? Aucune valeur de « Syntec » n’est connue comme publiée au 01/06/2026 : "
            "ajoutez-la, avec son jour de publication.")),
        (7, ("La clause de révision donnerait 468,90 € au 01/07/2026, soit +4,2 % (450,00 € × 312,6 ÷ 300,0 = "
            "468,90 €).")),
    ],
)  # fmt: skip
def test_what_nothing_explains_is_told_with_what_the_clause_gives(session: Session, month: int, words: str) -> None:
    found = of_july(session, indexed(session), 47_777, period_start=D(2026, month, 1), period_end=D(2026, month, 30))
    assert found.verdict == Verdict.WRONG
    assert told(found)[0].endswith(f"demandez le détail au prestataire. {words}")
    assert (found.reasons[0].entity, found.reasons[0].cents) == ("contract", None)


def test_a_clause_may_change_nothing_or_have_no_fee(session: Session) -> None:
    words = "La clause de révision ne change pas le prix au 01/07/2026."
    assert told(of_july(session, indexed(session, index_base=312_600), 47_777))[0].endswith(words)
    unpriced = indexed(session, number="CT-2", fee=None)
    unit(session, unpriced, 1_000)
    assert "révision" not in "".join(told(of_july(session, unpriced, 47_777)))


def test_a_revision_already_agreed_is_told_by_its_amendment(session: Session) -> None:
    one = indexed(session)
    number = session.get_one(Amendment, amended(session, one, D(2026, 9, 1), fee=46_890)).number
    assert told(of_july(session, one, 46_890)) == [
        f"Écart +4,2 % : égal au prix de l’avenant {number}, qui ne vaut qu’à partir du 01/09/2026."
    ]


def test_vat_counted_twice_is_refused(session: Session) -> None:
    found = of_july(session, contract(session), 54_000)
    assert (found.verdict, plain(found.headline)) == (Verdict.FORBIDDEN, "Écart +20,0 % : à contester")
    assert told(found) == ["Le HT facturé égale le TTC attendu, 540,00 € : la TVA serait payée deux fois."]
    none = of_july(session, contract(session, number="CT-2", vat_rate=0), 54_000)
    assert none.verdict == Verdict.WRONG


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"starts_on": D(2026, 7, 15)}, "ne commence que le 15/07/2026."),
        ({"starts_on": D(2025, 7, 15), "renewal": Renewal.NONE}, "prend fin le 14/07/2026."),
    ],
)
def test_a_period_billed_whole_for_a_part_is_refused(session: Session, values: dict[str, Any], words: str) -> None:
    found = of_july(session, contract(session, **values), 45_000)
    assert found.verdict == Verdict.FORBIDDEN
    assert told(found) == [f"La période est facturée entière, alors que le contrat {words}"]


@pytest.mark.parametrize(
    ("net", "verdict", "words"),
    [
        (90_000, Verdict.WRONG, "Le montant est 2 fois celui de la période : vérifiez la période facturée."),
        (135_000, Verdict.WRONG, "Le montant est 3 fois celui de la période : vérifiez la période facturée."),
        (15_000, Verdict.EXPLAINED, "Le montant est le tiers de celui de la période : vérifiez la période facturée."),
        (9_000, Verdict.WRONG, "Écart de −80,0 %, que rien n’explique ici : demandez le détail au prestataire."),
        (49_123, Verdict.WRONG, "Écart de +9,2 %, que rien n’explique ici : demandez le détail au prestataire."),
    ],
)
def test_another_number_of_periods_or_nothing_known(session: Session, net: int, verdict: Verdict, words: str) -> None:
    found = of_july(session, contract(session), net)
    assert (found.verdict, told(found)) == (verdict, [words])


def test_a_period_already_billed_is_refused(session: Session) -> None:
    one = contract(session)
    first = invoice(session, one, ON, {"net": 45_000}, number="F-1", **JULY)
    second = invoice(session, one, D(2026, 7, 20), {"net": 45_000}, **JULY)
    found = check(session, second)
    assert (found.verdict, found.expected, found.difference) == (Verdict.FORBIDDEN, 0, 45_000)
    assert told(found) == ["Période déjà facturée : juillet 2026, par F-1 (450,00 € HT)."]
    assert (found.reasons[0].entity, found.reasons[0].record_id) == ("invoice", first)
    assert plain(found.headline) == "Écart +450,00 € : à contester"
    assert check(session, first).verdict == Verdict.RIGHT


def test_a_credited_invoice_may_be_billed_again(session: Session) -> None:
    one = contract(session)
    first = invoice(session, one, ON, {"net": 54_000}, **JULY)
    invoice(session, one, D(2026, 7, 5), {"net": 54_000}, kind=InvoiceKind.CREDIT, corrects_id=first, **JULY)
    assert check(session, invoice(session, one, D(2026, 7, 6), {"net": 45_000}, **JULY)).verdict == Verdict.RIGHT


def test_two_invoices_may_share_a_period(session: Session) -> None:
    one = contract(session)
    invoice(session, one, ON, {"net": 30_000}, number="F-1", **JULY)
    found = of_july(session, one, 15_000)
    assert (found.verdict, found.expected) == (Verdict.RIGHT, 15_000)
    assert told(found) == ["F-1 : 300,00 € déjà facturés pour juillet 2026."]


def test_a_quarter_that_overlaps_a_month_is_seen(session: Session) -> None:
    one = contract(session)
    invoice(session, one, ON, {"net": 45_000}, number="F-1", **JULY)
    found = of_july(session, one, 135_000, period_end=D(2026, 9, 30))
    assert (found.expected, found.difference) == (90_000, 45_000)
    assert plain(found.period) == "du 1er juillet au 30 septembre 2026"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"starts_on": D(2026, 8, 1)}, "La période facturée précède le contrat, qui commence le 01/08/2026."),
        ({"starts_on": D(2025, 7, 1), "renewal": Renewal.NONE},
         "La période facturée suit la fin du contrat, le 30/06/2026."),
        ({"status": ContractStatus.DRAFT},
         "Le contrat est encore un projet : rien n’est dû tant qu’il n’est pas signé."),
    ],
)  # fmt: skip
def test_days_out_of_the_contract(session: Session, values: dict[str, Any], words: str) -> None:
    found = of_july(session, contract(session, **values), 45_000)
    assert (found.expected, told(found)) == (0, [words])


@pytest.mark.parametrize(
    ("on", "billing", "period"),
    [
        (D(2026, 7, 1), Billing.ADVANCE, "juillet 2026"),
        (D(2026, 7, 24), Billing.ADVANCE, "juillet 2026"),
        (D(2026, 6, 25), Billing.ADVANCE, "juillet 2026"),
        (D(2026, 7, 1), Billing.ARREARS, "juin 2026"),
        (D(2026, 6, 24), Billing.ARREARS, "mai 2026"),
        (D(2026, 6, 30), Billing.ARREARS, "juin 2026"),
    ],
)
def test_a_period_not_written_is_supposed(session: Session, on: date, billing: Billing, period: str) -> None:
    found = check(session, invoice(session, contract(session, billing=billing), on, {"net": 45_000}))
    assert (found.verdict, plain(found.period)) == (Verdict.RIGHT, period)
    assert told(found) == ["La facture n’écrit pas sa période : elle est supposée d’après la facturation du contrat."]


@pytest.mark.parametrize(("period", "net"), [(FeePeriod.QUARTER, 45_000), (FeePeriod.YEAR, 45_000)])
def test_a_supposed_period_is_that_of_the_billing(session: Session, period: FeePeriod, net: int) -> None:
    for billing in Billing:
        one = contract(session, number=f"CT-{billing}", fee_period=period, billing=billing, starts_on=D(2024, 2, 1))
        assert check(session, invoice(session, one, D(2026, 8, 3), {"net": net})).verdict == Verdict.RIGHT


def test_a_line_may_have_a_period_of_its_own(session: Session) -> None:
    june = {"period_start": D(2026, 6, 1), "period_end": D(2026, 6, 30)}
    lines: list[dict[str, Any]] = [{"net": 45_000, **june}, {"net": 45_000}]
    found = check(session, invoice(session, contract(session), ON, *lines, **JULY))
    assert (found.verdict, found.expected, plain(found.period)) == (
        Verdict.RIGHT, 90_000, "du 1er juin au 31 juillet 2026",
    )  # fmt: skip
    half = check(
        session, invoice(session, contract(session, number="CT-2"), ON, {"net": 45_000}, period_end=D(2026, 7, 31))
    )
    assert plain(half.period) == "le 31 juillet 2026"


def test_a_contract_without_price_says_nothing(session: Session) -> None:
    found = of_july(session, contract(session, fee=None), 45_000)
    assert (found.verdict, found.expected, found.difference) == (Verdict.UNKNOWN, None, None)
    assert told(found) == ["Le contrat ne dit pas le montant du forfait."]
    assert found.headline == "Rien à comparer"


# -- units ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"net": 3_600, "quantity": 3_000, "unit_price": 120_000},
         "Poste : 3 facturés. Le contrat compte 2 à 12,00 € par mois."),
        ({"net": 2_500, "quantity": 2_000, "unit_price": 125_000}, "Poste : 12,50 € facturé, 12,00 € au contrat."),
        ({"net": 2_500}, "Poste : 25,00 € facturés, 24,00 € attendus (2 à 12,00 € par mois)."),
    ],
)  # fmt: skip
def test_units_are_compared_one_by_one(session: Session, line: dict[str, Any], words: str) -> None:
    one = contract(session, price_model=PriceModel.PER_UNIT, fee=None)
    seats(session, one, *MOVES)
    unit(session, one, 1_200)
    unit(session, one, 9_900, label="Serveur", since=D(2026, 8, 1))
    found = check(session, invoice(session, one, ON, {"label": "Postes de travail"} | line, **JULY))
    assert (found.verdict, told(found)) == (Verdict.WRONG, [words])


# -- work -----------------------------------------------------------------------------------------------------------

MIXED = {"price_model": PriceModel.MIXED, "hourly_rate": 6_500, "rounding_minutes": 15}
WORK = {"kind": LineKind.REPAIR, "label": "Dépannage"}


def test_an_act_is_found_by_its_amount_or_its_number(session: Session) -> None:
    one = contract(session, **MIXED)
    done = [work(session, one, "2026-06-10 10:00", minutes, number=f"FI-2026-{minutes:04}") for minutes in (60, 120)]
    lines = [{**WORK, "net": 6_500}, {**WORK, "net": 13_000, "label": "Intervention FI-2026-0120 du 10/06"}]
    found = check(session, invoice(session, one, ON, {"net": 45_000}, *lines, **JULY))
    assert (found.verdict, found.expected, found.acts) == (Verdict.RIGHT, 64_500, tuple(done))


def test_all_the_acts_left_may_be_billed_as_one(session: Session) -> None:
    one = contract(session, **MIXED)
    done = [work(session, one, f"2026-06-{day} 10:00", 60) for day in (10, 11, 12)]
    found = check(session, invoice(session, one, ON, {**WORK, "net": 19_500}))
    assert (found.verdict, found.acts) == (Verdict.RIGHT, tuple(done))


def test_an_act_at_another_price_is_told(session: Session) -> None:
    one = contract(session, **MIXED)
    work(session, one, "2026-06-10 10:00", 60, number="FI-A")
    line = {**WORK, "label": "FI-A", "net": 7_000, "unit": "HUR", "unit_price": 700_000}
    found = check(session, invoice(session, one, ON, line))
    assert (found.verdict, found.difference) == (Verdict.WRONG, 500)
    assert told(found) == [
        "FI-A : 70,00 € facturés, 65,00 € attendus (1 h 00 × 65,00 €).",
        "« FI-A » : 70,00 € l’heure, 65,00 € au contrat.",
    ]


@pytest.mark.parametrize(
    ("charge", "words"),
    [
        (Charge.INCLUDED, "FI-A est comprise dans le forfait : elle ne se facture pas."),
        (Charge.WARRANTY, "FI-A est sous garantie : elle ne se facture pas."),
        (Charge.REFUSED, "FI-A est refusée : elle ne se facture pas."),
        (Charge.COUNTED, "FI-A est décomptée des heures achetées : elle serait payée deux fois."),
    ],
)
def test_an_act_that_is_not_due_is_refused(session: Session, charge: Charge, words: str) -> None:
    one = contract(session, **MIXED)
    work(session, one, "2026-06-10 10:00", 60, charge, number="FI-A")
    found = check(session, invoice(session, one, ON, {**WORK, "label": "FI-A", "net": 6_500}))
    assert (found.verdict, found.expected, told(found)) == (Verdict.FORBIDDEN, 0, [words])
    assert found.acts == (), "approving the invoice does not make it pay what it should not"


def test_an_act_already_billed_is_refused(session: Session) -> None:
    one = contract(session, **MIXED)
    done = session.get_one(Intervention, work(session, one, "2026-06-10 10:00", 60, number="FI-A"))
    done.invoice_id = invoice(session, one, D(2026, 6, 15), {**WORK, "net": 6_500}, number="F-1")
    session.flush()
    assert check(session, done.invoice_id).verdict == Verdict.RIGHT
    found = check(session, invoice(session, one, ON, {**WORK, "label": "FI-A", "net": 6_500}))
    assert (found.verdict, told(found)) == (Verdict.FORBIDDEN, ["FI-A est déjà facturée par F-1."])


def test_an_act_linked_long_before_is_still_found(session: Session) -> None:
    one = contract(session, **MIXED)
    done = session.get_one(Intervention, work(session, one, "2026-01-05 10:00", 60))
    done.invoice_id = invoice(session, one, D(2026, 12, 1), {**WORK, "net": 6_500})
    session.flush()
    assert check(session, done.invoice_id).acts == (done.id,)


def test_an_act_without_price_or_unknown_is_to_be_looked_at(session: Session) -> None:
    one = contract(session, **MIXED)
    work(session, one, "2026-06-10 10:00", None, number="FI-A")
    lines = [{**WORK, "label": "FI-A", "net": 6_500}, {**WORK, "net": 9_000}]
    found = check(session, invoice(session, one, ON, *lines))
    assert (found.verdict, told(found)) == (Verdict.WRONG, [
        "FI-A n’a pas de prix connu : durée non saisie.",
        "« Dépannage », 90,00 € : aucune intervention notée n’a ce montant.",
    ])  # fmt: skip


def test_a_line_of_a_contract_by_the_act_is_work(session: Session) -> None:
    one = contract(session, fee=None, price_model=PriceModel.PER_ACT, hourly_rate=6_500)
    work(session, one, "2026-06-10 10:00", 60)
    assert check(session, invoice(session, one, ON, {"net": 6_500})).verdict == Verdict.RIGHT


@pytest.mark.parametrize(
    ("net", "words"),
    [
        (67_750, ("Écart +50,6 % : égal à « Dépassement des heures », juin 2026 (13 h 30 décomptées, 10 h 00 comprises "
                 ": 3 h 30 × 65,00 €).")),
        (51_500, "Écart +14,4 % : égal à « FI-B, Un ennui », le 2 juillet 2026 (1 h 00 × 65,00 €)."),
        (58_000, "Écart +28,9 % : égal aux 2 interventions ou dépassements de la période, 130,00 €."),
    ],
)  # fmt: skip
def test_extras_among_the_fee_are_recognised(session: Session, net: int, words: str) -> None:
    one = contract(session, included_minutes=600, hourly_rate=6_500)
    work(session, one, "2026-06-10 09:00", 810, Charge.COUNTED)
    work(session, one, "2026-07-02 09:00", 60, number="FI-B")
    work(session, one, "2026-07-03 09:00", 60)
    found = of_july(session, one, net)
    assert (found.verdict, told(found)) == (Verdict.EXPLAINED, [words])


# -- hours, penalties, the rest ---------------------------------------------------------------------------------------

BANK = {"price_model": PriceModel.HOUR_BANK, "fee": None, "hours_bought": 600, "hours_price": 60_000}


@pytest.mark.parametrize(
    ("net", "verdict", "words"),
    [
        (60_000, Verdict.RIGHT, []),
        (61_000, Verdict.WRONG, ["Heures : 610,00 € facturés, 10 h 00 achetées pour 600,00 €."]),
    ],
)
def test_the_hours_of_the_contract_are_compared(session: Session, net: int, verdict: Verdict, words: list[str]) -> None:
    one = contract(session, **BANK, starts_on=D(2026, 6, 20))
    found = check(session, invoice(session, one, ON, {"net": net, "label": "Carnet de 10 h"}))
    assert (found.verdict, found.expected, told(found)) == (verdict, 60_000, words)


def test_hours_bought_later_are_those_linked_or_near(session: Session) -> None:
    one = contract(session, **BANK)
    hours = {"kind": LineKind.HOURS, "label": "10 h", "net": 60_000}
    near = bought(session, one, D(2026, 6, 25), 600, price=60_000)
    bought(session, one, D(2026, 6, 30), 600, price=58_000)
    made = invoice(session, one, ON, hours)
    assert check(session, made).verdict == Verdict.RIGHT
    session.get_one(HourPurchase, near).invoice_id = made
    session.flush()
    assert check(session, made).verdict == Verdict.RIGHT
    again = check(session, invoice(session, one, ON, hours))
    assert told(again) == ["Heures : 600,00 € facturés, 10 h 00 achetées pour 580,00 €."]
    late = check(session, invoice(session, one, D(2026, 10, 1), hours))
    assert told(late) == [
        (
            "600,00 € d’heures facturées : aucun achat n’est noté à cette date. Ajoutez-le à l’onglet « Facturation » "
            "du contrat."
        )
    ]


def test_hours_beyond_those_bought_are_recognised(session: Session) -> None:
    one = contract(session, **BANK, hourly_rate=6_500)
    work(session, one, "2026-06-10 09:00", 810, Charge.COUNTED)
    found = check(session, invoice(session, one, ON, {"kind": LineKind.HOURS, "net": 22_750}))
    assert (found.verdict, found.expected) == (Verdict.RIGHT, 22_750)


def claim(session: Session, one: int, month: date, amount: int, **more: Any) -> None:
    session.add(PenaltyClaim(contract_id=one, month=month, amount=amount, claimed_on=ON, **more))
    session.flush()


@pytest.mark.parametrize(
    ("net", "verdict", "words"),
    [
        (-3_600, Verdict.RIGHT, "Pénalités de juin 2026 déduites comme réclamées."),
        (-6_300, Verdict.RIGHT, None),
        (-1_000, Verdict.WRONG, "Pénalités déduites : 10,00 €, pour 63,00 € réclamés."),
    ],
)
def test_penalties_taken_off_are_those_claimed(session: Session, net: int, verdict: Verdict, words: str | None) -> None:
    one = contract(session)
    claim(session, one, D(2026, 6, 1), 3_600)
    claim(session, one, D(2026, 5, 1), 2_700)
    lines = {"net": 45_000}, {"net": net, "kind": LineKind.PENALTY}
    found = check(session, invoice(session, one, ON, *lines, **JULY))
    assert (found.verdict, told(found)) == (verdict, [words] if words else [])


def test_penalties_taken_off_the_fee_are_recognised(session: Session) -> None:
    one = contract(session)
    claim(session, one, D(2026, 6, 1), 3_600)
    found = of_july(session, one, 41_400)
    assert found.verdict == Verdict.EXPLAINED
    assert told(found) == ["Écart −8,0 % : égal aux pénalités réclamées pour juin 2026, déduites."]


def test_what_no_contract_foresees_is_set_apart(session: Session) -> None:
    one = contract(session)
    screen = {"label": "Écran", "net": 18_900, "kind": LineKind.EQUIPMENT}
    found = check(session, invoice(session, one, ON, {"net": 45_000}, screen, **JULY))
    assert (found.verdict, found.billed, found.outside) == (Verdict.RIGHT, 45_000, 18_900)
    assert told(found) == ["« Écran », 189,00 € : hors du contrat, à comparer au devis ou à la commande."]
    alone = check(session, invoice(session, one, ON, screen))
    assert (alone.verdict, alone.outside, alone.expected) == (Verdict.UNKNOWN, 18_900, None)


def test_without_contract_those_of_the_provider_are_named(session: Session) -> None:
    one = contract(session)
    made = invoice(session, None, ON, {"net": 45_000})
    found = check(session, made)
    assert (found.verdict, told(found)) == (Verdict.UNKNOWN, [
        ("Aucun contrat n’est lié à cette facture : comparez-la au devis ou au bon de commande. Ce prestataire a "
        "CT-2026-01 : reliez-la, si elle en relève.")
    ])  # fmt: skip
    session.get_one(Invoice, made).invoiced_on = D(2025, 1, 1)
    session.flush()
    assert told(check(session, made)) == [
        "Aucun contrat n’est lié à cette facture : comparez-la au devis ou au bon de commande."
    ]
    assert one


def test_an_invoice_that_is_gone_is_not_found(session: Session) -> None:
    made = invoice(session, contract(session), ON, {"net": 45_000})
    session.get_one(Invoice, made).deleted_at = datetime.now(UTC)
    session.flush()
    with pytest.raises(NotFound, match="n’existe plus"):
        check(session, made)


# -- credit notes -----------------------------------------------------------------------------------------------------


def credit(session: Session, one: int, net: int, **more: Any) -> Check:
    return check(session, invoice(session, one, D(2026, 7, 20), {"net": net}, kind=InvoiceKind.CREDIT, **more))


@pytest.mark.parametrize(
    ("billed", "net", "verdict", "words"),
    [
        (50_000, 5_000, Verdict.RIGHT, "Cet avoir efface l’écart constaté sur F-1 du 01/07/2026."),
        (50_000, 4_000, Verdict.WRONG, "Cet avoir ne fait pas l’écart de 50,00 € constaté sur F-1 du 01/07/2026."),
        (45_000, 45_000, Verdict.RIGHT, "Cet avoir annule toute la facture F-1 du 01/07/2026."),
        (45_000, 4_000, Verdict.UNKNOWN,
         "Cet avoir de 40,00 € réduit F-1 du 01/07/2026 (450,00 €), où aucun écart n’était constaté."),
    ],
)  # fmt: skip
def test_a_credit_note_makes_good_a_difference(
    session: Session, billed: int, net: int, verdict: Verdict, words: str
) -> None:
    one = contract(session)
    wrong = invoice(session, one, ON, {"net": billed}, number="F-1", **JULY)
    found = credit(session, one, net, corrects_id=wrong)
    assert (found.verdict, found.billed, told(found)) == (verdict, -net, [words])


def test_the_invoice_tells_its_credit_note(session: Session) -> None:
    one = contract(session)
    wrong = invoice(session, one, ON, {"net": 50_000}, **JULY)
    assert check(session, wrong).verdict == Verdict.WRONG
    credit(session, one, 5_000, corrects_id=wrong, number="A-1", **JULY)
    found = check(session, wrong)
    assert (found.verdict, found.difference) == (Verdict.EXPLAINED, 5_000)
    assert told(found)[-1] == "Écart effacé par A-1."


def test_a_credit_note_may_pay_penalties_or_say_nothing(session: Session) -> None:
    one = contract(session)
    claim(session, one, D(2026, 6, 1), 3_600)
    assert told(credit(session, one, 3_600)) == ["Égal aux pénalités réclamées pour juin 2026."]
    found = credit(session, one, 1_000)
    assert (found.verdict, told(found)) == (Verdict.UNKNOWN, ["Aucune facture corrigée n’est indiquée."])
