"""The page of the learning movement: figures by month and unit, each the door to its records."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from html import escape, unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gonghui.apps.teams import api as teams
from gonghui.core.credits.models import Unit
from gonghui.core.orgs.models import Kind
from gonghui.site.movement import HEADS
from tests.factories.credits import CreditFactory
from tests.factories.organisation import OrgFactory, PersonFactory

PAGE = reverse("movement")
pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]


@pytest.fixture
def _in_november():
    with time_machine.travel("2026-11-20T10:00:00+08:00"):
        yield


def earn(person, org, kind: str, unit: str, amount: int, on: date) -> None:
    CreditFactory(person=person, org=org, kind=kind, unit=unit, amount=Decimal(amount), on=on)


@pytest.fixture
def study(cast) -> None:
    """The company's branch read a book in March and took 24 hours in May; last year 8 hours."""
    earn(cast.alice, cast.branch, "course", Unit.CLASS_HOUR, 24, date(2026, 5, 10))
    earn(cast.alice, cast.branch, "course", Unit.CLASS_HOUR, 8, date(2025, 5, 10))
    earn(cast.bob, cast.branch, "book", Unit.BOOK, 1, date(2026, 3, 31))
    earn(cast.bob, cast.branch, "activity", Unit.HOUR, 2, date(2026, 3, 31))
    earn(cast.alice, cast.company, "reflection", Unit.PIECE, 1, date(2026, 3, 1))


def told(figures) -> list[str]:
    return [figure.words for figure in figures]


def test_movement_counts_the_year_of_all_below(cast, study):
    page = cast.client("carol").get(PAGE, {"org": cast.city.pk})

    # Two of the city's four people; what Bob did for pleasure is no study.
    assert told(page.context["total"])[1:3] == ["24", "1"]
    assert told(page.context["total"])[4] == "1"
    assert page.context["total"][0].parts_words.startswith("2 ÷ ")


def test_movement_says_each_month_that_has_begun(cast, study):
    page = cast.client("carol").get(PAGE, {"org": cast.city.pk})

    months = page.context["months"]
    hours = [cells[1].words for _, cells in months]
    assert [span.start.month for span, _ in months] == list(range(1, 12))
    assert hours[4] == "24"
    assert [cells[2].words for _, cells in months][2] == "1"


def test_movement_of_a_year_before(cast, study):
    page = cast.client("carol").get(PAGE, {"org": cast.city.pk, "year": "2025"})

    assert told(page.context["total"])[1] == "8"
    # From the first month of which anything is known.
    assert [span.start.month for span, _ in page.context["months"]] == list(range(5, 13))


@pytest.mark.parametrize("said", ["2023", "2027", "abc", "-1"])
def test_movement_of_a_year_that_is_not_offered_is_this_year(cast, said):
    page = cast.client("carol").get(PAGE, {"org": cast.city.pk, "year": said})

    assert page.context["year"] == 2026


@pytest.mark.slow
def test_movement_opens_every_number_to_its_records(cast, study):
    carol = cast.client("carol")
    page = carol.get(PAGE, {"org": cast.city.pk})

    found = set(re.findall(r'href="([^"]+)"', page.content.decode().split("<main")[1]))
    doors = [unescape(one) for one in found if one.startswith(("/indicators/", "/teams/"))]
    assert len(doors) > len(HEADS)
    assert {carol.get(door).status_code for door in doors} == {200}
    march = page.context["months"][2][1][2].url
    assert [row.words for row in carol.get(march).context["page"]] == ["书法讲座"]


def test_movement_lists_units_as_the_tree_stands_until_one_sorts(cast, study):
    other = OrgFactory(parent=cast.city, kind=Kind.GRASSROOTS, name="后来的工会")
    earn(PersonFactory(org=other), other, "course", Unit.CLASS_HOUR, 90, date(2026, 6, 1))
    carol = cast.client("carol")

    def names(**said: str) -> list[str]:
        page = carol.get(PAGE, {"org": cast.city.pk, **said})
        return [row["org"].name for row in page.context["units"]]

    assert names() == [cast.company.name, other.name]
    assert names(sort="-site.hours") == [other.name, cast.company.name]
    assert names(sort="site.hours") == [cast.company.name, other.name]
    assert names(sort="no.such") == [cast.company.name, other.name]


def test_movement_of_a_unit_is_a_door_and_leads_back_up(cast, study):
    url = f"{PAGE}?org={{}}&year=2026"
    city, company = url.format(cast.city.pk), url.format(cast.company.pk)

    above = cast.client("carol").get(PAGE, {"org": cast.city.pk})
    below = cast.client("carol").get(company).content.decode()
    own = cast.client("frank").get(company)

    assert [row["url"] for row in above.context["units"]] == [f"?org={cast.company.pk}&year=2026"]
    assert f'href="{escape(city)}"' in below
    assert own.context["up"] == []
    assert [cast.client(name).get(company).status_code for name in ("mallory", "alice")] == [
        404
    ] * 2


def test_movement_counts_units_that_take_part(cast):
    OrgFactory(parent=cast.city, kind=Kind.GRASSROOTS, name="没有参加的工会", since=None)
    teams.enlist(cast.company, by=cast.actor("carol"), since=date(2026, 3, 1))

    page = cast.client("carol").get(PAGE, {"org": cast.city.pk})

    assert page.context["covered"] == teams.Count(2, 1)
    shares = {row["org"].name: row["covered"] for row in page.context["units"]}
    assert shares[cast.company.name] == teams.Count(1, 1)
    assert shares["没有参加的工会"] == teams.Count(1, 0)


def test_movement_gives_a_branch_what_its_people_learned(cast, study):
    """Whichever body gave it: the reflection stands with the company's union."""
    page = cast.client("frank").get(PAGE, {"org": cast.company.pk})

    found = {row["org"].name: told(row["cells"])[1:] for row in page.context["units"]}
    assert found[cast.branch.name] == ["24", "1", "暂无", "1"]


def test_movement_is_for_who_may_look_there(cast, client):
    assert client.get(PAGE).status_code == 302
    assert cast.client("alice").get(PAGE).status_code == 404
    assert cast.client("mallory").get(PAGE).status_code == 404
    far = cast.client("dave").get(PAGE, {"org": cast.city.pk})
    assert far.context["org"] != cast.city


def test_movement_of_nothing_says_so(cast):
    page = cast.client("dave").get(PAGE, {"org": cast.other_city.pk})

    assert set(told(page.context["total"])[1:]) <= {"暂无", "0"}
    assert page.context["months"] == []
    assert "这一年还没有学习记录" in page.content.decode()


def test_movement_asks_no_more_where_there_are_more_units(cast, study):
    carol = cast.client("carol")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            carol.get(PAGE, {"org": cast.city.pk})
        return len(queries)

    asked()
    before = asked()
    for _ in range(3):
        unit = OrgFactory(parent=cast.city, kind=Kind.GRASSROOTS)
        earn(PersonFactory(org=unit), unit, "course", Unit.CLASS_HOUR, 4, date(2026, 6, 1))
    assert asked() <= before
