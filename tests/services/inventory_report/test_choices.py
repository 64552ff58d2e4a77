"""What is chosen before the report, and kept for the next one."""

import pytest

from app.errors import Refused
from app.reports.inventory.sections import OPTIONAL
from app.services.inventory_report import choices
from app.services.inventory_report.choices import Choices
from app.storage import Store
from tests.services.inventory_report.make import NOW, add_site, report_of


def test_without_any_choice_all_is_printed(store: Store) -> None:
    with store.read() as session:
        assert choices.last(session) == Choices()
    assert Choices().sections == tuple(OPTIONAL)


def test_the_choices_come_back(store: Store) -> None:
    with store.begin("Essai") as session:
        site = add_site(session, "Dole")
        made = Choices((site,), ("plan", "photos"), " Hélène  Roy ", "Kervadel", "Direction", "Radios.\nMachines.")
        choices.keep(session, made)
    with store.read() as session:
        found = choices.last(session)
    assert found == choices.cleaned(made)
    assert found.redactor == "Hélène Roy"


def test_a_site_that_is_gone_is_no_longer_chosen(store: Store) -> None:
    with store.begin("Essai") as session:
        site = add_site(session, "Dole", deleted_at=NOW)
        choices.keep(session, Choices(sites=(site,)))
        assert choices.last(session).sites == ()
        assert report_of(session).site_ids == ()


def test_sites_and_sections_are_found_by_their_names(store: Store) -> None:
    with store.begin("Essai") as session:
        dole, evry = add_site(session, "Dole"), add_site(session, "Évry")
        assert choices.sites_named(session, ["evry", "DOLE"]) == (evry, dole)
        with pytest.raises(Refused, match="Sites connus\u00a0: Dole, Évry"):
            choices.sites_named(session, ["Lyon"])
    assert choices.sections_named(["photos", " plan "]) == ("plan", "photos")
    assert choices.sections_named([""]) == ()
    with pytest.raises(Refused, match="Je ne connais pas la section"):
        choices.sections_named(["poème"])


def test_a_company_without_site_says_so(store: Store) -> None:
    with store.read() as session, pytest.raises(Refused, match="Sites connus\u00a0: aucun"):
        choices.sites_named(session, ["Lyon"])


def test_every_section_has_its_words() -> None:
    assert [one.key for one in choices.sections()] == list(OPTIONAL)
    assert all(one.label for one in choices.sections())
