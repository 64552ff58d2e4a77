"""What the report of a period says, as it stood at its end (domain.md B.3, C.7)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import Evaluation, Visit
from app.models.judgement_codes import Promise
from app.models.money_codes import LineKind
from app.models.upkeep_codes import EvaluationState, VisitStatus
from app.reports.identity import Stamp
from app.reports.periodic_data import Figure, PeriodReport
from app.services import improvements, tickets
from app.services.deliverables import expected, receive
from app.services.periodic import gather, reviews, when
from app.storage import Store
from tests.services.billing.make import invoice
from tests.services.company import add_ticket, june, reference_month
from tests.services.deliverables.make import owe, worked
from tests.services.penalties.make import agreed, late, penalty
from tests.services.periodic.make import JULY_3, JULY_20, june_report


@pytest.fixture
def session(ready: Store) -> Iterator[Session]:
    with ready.begin("essai") as opened:
        yield opened


def figure(told: PeriodReport, code: str) -> Figure:
    return next(one for one in told.figures if one.code == code)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_indicators_of_the_month_of_reference(session: Session) -> None:
    reference_month(session)
    told = june_report(session)
    gtr, mttres = figure(told, "gtr"), figure(told, "mttres")
    assert (plain(gtr.text), plain(gtr.note), gtr.n, gtr.met) == ("83,3 %", "5 sur 6 à temps", 6, False)
    assert (plain(mttres.text), plain(mttres.note), mttres.before) == ("4 h 26", "médiane 4 h 00", None)
    assert mttres.points == (None,) * 5 + (mttres.value,)
    assert [one.counts[-1] for one in told.volumes] == [7, 6, 1, 0]
    assert told.volumes[0].counts[0] is None
    assert [(one.label, one.kept, one.judged) for one in told.kept] == [
        ("Prise en charge (GTI)", 6, 6), ("Rétablissement (GTR)", 5, 6),
    ]  # fmt: skip
    assert [(one.number, one.promise, one.late, one.cents) for one in told.breaches] == [
        ("T-2026-0001", "restore", 60, None)
    ]
    assert {(one.asset, one.category, one.times) for one in told.repeated} == {
        ("PC-07", "Lenteur", 1), ("SRV-01", "Serveur", 1),
    }  # fmt: skip


def test_what_happened_since_changes_nothing(session: Session) -> None:
    """A ticket reopened in July, and the one that was open at the end of June restored too late."""
    ids = reference_month(session)
    again = late(session, 1, "29")
    before = june_report(session)
    tickets.reopen(session, again, june("29 10:00").replace(month=7, day=2), "Encore")
    tickets.resolve(session, again, june("29 10:00").replace(month=7, day=9))
    tickets.take(session, ids["T8"], june("30 16:00").replace(month=7, day=10))
    tickets.resolve(session, ids["T8"], june("30 16:00").replace(month=7, day=15))
    later = june_report(session, JULY_20)
    assert later.figures == before.figures
    assert len(later.breaches) == 2
    assert later.breaches == before.breaches
    assert later.volumes == before.volumes


def test_breaches_are_priced_capped_and_explained(session: Session) -> None:
    """Four breaches at 2 % of 450 €: 36 €, under a cap of 67,50 € (C.7)."""
    contract, asset = agreed(session)
    penalty(session, contract)
    found = [late(session, asset, day) for day in ("01", "02", "03", "04")]
    values = {"cause": "Technicien absent", "explanation": "Congés", "explained_on": date(2026, 7, 2)}
    reviews.explain(session, found[0], Promise.RESTORE, values)
    told = june_report(session, contract=contract)
    assert [one.cents for one in told.breaches] == [900] * 4
    assert [one.is_explained for one in told.breaches] == [True, False, False, False]
    (penalties,) = told.penalties
    assert (penalties.owed, told.owed) == (3_600, 3_600)
    assert [(plain(one.what), plain(one.result)) for one in penalties.steps] == [
        ("Rétablissements en retard (P1, P2)", "4"), ("Pénalité brute", "36,00 €"), ("Plafond du mois", "67,50 €"),
        ("Pénalité à réclamer par avoir, non libératoire", "36,00 €"),
    ]  # fmt: skip
    assert plain(penalties.steps[1].base) == "4 × 9,00 € (2 % de la mensualité de 450,00 €)"


def test_caps_franchise_and_unknown_prices_are_told(session: Session) -> None:
    contract, asset = agreed(session, penalty_year_cap=10, penalty_releases=True)
    penalty(session, contract, amount=5_000, franchise=1)
    for day in ("01", "02", "03"):
        late(session, asset, day)
    steps = {plain(one.what): plain(one.result) for one in june_report(session).penalties[0].steps}
    assert steps["dont sans pénalité"] == "1"
    assert steps["Plafond de l’année 2026"] == "5,40 €"
    assert steps["Pénalité à réclamer par avoir, libératoire"] == "5,40 €"
    free, held = agreed(session, number="CT-1", fee=None, penalty_month_cap=None)
    penalty(session, free, amount=100, unit="hour")
    for day in ("08", "09"):
        late(session, held, day, done="16:00" if day == "08" else "17:30")
    steps = {plain(one.what): plain(one.base) for one in june_report(session, contract=free).penalties[0].steps}
    assert steps["Pénalité brute"] == "2 manquements pénalisés"
    bare, other = agreed(session, number="CT-2", fee=None)
    penalty(session, bare)
    late(session, other, "05")
    told = june_report(session, contract=bare)
    assert (told.breaches[0].cents, told.penalties[0].steps[1].result) == (None, "–")


def test_what_the_months_before_took_of_the_cap_of_the_year_is_told(session: Session) -> None:
    """In June 5,40 € fill the cap of the year: July owes nothing, and says why."""
    contract, asset = agreed(session, penalty_year_cap=10)
    penalty(session, contract, amount=5_000)
    late(session, asset, "01")
    made = add_ticket(session, "01 09:00", "P1", asset_id=asset, opened_at=june("01 09:00").replace(month=7))
    tickets.resolve(session, made, june("01 17:30").replace(month=7))
    (told,) = june_report(session, JULY_20, contract, "2026-07").penalties
    assert (told.bare, told.owed) == (5_000, 0)
    steps = [(plain(one.what), plain(one.result)) for one in told.steps]
    assert steps[-3:] == [
        ("Plafond de l’année 2026", "5,40 €"), ("dont déjà pris avant cette période", "5,40 €"),
        ("Pénalité à réclamer par avoir, non libératoire", "0,00 €"),
    ]  # fmt: skip


def test_documents_are_judged_on_the_day_after_the_period(session: Session) -> None:
    owe(session, worked(session), "after_visit")
    told = june_report(session)
    assert (told.punctual.top, told.punctual.bottom, [one.came for one in told.papers]) == (0, 2, [None, None])
    for one, day in zip(expected.found(session, JULY_20.date()), (date(2026, 6, 8), date(2026, 7, 2)), strict=True):
        receive(session, one, day)
    told = june_report(session, JULY_20)
    assert [(one.came, one.days) for one in told.papers] == [(date(2026, 6, 8), 4), (None, 12)]
    assert figure(told, "documents").value == told.punctual.ratio == 0


def test_visits_in_time_late_and_missed(session: Session) -> None:
    for day, done in ((5, 5), (10, 14), (20, None)):
        on = date(2026, 6, day)
        state = VisitStatus.DONE if done else VisitStatus.PLANNED
        session.add(
            Visit(number=f"V-{day}", label="Nettoyage", planned_on=on, latest_on=on, status=state,
                  done_on=date(2026, 6, done) if done else None)
        )  # fmt: skip
    session.flush()
    told = june_report(session)
    assert (told.preventive.top, told.preventive.bottom) == (1, 3)
    assert [(one.number, one.done, one.days) for one in told.stops] == [
        ("V-10", date(2026, 6, 14), 4), ("V-20", None, 11),
    ]  # fmt: skip
    assert figure(told, "realisation_preventif").value == told.preventive.ratio


def test_what_was_billed_of_the_period_by_its_end(session: Session) -> None:
    contract, _ = agreed(session)
    for on, lines in (
        (date(2026, 6, 1), [{"kind": LineKind.CONTRACT, "net": 45_000}, {"kind": LineKind.REPAIR, "net": 8_000}]),
        (date(2026, 7, 2), [{"kind": LineKind.REPAIR, "net": 9_000}]),
    ):
        invoice(session, contract, on, *lines, period_start=date(2026, 6, 1), period_end=date(2026, 6, 30))
    (cost,) = june_report(session, JULY_20).costs
    assert (cost.invoiced, cost.apart, cost.gap) == (45_000, 8_000, 8_000)


def test_what_a_person_wrote_and_decided_comes_from_its_record(session: Session) -> None:
    made = reviews.ensure(session, when.read("2026-06"), None, JULY_3.date())
    earlier = reviews.ensure(session, when.read("2026-05"), None, JULY_3.date())
    reviews.write(session, made, {"takeaways": "Tout va bien", "decisions": "Renouveler\n\nNégocier"})
    for review, label in ((made, "Relais"), (earlier, "Devis")):
        improvements.add(session, {"label": label, "owner": "Yanis", "due_on": date(2026, 8, 1)}, review_id=review)
    told = gather.of_review(session, made, Stamp("Rapport", "RP-2026-06", data_at=JULY_3))
    assert (told.takeaways, told.decisions) == ("Tout va bien", ("Renouveler", "Négocier"))
    assert [(one.label, one.told, one.origin) for one in told.actions] == [
        ("Relais", "À faire", ""), ("Devis", "À faire", "RP-2026-05"),
    ]  # fmt: skip
    with pytest.raises(NotFound):
        gather.of_review(session, made, Stamp("Rapport", "RP-2026-06"))


def test_the_costs_of_a_contract_against_its_fee(session: Session) -> None:
    contract, asset = agreed(session)
    late(session, asset, "01")
    (cost,) = june_report(session).costs
    assert (cost.contract, cost.fee, cost.invoiced, cost.gap) == ("CT-2026-01", 45_000, 0, -45_000)
    quarter = june_report(session, mark="2026-T2", contract=contract)
    assert quarter.costs[0].fee == 135_000


def test_the_forms_that_came_back(session: Session) -> None:
    for n, note in enumerate((5, 4, 2), 1):
        answers = {f"c{at}": note for at in range(1, 10)}
        session.add(
            Evaluation(number=f"EV-{n}", state=EvaluationState.RECEIVED, printed_on=date(2026, 6, 1),
                       received_on=date(2026, 6, 10 + n), solved=note > 2, answered=9, note=note * 100,
                       to_improve="Prévenir" if note == 2 else None, **answers)
        )  # fmt: skip
    session.flush()
    told = june_report(session).opinions
    assert (told.received, told.expected, told.mean, told.unsolved) == (3, 3, 367, ("EV-3",))
    assert told.satisfied.ratio == Decimal(18) / 27
    assert told.words == (("EV-3, 13/06/2026", "Prévenir"),)
    assert june_report(session, contract=agreed(session)[0]).opinions.received == 0


def test_an_empty_base_knows_nothing(session: Session) -> None:
    told = june_report(session)
    assert {one.value for one in told.figures} == {None}
    assert {count for one in told.volumes for count in one.counts} == {None}
    assert (told.breaches, told.penalties, told.costs, told.repeated) == ((), (), (), ())
    assert (told.punctual.ratio, told.preventive.ratio, told.opinions.mean) == (None, None, None)


def test_a_report_of_the_month_under_way_says_so(session: Session) -> None:
    reference_month(session)
    told = june_report(session, june("20 09:00"))
    assert not told.is_over
    assert told.seen == june("20 09:00")
    assert june_report(session).is_over
    assert when.read("2026-06").end == told.end
