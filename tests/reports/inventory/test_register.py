"""The register: every asset once, its sums, its pages."""

import re
from dataclasses import replace

import pytest

from app.fields import formats
from app.reports.inventory import render as inventory
from tests.reports import samples
from tests.reports.inventory.worst import with_words
from tests.reports.reading import flat, laid_pages_of, pages_of


def register_pages(pdf: bytes, pages: list[str] | None = None) -> list[str]:
    """The pages of chapter 4, told by a head that no other table has."""
    return [text for text in pages or pages_of(pdf) if "Crit. État Score" in flat(text)]


def test_each_asset_is_printed_once_with_its_serial_or_the_words_that_it_lacks() -> None:
    report = samples.report(60)
    register = "\n".join(register_pages(inventory.render(report)))
    for line in report.lines:
        assert register.count(line.number) == 1
        assert (line.serial or "non relevé") in register
    assert register.count("non relevé") == sum(line.serial is None for line in report.lines)


def test_the_totals_are_those_of_the_assets() -> None:
    report = samples.report(60)
    text = flat(" ".join(register_pages(inventory.render(report))))
    sums = [sum(line.value or 0 for family in site.families for line in family.lines) for site in report.sites]
    for site, cents in zip(report.sites, sums, strict=True):
        assert f"Total {site.name} · {site.count} biens" in text
        assert formats.amount(cents, "").replace("\u00a0", " ") in text
    assert "Total des 3 sites · 60 biens" in text
    assert formats.amount(sum(sums), "").replace("\u00a0", " ") in text


def test_a_page_that_stops_inside_a_site_says_how_far_it_went() -> None:
    report = samples.report(400, bare=True)
    pages = [flat(text) for text in register_pages(inventory.render(report))]
    inside = [text for text in pages if "À reporter" in text]
    assert len(inside) == len(pages) - len(report.sites)
    seen = {line.number: i for i, line in enumerate(report.lines, 1)}
    for text in inside:
        done, of = map(int, re.search(r"À reporter · (\d+) biens? sur (\d+)", text).groups())  # type: ignore[union-attr]
        last = max(seen[number] for number in re.findall(r"[A-Z]{2}-\d{4}", text) if number in seen)
        before = sum(site.count for site in report.sites[: [site.count for site in report.sites].index(of)])
        assert last == before + done


@pytest.mark.parametrize("count", [111, 397])
def test_no_subtotal_opens_a_page_and_no_family_closes_one(count: int) -> None:
    families = {kind[0] for kind in samples.KINDS}
    pdf = inventory.render(samples.report(count, bare=True))
    for text in register_pages(pdf, laid_pages_of(pdf)):
        lines = [flat(line) for line in text.splitlines()]
        rows = [line for line in lines if re.match(r"Sous-total|Total|À reporter|[A-Z]{2}-\d{4}", line)]
        assert not any(line.startswith(("Sous-total", "Total", "À reporter")) for line in rows[:2])
        titles = [i for i, line in enumerate(lines) if line in families]
        last_row = max((i for i, line in enumerate(lines) if re.match(r"[A-Z]{2}-\d{4}", line)), default=len(lines))
        assert all(i < last_row for i in titles)


@pytest.mark.parametrize("count", range(60, 84))
def test_the_total_of_the_sites_and_the_key_stand_under_the_last_asset(count: int) -> None:
    report = samples.report(count, bare=True)
    last = flat(register_pages(inventory.render(report))[-1])
    assert report.lines[-1].number in last
    assert f"Total des 3 sites · {count} biens" in last
    assert "État : 4 très bon" in last


def test_a_thousand_assets_take_the_pages_they_need() -> None:
    assert 30 <= len(register_pages(inventory.render(samples.report(1000, bare=True)))) <= 60


def test_the_contents_lead_to_the_sites() -> None:
    report = samples.report(60)
    pages = [flat(text) for text in pages_of(inventory.render(report))]
    for site in report.sites:
        found = re.search(rf"{site.name} · {site.count} biens (\d+)", pages[1])
        assert found
        assert f"Site : {site.name}" in pages[int(found[1]) - 1]


def test_many_sites_are_counted_on_the_cover_and_a_site_not_visited_says_so() -> None:
    report = samples.report(12)
    many = tuple(replace(report.sites[0], name=f"Site {n}", visited=None) for n in range(15))
    pages = [flat(text) for text in pages_of(inventory.render(replace(report, sites=many)))]
    assert "Site 7, Angers (49000) : aucune date de visite relevée" in pages[0]
    assert "Site 8" not in pages[0]
    assert "et 7 autres sites" in pages[0]
    assert "et 3 autres sites" in pages[1]


def test_a_row_taller_than_a_page_goes_on_to_the_next_without_losing_a_word() -> None:
    words = [f"mot{n:04d}" for n in range(600)]
    report = with_words(samples.report(5), " ".join(words))
    register = " ".join(register_pages(inventory.render(report)))
    assert all(word in register for word in words)
