import pytest

from app.reports.flow import Flow, following_page
from app.reports.paper import Paper
from app.reports.table import Cells, Column, Group, Section, Table
from tests.reports import samples
from tests.reports.reading import flat, laid_pages_of

COLUMNS = (Column("N°", 20), Column("Texte", 120), Column("Montant", 30, "right"))


def pages(section: Section, start: float = 25.0) -> list[str]:
    """A section drawn from `start` mm down the first page."""
    paper = Paper(samples.COMPANY, samples.stamp())
    following_page(paper.page())
    flow = Flow(paper)
    flow.y = start
    Table(flow, COLUMNS).put(section)
    return [flat(text) for text in laid_pages_of(paper.finish())]


def rows(count: int, text: str = "un texte") -> list[Cells]:
    return [(f"L{n:03d}", text, "1,00") for n in range(count)]


def carried(done: int) -> Cells:
    return (f"À reporter {done}", "", "")


@pytest.mark.parametrize("count", range(30, 52))
def test_the_end_of_a_section_stays_together_wherever_it_falls(count: int) -> None:
    section = Section([Group("Groupe", rows(count), ("Sous-total", "", "9,00"))], [("Total", "", "9,00")], carried)
    drawn = pages(section)
    last = drawn[-1]
    assert (
        last.index(f"L{count - 2:03d}")
        < last.index(f"L{count - 1:03d}")
        < last.index("Sous-total")
        < last.index("Total ")
    )
    assert sum(text.count("À reporter") for text in drawn) == len(drawn) - 1
    assert all("Montant" in text for text in drawn)
    assert all(sum(f"L{n:03d}" in text for text in drawn) == 1 for n in range(count))


@pytest.mark.parametrize("length", range(390, 1000, 11))
def test_a_giant_row_is_followed_by_all_that_follows(length: int) -> None:
    giant = " ".join(f"mot{n:04d}" for n in range(length))
    group = Group("Groupe", [*rows(3), ("GÉANT", giant, "2,00"), *rows(1, giant)], ("Sous-total", "", "9,00"))
    drawn = pages(Section([group], [("Total", "", "9,00")], carried), start=262)
    whole = " ".join(drawn)
    assert all(whole.count(f"mot{n:04d}") == 2 for n in range(length))
    assert "Sous-total" in whole
    assert "Total 9,00" in whole
    assert all("mot" in text or "L00" in text or "Total" in text for text in drawn[1:]), "no page holds a head alone"


@pytest.mark.parametrize("count", range(34, 48))
def test_several_totals_and_what_stands_under_them_stay_with_the_last_rows(count: int) -> None:
    totals = [("Total Cholet", "", "9,00"), ("Total des sites", "", "18,00")]
    assert f"L{count - 1:03d}" in pages(Section([Group("Groupe", rows(count))], totals))[-1]
    paper = Paper(samples.COMPANY, samples.stamp())
    following_page(paper.page())
    flow = Flow(paper)
    Table(flow, COLUMNS).put(Section([Group("Groupe", rows(count))], totals, under=30))
    assert flow.left >= 30


@pytest.mark.parametrize("start", range(225, 275, 3))
def test_no_row_stands_alone_on_a_page(start: int) -> None:
    for count in (2, 3, 4, 7):
        drawn = pages(Section([Group("", rows(count))]), start)
        assert all(sum(f"L{n:03d}" in text for n in range(count)) != 1 for text in drawn)


def test_a_table_of_nothing_is_its_head() -> None:
    (only,) = pages(Section([]))
    assert "N° Texte Montant" in only
