"""The company itself: sites, people, providers."""

from datetime import timedelta
from typing import Any

from app.fields import fold
from app.models import Company, Person, Provider, Site
from app.models.codes import Role, Zone
from app.rules.notice import add_months
from app.services.example.world import Card, Rows, Someone, World, data

ASSETS_PER_SITE = 1000
ASSETS_PER_PERSON = 3


def settle(world: World, assets: int) -> None:
    """Beyond the size of the true example, sites and people grow with the number of assets."""
    told = data("company")
    company = Rows(world, Company)
    company.add({**told["company"], "zone": Zone.METROPOLE, "is_example": 1})
    company.write()
    _sites(world, told["sites"], assets // ASSETS_PER_SITE)
    _people(world, told["people"], assets // ASSETS_PER_PERSON)
    rows = Rows(world, Provider)
    world.providers = {card["name"]: rows.add(card) for card in told["providers"]}
    rows.write()


def _sites(world: World, told: list[dict[str, Any]], more: int) -> None:
    rows = Rows(world, Site)
    world.sites = {card["name"]: rows.add(card) for card in told}
    for n in range(more):
        name = f"Dépôt {n + 1:02d}"
        world.sites[name] = rows.add({"name": name, "city": "Dijon", "postal_code": "21000"})
    rows.write()


def _people(world: World, told: list[Card], wanted: int) -> None:
    rows = Rows(world, Person)
    sites = list(world.sites.values())
    for card in told:
        _person(world, rows, card, world.sites[card["site"]])
        if card.get("role") == "manager":
            world.manager = world.people[-1]
    for n in range(len(told), wanted):
        names = {"first_name": world.rng.choice(told)["first_name"], "last_name": world.rng.choice(told)["last_name"]}
        model = world.rng.choice(told)
        card = {**names, "service": model["service"], "position": model["position"], "years": model["years"], "rank": n}
        _person(world, rows, card, world.rng.choice(sites))
    rows.write()


def _person(world: World, rows: Rows, card: Card, site: int) -> None:
    name = f"{card['first_name']} {card['last_name']}"
    mailbox = fold(name).replace(" ", ".") + str(card.get("rank", ""))
    left = card.get("left_months")
    rank = rows.next_id
    given = rows.add(
        {
            "first_name": card["first_name"],
            "last_name": card["last_name"],
            "email": f"{mailbox}@exemple.fr",
            "phone": f"06 39 98 {rank // 100 % 100:02d} {rank % 100:02d}",
            "service": card["service"],
            "position": card["position"],
            "role": Role.of(card.get("role", "user")),
            "site_id": site,
            "arrived_on": add_months(world.today, -12 * card["years"]) - timedelta(days=world.rng.randrange(300)),
            "left_on": add_months(world.today, -left) if left else None,
        }
    )
    if not left:
        world.people.append(Someone(given, name, card["service"], site))
