import re
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from app.fields import formats
from app.reports.inventory import render as inventory
from app.reports.inventory.data import InventoryReport
from tests.reports import samples
from tests.reports.reading import flat, fonts_of, laid_pages_of, pages_of


def with_words(report: InventoryReport, text: str) -> InventoryReport:
    """The report with this text wherever a person may write."""
    site = report.sites[0]
    family = site.families[0]
    line = replace(family.lines[0], name=text, model=text, serial=text, room=text, holder=text, number=text[:60])
    families = (replace(family, name=text, lines=(line, *family.lines[1:])), *site.families[1:])
    return replace(
        report,
        company=replace(report.company, name=text, address=text),
        provider=text,
        redactor=text[:2000],
        sites=(replace(site, name=text[:500], families=families), *report.sites[1:]),
        reserves=(replace(report.reserves[0], words=text),),
    )


def test_the_same_data_gives_the_same_bytes() -> None:
    assert inventory.render(samples.report(25)) == inventory.render(samples.report(25))


def test_each_asset_is_printed_once_with_its_serial_or_the_words_that_it_lacks() -> None:
    report = samples.report(60)
    register = "\n".join(text for text in pages_of(inventory.render(report)) if "N° inventaire" in text)
    for line in report.lines:
        assert register.count(line.number) == 1
        assert (line.serial or "non relevé") in register
    assert register.count("non relevé") == sum(line.serial is None for line in report.lines)


def test_the_totals_of_the_sites_are_those_of_their_assets() -> None:
    report = samples.report(60)
    text = flat(" ".join(pages_of(inventory.render(report))))
    for site in report.sites:
        cents = sum(line.value or 0 for family in site.families for line in family.lines)
        assert f"Total {site.name} · {site.count} biens" in text
        assert formats.amount(cents, "").replace("\u00a0", " ") in text


def test_a_page_that_stops_inside_a_site_says_how_far_it_went() -> None:
    report = samples.report(400)
    pages = [flat(text) for text in pages_of(inventory.render(report)) if "N° inventaire" in text]
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
    for text in laid_pages_of(inventory.render(samples.report(count))):
        lines = [flat(line) for line in text.splitlines()]
        rows = [line for line in lines if re.match(r"Sous-total|Total|À reporter|[A-Z]{2}-\d{4}", line)]
        assert not any(line.startswith(("Sous-total", "Total", "À reporter")) for line in rows[:2])
        titles = [i for i, line in enumerate(lines) if line in families]
        last_row = max((i for i, line in enumerate(lines) if re.match(r"[A-Z]{2}-\d{4}", line)), default=len(lines))
        assert all(i < last_row for i in titles)


@pytest.mark.parametrize("count", [0, 1, 5, 60, 1000])
def test_the_synthesis_is_one_page_and_the_report_is_whole(count: int) -> None:
    pages = pages_of(inventory.render(samples.report(count)))
    assert sum("1 Synthèse" in flat(text) for text in pages) == 1
    assert "Recommandation" in pages[1]
    assert "Signatures" in pages[-1]
    assert all(f"page {n}/{len(pages)}" in text for n, text in enumerate(pages, 1))


def test_a_thousand_assets_take_the_pages_they_need() -> None:
    assert 30 <= len(pages_of(inventory.render(samples.report(1000)))) <= 60


def test_a_draft_says_so_on_each_page_and_has_no_hash() -> None:
    pdf = inventory.render(samples.report(25, draft=True))
    for text in pages_of(pdf):
        assert "PROJET, sans valeur" in text
        assert samples.HASH[:4] not in text
    assert PdfReader(BytesIO(pdf)).metadata.get("/Keywords") == ""  # type: ignore[union-attr]


def test_an_issued_report_carries_its_hash_and_its_names() -> None:
    pdf = inventory.render(samples.report(25))
    known = PdfReader(BytesIO(pdf)).metadata
    assert known is not None
    assert (known.title, known.author, known.creator) == (
        "Rapport d’inventaire et\u00a0d’état du parc RIE-2026-003",
        "Atelier Morvane SAS",
        "Parcomètre",
    )
    assert samples.HASH in str(known.get("/Keywords"))
    whole = [text for text in pages_of(pdf) if samples.HASH in text.replace(" ", "")]
    assert len(whole) == 2  # the cover and the signatures
    assert all(fonts_of(pdf).values())


def test_nothing_is_said_to_conform() -> None:
    assert "conforme" not in " ".join(pages_of(inventory.render(samples.report(60)))).lower()


@pytest.mark.parametrize("text", samples.NASTY)
def test_the_worst_texts_are_printed(text: str) -> None:
    assert inventory.render(with_words(samples.report(12, draft=True), text)).startswith(b"%PDF")


@settings(max_examples=30)
@given(st.text(max_size=400))
def test_any_text_is_printed(text: str) -> None:
    assert inventory.render(with_words(samples.report(5), text)).startswith(b"%PDF")


def test_verdicts_take_the_place_of_the_conditions() -> None:
    report = samples.report(12)
    site = report.sites[0]
    family = site.families[0]
    judged = replace(family, lines=tuple(replace(line, verdict="D", score="37,5") for line in family.lines))
    text = flat(pages_of(inventory.render(replace(report, sites=(replace(site, families=(judged,)),))))[1])
    assert "Verdicts d’expertise" in text
    assert "À remplacer, exclu du contrat" in text
    assert "État des biens" in flat(pages_of(inventory.render(report))[1])


def test_many_sites_are_counted_on_the_cover_and_a_site_not_visited_says_so() -> None:
    report = samples.report(12)
    many = tuple(replace(report.sites[0], name=f"Site {n}", visited=None) for n in range(11))
    cover = flat(pages_of(inventory.render(replace(report, sites=many)))[0])
    assert "Site 7, Angers (49000) : aucune date de visite relevée" in cover
    assert "Site 8" not in cover
    assert "et 3 autres sites" in cover


def test_a_row_taller_than_a_page_goes_on_to_the_next_without_losing_a_word() -> None:
    words = [f"mot{n:04d}" for n in range(600)]
    report = with_words(samples.report(5), " ".join(words))
    register = " ".join(text for text in pages_of(inventory.render(report)) if "N° inventaire" in text)
    assert all(word in register for word in words)
