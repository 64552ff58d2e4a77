"""The « fiche contrôle entreprise » on paper (papers.md 2): G.2's example on one page, prestations after it, blank."""

from dataclasses import replace
from decimal import Decimal

from app.reports import scorecard
from app.reports.identity import Stamp
from app.reports.scorecard_data import BlankScorecard, Decided, Line, ScorecardSheet, Step, Worked
from app.rules.scorecard import CRITERIA
from tests.reports import samples
from tests.reports.reading import flat, pages_of

G2 = (4, 4, 3, 2, 4, 3, 3, 4)


def lines(*notes: int | None) -> tuple[Line, ...]:
    return tuple(_line(n, note) for n, note in enumerate(notes))


def _line(rank: int, note: int | None) -> Line:
    one = CRITERIA[rank]
    if note is None:
        return Line(one.label, "–", one.source.value, None, None, None)
    points = Decimal(one.weight * note) / 5
    return Line(one.label, f"Faits {rank}", one.source.value, Decimal(one.weight), Decimal(note), points)


def sheet(*, draft: bool = False) -> ScorecardSheet:
    stamp = Stamp("Fiche contrôle entreprise", "FC-2026-T3", 1, samples.MOMENT, draft, "" if draft else samples.HASH)
    found = lines(*G2)
    return ScorecardSheet(
        company=samples.COMPANY, stamp=stamp, subtitle="Kervadel · CT-2025-004 · du 01/07/2026 au 30/09/2026",
        issued_on="05/10/2026", lines=found, total=Decimal("70.0"), mean=Decimal("3.5"), twenty=Decimal("14.0"),
        grade="B", noun="trimestres",
        trend=(Step("T4 25", Decimal(76)), Step("T1 26", None), Step("T2 26", Decimal(73)), Step("T3 26", Decimal(70))),
        prestations=(Worked("CT-2025-004 · Parc", 3690, Decimal("70.0"), "B", found),), by_hours=True,
        actions=(Decided("Remettre les comptes rendus", "Prestataire", "16/10/2026", "en retard"),),
        our_comment="Équipe courtoise.", their_comment="",
    )  # fmt: skip


def test_one_page_tells_the_note_its_facts_and_its_points() -> None:
    pages = pages_of(scorecard.render(sheet()))
    assert len(pages) == 1
    text = flat(pages[0])
    for words in (
        "Fiche contrôle entreprise", "Sur 20", "Classe", "Respect des délais (GTI, GTR)", "Faits 0", "mesuré + avis",
        "Ensemble 100 3,5 70,0", "Tendance sur quatre trimestres", "A : 85", "T1 26",
        "Note par prestation (pondérée par les heures)", "61,5 70,0 B", "1 Remettre les comptes rendus", "en retard",
        "Équipe courtoise.", "vaut prise de connaissance, non accord sur les notes", "page 1/1", "version 1.0",
    ):  # fmt: skip
        assert words in text


def test_what_was_not_evaluated_is_said_and_no_zero_is_written() -> None:
    found = lines(4, None, None, None, None, None, None, None)
    nothing = replace(sheet(draft=True), lines=lines(*[None] * 8), total=None, mean=None, twenty=None, grade="",
                      actions=(), prestations=(), by_hours=False)  # fmt: skip
    text = flat(pages_of(scorecard.render(nothing))[0])
    assert text.count("non évalué") >= 8
    for words in ("rien à noter sur cette période", "Aucune action décidée.", "à parts égales", "PROJET, sans valeur"):
        assert words in text
    assert "non évalué" in flat(pages_of(scorecard.render(replace(sheet(), lines=found)))[0])


def test_each_of_several_prestations_follows_with_its_facts() -> None:
    other = Worked("CT-2026-001 · Serveurs", 750, None, "", lines(*[None] * 8))
    long = Line(
        "Communication", "Une alerte donnée à temps. " * 40, "avis", Decimal(10), Decimal("3.4"), Decimal("6.8")
    )
    first = replace(sheet().prestations[0], lines=(*lines(*G2), long))
    many = tuple(Decided(f"Action {n}", "Prestataire", "16/10/2026", "à faire") for n in range(40))
    told = replace(sheet(), prestations=(first, other), actions=many, our_comment="Un mot. " * 90)
    pages = [flat(page) for page in pages_of(scorecard.render(told))]
    whole = " ".join(pages)
    assert len(pages) > 2
    assert "Prestataire 74,0 70,0 B" in whole
    assert "CT-2025-004 · Parc · 61,5 h · 70,0 /100 · B" in whole
    assert "CT-2026-001 · Serveurs · 12,5 h" in whole
    assert "Action 39" in whole
    assert whole.count("vaut prise de connaissance") == 1


def test_the_blank_one_has_the_rules_and_room_to_write() -> None:
    criteria = tuple((one.label, one.rule, one.weight) for one in CRITERIA)
    pages = pages_of(
        scorecard.render_blank(BlankScorecard(samples.COMPANY, Stamp("Fiche contrôle", "", draft=False), criteria))
    )
    assert len(pages) == 1
    text = flat(pages[0])
    for words in (
        "Prestataire",
        "Tickets rouverts ÷ résolus.",
        "Ensemble",
        "Pour le prestataire",
        "Actions décidées",
    ):
        assert words in text
